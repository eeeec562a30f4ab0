//! Our emitter and reader beside the real npm packages: the same bytes, the same values.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod corpus;
mod differences;
mod documents;
mod oracle;
mod snippets;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use sheaf_collection::yaml_text::{self, Dialect};

use crate::differences::differences;
use crate::oracle::{Oracle, same};

const BOTH: [Dialect; 2] = [Dialect::Yaml1, Dialect::Yaml2];

/// The same cases every time, unless `SHEAF_SEED` asks for others.
fn runner(cases: u32) -> TestRunner {
    let seed = std::env::var("SHEAF_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed.unwrap_or(20_240_601)),
        ..ProptestConfig::default()
    })
}

/// Bytes may differ where the package loses something, and only there.
#[test]
fn documents_are_written_byte_for_byte_alike() {
    let Some(oracle) = Oracle::shared() else { return };
    let result = runner(1000).run(&documents::deep_document(), |value| {
        let mut oracle = oracle.lock();
        for dialect in BOTH {
            let ours = yaml_text::write(&value, dialect);
            let theirs = oracle.write(&value, dialect);
            let back = yaml_text::read(&ours);
            prop_assert!(
                back.as_ref().is_ok_and(|back| same(back, &value)),
                "{:?} {} {:?}",
                dialect,
                ours,
                back
            );
            if theirs.back.is_some_and(|back| same(&back, &value)) {
                prop_assert_eq!(&ours, &theirs.text, "{:?}", dialect);
            } else {
                let back = oracle.read(&ours, dialect);
                prop_assert!(
                    back.as_ref().is_ok_and(|back| same(back, &value)),
                    "{:?} {} {:?}",
                    dialect,
                    ours,
                    back
                );
            }
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn differences_are_there_because_the_packages_lose_something() {
    let Some(oracle) = Oracle::shared() else { return };
    let mut oracle = oracle.lock();
    for case in differences() {
        for dialect in case.dialects {
            let theirs = oracle.write(&case.example, *dialect);
            let is_lost = !theirs.back.is_some_and(|back| same(&back, &case.example));
            assert!(is_lost, "no longer lost by {dialect:?}: {}", case.reason);
            let ours = yaml_text::write(&case.example, *dialect);
            assert!(
                same(&yaml_text::read(&ours).unwrap(), &case.example),
                "{}",
                case.reason
            );
            for reader in BOTH {
                assert!(
                    same(&oracle.read(&ours, reader).unwrap(), &case.example),
                    "{reader:?}: {}",
                    case.reason
                );
            }
        }
    }
}

#[test]
fn what_one_wrote_the_other_reads() {
    let Some(oracle) = Oracle::shared() else { return };
    let result = runner(300).run(&documents::document(), |value| {
        let mut oracle = oracle.lock();
        for dialect in BOTH {
            let theirs = oracle.write(&value, dialect).text;
            let read = yaml_text::read(&theirs);
            match oracle.read(&theirs, Dialect::Yaml2) {
                Ok(back) => prop_assert!(
                    read.as_ref().is_ok_and(|read| same(read, &back)),
                    "{} {:?}",
                    theirs,
                    read
                ),
                Err(error) => prop_assert!(read.is_err(), "{} {} {:?}", theirs, error, read),
            }
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn what_people_write_is_read_alike() {
    let Some(oracle) = Oracle::shared() else { return };
    let mut oracle = oracle.lock();
    let mut wrong = Vec::new();
    for text in snippets::READ_ALIKE {
        let (ours, theirs) = (yaml_text::read(text), oracle.read(text, Dialect::Yaml2));
        let is_same = ours
            .as_ref()
            .is_ok_and(|ours| theirs.as_ref().is_ok_and(|theirs| same(ours, theirs)));
        if !is_same {
            wrong.push(format!("{text:?}: {ours:?}, and npm {theirs:?}"));
        }
    }
    for text in snippets::REFUSED_ALIKE {
        let (ours, theirs) = (yaml_text::read(text), oracle.read(text, Dialect::Yaml2));
        if ours.is_ok() || theirs.is_ok() {
            wrong.push(format!("{text:?}: {ours:?}, and npm {theirs:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
