//! `sheaf`, the command line over the same use cases as the window.
//!
//! Exit status: 0 done, 1 failed, 2 usage, 3 the user must decide.

mod arguments;
mod events;
mod outcome;
mod output;
mod run;

use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    events::install(arguments.events);
    let done = run::run(&arguments);
    output::print(&done, arguments.json)
}
