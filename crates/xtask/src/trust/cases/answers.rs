use crate::trust::case::{Case, Chapter, KEPT, KEPT_AND_SENT, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "What hosts answer",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "no-token",
        "The host asks for a token and there is none",
        "`auth-needed`",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust answers::a_wrong_token_is_asked_about_once",
            "sheaf-git::network clone::without_a_token_the_host_asks_for_one",
        ],
    ),
    case(
        "wrong-token",
        "A token that is wrong, withdrawn or expired (401)",
        "`auth-failed` after one request",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust answers::a_wrong_token_is_asked_about_once",
            "sheaf-git::network clone::a_wrong_token_is_refused_once",
            "sheaf-git::network push::a_token_that_expired_is_an_error_and_not_a_refusal",
        ],
    ),
    case(
        "no-challenge",
        "401 without a word about how to log in",
        "`auth-failed`; the token was sent at once",
        KEPT,
        &[
            "sheaf-cli::trust answers::refusals_of_a_host_have_names",
            "sheaf-git::network faults::refusals_keep_the_words_of_the_host",
            "sheaf-git::network clone::the_token_is_sent_at_once_and_to_every_request",
        ],
    ),
    case(
        "forbidden",
        "403, and a token that may only read when pushing",
        "`forbidden` with the host's words; for a push the refusal `noWritePermission`",
        KEPT,
        &[
            "sheaf-cli::trust answers::forbidden_is_told_in_the_words_of_the_host",
            "sheaf-git::network faults::refusals_keep_the_words_of_the_host",
            "sheaf-git::network refusals::a_token_that_only_reads",
        ],
    ),
    case(
        "hidden",
        "404, which hosts also say of what an account may not see",
        "`repository-not-found`, whose words name both",
        KEPT,
        &[
            "sheaf-cli::trust answers::refusals_of_a_host_have_names",
            "sheaf-git::network clone::what_is_hidden_and_what_is_not_there_look_alike",
        ],
    ),
    case(
        "too-large",
        "413 on a push, also in the middle of sending",
        "the refusal `tooLarge`; the commit is still here",
        KEPT,
        &[
            "sheaf-cli::trust answers::refused_pushes_move_nothing",
            "sheaf-git::network push::a_push_that_is_too_large_says_so",
            "sheaf-git::network push::a_large_push_that_is_refused_early_ends",
        ],
    ),
    case(
        "wait",
        "429 and 503 with `Retry-After`",
        "a short wait is waited once and can be cancelled; a long one ends in `too-many-requests` or `unavailable` with its seconds",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust answers::refusals_of_a_host_have_names",
            "sheaf-git::network faults::a_long_wait_is_left_to_the_person",
            "sheaf-git::network faults::a_short_wait_is_waited_once",
            "sheaf-git::network faults::a_wait_can_be_cancelled",
        ],
    ),
    case(
        "captive-portal",
        "200 with a login page, or with nothing at all",
        "`not-a-git-host`",
        KEPT,
        &[
            "sheaf-cli::trust answers::refusals_of_a_host_have_names",
            "sheaf-git::network faults::pages_for_people_are_no_git_host",
        ],
    ),
    case(
        "words-of-a-server",
        "What a server prints: colours, titles, links and the clipboard of a terminal, overwritten lines, cut letters, secrets, megabytes",
        "cleaned and capped; it steers no terminal and no window",
        KEPT,
        &[
            "sheaf-cli::trust answers::words_of_a_server_steer_nothing_and_are_bounded",
            "sheaf-git::network refusals::the_words_of_a_hook_are_kept_and_cleaned",
            "sheaf-git sideband::tests::terminal_sequences_go",
            "sheaf-git sideband::tests::secrets_go_and_length_is_capped",
            "sheaf-git sideband::tests::lines_are_put_together_and_progress_is_dropped",
        ],
    ),
    case(
        "hostile-list",
        "A list of branches with names that no ref may have or that are no text, refs outside `refs/`, the same ref twice, `a` beside `a/b`, 150,000 refs, seventy megabytes, a cut line, an `ERR` line, an answer of another version, a commit that nobody has",
        "`oversized`, `remote-error`, `not-a-git-host`, `damaged-transfer` or `connection-broken`; names that cannot be are left out and the rest is taken",
        KEPT,
        &[
            "sheaf-cli::trust transfers::a_list_that_is_none_is_refused",
            "sheaf-cli::trust transfers::refs_with_names_that_are_none_are_left_out",
            "sheaf-cli::trust transfers::a_name_that_is_no_text_is_left_out",
            "sheaf-cli::trust transfers::a_list_without_end_is_refused",
            "sheaf-cli::trust transfers::a_commit_that_nobody_has_is_told",
        ],
    ),
    case(
        "withdrawn-token",
        "A token that worked and is withdrawn",
        "`auth-failed`; with a token again everything works",
        KEPT,
        &["sheaf-cli::trust answers::a_token_that_is_withdrawn_in_between_is_named"],
    ),
    case(
        "out-of-order",
        "Any other status: 410, 418, 500, 502, 504",
        "`repository-not-found`, `http-error`, `unavailable`",
        KEPT,
        &["sheaf-cli::trust answers::refusals_of_a_host_have_names"],
    ),
];
