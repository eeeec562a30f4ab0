//! One file of a project, parsed when first needed and never twice.

use std::sync::{Arc, LazyLock, OnceLock};

use memchr::memmem;

use crate::hash::sha1_hex;
use crate::legacy::{self, LegacyPath, TREE};
use crate::model::Problem;
use crate::problem::problem;
use crate::resource::Parsed;
use crate::v5;
use crate::yaml::{Dialect, line_and_column};

const MAX_BYTES: usize = 100 * 1024 * 1024;

/// A file with its content.
pub(crate) struct SourceFile {
    /// Repository path.
    pub path: String,
    /// Content.
    pub bytes: Arc<Vec<u8>>,
    is_v5: bool,
    parsed: OnceLock<Parsed>,
    version: OnceLock<String>,
}

impl SourceFile {
    /// A file that may hold resources, judged by its path and by the line that names its type. Within a legacy tree
    /// the content decides, too.
    pub(crate) fn new(path: String, bytes: Vec<u8>) -> Option<Self> {
        let is_v5 = v5::is_v5_path(&path) && v5::is_v5(&bytes);
        let is_ours = is_v5 || LegacyPath::parse(&path).is_some();
        is_ours.then(|| Self {
            path,
            bytes: Arc::new(bytes),
            is_v5,
            parsed: OnceLock::new(),
            version: OnceLock::new(),
        })
    }

    /// The file with other content. Of a v5 file only what differs is read again, where that is enough.
    pub(crate) fn with_bytes(&self, bytes: Vec<u8>) -> Option<Self> {
        let old = self
            .parsed
            .get()
            .filter(|_| self.is_v5 && bytes.len() <= MAX_BYTES);
        let known = old.and_then(|old| v5::reread(old, &self.bytes, &bytes));
        let Some(known) = known else {
            return Self::new(self.path.clone(), bytes);
        };
        Some(Self {
            path: self.path.clone(),
            bytes: Arc::new(bytes),
            is_v5: true,
            parsed: OnceLock::from(known),
            version: OnceLock::new(),
        })
    }

    /// Where in the legacy tree it stands; nothing for v5.
    pub(crate) fn legacy_path(&self) -> Option<LegacyPath<'_>> {
        if self.is_v5 {
            None
        } else {
            LegacyPath::parse(&self.path)
        }
    }

    /// The set of files whose resources belong together: the legacy tree, or this one v5 file.
    pub(crate) fn set(&self) -> &str {
        let tree = self
            .legacy_path()
            .map(|place| &self.path[..place.root.len() + TREE.len()]);
        tree.unwrap_or(&self.path)
    }

    /// What it holds.
    pub(crate) fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| self.parse())
    }

    /// The text, where it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// Hash of the content.
    pub(crate) fn version(&self) -> String {
        self.version.get_or_init(|| sha1_hex(&self.bytes)).clone()
    }

    fn parse(&self) -> Parsed {
        let text = match readable_text(&self.path, &self.bytes) {
            Ok(text) => text,
            Err(broken) => return broken,
        };
        if let Some(place) = self.legacy_path() {
            return legacy::read(&self.path, &place, &self.bytes, text);
        }
        let mut parsed = v5::read(&self.path, &self.bytes, text);
        parsed.problems.extend(unseen(&self.path, text));
        parsed
    }
}

/// Why Insomnia does not take this v5 file for one.
fn unseen(path: &str, text: &str) -> Option<Problem> {
    let advice = if path.strip_suffix(".yaml").is_none() {
        "it only looks at names that end in `.yaml`. Rename the file so that it does."
    } else if !v5::is_seen_by_insomnia(text.as_bytes()) {
        "it wants the `type` on the first line. Move that line to the top, before comments and `---`."
    } else {
        return None;
    };
    let message = format!("Insomnia will not see this file: {advice} Sheaf reads and edits it as it is.");
    Some(problem("unseen-by-insomnia", message, path, Some((1, 1))))
}

/// The emitter that usually writes a file of this path.
pub(crate) fn usual_dialect(path: &str) -> Dialect {
    match LegacyPath::parse(path) {
        Some(_) => Dialect::Yaml1,
        None => Dialect::Yaml2,
    }
}

fn readable_text<'b>(path: &str, bytes: &'b [u8]) -> Result<&'b str, Parsed> {
    if bytes.len() > MAX_BYTES {
        let message = "This file is larger than 100 MB. Sheaf shows it as broken and leaves it alone.";
        return Err(Parsed::broken(problem("too-large", message, path, None)));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        let message = "This file is not UTF-8 text. Save it as UTF-8 in a text editor.";
        Parsed::broken(problem(
            "encoding",
            message,
            path,
            Some(line_and_column(valid, valid.len())),
        ))
    })?;
    if let Some(at) = text.find('\0') {
        let message = "This file holds a NUL character, so it is no text. Restore an older version of it.";
        return Err(Parsed::broken(problem(
            "encoding",
            message,
            path,
            Some(line_and_column(text, at)),
        )));
    }
    match conflict_marker(text) {
        Some(line) => {
            let message = "This file holds conflict markers of an unfinished merge. Decide which side to keep, \
                           delete the marker lines, and save it.";
            Err(Parsed::broken(problem(
                "conflict-markers",
                message,
                path,
                Some((line, 1)),
            )))
        }
        None => Ok(text),
    }
}

/// What stands in every line that Git leaves there; a quick look tells most files apart.
static MARKERS: LazyLock<[memmem::Finder<'static>; 3]> =
    LazyLock::new(|| ["<<<<<<< ", ">>>>>>> ", "======="].map(memmem::Finder::new));

/// The first line (from 1) that Git left there for somebody to decide.
fn conflict_marker(text: &str) -> Option<u32> {
    let bytes = text.as_bytes();
    MARKERS.iter().find(|marker| marker.find(bytes).is_some())?;
    let is_marker = |line: &str| {
        line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line.trim_end() == "======="
    };
    let index = text.lines().position(is_marker)?;
    u32::try_from(index + 1).ok()
}
