use std::sync::{Arc, Mutex};

use sheaf_git::model::{Oid, RejectReason};
use sheaf_git::progress::Stage;
use sheaf_git::push::{PushMode, PushOutcome};
use sheaf_git::repository::Repo;
use sheaf_git_host::{Refusal, Vendor};

use crate::world::{REPO, World};

/// A clone whose last commit was written anew, and the commit that the remote still has.
fn rewritten(world: &World) -> (Repo, Oid) {
    let repo = world.clone();
    world.commit("x", "x");
    world.push(&repo);
    let old = world.tip("HEAD");
    world.git(&["commit", "-q", "--amend", "-m", "Better"]);
    (repo, old)
}

fn force(world: &World, repo: &Repo, expected: &Oid) -> PushOutcome {
    let mode = PushMode::Force {
        expected: expected.clone(),
    };
    repo.push("main", "main", &mode, &world.net()).unwrap()
}

fn backups(world: &World) -> String {
    world.git(&["for-each-ref", "--format=%(objectname)", "refs/sheaf/backup/main"])
}

#[test]
fn a_lease_that_holds_replaces_and_keeps_a_backup() {
    let world = World::new();
    let (repo, old) = rewritten(&world);
    let outcome = force(&world, &repo, &old);
    assert!(
        matches!(
            outcome,
            PushOutcome::Pushed {
                commits: 1,
                created: false,
                ..
            }
        ),
        "{outcome:?}"
    );
    assert_eq!(world.tip("HEAD"), world.remote_tip("main"));
    assert_eq!(backups(&world), old.0);
    assert_eq!(world.bare(&["for-each-ref", "refs/sheaf"]), "");
    world.assert_sound();
}

#[test]
fn a_lease_breaks_when_the_remote_has_moved() {
    let world = World::new();
    let (repo, old) = rewritten(&world);
    let theirs = world.colleague("main", &[("theirs", "t")], "Theirs");
    world.host.clear_requests();
    let PushOutcome::Rejected(rejection) = force(&world, &repo, &old) else {
        panic!()
    };
    assert_eq!(rejection.reason, RejectReason::StaleLease);
    assert_eq!(world.remote_tip("main").0, theirs);
    assert_eq!(backups(&world), "");
    assert!(!world.host.requests().iter().any(sheaf_git_host::Request::is_push));
}

#[test]
fn a_lease_breaks_when_the_remote_branch_is_gone() {
    let world = World::new();
    let (repo, old) = rewritten(&world);
    world.host.move_branch(REPO, "main", None).unwrap();
    let PushOutcome::Rejected(rejection) = force(&world, &repo, &old) else {
        panic!()
    };
    assert_eq!(rejection.reason, RejectReason::StaleLease);
}

#[test]
fn without_force_nothing_is_replaced() {
    let world = World::new();
    let (repo, old) = rewritten(&world);
    let PushOutcome::Rejected(rejection) = world.push(&repo) else {
        panic!()
    };
    assert_eq!(rejection.reason, RejectReason::RemoteHasNewer);
    assert_eq!(world.remote_tip("main"), old);
}

#[test]
fn a_host_may_forbid_it() {
    let world = World::new();
    let (repo, old) = rewritten(&world);
    world.host.refuse(REPO, Refusal::ForcePushNotAllowed).unwrap();
    let PushOutcome::Rejected(rejection) = force(&world, &repo, &old) else {
        panic!()
    };
    assert_eq!(rejection.reason, RejectReason::ForceNotAllowed);
    assert_eq!(
        (world.remote_tip("main"), world.tip("origin/main")),
        (old.clone(), old)
    );
    assert_eq!(backups(&world), "");
}

#[test]
fn git_itself_may_forbid_it() {
    let world = World::new();
    let (repo, old) = rewritten(&world);
    world.bare(&["config", "receive.denyNonFastForwards", "true"]);
    let PushOutcome::Rejected(rejection) = force(&world, &repo, &old) else {
        panic!()
    };
    assert!(
        matches!(
            rejection.reason,
            RejectReason::ForceNotAllowed | RejectReason::StaleLease
        ),
        "{rejection:?}"
    );
    assert_eq!(world.remote_tip("main"), old);
}

#[test]
fn a_protected_branch_stays_protected() {
    let world = World::new();
    let (repo, old) = rewritten(&world);
    world.host.protect(REPO, "main", Vendor::GitHub).unwrap();
    let PushOutcome::Rejected(rejection) = force(&world, &repo, &old) else {
        panic!()
    };
    assert_eq!(rejection.reason, RejectReason::ProtectedBranch);
}

/// Somebody pushes after the lease was checked here and before the host takes the push: now only the host can tell.
#[test]
fn a_colleague_who_is_faster_is_never_overwritten() {
    for forced in [true, false] {
        let world = Arc::new(World::new());
        let (repo, old) = rewritten(&world);
        if !forced {
            world.git(&["reset", "-q", "--hard", "origin/main"]);
            world.commit("mine", "m");
        }
        let (mut net, theirs) = (world.net(), Arc::new(Mutex::new(None)));
        let (friend, noted) = (Arc::clone(&world), Arc::clone(&theirs));
        net.progress = Some(Arc::new(move |progress| {
            let mut noted = noted.lock().unwrap();
            if progress.stage == Stage::Packing && noted.is_none() {
                *noted = Some(friend.colleague("main", &[("theirs", "t")], "Theirs"));
            }
        }));
        let mode = if forced {
            PushMode::Force {
                expected: old.clone(),
            }
        } else {
            PushMode::Normal
        };
        let outcome = repo.push("main", "main", &mode, &net).unwrap();
        let PushOutcome::Rejected(rejection) = outcome else {
            panic!("{outcome:?}")
        };
        let reason = if forced {
            RejectReason::StaleLease
        } else {
            RejectReason::RemoteHasNewer
        };
        assert_eq!(rejection.reason, reason, "{rejection:?}");
        assert_eq!(Some(world.remote_tip("main").0), *theirs.lock().unwrap());
        assert_eq!(world.tip("origin/main"), old);
    }
}
