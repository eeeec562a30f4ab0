//! The cases, a chapter a file.

mod addresses;
mod answers;
mod certificates;
mod connections;
mod crashes;
mod damage;
mod formats;
mod guests;
mod programs;
mod pushes;
mod redirects;
mod secrets;
mod texts;
mod together;
mod trees;
mod waiting;
mod window;

use super::case::Chapter;

pub(super) const CHAPTERS: &[Chapter] = &[
    addresses::CHAPTER,
    certificates::CHAPTER,
    redirects::CHAPTER,
    answers::CHAPTER,
    connections::CHAPTER,
    pushes::CHAPTER,
    secrets::CHAPTER,
    trees::CHAPTER,
    programs::CHAPTER,
    formats::CHAPTER,
    damage::CHAPTER,
    texts::CHAPTER,
    crashes::CHAPTER,
    guests::CHAPTER,
    together::CHAPTER,
    window::CHAPTER,
    waiting::CHAPTER,
];
