//! How a person wrote a scalar, where no emitter would have written it so: an edit keeps to it.

use super::dialect::Dialect;
use super::flow::flow_string;
use super::quoted::one_line_quoted;
use super::scalar::is_typed;
use super::string::may_be_plain;

/// The text of `new` in the quotes or with the indentation of `old`, which stands as it is in the file. Nothing where
/// the emitter would have written the old one so itself (`emitted`), or where it has no style to keep.
pub(crate) fn in_style_of(old: &str, emitted: &str, new: &str) -> Option<String> {
    if old == emitted {
        return None;
    }
    match old.as_bytes().first()? {
        b'\'' => single_quoted(new),
        b'"' => (!new.contains('\n')).then(|| one_line_quoted(new)),
        b'|' => literal(old, new),
        _ => None,
    }
}

/// The same for a string within braces or brackets, where the emitter quotes like JSON.
pub(crate) fn in_flow_style_of(old: &str, new: &str) -> String {
    let is_typed = || {
        [Dialect::Yaml1, Dialect::Yaml2]
            .iter()
            .any(|dialect| is_typed(new, *dialect))
    };
    let may_be_plain = || may_be_plain(new) && !new.contains(is_meant_in_flow) && !is_typed();
    let kept = match old.as_bytes().first() {
        Some(b'\'') => single_quoted(new),
        Some(b'"' | b'&' | b'!' | b'*') | None => None,
        Some(_) => may_be_plain().then(|| new.to_owned()),
    };
    kept.unwrap_or_else(|| flow_string(new))
}

fn is_meant_in_flow(char: char) -> bool {
    is_escaped(char) || matches!(char, ',' | '[' | ']' | '{' | '}' | ':' | '#')
}

fn single_quoted(new: &str) -> Option<String> {
    (!new.contains(is_escaped)).then(|| format!("'{}'", new.replace('\'', "''")))
}

/// What only double quotes can hold.
fn is_escaped(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// A block of lines, indented as the old one is.
fn literal(old: &str, new: &str) -> Option<String> {
    let (_, body) = old.split_once('\n').filter(|_| new.contains('\n'))?;
    let first = body.lines().find(|line| !line.trim().is_empty())?;
    let indent = &first[..first.len() - first.trim_start_matches(' ').len()];
    let starts_further_in = new.trim_start_matches('\n').starts_with(' ');
    if starts_further_in || new.contains(|char| is_escaped(char) && !matches!(char, '\n' | '\t')) {
        return None;
    }
    let bare = new.trim_end_matches('\n');
    let chomping = match new.len() - bare.len() {
        0 => "-",
        1 => "",
        _ => "+",
    };
    // Lines of blanks alone at the end would be taken for none.
    if bare.is_empty() || bare.lines().next_back()?.trim().is_empty() {
        return None;
    }
    let lines = new.strip_suffix('\n').unwrap_or(new).split('\n');
    let lines = lines.map(|line| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("\n{indent}{line}")
        }
    });
    Some(format!("|{chomping}{}", lines.collect::<String>()))
}
