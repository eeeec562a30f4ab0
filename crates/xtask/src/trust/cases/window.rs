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
        "calls-of-plugins",
        "The page calls what it was not given: files, a shell, links, requests, an exit, other files of the store, dialogs, events to others, new windows, the icons and places of this one",
        "each is refused as not allowed, in the real window",
        OUTCOME,
        &[
            "sheaf::window_hostile the_page_may_call_nothing_but_its_own_commands",
            "sheaf::permissions another_window_and_another_origin_may_call_nothing",
        ],
    ),
    case(
        "calls-of-others",
        "Another window, or a page from another origin, calls our commands",
        "refused as not allowed",
        OUTCOME,
        &["sheaf::permissions another_window_and_another_origin_may_call_nothing"],
    ),
    case(
        "ways-out",
        "A script in the page that wants out or wants more in: `eval`, inline scripts and handlers, frames, workers, forms, new windows, `javascript:`, `data:` and `file:` links, pictures, styles, requests and sockets to elsewhere",
        "nothing runs, nobody outside is told a word, and the page stays",
        OUTCOME,
        &["sheaf::window_hostile nothing_leads_out_of_the_page"],
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
        "Names, addresses, descriptions, values, files, branches, tags and commit messages that are markup, a megabyte long, turned around or full of links to `javascript:` and `file:`",
        "text, in the real window: nothing of it runs, is drawn or can be clicked, and the window keeps its shape",
        OUTCOME,
        &[
            "sheaf::window_hostile texts_of_a_repository_are_only_text",
            "sheaf::contract nothing_is_drawn_as_markup",
        ],
    ),
    case(
        "markup-of-a-host",
        "The same in what a host says to a push it refuses, with sequences that steer a terminal and links to elsewhere",
        "words, bounded, without links and without what nobody sees",
        OUTCOME,
        &["sheaf::window_hostile words_of_a_server_are_only_words"],
    ),
    case(
        "deep-links",
        "Links of other programs that would clone or open something: the program is started with a link to `sheaf:`, `javascript:` or a file, with options of a browser or of GTK, with markup; first, and beside a window that is open",
        "a start like any other: arguments are not read, and a second start shows the first window",
        OUTCOME,
        &["sheaf::window_hostile a_start_with_anything_for_arguments_is_a_start"],
    ),
];
