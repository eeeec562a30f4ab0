//! A collection in one large file: reading it, and saving one field.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use sheaf_project::collection::Collections;
use sheaf_project::collection::model::{FieldEdit, ResourceId};
use sheaf_project::git::repository::Repo;

use super::disk::write_safely;
use super::{Rows, project};
use crate::failure::Failure;
use crate::fixture::Fixture;
use crate::measure::{clock, in_turn};
use crate::report::{Bar, Row};

pub(super) fn rows(fixture: &Fixture, rounds: usize) -> Rows {
    let (root, name) = (&fixture.root, &fixture.paths[0]);
    let file = root.join(name);
    let bytes = fs::read(&file)?;
    let read = || Collections::read([(name.clone(), bytes.clone())]);
    let mut node = Node::start(&file)?;
    let mut parse = || clock(|| Ok::<_, Failure>(read().trees().len()));
    let mut npm = || node.parse();
    let [parse, npm] = in_turn(rounds, [&mut parse, &mut npm])?;

    let id = ResourceId(Fixture::v5_request(1234));
    let known = project(root)?;
    known.view()?;
    let collections = read();
    collections.trees();
    let repo = Repo::open(root)?;
    let mut turn = 0;
    let mut edit = || {
        turn += 1;
        clock(|| known.edit(&id, None, &[url(turn)]))
    };
    let mut patch = || clock(|| collections.set_fields(&id, &[url(9999)], 0));
    let copy = file.with_extension("copy");
    let mut disk = || clock(|| write_safely(&copy, &bytes));
    let mut scan = || clock(|| repo.scan());
    let mut written = 0;
    let mut write = || {
        written += 1;
        let mut other = bytes.clone();
        other.extend_from_slice(format!("# {written}\n").as_bytes());
        clock(|| repo.write_files(&[("copy.txt".to_owned(), Some(other))], "Edit"))
    };
    let [edit, patch, scan, write, disk] =
        in_turn(rounds, [&mut edit, &mut patch, &mut scan, &mut write, &mut disk])?;
    Ok(vec![
        Row::beside("parse 4 MB, 3,000 requests", parse, "npm yaml 2", npm, 0.2),
        Row::alone(
            "edit one field of it and save",
            edit,
            Bar::Within(Duration::from_millis(20)),
        ),
        Row::alone("  of which: the patch of the text", patch, Bar::None),
        Row::alone("  of which: one look at the work tree", scan, Bar::None),
        Row::alone("  of which: undo point and file", write, Bar::None),
        Row::alone("  of which: write, sync and rename of 4 MB", disk, Bar::None),
    ])
}

fn url(turn: usize) -> FieldEdit {
    FieldEdit {
        path: "url".to_owned(),
        value: Some(Value::String(format!("https://parcels.example.test/{turn}"))),
    }
}

/// Node with the library Insomnia uses, warm, parsing when it is asked to.
struct Node {
    process: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Node {
    fn start(file: &Path) -> Result<Self, Failure> {
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("parse.mjs");
        let mut process = Command::new("node")
            .arg(script)
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(ask), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(Failure::new("node has no pipes"));
        };
        let answers = BufReader::new(answers);
        Ok(Self {
            process,
            ask,
            answers,
        })
    }

    fn parse(&mut self) -> Result<Duration, Failure> {
        writeln!(self.ask, "go")?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(Duration::from_secs_f64(line.trim().parse::<f64>()? / 1000.0))
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It has nothing to lose; one that has ended already cannot be ended again.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
