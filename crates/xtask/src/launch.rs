use std::path::PathBuf;

use crate::failure::Failure;
use crate::program::{Program, target};
use crate::{machine, packages, page};

/// Builds the desktop program as it is run in development, with the page inside.
pub(crate) fn build(headless: bool) -> Result<PathBuf, Failure> {
    machine::prepare(headless)?;
    packages::of_page()?;
    page::build()?;
    Program::cargo(&["build", "--package", "sheaf", "--bin", "sheaf-desktop"]).run()?;
    let name = format!("sheaf-desktop{}", std::env::consts::EXE_SUFFIX);
    Ok(target().join("debug").join(name))
}
