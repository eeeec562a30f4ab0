//! The known kinds of hosts, recognised by name, and the addresses of their pages.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::Origin;
use crate::model::{HostHelp, HostKind};

/// Everything but what never needs encoding in a query.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');
/// A branch name within a path keeps its slashes.
const IN_PATH: &AsciiSet = &COMPONENT.remove(b'/');

pub(super) fn help(url: &Url, origin: &Origin) -> HostHelp {
    let kind = kind(origin);
    HostHelp {
        kind,
        name: name(kind, origin),
        token_help: token_help(kind, url, origin),
        members: members(kind, url, origin),
    }
}

pub(crate) fn kind(origin: &Origin) -> HostKind {
    let host = origin.name();
    let first = host.split('.').next().unwrap_or_default();
    match host {
        "github.com" => HostKind::GitHub,
        "bitbucket.org" => HostKind::Bitbucket,
        "dev.azure.com" => HostKind::AzureDevOps,
        "codeberg.org" => HostKind::Gitea,
        _ if host.ends_with(".visualstudio.com") => HostKind::AzureDevOps,
        _ if host.ends_with(".ghe.com") => HostKind::GitHub,
        _ => match first {
            "gitlab" => HostKind::GitLab,
            "github" => HostKind::GitHub,
            "bitbucket" | "stash" => HostKind::BitbucketServer,
            "gitea" | "forgejo" => HostKind::Gitea,
            _ => HostKind::Unknown,
        },
    }
}

fn name(kind: HostKind, origin: &Origin) -> String {
    let host = origin.host();
    match kind {
        HostKind::GitHub if host == "github.com" => "GitHub".to_owned(),
        HostKind::GitLab if host == "gitlab.com" => "GitLab".to_owned(),
        HostKind::Bitbucket => "Bitbucket".to_owned(),
        HostKind::AzureDevOps => "Azure DevOps".to_owned(),
        HostKind::Gitea if host == "codeberg.org" => "Codeberg".to_owned(),
        HostKind::GitHub => format!("GitHub ({host})"),
        HostKind::GitLab => format!("GitLab ({host})"),
        HostKind::BitbucketServer => format!("Bitbucket Data Center ({host})"),
        HostKind::Gitea => format!("Gitea ({host})"),
        HostKind::Unknown => host.to_owned(),
    }
}

fn token_help(kind: HostKind, url: &Url, origin: &Origin) -> Option<String> {
    Some(match kind {
        HostKind::GitHub => format!("{origin}/settings/personal-access-tokens/new"),
        HostKind::GitLab => format!("{origin}/-/user_settings/personal_access_tokens"),
        HostKind::Bitbucket => "https://support.atlassian.com/bitbucket-cloud/docs/api-tokens/".to_owned(),
        HostKind::BitbucketServer => format!("{origin}/plugins/servlet/access-tokens/manage"),
        HostKind::AzureDevOps => format!("{}/_usersSettings/tokens", azure_organisation(url, origin)?),
        HostKind::Gitea => format!("{origin}/user/settings/applications"),
        HostKind::Unknown => return None,
    })
}

fn members(kind: HostKind, url: &Url, origin: &Origin) -> Option<String> {
    let page = page(kind, url, origin)?;
    Some(match kind {
        HostKind::GitHub => format!("{page}/settings/access"),
        HostKind::GitLab => format!("{page}/-/project_members"),
        HostKind::Bitbucket => format!("{page}/admin/permissions"),
        HostKind::BitbucketServer => format!("{page}/permissions"),
        HostKind::AzureDevOps => format!("{}/_settings/permissions", azure_project(url, origin)?),
        HostKind::Gitea => format!("{page}/settings/collaboration"),
        HostKind::Unknown => return None,
    })
}

pub(super) fn new_pull_request(
    url: &Url,
    origin: &Origin,
    source: &str,
    target: Option<&str>,
) -> Option<String> {
    let kind = kind(origin);
    let page = page(kind, url, origin)?;
    let (from, to) = (component(source), target.map(component));
    let with = |key: &str| to.as_ref().map(|t| format!("&{key}={t}")).unwrap_or_default();
    Some(match kind {
        HostKind::GitHub | HostKind::Gitea => {
            let base = target.map(|t| format!("{}...", in_path(t))).unwrap_or_default();
            format!(
                "{page}/compare/{base}{}{}",
                in_path(source),
                if kind == HostKind::GitHub { "?expand=1" } else { "" }
            )
        }
        HostKind::GitLab => format!(
            "{page}/-/merge_requests/new?merge_request%5Bsource_branch%5D={from}{}",
            with("merge_request%5Btarget_branch%5D")
        ),
        HostKind::Bitbucket => format!("{page}/pull-requests/new?source={from}{}", with("dest")),
        HostKind::BitbucketServer => format!(
            "{page}/pull-requests?create&sourceBranch=refs%2Fheads%2F{from}{}",
            to.as_ref()
                .map(|t| format!("&targetBranch=refs%2Fheads%2F{t}"))
                .unwrap_or_default()
        ),
        HostKind::AzureDevOps => format!("{page}/pullrequestcreate?sourceRef={from}{}", with("targetRef")),
        HostKind::Unknown => return None,
    })
}

/// The web page of the repository.
fn page(kind: HostKind, url: &Url, origin: &Origin) -> Option<String> {
    let path = url.path().trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    match kind {
        HostKind::Unknown => None,
        HostKind::BitbucketServer => bitbucket_server_page(path, origin),
        _ => Some(format!("{origin}/{path}")),
    }
}

/// `/scm/KEY/repo` is the clone address of what is shown at `/projects/KEY/repos/repo`.
fn bitbucket_server_page(path: &str, origin: &Origin) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let scm = parts.iter().position(|p| *p == "scm")?;
    let [key, repo] = parts.get(scm + 1..)? else {
        return None;
    };
    let context: String = parts[..scm].iter().flat_map(|p| ["/", p]).collect();
    Some(match key.strip_prefix('~') {
        Some(user) => format!("{origin}{context}/users/{user}/repos/{repo}"),
        None => format!("{origin}{context}/projects/{key}/repos/{repo}"),
    })
}

fn azure_organisation(url: &Url, origin: &Origin) -> Option<String> {
    if origin.name() == "dev.azure.com" {
        let organisation = url.path_segments()?.next()?;
        return Some(format!("{origin}/{organisation}"));
    }
    Some(origin.to_string())
}

fn azure_project(url: &Url, origin: &Origin) -> Option<String> {
    let (project, _) = url.path().split_once("/_git/")?;
    Some(format!("{origin}{project}"))
}

fn component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

fn in_path(text: &str) -> String {
    utf8_percent_encode(text, IN_PATH).to_string()
}
