//! An invented team that works on one collection: the sample files, the Git host they lie on, a colleague who
//! pushes, and what a person does in the window. The demo and the tests of the window share it, so that what is
//! shown is what is tested.

#[cfg(target_os = "linux")]
mod person;
mod sample;
mod team;

#[cfg(target_os = "linux")]
pub use person::{Connection, Person};
pub use sample::{CREATE_SHIPMENT, files};
pub use team::{Team, TeamError};
