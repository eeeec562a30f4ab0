//! Any text: no panic, the quick reader reads what the full one reads, and what is emitted reads back.
use sheaf_collection::yaml_text::{self, Dialect};

use crate::yaml_write::reads_back;

pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    assert!(sheaf_collection::fuzzing::reads_alike(text));
    // Every file that is written is a map; a lone string would be folded to the first column.
    let Some(value) = yaml_text::read(text).ok().filter(serde_json::Value::is_object) else {
        return;
    };
    for dialect in [Dialect::Yaml1, Dialect::Yaml2] {
        reads_back(&value, dialect);
    }
}
