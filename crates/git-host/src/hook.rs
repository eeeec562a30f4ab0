use std::fmt::Write as _;
use std::path::Path;

use crate::HostError;
use crate::repository::Repositories;
use crate::vendor::{Refusal, Vendor, Wording};

/// One reason for which a repository refuses a push.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// The full name of the ref; `None` for every ref.
    reference: Option<String>,
    only_rewrites: bool,
    wording: Wording,
}

impl Rule {
    pub(crate) fn protecting(branch: &str, vendor: Vendor) -> Self {
        Self {
            reference: Some(format!("refs/heads/{branch}")),
            only_rewrites: false,
            wording: Wording::of_protection(vendor),
        }
    }

    pub(crate) fn refusing(refusal: Refusal) -> Self {
        Self {
            reference: None,
            only_rewrites: refusal == Refusal::ForcePushNotAllowed,
            wording: Wording::of_refusal(refusal),
        }
    }

    pub(crate) fn protects(&self, branch: &str) -> bool {
        self.reference
            .as_deref()
            .and_then(|name| name.strip_prefix("refs/heads/"))
            == Some(branch)
    }

    fn has_status(&self) -> bool {
        self.wording.status.is_some()
    }
}

/// The two hooks that can refuse a push. Git itself words the reason that a `pre-receive` refusal puts beside
/// the ref; only a `proc-receive` hook can put a vendor's own reason there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hook {
    PreReceive,
    ProcReceive,
}

impl Hook {
    fn file_name(self) -> &'static str {
        match self {
            Self::PreReceive => "pre-receive",
            Self::ProcReceive => "proc-receive",
        }
    }

    fn takes(self, rule: &Rule) -> bool {
        rule.has_status() == (self == Self::ProcReceive)
    }

    fn main(self) -> &'static str {
        match self {
            Self::PreReceive => PRE_RECEIVE,
            Self::ProcReceive => PROC_RECEIVE,
        }
    }
}

/// Writes the hooks that follow from the rules, and removes those that are no longer needed.
pub(crate) fn install(repositories: &Repositories, path: &Path, rules: &[Rule]) -> Result<(), HostError> {
    let hooks = path.join("hooks");
    std::fs::create_dir_all(&hooks).map_err(HostError::io("the hooks folder could not be made"))?;
    for (index, rule) in rules.iter().enumerate() {
        std::fs::write(hooks.join(format!("words-{index}")), &rule.wording.sideband)
            .map_err(HostError::io("the words of a hook could not be written"))?;
    }
    for hook in [Hook::PreReceive, Hook::ProcReceive] {
        write_hook(&hooks, hook, rules)?;
    }
    route_to_proc_receive(repositories, path, rules)
}

fn write_hook(hooks: &Path, hook: Hook, rules: &[Rule]) -> Result<(), HostError> {
    let file = hooks.join(hook.file_name());
    if rules.iter().any(|rule| hook.takes(rule)) {
        // Renaming into place keeps a push that is under way from running half a script.
        let fresh = file.with_extension("new");
        std::fs::write(&fresh, script(hook, rules)).map_err(HostError::io("a hook could not be written"))?;
        make_executable(&fresh)?;
        return std::fs::rename(&fresh, &file).map_err(HostError::io("a hook could not be put in place"));
    }
    match std::fs::remove_file(&file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(HostError::io("a hook could not be removed")(error))
        }
        _ => Ok(()),
    }
}

/// Git hands a ref to `proc-receive` only when the configuration names it.
fn route_to_proc_receive(repositories: &Repositories, path: &Path, rules: &[Rule]) -> Result<(), HostError> {
    const KEY: &str = "receive.procReceiveRefs";
    if repositories.git(path, &["config", "--get-all", KEY], b"").is_ok() {
        repositories.git(path, &["config", "--unset-all", KEY], b"")?;
    }
    for rule in rules.iter().filter(|rule| rule.has_status()) {
        let reference = rule.reference.as_deref().unwrap_or("refs");
        repositories.git(path, &["config", "--add", KEY, reference], b"")?;
    }
    Ok(())
}

fn script(hook: Hook, rules: &[Rule]) -> String {
    let mut script = format!("{SHARED}verdict() {{\n");
    for (index, rule) in rules.iter().enumerate().filter(|(_, rule)| hook.takes(rule)) {
        let reference = rule
            .reference
            .as_deref()
            .map_or_else(|| "\"$ref\"".to_owned(), quoted);
        let rewritten = if rule.only_rewrites { " && rewrites" } else { "" };
        let reason = quoted(rule.wording.status.unwrap_or_default());
        // Writing to a String cannot fail.
        let _ = writeln!(
            script,
            "\tif [ \"$ref\" = {reference} ]{rewritten}; then say words-{index}; reason={reason}; return 1; fi"
        );
    }
    script.push_str("\treturn 0\n}\n");
    script.push_str(hook.main());
    script
}

/// A word for the shell, whatever it contains.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(unix)]
fn make_executable(file: &Path) -> Result<(), HostError> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755))
        .map_err(HostError::io("a hook could not be made executable"))
}

#[cfg(not(unix))]
fn make_executable(_file: &Path) -> Result<(), HostError> {
    Ok(())
}

const SHARED: &str = r#"#!/bin/sh
hooks=${0%/*}

say() {
	safe=$(printf '%s' "$ref" | sed 's/[&|\\]/\\&/g')
	sed -e "s|@REF@|$safe|g" -e "s|@BRANCH@|${safe#refs/heads/}|g" "$hooks/$1" >&2
}

rewrites() {
	case "$old$new" in *0000000000000000000000000000000000000000*) return 1 ;; esac
	! git merge-base --is-ancestor "$old" "$new"
}

"#;

const PRE_RECEIVE: &str = r"
while read -r old new ref; do
	verdict || exit 1
done
";

const PROC_RECEIVE: &str = r#"
next() {
	size=$(dd bs=1 count=4 2>/dev/null)
	if [ -z "$size" ] || [ "$size" = 0000 ]; then return 1; fi
	packet=$(dd bs=1 count=$((0x$size - 4)) 2>/dev/null | tr -d '\000')
}

send() {
	printf '%04x%s' $((${#1} + 4)) "$1"
}

while next; do :; done
send version=1
printf 0000
while next; do
	old=${packet%% *}
	packet=${packet#* }
	new=${packet%% *}
	ref=${packet#* }
	if verdict; then
		send "ok $ref"
		send "option fall-through"
	else
		send "ng $ref $reason"
	fi
done
printf 0000
"#;
