//! Which files are collections.

use std::sync::LazyLock;

use memchr::memmem::Finder;

const TYPES: [(&str, &str); 5] = [
    ("collection.insomnia.rest/5", "collection"),
    ("spec.insomnia.rest/5", "design"),
    ("mock.insomnia.rest/5", "mock-server"),
    ("environment.insomnia.rest/5", "environment"),
    ("mcpClient.insomnia/5", "mcp"),
];

/// What stands in each of the types.
static NAMES: LazyLock<[Finder<'static>; 2]> =
    LazyLock::new(|| ["insomnia.rest/5", "insomnia/5"].map(Finder::new));

/// Longer first lines are none of a collection.
const LONGEST_LINE: usize = 256;

/// Could be a v5 file, by its path.
pub(crate) fn is_v5_path(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let named = name.rsplit_once('.');
    named.is_some_and(|(_, ending)| matches!(ending, "yaml" | "yml")) && !folders.starts_with(".git/")
}

/// One of the first lines says that this is a v5 file: the first, where Insomnia asks for it, or any other.
pub(crate) fn is_v5(bytes: &[u8]) -> bool {
    let names_one = NAMES.iter().any(|name| name.find(bytes).is_some());
    names_one && (is_seen_by_insomnia(bytes) || bytes.split(|byte| *byte == b'\n').any(is_type_line))
}

/// The first line names a v5 type, as Insomnia asks for.
pub(crate) fn is_seen_by_insomnia(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(&line[..line.len().min(LONGEST_LINE)]);
    let is_key = ["type", "\"type", "'type", "{"]
        .iter()
        .any(|start| line.starts_with(start));
    is_key && TYPES.iter().any(|(name, _)| line.contains(name))
}

/// `type: …` with a type of v5, not indented.
fn is_type_line(line: &[u8]) -> bool {
    if !matches!(line.first(), Some(b't' | b'"' | b'\'')) || line.len() > LONGEST_LINE {
        return false;
    }
    let Ok(line) = std::str::from_utf8(line) else {
        return false;
    };
    let Some((key, value)) = line.split_once(':') else {
        return false;
    };
    let quotes = ['"', '\''];
    key.trim().trim_matches(quotes) == "type" && scope(value.trim().trim_start_matches(quotes)).is_some()
}

/// The scope that the value of `type` stands for.
pub(crate) fn scope(type_name: &str) -> Option<&'static str> {
    TYPES
        .iter()
        .find(|(name, _)| type_name.starts_with(name))
        .map(|(_, scope)| *scope)
}

/// The value of `type` for a scope.
pub(crate) fn type_name(scope: &str) -> String {
    let found = TYPES.iter().find(|(_, other)| *other == scope);
    format!("{}.0", found.map_or(TYPES[0].0, |(name, _)| name))
}
