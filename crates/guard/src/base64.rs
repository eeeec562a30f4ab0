//! Base64, as far as a known value may hide in it and `Basic` credentials are told from others.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// How `value` looks within the Base64 of a longer text, depending on what stands before it.
pub(crate) fn inner_forms(value: &[u8]) -> Vec<String> {
    let form = |shift: usize| {
        let shifted: Vec<u8> = std::iter::repeat_n(0, shift)
            .chain(value.iter().copied())
            .collect();
        let encoded = encode(&shifted);
        let (first, end) = ((shift * 8).div_ceil(6), shifted.len() * 8 / 6);
        encoded.get(first..end).unwrap_or_default().to_owned()
    };
    let plain: Vec<String> = (0..3).map(form).collect();
    let for_urls = plain
        .iter()
        .filter(|form| form.contains(['+', '/']))
        .map(|form| form.replace('+', "-").replace('/', "_"))
        .collect::<Vec<_>>();
    [plain, for_urls].concat()
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let sextet = (bits >> (18 - 6 * place)) & 63;
            text.push(char::from(ALPHABET[sextet as usize]));
        }
    }
    text
}

/// The text that is encoded; nothing where it is none.
pub(crate) fn decode(text: &str) -> Option<String> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for char in text.trim_end_matches('=').bytes() {
        let char = match char {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
        let sextet = ALPHABET.iter().position(|known| *known == char)?;
        bits = (bits << 6) | u32::try_from(sextet).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 255).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_comes_back() {
        for text in ["", "a", "ab", "abc", "user:pass", "ä€"] {
            assert_eq!(decode(&encode(text.as_bytes())).as_deref(), Some(text));
        }
        assert_eq!(encode(b"user:pass"), "dXNlcjpwYXNz");
        assert_eq!(decode("not base64!"), None);
    }

    #[test]
    fn a_value_is_found_behind_any_text() {
        let forms = inner_forms(b"a-known-value-1");
        for before in ["", "u", "us", "use", "user:"] {
            let whole = encode(format!("{before}a-known-value-1 and more").as_bytes());
            assert!(forms.iter().any(|form| whole.contains(form)), "{before}");
        }
    }
}
