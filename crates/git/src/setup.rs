//! What has to be said to libgit2 once in a process.

use std::path::PathBuf;
use std::sync::{Once, OnceLock};

static ONCE: Once = Once::new();
static USER_CONFIG: OnceLock<Vec<PathBuf>> = OnceLock::new();

/// Prepares libgit2. Cheap to call again; every way to a repository calls it.
pub fn initialise() {
    ONCE.call_once(|| {
        // The paths are looked up first: afterwards libgit2 no longer knows where the user's configuration is.
        let found = [git2::Config::find_global(), git2::Config::find_xdg()];
        USER_CONFIG.get_or_init(|| found.into_iter().filter_map(Result::ok).collect());
        if let Err(error) = crate::unsafe_ffi::configure_libgit2() {
            log::error!("libgit2 did not take its options: {error}");
        }
        // It hashes each object that is read, at 200 MB a second. Git does not either; what is damaged on disk does not
        // inflate, and `blob_bytes` hashes what people get to see.
        git2::opts::strict_hash_verification(false);
        if let Err(error) = crate::unsafe_ffi::register_transport() {
            log::error!("libgit2 did not take the transport: {error}");
        }
    });
}

/// A value of the user's own configuration. Only for showing a default: nothing else reads these files.
pub(crate) fn user_config_value(key: &str) -> Option<String> {
    initialise();
    let files = USER_CONFIG.get()?;
    files
        .iter()
        .find_map(|file| git2::Config::open(file).ok()?.get_string(key).ok())
}
