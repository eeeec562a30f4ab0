//! A pack that we write: libgit2 reads every object of it back.
//!
//! A byte for the kind, two for the length, then the object; and so on.

use std::io::Write;

use git2::{ObjectType, Oid};
use sheaf_git::fuzzing::{git, packed};

use crate::feed::Feed;
use crate::scratch::with_scratch;

const KINDS: [ObjectType; 4] = [
    ObjectType::Blob,
    ObjectType::Commit,
    ObjectType::Tree,
    ObjectType::Tag,
];

pub(crate) fn check(bytes: &[u8]) {
    let mut feed = Feed::new(bytes);
    let mut objects: Vec<(ObjectType, Vec<u8>)> = Vec::new();
    while !feed.is_over() {
        let how = feed.byte();
        let length = usize::from(feed.word());
        let mut content = feed.bytes(length).to_vec();
        // A few bytes many times: lengths that need several bytes in the head.
        let times = 1 + usize::from(how >> 2);
        content = content.repeat(times);
        objects.push((KINDS[usize::from(how) % 4], content));
    }
    objects.sort_by(|a, b| (a.0 as u32, &a.1).cmp(&(b.0 as u32, &b.1)));
    objects.dedup();
    let borrowed: Vec<(ObjectType, &[u8])> = objects
        .iter()
        .map(|(kind, bytes)| (*kind, bytes.as_slice()))
        .collect();
    let Ok(pack) = packed(&borrowed) else { return };
    with_scratch(|scratch| {
        let folder = scratch.dir.join("packs");
        let _ = std::fs::create_dir_all(&folder);
        let Ok(store) = git(&scratch.repo).odb() else {
            return;
        };
        let indexer = git2::Indexer::new(Some(&store), &folder, 0o644, true);
        assert!(indexer.is_ok());
        let Ok(mut indexer) = indexer else { return };
        let written = indexer.write_all(&pack);
        let read = written.is_ok().then(|| indexer.commit());
        // Commits, trees and tags that are none may be refused; files may not.
        if objects.iter().all(|(kind, _)| *kind == ObjectType::Blob) && !objects.is_empty() {
            assert!(matches!(read, Some(Ok(_))), "{read:?}");
        }
        if let Some(Ok(name)) = read {
            holds_all(&folder, &name, &borrowed);
        }
        let _ = std::fs::remove_dir_all(&folder);
    });
}

fn holds_all(folder: &std::path::Path, name: &str, objects: &[(ObjectType, &[u8])]) {
    let place = folder.join(format!("pack-{name}.idx"));
    let Ok(store) = git2::Odb::new() else { return };
    let Some(objects_dir) = one_pack(folder, &place, name) else {
        return;
    };
    if store.add_disk_alternate(&objects_dir.to_string_lossy()).is_err() {
        return;
    }
    for (kind, bytes) in objects {
        let id = Oid::hash_object(*kind, bytes);
        let read = id.and_then(|id| store.read(id).map(|found| (found.kind(), found.data().to_vec())));
        assert_eq!(read.ok(), Some((*kind, bytes.to_vec())));
    }
}

/// The folder as one of objects.
fn one_pack(folder: &std::path::Path, index: &std::path::Path, name: &str) -> Option<std::path::PathBuf> {
    let objects = folder.join("objects");
    let packs = objects.join("pack");
    std::fs::create_dir_all(&packs).ok()?;
    std::fs::rename(index, packs.join(format!("pack-{name}.idx"))).ok()?;
    std::fs::rename(
        folder.join(format!("pack-{name}.pack")),
        packs.join(format!("pack-{name}.pack")),
    )
    .ok()?;
    Some(objects)
}
