//! What was measured, as a table and as JSON.

use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::failure::Failure;
use crate::measure::Times;

/// What must hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bar {
    /// Nothing; the number is there to be looked at.
    None,
    /// No longer than this many times what it is compared with.
    Times(f64),
    /// No longer than this.
    Within(Duration),
}

/// One thing that was measured.
#[derive(Debug)]
pub(crate) struct Row {
    name: &'static str,
    ours: Times,
    other: Option<(&'static str, Times)>,
    bar: Bar,
}

impl Row {
    /// A time by itself.
    pub(crate) fn alone(name: &'static str, ours: Times, bar: Bar) -> Self {
        Self {
            name,
            ours,
            other: None,
            bar,
        }
    }

    /// A time beside that of something else.
    pub(crate) fn beside(
        name: &'static str,
        ours: Times,
        what: &'static str,
        other: Times,
        most: f64,
    ) -> Self {
        Self {
            name,
            ours,
            other: Some((what, other)),
            bar: Bar::Times(most),
        }
    }

    /// Whether the bar is met.
    pub(crate) fn passes(&self) -> bool {
        match self.bar {
            Bar::None => true,
            Bar::Times(most) => self.ratio().is_some_and(|ratio| ratio <= most),
            Bar::Within(most) => self.ours.median() <= most,
        }
    }

    fn ratio(&self) -> Option<f64> {
        let (_, other) = self.other.as_ref()?;
        Some(self.ours.median().as_secs_f64() / other.median().as_secs_f64())
    }

    fn bar(&self) -> String {
        match self.bar {
            Bar::None => String::new(),
            Bar::Times(most) => format!("<= {most:.2}x"),
            Bar::Within(most) => format!("<= {} ms", most.as_millis()),
        }
    }

    fn verdict(&self) -> &'static str {
        match (self.bar, self.passes()) {
            (Bar::None, _) => "",
            (_, true) => "pass",
            (_, false) => "FAIL",
        }
    }
}

/// Prints the table.
pub(crate) fn print(rows: &[Row]) {
    println!(
        "\n{:<52} {:>9}  {:<24} {:>9} {:>7}  {:<10}",
        "median", "Sheaf ms", "compared with", "ms", "ratio", "bar"
    );
    for row in rows {
        let (what, other) = row
            .other
            .as_ref()
            .map_or(("", String::new()), |(what, times)| (what, ms(times.median())));
        let ratio = row
            .ratio()
            .map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        println!(
            "{:<52} {:>9}  {:<24} {:>9} {:>7}  {:<10} {}",
            row.name,
            ms(row.ours.median()),
            what,
            other,
            ratio,
            row.bar(),
            row.verdict()
        );
    }
}

fn ms(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

/// Writes all of it for programs.
pub(crate) fn write(rows: &[Row], file: &Path) -> Result<(), Failure> {
    let rows: Vec<_> = rows.iter().map(Told::from).collect();
    std::fs::write(file, serde_json::to_string_pretty(&rows)? + "\n")?;
    println!("\n{}", file.display());
    Ok(())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'r> {
    name: &'r str,
    median_ms: f64,
    best_ms: f64,
    compared_with: Option<&'r str>,
    compared_median_ms: Option<f64>,
    ratio: Option<f64>,
    bar: String,
    pass: bool,
}

impl<'r> From<&'r Row> for Told<'r> {
    fn from(row: &'r Row) -> Self {
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        Self {
            name: row.name,
            median_ms: ms(row.ours.median()),
            best_ms: ms(row.ours.best()),
            compared_with: row.other.as_ref().map(|(what, _)| *what),
            compared_median_ms: row.other.as_ref().map(|(_, times)| ms(times.median())),
            ratio: row.ratio(),
            bar: row.bar(),
            pass: row.passes(),
        }
    }
}
