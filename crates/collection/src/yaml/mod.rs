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

pub(crate) use node::{Content, Entry, Node, Style};
pub(crate) use number::js_number;
pub(crate) use parse::{YamlError, YamlErrorKind, parse, parse_json};
pub(crate) use patch::{PatchError, patch};
pub(crate) use spans::line_and_column;
