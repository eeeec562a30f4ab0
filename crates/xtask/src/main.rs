//! `cargo xtask`: everything that is done with this repository besides writing it.
#![allow(clippy::print_stdout, reason = "it talks to the person at the terminal")]

mod audit;
mod bench;
mod bindings;
mod bundle;
mod check;
mod crash;
mod failure;
mod launch;
mod machine;
mod packages;
mod page;
mod program;
mod run;
mod steps;
mod test;
#[cfg(target_os = "linux")]
mod tour;
mod trust;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  run [--headless]  build Sheaf, start a demo Git host and open the window on it;
                    without a display, or with --headless, walk through it in a
                    window that nobody sees and leave pictures in target/demo
  check             the quick part of the tests: formatting, lints, types, UI tests
  test              everything: check, Rust tests, the real window, bindings, audit
  test --suite trust
                    only the tests of faults and attacks that docs/TRUST.md names
  test --suite crash
                    kill each operation at 200 moments, and write docs/CRASHES.md
  trust             write docs/TRUST.md
  bench [OPTIONS]   measure on large projects, and fail where it is slower than
                    docs/PERFORMANCE.md allows; --only WORD, --rounds N
  bench merge       simulate the work of two people, and fail where a merge asks
                    in vain or loses an edit
  bench git         compare with git and isomorphic-git on the same work; --scale N
                    for repositories so many times the size
  bundle            installers for this system, in target/release/bundle

What is missing on Debian and Ubuntu is installed first, and said.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["run"] => run::run(false),
        ["run", "--headless"] => run::run(true),
        ["check"] => check::check(),
        ["test"] => test::test(),
        ["test", "--suite", "trust"] => trust::test(),
        ["test", "--suite", "crash"] => crash::test(),
        ["trust"] => trust::write(),
        [] | ["help" | "-h" | "--help", ..] | [_, "-h" | "--help"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        ["bench", options @ ..] => bench::bench(options),
        ["bundle"] => bundle::bundle(),
        _ => {
            eprint!("cargo xtask: unknown command `{}`\n\n{HELP}", arguments.join(" "));
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
