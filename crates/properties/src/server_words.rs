//! What a server prints: it is bounded, steers nothing and holds no token, and a refusal always says what to do.
//!
//! The first byte says how, the second where the token stands; the rest is what arrives.

use sheaf_git::credentials::Credentials;
use sheaf_git::event::Journal;
use sheaf_git::fuzzing::{clean, clean_for, collected};
use sheaf_git::network::Network;
use sheaf_git::rejection::{Refusal, classify, pull_request_link};
use sheaf_git::uri::RemoteUri;
use url::Url;

use crate::feed::Feed;
use crate::shown::is_harmless;

/// What is kept of a text, and what redaction may add.
const MOST: usize = 2 * 2048;
const TOKEN: &str = "Zq7-Xw9_Kp3!";

pub(crate) fn check(bytes: &[u8]) {
    let Ok(uri) = RemoteUri::parse("https://git.test:8443/team/parcels.git") else {
        return;
    };
    let mut feed = Feed::new(bytes);
    let (how, at) = (feed.byte(), usize::from(feed.byte()));
    let rest = feed.rest();
    let text = String::from_utf8_lossy(rest).into_owned();
    for cleaned in [clean(&text), clean(&clean(&text))] {
        is_harmless(&cleaned);
        assert!(cleaned.len() <= MOST, "{}", cleaned.len());
    }
    arrives_in_any_pieces(rest, usize::from(how));
    says_no_token(&text, at, &uri);
    let status = text.lines().last();
    for forced in [false, true] {
        let told = classify(
            Refusal {
                server_text: &text,
                status,
                forced,
            },
            &uri,
        );
        assert!(!told.next.is_empty() && !told.message.is_empty());
        is_harmless(&told.server_text);
        assert!(told.server_text.len() <= MOST);
        if let Some(link) = told.link {
            is_a_page_of_the_host(&link);
        }
    }
    if let Some(link) = pull_request_link(&text, uri.origin()) {
        is_a_page_of_the_host(&link);
    }
}

fn arrives_in_any_pieces(bytes: &[u8], length: usize) {
    let whole = collected(&[bytes]);
    let pieces: Vec<&[u8]> = bytes.chunks(length.max(1)).collect();
    assert_eq!(collected(&pieces), whole);
    is_harmless(&whole.1);
    for line in &whole.0 {
        is_harmless(line);
        assert!(!line.contains('\n') && line.len() <= MOST, "{line:?}");
    }
}

fn says_no_token(text: &str, at: usize, uri: &RemoteUri) {
    let mut net = Network::new(Journal::start("parcels", "push", None, None));
    net.credentials = Some((uri.origin().clone(), Credentials::token(TOKEN)));
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default();
    let (before, after) = text.split_at(at);
    for said in [format!("{before}{TOKEN}{after}"), text.to_owned()] {
        let cleaned = clean_for(&net, &said);
        is_harmless(&cleaned);
        assert!(!cleaned.contains(TOKEN), "{cleaned:?}");
    }
}

fn is_a_page_of_the_host(link: &str) {
    let url = Url::parse(link).ok();
    let url = url.filter(|url| url.scheme() == "https" && url.host_str() == Some("git.test"));
    assert!(
        url.is_some_and(|url| url.username().is_empty() && url.password().is_none()),
        "{link:?}"
    );
    is_harmless(link);
}
