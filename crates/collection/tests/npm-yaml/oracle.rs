//! A Node process that answers what the real packages make of a case.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::{Value, json};
use sheaf_collection::yaml_text::Dialect;

/// Asks the packages; one process answers all tests of this program.
pub(crate) struct Oracle {
    _process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// The one process. A test that failed while it asked leaves it as it was.
#[derive(Clone, Copy)]
pub(crate) struct Shared(&'static Mutex<Oracle>);

impl Shared {
    pub(crate) fn lock(self) -> MutexGuard<'static, Oracle> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a package writes for a value.
pub(crate) struct Written {
    pub text: String,
    /// What it reads of that; nothing where it cannot.
    pub back: Option<Value>,
}

impl Oracle {
    /// Nothing (and told) where Node or the packages are missing, which is a failure where tests run unattended.
    pub(crate) fn shared() -> Option<Shared> {
        static SHARED: OnceLock<Option<Mutex<Oracle>>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| match Oracle::start() {
            Ok(oracle) => Some(Mutex::new(oracle)),
            Err(reason) => {
                assert!(std::env::var_os("CI").is_none(), "the judge is missing: {reason}");
                eprintln!(
                    "skipped: {reason}. `npm ci` in crates/collection/tests/npm-yaml installs the judge."
                );
                None
            }
        });
        shared.as_ref().map(Shared)
    }

    fn start() -> Result<Self, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/npm-yaml");
        if !folder.join("node_modules/yaml2").is_dir() {
            return Err("the npm packages are not installed".to_owned());
        }
        let mut process = Command::new("node")
            .args(["--no-warnings", "oracle.mjs"])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("node does not start ({error})"))?;
        let (questions, answers) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        Ok(Self {
            _process: process,
            questions,
            answers: BufReader::new(answers),
        })
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.questions, "{}", json!([question])).expect("node listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("node answers");
        let answers: Value = serde_json::from_str(&line).expect("node answers in JSON");
        answers[0].clone()
    }

    /// A document with this value.
    pub(crate) fn write(&mut self, value: &Value, dialect: Dialect) -> Written {
        let answer = self.ask(&json!({ "dialect": format!("{dialect:?}"), "write": value }));
        Written {
            text: text(&answer),
            back: answer.pointer("/back/value").cloned(),
        }
    }

    /// The value of a document, or why there is none.
    pub(crate) fn read(&mut self, text: &str, dialect: Dialect) -> Result<Value, String> {
        let answer = self.ask(&json!({ "dialect": format!("{dialect:?}"), "read": text }));
        match &answer["error"] {
            Value::String(error) => Err(error.clone()),
            _ => Ok(answer["value"].clone()),
        }
    }

    /// A document parsed, changed at some paths, and written again.
    pub(crate) fn edit(&mut self, document: &str, changes: &Value, dialect: Dialect) -> String {
        let edit = json!({ "text": document, "changes": changes });
        text(&self.ask(&json!({ "dialect": format!("{dialect:?}"), "edit": edit })))
    }
}

fn text(answer: &Value) -> String {
    let text = answer["text"].as_str();
    text.unwrap_or_else(|| panic!("npm refuses: {answer}")).to_owned()
}

/// Values are the same where JavaScript prints them the same, in whatever order their keys are.
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            // The JSON between us and the judge is read with an error of some bits.
            (one - other).abs() <= one.abs() * f64::EPSILON * 4.0
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_there =
                |(key, value): (&String, &Value)| other.get(key).is_some_and(|there| same(value, there));
            one.len() == other.len() && one.iter().all(is_there)
        }
        _ => one == other,
    }
}
