use crate::trust::case::{BOUNDED, Case, Chapter, Check, OUTCOME, case};

const LEFT: &[Check] = &[Check::Outcome, Check::Refs, Check::Index, Check::Files];
const LEFT_IN_TIME: &[Check] = &[
    Check::Outcome,
    Check::Refs,
    Check::Index,
    Check::Files,
    Check::Bounds,
];

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Hostile trees and files",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "git-folder",
        "`.git` in every disguise of Windows and macOS: capitals, short names, dots, spaces, streams, invisible letters",
        "`unsafe-tree` on every system",
        LEFT,
        &[
            "sheaf-cli::trust trees::every_way_into_the_work_tree_is_guarded",
            "sheaf-cli::trust trees::names_that_lead_into_the_git_folder_are_refused",
            "sheaf-git::local hostile::names_that_escape_or_bite",
            "sheaf-git names::tests::git_folder_in_every_disguise",
        ],
    ),
    case(
        "escaping-names",
        "`..`, `.`, names with slashes and backslashes, full paths, drives",
        "`unsafe-tree`, and `bad-path` for a path that is asked for",
        LEFT,
        &[
            "sheaf-cli::trust trees::names_that_leave_the_folder_are_refused",
            "sheaf-git::local hostile::names_that_escape_or_bite",
            "sheaf-git::local repository::paths_out_of_the_work_tree_are_refused",
        ],
    ),
    case(
        "device-names",
        "`CON`, `aux.yml`, `COM1`, `LPT¹`, trailing dots and spaces, streams",
        "`unsafe-tree` on every system; one that is on disk already is no reason to refuse",
        LEFT,
        &[
            "sheaf-cli::trust trees::names_that_bite_on_other_systems_are_refused",
            "sheaf-git::local hostile::names_that_escape_or_bite",
            "sheaf-git names::tests::names_that_bite_somewhere",
            "sheaf-git::local hostile::what_is_on_disk_already_is_no_reason_to_refuse",
        ],
    ),
    case(
        "twins",
        "Names that are the same on another system: capitals, `ß` and `ss`, composed and decomposed letters",
        "`unsafe-tree` at a switch, a merge and a commit",
        LEFT,
        &[
            "sheaf-cli::trust trees::names_that_are_one_elsewhere_are_refused",
            "sheaf-git::local hostile::names_that_are_the_same_elsewhere",
            "sheaf-git::local hostile::each_side_fine_and_both_together_not",
            "sheaf-git names::tests::twins_meet",
        ],
    ),
    case(
        "odd-names",
        "Names with line breaks, terminal sequences, letters that turn the direction of reading, no UTF-8, too many bytes",
        "`unsafe-tree`; a file on disk is told as `file-name`",
        LEFT,
        &[
            "sheaf-cli::trust trees::names_that_bite_on_other_systems_are_refused",
            "sheaf-git::local hostile::names_that_escape_or_bite",
            "sheaf-git::local repository::names_that_are_not_utf8_are_told",
            "sheaf-cli::odd_projects a_file_name_that_is_no_text_is_told",
        ],
    ),
    case(
        "links",
        "Symbolic links to files of the system, out of the work tree, into `.git`, in place of our own files",
        "they are written as plain text, never followed",
        OUTCOME,
        &[
            "sheaf-cli::trust trees::links_of_a_repository_lead_nowhere",
            "sheaf-git::local hostile::links_and_submodules_are_made_harmless",
            "sheaf-git::local repository::links_are_not_followed",
            "sheaf-git::local hostile::links_in_place_of_our_own_files_are_not_written_through",
            "sheaf-git::local hostile::a_link_in_place_of_our_own_folder_is_refused",
            "sheaf-cli::verify links_are_not_followed",
            "sheaf-cli::imports links_are_not_followed",
            "sheaf-project::text_files links_are_not_followed",
        ],
    ),
    case(
        "swapped-folder",
        "A folder is swapped for a link out of the work tree between the look and the writing",
        "nothing is written outside",
        OUTCOME,
        &["sheaf-git::local hostile::a_folder_swapped_for_a_link_is_not_followed"],
    ),
    case(
        "deep-and-long",
        "Folders inside one another without end, paths of thousands of bytes",
        "`unsafe-tree`",
        LEFT,
        &[
            "sheaf-cli::trust trees::trees_without_end_are_refused_at_once",
            "sheaf-git::local hostile::too_deep_too_long_too_many",
            "sheaf-git::local hostile::limits_are_kept",
        ],
    ),
    case(
        "bomb",
        "Eleven objects that claim to be ten thousand million files",
        "`unsafe-tree` at once",
        LEFT_IN_TIME,
        &[
            "sheaf-cli::trust trees::trees_without_end_are_refused_at_once",
            "sheaf-git::local hostile::a_git_bomb_is_refused_at_once",
        ],
    ),
    case(
        "impossible-trees",
        "The same name twice, a link and a folder of one name",
        "`unsafe-tree`",
        LEFT,
        &["sheaf-cli::trust trees::trees_that_no_git_writes_are_refused"],
    ),
    case(
        "odd-modes",
        "A tree out of order, modes that git does not write, a commit in the place of a file",
        "refused, or taken as plain files that only the owner may write",
        LEFT,
        &["sheaf-cli::trust trees::odd_modes_and_orders_harm_nothing"],
    ),
    case(
        "hostile-attributes",
        "Attributes that name programs and encodings, two thousand macros inside one another, ten megabytes of lines",
        "no program starts, texts stay as they are, in time",
        BOUNDED,
        &["sheaf-cli::trust contents::hostile_attributes_change_nothing_and_cost_little"],
    ),
    case(
        "hostile-ignore-rules",
        "Patterns that take for ever to try, 200,000 rules",
        "every command ends in time",
        BOUNDED,
        &["sheaf-cli::trust contents::hostile_ignore_rules_cost_little"],
    ),
];
