//! *Test connection*: which step fails, and why.

use crate::model::{ConnectionReport, ConnectionStep};
use crate::network::Network;
use crate::uri::RemoteUri;

/// Tries a remote step by step. Each step is reported when it is known, and all of them in the end.
pub fn check_connection(
    _uri: &RemoteUri,
    _net: &Network,
    _on_step: &dyn Fn(&ConnectionStep),
) -> ConnectionReport {
    ConnectionReport {
        steps: Vec::new(),
        empty: false,
        default_branch: None,
    }
}
