//! A program wrote the whole file anew on one side, and on the other somebody edited it.

use serde_json::Value;
use sheaf_collection::yaml_text::{self, Dialect};

use crate::common::merging::State;
use crate::common::set;
use crate::depot::{BASE, LIST, PLACE, tree};
use crate::shape::{Git, Shape};

const NOW: i64 = 1_719_000_000_000;

fn with(path: &str, text: String) -> State {
    let mut state = tree();
    state.0.insert(path.to_owned(), text.into_bytes());
    state
}

/// A file after `change`.
fn rewritten(path: &str, change: impl Fn(&str) -> String) -> State {
    let before = tree().text(path);
    let after = change(&before);
    assert_ne!(before, after);
    with(path, after)
}

fn in_alphabet(text: &str) -> String {
    let Value::Object(map) = yaml_text::read(text).unwrap() else {
        panic!("{text}")
    };
    let mut keys: Vec<_> = map.into_iter().collect();
    keys.sort_by(|one, other| one.0.cmp(&other.0));
    yaml_text::write(&Value::Object(keys.into_iter().collect()), Dialect::Yaml1)
}

fn newer_keys(text: &str) -> String {
    text.replace("modified: 1718000000000", "modified: 1718500000000")
        .replace(
            "isPrivate: false\n",
            "isPrivate: false\npathParameters: []\nafterResponseScript: \"\"\n",
        )
}

fn indented(text: &str) -> String {
    let mut wide = String::new();
    for line in text.split_inclusive('\n') {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        wide.push_str(&" ".repeat(spaces));
        wide.push_str(line);
    }
    wide
}

type Rewrite = (&'static str, fn(&str) -> String);

fn edited(path: &str) -> State {
    let base = tree();
    match path {
        BASE => base.set("env_base", &[set("data.page_size", 50)], NOW),
        _ => base.set("req_place", &[set("url", "/v2/orders")], NOW),
    }
}

#[test]
fn texts() {
    let rewrites: [Rewrite; 6] = [
        ("keys in the order of the alphabet", in_alphabet),
        ("keys of a newer version", newer_keys),
        ("quotes around everything", |text| {
            text.replace("name: Place an order", "name: 'Place an order'")
                .replace(
                    "url: \"{{ _.base_url }}/orders\"",
                    "url: '{{ _.base_url }}/orders'",
                )
                .replace("modified: 1718000000000", "modified: 1718500000000")
        }),
        ("lines that end as on Windows", |text| text.replace('\n', "\r\n")),
        ("a mark in front", |text| format!("\u{feff}{text}")),
        ("no end of the last line", |text| text.trim_end().to_owned()),
    ];
    let mut shapes = Vec::new();
    for (name, change) in rewrites {
        let shape = Shape::new(name, &tree(), rewritten(PLACE, change), edited(PLACE));
        shapes.push(
            match name {
                // Git takes both where only the first or the last line differs.
                "a mark in front" | "no end of the last line" => shape.git(Git::Merges),
                _ => shape,
            }
            .holds("req_place", "/url", "/v2/orders"),
        );
    }
    // In a request what a block of text says would change, too.
    let wide = Shape::new(
        "a wider indentation",
        &tree(),
        rewritten(BASE, indented),
        edited(BASE),
    );
    shapes.push(wide.holds("env_base", "/data/page_size", 50));
    crate::check(shapes);
}

#[test]
fn both_sides() {
    let base = tree();
    crate::check(vec![
        Shape::new(
            "both opened it in a newer version",
            &base,
            rewritten(LIST, newer_keys),
            rewritten(LIST, |text| {
                newer_keys(text)
                    .replace("1718500000000", "1718600000000")
                    .replace(
                        "pathParameters: []\nafterResponseScript: \"\"\n",
                        "afterResponseScript: \"\"\npathParameters: []\n",
                    )
            }),
        ),
        Shape::new(
            "both opened it in a newer version and edited",
            &base,
            rewritten(LIST, newer_keys).set("req_list", &[set("method", "POST")], NOW),
            rewritten(LIST, newer_keys).set("req_list", &[set("url", "/v2/orders")], NOW + 5),
        )
        .holds("req_list", "/method", "POST")
        .holds("req_list", "/url", "/v2/orders"),
        Shape::new(
            "one writes nothing as null, the other as an empty map",
            &base,
            rewritten(LIST, |text| {
                text.replace("description: \"\"", "description: null")
                    .replace("1718000000000", "1718500000000")
            }),
            rewritten(LIST, |text| {
                text.replace("description: \"\"\n", "")
                    .replace("modified: 1718000000000", "modified: 1718600000000")
            }),
        ),
        Shape::new(
            "all files end as on Windows on one side, the other edits three of them",
            &base,
            State(
                base.0
                    .iter()
                    .map(|(path, bytes)| {
                        let text = String::from_utf8(bytes.clone()).unwrap();
                        (path.clone(), text.replace('\n', "\r\n").into_bytes())
                    })
                    .collect(),
            ),
            base.set("req_list", &[set("url", "/v2/orders")], NOW)
                .set("env_base", &[set("data.page_size", 50)], NOW)
                .set("fld_orders", &[set("name", "Purchases")], NOW),
        )
        .holds("req_list", "/url", "/v2/orders")
        .holds("env_base", "/data/page_size", 50)
        .holds("fld_orders", "/name", "Purchases"),
        Shape::new(
            "a colleague keeps comments in a file, the other edits",
            &base,
            base.replaced(LIST, "method: GET", "# for the dashboard\nmethod: GET"),
            base.set("req_list", &[set("method", "POST")], NOW),
        )
        .git(Git::Conflicts)
        .holds("req_list", "/method", "POST"),
    ]);
}
