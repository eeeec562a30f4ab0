use crate::trust::case::{Case, Chapter, OUTCOME, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Damage and hostile objects",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "damaged-index",
        "An index that is cut off",
        "`damaged`; files and commits stay",
        OUTCOME,
        &["sheaf-git::local repository::what_it_cannot_work_with_is_named"],
    ),
    Case {
        name: "hostile-pack",
        what: "A pack that claims four thousand million objects, an object of 2^63 bytes, deltas in a circle or to what is not there",
        outcome: "`damaged-transfer` within bounds; nothing is left",
        checks: &[],
        tests: &[],
        note: "The host of the tests cannot say this yet.",
    },
];
