//! Collections of other programs become collections here, and nothing is dropped in silence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "imports/bruno.rs"]
mod bruno;
#[path = "imports/har.rs"]
mod har;
#[path = "imports/hostile.rs"]
mod hostile;
#[path = "imports/insomnia.rs"]
mod insomnia;
#[path = "imports/openapi.rs"]
mod openapi;
#[path = "imports/postman.rs"]
mod postman;
#[path = "imports/samples.rs"]
mod samples;
#[path = "imports/support.rs"]
mod support;
#[path = "imports/yaak.rs"]
mod yaak;
