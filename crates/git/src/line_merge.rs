//! Text by lines: joined where that is safe, with conflict markers where another program asks for them, compared.

use git2::{MergeFileInput, MergeFileOptions, MergeFileResult, Patch};

use crate::error::GitError;

/// A text in which conflicts are marked the way git does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The text.
    pub content: Vec<u8>,
    /// True where nothing is marked.
    pub clean: bool,
}

/// Joins what two sides made of a text; nothing where they disagree.
pub(crate) fn merge_lines(base: &[u8], ours: &[u8], theirs: &[u8]) -> Option<Vec<u8>> {
    let merged = merge(base, ours, theirs, &mut MergeFileOptions::new()).ok()?;
    merged.is_automergeable().then(|| merged.content().to_vec())
}

/// Joins what two sides made of a text, and marks where they disagree with so many characters.
pub fn merge_marked(base: &[u8], ours: &[u8], theirs: &[u8], marker_size: u16) -> Result<Marked, GitError> {
    // no repository was opened that would have done it
    crate::setup::initialise();
    let mut options = MergeFileOptions::new();
    options
        .our_label("ours")
        .their_label("theirs")
        .marker_size(marker_size);
    let merged = merge(base, ours, theirs, &mut options)?;
    Ok(Marked {
        content: merged.content().to_vec(),
        clean: merged.is_automergeable(),
    })
}

fn merge(
    base: &[u8],
    ours: &[u8],
    theirs: &[u8],
    options: &mut MergeFileOptions,
) -> Result<MergeFileResult, git2::Error> {
    let input = |bytes| {
        let mut input = MergeFileInput::new();
        input.content(bytes);
        input
    };
    git2::merge_file(&input(base), &input(ours), &input(theirs), Some(options))
}

/// How a file differs, as `git diff` writes it; nothing where it does not.
pub fn unified(path: &str, old: &[u8], new: &[u8]) -> Result<Vec<u8>, GitError> {
    let name = Some(std::path::Path::new(path));
    let text = Patch::from_buffers(old, name, new, name, None)?
        .to_buf()?
        .to_vec();
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{merge_marked, unified};

    #[test]
    fn conflicts_are_marked_as_asked() {
        let clean = merge_marked(b"a\n\n\n\nb\n", b"x\n\n\n\nb\n", b"a\n\n\n\ny\n", 7).unwrap();
        assert_eq!((clean.content, clean.clean), (b"x\n\n\n\ny\n".to_vec(), true));
        let marked = merge_marked(b"a\n", b"x\n", b"y\n", 9).unwrap();
        let text = "<<<<<<<<< ours\nx\n=========\ny\n>>>>>>>>> theirs\n";
        assert_eq!((marked.content, marked.clean), (text.as_bytes().to_vec(), false));
    }

    #[test]
    fn a_difference_reads_as_in_git() {
        let text = String::from_utf8(unified("d/a", b"1\n", b"2\n").unwrap()).unwrap();
        assert!(text.starts_with("diff --git a/d/a b/d/a\n"), "{text}");
        assert!(text.ends_with("@@ -1 +1 @@\n-1\n+2\n"), "{text}");
        assert_eq!(unified("a", b"1\n", b"1\n").unwrap(), b"");
    }
}
