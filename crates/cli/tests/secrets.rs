//! The secret guard: what looks like a secret is not committed and not pushed before somebody says so.
#![allow(clippy::unwrap_used)]

mod support;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::{Desk, REQUEST, REQUEST_ID, Ran, TOKEN};

/// Put together, so that no scanner takes this file for one that holds a token.
fn token(letter: char) -> String {
    let body: String = "q8Zr2LkP0vXwT5nY7bJ3mC9dF1hS6gKaE4u".chars().collect();
    ["gh", "p_", &body, &letter.to_string()].concat()
}

fn with_header(desk: &Desk, value: &str) -> PathBuf {
    let dir = desk.clone("work");
    desk.ok(&dir, &["set", REQUEST_ID, "headers.X-Api-Key", value]);
    dir
}

/// Refused, without a trace of the value.
fn refused(ran: &Ran, value: &str) -> Vec<Value> {
    assert_eq!(
        (ran.status, &ran.json["outcome"]),
        (3, &json!("secretsFound")),
        "{}{}",
        ran.stdout,
        ran.stderr
    );
    assert!(!ran.stdout.contains(value) && !ran.stderr.contains(value));
    ran.json["secrets"].as_array().cloned().unwrap()
}

fn fingerprint(secret: &Value) -> String {
    secret["fingerprint"].as_str().unwrap().to_owned()
}

/// Whether any object of the repository holds the text.
fn is_in_git(desk: &Desk, dir: &Path, text: &str) -> bool {
    let objects = desk.git(
        dir,
        &[
            "cat-file",
            "--batch-all-objects",
            "--batch-check=%(objectname) %(objecttype)",
        ],
    );
    objects
        .lines()
        .filter_map(|line| line.split_once(' '))
        .any(|(id, kind)| kind != "tree" && desk.git(dir, &["cat-file", kind, id]).contains(text))
}

#[test]
fn a_commit_that_would_add_a_token_is_refused_and_allowed_once() {
    let desk = Desk::with_collection();
    let value = token('R');
    let dir = with_header(&desk, &format!("Key {value}"));
    let head = desk.git(&dir, &["rev-parse", "HEAD"]);

    let secrets = refused(&desk.sheaf(&dir, &["commit", "-m", "Send the key"]), &value);
    assert_eq!(secrets.len(), 1);
    let secret = &secrets[0];
    assert_eq!(secret["code"], "github-token");
    assert_eq!(
        secret["masked"],
        format!("{}…{}", &value[..4], &value[value.len() - 4..])
    );
    assert_eq!(
        (&secret["field"], &secret["label"]),
        (&json!("headers.X-Api-Key"), &json!("header X-Api-Key"))
    );
    assert_eq!(
        (&secret["resource"]["id"], &secret["path"]),
        (&json!(REQUEST_ID), &json!(REQUEST))
    );
    assert_eq!(
        secret["resource"]["location"],
        json!(["Parcel Tracking API", "Shipments"])
    );
    assert_eq!(secret["canMove"], true);
    assert_eq!(desk.git(&dir, &["rev-parse", "HEAD"]), head);
    refused(
        &desk.sheaf(&dir, &["commit", "-m", "One", "--only", REQUEST_ID]),
        &value,
    );
    refused(&desk.sheaf(&dir, &["commit", "--amend"]), &value);

    let ran = desk.sheaf(
        &dir,
        &["commit", "-m", "No", "--allow-secret", "0123456789abcdef"],
    );
    assert_eq!((ran.status, ran.code()), (1, "no-such-secret"));
    let plain = desk.sheaf_plain(&dir, &["commit", "-m", "Send the key"]);
    assert_eq!(plain.status, 3);
    assert!(
        plain
            .stderr
            .starts_with("Nothing was committed: 1 value looks like a secret."),
        "{}",
        plain.stderr
    );
    assert!(
        plain
            .stderr
            .contains("Parcel Tracking API / Shipments / POST Create shipment: header X-Api-Key")
    );
    assert!(!plain.stderr.contains(&value));

    let done = desk.ok(
        &dir,
        &[
            "commit",
            "-m",
            "Send the key",
            "--allow-secret",
            &fingerprint(secret),
        ],
    );
    assert_eq!(done["outcome"], "committed");
    // the push that takes it does not ask again, and with it the allowance is used up
    assert_eq!(desk.ok(&dir, &["push"])["outcome"], "pushed");
    desk.ok(&dir, &["set", REQUEST_ID, "headers.X-Api-Key", "none"]);
    desk.ok(&dir, &["commit", "-m", "Without"]);
    desk.ok(
        &dir,
        &["set", REQUEST_ID, "headers.X-Api-Key", &format!("Key {value}")],
    );
    refused(&desk.sheaf(&dir, &["commit", "-m", "Again"]), &value);
    assert_eq!(
        desk.ok(&dir, &["commit", "-m", "Again", "--allow-secrets"])["outcome"],
        "committed"
    );
    let note = std::fs::read_to_string(dir.join(".git/sheaf/secrets.json")).unwrap();
    assert!(!note.contains(&value));
    desk.clean(&dir);
}

#[test]
fn what_is_committed_already_is_not_asked_about() {
    let desk = Desk::with_collection();
    let (dir, value) = (desk.clone("work"), token('S'));
    let text = std::fs::read_to_string(dir.join(REQUEST)).unwrap();
    let text = text.replace("description: \"\"", &format!("description: \"{value}\""));
    desk.colleague("main", &[(REQUEST, &text)], "Leak it");
    desk.ok(&dir, &["pull"]);
    desk.ok(&dir, &["set", REQUEST_ID, "description", &format!("see {value}")]);
    assert_eq!(desk.ok(&dir, &["commit", "-m", "Words"])["outcome"], "committed");
    assert_eq!(desk.ok(&dir, &["push"])["outcome"], "pushed");
}

#[test]
fn a_field_is_allowed_for_one_kind_of_value() {
    let desk = Desk::with_collection();
    let dir = with_header(&desk, "x9Kd72LmQw83ZrT0Bn");
    let secrets = refused(
        &desk.sheaf(&dir, &["commit", "-m", "A test key"]),
        "x9Kd72LmQw83ZrT0Bn",
    );
    assert_eq!(secrets[0]["code"], "secret-field");
    desk.ok(&dir, &["secrets", "allow", &fingerprint(&secrets[0])]);
    desk.ok(&dir, &["commit", "-m", "A test key"]);
    desk.ok(
        &dir,
        &["set", REQUEST_ID, "headers.X-Api-Key", "p4Vn81QsXe50LmR7Ty"],
    );
    desk.ok(&dir, &["commit", "-m", "Another test key"]);
    desk.ok(&dir, &["set", REQUEST_ID, "headers.X-Api-Key", &token('T')]);
    refused(&desk.sheaf(&dir, &["commit", "-m", "A real one"]), &token('T'));

    let allowed = desk.ok(&dir, &["secrets"])["allowed"].clone();
    assert_eq!(
        allowed,
        json!([{ "resource": REQUEST_ID, "field": "headers.X-Api-Key", "code": "secret-field" }])
    );
    let field = format!("{REQUEST_ID}:headers.X-Api-Key");
    desk.ok(&dir, &["secrets", "forget", &field]);
    assert_eq!(
        desk.sheaf(&dir, &["secrets", "forget", &field]).code(),
        "not-allowed"
    );
    desk.ok(
        &dir,
        &["set", REQUEST_ID, "headers.X-Api-Key", "m2Bc64WzYh97KfD1Gq"],
    );
    refused(
        &desk.sheaf(&dir, &["commit", "-m", "A third"]),
        "m2Bc64WzYh97KfD1Gq",
    );
}

#[test]
fn a_value_moves_to_a_private_environment_and_is_nowhere_in_git() {
    let desk = Desk::with_collection();
    let value = token('U');
    let dir = with_header(&desk, &format!("Key {value}"));
    let found = desk.ok(&dir, &["secrets"])["uncommitted"][0].clone();
    let moved = desk.ok(&dir, &["secrets", "move", &fingerprint(&found)]);
    assert_eq!(
        (&moved["variable"], &moved["environmentName"]),
        (&json!("x_api_key"), &json!("Private"))
    );
    assert!(
        std::fs::read_to_string(dir.join(REQUEST))
            .unwrap()
            .contains("Key {{ _.x_api_key }}")
    );
    let environment = moved["environment"].as_str().unwrap();
    assert_eq!(
        desk.ok(&dir, &["show", environment])["fields"]["data"],
        json!({ "x_api_key": value })
    );
    assert_eq!(
        desk.ok(&dir, &["commit", "-m", "Send the key"])["outcome"],
        "committed"
    );
    assert!(
        !desk
            .git(&dir, &["show", "--stat=200", "HEAD"])
            .contains("Environment")
    );
    assert!(!desk.git(&dir, &["log", "-p"]).contains(&value));

    // from now on it is known, whatever it is written in
    desk.ok(
        &dir,
        &["set", REQUEST_ID, "description", &format!("?key={value}")],
    );
    let secrets = refused(&desk.sheaf(&dir, &["commit", "-m", "Words"]), &value);
    assert_eq!(
        (&secrets[0]["code"], &secrets[0]["canMove"]),
        (&json!("known-value"), &json!(false))
    );
    desk.ok(&dir, &["undo"]);
    desk.ok(&dir, &["undo"]);
    desk.ok(&dir, &["undo"]);
    assert!(
        std::fs::read_to_string(dir.join(REQUEST))
            .unwrap()
            .contains(&format!("Key {value}"))
    );
    assert_eq!(
        desk.sheaf(&dir, &["show", environment]).status,
        1,
        "it went with the move"
    );
}

#[test]
fn the_access_token_of_the_remote_is_known_in_every_form() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    // dana:tok-canary-4711-write
    let encoded = "ZGFuYTp0b2stY2FuYXJ5LTQ3MTEtd3JpdGU=";
    for value in [TOKEN, encoded] {
        desk.ok(&dir, &["set", REQUEST_ID, "description", value]);
        let secrets = refused(&desk.sheaf(&dir, &["commit", "-m", "Oops"]), value);
        assert_eq!(secrets[0]["code"], "known-value");
        assert!(
            secrets[0]["what"]
                .as_str()
                .unwrap()
                .starts_with("The access token for https://")
        );
    }
    // without the token nothing is known of it
    let ran = desk.sheaf_with(&dir, &["commit", "-m", "Oops"], None, None);
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    let ran = desk.sheaf(&dir, &["push"]);
    assert_eq!(refused(&ran, encoded)[0]["commit"]["title"], "Oops");
}

#[test]
fn a_push_of_what_git_committed_is_refused_also_when_a_later_commit_removes_it() {
    let desk = Desk::with_collection();
    let (dir, value) = (desk.clone("work"), token('V'));
    let there = desk.remote_ref("main");
    std::fs::write(dir.join("deploy.env"), format!("HOST=a\nDEPLOY_TOKEN={value}\n")).unwrap();
    desk.git(&dir, &["add", "."]);
    desk.git(&dir, &["commit", "-q", "-m", "Deploy"]);
    std::fs::write(dir.join("deploy.env"), "HOST=a\n").unwrap();
    desk.git(&dir, &["commit", "-q", "-am", "Remove it"]);

    let secrets = refused(&desk.sheaf(&dir, &["push"]), &value);
    assert_eq!(secrets.len(), 1);
    let secret = &secrets[0];
    assert_eq!(
        (&secret["path"], &secret["field"], &secret["line"]),
        (&json!("deploy.env"), &json!("DEPLOY_TOKEN"), &json!(2))
    );
    assert_eq!(
        (&secret["commit"]["title"], &secret["canMove"]),
        (&json!("Deploy"), &json!(false))
    );
    let plain = desk.sheaf_plain(&dir, &["push"]);
    assert!(
        plain
            .stderr
            .contains("Nothing was sent: 1 value looks like a secret."),
        "{}",
        plain.stderr
    );
    assert_eq!(desk.remote_ref("main"), there);
    let ran = desk.sheaf(&dir, &["push", "--new-branch", "deploy"]);
    refused(&ran, &value);
    assert_eq!(desk.remote_ref("deploy"), None);
    desk.ok(&dir, &["tag", "create", "v1"]);
    assert_eq!(desk.sheaf(&dir, &["tag", "push", "v1"]).code(), "secrets-found");
    let listed = desk.ok(&dir, &["secrets"]);
    assert_eq!(listed["unpushed"][0]["fingerprint"], secret["fingerprint"]);

    assert_eq!(
        desk.ok(&dir, &["push", "--allow-secret", &fingerprint(secret)])["outcome"],
        "pushed"
    );
    assert!(
        desk.ok(&dir, &["secrets"])["unpushed"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    desk.clean(&dir);
}

#[test]
fn the_first_push_of_a_project_is_looked_at_too() {
    let desk = Desk::new();
    let value = token('W');
    desk.ok(
        desk.home(),
        &[
            "init",
            "own",
            "--uri",
            &desk.url(),
            "--author-name",
            "Dana",
            "--author-email",
            "dana@example.test",
            "--ca-file",
            &desk.ca(),
        ],
    );
    let dir = desk.path("own");
    std::fs::write(dir.join("notes.md"), format!("use {value}\n")).unwrap();
    desk.git(&dir, &["add", "."]);
    desk.git(&dir, &["commit", "-q", "-m", "Begin"]);
    refused(&desk.sheaf(&dir, &["push"]), &value);
    assert_eq!(desk.remote_ref("main"), None);
    // a new collection is committed and pushed at once, which takes the commits before it along
    let created = desk.ok(&dir, &["create", "Parcels"]);
    assert_eq!(created["snapshot"]["outcome"], "secretsFound", "{created}");
    assert!(
        created["notice"]
            .as_str()
            .unwrap()
            .contains("1 value looks like a secret"),
        "{created}"
    );
    assert_eq!(desk.remote_ref("main"), None);
    assert!(is_in_git(&desk, &dir, &value));
}

#[test]
fn real_collections_hold_nothing_that_looks_like_a_secret() {
    let root = std::env::var_os("SHEAF_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
        PathBuf::from,
    );
    if !root.is_dir() {
        eprintln!("skipped: no corpus");
        return;
    }
    let desk = Desk::new();
    desk.ok(desk.home(), &["init", "corpus"]);
    let dir = desk.path("corpus");
    let files = copy(&root, &dir);
    let found = desk.ok(&dir, &["secrets"])["uncommitted"].clone();
    let found = found.as_array().unwrap();
    let mut paths: Vec<&str> = found
        .iter()
        .filter_map(|secret| secret["path"].as_str())
        .collect();
    paths.dedup();
    eprintln!(
        "{} values in {} of {files} files: {found:#?}",
        found.len(),
        paths.len()
    );
    assert!(paths.len() * 100 <= files, "{} of {files}", paths.len());
}

/// Copies the files of a folder, and says how many they were.
fn copy(from: &Path, to: &Path) -> usize {
    std::fs::create_dir_all(to).unwrap();
    let mut count = 0;
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            count += copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
            count += 1;
        }
    }
    count
}
