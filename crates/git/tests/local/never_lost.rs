//! Whatever is done in whatever order: every version that was ever saved can be found again.

use std::collections::BTreeSet;
use std::fs;

use sheaf_git::file_merge::FileAnswer;
use sheaf_git::switch::SwitchMode;

use crate::support::{Answering, Answers, NoMerge, Project, author, strings};

const FILES: [&str; 4] = ["a", "b", "d/c", "d/e/f"];
const BRANCHES: [&str; 3] = ["main", "x", "y"];

/// Always the same numbers from the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_000_007).unwrap() % sides
    }
}

/// Blobs that Git keeps, and files on disk.
fn findable(p: &Project) -> BTreeSet<String> {
    let objects = p.git(&["rev-list", "--objects", "--all"]);
    let ids: Vec<&str> = objects.lines().map(|l| &l[..40]).collect();
    let out = p.git_in(&["cat-file", "--batch=%(objecttype)"], &(ids.join("\n") + "\n"));
    let on_disk = p.files().into_values().map(|b| String::from_utf8(b).unwrap());
    let mut found: BTreeSet<String> = out.lines().map(str::to_owned).collect();
    found.extend(on_disk.flat_map(|t| t.lines().map(str::to_owned).collect::<Vec<_>>()));
    found
}

fn step(p: &Project, dice: &mut Dice, saved: &mut BTreeSet<String>, serial: &mut u32) {
    let mut answers = Answers::new();
    for file in FILES {
        let side = if dice.roll(2) == 0 {
            FileAnswer::Ours
        } else {
            FileAnswer::Theirs
        };
        answers.insert(file.to_owned(), side);
    }
    match dice.roll(12) {
        0..=3 => {
            *serial += 1;
            let text = format!("version {serial}");
            let edit = [(
                FILES[dice.roll(4)].to_owned(),
                Some(format!("{text}\n").into_bytes()),
            )];
            if p.repo.write_files(&edit, "Edit").is_ok() {
                saved.insert(text);
            }
        }
        4 => drop(
            p.repo
                .write_files(&[(FILES[dice.roll(4)].to_owned(), None)], "Delete"),
        ),
        5 => drop(p.repo.commit(None, "Commit", &author())),
        6 => drop(
            p.repo
                .commit(Some(&strings(&[FILES[dice.roll(4)]])), "Part", &author()),
        ),
        7 => drop(p.repo.discard(None)),
        8 => {
            let mode = if dice.roll(2) == 0 {
                SwitchMode::Carry
            } else {
                SwitchMode::Park
            };
            drop(
                p.repo
                    .switch_branch(BRANCHES[dice.roll(3)], mode, &Answering::lines(&answers)),
            );
        }
        9 => {
            let (branches, _) = p.repo.branches().unwrap();
            let other = &branches[dice.roll(branches.len())].tip.id;
            drop(
                p.repo
                    .merge(other, "Merge", &author(), &Answering::lines(&answers)),
            );
        }
        10 => drop(p.repo.undo(&NoMerge)),
        _ => {
            drop(p.repo.redo(&NoMerge));
            drop(p.repo.unpark(&Answering::lines(&answers)));
        }
    }
}

fn run(seed: u64, steps: usize) {
    let p = Project::with(&[("a", "version 0\n")]);
    p.branch("x");
    p.branch("y");
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut saved = BTreeSet::from(["version 0".to_owned()]);
    let mut serial = 0;
    for _ in 0..steps {
        step(&p, &mut dice, &mut saved, &mut serial);
    }
    p.assert_sound();
    p.git(&["reflog", "expire", "--expire=now", "--all"]);
    p.git(&["gc", "-q", "--prune=now"]);
    let found = findable(&p);
    let lost: Vec<_> = saved.iter().filter(|v| !found.contains(*v)).collect();
    assert!(lost.is_empty(), "seed {seed}: {lost:?}");
    assert_eq!(
        p.changes().len(),
        p.git_status().len(),
        "seed {seed}: {:?} {:?}",
        p.changes(),
        p.git_status()
    );
    // And git and Sheaf agree about what is committed once everything is.
    if !p.changes().is_empty() {
        p.commit("All");
    }
    p.assert_clean();
    let _ = fs::remove_dir_all(&p.root);
}

#[test]
fn random_work_one() {
    (1..=5).for_each(|seed| run(seed, 40));
}

#[test]
fn random_work_two() {
    (6..=10).for_each(|seed| run(seed, 40));
}
