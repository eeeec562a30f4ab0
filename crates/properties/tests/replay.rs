//! Every property holds of the seeds and of some thousand changes to them, the same ones each time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use sheaf_properties::{ALL, Property};

/// No change makes an input longer.
const LONGEST: usize = 16 * 1024;
/// What readers look for.
const WORDS: [&[u8]; 40] = [
    b"\n",
    b"\r\n",
    b"\0",
    b"\t",
    b" ",
    b":",
    b"- ",
    b"'",
    b"\"",
    b"|",
    b">",
    b"{",
    b"}",
    b"[",
    b"]",
    b"&a ",
    b"*a",
    b"#",
    b"@",
    b"/",
    b"//",
    b"..",
    b"%2f",
    b"%00",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"\x1b[2J",
    b"\x1b]8;;",
    b"0000",
    b"0004",
    b"ffff",
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\xff",
    b"https://",
    b"ghp_",
    b"PACK",
    b"DIRC",
    b"$ref",
    b"1e999",
    b"__proto__",
];

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(fuzz().join("seeds").join(name))
        .unwrap_or_else(|error| panic!("no seeds of {name}: {error}"))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Xorshift: as good as needed, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end.max(1) as u64)).unwrap()
    }

    fn place(&mut self, bytes: &[u8]) -> usize {
        self.roll(bytes.len() + 1)
    }

    fn change(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.place(bytes);
        let end = (at + self.roll(32)).min(bytes.len());
        match self.roll(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << self.roll(8),
            1 if at < bytes.len() => bytes[at] = u8::try_from(self.roll(256)).unwrap(),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let part = bytes[at..end].to_vec();
                let to = self.place(bytes);
                bytes.splice(to..to, part);
            }
            4 => {
                let word = WORDS[self.roll(WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
            5 => {
                let from = self.place(other);
                let to = (from + self.roll(64)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            6 => bytes.truncate(at),
            _ => {
                let word = WORDS[self.roll(WORDS.len())];
                bytes.splice(at..end, word.iter().copied());
            }
        }
        bytes.truncate(LONGEST);
    }
}

fn holds(property: Property, bytes: &[u8], which: &str) {
    let result = catch_unwind(AssertUnwindSafe(|| (property.check)(bytes)));
    if result.is_err() {
        let place = std::env::temp_dir().join(format!("sheaf-{}-found", property.name));
        fs::write(&place, bytes).unwrap();
        panic!(
            "{} does not hold of {which}, which is kept as {}",
            property.name,
            place.display()
        );
    }
}

/// So many changes to the seeds; `SHEAF_FUZZ_CHANGES` asks for others.
fn replay(name: &str, changes: usize) {
    let property = *ALL.iter().find(|property| property.name == name).unwrap();
    let seeds = seeds(name);
    assert!(!seeds.is_empty());
    for (number, seed) in seeds.iter().enumerate() {
        holds(property, seed, &format!("seed {number}"));
    }
    let asked = std::env::var("SHEAF_FUZZ_CHANGES")
        .ok()
        .and_then(|text| text.parse().ok());
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for number in 0..asked.unwrap_or(changes) {
        let mut bytes = seeds[dice.roll(seeds.len())].clone();
        let other = &seeds[dice.roll(seeds.len())];
        for _ in 0..=dice.roll(6) {
            dice.change(&mut bytes, other);
        }
        holds(property, &bytes, &format!("change {number}"));
    }
}

#[test]
fn every_property_has_a_target_seeds_and_a_test() {
    let names: BTreeSet<String> = ALL.iter().map(|property| property.name.to_owned()).collect();
    let of = |folder: &str| -> BTreeSet<String> {
        let entries = fs::read_dir(fuzz().join(folder)).unwrap();
        let stem = |path: PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
        entries.map(|entry| stem(entry.unwrap().path())).collect()
    };
    assert_eq!(of("fuzz_targets"), names);
    assert_eq!(of("seeds"), names);
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let tests = include_str!("replay.rs");
    for name in names {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        assert!(tests.contains(&format!("    {name}: ")), "{name}");
    }
}

macro_rules! replayed {
    ($($name:ident: $changes:literal,)*) => {
        $(
            #[test]
            fn $name() {
                replay(stringify!($name), $changes);
            }
        )*
    };
}

replayed!(
    collection_legacy: 1000,
    collection_v5: 600,
    guard: 600,
    import: 1500,
    import_shapes: 150,
    index_read: 2000,
    packs: 60,
    received: 800,
    server_words: 2000,
    transport: 2000,
    trees: 500,
    uri: 2000,
    yaml_parse: 2000,
    yaml_patch: 2000,
    yaml_write: 2000,
);
