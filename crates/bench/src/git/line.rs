//! One line of the table.

use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::failure::Failure;
use crate::measure::{Times, Work, in_turn, within};

/// isomorphic-git is not waited for longer than this, in all rounds together.
const PATIENCE: Duration = Duration::from_secs(20);

/// Who does the work that a line compares.
pub(super) struct Sides<'w> {
    /// Sheaf in the app.
    sheaf: Work<'w>,
    git: Work<'w>,
    /// The `sheaf` program.
    program: Option<Work<'w>>,
    isomorphic: Option<Work<'w>>,
}

impl<'w> Sides<'w> {
    pub(super) fn new(sheaf: Work<'w>, git: Work<'w>) -> Self {
        Self {
            sheaf,
            git,
            program: None,
            isomorphic: None,
        }
    }

    pub(super) fn program(self, work: Work<'w>) -> Self {
        Self {
            program: Some(work),
            ..self
        }
    }

    pub(super) fn isomorphic(self, work: Work<'w>) -> Self {
        Self {
            isomorphic: Some(work),
            ..self
        }
    }
}

/// What must hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bar {
    /// Nothing.
    None,
    /// No longer than this many times what git takes.
    Times(f64),
    /// No longer than this.
    Within(Duration),
}

/// One kind of work, by all of them.
#[derive(Debug)]
pub(super) struct Line {
    name: &'static str,
    sheaf: Times,
    git: Times,
    program: Option<Times>,
    isomorphic: Option<Times>,
    bar: Bar,
}

impl Line {
    /// Measures all sides in turn.
    pub(super) fn measure(
        name: &'static str,
        bar: Bar,
        rounds: usize,
        sides: Sides<'_>,
    ) -> Result<Self, Failure> {
        let mut nothing = || Ok(Duration::ZERO);
        let has_program = sides.program.is_some();
        let program: Work<'_> = sides.program.unwrap_or(&mut nothing);
        let [sheaf, git, program] = in_turn(rounds, [sides.sheaf, sides.git, program])?;
        let isomorphic = sides
            .isomorphic
            .map(|work| within(rounds, PATIENCE, work))
            .transpose()?;
        Ok(Self {
            name,
            sheaf,
            git,
            program: has_program.then_some(program),
            isomorphic,
            bar,
        })
    }

    /// Times that were taken elsewhere.
    pub(super) fn of(name: &'static str, bar: Bar, sheaf: Times, git: Times) -> Self {
        Self {
            name,
            sheaf,
            git,
            program: None,
            isomorphic: None,
            bar,
        }
    }

    /// The same with other times of ours, which need a name.
    pub(super) fn instead(&self, sheaf: Times) -> Self {
        Self {
            sheaf,
            git: self.git.clone(),
            program: None,
            isomorphic: None,
            ..*self
        }
    }

    pub(super) fn named(self, name: &'static str, bar: Bar) -> Self {
        Self { name, bar, ..self }
    }

    pub(super) fn passes(&self) -> bool {
        match self.bar {
            Bar::None => true,
            Bar::Within(most) => self.sheaf.median() <= most,
            Bar::Times(most) => self.ratio(Some(&self.sheaf)).is_some_and(|ratio| ratio <= most),
        }
    }

    /// How many times what git takes.
    fn ratio(&self, of: Option<&Times>) -> Option<f64> {
        Some(of?.median().as_secs_f64() / self.git.median().as_secs_f64())
    }

    fn verdict(&self) -> &'static str {
        match (self.bar, self.passes()) {
            (Bar::None, _) => "",
            (_, true) => "met",
            (_, false) => "MISSED",
        }
    }

    fn bar(&self) -> String {
        match self.bar {
            Bar::None => String::new(),
            Bar::Times(most) => format!("{most:.1}x"),
            Bar::Within(most) => format!("{} ms", most.as_millis()),
        }
    }
}

/// Prints the table, ready for a page of Markdown.
pub(super) fn print(lines: &[Line]) {
    println!("\n| | Sheaf | git | Sheaf / git | bar | | `sheaf` program | isomorphic-git |");
    println!("|---|--:|--:|--:|--:|---|--:|--:|");
    for line in lines {
        println!(
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            line.name,
            ms(&line.sheaf),
            ms(&line.git),
            times(line.ratio(Some(&line.sheaf))),
            line.bar(),
            line.verdict(),
            times(line.ratio(line.program.as_ref())),
            times(line.ratio(line.isomorphic.as_ref())),
        );
    }
}

fn ms(times: &Times) -> String {
    format!("{:.1} ms", times.median().as_secs_f64() * 1000.0)
}

fn times(ratio: Option<f64>) -> String {
    ratio.map(|ratio| format!("{ratio:.2}x")).unwrap_or_default()
}

/// Writes all of it for programs.
pub(super) fn write(lines: &[Line], file: &Path) -> Result<(), Failure> {
    let told: Vec<_> = lines.iter().map(Told::from).collect();
    std::fs::write(file, serde_json::to_string_pretty(&told)? + "\n")?;
    println!("\n{}", file.display());
    Ok(())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'l> {
    name: &'l str,
    sheaf_ms: f64,
    git_ms: f64,
    program_ms: Option<f64>,
    isomorphic_git_ms: Option<f64>,
    ratio: Option<f64>,
    bar: String,
    pass: bool,
}

impl<'l> From<&'l Line> for Told<'l> {
    fn from(line: &'l Line) -> Self {
        let ms = |times: &Times| times.median().as_secs_f64() * 1000.0;
        Self {
            name: line.name,
            sheaf_ms: ms(&line.sheaf),
            git_ms: ms(&line.git),
            program_ms: line.program.as_ref().map(ms),
            isomorphic_git_ms: line.isomorphic.as_ref().map(ms),
            ratio: line.ratio(Some(&line.sheaf)),
            bar: line.bar(),
            pass: line.passes(),
        }
    }
}
