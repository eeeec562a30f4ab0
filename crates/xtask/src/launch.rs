use std::path::PathBuf;

use crate::failure::Failure;
use crate::program::{Program, target};
use crate::{machine, page};

/// Builds the desktop program as it is run in development, with the page inside.
pub(crate) fn build(headless: bool) -> Result<PathBuf, Failure> {
    machine::prepare(headless)?;
    page::install()?;
    page::build()?;
    Program::cargo(&["build", "--package", "sheaf", "--bin", "sheaf-desktop"]).run()?;
    let name = format!("sheaf-desktop{}", std::env::consts::EXE_SUFFIX);
    Ok(target().join("debug").join(name))
}
