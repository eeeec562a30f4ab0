//! What is read, and what is said about files that cannot be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{WORKSPACE, id, names, problem_codes, shop};
use serde_json::json;
use sheaf_collection::Collections;
use sheaf_collection::model::Layout;

fn read(files: &[(&str, &str)]) -> Collections {
    Collections::read(
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())),
    )
}

fn with_workspace(path: &str, bytes: &[u8]) -> Collections {
    let workspace = (
        ".insomnia/Workspace/wrk_1.yml".to_owned(),
        WORKSPACE.as_bytes().to_vec(),
    );
    Collections::read([workspace, (path.to_owned(), bytes.to_vec())])
}

#[test]
fn the_tree_shows_everything_in_order() {
    let all = shop();
    let trees = all.trees();
    let [tree] = trees.as_slice() else {
        panic!("{trees:?}")
    };
    assert_eq!(
        (tree.name.as_str(), tree.layout, tree.read_only),
        ("Parcels", Layout::Legacy, false)
    );
    assert_eq!(names(&tree.items), ["Shipments"]);
    assert_eq!(names(&tree.items[0].children), ["Create shipment", "Track"]);
    assert_eq!(tree.items[0].children[0].method.as_deref(), Some("POST"));
    assert_eq!(names(&tree.environments), ["Base Environment"]);
    assert_eq!(all.problems(), []);
    assert_eq!(all.ids().len(), 5);
}

#[test]
fn a_resource_has_its_fields_in_file_order() {
    let view = shop().resource(&id("req_1")).unwrap();
    assert_eq!(
        view.fields.keys().take(4).collect::<Vec<_>>(),
        ["_id", "type", "parentId", "modified"]
    );
    assert_eq!(view.fields["body"]["text"], json!("{\n\t\"ref\": \"SH-1\"\n}"));
    assert_eq!(view.fields["metaSortKey"], json!(-1_717_000_000_050.5));
    assert_eq!(view.collection_id, Some(id("wrk_1")));
    assert_eq!(view.version.len(), 40);
}

#[test]
fn byte_order_marks_and_windows_line_ends_are_read() {
    let text = "\u{feff}_id: req_9\r\ntype: Request\r\nparentId: wrk_1\r\nname: ä\r\ndescription: |-\r\n  a\r\n  b\r\n";
    let all = with_workspace(".insomnia/Request/req_9.yml", text.as_bytes());
    assert_eq!(all.problems(), []);
    assert_eq!(all.resource(&id("req_9")).unwrap().fields["description"], "a\nb");
}

#[test]
fn json_files_are_read() {
    let text = "{\n\t\"_id\": \"req_9\", \"type\": \"Request\",\n\t\"parentId\": \"wrk_1\", \"name\": \"\\ud83d\\ude00\"}";
    let all = with_workspace(".insomnia/Request/req_9.json", text.as_bytes());
    assert_eq!(all.resource(&id("req_9")).unwrap().name, "😀");
}

#[test]
fn lost_resources_stand_at_the_top() {
    let request =
        |id: &str, parent: &str| format!("_id: {id}\ntype: Request\nparentId: {parent}\nname: {id}\n");
    let folder =
        |id: &str, parent: &str| format!("_id: {id}\ntype: RequestGroup\nparentId: {parent}\nname: {id}\n");
    let all = read(&[
        (".insomnia/Workspace/wrk_1.yml", WORKSPACE),
        (".insomnia/Request/req_1.yml", &request("req_1", "fld_gone")),
        (".insomnia/Request/req_2.yaml", &request("req_2", "fld_a")),
        (".insomnia/Request/req_3.yml", &request("req_3", "wrk_1")),
        (".insomnia/Request/req_3.yaml", &request("req_3", "wrk_1")),
        (".insomnia/RequestGroup/fld_a.yml", &folder("fld_a", "fld_b")),
        (".insomnia/RequestGroup/fld_b.yml", &folder("fld_b", "fld_a")),
    ]);
    let mut codes = problem_codes(&all);
    codes.sort();
    assert_eq!(codes, ["cycle", "duplicate-id", "missing-parent"]);
    let trees = all.trees();
    let [tree] = trees.as_slice() else {
        panic!("{trees:?}")
    };
    let mut shown = names(&tree.items);
    shown.sort_unstable();
    assert_eq!(shown, ["fld_a", "req_1", "req_3", "req_3"]);
    let nested = tree.items.iter().find(|node| node.name == "fld_a").unwrap();
    assert_eq!(names(&nested.children), ["fld_b", "req_2"]);
}

#[test]
fn folders_within_folders_without_end_do_no_harm() {
    let mut files = vec![(
        ".insomnia/Workspace/wrk_1.yml".to_owned(),
        WORKSPACE.as_bytes().to_vec(),
    )];
    for number in 0..2000 {
        let parent = if number == 0 {
            "wrk_1".to_owned()
        } else {
            format!("fld_{}", number - 1)
        };
        let text = format!("_id: fld_{number}\ntype: RequestGroup\nparentId: {parent}\nname: n\n");
        files.push((
            format!(".insomnia/RequestGroup/fld_{number}.yml"),
            text.into_bytes(),
        ));
    }
    let all = Collections::read(files);
    let json = serde_json::to_string(&all.trees()).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
    assert!(problem_codes(&all).iter().all(|code| code == "too-deep"));
}

#[test]
fn what_belongs_to_a_broken_collection_stays_together() {
    let all = read(&[
        (".insomnia/Workspace/wrk_1.yml", "_id: ["),
        (
            ".insomnia/Request/req_1.yml",
            "_id: req_1\ntype: Request\nparentId: wrk_1\nname: R\n",
        ),
    ]);
    let trees = all.trees();
    assert!(trees[0].read_only);
    assert_eq!(names(&trees[0].items), ["wrk_1.yml", "R"]);
}

#[test]
fn files_are_told_by_path_and_first_line() {
    assert!(Collections::may_hold(".insomnia/Request/req_1.yml"));
    assert!(Collections::may_hold("apis/shop.yaml"));
    assert!(Collections::may_hold("apis/.insomnia/Request/req_1.yml"));
    assert!(!Collections::may_hold("apis/shop.txt"));
    assert!(Collections::is_v5(b"type: collection.insomnia.rest/5.0\nname: A"));
    assert!(Collections::is_v5(b"type: \"mcpClient.insomnia/5.0\""));
    assert!(!Collections::is_v5(b"# type: collection.insomnia.rest/5.0\n"));
    assert!(Collections::is_v5(b"---\ntype: collection.insomnia.rest/5.0\n"));
    assert!(!Collections::is_v5(b"a:\n  type: collection.insomnia.rest/5.0\n"));
    let all = read(&[("openapi.yaml", "openapi: 3.0.3\n")]);
    assert!(all.is_empty());
    assert!(all.trees().is_empty());
}

#[test]
fn names_paths_and_ids_find_resources() {
    let all = shop();
    for what in [
        "req_2",
        ".insomnia/Request/req_2.yml",
        "track",
        "Parcels/Shipments/Track",
        "Shipments/Track",
    ] {
        assert_eq!(all.find(what), Ok(id("req_2")), "{what}");
    }
    assert_eq!(all.find("nothing").unwrap_err().code(), "not-found");
    let twice = all.with_files([(
        ".insomnia/Request/req_3.yml".to_owned(),
        Some(b"_id: req_3\ntype: Request\nparentId: wrk_1\nname: track\n".to_vec()),
    )]);
    let error = twice.find("Track").unwrap_err();
    assert_eq!(error.code(), "ambiguous");
    assert!(
        error.to_string().contains("Parcels/Shipments/Track (req_2)"),
        "{error}"
    );
}
