//! API collections: resources, formats, changes. Knows no Git and no window.

pub mod model;
