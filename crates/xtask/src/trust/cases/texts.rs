use crate::trust::case::{BOUNDED, Case, Chapter, OUTCOME, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Hostile texts",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "yaml-bombs",
        "Aliases that multiply, ten thousand levels, a hundred megabytes, keys twice, tags, NUL, UTF-16, byte order marks",
        "a problem with its line in the tree, within bounds; every other file works",
        BOUNDED,
        &[
            "sheaf-collection::broken whatever_a_file_holds_it_is_told_and_harms_no_other",
            "sheaf-cli::verify a_file_that_is_too_large_is_told_and_not_read",
        ],
    ),
    case(
        "conflict-markers",
        "Conflict markers committed in a collection, files that end in the middle",
        "the file is shown with its problem, repaired as text, and never dropped",
        OUTCOME,
        &[
            "sheaf-collection::broken whatever_a_file_holds_it_is_told_and_harms_no_other",
            "sheaf-cli::verify broken_files_are_told_with_their_places",
            "sheaf-project::text_files a_broken_file_is_repaired_as_text",
            "sheaf-cli::collections files_that_are_broken_are_shown_and_kept",
        ],
    ),
    case(
        "hostile-imports",
        "Files to import that are bombs, circles, or broken",
        "`import` refuses in words, within bounds",
        BOUNDED,
        &["sheaf-cli::imports what_cannot_be_imported_is_refused_in_words"],
    ),
    case(
        "steering-texts",
        "Terminal sequences and markup in names, messages and values",
        "kept as they are in files, harmless in the terminal",
        OUTCOME,
        &[
            "sheaf-cli::collections hostile_text_is_kept_as_it_is_and_does_not_steer_the_terminal",
            "sheaf-cli::bin/sheaf output::tests::escape_sequences_do_not_reach_the_terminal",
        ],
    ),
    case(
        "huge-files",
        "A file of 600 megabytes, a line of 40 megabytes, four million lines, bytes where text should be",
        "`file-too-large` at a commit; everything else ends in time, and the bytes stay",
        BOUNDED,
        &["sheaf-cli::trust contents::huge_and_binary_files_are_told"],
    ),
    case(
        "names-of-programs",
        "`__proto__`, `constructor`, markup in names, keys, branches, tags and messages",
        "they are names like others",
        OUTCOME,
        &["sheaf-cli::trust contents::names_of_other_languages_are_names"],
    )
    .note("The same of the page is tried by its own tests (`ui/src/lib/environment.test.ts`)."),
];
