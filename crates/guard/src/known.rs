//! Exact values that are known to be secrets, in the forms in which they may be written.

use std::fmt;

use aho_corasick::AhoCorasick;

use crate::base64::inner_forms;

/// A shorter value is in too many texts by chance.
const SHORTEST: usize = 8;

/// One value that is known to be a secret.
#[derive(Clone)]
pub struct Known {
    /// What it is, for people: `the access token for git.example.com`.
    pub what: String,
    /// The value. It is compared and never handed out.
    pub value: String,
}

impl fmt::Debug for Known {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Known")
            .field("what", &self.what)
            .finish_non_exhaustive()
    }
}

/// All forms of all known values.
pub(crate) struct KnownForms {
    forms: AhoCorasick,
    /// Which value each form is of.
    of: Vec<usize>,
    whats: Vec<String>,
}

impl KnownForms {
    /// Nothing where no value is long enough.
    pub(crate) fn new(known: &[Known]) -> Option<Self> {
        let long = known.iter().filter(|known| known.value.len() >= SHORTEST);
        let (mut texts, mut of, mut whats) = (Vec::new(), Vec::new(), Vec::new());
        for known in long {
            for form in forms(&known.value) {
                texts.push(form);
                of.push(whats.len());
            }
            whats.push(known.what.clone());
        }
        if texts.is_empty() {
            return None;
        }
        let forms = AhoCorasick::new(&texts).ok()?;
        Some(Self { forms, of, whats })
    }

    /// Where they are, with what they are.
    pub(crate) fn find(&self, text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
        self.forms
            .find_iter(text)
            .map(|found| {
                let what = &self.whats[self.of[found.pattern().as_usize()]];
                (found.range(), what.as_str())
            })
            .collect()
    }
}

fn forms(value: &str) -> Vec<String> {
    let mut forms = vec![value.to_owned()];
    forms.extend(percent_forms(value));
    forms.extend(inner_forms(value.as_bytes()));
    forms.retain(|form| form.len() >= SHORTEST);
    forms.sort();
    forms.dedup();
    forms
}

fn percent_forms(value: &str) -> [String; 2] {
    let encoded = |upper: bool| {
        let one = |byte: u8| {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                char::from(byte).to_string()
            } else if upper {
                format!("%{byte:02X}")
            } else {
                format!("%{byte:02x}")
            }
        };
        value.bytes().map(one).collect()
    };
    [encoded(true), encoded(false)]
}
