//! The list of commits.

use std::fmt::Write;
use std::time::Instant;

use crate::support::Project;

fn import(p: &Project, stream: &str) {
    p.git_in(&["fast-import", "--quiet", "--force"], stream);
    p.git(&["reset", "-q", "--hard"]);
}

fn commit(out: &mut String, mark: usize, time: usize, parents: &[usize]) {
    write!(
        out,
        "commit refs/heads/main\nmark :{mark}\ncommitter A <a@x> {time} +0000\ndata 1\nx\n"
    )
    .unwrap();
    for (n, parent) in parents.iter().enumerate() {
        writeln!(out, "{} :{parent}", if n == 0 { "from" } else { "merge" }).unwrap();
    }
    out.push_str("M 644 inline f\ndata 1\ny\n");
}

fn paged(p: &Project, size: usize) -> Vec<String> {
    let mut ids = Vec::new();
    let mut cursor = None;
    loop {
        let page = p.repo.history(None, cursor.as_deref(), size).unwrap();
        assert!(page.commits.len() <= size);
        ids.extend(page.commits.into_iter().map(|c| c.id.0));
        match page.next {
            Some(next) => cursor = Some(next),
            None => return ids,
        }
    }
}

fn git_order(p: &Project) -> Vec<String> {
    p.git(&["log", "--format=%H"])
        .lines()
        .map(str::to_owned)
        .collect()
}

/// Every third commit is a merge of two lines; `time` gives the clock of each.
fn forked(count: usize, time: impl Fn(usize) -> usize) -> Project {
    let p = Project::empty();
    let mut stream = String::new();
    for n in 1..=count {
        let parents: Vec<usize> = match n {
            1 => vec![],
            2..=3 => vec![1],
            _ if n % 3 == 0 => vec![n - 1, n - 2],
            _ => vec![n - 3],
        };
        commit(&mut stream, n, time(n), &parents);
    }
    import(&p, &stream);
    p
}

#[test]
fn pages_of_a_line() {
    let p = forked(1, |_| 1);
    assert_eq!(paged(&p, 3), git_order(&p));
    for n in 0..10 {
        p.edit(&[("a", &n.to_string())]);
        p.commit(&format!("c{n}"));
    }
    for size in [1, 3, 100] {
        assert_eq!(paged(&p, size), git_order(&p));
    }
}

#[test]
fn pages_of_merges() {
    let p = forked(90, |n| 1_000_000 + n * 10);
    for size in [1, 7, 50] {
        assert_eq!(paged(&p, size), git_order(&p));
    }
}

#[test]
fn pages_where_every_commit_has_the_same_time() {
    let p = forked(60, |_| 1_000_000);
    for size in [1, 7, 50] {
        assert_eq!(paged(&p, size), git_order(&p));
    }
}

#[test]
fn pages_where_clocks_were_wrong() {
    let p = forked(60, |n| 1_000_000 + (n * 7919) % 500);
    for size in [1, 7, 50] {
        assert_eq!(paged(&p, size), git_order(&p));
    }
}

#[test]
fn twenty_thousand_commits_at_once() {
    let p = Project::empty();
    let mut stream = String::new();
    for n in 1..=20_000 {
        let parent = [n - 1];
        commit(
            &mut stream,
            n,
            1_000_000 + n * 60,
            if n == 1 { &[] } else { &parent },
        );
    }
    import(&p, &stream);
    let start = Instant::now();
    let first = p.repo.history(None, None, 200).unwrap();
    let second = p.repo.history(None, first.next.as_deref(), 200).unwrap();
    let taken = start.elapsed();
    eprintln!("two pages of 200 out of 20,000 commits: {taken:?}");
    assert!(taken.as_millis() < 500);
    let ids: Vec<_> = first
        .commits
        .iter()
        .chain(&second.commits)
        .map(|c| c.id.0.clone())
        .collect();
    assert_eq!(ids, git_order(&p)[..400]);
    let start = Instant::now();
    assert_eq!(p.repo.contributors(5000).unwrap()[0].commits, 5000);
    eprintln!("contributors of 5,000 commits: {:?}", start.elapsed());
}

#[test]
fn from_a_commit_and_after_one() {
    let p = Project::with(&[("a", "1")]);
    let first = p.head();
    p.edit(&[("a", "2")]);
    let second = p.commit("Second");
    p.edit(&[("a", "3")]);
    let third = p.commit("Third");
    let ids = |list: Vec<sheaf_git::model::CommitInfo>| list.into_iter().map(|c| c.id).collect::<Vec<_>>();
    assert_eq!(
        ids(p.repo.log(None, None, 2).unwrap()),
        [third.clone(), second.clone()]
    );
    assert_eq!(
        ids(p.repo.log(Some(&second), None, 9).unwrap()),
        [second.clone(), first.clone()]
    );
    assert_eq!(ids(p.repo.log(None, Some(&second), 9).unwrap()), [first]);
    assert!(Project::empty().repo.log(None, None, 9).unwrap().is_empty());
    let people = p.repo.contributors(100).unwrap();
    assert_eq!((people.len(), people[0].commits), (1, 3));
}

#[test]
fn a_shallow_clone_ends_where_it_ends() {
    let p = Project::with(&[("a", "1")]);
    for n in 0..5 {
        p.edit(&[("a", &n.to_string())]);
        p.commit("x");
    }
    let shallow = p.root.join("../shallow");
    let url = format!("file://{}", p.root.display());
    p.git(&["clone", "-q", "--depth", "3", &url, &shallow.to_string_lossy()]);
    let repo = sheaf_git::repository::Repo::open(&shallow).unwrap();
    assert_eq!(repo.log(None, None, 99).unwrap().len(), 3);
}
