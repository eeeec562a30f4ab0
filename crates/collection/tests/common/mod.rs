//! A small shop in the legacy layout.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(dead_code)]

pub(crate) mod by_lines;
pub(crate) mod corpus;
pub(crate) mod merging;
pub(crate) mod scripts;

use serde_json::Value;
use sheaf_collection::Collections;
use sheaf_collection::model::{FieldEdit, FileEdit, ResourceId, TreeNode};

pub(crate) const NOW: i64 = 1_800_000_000_000;

pub(crate) const WORKSPACE: &str = "\
_id: wrk_1
type: Workspace
parentId: null
modified: 1718000000000
created: 1717000000000
name: Parcels
description: \"\"
scope: collection
";

pub(crate) const ENVIRONMENT: &str = "\
_id: env_1
type: Environment
parentId: wrk_1
modified: 1718000000000
created: 1717000000000
name: Base Environment
data:
  base_url: https://parcels.example.test
  retries: 3
  nested:
    a.b: true
dataPropertyOrder:
  \"&\":
    - base_url
    - retries
    - nested
  \"&~|nested\":
    - a.b
color: null
isPrivate: false
metaSortKey: 1717000000000
";

pub(crate) const FOLDER: &str = "\
_id: fld_1
type: RequestGroup
parentId: wrk_1
modified: 1718000000000
created: 1717000000000
name: Shipments
description: \"\"
environment: {}
environmentPropertyOrder: null
metaSortKey: -1717000000100
";

pub(crate) const REQUEST: &str = "\
# who wrote this by hand wants to keep it
_id: req_1
type: Request
parentId: fld_1
modified: 1718000000000
created: 1717000000000
url:   \"{{ _.base_url }}/shipments/:id\"   # the address
name: Create shipment
description: ''
method: POST
x-own: [1, 2,   3]
body:
    mimeType: application/json
    text: |-
        {
        \t\"ref\": \"SH-1\"
        }
parameters:
  - id: pair_a1b2
    name: dryRun
    value: \"true\"
    disabled: true
headers:
  # what comes back
  - name: Content-Type
    value: application/json
  - name: X-Tenant
    value: acme # the tenant
  - name: X-Tenant
    value: other
authentication:
  type: bearer
  token: \"{{ _.token }}\"
preRequestScript: null
metaSortKey: -1717000000050.5
isPrivate: false
pathParameters: null
";

pub(crate) const SECOND: &str = "\
_id: req_2
type: Request
parentId: fld_1
modified: 1718000000000
created: 1717000000000
url: /track
name: Track
method: GET
body: {}
parameters: []
headers: []
authentication: {}
metaSortKey: -1717000000040
";

pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    [
        (".insomnia/Workspace/wrk_1.yml", WORKSPACE),
        (".insomnia/Environment/env_1.yml", ENVIRONMENT),
        (".insomnia/RequestGroup/fld_1.yml", FOLDER),
        (".insomnia/Request/req_1.yml", REQUEST),
        (".insomnia/Request/req_2.yml", SECOND),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .collect()
}

pub(crate) fn shop() -> Collections {
    Collections::read(files())
}

pub(crate) fn id(text: &str) -> ResourceId {
    ResourceId(text.to_owned())
}

pub(crate) fn set(path: &str, value: impl Into<Value>) -> FieldEdit {
    FieldEdit {
        path: path.to_owned(),
        value: Some(value.into()),
    }
}

pub(crate) fn unset(path: &str) -> FieldEdit {
    FieldEdit {
        path: path.to_owned(),
        value: None,
    }
}

pub(crate) fn applied(all: &Collections, edits: Vec<FileEdit>) -> Collections {
    all.with_files(edits.into_iter().map(|edit| (edit.path, edit.after)))
}

/// Text of the only file that is written.
pub(crate) fn only_text(edits: &[FileEdit]) -> String {
    assert_eq!(edits.len(), 1, "{edits:?}");
    String::from_utf8(edits[0].after.clone().expect("a file")).expect("UTF-8")
}

pub(crate) fn names(nodes: &[TreeNode]) -> Vec<&str> {
    nodes.iter().map(|node| node.name.as_str()).collect()
}

pub(crate) fn problem_codes(all: &Collections) -> Vec<String> {
    all.problems().into_iter().map(|problem| problem.code).collect()
}
