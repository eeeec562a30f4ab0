//! What a repository may hold that is hostile, huge or odd, without being refused.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;
use sheaf_git_host::Fault;

use crate::support::{REPO, REQUEST, REQUEST_ID};
use crate::witness::{Work, assert_failed, assert_nothing_left};

/// What would take for ever takes longer; a computer that is busy does not.
const IN_TIME: Duration = Duration::from_secs(60);

/// Reads, edits, commits and switches, each within a bound.
fn works_in_time(work: &Work, what: &str) {
    work.desk.git(&work.dir, &["branch", "aside"]);
    let commands: [&[&str]; 8] = [
        &["status"],
        &["list"],
        &["diff"],
        &["set", REQUEST_ID, "url", "https://in-time.example.test"],
        &["commit", "-m", "In time"],
        &["undo"],
        &["branch", "switch", "aside"],
        &["branch", "switch", "main"],
    ];
    for command in commands {
        let start = Instant::now();
        work.desk.ok(&work.dir, command);
        let took = start.elapsed();
        assert!(took < IN_TIME, "{what} {command:?}: {took:?}");
    }
}

#[test]
fn hostile_attributes_change_nothing_and_cost_little() {
    let work = Work::new();
    let deeper = |n: u32| format!("[attr]m{n} m{}\n", n - 1);
    let macros: Vec<String> = (1..2_000).map(deeper).collect();
    let macros = format!("[attr]m0 text\n{}* m1999\n", macros.concat());
    for (text, what) in [
        ("* working-tree-encoding=UTF-16\n".to_owned(), "encoding"),
        (
            "* filter=evil diff=evil merge=evil ident export-subst\n".to_owned(),
            "programs",
        ),
        (macros, "macros"),
        ("*.txt text eol=crlf\n".repeat(500_000), "ten megabytes"),
        ("\0\0\0\u{1b}[31m !!! [attr] [attr]\n".to_owned(), "nonsense"),
    ] {
        fs::write(work.dir.join(".gitattributes"), text).unwrap();
        works_in_time(&work, what);
        work.desk.git(&work.dir, &["branch", "-D", "aside"]);
        let on_disk = fs::read_to_string(work.dir.join(REQUEST)).unwrap();
        work.desk.ok(&work.dir, &["commit", "-m", what]);
        let committed = work
            .desk
            .git(&work.dir, &["cat-file", "blob", &format!("HEAD:{REQUEST}")]);
        assert_eq!(committed, on_disk.trim_end(), "{what}");
    }
    assert_nothing_left(&work.desk, "attributes");
}

#[test]
fn hostile_ignore_rules_cost_little() {
    let work = Work::new();
    let long = "a".repeat(200);
    fs::write(work.dir.join(&long), "x").unwrap();
    let slow = format!(
        "{}b\n**/{}b\n{}b\n",
        "*a".repeat(60),
        "*a*".repeat(60),
        "**/".repeat(60)
    );
    fs::write(work.dir.join(".gitignore"), &slow).unwrap();
    works_in_time(&work, "patterns");
    work.desk.git(&work.dir, &["branch", "-D", "aside"]);
    let many: Vec<String> = (0..200_000).map(|n| format!("/rule-{n}/*.x\n")).collect();
    fs::write(work.dir.join(".gitignore"), many.concat()).unwrap();
    works_in_time(&work, "200,000 rules");
    assert_nothing_left(&work.desk, "ignored");
}

/// A file that is larger than what is committed, a line without end, bytes where text should be.
#[test]
fn huge_and_binary_files_are_told() {
    let work = Work::new();
    let huge = fs::File::create(work.dir.join("huge.bin")).unwrap();
    huge.set_len(600 * 1024 * 1024).unwrap();
    let before = work.desk.git(&work.dir, &["rev-parse", "HEAD"]);
    let start = Instant::now();
    work.desk.ok(&work.dir, &["status"]);
    assert_failed(&work.sheaf(&["commit", "-m", "Huge"]), "file-too-large", "huge");
    assert!(start.elapsed() < IN_TIME, "{:?}", start.elapsed());
    assert_eq!(work.desk.git(&work.dir, &["rev-parse", "HEAD"]), before);
    fs::remove_file(work.dir.join("huge.bin")).unwrap();

    fs::write(work.dir.join("line.txt"), "x".repeat(40 * 1024 * 1024)).unwrap();
    fs::write(work.dir.join("lines.txt"), "x\n".repeat(4 * 1024 * 1024)).unwrap();
    let binary: Vec<u8> = (0..=255_u8).cycle().take(100_000).collect();
    fs::write(work.dir.join(".insomnia/Request/req_binary.yml"), &binary).unwrap();
    works_in_time(&work, "long lines and bytes");
    let kept = fs::read(work.dir.join(".insomnia/Request/req_binary.yml")).unwrap();
    assert!(kept == binary);
    work.desk.git(&work.dir, &["fsck", "--strict", "--no-dangling"]);
}

/// Names that mean something to a page or a program, as keys, branches, tags and names of resources.
#[test]
fn names_of_other_languages_are_names() {
    let work = Work::new();
    let names = [
        "__proto__",
        "constructor",
        "toString",
        "hasOwnProperty",
        "<img-src=x-onerror=alert(1)>",
    ];
    for name in names {
        work.desk.ok(&work.dir, &["add", "request", "Shipments", name]);
        let added = work.desk.ok(&work.dir, &["show", name]);
        assert_eq!(added["name"], name);
        let id = added["id"].as_str().unwrap();
        let headers = json!([{ "name": name, "value": name }]).to_string();
        work.desk.ok(&work.dir, &["set", id, "headers", &headers]);
        if !name.contains('<') {
            work.desk.ok(&work.dir, &["branch", "create", name]);
            work.desk.ok(&work.dir, &["tag", "create", name]);
        }
    }
    work.desk.ok(
        &work.dir,
        &["commit", "-m", "<script>alert(1)</script> __proto__"],
    );
    let branches = work.desk.ok(&work.dir, &["branch", "list"]).to_string();
    let log = work.desk.ok(&work.dir, &["log"]).to_string();
    for name in &names[..4] {
        assert!(branches.contains(name), "{branches}");
    }
    assert!(log.contains("<script>alert(1)</script> __proto__"), "{log}");
    work.desk.clean(&work.dir);
}

/// Commits of people whose clocks, zones and names are of another world.
#[test]
fn commits_of_odd_times_and_names_are_shown() {
    let work = Work::new();
    let git = |arguments: &[&str]| work.desk.git(&work.dir, arguments);
    let tree = git(&["rev-parse", "HEAD^{tree}"]);
    let mut parent = git(&["rev-parse", "HEAD"]);
    for who in [
        "A <a@b> -1 +0000",
        "A <a@b> 99999999999999 +0000",
        "A <a@b> 253402300800 +9999",
        "A <a@b> 0 -1260",
        "A <a@b> nonsense zone",
        "A <a@b>",
        " <> 1 +0000",
        "\u{1b}[31m\u{202e}evil <script@x> 1 +0000",
        "no address at all",
    ] {
        let text = format!("tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\nAt an odd time\n");
        let file = work.desk.path("commit-to-be");
        fs::write(&file, text).unwrap();
        parent = git(&[
            "hash-object",
            "-w",
            "--literally",
            "-t",
            "commit",
            &file.to_string_lossy(),
        ]);
        fs::remove_file(file).unwrap();
        git(&["update-ref", "refs/heads/odd", &parent]);
        let ran = work.sheaf(&["log", "--of", "odd"]);
        // What is no commit at all is told.
        let told = ran.status == 0 || ["no-commit", "damaged"].contains(&ran.code());
        assert!(told, "{who:?}: {}", ran.stdout);
        let in_words = work.desk.sheaf_plain(&work.dir, &["log", "--of", "odd"]);
        assert!(
            !in_words.stdout.contains(['\u{1b}', '\u{202e}']),
            "{who:?}: {}",
            in_words.stdout
        );
    }
    let before = work.witness();
    work.desk.ok(&work.dir, &["branch", "list"]);
    work.desk.ok(&work.dir, &["status"]);
    before.same(&work.desk, "odd times");
}

/// However git is set about line ends, what nobody changed is no change, for git and for us.
#[test]
fn line_ends_are_no_changes() {
    for (setting, text) in [
        ("true", "a: 1\r\nb: 2\r\n"),
        ("true", "a: 1\nb: 2\n"),
        ("input", "a: 1\nb: 2\n"),
        ("input", "a: 1\r\nb: 2\r\n"),
        ("false", "a: 1\r\nb: 2\r\n"),
        ("false", "\u{feff}a: 1\r\nb: 2\n"),
    ] {
        let work = Work::new();
        work.desk.git(&work.dir, &["config", "core.autocrlf", setting]);
        fs::write(work.dir.join("ends.txt"), text).unwrap();
        work.desk.ok(&work.dir, &["commit", "-m", "Ends"]);
        let what = format!("{setting} {text:?}");
        assert_eq!(work.desk.git(&work.dir, &["status", "--porcelain"]), "", "{what}");
        assert_eq!(
            work.desk.ok(&work.dir, &["status"])["changes"],
            json!([]),
            "{what}"
        );
        work.desk.ok(&work.dir, &["branch", "create", "other"]);
        work.desk.ok(&work.dir, &["branch", "switch", "other"]);
        work.desk.ok(&work.dir, &["branch", "switch", "main"]);
        assert_eq!(work.desk.git(&work.dir, &["status", "--porcelain"]), "", "{what}");
        assert_eq!(
            work.desk.ok(&work.dir, &["status"])["changes"],
            json!([]),
            "{what}"
        );
    }
}

/// A new branch whose name the remote has already, unseen: its commits are not overwritten.
#[test]
fn a_name_that_the_remote_has_already_is_not_taken_over() {
    let work = Work::new();
    let theirs = work
        .desk
        .colleague("topic", &[("topic.md", "theirs\n")], "Theirs");
    work.desk.ok(&work.dir, &["branch", "create", "topic"]);
    work.desk.ok(&work.dir, &["branch", "switch", "topic"]);
    work.desk.ok(&work.dir, &["commit", "-m", "Mine on topic"]);
    for command in [&["push"][..], &["push", "--new-branch", "theirs"]] {
        let ran = work.sheaf(command);
        assert!(ran.status != 0, "{command:?}: {}", ran.stdout);
        assert_eq!(work.desk.remote_ref("topic"), Some(theirs.clone()), "{command:?}");
    }
    work.desk.host.fault(REPO, Some(Fault::Delay(10)));
    assert_eq!(
        work.sheaf(&["push"]).json["rejection"]["reason"],
        "remoteHasNewer"
    );
    work.desk.clean(&work.dir);
}

/// Files where branches are kept, with names that no branch may have.
#[cfg(unix)]
#[test]
fn odd_files_among_the_branches_harm_nothing() {
    let work = Work::new();
    let head = work.desk.git(&work.dir, &["rev-parse", "HEAD"]);
    let heads = work.dir.join(".git/refs/heads");
    for (name, text) in [
        ("-x", head.as_str()),
        ("a@{1}", &head),
        ("with\nbreak", &head),
        ("with\rreturn", &head),
        ("x.lock.d", &head),
        ("garbage", "not an id"),
        ("short", "abc"),
        ("nobody", "1234567890123456789012345678901234567890"),
    ] {
        fs::write(heads.join(name), format!("{text}\n")).unwrap();
    }
    fs::write(
        heads.join("1234567890123456789012345678901234567890"),
        format!("{head}\n"),
    )
    .unwrap();
    for command in [
        &["status"][..],
        &["branch", "list"],
        &["log"],
        &["fetch"],
        &["push"],
    ] {
        let ran = work.sheaf(command);
        assert!(
            ran.status == 0 || !ran.code().is_empty(),
            "{command:?}: {}{}",
            ran.stdout,
            ran.stderr
        );
    }
    work.desk.ok(&work.dir, &["status"]);
    work.desk.ok(&work.dir, &["commit", "-m", "Beside them"]);
    assert_ne!(work.desk.git(&work.dir, &["rev-parse", "refs/heads/main"]), head);
}
