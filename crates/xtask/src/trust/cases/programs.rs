use crate::trust::case::{Case, Chapter, Check, UNTOUCHED, case};

const RAN: &[Check] = &[Check::Outcome, Check::Programs];

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Programs a repository would like to have run",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "settings-that-name-programs",
        "`core.fsmonitor`, `core.sshCommand`, `core.hooksPath`, `filter.*`, `diff.*`, `merge.*`, `credential.helper`, `gpg.program` and their like in a repository's own settings, and attributes that use them",
        "none runs",
        RAN,
        &[
            "sheaf-cli::trust programs::no_program_of_a_repository_runs",
            "sheaf-git::local guests::no_program_of_the_repository_runs",
        ],
    ),
    case(
        "hooks",
        "Hooks of every name",
        "none runs, in `.git/hooks` as little as where `core.hooksPath` leads",
        RAN,
        &[
            "sheaf-cli::trust programs::no_program_of_a_repository_runs",
            "sheaf-cli::trust programs::hooks_among_the_files_do_not_run",
            "sheaf-git::local guests::no_program_of_the_repository_runs",
        ],
    ),
    case(
        "odd-values-in-settings",
        "Values with line breaks that would begin another setting, very long ones, settings of others with odd names, line ends and a line of a megabyte",
        "`bad-setting`, `bad-value`; what others wrote stays byte by byte",
        UNTOUCHED,
        &[
            "sheaf-cli::trust programs::settings_cannot_be_smuggled_in",
            "sheaf-git::local repository::settings_are_those_of_git",
        ],
    ),
    case(
        "programs-beside-the-files",
        "`git`, `ssh`, `sh`, `gpg` and their like among the files, with the folder first in `PATH`",
        "none runs",
        RAN,
        &["sheaf-cli::trust programs::programs_beside_the_files_are_not_found"],
    )
    .note("On Windows nothing is looked up by name either: Sheaf starts no program for Git."),
    case(
        "environment",
        "`GIT_DIR`, `GIT_SSH_COMMAND`, `GIT_CONFIG_*`, `GIT_OBJECT_DIRECTORY` and their like, other languages and time zones",
        "they change nothing; another repository stays as it is",
        RAN,
        &["sheaf-cli::trust programs::the_environment_leads_nowhere_else"],
    ),
    case(
        "odd-home",
        "A home folder that is not there, is a file, or is not said",
        "what needs none works",
        UNTOUCHED,
        &["sheaf-cli::trust programs::an_odd_home_is_no_obstacle"],
    ),
    case(
        "lfs",
        "Files that LFS would exchange, with its filters set to a program",
        "they stay what they are; nothing runs",
        RAN,
        &["sheaf-cli::trust programs::pointers_of_lfs_stay_as_they_are"],
    ),
];
