//! What a search finds, where, and what it leaves alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::cell::Cell;

use common::{files, shop};
use proptest::prelude::*;
use sheaf_collection::model::{FieldHit, ResourceHits, SearchDone, SearchOptions};
use sheaf_collection::{Collections, SearchQuery};

fn options(which: &str) -> SearchOptions {
    SearchOptions {
        match_case: which.contains("case"),
        whole_word: which.contains("word"),
        regex: which.contains("regex"),
    }
}

fn search(all: &Collections, query: &str, how: &str) -> (Vec<ResourceHits>, SearchDone) {
    let mut found = Vec::new();
    let query = SearchQuery::new(query, options(how)).unwrap();
    let done = all.search(&query, || false, |hits| found.push(hits));
    (found, done)
}

/// `id field-path` of each hit.
fn places(query: &str, how: &str) -> Vec<String> {
    let (found, _) = search(&shop(), query, how);
    let places = found.iter().flat_map(|resource| {
        resource
            .hits
            .iter()
            .map(|hit| format!("{} {}", resource.id, hit.path))
    });
    places.collect()
}

/// The text of a snippet that a range marks.
fn marked(hit: &FieldHit) -> Vec<String> {
    let units: Vec<u16> = hit.snippet.encode_utf16().collect();
    let piece = |start: u32, end: u32| String::from_utf16(&units[start as usize..end as usize]).unwrap();
    hit.ranges
        .iter()
        .map(|range| piece(range.start, range.end))
        .collect()
}

#[test]
fn names_addresses_and_contents_are_found_in_the_order_of_the_tree() {
    assert_eq!(places("ship", ""), ["fld_1 name", "req_1 name", "req_1 url"]);
    assert_eq!(
        places("x-tenant", ""),
        ["req_1 headers[1].name", "req_1 headers[2].name"]
    );
    assert_eq!(places("SH-1", ""), ["req_1 body.text"]);
    assert_eq!(places("_.token", ""), ["req_1 authentication.token"]);
    assert_eq!(places("dryrun", ""), ["req_1 parameters[0].name"]);
    assert_eq!(places("parcels.example", ""), ["env_1 data.base_url"]);
    assert_eq!(places("a.b", ""), ["env_1 data.nested.\"a.b\""]);
}

#[test]
fn what_programs_keep_is_not_found() {
    for bookkeeping in ["171700", "req_1", "pair_a1b2", "metaSort", "wrk_1"] {
        assert_eq!(places(bookkeeping, ""), Vec::<String>::new(), "{bookkeeping}");
    }
}

#[test]
fn a_hit_says_in_words_where_it_is() {
    let (found, done) = search(&shop(), "acme", "");
    let [resource] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(resource.location, ["Parcels", "Shipments"]);
    assert_eq!(
        (resource.name.as_str(), resource.method.as_deref()),
        ("Create shipment", Some("POST"))
    );
    assert_eq!(resource.hits[0].label, "header X-Tenant");
    assert_eq!(marked(&resource.hits[0]), ["acme"]);
    assert_eq!((done.resources, done.hits, done.complete), (1, 1, true));
    let labels = |query| search(&shop(), query, "").0[0].hits[0].label.clone();
    assert_eq!(labels("retries"), "environment value retries");
    assert_eq!(labels("bearer"), "authentication type");
    assert_eq!(labels("SH-1"), "body");
}

#[test]
fn case_words_and_patterns_are_heeded() {
    assert_eq!(places("TRACK", "").len(), 2);
    assert_eq!(places("TRACK", "case"), Vec::<String>::new());
    assert_eq!(places("ship", "word"), Vec::<String>::new());
    assert_eq!(places("shipments", "word"), ["fld_1 name", "req_1 url"]);
    assert_eq!(places(r"^cre\w+ ship", "regex"), ["req_1 name"]);
    assert_eq!(places("ac|te", "regex word"), Vec::<String>::new());
    assert_eq!(
        places(r"[.*", ""),
        Vec::<String>::new(),
        "no pattern unless asked"
    );
    assert_eq!(
        places("x*", "regex").len(),
        places("x+", "regex").len(),
        "nothing is no match"
    );
}

#[test]
fn what_cannot_be_searched_for_is_refused() {
    let code = |text: &str, how| SearchQuery::new(text, options(how)).unwrap_err().code();
    assert_eq!(code("", ""), "empty-query");
    assert_eq!(code(&"x".repeat(1001), ""), "long-query");
    assert_eq!(code("(", "regex"), "bad-pattern");
    assert_eq!(code("a)(b", "regex word"), "bad-pattern");
    assert_eq!(code(r"(\w{999}){999}", "regex"), "bad-pattern");
    let message = SearchQuery::new("(", options("regex")).unwrap_err().to_string();
    assert!(message.ends_with("unclosed group."), "{message}");
}

#[test]
fn hits_are_bounded_and_a_search_can_be_stopped() {
    let many = (0..600).map(|number| {
        let lines = "needle\\n".repeat(10);
        let text =
            format!("_id: req_{number}\ntype: Request\nparentId: wrk_1\nname: R\ndescription: \"{lines}\"\n");
        (format!(".insomnia/Request/req_{number}.yml"), text.into_bytes())
    });
    let all = Collections::read(files().into_iter().take(1).chain(many));
    let (found, done) = search(&all, "needle", "");
    assert_eq!((done.hits, done.complete), (2000, false));
    assert_eq!(
        found.iter().map(|resource| resource.hits.len()).sum::<usize>(),
        2000
    );
    let asked = Cell::new(0);
    let query = SearchQuery::new("needle", SearchOptions::default()).unwrap();
    let done = all.search(&query, || asked.replace(asked.get() + 1) == 3, |_| ());
    assert!(!done.complete && done.resources <= 3, "{done:?}");
}

#[test]
fn a_broken_file_is_searched_as_text() {
    let path = ".insomnia/Request/req_9.yml";
    let broken = (path.to_owned(), b"name: [half\nneedle: here".to_vec());
    let all = Collections::read(files().into_iter().chain([broken]));
    let (found, _) = search(&all, "needle", "");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].id.0.as_str(), found[0].hits[0].line), (path, 2));
}

proptest! {
    /// Whatever is in the texts: ranges lie in the snippet and mark what was searched.
    #[test]
    fn ranges_mark_the_match(before in any::<String>(), after in any::<String>()) {
        let (before, after) = (before.replace('\0', ""), after.replace('\0', ""));
        let value = serde_json::to_string(&format!("{before}nEEdle{after}")).unwrap();
        let text = format!("_id: req_1\ntype: Request\nparentId: wrk_1\nname: R\ndescription: {value}\n");
        let all = Collections::read([(".insomnia/Request/req_1.yml".to_owned(), text.into_bytes())]);
        let (found, _) = search(&all, "needle", "");
        let hits: Vec<&FieldHit> = found.iter().flat_map(|resource| &resource.hits).collect();
        prop_assert!(!hits.is_empty() || all.problems().iter().any(|problem| problem.code != "missing-parent"));
        for hit in hits {
            for marked in marked(hit) {
                prop_assert!("needle".starts_with(&marked.to_lowercase()), "{marked}");
            }
        }
    }
}
