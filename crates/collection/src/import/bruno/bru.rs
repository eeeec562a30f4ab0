//! One `.bru` file.

use serde_json::{Value, json};

use super::super::body::{FORM, JSON, MULTIPART, file_body};
use super::super::report::Notes;
use super::super::rows::{file_row, row_with};
use super::blocks::{Block, Pair, blocks};
use super::parts::Parts;
use crate::model::Kind;

const METHODS: &[&str] = &[
    "get", "post", "put", "delete", "patch", "options", "head", "connect", "trace",
];

/// What the file says. `place` is its path.
pub(super) fn parts(text: &str, place: &str, notes: &mut Notes) -> Parts {
    let (blocks, between) = blocks(text);
    for line in between {
        notes.left(
            "Lines outside of blocks are not taken",
            &format!("{} in {place}", line.trim()),
        );
    }
    let mut reader = Reader {
        parts: Parts::default(),
        body_mode: String::new(),
        graphql: (String::new(), String::new()),
        place,
        notes,
    };
    for block in &blocks {
        reader.block(block);
    }
    reader.finish(&blocks)
}

/// Is it a `.bru` file, by its content?
pub(super) fn is_bru(text: &str) -> bool {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .trim_end();
    matches!(
        first,
        "meta {" | "vars {" | "auth {" | "headers {" | "vars:secret [" | "docs {"
    ) || first.starts_with("vars:") && first.ends_with('{')
        || first.starts_with("script:") && first.ends_with('{')
}

struct Reader<'p, 'n> {
    parts: Parts,
    body_mode: String,
    graphql: (String, String),
    place: &'p str,
    notes: &'n mut Notes,
}

impl Reader<'_, '_> {
    fn block(&mut self, block: &Block<'_>) {
        match block.name {
            "meta" => self.meta(block),
            "http" | "grpc" | "ws" => self.call(block, None),
            method if METHODS.contains(&method) => self.call(block, Some(method)),
            "params:query" | "query" => self.parts.query = Some(rows(block)),
            "params:path" => {
                let rows = block.pairs().into_iter();
                self.parts.path = rows
                    .map(|pair| json!({ "name": pair.name, "value": pair.value }))
                    .collect();
            }
            "headers" | "metadata" => self.parts.headers = rows(block),
            "auth" => self.parts.scheme = value(block, "mode"),
            "vars:pre-request" | "vars" => self.variables(block),
            "vars:post-response" | "assert" => self.leave_rows(block),
            "vars:secret" => self.secret_variables(block),
            "script:pre-request" => self.parts.before = block.text(),
            "script:post-response" => self.parts.after = block.text(),
            "tests" => self.parts.tests = block.text(),
            "docs" => self.parts.docs = block.text(),
            "settings" => self.settings(block),
            "body:graphql" => self.graphql.0 = block.text(),
            "body:graphql:vars" => self.graphql.1 = block.text(),
            "body:grpc" | "body:ws" => self.parts.message = value(block, "content"),
            name if name.starts_with("auth:") || name.starts_with("body") => {}
            "color" => {}
            name => self.notes.left(
                "Blocks that Insomnia has no place for are not taken",
                &format!("{name} in {}", self.place),
            ),
        }
    }

    fn meta(&mut self, block: &Block<'_>) {
        for pair in block.pairs() {
            match pair.name.as_str() {
                "name" => self.parts.name = pair.value,
                "seq" => self.parts.seq = pair.value.parse().unwrap_or(0.0),
                "type" => {
                    self.parts.kind = Some(match pair.value.as_str() {
                        "grpc" => Kind::GrpcRequest,
                        "ws" | "websocket" => Kind::WebSocketRequest,
                        _ => Kind::Request,
                    });
                }
                "tags" => self.notes.left("Tags are not taken", self.place),
                _ => {}
            }
        }
    }

    fn call(&mut self, block: &Block<'_>, method: Option<&str>) {
        method.unwrap_or_default().clone_into(&mut self.parts.method);
        for pair in block.pairs() {
            match pair.name.as_str() {
                "url" => self.parts.url = pair.value,
                "method" => self.parts.method = pair.value,
                "body" => self.body_mode = pair.value,
                "auth" => self.parts.scheme = pair.value,
                "protoPath" => self.notes.left("Proto files are not taken", self.place),
                _ => {}
            }
        }
    }

    fn variables(&mut self, block: &Block<'_>) {
        for pair in block.pairs() {
            if pair.disabled {
                let place = format!("{} in {}", pair.name, self.place);
                self.notes
                    .left("Variables that are switched off are not taken", &place);
            } else {
                let name = pair.name.trim_start_matches('@').to_owned();
                self.parts.variables.push((name, pair.value.into()));
            }
        }
    }

    /// Their values are kept by Bruno and are in no file.
    fn secret_variables(&mut self, block: &Block<'_>) {
        for name in block.entries() {
            let name = name.trim_start_matches('~').to_owned();
            self.notes.changed(
                "Secret variables are taken without a value, as none is in the files",
                &name,
            );
            self.parts.variables.push((name, "".into()));
        }
    }

    fn leave_rows(&mut self, block: &Block<'_>) {
        let what = if block.name == "assert" {
            "Assertions are not taken; write them as tests"
        } else {
            "Variables that are set from a response are not taken; set them in a script"
        };
        for pair in block.pairs() {
            let line = format!("{}: {} in {}", pair.name, pair.value, self.place);
            self.notes.left(what, &line);
        }
    }

    fn settings(&mut self, block: &Block<'_>) {
        for pair in block.pairs() {
            let is_on = pair.value == "true";
            match pair.name.as_str() {
                "encodeUrl" => self.parts.encode_url = Some(is_on),
                "followRedirects" if !is_on => self.parts.follow = Some(false),
                "followRedirects" => {}
                name => self.notes.left(
                    "Settings of a request that Insomnia does not have are not taken",
                    &format!("{name} of {}", self.place),
                ),
            }
        }
    }

    /// Authentication and body are told by names that stand elsewhere in the file.
    fn finish(mut self, blocks: &[Block<'_>]) -> Parts {
        let find = |name: &str| blocks.iter().find(|block| block.name == name);
        let mut auths = blocks.iter().filter_map(|block| block.name.strip_prefix("auth:"));
        if self.parts.scheme.is_empty() && self.parts.url.is_empty() {
            // An old folder or collection names its authentication by the block alone.
            auths
                .next()
                .unwrap_or_default()
                .clone_into(&mut self.parts.scheme);
        }
        if let Some(block) = find(&format!("auth:{}", self.parts.scheme)) {
            let pairs = block.pairs().into_iter();
            self.parts.secrets = pairs.map(|pair| (pair.name, pair.value)).collect();
        }
        let body_mode = std::mem::take(&mut self.body_mode);
        let mode = match body_mode.as_str() {
            "formUrlEncoded" => "form-urlencoded",
            "multipartForm" => "multipart-form",
            mode => mode,
        };
        let block = find(&format!("body:{mode}")).or_else(|| find("body").filter(|_| mode == "json"));
        let others = blocks
            .iter()
            .filter(|block| block.name.starts_with("body:") && !block.name.starts_with("body:graphql"))
            .filter(|other| block.is_none_or(|block| other.name != block.name));
        if others
            .filter(|other| !matches!(other.name, "body:grpc" | "body:ws"))
            .count()
            > 0
        {
            self.notes
                .left("Bodies beside the one that is used are not taken", self.place);
        }
        self.parts.body = match (mode, block) {
            ("graphql", _) => Some(super::graphql(&self.graphql.0, &self.graphql.1)),
            (_, Some(block)) => self.body(mode, block),
            _ => None,
        };
        self.parts
    }

    fn body(&mut self, mode: &str, block: &Block<'_>) -> Option<Value> {
        let text = |media_type: &str| json!({ "mimeType": media_type, "text": block.text() });
        let body = match mode {
            "json" => text(JSON),
            "xml" => text("application/xml"),
            "text" => text("text/plain"),
            "sparql" => text("application/sparql-query"),
            "form-urlencoded" => json!({ "mimeType": FORM, "params": rows(block) }),
            "multipart-form" => {
                let rows: Vec<Value> = block
                    .pairs()
                    .into_iter()
                    .flat_map(|pair| self.part(pair))
                    .collect();
                json!({ "mimeType": MULTIPART, "params": rows })
            }
            "file" => {
                let pair = block.pairs().into_iter().find(|pair| !pair.disabled)?;
                file_body(
                    &argument(&pair.value, "contentType"),
                    &argument(&pair.value, "file"),
                )
            }
            _ => return None,
        };
        Some(body)
    }

    fn part(&mut self, pair: Pair) -> Vec<Value> {
        if !argument(&pair.value, "contentType").is_empty() {
            let place = format!("{} of {}", pair.name, self.place);
            self.notes
                .left("Media types of single parts of a form are not taken", &place);
        }
        let files = argument(&pair.value, "file");
        if !files.is_empty() {
            let files = files
                .split('|')
                .map(|file| file_row(pair.name.as_str(), file, pair.disabled));
            return files.collect();
        }
        let value = pair.value.split(" @contentType(").next().unwrap_or_default();
        vec![row_with(pair.name, value, &pair.description, pair.disabled)]
    }
}

/// What stands in the brackets of `@name(…)`.
fn argument(value: &str, name: &str) -> String {
    let start = format!("@{name}(");
    let inner = value.split_once(start.as_str()).map(|(_, rest)| rest);
    inner
        .and_then(|rest| rest.split_once(')'))
        .map(|(inner, _)| inner.to_owned())
        .unwrap_or_default()
}

fn rows(block: &Block<'_>) -> Vec<Value> {
    let pairs = block.pairs().into_iter();
    pairs
        .map(|pair| row_with(pair.name, pair.value, &pair.description, pair.disabled))
        .collect()
}

fn value(block: &Block<'_>, name: &str) -> String {
    let found = block.pairs().into_iter().find(|pair| pair.name == name);
    found.map(|pair| pair.value).unwrap_or_default()
}
