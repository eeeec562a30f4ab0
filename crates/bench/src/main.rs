//! Measures what a person waits for, on large projects, against a bar; `cargo xtask bench` builds and runs it.
//!
//! `sheaf-bench FOLDER [--rounds N] [--only WORD]` makes its projects in FOLDER and leaves `results.json` there.
#![allow(clippy::print_stdout, reason = "it talks to the person at the terminal")]

mod failure;
mod fixture;
mod measure;
mod report;
mod rows;
mod tool;

use std::path::PathBuf;
use std::process::ExitCode;

use failure::Failure;

/// How often each thing is measured where nothing else is said.
const ROUNDS: usize = 11;

/// What was asked for.
struct Wanted {
    folder: PathBuf,
    rounds: usize,
    only: String,
}

fn main() -> ExitCode {
    match wanted().and_then(|wanted| bench(&wanted)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

/// True where every bar was met.
fn bench(wanted: &Wanted) -> Result<bool, Failure> {
    let rows = rows::measure(wanted)?;
    report::print(&rows);
    report::write(&rows, &wanted.folder.join("results.json"))?;
    Ok(rows.iter().all(report::Row::passes))
}

fn wanted() -> Result<Wanted, Failure> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or_else(usage)?;
    let mut wanted = Wanted {
        folder: std::path::absolute(folder)?,
        rounds: ROUNDS,
        only: String::new(),
    };
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or_else(usage)?;
        match option.as_str() {
            "--rounds" => wanted.rounds = value.parse::<usize>()?.max(1),
            "--only" => wanted.only = value,
            _ => return Err(usage()),
        }
    }
    Ok(wanted)
}

fn usage() -> Failure {
    Failure::new("sheaf-bench FOLDER [--rounds N] [--only WORD]")
}
