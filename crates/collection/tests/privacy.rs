//! Private environments among the files of a collection.

#![allow(clippy::unwrap_used)]

mod common;

use common::{NOW, applied, id, names, problem_codes, set, shop};
use sheaf_collection::Collections;
use sheaf_collection::model::Kind;

/// A collection with an environment that is kept out of Git.
fn with_private() -> (Collections, String) {
    let all = shop();
    let (child, files) = all.create(Kind::Environment, &id("env_1"), "Mine", NOW).unwrap();
    let all = applied(&all, files);
    let all = applied(
        &all,
        all.set_fields(&child, &[set("isPrivate", true)], NOW).unwrap(),
    );
    (all, child.0)
}

fn path_of(all: &Collections, what: &str) -> String {
    all.resource(&id(what)).unwrap().path
}

#[test]
fn it_is_shown_below_its_base_and_lies_outside_the_tree() {
    let (all, child) = with_private();
    let tree = &all.trees()[0];
    assert_eq!(names(&tree.environments[0].children), ["Mine"]);
    assert_eq!(path_of(&all, &child), format!(".git/sheaf/private/{child}.yml"));
    assert!(all.shared().resource(&id(&child)).is_none());
    assert!(problem_codes(&all).is_empty());
}

#[test]
fn a_copy_of_it_is_private_too() {
    let (all, child) = with_private();
    let (copy, files) = all.duplicate(&id(&child), NOW, |_| false).unwrap();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].path, format!(".git/sheaf/private/{copy}.yml"));
}

#[test]
fn it_goes_with_its_collection_and_alone() {
    let (all, child) = with_private();
    let alone = all.delete(&id(&child), NOW).unwrap();
    assert_eq!(
        alone.iter().map(|edit| edit.path.as_str()).collect::<Vec<_>>(),
        [path_of(&all, &child)]
    );
    let whole = all.delete(&id("wrk_1"), NOW).unwrap();
    assert!(whole.iter().any(|edit| edit.path == path_of(&all, &child)));
}

#[test]
fn it_is_ordered_among_its_siblings() {
    let (all, child) = with_private();
    let (second, files) = all
        .create(Kind::Environment, &id("env_1"), "Shared", NOW + 1)
        .unwrap();
    let all = applied(&all, files);
    let all = applied(
        &all,
        all.move_to(&second, &id("env_1"), Some(&id(&child)), NOW)
            .unwrap(),
    );
    assert_eq!(
        names(&all.trees()[0].environments[0].children),
        ["Shared", "Mine"]
    );
}

#[test]
fn without_its_collection_it_is_not_shown_and_no_problem() {
    let (all, child) = with_private();
    let path = path_of(&all, &child);
    let text = all.set_fields(&id(&child), &[set("name", "Other")], NOW).unwrap();
    let lonely = Collections::read([(path, text[0].after.clone().unwrap())]);
    assert!(lonely.trees().is_empty(), "{:?}", lonely.trees());
    assert!(problem_codes(&lonely).is_empty());
}

#[test]
fn null_is_a_value_and_no_value_removes() {
    let edit: sheaf_collection::model::FieldEdit =
        serde_json::from_str(r#"{"path":"color","value":null}"#).unwrap();
    let removal: sheaf_collection::model::FieldEdit = serde_json::from_str(r#"{"path":"color"}"#).unwrap();
    assert_eq!(edit.value, Some(serde_json::Value::Null));
    assert_eq!(removal.value, None);
}
