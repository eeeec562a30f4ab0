//! How one field differs, in a form that one view can show whatever the field holds. Sizes are bounded: what is left
//! out is counted.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How two versions of a field were compared, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub enum Comparison {
    /// The values before and after are short and say it all.
    #[default]
    Value,
    /// By words or by lines.
    Text(TextComparison),
    /// Place by place: a JSON body, a GraphQL body, an API spec.
    Parts(PartsComparison),
    /// The same content, written in another way: indentation, order of keys, comments, line endings.
    Formatting,
    /// Too large to be compared here.
    #[serde(rename_all = "camelCase")]
    Large {
        /// Bytes before.
        before_bytes: u32,
        /// Bytes after.
        after_bytes: u32,
    },
}

/// What a text was cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum TextUnit {
    /// Prose: words that came and went stand in one line.
    Words,
    /// Code: a line that changed is shown before and after.
    Lines,
}

/// A text before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TextComparison {
    /// What the text was cut into.
    pub by: TextUnit,
    /// The places that differ, each with a few lines around it.
    pub hunks: Vec<Hunk>,
    /// How many lines (or words) came.
    pub added: u32,
    /// How many lines (or words) went.
    pub removed: u32,
    /// Changed lines that are not in the hunks, because there are too many.
    pub more: u32,
}

/// One place of a text that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Hunk {
    /// Its lines, from top to bottom.
    pub lines: Vec<DiffLine>,
}

/// One line of a hunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DiffLine {
    /// What became of it.
    pub change: LineChange,
    /// Its number before, from 1; absent where it came.
    pub before: Option<u32>,
    /// Its number after, from 1; absent where it went.
    pub after: Option<u32>,
    /// Its text, piece by piece, without the line break.
    pub pieces: Vec<Piece>,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum LineChange {
    Same,
    Added,
    Removed,
    /// Words of it came or went.
    Mixed,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Piece {
    /// Whether it is on both sides.
    pub change: PieceChange,
    /// Its text.
    pub text: String,
}

/// Whether a piece of text is on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum PieceChange {
    Same,
    Added,
    Removed,
}

/// A structured value before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PartsComparison {
    /// What the value is.
    pub of: PartsOf,
    /// The places that differ, those of one group together.
    pub parts: Vec<PartChange>,
    /// Places that are left out, because there are too many.
    pub more: u32,
}

/// What a structured value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum PartsOf {
    Json,
    GraphQl,
    ApiSpec,
}

/// One place of a structured value that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PartChange {
    /// What it belongs to ("GET /users/{id}", "schema User"); empty where there are no groups.
    pub group: String,
    /// Where in it: `items[2].price`, "response 404", "query parameter limit"; empty for the group as a whole.
    pub place: String,
    /// What became of it.
    pub change: PartKind,
    /// Value before, cut where it is long.
    pub before: Option<String>,
    /// Value after, cut where it is long.
    pub after: Option<String>,
    /// For a long text, what differs in it.
    pub text: Option<TextComparison>,
}

/// What became of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
#[allow(missing_docs)]
pub enum PartKind {
    Added,
    Changed,
    Removed,
}
