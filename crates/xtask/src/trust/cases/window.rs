use crate::trust::case::{Case, Chapter, Check, OUTCOME, case};

const FILES: &[Check] = &[Check::Outcome, Check::Files];

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
    case(
        "hostile-calls",
        "Commands of the shell with paths out of the project, ids of other projects, wrong types, very long texts",
        "an error in words; nothing outside the project changes",
        FILES,
        &["sheaf::hostile_calls every_command_answers_in_words_and_touches_nothing_outside"],
    ),
    case(
        "navigation",
        "The page is led to another address, also to one that looks like our own",
        "it stays where it is",
        OUTCOME,
        &[
            "sheaf guard::tests::only_our_own_page_is_shown",
            "sheaf::contract the_window_may_do_little",
        ],
    ),
    case(
        "opened-links",
        "Links that are not https: `file:`, `smb:`, `ms-msdt:`, `javascript:`, network paths",
        "`bad-link`; nothing is opened",
        OUTCOME,
        &["sheaf::hostile_calls every_command_answers_in_words_and_touches_nothing_outside"],
    ),
    case(
        "markup",
        "Text of a repository or a host that is markup",
        "it is shown as text: the page has no way to draw markup",
        OUTCOME,
        &["sheaf::contract nothing_is_drawn_as_markup"],
    ),
];
