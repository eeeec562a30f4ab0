//! Real collections, where they are at hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::path::PathBuf;

use common::{NOW, applied, set};
use sheaf_collection::model::Kind;
use sheaf_collection::{Collections, changes};

/// Every project of the corpus, read.
fn projects() -> Vec<(PathBuf, Collections)> {
    let read = |(folder, files)| (folder, Collections::read(files));
    common::corpus::projects().into_iter().map(read).collect()
}

/// A byte order mark keeps the quick reader off, so that everything is read at once.
fn read_slowly(files: Vec<(String, Vec<u8>)>) -> Collections {
    let marked = files.into_iter().map(|(path, bytes)| {
        let is_yaml = [".yml", ".yaml"].iter().any(|ending| path.ends_with(*ending));
        let mark: &[u8] = if is_yaml { b"\xef\xbb\xbf" } else { b"" };
        (path, [mark, &bytes].concat())
    });
    Collections::read(marked)
}

#[test]
fn fields_read_later_are_those_read_at_once() {
    for (_, files) in common::corpus::projects() {
        let (all, slowly) = (Collections::read(files.clone()), read_slowly(files));
        assert_eq!(all.ids(), slowly.ids());
        for id in all.ids() {
            let [later, at_once] = [&all, &slowly].map(|all| all.resource(&id).unwrap());
            assert_eq!(later.fields, at_once.fields, "{id}");
            assert!(later.fields.keys().eq(at_once.fields.keys()), "{id}");
            assert_eq!((later.name, later.parent_id), (at_once.name, at_once.parent_id));
        }
    }
}

#[test]
fn every_collection_reads_without_problems() {
    for (folder, all) in projects() {
        let problems: Vec<_> = all
            .problems()
            .into_iter()
            .filter(|problem| problem.code != "duplicate-id")
            .collect();
        assert_eq!(problems, [], "{}", folder.display());
        assert!(!all.trees().is_empty());
        eprintln!(
            "{}: {} resources, {} collections",
            folder.display(),
            all.ids().len(),
            all.trees().len()
        );
    }
}

#[test]
fn edits_of_every_resource_change_what_they_should() {
    let mut count = 0;
    for (folder, all) in projects() {
        for id in all.ids() {
            let view = all.resource(&id).unwrap();
            let mut edits = vec![set("name", "A: new \"name\"")];
            match view.kind {
                Kind::ApiSpec | Kind::CookieJar => continue,
                Kind::Request => edits.extend([
                    set("url", "/new"),
                    set("headers.X-New", "1"),
                    set("body.text", "a\nb "),
                ]),
                Kind::Environment => edits.push(set("data.new_key", 5)),
                _ => {}
            }
            let written = all
                .set_fields(&id, &edits, NOW)
                .unwrap_or_else(|error| panic!("{} {id} {error}", folder.display()));
            let after = applied(&all, written);
            let told = changes(&all, &after);
            assert_eq!(told.len(), 1, "{} {id}", folder.display());
            assert_eq!(told[0].id, id);
            let real: Vec<_> = told[0].fields.iter().filter(|field| !field.bookkeeping).collect();
            assert_eq!(real.len(), edits.len(), "{} {id} {real:?}", folder.display());
            count += 1;
        }
    }
    eprintln!("{count} resources edited");
}

#[test]
fn resources_can_be_deleted_or_say_why_not() {
    for (folder, all) in projects() {
        for id in all.ids().into_iter().step_by(5) {
            match all.delete(&id, NOW) {
                Ok(edits) => assert!(
                    applied(&all, edits).resource(&id).is_none(),
                    "{} {id}",
                    folder.display()
                ),
                Err(error) => assert_eq!(error.code(), "read-only", "{} {id} {error}", folder.display()),
            }
        }
    }
}

#[test]
fn a_migrated_collection_changed_its_layout_and_nothing_else() {
    let projects = projects();
    let side = |name: &str| {
        projects
            .iter()
            .find(|(folder, _)| folder.ends_with(name))
            .map(|(_, all)| all)
    };
    let (Some(before), Some(after)) = (side("migrated-pair/before"), side("migrated-pair/after")) else {
        return;
    };
    let told = changes(before, after);
    assert_eq!(told.len(), before.ids().len());
    for change in told {
        let real = change.fields.iter().filter(|field| !field.bookkeeping);
        let paths: Vec<_> = real.map(|field| field.path.as_str()).collect();
        let expected: &[&str] = match change.kind {
            Kind::Workspace => &["path"],
            // Insomnia drops empty values on the way, which `security: [{}]` of this spec is more than.
            Kind::ApiSpec => &["contents"],
            _ => &[],
        };
        assert_eq!(paths, expected, "{:?} {}", change.kind, change.name);
        assert_eq!(change.only_bookkeeping, expected.is_empty());
    }
}
