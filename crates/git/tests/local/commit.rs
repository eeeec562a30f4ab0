//! Committing.

use std::fs;
use std::time::Instant;

use sheaf_git::error::GitError;
use sheaf_git::model::Author;

use crate::support::{Project, author, strings};

#[test]
fn first_commit_of_an_unborn_branch() {
    let p = Project::empty();
    p.edit(&[("a.yml", "a\n"), ("b/c.yml", "c\n")]);
    assert_eq!(p.changes(), ["A a.yml", "A b/c.yml"]);
    let info = p
        .repo
        .commit(None, "  First\n\nand more  \n\n", &author())
        .unwrap();
    assert_eq!((info.title.as_str(), info.body.as_str()), ("First", "and more"));
    assert!(info.parents.is_empty());
    assert_eq!(
        p.git(&["log", "--format=%an <%ae>%n%B"]).trim(),
        "Ada <ada@example.org>\nFirst\n\nand more"
    );
    p.assert_clean();
}

#[test]
fn only_the_chosen_paths_and_nothing_that_is_staged() {
    let p = Project::with(&[("a", "1\n"), ("b", "1\n"), ("c", "1\n")]);
    p.edit(&[("a", "2\n"), ("b", "2\n"), ("new", "x\n"), ("other", "y\n")]);
    fs::remove_file(p.path("c")).unwrap();
    p.git(&["add", "b", "other"]);
    let commit = p
        .repo
        .commit(Some(&strings(&["a", "c", "new"])), "Part", &author())
        .unwrap();
    let out = p.git(&["show", "--format=", "--name-status", &commit.id.0]);
    assert_eq!(out.lines().collect::<Vec<_>>(), ["M\ta", "D\tc", "A\tnew"]);
    assert_eq!(p.changes(), ["M b", "A other"]);
    assert_eq!(p.git_status(), ["M  b", "A  other"]);
    p.assert_sound();
}

#[test]
fn partial_commit_of_an_unborn_branch() {
    let p = Project::empty();
    p.edit(&[("a", "1\n"), ("b", "1\n")]);
    p.repo.commit(Some(&strings(&["a"])), "Part", &author()).unwrap();
    assert_eq!(p.git(&["ls-tree", "-r", "--name-only", "HEAD"]), "a\n");
    assert_eq!(p.git_status(), ["?? b"]);
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let p = Project::with(&[("x", "file\n")]);
    fs::remove_file(p.path("x")).unwrap();
    p.edit(&[("x/y", "inner\n")]);
    p.commit("Folder");
    p.assert_clean();
    fs::remove_dir_all(p.path("x")).unwrap();
    p.edit(&[("x", "again\n")]);
    p.commit("File");
    p.assert_clean();
}

#[test]
fn deleting_everything_leaves_an_empty_commit_tree() {
    let p = Project::with(&[("d/x", "1\n")]);
    fs::remove_dir_all(p.path("d")).unwrap();
    p.commit("Nothing left");
    assert_eq!(p.git(&["ls-tree", "-r", "HEAD"]), "");
    p.assert_clean();
}

#[test]
fn a_thousand_files() {
    let p = Project::empty();
    for n in 0..1000 {
        p.edit(&[(&format!("d{}/f{n}.yml", n % 20), &format!("_id: {n}\n"))]);
    }
    let start = Instant::now();
    p.commit("Many");
    eprintln!("commit of 1000 files: {:?}", start.elapsed());
    p.assert_clean();
    let start = Instant::now();
    p.edit(&[("d1/f1.yml", "changed\n")]);
    p.commit("One");
    eprintln!("commit of 1 of 1000 files: {:?}", start.elapsed());
    p.assert_clean();
}

#[test]
fn refusals_change_nothing() {
    let p = Project::with(&[("a", "1\n")]);
    let before = p.everything();
    assert!(matches!(
        p.repo.commit(None, "x", &author()),
        Err(GitError::NothingToCommit)
    ));
    p.edit(&[("a", "2\n")]);
    assert!(matches!(
        p.repo.commit(None, " \n\t ", &author()),
        Err(GitError::EmptyMessage)
    ));
    let nobody = Author {
        name: " ".into(),
        email: "x@y".into(),
    };
    assert!(matches!(
        p.repo.commit(None, "x", &nobody),
        Err(GitError::NoAuthor("name"))
    ));
    let odd = Author {
        name: "a\nb".into(),
        email: "x@y".into(),
    };
    assert!(matches!(
        p.repo.commit(None, "x", &odd),
        Err(GitError::BadValue(_))
    ));
    assert!(matches!(
        p.repo.commit(Some(&strings(&["b"])), "x", &author()),
        Err(GitError::NothingToCommit)
    ));
    p.edit(&[("a", "1\n")]);
    assert_eq!(p.everything(), before);
}

#[test]
fn names_with_odd_but_allowed_characters() {
    let names = [
        "a b.yml",
        "ä ö ü.yml",
        "日本語/レ.yml",
        "-x",
        "#h",
        "%41",
        "a'b",
        "😀.yml",
        "x&y;z$",
        "ﬀ.yml",
    ];
    let p = Project::empty();
    for name in names {
        p.edit(&[(name, name)]);
    }
    p.commit("Odd names, fine");
    p.assert_clean();
    for name in names {
        assert_eq!(p.repo.file_at(&p.head(), name).unwrap().unwrap(), name.as_bytes());
    }
}

#[test]
#[cfg(unix)]
fn names_that_bite_elsewhere_are_not_committed() {
    for name in ["aux.yml", "a:b", "x ", "COM1", "a\nb"] {
        let p = Project::with(&[("ok", "1\n")]);
        p.edit(&[(name, "x")]);
        let head = p.head();
        assert!(
            matches!(
                p.repo.commit(None, "x", &author()),
                Err(GitError::UnsafeTree { .. })
            ),
            "{name:?}"
        );
        assert_eq!(p.head(), head);
    }
}

#[test]
#[cfg(unix)]
fn modes_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let p = Project::with(&[("run.sh", "#!/bin/sh\n")]);
    fs::set_permissions(p.path("run.sh"), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(p.changes(), ["M run.sh"]);
    p.commit("May run");
    assert!(p.git(&["ls-tree", "HEAD"]).starts_with("100755"));
    p.repo
        .write_files(&[("run.sh".into(), Some(b"#!/bin/sh\necho\n".to_vec()))], "Save")
        .unwrap();
    assert_eq!(
        fs::metadata(p.path("run.sh")).unwrap().permissions().mode() & 0o111,
        0o111
    );
    p.commit("Longer");
    p.assert_clean();
}

#[test]
fn line_endings_follow_git_attributes() {
    let p = Project::empty();
    p.edit(&[
        (".gitattributes", "*.txt text eol=crlf\n"),
        ("a.txt", "1\r\n2\r\n"),
        ("b.yml", "1\r\n2\r\n"),
    ]);
    p.commit("Endings");
    assert_eq!(p.git(&["cat-file", "-p", "HEAD:a.txt"]), "1\n2\n");
    assert_eq!(p.git(&["cat-file", "-p", "HEAD:b.yml"]), "1\r\n2\r\n");
    p.assert_clean();
    p.edit(&[("a.txt", "other\r\n")]);
    p.repo.discard(None).unwrap();
    assert_eq!(p.text("a.txt").unwrap(), "1\r\n2\r\n");
    p.assert_clean();
}

#[test]
fn what_git_ignores_is_not_committed() {
    let p = Project::with(&[(".gitignore", "*.log\n/out/\n")]);
    p.edit(&[("x.log", "1"), ("out/y", "2"), ("z", "3")]);
    assert_eq!(p.changes(), ["A z"]);
    p.commit("z");
    assert_eq!(p.git(&["ls-files"]), ".gitignore\nz\n");
    p.assert_clean();
}
