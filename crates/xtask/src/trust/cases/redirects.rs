use crate::trust::case::{Case, Chapter, OUTCOME, SENT, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Redirects",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "redirect-elsewhere",
        "A redirect to another host, or to another port of the same host",
        "`redirected`; the other one hears nothing, least of all the token",
        SENT,
        &[
            "sheaf-git::network faults::another_origin_is_not_followed",
            "sheaf-cli::clone a_redirect_to_another_host_never_gets_the_token",
        ],
    ),
    case(
        "redirect-to-http",
        "A redirect to the same place without encryption",
        "`redirected`; nothing is sent there",
        SENT,
        &["sheaf-git::network faults::a_way_without_encryption_is_not_followed"],
    ),
    case(
        "redirect-of-a-body",
        "A request with a body is redirected (307)",
        "`redirected`; the body is not sent again",
        SENT,
        &["sheaf-git::network faults::a_body_is_not_sent_twice"],
    ),
    case(
        "redirect-loop",
        "A redirect to itself",
        "`redirect-loop` after at most six requests",
        SENT,
        &["sheaf-git::network faults::a_circle_ends"],
    ),
    case(
        "redirect-within",
        "A redirect within the origin",
        "it is followed, and the address stays as it was typed",
        OUTCOME,
        &["sheaf-git::network faults::the_own_origin_is_followed_and_remembered_for_the_rest"],
    ),
];
