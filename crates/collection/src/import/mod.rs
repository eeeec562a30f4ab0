//! Collections of other programs, as resources.
//!
//! What a file is, is told by its content and not by its name. Every format is read into the same tree
//! ([`planned`]), from which the files of a project are written ([`plan`]).

mod authentication;
pub(crate) mod body;
mod bruno;
mod collection_file;
mod curl;
mod error;
mod flat;
mod har;
mod insomnia;
mod json;
mod openapi;
mod plan;
mod planned;
mod postman;
mod report;
pub(crate) mod rows;
mod secrets;
mod source;
mod template;
pub(crate) mod url;
mod yaak;

use serde_json::{Map, Value};

use crate::model::Kind;
use planned::Planned;

pub use error::ImportError;
pub use plan::ImportPlan;
pub(crate) use report::Notes;
pub use report::{ImportReport, TakenCount};

/// How much is imported at once.
pub mod limits {
    /// Bytes of all files.
    pub const MAX_BYTES: usize = 100 * 1024 * 1024;
    /// Files.
    pub const MAX_FILES: usize = 20_000;
}

/// What was read from the files of another program. Nothing is written yet.
#[derive(Debug)]
pub struct Imported {
    /// The formats, by name.
    source: String,
    /// The collections.
    roots: Vec<Planned>,
    notes: Notes,
    /// Ids are Insomnia's own and stay where they are free.
    keeps_ids: bool,
    /// Single requests: they need no folder around them.
    is_loose: bool,
}

/// Reads files of other programs: texts with their paths, relative to what was chosen and `/` separated.
///
/// # Errors
/// Where nothing of it can be used: it is too much, no text, or no known format.
pub fn read_import(files: Vec<(String, Vec<u8>)>) -> Result<Imported, ImportError> {
    let bytes = files
        .iter()
        .fold(0_usize, |sum, (_, bytes)| sum.saturating_add(bytes.len()));
    if bytes > limits::MAX_BYTES {
        return Err(ImportError::TooLarge);
    }
    if files.len() > limits::MAX_FILES {
        return Err(ImportError::TooMany);
    }
    let mut notes = Notes::default();
    let sources = source::sources(files, &mut notes);
    let mut formats: Vec<&'static str> = Vec::new();
    let mut roots = Vec::new();
    let (mut keeps_ids, mut is_loose) = (false, true);
    for source in sources {
        let name = source.name();
        keeps_ids |= source.keeps_ids();
        is_loose &= source.is_loose();
        let before = roots.len();
        source.read(&mut roots, &mut notes);
        if roots.len() > before && !formats.contains(&name) {
            formats.push(name);
        }
    }
    if roots.is_empty() {
        let (_, left) = notes.sentences();
        return Err(ImportError::Nothing {
            why: left.into_iter().next(),
        });
    }
    for root in &mut roots {
        root.tidy(&mut notes);
    }
    Ok(Imported {
        source: formats.join(", "),
        roots,
        notes,
        keeps_ids,
        is_loose,
    })
}

impl Imported {
    /// Names of the collections that were read.
    pub fn names(&self) -> Vec<String> {
        self.roots.iter().map(|root| root.name().to_owned()).collect()
    }
}

/// The report of what is taken.
pub(crate) fn report_of(
    source: &str,
    resources: &[(Kind, &Map<String, Value>)],
    notes: &Notes,
) -> ImportReport {
    let mut taken: Vec<TakenCount> = Vec::new();
    let mut found = 0_u32;
    for (kind, fields) in resources {
        // What Git never sees is not committed.
        if fields.get("isPrivate") != Some(&Value::Bool(true)) {
            found = found.saturating_add(secrets::count(fields));
        }
        match taken.iter_mut().find(|taken| taken.kind == *kind) {
            Some(taken) => taken.count += 1,
            None => taken.push(TakenCount {
                kind: *kind,
                count: 1,
            }),
        }
    }
    taken.sort_by_key(|taken| taken.kind);
    let (changed, left) = notes.sentences();
    ImportReport {
        source: source.to_owned(),
        taken,
        changed,
        left,
        secrets: found,
    }
}
