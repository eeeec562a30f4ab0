//! Line folding exactly as npm `yaml` 1.10.2 does it. Lengths count UTF-16 units, as JavaScript's do.

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

struct Fold {
    at: usize,
    escaped: bool,
}

/// Breaks lines at spaces beyond the line width.
pub(crate) fn fold(text: &str, indent: &str, mode: Mode, indent_at_start: Option<usize>) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let end_step = (1 + MIN_CONTENT_WIDTH).max((1 + LINE_WIDTH).saturating_sub(indent.len()));
    if units.len() <= end_step {
        return text.to_owned();
    }
    match Folder::new(&units, indent, mode, end_step, indent_at_start).find() {
        Some(folds) if !folds.is_empty() => join(&units, &folds, indent),
        _ => text.to_owned(),
    }
}

struct Folder<'u> {
    units: &'u [u16],
    mode: Mode,
    end_step: usize,
    folds: Vec<Fold>,
    end: usize,
    split: Option<usize>,
    escape_start: usize,
    escape_end: usize,
}

impl<'u> Folder<'u> {
    fn new(
        units: &'u [u16],
        indent: &str,
        mode: Mode,
        end_step: usize,
        indent_at_start: Option<usize>,
    ) -> Self {
        let mut folds = Vec::new();
        let mut end = LINE_WIDTH.saturating_sub(indent.len());
        if let Some(taken) = indent_at_start {
            if taken > LINE_WIDTH - MIN_CONTENT_WIDTH {
                folds.push(Fold {
                    at: 0,
                    escaped: false,
                });
            } else {
                end = LINE_WIDTH - taken;
            }
        }
        Self {
            units,
            mode,
            end_step,
            folds,
            end,
            split: None,
            escape_start: 0,
            escape_end: 0,
        }
    }

    /// Positions to fold at; nothing where an escape is longer than a line.
    fn find(mut self) -> Option<Vec<Fold>> {
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
                self.end = at + self.end_step;
                self.split = None;
            } else {
                if unit == SPACE && previous != 0 && !is_white(previous) && self.is_word(at + 1) {
                    self.split = Some(at);
                }
                if at >= self.end && !self.overflow(&mut at, &mut unit, &mut previous) {
                    return None;
                }
            }
            previous = unit;
            at += 1;
        }
        Some(self.folds)
    }

    fn overflow(&mut self, at: &mut usize, unit: &mut u16, previous: &mut u16) -> bool {
        if let Some(split) = self.split.take() {
            self.push(split, false);
            return true;
        }
        if self.mode != Mode::Quoted {
            return true;
        }
        while *previous == SPACE || *previous == TAB {
            *previous = *unit;
            *at += 1;
            *unit = self.units.get(*at).copied().unwrap_or(0);
        }
        let breaks_behind = *at > self.escape_end + 1;
        let Some(place) = (if breaks_behind {
            at.checked_sub(2)
        } else {
            self.escape_start.checked_sub(1)
        }) else {
            return false;
        };
        let place = self.before_surrogate_pair(place);
        if self.folds.iter().any(|fold| fold.escaped && fold.at == place) {
            return false;
        }
        self.push(place, true);
        true
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
        let mut at = line;
        while matches!(self.units.get(at), Some(&(SPACE | TAB))) {
            while self.units.get(at).is_some_and(|unit| *unit != FEED) {
                at += 1;
            }
            at += 1;
        }
        at
    }
}

fn is_white(unit: u16) -> bool {
    matches!(unit, SPACE | TAB | FEED)
}

fn join(units: &[u16], folds: &[Fold], indent: &str) -> String {
    let text = |from: usize, to: usize| String::from_utf16_lossy(&units[from.min(to)..to]);
    let mut result = text(0, folds[0].at);
    for (index, fold) in folds.iter().enumerate() {
        let end = folds.get(index + 1).map_or(units.len(), |next| next.at);
        if fold.at == 0 {
            result = format!("\n{indent}{}", text(0, end));
            continue;
        }
        if fold.escaped {
            result.push_str(&text(fold.at, fold.at + 1));
            result.push('\\');
        }
        result.push('\n');
        result.push_str(indent);
        result.push_str(&text(fold.at + 1, end));
    }
    result
}
