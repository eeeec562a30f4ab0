//! Whatever a file holds: never a panic, never without a word, bounded.

use proptest::prelude::*;
use serde_json::{Value, json};
use sheaf_collection::{Collections, ImportError, read_import};

use crate::samples::{
    BRUNO, HAR, INSOMNIA_4, INSOMNIA_5, OPEN_COLLECTION, OPENAPI, POSTMAN, POSTMAN_20, POSTMAN_ENVIRONMENT,
    SWAGGER, YAAK,
};
use crate::support::{NOW, import};

/// Reads and plans; the files that come out must be read back without a problem.
fn survives(files: Vec<(String, Vec<u8>)>) {
    let Ok(imported) = read_import(files) else { return };
    let plan = imported
        .into_new(&Collections::default(), |_| false, NOW)
        .unwrap();
    let all = Collections::read(
        plan.files
            .into_iter()
            .map(|file| (file.path, file.after.unwrap())),
    );
    assert_eq!(all.problems(), []);
    assert_eq!(
        all.ids().len(),
        plan.report
            .taken
            .iter()
            .map(|taken| taken.count as usize)
            .sum::<usize>()
    );
}

fn one(text: impl Into<Vec<u8>>) -> Vec<(String, Vec<u8>)> {
    vec![("a".to_owned(), text.into())]
}

#[test]
fn what_is_nothing_known_is_an_error_that_says_so() {
    for text in [
        "",
        "hello",
        "{}",
        "[]",
        "null",
        "{\"a\": ",
        "openapi: [",
        "a: b\n",
    ] {
        let error = read_import(one(text)).unwrap_err();
        assert!(matches!(error, ImportError::Nothing { .. }), "{text}");
        assert_eq!(error.code(), "nothing-to-import");
    }
    let error = read_import(one(vec![0xff, 0xff, 0x00])).unwrap_err();
    assert!(error.to_string().contains("no text"));
}

#[test]
fn a_file_beside_the_collection_is_told() {
    let done = import(&[("a.json", POSTMAN), ("notes.md", "# Notes")]);
    assert!(done.says("A file of no known format is not taken: notes.md"));
}

#[test]
fn deep_nesting_and_circles_end() {
    let mut folders = json!([{"name": "deep", "request": "https://a.test"}]);
    for level in 0..40 {
        folders = json!([{"name": format!("f{level}"), "item": folders}]);
    }
    survives(one(
        json!({"info": {"name": "n", "schema": "getpostman.com"}, "item": folders}).to_string(),
    ));
    survives(one("[".repeat(100_000)));
    survives(one("{\"item\":[".repeat(50_000)));
    let circle = json!({"_type": "export", "__export_format": 4, "resources": [
        {"_id": "wrk_1", "_type": "workspace", "name": "W"},
        {"_id": "fld_1", "_type": "request_group", "parentId": "fld_2", "name": "one"},
        {"_id": "fld_2", "_type": "request_group", "parentId": "fld_1", "name": "two"},
        {"_id": "fld_3", "_type": "request_group", "parentId": "fld_3", "name": "own"}]});
    let done = import(&[("circle.json", &circle.to_string())]);
    assert!(done.says("circle of folders is not taken: one, two"));
}

#[test]
fn a_chain_of_thousands_of_folders_does_not_fill_the_stack() {
    let mut resources = vec![json!({"_id": "wrk_1", "_type": "workspace", "name": "W"})];
    for number in 0..20_000 {
        let parent = if number == 0 {
            "wrk_1".to_owned()
        } else {
            format!("fld_{}", number - 1)
        };
        resources.push(json!({"_id": format!("fld_{number}"), "_type": "request_group", "parentId": parent, "name": "f"}));
    }
    survives(one(json!({"_type": "export", "resources": resources}).to_string()));
}

#[test]
fn references_in_circles_and_large_examples_end() {
    let spec = r##"{"openapi": "3.1.0", "info": {"title": "t"}, "paths": {"/a": {"$ref": "#/paths/~1a"},
      "/b": {"post": {"requestBody": {"$ref": "#/x"}, "parameters": [{"$ref": "#/x"}, {"$ref": "other.yaml"}]}}},
      "x": {"$ref": "#/y"}, "y": {"$ref": "#/x"}}"##;
    survives(one(spec));
    let wide: Value = (0..40)
        .map(|n| (format!("p{n}"), json!({"$ref": "#/components/schemas/A"})))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let spec = json!({"openapi": "3.0.0", "info": {"title": "t"}, "components": {"schemas": {"A": {"type": "object", "properties": wide}}},
        "paths": {"/a": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}});
    let plan = read_import(one(spec.to_string()))
        .unwrap()
        .into_new(&Collections::default(), |_| false, NOW)
        .unwrap();
    let bytes: usize = plan
        .files
        .iter()
        .filter_map(|file| file.after.as_ref())
        .map(Vec::len)
        .sum();
    assert!(bytes < 1_000_000, "{bytes}");
}

#[test]
fn too_much_is_refused() {
    let files = vec![("a".to_owned(), vec![b' '; 100 * 1024 * 1024 + 1])];
    assert_eq!(read_import(files).unwrap_err(), ImportError::TooLarge);
}

#[test]
fn odd_names_and_texts_are_made_readable() {
    let odd = json!({"info": {"name": "a\u{0}b\nc", "schema": "getpostman.com"}, "item": [
        {"name": "", "request": {"method": "GE T", "url": "https://a.test/\n\u{0}x", "header": [{"key": 3, "value": {"a": 1}}], "body": {"mode": "raw", "raw": 5}}},
        {"name": 7, "request": {"url": [1], "method": null, "header": {"a": 1}, "auth": {"type": "basic", "basic": 4}}},
        4, null, {"item": 3}]});
    survives(one(odd.to_string()));
    let done = import(&[("odd.json", &odd.to_string())]);
    assert!(done.says("neither a folder nor a request"));
}

/// Valid samples, to be broken.
fn samples() -> Vec<Vec<(String, String)>> {
    let single = [
        POSTMAN,
        POSTMAN_20,
        POSTMAN_ENVIRONMENT,
        OPENAPI,
        SWAGGER,
        HAR,
        INSOMNIA_4,
        INSOMNIA_5,
    ];
    let owned = |files: &[(&str, &str)]| {
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect()
    };
    let mut all: Vec<Vec<(String, String)>> = single.iter().map(|text| owned(&[("a.yaml", text)])).collect();
    all.extend([owned(BRUNO), owned(OPEN_COLLECTION), owned(YAAK)]);
    all
}

/// Puts another value in the place of the n-th of a tree.
fn mutate(value: &mut Value, count: &mut usize, at: usize, with: &Value) {
    if *count == at {
        *value = with.clone();
    }
    *count += 1;
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| mutate(item, count, at, with)),
        Value::Object(map) => map.values_mut().for_each(|item| mutate(item, count, at, with)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn samples_with_other_bytes_in_them_are_survived(
        sample in 0..11_usize,
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let files = samples().swap_remove(sample);
        let mut files: Vec<(String, Vec<u8>)> = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        for (file, place, byte, kind) in edits {
            let file = file.index(files.len());
            let bytes = &mut files[file].1;
            if bytes.is_empty() { continue; }
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => bytes.truncate(place),
            }
        }
        survives(files);
    }

    #[test]
    fn samples_with_other_types_in_them_are_survived(
        sample in proptest::sample::select(vec![POSTMAN, POSTMAN_20, SWAGGER, HAR, INSOMNIA_4]),
        places in proptest::collection::vec((0..200_usize, 0..8_usize), 1..4),
    ) {
        let values = [json!(null), json!(7), json!(-1.5e300), json!("x\u{0}\n"), json!([]), json!({}), json!([[{"a": null}]]), json!({"$ref": "#/paths", "type": "x", "item": []})];
        let mut value: Value = serde_json::from_str(sample).unwrap();
        for (place, with) in places {
            mutate(&mut value, &mut 0, place, &values[with]);
        }
        survives(one(value.to_string()));
    }
}
