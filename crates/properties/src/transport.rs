//! An answer of HTTP: no redirect leads away, no status is taken for another, and the token stays at its origin.
//!
//! The first byte says whether it answers a request with a body; two bytes of status, lines of headers up to an empty
//! one, and the body.

use std::time::Duration;

use sheaf_git::credentials::Credentials;
use sheaf_git::event::Journal;
use sheaf_git::fuzzing::{Judged, advertised, line, lines, list_answer, origin, post_answer, unborn_in};
use sheaf_git::network::Network;
use sheaf_git::uri::RemoteUri;
use url::Url;

use crate::feed::Feed;
use crate::shown::is_harmless;

const TOKEN: &str = "Zq7-Xw9_Kp3!";
const LIST: &str = "https://git.test/team/parcels.git/info/refs?service=git-upload-pack";
/// Names of the headers that are looked at; others are named in full.
const HEADERS: [&str; 4] = ["content-type", "location", "retry-after", "content-encoding"];

pub(crate) fn check(bytes: &[u8]) {
    let mut feed = Feed::new(bytes);
    let (how, status) = (feed.byte(), feed.word());
    let mut headers = Vec::new();
    loop {
        let header = feed.until(b'\n');
        let Some((name, value)) = header.split_first() else {
            break;
        };
        let name = HEADERS.get(usize::from(*name)).copied().unwrap_or("x-other");
        headers.push((name.to_owned(), value.to_vec()));
    }
    let body = feed.rest();
    is_framed(body);
    let (Ok(uri), Ok(from)) = (
        RemoteUri::parse("https://git.test/team/parcels.git"),
        Url::parse(LIST),
    ) else {
        return;
    };
    let mut net = Network::new(Journal::start("parcels", "fetch", None, None));
    net.timeouts.idle = Duration::from_secs(5);
    if how & 2 == 0 {
        net.credentials = Some((uri.origin().clone(), Credentials::token(TOKEN)));
    }
    let answer = (status % 1000, headers.as_slice(), body);
    let judged = if how & 1 == 0 {
        list_answer(&uri, &net, how & 4 == 0, &from, answer)
    } else {
        post_answer(&uri, &net, answer)
    };
    match judged {
        Ok(Some(Judged::SentOn(url))) => {
            assert!(how & 1 == 0 && matches!(answer.0, 301 | 302 | 303 | 307 | 308));
            assert_eq!(origin(&url).as_ref(), Some(uri.origin()));
            assert!(url.username().is_empty() && url.password().is_none());
        }
        Ok(Some(Judged::Taken(taken))) => {
            assert_eq!(answer.0, 200);
            let as_text: Vec<u8> =
                String::from_utf8(body.to_vec()).map_or_else(|_| taken.clone(), Into::into);
            assert_eq!(taken.len(), body.len());
            assert_eq!(taken, as_text);
        }
        Ok(Some(Judged::Refused(error))) => {
            let said = format!("{error} {error:?} {}", error.code());
            is_harmless(&error.to_string());
            assert!(net.credentials.is_none() || !said.contains(TOKEN), "{said}");
            assert!(error.to_string().len() < 8 * 1024);
        }
        Ok(None) | Err(_) => {}
    }
}

/// Lines are read as they were written, and what follows a broken one is left.
fn is_framed(bytes: &[u8]) {
    if let Some((_, default_branch, refusal)) = advertised(bytes) {
        assert!(default_branch.is_none_or(|name| !name.contains(' ')));
        assert!(refusal.is_none_or(|text| text.len() <= bytes.len() * 3));
    }
    if let Some(name) = unborn_in(bytes) {
        assert!(git2::Branch::name_is_valid(&name).is_ok_and(|is_valid| is_valid));
    }
    let read = lines(bytes);
    assert!(read.iter().map(|line| line.len() + 4).sum::<usize>() <= bytes.len());
    let texts: Option<Vec<&str>> = read.iter().map(|line| std::str::from_utf8(line).ok()).collect();
    let Some(texts) = texts else { return };
    let written: String = texts.iter().map(|text| line(text)).collect();
    assert_eq!(lines(written.as_bytes()), read);
}
