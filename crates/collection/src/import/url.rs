//! Addresses with templates in them, and the percent encoding of forms.

use serde_json::Value;

use super::rows::row;

/// The address without its query, the rows of the query, and the fragment where there is one.
pub(crate) fn split_query(url: &str) -> (String, Vec<Value>, Option<&str>) {
    let (url, fragment) = match find_outside(url, '#') {
        Some(at) => (&url[..at], Some(&url[at + 1..])),
        None => (url, None),
    };
    match find_outside(url, '?') {
        Some(at) => (url[..at].to_owned(), form_rows(&url[at + 1..]), fragment),
        None => (url.to_owned(), Vec::new(), fragment),
    }
}

/// `a=1&b=2` as rows, decoded.
pub(crate) fn form_rows(text: &str) -> Vec<Value> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            row(form_decoded(name), form_decoded(value))
        })
        .collect()
}

/// Percent decoding with `+` for a space; the text itself where that yields no text.
pub(crate) fn form_decoded(text: &str) -> String {
    let spaced = if text.contains("{{") {
        text.to_owned()
    } else {
        text.replace('+', " ")
    };
    percent_decoded(&spaced).unwrap_or_else(|| text.to_owned())
}

/// The text behind `%XX`; nothing where it is no text.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).and_then(hex_byte);
        match (byte, hex) {
            (b'%', Some(value)) => {
                decoded.push(value);
                at += 3;
            }
            (byte, _) => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded)
        .ok()
        .filter(|text| !text.contains('\0'))
}

/// Percent encoding of everything that is not unreserved (RFC 3986); templates stay.
pub(crate) fn percent_encoded(text: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        if let Some(end) = template_end(rest) {
            encoded.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        if char.is_ascii_alphanumeric() || "-._~".contains(char) {
            encoded.push(char);
        } else {
            for byte in char.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a String cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
        rest = &rest[char.len_utf8()..];
    }
    encoded
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits)
        .ok()
        .filter(|text| !text.starts_with('+'))?;
    u8::from_str_radix(text, 16).ok()
}

/// The first of this character that is in no template.
fn find_outside(url: &str, wanted: char) -> Option<usize> {
    let mut at = 0;
    while let Some(char) = url[at..].chars().next() {
        if let Some(end) = template_end(&url[at..]) {
            at += end;
            continue;
        }
        if char == wanted {
            return Some(at);
        }
        at += char.len_utf8();
    }
    None
}

/// Where the template that starts here ends.
fn template_end(text: &str) -> Option<usize> {
    [("{{", "}}"), ("{%", "%}")].iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?;
        // A template stands on one line and is short; without that limit a long text would be searched again and again.
        let end = inner
            .char_indices()
            .nth(2048)
            .map_or(inner.len(), |(index, _)| index);
        inner[..end].find(close).map(|at| at + open.len() + close.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_split_outside_of_templates() {
        let (url, rows, fragment) = split_query("{{ _.base or '?' }}/a?x=1%202&y={{ _.y }}&z#part");
        assert_eq!(url, "{{ _.base or '?' }}/a");
        assert_eq!(rows, [row("x", "1 2"), row("y", "{{ _.y }}"), row("z", "")]);
        assert_eq!(fragment, Some("part"));
    }

    #[test]
    fn encoding_keeps_templates_and_comes_back() {
        assert_eq!(percent_encoded("a b/{{ _.x }}ü"), "a%20b%2F{{ _.x }}%C3%BC");
        assert_eq!(percent_decoded("a%20b%2F%C3%BC").as_deref(), Some("a b/ü"));
        assert_eq!(form_decoded("%ff+1"), "%ff+1");
        assert_eq!(percent_decoded("100%").as_deref(), Some("100%"));
    }
}
