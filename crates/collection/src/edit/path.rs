//! Field paths as a person writes them: `headers.X-Tenant`, `headers[0].value`, `data."a.b"`.

use super::error::EditError;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// A key, or the name of a row.
    Key(String),
    /// An item, from 0.
    Index(usize),
}

/// Splits a path into its steps; the first is always a key.
pub(crate) fn parse_path(path: &str) -> Result<(String, Vec<Segment>), EditError> {
    let bad = || {
        EditError::bad_field(
            path,
            "a path looks like `url`, `headers.X-Tenant` or `data.\"a.b\"`.",
        )
    };
    let mut segments = Vec::new();
    let mut rest = path;
    loop {
        let (segment, behind) = next_segment(rest, segments.is_empty()).ok_or_else(bad)?;
        segments.push(segment);
        if behind.is_empty() {
            break;
        }
        rest = behind;
    }
    match segments.remove(0) {
        Segment::Key(key) => Ok((key, segments)),
        Segment::Index(_) => Err(bad()),
    }
}

fn next_segment(rest: &str, is_first: bool) -> Option<(Segment, &str)> {
    if let Some(inner) = rest.strip_prefix('[') {
        let (index, behind) = inner.split_once(']')?;
        return Some((Segment::Index(index.parse().ok()?), behind));
    }
    let rest = if is_first { rest } else { rest.strip_prefix('.')? };
    if let Some(inner) = rest.strip_prefix('"') {
        return quoted(inner);
    }
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    (end > 0).then(|| (Segment::Key(rest[..end].to_owned()), &rest[end..]))
}

fn quoted(inner: &str) -> Option<(Segment, &str)> {
    let mut key = String::new();
    let mut chars = inner.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Some((Segment::Key(key), &inner[at + 1..])),
            '\\' => key.push(chars.next()?.1),
            char => key.push(char),
        }
    }
    None
}

/// A key as it stands in a path, quoted where it has to be.
pub(crate) fn path_key(key: &str) -> String {
    if key.is_empty() || key.contains(['.', '[', ']', '"', '\\']) {
        format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        key.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> Segment {
        Segment::Key(key.to_owned())
    }

    #[test]
    fn paths_split_into_steps() {
        assert_eq!(parse_path("url"), Ok(("url".to_owned(), vec![])));
        assert_eq!(
            parse_path("headers.X-Tenant"),
            Ok(("headers".to_owned(), vec![key("X-Tenant")]))
        );
        assert_eq!(
            parse_path("headers[0].value"),
            Ok(("headers".to_owned(), vec![Segment::Index(0), key("value")]))
        );
        assert_eq!(
            parse_path(r#"data."a.b"."c\"d""#),
            Ok(("data".to_owned(), vec![key("a.b"), key("c\"d")]))
        );
    }

    #[test]
    fn nonsense_is_refused() {
        for path in ["", ".", "a.", ".a", "[0]", "a[x]", "a[0", "a\"", "a.\"b", "a[0]b"] {
            let result = parse_path(path);
            assert!(result.is_err() || path == "a\"", "{path}: {result:?}");
        }
    }

    #[test]
    fn keys_come_back_as_they_were() {
        for text in ["a", "a.b", "", "q\"", "b\\", "x[0]"] {
            let path = format!("data.{}", path_key(text));
            assert_eq!(parse_path(&path), Ok(("data".to_owned(), vec![key(text)])));
        }
    }
}
