use crate::trust::case::{Case, Chapter, KEPT, OUTCOME, UNTOUCHED, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Other programs on the same repository",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "live-lock",
        "`index.lock` is held by another program",
        "a moment's wait, then `busy`; no file changed",
        KEPT,
        &[
            "sheaf-cli::trust locks::a_lock_of_the_index_stops_what_writes_files",
            "sheaf-git::local guests::while_the_index_is_locked_nothing_changes",
            "sheaf-git::local guests::a_lock_that_goes_away_is_waited_for",
        ],
    ),
    case(
        "stale-lock",
        "`index.lock` was left by a crash",
        "one of ours is removed; one of another program never is",
        OUTCOME,
        &["sheaf-git::local guests::while_the_index_is_locked_nothing_changes"],
    ),
    case(
        "locked-ref",
        "A branch, HEAD, the packed branches or the settings are locked",
        "`busy`; everything as before, and it works once the lock is gone",
        KEPT,
        &[
            "sheaf-cli::trust locks::a_lock_of_a_branch_stops_what_moves_it",
            "sheaf-cli::trust locks::a_lock_of_head_stops_a_switch",
            "sheaf-cli::trust locks::a_lock_of_the_packed_branches_stops_a_deletion",
            "sheaf-cli::trust locks::a_lock_of_the_settings_stops_what_writes_them",
            "sheaf-git::local guests::a_locked_branch_leaves_everything_as_it_was",
        ],
    ),
    case(
        "two-sheafs",
        "Two windows, or a window and the command line",
        "one at a time; nothing that was saved is lost",
        OUTCOME,
        &[
            "sheaf-cli::trust locks::two_at_once_lose_nothing",
            "sheaf-git::local repository::one_at_a_time",
            "sheaf::window_start a_second_start_hands_over_to_the_first_window",
        ],
    ),
    case(
        "at-work-together",
        "Two command lines, the window and a command line, the window and git: edits, commits, switches, branches, fetches at once",
        "everything acknowledged is in the history or on disk; who comes too late is told `busy` or `changed-meanwhile`",
        UNTOUCHED,
        &[
            "sheaf-cli::crash together::two_command_lines",
            "sheaf-cli::crash together::the_window_and_a_command_line",
            "sheaf-cli::crash together::the_window_and_git",
        ],
    ),
    case(
        "edited-meanwhile",
        "A file is edited between the plan and the writing",
        "`changed-meanwhile`; nothing is overwritten",
        UNTOUCHED,
        &["sheaf-git::local guests::a_file_edited_between_plan_and_landing_is_not_overwritten"],
    ),
    case(
        "same-second",
        "A file is written again in the same moment and with the same size",
        "the change is seen",
        OUTCOME,
        &[
            "sheaf-git::local discard::an_edit_in_the_moment_of_a_commit_is_not_hidden",
            "sheaf-project::at_hand what_another_program_wrote_right_after_a_save_is_seen",
        ],
    ),
    case(
        "what-git-did",
        "git commits, switches, moves and removes beside us",
        "it is seen",
        OUTCOME,
        &[
            "sheaf-git::local guests::what_git_did_meanwhile_is_seen",
            "sheaf-git::local guests::who_reads_does_not_write_the_index",
            "sheaf-project::watch a_checkout_by_git",
            "sheaf-project::watch a_burst_is_one_piece_of_news",
        ],
    ),
    case(
        "begun-outside",
        "A merge, rebase, revert or cherry-pick that another program began",
        "it is ended here with its questions answered, taken back, or left to git with a word",
        OUTCOME,
        &[
            "sheaf-cli::outside merge::a_merge_is_asked_about_landed_undone_and_landed_again",
            "sheaf-cli::outside merge::taking_it_back_is_what_git_does",
            "sheaf-cli::outside picks::what_cannot_be_ended_here_says_so_and_is_left_alone",
            "sheaf-git::local merge::refused_while_another_program_merges",
        ],
    ),
];
