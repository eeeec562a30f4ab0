//! The trust suite: every fault and attack that Sheaf has to withstand, with the tests that show it.

mod case;
mod cases;
mod names;
mod page;

use std::path::PathBuf;

use crate::failure::Failure;
use crate::program::{Program, root};
use crate::steps::Steps;
use crate::test::has_nextest;
use crate::{machine, packages, page as web_page};
use cases::CHAPTERS;
use names::{Names, package, target};

/// Writes `docs/TRUST.md`.
pub(crate) fn write() -> Result<(), Failure> {
    Ok(std::fs::write(file(), page::page(CHAPTERS))?)
}

/// Runs the tests that the cases name, and no others.
pub(crate) fn test() -> Result<(), Failure> {
    machine::prepare(true)?;
    packages::of_page()?;
    let mut steps = Steps::default();
    steps.step("page: build", web_page::build);
    steps.step("trust: docs/TRUST.md is made of the cases", is_current);
    steps.step("trust: the tests of every case", run);
    steps.finish()
}

/// Whether `docs/TRUST.md` says what the cases say.
pub(crate) fn is_current() -> Result<(), Failure> {
    // A checkout on Windows may have other line ends.
    let written = std::fs::read_to_string(file())?.replace("\r\n", "\n");
    if written == page::page(CHAPTERS) {
        return Ok(());
    }
    Err(Failure::new(
        "docs/TRUST.md is not made of the cases: `cargo xtask trust` writes it.",
    ))
}

/// Whether every test that a case names is there and is one of those that run.
pub(crate) fn names_are_there() -> Result<(), Failure> {
    let names = names();
    let listed = nextest("list", &names)
        .and("--message-format")
        .and("oneline")
        .output()
        .ok_or_else(|| Failure::new("the tests could not be listed"))?;
    all_told(&names, &listed)?;
    println!("{} tests of {} cases are there", names.count(), shown());
    Ok(())
}

fn run() -> Result<(), Failure> {
    if has_nextest() {
        names_are_there()?;
        return nextest("run", &names())
            .and("--no-fail-fast")
            .and("--no-tests=fail")
            .run();
    }
    let names = names();
    let mut told = String::new();
    for (binary, tests) in names.by_binary() {
        let told_by = Program::cargo(&["test", "--package", package(binary)]);
        let told_by = target(binary).into_iter().fold(told_by, Program::and);
        let told_by = tests.iter().fold(told_by.and("--").and("--exact"), Program::and);
        let lines = told_by
            .output()
            .ok_or_else(|| Failure::new(format!("a test of {binary} failed")))?;
        let passed = lines
            .lines()
            .filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... ok"));
        told.extend(passed.map(|test| format!("{binary} {test}\n")));
    }
    all_told(&names, &told)
}

/// Some tests need what only Linux has; elsewhere those that are there are enough.
fn all_told(names: &Names, told: &str) -> Result<(), Failure> {
    let missing = names.missing(told);
    if missing.is_empty() || !cfg!(target_os = "linux") {
        return Ok(());
    }
    Err(Failure::new(format!(
        "tests that a case names are not there or do not run:\n{}",
        missing.join("\n")
    )))
}

fn nextest(what: &str, names: &Names) -> Program {
    // With other packages alone, their dependencies would be compiled again with other features.
    Program::cargo(&["nextest", what, "--workspace", "--filterset"]).and(names.filter())
}

fn names() -> Names {
    Names::of(
        CHAPTERS
            .iter()
            .flat_map(|chapter| chapter.cases)
            .flat_map(|case| case.tests)
            .copied(),
    )
}

fn shown() -> usize {
    let cases = CHAPTERS.iter().flat_map(|chapter| chapter.cases);
    cases.filter(|case| !case.tests.is_empty()).count()
}

fn file() -> PathBuf {
    root().join("docs/TRUST.md")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_page_is_made_of_the_cases() {
        assert!(is_current().is_ok(), "`cargo xtask trust` writes docs/TRUST.md");
    }

    #[test]
    fn the_cases_are_told_apart_and_hold_what_they_need() {
        let mut known = BTreeSet::new();
        for case in CHAPTERS.iter().flat_map(|chapter| chapter.cases) {
            assert!(known.insert(case.name), "{} is there twice", case.name);
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(case.name.chars().all(plain), "{}", case.name);
            assert!(!case.what.is_empty() && !case.outcome.is_empty(), "{}", case.name);
            let is_shown = !case.tests.is_empty();
            assert!(is_shown || !case.note.is_empty(), "{} says not why", case.name);
            assert!(is_shown != case.checks.is_empty(), "{}", case.name);
            for text in [case.what, case.outcome, case.note] {
                assert!(!text.contains(['|', '\n']), "{}", case.name);
            }
            for test in case.tests {
                assert!(test.split(' ').count() == 2, "{test}");
            }
        }
    }
}
