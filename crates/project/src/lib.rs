//! The use cases, where collections and Git meet.

pub mod model;
pub mod user_settings;
