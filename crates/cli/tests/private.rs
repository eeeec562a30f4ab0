//! Private environments: the values in them are nowhere in Git.

mod support;

use std::path::Path;

use serde_json::Value;
use support::Desk;

const BASE: &str = "env_089b064f280129285f90c9723395b230388e2a8e";
const STAGING: &str = "env_aaaabbbbccccddddeeeeffff00001111";
const FILE: &str = ".insomnia/Environment/env_aaaabbbbccccddddeeeeffff00001111.yml";
const SECRET: &str = "canary-hunter2-4711";
const STAGING_TEXT: &str = "\
_id: env_aaaabbbbccccddddeeeeffff00001111
type: Environment
parentId: env_089b064f280129285f90c9723395b230388e2a8e
modified: 1718000000000
created: 1717000000000
name: Staging
data: {}
dataPropertyOrder: null
color: \"#7d69cb\"
isPrivate: false
metaSortKey: 1717000000001
";
const V5: &str = "\
type: collection.insomnia.rest/5.0
schema_version: \"5.1\"
name: Parcels
meta:
  id: wrk_5b1f0c2e7d6a4f3b9c8e1a2d3f405162
  created: 1717000000000
  modified: 1718000000000
environments:
  name: Base Environment
  meta:
    id: env_089b064f280129285f90c9723395b230388e2a8e
    created: 1717000000000
    modified: 1718000000000
    isPrivate: false
  subEnvironments:
    - name: Staging
      meta:
        id: env_aaaabbbbccccddddeeeeffff00001111
        created: 1717000000000
        modified: 1718000000000
        isPrivate: false
        sortKey: 1717000000001
      data:
        base_url: https://stg.example.test
";

/// Whether any object (of a commit, an undo point or nothing), or a file that git lists, holds the text.
fn is_in_git(desk: &Desk, dir: &Path, text: &str) -> bool {
    let check = "--batch-check=%(objectname) %(objecttype)";
    let objects = desk.git(dir, &["cat-file", "--batch-all-objects", check]);
    let mut listed = objects.lines().filter_map(|line| line.split_once(' '));
    let files = desk.git(dir, &["ls-files", "--cached", "--others"]);
    let mut contents = files
        .lines()
        .filter_map(|path| std::fs::read_to_string(dir.join(path)).ok());
    listed.any(|(id, kind)| kind != "tree" && desk.git(dir, &["cat-file", kind, id]).contains(text))
        || contents.any(|content| content.contains(text))
}

fn environments(desk: &Desk, dir: &Path) -> Vec<(String, String)> {
    let project = desk.ok(dir, &["list"]);
    let base = &project["collections"][0]["environments"][0];
    let children = base["children"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    children
        .iter()
        .map(|child| (text(&child["name"]), text(&child["path"])))
        .collect()
}

fn with_staging(desk: &Desk) -> std::path::PathBuf {
    desk.colleague("main", &[(FILE, STAGING_TEXT)], "Add staging");
    desk.clone("work")
}

#[test]
fn what_a_private_environment_holds_is_nowhere_in_git() {
    let desk = Desk::with_collection();
    let dir = with_staging(&desk);
    desk.ok(&dir, &["set", STAGING, "isPrivate", "true"]);
    desk.ok(&dir, &["set", STAGING, "data.token", SECRET]);
    assert_eq!(
        desk.ok(&dir, &["show", STAGING])["fields"]["data"]["token"],
        SECRET
    );
    assert_eq!(desk.git(&dir, &["status", "--porcelain"]), format!(" D {FILE}"));
    let changes = desk.ok(&dir, &["status"]);
    assert!(!changes.to_string().contains(SECRET), "{changes}");
    assert_eq!(changes["changes"].as_array().map(Vec::len), Some(1), "{changes}");
    assert_eq!(changes["changes"][0]["change"], "deleted", "{changes}");
    desk.ok(&dir, &["commit", "-m", "Keep staging out"]);
    desk.ok(&dir, &["push"]);
    desk.clean(&dir);
    assert!(!is_in_git(&desk, &dir, SECRET));
    assert_eq!(environments(&desk, &dir)[0].0, "Staging");
}

#[test]
fn it_survives_switching_branches_and_is_not_on_one_that_lacks_its_collection() {
    let desk = Desk::with_collection();
    let dir = with_staging(&desk);
    desk.ok(&dir, &["set", STAGING, "isPrivate", "true"]);
    desk.ok(&dir, &["set", STAGING, "data.token", SECRET]);
    desk.ok(&dir, &["commit", "-m", "Keep staging out"]);
    desk.git(&dir, &["switch", "--quiet", "--orphan", "empty"]);
    let project = desk.ok(&dir, &["list"]);
    assert_eq!(project["problems"].as_array().map(Vec::len), Some(0), "{project}");
    desk.git(&dir, &["switch", "--quiet", "main"]);
    assert_eq!(
        environments(&desk, &dir),
        [("Staging".to_owned(), format!(".git/sheaf/private/{STAGING}.yml"))]
    );
    assert_eq!(
        desk.ok(&dir, &["show", STAGING])["fields"]["data"]["token"],
        SECRET
    );
}

#[test]
fn edits_of_it_are_undone_and_redone_without_a_trace_in_git() {
    let desk = Desk::with_collection();
    let dir = with_staging(&desk);
    desk.ok(&dir, &["set", STAGING, "isPrivate", "true"]);
    desk.ok(&dir, &["set", STAGING, "data.token", SECRET]);
    desk.ok(&dir, &["set", STAGING, "name", "Mine"]);
    // Edits within ten seconds are one to a person.
    desk.ok(&dir, &["undo"]);
    assert_eq!(environments(&desk, &dir)[0].0, "Staging");
    assert_eq!(
        desk.ok(&dir, &["show", STAGING])["fields"]["data"]["token"],
        Value::Null
    );
    desk.ok(&dir, &["redo"]);
    assert_eq!(environments(&desk, &dir)[0].0, "Mine");
    assert_eq!(
        desk.ok(&dir, &["show", STAGING])["fields"]["data"]["token"],
        SECRET
    );
    assert!(!is_in_git(&desk, &dir, SECRET));
}

#[test]
fn sharing_it_again_brings_it_back_into_the_tree() {
    let desk = Desk::with_collection();
    let dir = with_staging(&desk);
    desk.ok(&dir, &["set", STAGING, "isPrivate", "true"]);
    desk.ok(&dir, &["set", STAGING, "isPrivate", "false"]);
    assert_eq!(desk.git(&dir, &["status", "--porcelain"]), format!(" M {FILE}"));
    let text = std::fs::read_to_string(dir.join(FILE)).unwrap();
    let without_time = |text: &str| -> String {
        text.lines()
            .filter(|line| !line.starts_with("modified:"))
            .collect()
    };
    assert_eq!(without_time(&text), without_time(STAGING_TEXT));
    // There and back within ten seconds is one edit to a person.
    desk.ok(&dir, &["undo"]);
    desk.clean(&dir);
    assert_eq!(environments(&desk, &dir)[0].1, FILE);
}

#[test]
fn an_environment_of_a_collection_file_moves_out_and_back_too() {
    let desk = Desk::new();
    desk.colleague("main", &[("parcels.yaml", V5)], "Add parcels");
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", STAGING, "isPrivate", "true"]);
    desk.ok(&dir, &["set", STAGING, "data.token", SECRET]);
    let text = std::fs::read_to_string(dir.join("parcels.yaml")).unwrap();
    assert!(!text.contains("Staging"), "{text}");
    assert!(!is_in_git(&desk, &dir, SECRET));
    assert_eq!(environments(&desk, &dir)[0].0, "Staging");
    desk.ok(&dir, &["set", STAGING, "isPrivate", "false"]);
    let text = std::fs::read_to_string(dir.join("parcels.yaml")).unwrap();
    assert!(text.contains(SECRET) && text.contains("Staging"), "{text}");
    assert!(
        !dir.join(".git/sheaf/private")
            .join(format!("{STAGING}.yml"))
            .exists()
    );
}

#[test]
fn one_that_another_tool_wrote_into_git_moves_out_by_being_marked_again() {
    let desk = Desk::with_collection();
    let marked = STAGING_TEXT.replace("isPrivate: false", "isPrivate: true");
    desk.colleague("main", &[(FILE, &marked)], "Add staging");
    let dir = desk.clone("work");
    assert_eq!(environments(&desk, &dir)[0].1, FILE);
    desk.ok(&dir, &["set", STAGING, "isPrivate", "true"]);
    assert_eq!(desk.git(&dir, &["status", "--porcelain"]), format!(" D {FILE}"));
    assert_eq!(environments(&desk, &dir)[0].0, "Staging");
}

#[test]
fn the_base_environment_is_always_shared() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let refused = desk.sheaf(&dir, &["set", BASE, "isPrivate", "true"]);
    assert_ne!(refused.status, 0);
    assert!(
        refused.json.to_string().contains("base environment"),
        "{}",
        refused.json
    );
    desk.clean(&dir);
}
