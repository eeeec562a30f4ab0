//! The fields of a resource, read when somebody asks for them: a tree of thousands shows a name of each.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value};

type Read = Box<dyn FnOnce() -> Map<String, Value> + Send>;

/// A map of fields that is made when it is first looked into.
pub(crate) struct Fields(Arc<LazyLock<Map<String, Value>, Read>>);

impl Fields {
    /// Fields that `read` gives.
    pub(crate) fn later(read: impl FnOnce() -> Map<String, Value> + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(read))))
    }

    /// The same fields for another state of the resource. `clone` gives the map.
    pub(crate) fn shared(&self) -> Self {
        Self(self.0.clone())
    }
}

impl From<Map<String, Value>> for Fields {
    fn from(fields: Map<String, Value>) -> Self {
        Self::later(move || fields)
    }
}

impl Deref for Fields {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl PartialEq<Fields> for Map<String, Value> {
    fn eq(&self, other: &Fields) -> bool {
        *self == **other
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
