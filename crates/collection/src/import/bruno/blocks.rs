//! The blocks of a `.bru` file: maps of lines, texts, and lists. See bruno-lang version 2.

/// One block.
pub(super) struct Block<'t> {
    /// `headers`, `auth:basic`, `script:pre-request`, …
    pub name: &'t str,
    /// Its lines, without the two that enclose it.
    pub lines: Vec<&'t str>,
}

/// One line of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub name: String,
    pub value: String,
    pub disabled: bool,
    pub description: String,
}

/// The blocks of a text. Lines between blocks are no part of any and are given back.
pub(super) fn blocks(text: &str) -> (Vec<Block<'_>>, Vec<&str>) {
    let mut blocks = Vec::new();
    let mut between = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some((name, close)) = opening(line) else {
            if !line.trim().is_empty() {
                between.push(line);
            }
            continue;
        };
        let inner = lines
            .by_ref()
            .take_while(|line| !line.starts_with(close))
            .collect();
        blocks.push(Block { name, lines: inner });
    }
    (blocks, between)
}

/// `name {` or `name [`, from the first column.
fn opening(line: &str) -> Option<(&str, char)> {
    let line = line.trim_end();
    let (name, close) = match line.strip_suffix('{') {
        Some(name) => (name, '}'),
        None => (line.strip_suffix('[')?, ']'),
    };
    let name = name.trim_end();
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || "-_:".contains(char));
    is_name.then_some((name, close))
}

impl Block<'_> {
    /// The text, without the two spaces that every line has.
    pub(super) fn text(&self) -> String {
        let lines = self.lines.iter();
        lines
            .map(|line| line.strip_prefix("  ").unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The entries of a list.
    pub(super) fn entries(&self) -> Vec<String> {
        let lines = self.lines.iter();
        lines
            .map(|line| line.trim().trim_end_matches(',').to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// The lines of a map.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        let mut description = String::new();
        let mut at = 0;
        while let Some(line) = self.lines.get(at) {
            at += 1;
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            if let Some(annotation) = annotation(line) {
                if let Some(text) = annotation {
                    description = text;
                }
                continue;
            }
            let Some((name, rest, disabled)) = name_and_value(line) else {
                continue;
            };
            let value = self.value(rest, &mut at);
            pairs.push(Pair {
                name,
                value,
                disabled,
                description: std::mem::take(&mut description),
            });
        }
        pairs
    }

    /// A value on its line, a text in three quotes, or a list, whose entries are joined by commas.
    fn value(&self, rest: &str, at: &mut usize) -> String {
        if let Some(first) = rest.strip_prefix("'''") {
            if let Some(inner) = first.strip_suffix("'''") {
                return inner.to_owned();
            }
            return self.quoted(first, at);
        }
        if rest != "[" {
            return rest.to_owned();
        }
        let mut entries = Vec::new();
        while let Some(line) = self.lines.get(*at) {
            *at += 1;
            match line.trim() {
                "]" => break,
                "" => {}
                entry => entries.push(entry.to_owned()),
            }
        }
        entries.join(",")
    }

    fn quoted(&self, first: &str, at: &mut usize) -> String {
        let mut lines = Vec::new();
        if !first.is_empty() {
            lines.push(first);
        }
        while let Some(line) = self.lines.get(*at) {
            *at += 1;
            if line.trim_start().starts_with("'''") {
                break;
            }
            lines.push(line);
        }
        let indent = lines
            .iter()
            .filter(|line| !line.trim().is_empty())
            .map(|line| line.len() - line.trim_start_matches(' ').len())
            .min()
            .unwrap_or(0);
        let cut = |line: &&str| line.get(indent..).unwrap_or_default().to_owned();
        lines.iter().map(cut).collect::<Vec<_>>().join("\n")
    }
}

/// `@description("…")`, which says something of the next line. The outer value is there for every annotation.
#[allow(clippy::option_option)]
fn annotation(line: &str) -> Option<Option<String>> {
    let rest = line.strip_prefix('@')?;
    let (name, argument) = rest.split_once('(')?;
    let argument = argument.strip_suffix(')')?;
    if name.contains(':') {
        return None;
    }
    let text = argument.trim().trim_matches(['"', '\'']).replace("\\\"", "\"");
    Some((name == "description").then_some(text))
}

/// `name: value`, `~name: value`, `"na:me": value`.
fn name_and_value(line: &str) -> Option<(String, &str, bool)> {
    let (disabled, line) = match line.strip_prefix('~') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, line),
    };
    if let Some(inner) = line.strip_prefix('"') {
        let end = quote_end(inner)?;
        let behind = inner[end + 1..].trim_start().strip_prefix(':')?;
        return Some((inner[..end].replace("\\\"", "\""), behind.trim(), disabled));
    }
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_owned(), value.trim(), disabled))
}

fn quote_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, char)| {
        let is_end = char == '"' && !escaped;
        escaped = char == '\\' && !escaped;
        is_end.then_some(at)
    })
}
