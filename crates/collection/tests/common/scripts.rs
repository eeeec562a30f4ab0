//! Random edits of small collections, through the public API, often of the same few things.

use proptest::prelude::*;
use serde_json::{Value, json};
use sheaf_collection::model::{FieldEdit, Kind};
use sheaf_collection::{Collections, Stamp};

use super::merging::State;
use super::{id, set, unset};

/// One edit: what is done, to which of the things it can be done to, with which of a few values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edit {
    what: u8,
    target: u8,
    value: u8,
}

/// A few edits.
pub(crate) fn script(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let edit = (0..18u8, 0..6u8, 0..5u8).prop_map(|(what, target, value)| Edit { what, target, value });
    prop::collection::vec(edit, 0..=most)
}

const SPEC: &str = "\
openapi: 3.1.0
info:
  title: Parcels
  version: 1.0.0 # of the API
paths:
  /a:
    get:
      summary: Get a
      parameters:
        - name: page
          in: query
        - name: size
          in: query
      responses:
        '200':
          description: Fine
  /b:
    post:
      summary: Make b
components: {}
";

/// A collection in the tree: two folders, a few requests, environments and a spec.
pub(crate) fn tree() -> State {
    let mut state = State::shop();
    let folder = super::FOLDER
        .replace("fld_1", "fld_2")
        .replace("Shipments", "Second");
    state
        .0
        .insert(".insomnia/RequestGroup/fld_2.yml".to_owned(), folder.into_bytes());
    for (number, folder) in [("3", "fld_2"), ("4", "fld_2"), ("5", "wrk_1")] {
        let text = super::SECOND
            .replace("req_2", &format!("req_{number}"))
            .replace("fld_1", folder);
        state
            .0
            .insert(format!(".insomnia/Request/req_{number}.yml"), text.into_bytes());
    }
    let spec = json!({"_id": "spc_1", "type": "ApiSpec", "parentId": "wrk_1", "modified": 1, "created": 1, "fileName": "Parcels",
        "contents": SPEC, "contentType": "yaml"});
    let text = sheaf_collection::yaml_text::write(&spec, sheaf_collection::yaml_text::Dialect::Yaml1);
    state
        .0
        .insert(".insomnia/ApiSpec/spc_1.yml".to_owned(), text.into_bytes());
    state
}

/// The same as one file.
pub(crate) fn one_file() -> State {
    let tree = tree();
    let conversion = tree.all().convert(&id("wrk_1"), 9, |_| false).unwrap();
    tree.with(conversion.files)
}

/// The state after the edits; those that cannot be made are left out.
pub(crate) fn after(state: &State, script: &[Edit], stamp: Stamp) -> State {
    let mut state = state.clone();
    for edit in script {
        if let Some(next) = edit.made(&state, stamp) {
            state = next;
        }
    }
    state
}

impl Edit {
    fn made(self, state: &State, stamp: Stamp) -> Option<State> {
        let all = state.all();
        let request = self.pick(&all, &[Kind::Request]);
        let word = ["a", "b", "c: #", "d\"e", ""][usize::from(self.value)];
        let path = |field: &str| FieldEdit {
            path: field.to_owned(),
            value: Some(word.into()),
        };
        let fields = |resource: Option<String>, edits: Vec<FieldEdit>| {
            Some(state.with(all.set_fields(&id(&resource?), &edits, stamp).ok()?))
        };
        let header = format!("headers.X-{}", self.value % 3);
        match self.what {
            0 => fields(request, vec![path("url")]),
            1 => fields(
                self.pick(&all, &[Kind::Request, Kind::RequestGroup]),
                vec![path("name")],
            ),
            2 => fields(request, vec![set(&header, word)]),
            3 => fields(request, vec![unset(&header)]),
            4 => fields(request, vec![set("headers.Content-Type", word)]),
            5 | 6 => self
                .line(&all, request?, "preRequestScript")
                .and_then(|(request, edit)| fields(Some(request), vec![edit])),
            7 => {
                let leaf = format!(
                    "{{\"a\": {}, \"b\": [1, {{ \"c\": \"{}\" }}], \"d\": {{{{ _.d }}}}}}",
                    self.value, self.target
                );
                fields(
                    request,
                    vec![set("body", json!({"mimeType": "application/json", "text": leaf}))],
                )
            }
            8 => fields(
                Some("env_1".to_owned()),
                vec![set(&format!("data.k{}", self.target % 3), word)],
            ),
            9 => fields(
                Some("env_1".to_owned()),
                vec![unset(&format!("data.k{}", self.target % 3))],
            ),
            10 => fields(
                Some("env_1".to_owned()),
                vec![set(&format!("data.nested.n{}", self.target % 2), self.value)],
            ),
            11 => {
                let folder = self.pick_other(&all, &[Kind::RequestGroup, Kind::Workspace])?;
                let moved = self.pick(&all, &[Kind::Request, Kind::RequestGroup])?;
                Some(state.with(all.move_to(&id(&moved), &id(&folder), None, stamp).ok()?))
            }
            12 => {
                let parent = self.pick(&all, &[Kind::RequestGroup, Kind::Workspace])?;
                let kind = if self.value.is_multiple_of(2) {
                    Kind::Request
                } else {
                    Kind::RequestGroup
                };
                Some(state.with(all.create(kind, &id(&parent), "New", stamp).ok()?.1))
            }
            13 => {
                let gone = self.pick(&all, &[Kind::Request, Kind::RequestGroup])?;
                Some(state.with(all.delete(&id(&gone), stamp).ok()?))
            }
            14 => {
                let (moved, before) = (request?, self.pick_other(&all, &[Kind::Request])?);
                let parent = all.resource(&id(&before))?.parent_id?;
                Some(
                    state.with(
                        all.move_to(&id(&moved), &parent, Some(&id(&before)), stamp)
                            .ok()?,
                    ),
                )
            }
            15 => Some(state.with(all.duplicate(&id(&request?), stamp, |_| false).ok()?.1)),
            16 => fields(
                request,
                vec![set(
                    "authentication",
                    json!({"type": (["basic", "bearer"][usize::from(self.value % 2)]), "token": word}),
                )],
            ),
            _ => fields(Some("spc_1".to_owned()), vec![self.spec(&all)?]),
        }
    }

    fn pick(self, all: &Collections, kinds: &[Kind]) -> Option<String> {
        pick(all, kinds, usize::from(self.target))
    }

    fn pick_other(self, all: &Collections, kinds: &[Kind]) -> Option<String> {
        pick(all, kinds, usize::from(self.value))
    }

    fn line(self, all: &Collections, request: String, field: &str) -> Option<(String, FieldEdit)> {
        let fields = all.resource(&id(&request))?.fields;
        let text = fields
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or("one\ntwo\nthree\nfour\nfive\n")
            .to_owned();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = usize::from(self.target).min(lines.len());
        let new = format!("line {}", self.value);
        if self.what == 5 || at == lines.len() {
            lines.insert(at, new);
        } else {
            lines[at] = new;
        }
        Some((request, set(field, lines.join("\n") + "\n")))
    }

    fn spec(self, all: &Collections) -> Option<FieldEdit> {
        let text = all
            .resource(&id("spc_1"))?
            .fields
            .get("contents")?
            .as_str()?
            .to_owned();
        let (from, to) = match self.target {
            0 => ("title: Parcels", format!("title: Title {}", self.value)),
            1 => ("summary: Get a", format!("summary: Summary {} # why", self.value)),
            2 => (
                "        - name: size\n",
                format!(
                    "        - name: more{}\n          in: query\n        - name: size\n",
                    self.value
                ),
            ),
            3 => (
                "components: {}\n",
                format!(
                    "  /c{}:\n    get:\n      summary: New\ncomponents: {{}}\n",
                    self.value
                ),
            ),
            4 => ("description: Fine", format!("description: Fine {}", self.value)),
            _ => ("summary: Make b", format!("summary: Made {}", self.value)),
        };
        Some(set("contents", text.replacen(from, &to, 1)))
    }
}

fn pick(all: &Collections, kinds: &[Kind], number: usize) -> Option<String> {
    let mut ids: Vec<String> = all
        .ids()
        .into_iter()
        .filter(|id| all.resource(id).is_some_and(|view| kinds.contains(&view.kind)))
        .map(|id| id.0)
        .collect();
    // What is there from the beginning comes first, so that both sides meet.
    ids.sort_by_key(|id| (id.len(), id.clone()));
    let count = ids.len().max(1);
    ids.get(number % count).cloned()
}
