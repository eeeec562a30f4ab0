use super::{RemoteUri, UriProblem, parse_lenient_host};
use crate::model::HostKind;

fn problem(text: &str) -> &'static str {
    RemoteUri::parse(text).unwrap_err().code()
}

fn uri(text: &str) -> RemoteUri {
    RemoteUri::parse(text).unwrap()
}

#[test]
fn a_host_with_two_dots_in_a_row_is_none() {
    for host in [
        "github.com..",
        "git..test",
        ".git.test",
        "0x7f1a..",
        "a\u{3002}\u{3002}b",
    ] {
        let problem = RemoteUri::parse(&format!("https://{host}/team/parcels"));
        assert!(problem.is_err(), "{host}: {problem:?}");
    }
    assert!(RemoteUri::parse("https://github.com./team/parcels").is_ok());
}

#[test]
fn each_problem_has_its_own_name() {
    for (text, code) in [
        ("", "uri-empty"),
        ("   ", "uri-empty"),
        ("http://host/a/b", "uri-http"),
        ("HTTP://host/a/b", "uri-http"),
        ("ssh://git@host/a/b", "uri-ssh"),
        ("ssh://-x/a", "uri-ssh"),
        ("git@host:team/repo.git", "uri-scp-like"),
        ("git@-x:y", "uri-scp-like"),
        ("host:team/repo", "uri-scp-like"),
        ("file:///tmp/x", "uri-file"),
        ("/tmp/x", "uri-file"),
        ("./x", "uri-file"),
        ("~/x", "uri-file"),
        ("C:\\repos\\x", "uri-file"),
        ("C:/repos/x", "uri-file"),
        ("\\\\server\\share", "uri-file"),
        ("git://host/a", "uri-git-scheme"),
        ("ftp://host/a", "uri-other-scheme"),
        ("ext::sh -c touch% /tmp/x", "uri-bad-character"),
        ("ext::sh", "uri-other-scheme"),
        ("fd::17", "uri-other-scheme"),
        ("javascript:alert(1)", "uri-scp-like"),
        ("--upload-pack=touch", "uri-no-scheme"),
        ("-oProxyCommand=x", "uri-no-scheme"),
        ("github.com/a/b", "uri-no-scheme"),
        ("https:///x", "uri-no-host"),
        ("https://", "uri-no-host"),
        ("https://./x", "uri-no-host"),
        ("https:/host/x", "uri-no-host"),
        ("https://-x/a", "uri-bad-host"),
        ("https://[fe80::1%25eth0]/a", "uri-bad-host"),
        ("https://[::1/a", "uri-bad-host"),
        ("https://host", "uri-no-repository"),
        ("https://host/", "uri-no-repository"),
        ("https://host//", "uri-no-repository"),
        ("https://ho st/a", "uri-bad-character"),
        ("https://host/a\nb", "uri-bad-character"),
        ("https://host/a\rb", "uri-bad-character"),
        ("https://host/a%0ahost=evil", "uri-bad-character"),
        ("https://host/a%0Dx", "uri-bad-character"),
        ("https://host/a%00", "uri-bad-character"),
        ("https://host\\evil/a", "uri-bad-character"),
        ("https://host/a\u{202e}b", "uri-bad-character"),
        ("https://host:port/a", "uri-bad-port"),
        ("https://host:443.helper=!x/a", "uri-bad-port"),
        ("https://host:0/a", "uri-bad-port"),
        ("https://host:70000/a", "uri-bad-port"),
        ("https://host/a?x=1", "uri-query-or-fragment"),
        ("https://host/a#x", "uri-query-or-fragment"),
        ("https://user@host/a", "uri-with-credentials"),
        ("https://github.com@evil/a", "uri-with-credentials"),
        ("https://user:secret@host/a", "uri-with-credentials"),
    ] {
        assert_eq!(problem(text), code, "{text:?}");
    }
}

#[test]
fn an_address_stays_as_it_was_typed() {
    for text in [
        "https://Host.example/a/b",
        "https://host/a/b.git",
        "https://host:8443/a%20b/c",
        "https://host/a/",
    ] {
        assert_eq!(uri(&format!("  {text}\n")).as_str(), text);
    }
}

#[test]
fn credentials_are_split_off_and_never_shown() {
    let problem = RemoteUri::parse("https://me:s3cr%40t@host:8443/a.git").unwrap_err();
    let shown = format!("{problem} {problem:?}");
    assert!(!shown.contains("s3cr"), "{shown}");
    let UriProblem::WithCredentials {
        clean,
        username,
        token,
    } = problem
    else {
        panic!("{problem}")
    };
    assert_eq!(clean, "https://host:8443/a.git");
    assert_eq!(username.as_deref(), Some("me"));
    assert_eq!(token.unwrap().expose(), "s3cr@t");
}

#[test]
fn a_lone_token_is_not_taken_for_a_user_name() {
    for text in [
        "https://ghp_abc@host/a",
        "https://0123456789abcdef01234@host/a",
        "https://ghp_abc:x-oauth-basic@h/a",
    ] {
        let Err(UriProblem::WithCredentials { username, token, .. }) = RemoteUri::parse(text) else {
            panic!("{text}")
        };
        assert_eq!(username, None, "{text}");
        assert!(token.is_some(), "{text}");
    }
}

#[test]
fn spellings_of_one_origin_are_one_key() {
    for text in [
        "https://HOST.example/a",
        "https://host.example:443/a",
        "https://host.example./b",
    ] {
        assert_eq!(uri(text).origin().as_str(), "https://host.example");
    }
    assert_eq!(uri("https://host:8443/a").origin().as_str(), "https://host:8443");
    assert_eq!(
        uri("https://[::1]:8443/a").origin().as_str(),
        "https://[::1]:8443"
    );
    assert_eq!(uri("https://[0:0::1]/a").origin().as_str(), "https://[::1]");
    assert_eq!(uri("https://2130706433/a").origin().as_str(), "https://127.0.0.1");
    assert_eq!(
        uri("https://gïthub.com/a").origin().as_str(),
        "https://xn--gthub-cta.com"
    );
    assert_eq!(uri("https://[::1]:8443/a").origin().name(), "[::1]");
}

#[test]
fn the_folder_gets_a_harmless_name() {
    for (text, name) in [
        ("https://host/team/parcels.git", "parcels"),
        ("https://host/team/parcels/", "parcels"),
        ("https://host/team/a%20b", "a b"),
        ("https://host/team/%2e%2e%2fx", "x"),
        ("https://host/.git", "repository"),
    ] {
        assert_eq!(uri(text).repo_name(), name);
    }
}

#[test]
fn hosts_are_known_by_name() {
    for (text, kind) in [
        ("https://github.com/a/b", HostKind::GitHub),
        ("https://acme.ghe.com/a/b", HostKind::GitHub),
        ("https://gitlab.com/a/b", HostKind::GitLab),
        ("https://gitlab.acme.example:8443/a/b", HostKind::GitLab),
        ("https://bitbucket.org/a/b", HostKind::Bitbucket),
        (
            "https://bitbucket.acme.example/scm/KEY/b.git",
            HostKind::BitbucketServer,
        ),
        (
            "https://stash.acme.example/scm/KEY/b.git",
            HostKind::BitbucketServer,
        ),
        (
            "https://dev.azure.com/org/project/_git/repo",
            HostKind::AzureDevOps,
        ),
        (
            "https://org.visualstudio.com/project/_git/repo",
            HostKind::AzureDevOps,
        ),
        ("https://gitea.acme.example/a/b", HostKind::Gitea),
        ("https://codeberg.org/a/b", HostKind::Gitea),
        ("https://git.acme.example/a/b", HostKind::Unknown),
        ("https://github.com.evil.example/a/b", HostKind::GitHub),
    ] {
        assert_eq!(uri(text).host_help().kind, kind, "{text}");
    }
}

#[test]
fn help_links_stay_on_the_host() {
    for (text, token, members) in [
        (
            "https://github.com/a/b.git",
            "https://github.com/settings/personal-access-tokens/new",
            "https://github.com/a/b/settings/access",
        ),
        (
            "https://bitbucket.acme.example/scm/KEY/b.git",
            "https://bitbucket.acme.example/plugins/servlet/access-tokens/manage",
            "https://bitbucket.acme.example/projects/KEY/repos/b/permissions",
        ),
        (
            "https://dev.azure.com/org/project/_git/repo",
            "https://dev.azure.com/org/_usersSettings/tokens",
            "https://dev.azure.com/org/project/_settings/permissions",
        ),
    ] {
        let help = uri(text).host_help();
        assert_eq!(help.token_help.as_deref(), Some(token));
        assert_eq!(help.members.as_deref(), Some(members));
    }
}

#[test]
fn pull_request_pages_encode_branch_names() {
    let branch = "feature/a&b=c#d";
    for (text, page) in [
        (
            "https://github.com/a/b.git",
            "https://github.com/a/b/compare/main...feature/a%26b%3Dc%23d?expand=1",
        ),
        (
            "https://codeberg.org/a/b",
            "https://codeberg.org/a/b/compare/main...feature/a%26b%3Dc%23d",
        ),
        (
            "https://gitlab.com/a/b",
            "https://gitlab.com/a/b/-/merge_requests/new?merge_request%5Bsource_branch%5D=feature%2Fa%26b%3Dc%23d&merge_request%5Btarget_branch%5D=main",
        ),
        (
            "https://bitbucket.org/a/b",
            "https://bitbucket.org/a/b/pull-requests/new?source=feature%2Fa%26b%3Dc%23d&dest=main",
        ),
        (
            "https://stash.x/scm/K/b.git",
            "https://stash.x/projects/K/repos/b/pull-requests?create&sourceBranch=refs%2Fheads%2Ffeature%2Fa%26b%3Dc%23d&targetBranch=refs%2Fheads%2Fmain",
        ),
        (
            "https://dev.azure.com/o/p/_git/r",
            "https://dev.azure.com/o/p/_git/r/pullrequestcreate?sourceRef=feature%2Fa%26b%3Dc%23d&targetRef=main",
        ),
    ] {
        assert_eq!(
            uri(text).new_pull_request(branch, Some("main")).as_deref(),
            Some(page)
        );
    }
    assert_eq!(uri("https://git.example/a/b").new_pull_request("x", None), None);
}

#[test]
fn a_half_typed_address_has_a_host() {
    assert_eq!(parse_lenient_host("GitHub.com/a").as_deref(), Some("github.com"));
    assert_eq!(
        parse_lenient_host("https://me@gitlab.com:8443").as_deref(),
        Some("gitlab.com")
    );
    assert_eq!(parse_lenient_host(""), None);
}
