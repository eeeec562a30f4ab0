//! Measures what a person waits for, on large projects, against a bar; `cargo xtask bench` builds and runs it.
//!
//! `sheaf-bench FOLDER [merge | git] [--rounds N] [--only WORD] [--scale N]` makes its projects in FOLDER and leaves what it
//! found there as JSON.
#![allow(clippy::print_stdout, reason = "it talks to the person at the terminal")]

mod failure;
mod fixture;
mod git;
mod measure;
mod report;
mod rows;
mod teamwork;
mod tool;

use std::path::PathBuf;
use std::process::ExitCode;

use failure::Failure;

/// How often each thing is measured where nothing else is said.
const ROUNDS: usize = 11;

/// What was asked for.
struct Wanted {
    what: What,
    folder: PathBuf,
    rounds: usize,
    only: String,
    /// So many times the size of the repositories.
    scale: usize,
}

/// What is measured.
#[derive(Clone, Copy)]
enum What {
    /// What a person waits for.
    UseCases,
    /// What happens when two people work at the same.
    Merge,
    /// The same work by other programs.
    Git,
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
    match wanted.what {
        What::UseCases => use_cases(wanted),
        What::Merge => teamwork(wanted),
        What::Git => git::compare(wanted),
    }
}

fn use_cases(wanted: &Wanted) -> Result<bool, Failure> {
    let rows = rows::measure(wanted)?;
    report::print(&rows);
    report::write(&rows, &wanted.folder.join("results.json"))?;
    Ok(rows.iter().all(report::Row::passes))
}

/// True where nobody was asked in vain and nothing was lost.
fn teamwork(wanted: &Wanted) -> Result<bool, Failure> {
    std::fs::create_dir_all(&wanted.folder)?;
    let rows = teamwork::simulate(&wanted.folder)?;
    let json = serde_json::to_string_pretty(&rows)?;
    std::fs::write(wanted.folder.join("teamwork.json"), json)?;
    Ok(rows.iter().all(teamwork::Row::passes))
}

fn wanted() -> Result<Wanted, Failure> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or_else(usage)?;
    let mut wanted = Wanted {
        folder: std::path::absolute(folder)?,
        rounds: ROUNDS,
        only: String::new(),
        scale: 1,
        what: What::UseCases,
    };
    while let Some(option) = arguments.next() {
        let what = match option.as_str() {
            "merge" => Some(What::Merge),
            "git" => Some(What::Git),
            _ => None,
        };
        if let Some(what) = what {
            wanted.what = what;
            continue;
        }
        let value = arguments.next().ok_or_else(usage)?;
        match option.as_str() {
            "--rounds" => wanted.rounds = value.parse::<usize>()?.max(1),
            "--only" => wanted.only = value,
            "--scale" => wanted.scale = value.parse::<usize>()?.max(1),
            _ => return Err(usage()),
        }
    }
    Ok(wanted)
}

fn usage() -> Failure {
    Failure::new("sheaf-bench FOLDER [merge | git] [--rounds N] [--only WORD] [--scale N]")
}
