//! Where collections may lie, and what is said where Insomnia would not see them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{NOW, WORKSPACE, applied, id, names, problem_codes, set};
use sheaf_collection::Collections;
use sheaf_collection::model::{Kind, Layout};

const V5: &str = "\
type: collection.insomnia.rest/5.0
schema_version: \"5.1\"
name: Parcels
meta:
  id: wrk_5
collection:
  - url: /ping
    name: Ping
    meta:
      id: req_5
    method: GET
";

fn read(files: &[(&str, &str)]) -> Collections {
    Collections::read(
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())),
    )
}

fn request(id: &str, parent: &str) -> String {
    format!("_id: {id}\ntype: Request\nparentId: {parent}\nname: {id}\nurl: /\nmethod: GET\n")
}

#[test]
fn a_tree_may_lie_in_any_folder() {
    let workspace = WORKSPACE.replace("wrk_1", "wrk_a").replace("Parcels", "Second");
    let all = read(&[
        (".insomnia/Workspace/wrk_1.yml", WORKSPACE),
        (".insomnia/Request/req_1.yml", &request("req_1", "wrk_1")),
        ("services/a/.insomnia/Workspace/wrk_a.yml", &workspace),
        (
            "services/a/.insomnia/Request/req_a.json",
            "{\"_id\": \"req_a\", \"type\": \"Request\", \"parentId\": \"wrk_a\", \"name\": \"A\"}",
        ),
        (
            "services/a/.insomnia/Request/req_lost.yaml",
            &request("req_lost", "fld_gone"),
        ),
    ]);
    assert_eq!(problem_codes(&all), ["missing-parent"]);
    let trees = all.trees();
    assert_eq!(trees.len(), 2);
    assert_eq!(names(&trees[0].items), ["req_1"]);
    assert_eq!(
        names(&trees[1].items),
        ["A", "req_lost"],
        "the lost one is shown in its own tree"
    );

    let (_, edits) = all.create(Kind::Request, &id("wrk_a"), "New", NOW).unwrap();
    assert!(
        edits[0].path.starts_with("services/a/.insomnia/Request/req_"),
        "{}",
        edits[0].path
    );
    let (_, edits) = all.duplicate(&id("wrk_a"), NOW, |_| false).unwrap();
    assert!(
        edits
            .iter()
            .all(|edit| edit.path.starts_with("services/a/.insomnia/"))
    );
}

#[test]
fn several_collections_share_a_tree() {
    let second = WORKSPACE.replace("wrk_1", "wrk_2").replace("Parcels", "Orders");
    let all = read(&[
        (".insomnia/Workspace/wrk_1.yml", WORKSPACE),
        (".insomnia/Workspace/wrk_2.yml", &second),
        (".insomnia/Request/req_1.yml", &request("req_1", "wrk_1")),
        (".insomnia/Request/req_2.yml", &request("req_2", "wrk_2")),
    ]);
    let trees = all.trees();
    assert_eq!(
        trees.iter().map(|tree| tree.name.as_str()).collect::<Vec<_>>(),
        ["Orders", "Parcels"]
    );
    assert_eq!(
        (names(&trees[0].items), names(&trees[1].items)),
        (vec!["req_2"], vec!["req_1"])
    );
    assert_eq!(all.problems(), []);
}

#[test]
fn a_v5_file_within_the_tree_is_told_by_its_content() {
    for path in [
        ".insomnia/parcels.yaml",
        ".insomnia/Request/parcels.yaml",
        "a/b/Any name ⍺.yaml",
    ] {
        let all = read(&[(path, V5), (".insomnia/Workspace/wrk_1.yml", WORKSPACE)]);
        assert_eq!(all.problems(), [], "{path}");
        let trees = all.trees();
        let tree = trees.iter().find(|tree| tree.layout == Layout::V5).unwrap();
        assert_eq!((tree.path.as_str(), names(&tree.items)), (path, vec!["Ping"]));
    }
}

#[test]
fn files_that_insomnia_would_not_see_say_so_and_can_be_edited() {
    let reordered =
        V5.replacen("type: collection.insomnia.rest/5.0\n", "", 1) + "type: collection.insomnia.rest/5.0\n";
    for (path, text) in [
        ("parcels.yaml", format!("# ours\n{V5}")),
        ("parcels.yaml", format!("---\n{V5}")),
        ("parcels.yaml", reordered),
        ("parcels.yml", V5.to_owned()),
    ] {
        let all = read(&[(path, &text)]);
        assert_eq!(problem_codes(&all), ["unseen-by-insomnia"], "{text}");
        assert_eq!(names(&all.trees()[0].items), ["Ping"]);
        let all = applied(
            &all,
            all.set_fields(&id("req_5"), &[set("url", "/pong")], NOW).unwrap(),
        );
        assert_eq!(all.resource(&id("req_5")).unwrap().fields["url"], "/pong");
    }
    for (path, text) in [
        ("bom.yaml", format!("\u{feff}{V5}")),
        (
            "quoted.yaml",
            V5.replacen(
                "type: collection.insomnia.rest/5.0",
                "\"type\": 'collection.insomnia.rest/5.0'",
                1,
            ),
        ),
    ] {
        assert_eq!(read(&[(path, &text)]).problems(), [], "{path}");
    }
}

#[test]
fn a_copy_of_a_collection_is_one_problem() {
    let all = read(&[("a.yaml", V5), ("b.yaml", V5)]);
    assert_eq!(problem_codes(&all), ["same-collection"]);
    let trees = all.trees();
    assert_eq!(trees.len(), 2);
    let copy = trees.iter().find(|tree| tree.read_only).unwrap();
    assert_eq!((copy.path.as_str(), copy.items[0].kind), ("b.yaml", Kind::Broken));
    assert_eq!(all.delete(&id("b.yaml"), NOW).unwrap()[0].path, "b.yaml");

    let files: Vec<_> = common::files()
        .into_iter()
        .flat_map(|(path, bytes)| [(format!("copy/{path}"), bytes.clone()), (path, bytes)])
        .collect();
    let all = Collections::read(files);
    assert_eq!(problem_codes(&all), ["same-collection"]);
    assert_eq!(all.problems()[0].path, "copy/.insomnia");
    assert_eq!(all.trees().len(), 2);
}

#[test]
fn a_lint_ruleset_belongs_to_the_project() {
    let ruleset = "_id: plr_1\ntype: ProjectLintRuleset\nparentId: null\nmodified: 1\ncreated: 1\nrulesetContent: |\n  extends: spectral:oas\n";
    let all = read(&[
        (".insomnia/ProjectLintRuleset/plr_1.yml", ruleset),
        (".insomnia/Workspace/wrk_1.yml", WORKSPACE),
    ]);
    assert_eq!(all.problems(), []);
    assert_eq!(all.trees()[0].others[0].kind, Kind::ProjectLintRuleset);
    let edits = all
        .set_fields(&id("plr_1"), &[set("rulesetContent", "extends: []\n")], NOW)
        .unwrap();
    assert_eq!(
        applied(&all, edits).resource(&id("plr_1")).unwrap().fields["rulesetContent"],
        "extends: []\n"
    );
}

#[test]
fn items_without_sort_keys_stand_as_in_the_file() {
    use std::fmt::Write;
    let mut text = String::from("type: collection.insomnia.rest/5.0\nname: A\ncollection:\n");
    for number in 0..12 {
        write!(text, "  - name: R{number}\n    url: /\n    method: GET\n").unwrap();
    }
    let all = read(&[("a.yaml", &text)]);
    let expected: Vec<_> = (0..12).map(|number| format!("R{number}")).collect();
    assert_eq!(names(&all.trees()[0].items), expected);
}
