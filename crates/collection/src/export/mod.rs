//! Collections as files for other programs.

mod curl;
mod insomnia;
mod spec;
