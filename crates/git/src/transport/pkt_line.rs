//! Git's own framing: four hex digits of length, then the line.

/// Lines of an answer up to its end or to the first that is cut. Flush and delimiter lines are left out.
pub(crate) fn lines(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        loop {
            let length = std::str::from_utf8(bytes.get(..4)?).ok()?;
            let length = usize::from_str_radix(length, 16).ok()?;
            let line = bytes.get(4..length.max(4))?;
            bytes = bytes.get(length.max(4)..)?;
            if length > 4 {
                return Some(line);
            }
        }
    })
}

/// A line of a request.
pub(crate) fn line(text: &str) -> String {
    format!("{:04x}{text}", text.len() + 4)
}

/// What a host can do, as the beginning of its list of branches says; nothing where it is none.
pub(super) fn capabilities(list: &[u8]) -> Option<String> {
    let mut lines = lines(list);
    if !lines.next()?.starts_with(b"# service=git-") {
        return None;
    }
    let first = String::from_utf8_lossy(lines.next()?);
    Some(first.split('\0').nth(1)?.trim().to_owned())
}

/// What the list of branches says at its head.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Advertised {
    /// True where there is no branch.
    pub(crate) empty: bool,
    /// Short name of the default branch, where the host says it.
    pub(crate) default_branch: Option<String>,
    /// What the host says instead of a list.
    pub(crate) refusal: Option<String>,
}

impl Advertised {
    /// Reads the beginning of a list; `None` where it is none.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut lines = lines(bytes);
        if !lines.next()?.starts_with(b"# service=git-") {
            return None;
        }
        let Some(first) = lines.next() else {
            return Some(Self {
                empty: true,
                ..Self::default()
            });
        };
        let text = String::from_utf8_lossy(first);
        if let Some(said) = text.strip_prefix("ERR ") {
            return Some(Self {
                refusal: Some(said.trim().to_owned()),
                ..Self::default()
            });
        }
        let capabilities = capabilities(bytes).unwrap_or_default();
        let head = capabilities
            .split_ascii_whitespace()
            .find_map(|c| c.strip_prefix("symref=HEAD:refs/heads/"));
        Some(Self {
            empty: text.contains("capabilities^{}"),
            default_branch: head.map(str::to_owned),
            refusal: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Advertised, line, lines};

    #[test]
    fn lines_end_where_they_are_cut() {
        let bytes = format!("{}0000{}0009ab", line("a\n"), line("b"));
        assert_eq!(lines(bytes.as_bytes()).collect::<Vec<_>>(), [&b"a\n"[..], b"b"]);
        assert_eq!(lines(b"zzzz").count(), 0);
        assert_eq!(lines(b"ffff").count(), 0);
        assert_eq!(lines("00\u{e9}x".as_bytes()).count(), 0);
    }

    #[test]
    fn the_head_of_a_list_is_read() {
        let service = line("# service=git-upload-pack\n");
        let full = format!(
            "{service}0000{}",
            line("1234 HEAD\0multi_ack symref=HEAD:refs/heads/trunk agent=x\n")
        );
        let read = Advertised::read(full.as_bytes()).unwrap();
        assert_eq!(
            (read.empty, read.default_branch.as_deref()),
            (false, Some("trunk"))
        );
        let empty = format!("{service}0000{}", line("0000 capabilities^{}\0agent=x\n"));
        assert!(Advertised::read(empty.as_bytes()).unwrap().empty);
        let refused = format!("{service}0000{}", line("ERR go away\n"));
        assert_eq!(
            Advertised::read(refused.as_bytes()).unwrap().refusal.as_deref(),
            Some("go away")
        );
        assert_eq!(Advertised::read(b"<html>"), None);
    }
}
