//! The local half of the engine through its public functions, with the git program as the judge.
#![allow(clippy::unwrap_used, clippy::panic)]

mod branches;
mod checkout;
mod commit;
mod crash;
mod discard;
mod guests;
mod history;
mod hostile;
mod merge;
mod never_lost;
mod path_log;
mod repair;
mod repository;
mod scan;
mod support;
mod switch;
mod undo;
