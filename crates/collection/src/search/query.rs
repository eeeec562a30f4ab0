//! What is searched for.

use regex::{Regex, RegexBuilder};

use crate::model::SearchOptions;

/// Longer queries are pasted by mistake.
const MOST_CHARS: usize = 1000;
/// Memory that a pattern and its automaton may take, in bytes.
const MOST_MEMORY: usize = 4 * 1024 * 1024;

/// What is searched for, ready to be compared.
#[derive(Debug, Clone)]
pub struct SearchQuery {
    pattern: Regex,
}

/// Why something cannot be searched for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// Nothing was typed.
    #[error("There is nothing to search for. Type at least one character.")]
    Empty,
    /// More than [`MOST_CHARS`] characters.
    #[error("What is searched for is longer than {MOST_CHARS} characters. Search for a part of it.")]
    TooLong,
    /// Not a regular expression, or one that is too large.
    #[error("This is no regular expression that can be searched for: {reason}.")]
    BadPattern {
        /// What is wrong with it.
        reason: String,
    },
}

impl SearchError {
    /// Stable code for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-query",
            Self::TooLong => "long-query",
            Self::BadPattern { .. } => "bad-pattern",
        }
    }
}

impl SearchQuery {
    /// Reads what was typed. The time of a search grows with the length of the texts and not with the pattern's tricks,
    /// as the `regex` crate never goes back.
    pub fn new(text: &str, options: SearchOptions) -> Result<Self, SearchError> {
        if text.is_empty() {
            return Err(SearchError::Empty);
        }
        if text.chars().count() > MOST_CHARS {
            return Err(SearchError::TooLong);
        }
        let wanted = if options.regex {
            // by itself first, so that `a)(b` is not made sound by what is put around it
            compiled(text, options)?;
            text.to_owned()
        } else {
            regex::escape(text)
        };
        let wanted = if options.whole_word {
            format!(r"\b{{start-half}}(?:{wanted})\b{{end-half}}")
        } else {
            wanted
        };
        Ok(Self {
            pattern: compiled(&wanted, options)?,
        })
    }

    /// The matches in a text, as byte ranges. A match of nothing is none.
    pub(crate) fn matches<'t>(
        &self,
        text: &'t str,
    ) -> impl Iterator<Item = std::ops::Range<usize>> + use<'_, 't> {
        let found = self.pattern.find_iter(text).map(|found| found.range());
        found.filter(|range| !range.is_empty())
    }
}

fn compiled(pattern: &str, options: SearchOptions) -> Result<Regex, SearchError> {
    RegexBuilder::new(pattern)
        .case_insensitive(!options.match_case)
        .multi_line(true)
        .size_limit(MOST_MEMORY)
        .dfa_size_limit(MOST_MEMORY)
        .build()
        .map_err(|error| SearchError::BadPattern {
            reason: reason(&error),
        })
}

/// The last line of the parser's message says what is wrong; those before draw the pattern.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        other => {
            let text = other.to_string();
            let last = text.lines().last().unwrap_or_default();
            last.trim_start_matches("error: ").to_owned()
        }
    }
}
