//! YAML as Insomnia reads and writes it: a tree with byte positions, the emitter, and edits that patch text.

pub(crate) mod emit;
mod flow;
mod flow_patch;
mod fold;
mod node;
mod number;
mod parse;
mod patch;
mod scalar;
mod spans;
mod string;

pub(crate) use node::Node;
pub(crate) use number::{from_float, js_number};
pub(crate) use parse::{YamlError, YamlErrorKind, parse, parse_json};
pub(crate) use patch::{normalised, patch};
pub(crate) use spans::line_and_column;

#[cfg(test)]
mod corpus_tests;
