//! Text to tree. Iterative, with limits: no file can overflow the stack or blow up by aliases.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput, Tag};
use serde_json::{Map, Value};

use super::node::{Content, Entry, Node, Style};
use super::scalar::{key_name, resolve_plain};
use super::spans::{CharMap, block_scalar_span, quoted_end};
use super::words::in_words;

const BYTE_ORDER_MARK: char = '\u{feff}';
const MAX_DEPTH: usize = 256;
const MAX_ALIAS_NODES: usize = 100_000;

/// Why a text is no usable YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YamlError {
    /// What kind of trouble.
    pub kind: YamlErrorKind,
    /// In words.
    pub message: String,
    /// Byte offset.
    pub offset: usize,
}

/// The kinds of trouble that have codes of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum YamlErrorKind {
    /// Anything the grammar forbids.
    Syntax,
    /// Nested deeper than the limit.
    TooDeep,
    /// Aliases that would expand beyond the limit.
    AliasBomb,
}

impl YamlError {
    fn new(kind: YamlErrorKind, message: impl Into<String>, offset: usize) -> Self {
        Self {
            kind,
            message: message.into(),
            offset,
        }
    }

    fn syntax(message: impl Into<String>, offset: usize) -> Self {
        Self::new(YamlErrorKind::Syntax, message, offset)
    }
}

/// Parses one document. An empty text is a null scalar.
pub(crate) fn parse(text: &str) -> Result<Node, YamlError> {
    super::fast::parse(text).map_or_else(|| parse_fully(text), Ok)
}

/// The same by the parser that knows all of YAML, which takes many times as long.
pub(crate) fn parse_fully(text: &str) -> Result<Node, YamlError> {
    // The parser counts from behind the byte order mark, which is no part of the document.
    let skipped = text.len() - text.trim_start_matches(BYTE_ORDER_MARK).len();
    let body = &text[skipped..];
    match body.contains(BYTE_ORDER_MARK).then(|| stand_in(body)).flatten() {
        Some(stand_in) => {
            let body = body.replace(BYTE_ORDER_MARK, stand_in.encode_utf8(&mut [0; 4]));
            Builder::new(&format!("{}{body}", &text[..skipped]), skipped, Some(stand_in)).run()
        }
        None => Builder::new(text, skipped, None).run(),
    }
}

/// A character of the same length for byte order marks within a text, which npm `yaml` writes and reads and the
/// grammar forbids.
fn stand_in(text: &str) -> Option<char> {
    ('\u{e000}'..='\u{f8ff}').find(|char| !text.contains(*char))
}

struct Builder<'t> {
    text: &'t str,
    chars: CharMap,
    parser: Parser<'t, StrInput<'t>>,
    stack: Vec<Frame>,
    anchors: HashMap<usize, (Value, usize)>,
    expanded: usize,
    documents: usize,
    behind: usize,
    root: Option<Node>,
    /// What stands for byte order marks.
    stand_in: Option<char>,
}

struct Frame {
    start: usize,
    style: Style,
    anchor: usize,
    size: usize,
    kind: FrameKind,
}

enum FrameKind {
    Seq(Vec<Node>),
    Map(Vec<Entry>, HashSet<String>, Option<(String, Range<usize>)>),
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, skipped: usize, stand_in: Option<char>) -> Self {
        let body = &text[skipped..];
        Self {
            text,
            chars: CharMap::new(body, skipped),
            parser: Parser::new_from_str(body),
            stack: Vec::new(),
            anchors: HashMap::new(),
            expanded: 0,
            documents: 0,
            behind: skipped,
            root: None,
            stand_in,
        }
    }

    fn run(mut self) -> Result<Node, YamlError> {
        while let Some(next) = self.parser.next_event() {
            let (event, span) = next.map_err(|error| self.scan_error(&error))?;
            self.event(event, span)?;
        }
        let end = self.text.len();
        Ok(self.root.unwrap_or(Node {
            span: end..end,
            style: Style::Flow,
            content: Content::Scalar(Value::Null),
        }))
    }

    fn scan_error(&self, error: &saphyr_parser::ScanError) -> YamlError {
        let offset = self.chars.byte(error.marker().index());
        if error.info().contains("recursion limit") {
            return too_deep(offset);
        }
        YamlError::syntax(in_words(error.info()), offset)
    }

    fn event(&mut self, event: Event<'t>, span: Span) -> Result<(), YamlError> {
        let range = self.chars.byte(span.start.index())..self.chars.byte(span.end.index());
        match event {
            Event::DocumentStart(_) => self.document(range.start),
            Event::Alias(anchor) => self.alias(anchor, range),
            Event::Scalar(text, style, anchor, tag) => {
                let node = self.scalar(&text, style, tag.as_deref(), range);
                self.remember(anchor, &node, 1);
                self.add(node, 1)
            }
            Event::SequenceStart(anchor, _) => self.open(FrameKind::Seq(Vec::new()), anchor, range),
            Event::MappingStart(anchor, _) => {
                self.open(FrameKind::Map(Vec::new(), HashSet::new(), None), anchor, range)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.start),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn document(&mut self, offset: usize) -> Result<(), YamlError> {
        self.documents += 1;
        if self.documents > 1 {
            return Err(YamlError::syntax(
                "the file holds more than one document (a line `---`)",
                offset,
            ));
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), YamlError> {
        let Some((value, size)) = self.anchors.get(&anchor).cloned() else {
            return Err(YamlError::new(
                YamlErrorKind::AliasBomb,
                "an alias refers to itself",
                range.start,
            ));
        };
        self.expanded += size;
        if self.expanded > MAX_ALIAS_NODES {
            return Err(YamlError::new(
                YamlErrorKind::AliasBomb,
                "aliases expand to too many values",
                range.start,
            ));
        }
        self.behind = range.end;
        self.add(
            Node {
                span: range,
                style: Style::Flow,
                content: Content::Alias(value),
            },
            size,
        )
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, range: Range<usize>) -> Node {
        let is_typed = match tag.map(|tag| tag.suffix.as_str()) {
            Some("str") => false,
            Some("int" | "float" | "bool" | "null") => true,
            _ => style == ScalarStyle::Plain,
        };
        let text = match self.stand_in {
            Some(stand_in) => &*text.replace(stand_in, "\u{feff}"),
            None => text,
        };
        let value = if is_typed {
            resolve_plain(text)
        } else {
            Value::String(text.to_owned())
        };
        let (span, style) = match style {
            ScalarStyle::Plain if text.is_empty() => (self.empty_span(range.start), Style::Flow),
            ScalarStyle::Plain => (range, Style::Flow),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                (range.start..quoted_end(self.text, &range), Style::Flow)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                (block_scalar_span(self.text, self.behind, &range), Style::Block)
            }
        };
        self.behind = span.end;
        Node {
            span,
            style,
            content: Content::Scalar(value),
        }
    }

    /// A missing value stands behind its colon; the parser says before it, or at what comes next.
    fn empty_span(&self, at: usize) -> Range<usize> {
        if self
            .text
            .get(self.behind..at)
            .is_some_and(|gap| gap.contains('\n') && gap.trim().is_empty())
        {
            return self.behind..self.behind;
        }
        let rest = &self.text[at..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let at = if rest[blanks..].starts_with(':') {
            at + blanks + 1
        } else {
            at
        };
        at..at
    }

    fn open(&mut self, kind: FrameKind, anchor: usize, range: Range<usize>) -> Result<(), YamlError> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(too_deep(range.start));
        }
        let in_flow = self.stack.last().is_some_and(|frame| frame.style == Style::Flow);
        let bracket = self.text[range.clone()].ends_with(['{', '[']);
        let style = if in_flow || bracket {
            Style::Flow
        } else {
            Style::Block
        };
        if bracket {
            self.behind = range.end;
        }
        self.stack.push(Frame {
            start: range.start,
            style,
            anchor,
            size: 1,
            kind,
        });
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), YamlError> {
        let Some(frame) = self.stack.pop() else {
            return Err(YamlError::syntax("unexpected end of a collection", end));
        };
        if frame.style == Style::Flow && self.text[end..].starts_with(['}', ']']) {
            self.behind = end + 1;
        }
        let content = match frame.kind {
            FrameKind::Seq(items) => Content::Seq(items),
            FrameKind::Map(entries, ..) => Content::Map(entries),
        };
        let node = Node {
            span: frame.start..self.behind.max(frame.start),
            style: frame.style,
            content,
        };
        self.remember(frame.anchor, &node, frame.size);
        self.add(node, frame.size)
    }

    fn remember(&mut self, anchor: usize, node: &Node, size: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, (node.to_value(), size));
        }
    }

    fn add(&mut self, node: Node, size: usize) -> Result<(), YamlError> {
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        frame.size += size;
        match &mut frame.kind {
            FrameKind::Seq(items) => items.push(node),
            FrameKind::Map(entries, seen, pending) => match pending.take() {
                Some((key, key_span)) => entries.push(Entry {
                    key,
                    key_span,
                    value: node,
                }),
                None => *pending = Some(new_key(node, seen)?),
            },
        }
        Ok(())
    }
}

fn too_deep(offset: usize) -> YamlError {
    YamlError::new(
        YamlErrorKind::TooDeep,
        format!("nested deeper than {MAX_DEPTH} levels"),
        offset,
    )
}

fn new_key(node: Node, seen: &mut HashSet<String>) -> Result<(String, Range<usize>), YamlError> {
    let key = match node.content {
        Content::Scalar(value) => key_name(value),
        _ => {
            return Err(YamlError::syntax(
                "a key must be a plain name, not a list or a map",
                node.span.start,
            ));
        }
    };
    if !seen.insert(key.clone()) {
        return Err(YamlError::syntax(
            format!("the key `{key}` stands here twice"),
            node.span.start,
        ));
    }
    Ok((key, node.span))
}

/// Parses a text that is JSON but no YAML (escaped surrogate pairs, for one).
pub(crate) fn parse_json(text: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()
}
