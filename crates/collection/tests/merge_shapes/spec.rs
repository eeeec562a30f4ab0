//! Two people worked on the description of an API.

use crate::common::merging::State;
use crate::common::set;
use crate::depot::{SPEC, tree};
use crate::shape::{Git, Shape};

const AT: [i64; 2] = [1_719_000_000_000, 1_719_000_500_000];

fn contents(base: &State) -> String {
    base.field("spc_depot", "/contents").as_str().unwrap().to_owned()
}

/// A side with other contents.
fn with(edit: impl Fn(&str) -> String, now: i64) -> State {
    let base = tree();
    let before = contents(&base);
    let after = edit(&before);
    assert_ne!(before, after);
    base.set("spc_depot", &[set("contents", after)], now)
}

fn replaced(from: &'static str, to: &'static str) -> impl Fn(&str) -> String {
    move |text| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    }
}

/// As a formatter leaves it: one empty line at most, nothing behind a line.
fn formatted(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && lines.last().is_some_and(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n") + "\n"
}

fn both(name: &'static str, ours: impl Fn(&str) -> String, theirs: impl Fn(&str) -> String) -> Shape {
    Shape::new(name, &tree(), with(ours, AT[0]), with(theirs, AT[1]))
}

#[test]
fn operations() {
    let orders = "  /orders/{id}:\n";
    let end = "components:\n";
    crate::check(vec![
        both(
            "each edits an operation",
            replaced("summary: List orders", "summary: List all orders"),
            replaced("summary: Place an order", "summary: Place one order"),
        ),
        both(
            "both add an operation to a path",
            replaced(
                orders,
                "    delete:\n      summary: Cancel all\n  /orders/{id}:\n",
            ),
            replaced(orders, "    head:\n      summary: Count\n  /orders/{id}:\n"),
        ),
        both(
            "both add a path at the end",
            replaced(end, "  /stock:\n    get:\n      summary: Stock\ncomponents:\n"),
            replaced(end, "  /labels:\n    post:\n      summary: Upload\ncomponents:\n"),
        ),
        both(
            "both add a parameter",
            replaced(
                "            type: integer\n",
                "            type: integer\n        - name: size\n          in: query\n",
            ),
            replaced(
                "            type: integer\n",
                "            type: integer\n        - name: sort\n          in: query\n",
            ),
        )
        .asks(&[]),
        both(
            "both add a schema at the end",
            |text| format!("{text}    Label:\n      type: string\n"),
            |text| format!("{text}    Stock:\n      type: integer\n"),
        ),
        both(
            "the same path twice, with other words",
            replaced(end, "  /stock:\n    get:\n      summary: Stock\ncomponents:\n"),
            replaced(
                end,
                "  /stock:\n    get:\n      summary: What is there\ncomponents:\n",
            ),
        )
        .asks(&["spc_depot:contents"]),
        both(
            "both raise the version",
            replaced("version: 1.4.0", "version: 1.5.0"),
            replaced("version: 1.4.0", "version: 2.0.0"),
        )
        .asks(&["spc_depot:contents"]),
        both(
            "both raise the version to the same, and each adds a path",
            |text| {
                text.replace("1.4.0", "1.5.0")
                    .replace(end, "  /stock:\n    get: {}\ncomponents:\n")
            },
            |text| {
                text.replace("1.4.0", "1.5.0")
                    .replace(end, "  /labels:\n    get: {}\ncomponents:\n")
            },
        ),
        both(
            "both add a server",
            replaced("tags:\n", "  - url: https://a.example.test\ntags:\n"),
            replaced("tags:\n", "  - url: https://b.example.test\ntags:\n"),
        ),
    ]);
}

#[test]
fn white_space() {
    crate::check(vec![
        both(
            "one formats all of it, the other edits an operation",
            formatted,
            replaced("summary: List orders", "summary: List all orders"),
        ),
        both(
            "one formats all of it, the other adds empty lines and edits",
            formatted,
            |text| {
                text.replace("\n\n\n", "\n\n\n\n\n\n\n")
                    .replace("summary: Place an order", "summary: Place one order")
            },
        ),
        both(
            "both only move empty lines",
            |text| text.replace("\n\n\n", "\n\n\n\n\n"),
            |text| text.replace("\n\n\n", "\n\n\n\n"),
        ),
        both(
            "one indents a list, the other edits within it",
            replaced(
                "servers:\n  - url: https://depot.example.test\n    description: where it runs\n",
                "servers:\n- url: https://depot.example.test\n  description: where it runs\n",
            ),
            replaced("description: where it runs", "description: in production"),
        ),
        Shape::new(
            "one renames the file and formats, the other edits",
            &tree(),
            tree().set(
                "spc_depot",
                &[
                    set("contents", formatted(&contents(&tree()))),
                    set("fileName", "depot"),
                ],
                AT[0],
            ),
            with(replaced("summary: One order", "summary: An order"), AT[1]),
        ),
    ]);
}

#[test]
fn conflict_markers_that_were_committed() {
    let base = tree();
    let markers =
        "<<<<<<< HEAD\nmodified: 1718500000000\n=======\nmodified: 1718600000000\n>>>>>>> 1f2e3d4\n";
    let committed = base.replaced(SPEC, "modified: 1718000000000\n", markers);
    let within = base
        .replaced(
            SPEC,
            "  servers:\n",
            "<<<<<<< HEAD\n  servers:\n=======\n>>>>>>> 1f2e3d4\n",
        )
        .replaced(SPEC, "modified: 1718000000000", "modified: 1718500000000");
    crate::check(vec![
        Shape::new(
            "one committed the markers of an earlier conflict",
            &base,
            committed,
            with(
                replaced("summary: List orders", "summary: List all orders"),
                AT[1],
            ),
        )
        .asks(&[SPEC]),
        Shape::new(
            "one committed markers in the middle",
            &base,
            within,
            with(
                replaced("summary: List orders", "summary: List all orders"),
                AT[1],
            ),
        )
        .asks(&[SPEC]),
        Shape::new(
            "one takes the markers out",
            &base.replaced(SPEC, "modified: 1718000000000\n", markers),
            base.clone(),
            base.replaced(SPEC, "modified: 1718000000000\n", markers)
                .replaced(SPEC, "summary: List orders", "summary: List all orders"),
        )
        .git(Git::Merges),
    ]);
}
