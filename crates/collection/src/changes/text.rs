//! Texts compared by words or by lines, cut to what a person can look at.

use imara_diff::{Algorithm, Diff, InternedInput, Interner};

use crate::comparison::{DiffLine, Hunk, LineChange, Piece, PieceChange, TextComparison, TextUnit};

/// Lines shown around a place that differs.
const CONTEXT: usize = 2;
/// Lines shown of one text; more are counted.
const MAX_LINES: usize = 300;
/// Characters shown of one line.
const MAX_WIDTH: usize = 800;
/// Longer prose is compared by lines.
const MAX_PROSE: usize = 64 * 1024;
/// Longer blocks of changed lines get no marked words.
const MAX_MARKED: usize = 16 * 1024;

/// What differs between two texts.
pub(crate) fn compare_text(by: TextUnit, before: &str, after: &str) -> TextComparison {
    let by = if before.len() + after.len() > MAX_PROSE {
        TextUnit::Lines
    } else {
        by
    };
    let (lines, added, removed) = match by {
        TextUnit::Words => word_lines(before, after),
        TextUnit::Lines => line_lines(before, after),
    };
    let (hunks, more) = hunks(lines);
    TextComparison {
        by,
        hunks,
        added: count(added),
        removed: count(removed),
        more,
    }
}

/// How many lines came and how many went.
pub(crate) fn line_counts(before: &[u8], after: &[u8]) -> (u32, u32) {
    let input = interned(byte_lines(before), byte_lines(after));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    (diff.count_additions(), diff.count_removals())
}

/// Runs of equal and of differing tokens: what stood before, what stands after, and whether they are the same.
pub(crate) struct Run {
    /// Tokens before.
    pub before: std::ops::Range<usize>,
    /// Tokens after.
    pub after: std::ops::Range<usize>,
    /// Whether both are the same.
    pub same: bool,
}

/// Compares two sequences.
pub(crate) fn runs<T: Eq + std::hash::Hash>(
    before: impl Iterator<Item = T>,
    after: impl Iterator<Item = T>,
) -> Vec<Run> {
    let input = interned(before, after);
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut runs = Vec::new();
    let (mut old, mut new) = (0, 0);
    for hunk in diff.hunks() {
        let (before, after) = (range(&hunk.before), range(&hunk.after));
        push_same(&mut runs, old..before.start, new..after.start);
        (old, new) = (before.end, after.end);
        runs.push(Run {
            before,
            after,
            same: false,
        });
    }
    push_same(&mut runs, old..input.before.len(), new..input.after.len());
    runs
}

fn push_same(runs: &mut Vec<Run>, before: std::ops::Range<usize>, after: std::ops::Range<usize>) {
    if !before.is_empty() {
        runs.push(Run {
            before,
            after,
            same: true,
        });
    }
}

fn range(range: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    place(range.start)..place(range.end)
}

fn interned<T: Eq + std::hash::Hash>(
    before: impl Iterator<Item = T>,
    after: impl Iterator<Item = T>,
) -> InternedInput<T> {
    let mut input = InternedInput {
        before: Vec::new(),
        after: Vec::new(),
        interner: Interner::new(64),
    };
    input.update_before(before);
    input.update_after(after);
    input
}

fn line_lines(before: &str, after: &str) -> (Vec<DiffLine>, usize, usize) {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut lines = Vec::new();
    let (mut added, mut removed) = (0, 0);
    for run in runs(old.iter(), new.iter()) {
        if run.same {
            for (before, after) in run.before.zip(run.after) {
                lines.push(line(
                    LineChange::Same,
                    Some(before),
                    Some(after),
                    plain(new[after]),
                ));
            }
            continue;
        }
        added += run.after.len();
        removed += run.before.len();
        let (gone, come) = marked(&old[run.before.clone()], &new[run.after.clone()]);
        for (before, pieces) in run.before.zip(gone) {
            lines.push(line(LineChange::Removed, Some(before), None, pieces));
        }
        for (after, pieces) in run.after.zip(come) {
            lines.push(line(LineChange::Added, None, Some(after), pieces));
        }
    }
    (lines, added, removed)
}

fn line(change: LineChange, before: Option<usize>, after: Option<usize>, pieces: Vec<Piece>) -> DiffLine {
    let number = |at: Option<usize>| at.map(|at| count(at + 1));
    DiffLine {
        change,
        before: number(before),
        after: number(after),
        pieces,
    }
}

fn plain(text: &str) -> Vec<Piece> {
    vec![piece(PieceChange::Same, text.to_owned())]
}

fn piece(change: PieceChange, text: String) -> Piece {
    Piece { change, text }
}

type Pieces = Vec<Vec<Piece>>;

/// The lines that went and those that came in their place, with the words that differ marked where the lines are alike.
fn marked(old: &[&str], new: &[&str]) -> (Pieces, Pieces) {
    let unmarked = |lines: &[&str]| lines.iter().map(|line| plain(line)).collect::<Pieces>();
    let size: usize = old.iter().chain(new).map(|line| line.len()).sum();
    if old.is_empty() || new.is_empty() || size > MAX_MARKED {
        return (unmarked(old), unmarked(new));
    }
    let (before, after) = (old.join("\n"), new.join("\n"));
    let (before, after): (Vec<&str>, Vec<&str>) = (words(&before).collect(), words(&after).collect());
    let runs = runs(before.iter(), after.iter());
    if !alike(&runs, &before, &after) {
        return (unmarked(old), unmarked(new));
    }
    let one = |tokens: &[&str], range: fn(&Run) -> std::ops::Range<usize>, change: PieceChange| {
        let mut lines = vec![Vec::new()];
        for run in &runs {
            let change = if run.same { PieceChange::Same } else { change };
            for token in &tokens[range(run)] {
                push_token(&mut lines, change, token);
            }
        }
        lines
    };
    (
        one(&before, |run| run.before.clone(), PieceChange::Removed),
        one(&after, |run| run.after.clone(), PieceChange::Added),
    )
}

fn push_token(lines: &mut Pieces, change: PieceChange, token: &str) {
    if token == "\n" {
        lines.push(Vec::new());
        return;
    }
    let Some(line) = lines.last_mut() else { return };
    match line.last_mut() {
        Some(last) if last.change == change => last.text.push_str(token),
        _ => line.push(piece(change, token.to_owned())),
    }
}

/// Marks help where at least a third of the letters stayed.
fn alike(runs: &[Run], before: &[&str], after: &[&str]) -> bool {
    let letters = |tokens: &[&str]| -> usize {
        let words = tokens.iter().filter(|token| !token.trim().is_empty());
        words.map(|token| token.len()).sum()
    };
    let same: usize = runs
        .iter()
        .filter(|run| run.same)
        .map(|run| letters(&before[run.before.clone()]))
        .sum();
    same * 3 >= letters(before).max(letters(after))
}

fn word_lines(before: &str, after: &str) -> (Vec<DiffLine>, usize, usize) {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(before).collect(), words(after).collect());
    let mut page = Page::default();
    let (mut added, mut removed) = (0, 0);
    for run in runs(old.iter(), new.iter()) {
        if run.same {
            for token in &new[run.after] {
                page.push(PieceChange::Same, token);
            }
            continue;
        }
        let is_word = |token: &&&str| !token.trim().is_empty();
        removed += old[run.before.clone()].iter().filter(is_word).count();
        added += new[run.after.clone()].iter().filter(is_word).count();
        for token in &old[run.before] {
            page.push(PieceChange::Removed, token);
        }
        for token in &new[run.after] {
            page.push(PieceChange::Added, token);
        }
    }
    (page.finish(), added, removed)
}

/// Prose on its way into lines that hold what went and what came side by side.
#[derive(Default)]
struct Page {
    lines: Vec<DiffLine>,
    pieces: Vec<Piece>,
    /// A line break itself came or went.
    broken: bool,
    before: usize,
    after: usize,
}

impl Page {
    fn push(&mut self, change: PieceChange, token: &str) {
        if token != "\n" {
            match self.pieces.last_mut() {
                Some(last) if last.change == change => last.text.push_str(token),
                _ => self.pieces.push(piece(change, token.to_owned())),
            }
            return;
        }
        self.broken |= change != PieceChange::Same;
        self.end_line();
        self.before += usize::from(change != PieceChange::Added);
        self.after += usize::from(change != PieceChange::Removed);
    }

    fn end_line(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        let mixed = self.broken || pieces.iter().any(|piece| piece.change != PieceChange::Same);
        let change = if mixed {
            LineChange::Mixed
        } else {
            LineChange::Same
        };
        self.lines
            .push(line(change, Some(self.before), Some(self.after), pieces));
        self.broken = false;
    }

    fn finish(mut self) -> Vec<DiffLine> {
        self.end_line();
        self.lines
    }
}

/// The lines that differ with those around them, and how many changed lines found no room.
fn hunks(lines: Vec<DiffLine>) -> (Vec<Hunk>, u32) {
    let mut kept = vec![false; lines.len()];
    let mut room = MAX_LINES;
    let is_changed = |line: &DiffLine| line.change != LineChange::Same;
    for (at, _) in lines.iter().enumerate().filter(|(_, line)| is_changed(line)) {
        if room == 0 {
            break;
        }
        let end = (at + CONTEXT + 1).min(lines.len());
        for keep in &mut kept[at.saturating_sub(CONTEXT)..end] {
            room = room.saturating_sub(usize::from(!*keep));
            *keep = true;
        }
    }
    let left_out = lines
        .iter()
        .zip(&kept)
        .filter(|(line, keep)| is_changed(line) && !**keep);
    let more = count(left_out.count());
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut gap = true;
    for (line, keep) in lines.into_iter().zip(kept) {
        if keep && gap {
            hunks.push(Hunk { lines: Vec::new() });
        }
        gap = !keep;
        if let (true, Some(hunk)) = (keep, hunks.last_mut()) {
            hunk.lines.push(clipped(line));
        }
    }
    (hunks, more)
}

fn clipped(mut line: DiffLine) -> DiffLine {
    let mut room = MAX_WIDTH;
    for piece in &mut line.pieces {
        piece.text = clip(&piece.text, room);
        room = room.saturating_sub(piece.text.chars().count());
    }
    line.pieces.retain(|piece| !piece.text.is_empty());
    line
}

/// The first characters, with a sign where some were left out.
pub(crate) fn clip(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) if characters > 0 => format!("{}…", &text[..end]),
        Some(_) => String::new(),
        None => text.to_owned(),
    }
}

/// Words, blanks, line breaks and single signs.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let class = class(first);
        let end = match class {
            Class::Single => first.len_utf8(),
            _ => rest
                .char_indices()
                .find(|(_, char)| self::class(*char) != class)
                .map_or(rest.len(), |(at, _)| at),
        };
        let (word, behind) = rest.split_at(end);
        rest = behind;
        Some(word)
    })
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Word,
    Blank,
    /// Stands for itself: line breaks, signs, and letters of scripts without blanks between words.
    Single,
}

fn class(char: char) -> Class {
    const FIRST_IDEOGRAPH: char = '\u{2e80}';
    match char {
        ' ' | '\t' => Class::Blank,
        '_' => Class::Word,
        char if char.is_alphanumeric() && char < FIRST_IDEOGRAPH => Class::Word,
        _ => Class::Single,
    }
}

/// Lines as Git counts them.
fn byte_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let text = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let none = bytes.is_empty();
    text.split(|byte| *byte == b'\n').filter(move |_| !none)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(comparison: &TextComparison) -> String {
        let mut text = String::new();
        for (index, hunk) in comparison.hunks.iter().enumerate() {
            text.push_str(if index > 0 { "…\n" } else { "" });
            for line in &hunk.lines {
                text.push(match line.change {
                    LineChange::Same => ' ',
                    LineChange::Added => '+',
                    LineChange::Removed => '-',
                    LineChange::Mixed => '~',
                });
                for piece in &line.pieces {
                    match piece.change {
                        PieceChange::Same => text.push_str(&piece.text),
                        PieceChange::Added => text.push_str(&["{+", &piece.text, "+}"].concat()),
                        PieceChange::Removed => text.push_str(&["[-", &piece.text, "-]"].concat()),
                    }
                }
                text.push('\n');
            }
        }
        text
    }

    #[test]
    fn prose_shows_words_within_its_lines() {
        let found = compare_text(TextUnit::Words, "one two\nthree four", "one 2\nthree four five");
        assert_eq!(shown(&found), "~one [-two-]{+2+}\n~three four{+ five+}\n");
        assert_eq!((found.added, found.removed), (2, 1));
    }

    #[test]
    fn a_line_break_that_came_is_shown() {
        let found = compare_text(TextUnit::Words, "a b", "a\nb");
        assert_eq!(found.hunks[0].lines.len(), 2);
        assert_eq!(found.hunks[0].lines[0].change, LineChange::Mixed);
    }

    #[test]
    fn code_shows_lines_with_their_words_marked() {
        let before = "a\nb\nc\nlet x = 1;\nd\ne\nf\ng\nh\nlast";
        let after = "a\nb\nc\nlet x = 2;\nd\ne\nf\ng\nh\nnew\nlast";
        let found = compare_text(TextUnit::Lines, before, after);
        assert_eq!(
            shown(&found),
            " b\n c\n-let x = [-1-];\n+let x = {+2+};\n d\n e\n…\n g\n h\n+new\n last\n"
        );
        let changed = &found.hunks[0].lines[3];
        assert_eq!((changed.before, changed.after), (None, Some(4)));
    }

    #[test]
    fn lines_that_are_not_alike_have_no_marks() {
        let found = compare_text(TextUnit::Lines, "completely other", "12345");
        assert_eq!(shown(&found), "-completely other\n+12345\n");
    }

    #[test]
    fn large_texts_are_cut_and_counted() {
        let lines = |word: &str| {
            (0..1000)
                .map(|n| format!("{word} {n}"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        let found = compare_text(TextUnit::Lines, &lines("a"), &lines("b"));
        let shown: usize = found.hunks.iter().map(|hunk| hunk.lines.len()).sum();
        assert!(shown < 310, "{shown}");
        assert_eq!((found.added, found.removed), (1000, 1000));
        assert_eq!(shown + found.more as usize, 2000);
    }

    #[test]
    fn long_lines_are_cut() {
        let found = compare_text(TextUnit::Lines, "", &"é".repeat(9000));
        assert_eq!(
            found.hunks[0].lines[0].pieces[0].text.chars().count(),
            MAX_WIDTH + 1
        );
    }

    #[test]
    fn every_text_is_words_again() {
        for text in ["", "a", " a  b\n\n\tc.d", "日本語 text", "é…\r\n"] {
            assert_eq!(words(text).collect::<String>(), text);
        }
    }
}
