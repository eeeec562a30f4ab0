use crate::trust::case::{Case, Chapter, OUTCOME, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Odd repositories",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "foreign-formats",
        "Object ids by SHA-256, reftable, partial clones, sparse checkouts, split indexes, a newer format, a bare repository",
        "`unsupported` with the name of the feature",
        OUTCOME,
        &["sheaf-git::local repository::what_it_cannot_work_with_is_named"],
    ),
    case(
        "git-elsewhere",
        "`.git` as a link or a file that leads to another repository, a work tree in another place",
        "`unsupported`; a linked work tree and a submodule that git made do open",
        OUTCOME,
        &[
            "sheaf-git::local repository::a_git_file_leads_only_to_where_it_is_known",
            "sheaf-git::local repository::a_linked_work_tree_works",
            "sheaf-git::local repository::a_submodule_can_be_opened",
        ],
    ),
    case(
        "repository-inside",
        "A repository inside the work tree",
        "it is left alone",
        OUTCOME,
        &[
            "sheaf-git::local guests::a_repository_inside_is_left_alone",
            "sheaf-git::local scan::a_repository_within_is_not_looked_into",
            "sheaf-cli::odd_projects a_new_project_inside_a_repository_is_its_own",
        ],
    ),
    case(
        "shallow",
        "A shallow clone that another program made",
        "its history ends where it ends",
        OUTCOME,
        &["sheaf-git::local history::a_shallow_clone_ends_where_it_ends"],
    ),
    case(
        "head",
        "HEAD at a commit, at a branch without commits, or broken; branch names that git refuses",
        "each is named",
        OUTCOME,
        &[
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
        "Commits whose times are wrong, equal, or in the future",
        "the order of the history is stable",
        OUTCOME,
        &[
            "sheaf-git::local history::pages_where_clocks_were_wrong",
            "sheaf-git::local history::pages_where_every_commit_has_the_same_time",
        ],
    ),
    Case {
        name: "foreign-owner",
        what: "A repository that belongs to another user",
        outcome: "`foreign-owner`, and no way round for all repositories",
        checks: &[],
        tests: &[],
        note: "A test needs the right to give files away.",
    },
];
