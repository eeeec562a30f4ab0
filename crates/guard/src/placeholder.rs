//! Values that stand for a secret without being one.

/// Words that nobody's secret holds and many examples do.
const WORDS: [&str; 22] = [
    "example",
    "changeme",
    "change_me",
    "change-me",
    "placeholder",
    "sample",
    "dummy",
    "insert",
    "replace",
    "redacted",
    "your",
    "mytoken",
    "my_token",
    "my-token",
    "xxxx",
    "****",
    "....",
    "0000000",
    "test_token",
    "testtoken",
    "password",
    "secret",
];

/// The telling part of values that are printed in documentation, so that everybody knows them.
const PRINTED: [&str; 5] = [
    "eC39HqLyjWDar",
    "BQokikJOvBiI2",
    "Eby8vdM02xNOcq",
    "SflKxwRJSMeKKF2QT4",
    "AC3F2ABBA1DEADBEEF",
];

/// Fewer different characters are no token.
const FEWEST: usize = 6;

/// Whether a value only shows where one belongs.
pub(crate) fn is_placeholder(value: &str) -> bool {
    let small = value.to_ascii_lowercase();
    WORDS.iter().any(|word| small.contains(word))
        || PRINTED.iter().any(|part| value.contains(part))
        || has_few_characters(value)
        || is_sequence(&small)
        || is_enclosed(value)
}

fn has_few_characters(value: &str) -> bool {
    let mut seen: Vec<char> = value.chars().take(200).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() < FEWEST
}

/// `1234567890abcdef`: most characters follow the one before them.
fn is_sequence(value: &str) -> bool {
    let follows = |pair: &[u8]| {
        pair[1] == pair[0]
            || pair[1] == pair[0].wrapping_add(1)
            || pair == b"90"
            || pair == b"9a"
            || pair == b"0a"
    };
    let steps = value.as_bytes().windows(2).filter(|pair| follows(pair)).count();
    value.len() > 1 && steps * 2 > value.len()
}

/// `<token>`, `[token]`, `%TOKEN%`, `$TOKEN`.
fn is_enclosed(value: &str) -> bool {
    let ends = |open: char, close: char| value.starts_with(open) && value.ends_with(close);
    ends('<', '>') || ends('[', ']') || ends('%', '%') || value.starts_with('$')
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders_are_told() {
        for value in [
            "xxxxxxxxxxxxxxxxxxxx",
            "<your-token>",
            "changeme",
            "AKIAIOSFODNN7EXAMPLE",
            "YOUR_API_KEY_1a2b3c",
            "1234567890abcdef",
            "%TOKEN%",
            "$API_TOKEN_2x",
            "ghp_aaaaaaaaaaaaaaaaaaaaaaaa",
            "abcdefghijklmnopqrstuvwxyz0123456789",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["q8Zr2LkP0vXw", "9f86d081884c7d659a2feaa0c55ad015", "Tr0ub4dor&3"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
