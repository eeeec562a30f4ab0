//! Numbers in sentences.

/// `1 commit`, `2 commits`. `things` are more than one `thing`.
pub fn counted(number: u32, thing: &str, things: &str) -> String {
    if number == 1 {
        format!("1 {thing}")
    } else {
        format!("{number} {things}")
    }
}

/// A number of things as the page and `counted` take it.
pub fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
