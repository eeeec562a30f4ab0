use crate::trust::case::{Case, Chapter, OUTCOME, UNTOUCHED, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Crashes",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "killed-clone",
        "The process is killed in a clone",
        "the target is not there; the next clone beside it clears what is left",
        OUTCOME,
        &[
            "sheaf-git::network clone::leftovers_of_killed_clones_can_be_removed",
            "sheaf-git::network clone::a_clone_removes_what_a_killed_one_left_beside_it",
        ],
    ),
    case(
        "killed-fetch",
        "The process is killed in a fetch",
        "old half-received packs are cleared away, young ones are not",
        OUTCOME,
        &["sheaf-git::local guests::leftovers_are_cleared_away_when_they_are_old"],
    ),
    case(
        "killed-switch",
        "The process is killed while it switches branches",
        "all files are of one branch, edits are still there",
        UNTOUCHED,
        &[
            "sheaf-git::local crash::after_a_kill_the_files_are_all_of_one_branch",
            "sheaf-git::local crash::a_crash_before_files_are_put_in_place_is_as_if_nothing_had_happened",
            "sheaf-git::local crash::a_crash_before_the_way_back_stands_leaves_nothing_behind",
            "sheaf-git::local crash::what_another_program_committed_after_the_crash_stays",
            "sheaf-git::local crash::a_crash_between_two_refs_is_taken_back",
        ],
    ),
    case(
        "killed-anywhere",
        "The process is killed at any moment of 19 operations: save, remove, commit, amend, switch, park, merge, land, pull, rebase, fetch, push, undo, redo, discard, branches, settings, clone; and again in the recovery",
        "as before or as after; what did not happen can be done again",
        UNTOUCHED,
        &[
            "sheaf-cli::crash killed::a_save",
            "sheaf-cli::crash killed::a_removal",
            "sheaf-cli::crash killed::a_commit",
            "sheaf-cli::crash killed::a_commit_of_a_part",
            "sheaf-cli::crash killed::an_amendment",
            "sheaf-cli::crash killed::a_switch",
            "sheaf-cli::crash killed::a_switch_that_parks",
            "sheaf-cli::crash killed::a_merge",
            "sheaf-cli::crash killed::a_merge_that_waited",
            "sheaf-cli::crash killed::a_pull",
            "sheaf-cli::crash killed::a_pull_by_rebase",
            "sheaf-cli::crash killed::a_fetch",
            "sheaf-cli::crash killed::a_push",
            "sheaf-cli::crash killed::an_undo",
            "sheaf-cli::crash killed::a_redo",
            "sheaf-cli::crash killed::a_discard",
            "sheaf-cli::crash killed::a_new_name_of_a_branch",
            "sheaf-cli::crash killed::settings",
            "sheaf-cli::crash killed::a_clone",
        ],
    )
    .note("`cargo xtask test --suite crash` tries 200 moments of each."),
    case(
        "failed-write",
        "A file, a ref or the index cannot be written in the middle of an operation",
        "all of it goes back",
        UNTOUCHED,
        &[
            "sheaf-git::local crash::a_file_that_cannot_be_written_leaves_all_others_alone",
            "sheaf-git::local crash::a_failure_between_two_refs_is_taken_back",
            "sheaf-git::local crash::an_index_that_cannot_be_put_in_place_follows_later",
        ],
    ),
    case(
        "full-disk",
        "A disk that becomes full at any moment",
        "`io` or its like, as before; with room again it works",
        UNTOUCHED,
        &["sheaf-cli::crash disk::a_full_disk"],
    )
    .note("Where the tests may not mount anything, nothing is tried."),
    case(
        "failing-disk",
        "A call that the disk refuses, alone or with all after it",
        "an error in words, as before",
        UNTOUCHED,
        &["sheaf-cli::crash disk::a_disk_that_fails"],
    ),
    case(
        "read-only",
        "A project, a folder or a single file of it that may only be read",
        "an error in words, as before",
        UNTOUCHED,
        &["sheaf-cli::crash disk::what_may_only_be_read"],
    )
    .note("Where the tests may not mount anything, nothing is tried."),
    case(
        "jumping-clock",
        "A clock that jumps by days and decades, between operations and in the middle of them",
        "everything works; what was done last is undone first",
        UNTOUCHED,
        &[
            "sheaf-cli::crash clock::a_clock_that_jumps_between_operations",
            "sheaf-cli::crash clock::a_clock_that_jumps_meanwhile",
        ],
    ),
];
