use crate::trust::case::{Case, Chapter, KEPT, KEPT_AND_SENT, OUTCOME, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Redirects",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "redirect-elsewhere",
        "A redirect to another host, or to another port of the same host",
        "`redirected`; the other one hears nothing, least of all the token",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust answers::nobody_else_hears_anything_of_a_redirect",
            "sheaf-git::network faults::another_origin_is_not_followed",
            "sheaf-cli::clone a_redirect_to_another_host_never_gets_the_token",
        ],
    ),
    case(
        "redirect-to-http",
        "A redirect to the same place without encryption",
        "`redirected`; nothing is sent there",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust answers::nobody_else_hears_anything_of_a_redirect",
            "sheaf-git::network faults::a_way_without_encryption_is_not_followed",
        ],
    ),
    case(
        "redirect-of-a-body",
        "A request with a body is redirected (307)",
        "`redirected`; the body is not sent again",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust answers::nobody_else_hears_anything_of_a_redirect",
            "sheaf-git::network faults::a_body_is_not_sent_twice",
        ],
    ),
    case(
        "redirect-loop",
        "A redirect to itself",
        "`redirect-loop` after at most six requests",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust answers::nobody_else_hears_anything_of_a_redirect",
            "sheaf-git::network faults::a_circle_ends",
        ],
    ),
    case(
        "redirect-within",
        "A redirect within the origin",
        "it is followed, and the address stays as it was typed",
        OUTCOME,
        &["sheaf-git::network faults::the_own_origin_is_followed_and_remembered_for_the_rest"],
    ),
    case(
        "redirect-to-other-schemes",
        "A redirect to a file, to `git:`, `ssh:` or `javascript:`",
        "`redirected`; nothing is read or sent",
        KEPT_AND_SENT,
        &["sheaf-cli::trust answers::nobody_else_hears_anything_of_a_redirect"],
    ),
    case(
        "redirect-with-a-user",
        "A redirect to the same host that brings a user and a password along",
        "`redirected`; they are in no message",
        KEPT,
        &["sheaf-cli::trust answers::a_redirect_cannot_bring_a_user_along"],
    ),
];
