use crate::trust::case::{Case, Chapter, Check, OUTCOME, case};

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
        &["sheaf-git::local guests::no_program_of_the_repository_runs"],
    ),
    case(
        "hooks",
        "Hooks of every name",
        "none runs",
        RAN,
        &["sheaf-git::local guests::no_program_of_the_repository_runs"],
    ),
    case(
        "odd-values-in-settings",
        "Values with line breaks that would begin another setting",
        "`bad-value`; the file stays as it is",
        OUTCOME,
        &["sheaf-git::local repository::settings_are_those_of_git"],
    ),
];
