//! The window shows our page and nothing else.

use tauri::plugin::{Builder, TauriPlugin};
use tauri::{Runtime, Url};

/// A content security policy does not stop `location = "https://…"`; this does.
pub(crate) fn navigation<R: Runtime>() -> TauriPlugin<R> {
    Builder::new("navigation-guard")
        .on_navigation(|_, url| {
            let ours = is_ours(url) || cfg!(dev) && url.host_str() == Some("localhost");
            if !ours {
                log::warn!(
                    "navigation to {} refused",
                    url.host_str().unwrap_or("an address without a host")
                );
            }
            ours
        })
        .build()
}

/// Where the page comes from, on any system.
fn is_ours(url: &Url) -> bool {
    let origin = (url.scheme(), url.host_str(), url.port());
    matches!(
        origin,
        ("tauri", Some("localhost"), None) | ("http" | "https", Some("tauri.localhost"), None)
    )
}

#[cfg(test)]
mod tests {
    use super::{Url, is_ours};

    #[test]
    fn only_our_own_page_is_shown() {
        for url in [
            "tauri://localhost/index.html",
            "http://tauri.localhost/",
            "https://tauri.localhost/#x",
        ] {
            assert!(Url::parse(url).is_ok_and(|url| is_ours(&url)), "{url}");
        }
        for url in [
            "https://tauri.localhost.evil.example/",
            "https://tauri.localhost@evil.example/",
            "https://evil.example/tauri.localhost",
            "https://tauri.localhost:8443/",
            "tauri://evil.example/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,<script>1</script>",
            "javascript:alert(1)",
            "about:blank",
            "blob:https://evil.example/x",
        ] {
            assert!(Url::parse(url).is_ok_and(|url| !is_ours(&url)), "{url}");
        }
    }
}
