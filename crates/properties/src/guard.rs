//! The secret guard: places are in the text and apart, what is known is found in any text, and nothing is handed out.
//!
//! The first line is the name; a byte says where a known value stands in the rest.

use sheaf_guard::{Found, Guard, Known, fingerprint, masked, says_secret};

use crate::feed::Feed;

const KNOWN: &str = "Zq7-Xw9_Kp3!vb";
const IN_AN_ADDRESS: &str = "Zq7-Xw9_Kp3%21vb";

pub(crate) fn check(bytes: &[u8]) {
    let mut feed = Feed::new(bytes);
    let at = usize::from(feed.byte());
    let name = String::from_utf8_lossy(feed.until(b'\n')).into_owned();
    let text = String::from_utf8_lossy(feed.rest()).into_owned();
    let _ = says_secret(&name);
    let plain = Guard::default();
    let found = plain.find(&name, &text);
    are_places(&found, &text);
    are_places(&plain.by_shape(&text), &text);
    assert_eq!(plain.find(&name, &text), found);
    for one in &found {
        shows_ends_only(&text[one.range.clone()]);
    }
    let known = [Known {
        what: "the token".to_owned(),
        value: KNOWN.to_owned(),
    }];
    assert!(!format!("{known:?}").contains(KNOWN));
    let knowing = Guard::new(&known);
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default();
    let (before, after) = text.split_at(at);
    for form in [KNOWN, IN_AN_ADDRESS] {
        let planted = format!("{before}{form}{after}");
        let found = knowing.find(&name, &planted);
        are_places(&found, &planted);
        let place = at..at + form.len();
        let covers = |one: &Found| one.range.start < place.end && place.start < one.range.end;
        assert!(found.iter().any(covers), "{planted:?}");
    }
}

fn are_places(found: &[Found], text: &str) {
    let mut end = 0;
    for one in found {
        assert!(
            one.range.start >= end && one.range.start < one.range.end,
            "{found:?}"
        );
        assert!(text.get(one.range.clone()).is_some(), "{found:?} in {text:?}");
        assert!(!one.code.is_empty() && !one.what.is_empty());
        end = one.range.end;
    }
}

fn shows_ends_only(value: &str) {
    let shown = masked(value);
    assert!(shown.chars().count() <= 9);
    assert!(value.chars().count() <= 9 || !shown.contains(value));
    crate::shown::is_harmless(&shown);
    let print = fingerprint("salt", &[value]);
    assert!(value.len() < 8 || !print.contains(value));
}
