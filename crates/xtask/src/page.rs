use std::path::Path;
use std::time::SystemTime;

use crate::failure::Failure;
use crate::program::{Program, root, unattended};

/// Installs the packages the page is built with, unless they are there as the lock file wants them.
pub(crate) fn install() -> Result<(), Failure> {
    let ui = root().join("ui");
    let installed = modified(&ui.join("node_modules/.package-lock.json"));
    let up_to_date = installed.is_some() && installed >= modified(&ui.join("package-lock.json"));
    if up_to_date && !unattended() {
        return Ok(());
    }
    println!("Installing the packages of the page:");
    Program::npm(&["ci", "--no-audit", "--no-fund"]).run()
}

/// Builds the page, which every build of the desktop program takes in.
pub(crate) fn build() -> Result<(), Failure> {
    Program::npm(&["run", "--silent", "build"]).run()
}

fn modified(file: &Path) -> Option<SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}
