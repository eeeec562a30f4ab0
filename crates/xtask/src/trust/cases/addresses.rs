use crate::trust::case::{Case, Chapter, KEPT_AND_SENT, OUTCOME, SENT, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Addresses",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "other-schemes",
        "Addresses that would run a program or read a file: `ext::`, `fd::`, `file://`, `--upload-pack=…`, `-oProxyCommand`, `git@-x:y`, and `ssh` and `http`",
        "a code for each, such as `uri-ssh`, `uri-file` or `uri-other-scheme`, when it is typed and when it is read from the settings",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust addresses::bad_addresses_are_refused_everywhere",
            "sheaf-cli::trust addresses::bad_addresses_in_the_settings_of_a_repository_are_not_used",
            "sheaf-cli::clone addresses_that_are_not_https_are_refused_in_words",
            "sheaf-git uri::tests::each_problem_has_its_own_name",
        ],
    ),
    case(
        "control-characters",
        "Line breaks, tabs, backslashes, NUL, spaces and text behind the port, as they are and percent-encoded",
        "`uri-bad-character`, `uri-bad-port`",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust addresses::bad_addresses_are_refused_everywhere",
            "sheaf-cli::trust addresses::bad_addresses_in_the_settings_of_a_repository_are_not_used",
            "sheaf-git uri::tests::each_problem_has_its_own_name",
        ],
    ),
    case(
        "look-alike-hosts",
        "`https://github.com@evil`, punycode, trailing dots, capitals, numbers for addresses: the token of one host must not go to another",
        "the true host is shown; spellings of one origin are one key, others are others",
        SENT,
        &[
            "sheaf-cli::trust addresses::a_token_goes_to_one_host_however_it_is_spelled",
            "sheaf-git uri::tests::spellings_of_one_origin_are_one_key",
            "sheaf-git uri::tests::a_half_typed_address_has_a_host",
        ],
    ),
    case(
        "links-from-the-server",
        "A server offers links in what it prints, also to other hosts",
        "only an https link to the own host is offered, and none is opened by itself",
        OUTCOME,
        &[
            "sheaf-git::network refusals::a_link_to_the_own_host_is_offered",
            "sheaf-git rejection::tests::links_are_taken_from_the_own_host_only",
        ],
    ),
    case(
        "addresses-in-settings",
        "A repository's own settings lead elsewhere: `insteadOf`, `pushurl`, `http.proxy`, `http.sslVerify`, other refspecs",
        "only the address itself counts; the other host hears nothing",
        SENT,
        &[
            "sheaf-cli::trust programs::no_program_of_a_repository_runs",
            "sheaf-cli::trust programs::the_environment_leads_nowhere_else",
            "sheaf-git::network clone::a_repository_cannot_send_us_elsewhere_by_its_settings",
        ],
    ),
    case(
        "submodule-addresses",
        "A submodule whose address is any of the above",
        "nothing is fetched for it, and its folder stays empty",
        OUTCOME,
        &[
            "sheaf-cli::trust trees::links_of_a_repository_lead_nowhere",
            "sheaf-git::local hostile::links_and_submodules_are_made_harmless",
        ],
    ),
];
