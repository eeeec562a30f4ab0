//! Which names a branch can have, on every system.

use crate::error::GitError;
use crate::names;

const MAX_BYTES: usize = 200;

/// An error unless this can be the name of a branch on every system.
pub fn check_branch_name(name: &str) -> Result<(), GitError> {
    match problem(name) {
        Some(why) => Err(GitError::BadBranchName {
            name: name.to_owned(),
            why,
        }),
        None => Ok(()),
    }
}

fn problem(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("it is empty");
    }
    if name.len() > MAX_BYTES {
        return Some("it is too long");
    }
    if name.starts_with('-') {
        return Some("it begins with a hyphen");
    }
    if name == "HEAD" || name == "@" {
        return Some("Git uses it for something else");
    }
    if name.len() == 40 && name.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some("it looks like the id of a commit");
    }
    if name.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Some("it holds a space or a line break");
    }
    if name.contains(['~', '^', ':', '?', '*', '[', '\\', '<', '>', '"', '|']) {
        return Some("it holds one of the characters ~ ^ : ? * [ \\ < > \" |");
    }
    if name.contains("..") || name.contains("@{") {
        return Some("it holds “..” or “@{”");
    }
    name.split('/').find_map(part_problem)
}

fn part_problem(part: &str) -> Option<&'static str> {
    if part.is_empty() {
        Some("it has a slash at an end or two in a row")
    } else if part.starts_with('.') || part.ends_with('.') {
        Some("a part of it begins or ends with a dot")
    } else if part.to_ascii_lowercase().ends_with(".lock") {
        Some("a part of it ends with “.lock”")
    } else {
        names::problem(part.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::check_branch_name;

    #[test]
    fn refused() {
        for name in [
            "",
            "-x",
            "HEAD",
            "@",
            "a b",
            "a\nb",
            "a\tb",
            "a..b",
            "a@{1}",
            "a~1",
            "a^",
            "a:b",
            "a?",
            "a*",
            "a[",
            "a\\b",
            "/a",
            "a/",
            "a//b",
            ".a",
            "a/.b",
            "a.",
            "a.lock",
            "x/a.LOCK/y",
            "con",
            "feature/aux",
            "0123456789012345678901234567890123456789",
            "a\u{a0}b",
            "a\u{7f}",
        ] {
            assert!(check_branch_name(name).is_err(), "{name:?}");
        }
        assert!(check_branch_name(&"x".repeat(201)).is_err());
    }

    #[test]
    fn accepted() {
        for name in [
            "main",
            "feature/x-1",
            "größe",
            "日本語",
            "a.b",
            "v1.0",
            "a@b",
            "x#1",
            "fix/a_b+c",
        ] {
            assert!(check_branch_name(name).is_ok(), "{name:?}");
        }
    }
}
