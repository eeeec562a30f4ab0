//! Import and export from the command line; real `git` and the files are the judges.

#![allow(clippy::unwrap_used, reason = "a test fails with what is missing")]

mod support;

use std::fs;
use std::path::Path;

use support::Desk;

const POSTMAN: &str = r#"{"info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
  "variable": [{"key": "base", "value": "https://api.test"}, {"key": "token", "value": "abc123"}],
  "item": [{"name": "Orders", "item": [{"name": "List", "request": {"method": "GET", "url": "{{base}}/orders"}, "response": [{}]}]}]}"#;
const OPENAPI: &str =
    "openapi: 3.0.3\ninfo: {title: Spec shop, version: '1'}\npaths:\n  /a:\n    get: {summary: Get a}\n";
const HAR: &str =
    r#"{"log": {"entries": [{"request": {"method": "GET", "url": "https://a.test/x", "headers": []}}]}}"#;
const EXPORT: &str = r#"{"_type": "export", "__export_format": 4, "resources": [{"_id": "wrk_1", "_type": "workspace", "name": "Insomnia shop"}, {"_id": "req_1", "_type": "request", "parentId": "wrk_1", "name": "One", "url": "https://a.test", "method": "GET"}]}"#;

fn file(dir: &Path, path: &str, text: &str) -> String {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

fn bruno(dir: &Path) -> String {
    file(
        dir,
        "bruno/bruno.json",
        r#"{"version": "1", "name": "Bruno shop", "type": "collection"}"#,
    );
    file(
        dir,
        "bruno/get.bru",
        "meta {\n  name: Get\n  seq: 1\n}\n\nget {\n  url: https://a.test\n}\n",
    );
    dir.join("bruno").to_string_lossy().into_owned()
}

fn yaak(dir: &Path) -> String {
    file(
        dir,
        "yaak/yaak.wk_1.yaml",
        "type: workspace\nmodel: workspace\nid: wk_1\nname: Yaak shop\n",
    );
    file(
        dir,
        "yaak/yaak.rq_1.yaml",
        "type: http_request\nmodel: http_request\nid: rq_1\nworkspaceId: wk_1\nname: Get\nmethod: GET\nurl: https://a.test\n",
    );
    dir.join("yaak").to_string_lossy().into_owned()
}

#[test]
fn every_format_is_imported_and_committed() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let home = desk.home().to_owned();
    let sources = [
        ("Shop", file(&home, "p.json", POSTMAN)),
        ("Spec shop", file(&home, "openapi.yaml", OPENAPI)),
        ("x", file(&home, "x.har", HAR)),
        (
            "cURL",
            file(&home, "c.txt", "curl https://a.test/users -H 'A: b'\n"),
        ),
        ("Insomnia shop", file(&home, "e.json", EXPORT)),
        ("Bruno shop", bruno(&home)),
        ("Yaak shop", yaak(&home)),
    ];
    for (name, path) in &sources {
        let done = desk.ok(&dir, &["import", path]);
        assert_eq!(done["names"][0], *name, "{done}");
        assert!(!desk.git(&dir, &["status", "--porcelain"]).is_empty());
        desk.ok(&dir, &["commit", "-m", &format!("Import {name}")]);
        desk.clean(&dir);
    }
    let list = desk.ok(&dir, &["list"]);
    assert_eq!(list["collections"].as_array().unwrap().len(), sources.len() + 1);
    assert_eq!(list["problems"].as_array().unwrap().len(), 0, "{list}");
    desk.git(&dir, &["fsck", "--strict"]);
}

#[test]
fn an_import_is_one_step_that_can_be_undone() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let path = file(desk.home(), "p.json", POSTMAN);
    let preview = desk.ok(&dir, &["import", &path, "--dry-run"]);
    desk.clean(&dir);
    let done = desk.ok(&dir, &["import", &path]);
    assert_eq!(done["report"], preview["report"]);
    assert_eq!(done["report"]["secrets"], 1);
    assert_eq!(desk.ok(&dir, &["undo"])["label"], "Import “Shop”");
    desk.clean(&dir);
}

#[test]
fn commands_go_into_a_folder_and_out_again() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let shop = file(desk.home(), "p.json", POSTMAN);
    desk.ok(&dir, &["import", &shop]);
    let commands = file(desk.home(), "c.txt", "curl -X DELETE https://a.test/users/1\n");
    desk.ok(&dir, &["import", &commands, "--into", "Shop/Orders"]);
    let out = desk.path("out.sh");
    desk.ok(
        &dir,
        &["export", "Shop/Orders", out.to_str().unwrap(), "--format", "curl"],
    );
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.contains("curl https://api.test/orders"), "{text}");
    assert!(text.contains("--request DELETE"), "{text}");
}

#[test]
fn an_export_comes_back_and_replaces_nothing() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let shop = file(desk.home(), "p.json", POSTMAN);
    desk.ok(&dir, &["import", &shop]);
    let out = desk.path("shop.yaml");
    let out = out.to_str().unwrap();
    desk.ok(&dir, &["export", "Shop", out]);
    let text = fs::read_to_string(out).unwrap();
    assert!(
        text.starts_with("type: collection.insomnia.rest/5.0\nschema_version: \"5.1\"\nname: Shop\n"),
        "{text}"
    );
    let again = desk.sheaf(&dir, &["export", "Shop", out]);
    assert_eq!(again.json["error"]["code"], "file-exists", "{}", again.stdout);
    desk.ok(&dir, &["export", "Shop", out, "--force"]);
    let back = desk.ok(&dir, &["import", out, "--dry-run"]);
    assert_eq!(back["names"][0], "Shop");
    assert_eq!(back["report"]["left"].as_array().unwrap().len(), 0, "{back}");
}

#[test]
fn a_spec_is_exported_as_it_is_or_translated() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let spec = file(desk.home(), "openapi.yaml", OPENAPI);
    desk.ok(&dir, &["import", &spec]);
    let (yaml, json) = (desk.path("o.yaml"), desk.path("o.json"));
    for path in [&yaml, &json] {
        desk.ok(
            &dir,
            &[
                "export",
                "Spec shop",
                path.to_str().unwrap(),
                "--format",
                "openapi",
            ],
        );
    }
    assert_eq!(fs::read_to_string(yaml).unwrap(), OPENAPI);
    let value: serde_json::Value = serde_json::from_str(&fs::read_to_string(json).unwrap()).unwrap();
    assert_eq!(value["paths"]["/a"]["get"]["summary"], "Get a");
}

#[test]
fn what_cannot_be_imported_is_refused_in_words() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let notes = file(desk.home(), "notes.md", "# Notes\n");
    for (path, code) in [
        (notes.as_str(), "nothing-to-import"),
        ("/no/such/file", "unreadable"),
    ] {
        let ran = desk.sheaf(&dir, &["import", path]);
        assert_eq!(
            (ran.status, ran.json["error"]["code"].as_str()),
            (1, Some(code)),
            "{}",
            ran.stdout
        );
    }
    desk.clean(&dir);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let shop = file(desk.home(), "p.json", POSTMAN);
    let folder = desk.path("links");
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink(&shop, folder.join("p.json")).unwrap();
    std::os::unix::fs::symlink("/", folder.join("all")).unwrap();
    let ran = desk.sheaf(&dir, &["import", folder.to_str().unwrap()]);
    assert_eq!(ran.json["error"]["code"], "nothing-to-import", "{}", ran.stdout);
    let ran = desk.sheaf(&dir, &["import", folder.join("p.json").to_str().unwrap()]);
    assert_eq!(ran.json["error"]["code"], "not-a-file", "{}", ran.stdout);
}

#[test]
fn a_project_with_collection_files_gets_one_more_and_nothing_is_overwritten() {
    let desk = Desk::new();
    let five =
        "type: collection.insomnia.rest/5.0\nschema_version: \"5.1\"\nname: Five\nmeta:\n  id: wrk_5\n";
    desk.colleague(
        "main",
        &[("five.yaml", five), ("shop.yaml", "notes: ours\n")],
        "Start",
    );
    let dir = desk.clone("work");
    let shop = file(desk.home(), "p.json", POSTMAN);
    desk.ok(&dir, &["import", &shop]);
    assert_eq!(desk.git(&dir, &["status", "--porcelain"]), "?? shop_2.yaml");
    let text = fs::read_to_string(dir.join("shop_2.yaml")).unwrap();
    assert!(
        text.starts_with("type: collection.insomnia.rest/5.0\nschema_version: \"5.1\"\nname: Shop\n"),
        "{text}"
    );
    assert_eq!(desk.ok(&dir, &["list"])["problems"].as_array().unwrap().len(), 0);
}
