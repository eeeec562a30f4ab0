//! What libgit2 is given.

use std::sync::Arc;

use git2::transport::{Service as Asked, SmartSubtransport, SmartSubtransportStream, Transport};
use git2::{Error, ErrorClass, ErrorCode, Remote, Repository};

use super::exchange::Service;
use super::operation::{Operation, Stop};
use super::stream::{Advertisement, Call};
use crate::error::GitError;

/// The private scheme under which libgit2 finds this transport.
pub(crate) const SCHEME: &str = "sheaf";
/// What libgit2 takes for the address; the real one is the operation's.
const ADDRESS: &str = "sheaf://remote";

struct Subtransport(Arc<Operation>);

/// Makes the transport of the operation that the calling thread has entered.
pub(crate) fn transport(remote: &Remote<'_>) -> Result<Transport, Error> {
    let Some(operation) = Operation::current() else {
        return Err(Error::new(
            ErrorCode::GenericError,
            ErrorClass::Net,
            "no operation was entered",
        ));
    };
    Transport::smart(remote, true, Subtransport(operation))
}

/// A remote of the entered operation. It has no name, so none of the repository's settings applies to it.
pub(crate) fn remote(git: &Repository) -> Result<Remote<'_>, GitError> {
    let remote = git.remote_anonymous(ADDRESS)?;
    if remote.url().ok() != Some(ADDRESS) {
        return Err(GitError::Unsupported(
            "a setting that replaces addresses (insteadOf)".to_owned(),
        ));
    }
    Ok(remote)
}

impl SmartSubtransport for Subtransport {
    fn action(&self, _: &str, asked: Asked) -> Result<Box<dyn SmartSubtransportStream>, Error> {
        let operation = Arc::clone(&self.0);
        let list = |service| match Advertisement::open(Arc::clone(&operation), service) {
            Ok(stream) => Ok(Box::new(stream) as Box<dyn SmartSubtransportStream>),
            Err(stop) => Err(stopped(&operation, &stop)),
        };
        match asked {
            Asked::UploadPackLs => list(Service::UploadPack),
            Asked::ReceivePackLs => list(Service::ReceivePack),
            Asked::UploadPack => Ok(Box::new(Call::new(operation, Service::UploadPack))),
            Asked::ReceivePack => Ok(Box::new(Call::new(operation, Service::ReceivePack))),
        }
    }

    fn close(&self) -> Result<(), Error> {
        Ok(())
    }
}

fn stopped(operation: &Operation, stop: &Stop) -> Error {
    operation.stop(stop);
    Error::new(ErrorCode::GenericError, ErrorClass::Net, "stopped")
}
