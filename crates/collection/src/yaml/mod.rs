//! YAML as Insomnia reads and writes it: a tree with byte positions, the emitter, and edits that patch text.

mod align;
mod block;
mod by_hand;
mod comments;
mod dialect;
pub(crate) mod emit;
mod fast;
mod flow;
mod flow_patch;
mod fold;
mod node;
mod number;
mod parse;
mod part;
mod patch;
mod quoted;
pub(crate) mod raw;
mod scalar;
mod spans;
mod string;
mod words;

pub(crate) use comments::count_comments;
pub use dialect::Dialect;
pub(crate) use fast::parse_but;
pub(crate) use node::{Node, into_map};
pub(crate) use number::{from_float, js_number};
pub(crate) use parse::{YamlError, YamlErrorKind, parse, parse_json};
pub(crate) use part::Part;
pub(crate) use patch::{normalised, patch};
pub(crate) use spans::{Places, line_and_column};

/// Does the quick reading of a text, where there is one, agree with the full parser?
pub(crate) fn reads_alike(text: &str) -> bool {
    fast::parse(text).is_none_or(|node| parse::parse_fully(text).is_ok_and(|full| full == node))
}

#[cfg(test)]
mod corpus_tests;
