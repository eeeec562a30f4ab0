use crate::trust::case::{Case, Chapter, KEPT, KEPT_AND_SENT, OUTCOME, SENT, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Certificates",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "untrusted",
        "A certificate that nobody vouches for, also one that signed itself",
        "`tls-untrusted`; nothing is sent",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust certificates::nothing_is_sent_to_a_host_that_proves_nothing",
            "sheaf-git::network certificates::an_authority_nobody_chose_is_not_trusted",
            "sheaf-git::network certificates::each_fault_of_a_certificate_has_its_name",
            "sheaf-cli::clone a_certificate_nobody_vouches_for_is_refused",
        ],
    ),
    case(
        "out-of-time",
        "A certificate that has expired, or whose time has not begun",
        "`tls-expired`; nothing is sent",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust certificates::nothing_is_sent_to_a_host_that_proves_nothing",
            "sheaf-git::network certificates::each_fault_of_a_certificate_has_its_name",
        ],
    ),
    case(
        "other-host",
        "The right authority, and a certificate for another host",
        "`tls-wrong-host`; nothing is sent",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust certificates::nothing_is_sent_to_a_host_that_proves_nothing",
            "sheaf-git::network certificates::each_fault_of_a_certificate_has_its_name",
        ],
    ),
    case(
        "authority-of-one-remote",
        "An authority that was chosen for one remote, at another",
        "`ca-not-chosen` in a project, `tls-untrusted` for a clone; nothing is sent",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust certificates::an_authority_counts_for_the_host_it_was_chosen_for",
            "sheaf-git::network certificates::the_authority_of_one_remote_is_not_trusted_for_another",
        ],
    ),
    case(
        "authority-brought-along",
        "A repository whose settings name an authority file that nobody chose on this computer",
        "`ca-not-chosen`; nothing is sent",
        SENT,
        &["sheaf-cli::odd_projects a_repository_cannot_bring_its_own_certificate_authority"],
    ),
    case(
        "bad-authority-file",
        "An authority file that is missing, empty or damaged",
        "`ca-file`",
        OUTCOME,
        &["sheaf-git::network certificates::an_authority_file_has_to_hold_certificates"],
    ),
    case(
        "no-encryption",
        "A server that does not encrypt behind an https address",
        "`tls-failed`",
        OUTCOME,
        &["sheaf-git::network certificates::a_host_without_encryption_is_told_from_a_bad_certificate"],
    ),
    case(
        "authority-of-the-system",
        "The certificate authority of a company, which the system trusts",
        "it is trusted without any file",
        OUTCOME,
        &["sheaf-cli::trust certificates::an_authority_of_the_system_is_trusted"],
    )
    .note("On Windows and macOS the system itself is asked, which also knows withdrawn certificates."),
    case(
        "failed-greeting",
        "A server that speaks too old a version, or wants a certificate of ours",
        "`tls-failed`",
        KEPT,
        &["sheaf-cli::trust certificates::a_greeting_that_fails_is_told"],
    ),
];
