use crate::failure::Failure;
use crate::program::Program;
use crate::steps::Steps;
use crate::{machine, packages, page};

/// The quick part of the tests.
pub(crate) fn check() -> Result<(), Failure> {
    machine::prepare(false)?;
    packages::of_page()?;
    let mut steps = Steps::default();
    page_and_lints(&mut steps);
    steps.finish()
}

/// What `check` and `test` have in common. The page comes first, as the desktop program does not compile without.
pub(crate) fn page_and_lints(steps: &mut Steps) {
    steps.step("page: build", page::build);
    steps.step("page: lint and formatting", || npm("lint"));
    steps.step("page: types", || npm("check"));
    steps.step("page: tests", || npm("test"));
    steps.step("Rust: formatting", || {
        Program::cargo(&["fmt", "--all", "--check"]).run()
    });
    steps.step("Rust: lints", || {
        let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        Program::cargo(&arguments).run()
    });
}

fn npm(script: &str) -> Result<(), Failure> {
    Program::npm(&["run", "--silent", script]).run()
}
