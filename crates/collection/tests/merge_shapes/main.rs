//! Merges of the shapes that conflict in the histories of teams: each ends with the questions that only a person can
//! answer, and most with none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;
mod depot;
mod one_file;
mod requests;
mod rewrites;
mod shape;
mod spec;
mod structure;

use shape::Shape;

fn check(shapes: Vec<Shape>) {
    for shape in shapes {
        shape.check();
    }
}

#[test]
fn the_depot_is_sound() {
    for state in [depot::tree(), depot::one_file()] {
        assert_eq!(common::merging::problems(&state), [""; 0]);
    }
}
