//! The native menu. Every entry is told to the page by its id; the page does the rest, so that both menus stay one.

use tauri::menu::{Menu, MenuItemBuilder, Submenu, SubmenuBuilder};
use tauri::{AppHandle, Emitter, Manager, Runtime};

/// Builds the menu.
pub(crate) fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let menu = Menu::new(app)?;
    #[cfg(target_os = "macos")]
    menu.append(
        &SubmenuBuilder::new(app, "Sheaf")
            .about(None)
            .separator()
            .services()
            .hide()
            .hide_others()
            .build()?,
    )?;
    menu.append(&file(app)?)?;
    menu.append(&edit(app)?)?;
    menu.append(&git(app)?)?;
    menu.append(&view(app)?)?;
    Ok(menu)
}

/// Handles a chosen entry.
pub(crate) fn chosen<R: Runtime>(app: &AppHandle<R>, id: &str) {
    match id {
        "devtools" => return toggle_devtools(app),
        "quit" => return close(app),
        _ => {}
    }
    // fails only while the window is closing
    let _ = app.emit("menu", id);
}

/// Closes the window as its cross does, so that nothing typed is lost.
fn close<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window("main")
        && let Err(e) = window.close()
    {
        log::error!("the window did not close: {e}");
    }
}

/// Opens or closes the developer tools, in release builds too: git-events are read there.
pub(crate) fn toggle_devtools<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window("main") {
        if window.is_devtools_open() {
            window.close_devtools();
        } else {
            window.open_devtools();
        }
    }
}

fn file<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Submenu<R>> {
    SubmenuBuilder::new(app, "File")
        .item(&item(
            app,
            "clone",
            "Clone repository…",
            Some("CmdOrCtrl+Shift+O"),
        )?)
        .item(&item(
            app,
            "new-project",
            "New project…",
            Some("CmdOrCtrl+Shift+N"),
        )?)
        .item(&item(app, "open-folder", "Open folder…", Some("CmdOrCtrl+O"))?)
        .separator()
        .item(&item(app, "save", "Save", Some("CmdOrCtrl+S"))?)
        .item(&item(
            app,
            "dashboard",
            "All projects",
            Some("CmdOrCtrl+Shift+D"),
        )?)
        .separator()
        .item(&item(app, "settings", "Settings…", Some("CmdOrCtrl+,"))?)
        .item(&item(app, "quit", "Quit", Some("CmdOrCtrl+Q"))?)
        .build()
}

fn edit<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Submenu<R>> {
    // text fields keep the usual keys for their own undo, so these two carry none
    let menu = SubmenuBuilder::new(app, "Edit")
        .item(&item(app, "undo", "Undo last change", None)?)
        .item(&item(app, "redo", "Redo", None)?)
        .item(&item(
            app,
            "timeline",
            "Undo timeline…",
            Some("CmdOrCtrl+Shift+T"),
        )?)
        .separator();
    clipboard(app, menu)?
        .separator()
        .item(&item(
            app,
            "search",
            "Search in the project",
            Some("CmdOrCtrl+Shift+F"),
        )?)
        .build()
}

/// GTK has no such entries of its own that work in a web view: the page carries them out. Pasting is for the keys there.
#[cfg(target_os = "linux")]
fn clipboard<'m, R: Runtime>(
    app: &'m AppHandle<R>,
    menu: SubmenuBuilder<'m, R, AppHandle<R>>,
) -> tauri::Result<SubmenuBuilder<'m, R, AppHandle<R>>> {
    Ok(menu
        .item(&item(app, "cut", "Cut", None)?)
        .item(&item(app, "copy", "Copy", None)?)
        .item(&item(app, "select-all", "Select all", None)?))
}

#[cfg(not(target_os = "linux"))]
fn clipboard<'m, R: Runtime>(
    _: &'m AppHandle<R>,
    menu: SubmenuBuilder<'m, R, AppHandle<R>>,
) -> tauri::Result<SubmenuBuilder<'m, R, AppHandle<R>>> {
    Ok(menu.cut().copy().paste().select_all())
}

fn git<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Submenu<R>> {
    SubmenuBuilder::new(app, "Git")
        .item(&item(app, "commit", "Commit…", Some("CmdOrCtrl+Shift+C"))?)
        .item(&item(app, "amend", "Add to last commit…", None)?)
        .item(&item(app, "push", "Push", Some("CmdOrCtrl+Shift+P"))?)
        .item(&item(app, "pull", "Pull", Some("CmdOrCtrl+Shift+L"))?)
        .item(&item(app, "fetch", "Fetch", Some("CmdOrCtrl+Shift+R"))?)
        .separator()
        .item(&item(app, "branches", "Branches…", Some("CmdOrCtrl+Shift+B"))?)
        .item(&item(app, "history", "History…", Some("CmdOrCtrl+Shift+H"))?)
        .item(&item(app, "compare", "Compare…", None)?)
        .item(&item(app, "tags", "Tags…", None)?)
        .item(&item(app, "parked", "Parked changes…", None)?)
        .separator()
        .item(&item(app, "remote-settings", "Repository settings…", None)?)
        .build()
}

fn view<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Submenu<R>> {
    SubmenuBuilder::new(app, "View")
        .item(&item(app, "palette", "Commands…", Some("CmdOrCtrl+K"))?)
        .item(&item(app, "events", "git-events", Some("CmdOrCtrl+Shift+E"))?)
        .item(&item(
            app,
            "devtools",
            "Developer tools",
            Some("CmdOrCtrl+Shift+I"),
        )?)
        .build()
}

fn item<R: Runtime>(
    app: &AppHandle<R>,
    id: &str,
    text: &str,
    keys: Option<&str>,
) -> tauri::Result<tauri::menu::MenuItem<R>> {
    let builder = MenuItemBuilder::with_id(id, text);
    match keys {
        Some(keys) => builder.accelerator(keys).build(app),
        None => builder.build(app),
    }
}
