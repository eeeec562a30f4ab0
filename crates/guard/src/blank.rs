//! Templates are no values.

/// The same text, byte for byte, with spaces where templates (`{{ _.token }}`, `{% response … %}`, `${TOKEN}`) stand.
pub(crate) fn without_templates(text: &str) -> String {
    let mut blank = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, end)) = next_template(rest) {
        blank.push_str(&rest[..start]);
        blank.extend(std::iter::repeat_n(' ', end - start));
        rest = &rest[end..];
    }
    blank.push_str(rest);
    blank
}

fn next_template(text: &str) -> Option<(usize, usize)> {
    const MARKS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("${", "}")];
    let mut from = 0;
    while let Some(at) = text[from..].find(['{', '$']).map(|at| from + at) {
        let found = MARKS.iter().find_map(|(open, close)| {
            let inner = text[at..].strip_prefix(open)?;
            let length = inner.find(close)?;
            Some((at, at + open.len() + length + close.len()))
        });
        if found.is_some() {
            return found;
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::without_templates;

    #[test]
    fn templates_leave_spaces() {
        assert_eq!(without_templates("a{{ _.b }}c"), "a         c");
        assert_eq!(without_templates("{% uuid %}${X}$"), "              $");
        assert_eq!(without_templates("{{ open"), "{{ open");
        assert_eq!(without_templates("{ä{{é}}"), format!("{{ä{}", " ".repeat(6)));
    }
}
