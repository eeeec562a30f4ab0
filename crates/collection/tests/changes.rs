//! What is told about two states.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{NOW, SECOND, applied, id, set, shop, unset};
use sheaf_collection::model::{ChangeKind, FieldEdit, Kind, ResourceChange};
use sheaf_collection::{Collections, changes, file_change};

const PATH: &str = ".insomnia/Request/req_2.yml";

fn after_edits(resource: &str, edits: &[FieldEdit]) -> ResourceChange {
    let before = shop();
    let after = applied(&before, before.set_fields(&id(resource), edits, NOW).unwrap());
    only(changes(&before, &after))
}

fn only(mut changes: Vec<ResourceChange>) -> ResourceChange {
    assert_eq!(changes.len(), 1, "{changes:#?}");
    changes.remove(0)
}

fn with_file(path: &str, text: &str) -> Collections {
    shop().with_files([(path.to_owned(), Some(text.as_bytes().to_vec()))])
}

/// Label, before and after of what is no bookkeeping.
fn told(change: &ResourceChange) -> Vec<(&str, Option<&str>, Option<&str>)> {
    let real = change.fields.iter().filter(|field| !field.bookkeeping);
    real.map(|field| {
        (
            field.label.as_str(),
            field.before.as_deref(),
            field.after.as_deref(),
        )
    })
    .collect()
}

#[test]
fn nothing_is_told_of_equal_states() {
    assert_eq!(changes(&shop(), &shop()), []);
    assert_eq!(changes(&shop(), &shop().with_files([])), []);
}

#[test]
fn fields_are_told_in_words() {
    let change = after_edits(
        "req_1",
        &[
            set("url", "/new"),
            set("method", "PUT"),
            set("headers.X-Tenant", "globex"),
            set("headers.Accept", "*/*"),
            unset("headers.Content-Type"),
            set("parameters.dryRun.disabled", false),
            set("body.text", "{}"),
            set("authentication.token", "t"),
            set("description", "words"),
        ],
    );
    assert_eq!(
        (change.change, change.kind, change.name.as_str()),
        (ChangeKind::Modified, Kind::Request, "Create shipment")
    );
    assert_eq!(change.location, ["Parcels", "Shipments"]);
    assert_eq!(
        told(&change),
        [
            ("URL", Some("{{ _.base_url }}/shipments/:id"), Some("/new")),
            ("description", Some(""), Some("words")),
            ("method", Some("POST"), Some("PUT")),
            ("body", Some("{\n\t\"ref\": \"SH-1\"\n}"), Some("{}")),
            ("parameter dryRun on or off", Some("off"), Some("on")),
            ("header X-Tenant", Some("acme"), Some("globex")),
            ("header Accept", None, Some("*/*")),
            ("header Content-Type", Some("application/json"), None),
            ("authentication token", Some("{{ _.token }}"), Some("t")),
        ]
    );
    assert_eq!(
        change.summary,
        "URL changed · description filled in · method POST → PUT · + 6 more"
    );
    let bookkeeping: Vec<_> = change.fields.iter().filter(|field| field.bookkeeping).collect();
    assert_eq!(bookkeeping.len(), 1);
    assert_eq!(bookkeeping[0].path, "modified");
}

#[test]
fn paths_of_changes_are_paths_of_edits() {
    let change = after_edits("env_1", &[set("data.nested.\"a.b\"", false), set("data.x", 5)]);
    assert_eq!(
        told(&change),
        [
            ("environment value nested.\"a.b\"", Some("true"), Some("false")),
            ("environment value x", None, Some("5"))
        ]
    );
    assert_eq!(change.fields[0].path, "data.nested.\"a.b\"");
    for path in ["headers[2].value", "headers.X-Tenant[1]"] {
        let change = after_edits("req_1", &[set(path, "third")]);
        assert_eq!(change.fields[0].path, "headers.X-Tenant[1]");
        assert_eq!(told(&change)[0].0, "header X-Tenant (no. 2)");
        assert_eq!(change.summary, "Header X-Tenant (no. 2) other → third");
    }
}

#[test]
fn renames_and_moves_are_told_as_such() {
    let change = after_edits("req_2", &[set("name", "Follow")]);
    assert_eq!(
        (change.change, change.summary.as_str()),
        (ChangeKind::Renamed, "Renamed from Track")
    );
    let before = shop();
    let after = applied(
        &before,
        before.move_to(&id("req_2"), &id("wrk_1"), None, NOW).unwrap(),
    );
    let change = only(changes(&before, &after));
    assert_eq!(
        (change.change, change.summary.as_str()),
        (ChangeKind::Moved, "Moved to Parcels")
    );
    let back = only(changes(&after, &before));
    assert_eq!(
        (back.change, back.summary.as_str()),
        (ChangeKind::Moved, "Moved to folder Shipments")
    );
    assert!(!back.only_bookkeeping);
}

#[test]
fn bookkeeping_is_known_as_such() {
    let texts = [
        SECOND.replace("modified: 1718000000000", "modified: 1"),
        SECOND.replace("metaSortKey: -1717000000040", "metaSortKey: 4"),
        SECOND.replace("url: /track\nname: Track\n", "name: Track\nurl: /track\n"),
        SECOND.replace("name: Track", "name: \"Track\" # quoted"),
        SECOND.replace("headers: []\n", "headers: null\n"),
        SECOND.replace("headers: []\n", ""),
    ];
    for text in texts {
        let change = only(changes(&shop(), &with_file(PATH, &text)));
        assert!(change.only_bookkeeping, "{change:?}");
        assert!(change.summary.starts_with("Only "), "{}", change.summary);
    }
}

#[test]
fn what_came_and_went_lists_its_fields() {
    let before = shop();
    let after = before.with_files([(".insomnia/Request/req_1.yml".to_owned(), None)]);
    let gone = only(changes(&before, &after));
    assert_eq!(
        (gone.change, gone.summary.as_str()),
        (ChangeKind::Deleted, "Request deleted")
    );
    assert!(
        gone.fields
            .iter()
            .any(|field| field.label == "header Content-Type" && field.after.is_none())
    );
    let new = only(changes(&after, &before));
    assert_eq!(
        (new.change, new.summary.as_str()),
        (ChangeKind::Added, "New request")
    );
    assert_eq!(new.location, ["Parcels", "Shipments"]);
    assert!(!new.fields.iter().any(|field| field.bookkeeping));
}

#[test]
fn a_file_that_broke_is_no_deletion() {
    let broken = with_file(PATH, "_id: [");
    let change = only(changes(&shop(), &broken));
    assert_eq!((change.change, change.kind), (ChangeKind::Modified, Kind::Broken));
    assert_eq!((change.id.0.as_str(), change.name.as_str()), (PATH, "Track"));
    assert!(
        change.summary.starts_with("Cannot be read, line 1: "),
        "{}",
        change.summary
    );
    let back = only(changes(&broken, &shop()));
    assert_eq!(
        (back.change, back.kind, back.id),
        (ChangeKind::Modified, Kind::Request, id("req_2"))
    );
}

#[test]
fn every_path_that_differs_is_told() {
    let renamed = shop().with_files([
        (PATH.to_owned(), None),
        (
            ".insomnia/Request/req_2.yaml".to_owned(),
            Some(SECOND.as_bytes().to_vec()),
        ),
    ]);
    let change = only(changes(&shop(), &renamed));
    assert_eq!(change.change, ChangeKind::Moved);
    assert_eq!(change.fields[0].before.as_deref(), Some(PATH));
}

#[test]
fn summaries_stay_short() {
    let edits: Vec<_> = (0..20)
        .map(|index| set(&format!("headers.{}-{index}", "X".repeat(70)), "v"))
        .collect();
    let change = after_edits("req_1", &edits);
    assert!(change.summary.chars().count() <= 90, "{}", change.summary);
}

#[test]
fn other_files_are_told_by_lines() {
    let summary = |before: Option<&str>, after: Option<&str>| {
        file_change("docs/a.md", before.map(str::as_bytes), after.map(str::as_bytes)).summary
    };
    assert_eq!(
        summary(Some("a\nb\nc\n"), Some("a\nx\nc\nd\n")),
        "2 lines added · 1 line removed"
    );
    assert_eq!(summary(None, Some("a\n")), "1 line added");
    assert_eq!(summary(Some("a\nb"), None), "2 lines removed");
    assert_eq!(summary(Some("a\0"), Some("b")), "Not text · 2 bytes to 1 bytes");
    let change = file_change("docs/a.md", None, Some(b""));
    assert_eq!((change.change, change.name.as_str()), (ChangeKind::Added, "a.md"));
}
