//! `sheaf`, the command line over the same use cases as the window.
//!
//! Exit status: 0 done, 1 failed, 2 usage, 3 the user must decide.

mod arguments;
mod events;
mod outcome;
mod output;
mod run;

use std::process::ExitCode;

use mimalloc::MiMalloc;

use clap::Parser;

use arguments::Arguments;

/// Reading a collection is mostly asking for small pieces of memory, on several threads.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(e) => return usage(&e),
    };
    events::install(arguments.events);
    let done = run::run(&arguments);
    output::print(&done, arguments.json)
}

/// A wrong command line is an object too where one is asked for; help and version are always text.
fn usage(error: &clap::Error) -> ExitCode {
    let wants_json = std::env::args().any(|argument| argument == "--json");
    if !wants_json || !error.use_stderr() {
        error.exit();
    }
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    output::print(&outcome::Done::usage(first.trim_start_matches("error: ")), true)
}
