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
];
