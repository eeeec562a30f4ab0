use crate::trust::case::{Case, Chapter, KEPT, OUTCOME, case};

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
    case(
        "hostile-pack",
        "A pack that claims four thousand million objects, an object of 2^62 bytes, another size than it has, a delta that makes a terabyte, deltas to themselves, to one another or to what is not there, another version, no pack at all",
        "`damaged-transfer`, `connection-broken` or `remote-error` in time; nothing is left",
        KEPT,
        &["sheaf-cli::trust transfers::a_hostile_pack_leaves_nothing"],
    ),
];
