//! How lines end: an editor shows one way, a file may have several, and an edit leaves alone those it does not touch.

/// `new`, whose lines end in `\n`, with the ends that its lines have in `old`: those at its beginning and end that are
/// the same, and for all between the one that is most usual there.
pub(crate) fn with_ends_of(old: &str, new: &str) -> String {
    if !old.contains('\r') {
        return new.to_owned();
    }
    let (old, new) = (lines(old), lines(new));
    let usual = usual_end(&old);
    let same = |(a, b): (&(&str, &str), &(&str, &str))| a.0 == b.0;
    let first = old.iter().zip(&new).take_while(|pair| same(*pair)).count();
    let rest = old.len().min(new.len()) - first;
    let last = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|pair| same(*pair))
        .count();
    let mut text = String::new();
    for (number, (line, end)) in new.iter().enumerate() {
        let from_end = new.len() - number;
        let known = if number < first {
            old.get(number)
        } else if from_end <= last {
            old.get(old.len() - from_end)
        } else {
            None
        };
        text.push_str(line);
        if !end.is_empty() {
            text.push_str(
                known
                    .map(|(_, end)| *end)
                    .filter(|end| !end.is_empty())
                    .unwrap_or(usual),
            );
        }
    }
    text
}

/// Each line with its end; the last has none.
fn lines(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n']) {
        let end = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
        found.push((&rest[..at], &rest[at..at + end]));
        rest = &rest[at + end..];
    }
    found.push((rest, ""));
    found
}

fn usual_end<'t>(lines: &[(&'t str, &'t str)]) -> &'t str {
    let count = |wanted: &str| lines.iter().filter(|(_, end)| *end == wanted).count();
    let ends = ["\n", "\r\n", "\r"];
    ends.into_iter().max_by_key(|end| count(end)).unwrap_or("\n")
}

#[cfg(test)]
mod tests {
    use super::with_ends_of;

    #[test]
    fn lines_that_stay_keep_their_ends() {
        assert_eq!(with_ends_of("a\nb\n", "a\nc\n"), "a\nc\n");
        assert_eq!(with_ends_of("a\r\nb\r\n", "a\nx\nb\n"), "a\r\nx\r\nb\r\n");
        assert_eq!(with_ends_of("a\nb\r\nc\r\nd", "a\nb\nx\nd"), "a\nb\r\nx\r\nd");
        assert_eq!(with_ends_of("a\rb", "a\nb"), "a\rb");
        assert_eq!(with_ends_of("a\r\n", ""), "");
        assert_eq!(with_ends_of("a\r\nb", "a\nb\n"), "a\r\nb\r\n");
    }

    #[test]
    fn a_text_that_was_not_touched_stays_as_it_is() {
        for old in ["", "\r\n", "a\r\n\n\rb", "\r\r\n\n", "a\nb\r\nb\nb\r\n"] {
            let shown = old.replace("\r\n", "\n").replace('\r', "\n");
            assert_eq!(with_ends_of(old, &shown), old);
        }
    }
}
