use crate::trust::case::{BOUNDED, Case, Chapter, KEPT, KEPT_AND_SENT, OUTCOME, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Connections and proxies",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "no-such-name",
        "A host name that nobody knows",
        "`name-not-found`; nothing is left",
        KEPT,
        &[
            "sheaf-cli::trust answers::a_host_that_is_not_there_is_left_in_time",
            "sheaf-git::network stops::a_host_that_is_not_there_is_named",
        ],
    ),
    case(
        "refused",
        "A port where nobody listens",
        "`connect-failed`; nothing is left",
        KEPT,
        &[
            "sheaf-cli::trust answers::a_host_that_is_not_there_is_left_in_time",
            "sheaf-git::network stops::a_host_that_is_not_there_is_named",
        ],
    ),
    case(
        "black-hole",
        "A host that never answers the greeting",
        "`connect-failed` within ten seconds",
        BOUNDED,
        &[
            "sheaf-cli::trust answers::a_host_that_is_not_there_is_left_in_time",
            "sheaf-git::network stops::a_black_hole_is_left_in_time",
        ],
    ),
    case(
        "silence",
        "The host falls silent before its answer or in the middle of it",
        "`idle-timeout`; a cancel is heard within half a second",
        BOUNDED,
        &[
            "sheaf-git::network stops::silence_is_not_waited_out_for_ever",
            "sheaf-git::network stops::a_stalled_clone_can_be_cancelled",
            "sheaf-git::network stops::a_fetch_that_is_cancelled_moves_nothing",
        ],
    )
    .note("A computer that slept looks the same to the program: bytes do not come."),
    case(
        "slow",
        "Some hundred bytes a second",
        "it is waited for",
        BOUNDED,
        &["sheaf-git::network stops::what_is_slow_but_moves_is_not_cut_off"],
    ),
    case(
        "cut",
        "The connection breaks, or ends too soon in good order",
        "`connection-broken`, wherever it breaks; nothing is left, and the next try works",
        KEPT,
        &[
            "sheaf-cli::trust answers::a_connection_that_breaks_anywhere_leaves_nothing",
            "sheaf-cli::trust answers::an_answer_that_ends_too_soon_leaves_nothing",
            "sheaf-git::network stops::a_pack_that_is_cut_or_damaged_leaves_nothing",
            "sheaf-cli::clone a_failed_clone_leaves_nothing",
        ],
    ),
    case(
        "flipped-bit",
        "One bit of what is received is wrong",
        "`damaged-transfer`; it is never checked out",
        KEPT,
        &[
            "sheaf-cli::trust answers::a_flipped_bit_leaves_nothing",
            "sheaf-git::network stops::a_pack_that_is_cut_or_damaged_leaves_nothing",
            "sheaf-cli::clone a_flipped_bit_is_never_checked_out",
        ],
    ),
    case(
        "lost-report",
        "A push lands and its report is lost",
        "an error, never a success; the next push says that all is there",
        KEPT,
        &[
            "sheaf-cli::trust answers::a_push_whose_report_is_lost_is_known_by_the_next",
            "sheaf-git::network push::a_push_whose_report_is_lost_is_not_taken_for_a_success",
        ],
    ),
    case(
        "proxy",
        "A proxy of the environment",
        "it is used and sees no token",
        OUTCOME,
        &["sheaf-git::network proxy::a_proxy_is_used_and_sees_no_token"],
    ),
    case(
        "proxy-login",
        "A proxy that wants another login (407)",
        "`proxy-refused`; its password is in no message",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust transfers::a_proxy_that_is_none_is_told_and_not_passed_by",
            "sheaf-git::network proxy::a_proxy_that_wants_a_login_is_named_and_its_password_is_not",
        ],
    ),
    case(
        "proxy-that-is-none",
        "A proxy that answers with a page, with nonsense, with 502, or not at all; a SOCKS proxy",
        "`proxy-refused`, `connect-failed` or `tls-failed`; it is not passed by",
        KEPT_AND_SENT,
        &["sheaf-cli::trust transfers::a_proxy_that_is_none_is_told_and_not_passed_by"],
    ),
    case(
        "no-proxy",
        "A host that needs no proxy (`NO_PROXY`)",
        "the proxy is not asked",
        OUTCOME,
        &["sheaf-cli::trust transfers::a_proxy_is_not_asked_for_hosts_that_need_none"],
    ),
];
