//! A file with the conflict markers of another program, taken apart again.

use git2::{FileFavor, MergeFileInput, MergeFileOptions};

/// Markers have at least so many characters.
const SHORTEST: usize = 7;

/// Whether a conflict is marked in it.
pub(crate) fn has_marks(text: &[u8]) -> bool {
    let begins = |line: &[u8]| mark(line, b'<').is_some();
    let ends = |line: &[u8]| mark(line, b'>').is_some();
    let mut lines = text.split(|byte| *byte == b'\n');
    lines.any(begins) && lines.any(ends)
}

/// Whether the text is what joining the three by lines leaves: with either side of each marked part in its place, it is
/// what joining in favour of that side gives. So the names beside the markers and their style do not matter.
pub(crate) fn is_as_marked(text: &[u8], base: &[u8], ours: &[u8], theirs: &[u8]) -> bool {
    let Some((with_ours, with_theirs)) = sides(text) else {
        return false;
    };
    let favoured = |favour| {
        let mut options = MergeFileOptions::new();
        options.favor(favour);
        let input = |bytes| {
            let mut input = MergeFileInput::new();
            input.content(bytes);
            input
        };
        let merged = git2::merge_file(&input(base), &input(ours), &input(theirs), Some(&mut options)).ok()?;
        Some(merged.content().to_vec())
    };
    favoured(FileFavor::Ours) == Some(with_ours) && favoured(FileFavor::Theirs) == Some(with_theirs)
}

/// The text with one side of each marked part in its place, and with the other; nothing where it is not well formed.
fn sides(text: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    enum Within {
        Both,
        Ours,
        Base,
        Theirs,
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut within = Within::Both;
    let mut length = None;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let is = |what| mark(line, what).is_some_and(|found| length.is_none_or(|length| length == found));
        within = match within {
            Within::Both if is(b'<') => {
                length = length.or_else(|| mark(line, b'<'));
                Within::Ours
            }
            Within::Ours if is(b'|') => Within::Base,
            Within::Ours | Within::Base if is(b'=') => Within::Theirs,
            Within::Theirs if is(b'>') => Within::Both,
            Within::Both => {
                ours.extend_from_slice(line);
                theirs.extend_from_slice(line);
                Within::Both
            }
            Within::Ours => {
                ours.extend_from_slice(line);
                Within::Ours
            }
            Within::Theirs => {
                theirs.extend_from_slice(line);
                Within::Theirs
            }
            Within::Base => Within::Base,
        };
    }
    (matches!(within, Within::Both) && length.is_some()).then_some((ours, theirs))
}

/// How long the marker is that the line begins with; nothing where it is none.
fn mark(line: &[u8], of: u8) -> Option<usize> {
    let length = line.iter().take_while(|byte| **byte == of).count();
    let ends = line
        .get(length)
        .is_none_or(|next| matches!(next, b' ' | b'\r' | b'\n'));
    (length >= SHORTEST && ends).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::{has_marks, is_as_marked};

    const BASE: &[u8] = b"a\nb\nc\n";
    const OURS: &[u8] = b"a\nours\nc\n";
    const THEIRS: &[u8] = b"a\ntheirs\nc\n";

    #[test]
    fn what_git_leaves_is_known_in_each_style() {
        crate::setup::initialise();
        for text in [
            &b"a\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> side\nc\n"[..],
            b"a\n<<<<<<< HEAD\nours\n||||||| 1234567\nb\n=======\ntheirs\n>>>>>>> side\nc\n",
            b"a\n<<<<<<<<< x\nours\n=========\ntheirs\n>>>>>>>>>\nc\n",
        ] {
            assert!(is_as_marked(text, BASE, OURS, THEIRS));
            assert!(has_marks(text));
        }
    }

    #[test]
    fn what_was_edited_since_is_not() {
        for text in [
            &b"a, edited\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> side\nc\n"[..],
            b"a\n<<<<<<< HEAD\nours, edited\n=======\ntheirs\n>>>>>>> side\nc\n",
            b"a\n<<<<<<< HEAD\nours\ntheirs\n>>>>>>> side\nc\n",
            b"a\nours\nc\n",
            b"",
        ] {
            assert!(!is_as_marked(text, BASE, OURS, THEIRS));
        }
        assert!(!has_marks(b"a\n<<<<<<< is how it begins\n"));
        assert!(!has_marks(b"Title\n=======\n"));
    }
}
