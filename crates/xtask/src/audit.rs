use crate::failure::Failure;
use crate::program::{Program, root, unattended};

/// Before this one, a pack from a hostile server could write past its buffer.
const SOUND_LIBGIT2: [u32; 3] = [0, 18, 8];

/// Checks the one library that reads what strangers send, as no database is needed for that.
pub(crate) fn libgit2() -> Result<(), Failure> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))?;
    let versions = versions(&lock, "libgit2-sys");
    println!("libgit2-sys {}", versions.join(", "));
    let sound = |version: &String| numbers(version) >= SOUND_LIBGIT2;
    if !versions.is_empty() && versions.iter().all(sound) {
        return Ok(());
    }
    Err(Failure::new("Cargo.lock must have libgit2-sys 0.18.8 or newer"))
}

/// Whether cargo-deny is there. Where nobody watches it is installed; a person is not made to wait for that.
pub(crate) fn can_deny() -> bool {
    let is_there = || Program::cargo(&["deny", "--version"]).works();
    is_there()
        || unattended()
            && Program::cargo(&["install", "cargo-deny", "--locked"])
                .run()
                .is_ok()
            && is_there()
}

/// What deny.toml asks for. It reads the sources of every system's dependencies, of which a build has fetched only
/// those of its own. Advisories only where their database has been fetched before, as no package registry has it.
pub(crate) fn deny() -> Result<(), Failure> {
    Program::cargo(&["fetch", "--locked"]).run()?;
    let home = std::env::var_os("CARGO_HOME").map(std::path::PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let fetched = home.is_some_and(|home| home.join("advisory-dbs").exists());
    let mut arguments = vec!["deny", "--offline", "check", "bans", "licenses", "sources"];
    if fetched {
        arguments.push("advisories");
    }
    Program::cargo(&arguments).run()
}

fn versions(lock: &str, package: &str) -> Vec<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    let mut versions = Vec::new();
    while let Some(line) = lines.next() {
        if line == name
            && let Some(version) = lines.next().and_then(|line| line.strip_prefix("version = \""))
        {
            versions.push(version.trim_end_matches('"').to_owned());
        }
    }
    versions
}

/// The three numbers of a version such as `0.18.8+1.9.7`.
fn numbers(version: &str) -> [u32; 3] {
    let core = version.split(['+', '-']).next().unwrap_or_default();
    let mut numbers = core.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| numbers.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        let lock = "[[package]]\nname = \"libgit2-sys\"\nversion = \"0.18.10+1.9.9\"\n";
        assert_eq!(versions(lock, "libgit2-sys"), ["0.18.10+1.9.9"]);
        assert!(numbers("0.18.10+1.9.9") > SOUND_LIBGIT2);
        assert!(numbers("0.18.7+1.9.7") < SOUND_LIBGIT2);
    }
}
