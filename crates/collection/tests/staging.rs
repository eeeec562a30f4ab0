//! Taking a part of the changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{NOW, SECOND, files, id, set, unset};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::json;
use sheaf_collection::model::{FieldEdit, FileEdit, Kind, ResourceChange};
use sheaf_collection::{Choice, Collections, ModifiedOf, StageError, Staged, StagedContent, changes, stage};

const FIRST: &str = ".insomnia/Request/req_1.yml";

const V5: &str = r#"type: collection.insomnia.rest/5.0
schema_version: "5.1"
name: Parcels
meta:
  id: wrk_9
  created: 1717000000000
  modified: 1718000000000
# the requests
collection:
  - url: https://a.test # one
    name: One
    meta:
      id: req_91
      created: 1717000000000
      modified: 1718000000000
      sortKey: 1
    method: GET
    headers:
      - name: Accept
        value: text/plain # plain
      - name: X-Tenant
        value: acme
  - name: Inner
    meta:
      id: fld_9
      sortKey: 2
    children:
      - url: https://b.test
        name: Two
        meta:
          id: req_92
          sortKey: 3
        method: GET
      - url: https://c.test
        name: Three # third
        meta:
          id: req_93
          sortKey: 4
        method: GET
environments:
  name: Base Environment
  meta:
    id: env_9
  data:
    base: https://a.test # here
    retries: 3
"#;

/// The files of a state.
#[derive(Clone, PartialEq)]
struct Tree(BTreeMap<String, Vec<u8>>);

impl Tree {
    fn legacy() -> Self {
        Self(files().into_iter().collect())
    }

    fn v5() -> Self {
        Self([("parcels.yaml".to_owned(), V5.as_bytes().to_vec())].into())
    }

    fn all(&self) -> Collections {
        Collections::read(self.0.clone())
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.0[path].clone()).unwrap()
    }

    fn with(&self, edits: Vec<FileEdit>) -> Self {
        let mut tree = self.clone();
        for edit in edits {
            match edit.after {
                Some(bytes) => drop(tree.0.insert(edit.path, bytes)),
                None => drop(tree.0.remove(&edit.path)),
            }
        }
        tree
    }

    fn edited(&self, resource: &str, edits: &[FieldEdit]) -> Self {
        self.with(self.all().set_fields(&id(resource), edits, NOW).unwrap())
    }

    fn changes_to(&self, after: &Self) -> Vec<ResourceChange> {
        changes(&self.all(), &after.all())
    }

    fn staged(&self, after: &Self, chosen: &[Choice]) -> Result<Staged, StageError> {
        stage(
            &self.all(),
            &after.all(),
            &self.changes_to(after),
            chosen,
            ModifiedOf::After,
        )
    }

    /// This state with what was chosen of the way to another.
    fn taking(&self, after: &Self, chosen: &[Choice]) -> Self {
        self.applied(after, self.staged(after, chosen).unwrap())
    }

    fn applied(&self, after: &Self, staged: Staged) -> Self {
        let edits = staged.files.into_iter().map(|file| FileEdit {
            after: match file.content {
                StagedContent::AsAfter => after.0.get(&file.path).cloned(),
                StagedContent::Built(bytes) => bytes,
            },
            path: file.path,
        });
        self.with(edits.collect())
    }
}

fn whole(resource: &str) -> Choice {
    part(resource, &[])
}

fn part(resource: &str, fields: &[&str]) -> Choice {
    Choice {
        id: id(resource),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    }
}

#[test]
fn a_field_is_taken_and_the_rest_stays_to_the_byte() {
    let before = Tree::legacy();
    let after = before.edited(
        "req_1",
        &[
            set("url", "/new"),
            set("headers.X-Debug", "1"),
            unset("headers.Content-Type"),
        ],
    );
    let taken = before.taking(&after, &[part("req_1", &["url"])]);
    let expected = before
        .text(FIRST)
        .replace("\"{{ _.base_url }}/shipments/:id\"", "/new")
        .replace("modified: 1718000000000", &format!("modified: {NOW}"));
    assert_eq!(taken.text(FIRST), expected);
    let left = taken.changes_to(&after);
    let paths: Vec<_> = left[0].fields.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(paths, ["headers.X-Debug", "headers.Content-Type"]);
}

#[test]
fn all_fields_are_the_whole_file() {
    let before = Tree::legacy();
    let mut after = before.edited("req_1", &[set("url", "/new"), set("name", "New")]);
    after.0.insert(
        FIRST.to_owned(),
        format!("{}# noted\n", after.text(FIRST)).into_bytes(),
    );
    assert!(before.taking(&after, &[part("req_1", &["url", "name"])]) == after);
    assert!(before.taking(&after, &[whole("req_1")]) == after);
    assert!(before.taking(&after, &[]) == before);
}

#[test]
fn rows_trees_and_their_order_follow() {
    let before = Tree::legacy();
    let rows = json!([
        {"name": "X-Tenant", "value": "b"}, {"name": "X-New", "value": "n"}, {"name": "Content-Type", "value": "text/xml"},
    ]);
    let after = before.edited("req_1", &[set("headers", rows)]);
    let fields = |tree: &Tree, resource: &str| tree.all().resource(&id(resource)).unwrap().fields;
    let taken = before.taking(
        &after,
        &[part("req_1", &["headers.X-New", "headers.X-Tenant[1]"])],
    );
    assert_eq!(
        fields(&taken, "req_1")["headers"],
        json!([
            {"name": "Content-Type", "value": "application/json"},
            {"name": "X-Tenant", "value": "acme"},
            {"name": "X-New", "value": "n"},
        ])
    );
    let after = before.edited(
        "env_1",
        &[set("data.x", 1), set("data.y", 2), unset("data.retries")],
    );
    let taken = fields(&before.taking(&after, &[part("env_1", &["data.y"])]), "env_1");
    assert_eq!(
        taken["data"].as_object().unwrap().keys().collect::<Vec<_>>(),
        ["base_url", "retries", "nested", "y"]
    );
    assert_eq!(
        taken["dataPropertyOrder"]["&"],
        json!(["base_url", "retries", "nested", "y"])
    );
}

#[test]
fn a_collection_file_takes_any_part() {
    let before = Tree::v5();
    let after = before.edited(
        "req_91",
        &[set("url", "https://new.test"), set("headers.Accept", "*/*")],
    );
    let after = after.edited(
        "env_9",
        &[set("data.retries", 5), set("data.base", "https://n.test")],
    );
    let taken = before.taking(
        &after,
        &[
            part("req_91", &["headers.Accept"]),
            part("env_9", &["data.retries"]),
        ],
    );
    let expected = V5
        .replace("text/plain # plain", "\"*/*\" # plain")
        .replace("retries: 3", "retries: 5")
        .replacen(
            "modified: 1718000000000\n      sortKey",
            &format!("modified: {NOW}\n      sortKey"),
            1,
        );
    let text = taken.text("parcels.yaml");
    let without_stamp = |text: &str| {
        text.lines()
            .filter(|line| !line.contains("modified: 18"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(without_stamp(&text), without_stamp(&expected));
}

/// The third request moved from its folder into the collection.
fn moved_out(text: &str) -> String {
    let start = text.find("      - url: https://c.test").unwrap();
    let end = start + text[start..].find("method: GET\n").unwrap() + "method: GET\n".len();
    let item: String = text[start..end]
        .lines()
        .map(|line| line[4..].to_owned() + "\n")
        .collect();
    let rest = [&text[..start], &text[end..]].concat();
    rest.replace("environments:\n", &format!("{item}environments:\n"))
}

#[test]
fn items_of_a_collection_file_come_go_and_move_one_by_one() {
    let before = Tree::v5();
    let all = before.all();
    let (new, edits) = all.create(Kind::Request, &id("fld_9"), "Fresh", NOW).unwrap();
    let after = before.with(edits);
    let after = after.with(after.all().delete(&id("req_92"), NOW).unwrap());
    let text = moved_out(&after.text("parcels.yaml"));
    let after = Tree([("parcels.yaml".to_owned(), text.into_bytes())].into());
    let names = |tree: &Tree| {
        tree.all()
            .ids()
            .iter()
            .map(ToString::to_string)
            .collect::<BTreeSet<_>>()
    };

    let taken = before.taking(&after, &[whole(&new.0)]);
    assert!(names(&taken).contains(&new.0) && names(&taken).contains("req_92"));
    assert!(taken.text("parcels.yaml").contains("name: Three # third"));

    let taken = before.taking(&after, &[whole("req_92")]);
    assert!(!names(&taken).contains("req_92") && !names(&taken).contains(&new.0));
    assert!(taken.text("parcels.yaml").contains("# the requests"));

    let taken = before.taking(&after, &[part("req_93", &["parentId"])]);
    assert_eq!(
        taken.all().resource(&id("req_93")).unwrap().parent_id,
        Some(id("wrk_9"))
    );
    assert!(names(&taken).contains("req_92"));
}

#[test]
fn what_is_needed_comes_along() {
    for before in [Tree::legacy(), Tree::v5()] {
        let root = if before.0.len() == 1 { "wrk_9" } else { "wrk_1" };
        let (folder, edits) = before
            .all()
            .create(Kind::RequestGroup, &id(root), "Folder", NOW)
            .unwrap();
        let after = before.with(edits);
        let (request, edits) = after.all().create(Kind::Request, &folder, "Fresh", NOW).unwrap();
        let after = after.with(edits).edited(root, &[set("name", "Renamed")]);
        let staged = before.staged(&after, &[whole(&request.0)]).unwrap();
        assert_eq!(staged.along, [folder]);
        let taken = before.applied(&after, staged);
        assert!(taken.all().problems().is_empty());
        assert_eq!(taken.changes_to(&after).len(), 1);

        let deleted = if before.0.len() == 1 { "fld_9" } else { "fld_1" };
        let after = before
            .with(before.all().delete(&id(deleted), NOW).unwrap())
            .edited(root, &[set("name", "R")]);
        let staged = before.staged(&after, &[whole(deleted)]).unwrap();
        assert_eq!(staged.along.len(), 2);
        assert_eq!(before.applied(&after, staged).changes_to(&after).len(), 1);
    }
}

#[test]
fn a_new_collection_file_can_be_taken_in_part() {
    let before = Tree(BTreeMap::new());
    let staged = before.staged(&Tree::v5(), &[whole("req_92")]).unwrap();
    assert_eq!(staged.along, [id("fld_9"), id("wrk_9")]);
    let taken = before.applied(&Tree::v5(), staged);
    let ids: Vec<_> = taken.all().ids().into_iter().map(|id| id.0).collect();
    assert_eq!(ids, ["wrk_9", "fld_9", "req_92"]);
    assert!(taken.text("parcels.yaml").contains("# the requests"));
}

#[test]
fn what_cannot_be_taken_in_part_says_so() {
    let before = Tree::legacy();
    let mut after = before.clone();
    let text = SECOND.replace("name: Track", "name: Track # noted");
    after
        .0
        .insert(".insomnia/Request/req_2.yml".to_owned(), text.into_bytes());
    let error = before.staged(&after, &[part("req_2", &["name"])]).unwrap_err();
    assert_eq!(error.code(), "only-whole");
    assert!(error.to_string().contains("Choose all of it."), "{error}");
    let error = before.staged(&after, &[whole("req_1")]).unwrap_err();
    assert_eq!(error.code(), "not-changed");
    let after = before.edited("req_1", &[set("url", "/x"), set("name", "y")]);
    assert_eq!(
        before
            .staged(&after, &[part("req_1", &["method"])])
            .unwrap_err()
            .code(),
        "not-changed"
    );
}

#[test]
fn discarding_is_taking_the_way_back() {
    let before = Tree::legacy();
    let after = before.edited("req_1", &[set("url", "/new"), set("headers.X-Debug", "1")]);
    let back = after.changes_to(&before);
    let staged = stage(
        &after.all(),
        &before.all(),
        &back,
        &[part("req_1", &["headers.X-Debug"])],
        ModifiedOf::Before,
    )
    .unwrap();
    let left = after.applied(&before, staged);
    assert_eq!(
        left.text(FIRST),
        after
            .text(FIRST)
            .replace("  - name: X-Debug\n    value: \"1\"\n", "")
    );
}

/// An edit of a state, as numbers that always mean something.
fn changed(tree: &Tree, (what, which, how): (u8, u8, u8)) -> Tree {
    let all = tree.all();
    let ids = all.ids();
    let target = ids[usize::from(which) % ids.len()].clone();
    let view = all.resource(&target).unwrap();
    let value = format!("v{how}");
    let edits = match (what % 8, view.kind) {
        (0, _) => all.rename(&target, &value, NOW),
        (1, Kind::Request) => all.set_fields(&target, &[set("url", value)], NOW),
        (2, Kind::Request) => all.set_fields(&target, &[set(&format!("headers.H{}", how % 4), value)], NOW),
        (3, Kind::Request) => all.set_fields(&target, &[unset("headers.X-Tenant")], NOW),
        (4, Kind::Request) => all.set_fields(&target, &[set("description", value)], NOW),
        (1..=4, Kind::Environment) => all.set_fields(
            &target,
            &[set(&format!("data.k{}.{}", what % 2, how % 3), how)],
            NOW,
        ),
        (5, Kind::RequestGroup | Kind::Workspace) => all
            .create(Kind::Request, &target, &value, NOW)
            .map(|(_, edits)| edits),
        (6, Kind::RequestGroup | Kind::Workspace) => all
            .create(Kind::RequestGroup, &target, &value, NOW)
            .map(|(_, edits)| edits),
        (6, Kind::Request) => all.delete(&target, NOW),
        (7, Kind::RequestGroup) if how % 3 == 0 => all.delete(&target, NOW),
        (7, Kind::Request | Kind::RequestGroup) => {
            let holders: Vec<_> = ids
                .iter()
                .filter(|id| {
                    matches!(
                        all.resource(id).unwrap().kind,
                        Kind::RequestGroup | Kind::Workspace
                    )
                })
                .collect();
            all.move_to(&target, holders[usize::from(how) % holders.len()], None, NOW)
        }
        _ => Ok(Vec::new()),
    };
    tree.with(edits.unwrap_or_default())
}

/// Every choice there is, one by one.
fn every_choice(list: &[ResourceChange]) -> Vec<Choice> {
    let choices = list.iter().flat_map(|change| {
        let real: Vec<_> = change.fields.iter().filter(|field| !field.bookkeeping).collect();
        let came_or_went =
            format!("{:?}", change.change) == "Added" || format!("{:?}", change.change) == "Deleted";
        if came_or_went || real.is_empty() {
            vec![whole(&change.id.0)]
        } else {
            real.into_iter()
                .map(|field| part(&change.id.0, &[&field.path]))
                .collect()
        }
    });
    choices.collect()
}

fn values(tree: &Tree) -> BTreeMap<String, serde_json::Value> {
    let all = tree.all();
    all.ids()
        .into_iter()
        .map(|id| {
            let view = all.resource(&id).unwrap();
            (id.0, json!([view.fields, view.parent_id, view.path]))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, rng_seed: RngSeed::Fixed(20_261_124), ..ProptestConfig::default() })]

    #[test]
    fn parts_add_up(
        v5 in any::<bool>(),
        edits in prop::collection::vec(any::<(u8, u8, u8)>(), 1..9),
        first in any::<u32>(),
        second in any::<u32>(),
    ) {
        let before = if v5 { Tree::v5() } else { Tree::legacy() };
        let after = edits.into_iter().fold(before.clone(), |tree, edit| changed(&tree, edit));
        let list = before.changes_to(&after);
        let paths: Vec<_> = list.iter().flat_map(|change| change.fields.iter().map(|field| (&change.id, &field.path))).collect();
        prop_assert_eq!(paths.len(), paths.iter().collect::<BTreeSet<_>>().len(), "a path stands twice");
        let every = every_choice(&list);
        prop_assert!(before.taking(&after, &every) == after);
        prop_assert!(before.taking(&after, &[]) == before);

        let of = |mask: u32| every.iter().enumerate().filter(|(at, _)| mask >> (at % 32) & 1 == 1).map(|(_, choice)| choice.clone()).collect::<Vec<_>>();
        let staged = before.staged(&after, &of(first)).unwrap();
        let once = before.applied(&after, staged);
        prop_assert!(once.all().problems().is_empty(), "{:?}", once.all().problems());

        // What is left of the second choice after the first, then both at once.
        let rest = every_choice(&once.changes_to(&after));
        let second: Vec<_> = of(second).into_iter().filter(|choice| rest.contains(choice)).collect();
        let staged = once.staged(&after, &second).unwrap();
        let twice = once.applied(&after, staged);
        let both: Vec<_> = of(first).into_iter().chain(second).collect();
        let staged = before.staged(&after, &both).unwrap();
        prop_assert_eq!(values(&twice), values(&before.applied(&after, staged)));
    }
}
