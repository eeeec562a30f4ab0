//! Insomnia's own files.

use serde_json::json;
use sheaf_collection::model::Kind;
use sheaf_collection::{Collections, Scope, read_import};

use crate::samples::{INSOMNIA_4, INSOMNIA_5, POSTMAN};
use crate::support::{NOW, import, import_into};

const LIST: &str = "req_11111111111111111111111111111111";

#[test]
fn an_export_keeps_ids_order_and_references() {
    let done = import(&[("export.json", INSOMNIA_4)]);
    assert_eq!(
        done.tree(),
        [
            "Exported",
            "  Folder",
            "    GET List",
            "  Base Environment",
            "    Mine",
            "    Staging",
            "  Suite",
            "    Test"
        ]
    );
    let list = done.request("List");
    assert_eq!(list["_id"], LIST);
    assert_eq!(list["metaSortKey"], -5);
    assert_eq!(done.fields(Kind::UnitTest, "Test")["requestId"], LIST);
    assert_eq!(done.fields(Kind::Workspace, "Exported")["scope"], "design");
    assert_eq!(
        done.fields(Kind::ApiSpec, "a.yaml")["contents"],
        "openapi: 3.0.0\n"
    );
    assert!(done.says("oddField of List"));
    assert!(done.says("private environment is kept where Git never sees it: Mine"));
    assert!(done.says("Cookies are not taken"));
}

#[test]
fn ids_that_are_taken_are_made_anew_with_their_references() {
    let first = import(&[("export.json", INSOMNIA_4)]);
    let second = import_into(&first.all, &[("export.json", INSOMNIA_4)]);
    let ids = second.all.ids();
    assert_eq!(ids.len(), 18);
    let tests: Vec<_> = ids
        .iter()
        .filter_map(|id| second.all.resource(id))
        .filter(|resource| resource.kind == Kind::UnitTest)
        .collect();
    assert_eq!(tests.len(), 2);
    assert_ne!(tests[0].fields["requestId"], tests[1].fields["requestId"]);
    for test in tests {
        let request =
            sheaf_collection::model::ResourceId(test.fields["requestId"].as_str().unwrap().to_owned());
        assert!(second.all.resource(&request).is_some());
    }
}

#[test]
fn an_export_in_yaml_is_the_same() {
    let text = "_type: export\n__export_format: 4\nresources:\n  - _id: req_1\n    _type: request\n    parentId: wrk_1\n    name: One\n    url: https://a.test\n    method: GET\n  - _id: wrk_1\n    _type: workspace\n    name: Yaml\n";
    assert_eq!(import(&[("a.yaml", text)]).tree()[..2], ["Yaml", "  GET One"]);
}

#[test]
fn a_collection_file_of_version_5_is_read() {
    let done = import(&[("five.yaml", INSOMNIA_5)]);
    assert_eq!(
        done.tree(),
        ["Five", "  Orders", "    GET Get", "  Base Environment"]
    );
    assert_eq!(done.request("Get")["preRequestScript"], "a()");
    assert_eq!(
        done.fields(Kind::Environment, "Base Environment")["data"],
        json!({"a": 1})
    );
}

#[test]
fn a_folder_of_git_sync_is_read() {
    let (_, files) = Collections::default().create_collection("Synced", Scope::Collection, NOW, |_| false);
    let files = files
        .into_iter()
        .map(|file| (format!("other/{}", file.path), file.after.unwrap()))
        .collect();
    let plan = read_import(files)
        .unwrap()
        .into_new(&Collections::default(), |_| false, NOW)
        .unwrap();
    assert_eq!(plan.files.len(), 2);
}

#[test]
fn a_collection_goes_into_a_folder_of_another() {
    let first = import(&[("export.json", INSOMNIA_4)]);
    let holder = first.all.find("Exported/Folder").unwrap();
    let plan = read_import(vec![("p.json".to_owned(), POSTMAN.as_bytes().to_vec())])
        .unwrap()
        .into_holder(&first.all, &holder, NOW)
        .unwrap();
    let all = first
        .all
        .with_files(plan.files.into_iter().map(|file| (file.path, file.after)));
    assert_eq!(all.problems(), []);
    let tree = &all.trees()[0];
    let folder = &tree.items[0];
    assert_eq!(folder.children.len(), 2);
    assert_eq!(folder.children[1].name, "Parcels");
    let environment = all.resource(&folder.children[1].id).unwrap().fields["environment"].clone();
    assert_eq!(environment["base"], "https://api.test");
}

#[test]
fn a_collection_goes_into_a_collection_file() {
    let five = Collections::read(vec![("five.yaml".to_owned(), INSOMNIA_5.as_bytes().to_vec())]);
    let holder = five.find("Orders").unwrap();
    let plan = read_import(vec![("p.json".to_owned(), POSTMAN.as_bytes().to_vec())])
        .unwrap()
        .into_holder(&five, &holder, NOW)
        .unwrap();
    assert_eq!(plan.files.len(), 1);
    let all = five.with_files(plan.files.into_iter().map(|file| (file.path, file.after)));
    assert_eq!(all.problems(), []);
    assert!(all.find("Create").is_ok() && all.find("Graph").is_ok());
}

#[test]
fn a_project_with_collection_files_gets_another_one() {
    let five = Collections::read(vec![("api/five.yaml".to_owned(), INSOMNIA_5.as_bytes().to_vec())]);
    let done = import_into(&five, &[("export.json", INSOMNIA_4)]);
    let tree = done
        .all
        .trees()
        .into_iter()
        .find(|tree| tree.name == "Exported")
        .unwrap();
    assert_eq!(tree.path, "api/exported.yaml");
    assert_eq!(done.request("List")["_id"], LIST);
    assert_eq!(done.fields(Kind::UnitTest, "Test")["requestId"], LIST);
    let mine = done
        .all
        .ids()
        .into_iter()
        .find(|id| id.0 == "env_22222222222222222222222222222222")
        .unwrap();
    assert_eq!(
        done.all.resource(&mine).unwrap().path,
        ".git/sheaf/private/env_22222222222222222222222222222222.yml"
    );
    let plan = read_import(vec![("p.json".to_owned(), POSTMAN.as_bytes().to_vec())])
        .unwrap()
        .into_new(&five, |path| path == "api/parcels.yaml", NOW)
        .unwrap();
    assert_eq!(plan.files[0].path, "api/parcels_2.yaml");
}
