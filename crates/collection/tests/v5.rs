//! Collection files of Insomnia 11 and later.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{NOW, applied, id, names, only_text, set};
use serde_json::json;
use sheaf_collection::model::{Kind, Layout};
use sheaf_collection::{Collections, changes};

const PATH: &str = "apis/parcels.yaml";

const FILE: &str = "\
type: spec.insomnia.rest/5.0
schema_version: \"5.1\"
name: Parcels
meta:
  id: wrk_1
  created: 1717000000000
  modified: 1718000000000
  description: \"\"
collection:
  - url: /ping # keep
    name: Ping
    meta:
      id: req_0
      created: 1717000000000
      modified: 1718000000000
      sortKey: -5
    method: GET
    settings:
      renderRequestBody: true
      encodeUrl: true
      followRedirects: global
      cookies:
        send: true
        store: true
      rebuildPath: true
  - name: Shipments
    meta:
      id: fld_1
      created: 1717000000000
      modified: 1718000000000
      sortKey: -10
      description: \"\"
    children:
      - url: \"{{ _.base_url }}/shipments\"
        name: Create shipment
        meta:
          id: req_1
          created: 1717000000000
          modified: 1718000000000
          isPrivate: false
          description: Makes one
          sortKey: -7.5
        method: POST
        headers:
          - name: Content-Type
            value: application/json
        scripts:
          afterResponse: |
            insomnia.test('ok', () => {});
      - url: wss://feed.example.test
        name: Feed
        meta:
          id: ws-req_1
environments:
  name: Base Environment
  meta:
    id: env_1
  data:
    base_url: https://parcels.example.test
  subEnvironments:
    - name: Staging
      meta:
        id: env_2
        sortKey: 1
      data: {}
spec:
  contents:
    openapi: 3.0.3
    info: # about
      title: Parcels
      version: 1.0.0
  meta:
    id: spc_1
testSuites:
  - name: Smoke
    meta:
      id: uts_1
    tests:
      - name: returns 201
        meta:
          id: ut_1
        requestId: req_1
        code: |-
          const r = 1;
";

fn parcels() -> Collections {
    Collections::read([(PATH.to_owned(), FILE.as_bytes().to_vec())])
}

#[test]
fn a_file_reads_as_the_legacy_tree_would() {
    let all = parcels();
    assert_eq!(all.problems(), []);
    let tree = &all.trees()[0];
    assert_eq!(
        (tree.layout, tree.scope.as_str(), tree.path.as_str()),
        (Layout::V5, "design", PATH)
    );
    assert_eq!(names(&tree.items), ["Shipments", "Ping"]);
    assert_eq!(names(&tree.items[0].children), ["Create shipment", "Feed"]);
    assert_eq!(tree.items[0].children[1].kind, Kind::WebSocketRequest);
    assert_eq!(names(&tree.environments[0].children), ["Staging"]);
    assert_eq!(names(&tree.tests[0].children), ["returns 201"]);
    assert!(tree.spec.is_some());
    let fields = all.resource(&id("req_1")).unwrap().fields;
    assert_eq!(fields["afterResponseScript"], "insomnia.test('ok', () => {});\n");
    assert_eq!(fields["description"], "Makes one");
    assert_eq!(fields["metaSortKey"], json!(-7.5));
    assert_eq!(fields["parentId"], "fld_1");
    assert!(!fields.contains_key("meta"));
    let fields = all.resource(&id("req_0")).unwrap().fields;
    assert_eq!(fields["settingDisableRenderRequestBody"], false);
    assert_eq!(fields["settingStoreCookies"], true);
    let spec = all.resource(&id("spc_1")).unwrap().fields;
    assert_eq!(
        spec["contents"],
        "openapi: 3.0.3\ninfo: # about\n  title: Parcels\n  version: 1.0.0\n"
    );
}

fn edited(resource: &str, path: &str, value: serde_json::Value, changes: &[(&str, &str)]) {
    let edits = parcels()
        .set_fields(&id(resource), &[set(path, value)], NOW)
        .unwrap();
    let mut expected = FILE.to_owned();
    for (from, to) in changes {
        assert!(expected.contains(from), "{from}");
        expected = expected.replacen(from, to, 1);
    }
    assert_eq!(only_text(&edits), expected, "{path}");
}

#[test]
fn edits_touch_their_piece_of_the_file() {
    let time = |id: &str| format!("id: {id}\n      created: 1717000000000\n      modified: 1718000000000");
    let ping = time("req_0");
    let ping_now = ping.replace("1718000000000", &NOW.to_string());
    let ping = (ping.as_str(), ping_now.as_str());
    edited(
        "req_0",
        "url",
        json!("/pong"),
        &[ping, ("url: /ping # keep", "url: /pong # keep")],
    );
    edited(
        "req_0",
        "settingDisableRenderRequestBody",
        json!(true),
        &[ping, ("renderRequestBody: true", "renderRequestBody: false")],
    );
    edited(
        "req_0",
        "settingStoreCookies",
        json!(false),
        &[ping, ("store: true", "store: false")],
    );
    edited(
        "req_0",
        "headers.Accept",
        json!("*/*"),
        &[
            ping,
            (
                "    settings:",
                "    headers:\n      - name: Accept\n        value: \"*/*\"\n    settings:",
            ),
        ],
    );
    edited(
        "req_0",
        "preRequestScript",
        json!("x()"),
        &[
            ping,
            (
                "    settings:",
                "    scripts:\n      preRequest: x()\n    settings:",
            ),
        ],
    );
    edited(
        "req_0",
        "description",
        json!("d"),
        &[
            ping,
            ("      sortKey: -5\n", "      description: d\n      sortKey: -5\n"),
        ],
    );
}

#[test]
fn emptied_fields_leave_as_insomnia_would_have_it() {
    let edits = parcels()
        .set_fields(&id("req_1"), &[common::unset("headers.Content-Type")], NOW)
        .unwrap();
    assert!(!only_text(&edits).contains("headers"));
    let edits = parcels()
        .set_fields(&id("req_1"), &[set("afterResponseScript", json!(null))], NOW)
        .unwrap();
    assert!(!only_text(&edits).contains("scripts"));
}

#[test]
fn the_structure_can_be_changed() {
    let all = parcels();
    let (new, edits) = all.create(Kind::Request, &id("fld_1"), "List", NOW).unwrap();
    let all = applied(&all, edits);
    assert_eq!(all.resource(&new).unwrap().fields["settingEncodeUrl"], true);
    let (folder, edits) = all
        .create(Kind::RequestGroup, &id("wrk_1"), "Empty", NOW)
        .unwrap();
    let all = applied(&all, edits);
    let all = applied(&all, all.move_to(&id("req_1"), &folder, None, NOW).unwrap());
    assert_eq!(
        all.resource(&id("req_1")).unwrap().parent_id,
        Some(folder.clone())
    );
    let (copy, edits) = all.duplicate(&folder, NOW, |_| false).unwrap();
    let all = applied(&all, edits);
    assert_eq!(all.problems(), []);
    let tree = &all.trees()[0];
    let copied = tree.items.iter().find(|node| node.id == copy).unwrap();
    assert_eq!(names(&copied.children), ["Create shipment"]);
    assert_ne!(copied.children[0].id, id("req_1"));
    let all = applied(&all, all.delete(&folder, NOW).unwrap());
    assert!(all.resource(&id("req_1")).is_none());
    let (_, edits) = all.create(Kind::UnitTest, &id("uts_1"), "second", NOW).unwrap();
    let all = applied(&all, edits);
    let (_, edits) = all
        .create(Kind::Environment, &id("wrk_1"), "Production", NOW)
        .unwrap();
    let all = applied(&all, edits);
    assert_eq!(all.trees()[0].environments[0].children.len(), 2);
    let text = String::from_utf8(all_bytes(&all)).unwrap();
    assert!(text.contains("url: /ping # keep\n") && text.contains("info: # about\n"));
    assert_eq!(all.problems(), []);
}

fn all_bytes(all: &Collections) -> Vec<u8> {
    let edits = all.rename(&id("wrk_1"), "Other", NOW).unwrap();
    edits[0].after.clone().unwrap()
}

#[test]
fn deleting_the_last_of_a_list_takes_the_list_along() {
    let all = parcels();
    let text = only_text(&all.delete(&id("uts_1"), NOW).unwrap());
    assert_eq!(text, FILE[..FILE.find("testSuites").unwrap()]);
}

#[test]
fn what_cannot_be_changed_says_so() {
    let all = parcels();
    for result in [
        all.rename(&id("spc_1"), "openapi.yaml", NOW),
        all.delete(&id("env_1"), NOW),
        all.set_fields(&id("wrk_1"), &[set("scope", "collection")], NOW),
    ] {
        assert_eq!(result.unwrap_err().code(), "read-only");
    }
    assert_eq!(all.delete(&id("wrk_1"), NOW).unwrap()[0].after, None);
}

#[test]
fn changes_speak_of_resources_not_of_the_file() {
    let before = parcels();
    let after = applied(
        &before,
        before
            .set_fields(&id("req_1"), &[set("method", "PUT")], NOW)
            .unwrap(),
    );
    let told = changes(&before, &after);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].summary, "Method POST → PUT");
    assert_eq!(told[0].location, ["Parcels", "Shipments"]);
    let after = applied(&after, after.rename(&id("ut_1"), "returns 200", NOW).unwrap());
    let after = applied(&after, after.delete(&id("req_0"), NOW).unwrap());
    assert_eq!(changes(&before, &after).len(), 3);
    let moved = before.with_files([
        (PATH.to_owned(), None),
        ("other/parcels.yaml".to_owned(), Some(FILE.as_bytes().to_vec())),
    ]);
    let told = changes(&before, &moved);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].summary, "File moved to other/parcels.yaml");
}

#[test]
fn a_broken_file_is_one_collection_that_can_only_be_shown() {
    let text = FILE.replace("collection:\n", "collection: [\n");
    let all = Collections::read([(PATH.to_owned(), text.into_bytes())]);
    let tree = &all.trees()[0];
    assert!(tree.read_only);
    assert_eq!(tree.items[0].kind, Kind::Broken);
    assert_eq!(all.problems()[0].code, "syntax");
}

#[test]
fn files_without_ids_can_be_read_and_edited() {
    let text = "type: collection.insomnia.rest/5.0\nname: A\ncollection:\n  - name: R\n    url: /\n    method: GET\n";
    let all = Collections::read([(PATH.to_owned(), text.as_bytes().to_vec())]);
    let request = all.trees()[0].items[0].id.clone();
    let edits = all.set_fields(&request, &[set("url", "/x")], NOW).unwrap();
    assert!(only_text(&edits).contains("    url: /x\n"));
}
