//! The only place with `unsafe`: process-wide options of libgit2 that have no safe wrapper.
//!
//! libgit2 keeps these options in unsynchronised globals. Every function here is therefore called from inside the
//! `Once` of [`setup`](crate::setup), before the first repository is opened.
#![allow(unsafe_code)]

use git2::{ConfigLevel, ObjectType};
use libgit2_sys as raw;

use crate::error::GitError;

/// No single object of a received pack may be larger.
const MAX_PACK_OBJECT_BYTES: usize = 512 * 1024 * 1024;
/// No received pack may hold more objects.
const MAX_PACK_OBJECTS: usize = 5_000_000;
/// Trees up to this size are kept once they were read: the folder of a large collection is half a megabyte, and is asked
/// for again with each of its files. All that is kept together is bounded by libgit2 itself.
const MAX_KEPT_TREE_BYTES: usize = 16 * 1024 * 1024;

/// Makes libgit2 durable and bounded, and blind to the configuration of the user and the system.
///
/// Must run before any other thread uses libgit2.
pub(crate) fn configure_libgit2() -> Result<(), GitError> {
    for level in [
        ConfigLevel::System,
        ConfigLevel::Global,
        ConfigLevel::XDG,
        ConfigLevel::ProgramData,
    ] {
        // SAFETY: called once, before any other use of libgit2, so nobody reads the path at the same time.
        unsafe { git2::opts::set_search_path(level, "")? };
    }
    // SAFETY: called once, before any other use of libgit2, so nobody reads the limit at the same time.
    unsafe { git2::opts::set_cache_object_limit(ObjectType::Tree, MAX_KEPT_TREE_BYTES)? };
    set_flag(raw::GIT_OPT_ENABLE_FSYNC_GITDIR, 1)?;
    set_flag(raw::GIT_OPT_ENABLE_UNSAVED_INDEX_SAFETY, 1)?;
    set_size(raw::GIT_OPT_SET_PACK_MAX_OBJECTS, MAX_PACK_OBJECTS)?;
    set_size(raw::GIT_OPT_SET_PACK_MAX_OBJECT_SIZE, MAX_PACK_OBJECT_BYTES)
}

/// Makes our own transport known to libgit2.
///
/// Must run before any other thread uses libgit2.
pub(crate) fn register_transport() -> Result<(), GitError> {
    // SAFETY: called once, before any other use of libgit2, so nobody reads the list of transports at the same time.
    unsafe { git2::transport::register(crate::transport::SCHEME, crate::transport::transport)? };
    Ok(())
}

/// The same for the one that plays answers back.
pub(crate) fn register_recorded() -> Result<(), GitError> {
    use crate::transport::{RECORDED_SCHEME, recorded_transport};
    // SAFETY: called once, by who feeds recorded answers, before it uses any transport.
    unsafe { git2::transport::register(RECORDED_SCHEME, recorded_transport)? };
    Ok(())
}

#[allow(clippy::cast_possible_wrap)]
fn set_flag(option: raw::git_libgit2_opt_t, value: std::ffi::c_int) -> Result<(), GitError> {
    // SAFETY: both options read exactly one `int` from the argument list.
    check(unsafe { raw::git_libgit2_opts(option as std::ffi::c_int, value) })
}

#[allow(clippy::cast_possible_wrap)]
fn set_size(option: raw::git_libgit2_opt_t, value: usize) -> Result<(), GitError> {
    // SAFETY: both options read exactly one `size_t` from the argument list.
    check(unsafe { raw::git_libgit2_opts(option as std::ffi::c_int, value) })
}

fn check(code: std::ffi::c_int) -> Result<(), GitError> {
    if code < 0 {
        Err(git2::Error::last_error(code).into())
    } else {
        Ok(())
    }
}
