//! Sequences of three states, merged piece by piece as `diff3` does: lines of a text, items of a list.

use std::hash::Hash;
use std::ops::Range;

use crate::changes::runs;

/// What became of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Nothing.
    Same,
    /// It differs here only.
    Ours,
    /// It differs in what comes in only.
    Theirs,
    /// Both made the same of it.
    Both,
    /// Both made something else of it.
    Conflict,
}

/// A stretch of three sequences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub base: Range<usize>,
    pub ours: Range<usize>,
    pub theirs: Range<usize>,
    pub change: Change,
}

/// Two sequences against the one that both come from. Changes that touch one another are one, as Git has it.
pub(super) fn regions<T: Eq + Hash>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<Region> {
    let (our_hunks, their_hunks) = (hunks(base, ours), hunks(base, theirs));
    let mut ours_side = Walk::new(&our_hunks, ours.len());
    let mut theirs_side = Walk::new(&their_hunks, theirs.len());
    let mut regions = Vec::new();
    let mut at = 0;
    while let Some(start) = ours_side
        .next_start()
        .into_iter()
        .chain(theirs_side.next_start())
        .min()
    {
        regions.push(Region {
            base: at..start,
            ours: ours_side.same_to(at, start),
            theirs: theirs_side.same_to(at, start),
            change: Change::Same,
        });
        let mut end = start;
        loop {
            let reached = ours_side
                .take_to(end)
                .into_iter()
                .chain(theirs_side.take_to(end))
                .max();
            match reached {
                Some(further) => end = end.max(further),
                None => break,
            }
        }
        let (our, their) = (ours_side.region(start, end), theirs_side.region(start, end));
        let change = judged(&base[start..end], &ours[our.clone()], &theirs[their.clone()]);
        regions.push(Region {
            base: start..end,
            ours: our,
            theirs: their,
            change,
        });
        at = end;
    }
    regions.push(Region {
        base: at..base.len(),
        ours: ours_side.same_to(at, base.len()),
        theirs: theirs_side.same_to(at, base.len()),
        change: Change::Same,
    });
    regions.retain(|region| !(region.base.is_empty() && region.ours.is_empty() && region.theirs.is_empty()));
    regions
}

fn judged<T: Eq>(base: &[T], ours: &[T], theirs: &[T]) -> Change {
    if ours == theirs {
        Change::Both
    } else if ours == base {
        Change::Theirs
    } else if theirs == base {
        Change::Ours
    } else {
        Change::Conflict
    }
}

/// A stretch of the base, and what stands in its place.
struct Hunk {
    base: Range<usize>,
    side: Range<usize>,
}

fn hunks<T: Eq + Hash>(base: &[T], side: &[T]) -> Vec<Hunk> {
    let differing = runs(base.iter(), side.iter()).into_iter().filter(|run| !run.same);
    differing
        .map(|run| Hunk {
            base: run.before,
            side: run.after,
        })
        .collect()
}

/// One side, from hunk to hunk.
struct Walk<'h> {
    hunks: &'h [Hunk],
    /// Hunks that are behind.
    taken: usize,
    /// Hunks that were behind when the region began.
    before: usize,
    /// How far the side has been told.
    at: usize,
    length: usize,
}

impl<'h> Walk<'h> {
    fn new(hunks: &'h [Hunk], length: usize) -> Self {
        Self {
            hunks,
            taken: 0,
            before: 0,
            at: 0,
            length,
        }
    }

    fn next_start(&self) -> Option<usize> {
        self.hunks.get(self.taken).map(|hunk| hunk.base.start)
    }

    /// The stretch that is the same as that of the base.
    fn same_to(&mut self, from: usize, to: usize) -> Range<usize> {
        let start = self.at;
        self.at = (start + (to - from)).min(self.length);
        self.before = self.taken;
        start..self.at
    }

    /// Takes the next hunk where it begins at or before `end`; where it ends in the base.
    fn take_to(&mut self, end: usize) -> Option<usize> {
        let hunk = self.hunks.get(self.taken).filter(|hunk| hunk.base.start <= end)?;
        self.taken += 1;
        Some(hunk.base.end)
    }

    /// What stands in the place of this stretch of the base.
    fn region(&mut self, start: usize, end: usize) -> Range<usize> {
        let from = self.at;
        let taken = &self.hunks[self.before..self.taken];
        self.at = match taken.last() {
            Some(last) => last.side.end + (end - last.base.end),
            None => from + (end - start),
        };
        self.before = self.taken;
        from..self.at
    }
}

/// The text with what both sides made of it; nothing where they disagree about some of it.
pub(super) fn merge_lines(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let woven = weave(base, ours, theirs);
    woven.is_clean.then_some(woven.text)
}

/// Two texts in one.
pub(super) struct Woven {
    /// The text; where the sides disagree it is as here.
    pub text: String,
    /// They agree all over.
    pub is_clean: bool,
}

/// The text with what both sides made of its lines.
pub(super) fn weave(base: &str, ours: &str, theirs: &str) -> Woven {
    let [base, ours, theirs] =
        [base, ours, theirs].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let mut woven = Woven {
        text: String::new(),
        is_clean: true,
    };
    for region in regions(&base, &ours, &theirs) {
        woven.is_clean &= region.change != Change::Conflict;
        let lines = if region.change == Change::Theirs {
            &theirs[region.theirs]
        } else {
            &ours[region.ours]
        };
        woven.text.extend(lines.iter().copied());
    }
    woven
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_apart_from_each_other_are_both_taken() {
        assert_eq!(
            merge_lines("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n"),
            Some("A\nb\nc\nD\n".to_owned())
        );
        assert_eq!(
            merge_lines("a\nb\n", "a\nx\nb\n", "a\nb\ny\n"),
            Some("a\nx\nb\ny\n".to_owned())
        );
        assert_eq!(
            merge_lines("a\nb\nc\n", "b\nc\n", "a\nb\n"),
            Some("b\n".to_owned())
        );
    }

    #[test]
    fn changes_that_touch_are_for_a_person() {
        assert_eq!(merge_lines("a\nb\n", "A\nb\n", "a\nB\n"), None);
        assert_eq!(merge_lines("a\n", "a\nx\n", "a\ny\n"), None);
        assert_eq!(merge_lines("a\nb\nc\n", "a\nc\n", "a\nB\nc\n"), None);
        assert_eq!(weave("a\nb\n", "A\nb\n", "a\nB\n").text, "A\nb\n");
    }

    #[test]
    fn the_same_twice_is_one_change() {
        assert_eq!(merge_lines("a\n", "a\nx\n", "a\nx\n"), Some("a\nx\n".to_owned()));
        assert_eq!(merge_lines("a\nb\nc\n", "x\n", "x\n"), Some("x\n".to_owned()));
        assert_eq!(merge_lines("", "x", "x"), Some("x".to_owned()));
    }

    #[test]
    fn the_last_line_may_have_no_end() {
        assert_eq!(
            merge_lines("a\nb\nc", "A\nb\nc", "a\nb\nc\n"),
            Some("A\nb\nc\n".to_owned())
        );
    }

    proptest::proptest! {
        #[test]
        fn one_side_alone_is_taken(base in "[abc\n]{0,12}", other in "[abc\n]{0,12}") {
            proptest::prop_assert_eq!(merge_lines(&base, &other, &base), Some(other.clone()));
            proptest::prop_assert_eq!(merge_lines(&base, &base, &other), Some(other.clone()));
            proptest::prop_assert_eq!(merge_lines(&base, &other, &other), Some(other));
        }

        #[test]
        fn regions_cover_everything(base in "[abc\n]{0,12}", ours in "[abc\n]{0,12}", theirs in "[abc\n]{0,12}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let (base, ours, theirs) = (chars(&base), chars(&ours), chars(&theirs));
            let regions = regions(&base, &ours, &theirs);
            let told = |range: fn(&Region) -> Range<usize>, all: &[char]| {
                regions.iter().flat_map(|region| all[range(region)].iter().copied()).collect::<Vec<_>>()
            };
            proptest::prop_assert_eq!(told(|region| region.base.clone(), &base), base);
            proptest::prop_assert_eq!(told(|region| region.ours.clone(), &ours), ours);
            proptest::prop_assert_eq!(told(|region| region.theirs.clone(), &theirs), theirs);
        }
    }
}
