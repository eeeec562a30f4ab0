use crate::trust::case::{Case, Chapter, KEPT, KEPT_AND_SENT, OUTCOME, case};

pub(in crate::trust) const CHAPTER: Chapter = Chapter {
    title: "Pushes",
    cases: CASES,
};

const CASES: &[Case] = &[
    case(
        "newer-commits",
        "The remote has commits that are not here",
        "the refusal `remoteHasNewer`; nothing is sent over them",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust answers::refused_pushes_move_nothing",
            "sheaf-git::network push::commits_of_others_are_never_pushed_over",
            "sheaf-git::network force::without_force_nothing_is_replaced",
            "sheaf-cli::push newer_commits_on_the_remote_offer_pull_and_force_push_keeps_a_backup",
        ],
    ),
    case(
        "protected",
        "A protected branch, in the words of five kinds of hosts",
        "the refusal `protectedBranch` with the host's words; what is known of the remote does not move",
        KEPT,
        &[
            "sheaf-cli::trust answers::refused_pushes_move_nothing",
            "sheaf-git::network refusals::protected_branches_of_every_host",
            "sheaf-git::network refusals::a_protected_branch_leaves_the_way_to_a_new_one",
            "sheaf-cli::push a_protected_branch_is_named_and_a_new_branch_is_the_way_out",
        ],
    ),
    case(
        "hook",
        "A hook or a rule of the host refuses: size, secret, e-mail, scope, its own words",
        "a reason each, with the host's words",
        KEPT,
        &[
            "sheaf-cli::trust answers::refused_pushes_move_nothing",
            "sheaf-git::network refusals::every_other_rule",
        ],
    ),
    case(
        "of-two-minds",
        "One of two branches is refused",
        "an outcome each",
        OUTCOME,
        &["sheaf-git::network refusals::a_hook_that_is_of_two_minds"],
    ),
    case(
        "lease",
        "The remote moved, or its branch is gone, since the person saw it",
        "a forced push ends in `staleLease`; nothing is sent",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust others::a_force_push_that_was_overtaken_touches_nothing",
            "sheaf-git::network force::a_lease_breaks_when_the_remote_has_moved",
            "sheaf-git::network force::a_lease_breaks_when_the_remote_branch_is_gone",
            "sheaf-cli::push a_force_push_overwrites_only_what_was_seen",
        ],
    ),
    case(
        "lease-in-the-last-moment",
        "Somebody pushes between our look and the host's own",
        "`staleLease` or `remoteHasNewer`; the other's commit stays",
        OUTCOME,
        &["sheaf-git::network force::a_colleague_who_is_faster_is_never_overwritten"],
    ),
    case(
        "nothing-to-push",
        "A push where everything is there",
        "`upToDate` without any request",
        KEPT_AND_SENT,
        &[
            "sheaf-cli::trust others::a_push_of_nothing_asks_nobody",
            "sheaf-git::network push::nothing_to_push_makes_no_request",
        ],
    ),
    case(
        "rewritten-history",
        "The history of the remote was rewritten, or its branch is gone",
        "it is fetched, and what is here stays; commits that nobody else has are kept",
        OUTCOME,
        &[
            "sheaf-git::network fetch::rewritten_history_is_fetched_and_local_work_stays",
            "sheaf-cli::timeline what_another_deleted_on_the_remote_is_kept_here",
        ],
    ),
    case(
        "another-repository",
        "The remote is another repository, without a commit in common",
        "`unrelated`; nothing is merged",
        KEPT,
        &[
            "sheaf-cli::trust others::another_repository_behind_the_address_is_told",
            "sheaf-cli::main_job unrelated_commits_on_the_remote_are_explained_and_kept",
            "sheaf-git::local merge::unrelated_histories_are_named",
        ],
    ),
    case(
        "moved-tag",
        "A tag of the remote that was moved",
        "the tag here stays",
        OUTCOME,
        &["sheaf-git::network fetch::tags_arrive_and_never_move"],
    ),
    case(
        "no-connection",
        "A push without a connection",
        "the branch stays where it is; a first push waits and says so",
        OUTCOME,
        &[
            "sheaf-cli::push a_snapshot_without_a_connection_is_queued_and_said",
            "sheaf-cli::odd_projects a_new_branch_without_a_connection_moves_nothing",
        ],
    ),
    case(
        "taken-name",
        "A new branch whose name the remote has already, unseen",
        "`remoteHasNewer`; the commits there stay",
        OUTCOME,
        &["sheaf-cli::trust contents::a_name_that_the_remote_has_already_is_not_taken_over"],
    ),
];
