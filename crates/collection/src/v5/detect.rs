//! Which files are collections.

const TYPES: [(&str, &str); 5] = [
    ("collection.insomnia.rest/5", "collection"),
    ("spec.insomnia.rest/5", "design"),
    ("mock.insomnia.rest/5", "mock-server"),
    ("environment.insomnia.rest/5", "environment"),
    ("mcpClient.insomnia/5", "mcp"),
];

/// Could be a v5 file, by its path.
pub(crate) fn is_v5_path(path: &str) -> bool {
    path.strip_suffix(".yaml").is_some() && !path.starts_with(".git/")
}

/// The first line names a v5 type, as Insomnia asks for.
pub(crate) fn is_v5(first_bytes: &[u8]) -> bool {
    let line = first_bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let line = String::from_utf8_lossy(&line[..line.len().min(256)]);
    let line = line.trim_start_matches('\u{feff}');
    line.starts_with("type") && TYPES.iter().any(|(name, _)| line.contains(name))
}

/// The scope that the value of `type` stands for.
pub(crate) fn scope(type_name: &str) -> Option<&'static str> {
    TYPES
        .iter()
        .find(|(name, _)| type_name.starts_with(name))
        .map(|(_, scope)| *scope)
}
