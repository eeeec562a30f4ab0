//! Whether a folder lies on another computer, where nobody tells of changes made there.

use std::path::Path;

/// File systems of other computers, and those that a program makes up: `man 2 statfs`.
#[cfg(target_os = "linux")]
const REMOTE: [u64; 9] = [
    0x6969,      // NFS
    0x517B,      // SMB
    0xFF53_4D42, // CIFS
    0xFE53_4D42, // SMB 2
    0x0102_1997, // 9p, as Windows' drives in WSL
    0x6573_5546, // FUSE
    0x5346_414F, // AFS
    0x00C3_6400, // Ceph
    0x786F_4256, // folders shared with a virtual machine
];

#[cfg(target_os = "linux")]
pub(super) fn is_remote(folder: &Path) -> bool {
    rustix::fs::statfs(folder).is_ok_and(|found| {
        // The kernel's number is of 32 bits, whatever the type that carries it.
        let kind = u64::try_from(found.f_type).unwrap_or_default() & 0xFFFF_FFFF;
        REMOTE.contains(&kind)
    })
}

#[cfg(windows)]
pub(super) fn is_remote(folder: &Path) -> bool {
    use std::path::{Component, Prefix};
    let prefix = match folder.components().next() {
        Some(Component::Prefix(prefix)) => prefix.kind(),
        _ => return false,
    };
    matches!(prefix, Prefix::UNC(..) | Prefix::VerbatimUNC(..))
}

#[cfg(not(any(target_os = "linux", windows)))]
pub(super) fn is_remote(_folder: &Path) -> bool {
    false
}
