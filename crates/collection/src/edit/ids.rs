//! New ids in Insomnia's form: a prefix and a random UUID without dashes.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::hash::sha1_hex;
use crate::kinds::kind_info;
use crate::model::{Kind, ResourceId};

/// A new id for a resource of this kind.
pub(crate) fn new_id(kind: Kind) -> ResourceId {
    let prefix = kind_info(kind).map_or("res", |info| info.prefix);
    ResourceId(format!("{prefix}_{}", new_uuid().replace('-', "")))
}

/// A random UUID (version 4) with its dashes, as rows of some lists have it.
pub(crate) fn new_uuid() -> String {
    let mut bytes = random_bytes();
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// The id of the base environment follows from that of its collection, so that all clients make the same.
pub(crate) fn base_environment_id(collection: &ResourceId) -> ResourceId {
    ResourceId(format!("env_{}", sha1_hex(collection.0.as_bytes())))
}

/// The id of the cookie jar, which follows in the same way.
pub(crate) fn cookie_jar_id(collection: &ResourceId) -> ResourceId {
    ResourceId(format!("jar_{}", sha1_hex(collection.0.as_bytes())))
}

fn random_bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        bytes = unique_bytes();
    }
    bytes
}

/// Ids only have to differ; a system without randomness still has a clock and a counter.
fn unique_bytes() -> [u8; 16] {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let time = std::time::SystemTime::now();
    let seed = format!("{time:?} {count} {}", std::process::id());
    u128::from_str_radix(&sha1_hex(seed.as_bytes())[..32], 16)
        .unwrap_or(u128::from(count))
        .to_be_bytes()
}
