//! The shell: window, menus, commands, settings store, git-events. No Git logic, no YAML.

mod closing;
mod commands;
mod console;
mod error;
mod events;
mod guard;
mod menu;
mod state;
mod store;
mod watch;

use std::sync::Arc;

use tauri::{Manager, Runtime};

pub use error::CommandError;

/// The builder with every command, shared by the program and by tests on the mock runtime.
#[allow(clippy::too_many_lines, reason = "a list, a line a command")]
pub fn build<R: Runtime>(builder: tauri::Builder<R>) -> tauri::Builder<R> {
    builder
        .manage(Arc::new(state::Shell::default()))
        .manage(watch::Watched::default())
        .manage(closing::Closing::default())
        .invoke_handler(tauri::generate_handler![
            commands::app::user_settings,
            commands::app::save_user_settings,
            commands::app::keychain_status,
            commands::app::app_version,
            commands::app::cancel,
            commands::app::open_link,
            commands::app::open_devtools,
            commands::app::pick_folder,
            commands::app::pick_file,
            commands::app::default_folder,
            commands::app::recent_events,
            commands::app::event_report,
            commands::app::finish_closing,
            commands::projects::repair,
            commands::projects::projects,
            commands::projects::open_folder,
            commands::projects::new_project,
            commands::projects::init_folder,
            commands::projects::remove_project,
            commands::projects::reveal_project,
            commands::projects::project_view,
            commands::projects::members,
            commands::projects::clone,
            commands::remote::remote_settings,
            commands::remote::suggested_settings,
            commands::remote::save_remote_settings,
            commands::remote::forget_token,
            commands::remote::move_address_token,
            commands::remote::check_uri,
            commands::remote::test_connection,
            commands::remote::fetch,
            commands::remote::pull,
            commands::remote::push,
            commands::remote::push_initial,
            commands::remote::push_back,
            commands::resources::resource,
            commands::resources::edit_resource,
            commands::resources::text_file,
            commands::resources::save_text,
            commands::resources::restore_readable,
            commands::resources::put_back,
            commands::resources::create_collection,
            commands::resources::convert_collection,
            commands::resources::create_resource,
            commands::resources::rename_resource,
            commands::import::preview_import,
            commands::import::import,
            commands::import::import_curl,
            commands::import::parse_curl,
            commands::import::copy_as_curl,
            commands::import::export_collection,
            commands::app::pick_save,
            commands::app::pick_files,
            commands::resources::duplicate_resources,
            commands::resources::move_resources,
            commands::resources::delete_resources,
            commands::search::search,
            commands::secrets::allow_secrets,
            commands::secrets::move_secret,
            commands::changes::changes,
            commands::changes::text_diff,
            commands::changes::incoming,
            commands::changes::commit,
            commands::changes::discard,
            commands::changes::history,
            commands::changes::commit_changes,
            commands::changes::restore_resource,
            commands::changes::undo,
            commands::changes::redo,
            commands::changes::timeline,
            commands::changes::undo_to,
            commands::changes::redo_to,
            commands::changes::undo_preview,
            commands::branches::branches,
            commands::branches::collections_elsewhere,
            commands::branches::create_branch,
            commands::branches::switch_branch,
            commands::branches::unpark,
            commands::branches::rename_branch,
            commands::branches::delete_branch,
            commands::branches::merge_branch,
            commands::branches::fetch_branch,
            commands::merges::merge_preview,
            commands::merges::pull_preview,
            commands::merges::pull_fetched,
            commands::merges::questions,
            commands::merges::answer_question,
            commands::merges::answer_all,
            commands::merges::land_merge,
            commands::merges::abort_merge,
            commands::branches::delete_remote_branch,
            commands::branches::prune_branches,
            commands::changes::amend,
            commands::changes::resource_history,
            commands::changes::blame,
            commands::changes::compare,
            commands::tags::tags,
            commands::tags::create_tag,
            commands::tags::delete_tag,
            commands::tags::push_tag,
            commands::branches::parked,
            commands::branches::parked_changes,
            commands::branches::drop_parked,
            commands::merges::revert,
            commands::merges::cherry_pick,
            commands::merges::squash_branch,
        ])
}

/// Runs the program until its window is closed.
pub fn run() {
    events::install();
    let builder = tauri::Builder::default()
        // must be the first plugin: a second start ends here
        .plugin(tauri_plugin_single_instance::init(|app, _, _| focus(app)))
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(guard::navigation())
        .menu(menu::build)
        .on_window_event(closing::on_event)
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()));
    let result = build(builder)
        .setup(|app| {
            console::mirror(app);
            events::forward_to(app.handle());
            if let Ok(kept) = store::read(app.handle()) {
                let shell = app.state::<Arc<state::Shell>>();
                shell.use_settings(&kept.settings);
                if let Some(last) = kept
                    .settings
                    .last_project
                    .filter(|last| kept.projects.contains(last))
                {
                    shell.read_ahead(&last);
                }
            }
            warm_up();
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(e) = result {
        log::error!("Sheaf could not start: {e}");
        std::process::exit(start_again());
    }
}

/// A first window that closes at this very moment cannot take over what a second start hands it; a moment later there is
/// no first window any more. The exit status is that of the last try.
fn start_again() -> i32 {
    const TRIES: u32 = 3;
    const TRIED: &str = "SHEAF_STARTS";
    let tried = std::env::var(TRIED)
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1);
    let Ok(program) = std::env::current_exe() else {
        return 1;
    };
    if tried >= TRIES {
        return 1;
    }
    std::thread::sleep(std::time::Duration::from_millis(300));
    let again = std::process::Command::new(program)
        .env(TRIED, (tried + 1).to_string())
        .status();
    again.ok().and_then(|status| status.code()).unwrap_or(1)
}

fn focus<R: Runtime>(app: &tauri::AppHandle<R>) {
    if let Some(window) = app.get_webview_window("main") {
        // a window that cannot be raised still runs
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// The keychain and libgit2 take a moment to start: not while the user waits for a click.
fn warm_up() {
    std::thread::spawn(|| {
        sheaf_project::git::setup::initialise();
    });
}
