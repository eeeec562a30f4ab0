//! A file that somebody wants to bring in: it can be anything, under any name. What is taken can be written, into a new
//! collection and into one that is there, and is read back without a problem.

use sheaf_collection::{Collections, is_curl, parse_curl, read_import};

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
const NOW: i64 = 1_800_000_000_000;

pub(crate) fn check(bytes: &[u8]) {
    let Some((name, bytes)) = bytes.split_first() else {
        return;
    };
    let name = NAMES[usize::from(*name) % NAMES.len()];
    is_imported(&[(name.to_owned(), bytes.to_vec())]);
    if let Ok(text) = std::str::from_utf8(bytes)
        && is_curl(text)
    {
        let _ = parse_curl(text);
    }
}

pub(crate) fn is_imported(files: &[(String, Vec<u8>)]) {
    let read = || read_import(files.to_vec());
    let Ok(imported) = read() else { return };
    assert!(!imported.names().is_empty());
    let Ok(plan) = imported.into_new(&Collections::default(), |_| false, NOW) else {
        return;
    };
    assert!(!plan.created.is_empty());
    let all = Collections::default().with_files(plan.files.into_iter().map(|file| (file.path, file.after)));
    assert_eq!(all.problems(), []);
    for id in &plan.created {
        assert!(all.resource(id).is_some(), "{id:?}");
    }
    // Again, into what is there by now.
    let (Some(holder), Ok(imported)) = (plan.created.first(), read()) else {
        return;
    };
    let Ok(plan) = imported.into_holder(&all, holder, NOW) else {
        return;
    };
    let after = all.with_files(plan.files.into_iter().map(|file| (file.path, file.after)));
    assert_eq!(after.problems(), []);
    for id in all.ids().iter().chain(&plan.created) {
        assert!(after.resource(id).is_some(), "{id:?}");
    }
}
