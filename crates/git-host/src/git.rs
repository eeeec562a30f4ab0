use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::HostError;

/// The environment of every git this host runs: nothing of the user's configuration reaches it, and a
/// repository that lies in a folder of another user is served all the same.
pub(crate) fn environment(home: &Path) -> Vec<(OsString, OsString)> {
    let fixed = [
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "safe.directory"),
        ("GIT_CONFIG_VALUE_0", "*"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("LC_ALL", "C"),
    ];
    let mut environment: Vec<(OsString, OsString)> = fixed
        .iter()
        .map(|(key, value)| ((*key).into(), (*value).into()))
        .collect();
    environment.push(("HOME".into(), home.into()));
    // Windows finds neither sockets nor temporary folders without these.
    for kept in ["PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR"] {
        if let Some(value) = std::env::var_os(kept) {
            environment.push((kept.into(), value));
        }
    }
    environment
}

/// Runs git in a repository, with `input` on its standard input, and gives back what it printed.
pub(crate) fn run(
    home: &Path,
    repository: &Path,
    arguments: &[&str],
    input: &[u8],
) -> Result<String, HostError> {
    let output = output(home, repository, arguments, input)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(HostError::Git {
        command: arguments.first().copied().unwrap_or_default().to_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}

fn output(home: &Path, repository: &Path, arguments: &[&str], input: &[u8]) -> Result<Output, HostError> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(repository)
        .args(arguments)
        .env_clear()
        .envs(environment(home))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(HostError::io("git could not be started"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A git that stops reading says why on its standard error, which is worth more than a broken pipe.
        let _ = stdin.write_all(input);
    }
    child
        .wait_with_output()
        .map_err(HostError::io("git could not be waited for"))
}
