//! Who may call what: our page in the one window, and nobody else.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

const OURS: &str = "tauri://localhost";

fn call(
    window: &WebviewWindow<MockRuntime>,
    command: &str,
    arguments: Value,
    from: &str,
) -> Result<(), Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: from.parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(drop)
}

fn is_not_allowed(answer: Result<(), Value>) -> bool {
    answer.is_err_and(|error| error.to_string().contains("not allowed"))
}

#[test]
fn another_window_and_another_origin_may_call_nothing() {
    let app = sheaf_desktop::build(mock_builder())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .build(tauri::generate_context!())
        .unwrap();
    let window = |label| {
        let builder = WebviewWindowBuilder::new(&app, label, WebviewUrl::default());
        builder.build().unwrap()
    };
    let (main, other) = (window("main"), window("other"));
    assert_eq!(call(&main, "app_version", json!({}), OURS), Ok(()));
    for command in [
        "app_version",
        "projects",
        "open_folder",
        "clone",
        "push",
        "plugin:event|listen",
    ] {
        assert!(
            is_not_allowed(call(&other, command, json!({}), OURS)),
            "{command}"
        );
        for from in [
            "https://evil.test",
            "https://tauri.localhost.evil.test",
            "http://localhost:1420",
            "https://localhost",
            "file:///tmp/page.html",
            "data:text/html,x",
            "about:blank",
        ] {
            assert!(
                is_not_allowed(call(&main, command, json!({}), from)),
                "{command} from {from}"
            );
        }
    }
    for command in [
        "plugin:dialog|open",
        "plugin:dialog|save",
        "plugin:opener|open_url",
        "plugin:opener|open_path",
        "plugin:opener|reveal_item_in_dir",
        "plugin:event|emit",
        "plugin:event|emit_to",
        "plugin:window|close",
        "plugin:window|create",
        "plugin:webview|create_webview_window",
        "plugin:path|resolve_directory",
        "plugin:app|version",
    ] {
        assert!(is_not_allowed(call(&main, command, json!({}), OURS)), "{command}");
    }
}
