//! Finding a resource by what a person types.

use super::error::EditError;
use crate::collections::Collections;
use crate::model::{Kind, ResourceId};
use crate::resource::Resource;

const MAX_CANDIDATES: usize = 10;

impl Collections {
    /// A reference by id, by the exact path of its file or of its names (`Shop/Orders/List`), or by a name that only
    /// one has, whatever its case.
    pub fn find(&self, what: &str) -> Result<ResourceId, EditError> {
        let id = ResourceId(what.to_owned());
        if self.located(&id).is_some() {
            return Ok(id);
        }
        if let Some(file) = self.files.get(what) {
            return Ok(file
                .parsed()
                .resources
                .first()
                .map_or(id, |resource| resource.id.clone()));
        }
        let ids = self.ids();
        let named = |wanted: &dyn Fn(&Resource) -> bool| -> Vec<&ResourceId> {
            ids.iter()
                .filter(|id| self.located(id).is_some_and(|(_, resource)| wanted(resource)))
                .collect()
        };
        let lower = what.trim().to_lowercase();
        let mut found = named(&|resource| resource.name().to_lowercase() == lower);
        if found.is_empty() && what.contains('/') {
            found = named(&|resource| self.is_at(resource, what));
        }
        match found.as_slice() {
            [] => Err(EditError::not_found(what)),
            [only] => Ok((*only).clone()),
            several => Err(EditError::Ambiguous {
                what: what.to_owned(),
                candidates: several
                    .iter()
                    .take(MAX_CANDIDATES)
                    .map(|id| self.candidate(id))
                    .collect(),
            }),
        }
    }

    fn candidate(&self, id: &ResourceId) -> String {
        let Some((_, resource)) = self.located(id) else {
            return id.0.clone();
        };
        let mut names = self.location(resource);
        names.push(resource.name());
        format!("{} ({id})", names.join("/"))
    }

    fn is_at(&self, resource: &Resource, what: &str) -> bool {
        let mut names = self.location(resource);
        names.push(resource.name());
        let within_collection = names.get(1..).unwrap_or_default().join("/");
        what == names.join("/") || what == within_collection
    }

    /// Names of the collection and the folders that hold a resource, outermost first.
    pub(crate) fn location(&self, resource: &Resource) -> Vec<String> {
        const MAX_FOLDERS: usize = 256;
        let mut names = Vec::new();
        let mut parent = resource.parent.clone();
        while let Some((_, holder)) = parent.as_ref().and_then(|id| self.located_quickly(id)) {
            let is_base = holder.kind == Kind::Environment;
            if !is_base {
                names.push(holder.name());
            }
            if names.len() > MAX_FOLDERS {
                break;
            }
            parent.clone_from(&holder.parent);
        }
        names.reverse();
        names
    }
}
