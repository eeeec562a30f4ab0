use crate::failure::Failure;
use crate::program::{Program, target};
use crate::steps::Steps;
use crate::{audit, bindings, check, machine, packages, trust};

/// Everything that has to hold before a change is taken in.
///
/// The desktop program is compiled once, by the run of its tests: a build of its own would compile all of Tauri
/// a second time, as tests ask for other features of it.
pub(crate) fn test() -> Result<(), Failure> {
    machine::prepare(true)?;
    packages::of_page()?;
    packages::of_tests()?;
    let mut steps = Steps::default();
    check::page_and_lints(&mut steps);
    let written = target().join("bindings");
    steps.step("Rust: tests, integration and window", || rust_tests(&written));
    if written.exists() {
        steps.step("page: bindings are those of the Rust types", || {
            bindings::compare(&written)
        });
    } else {
        steps.skip(
            "page: bindings are those of the Rust types",
            "the tests write them",
        );
    }
    steps.step("trust: docs/TRUST.md is made of the cases", trust::is_current);
    if has_nextest() {
        steps.step("trust: the tests of every case are there", trust::names_are_there);
    } else {
        steps.skip(
            "trust: the tests of every case are there",
            "cargo-nextest lists them: cargo install cargo-nextest --locked",
        );
    }
    steps.step("dependencies: no old libgit2", audit::libgit2);
    if audit::can_deny() {
        steps.step("dependencies: cargo deny", audit::deny);
    } else {
        steps.skip(
            "dependencies: cargo deny",
            "cargo-deny is not installed: cargo install cargo-deny --locked",
        );
    }
    steps.finish()
}

/// Pairs of edit scripts a property of the merge tries: over 10,000 merges in all (`merge_properties.rs`).
const MERGE_CASES: &str = "450";

/// The tests also write the bindings, to a folder of their own: a test does not change the sources, and what is
/// there too much is found as well as what is missing.
fn rust_tests(written: &std::path::Path) -> Result<(), Failure> {
    if written.exists() {
        std::fs::remove_dir_all(written)?;
    }
    let run = |arguments: &[&str]| {
        Program::cargo(arguments)
            .env("TS_RS_EXPORT_DIR", written)
            .env("SHEAF_CASES", MERGE_CASES)
            .run()
    };
    if has_nextest() {
        run(&["nextest", "run", "--workspace", "--no-fail-fast"])?;
        // nextest leaves out the examples in the documentation.
        run(&["test", "--workspace", "--doc", "--quiet"])
    } else {
        run(&["test", "--workspace", "--no-fail-fast"])
    }
}

pub(crate) fn has_nextest() -> bool {
    Program::cargo(&["nextest", "--version"]).works()
}
