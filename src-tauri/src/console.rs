//! With `SHEAF_CONSOLE` set, `WebKitGTK` copies every console message of the page to standard output, where a test reads
//! it. Other systems keep their own developer tools.

use tauri::{App, Runtime};

#[cfg(target_os = "linux")]
pub(crate) fn mirror<R: Runtime>(app: &App<R>) {
    use tauri::Manager;
    use webkit2gtk::{SettingsExt, WebViewExt};

    if std::env::var_os("SHEAF_CONSOLE").is_none() {
        return;
    }
    for (_, window) in app.webview_windows() {
        let mirrored = window.with_webview(|webview| {
            if let Some(settings) = webview.inner().settings() {
                settings.set_enable_write_console_messages_to_stdout(true);
            }
        });
        if let Err(e) = mirrored {
            log::warn!("the console cannot be mirrored: {e}");
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub fn mirror<R: Runtime>(_: &App<R>) {}
