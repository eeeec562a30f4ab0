//! The three-way merge of one collection file, as far as nobody has to be asked.

use serde_json::{Map, Value};

use crate::source::{SourceFile, usual_dialect};
use crate::yaml::{parse, patch};

/// Merges one file. `Some(Some(bytes))` is the result, `Some(None)` a deletion; `None` means a person must decide.
///
/// Top-level fields of a legacy file merge one by one; for `modified` the later time wins. Both sides changing one
/// field differently, or one deleting what the other changed, is for a person.
pub fn merge_file(
    path: &str,
    base: Option<&[u8]>,
    ours: Option<&[u8]>,
    theirs: Option<&[u8]>,
) -> Option<Option<Vec<u8>>> {
    if ours == theirs || theirs == base {
        return Some(ours.map(<[u8]>::to_vec));
    }
    if ours == base {
        return Some(theirs.map(<[u8]>::to_vec));
    }
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => merge_texts(path, base, ours, theirs).map(Some),
        _ => None,
    }
}

fn merge_texts(path: &str, base: Option<&[u8]>, ours: &[u8], theirs: &[u8]) -> Option<Vec<u8>> {
    let [our_fields, their_fields] = [fields(path, ours)?, fields(path, theirs)?];
    let base_fields = match base {
        Some(base) => fields(path, base)?,
        None => Map::new(),
    };
    let merged = merge_fields(&base_fields, &our_fields, &their_fields)?;
    let text = std::str::from_utf8(ours).ok()?;
    let patched = patch(text, &Value::Object(merged), usual_dialect(path));
    patched.ok().map(String::into_bytes)
}

/// The fields of a readable legacy file; a v5 file is not merged by its top-level keys.
fn fields(path: &str, bytes: &[u8]) -> Option<Map<String, Value>> {
    let file = SourceFile::new(path.to_owned(), bytes.to_vec())?;
    file.legacy_path()?;
    if file.parsed().resources.is_empty() {
        return None;
    }
    parse(file.text()?).ok()?.to_value().as_object().cloned()
}

fn merge_fields(
    base: &Map<String, Value>,
    ours: &Map<String, Value>,
    theirs: &Map<String, Value>,
) -> Option<Map<String, Value>> {
    let mut merged = ours.clone();
    let keys = base
        .keys()
        .chain(theirs.keys().filter(|key| !base.contains_key(*key)));
    for key in keys {
        let (base, our, their) = (base.get(key), ours.get(key), theirs.get(key));
        if their == our || their == base {
            continue;
        }
        let value = match key.as_str() {
            "modified" => later(our, their),
            _ if our == base => their,
            _ => return None,
        };
        match value {
            Some(value) => {
                merged.insert(key.clone(), value.clone());
            }
            None => {
                merged.shift_remove(key);
            }
        }
    }
    Some(merged)
}

fn later<'v>(ours: Option<&'v Value>, theirs: Option<&'v Value>) -> Option<&'v Value> {
    let time = |value: Option<&Value>| value.and_then(Value::as_f64).unwrap_or(f64::MIN);
    if time(theirs) > time(ours) { theirs } else { ours }
}
