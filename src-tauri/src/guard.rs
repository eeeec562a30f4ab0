//! The window shows our page and nothing else.

use tauri::Runtime;
use tauri::plugin::{Builder, TauriPlugin};

/// A content security policy does not stop `location = "https://…"`; this does.
pub(crate) fn navigation<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("navigation-guard")
        .on_navigation(|_, url| {
            let own = url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
            let dev = cfg!(dev) && url.host_str() == Some("localhost");
            if !(own || dev) {
                log::warn!(
                    "navigation to {} refused",
                    url.host_str().unwrap_or("an address without a host")
                );
            }
            own || dev
        })
        .build()
}
