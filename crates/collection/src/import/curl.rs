//! cURL commands as a collection.

use super::planned::Planned;
use super::report::Notes;
use crate::curl::requests;
use crate::model::Kind;

/// A collection of all requests of a text.
pub(super) fn read(text: &str, notes: &mut Notes) -> Option<Planned> {
    let mut root = Planned::new(Kind::Workspace, "cURL");
    for fields in requests(text, notes) {
        let mut request = Planned::new(Kind::Request, "");
        request.fields.extend(fields);
        root.children.push(request);
    }
    (!root.children.is_empty()).then_some(root)
}
