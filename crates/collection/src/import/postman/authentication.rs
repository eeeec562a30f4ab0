//! Authentication: a type, and its values as a list (2.1) or a map (2.0).

use serde_json::Value;

use super::super::authentication::{Given, authentication as insomnias};
use super::super::json::{any_text, as_text, text};
use super::super::report::Notes;

/// The authentication; nothing where it is that of the folder.
pub(super) fn authentication(auth: Option<&Value>, place: &str, notes: &mut Notes) -> Option<Value> {
    let auth = auth.filter(|auth| auth.is_object())?;
    let scheme = text(auth, "type");
    if scheme.is_empty() {
        return None;
    }
    let values = auth.get(scheme).unwrap_or(&Value::Null);
    let value = |name: &str| match values {
        Value::Array(rows) => rows
            .iter()
            .find(|row| text(row, "key") == name)
            .map(|row| any_text(row, "value"))
            .unwrap_or_default(),
        map => map.get(name).map(as_text).unwrap_or_default(),
    };
    let found = insomnias(scheme, &Given(&value));
    if found.is_none() {
        notes.left(
            "Authentication of a type that Insomnia does not have is not taken",
            &format!("{scheme} of {place}"),
        );
    }
    if scheme == "ntlm" && !value("domain").is_empty() {
        notes.left("The domain of NTLM is not taken", place);
    }
    found
}
