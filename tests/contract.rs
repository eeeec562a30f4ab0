//! The page, the permissions and the shell name the same commands; the policy of the window is what it should be.

#![allow(clippy::unwrap_used, reason = "a test fails with what is missing")]

use std::collections::BTreeSet;
use std::path::Path;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What stands between `before` and the next quote after each `before` in `text`.
fn quoted(text: &str, before: &str) -> BTreeSet<String> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.split(['\'', '"']).next())
        .map(str::to_owned)
        .collect()
}

fn handled() -> BTreeSet<String> {
    let shell = read("src-tauri/src/lib.rs");
    let list = shell
        .split("generate_handler![")
        .nth(1)
        .and_then(|t| t.split(']').next())
        .unwrap()
        .to_owned();
    list.split(',')
        .filter_map(|c| c.trim().rsplit("::").next())
        .filter(|c| !c.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn page_permissions_and_shell_agree() {
    let ipc = read("ui/src/ipc.ts");
    let called: BTreeSet<_> = ipc
        .split("invoke<")
        .skip(1)
        .filter_map(|r| r.split("('").nth(1)?.split('\'').next())
        .map(str::to_owned)
        .collect();
    let allowed = quoted(
        read("src-tauri/permissions/sheaf.toml")
            .split("commands.allow")
            .nth(1)
            .unwrap(),
        "\n  \"",
    );
    assert_eq!(called, handled(), "ui/src/ipc.ts and generate_handler!");
    assert_eq!(allowed, handled(), "permissions/sheaf.toml and generate_handler!");
}

#[test]
fn only_the_ipc_module_talks_to_the_shell() {
    fn visit(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                visit(&path, found);
            } else if !path.ends_with("ipc.ts") && !path.to_string_lossy().contains("/test") {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                if text.contains("@tauri-apps/") && !path.to_string_lossy().ends_with(".test.ts") {
                    found.push(path.display().to_string());
                }
            }
        }
    }
    let mut found = Vec::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src"), &mut found);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_window_may_do_little() {
    let config: serde_json::Value = serde_json::from_str(&read("tauri.conf.json")).unwrap();
    let security = &config["app"]["security"];
    let policy = security["csp"].as_str().unwrap();
    for part in [
        "default-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ] {
        assert!(policy.contains(part), "{part}");
    }
    for hole in ["unsafe-inline", "unsafe-eval", "https:", "*"] {
        assert!(!policy.contains(hole), "{hole}");
    }
    assert_eq!(config["app"]["withGlobalTauri"], false);

    let capability: serde_json::Value =
        serde_json::from_str(&read("src-tauri/capabilities/main.json")).unwrap();
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability.get("remote").is_none());
    for permission in capability["permissions"].as_array().unwrap() {
        let name = permission.as_str().unwrap();
        assert!(
            !name.ends_with(":default")
                && !["fs:", "shell:", "http:", "store:"]
                    .iter()
                    .any(|p| name.starts_with(p)),
            "{name}"
        );
    }
}

/// What comes from a repository or a host is text; a page that cannot draw markup cannot draw theirs.
#[test]
fn nothing_is_drawn_as_markup() {
    const WAYS: [&str; 8] = [
        "{@html",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "srcdoc",
        "new Function",
        "eval(",
    ];
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src")];
    let (mut found, mut seen) = (Vec::new(), 0);
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder)
            .unwrap()
            .flatten()
            .map(|entry| entry.path())
        {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            seen += 1;
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            found.extend(
                WAYS.iter()
                    .filter(|way| text.contains(*way))
                    .map(|way| format!("{way} in {}", path.display())),
            );
        }
    }
    assert!(seen > 100);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn libgit2_is_new_enough() {
    // advisories of 2026 against libgit2 before 1.9.7 are not in the advisory database under the crate's name
    let lock = read("Cargo.lock");
    let version = lock
        .split("name = \"libgit2-sys\"\nversion = \"")
        .nth(1)
        .and_then(|r| r.split('"').next())
        .unwrap();
    let parts: Vec<u32> = version
        .split(['.', '+'])
        .take(3)
        .map(|p| p.parse().unwrap())
        .collect();
    assert!(parts >= vec![0, 18, 8], "{version}");
}
