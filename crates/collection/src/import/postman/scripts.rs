//! Scripts: Insomnia runs the same language under another name.

use super::super::report::Notes;

/// Calls that Insomnia has no counterpart for.
const MISSING: &[(&str, &str)] = &[
    ("postman.", "postman.*"),
    ("pm.visualizer", "pm.visualizer"),
    ("pm.vault", "pm.vault"),
    ("pm.cookies.jar", "pm.cookies.jar"),
    ("tests[", "tests[…]"),
];

/// The script with `pm` as `insomnia`.
pub(super) fn translated(code: &str, place: &str, notes: &mut Notes) -> String {
    for (call, name) in MISSING {
        if calls(code, call).next().is_some() {
            notes.left(
                "Scripts are taken, but these calls in them do nothing in Insomnia",
                &format!("{name} in {place}"),
            );
        }
    }
    let mut out = String::with_capacity(code.len() + 64);
    let mut behind = 0;
    for at in calls(code, "pm.") {
        out.push_str(&code[behind..at]);
        out.push_str("insomnia.");
        behind = at + "pm.".len();
    }
    if behind > 0 {
        notes.changed("Scripts call insomnia where they called pm", place);
    }
    out.push_str(&code[behind..]);
    out
}

/// Where a name stands by itself and not as the end of another.
fn calls<'c>(code: &'c str, name: &'c str) -> impl Iterator<Item = usize> + 'c {
    let is_part = |char: char| char.is_alphanumeric() || "_$.".contains(char);
    code.match_indices(name)
        .map(|(at, _)| at)
        .filter(move |at| !code[..*at].chars().next_back().is_some_and(is_part))
        .filter(move |at| {
            let next = code[at + name.len()..].chars().next();
            !name.ends_with('.') || next.is_some_and(|char| char.is_ascii_alphabetic())
        })
}
