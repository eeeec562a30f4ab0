//! The commands of the shell as a page would call them that has gone mad: wrong types, paths that lead out, endless texts.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that fails is a test that fails"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{WebviewWindow, WebviewWindowBuilder};

const FOLDER: &str = "SHEAF_TEST_HOSTILE_CALLS";

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.test"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The environment belongs to a process, so the calls are made in one of their own.
#[test]
fn every_command_answers_in_words_and_touches_nothing_outside() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("project");
    std::fs::create_dir(&project).unwrap();
    git(&project, &["init", "-q", "-b", "main"]);
    std::fs::write(project.join("README.md"), "# Parcels\n").unwrap();
    git(&project, &["add", "-A"]);
    git(&project, &["commit", "-qm", "First"]);
    let first = git(&project, &["rev-parse", "HEAD"]);
    std::fs::write(folder.path().join("victim.txt"), "precious\n").unwrap();
    let before = outside(folder.path());
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "other_half", "--nocapture"])
        .env(FOLDER, folder.path())
        .env("HOME", folder.path().join("home"))
        .env("XDG_DATA_HOME", folder.path().join("home/data"))
        .env("XDG_CONFIG_HOME", folder.path().join("home/config"))
        .env("XDG_CACHE_HOME", folder.path().join("home/cache"))
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env("SHEAF_PICK_FOLDER", "/nonexistent")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(
        outside(folder.path()),
        before,
        "something outside the project changed"
    );
    git(&project, &["fsck", "--strict", "--no-dangling"]);
    git(&project, &["merge-base", "--is-ancestor", &first, "main"]);
}

/// Every file and folder beside the project and the folder of the app.
fn outside(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let others = entries.filter(|path| !path.ends_with("project") && !path.ends_with("home"));
    others
        .map(|path| {
            let bytes = std::fs::read(&path).unwrap_or_default();
            (path, bytes)
        })
        .collect()
}

#[test]
#[ignore = "run by the other test of this file"]
fn other_half() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    std::fs::create_dir_all(folder.join("home")).unwrap();
    let app = sheaf_desktop::build(mock_builder())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .build(mock_context(noop_assets()))
        .unwrap();
    let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default())
        .build()
        .unwrap();
    let project = folder.join("project").to_string_lossy().into_owned();
    links_are_refused(&window);
    let mut calls = 0;
    for (command, names) in commands() {
        for hostile in hostile_values(&folder) {
            for with_project in [true, false] {
                let arguments: serde_json::Map<String, Value> = names
                    .iter()
                    .map(|name| {
                        let value = match name.as_str() {
                            "project" if with_project => json!(project),
                            "onProgress" | "onStep" => json!("__CHANNEL__:1"),
                            _ => hostile.clone(),
                        };
                        (name.clone(), value)
                    })
                    .collect();
                let answer = call(&window, &command, arguments.into());
                let internal = matches!(&answer, Err(error) if error["code"] == "internal");
                assert!(!internal, "{command} {hostile:.80}: {answer:?}");
                calls += 1;
            }
        }
        let _ = call(&window, &command, json!({}));
    }
    assert!(calls > 1_000, "{calls} calls");
}

/// Only https addresses are opened.
fn links_are_refused(window: &WebviewWindow<MockRuntime>) {
    for link in [
        "file:///etc/passwd",
        "smb://server/share",
        "ms-msdt:/id PCWDiagnostic",
        "\\\\server\\share",
        "javascript:alert(1)",
        "http://example.test",
        "https://example.test/\nx",
        "https://example.test/ x",
        "data:text/html,x",
        "ssh://-oProxyCommand=x",
        " https://example.test",
        "",
    ] {
        let answer = call(window, "open_link", json!({ "url": link }));
        assert_eq!(answer.unwrap_err()["code"], "bad-link", "{link:?}");
    }
}

fn call(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().unwrap_or(Value::Null))
}

/// The commands and the names of their arguments, as the page calls them; but for those that open something of the desktop.
fn commands() -> Vec<(String, Vec<String>)> {
    const OF_THE_DESKTOP: [&str; 4] = ["open_devtools", "reveal_project", "finish_closing", "pick_save"];
    let ipc = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/ipc.ts")).unwrap();
    let mut found = Vec::new();
    for rest in ipc.split("invoke<").skip(1) {
        let Some((command, rest)) = rest.split_once("('").and_then(|(_, rest)| rest.split_once('\'')) else {
            continue;
        };
        let listed = rest.strip_prefix(", {").and_then(|list| list.split('}').next());
        let names = listed.unwrap_or_default().split(',');
        let names = names
            .filter_map(|name| name.split(':').next().map(str::trim))
            .filter(|name| !name.is_empty() && name.chars().all(char::is_alphanumeric))
            .map(str::to_owned)
            .collect();
        if !OF_THE_DESKTOP.contains(&command) {
            found.push((command.to_owned(), names));
        }
    }
    assert!(found.len() > 60, "{found:?}");
    found
}

fn hostile_values(folder: &Path) -> Vec<Value> {
    let mut deep = json!(1);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    vec![
        json!(""),
        json!("../victim.txt"),
        json!(folder.join("victim.txt")),
        json!("..\\victim.txt"),
        json!(".git/config"),
        json!("\0"),
        json!("C:\\victim.txt"),
        json!("\\\\server\\share"),
        json!("-x"),
        json!("\u{1b}]0;x\u{7}\u{202e}"),
        json!("x".repeat(1_000_000)),
        json!(9_007_199_254_740_993_u64),
        json!(-1.5),
        json!(null),
        json!(true),
        json!(["../victim.txt", "", 1]),
        json!({ "__proto__": { "path": "../victim.txt" }, "constructor": 1 }),
        deep,
    ]
}
