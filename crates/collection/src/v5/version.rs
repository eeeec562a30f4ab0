//! Schema versions of v5 files.

use serde_json::Value;

/// What new files get where no other file says otherwise.
pub(crate) const DEFAULT: &str = "5.1";

/// Does every item of this document say its type? From schema 5.2 on.
pub(crate) fn is_typed(document: &Value) -> bool {
    written(document).is_some_and(|version| version >= (5, 2))
}

/// The version that a document says it has; nothing for 5.0, which says none.
pub(crate) fn text(document: &Value) -> Option<String> {
    let version = document.get("schema_version")?;
    Some(
        version
            .as_str()
            .map_or_else(|| version.to_string(), str::to_owned),
    )
}

fn written(document: &Value) -> Option<(u32, u32)> {
    let text = text(document)?;
    let (major, minor) = text.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
