//! Comments around values, which an edit leaves where they are.

use std::ops::Range;

use super::node::{Content, Node, Style};
use super::parse::parse;
use super::spans::{line_end, line_start};

/// The comment behind a value that ends here.
pub(crate) fn comment_behind(text: &str, end: usize) -> Option<Range<usize>> {
    let line_end = line_end(text, end);
    let rest = &text[end..line_end];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    rest[blanks..].starts_with('#').then(|| end + blanks..line_end)
}

/// The comment in the header of a block scalar (`|- # so`).
pub(crate) fn comment_of_block<'t>(text: &'t str, node: &Node) -> Option<&'t str> {
    let header = &text[node.span.start..line_end(text, node.span.start)];
    let is_block = node.style == Style::Block && header.starts_with(['|', '>']);
    let at = is_block.then(|| header.find(" #"))??;
    Some(header[at..].trim())
}

/// The comments in a piece of text that holds nothing else but blanks and a dash: the one on its first line with a
/// space before it, the others with their line feeds and their indentation.
pub(crate) fn comments_between(text: &str, gap: Range<usize>) -> String {
    let is_comment = |line: &&str| line.trim_start_matches([' ', '\t']).starts_with('#');
    let mut lines = text[gap].split('\n');
    let first = lines.next().filter(is_comment);
    let first = first.map(|line| format!(" {}", line.trim()));
    let others = lines
        .filter(is_comment)
        .map(|line| format!("\n{}", line.trim_end()));
    first.into_iter().chain(others).collect()
}

/// The end of the line in which a value ends, or of the comments right below it that are indented beyond `column` and
/// so belong to it.
pub(crate) fn end_of_comments(text: &str, end: usize, column: usize) -> usize {
    let mut at = line_end(text, end);
    while let Some(feed) = text[at..].find('\n') {
        let start = at + feed + 1;
        let line = &text[start..line_end(text, start)];
        let bare = line.trim_start_matches(' ');
        if !bare.starts_with('#') || line.len() - bare.len() <= column {
            break;
        }
        at = start + line.len();
    }
    at
}

/// The dash of the list item that starts here, with nothing but comments between them.
pub(crate) fn dash_before(text: &str, start: usize) -> Option<usize> {
    let before = text[line_start(text, start)..start].trim_end_matches(' ');
    if before.ends_with('-') {
        let is_apart = text[..start].ends_with(' ');
        return is_apart.then(|| line_start(text, start) + before.len() - 1);
    }
    let mut above = before.is_empty().then(|| line_start(text, start))?;
    loop {
        let end = above.checked_sub(1)?;
        above = line_start(text, end);
        let code = text[above..end].split('#').next()?.trim_end();
        match code.strip_suffix('-') {
            Some(before) if before.is_empty() || before.ends_with(' ') => return Some(above + before.len()),
            None if code.is_empty() => {}
            _ => return None,
        }
    }
}

/// How many lines of a text have a comment; none where it cannot be read.
pub(crate) fn count_comments(text: &str) -> usize {
    let Ok(root) = parse(text) else { return 0 };
    let mut in_headers = 0;
    let mut texts = Vec::new();
    collect_texts(text, &root, &mut texts, &mut in_headers);
    let starts = texts.iter().map(|range| range.start).chain([text.len()]);
    let ends = std::iter::once(0).chain(texts.iter().map(|range| range.end));
    let gaps = ends.zip(starts).filter_map(|(end, start)| text.get(end..start));
    let lines = gaps.flat_map(|gap| gap.split('\n'));
    in_headers + lines.filter(|line| line.contains('#')).count()
}

/// Where the keys and the scalars stand, between which a `#` begins a comment.
fn collect_texts(text: &str, node: &Node, texts: &mut Vec<Range<usize>>, in_headers: &mut usize) {
    match &node.content {
        Content::Map(entries) => {
            for entry in entries {
                texts.push(entry.key_span.clone());
                collect_texts(text, &entry.value, texts, in_headers);
            }
        }
        Content::Seq(items) => {
            for item in items {
                collect_texts(text, item, texts, in_headers);
            }
        }
        Content::Scalar(_) | Content::Alias(_) => {
            *in_headers += usize::from(comment_of_block(text, node).is_some());
            texts.push(node.span.clone());
        }
    }
}
