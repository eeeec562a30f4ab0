use crate::trust::case::{Case, Chapter, KEPT, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Damage and hostile objects",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "damaged-index",
        "An index that is cut off",
        "`damaged`; a repair makes it anew from the last commit",
        KEPT,
        &[
            "sheaf-git::local repository::what_it_cannot_work_with_is_named",
            "sheaf-git::local repair::an_index_that_is_cut_off_is_made_anew",
            "sheaf-cli::repair an_index_and_a_branch_that_nobody_can_read_are_told_and_repaired",
        ],
    ),
    case(
        "cut-off-object",
        "A loose object that is empty or ends too soon, at any byte: libgit2 reads some of them for ever",
        "`damaged` at once, in every command; a repair brings it back from the file, the index or the remote",
        KEPT,
        &[
            "sheaf-git::local repair::an_object_that_is_cut_off_is_told_wherever_it_is_cut",
            "sheaf-git::local repair::lost_content_comes_back_from_the_file",
            "sheaf-git::local repair::lost_folders_come_back_from_the_index",
            "sheaf-cli::repair an_object_that_is_cut_off_is_told_at_once_and_repaired",
            "sheaf-cli::repair what_only_the_remote_has_is_fetched_again",
            "sheaf::window_setup a_damaged_repository_is_repaired",
        ],
    ),
    case(
        "lost-commit",
        "The last commit is lost, or a branch or HEAD is empty",
        "`damaged`; a repair leads the branch to its newest commit that is whole, by its log, and what was lost is a change again",
        KEPT,
        &[
            "sheaf-git::local repair::a_branch_whose_last_commit_is_lost_leads_to_the_one_before",
            "sheaf-git::local repair::a_branch_that_is_empty_leads_to_where_its_log_says",
            "sheaf-git::local repair::a_head_that_is_empty_leads_to_the_branch_it_was_on",
            "sheaf-git::local repair::everything_at_once_loses_no_file",
        ],
    ),
    case(
        "repair-without-the-remote",
        "What is lost is on the remote alone, and that does not answer",
        "everything goes back to where it was; without the remote what is whole stays as it is, and what is missing is counted",
        KEPT,
        &[
            "sheaf-git::local repair::what_was_moved_aside_goes_back_where_a_repair_is_given_up",
            "sheaf-git::local repair::what_is_lost_far_back_moves_nothing",
            "sheaf-cli::repair without_the_remote_what_is_lost_is_counted",
        ],
    ),
    case(
        "hostile-pack",
        "A pack that claims four thousand million objects, an object of 2^62 bytes, another size than it has, a delta that makes a terabyte, deltas to themselves, to one another or to what is not there, another version, no pack at all",
        "`damaged-transfer`, `connection-broken` or `remote-error` in time; nothing is left",
        KEPT,
        &["sheaf-cli::trust transfers::a_hostile_pack_leaves_nothing"],
    ),
];
