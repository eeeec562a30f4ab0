//! The Git engine: repository, HTTPS transport, rejections, undo. Knows no collection.

pub mod cancel;
pub mod error;
pub mod event;
pub mod model;
pub mod progress;
pub mod redact;
pub mod repository;
pub mod uri;
