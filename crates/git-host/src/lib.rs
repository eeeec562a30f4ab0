//! An HTTPS Git host on the loopback interface, for the demo and the tests; never part of the app.
//!
//! A [`Host`] serves bare repositories with real `git http-backend` behind a TLS server of its own, with a
//! certificate authority made on the spot. It asks for tokens, refuses pushes with the words of the known
//! vendors, and breaks in every way a network breaks, so that a client can be tested against the world
//! without leaving the machine.
//!
//! ```no_run
//! use sheaf_git_host::{Access, Host, Vendor};
//!
//! # fn main() -> Result<(), sheaf_git_host::HostError> {
//! let host = Host::start()?;
//! host.create_repo("team/parcels")?;
//! host.add_token("demo-token", "ana", Access::ReadWrite);
//! host.protect("team/parcels", "main", Vendor::GitHub)?;
//! let url = host.url("team/parcels");
//! # let _ = url;
//! # Ok(())
//! # }
//! ```

mod access;
mod backend;
mod body;
mod certificate;
mod colleague;
mod error;
mod fault;
mod fault_body;
mod git;
mod hook;
mod host;
mod repository;
mod request_log;
mod route;
mod server;
mod state;
mod vendor;

pub use access::{Access, Authorization, Scheme};
pub use certificate::CertificateKind;
pub use error::HostError;
pub use fault::Fault;
pub use host::Host;
pub use request_log::{Listener, Request};
pub use vendor::{Refusal, Vendor};
