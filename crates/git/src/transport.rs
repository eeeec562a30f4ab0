//! The way to a host: a smart subtransport of libgit2 over an https client of our own.
//!
//! libgit2's own client cannot be stopped while it waits, loses what a host says beside its status, and follows
//! redirects with the token. Here every wait ends within a moment of a cancel, errors are typed, and a token goes to
//! its origin only.
//!
//! libgit2 knows one handler a scheme and nothing of the operation it runs for, so an [`Operation`] is entered on the
//! thread that calls libgit2 and found again from there. The scheme is private: no setting of a repository (`insteadOf`,
//! `pushurl`, proxies) reaches the address, which is always the operation's.

mod client;
mod exchange;
mod failure;
mod operation;
mod pack_stream;
mod pkt_line;
mod recorded;
mod redirect;
mod resolver;
mod status;
mod stream;
mod subtransport;
mod text_only;
mod unborn;
mod upload;
mod wait;

pub(crate) use exchange::{Service, info_refs};
pub(crate) use operation::{Operation, Stop};
pub(crate) use pack_stream::PackStream;
pub(crate) use pkt_line::{Advertised, line, lines};
pub use recorded::RecordedAnswer;
pub(crate) use recorded::{
    SCHEME as RECORDED_SCHEME, Taken, list_answer, play, post_answer, recorded_transport,
};
pub(crate) use subtransport::{SCHEME, remote, transport};
pub(crate) use unborn::{said as unborn_in, unborn_head};
