use std::time::{Duration, Instant};

use crate::failure::Failure;

/// The steps of a task. One that fails does not keep the others from being tried, so that one run says all
/// there is to mend.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<(String, Duration, Outcome)>,
}

enum Outcome {
    Passed,
    Skipped(String),
    Failed(Failure),
}

impl Steps {
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Result<(), Failure>) {
        println!("\n== {name}");
        let start = Instant::now();
        let outcome = match work() {
            Ok(()) => Outcome::Passed,
            Err(failure) => {
                println!("{failure}");
                Outcome::Failed(failure)
            }
        };
        self.done.push((name.to_owned(), start.elapsed(), outcome));
    }

    pub(crate) fn skip(&mut self, name: &str, why: &str) {
        println!("\n== {name}: skipped, {why}");
        self.done
            .push((name.to_owned(), Duration::ZERO, Outcome::Skipped(why.to_owned())));
    }

    /// Prints what each step took, and what failed.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        println!();
        let mut failures = Vec::new();
        for (name, took, outcome) in &self.done {
            let seconds = took.as_secs_f32();
            match outcome {
                Outcome::Passed => println!("{seconds:8.1} s  {name}"),
                Outcome::Skipped(why) => println!("         -  {name} (skipped: {why})"),
                Outcome::Failed(failure) => {
                    println!("{seconds:8.1} s  {name}  FAILED");
                    failures.push(format!("{name}: {failure}"));
                }
            }
        }
        if failures.is_empty() {
            return Ok(());
        }
        Err(Failure::new(failures.join("\n")))
    }
}
