//! API collections: resources, formats, changes. Knows no Git and no window.

mod changes;
mod collections;
mod comparison;
mod curl;
mod edit;
mod export;
mod fields;
#[doc(hidden)]
pub mod fuzzing;
mod hash;
mod import;
mod index;
mod kinds;
mod legacy;
mod merge;
pub mod model;
mod ordered;
pub mod parallel;
mod problem;
mod question;
mod resource;
mod search;
mod source;
mod staging;
mod texts;
mod tree;
mod v5;
mod verify;
mod yaml;
pub mod yaml_text;

pub use changes::{changes, file_change};
pub use collections::Collections;
pub use curl::{CurlRequest, is_curl, parse_curl};
pub use edit::{Conversion, EditError, MovedValue, Stamp};
pub use import::limits as import_limits;
pub use import::{ImportError, ImportPlan, ImportReport, Imported, TakenCount, read_import};
pub use legacy::{private_file, private_name};
pub use merge::{Beyond, MergeSides, Merged, merge};
pub use model::Scope;
pub use search::{SearchError, SearchQuery};
pub use staging::{Choice, ModifiedOf, StageError, Staged, StagedContent, StagedFile, stage};
pub use texts::TextPlace;
