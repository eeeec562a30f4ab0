//! Values this app knows to be secrets: the access token of the remote, and what private environments hold.

use std::time::Duration;

use sheaf_collection::{Collections, private_file};
use sheaf_git::repository::Repo;
use sheaf_guard::{Guard, Known, says_secret};

use crate::project::{Project, remote_uri};
use crate::settings::account;

/// A keychain that asks somebody first must not hold up a commit.
const PATIENCE: Duration = Duration::from_secs(2);
/// A shorter value of a private environment is in other texts by chance.
const SHORTEST: usize = 8;

impl Project {
    /// Finds secrets, the known ones too.
    pub(crate) fn guard(&self, repo: &Repo) -> Guard {
        let mut known: Vec<Known> = self.access_token(repo).into_iter().collect();
        known.extend(private_values(repo));
        Guard::new(&known)
    }

    fn access_token(&self, repo: &Repo) -> Option<Known> {
        let account = account(repo, &remote_uri(repo).ok()?);
        let (token, _) = self.tokens().get_within(&account, PATIENCE).ok()??;
        Some(Known {
            what: format!("The access token for {}", account.origin),
            value: token.expose().to_owned(),
        })
    }
}

fn private_values(repo: &Repo) -> Vec<Known> {
    let names = repo.private_files().unwrap_or_default();
    let files: Vec<(String, Vec<u8>)> = names
        .iter()
        .filter_map(|name| Some((private_file(name), repo.read_private(name).ok()??)))
        .collect();
    let paths: Vec<String> = files.iter().map(|(path, _)| path.clone()).collect();
    let collections = Collections::read(files);
    let plain = Guard::default();
    let mut known = Vec::new();
    for path in paths {
        collections.each_text(&path, &mut |place, name, text| {
            let is_value = place.field().starts_with("data") && text.len() >= SHORTEST;
            if !is_value {
                return;
            }
            let environment = collections.place(place.id()).unwrap_or_default().0;
            let what = format!("A value of the private environment {environment}");
            let found = plain.find(name, text);
            if found.is_empty() && says_secret(name) && is_unusual(text) {
                let value = text.to_owned();
                known.push(Known { what, value });
                return;
            }
            known.extend(found.into_iter().map(|found| Known {
                what: what.clone(),
                value: text[found.range].to_owned(),
            }));
        });
    }
    known
}

/// No word or template, which other texts hold for other reasons.
fn is_unusual(text: &str) -> bool {
    !text.contains("{{") && !text.contains("{%") && text.chars().any(|char| !char.is_alphabetic())
}
