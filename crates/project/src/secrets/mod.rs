//! The secret guard: what a commit or a push would add is searched for secrets first, and what looks like one is asked
//! about. Values stay in here; what is handed out is masked.

mod allowed;
mod here;
mod known;
mod outgoing;
mod search;

use sheaf_collection::model::ResourceId;
use sheaf_git::model::CommitInfo;
use sheaf_git::repository::Repo;

use crate::error::{ProjectError, Result};
use crate::model::{Allow, AllowedField, MovedSecret, Secret, Secrets};
use crate::project::Project;
use crate::resources::write;
use crate::words::counted;
use allowed::{Allowed, field_of};
pub(crate) use here::{chosen, everything};
use search::{Added, Sighting, look};

/// What was found, with the commit it is in.
pub(crate) struct Seen {
    sighting: Sighting,
    commit: Option<CommitInfo>,
}

impl Project {
    /// What looks like a secret in what is not committed and in what is not pushed, and what is allowed.
    pub fn secrets(&self) -> Result<Secrets> {
        let repo = self.repo()?;
        let allowed = Allowed::of(&repo)?;
        let (uncommitted, unpushed) = (self.seen_here(&repo)?, self.seen_outgoing(&repo)?);
        Ok(Secrets {
            uncommitted: self.as_shown(&repo, &allowed, uncommitted),
            unpushed: self.as_shown(&repo, &allowed, unpushed),
            allowed: allowed.fields,
        })
    }

    /// Lets values go that look like secrets: each this once, or its field from now on.
    pub fn allow_secrets(&self, fingerprints: &[String], how: Allow) -> Result<()> {
        let (repo, _lock) = self.locked()?;
        let mut allowed = Allowed::of(&repo)?;
        let mut seen = self.seen_here(&repo)?;
        seen.extend(self.seen_outgoing(&repo)?);
        for fingerprint in fingerprints {
            let found = found(&allowed, &seen, fingerprint)?;
            match how {
                Allow::Once => drop(allowed.once.insert(fingerprint.clone())),
                Allow::Field => {
                    let field = field_of(found);
                    allowed.fields.retain(|other| *other != field);
                    allowed.fields.push(field);
                }
            }
        }
        allowed.keep(&repo)
    }

    /// A field is asked about again.
    pub fn forget_allowed(&self, resource: &ResourceId, field: &str) -> Result<()> {
        let (repo, _lock) = self.locked()?;
        let mut allowed = Allowed::of(&repo)?;
        let is_meant = |other: &AllowedField| other.resource == *resource && other.field == field;
        if !allowed.fields.iter().any(is_meant) {
            return Err(ProjectError::refused(
                "not-allowed",
                format!("{resource}:{field} is not among the fields that are allowed"),
                "sheaf secrets lists them.",
            ));
        }
        allowed.fields.retain(|other| !is_meant(other));
        allowed.keep(&repo)
    }

    /// Moves a value that looks like a secret into a private environment of its collection, which stays on this
    /// computer; the field refers to it. Can be undone.
    pub fn move_secret(&self, fingerprint: &str, variable: Option<&str>) -> Result<MovedSecret> {
        let (repo, _lock) = self.locked()?;
        let allowed = Allowed::of(&repo)?;
        let mut seen = self.seen_here(&repo)?;
        seen.extend(self.seen_outgoing(&repo)?);
        let found = found(&allowed, &seen, fingerprint)?;
        let collections = self.collections(&repo)?;
        let (moved, files) = collections.move_to_private(
            &found.place.id,
            &found.field,
            &found.value,
            variable,
            self.stamp(),
        )?;
        write(
            &repo,
            files,
            &format!("Move a secret of “{}” to a private environment", found.place.name),
        )?;
        Ok(MovedSecret {
            resource: found.place.id.clone(),
            field: found.field.clone(),
            variable: moved.variable,
            environment: moved.environment,
            environment_name: moved.environment_name,
        })
    }

    /// What these files would add that is not allowed.
    pub(crate) fn held_back(&self, repo: &Repo, files: &[Added]) -> Result<Vec<Secret>> {
        let seen = look(&self.guard(repo), files);
        if seen.is_empty() {
            return Ok(Vec::new());
        }
        let allowed = Allowed::of(repo)?;
        Ok(self.as_shown(repo, &allowed, not_committed(seen)))
    }

    fn seen_here(&self, repo: &Repo) -> Result<Vec<Seen>> {
        Ok(not_committed(look(&self.guard(repo), &everything(repo)?.0)))
    }

    /// What is not allowed, as it is shown: each place once.
    fn as_shown(&self, repo: &Repo, allowed: &Allowed, seen: Vec<Seen>) -> Vec<Secret> {
        let mut shown: Vec<Secret> = Vec::new();
        let here = self.collections(repo).ok();
        for Seen { sighting, commit } in seen {
            let fingerprint = allowed.fingerprint(&sighting);
            let is_told = shown.iter().any(|other| other.fingerprint == fingerprint);
            if is_told || allowed.allows(&sighting) {
                continue;
            }
            let place = here
                .as_ref()
                .and_then(|here| here.resource_place(&sighting.place.id));
            shown.push(Secret {
                fingerprint,
                code: sighting.code.to_owned(),
                what: sighting.what,
                masked: sheaf_guard::masked(&sighting.value),
                path: sighting.path,
                resource: place.unwrap_or(sighting.place),
                field: sighting.field,
                label: sighting.label,
                line: sighting.line,
                commit,
                can_move: sighting.takes_templates,
            });
        }
        shown
    }
}

fn not_committed(seen: Vec<Sighting>) -> Vec<Seen> {
    let seen = seen.into_iter();
    seen.map(|sighting| Seen {
        sighting,
        commit: None,
    })
    .collect()
}

fn found<'s>(allowed: &Allowed, seen: &'s [Seen], fingerprint: &str) -> Result<&'s Sighting> {
    let mut sightings = seen.iter().map(|seen| &seen.sighting);
    let found = sightings.find(|sighting| allowed.fingerprint(sighting) == fingerprint);
    found.ok_or_else(|| {
        ProjectError::refused(
            "no-such-secret",
            format!("Nothing that was found has the fingerprint {fingerprint}"),
            "sheaf secrets lists what there is.",
        )
    })
}

/// In words, how many there are.
pub fn in_words(secrets: &[Secret]) -> String {
    let count = u32::try_from(secrets.len()).unwrap_or(u32::MAX);
    counted(count, "value looks like a secret", "values look like secrets")
}
