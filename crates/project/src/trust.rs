//! Which certificate authority files the person at this computer chose, for which host.
//!
//! The path stands in the repository's own configuration, and a repository may come from anywhere: on its own it must not
//! make us trust a server with a token that belongs to a well-known host. So a file is used only where its content was
//! chosen here for this host; that is noted outside of every repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use sheaf_git::error::GitError;
use sheaf_git::uri::Origin;

use crate::error::{ProjectError, Result};

/// Content hashes by host.
type Chosen = BTreeMap<String, BTreeSet<String>>;

/// Notes that the file was chosen for the host.
pub(crate) fn choose(origin: &Origin, file: &Path) -> Result<()> {
    let note = note()?;
    let mut chosen = read(&note);
    if chosen.entry(origin.to_string()).or_default().insert(hash(file)?) {
        write(&note, &chosen)?;
    }
    Ok(())
}

/// Refuses a file that was not chosen for the host, or that is another one since.
pub(crate) fn check(origin: &Origin, file: &Path) -> Result<()> {
    if file.is_absolute()
        && read(&note()?)
            .get(&origin.to_string())
            .is_some_and(|c| hash(file).is_ok_and(|h| c.contains(&h)))
    {
        return Ok(());
    }
    Err(ProjectError::refused(
        "ca-not-chosen",
        format!(
            "The certificate authority file {} was not chosen on this computer for {origin}, or it has changed since",
            file.display()
        ),
        "If you know the file, choose it in the repository settings (sheaf settings --ca-file); else take it out there.",
    ))
}

fn note() -> Result<PathBuf> {
    dirs::config_dir()
        .map(|dir| dir.join("sheaf").join("certificates.json"))
        .ok_or_else(|| {
            ProjectError::refused(
                "no-home",
                "Your folder for settings was not found",
                "Set HOME and try again.",
            )
        })
}

/// A note that cannot be read trusts nothing.
fn read(note: &Path) -> Chosen {
    std::fs::read(note)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default()
}

fn write(note: &Path, chosen: &Chosen) -> Result<()> {
    let failed = |source| GitError::Io {
        path: note.to_path_buf(),
        source,
    };
    let folder = note.parent().unwrap_or(note);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let json = serde_json::to_vec_pretty(chosen).map_err(|e| failed(e.into()))?;
    let temp = folder.join(format!("certificates.{}.new", std::process::id()));
    std::fs::write(&temp, json)
        .and_then(|()| std::fs::rename(&temp, note))
        .map_err(failed)?;
    Ok(())
}

fn hash(file: &Path) -> Result<String> {
    let content = std::fs::read(file).map_err(|source| GitError::Io {
        path: file.to_path_buf(),
        source,
    })?;
    let hex = Sha256::digest(&content)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            // writing to a String cannot fail
            let _ = write!(hex, "{byte:02x}");
            hex
        });
    Ok(hex)
}
