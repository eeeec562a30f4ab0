use crate::trust::case::{Case, Chapter, Check, OUTCOME, UNTOUCHED, case};

const FILES: &[Check] = &[Check::Outcome, Check::Refs, Check::Index, Check::Files];

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Odd repositories",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "foreign-formats",
        "Object ids by SHA-256, reftable, partial clones, sparse checkouts, split indexes, unknown extensions, a newer format, a bare repository",
        "`unsupported` with the name of the feature",
        UNTOUCHED,
        &[
            "sheaf-cli::trust odd_repositories::formats_of_others_are_named",
            "sheaf-git::local repository::what_it_cannot_work_with_is_named",
        ],
    ),
    case(
        "git-elsewhere",
        "`.git` as a link or a file that leads to another repository, a work tree in another place",
        "`unsupported`; a linked work tree and a submodule that git made do open",
        UNTOUCHED,
        &[
            "sheaf-cli::trust odd_repositories::a_git_folder_somewhere_else_is_not_used",
            "sheaf-git::local repository::a_git_file_leads_only_to_where_it_is_known",
            "sheaf-git::local repository::a_linked_work_tree_works",
            "sheaf-git::local repository::a_submodule_can_be_opened",
        ],
    ),
    case(
        "repository-inside",
        "A repository inside the work tree",
        "it is left alone; one without a work tree is `unsupported`",
        OUTCOME,
        &[
            "sheaf-cli::trust odd_repositories::a_bare_repository_among_the_files_is_not_used",
            "sheaf-git::local guests::a_repository_inside_is_left_alone",
            "sheaf-git::local scan::a_repository_within_is_not_looked_into",
            "sheaf-cli::odd_projects a_new_project_inside_a_repository_is_its_own",
        ],
    ),
    case(
        "shallow",
        "A shallow clone that another program made",
        "its history ends where it ends; fetch, push and pull work",
        OUTCOME,
        &[
            "sheaf-cli::trust odd_repositories::a_shallow_clone_is_worked_with",
            "sheaf-git::local history::a_shallow_clone_ends_where_it_ends",
        ],
    ),
    case(
        "head",
        "HEAD at a commit, at a branch without commits, in a circle, out of the branches, at nonsense; branch names that git refuses",
        "`detached`, `unsupported` and their like; no file changes",
        OUTCOME,
        &[
            "sheaf-cli::trust odd_repositories::odd_heads_are_named_and_harm_nothing",
            "sheaf-git::local branches::a_detached_head_is_named",
            "sheaf-git::local discard::on_an_unborn_branch",
            "sheaf-git::local branches::names_that_are_refused",
        ],
    ),
    case(
        "file-against-folder",
        "A branch `a` and a branch `a/b`",
        "each is told or made room for",
        OUTCOME,
        &[
            "sheaf-git::network fetch::a_branch_may_become_a_folder",
            "sheaf-git::local branches::a_branch_does_not_become_a_folder_of_its_own_name",
        ],
    ),
    case(
        "wrong-clocks",
        "Commits whose times are wrong, equal, negative, in the year 9999 or no times at all, whose zones and authors are nonsense",
        "they are shown, in a stable order",
        OUTCOME,
        &[
            "sheaf-cli::trust contents::commits_of_odd_times_and_names_are_shown",
            "sheaf-git::local history::pages_where_clocks_were_wrong",
            "sheaf-git::local history::pages_where_every_commit_has_the_same_time",
        ],
    ),
    case(
        "foreign-owner",
        "A repository that belongs to another user",
        "`foreign-owner`, and no way round for all repositories",
        OUTCOME,
        &["sheaf-cli::trust odd_repositories::a_repository_of_another_user_is_named"],
    )
    .note("Whoever may not give files away cannot make such a repository, and then nothing is tried."),
    case(
        "borrowed-objects",
        "Objects in another folder (alternates), grafts",
        "`unsupported`; not a byte changes",
        FILES,
        &["sheaf-cli::trust odd_repositories::objects_of_another_repository_are_not_used"],
    ),
    case(
        "replaced-objects",
        "A commit that is said to be another one (`refs/replace`)",
        "it is shown and pushed as what it is",
        OUTCOME,
        &["sheaf-cli::trust odd_repositories::replaced_objects_are_what_they_are"],
    ),
    case(
        "unreadable-settings",
        "Settings of a repository that cannot be read",
        "`bad-config`; not a byte changes",
        FILES,
        &["sheaf-cli::trust odd_repositories::settings_that_cannot_be_read_are_told"],
    ),
    case(
        "odd-branches",
        "Files among the branches with names that no branch may have, with ids of nobody, with nonsense",
        "what is sound works; the rest is told or left out",
        OUTCOME,
        &["sheaf-cli::trust contents::odd_files_among_the_branches_harm_nothing"],
    ),
];
