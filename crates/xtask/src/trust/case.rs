//! One fault or attack: what happens, how Sheaf ends, and which tests show it.

/// Cases that belong together.
pub(super) struct Chapter {
    pub(super) title: &'static str,
    pub(super) cases: &'static [Case],
}

/// A fault or an attack.
pub(super) struct Case {
    /// It never changes.
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) outcome: &'static str,
    pub(super) checks: &'static [Check],
    /// As nextest writes them: the binary, a space, the test.
    pub(super) tests: &'static [&'static str],
    /// What is shown by a decision alone because it takes another system, or why nothing shows it yet.
    pub(super) note: &'static str,
}

/// What is looked at afterwards.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    Outcome,
    Refs,
    Index,
    Files,
    Fsck,
    Leftovers,
    Token,
    Requests,
    Programs,
    Bounds,
}

impl Check {
    pub(super) const ALL: [Self; 10] = [
        Self::Outcome,
        Self::Refs,
        Self::Index,
        Self::Files,
        Self::Fsck,
        Self::Leftovers,
        Self::Token,
        Self::Requests,
        Self::Programs,
        Self::Bounds,
    ];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Refs => "refs",
            Self::Index => "index",
            Self::Files => "files",
            Self::Fsck => "fsck",
            Self::Leftovers => "leftovers",
            Self::Token => "token",
            Self::Requests => "requests",
            Self::Programs => "programs",
            Self::Bounds => "bounds",
        }
    }

    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Outcome => "the code of the error, the reason of the refusal, or the value it ends with",
            Self::Refs => {
                "HEAD, branches, tags and what is known of the remote are what they were, or what was asked for"
            }
            Self::Index => "the same of git's index",
            Self::Files => "the same of every file of the work tree, byte by byte",
            Self::Fsck => "`git fsck --strict` finds nothing",
            Self::Leftovers => "no lock, half-written file or half-received pack is left",
            Self::Token => {
                "the access token is in no file, output or git-event, neither as it is nor encoded"
            }
            Self::Requests => "the host's own log: what was sent, to whom, with which credentials",
            Self::Programs => "a program that was put in the way has not run",
            Self::Bounds => "time or memory stays within a bound",
        }
    }
}

/// The outcome alone.
pub(super) const OUTCOME: &[Check] = &[Check::Outcome];
/// The outcome and what was sent.
pub(super) const SENT: &[Check] = &[Check::Outcome, Check::Requests];
/// The outcome, within a bound.
pub(super) const BOUNDED: &[Check] = &[Check::Outcome, Check::Bounds];
/// Nothing is lost, nothing is left.
pub(super) const UNTOUCHED: &[Check] = &[
    Check::Outcome,
    Check::Refs,
    Check::Index,
    Check::Files,
    Check::Fsck,
    Check::Leftovers,
];
/// The same, and the token has gone nowhere.
pub(super) const KEPT: &[Check] = &[
    Check::Outcome,
    Check::Refs,
    Check::Index,
    Check::Files,
    Check::Fsck,
    Check::Leftovers,
    Check::Token,
];
/// The same, and the host says what was sent.
pub(super) const KEPT_AND_SENT: &[Check] = &[
    Check::Outcome,
    Check::Refs,
    Check::Index,
    Check::Files,
    Check::Fsck,
    Check::Leftovers,
    Check::Token,
    Check::Requests,
];

/// A case without a note.
pub(super) const fn case(
    name: &'static str,
    what: &'static str,
    outcome: &'static str,
    checks: &'static [Check],
    tests: &'static [&'static str],
) -> Case {
    Case {
        name,
        what,
        outcome,
        checks,
        tests,
        note: "",
    }
}

impl Case {
    pub(super) const fn note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }
}
