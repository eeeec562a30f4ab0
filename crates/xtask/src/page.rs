use crate::failure::Failure;
use crate::program::Program;

/// Builds the page, which every build of the desktop program takes in.
pub(crate) fn build() -> Result<(), Failure> {
    Program::npm(&["run", "--silent", "build"]).run()
}
