//! Which lines differ between two texts, and below which keys they stand.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// Asserts that every line that is in one of the texts alone stands at or below one of these keys.
pub(crate) fn assert_only_below(before: &str, after: &str, keys: &[&str], what: &str) {
    // In JSON the last line of a map has no comma, until another one follows.
    let [before, after] = [before, after].map(|text| {
        let is_json = text.trim_start_matches('\u{feff}').starts_with('{');
        if is_json {
            text.replace(",\n", "\n").replace(",\r\n", "\r\n")
        } else {
            text.to_owned()
        }
    });
    let (before, after) = (before.as_str(), after.as_str());
    let input = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    for hunk in diff.hunks() {
        let sides = [(before, &hunk.before), (after, &hunk.after)];
        for (text, range) in sides {
            let lines: Vec<&str> = text.lines().collect();
            for line in range.start as usize..range.end as usize {
                let above = keys_above(&lines, line);
                assert!(
                    above.iter().any(|key| keys.contains(key)),
                    "{what}: line {} is changed, which stands below {above:?} and not below {keys:?}\n{}",
                    line + 1,
                    shown(before, after, &hunk.before, &hunk.after),
                );
            }
        }
    }
}

fn shown(before: &str, after: &str, old: &Range<u32>, new: &Range<u32>) -> String {
    let part = |text: &str, range: &Range<u32>, mark: &str| {
        let lines = text.lines().skip(range.start as usize).take(range.len());
        lines
            .map(|line| format!("\n{mark}{line}"))
            .collect::<Vec<_>>()
            .concat()
    };
    format!("{}{}", part(before, old, "-"), part(after, new, "+"))
}

/// The key of a line and those that hold it, from the inside out.
fn keys_above<'t>(lines: &[&'t str], line: usize) -> Vec<&'t str> {
    let mut keys = Vec::new();
    let mut column = usize::MAX;
    for text in lines[..=line].iter().rev() {
        let bare = text.trim_start_matches([' ', '\u{feff}']);
        if bare.trim().is_empty() || bare.starts_with('#') {
            continue;
        }
        // A dash stands further left than the keys of its item, and may stand in the column of the key of the list.
        let entry = bare.trim_start_matches("- ").trim_start();
        let dash = text.len() - bare.len();
        let at = text.len() - entry.len();
        if at < column {
            keys.extend(key_of(entry));
            column = at;
        }
        if dash < at && dash < column {
            column = dash + 1;
        }
    }
    keys
}

fn key_of(entry: &str) -> Option<&str> {
    let entry = entry.trim_start_matches(['{', ' ']);
    let end = entry.find([':', ' ', ','])?;
    Some(entry[..end].trim_matches('"'))
}
