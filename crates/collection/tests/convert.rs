//! From the tree to one file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::path::Path;

use common::{NOW, applied, id, names};
use sheaf_collection::model::{Kind, Layout};
use sheaf_collection::{Collections, Conversion, changes};

fn convert(all: &Collections, collection: &str) -> (Conversion, String) {
    let done = all.convert(&id(collection), NOW, |_| false).unwrap();
    let file = done.files.iter().find(|file| file.path == done.path).unwrap();
    let text = String::from_utf8(file.after.clone().unwrap()).unwrap();
    (done, text)
}

/// The golden file is older than the key for the schema version. And Insomnia drops whatever is empty from the spec,
/// which here are its security requirements (`security: []`, `- Basic: []`): those are kept.
#[test]
fn the_result_is_that_of_insomnias_own_migration() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/migrated-pair");
    let mut files = Vec::new();
    for kind in ["ApiSpec", "Workspace", "Environment", "Request"] {
        let path = folder.join("before/.insomnia").join(kind);
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            files.push((
                format!(".insomnia/{kind}/{name}"),
                std::fs::read(entry.path()).unwrap(),
            ));
        }
    }
    if files.is_empty() {
        eprintln!("skipped: no corpus");
        return;
    }
    let all = Collections::read(files);
    let (done, text) = convert(&all, "wrk_d58fc511fbf1495591e9939627cf4b9a");
    let golden = std::fs::read_to_string(folder.join("after").join(&done.path)).unwrap();
    let is_lost = |line: &&str| {
        let bare = line.trim();
        bare.starts_with("security:")
            || bare == "- {}"
            || bare.ends_with(": []")
            || bare.starts_with("schema_version")
    };
    let left: Vec<&str> = text.lines().filter(|line| !is_lost(line)).collect();
    assert_eq!(left.join("\n") + "\n", golden);
    assert_eq!(
        text.matches("          security:").count(),
        12,
        "what Insomnia drops stays"
    );
    assert_eq!(done.files.len(), 10, "one is written, nine are deleted");
    assert_eq!(done.kept, [""; 0]);
    assert!(done.lost_comments.is_empty(), "{:?}", done.lost_comments);
}

const SPEC: &str = "_id: spc_1\ntype: ApiSpec\nparentId: wrk_1\nmodified: 2\ncreated: 1\nfileName: a.yaml\ncontents: |\n  # ours\n  openapi: '3.0.3' # quoted\n  paths: {}\ncontentType: yaml\n";
const SOCKET: &str = "_id: ws-req_1\ntype: WebSocketRequest\nparentId: fld_1\nmodified: 2\ncreated: 1\nname: Feed\nurl: wss://x\nmetaSortKey: -1\nheaders:\n  - id: pair_1\n    name: A\n    value: b\n  - id: pair_2\n    name: \"\"\n    value: \"\"\nauthentication: {}\n";
const PAYLOAD: &str = "_id: ws-payload_1\ntype: WebSocketPayload\nparentId: ws-req_1\nmodified: 2\ncreated: 1\nname: Hello\nvalue: hi\nmode: text/plain\n";
const PROTO: &str =
    "_id: pf_1\ntype: ProtoFile\nparentId: wrk_1\nmodified: 2\ncreated: 1\nname: a.proto\nprotoText: \"\"\n";

fn shop() -> Collections {
    let mut files = common::files();
    for (path, text) in [
        ("ApiSpec/spc_1", SPEC),
        ("WebSocketRequest/ws-req_1", SOCKET),
        ("WebSocketPayload/ws-payload_1", PAYLOAD),
        ("ProtoFile/pf_1", PROTO),
    ] {
        files.push((format!(".insomnia/{path}.yml"), text.as_bytes().to_vec()));
    }
    Collections::read(files)
}

#[test]
fn what_insomnia_would_lose_is_kept() {
    let all = shop();
    let (done, text) = convert(&all, "wrk_1");
    assert_eq!(done.path, "insomnia.wrk_1.yaml");
    assert_eq!(done.kept, ["1 WebSocket message", "1 proto file"]);
    // Those in the API spec go along with its text.
    let request = (".insomnia/Request/req_1.yml".to_owned(), 4);
    assert_eq!(Vec::from_iter(done.lost_comments.clone()), [request]);
    assert!(text.starts_with(
        "type: spec.insomnia.rest/5.0\nschema_version: \"5.1\"\nname: Parcels\nmeta:\n  id: wrk_1\n"
    ));
    assert!(
        text.contains(
            "spec:\n  contents:\n    # ours\n    openapi: '3.0.3' # quoted\n    paths: {}\n  meta:\n"
        ),
        "{text}"
    );
    assert!(
        text.contains("        headers:\n          - name: A\n            value: b\n"),
        "{text}"
    );
    assert!(
        !text.contains("pair_") && !text.contains("value: \"\"\n"),
        "{text}"
    );
    assert!(text.contains("x-own:\n"), "unknown keys stay: {text}");
    let after = applied(&all, done.files.clone());
    assert_eq!(after.problems(), []);
    let trees = after.trees();
    let [tree] = trees.as_slice() else {
        panic!("{trees:?}")
    };
    assert_eq!((tree.layout, names(&tree.items)), (Layout::V5, vec!["Shipments"]));
    assert_eq!(
        after.resource(&id("pf_1")).unwrap().path,
        ".sheaf/.insomnia/ProtoFile/pf_1.yml"
    );
    assert_eq!(
        after.resource(&id("ws-payload_1")).unwrap().parent_id,
        Some(id("ws-req_1"))
    );
    assert_eq!(after.ids().len(), all.ids().len());
    let told = changes(&all, &after);
    assert!(told.iter().all(|change| change.kind != Kind::Broken), "{told:?}");
}

#[test]
fn what_cannot_be_converted_is_left_alone() {
    let all = shop();
    assert_eq!(
        all.convert(&id("req_1"), NOW, |_| false).unwrap_err().code(),
        "bad-place"
    );
    let (done, _) = convert(&all, "wrk_1");
    let after = applied(&all, done.files);
    assert_eq!(
        after.convert(&id("wrk_1"), NOW, |_| false).unwrap_err().code(),
        "bad-place"
    );
    let broken = all.with_files([(".insomnia/Request/req_9.yml".to_owned(), Some(b"a: [".to_vec()))]);
    assert_eq!(
        broken.convert(&id("wrk_1"), NOW, |_| false).unwrap_err().code(),
        "bad-place"
    );
    let taken = all
        .convert(&id("wrk_1"), NOW, |path| path == "insomnia.wrk_1.yaml")
        .unwrap();
    assert_eq!(taken.path, "parcels.yaml");
}
