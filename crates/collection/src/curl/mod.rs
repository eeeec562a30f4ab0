//! cURL commands, both ways: a pasted command as the fields of a request, and a request as a command.

mod command;
mod options;
mod parsed;
mod request;
mod variables;
mod words;
mod words_cmd;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::import::{ImportReport, Notes};

/// Addresses that one command may have.
const MAX_ADDRESSES: usize = 100;

/// A request that a cURL command describes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CurlRequest {
    /// `url`, `name`, `method`, `body`, `parameters`, `headers`, `authentication`, as a request has them.
    #[ts(type = "Record<string, unknown>")]
    pub fields: Map<String, Value>,
    /// What was changed and left.
    pub report: ImportReport,
}

/// Does this text, pasted somewhere, look like a cURL command?
pub fn is_curl(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix("$ ").unwrap_or(text).trim_start();
    ["curl ", "curl.exe ", "curl\t", "curl\n", "curl\\\n", "curl\r\n"]
        .iter()
        .any(|start| {
            text.get(..start.len())
                .is_some_and(|own| own.eq_ignore_ascii_case(start))
        })
}

/// The first request of a text; nothing where there is none.
pub fn parse_curl(text: &str) -> Option<CurlRequest> {
    let mut notes = Notes::default();
    let mut all = requests(text, &mut notes);
    if all.is_empty() {
        return None;
    }
    let fields = all.swap_remove(0);
    if !all.is_empty() {
        notes.left("Only the first request of the text is taken", "");
    }
    let report = crate::import::report_of("cURL", &[(crate::model::Kind::Request, &fields)], &notes);
    Some(CurlRequest { fields, report })
}

/// The fields of every request in a text.
pub(crate) fn requests(text: &str, notes: &mut Notes) -> Vec<Map<String, Value>> {
    let mut all = Vec::new();
    for words in words::commands(text, notes) {
        match parsed::parse(&words, notes) {
            Some(requests) => {
                for parsed in &requests {
                    // Each address gets the whole data: a few bytes of text must not become gigabytes.
                    for url in parsed.urls.iter().take(MAX_ADDRESSES) {
                        all.push(request::fields(parsed, url, notes));
                    }
                    if parsed.urls.len() > MAX_ADDRESSES {
                        notes.left("Of one command only the first 100 addresses are taken", "");
                    }
                }
                if requests.is_empty() {
                    notes.left("A cURL command without an address is not taken", "");
                }
            }
            None => notes.left("A line that is no cURL command is not taken", &words.join(" ")),
        }
    }
    all
}
