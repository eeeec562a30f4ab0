//! Files that are broken or foreign: each is shown with what is wrong where, and everything else works as before.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fmt::Write;

use common::{NOW, applied, id, set};
use sheaf_collection::Collections;
use sheaf_collection::model::{CollectionTree, Kind, Problem, TreeNode};

/// Added to the shop, with what is said about it: code, line and column. Nothing is said about what is fine.
struct Case {
    what: &'static str,
    path: &'static str,
    bytes: Vec<u8>,
    said: Option<(&'static str, Option<(u32, u32)>)>,
}

const REQUEST: &str = ".insomnia/Request/req_9.yml";
const V5: &str = "apis/nine.yaml";

fn case(
    what: &'static str,
    path: &'static str,
    bytes: impl Into<Vec<u8>>,
    code: &'static str,
    place: impl Into<Option<(u32, u32)>>,
) -> Case {
    Case {
        what,
        path,
        bytes: bytes.into(),
        said: Some((code, place.into())),
    }
}

fn fine(what: &'static str, path: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    Case {
        what,
        path,
        bytes: bytes.into(),
        said: None,
    }
}

fn request(rest: &str) -> String {
    format!("_id: req_9\ntype: Request\nparentId: fld_1\nname: Nine\n{rest}")
}

fn collection(rest: &str) -> String {
    format!("type: collection.insomnia.rest/5.0\nname: Nine\nmeta:\n  id: wrk_9\n{rest}")
}

/// Ten values, ten times ten of them, and so on.
fn bomb() -> String {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let refs = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "a{level}: &a{level} [{refs}]").unwrap();
    }
    text
}

const CONFLICT: &str = "<<<<<<< ours\nurl: /a\n=======\nurl: /b\n>>>>>>> theirs\n";

/// What can be wrong with the text of any file, whatever it should hold.
fn broken_texts(path: &'static str, around: fn(&str) -> String) -> Vec<Case> {
    let text = |rest: &str| around(rest).into_bytes();
    let line = u32::try_from(around("").lines().count()).unwrap() + 1;
    let mut cases = beyond_limits(path, around, line);
    cases.extend(fine_texts(path, around));
    cases.extend([
        case(
            "conflict markers",
            path,
            text(CONFLICT),
            "conflict-markers",
            (line, 1),
        ),
        case(
            "one line of a conflict",
            path,
            text("=======\n"),
            "conflict-markers",
            (line, 1),
        ),
        case(
            "conflict markers of Windows",
            path,
            text(&CONFLICT.replace('\n', "\r\n")),
            "conflict-markers",
            (line, 1),
        ),
        case(
            "wrong indentation",
            path,
            text("a: b\n  c: d\n"),
            "syntax",
            (line + 1, 4),
        ),
        case(
            "a bracket that never ends",
            path,
            text("a: [1, 2\n"),
            "syntax",
            (line + 1, 1),
        ),
        case(
            "a quote that never ends",
            path,
            text("a: \"b\nc: d\n"),
            "syntax",
            (line, 4),
        ),
        case(
            "text pasted at the end",
            path,
            text("Hello, can you look at this?\n"),
            "syntax",
            (line + 1, 1),
        ),
        case("a key twice", path, text("a: 1\na: 2\n"), "syntax", (line + 1, 1)),
        case(
            "a key twice within",
            path,
            text("a:\n  b: 1\n  b: 2\n"),
            "syntax",
            (line + 2, 3),
        ),
        case("two documents", path, text("---\na: 1\n"), "syntax", (line, 1)),
        case(
            "tabs for indentation",
            path,
            text("a:\n\tb: 1\n"),
            "syntax",
            (line + 1, 2),
        ),
        case("an alias to nothing", path, text("a: *b\n"), "syntax", (line, 4)),
        case(
            "no UTF-8",
            path,
            [&text(""), &b"a: \xff\xfe\n"[..]].concat(),
            "encoding",
            (line, 4),
        ),
        case("a NUL", path, text("a: b\0c\n"), "encoding", (line, 5)),
    ]);
    cases
}

/// What would take too much time or memory.
fn beyond_limits(path: &'static str, around: fn(&str) -> String, line: u32) -> Vec<Case> {
    let text = |rest: &str| around(rest).into_bytes();
    let blocks = format!("deep: \n  {}a\n", "- ".repeat(10_000));
    let flow = format!("deep: {}\n", "[".repeat(10_000));
    let maps = format!("deep: {}\n", "{a: ".repeat(10_000));
    vec![
        case(
            "an alias to itself",
            path,
            text("a: &b [*b]\n"),
            "alias-bomb",
            (line, 8),
        ),
        case("an alias bomb", path, text(&bomb()), "alias-bomb", (line + 4, 45)),
        case(
            "deep lists in lines",
            path,
            text(&blocks),
            "too-deep",
            (line + 1, 513),
        ),
        case(
            "deep lists in brackets",
            path,
            text(&flow),
            "too-deep",
            (line, 262),
        ),
        case("deep maps in braces", path, text(&maps), "too-deep", (line, 1027)),
        case("more than 100 MB", path, large(&text("")), "too-large", None),
    ]
}

/// What is odd, and none of it wrong.
fn fine_texts(path: &'static str, around: fn(&str) -> String) -> Vec<Case> {
    let text = |rest: &str| around(rest).into_bytes();
    vec![
        fine(
            "a byte order mark",
            path,
            [&b"\xef\xbb\xbf"[..], &text("")].concat(),
        ),
        fine(
            "line ends of Windows",
            path,
            around("a: |-\n  b\n  c\n").replace('\n', "\r\n"),
        ),
        fine(
            "keys that nobody knows",
            path,
            text("x-own: [1, {a: b}]\nother:\n  - 1\n"),
        ),
        fine("an anchor with an alias", path, text("x: &a {b: c}\ny: *a\n")),
        fine(
            "200 levels",
            path,
            text(&format!("a: {}{}\n", "[".repeat(200), "]".repeat(200))),
        ),
        fine(
            "text that begins with a tab",
            path,
            text("a: |\n  \tb\n    \tc\nb: |-\n\n  \td\n"),
        ),
        fine(
            "what looks like a conflict in a text",
            path,
            text("a: |\n  =======\n  <<<<<<< b\n"),
        ),
        fine(
            "a document mark before and behind",
            path,
            mark(&text(""), path == V5),
        ),
    ]
}

fn large(head: &[u8]) -> Vec<u8> {
    let mut bytes = head.to_vec();
    bytes.extend(b"a: ");
    bytes.resize(100 * 1024 * 1024 + 1, b'x');
    bytes
}

fn mark(text: &[u8], is_v5: bool) -> Vec<u8> {
    // Insomnia does not see a collection file that begins with a mark.
    let before: &[u8] = if is_v5 { b"" } else { b"---\n" };
    [before, text, b"...\n"].concat()
}

fn cases() -> Vec<Case> {
    let mut cases = broken_texts(REQUEST, request);
    cases.extend(broken_texts(V5, collection));
    let json = ".insomnia/Request/req_9.json";
    cases.extend([
        case("nothing", REQUEST, "", "not-a-map", (1, 1)),
        case("nothing but comments", REQUEST, "# a\n\n# b\n", "not-a-map", (4, 1)),
        case("nothing but a mark", REQUEST, "---\n", "not-a-map", (2, 1)),
        case("a letter", REQUEST, "Dear all,\nlook at this.\n", "not-a-map", (1, 1)),
        case("a list at the top", REQUEST, "- a\n- b\n", "not-a-map", (1, 1)),
        case("UTF-16", REQUEST, b"\xff\xfe_\0i\0d\0".to_vec(), "encoding", (1, 1)),
        case("another id", REQUEST, "_id: req_8\ntype: Request\n", "id-mismatch", (1, 6)),
        case("no id", REQUEST, "type: Request\n", "id-mismatch", (1, 1)),
        case("an id that is a number", REQUEST, "_id: 9\ntype: Request\n", "id-mismatch", (1, 6)),
        case("another type", REQUEST, "_id: req_9\ntype: Environment\n", "type-mismatch", (2, 7)),
        case("no type", REQUEST, "_id: req_9\n", "type-mismatch", (1, 1)),
        case(
            "a type that nobody knows",
            ".insomnia/Teapot/tea_1.yml",
            "_id: tea_1\ntype: Teapot\nparentId: wrk_1\n",
            "unknown-type",
            (2, 7),
        ),
        case("a missing parent", REQUEST, request("").replace("fld_1", "fld_8"), "missing-parent", (3, 1)),
        case("no parent", REQUEST, request("").replace("parentId: fld_1\n", ""), "missing-parent", None),
        case(
            "a folder in itself",
            ".insomnia/RequestGroup/fld_9.yml",
            "_id: fld_9\ntype: RequestGroup\nparentId: fld_9\nname: Nine\n",
            "cycle",
            (3, 1),
        ),
        case(
            "an id that another file has",
            "services/.insomnia/Request/req_1.yml",
            "_id: req_1\ntype: Request\nparentId: fld_1\nname: Nine\n",
            "duplicate-id",
            (1, 1),
        ),
        case(
            "an id of the tree in a collection file",
            V5,
            collection("collection:\n  - url: /\n    method: GET\n    meta:\n      id: req_1\n"),
            "duplicate-id",
            (9, 11),
        ),
        case(
            "an id twice in one file",
            V5,
            collection(
                "collection:\n  - url: /\n    meta: {id: req_8}\n    method: GET\n  - url: /\n    meta: {id: req_8}\n    method: GET\n",
            ),
            "duplicate-id",
            (10, 16),
        ),
        case("an item of no kind", V5, collection("collection:\n  - url: /\n    name: A\n"), "unknown-type", (6, 5)),
        case(
            "a type of a later version behind the line of this one",
            V5,
            "type: collection.insomnia.rest/5.0\ntype: other/9\n",
            "syntax",
            (2, 1),
        ),
        case("JSON that ends too soon", json, "{\"_id\": \"req_9\", \"type\": \"Request\"", "syntax", (1, 35)),
        case("deep JSON", json, "[".repeat(10_000), "too-deep", (1, 256)),
        fine("a folder that holds nothing", V5, collection("collection:\n  - name: A\n    children: []\n")),
        fine("things of other kinds than they should be", V5, collection("collection: 5\nenvironments: [1]\nspec: x\n")),
    ]);
    cases
}

#[test]
fn whatever_a_file_holds_it_is_told_and_harms_no_other() {
    let mut wrong = Vec::new();
    for case in cases() {
        let (what, path) = (format!("{} in {}", case.what, case.path), case.path);
        let shop = common::shop();
        let all = shop.with_files([(path.to_owned(), Some(case.bytes))]);
        let problems: Vec<Problem> = all.problems();
        let told: Vec<_> = problems
            .iter()
            .map(|problem| {
                (
                    problem.code.as_str(),
                    problem.path.as_str(),
                    problem.line.zip(problem.column),
                )
            })
            .collect();
        let expected: Vec<_> = case
            .said
            .map(|(code, place)| (code, path, place))
            .into_iter()
            .collect();
        if told != expected {
            wrong.push(format!("{what}: {problems:?}"));
        }
        for problem in &problems {
            assert_plain(&problem.message, &what);
        }
        assert!(
            all.trees().iter().any(|tree| shows(tree, path)),
            "{what} is not shown"
        );
        assert_others_work(&shop, &all, path, &what);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn assert_plain(message: &str, what: &str) {
    assert!(
        message.ends_with('.') && message.contains(' '),
        "{what}: {message}"
    );
    for raw in ["Error", "Some(", "None", "::", "{", "while ", "expect"] {
        assert!(!message.contains(raw), "{what}: {message}");
    }
}

fn shows(tree: &CollectionTree, path: &str) -> bool {
    fn in_nodes(nodes: &[TreeNode], path: &str) -> bool {
        nodes
            .iter()
            .any(|node| node.path == path || in_nodes(&node.children, path))
    }
    let lists = [&tree.items, &tree.environments, &tree.tests, &tree.others];
    tree.path == path || lists.into_iter().any(|nodes| in_nodes(nodes, path))
}

/// Every other resource can be edited, which writes its own file alone, and the file of the case stays as it is.
fn assert_others_work(shop: &Collections, all: &Collections, path: &str, what: &str) {
    let broken = id(path);
    let is_broken = all.resource(&broken).is_some();
    if is_broken {
        let view = all.resource(&broken).unwrap();
        assert!(view.read_only && view.kind == Kind::Broken, "{what}");
        let shown = view.fields["text"].as_str().unwrap().len();
        assert!(shown <= 4 * 1024 * 1024, "{what} shows {shown} bytes");
        assert!(
            all.set_fields(&broken, &[set("name", "x")], NOW).is_err(),
            "{what}"
        );
        let gone = all.delete(&broken, NOW).unwrap();
        assert_eq!(gone.len(), 1, "{what}");
        assert_eq!((gone[0].path.as_str(), &gone[0].after), (path, &None), "{what}");
    }
    for other in shop.ids() {
        let before = shop.resource(&other).unwrap();
        assert_eq!(
            all.resource(&other).map(|view| view.fields),
            Some(before.fields),
            "{what}: {other}"
        );
        let written = all.set_fields(&other, &[set("name", "x")], NOW).unwrap();
        let paths: Vec<_> = written.iter().map(|edit| edit.path.as_str()).collect();
        assert_eq!(paths, [before.path.as_str()], "{what}: {other}");
        let after = applied(all, written);
        assert_eq!(after.problems(), all.problems(), "{what}: {other}");
    }
    let deleted = all.delete(&id("req_2"), NOW).unwrap();
    let paths: Vec<_> = deleted.iter().map(|edit| edit.path.as_str()).collect();
    assert_eq!(paths, [".insomnia/Request/req_2.yml"], "{what}");
}
