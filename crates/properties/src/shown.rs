//! What may stand in a text that people are shown.

/// Panics where a text steers a terminal or turns what stands beside it around.
pub(crate) fn is_harmless(text: &str) {
    for char in text.chars() {
        let steers = char.is_control() && !matches!(char, '\n' | '\t');
        assert!(
            !steers && !is_bidi(char) && !is_invisible(char),
            "{char:?} in {text:?}"
        );
    }
}

/// `Bidi_Control` of Unicode.
fn is_bidi(char: char) -> bool {
    matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_invisible(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
