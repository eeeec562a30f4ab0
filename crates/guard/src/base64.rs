//! Base64, as far as a known value may hide in it and `Basic` credentials are told from others.

use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, Engine};

/// Writes no padding, and reads what others write: with padding or without, whatever the last bits are.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// How `value` looks within the Base64 of a longer text, depending on what stands before it.
pub(crate) fn inner_forms(value: &[u8]) -> Vec<String> {
    let form = |shift: usize| {
        let shifted: Vec<u8> = std::iter::repeat_n(0, shift)
            .chain(value.iter().copied())
            .collect();
        let encoded = ENGINE.encode(&shifted);
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

/// The text that is encoded; nothing where it is none.
pub(crate) fn decode(text: &str) -> Option<String> {
    let text = text.trim_end_matches('=').replace('-', "+").replace('_', "/");
    // One letter alone holds no byte, and what was cut off there is looked at all the same.
    let whole = text.get(..text.len() - usize::from(text.len() % 4 == 1))?;
    String::from_utf8(ENGINE.decode(whole).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_comes_back() {
        for text in ["", "a", "ab", "abc", "user:pass", "ä€"] {
            assert_eq!(decode(&ENGINE.encode(text)).as_deref(), Some(text));
        }
        assert_eq!(ENGINE.encode(b"user:pass"), "dXNlcjpwYXNz");
        assert_eq!(decode("not base64!"), None);
    }

    #[test]
    fn a_value_is_found_behind_any_text() {
        let forms = inner_forms(b"a-known-value-1");
        for before in ["", "u", "us", "use", "user:"] {
            let whole = ENGINE.encode(format!("{before}a-known-value-1 and more"));
            assert!(forms.iter().any(|form| whole.contains(form)), "{before}");
        }
    }
}
