//! `sheaf verify`: what is said of each file of a folder, which need be no repository.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

const WORKSPACE: &str = "_id: wrk_1\ntype: Workspace\nparentId: null\nmodified: 1\ncreated: 1\nname: Parcels\ndescription: \"\"\nscope: collection\n";
const REQUEST: &str = "# by hand\n_id: req_1\ntype: Request\nparentId: wrk_1\nurl:   /a\nname: 'Get'\nheaders: [ {name: A, value: b} ]\n";
const V5: &str = "type: collection.insomnia.rest/5.0\nname: Parcels\nmeta:\n  id: wrk_5\ncollection:\n  - url: /a\n    name: Get\n    meta:\n      id: req_5\n    method: GET";

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

/// Exit status, the object, and the same run in words.
fn verify(folder: &Path, arguments: &[&str]) -> (i32, Value, String) {
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sheaf"));
        let output = command
            .arg("verify")
            .args(arguments)
            .args(more)
            .current_dir(folder)
            .output()
            .unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), text)
    };
    let (status, json) = run(&["--json"]);
    let (same_status, words) = run(&[]);
    assert_eq!(status, same_status);
    (status, serde_json::from_str(&json).unwrap(), words)
}

#[test]
fn good_files_are_parsed_and_stable() {
    let folder = folder(&[
        (".insomnia/Workspace/wrk_1.yml", WORKSPACE.as_bytes()),
        (".insomnia/Request/req_1.yml", REQUEST.as_bytes()),
        ("apis/parcels.yaml", V5.as_bytes()),
        (
            "apis/windows.yaml",
            V5.replace('\n', "\r\n").replace("_5", "_6").as_bytes(),
        ),
        ("openapi.yaml", b"openapi: 3.0.3\n"),
        (".git/a.yaml", V5.as_bytes()),
    ]);
    let (status, told, words) = verify(folder.path(), &[]);
    let fine = |path: &str| json!({ "path": path, "parsed": true, "byte_stable": true, "problems": [] });
    assert_eq!(
        told,
        json!({ "files": [
            fine(".insomnia/Request/req_1.yml"),
            fine(".insomnia/Workspace/wrk_1.yml"),
            fine("apis/parcels.yaml"),
            fine("apis/windows.yaml"),
        ]})
    );
    assert_eq!(status, 0);
    assert_eq!(
        words,
        "4 collection files: 4 read and byte-stable, 0 not readable, 0 not byte-stable.\n"
    );
}

#[test]
fn broken_files_are_told_with_their_places() {
    let folder = folder(&[
        (".insomnia/Workspace/wrk_1.yml", WORKSPACE.as_bytes()),
        (".insomnia/Request/req_1.yml", b"_id: req_1\nname: [\n"),
        (".insomnia/Request/req_2.yml", b"\x89PNG\x00\xff"),
        (".insomnia/Request/req_3.yml", b"_id: a\0\n"),
        (
            ".insomnia/Request/req_4.yml",
            b"a: 1\n<<<<<<< ours\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n",
        ),
    ]);
    let (status, told, words) = verify(
        folder.path().parent().unwrap(),
        &[&folder.path().to_string_lossy()],
    );
    assert_eq!(status, 1);
    let files = told["files"].as_array().unwrap();
    let of = |name: &str| files.iter().find(|file| file["path"] == name).unwrap();
    for (number, code, line) in [
        (1, "syntax", None),
        (2, "encoding", Some(1)),
        (3, "encoding", Some(1)),
        (4, "conflict-markers", Some(2)),
    ] {
        let file = of(&format!(".insomnia/Request/req_{number}.yml"));
        assert_eq!(
            (&file["parsed"], &file["byte_stable"]),
            (&json!(false), &json!(false)),
            "{file}"
        );
        assert_eq!(file["problems"][0]["code"], code);
        assert!(
            file["problems"][0]["line"].is_u64() && file["problems"][0]["column"].is_u64(),
            "{file}"
        );
        if let Some(line) = line {
            assert_eq!(file["problems"][0]["line"], line);
        }
    }
    assert_eq!(of(".insomnia/Workspace/wrk_1.yml")["byte_stable"], true);
    assert!(words.contains(".insomnia/Request/req_4.yml:2:1: "), "{words}");
    assert!(
        words.ends_with("5 collection files: 1 read and byte-stable, 4 not readable, 0 not byte-stable.\n"),
        "{words}"
    );
}

/// JSON with half a surrogate pair reads as JSON alone, and cannot be patched as YAML.
#[test]
fn a_file_that_cannot_be_edited_without_a_trace_is_not_stable() {
    let text =
        "{\"_id\": \"req_1\", \"type\": \"Request\", \"parentId\": \"wrk_1\", \"name\": \"\\ud83d\\ude00\"}";
    let folder = folder(&[
        (".insomnia/Workspace/wrk_1.yml", WORKSPACE.as_bytes()),
        (".insomnia/Request/req_1.json", text.as_bytes()),
    ]);
    let (status, told, words) = verify(folder.path(), &[]);
    assert_eq!(status, 1);
    assert_eq!(
        (&told["files"][0]["parsed"], &told["files"][0]["byte_stable"]),
        (&json!(true), &json!(false))
    );
    assert!(words.contains("1 not byte-stable"), "{words}");
}

#[test]
fn a_file_that_is_too_large_is_told_and_not_read() {
    let folder = folder(&[(".insomnia/Workspace/wrk_1.yml", WORKSPACE.as_bytes())]);
    let path = folder.path().join("huge.yaml");
    std::fs::write(&path, V5).unwrap();
    let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(101 * 1024 * 1024).unwrap();
    let (status, told, _) = verify(folder.path(), &[]);
    assert_eq!(status, 1);
    assert_eq!(told["files"][1]["problems"][0]["code"], "too-large");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let elsewhere = folder(&[("a.yaml", V5.as_bytes())]);
    let folder = folder(&[(".insomnia/Workspace/wrk_1.yml", WORKSPACE.as_bytes())]);
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("link")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("a.yaml"), folder.path().join("b.yaml")).unwrap();
    let (status, told, _) = verify(folder.path(), &[]);
    assert_eq!((status, told["files"].as_array().unwrap().len()), (0, 1));
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let folder = folder(&[]);
    let (status, told, _) = verify(folder.path(), &["missing"]);
    assert_eq!(status, 1);
    assert_eq!(told["error"]["code"], "not-found");
}

#[test]
fn other_files_are_named_from_the_folder_on() {
    let copy = REQUEST.replace("/a", "/b");
    let folder = folder(&[
        ("one/.insomnia/Workspace/wrk_1.yml", WORKSPACE.as_bytes()),
        ("one/.insomnia/Request/req_1.yml", REQUEST.as_bytes()),
        ("one/.insomnia/Request/req_1.yaml", copy.as_bytes()),
        ("two/.insomnia/Workspace/wrk_1.yml", WORKSPACE.as_bytes()),
    ]);
    let (_, told, words) = verify(folder.path(), &[]);
    let files = told["files"].as_array().unwrap();
    let messages: Vec<&str> = files
        .iter()
        .flat_map(|file| file["problems"].as_array().unwrap())
        .map(|problem| problem["message"].as_str().unwrap())
        .collect();
    assert!(
        messages
            .iter()
            .any(|message| message.contains("used by one/.insomnia/Request/req_1.yaml.")),
        "{messages:?}"
    );
    let root = folder.path().canonicalize().unwrap();
    assert!(!words.contains(&*root.to_string_lossy()), "{words}");
}
