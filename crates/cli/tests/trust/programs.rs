//! Programs that a repository, a folder or an environment would like to have run.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::support::{REQUEST_ID, Ran, TOKEN, ran};
use crate::witness::{Work, assert_failed, assert_nothing_left};

/// A program that tells when it was run.
struct Trap {
    program: PathBuf,
    canary: PathBuf,
}

impl Trap {
    fn at(folder: &Path) -> Self {
        let canary = folder.join("it-ran");
        let program = folder.join("trap.sh");
        fs::write(
            &program,
            format!("#!/bin/sh\necho \"$0\" >>'{}'\ncat\n", canary.display()),
        )
        .unwrap();
        runnable(&program);
        Self { program, canary }
    }

    fn name(&self) -> String {
        self.program.to_string_lossy().into_owned()
    }

    fn put(&self, at: &Path) {
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::copy(&self.program, at).unwrap();
        runnable(at);
    }

    #[track_caller]
    fn did_not_run(&self, what: &str) {
        let said = fs::read_to_string(&self.canary).unwrap_or_default();
        assert_eq!(said, "", "{what}");
    }
}

fn runnable(file: &Path) {
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

const SETTINGS: [&str; 37] = [
    "core.fsmonitor",
    "core.sshCommand",
    "core.pager",
    "core.editor",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "core.packedGitWindowSize.command",
    "sequence.editor",
    "filter.evil.clean",
    "filter.evil.smudge",
    "filter.evil.process",
    "diff.external",
    "diff.evil.textconv",
    "diff.evil.command",
    "difftool.evil.cmd",
    "merge.evil.driver",
    "mergetool.evil.cmd",
    "credential.helper",
    "credential.https://localhost.helper",
    "gpg.program",
    "gpg.ssh.program",
    "gpg.ssh.defaultKeyCommand",
    "gpg.x509.program",
    "alias.status",
    "alias.commit",
    "remote.origin.uploadpack",
    "remote.origin.receivepack",
    "remote.origin.vcs",
    "uploadpack.packObjectsHook",
    "receive.procReceiveRefs",
    "interactive.diffFilter",
    "pager.log",
    "trailer.evil.command",
    "browser.evil.cmd",
    "web.browser",
    "sendemail.sendmailcmd",
];

const HOOKS: [&str; 21] = [
    "applypatch-msg",
    "pre-applypatch",
    "post-applypatch",
    "pre-commit",
    "pre-merge-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "pre-rebase",
    "post-checkout",
    "post-merge",
    "pre-push",
    "pre-receive",
    "update",
    "post-update",
    "reference-transaction",
    "push-to-checkout",
    "pre-auto-gc",
    "post-rewrite",
    "fsmonitor-watchman",
    "post-index-change",
];

/// A day's work: everything the command line does to a repository, over the network too.
fn work_a_day(work: &Work, run: &dyn Fn(&[&str]) -> Ran) {
    work.desk.colleague("main", &[("newer.md", "newer\n")], "Newer");
    let commands: [&[&str]; 34] = [
        &["open", "."],
        &["status"],
        &["list"],
        &["show", REQUEST_ID],
        &["diff"],
        &["set", REQUEST_ID, "url", "https://day.example.test"],
        &["commit", "-m", "A day"],
        &["commit", "--amend", "-m", "A good day"],
        &["log"],
        &["log", "--resource", REQUEST_ID],
        &["blame", REQUEST_ID],
        &["check"],
        &["fetch"],
        &["pull", "--preview"],
        &["pull"],
        &["push"],
        &["branch", "create", "side"],
        &["branch", "switch", "side"],
        &["set", REQUEST_ID, "name", "On the side"],
        &["branch", "switch", "main", "--park"],
        &["branch", "switch", "side"],
        &["commit", "-m", "Side"],
        &["branch", "switch", "main"],
        &["branch", "merge", "side"],
        &["revert", "HEAD"],
        &["undo"],
        &["redo"],
        &["undo", "--list"],
        &["tag", "create", "v1"],
        &["branch", "fetch", "theirs"],
        &["set", REQUEST_ID, "name", "Never mind"],
        &["discard"],
        &["branch", "delete", "side", "--force"],
        &["push"],
    ];
    for command in commands {
        let ran = run(command);
        assert_eq!(ran.status, 0, "{command:?}: {}{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn no_program_of_a_repository_runs() {
    let work = Work::new();
    let trap = Trap::at(work.desk.home());
    for key in SETTINGS {
        work.desk.git(&work.dir, &["config", key, &trap.name()]);
    }
    for (key, value) in [
        ("filter.evil.required", "true"),
        ("filter.lfs.process", &*trap.name()),
        ("commit.gpgSign", "true"),
        ("tag.gpgSign", "true"),
        ("protocol.ext.allow", "always"),
        ("protocol.allow", "always"),
        ("url.ext::sh -c evil.insteadOf", "https://"),
        ("include.path", "../evil.gitconfig"),
        ("includeIf.gitdir:/.path", "../evil.gitconfig"),
        ("http.sslVerify", "false"),
        ("http.proxy", "http://127.0.0.1:9"),
        ("http.cookieFile", "/etc/passwd"),
        ("http.saveCookies", "true"),
        ("http.extraHeader", "X-Evil: 1"),
    ] {
        work.desk.git(&work.dir, &["config", key, value]);
    }
    fs::write(
        work.dir.join("evil.gitconfig"),
        format!(
            "[core]\n\tfsmonitor = {0}\n[credential]\n\thelper = {0}\n",
            trap.name()
        ),
    )
    .unwrap();
    fs::write(
        work.dir.join(".git/info/attributes"),
        "* filter=evil diff=evil merge=evil working-tree-encoding=UTF-16\n*.yml filter=lfs\n",
    )
    .unwrap();
    for hook in HOOKS {
        trap.put(&work.dir.join(".git/hooks").join(hook));
        trap.put(&work.dir.join("hooks").join(hook));
    }
    let before = fs::read(work.dir.join(".git/config")).unwrap();
    work_a_day(&work, &|command| work.sheaf(command));
    trap.did_not_run("a day's work");
    assert_eq!(
        fs::read(work.dir.join(".git/config")).unwrap(),
        without_upstreams(&work, &before)
    );
    // The trap is one: git itself falls into it.
    work.desk.try_git(&work.dir, &["status"]);
    assert!(trap.canary.exists(), "the trap does not work");
}

/// The settings as they were, where nothing but what branches follow was added.
fn without_upstreams(work: &Work, before: &[u8]) -> Vec<u8> {
    let now = fs::read(work.dir.join(".git/config")).unwrap();
    let (now_text, before_text) = (
        String::from_utf8(now.clone()).unwrap(),
        String::from_utf8(before.to_vec()).unwrap(),
    );
    let is_branch = |line: &str| {
        line.starts_with("[branch ")
            || line.trim_start().starts_with("remote = ")
            || line.trim_start().starts_with("merge = ")
    };
    let kept = |text: &str| {
        text.lines()
            .filter(|line| !is_branch(line))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(kept(&now_text), kept(&before_text));
    now
}

/// `core.hooksPath` leads to hooks that came with the files.
#[test]
fn hooks_among_the_files_do_not_run() {
    let work = Work::new();
    let trap = Trap::at(work.desk.home());
    for hook in HOOKS {
        trap.put(&work.dir.join("hooks").join(hook));
    }
    work.desk.git(&work.dir, &["config", "core.hooksPath", "hooks"]);
    work_a_day(&work, &|command| work.sheaf(command));
    trap.did_not_run("hooks");
}

/// Programs with the names of those that Git programs call, where they would be found first.
#[test]
fn programs_beside_the_files_are_not_found() {
    let work = Work::new();
    let trap = Trap::at(work.desk.home());
    for name in [
        "git",
        "ssh",
        "sh",
        "git-lfs",
        "gpg",
        "cygpath",
        "less",
        "git-credential-store",
        "xdg-open",
    ] {
        trap.put(&work.dir.join(name));
    }
    let path = format!(".:{}:{}", work.dir.display(), std::env::var("PATH").unwrap());
    work_a_day(&work, &|arguments| {
        let mut command = work.desk.command(&work.dir, arguments);
        command.env("SHEAF_TOKEN", TOKEN).env("PATH", &path);
        ran(command, None)
    });
    trap.did_not_run("programs beside");
}

/// What the environment says to git is not said to us.
#[test]
fn the_environment_leads_nowhere_else() {
    let work = Work::new();
    let other = work.desk.clone("other");
    let trap = Trap::at(work.desk.home());
    let before = crate::witness::Witness::of(&work.desk, &other);
    let set = |name: &'static str, value: String| (name, value);
    let variables = [
        set("GIT_DIR", other.join(".git").to_string_lossy().into_owned()),
        set("GIT_WORK_TREE", other.to_string_lossy().into_owned()),
        set(
            "GIT_INDEX_FILE",
            other.join(".git/index").to_string_lossy().into_owned(),
        ),
        set(
            "GIT_OBJECT_DIRECTORY",
            other.join(".git/objects").to_string_lossy().into_owned(),
        ),
        set(
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            other.join(".git/objects").to_string_lossy().into_owned(),
        ),
        set(
            "GIT_COMMON_DIR",
            other.join(".git").to_string_lossy().into_owned(),
        ),
        set("GIT_NAMESPACE", "evil".to_owned()),
        set("GIT_CEILING_DIRECTORIES", work.dir.to_string_lossy().into_owned()),
        set("GIT_SSH", trap.name()),
        set("GIT_SSH_COMMAND", trap.name()),
        set("GIT_ASKPASS", trap.name()),
        set("SSH_ASKPASS", trap.name()),
        set("GIT_EDITOR", trap.name()),
        set("EDITOR", trap.name()),
        set("GIT_PAGER", trap.name()),
        set("PAGER", trap.name()),
        set("GIT_EXTERNAL_DIFF", trap.name()),
        set("GIT_PROXY_COMMAND", trap.name()),
        set("GIT_TEMPLATE_DIR", work.dir.to_string_lossy().into_owned()),
        set("GIT_CONFIG_COUNT", "1".to_owned()),
        set("GIT_CONFIG_KEY_0", "core.fsmonitor".to_owned()),
        set("GIT_CONFIG_VALUE_0", trap.name()),
        set(
            "GIT_CONFIG_GLOBAL",
            work.dir.join("evil.gitconfig").to_string_lossy().into_owned(),
        ),
        set(
            "GIT_CONFIG_PARAMETERS",
            format!("'core.fsmonitor={}'", trap.name()),
        ),
        set(
            "GIT_TRACE",
            work.desk.path("trace").to_string_lossy().into_owned(),
        ),
        set("GIT_SSL_NO_VERIFY", "1".to_owned()),
        set("LANG", "de_DE.UTF-8".to_owned()),
        set("LC_ALL", "tr_TR.UTF-8".to_owned()),
        set("TZ", "Pacific/Kiritimati".to_owned()),
    ];
    fs::write(
        work.dir.join("evil.gitconfig"),
        format!(
            "[core]\n\tfsmonitor = {0}\n[url \"https://evil.example/\"]\n\tinsteadOf = https://\n",
            trap.name()
        ),
    )
    .unwrap();
    work_a_day(&work, &|arguments| {
        let mut command = work.desk.command(&work.dir, arguments);
        command.env("SHEAF_TOKEN", TOKEN);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        ran(command, None)
    });
    trap.did_not_run("the environment");
    assert!(!work.desk.path("trace").exists());
    before.untouched(&work.desk, "the other repository");
}

/// A home folder that is not there, is a file, or is not said at all.
#[test]
fn an_odd_home_is_no_obstacle() {
    let work = Work::new();
    let file = work.desk.path("a-file");
    fs::write(&file, "").unwrap();
    let before = work.witness();
    for home in [Some(work.desk.path("nowhere")), Some(file), None] {
        for arguments in [&["status"][..], &["diff"], &["log"]] {
            let mut command = work.desk.command(&work.dir, arguments);
            command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
            match &home {
                Some(home) => command.env("HOME", home),
                None => command.env_remove("HOME"),
            };
            let ran = ran(command, None);
            assert_eq!(ran.status, 0, "{home:?} {arguments:?}: {}", ran.stdout);
        }
    }
    before.untouched(&work.desk, "homes");
}

/// Files that LFS would exchange are files: nothing runs, and they stay what they are.
#[test]
fn pointers_of_lfs_stay_as_they_are() {
    let work = Work::new();
    let trap = Trap::at(work.desk.home());
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 12\n";
    work.desk.colleague(
        "main",
        &[
            (".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n"),
            ("a.bin", pointer),
        ],
        "LFS",
    );
    work.desk.ok(&work.dir, &["pull"]);
    for key in ["filter.lfs.process", "filter.lfs.smudge", "filter.lfs.clean"] {
        work.desk.git(&work.dir, &["config", key, &trap.name()]);
    }
    work.desk.ok(&work.dir, &["commit", "-m", "Beside it"]);
    assert_eq!(fs::read_to_string(work.dir.join("a.bin")).unwrap(), pointer);
    assert_eq!(
        work.desk.git(&work.dir, &["cat-file", "blob", "HEAD:a.bin"]),
        pointer.trim_end()
    );
    trap.did_not_run("LFS");
    assert_nothing_left(&work.desk, "LFS");
}

/// A value cannot begin another setting, however it is given.
#[test]
fn settings_cannot_be_smuggled_in() {
    let work = Work::new();
    let before = work.witness();
    for value in ["x\n[core]\n\tfsmonitor = evil", "x\ry", "x\ty"] {
        for field in ["--author-name", "--author-email", "--username", "--ca-file"] {
            let ran = work.sheaf(&["settings", field, value]);
            assert_failed(&ran, "bad-setting", &format!("{field} {value:?}"));
        }
    }
    let long = "x".repeat(1_000_000);
    // An argument of that length is refused by the system where it is not by us.
    let short = &long[..100_000];
    assert_failed(
        &work.sheaf(&["settings", "--author-name", short]),
        "bad-setting",
        "long",
    );
    before.untouched(&work.desk, "settings");
    // What another program wrote is kept as it is beside ours.
    let config = work.dir.join(".git/config");
    let odd = format!(
        "[evil \"a\\\\b\"]\n\tlong = {}\n\ttrailing = \"x\r\"\n",
        "y".repeat(900_000)
    );
    fs::write(&config, format!("{}{odd}", fs::read_to_string(&config).unwrap())).unwrap();
    work.desk
        .ok(&work.dir, &["settings", "--author-name", "Dana Other"]);
    assert!(fs::read_to_string(&config).unwrap().contains(&odd));
    assert_eq!(work.desk.git(&work.dir, &["config", "user.name"]), "Dana Other");
}
