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
        name: "collisions",
        what: "Two contents of one id, made on purpose",
        outcome: "refused where it is received",
        checks: &[],
        tests: &[],
        note: "libgit2 is built with the hash that finds them; a test would need two contents made for Git's objects.",
    },
    Case {
        name: "fetching-by-itself",
        what: "Fetches in the background: backing off, metered networks, days without a connection",
        outcome: "nothing is fetched",
        checks: &[],
        tests: &[],
        note: "Sheaf fetches only when it is asked to.",
    },
];
