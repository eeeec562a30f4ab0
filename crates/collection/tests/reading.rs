//! What is read, and what is said about files that cannot be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{WORKSPACE, id, names, problem_codes, shop};
use serde_json::json;
use sheaf_collection::Collections;
use sheaf_collection::model::{Kind, Layout};

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
fn a_file_that_cannot_be_read_is_shown_as_broken() {
    let deep = format!("_id: {}1{}\n", "[".repeat(300), "]".repeat(300));
    let block_deep = format!("{}a\n", "- ".repeat(10_000));
    let flow_deep = "[".repeat(10_000);
    let bomb = {
        use std::fmt::Write;
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..9 {
            let refs = vec![format!("*a{}", level - 1); 10].join(", ");
            writeln!(text, "a{level}: &a{level} [{refs}]").unwrap();
        }
        text
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("syntax", b"_id: req_9\n  type: [\n".to_vec()),
        ("syntax", b"_id: req_9\n_id: req_9\n".to_vec()),
        ("syntax", b"_id: req_9\n---\n_id: req_9\n".to_vec()),
        ("encoding", b"_id: \xff\xfe\n".to_vec()),
        ("encoding", b"_id: a\0b\n".to_vec()),
        (
            "conflict-markers",
            b"_id: req_9\n<<<<<<< ours\nname: a\n=======\nname: b\n>>>>>>> theirs\n".to_vec(),
        ),
        ("not-a-map", b"- a\n- b\n".to_vec()),
        ("not-a-map", b"".to_vec()),
        ("too-deep", deep.into_bytes()),
        ("too-deep", block_deep.into_bytes()),
        ("too-deep", flow_deep.into_bytes()),
        ("alias-bomb", bomb.into_bytes()),
        ("alias-bomb", b"_id: &a [*a]\n".to_vec()),
        ("id-mismatch", b"_id: req_8\ntype: Request\n".to_vec()),
        ("type-mismatch", b"_id: req_9\ntype: Environment\n".to_vec()),
    ];
    for (code, bytes) in cases {
        let path = ".insomnia/Request/req_9.yml";
        let all = with_workspace(path, &bytes);
        assert_eq!(
            problem_codes(&all),
            [code],
            "{}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(60)])
        );
        let problem = &all.problems()[0];
        assert!(problem.line.is_some() && problem.column.is_some(), "{problem:?}");
        let tree = &all.trees()[0];
        assert_eq!(tree.items[0].kind, Kind::Broken, "{code}");
        assert_eq!(
            tree.items[0]
                .problem
                .as_ref()
                .map(|problem| problem.code.as_str()),
            Some(code)
        );
        let view = all.resource(&id(path)).unwrap();
        assert!(view.read_only);
        assert!(all.set_fields(&id(path), &[common::set("name", "x")], 1).is_err());
        assert_eq!(all.delete(&id(path), 1).unwrap()[0].after, None);
    }
}

#[test]
fn an_unknown_type_is_left_alone() {
    let all = with_workspace(
        ".insomnia/Teapot/tea_1.yml",
        b"_id: tea_1\ntype: Teapot\nparentId: wrk_1\n",
    );
    assert_eq!(problem_codes(&all), ["unknown-type"]);
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
