//! Cloning, pushing, signing in, and what the host writes down about it.

mod client;

use client::{AUTHOR, REPO, TOKEN, World};
use sheaf_git_host::{Access, Authorization, Host, HostError, Scheme};

#[test]
fn a_clone_and_a_push_go_through() {
    let world = World::new();
    world.clone_and_commit();
    let outcome = world.push();
    assert!(outcome.ok, "{}", outcome.stderr);
    let head = world.git(&world.clone_path(), &["rev-parse", "HEAD"]).stdout;
    assert_eq!(world.host.branch(REPO, "main").as_deref(), Some(head.trim()));
}

#[test]
fn both_spellings_of_a_repository_lead_to_it() {
    let world = World::new();
    for url in [world.host.url(REPO), format!("{}.git", world.host.url(REPO))] {
        assert!(world.git(world.folder.path(), &["ls-remote", &url]).ok, "{url}");
    }
}

#[test]
fn a_big_push_is_streamed_in_chunks() {
    let world = World::new();
    world.clone_and_commit();
    // Text that does not compress, and more of it than git sends in one piece.
    let mut seed = 1_u64;
    let noise: String = std::iter::repeat_with(|| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        char::from_u32(0x4e00 + u32::try_from(seed >> 51).unwrap()).unwrap()
    })
    .take(1_500_000)
    .collect();
    world.commit("noise.txt", &noise);
    world.host.clear_requests();
    let outcome = world.push();
    assert!(outcome.ok, "{}", outcome.stderr);
    let requests = world.host.requests();
    let push = requests.iter().rfind(|request| request.is_push()).unwrap();
    assert_eq!(push.content_length, None);
    assert!(push.body_bytes > 1_000_000, "{}", push.body_bytes);
}

#[test]
fn a_request_is_written_down_with_its_credential() {
    let world = World::new();
    assert!(world.clone_repo().ok);
    let requests = world.host.requests();
    let first = requests.first().unwrap();
    assert_eq!(first.path, "/team/parcels/info/refs?service=git-upload-pack");
    assert_eq!((first.method.as_str(), first.status), ("GET", Some(200)));
    assert!(first.is_advertisement());
    assert!(first.user_agent.as_deref().unwrap().starts_with("git/"));
    let bearer = Authorization {
        scheme: Scheme::Bearer,
        user: String::new(),
        token: TOKEN.to_owned(),
    };
    assert_eq!(first.authorization.as_ref(), Some(&bearer));
    world.host.clear_requests();
    assert!(world.host.requests().is_empty());
}

#[test]
fn basic_sign_in_works_with_the_token_as_password_or_as_user() {
    let world = World::new();
    for credential in [
        format!("anyone:{TOKEN}"),
        TOKEN.to_owned(),
        format!("{TOKEN}:x-oauth-basic"),
    ] {
        let url = world
            .host
            .url(REPO)
            .replace("https://", &format!("https://{credential}@"));
        let outcome = world.git_with(
            "",
            world.folder.path(),
            &["-c", "http.extraHeader=", "ls-remote", &url],
        );
        assert!(outcome.ok, "{credential}: {}", outcome.stderr);
    }
}

#[test]
fn an_unknown_token_is_challenged() {
    let world = World::new();
    world.host.remove_token(TOKEN);
    let outcome = world.git(world.folder.path(), &["ls-remote", &world.host.url(REPO)]);
    assert!(!outcome.ok);
    assert!(
        outcome.stderr.contains("could not read Username"),
        "{}",
        outcome.stderr
    );
    assert_eq!(world.host.requests().first().unwrap().status, Some(401));
}

#[test]
fn a_read_only_token_may_fetch_and_not_push() {
    let world = World::new();
    world.host.add_token(TOKEN, "ana", Access::ReadOnly);
    world.clone_and_commit();
    let outcome = world.push();
    assert!(!outcome.ok);
    assert!(
        outcome
            .stderr
            .contains("remote: Permission to team/parcels denied to ana."),
        "{}",
        outcome.stderr
    );
    assert!(outcome.stderr.contains("403"), "{}", outcome.stderr);
}

#[test]
fn a_hidden_repository_and_an_unknown_one_look_alike() {
    let world = World::new();
    world.host.add_token("outsider", "eve", Access::NoAccess);
    let hidden = world.git_with(
        "outsider",
        world.folder.path(),
        &["ls-remote", &world.host.url(REPO)],
    );
    let unknown = world.git(world.folder.path(), &["ls-remote", &world.host.url("team/none")]);
    for outcome in [hidden, unknown] {
        assert!(!outcome.ok);
        assert!(
            outcome.stderr.contains("remote: Repository not found."),
            "{}",
            outcome.stderr
        );
    }
}

#[test]
fn a_colleague_pushes_onto_branches_old_and_new() {
    let world = World::new();
    let base = world.host.branch(REPO, "main").unwrap();
    let main = world
        .host
        .push_as_colleague(REPO, "main", &[("a/b \"c\".yml", "x: 1\n")], AUTHOR, "Add")
        .unwrap();
    let side = world
        .host
        .push_as_colleague(REPO, "side", &[("d.yml", "")], AUTHOR, "Side")
        .unwrap();
    assert_eq!(world.host.branch(REPO, "main"), Some(main.clone()));
    assert_eq!(world.host.branch(REPO, "side"), Some(side));
    assert!(world.clone_repo().ok);
    assert_eq!(
        std::fs::read_to_string(world.clone_path().join("a/b \"c\".yml")).unwrap(),
        "x: 1\n"
    );
    world
        .host
        .delete_as_colleague(REPO, "main", &["a"], AUTHOR, "Delete")
        .unwrap();
    assert!(world.git(&world.clone_path(), &["pull"]).ok);
    assert!(!world.clone_path().join("a").exists());
    world.host.move_branch(REPO, "main", Some(&base)).unwrap();
    world.host.move_branch(REPO, "side", None).unwrap();
    assert_eq!(
        (world.host.branch(REPO, "main"), world.host.branch(REPO, "side")),
        (Some(base), None)
    );
    assert!(world.git(&world.host.repo_path(REPO), &["fsck", "--strict"]).ok);
}

#[test]
fn what_git_would_read_as_something_else_is_refused() {
    let world = World::new();
    let outcome = world
        .host
        .push_as_colleague(REPO, "main", &[], ("Bo <x>", "bo@example.com"), "Trick");
    assert!(matches!(outcome, Err(HostError::Unusable(_))), "{outcome:?}");
    assert!(matches!(
        world.host.create_repo("../out"),
        Err(HostError::RepositoryName(_))
    ));
    let outcome = world
        .host
        .push_as_colleague("team/none", "main", &[], AUTHOR, "Nowhere");
    assert!(matches!(outcome, Err(HostError::NoRepository(_))), "{outcome:?}");
}

#[test]
fn a_host_that_stops_leaves_its_folder_for_the_next_one() {
    let folder = tempfile::TempDir::new().unwrap();
    let first = World::with(Host::start_in(folder.path(), 0).unwrap());
    let commit = first.host.branch(REPO, "main");
    drop(first);
    let second = Host::start_in(folder.path(), 0).unwrap();
    assert_eq!(second.branch(REPO, "main"), commit);
}

#[test]
fn a_host_that_stops_closes_its_port_and_removes_its_own_folder() {
    let world = World::new();
    let repository = world.host.repo_path(REPO);
    let port = world
        .host
        .origin()
        .rsplit(':')
        .next()
        .unwrap()
        .parse::<u16>()
        .unwrap();
    drop(world);
    assert!(!repository.exists());
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}
