//! Variables of environments, put into texts where they are known.

use serde_json::{Map, Value};

/// Variables that stand in variables that stand in variables.
const MAX_DEPTH: usize = 8;
/// A text that grows beyond this stays as it was, so that variables that multiply each other cannot fill the memory.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Values by name; what is behind overrides what is before.
#[derive(Debug, Default)]
pub(crate) struct Variables {
    values: Map<String, Value>,
}

impl Variables {
    /// Takes over the values of an environment.
    pub(crate) fn extend(&mut self, data: Option<&Value>) {
        let data = data.and_then(Value::as_object).into_iter().flatten();
        self.values
            .extend(data.map(|(name, value)| (name.clone(), value.clone())));
    }

    /// The text with every variable that has a value; the others stay as they are written.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for _ in 0..MAX_DEPTH {
            match self.filled_once(&filled) {
                Some(next) if next.len() <= MAX_BYTES.max(text.len()) => filled = next,
                _ => break,
            }
        }
        filled
    }

    /// Nothing where there is nothing to fill in.
    fn filled_once(&self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut changed = false;
        while let Some(start) = rest.find("{{") {
            let (before, from) = rest.split_at(start);
            out.push_str(before);
            let Some(end) = from.find("}}") else {
                rest = from;
                break;
            };
            let whole = &from[..end + 2];
            match self.value(from[2..end].trim()) {
                Some(value) if value != whole => {
                    out.push_str(&value);
                    changed = true;
                }
                _ => out.push_str(whole),
            }
            rest = &from[end + 2..];
            if out.len() > MAX_BYTES {
                return None;
            }
        }
        out.push_str(rest);
        changed.then_some(out)
    }

    /// `_.a.b`, `a.b`, `_['a']`.
    fn value(&self, name: &str) -> Option<String> {
        let name = name.trim_matches('-').trim();
        let found = match name.strip_prefix('_') {
            Some(quoted) if quoted.starts_with('[') => {
                let inner = quoted.strip_prefix('[')?.strip_suffix(']')?;
                self.values.get(inner.trim_matches(['\'', '"']))?
            }
            _ => {
                let mut keys = name.strip_prefix("_.").unwrap_or(name).split('.');
                let first = self.values.get(keys.next()?)?;
                keys.try_fold(first, |value, key| value.get(key))?
            }
        };
        match found {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => Some(found.to_string()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn variables(data: &Value) -> Variables {
        let mut variables = Variables::default();
        variables.extend(Some(data));
        variables
    }

    #[test]
    fn known_variables_are_filled_in() {
        let known = variables(
            &json!({"base": "https://{{ _.host }}", "host": "a.test", "deep": {"n": 1}, "x-y": "z"}),
        );
        assert_eq!(
            known.fill("{{ _.base }}/{{base}}"),
            "https://a.test/https://a.test"
        );
        assert_eq!(known.fill("{{ _.deep.n }} {{ _['x-y'] }}"), "1 z");
        assert_eq!(known.fill("{{ _.missing }} {{ open"), "{{ _.missing }} {{ open");
    }

    #[test]
    fn variables_that_hold_themselves_or_multiply_end() {
        assert_eq!(
            variables(&json!({"a": "{{ _.a }}"})).fill("{{ _.a }}"),
            "{{ _.a }}"
        );
        let many = "{{ _.a }}".repeat(1000);
        let bomb = variables(&json!({ "a": many }));
        assert!(bomb.fill("{{ _.a }}").len() <= MAX_BYTES);
    }
}
