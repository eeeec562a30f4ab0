//! Values that look as if a program had made them.

use crate::placeholder::is_placeholder;

/// Shorter values are left alone: too much is like them.
const SHORTEST: usize = 10;
/// Bits of entropy a character, at least.
const LEAST_ENTROPY: f64 = 2.8;

/// Whether a value is like what a generator of passwords or keys makes, and unlike what a person types as an example.
pub(crate) fn looks_random(value: &str) -> bool {
    let length = value.chars().count();
    if length < SHORTEST || is_placeholder(value) || value.chars().any(|char| !char.is_ascii_graphic()) {
        return false;
    }
    if entropy(value) < LEAST_ENTROPY || is_address(value) {
        return false;
    }
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    if is_hexadecimal(value) {
        return length >= 20 && digits > 0 && letters > 0;
    }
    if letters == 0 {
        return false;
    }
    let turns = turns(value);
    if digits == 0 {
        return length >= 20 && turns > 0.4 && !value.contains(['.', '/', '(', ' ']);
    }
    turns > 0.2
}

/// Shannon's, in bits a character.
fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in value.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = f64::from(counts.iter().sum::<u32>());
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| {
            let share = f64::from(*count) / length;
            -share * share.log2()
        })
        .sum()
}

/// How often the kind of character changes from one to the next: often in what is random, seldom in words, names
/// and dates. Marks between words count for nothing.
fn turns(value: &str) -> f64 {
    let kind = |char: char| match char {
        '0'..='9' => Some(0),
        'a'..='z' => Some(1),
        'A'..='Z' => Some(2),
        '-' | '_' | '.' | ':' | '/' => None,
        _ => Some(3),
    };
    let kinds: Vec<u8> = value.chars().filter_map(kind).collect();
    let changes = kinds.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let steps = kinds.len().saturating_sub(1).max(1);
    f64::from(u32::try_from(changes).unwrap_or(u32::MAX))
        / f64::from(u32::try_from(steps).unwrap_or(u32::MAX))
}

/// Hexadecimal, with or without the dashes of a UUID.
fn is_hexadecimal(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// A URL, a path of a file, a call.
fn is_address(value: &str) -> bool {
    value.contains("://") || value.starts_with(['/', '.', '~']) || value.contains("()") || value.contains('@')
}

#[cfg(test)]
mod tests {
    use super::looks_random;

    #[test]
    fn what_a_program_made_looks_random() {
        for value in [
            "9f86d081884c7d659a2feaa0c55ad015",
            "q8Zr2LkP0vXw",
            "Tr0ub4dor&3",
            "hT7/+bQm2Zk9Wv3RfYx1Nc8LpJs6Gd4A",
            "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        ] {
            assert!(looks_random(value), "{value}");
        }
    }

    #[test]
    fn what_a_person_typed_does_not() {
        for value in [
            "",
            "hunter2",
            "correct-horse-battery-staple",
            "2024-11-29T10:00:00Z",
            "AccessTokenValue",
            "password1234",
            "https://example.com/a1b2c3d4e5",
            "pm.response.json().token1",
            "my-client-2",
            "1234567890123456",
            "shipment-tracker-v2",
        ] {
            assert!(!looks_random(value), "{value}");
        }
    }
}
