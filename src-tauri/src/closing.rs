//! Closing the window: the page first saves what was typed, or asks.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Emitter, Manager, Runtime, Window, WindowEvent};

/// Whether the page was told and has not answered yet.
#[derive(Default)]
pub(crate) struct Closing(AtomicBool);

/// Handles the events of the window. A second try to close goes through, also where the page does not answer.
pub(crate) fn on_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else {
        return;
    };
    let told_before = window.state::<Closing>().0.swap(true, Ordering::SeqCst);
    if !told_before && window.emit("closing", ()).is_ok() {
        api.prevent_close();
    }
}

/// The page's answer.
pub(crate) fn finish<R: Runtime>(app: &AppHandle<R>, close: bool) {
    app.state::<Closing>().0.store(false, Ordering::SeqCst);
    let Some(window) = app.get_webview_window("main") else {
        return;
    };
    if close && let Err(e) = window.destroy() {
        log::error!("the window did not close: {e}");
    }
}
