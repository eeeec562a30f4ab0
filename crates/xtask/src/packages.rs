use std::path::Path;
use std::time::SystemTime;

use crate::failure::Failure;
use crate::program::{Program, root, unattended};

/// Where the tests keep the npm packages that judge the YAML emitter.
const JUDGE: &str = "crates/collection/tests/npm-yaml";

/// Where the bench keeps isomorphic-git, which it compares with.
const PEER: &str = "crates/bench/isomorphic-git";

/// Installs the packages the page is built with.
pub(crate) fn of_page() -> Result<(), Failure> {
    install("ui", "the page")
}

/// Installs the packages the Rust tests compare with.
pub(crate) fn of_tests() -> Result<(), Failure> {
    install(JUDGE, "the tests")
}

/// Installs the packages the bench compares with.
pub(crate) fn of_bench() -> Result<(), Failure> {
    of_tests()?;
    install(PEER, "the bench")
}

/// Installs the packages of a folder, unless they are there as the lock file wants them.
fn install(folder: &str, what: &str) -> Result<(), Failure> {
    let file = |name: &str| modified(&root().join(folder).join(name));
    let installed = file("node_modules/.package-lock.json");
    let up_to_date = installed.is_some() && installed >= file("package-lock.json");
    if up_to_date && !unattended() {
        return Ok(());
    }
    println!("Installing the packages of {what}:");
    Program::npm(&["ci", "--no-audit", "--no-fund"])
        .within(folder)
        .run()
}

fn modified(file: &Path) -> Option<SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}
