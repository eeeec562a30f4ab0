//! Finds what looks like a secret in text: tokens by the shape their providers document, private keys, passwords in
//! addresses, values that look random where a name says secret, and exact values that are known. Knows no Git, no
//! collection and no file; nothing it hands out holds a value in clear.

mod assignments;
mod base64;
mod blank;
mod fingerprint;
mod guard;
mod known;
mod mask;
mod name;
mod placeholder;
mod random;
mod rule;
mod rules;

pub use fingerprint::fingerprint;
pub use guard::{Found, Guard};
pub use known::Known;
pub use mask::masked;
pub use name::says_secret;
