//! What a remote without commits calls its first branch. Only the second version of the protocol says it, and
//! libgit2 speaks the first.

use super::exchange::{self, Service};
use super::operation::Operation;
use super::pkt_line::{line, lines};

/// The answer to this question is one line.
const ANSWER: usize = 4096;

/// Short name of the branch that HEAD of an empty remote is at, where it says.
pub(crate) fn unborn_head(operation: &Operation) -> Option<String> {
    let question = [
        line("command=ls-refs\n"),
        "0001".to_owned(),
        line("symrefs\n"),
        line("unborn\n"),
        line("ref-prefix HEAD\n"),
    ];
    let request = exchange::post(operation, Service::UploadPack)
        .header("Git-Protocol", "version=2")
        .body(question.concat() + "0000");
    let response = operation.send(request).ok()?;
    let mut response = exchange::posted(operation, Service::UploadPack, response).ok()?;
    said(&operation.read_up_to(&mut response, ANSWER).ok()?)
}

/// The branch in an answer.
pub(crate) fn said(answer: &[u8]) -> Option<String> {
    let name = lines(answer).find_map(|line| {
        let name = std::str::from_utf8(line)
            .ok()?
            .trim_end()
            .strip_prefix("unborn HEAD symref-target:refs/heads/")?;
        Some(name.to_owned())
    })?;
    git2::Branch::name_is_valid(&name).ok()?.then_some(name)
}
