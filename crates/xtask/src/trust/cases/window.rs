use crate::trust::case::{Case, Chapter, OUTCOME, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "The window",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "permissions",
        "What the page may do",
        "our own commands by name, one window, a strict content security policy, nothing of a plugin",
        OUTCOME,
        &[
            "sheaf::contract the_window_may_do_little",
            "sheaf::contract page_permissions_and_shell_agree",
            "sheaf::contract only_the_ipc_module_talks_to_the_shell",
        ],
    ),
    case(
        "old-libraries",
        "A libgit2 with known holes",
        "the build is refused",
        OUTCOME,
        &["sheaf::contract libgit2_is_new_enough"],
    ),
    Case {
        name: "hostile-calls",
        what: "Commands of the shell with paths out of the project, ids of other projects, wrong types, very long texts",
        outcome: "a typed error",
        checks: &[],
        tests: &[],
        note: "Not tried as a whole yet.",
    },
    Case {
        name: "navigation",
        what: "The page is led to another address, a link asks for another window, something is dropped on it",
        outcome: "it stays where it is",
        checks: &[],
        tests: &[],
        note: "The guard is there; it is not tried in the window yet.",
    },
];
