//! What looks like a secret in a text.

use std::ops::Range;

use crate::assignments::assignments;
use crate::base64;
use crate::blank::without_templates;
use crate::known::{Known, KnownForms};
use crate::name::says_secret;
use crate::random::looks_random;
use crate::rule;

/// Code of a value that is known.
const KNOWN: &str = "known-value";
/// Code of a value under a name that says secret.
const NAMED: &str = "secret-field";
/// Code of a JSON Web Token under such a name.
const WEB_TOKEN: &str = "json-web-token";

/// Looks for secrets. Making one with known values costs; use it for many texts.
#[derive(Default)]
pub struct Guard {
    known: Option<KnownForms>,
}

/// One thing that looks like a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Stable name of what it is: `github-token`, `private-key`, `secret-field`, `known-value`, …
    pub code: &'static str,
    /// The same for people: `GitHub token`.
    pub what: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

impl Guard {
    /// Also finds these values, plain, percent-encoded and within Base64.
    pub fn new(known: &[Known]) -> Self {
        Self {
            known: KnownForms::new(known),
        }
    }

    /// What looks like a secret in `text`, which stands under `name`, in the order of the text. Each place once.
    pub fn find(&self, name: &str, text: &str) -> Vec<Found> {
        let mut found = self.by_shape(text);
        let plain = without_templates(text);
        if says_secret(name)
            && let Some(range) = single_value(&plain)
        {
            add(&mut found, named(&plain, range));
        }
        for assignment in assignments(&plain) {
            if says_secret(assignment.name) {
                add(&mut found, named(&plain, assignment.value));
            }
        }
        found.sort_by_key(|found| found.range.start);
        found
    }

    /// The same without what only a name tells: for text between the fields, where names are not known.
    pub fn by_shape(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        for (range, what) in self.known.iter().flat_map(|known| known.find(text)) {
            let what = what.to_owned();
            add(
                &mut found,
                Some(Found {
                    code: KNOWN,
                    what,
                    range,
                }),
            );
        }
        for (range, rule) in rule::find(text) {
            let (code, what) = (rule.code, rule.what.to_owned());
            add(&mut found, Some(Found { code, what, range }));
        }
        found.sort_by_key(|found| found.range.start);
        found
    }
}

/// What covers a place that is taken is told already.
fn add(found: &mut Vec<Found>, new: Option<Found>) {
    let Some(new) = new else { return };
    let overlaps = |other: &Found| other.range.start < new.range.end && new.range.start < other.range.end;
    if !found.iter().any(overlaps) {
        found.push(new);
    }
}

/// The one value of a field, without the word for its scheme and quotes around it; nothing where there are several words.
fn single_value(text: &str) -> Option<Range<usize>> {
    const SCHEMES: [&str; 7] = ["bearer", "basic", "token", "apikey", "key", "digest", "bot"];
    let mut value = text.trim();
    if let Some((first, rest)) = value.split_once(char::is_whitespace)
        && SCHEMES.contains(&first.trim_end_matches(':').to_ascii_lowercase().as_str())
    {
        value = rest.trim();
    }
    let value = value.trim_matches(['"', '\'']);
    let start = value.as_ptr() as usize - text.as_ptr() as usize;
    let is_single = !value.is_empty() && !value.contains(char::is_whitespace);
    is_single.then_some(start..start + value.len())
}

fn named(text: &str, range: Range<usize>) -> Option<Found> {
    let value = &text[range.clone()];
    if let Some((_, password)) = base64::decode(value)
        .as_deref()
        .and_then(|text| text.split_once(':'))
        && password.chars().all(|char| !char.is_control())
    {
        let what = "User name and password".to_owned();
        return looks_random(password).then_some(Found {
            code: NAMED,
            what,
            range,
        });
    }
    if !looks_random(value) {
        return None;
    }
    let (code, what) = if is_web_token(value) {
        (WEB_TOKEN, "JSON Web Token")
    } else {
        (NAMED, "Random value where the name says secret")
    };
    let what = what.to_owned();
    Some(Found { code, what, range })
}

/// Three parts, the first of which begins as `{"` does in Base64.
fn is_web_token(value: &str) -> bool {
    let parts: Vec<&str> = value.split('.').collect();
    matches!(parts.as_slice(), [head, body, _] if head.starts_with("eyJ") && body.len() > 4)
}
