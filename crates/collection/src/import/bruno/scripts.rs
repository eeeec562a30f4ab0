//! Scripts: the calls that Insomnia knows by another name.

use super::super::report::Notes;

/// Bruno's calls and Insomnia's.
const CALLS: &[(&str, &str)] = &[
    ("bru.setEnvVar(", "insomnia.environment.set("),
    ("bru.getEnvVar(", "insomnia.environment.get("),
    ("bru.setVar(", "insomnia.variables.set("),
    ("bru.getVar(", "insomnia.variables.get("),
    ("bru.setGlobalEnvVar(", "insomnia.baseEnvironment.set("),
    ("bru.getGlobalEnvVar(", "insomnia.baseEnvironment.get("),
    ("res.getStatus()", "insomnia.response.code"),
    ("res.status", "insomnia.response.code"),
    ("res.getBody()", "insomnia.response.json()"),
    ("res.body", "insomnia.response.json()"),
    ("res.getHeader(", "insomnia.response.headers.get("),
    ("res.getResponseTime()", "insomnia.response.responseTime"),
    ("test(", "insomnia.test("),
    ("expect(", "insomnia.expect("),
];

/// What is left of Bruno's own interface.
const OWN: &[&str] = &["bru.", "req.", "res."];

/// The script with Insomnia's names.
pub(super) fn translated(code: &str, place: &str, notes: &mut Notes) -> String {
    if code.trim().is_empty() {
        return String::new();
    }
    let mut out = code.to_owned();
    for (from, to) in CALLS {
        out = replaced(&out, from, to);
    }
    if out != code {
        notes.changed("Calls in scripts have Insomnia's names", place);
    }
    if OWN.iter().any(|own| starts(&out, own).next().is_some()) {
        notes.left(
            "Scripts are taken, but calls of Bruno in them that Insomnia does not have will fail",
            place,
        );
    }
    out
}

fn replaced(code: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut behind = 0;
    for at in starts(code, from) {
        out.push_str(&code[behind..at]);
        out.push_str(to);
        behind = at + from.len();
    }
    out.push_str(&code[behind..]);
    out
}

/// Where a name starts that is not the end of another.
fn starts<'c>(code: &'c str, name: &'c str) -> impl Iterator<Item = usize> + 'c {
    let is_part = |char: char| char.is_alphanumeric() || "_$.".contains(char);
    let ends_open = name.chars().next_back().is_some_and(char::is_alphanumeric);
    code.match_indices(name).map(|(at, _)| at).filter(move |at| {
        let before = code[..*at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        let goes_on = ends_open && after.is_some_and(|char| char.is_alphanumeric() || char == '_');
        !goes_on && !before.is_some_and(is_part)
    })
}
