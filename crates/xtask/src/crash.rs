//! The crash matrix at full length, and `docs/CRASHES.md` with what came of it.

use std::fs;

use crate::failure::Failure;
use crate::program::{Program, root, target};
use crate::{machine, test};

/// So many moments of each operation.
const MOMENTS: &str = "200";
/// So many operations of each program where several work at once.
const TOGETHER: &str = "100";

const HEAD: &str = "\
# Killed on the way

`cargo xtask test --suite crash` kills `sheaf` in each of these operations, at as many moments as the table says, and writes this
page. Before each of them the project, its remote and the home folder are put back byte by byte. They hold a commit that is not
pushed, an edit, a new file, a text that is staged and nowhere else, and a branch that changes, adds and removes files.

Three quarters of the moments are counted by calls of the system that change something (writing, renaming, removing, linking,
making folders, waiting for the disk): strace ends the process before the n-th of them, each n before one comes twice. The others
are taken by the clock, at random over the time that the operation takes. After each fourth crash that left something, the recovery
is killed as well.

Then the project is opened again, as the window and the command line do it. All of it has to be as before or as after: HEAD,
branches, tags, history, index, settings, every file, and the remote; only what is known of each branch of the remote, and the
remote itself, may be one or the other by themselves. `git fsck --strict` finds nothing. No lock and no half-written file is left, what
libgit2 left in the object store once it is old. What did not happen is done again and ends as if there had been no crash, and then a
request is added.

*Recovered* counts crashes that left something to finish, to take back or to clear away. *Ended* counts processes that came to
their end before they could be killed.

| Operation | Moments | by calls | Before | After | Recovered | Ended | Seed |
|---|---:|---:|---:|---:|---:|---:|---:|
";

/// Runs it, and writes the page where all of it held.
pub(crate) fn test() -> Result<(), Failure> {
    machine::prepare(true)?;
    if !test::has_nextest() {
        return Err(Failure::new(
            "cargo-nextest runs it: cargo install cargo-nextest --locked",
        ));
    }
    let told = target().join("crashes");
    if told.exists() {
        fs::remove_dir_all(&told)?;
    }
    fs::create_dir_all(&told)?;
    Program::cargo(&["nextest", "run", "--package", "sheaf-cli", "--test", "crash"])
        .and("--no-fail-fast")
        .env("SHEAF_CRASHES", MOMENTS)
        .env("SHEAF_TOGETHER", TOGETHER)
        .env("SHEAF_CRASH_REPORT", &told)
        .run()?;
    let mut lines = Vec::new();
    for entry in fs::read_dir(&told)? {
        lines.push(line(&fs::read_to_string(entry?.path())?));
    }
    lines.sort();
    Ok(fs::write(
        root().join("docs/CRASHES.md"),
        HEAD.to_owned() + &lines.concat(),
    )?)
}

/// A line of the table, of values between tabs.
fn line(told: &str) -> String {
    format!("| {} |\n", told.trim().replace('\t', " | "))
}
