use crate::trust::case::{Case, Chapter};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "What Sheaf does not do yet",
    cases: CASES,
};

const CASES: &[Case] = &[
    Case {
        name: "ssh",
        what: "Unknown and changed host keys, agents, passphrases, hardware keys, banners",
        outcome: "an ssh address is refused with `uri-ssh`",
        checks: &[],
        tests: &[],
        note: "Sheaf speaks https only.",
    },
    Case {
        name: "updates",
        what: "Updates with a wrong signature, older than what is here, cut, redirected",
        outcome: "refused",
        checks: &[],
        tests: &[],
        note: "Sheaf does not update itself.",
    },
    Case {
        name: "deep-links",
        what: "Links of other programs that would clone or open something",
        outcome: "nothing happens",
        checks: &[],
        tests: &[],
        note: "Sheaf registers no scheme.",
    },
];
