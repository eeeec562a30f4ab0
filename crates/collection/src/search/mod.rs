//! Search over names, addresses and contents of all resources.

mod fields;
mod lines;
mod query;

pub use query::{SearchError, SearchQuery};

use crate::collections::Collections;
use crate::model::{Kind, ResourceHits, ResourceId, SearchDone};
use crate::resource::Resource;
use crate::source::SourceFile;
use crate::tree::file_name;

/// Hits of one search: nobody reads more, and even a single letter is answered in bounded time and memory.
const MOST_HITS: usize = 2000;

impl Collections {
    /// Hands over what it finds, resource by resource in display order, broken files last. `is_stopped` is asked before
    /// each resource.
    pub fn search(
        &self,
        query: &SearchQuery,
        is_stopped: impl Fn() -> bool,
        mut found: impl FnMut(ResourceHits),
    ) -> SearchDone {
        let mut done = SearchDone::default();
        let mut left = MOST_HITS;
        let readable = self.in_order().into_iter().filter_map(|id| self.located(id));
        let readable = readable.map(|(_, resource)| Place::Resource(resource));
        let broken = self.files.values().map(AsRef::as_ref);
        let broken = broken
            .filter(|file: &&SourceFile| file.parsed().resources.is_empty())
            .map(Place::Broken);
        for place in readable.chain(broken) {
            if left == 0 || is_stopped() {
                return done;
            }
            let hits = self.hits(&place, query, left);
            let Some(hits) = hits else { continue };
            left -= hits.hits.len();
            done.resources += 1;
            done.hits += u32::try_from(hits.hits.len()).unwrap_or(u32::MAX);
            found(hits);
        }
        done.complete = left > 0;
        done
    }

    fn hits(&self, place: &Place<'_>, query: &SearchQuery, most: usize) -> Option<ResourceHits> {
        match place {
            Place::Resource(resource) => {
                let hits = fields::hits(resource, query, most);
                (!hits.is_empty()).then(|| ResourceHits {
                    id: resource.id.clone(),
                    kind: resource.kind,
                    name: resource.name(),
                    method: resource.method(),
                    location: self.location(resource),
                    hits,
                })
            }
            Place::Broken(file) => {
                let hits = fields::hits_of_text(file.text()?, query, most);
                (!hits.is_empty()).then(|| ResourceHits {
                    id: ResourceId(file.path.clone()),
                    kind: Kind::Broken,
                    name: file_name(&file.path),
                    method: None,
                    location: Vec::new(),
                    hits,
                })
            }
        }
    }

    /// All resources as the tree shows them: collections by name, what belongs to none at the end.
    fn in_order(&self) -> Vec<&ResourceId> {
        let index = self.index();
        let mut roots: Vec<(String, &ResourceId)> = index
            .roots
            .iter()
            .map(|id| {
                (
                    self.located(id)
                        .map(|(_, root)| root.name().to_lowercase())
                        .unwrap_or_default(),
                    id,
                )
            })
            .collect();
        roots.sort();
        let broken_roots = index.children.keys().filter(|id| !index.by_id.contains_key(*id));
        let starts = roots
            .into_iter()
            .map(|(_, id)| id)
            .chain(broken_roots)
            .chain(&index.strays);
        let mut order = Vec::with_capacity(index.by_id.len());
        let mut open: Vec<&ResourceId> = starts.collect();
        open.reverse();
        while let Some(id) = open.pop() {
            order.push(id);
            let mut children: Vec<&ResourceId> = index.children.get(id).into_iter().flatten().collect();
            children.sort_by_key(|child| self.located(child).map(|(_, child)| section(child.kind)));
            open.extend(children.into_iter().rev());
        }
        order
    }
}

enum Place<'c> {
    Resource(&'c Resource),
    Broken(&'c SourceFile),
}

/// In which part of the tree a resource stands, from the top.
fn section(kind: Kind) -> u8 {
    match kind {
        Kind::ApiSpec => 0,
        Kind::Environment => 2,
        Kind::UnitTestSuite | Kind::UnitTest => 3,
        Kind::Request
        | Kind::RequestGroup
        | Kind::GrpcRequest
        | Kind::WebSocketRequest
        | Kind::SocketIORequest
        | Kind::McpRequest => 1,
        _ => 4,
    }
}
