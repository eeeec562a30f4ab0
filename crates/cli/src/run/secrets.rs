//! `sheaf secrets`, and what `sheaf commit` and `sheaf push` say of them.

use std::fmt::Write;

use serde_json::json;
use sheaf_project::collection::model::ResourceId;
use sheaf_project::model::{Allow, Secret};
use sheaf_project::project::Project;
use sheaf_project::secrets::in_words;

use super::{Context, Outcome, words};
use crate::arguments::{SecretArgs, Secrets};
use crate::outcome::Done;

pub(super) fn run(context: &Context, what: Option<&Secrets>) -> Outcome {
    match what {
        None => list(context),
        Some(Secrets::Allow { fingerprints }) => {
            context.project()?.allow_secrets(fingerprints, Allow::Field)?;
            let text = "Allowed in this field, on this computer; sheaf secrets forget asks about it again.";
            Ok(Done::ok(&json!({ "allowed": fingerprints }), text))
        }
        Some(Secrets::Forget { field }) => {
            let (id, path) = field
                .split_once(':')
                .ok_or_else(|| Done::usage("What to forget looks like ID:FIELD."))?;
            context
                .project()?
                .forget_allowed(&ResourceId(id.to_owned()), path)?;
            Ok(Done::ok(
                &json!({ "forgotten": field }),
                format!("{field} is asked about again."),
            ))
        }
        Some(Secrets::Move {
            fingerprint,
            variable,
        }) => {
            let moved = context.project()?.move_secret(fingerprint, variable.as_deref())?;
            let text = format!(
                "The value is {} of the private environment {} now, and {} takes it from there. sheaf undo takes it back.",
                moved.variable, moved.environment_name, moved.field
            );
            Ok(Done::ok(&moved, text))
        }
    }
}

fn list(context: &Context) -> Outcome {
    let found = context.project()?.secrets()?;
    let mut text = String::new();
    for (title, secrets) in [
        ("Not committed", &found.uncommitted),
        ("Committed, not pushed", &found.unpushed),
    ] {
        if !secrets.is_empty() {
            let _ = writeln!(text, "{title}: {}.\n{}", in_words(secrets), lines(secrets));
        }
    }
    if !found.allowed.is_empty() {
        text.push_str("Allowed on this computer:\n");
    }
    for allowed in &found.allowed {
        let _ = writeln!(
            text,
            "  {}:{}  ({})",
            allowed.resource, allowed.field, allowed.code
        );
    }
    if text.is_empty() {
        text.push_str("Nothing looks like a secret.");
    }
    Ok(Done::ok(&found, text))
}

/// Lets through what the command line names.
pub(super) fn allow(project: &Project, secrets: &SecretArgs) -> Result<(), Done> {
    if !secrets.allow_secret.is_empty() {
        project.allow_secrets(&secrets.allow_secret, Allow::Once)?;
    }
    Ok(())
}

/// Lets through what was found.
pub(super) fn allow_all(project: &Project, found: &[Secret]) -> Result<(), Done> {
    let fingerprints: Vec<String> = found.iter().map(|secret| secret.fingerprint.clone()).collect();
    Ok(project.allow_secrets(&fingerprints, Allow::Once)?)
}

/// Why nothing happened, and what to do.
pub(super) fn held_back(secrets: &[Secret], nothing: &str) -> String {
    let mut text = format!("{nothing}: {}.\n{}", in_words(secrets), lines(secrets));
    let can_move = secrets.iter().any(|secret| secret.can_move);
    if can_move {
        text.push_str(
            "sheaf secrets move FINGERPRINT keeps a value in a private environment on this computer.\n",
        );
    }
    text.push_str(
        "--allow-secret FINGERPRINT lets a value through once; sheaf secrets allow FINGERPRINT allows its field.\n",
    );
    if secrets.iter().any(|secret| secret.commit.is_some()) {
        text.push_str("What a commit holds is sent even if a later one removes it: sheaf commit --amend replaces the last one.\n");
    }
    text
}

fn lines(secrets: &[Secret]) -> String {
    let mut text = String::new();
    for secret in secrets {
        let _ = writeln!(
            text,
            "  {}  {}  {}",
            secret.fingerprint, secret.masked, secret.what
        );
        let _ = writeln!(text, "      {}", place(secret));
        if let Some(commit) = &secret.commit {
            let _ = writeln!(text, "      in {}", words::commit(commit));
        }
    }
    text
}

/// `Parcels / Bookings / POST Create shipment: header X-Api-Key`.
fn place(secret: &Secret) -> String {
    let resource = &secret.resource;
    let method = resource.method.iter().map(|method| format!("{method} "));
    let name = method.collect::<String>() + &resource.name;
    let path: Vec<&str> = resource
        .location
        .iter()
        .map(String::as_str)
        .chain([name.as_str()])
        .collect();
    let mut place = path.join(" / ");
    if !secret.label.is_empty() {
        let _ = write!(place, ": {}", secret.label);
    }
    if let Some(line) = secret.line {
        let _ = write!(place, ", line {line}");
    }
    place
}
