//! Texts as what they are: JSON by its tree, everything else by its lines.

use super::json_text::merge_json;
use super::lines::{Woven, weave};
use super::three::{Side, Three};

/// Larger texts are one place.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The text with what both sides made of it; nothing where they disagree, or where it is one value of a line.
pub(super) fn merge_text(three: &Three<'_>) -> Option<String> {
    let text = |side: Side<'_>| side.map_or(Some(String::new()), |value| value.as_str().map(str::to_owned));
    let (base, ours, theirs) = (text(three.base()?)?, text(three.ours)?, text(three.theirs)?);
    if [&base, &ours, &theirs].iter().any(|text| text.len() > MAX_BYTES) {
        return None;
    }
    let has_lines = [&base, &ours, &theirs].iter().any(|text| text.contains('\n'));
    let woven = if has_lines {
        weave(&base, &ours, &theirs)
    } else {
        Woven {
            text: ours.clone(),
            is_clean: false,
        }
    };
    match merge_json([&base, &ours, &theirs], &woven) {
        Some(merged) => merged.ok(),
        None => woven.is_clean.then_some(woven.text),
    }
}
