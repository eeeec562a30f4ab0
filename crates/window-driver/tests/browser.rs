//! The driver against `WebKit`'s own small browser, so that a fault of the driver is not taken for one of the app.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::path::PathBuf;

use sheaf_window_driver::{Desktop, Keychain, Window, WindowOptions};

/// Debian and Fedora keep it in different places; other systems may lack it.
fn browser() -> Option<PathBuf> {
    let triplet = format!(
        "/usr/lib/{}-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        std::env::consts::ARCH
    );
    [triplet.as_str(), "/usr/libexec/webkit2gtk-4.1/MiniBrowser"]
        .into_iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
}

fn open(desktop: &Desktop, page: &str) -> Option<Window> {
    let Some(browser) = browser() else {
        eprintln!("no MiniBrowser here");
        return None;
    };
    let window = desktop
        .open_with(&WindowOptions::new(browser).arg("--automation"))
        .unwrap();
    let script = "document.body.innerHTML = arguments[0]";
    window.execute(script, &[page.into()]).unwrap();
    Some(window)
}

#[test]
fn types_clicks_and_waits() {
    let desktop = Desktop::start(Keychain::Missing).unwrap();
    let page = r#"<input data-testid="name" value="old">
        <button data-testid="go" onclick="setTimeout(() => said.textContent = 'Hello ' + document.querySelector('input').value, 200)">Go</button>
        <p id="said" data-testid="said"></p>"#;
    let Some(window) = open(&desktop, page) else {
        return;
    };
    window.fill("name", "Ana").unwrap();
    window.click("go").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(window.value("name").unwrap(), "Ana");
    assert_eq!(window.windows().unwrap(), 1);
    window.gone("nothing").unwrap();

    let picture = desktop.home().join("page.png");
    window.picture(&picture).unwrap();
    assert!(std::fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
    window.close().unwrap();
}

#[test]
fn two_desktops_do_not_meet() {
    let first = Desktop::start(Keychain::Unlocked).unwrap();
    let second = Desktop::start(Keychain::Unlocked).unwrap();
    assert_ne!(first.home(), second.home());
    let (Some(a), Some(b)) = (
        open(&first, "<p data-testid=p>a</p>"),
        open(&second, "<p data-testid=p>b</p>"),
    ) else {
        return;
    };
    assert_eq!(a.text("p").unwrap(), "a");
    assert_eq!(b.text("p").unwrap(), "b");
}
