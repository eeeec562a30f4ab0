//! What may be committed although it looks like a secret, as a person said on this computer. It holds no value.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sheaf_git::repository::Repo;

use super::search::Sighting;
use crate::error::Result;
use crate::model::AllowedField;

/// The form of the note.
const VERSION: u32 = 1;
const SALT_BYTES: usize = 16;

/// The note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Allowed {
    version: u32,
    /// Makes fingerprints of this repository on this computer unlike all others.
    salt: String,
    /// Fields that may hold such a value.
    pub(crate) fields: Vec<AllowedField>,
    /// Fingerprints of values that may go once, until the push that takes them.
    pub(crate) once: BTreeSet<String>,
}

impl Allowed {
    /// The note of a repository. One that cannot be read is none: then everything is asked about again.
    pub(crate) fn of(repo: &Repo) -> Result<Self> {
        let kept = repo.allowances()?;
        let kept = kept.and_then(|text| serde_json::from_str::<Self>(&text).ok());
        if let Some(kept) = kept.filter(|kept| kept.version == VERSION) {
            return Ok(kept);
        }
        let new = Self {
            version: VERSION,
            salt: new_salt(),
            fields: Vec::new(),
            once: BTreeSet::new(),
        };
        new.keep(repo)?;
        Ok(new)
    }

    pub(crate) fn keep(&self, repo: &Repo) -> Result<()> {
        // the type holds nothing that JSON cannot
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        Ok(repo.keep_allowances(&text)?)
    }

    /// What stands for a value at its place.
    pub(crate) fn fingerprint(&self, seen: &Sighting) -> String {
        sheaf_guard::fingerprint(&self.salt, &[&seen.value, &seen.place.id.0, &seen.field])
    }

    /// Whether its field, or it itself, may go.
    pub(crate) fn allows(&self, seen: &Sighting) -> bool {
        self.fields.contains(&field_of(seen)) || self.once.contains(&self.fingerprint(seen))
    }
}

pub(crate) fn field_of(seen: &Sighting) -> AllowedField {
    AllowedField {
        resource: seen.place.id.clone(),
        field: seen.field.clone(),
        code: seen.code.to_owned(),
    }
}

fn new_salt() -> String {
    let mut bytes = [0; SALT_BYTES];
    if getrandom::fill(&mut bytes).is_err() {
        // Fingerprints then differ from those of others by the time alone.
        let now = u128::from(sheaf_git::event::now_ms()).to_be_bytes();
        bytes.copy_from_slice(&now);
    }
    format!("{:032x}", u128::from_be_bytes(bytes))
}
