use crate::trust::case::{Case, Chapter, Check, OUTCOME, SENT, case};

const TOKEN: &[Check] = &[Check::Outcome, Check::Token];
const TOKEN_AND_SENT: &[Check] = &[Check::Outcome, Check::Token, Check::Requests];

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Secrets",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "canary",
        "A token that is used for everything that asks a host, also where it fails and where the host repeats it in every form",
        "as it is, percent-encoded and in base64 it is in no output, record, event, file or argument of a process; no other host is sent it",
        TOKEN,
        &[
            "sheaf-cli::trust canary::a_token_is_nowhere_whatever_is_done_with_it",
            "sheaf-git::network secrets::no_record_and_no_error_holds_the_token",
            "sheaf-cli::push the_token_is_in_no_file_no_output_and_no_event",
        ],
    ),
    case(
        "token-of-another-host",
        "A token that was given for another host",
        "it is not sent",
        SENT,
        &["sheaf-git::network clone::a_token_of_another_origin_stays_at_home"],
    ),
    case(
        "token-in-an-address",
        "An address that holds a user and a token, typed or in the settings of a repository",
        "it is told when the project is opened and moved to the keychain once the person says so; until then `uri-with-credentials`, nothing is sent, and no message repeats it; without a keychain it stays",
        TOKEN_AND_SENT,
        &[
            "sheaf-cli::trust canary::a_user_name_in_an_address_moves_to_the_settings",
            "sheaf::window_start a_token_in_the_address_is_moved_to_the_keychain_once_somebody_says_so",
            "sheaf-cli::trust canary::a_token_in_an_address_is_never_repeated",
            "sheaf-cli::trust addresses::bad_addresses_are_refused_everywhere",
            "sheaf-git::network fetch::a_token_in_the_configuration_is_not_used",
            "sheaf-git uri::tests::credentials_are_split_off_and_never_shown",
            "sheaf-git uri::tests::a_lone_token_is_not_taken_for_a_user_name",
        ],
    ),
    case(
        "no-keychain",
        "A computer without a keychain, or with one that refuses",
        "the token is kept for this run only, and that is said",
        TOKEN,
        &["sheaf::window_start without_a_keychain_the_token_is_kept_for_this_run"],
    )
    .note("The keychains of Windows and macOS are behind the same few calls."),
    case(
        "keychain",
        "A restart of the program",
        "the token comes from the keychain and is in no file",
        TOKEN,
        &["sheaf::window_start projects_and_tokens_survive_a_restart"],
    ),
    case(
        "secrets-in-values",
        "A private environment of a collection",
        "it is nowhere in git: not in a commit, an object, an undo point",
        OUTCOME,
        &["sheaf-cli::private what_a_private_environment_holds_is_nowhere_in_git"],
    ),
];
