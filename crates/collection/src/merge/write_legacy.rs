//! The files of the legacy tree.

use serde_json::Value;

use super::lines::weave;
use super::ordered::map_like;
use super::result::{Entry, Says};
use super::states::Found;
use crate::changes::Fields;
use crate::edit::{complete, new_text};
use crate::model::ResourceId;
use crate::source::{SourceFile, usual_dialect};
use crate::yaml::{Node, parse, patch};

/// The bytes of the file of a resource; nothing where they could not be made.
pub(super) fn legacy_bytes(path: &str, id: &ResourceId, entry: &Entry<'_>) -> Option<Vec<u8>> {
    let (base, ours, theirs) = (in_tree(entry.base), in_tree(entry.ours), in_tree(entry.theirs));
    match (&entry.says, ours, theirs) {
        (Says::Ours, Some(file), _) | (Says::Theirs, _, Some(file)) => return Some(file.bytes.to_vec()),
        _ => {}
    }
    let fields = entry.fields()?;
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => merged_text(path, base, ours, theirs, fields),
        (Some(only), None) | (None, Some(only)) => patched(path, only.text()?, fields),
        (None, None) => {
            let resource = entry.text()?.resource;
            new_text(path, id, &Value::Object(complete(resource, fields.clone()))).ok()
        }
    }
}

fn in_tree(found: Option<Found<'_>>) -> Option<&SourceFile> {
    found.filter(|found| found.is_legacy()).map(|found| found.file)
}

fn merged_text(
    path: &str,
    base: Option<&SourceFile>,
    ours: &SourceFile,
    theirs: &SourceFile,
    fields: &Fields,
) -> Option<Vec<u8>> {
    let (our, their) = (ours.text()?, theirs.text()?);
    // The lines of both bring the comments of both; what they say is then set right.
    let lines = base
        .and_then(SourceFile::text)
        .map(|base| weave(base, our, their).text);
    let woven = lines.and_then(|lines| patched(path, &lines, fields));
    woven.or_else(|| patched(path, our, fields))
}

fn patched(path: &str, text: &str, fields: &Fields) -> Option<Vec<u8>> {
    let model = parse(text).map(Node::into_value).ok()?;
    let target = Value::Object(map_like(fields, model.as_object()?));
    // The patch is proved by reading it.
    patch(text, &target, usual_dialect(path))
        .ok()
        .map(String::into_bytes)
}
