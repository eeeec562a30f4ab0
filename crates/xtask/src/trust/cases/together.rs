use crate::trust::case::{Case, Chapter, OUTCOME, UNTOUCHED, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Work that meets other work",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "random-work",
        "Edits, commits, switches, merges, undo and redo in any order, then git's garbage collection",
        "every version that was ever saved can be found again",
        UNTOUCHED,
        &[
            "sheaf-git::local never_lost::random_work_one",
            "sheaf-git::local never_lost::random_work_two",
        ],
    ),
    case(
        "edits-in-the-way",
        "A pull, merge or switch with edits that are not committed",
        "they come along, or it stops before anything is touched",
        UNTOUCHED,
        &[
            "sheaf-cli::trust others::whoever_asks_touches_nothing",
            "sheaf-git::local merge::uncommitted_changes_that_disagree",
            "sheaf-git::local merge::fast_forward_keeps_uncommitted_changes",
            "sheaf-git::local switch::an_ignored_file_is_not_overwritten_silently",
            "sheaf-git::local switch::a_folder_in_the_way_of_a_file",
            "sheaf-cli::main_job a_disagreement_touches_nothing_until_it_is_answered",
            "sheaf-cli::questions an_edit_that_is_not_committed_is_never_answered_away",
        ],
    ),
    case(
        "delete-against-edit",
        "One side deletes, renames or moves what the other side edits; a file against a folder; both add the same",
        "one question each",
        OUTCOME,
        &[
            "sheaf-git::local merge::deleted_against_edited",
            "sheaf-git::local merge::both_added_the_same_or_not",
            "sheaf-git::local merge::file_against_folder",
        ],
    ),
    case(
        "deleted-while-open",
        "A file that is open is deleted by a pull or another program",
        "what was typed comes back",
        OUTCOME,
        &["sheaf-project::text_files what_another_program_deleted_comes_back_with_what_was_typed"],
    ),
    case(
        "parked",
        "Parked changes, and their branch is renamed or deleted, or they do not fit any more",
        "they go along, come back with undo, or stay parked",
        OUTCOME,
        &[
            "sheaf-git::local switch::a_deleted_branch_takes_its_parked_changes_along_and_back",
            "sheaf-git::local switch::what_does_not_fit_any_more_stays_parked",
            "sheaf-git::local switch::parked_twice",
        ],
    ),
    case(
        "line-ends",
        "Line ends of Windows and of Unix, byte order marks, `core.autocrlf` in each of its ways, attributes that turn line ends",
        "no change where nobody changed anything",
        OUTCOME,
        &[
            "sheaf-cli::trust contents::line_ends_are_no_changes",
            "sheaf-git::local commit::line_endings_follow_git_attributes",
            "sheaf-project::text_files lines_keep_the_way_they_end",
        ],
    ),
];
