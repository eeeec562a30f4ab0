//! Files that a person wrote: comments wherever there may be one, and every style that YAML has.

use sheaf_collection::Collections;
use sheaf_collection::model::FieldEdit;

use crate::common::{NOW, id, only_text, set, unset};
use crate::trial::{run, trials};

const REQUEST: &str = "\
# c1 at the head

_id: req_1 # c2
type: Request
parentId: fld_1
modified: 1718000000000
# c3 above the address
url:   'http://a.example.test/:id'   # c4
name: \"Create\"
description: >-
  folded
  text
# c5
method:
  # c6
  POST
x-own: [1, 2,   3]
body: # c7
    # c8
    mimeType: application/json
    text: |- # c9
        {
        \t\"ref\": \"SH-1\"
        }
    # c10
headers: # c11
# c12
-   name: Accept # c13
    # c14
    value: 'a'
# c15
-   # c16
    name: X-Two
    value: b # c17
    # c18
-   {name: X-Three, value: c} # c19
# c20
authentication: {type: bearer, token: &t 'abc', again: *t} # c21
pathParameters: [
  # c22
  {name: a, value: b}, # c23
  {name: c, value: 'd'}, # c24
  {name: e, value: \"f\"} # c25
]
preRequestScript: |
    one

    two
# c26
metaSortKey: -5 # c27
# c28 at the end
";

const ENVIRONMENT: &str = "\
_id: env_1
type: Environment
parentId: wrk_1
modified: 1718000000000
name: Base # c1
data:
   # c2
   base_url: https://a.example.test # c3
   # c4
   retries: 3
   # c5
   list: # c6
   - 1 # c7
   # c8
   - 2
   # c9
   nested: {a: 1, 'b': two}
   # c10
dataPropertyOrder: # c11
   \"&\": # c12
   # c13
   - base_url # c14
   # c15
   - retries
   - list # c16
   - nested
# c17
metaSortKey: 1
";

const FILE: &str = "\
type: collection.insomnia.rest/5.0 # c1
# c2
name: 'Parcels' # c3
meta: # c4
    id: wrk_1
    # c5
    modified: 1718000000000
collection: # c6
# c7
- # c8
  url: http://a.example.test # c9
  # c10
  name: Ping
  method: GET
  # c11
  meta: {id: req_1, created: 1} # c12
  headers:
  # c13
  - name: A # c14
    # c15
    value: b
  # c16
  - value: d
    name: C # c17
  # c18
# c19
-   name: Folder # c20
    meta:
        # c21
        id: fld_1
        modified: 1718000000000
    environment:
        # c22
        a: 1
        # c23
        b: \"two\"
    children: # c24

    -   name: Inner
        # c25
        url: \"http://b.example.test\"
        method: POST
        body:
            text: | # c26
                one
                  two
            mimeType: text/plain
        scripts:
            # c27
            preRequest: |-
                a

                b
        # c28
    # c29
# c30
environments:
    name: Base
    # c31
    meta:
        id: env_1
        modified: 1718000000000
    data: # c32
        # c33
        x: 1 # c34
        # c35
        y: [a, b] # c36
# c37
";

const JSON: &str = "{
  \"_id\": \"req_1\", \"type\": \"Request\",
  \"parentId\": \"fld_1\",
  \"modified\": 1718000000000,
  \"name\" : \"Track\",
  \"url\": \"http:\\/\\/a.example.test\",
  \"method\": \"GET\",
  \"body\": {\"mimeType\": \"text/plain\",
    \"text\": \"one\\ntwo\"},
  \"headers\": [
    {\"value\": \"a\", \"name\": \"A\"},
    {
      \"name\": \"B\",
      \"value\": \"b\"
    },
    {\"name\": \"C\", \"value\": \"c\"}
  ],
  \"description\": \"\"
}
";

const FILES: [(&str, &str); 4] = [
    (".insomnia/Request/req_1.yml", REQUEST),
    (".insomnia/Environment/env_1.yaml", ENVIRONMENT),
    ("apis/parcels.yaml", FILE),
    (".insomnia/Request/req_1.json", JSON),
];

/// A way to write the same file.
type Variant = (&'static str, fn(&str) -> String);

const VARIANTS: [Variant; 5] = [
    ("as it is", str::to_owned),
    ("line ends of Windows", |text| text.replace('\n', "\r\n")),
    ("a byte order mark", |text| format!("\u{feff}{text}")),
    ("no line feed at the end", |text| text.trim_end().to_owned()),
    ("blank lines at the end", |text| format!("{text}\n\n")),
];

#[test]
fn every_edit_leaves_comments_and_other_lines_alone() {
    for (path, text) in FILES {
        for (variant, vary) in VARIANTS {
            let before = vary(text);
            let all = Collections::read([(path.to_owned(), before.clone().into_bytes())]);
            assert!(!all.ids().is_empty(), "{path} {variant}: {:?}", all.problems());
            for id in all.ids() {
                for trial in trials(&all.resource(&id).unwrap()) {
                    let Some(done) = run(&all, &id, &before, &trial) else {
                        continue;
                    };
                    let lost = lost_comments(&before, &done.edited);
                    let own = comments_of(&trial.edit);
                    let lost: Vec<_> = lost
                        .iter()
                        .filter(|comment| !own.contains(&comment.as_str()))
                        .collect();
                    assert!(
                        lost.is_empty(),
                        "{path} {variant} {:?} loses {lost:?}\n{}",
                        trial.edit,
                        done.edited
                    );
                    let ends = [&before, &done.edited].map(|text| text.ends_with('\n'));
                    assert_eq!(
                        ends[0], ends[1],
                        "{path} {variant} {:?}\n{}",
                        trial.edit, done.edited
                    );
                    if variant == "line ends of Windows" {
                        let feeds = [
                            done.edited.matches('\n').count(),
                            done.edited.matches("\r\n").count(),
                        ];
                        assert_eq!(feeds[0], feeds[1], "{:?}\n{:?}", trial.edit, done.edited);
                    }
                }
            }
        }
    }
}

/// Comments within what this edit takes out.
fn comments_of(edit: &FieldEdit) -> &'static [&'static str] {
    match (edit.path.as_str(), &edit.value) {
        ("data.\"list\"", Some(_)) => &["c7", "c8"],
        ("headers[0]", None) => &["c13", "c14", "c15"],
        ("headers[1]", None) => &["c16", "c17"],
        ("headers[2]", None) => &["c19"],
        ("data.\"base_url\"", None) => &["c3", "c14"],
        ("data.\"list\"", None) => &["c6", "c7", "c8", "c16"],
        ("data.\"x\"", None) => &["c34"],
        ("data.\"y\"", None) => &["c36"],
        _ => &[],
    }
}

fn lost_comments(before: &str, after: &str) -> Vec<String> {
    let comments = |text: &str| -> Vec<String> {
        let words = text.split(|char: char| char.is_whitespace());
        let pairs = words.clone().zip(words.skip(1));
        pairs
            .filter(|(hash, _)| *hash == "#")
            .map(|(_, word)| word.to_owned())
            .collect()
    };
    let left = comments(after);
    comments(before)
        .into_iter()
        .filter(|comment| !left.contains(comment))
        .collect()
}

/// The file after an edit, without the new time of the last change.
fn edited(path: &str, text: &str, resource: &str, edit: FieldEdit) -> String {
    let all = Collections::read([(path.to_owned(), text.as_bytes().to_vec())]);
    let written = all.set_fields(&id(resource), &[edit], NOW).unwrap();
    only_text(&written).replace(&NOW.to_string(), "1718000000000")
}

#[test]
fn pieces_are_written_as_the_person_wrote_them() {
    let cases: Vec<(FieldEdit, &str, &str)> = vec![
        (
            set("url", "it's"),
            "url:   'http://a.example.test/:id'   # c4",
            "url:   'it''s'   # c4",
        ),
        (set("name", "New"), "name: \"Create\"", "name: \"New\""),
        (set("method", "PUT"), "  # c6\n  POST\n", "  # c6\n  PUT\n"),
        (
            set("headers[0].value", "x"),
            "    value: 'a'\n",
            "    value: 'x'\n",
        ),
        (
            set("headers[2].value", "x y"),
            "value: c} # c19",
            "value: x y} # c19",
        ),
        (
            set("headers[2].value", "x, y"),
            "value: c} # c19",
            "value: \"x, y\"} # c19",
        ),
        (
            unset("headers[0].name"),
            "-   name: Accept # c13\n    # c14\n    value: 'a'",
            "-\n    # c14\n    value: 'a'",
        ),
        (
            unset("headers[1]"),
            "-   # c16\n    name: X-Two\n    value: b # c17\n",
            "",
        ),
        (
            set("body.text", "{\n}"),
            "|- # c9\n        {\n        \t\"ref\": \"SH-1\"\n        }\n",
            "|- # c9\n        {\n        }\n",
        ),
        (
            set("body.text", "{}"),
            "|- # c9\n        {\n        \t\"ref\": \"SH-1\"\n        }\n",
            "\"{}\" # c9\n",
        ),
        (
            set("headers", serde_json::json!([])),
            HEADERS,
            "headers: [] # c11\n",
        ),
        (unset("pathParameters[0]"), "  {name: a, value: b}, # c23\n", ""),
        (unset("pathParameters[1]"), "  {name: c, value: 'd'}, # c24\n", ""),
        (
            unset("pathParameters[2]"),
            "value: 'd'}, # c24\n  {name: e, value: \"f\"} # c25\n",
            "value: 'd'} # c24\n",
        ),
        (
            set("pathParameters[3]", serde_json::json!({"name": "g"})),
            "value: \"f\"} # c25\n",
            "value: \"f\"}, # c25\n  {name: g}\n",
        ),
        (unset("x-own[1]"), "[1, 2,   3]", "[1, 3]"),
        (unset("x-own[2]"), "[1, 2,   3]", "[1, 2]"),
    ];
    for (edit, from, to) in cases {
        assert_eq!(REQUEST.matches(from).count(), 1, "{from}");
        let what = format!("{edit:?}");
        let text = edited(".insomnia/Request/req_1.yml", REQUEST, "req_1", edit);
        assert_eq!(text, REQUEST.replace(from, to), "{what}\n{text}");
    }
}

const HEADERS: &str = "\
headers: # c11
# c12
-   name: Accept # c13
    # c14
    value: 'a'
# c15
-   # c16
    name: X-Two
    value: b # c17
    # c18
-   {name: X-Three, value: c} # c19
";

#[test]
fn the_first_key_goes_without_the_comments_of_the_second() {
    let text = edited(
        ".insomnia/Environment/env_1.yml",
        ENVIRONMENT,
        "env_1",
        unset("data.base_url"),
    );
    assert!(text.contains("   # c2\n   # c4\n   retries: 3\n"), "{text}");
    assert!(text.contains("   # c13\n   # c15\n   - retries\n"), "{text}");
}

#[test]
fn a_row_of_a_json_file_goes_without_a_change_of_the_others() {
    let json = ".insomnia/Request/req_1.json";
    let text = edited(json, JSON, "req_1", unset("headers[0]"));
    assert_eq!(
        text,
        JSON.replace("    {\"value\": \"a\", \"name\": \"A\"},\n", "")
    );
    let text = edited(json, JSON, "req_1", unset("headers[2]"));
    assert_eq!(
        text,
        JSON.replace("    },\n    {\"name\": \"C\", \"value\": \"c\"}\n", "    }\n")
    );
}
