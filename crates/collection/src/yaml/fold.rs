//! Line folding exactly as npm `yaml` does it. Lengths count UTF-16 units, as JavaScript's do.

use super::dialect::Dialect;

const LINE_WIDTH: usize = 80;
const MIN_CONTENT_WIDTH: usize = 20;
const SPACE: u16 = b' ' as u16;
const TAB: u16 = b'\t' as u16;
const FEED: u16 = b'\n' as u16;
const BACKSLASH: u16 = b'\\' as u16;

/// What kind of text is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Plain and single-quoted.
    Flow,
    /// `>` blocks: more-indented lines are left alone.
    Block,
    /// Double-quoted: words may be broken with a backslash.
    Quoted,
}

/// How to fold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Folding<'i> {
    /// What kind of text it is.
    pub mode: Mode,
    /// What every further line begins with.
    pub indent: &'i str,
    /// Width that stands before the first line, where that matters.
    pub at_start: Option<usize>,
    /// Whose folding.
    pub dialect: Dialect,
}

/// The outcome of folding.
pub(crate) struct Folded {
    /// The text in lines.
    pub text: String,
    /// A word is longer than a line.
    pub overflows: bool,
}

struct Fold {
    at: usize,
    escaped: bool,
}

/// Breaks lines at spaces beyond the line width.
pub(crate) fn fold(text: &str, folding: Folding<'_>) -> Folded {
    let unfolded = |overflows| Folded {
        text: text.to_owned(),
        overflows,
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    let end_step = (1 + MIN_CONTENT_WIDTH).max((1 + LINE_WIDTH).saturating_sub(folding.indent.len()));
    if units.len() <= end_step {
        return unfolded(false);
    }
    let mut folder = Folder::new(&units, folding, end_step);
    match folder.run() {
        Some(()) if !folder.folds.is_empty() => Folded {
            text: join(&units, &folder.folds, folding.indent),
            overflows: folder.overflows,
        },
        _ => unfolded(folder.overflows),
    }
}

struct Folder<'u> {
    units: &'u [u16],
    mode: Mode,
    /// Blanks that a line in the text has before it is indented further.
    own_indent: usize,
    /// Width of a line that begins behind a line feed of the text.
    line_step: usize,
    end_step: usize,
    folds: Vec<Fold>,
    overflows: bool,
    end: usize,
    split: Option<usize>,
    escape_start: usize,
    escape_end: usize,
}

impl<'u> Folder<'u> {
    fn new(units: &'u [u16], folding: Folding<'_>, end_step: usize) -> Self {
        let width = folding.indent.len();
        // 1.x forgets that the text is indented already behind a line feed.
        let own_indent = match folding.dialect {
            Dialect::Yaml1 => 0,
            Dialect::Yaml2 => width,
        };
        let mut folder = Self {
            units,
            mode: folding.mode,
            own_indent,
            line_step: end_step + own_indent,
            end_step,
            folds: Vec::new(),
            overflows: false,
            end: LINE_WIDTH.saturating_sub(width),
            split: None,
            escape_start: 0,
            escape_end: 0,
        };
        match folding.at_start {
            Some(taken) if taken > LINE_WIDTH - MIN_CONTENT_WIDTH => folder.folds.push(Fold {
                at: 0,
                escaped: false,
            }),
            Some(taken) => folder.end = LINE_WIDTH - taken,
            None => {}
        }
        folder
    }

    /// Finds the places to fold at; nothing where an escape is longer than a line.
    fn run(&mut self) -> Option<()> {
        let mut at = 0;
        if self.mode == Mode::Block {
            at = self.skip_more_indented(0);
            if at > 0 {
                self.end = at - 1 + self.end_step;
            }
        }
        let mut previous = 0;
        while let Some(&first) = self.units.get(at) {
            let mut unit = first;
            if self.mode == Mode::Quoted && unit == BACKSLASH {
                at = self.skip_escape(at);
            }
            if unit == FEED {
                if self.mode == Mode::Block {
                    at = self.skip_more_indented(at + 1) - 1;
                }
                self.end = at + self.line_step;
                self.split = None;
            } else {
                if unit == SPACE && previous != 0 && !is_white(previous) && self.is_word(at + 1) {
                    self.split = Some(at);
                }
                if at >= self.end {
                    self.overflow(&mut at, &mut unit, &mut previous)?;
                }
            }
            previous = unit;
            at += 1;
        }
        Some(())
    }

    fn overflow(&mut self, at: &mut usize, unit: &mut u16, previous: &mut u16) -> Option<()> {
        if let Some(split) = self.split.take() {
            self.push(split, false);
            return Some(());
        }
        if self.mode != Mode::Quoted {
            self.overflows = true;
            return Some(());
        }
        while *previous == SPACE || *previous == TAB {
            *previous = *unit;
            *at += 1;
            *unit = self.units.get(*at).copied().unwrap_or(0);
        }
        let place = if *at > self.escape_end + 1 {
            at.checked_sub(2)
        } else {
            self.escape_start.checked_sub(1)
        };
        let place = self.before_surrogate_pair(place?);
        // Places only grow, so one that was had before is the last.
        if self
            .folds
            .last()
            .is_some_and(|fold| fold.escaped && fold.at == place)
        {
            return None;
        }
        self.push(place, true);
        Some(())
    }

    fn push(&mut self, at: usize, escaped: bool) {
        self.folds.push(Fold { at, escaped });
        self.end = at + self.end_step;
    }

    /// A character beyond the basic plane is never torn apart.
    fn before_surrogate_pair(&self, at: usize) -> usize {
        let is_low = self
            .units
            .get(at + 1)
            .is_some_and(|unit| (0xDC00..0xE000).contains(unit));
        if is_low && at > 0 { at - 1 } else { at }
    }

    fn skip_escape(&mut self, at: usize) -> usize {
        self.escape_start = at;
        let length = match self.units.get(at + 1).and_then(|unit| u8::try_from(*unit).ok()) {
            Some(b'x') => 3,
            Some(b'u') => 5,
            Some(b'U') => 9,
            _ => 1,
        };
        self.escape_end = at + length;
        at + length
    }

    fn is_word(&self, at: usize) -> bool {
        self.units.get(at).is_some_and(|unit| !is_white(*unit))
    }

    /// From the start of a line: behind all lines that are indented further.
    fn skip_more_indented(&self, line: usize) -> usize {
        let is_blank = |unit: &u16| matches!(*unit, SPACE | TAB);
        let mut at = line;
        while let Some(lead) = self.units.get(at..=at + self.own_indent)
            && lead.iter().all(is_blank)
        {
            let length = self.units[at..].iter().position(|unit| *unit == FEED);
            at += length.unwrap_or(self.units.len() - at) + 1;
        }
        at
    }
}

fn is_white(unit: u16) -> bool {
    matches!(unit, SPACE | TAB | FEED)
}

fn join(units: &[u16], folds: &[Fold], indent: &str) -> String {
    let mut result = Vec::with_capacity(units.len() + folds.len() * (indent.len() + 2));
    let line_break: Vec<u16> = format!("\n{indent}").encode_utf16().collect();
    let mut start = 0;
    for fold in folds {
        // The unit that is folded at is a space, or stands before the backslash of an escaped line feed.
        let is_escaped = fold.escaped && fold.at > 0;
        let end = if is_escaped { fold.at + 1 } else { fold.at };
        if fold.at == 0 {
            // However often the text starts on a line of its own, it is one line break.
            result.clear();
        }
        result.extend_from_slice(&units[start.min(end)..end]);
        if is_escaped {
            result.push(BACKSLASH);
        }
        result.extend_from_slice(&line_break);
        start = if fold.at == 0 { 0 } else { fold.at + 1 };
    }
    result.extend_from_slice(&units[start..]);
    String::from_utf16_lossy(&result)
}
