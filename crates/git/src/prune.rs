//! Taking branches off the list that the remote does not have any more. Undo puts them back on it.

use git2::Direction;

use crate::error::GitError;
use crate::fetch::{Offer, offer, tracking};
use crate::model::{Oid, RemoteBranch};
use crate::network::Network;
use crate::plan::{Plan, RefEdit};
use crate::progress::Stage;
use crate::remote_callbacks::Listener;
use crate::repository::Repo;
use crate::transport::{self, Operation};

impl Repo {
    /// Asks the remote which branches on the list it does not have any more. Nothing changes.
    pub fn gone_branches(&self, net: &Network) -> Result<Vec<RemoteBranch>, GitError> {
        let offer = self.ask(net)?;
        let gone = |(name, _): &(String, git2::Oid)| name != "HEAD" && !offer.branches.contains_key(name);
        self.tracked()?
            .into_iter()
            .filter(gone)
            .map(|(name, tip)| {
                let tip = self.commit_info(&Oid::from(tip))?;
                Ok(RemoteBranch { name, tip })
            })
            .collect()
    }

    /// Takes them off the list, unless they have moved since they were looked at.
    pub fn forget_branches(&self, gone: &[RemoteBranch]) -> Result<(), GitError> {
        if gone.is_empty() {
            return Ok(());
        }
        let refs = gone.iter().map(|branch| {
            let tip = branch.tip.id.to_git()?;
            Ok(RefEdit::new(tracking(&branch.name), tip, None))
        });
        let label = match gone {
            [only] => format!("Remove origin/{}, which is gone on the remote", only.name),
            several => format!("Remove {} branches that are gone on the remote", several.len()),
        };
        self.land(Plan {
            label,
            refs: refs.collect::<Result<_, GitError>>()?,
            ..Plan::default()
        })
    }

    /// What the remote has; nothing is taken from it.
    fn ask(&self, net: &Network) -> Result<Offer, GitError> {
        let operation = Operation::new(&self.remote_uri()?, net)?;
        let _entered = operation.enter();
        let listener = Listener::new(net);
        listener.meter.stage(Stage::Connecting);
        let mut remote = transport::remote(&self.git)?;
        remote
            .connect(Direction::Fetch)
            .map_err(|error| operation.explain(error))?;
        let offer = offer(&remote, &operation)?;
        let _ = remote.disconnect();
        Ok(offer)
    }
}
