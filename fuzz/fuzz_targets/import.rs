//! A file that somebody wants to bring in: it can be anything, under any name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sheaf_collection::{is_curl, parse_curl, read_import};

const NAMES: [&str; 8] = [
    "export.json",
    "export.yaml",
    "a/bruno.json",
    "a/Get.bru",
    "a/opencollection.yml",
    "yaak.rq_1.yaml",
    "page.har",
    "command.sh",
];

fuzz_target!(|input: (u8, &[u8])| {
    let (name, bytes) = input;
    let name = NAMES[usize::from(name) % NAMES.len()];
    let _ = read_import(vec![(name.to_owned(), bytes.to_vec())]);
    if let Ok(text) = std::str::from_utf8(bytes)
        && is_curl(text)
    {
        let _ = parse_curl(text);
    }
});
