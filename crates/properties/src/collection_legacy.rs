//! A collection of which one file holds anything: all of it can be shown, and edited where it can be read.
use serde_json::json;
use sheaf_collection::model::{Answers, FieldEdit, ResourceId};
use sheaf_collection::{Beyond, Collections, MergeSides, merge};

const WORKSPACE: &str = "_id: wrk_1\ntype: Workspace\nparentId: null\nname: Parcels\nscope: collection\n";
const KINDS: [&str; 8] = [
    "Request/req_1.yml",
    "Environment/env_1.yml",
    "RequestGroup/fld_1.yml",
    "ApiSpec/spc_1.yml",
    "UnitTest/ut_1.yml",
    "WebSocketRequest/ws-req_1.yaml",
    "Request/req_2.json",
    "Workspace/wrk_2.yml",
];

/// Nothing is known of other files.
struct Nothing;

impl Beyond for Nothing {
    fn place(&self, _: &ResourceId) -> Option<(String, Option<ResourceId>)> {
        None
    }
}

pub(crate) fn check(bytes: &[u8]) {
    let Some((kind, bytes)) = bytes.split_first() else {
        return;
    };
    let path = format!(".insomnia/{}", KINDS[usize::from(*kind) % KINDS.len()]);
    let files = [
        (
            ".insomnia/Workspace/wrk_1.yml".to_owned(),
            WORKSPACE.as_bytes().to_vec(),
        ),
        (path.clone(), bytes.to_vec()),
    ];
    let all = Collections::read(files);
    let _ = (all.trees(), all.problems());
    let edits = [
        FieldEdit {
            path: "name".to_owned(),
            value: Some(json!("a\nb: #")),
        },
        FieldEdit {
            path: "body.text".to_owned(),
            value: Some(json!(" {\n\t\"a\": 1\n}\n")),
        },
    ];
    for id in all.ids() {
        for edit in &edits {
            let Ok(written) = all.set_fields(&id, std::slice::from_ref(edit), 1) else {
                continue;
            };
            let after = all.with_files(written.into_iter().map(|edit| (edit.path, edit.after)));
            assert!(after.resource(&id).is_some());
            let _ = sheaf_collection::changes(&all, &after);
        }
    }
    let _ = all.delete(&ResourceId(path.clone()), 1);
    let theirs = all.with_files([(path, Some(b"name: b\n".to_vec()))]);
    let base = Collections::read([(
        ".insomnia/Workspace/wrk_1.yml".to_owned(),
        WORKSPACE.as_bytes().to_vec(),
    )]);
    let sides = MergeSides {
        bases: &[&base],
        ours: &all,
        theirs: &theirs,
        beyond: &Nothing,
    };
    let _ = merge(&sides, &Answers::default());
}
