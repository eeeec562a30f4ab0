//! Files that are taken as a whole: by their lines where the sides agree, or by a question.

use serde_json::Value;

use super::asks::Asks;
use super::lines::merge_lines;
use super::states::{State, States};
use crate::collections::Collections;
use crate::model::{Answer, Asks as What, FileEdit, Kind, Question, QuestionId, ResourceId};

type Bytes<'m> = Option<&'m [u8]>;

/// What becomes of the file; nothing while a question is open. `by_lines` says whether lines may be taken from both.
pub(super) fn merge_whole<'m>(
    states: &'m States<'m>,
    path: &str,
    by_lines: bool,
    asks: &mut Asks<'m>,
) -> Option<FileEdit> {
    let bytes = |state: &State<'m>| state.bytes(path);
    let bases: Vec<Bytes<'m>> = states.bases.iter().map(bytes).collect();
    let (ours, theirs) = (bytes(&states.ours), bytes(&states.theirs));
    let base = match bases.split_first() {
        Some((first, rest)) if rest.iter().all(|other| other == first) => Some(*first),
        _ => None,
    };
    if ours == theirs || base == Some(theirs) {
        return None;
    }
    let after = |after: Bytes<'_>| {
        Some(FileEdit {
            path: path.to_owned(),
            after: after.map(<[u8]>::to_vec),
        })
    };
    if base == Some(ours) {
        return after(theirs);
    }
    let texts = || {
        let text = |bytes: Bytes<'m>| std::str::from_utf8(bytes?).ok();
        let merged = merge_lines(text(base?)?, text(ours)?, text(theirs)?)?;
        is_read(path, &merged).then_some(merged)
    };
    if let Some(text) = by_lines.then(texts).flatten() {
        return after(Some(text.as_bytes()));
    }
    let id = QuestionId(path.to_owned());
    match asks.answer(&id) {
        Some(Answer::Ours) => None,
        Some(Answer::Theirs) => after(theirs),
        Some(Answer::Value {
            value: Value::String(text),
        }) => after(Some(text.as_bytes())),
        _ => {
            let base = base.or(bases.first().copied()).flatten();
            asks.push(file_question(id, path, [base, ours, theirs]));
            None
        }
    }
}

/// What merges cleanly by lines must not become unreadable by that.
fn is_read(path: &str, text: &str) -> bool {
    let file = Collections::read([(path.to_owned(), text.as_bytes().to_vec())]);
    file.files
        .values()
        .all(|file| !file.parsed().resources.is_empty())
}

fn file_question(id: QuestionId, path: &str, values: [Bytes<'_>; 3]) -> Question {
    let text =
        |bytes: Bytes<'_>| bytes.map(|bytes| std::str::from_utf8(bytes).map_or(Value::Null, Value::from));
    let [base, ours, theirs] = values.map(text);
    Question {
        id,
        resource: ResourceId(path.to_owned()),
        kind: Kind::File,
        name: crate::tree::file_name(path),
        method: None,
        location: Vec::new(),
        file: path.to_owned(),
        field: None,
        label: "file".to_owned(),
        asks: What::File,
        base,
        ours,
        theirs,
    }
}
