//! What a text is, and the comparison that suits it.

use serde_json::Value;

use super::graphql::compare_graphql;
use super::json::{compare_values, json_tree};
use super::spec::compare_spec;
use super::text::compare_text;
use crate::comparison::{Comparison, PartsOf, TextUnit};

/// Larger texts are not compared.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Longer values are shown as a text, where what differs is marked.
const SHORT: usize = 120;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// A value of a line.
    Plain,
    /// Words for people.
    Prose,
    /// Scripts, definitions, markup.
    Code,
    /// JSON, where it is; else code.
    Json,
    /// What Insomnia keeps as the text of a GraphQL request.
    GraphQl,
    /// An API spec.
    Spec,
}

impl Content {
    /// What a body of this type holds.
    pub(crate) fn of_type(mime: Option<&str>) -> Self {
        match mime.unwrap_or_default() {
            "application/graphql" => Self::GraphQl,
            mime if mime.contains("xml") || mime.contains("html") || mime.contains("yaml") => Self::Code,
            // Insomnia leaves the type out of some bodies, and JSON is most of what is sent.
            _ => Self::Json,
        }
    }
}

/// Compares two texts of a kind; one that is not there is empty.
pub(crate) fn compare_content(content: Content, before: Option<&str>, after: Option<&str>) -> Comparison {
    let (old, new) = (before.unwrap_or_default(), after.unwrap_or_default());
    if old.len().max(new.len()) > MAX_BYTES {
        return Comparison::Large {
            before_bytes: size(old),
            after_bytes: size(new),
        };
    }
    if before.is_some() && after.is_some() && old != new && old.lines().eq(new.lines()) {
        return Comparison::Formatting;
    }
    if is_short(old) && is_short(new) && content != Content::GraphQl {
        return Comparison::Value;
    }
    let both = !old.trim().is_empty() && !new.trim().is_empty();
    let parts = if both {
        compare_parts(content, old, new)
    } else {
        None
    };
    parts.unwrap_or_else(|| Comparison::Text(compare_text(unit(content), old, new)))
}

fn compare_parts(content: Content, old: &str, new: &str) -> Option<Comparison> {
    let found = match content {
        Content::Plain | Content::Prose | Content::Code => return None,
        Content::Json => compare_values(PartsOf::Json, &json_tree(old)?, &json_tree(new)?),
        Content::GraphQl => compare_graphql(old, new)?,
        Content::Spec => compare_spec(old, new)?,
    };
    Some(if found.parts.is_empty() {
        Comparison::Formatting
    } else {
        Comparison::Parts(found)
    })
}

/// Compares two values that are no text of their own: the list or map of an environment value.
pub(crate) fn compare_trees(before: &Value, after: &Value) -> Comparison {
    Comparison::Parts(compare_values(PartsOf::Json, before, after))
}

fn unit(content: Content) -> TextUnit {
    match content {
        Content::Plain | Content::Prose => TextUnit::Words,
        _ => TextUnit::Lines,
    }
}

fn is_short(text: &str) -> bool {
    text.len() <= SHORT && !text.contains('\n')
}

fn size(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
