//! One token, used in every way and with every failure; afterwards it is searched for everywhere.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sheaf_git_host::{Access, Fault, Listener, Refusal, Vendor};

use crate::support::{Desk, REPO, REQUEST_ID, files};
use crate::witness::holds;

/// With everything that is written in another way in an address.
const CANARY: &str = "canary+4711/%zz=token?&~x";
/// Hidden in an address that another program wrote.
const IN_ADDRESS: &str = "glpat-canary-in-address-0815";

/// What must not be found: the token as it is, percent-encoded, and in base64 wherever it begins.
fn forms(token: &str) -> Vec<String> {
    let letter = |byte: u8| match byte {
        b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let percent: String = token.bytes().map(letter).collect();
    let mut forms = vec![token.to_owned(), percent.clone(), percent.to_lowercase()];
    for before in ["", "a", "aa"] {
        let encoded = base64(format!("{before}{token}").as_bytes());
        // The ends depend on what stands around it.
        let middle = encoded[4..encoded.len() - 4].to_owned();
        forms.push(middle.replace('+', "-").replace('/', "_"));
        forms.push(middle);
    }
    forms
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let padded = [three[0], *three.get(1).unwrap_or(&0), *three.get(2).unwrap_or(&0)];
        let word = u32::from_be_bytes([0, padded[0], padded[1], padded[2]]);
        for at in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * at)) as usize & 63];
            out.push(if at > three.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

/// Looks at the arguments of every process of this computer while it lives.
struct Arguments {
    stop: Arc<AtomicBool>,
    seen: Arc<Mutex<BTreeSet<String>>>,
    thread: Option<std::thread::JoinHandle<usize>>,
}

impl Arguments {
    fn watched() -> Self {
        let (stop, seen) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(Mutex::new(BTreeSet::new())),
        );
        let (ends, found, forms) = (Arc::clone(&stop), Arc::clone(&seen), forms(CANARY));
        let thread = std::thread::spawn(move || {
            let mut looks = 0;
            while !ends.load(Ordering::Relaxed) {
                for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
                    let line = fs::read(process.path().join("cmdline")).unwrap_or_default();
                    if forms.iter().any(|form| holds(&line, form.as_bytes())) {
                        found
                            .lock()
                            .unwrap()
                            .insert(String::from_utf8_lossy(&line).into_owned());
                    }
                }
                looks += 1;
                std::thread::sleep(Duration::from_millis(3));
            }
            looks
        });
        Self {
            stop,
            seen,
            thread: Some(thread),
        }
    }

    /// The arguments that held it; there were enough looks to see any.
    fn end(mut self) -> Vec<String> {
        self.stop.store(true, Ordering::Relaxed);
        let looks = self.thread.take().unwrap().join().unwrap();
        assert!(looks > 10 || !cfg!(target_os = "linux"), "{looks} looks");
        let seen = self.seen.lock().unwrap();
        seen.iter().cloned().collect()
    }
}

/// Everything that was printed, of every command.
struct Said<'a> {
    desk: &'a Desk,
    dir: std::path::PathBuf,
    all: Vec<(String, Vec<u8>)>,
}

impl Said<'_> {
    fn run(&mut self, arguments: &[&str]) {
        let mut command = self.desk.command(&self.dir, arguments);
        command.env("SHEAF_TOKEN", CANARY).env("RUST_LOG", "trace");
        self.keep(arguments, command.output().unwrap());
    }

    fn run_in_words(&mut self, arguments: &[&str]) {
        let ran = self.desk.command(&self.dir, arguments);
        let mut command = Command::new(env!("CARGO_BIN_EXE_sheaf"));
        command.envs(ran.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
            .current_dir(&self.dir)
            .args(arguments)
            .env("SHEAF_TOKEN", CANARY);
        self.keep(arguments, command.output().unwrap());
    }

    fn run_from_input(&mut self, arguments: &[&str]) {
        use std::io::Write;
        let mut command = self
            .desk
            .command(&self.dir, &[&["--token-stdin"], arguments].concat());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(format!("{CANARY}\n").as_bytes())
            .unwrap();
        self.keep(arguments, child.wait_with_output().unwrap());
    }

    fn keep(&mut self, arguments: &[&str], output: Output) {
        self.all
            .push((arguments.join(" "), [output.stdout, output.stderr].concat()));
    }

    /// Whatever asks the host.
    fn run_what_asks(&mut self) {
        for command in [
            &["check"][..],
            &["fetch"],
            &["pull"],
            &["push"],
            &["push", "--new-branch", "canary"],
            &["branch", "fetch", "theirs"],
            &["branch", "delete", "theirs", "--remote"],
            &["tag", "push", "v1"],
        ] {
            self.run(command);
        }
        let (url, ca) = (self.desk.url(), self.desk.ca());
        self.run(&["clone", &url, "../again", "--ca-file", &ca]);
        let _ = fs::remove_dir_all(self.desk.path("again"));
    }

    fn run_all(&mut self) {
        self.run_what_asks();
        for command in [
            &["pull", "--rebase"][..],
            &["push", "--force"],
            &["settings"],
            &["settings", "--save-token"],
            &["status"],
            &["undo", "--list"],
        ] {
            self.run(command);
            self.run_in_words(command);
        }
        self.run_from_input(&["fetch"]);
    }
}

#[test]
fn a_token_is_nowhere_whatever_is_done_with_it() {
    let desk = Desk::with_collection();
    desk.host.add_token(CANARY, "dana", Access::ReadWrite);
    let watched = Arguments::watched();
    let dir = desk.clone("work");
    desk.colleague("theirs", &[("theirs.md", "theirs\n")], "Theirs");
    desk.git(&dir, &["tag", "v1"]);
    let mut said = Said {
        desk: &desk,
        dir: dir.clone(),
        all: Vec::new(),
    };
    let mut edits = 0;
    let mut commit = |desk: &Desk| {
        edits += 1;
        desk.ok(
            &dir,
            &["set", REQUEST_ID, "url", &format!("https://{edits}.example.test")],
        );
        desk.ok(&dir, &["commit", "-m", &format!("Edit {edits}")]);
    };
    commit(&desk);
    said.run_all();
    // Hosts that repeat it, in every form.
    let echo = forms(CANARY).join("\n");
    for refusal in [Refusal::Hook(echo.clone()), Refusal::SecretFound] {
        commit(&desk);
        desk.host.refuse(REPO, refusal).unwrap();
        said.run(&["push"]);
        desk.host.accept_pushes(REPO).unwrap();
    }
    commit(&desk);
    desk.host.protect(REPO, "main", Vendor::GitHub).unwrap();
    said.run(&["push"]);
    let one_line = forms(CANARY).join(" ");
    let packet = format!("{:04x}ERR {one_line}", one_line.len() + 8);
    let to = |text: &str| format!("{}/{text}", desk.host.other_origin());
    let percent = forms(CANARY)[1].clone();
    for fault in [
        Fault::Forbidden(echo.clone()),
        Fault::Status(500, echo.clone()),
        Fault::TooLarge(echo),
        Fault::UnauthorizedWithoutChallenge,
        Fault::NotFound,
        Fault::CaptivePage,
        Fault::RedirectOther,
        Fault::RedirectHttp,
        Fault::PostRedirect307,
        Fault::RedirectLoop,
        Fault::RedirectTo(to(&percent)),
        Fault::RedirectTo(to(&format!("x?token={percent}"))),
        Fault::List(packet.into_bytes()),
        Fault::CutAfterBytes(20),
        Fault::FlipByteAt(80),
        Fault::Unavailable {
            retry_after_seconds: 3600,
        },
    ] {
        desk.host.fault(REPO, Some(fault));
        said.run_what_asks();
        said.run_in_words(&["fetch"]);
        said.run_in_words(&["push"]);
    }
    desk.host.fault(REPO, None);
    desk.host.remove_token(CANARY);
    said.run_all();
    assert_nobody_else_was_told(&desk);
    assert_eq!(watched.end(), Vec::<String>::new(), "arguments");
    assert_silent(&said.all, CANARY);
    assert_in_no_file(&desk, CANARY);
    desk.git(&dir, &["fsck", "--strict", "--no-dangling"]);
}

/// Only the host it is for was given it, and nothing at all was sent elsewhere.
fn assert_nobody_else_was_told(desk: &Desk) {
    let requests = desk.host.requests();
    assert!(
        requests
            .iter()
            .any(|r| r.authorization.as_ref().is_some_and(|a| a.token == CANARY))
    );
    for request in requests
        .iter()
        .filter(|request| request.listener != Listener::Main)
    {
        assert!(request.authorization.is_none(), "{request:?}");
    }
    assert!(
        requests
            .iter()
            .all(|request| !forms(CANARY).iter().any(|form| request.path.contains(form)))
    );
}

fn assert_silent(said: &[(String, Vec<u8>)], token: &str) {
    for (command, bytes) in said {
        for form in forms(token) {
            let text = String::from_utf8_lossy(bytes);
            assert!(
                !holds(bytes, form.as_bytes()),
                "sheaf {command} says {form}: {text}"
            );
        }
    }
}

/// The whole home folder of the run: projects, their `.git`, settings, notes.
fn assert_in_no_file(desk: &Desk, token: &str) {
    for (path, bytes) in files(desk.home(), &|_| true) {
        let name = path.to_string_lossy().into_owned();
        for form in forms(token) {
            assert!(
                !holds(&bytes, form.as_bytes()) && !name.contains(&form),
                "{form} is in {name}"
            );
        }
    }
}

/// An address with a token inside that another program wrote is shown, told and sent without it.
#[test]
fn a_token_in_an_address_is_never_repeated() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let with_token = desk
        .url()
        .replace("https://", &format!("https://dana:{IN_ADDRESS}@"));
    desk.git(&dir, &["config", "remote.origin.url", &with_token]);
    desk.host.clear_requests();
    let mut said = Said {
        desk: &desk,
        dir: dir.clone(),
        all: Vec::new(),
    };
    for command in [
        &["open", "."][..],
        &["status"],
        &["settings"],
        &["fetch"],
        &["pull"],
        &["push"],
        &["log"],
        &["branch", "list"],
    ] {
        said.run(command);
    }
    let told = desk.ok(&dir, &["open", "."])["addressToken"].clone();
    assert!(told.as_str().unwrap().starts_with("localhost:"), "{told}");
    // Without a keychain it would be lost, so it stays.
    let moved = desk.sheaf(&dir, &["settings", "--move-token"]);
    assert_eq!((moved.status, moved.code()), (1, "keychain"), "{}", moved.stdout);
    assert_eq!(desk.git(&dir, &["config", "remote.origin.url"]), with_token);
    let lone = desk.url().replace("https://", &format!("https://{IN_ADDRESS}@"));
    desk.git(&dir, &["config", "remote.origin.url", &lone]);
    said.run(&["fetch"]);
    said.run(&["settings"]);
    assert!(desk.host.requests().is_empty());
    assert_silent(&said.all, IN_ADDRESS);
    desk.git(&dir, &["config", "remote.origin.url", &desk.url()]);
    assert_in_no_file(&desk, IN_ADDRESS);
}

/// A user name alone is no secret and needs no keychain.
#[test]
fn a_user_name_in_an_address_moves_to_the_settings() {
    let desk = Desk::with_collection();
    let dir = desk.clone("work");
    let with_user = desk.url().replace("https://", "https://dana@");
    desk.git(&dir, &["config", "remote.origin.url", &with_user]);
    let ran = desk.sheaf(&dir, &["fetch"]);
    assert_eq!(
        (ran.status, ran.code()),
        (1, "uri-with-credentials"),
        "{}",
        ran.stdout
    );
    let settings = desk.ok(&dir, &["settings", "--move-token"]);
    assert_eq!(settings["uri"], desk.url());
    assert_eq!(settings["username"], "dana");
    assert_eq!(desk.git(&dir, &["config", "remote.origin.url"]), desk.url());
    desk.ok(&dir, &["fetch"]);
    assert!(desk.ok(&dir, &["status"])["addressToken"].is_null());
}
