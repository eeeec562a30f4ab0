//! The API spec within a v5 file, edited as a text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{NOW, id, only_text, set};
use sheaf_collection::{Collections, EditError};

const HEAD: &str = "\
type: spec.insomnia.rest/5.0
schema_version: \"5.1\"
name: Parcels
meta:
  id: wrk_1
";

const SPEC: &str = "\
# whose this is
openapi: '3.0.3'   # quoted on purpose
info: {title: Parcels,   version: \"1\"}

paths:
  /parcels/{id}:
    get:
      description: |
        Long

        text
      # no responses yet
      responses: {}
";

fn below(text: &str, indent: &str) -> String {
    let line = |line: &str| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("{indent}{line}\n")
        }
    };
    text.lines().map(line).collect()
}

fn file() -> String {
    format!(
        "{HEAD}spec: # here\n  contents:\n{}  meta:\n    id: spc_1\n    modified: 5\n",
        below(SPEC, "    ")
    )
}

fn read(text: &str) -> Collections {
    Collections::read([("a.yaml".to_owned(), text.as_bytes().to_vec())])
}

fn shown(text: &str) -> String {
    read(text).resource(&id("spc_1")).unwrap().fields["contents"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn edited(text: &str, spec: &str) -> Result<String, EditError> {
    let all = read(text);
    all.set_fields(&id("spc_1"), &[set("contents", spec)], NOW)
        .map(|edits| only_text(&edits))
}

#[test]
fn the_text_is_the_block_of_the_file_with_its_comments() {
    assert_eq!(shown(&file()), SPEC);
    assert!(
        read(&file())
            .set_fields(&id("spc_1"), &[set("contents", SPEC)], NOW)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn an_edit_touches_its_lines_only() {
    let new = SPEC
        .replace("        Long\n", "        Longer: #1\n")
        .replace("responses: {}", "responses: {} # TODO");
    let expected = file()
        .replace("            Long\n", "            Longer: #1\n")
        .replace("responses: {}", "responses: {} # TODO")
        .replace("modified: 5", &format!("modified: {NOW}"));
    let written = edited(&file(), &new).unwrap();
    assert_eq!(written, expected);
    assert_eq!(shown(&written), new);
    let comment = SPEC.replace("# no responses yet", "# none");
    assert!(
        edited(&file(), &comment).unwrap().contains("# none\n"),
        "a comment alone is a change, too"
    );
}

#[test]
fn other_forms_of_text_keep_their_meaning_and_formatting() {
    let json = "{\n\t\"openapi\": \"3.0.3\",\n\t\"paths\": {}\n}\n";
    let written = edited(&file(), json).unwrap();
    assert_eq!(shown(&written), json.replace('\t', "  "));
    let back = edited(&written, SPEC).unwrap();
    assert_eq!(shown(&back), SPEC);
    let marked = format!("# top\n---\n{SPEC}");
    assert_eq!(
        shown(&edited(&file(), &marked).unwrap()),
        format!("# top\n{SPEC}")
    );
    let windows = SPEC.replace('\n', "\r\n");
    assert_eq!(
        shown(&edited(&file(), &windows.replace("Long", "Short")).unwrap()),
        SPEC.replace("Long", "Short")
    );
    let crlf = file().replace('\n', "\r\n");
    let written = edited(&crlf, &SPEC.replace("Long", "Short")).unwrap();
    assert_eq!(written.replace("\r\n", "").find('\n'), None);
    assert_eq!(shown(&edited(&file(), "").unwrap()), "");
}

#[test]
fn a_spec_that_is_empty_or_has_no_contents_takes_a_text() {
    for start in ["  contents: {}\n", ""] {
        let text = format!("{HEAD}spec:\n{start}  meta:\n    id: spc_1\n");
        assert_eq!(shown(&edited(&text, SPEC).unwrap()), SPEC, "{start}");
    }
    let text = format!("{HEAD}spec:\n  contents: \"openapi: 3\\n\"\n  meta:\n    id: spc_1\n");
    assert_eq!(shown(&text), "openapi: 3\n");
}

#[test]
fn what_is_no_spec_is_refused_with_its_place() {
    for (text, place) in [
        ("openapi: 3.0.3\n  info: [\n", "line 2"),
        ("---\na: 1\na: 2\n", "line 3"),
        ("- a\n", "a map"),
        ("just words", "a map"),
    ] {
        let error = edited(&file(), text).unwrap_err();
        assert_eq!(error.code(), "bad-value");
        assert!(error.to_string().contains(place), "{text:?}: {error}");
    }
}

#[test]
fn a_spec_in_a_file_of_its_own_is_shown_by_its_name() {
    let text = format!("{HEAD}spec:\n  file: openapi.yaml\n  meta:\n    id: spc_1\n");
    let all = read(&text);
    let fields = all.resource(&id("spc_1")).unwrap().fields;
    assert_eq!(fields["file"], "openapi.yaml");
    assert!(!fields.contains_key("contents"));
    let edits = all
        .set_fields(&id("spc_1"), &[set("file", "spec/openapi.yaml")], NOW)
        .unwrap();
    assert!(only_text(&edits).contains("  file: spec/openapi.yaml\n"));
    assert_eq!(edited(&text, SPEC).unwrap_err().code(), "read-only");
}
