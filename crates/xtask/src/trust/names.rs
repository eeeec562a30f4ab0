//! The names of tests, and how a runner is told to run exactly these.

use std::collections::{BTreeMap, BTreeSet};

/// Tests by the binary they are in, as nextest writes both.
#[derive(Default)]
pub(super) struct Names(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Names {
    /// Of `binary test`.
    pub(super) fn of(tests: impl Iterator<Item = &'static str>) -> Self {
        let mut names = Self::default();
        for (binary, test) in tests.filter_map(|test| test.split_once(' ')) {
            names.0.entry(binary).or_default().insert(test);
        }
        names
    }

    pub(super) fn count(&self) -> usize {
        self.0.values().map(BTreeSet::len).sum()
    }

    pub(super) fn by_binary(&self) -> impl Iterator<Item = (&'static str, &BTreeSet<&'static str>)> {
        self.0.iter().map(|(binary, tests)| (*binary, tests))
    }

    /// The tests that are not among those a runner listed or ran, each a line.
    pub(super) fn missing(&self, told: &str) -> Vec<String> {
        let told: BTreeSet<&str> = told.lines().map(str::trim).collect();
        self.by_binary()
            .flat_map(|(binary, tests)| tests.iter().map(move |test| format!("{binary} {test}")))
            .filter(|name| !told.contains(name.as_str()))
            .collect()
    }

    /// For nextest's `-E`.
    pub(super) fn filter(&self) -> String {
        let binaries: Vec<String> = self
            .by_binary()
            .map(|(binary, tests)| {
                let tests: Vec<String> = tests.iter().map(|test| format!("test(={test})")).collect();
                format!("binary_id(={binary}) & ({})", tests.join(" | "))
            })
            .map(|binary| format!("({binary})"))
            .collect();
        binaries.join(" | ")
    }
}

/// The package of a binary.
pub(super) fn package(binary: &'static str) -> &'static str {
    binary.split("::").next().unwrap_or(binary)
}

/// How plain cargo is told of a binary.
pub(super) fn target(binary: &'static str) -> Vec<&'static str> {
    match binary.split_once("::") {
        None => vec!["--lib"],
        Some((_, target)) => match target.split_once('/') {
            Some((_, program)) => vec!["--bin", program],
            None => vec!["--test", target],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::of(["a::x one", "a::x two", "b three"].into_iter())
    }

    #[test]
    fn what_was_not_told_is_missing() {
        assert_eq!(names().missing("a::x one\n b three\nb four\n"), ["a::x two"]);
        assert_eq!(names().count(), 3);
    }

    #[test]
    fn a_filter_names_each_test() {
        let filter = "(binary_id(=a::x) & (test(=one) | test(=two))) | (binary_id(=b) & (test(=three)))";
        assert_eq!(names().filter(), filter);
    }

    #[test]
    fn cargo_knows_binaries_by_their_kind() {
        assert_eq!(target("b"), ["--lib"]);
        assert_eq!(target("a::x"), ["--test", "x"]);
        assert_eq!(target("a::bin/y"), ["--bin", "y"]);
        assert_eq!(package("a::bin/y"), "a");
    }
}
