//! What the disk takes for a safe write, which no program can do in less.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::Rows;
use crate::failure::Failure;
use crate::fixture::Fixture;
use crate::measure::{clock, in_turn};
use crate::report::{Bar, Row};

const SMALL: [u8; 1500] = [b'x'; 1500];
const MANY: usize = 100;

pub(super) fn rows(fixture: &Fixture, rounds: usize) -> Rows {
    let folder = fixture.root.join(".git").join("bench");
    fs::create_dir_all(&folder)?;
    let one = |n: usize| write_safely(&folder.join(n.to_string()), &SMALL);
    let mut small = || clock(|| one(0));
    let mut many = || clock(|| (0..MANY).try_for_each(one));
    let [small, many] = in_turn(rounds, [&mut small, &mut many])?;
    fs::remove_dir_all(&folder)?;
    Ok(vec![
        Row::alone("fsync floor: write, sync, rename of 1.5 KB", small, Bar::None),
        Row::alone("  of 100 of them, one after the other", many, Bar::None),
    ])
}

/// The least that a safe write does.
pub(super) fn write_safely(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let temp = file.with_extension("tmp");
    let mut new = File::create(&temp)?;
    new.write_all(bytes)?;
    new.sync_all()?;
    fs::rename(&temp, file)?;
    Ok(())
}
