//! What differs, field by field and place by place, as text.

use std::fmt::Write;

use sheaf_project::collection::model::{
    Comparison, DiffLine, FieldChange, LineChange, PartChange, PartKind, PieceChange, ResourceChange,
    TextComparison,
};

use super::words;

/// A resource with its fields. Bookkeeping is counted, and listed where `all` is asked for.
pub(super) fn changes(changes: &[ResourceChange], all: bool) -> String {
    let mut text = String::new();
    for c in changes {
        text.push_str(&words::changes(std::slice::from_ref(c)));
        for f in c.fields.iter().filter(|f| !f.bookkeeping) {
            field(&mut text, f);
        }
        let bookkeeping: Vec<&FieldChange> = c.fields.iter().filter(|f| f.bookkeeping).collect();
        if c.only_bookkeeping || c.fields.is_empty() {
            line(&mut text, 4, &c.summary);
        }
        if all && !bookkeeping.is_empty() {
            let labels: Vec<_> = bookkeeping.iter().map(|f| f.label.as_str()).collect();
            line(&mut text, 4, &format!("bookkeeping: {}", labels.join(", ")));
        }
    }
    text
}

/// The label with the key by which `--only` takes it, then what differs.
fn field(text: &mut String, f: &FieldChange) {
    line(text, 4, &format!("{}  [{}]", f.label, f.path));
    match &f.comparison {
        Comparison::Value => values(text, 6, f.before.as_deref(), f.after.as_deref()),
        Comparison::Text(found) => lines(text, 6, found),
        Comparison::Parts(found) => {
            parts(text, &found.parts);
            more(text, 6, found.more, "places");
        }
        Comparison::Formatting => line(text, 6, "formatting only"),
        Comparison::Large {
            before_bytes,
            after_bytes,
        } => line(
            text,
            6,
            &format!("large text changed: {before_bytes} to {after_bytes} bytes"),
        ),
    }
}

fn parts(text: &mut String, parts: &[PartChange]) {
    let mut group = "";
    for part in parts {
        if part.group != group {
            group = &part.group;
            line(text, 6, group);
        }
        let indent = if group.is_empty() { 6 } else { 8 };
        let sign = match part.change {
            PartKind::Added => "added",
            PartKind::Removed => "removed",
            PartKind::Changed => "",
        };
        line(text, indent, [part.place.as_str(), sign].join(" ").trim());
        match &part.text {
            Some(found) => lines(text, indent + 2, found),
            None => values(text, indent + 2, part.before.as_deref(), part.after.as_deref()),
        }
    }
}

fn values(text: &mut String, indent: usize, before: Option<&str>, after: Option<&str>) {
    for (sign, value) in [('-', before), ('+', after)] {
        for value in value.into_iter().flat_map(str::lines) {
            line(text, indent, &format!("{sign} {value}"));
        }
    }
}

fn lines(text: &mut String, indent: usize, found: &TextComparison) {
    for (index, hunk) in found.hunks.iter().enumerate() {
        if index > 0 {
            line(text, indent, "…");
        }
        for one in &hunk.lines {
            let sign = match one.change {
                LineChange::Same => ' ',
                LineChange::Added => '+',
                LineChange::Removed => '-',
                LineChange::Mixed => '~',
            };
            line(text, indent, format!("{sign} {}", pieces(one)).trim_end());
        }
    }
    more(text, indent, found.more, "changed lines");
}

/// Words that came and went are marked as `git diff --word-diff` marks them.
fn pieces(line: &DiffLine) -> String {
    let marks = line.change == LineChange::Mixed;
    let pieces = line.pieces.iter().map(|piece| match piece.change {
        PieceChange::Added if marks => format!("{{+{}+}}", piece.text),
        PieceChange::Removed if marks => format!("[-{}-]", piece.text),
        _ => piece.text.clone(),
    });
    pieces.collect()
}

fn more(text: &mut String, indent: usize, count: u32, what: &str) {
    if count > 0 {
        line(text, indent, &format!("and {count} more {what}"));
    }
}

fn line(text: &mut String, indent: usize, content: &str) {
    // writing to a String cannot fail
    let _ = writeln!(text, "{}{content}", " ".repeat(indent));
}
