//! Everything that can be done to a resource, in v5 files and between the layouts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{NOW, applied, id, names, set};
use serde_json::json;
use sheaf_collection::model::{FileEdit, Kind, Layout, ResourceId};
use sheaf_collection::{Collections, Scope, Stamp};

const FIRST: &str = "\
type: collection.insomnia.rest/5.0
schema_version: \"5.1\"
name: First # mine
meta:
  id: wrk_a
  created: 1
  modified: 2
  x-own: kept
collection:
  - url: /ping # why
    name: Ping
    meta:
      id: req_a
      created: 1
      modified: 2
      sortKey: -5
    method: GET
    x-own:
      a: 1 # deep
    authentication:
      type: oauth1
      consumerSecret: s3cret
  - name: Folder
    meta:
      id: fld_a
      created: 1
      modified: 2
      sortKey: -4
    children:
      # the feed
      - url: wss://feed.example.test
        name: Feed
        meta:
          id: ws-req_a
          created: 1
          modified: 2
          sortKey: -3
        settings:
          encodeUrl: true
environments:
  name: Base Environment
  meta:
    id: env_a
";

const SECOND: &str = "\
type: spec.insomnia.rest/5.0
schema_version: \"5.2\"
name: Second
meta:
  id: wrk_b
";

const MOCK: &str = "\
type: mock.insomnia.rest/5.0
schema_version: \"5.1\"
name: Mock
meta:
  id: wrk_m
server:
  meta:
    id: mock_m
  url: http://localhost:8080
  useInsomniaCloud: true
";

fn both() -> Collections {
    let mut files = common::files();
    for (path, text) in [("a.yaml", FIRST), ("b.yaml", SECOND), ("m.yaml", MOCK)] {
        files.push((path.to_owned(), text.as_bytes().to_vec()));
    }
    Collections::read(files)
}

fn text(all: &Collections, path: &str, edits: &[FileEdit]) -> String {
    let edited = edits.iter().find(|edit| edit.path == path);
    let bytes = edited.map_or_else(
        || panic!("{path} is not written: {edits:?}"),
        |edit| edit.after.clone(),
    );
    assert!(!all.ids().is_empty());
    String::from_utf8(bytes.expect("a file")).unwrap()
}

fn create(
    all: &Collections,
    kind: Kind,
    parent: &str,
    name: &str,
) -> (Collections, ResourceId, Vec<FileEdit>) {
    let (new, edits) = all
        .create(kind, &id(parent), name, NOW)
        .unwrap_or_else(|error| panic!("{kind:?}: {error}"));
    (applied(all, edits.clone()), new, edits)
}

#[test]
fn every_kind_that_v5_holds_is_made_with_insomnias_defaults() {
    let meta = |id: &ResourceId, more: &str| {
        format!("meta:\n      id: {id}\n      created: {NOW}\n      modified: {NOW}\n{more}")
    };
    let sorted = format!("      description: \"\"\n      sortKey: -{NOW}\n");
    let private = format!("      isPrivate: false\n{sorted}");
    let cases = [
        (
            Kind::Request,
            private.clone(),
            "url: \"\"\n    name: New",
            "    method: GET\n    settings:\n      renderRequestBody: true\n      encodeUrl: true\n      \
             followRedirects: global\n      cookies:\n        send: true\n        store: true\n      rebuildPath: true\n",
        ),
        (
            Kind::RequestGroup,
            format!("      sortKey: -{NOW}\n      description: \"\"\n"),
            "name: New",
            "",
        ),
        (
            Kind::WebSocketRequest,
            sorted.clone(),
            "url: \"\"\n    name: New",
            "    settings:\n      encodeUrl: true\n      cookies:\n        store: true\n        send: true\n      \
             followRedirects: global\n",
        ),
        (
            Kind::SocketIORequest,
            sorted.clone(),
            "url: \"\"\n    name: New",
            "    settings:\n      encodeUrl: true\n      cookies:\n        store: true\n        send: true\n",
        ),
        (
            Kind::GrpcRequest,
            private.clone(),
            "url: \"\"\n    name: New",
            "    body:\n      text: \"{}\"\n    protoFileId: \"\"\n    protoMethodName: \"\"\n    reflectionApi:\n      \
             enabled: false\n      url: https://buf.build\n      apiKey: \"\"\n      module: buf.build/connectrpc/eliza\n",
        ),
    ];
    for (kind, more, start, rest) in cases {
        let all = both();
        let (_, new, edits) = create(&all, kind, "wrk_a", "New");
        let expected = format!("  - {start}\n    {}{rest}", meta(&new, &more));
        let written = text(&all, "a.yaml", &edits);
        assert!(
            written.contains(&expected),
            "{kind:?}\n{expected}\n---\n{written}"
        );
        let left: Vec<_> = written
            .replacen(&expected, "", 1)
            .lines()
            .map(str::to_owned)
            .collect();
        assert_eq!(left, FIRST.lines().collect::<Vec<_>>(), "nothing else changed");
    }
}

#[test]
fn what_stands_alone_in_a_file_is_made_where_it_is_missing() {
    let all = both();
    let (all, base, edits) = create(&all, Kind::Environment, "wrk_b", "Base Environment");
    assert!(text(&all, "b.yaml", &edits).ends_with(&format!(
        "environments:\n  name: Base Environment\n  meta:\n    id: {base}\n    created: {NOW}\n    modified: {NOW}\n    \
         isPrivate: false\n"
    )));
    let (all, sub, _) = create(&all, Kind::Environment, "wrk_b", "Staging");
    assert_eq!(all.resource(&sub).unwrap().parent_id, Some(base));
    let (all, spec, _) = create(&all, Kind::ApiSpec, "wrk_b", "spec");
    let (all, jar, edits) = create(&all, Kind::CookieJar, "wrk_b", "Default Jar");
    assert_eq!(jar.0.len(), "jar_".len() + 40);
    assert!(text(&all, "b.yaml", &edits).contains("\ncookieJar:\n  name: Default Jar\n  meta:\n"));
    let (all, suite, _) = create(&all, Kind::UnitTestSuite, "wrk_b", "Suite");
    let (all, test, _) = create(&all, Kind::UnitTest, &suite.0, "Test");
    assert_eq!(all.resource(&test).unwrap().fields["code"], "");
    assert_eq!(
        all.create(Kind::CookieJar, &id("wrk_b"), "J", NOW)
            .unwrap_err()
            .code(),
        "bad-place"
    );

    let cookies = json!([{"id": "1", "key": "sid", "value": "a", "domain": "example.test", "path": "/"}]);
    let all = applied(
        &all,
        all.set_fields(&jar, &[set("cookies", cookies.clone())], NOW)
            .unwrap(),
    );
    assert_eq!(all.resource(&jar).unwrap().fields["cookies"], cookies);
    let all = applied(&all, all.delete(&spec, NOW).unwrap());
    assert!(all.resource(&spec).is_none());
    let all = applied(&all, all.delete(&jar, NOW).unwrap());
    assert_eq!(all.problems(), []);
    for (kind, parent) in [
        (Kind::ApiSpec, "wrk_a"),
        (Kind::UnitTestSuite, "wrk_a"),
        (Kind::Request, "wrk_m"),
    ] {
        let error = all.create(kind, &id(parent), "N", NOW).unwrap_err();
        assert_eq!(error.code(), "bad-place", "{kind:?}");
    }
}

#[test]
fn a_mock_server_takes_routes() {
    let all = both();
    for parent in ["mock_m", "wrk_m"] {
        let (_, new, edits) = create(&all, Kind::MockRoute, parent, "/labels");
        let expected = format!(
            "routes:\n  - name: /labels\n    meta:\n      id: {new}\n      created: {NOW}\n      modified: {NOW}\n    \
             body: \"\"\n    method: GET\n    mimeType: application/json\n    statusCode: 200\n    statusText: \"\"\n"
        );
        assert!(text(&all, "m.yaml", &edits).ends_with(&expected), "{edits:?}");
    }
    assert_eq!(
        all.rename(&id("mock_m"), "Other", NOW).unwrap_err().code(),
        "read-only"
    );
}

#[test]
fn what_v5_has_no_place_for_lies_beside_where_insomnia_leaves_it_alone() {
    let all = both();
    let (all, directory, edits) = create(&all, Kind::ProtoDirectory, "wrk_a", "proto");
    assert_eq!(
        edits[0].path,
        format!(".sheaf/.insomnia/ProtoDirectory/{directory}.yml")
    );
    let (all, file, _) = create(&all, Kind::ProtoFile, &directory.0, "a.proto");
    let (all, payload, _) = create(&all, Kind::WebSocketPayload, "ws-req_a", "Hello");
    assert_eq!(all.problems(), []);
    let trees = all.trees();
    let tree = trees.iter().find(|tree| tree.id == id("wrk_a")).unwrap();
    assert_eq!(names(&tree.others[0].children), ["a.proto"]);
    assert_eq!(all.resource(&payload).unwrap().fields["mode"], "application/json");
    let all = applied(&all, all.rename(&file, "b.proto", NOW).unwrap());

    let (copy, edits) = all.duplicate(&id("fld_a"), NOW, |_| false).unwrap();
    assert_eq!(edits.len(), 2, "the file, and the payload of the copied request");
    let all = applied(&all, edits);
    let copied = all
        .trees()
        .iter()
        .flat_map(|tree| tree.items.clone())
        .find(|node| node.id == copy)
        .unwrap();
    assert_eq!(names(&copied.children[0].children), ["Hello"]);

    let edits = all.delete(&id("fld_a"), NOW).unwrap();
    assert!(
        edits
            .iter()
            .any(|edit| edit.path.contains(&payload.0) && edit.after.is_none())
    );
    let all = applied(&all, edits);
    assert_eq!(all.problems(), []);
    let edits = all.delete(&id("wrk_a"), NOW).unwrap();
    assert_eq!(edits.iter().filter(|edit| edit.after.is_none()).count(), 4);
}

#[test]
fn comments_and_unknown_keys_move_along() {
    let all = both();
    let edits = all.move_to(&id("req_a"), &id("fld_a"), None, NOW).unwrap();
    let written = text(&all, "a.yaml", &edits);
    for kept in [
        "url: /ping # why",
        "a: 1 # deep",
        "consumerSecret: s3cret",
        "# the feed",
        "x-own: kept",
    ] {
        assert!(written.contains(kept), "{kept}\n{written}");
    }
    let moved = applied(&all, edits);
    assert_eq!(moved.resource(&id("req_a")).unwrap().parent_id, Some(id("fld_a")));
    assert_eq!(moved.problems(), []);

    let edits = all.move_to(&id("fld_a"), &id("wrk_b"), None, NOW).unwrap();
    let second = text(&all, "b.yaml", &edits);
    assert!(
        second.contains("    type: RequestGroup\n") && second.contains("type: WebSocketRequest\n"),
        "{second}"
    );
    assert!(second.contains("      # the feed\n"), "{second}");
    let there = applied(&all, edits);
    let back = there.move_to(&id("fld_a"), &id("wrk_a"), None, NOW).unwrap();
    let first = text(&all, "a.yaml", &back);
    assert!(
        !first.contains("type: RequestGroup") && first.contains("# the feed"),
        "{first}"
    );
    assert_eq!(text(&all, "b.yaml", &back), SECOND);

    let (copy, edits) = all.duplicate(&id("req_a"), NOW, |_| false).unwrap();
    assert_eq!(text(&all, "a.yaml", &edits).matches("# deep").count(), 2);
    assert_eq!(applied(&all, edits).resource(&copy).unwrap().name, "Ping (Copy)");
}

#[test]
fn resources_move_between_the_layouts() {
    let all = both();
    let (all, payload, _) = create(&all, Kind::WebSocketPayload, "ws-req_a", "Hello");
    let edits = all.move_to(&id("fld_a"), &id("wrk_1"), None, NOW).unwrap();
    let there = applied(&all, edits);
    assert_eq!(there.problems(), []);
    let feed = there.resource(&id("ws-req_a")).unwrap();
    assert_eq!(feed.path, ".insomnia/WebSocketRequest/ws-req_a.yml");
    assert_eq!(
        (&feed.fields["headers"], &feed.fields["settingStoreCookies"]),
        (&json!([]), &json!(true))
    );
    assert_eq!(
        there.resource(&payload).unwrap().path,
        format!(".insomnia/WebSocketPayload/{payload}.yml")
    );
    let back = applied(
        &there,
        there.move_to(&id("fld_a"), &id("wrk_a"), None, NOW).unwrap(),
    );
    assert_eq!(back.problems(), []);
    assert_eq!(
        back.resource(&payload).unwrap().path,
        format!(".sheaf/.insomnia/WebSocketPayload/{payload}.yml")
    );
    assert_eq!(back.resource(&id("ws-req_a")).unwrap().path, "a.yaml");

    let edits = all
        .move_to(&id("fld_1"), &id("wrk_a"), Some(&id("req_a")), NOW)
        .unwrap();
    let moved = applied(&all, edits);
    assert_eq!(moved.problems(), []);
    let trees = moved.trees();
    let tree = trees.iter().find(|tree| tree.id == id("wrk_a")).unwrap();
    assert_eq!(names(&tree.items), ["Shipments", "Ping", "Folder"]);
    assert_eq!(names(&tree.items[0].children), ["Create shipment", "Track"]);
    let fields = moved.resource(&id("req_1")).unwrap().fields;
    assert_eq!(fields["x-own"], json!([1, 2, 3]));
    assert_eq!(
        fields["parameters"],
        json!([{"name": "dryRun", "value": "true", "disabled": true}])
    );
}

#[test]
fn a_new_collection_is_like_its_neighbours() {
    let all = Collections::read([
        ("apis/a.yaml".to_owned(), FIRST.as_bytes().to_vec()),
        ("apis/m.yaml".to_owned(), MOCK.as_bytes().to_vec()),
    ]);
    let taken = |path: &str| path == "apis/parcel_tracking_.yaml";
    let (new, edits) = all.create_collection("Parcel Tracking!", Scope::Design, NOW, taken);
    let [file] = edits.as_slice() else {
        panic!("{edits:?}")
    };
    assert_eq!(file.path, "apis/parcel_tracking__2.yaml");
    let spec = applied(&all, edits.clone())
        .trees()
        .into_iter()
        .find_map(|tree| tree.spec)
        .unwrap()
        .id;
    let base = applied(&all, edits.clone())
        .trees()
        .iter()
        .find(|tree| tree.id == new)
        .unwrap()
        .environments[0]
        .id
        .clone();
    assert_eq!(
        text(&all, &file.path, &edits),
        format!(
            "type: spec.insomnia.rest/5.0\nschema_version: \"5.1\"\nname: Parcel Tracking!\nmeta:\n  id: {new}\n  \
             created: {NOW}\n  modified: {NOW}\n  description: \"\"\nenvironments:\n  name: Base Environment\n  meta:\n    \
             id: {base}\n    created: {NOW}\n    modified: {NOW}\n    isPrivate: false\nspec:\n  meta:\n    id: {spec}\n    \
             created: {NOW}\n    modified: {NOW}\n"
        )
    );
    let (_, edits) = both().create_collection("X", Scope::Collection, NOW, |_| false);
    assert_eq!(
        edits[0].path.split('/').next(),
        Some(".insomnia"),
        "where there is a tree"
    );
    let (copy, edits) = all.duplicate(&id("wrk_a"), NOW, |_| false).unwrap();
    let copied = applied(&all, edits);
    assert_eq!(copied.problems(), []);
    let tree = copied.trees().into_iter().find(|tree| tree.id == copy).unwrap();
    assert_eq!(
        (tree.layout, tree.path.as_str()),
        (Layout::V5, "apis/first__copy_.yaml")
    );
}

#[test]
fn modified_is_written_when_and_only_when_something_changed() {
    let all = both();
    for edit in [set("url", "/ping"), set("headers", json!([]))] {
        assert_eq!(all.set_fields(&id("req_a"), &[edit], NOW).unwrap(), []);
    }
    let quiet = Stamp {
        now: NOW,
        write_modified: false,
    };
    for (resource, path) in [("req_a", "a.yaml"), ("req_2", ".insomnia/Request/req_2.yml")] {
        let edits = all.set_fields(&id(resource), &[set("url", "/x")], quiet).unwrap();
        assert!(!text(&all, path, &edits).contains(&NOW.to_string()));
        let edits = all.set_fields(&id(resource), &[set("url", "/x")], NOW).unwrap();
        assert_eq!(
            text(&all, path, &edits)
                .matches(&format!("modified: {NOW}"))
                .count(),
            1
        );
    }
    let (_, edits) = all.create(Kind::Request, &id("wrk_a"), "N", quiet).unwrap();
    assert!(text(&all, "a.yaml", &edits).contains(&format!("created: {NOW}\n      modified: {NOW}\n")));
}

#[test]
fn an_item_without_bookkeeping_gets_an_id_with_the_first_of_it() {
    let file = "type: collection.insomnia.rest/5.0\nname: A\ncollection:\n  - name: R\n    url: /\n    method: GET\n";
    let all = Collections::read([("a.yaml".to_owned(), file.as_bytes().to_vec())]);
    let request = all.trees()[0].items[0].id.clone();
    let edits = all.set_fields(&request, &[set("url", "/x")], NOW).unwrap();
    assert_eq!(text(&all, "a.yaml", &edits), file.replace("url: /", "url: /x"));
    let edits = all.set_fields(&request, &[set("description", "d")], NOW).unwrap();
    let written = text(&all, "a.yaml", &edits);
    assert!(
        written.contains("    meta:\n      id: req_") && written.contains("description: d\n"),
        "{written}"
    );
    let refused = all
        .set_fields(&id("req_a"), &[set("meta", json!({}))], NOW)
        .unwrap_err();
    assert_eq!(refused.code(), "not-found");
    assert_eq!(
        both()
            .set_fields(&id("req_a"), &[set("settings", json!({}))], NOW)
            .unwrap_err()
            .code(),
        "bad-field"
    );
}
