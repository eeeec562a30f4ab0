//! YAML documents as plain values, read and written as this crate does it inside: for tools and tests.

use serde_json::Value;

pub use crate::yaml::Dialect;
use crate::yaml::{self, emit};

/// The value of one document in the YAML 1.2 core schema, or why it has none.
///
/// Infinity and not-a-number stay the text they are, as JSON has no such numbers.
///
/// # Errors
/// What the text does wrong, with the line and the column (from 1) where.
pub fn read(text: &str) -> Result<Value, (String, u32, u32)> {
    let node = yaml::parse(text).map_err(|error| {
        let (line, column) = yaml::line_and_column(text, error.offset);
        (error.message, line, column)
    })?;
    Ok(node.to_value())
}

/// A document with this value, byte for byte as the emitter of the dialect writes it.
pub fn write(value: &Value, dialect: Dialect) -> String {
    emit::document(value, dialect)
}

/// The text with the smallest change after which it has the value `target`; nothing where there is no safe one.
/// What is new is in the dialect that the text shows, or else in the `usual` one.
pub fn patch(text: &str, target: &Value, usual: Dialect) -> Option<String> {
    yaml::patch(text, target, usual).ok()
}
