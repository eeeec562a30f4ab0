//! Merging.

use std::fs;

use sheaf_git::error::GitError;
use sheaf_git::file_merge::FileAnswer;
use sheaf_git::file_merge::{ChangedFiles, FileMerge, Settled, Version};
use sheaf_git::merge::MergeOutcome;
use sheaf_git::model::Oid;

use crate::support::{Answering, Answers, Lines, NoMerge, Project, author, disagreements};

/// Takes both sides of `a`, which no line merge would, and asks about `q`.
struct Both;

impl FileMerge for Both {
    type Question = String;

    fn merge(&self, files: &ChangedFiles<'_, String>) -> Result<Settled<String>, GitError> {
        let mut settled = Settled::default();
        for file in files.list() {
            if file.path == "q" {
                settled.claimed.insert(file.path.clone());
                settled.questions.push("which q?".to_owned());
            }
            if file.path == "a" {
                let [ours, theirs] = [Version::Ours, Version::Theirs].map(|v| files.read(file, v).unwrap());
                settled.claimed.insert(file.path.clone());
                let both = [ours.unwrap(), theirs.unwrap()].concat();
                settled.files.push((file.path.clone(), Some(both)));
            }
        }
        Ok(settled)
    }
}

/// A project on `main` whose branch `side` did `theirs` while `main` did `ours`.
fn diverged(base: &[(&str, &str)], ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> (Project, Oid) {
    let p = Project::with(base);
    p.branch("side");
    p.edit(ours);
    p.commit("Ours");
    p.switch("side");
    p.edit(theirs);
    let side = p.commit("Theirs");
    p.switch("main");
    (p, side)
}

type Outcome = MergeOutcome<String>;

fn merge(p: &Project, theirs: &Oid, merger: &dyn FileMerge<Question = String>) -> Outcome {
    p.repo.merge(theirs, "Merge side", &author(), merger).unwrap()
}

#[test]
fn fast_forward_keeps_uncommitted_changes() {
    let p = Project::with(&[("a", "1\n"), ("b", "1\n")]);
    let first = p.head();
    p.branch("side");
    p.switch("side");
    p.edit(&[("a", "2\n"), ("d/new", "x\n")]);
    let side = p.commit("Side");
    p.switch("main");
    p.edit(&[("b", "mine\n"), ("u", "untracked\n")]);
    let outcome = merge(&p, &side, &NoMerge);
    assert_eq!(
        outcome,
        MergeOutcome::FastForward {
            from: Some(first),
            to: side.clone(),
            carried: 2
        }
    );
    assert_eq!(p.head(), side);
    assert_eq!(p.changes(), ["M b", "A u"]);
    assert_eq!(p.git_status(), [" M b", "?? u"]);
    assert_eq!(merge(&p, &side, &NoMerge), MergeOutcome::UpToDate);
}

#[test]
fn into_an_unborn_branch() {
    let p = Project::with(&[("a", "1\n")]);
    let first = p.head();
    p.git(&["checkout", "-q", "--orphan", "fresh"]);
    p.git(&["rm", "-rqf", "--cached", "."]);
    p.edit(&[("u", "mine\n")]);
    let outcome = merge(&p, &first, &NoMerge);
    assert_eq!(
        outcome,
        MergeOutcome::FastForward {
            from: None,
            to: first,
            carried: 1
        }
    );
    assert_eq!(p.changes(), ["A u"]);
}

#[test]
fn clean_merge_gives_the_tree_git_gives() {
    let base = [("a", "1\n2\n3\n4\n5\n6\n7\n"), ("b", "1\n"), ("c", "1\n")];
    let (p, side) = diverged(
        &base,
        &[("a", "ours\n2\n3\n4\n5\n6\n7\n"), ("x", "x\n")],
        &[("a", "1\n2\n3\n4\n5\n6\ntheirs\n"), ("c", "2\n"), ("y/z", "y\n")],
    );
    let tree = p
        .git(&["merge-tree", "--write-tree", "main", "side"])
        .trim()
        .to_owned();
    let ours = p.head();
    let MergeOutcome::Merged { commit, carried: 0 } = merge(&p, &side, &Lines) else {
        panic!()
    };
    assert_eq!(p.git(&["rev-parse", "HEAD^{tree}"]).trim(), tree);
    assert_eq!(p.head(), commit);
    assert_eq!(p.repo.commit_info(&commit).unwrap().parents, [ours, side]);
    assert_eq!(p.text("a").unwrap(), "ours\n2\n3\n4\n5\n6\ntheirs\n");
    p.assert_clean();
}

#[test]
fn disagreement_touches_nothing_and_answers_settle_it() {
    let (p, side) = diverged(
        &[("a", "1\n"), ("b", "1\n")],
        &[("a", "o\n"), ("b", "o\n")],
        &[("a", "t\n"), ("b", "t\n")],
    );
    let before = p.everything();
    let MergeOutcome::Open(open) = merge(&p, &side, &Lines) else {
        panic!()
    };
    let open = disagreements(open.all());
    assert_eq!(open.len(), 2);
    assert_eq!(open[0].base.as_deref(), Some(&b"1\n"[..]));
    assert!(!open[0].uncommitted);
    assert_eq!(p.everything(), before);
    let answers = Answers::from([("a".into(), FileAnswer::Ours), ("b".into(), FileAnswer::Theirs)]);
    assert!(matches!(
        merge(&p, &side, &Answering::lines(&answers)),
        MergeOutcome::Merged { .. }
    ));
    assert_eq!(
        (p.text("a").unwrap().as_str(), p.text("b").unwrap().as_str()),
        ("o\n", "t\n")
    );
    p.assert_clean();
}

#[test]
fn the_caller_merges_what_it_understands() {
    let (p, side) = diverged(&[("a", "1\n")], &[("a", "o\n")], &[("a", "t\n")]);
    assert!(matches!(merge(&p, &side, &Both), MergeOutcome::Merged { .. }));
    assert_eq!(p.text("a").unwrap(), "o\nt\n");
    p.assert_clean();
}

#[test]
fn deleted_against_edited() {
    let (p, side) = diverged(
        &[("a", "1\n"), ("b", "1\n")],
        &[("a", "edited\n")],
        &[("b", "edited\n")],
    );
    p.switch("side");
    fs::remove_file(p.path("a")).unwrap();
    let side2 = p.commit("Delete a");
    p.switch("main");
    fs::remove_file(p.path("b")).unwrap();
    p.commit("Delete b");
    let MergeOutcome::Open(open) = merge(&p, &side2, &Lines) else {
        panic!()
    };
    let open = disagreements(open.all());
    assert_eq!((open[0].path.as_str(), &open[0].theirs), ("a", &None));
    assert_eq!((open[1].path.as_str(), &open[1].ours), ("b", &None));
    let answers = Answers::from([("a".into(), FileAnswer::Theirs), ("b".into(), FileAnswer::Theirs)]);
    merge(&p, &side2, &Answering::lines(&answers));
    assert_eq!((p.text("a"), p.text("b").unwrap().as_str()), (None, "edited\n"));
    p.assert_clean();
    assert_eq!(merge(&p, &side, &Lines), MergeOutcome::UpToDate);
}

#[test]
fn both_added_the_same_or_not() {
    let (p, side) = diverged(
        &[("a", "1\n")],
        &[("same", "x\n"), ("not", "o\n")],
        &[("same", "x\n"), ("not", "t\n")],
    );
    let MergeOutcome::Open(open) = merge(&p, &side, &Lines) else {
        panic!()
    };
    let open = disagreements(open.all());
    assert_eq!(open.iter().map(|d| d.path.as_str()).collect::<Vec<_>>(), ["not"]);
}

#[test]
fn uncommitted_changes_that_disagree() {
    let (p, side) = diverged(
        &[("a", "1\n"), ("b", "1\n")],
        &[("a", "o\n")],
        &[("a", "t\n"), ("b", "t\n"), ("n", "t\n")],
    );
    p.edit(&[
        ("a", "uncommitted\n"),
        ("b", "uncommitted\n"),
        ("n", "uncommitted\n"),
    ]);
    let before = p.everything();
    let MergeOutcome::Open(open) = merge(&p, &side, &NoMerge) else {
        panic!()
    };
    let open = disagreements(open.all());
    assert_eq!(
        open.iter().map(|d| d.path.as_str()).collect::<Vec<_>>(),
        ["a", "b", "n"]
    );
    let ours: Vec<_> = open.iter().map(|d| (d.uncommitted, d.ours.as_deref())).collect();
    assert_eq!(ours[0], (false, Some(&b"o\n"[..])));
    assert_eq!(ours[1], (true, Some(&b"uncommitted\n"[..])));
    assert_eq!(ours[2], (true, Some(&b"uncommitted\n"[..])));
    assert_eq!(p.everything(), before);
    let answers = Answers::from([
        ("a".into(), FileAnswer::Ours),
        ("b".into(), FileAnswer::Ours),
        ("n".into(), FileAnswer::Theirs),
    ]);
    let MergeOutcome::Merged { commit, carried } = merge(&p, &side, &Answering::all(&answers)) else {
        panic!()
    };
    assert_eq!(carried, 2);
    assert_eq!(p.repo.file_at(&commit, "a").unwrap().unwrap(), b"o\n");
    assert_eq!(p.changes(), ["M a", "M b"]);
    assert_eq!(p.text("n").unwrap(), "t\n");
    p.repo.undo(&NoMerge).unwrap();
    assert_eq!(p.files(), before.0);
}

#[test]
fn unrelated_histories_are_named() {
    let p = Project::with(&[("a", "1\n")]);
    let tree = p.git(&["rev-parse", "HEAD^{tree}"]).trim().to_owned();
    let other = Oid(p.git(&["commit-tree", "-m", "Other", &tree]).trim().to_owned());
    assert_eq!(merge(&p, &other, &NoMerge), MergeOutcome::Unrelated);
}

#[test]
fn crossed_merges_ask_instead_of_guessing() {
    let (p, side) = diverged(&[("a", "1\n"), ("b", "1\n")], &[("a", "o\n")], &[("b", "t\n")]);
    let main = p.head();
    merge(&p, &side, &Lines);
    p.switch("side");
    merge(&p, &main, &Lines);
    p.edit(&[("a", "after\n")]);
    let crossed = p.commit("After");
    p.switch("main");
    assert_eq!(p.git(&["merge-base", "--all", "main", "side"]).lines().count(), 2);
    let MergeOutcome::Open(open) = merge(&p, &crossed, &Lines) else {
        panic!()
    };
    let open = disagreements(open.all());
    assert_eq!(open.iter().map(|d| d.path.as_str()).collect::<Vec<_>>(), ["a"]);
}

#[test]
fn file_against_folder() {
    let (p, side) = diverged(&[("a", "1\n")], &[("x", "file\n")], &[("x/y", "inner\n")]);
    let before = p.everything();
    let result = p.repo.merge(&side, "m", &author(), &Lines);
    assert!(matches!(result, Err(GitError::InTheWay(p)) if p == "x"));
    assert_eq!(p.everything(), before);
}

#[test]
#[cfg(unix)]
fn a_mode_and_a_content_both_count() {
    use std::os::unix::fs::PermissionsExt;
    let (p, _) = diverged(&[("a", "1\n")], &[("a", "o\n")], &[("b", "t\n")]);
    p.switch("side");
    fs::set_permissions(p.path("a"), fs::Permissions::from_mode(0o755)).unwrap();
    let side = p.commit("May run");
    p.switch("main");
    merge(&p, &side, &Lines);
    assert_eq!(p.text("a").unwrap(), "o\n");
    assert!(p.git(&["ls-tree", "HEAD", "a"]).starts_with("100755"));
    p.assert_clean();
}

#[test]
fn refused_while_another_program_merges() {
    let (p, side) = diverged(&[("a", "1\n")], &[("a", "o\n")], &[("a", "t\n")]);
    let (ok, _) = p.try_git(&["merge", "side"], "");
    assert!(!ok);
    let before = p.everything();
    let result = p.repo.merge(&side, "m", &author(), &Lines);
    assert!(matches!(result, Err(GitError::InProgress(what)) if what == "merge"));
    assert!(matches!(p.repo.discard(None), Err(GitError::InProgress(_))));
    assert!(matches!(
        p.repo.commit(None, "x", &author()),
        Err(GitError::InProgress(_))
    ));
    assert_eq!(p.everything(), before);
}

/// Joins every file that both sides changed, by putting one text behind the other.
struct Joining;

impl FileMerge for Joining {
    type Question = String;

    fn merge(&self, files: &ChangedFiles<'_, String>) -> Result<Settled<String>, GitError> {
        let mut settled = Settled::default();
        for file in files.list() {
            let [ours, theirs] = [Version::Ours, Version::Theirs].map(|v| files.read(file, v).unwrap());
            if let (Some(ours), Some(theirs)) = (ours, theirs) {
                settled.claimed.insert(file.path.clone());
                settled
                    .files
                    .push((file.path.clone(), Some([ours, theirs].concat())));
            }
        }
        Ok(settled)
    }
}

#[test]
fn git_finds_many_joined_files_whole_and_its_index_up_to_date() {
    let path = |n: usize| ["a/b", "a/b.c", "a.b", "a0"][n % 4].to_owned() + &format!("/{n}");
    let paths: Vec<String> = (0..120).map(path).chain(["top".to_owned()]).collect();
    let with = |text: &'static str| -> Vec<(&str, &str)> {
        paths.iter().map(|path| (path.as_str(), text)).collect()
    };
    let (p, side) = diverged(&with("base\n"), &with("ours\n"), &with("theirs\n"));
    // what is as young as the index would be looked at again, whatever the index says
    std::thread::sleep(std::time::Duration::from_millis(20));
    let outcome = merge(&p, &side, &Joining);
    assert!(matches!(outcome, MergeOutcome::Merged { .. }), "{outcome:?}");
    for path in &paths {
        assert_eq!(p.text(path).as_deref(), Some("ours\ntheirs\n"), "{path}");
    }
    p.git(&["fsck", "--strict", "--full"]);
    // tells of each file that does not look as the index says, without reading it
    assert_eq!(p.git(&["diff-files"]), "");
    assert_eq!(p.git(&["write-tree"]), p.git(&["rev-parse", "HEAD^{tree}"]));
    let listed = p.git(&["ls-files", "--stage"]).replace(" 0\t", "\t");
    assert_eq!(listed, p.git(&["ls-tree", "-r", "HEAD"]).replace(" blob ", " "));
    assert_eq!(p.git_status(), Vec::<String>::new());
}
