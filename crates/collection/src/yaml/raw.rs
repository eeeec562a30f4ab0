//! Pieces of a document as they are written, with comments and formatting: lifted out, and put in somewhere else.

use std::ops::Range;

use super::node::{Content, Entry, Node, Style};
use super::parse::parse;
use super::spans::{line_end, line_start};

const STEP: usize = 2;

/// The text of a block map without its indentation, comments within it included.
pub(crate) fn lift(text: &str, node: &Node) -> Option<String> {
    if !is_block_map(node) {
        return None;
    }
    let column = node.span.start - line_start(text, node.span.start);
    let end = line_end(text, node.span.end.max(node.span.start));
    let lifted = format!("{}\n", dedented(&text[node.span.start..end], column));
    means(&lifted, node).then_some(lifted)
}

/// Writes a lifted text in the place of a block map that has the same value. Nothing where that is not safe.
pub(crate) fn put(text: &str, node: &Node, lifted: &str) -> Option<String> {
    let column = node.span.start - line_start(text, node.span.start);
    let end = line_end(text, node.span.end);
    let block = indented(lifted.trim_end_matches('\n'), column);
    let result = spliced(text, node.span.start..end, block.trim_start_matches(' '));
    let same = parse(&result).ok()?.to_value() == parse(text).ok()?.to_value();
    (is_block_map(node) && same).then_some(result)
}

/// The text under a key, as if it were a document of its own. Nothing where it cannot stand alone.
pub(crate) fn lift_value(text: &str, entry: &Entry) -> Option<String> {
    let node = &entry.value;
    let lifted = match (&node.content, node.style) {
        (Content::Map(entries), _) if entries.is_empty() => return Some(String::new()),
        (Content::Map(_), Style::Block) => {
            let region = region(text, entry)?;
            let column = node.span.start - line_start(text, node.span.start);
            format!("{}\n", dedented(&text[region], column))
        }
        (Content::Map(_), Style::Flow) => {
            let column = entry.key_span.start - line_start(text, entry.key_span.start);
            format!("{}\n", dedented(&text[node.span.clone()], column + STEP))
        }
        _ => return None,
    };
    let lifted = lifted.replace("\r\n", "\n");
    means(&lifted, node).then_some(lifted)
}

/// Writes a text under a key, in the place of the map that is there. Lines that stay are not touched.
pub(crate) fn put_value(text: &str, entry: &Entry, new: &str) -> Option<String> {
    let node = &entry.value;
    let key_column = entry.key_span.start - line_start(text, entry.key_span.start);
    let colon = entry.key_span.end + text[entry.key_span.end..].find(':')? + 1;
    let is_block = parse(new).ok().is_some_and(|node| is_block_map(&node));
    let old = (is_block && is_block_map(node))
        .then(|| region(text, entry))
        .flatten();
    if let Some(region) = old {
        let column = node.span.start - line_start(text, node.span.start);
        let lines = merged_lines(&text[region.clone()], new, column);
        return Some(spliced(text, region, &lines));
    }
    let old_end = if is_block_map(node) {
        region(text, entry)?.end
    } else {
        node.span.end.max(colon)
    };
    let body = indented(new.trim_end_matches('\n'), key_column + STEP);
    if !is_block {
        let flow = body.trim_start_matches(' ');
        let value = if flow.is_empty() { "{}" } else { flow };
        return Some(spliced(text, colon..old_end, &format!(" {value}")));
    }
    let behind = &text[old_end..line_end(text, old_end)];
    let comment = behind.trim();
    let gap = if comment.is_empty() { "" } else { " " };
    let whole = colon..old_end + behind.len();
    Some(spliced(text, whole, &format!("{gap}{comment}\n{body}")))
}

/// The lines under a key: everything that is indented further, comments above the first entry included.
fn region(text: &str, entry: &Entry) -> Option<Range<usize>> {
    let key_column = entry.key_span.start - line_start(text, entry.key_span.start);
    let start = line_end(text, entry.key_span.end);
    let rest = text[entry.key_span.end..start]
        .trim_start()
        .strip_prefix(':')?
        .trim_start();
    if !(rest.is_empty() || rest.starts_with('#')) || entry.value.span.start < start {
        return None;
    }
    let start = start + text[start..].find('\n')? + 1;
    let mut end = line_end(text, entry.value.span.end);
    let mut at = end;
    while let Some(next) = text[at..]
        .find('\n')
        .map(|found| at + found + 1)
        .filter(|next| *next < text.len())
    {
        let line_end = line_end(text, next);
        let line = &text[next..line_end];
        let bare = line.trim_start_matches(' ');
        if !bare.trim().is_empty() {
            if line.len() - bare.len() <= key_column || !bare.starts_with('#') {
                break;
            }
            end = line_end;
        }
        at = line_end;
    }
    Some(start..end)
}

fn merged_lines(old: &str, new: &str, column: usize) -> String {
    let raw: Vec<&str> = old.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    let bare: Vec<&str> = raw.iter().map(|line| without_spaces(line, column)).collect();
    let lines: Vec<&str> = new.trim_end_matches('\n').split('\n').collect();
    let head = bare.iter().zip(&lines).take_while(|(a, b)| a == b).count();
    let tail = bare[head..].iter().rev().zip(lines[head..].iter().rev());
    let tail = tail.take_while(|(a, b)| a == b).count();
    let middle = lines[head..lines.len() - tail]
        .iter()
        .map(|line| indented(line, column));
    let kept = raw[..head].iter().map(|line| (*line).to_owned());
    let rest = raw[raw.len() - tail..].iter().map(|line| (*line).to_owned());
    kept.chain(middle).chain(rest).collect::<Vec<_>>().join("\n")
}

fn is_block_map(node: &Node) -> bool {
    node.style == Style::Block && matches!(&node.content, Content::Map(entries) if !entries.is_empty())
}

fn means(text: &str, node: &Node) -> bool {
    parse(text).is_ok_and(|parsed| parsed.to_value() == node.to_value())
}

/// The first line as it is, from the others up to `column` spaces less.
fn dedented(text: &str, column: usize) -> String {
    let lines: Vec<_> = text
        .split('\n')
        .map(|line| without_spaces(line, column))
        .collect();
    lines.join("\n")
}

fn without_spaces(line: &str, column: usize) -> &str {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    &line[spaces.min(column)..]
}

fn indented(text: &str, column: usize) -> String {
    let spaces = " ".repeat(column);
    let line = |line: &str| {
        if line.trim().is_empty() {
            line.to_owned()
        } else {
            format!("{spaces}{line}")
        }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The text with a range replaced; line ends as the text has them.
fn spliced(text: &str, range: Range<usize>, new: &str) -> String {
    let new = if text.contains("\r\n") {
        new.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        new.to_owned()
    };
    format!("{}{new}{}", &text[..range.start], &text[range.end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
a: 1
spec:
  contents: # ours
    # above
    openapi: 3.0.3
    info: # about
      title: T

      text: |-
        x

        y
    # below
  meta:
    id: s
";

    fn contents(text: &str) -> (Node, String) {
        let root = parse(text).unwrap();
        let spec = root.get("spec").unwrap().clone();
        let lifted = lift_value(text, spec.entry("contents").unwrap()).unwrap();
        (spec, lifted)
    }

    #[test]
    fn a_value_is_a_document_with_its_comments() {
        let (spec, lifted) = contents(FILE);
        assert_eq!(
            lifted,
            "# above\nopenapi: 3.0.3\ninfo: # about\n  title: T\n\n  text: |-\n    x\n\n    y\n# below\n"
        );
        let entry = spec.entry("contents").unwrap();
        assert_eq!(put_value(FILE, entry, &lifted).unwrap(), FILE);
        let new = put_value(FILE, entry, &lifted.replace("title: T", "title: U # new")).unwrap();
        assert_eq!(new, FILE.replace("title: T", "title: U # new"));
    }

    #[test]
    fn a_map_in_braces_becomes_lines_and_lines_become_braces() {
        let empty = "spec:\n  contents: {} # c\n  meta:\n    id: s\n";
        let (spec, lifted) = contents(empty);
        assert_eq!(lifted, "");
        let block = put_value(empty, spec.entry("contents").unwrap(), "# a\nb: 1\n").unwrap();
        assert_eq!(
            block,
            "spec:\n  contents: # c\n    # a\n    b: 1\n  meta:\n    id: s\n"
        );
        let (spec, _) = contents(&block);
        let flow = put_value(&block, spec.entry("contents").unwrap(), "{\n  \"b\": 2\n}\n").unwrap();
        assert_eq!(
            flow,
            "spec:\n  contents: {\n      \"b\": 2\n    }\n  meta:\n    id: s\n"
        );
    }

    #[test]
    fn an_item_moves_with_its_comments() {
        let text = "list:\n  - a: 1 # one\n    # within\n    b: 2\n  - a: 1\n    b: 2\n";
        let root = parse(text).unwrap();
        let items = root.get("list").unwrap().items();
        let lifted = lift(text, &items[0]).unwrap();
        assert_eq!(lifted, "a: 1 # one\n# within\nb: 2\n");
        let moved = put(text, &items[1], &lifted).unwrap();
        assert!(
            moved.ends_with("  - a: 1 # one\n    # within\n    b: 2\n"),
            "{moved}"
        );
    }
}
