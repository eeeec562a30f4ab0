//! What holds of any text.

use proptest::prelude::*;
use sheaf_guard::{Guard, Known, fingerprint, masked};

/// Texts that are near to what is looked for.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        ".{0,40}",
        "[A-Za-z0-9_./+=:-]{0,60}",
        Just("gh".to_owned() + "p_"),
        Just("password=".to_owned()),
        Just("Authorization: Bearer ".to_owned()),
        Just("-----BEGIN PRIVATE".to_owned() + " KEY-----\n"),
        Just("https://a:".to_owned()),
        Just("{{ _.x }}".to_owned()),
        Just("{%".to_owned()),
        Just("\\n".to_owned()),
        Just("é{{ü".to_owned()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_can_be_looked_at(name in ".{0,20}", text in text(), known in ".{0,30}") {
        let guard = Guard::new(&[Known { what: String::new(), value: known }]);
        let found = guard.find(&name, &text);
        for (number, one) in found.iter().enumerate() {
            prop_assert!(text.get(one.range.clone()).is_some_and(|value| !value.is_empty()));
            let before = number.checked_sub(1).map(|before| found[before].range.end);
            prop_assert!(before.is_none_or(|end| end <= one.range.start));
        }
    }

    #[test]
    fn little_is_shown_of_any_value(value in "\\PC{0,80}") {
        let shown = masked(&value);
        let count = value.chars().count();
        if count < 16 {
            prop_assert!(shown.chars().all(|char| char == '•'));
        } else {
            let chars: Vec<char> = shown.chars().collect();
            prop_assert_eq!(chars.len(), 9);
            prop_assert_eq!(chars[4], '…');
        }
        let values: Vec<char> = value.chars().collect();
        for window in values.windows(5) {
            let part: String = window.iter().collect();
            prop_assert!(!shown.contains(&part) || part.chars().all(|char| char == '•'));
        }
    }

    #[test]
    fn a_fingerprint_holds_nothing_of_its_value(value in "[g-z]{1,40}") {
        prop_assert!(!fingerprint("salt", &[&value]).contains(&value));
    }
}
