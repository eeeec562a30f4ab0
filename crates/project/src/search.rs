//! Searching what the window shows.

use sheaf_collection::SearchQuery;
use sheaf_collection::model::{ResourceHits, SearchDone, SearchOptions};
use sheaf_git::cancel::CancelToken;

use crate::error::Result;
use crate::project::Project;

/// Resources that are handed over at once: a hit is shown soon, and a message is worth its way.
const BATCH: usize = 50;

impl Project {
    /// Searches names, addresses and contents and hands over what it finds in display order, some at a time. Nothing of
    /// it is logged, as values of environments may be secret. It searches what was read last, so that each key that is
    /// typed is answered at once; whoever changes files reads the view anyway.
    pub fn search(
        &self,
        query: &str,
        options: SearchOptions,
        cancel: &CancelToken,
        mut found: impl FnMut(Vec<ResourceHits>),
    ) -> Result<SearchDone> {
        let query = SearchQuery::new(query, options)?;
        let collections = self.collections_as_read()?;
        let mut batch = Vec::new();
        let done = collections.search(
            &query,
            || cancel.is_cancelled(),
            |hits| {
                batch.push(hits);
                if batch.len() == BATCH {
                    found(std::mem::take(&mut batch));
                }
            },
        );
        if !batch.is_empty() {
            found(batch);
        }
        Ok(done)
    }
}
