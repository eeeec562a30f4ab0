//! Which names of files and folders are safe, on every system at once: collections travel between Windows, macOS and
//! Linux, so a name that bites on one of them is refused on all.

use unicode_normalization::UnicodeNormalization;

/// The longest name the usual file systems take.
const MAX_NAME_BYTES: usize = 255;

/// Why a path with this component leaves the work tree or reaches into `.git` on some system.
pub(crate) fn danger(name: &[u8]) -> Option<&'static str> {
    let Ok(text) = std::str::from_utf8(name) else {
        return Some("a name that is not UTF-8");
    };
    match text {
        "" => Some("an empty name"),
        "." | ".." => Some("a name that means another folder"),
        _ if text.contains(['/', '\\']) => Some("a slash or backslash in a name"),
        _ if text.contains('\0') => Some("a NUL in a name"),
        _ if is_dot_git(text) => Some("a name that means the .git folder"),
        _ => None,
    }
}

/// Why this name must not be written to disk, where there is a reason.
pub(crate) fn problem(name: &[u8]) -> Option<&'static str> {
    if let Some(why) = danger(name) {
        return Some(why);
    }
    let text = std::str::from_utf8(name).unwrap_or_default();
    if name.len() > MAX_NAME_BYTES {
        Some("a name that is too long")
    } else if text.chars().any(char::is_control) {
        Some("a control character in a name")
    } else if text.chars().any(turns_text_around) {
        Some("a character in a name that turns the text around")
    } else if text.contains(':') {
        Some("a colon in a name")
    } else if text.ends_with(['.', ' ']) {
        Some("a dot or space at the end of a name")
    } else if is_device(text) {
        Some("a name that means a device on Windows")
    } else if cfg!(windows) && text.contains(['<', '>', '"', '|', '?', '*']) {
        Some("a character that Windows does not allow in a name")
    } else {
        None
    }
}

/// What a file system that ignores case and Unicode form sees of a name.
pub(crate) fn folded(name: &str) -> String {
    // Upper case first, so that “ß” and “ss” meet as they do on macOS.
    name.nfc()
        .collect::<String>()
        .to_uppercase()
        .to_lowercase()
        .nfc()
        .collect()
}

fn is_dot_git(name: &str) -> bool {
    // HFS+ drops these characters, NTFS everything from a colon on and dots and spaces at the end.
    let visible: String = name.chars().filter(|c| !hfs_ignores(*c)).collect();
    let stem = visible
        .split(':')
        .next()
        .unwrap_or_default()
        .trim_end_matches(['.', ' '])
        .to_lowercase();
    stem == ".git"
        || stem
            .strip_prefix("git~")
            .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

fn hfs_ignores(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

fn turns_text_around(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|n| {
            let mut digits = n.chars();
            matches!(
                (digits.next(), digits.next()),
                (Some('0'..='9' | '¹' | '²' | '³'), None)
            )
        })
    };
    matches!(
        stem.as_str(),
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$"
    ) || numbered("com")
        || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::{danger, folded, problem};

    #[test]
    fn git_folder_in_every_disguise() {
        for name in [
            ".git",
            ".GIT",
            ".gIt",
            ".git.",
            ".git ",
            ".git . .",
            "git~1",
            "GIT~1",
            ".git::$INDEX_ALLOCATION",
            ".g\u{200c}it",
            "\u{feff}.git",
            ".git\u{200d}",
        ] {
            assert!(danger(name.as_bytes()).is_some(), "{name:?}");
        }
    }

    #[test]
    fn names_that_bite_somewhere() {
        for name in [
            "",
            ".",
            "..",
            "a/b",
            "..\\x",
            "C:evil",
            "CON",
            "aux.yml",
            "nul.tar.gz",
            "COM1",
            "LPT¹",
            "x.",
            "x ",
            "a.yml:hidden",
            "a\nb",
            "a\u{1b}[0m",
            "a\0b",
            "invoice\u{202e}gpj.exe",
        ] {
            assert!(problem(name.as_bytes()).is_some(), "{name:?}");
        }
        assert!(problem(b"caf\xe9").is_some());
        assert!(problem("a".repeat(256).as_bytes()).is_some());
    }

    #[test]
    fn odd_but_fine() {
        for name in [
            ".gitignore",
            ".github",
            "git",
            "console",
            "com10",
            "-x",
            "ä ö.yml",
            "😀",
            "a b",
            "#x",
            "%41",
        ] {
            assert_eq!(problem(name.as_bytes()), None, "{name:?}");
        }
    }

    #[test]
    fn twins_meet() {
        assert_eq!(folded("A.yml"), folded("a.yml"));
        assert_eq!(folded("stra\u{df}e"), folded("STRASSE"));
        assert_eq!(folded("e\u{301}"), folded("\u{e9}"));
    }
}
