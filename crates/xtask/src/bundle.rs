use crate::failure::Failure;
use crate::program::{Program, root, target};
use crate::{machine, packages};

/// The installers that can be made without fetching anything.
const FORMATS: &str = if cfg!(target_os = "linux") {
    "deb,rpm"
} else if cfg!(target_os = "macos") {
    "app,dmg"
} else {
    "msi,nsis"
};

/// Makes the installers for this system. One call for all formats, as each call compiles the app anew.
pub(crate) fn bundle() -> Result<(), Failure> {
    machine::prepare(false)?;
    packages::of_page()?;
    let tauri = if cfg!(windows) { "tauri.cmd" } else { "tauri" };
    let tauri = root().join("ui/node_modules/.bin").join(tauri);
    Program::new(tauri, &["build", "--bundles", FORMATS]).run()?;
    println!("\nIn {}", target().join("release/bundle").display());
    Ok(())
}
