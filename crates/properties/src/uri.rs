//! An address: what is taken is what is called, and no secret in it is ever shown.
//!
//! The first line is the address, the second the name of a branch.

use sheaf_git::fuzzing::{endpoint, origin};
use sheaf_git::uri::{RemoteUri, UriProblem, parse_lenient_host};
use url::Url;

use crate::feed::Feed;

pub(crate) fn check(bytes: &[u8]) {
    let mut feed = Feed::new(bytes);
    let text = String::from_utf8_lossy(feed.until(b'\n')).into_owned();
    let branch = String::from_utf8_lossy(feed.rest()).into_owned();
    let _ = parse_lenient_host(&text);
    shows_no_user(&sheaf_git::redact::url(&text));
    match RemoteUri::parse(&text) {
        Ok(uri) => is_what_is_called(&uri, &branch),
        Err(problem) => is_told(&problem, &text),
    }
}

fn is_what_is_called(uri: &RemoteUri, branch: &str) {
    assert_eq!(RemoteUri::parse(uri.as_str()).as_ref(), Ok(uri));
    assert_eq!(sheaf_git::redact::url(uri.as_str()), uri.as_str());
    let called = endpoint(uri);
    let typed = Url::parse(uri.as_str()).ok();
    assert_eq!(typed.as_ref().map(Url::host_str), Some(called.host_str()));
    assert_eq!(
        typed.as_ref().map(Url::port_or_known_default),
        Some(called.port_or_known_default())
    );
    assert_eq!(called.scheme(), "https");
    assert!(called.username().is_empty() && called.password().is_none());
    assert!(called.query().is_none() && called.fragment().is_none());
    assert_eq!(origin(&called).as_ref(), Some(uri.origin()));
    let host = called.host_str().unwrap_or_default().trim_end_matches('.');
    assert!(
        uri.host() == host
            || uri
                .host()
                .strip_prefix(host)
                .is_some_and(|port| port.starts_with(':'))
    );
    assert_eq!(parse_lenient_host(uri.as_str()).as_deref(), Some(host));
    names_a_folder(&uri.repo_name());
    let help = uri.host_help();
    let pages = [help.token_help, help.members, uri.new_pull_request(branch, None)];
    for page in pages
        .into_iter()
        .chain([uri.new_pull_request("a", Some(branch))])
        .flatten()
    {
        leads_to_the_same_host(&page, uri);
    }
}

/// It becomes one: a single part of a path, whatever the system.
fn names_a_folder(name: &str) {
    assert!(!name.is_empty() && !name.contains(['/', '\\', ':']), "{name:?}");
    assert!(!name.starts_with('.') && !name.ends_with(['.', ' ']), "{name:?}");
    assert!(!name.chars().any(char::is_control), "{name:?}");
}

fn leads_to_the_same_host(page: &str, uri: &RemoteUri) {
    if page.starts_with("https://support.atlassian.com/") {
        return;
    }
    let read = Url::parse(page);
    assert!(read.is_ok(), "{page:?}");
    if let Ok(read) = read {
        assert_eq!(origin(&read).as_ref(), Some(uri.origin()), "{page:?}");
        assert!(read.username().is_empty() && read.password().is_none());
    }
}

fn is_told(problem: &UriProblem, text: &str) {
    assert!(!problem.code().is_empty() && !problem.advice().is_empty());
    let message = problem.to_string();
    crate::shown::is_harmless(&message);
    assert!(message.len() < 200, "{message:?}");
    let UriProblem::WithCredentials { clean, token, .. } = problem else {
        return;
    };
    let again = RemoteUri::parse(clean);
    assert!(
        !matches!(again, Err(UriProblem::WithCredentials { .. })),
        "{clean:?}"
    );
    shows_no_user(clean);
    // What was taken out may stand in the rest, too.
    if let Some(token) = token
        .as_ref()
        .filter(|token| text.matches(token.expose()).count() == 1)
    {
        let debug = format!("{problem:?}");
        let is_a_word_of_ours = format!("{:?}", UriProblem::NoHost).contains(token.expose());
        assert!(
            token.expose().len() < 8 || is_a_word_of_ours || !debug.contains(token.expose()),
            "{debug}"
        );
    }
}

fn shows_no_user(shown: &str) {
    let authority = shown.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or_default();
    assert!(!authority.contains('@'), "{shown:?}");
}
