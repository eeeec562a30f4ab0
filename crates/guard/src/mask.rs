//! What is shown of a value.

/// Characters shown at either end.
const SHOWN: usize = 4;
/// Of a shorter value nothing is shown.
const SHORTEST: usize = 16;

/// A value as it may be shown: its first and last four characters, and of a short one nothing.
pub fn masked(value: &str) -> String {
    let count = value.chars().count();
    let visible = |char: char| if char.is_ascii_graphic() { char } else { '·' };
    if count < SHORTEST {
        return "•".repeat(SHOWN);
    }
    let head = value.chars().take(SHOWN).map(visible);
    let tail = value.chars().skip(count - SHOWN).map(visible);
    head.chain(['…']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn only_the_ends_of_a_long_value_are_shown() {
        assert_eq!(masked("abcdefghijklmnop"), "abcd…mnop");
        assert_eq!(masked("abcdefghijklmno"), "••••");
        assert_eq!(masked(""), "••••");
        assert_eq!(masked("a\nbcdefghijklmnopq"), "a·bc…nopq");
    }
}
