//! Git URIs: what is accepted, and what is said about the rest.

/// Why a text is no Git URI that Sheaf uses. The message says what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum UriProblem {
    #[error("type the https address of the repository")]
    Empty,
}
