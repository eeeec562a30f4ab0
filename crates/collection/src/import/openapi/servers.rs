//! Servers as environments.

use serde_json::{Value, json};

use super::super::json::{any_text, description, entries, list, text};
use super::super::planned::Planned;
use super::super::report::Notes;
use crate::model::Kind;

/// Servers that become environments.
const MAX_SERVERS: usize = 100;

/// The first server in the base environment; all of them below it where there are several.
pub(super) fn environments(value: &Value, root: &mut Planned, notes: &mut Notes) {
    let servers = if value.get("swagger").is_some() {
        swagger(value)
    } else {
        list(value, "servers")
            .iter()
            .take(MAX_SERVERS)
            .map(|server| (description(server.get("description")).to_owned(), address(server)))
            .collect()
    };
    if list(value, "servers").len() > MAX_SERVERS {
        notes.left(
            "Of more than 100 servers the others are not taken as environments",
            "",
        );
    }
    let first = servers.first().map_or("", |(_, url)| url.as_str()).to_owned();
    if !first.contains("://") {
        notes.changed(
            "The description names no whole address of a server; set base_url in the environment",
            &first,
        );
    }
    let base = root.base_environment();
    base.set("data", json!({ "base_url": first }));
    if servers.len() > 1 {
        for (name, url) in servers {
            let name = if name.trim().is_empty() { url.clone() } else { name };
            let mut environment = Planned::new(Kind::Environment, &name);
            environment.set("data", json!({ "base_url": url }));
            base.children.push(environment);
        }
    }
}

/// The address with the standard values of its variables.
fn address(server: &Value) -> String {
    let mut url = any_text(server, "url");
    for (name, variable) in entries(server, "variables") {
        url = url.replace(&format!("{{{name}}}"), &any_text(variable, "default"));
    }
    url.trim_end_matches('/').to_owned()
}

fn swagger(value: &Value) -> Vec<(String, String)> {
    let host = text(value, "host");
    let base = text(value, "basePath").trim_end_matches('/');
    if host.is_empty() {
        return vec![(String::new(), base.to_owned())];
    }
    let schemes: Vec<&str> = list(value, "schemes")
        .iter()
        .filter_map(Value::as_str)
        .take(MAX_SERVERS)
        .collect();
    let schemes = if schemes.is_empty() {
        vec!["https"]
    } else {
        schemes
    };
    schemes
        .into_iter()
        .map(|scheme| (scheme.to_owned(), format!("{scheme}://{host}{base}")))
        .collect()
}
