//! A clock that jumps, between operations and in the middle of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::operation::command;
use crate::scene::Scene;
use crate::support::{REQUEST_ID, Ran, ran};

/// The library that answers when the time is asked for.
fn library() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.flatten();
    let found = folders
        .map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"))
        .find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped, as libfaketime is not installed");
    }
    found
}

/// `sheaf` by a clock that is so far ahead or behind.
fn at(scene: &Scene, library: &Path, offset: &str, arguments: &[&str]) -> Command {
    let mut command = command(scene, arguments);
    command
        .env("LD_PRELOAD", library)
        .env("FAKETIME", offset)
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    command
}

fn done(ran: &Ran, what: &str) {
    assert_eq!(ran.status, 0, "{what}: {}{}", ran.stdout, ran.stderr);
}

fn url(scene: &Scene) -> String {
    scene.desk.ok(&scene.dir, &["show", REQUEST_ID])["fields"]["url"].to_string()
}

/// The newest operation is undone first, whatever the clocks said.
#[test]
fn a_clock_that_jumps_between_operations() {
    let Some(library) = library() else { return };
    let scene = Scene::new(&|_, _| {});
    let clocks = ["+1d", "-30y", "+0", "+3y", "-1d", "+50y", "-3y", "+0"];
    let text = |n: usize| format!("https://clock-{n}.example.test");
    for (n, clock) in clocks.iter().enumerate() {
        let set = ["set", REQUEST_ID, "url", &text(n)];
        done(&ran(at(&scene, &library, clock, &set), None), clock);
        assert!(url(&scene).contains(&text(n)), "{clock}");
        let message = format!("Clock {n}");
        done(
            &ran(at(&scene, &library, clock, &["commit", "-m", &message]), None),
            clock,
        );
    }
    let log = scene.desk.git(&scene.dir, &["log", "--format=%s", "-8"]);
    let expected: Vec<String> = (0..8).rev().map(|n| format!("Clock {n}")).collect();
    assert_eq!(log.lines().collect::<Vec<_>>(), expected);
    for n in [7, 6] {
        // The commit, and then the edit.
        for _ in 0..2 {
            done(&ran(at(&scene, &library, clocks[n], &["undo"]), None), clocks[n]);
        }
        assert!(url(&scene).contains(&text(n - 1)), "{n}");
    }
    for clock in ["-10y", "+10y"] {
        for name in ["side", "main"] {
            done(
                &ran(at(&scene, &library, clock, &["branch", "switch", name]), None),
                clock,
            );
        }
        done(&ran(at(&scene, &library, clock, &["status"]), None), clock);
    }
    scene
        .desk
        .ok(&scene.dir, &["set", REQUEST_ID, "name", "By the right clock"]);
    scene.desk.ok(&scene.dir, &["commit", "-m", "By the right clock"]);
    scene.desk.clean(&scene.dir);
}

/// The time jumps to and fro while it works.
#[test]
fn a_clock_that_jumps_meanwhile() {
    let Some(library) = library() else { return };
    let scene = Scene::new(&|_, _| {});
    let clock = scene.desk.path("clock");
    let jumping = std::sync::atomic::AtomicBool::new(true);
    let set = |offset: &str| {
        let new = clock.with_extension("new");
        fs::write(&new, offset).unwrap();
        fs::rename(&new, &clock).unwrap();
    };
    set("+0");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for offset in ["+1d", "-1d", "+30d", "-2y", "+0"].iter().cycle() {
                if !jumping.load(std::sync::atomic::Ordering::Relaxed) {
                    return;
                }
                set(offset);
                std::thread::sleep(Duration::from_millis(7));
            }
        });
        for n in 0..4 {
            let message = format!("Jump {n}");
            let url = format!("https://jump-{n}.example.test");
            for arguments in [
                &["set", REQUEST_ID, "url", &url][..],
                &["commit", "-m", &message],
                &["undo"],
                &["redo"],
                &["branch", "switch", "side"],
                &["branch", "switch", "main"],
                &["fetch"],
            ] {
                let mut command = command(&scene, arguments);
                command
                    .env("LD_PRELOAD", &library)
                    .env("FAKETIME_TIMESTAMP_FILE", &clock)
                    .env("FAKETIME_NO_CACHE", "1")
                    .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
                let ran = ran(command, None);
                // A certificate is out of time by such a clock.
                let is_told = arguments == ["fetch"] && ran.code() == "tls-expired";
                assert!(
                    ran.status == 0 || is_told,
                    "{arguments:?}: {}{}",
                    ran.stdout,
                    ran.stderr
                );
            }
            assert!(self::url(&scene).contains(&url));
        }
        jumping.store(false, std::sync::atomic::Ordering::Relaxed);
    });
    scene.desk.ok(&scene.dir, &["open", "."]);
    scene.desk.clean(&scene.dir);
}
