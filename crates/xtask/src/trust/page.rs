//! `docs/TRUST.md`, made of the cases.

use super::case::{Case, Chapter, Check};

const HEAD: &str = "\
# What Sheaf withstands

Every fault and attack on this page is tried by the tests beside it. They come from three sources: what other Git programs
fell for, what libgit2 was seen to do, and what networks, disks and hosts do on a bad day. `cargo xtask test --suite trust`
runs exactly these tests and fails where one of them is missing; `cargo xtask trust` writes this page from the list in
`crates/xtask/src/trust`.

The *outcome* is what a person or a program gets; a word in `code` is the stable code of an error or a refusal. *Checks* says
what is looked at afterwards:

";

/// The page.
pub(super) fn page(chapters: &[Chapter]) -> String {
    let cases = || chapters.iter().flat_map(|chapter| chapter.cases);
    let shown = cases().filter(|case| !case.tests.is_empty()).count();
    let (all, open) = (cases().count(), cases().count() - shown);
    let mut page = vec![HEAD.to_owned()];
    page.extend(Check::ALL.map(|check| format!("- **{}**: {}\n", check.word(), check.meaning())));
    page.push(format!(
        "\n{all} cases; {shown} are shown, {open} are not yet, and say why.\n"
    ));
    let mut numbers = 1..;
    for chapter in chapters {
        page.push(format!("\n## {}\n\n", chapter.title));
        page.push("| No. | Case | Outcome | Checks | Shown by |\n|---:|---|---|---|---|\n".to_owned());
        let lines = chapter.cases.iter().zip(&mut numbers);
        page.extend(lines.map(|(case, number)| line(number, case)));
    }
    page.concat()
}

fn line(number: u32, case: &Case) -> String {
    let checks: Vec<&str> = case.checks.iter().map(|check| check.word()).collect();
    let mut shown: Vec<String> = case.tests.iter().map(|test| format!("`{test}`")).collect();
    if shown.is_empty() {
        shown.push("**not yet**".to_owned());
    }
    if !case.note.is_empty() {
        shown.push(case.note.to_owned());
    }
    format!(
        "| {number} | **{}**: {} | {} | {} | {} |\n",
        case.name,
        case.what,
        case.outcome,
        checks.join(", "),
        shown.join("<br>")
    )
}
