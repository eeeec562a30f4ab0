//! Security schemes as authentication. Secrets are variables of the environment, never invented values.

use serde_json::{Value, json};

use super::super::json::{entries, list, text};
use super::super::rows::row;
use super::super::template::{variable, variable_name};
use super::Reader;

/// What an operation needs: authentication, and rows for what one authentication cannot hold.
#[derive(Default)]
pub(super) struct Security {
    /// Insomnia's authentication.
    pub authentication: Option<Value>,
    /// Headers.
    pub headers: Vec<Value>,
    /// Rows of the query.
    pub query: Vec<Value>,
}

impl<'r> Reader<'r, '_> {
    /// The first way in that Insomnia knows, of those that the operation or the whole API names.
    pub(super) fn security(&mut self, operation: &'r Value, place: &str) -> Security {
        let own = operation.get("security");
        let Some(ways) = own
            .or_else(|| self.root.get("security"))
            .and_then(Value::as_array)
        else {
            return Security::default();
        };
        let none = || Security {
            authentication: Some(json!({ "type": "none" })),
            ..Security::default()
        };
        if ways.is_empty() {
            return none();
        }
        let mut unknown = Vec::new();
        for way in ways {
            let mut security = Security::default();
            let names: Vec<&String> = way
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name)
                .collect();
            let mut fits = true;
            for name in &names {
                let scopes: Vec<&str> = list(way, name).iter().filter_map(Value::as_str).collect();
                if !self.add(name, &scopes.join(" "), &mut security) {
                    unknown.push((*name).clone());
                    fits = false;
                }
            }
            if fits {
                return if names.is_empty() { none() } else { security };
            }
        }
        for name in unknown {
            self.notes.left(
                "Security schemes that Insomnia does not have are not taken",
                &format!("{name} of {place}"),
            );
        }
        Security::default()
    }

    fn add(&mut self, name: &str, scopes: &str, security: &mut Security) -> bool {
        let schemes = if self.is_swagger {
            "/securityDefinitions"
        } else {
            "/components/securitySchemes"
        };
        let Some(scheme) = self.root.pointer(schemes).and_then(|schemes| schemes.get(name)) else {
            return false;
        };
        let scheme = self.references.resolved(scheme);
        let auth = match (
            text(scheme, "type"),
            text(scheme, "scheme").to_ascii_lowercase().as_str(),
        ) {
            ("basic", _) | ("http", "basic") => self.password("basic", name),
            ("http", "digest") => self.password("digest", name),
            ("http", "bearer") => json!({ "type": "bearer", "token": self.variable(name, "token") }),
            ("apiKey", _) => return self.api_key(name, scheme, security),
            ("oauth2", _) => self.oauth2(name, scheme, scopes),
            _ => return false,
        };
        let is_first = security.authentication.is_none();
        if is_first {
            security.authentication = Some(auth);
        }
        is_first
    }

    fn password(&mut self, kind: &str, name: &str) -> Value {
        json!({
            "type": kind,
            "username": self.variable(name, "username"),
            "password": self.variable(name, "password"),
        })
    }

    fn api_key(&mut self, name: &str, scheme: &'r Value, security: &mut Security) -> bool {
        let (key, value) = (text(scheme, "name").to_owned(), self.variable(name, "key"));
        let place = text(scheme, "in");
        if security.authentication.is_none() {
            let to = match place {
                "query" => "queryParams",
                "cookie" => "cookie",
                _ => "header",
            };
            security.authentication =
                Some(json!({ "type": "apikey", "key": key, "value": value, "addTo": to }));
            return true;
        }
        match place {
            "query" => security.query.push(row(key, value)),
            "cookie" => security.headers.push(row("Cookie", format!("{key}={value}"))),
            _ => security.headers.push(row(key, value)),
        }
        true
    }

    fn oauth2(&mut self, name: &str, scheme: &'r Value, scopes: &str) -> Value {
        // Swagger 2 has one flow in the scheme itself.
        let (flow, values) = if self.is_swagger {
            (text(scheme, "flow"), scheme)
        } else {
            entries(scheme, "flows")
                .next()
                .map_or(("", scheme), |(flow, values)| (flow.as_str(), values))
        };
        let grant = match flow {
            "clientCredentials" | "application" => "client_credentials",
            "password" => "password",
            "implicit" => "implicit",
            _ => "authorization_code",
        };
        json!({
            "type": "oauth2",
            "grantType": grant,
            "accessTokenUrl": text(values, "tokenUrl"),
            "authorizationUrl": text(values, "authorizationUrl"),
            "clientId": self.variable(name, "client_id"),
            "clientSecret": self.variable(name, "client_secret"),
            "scope": scopes,
        })
    }

    /// A variable for a secret of a scheme, which starts empty.
    fn variable(&mut self, scheme: &str, part: &str) -> String {
        let name = variable_name(&format!("{scheme}_{part}"));
        let template = variable(&name);
        self.use_variable(name, "".into());
        template
    }

    /// Notes that the environment has to have this variable.
    pub(super) fn use_variable(&mut self, name: String, value: Value) {
        if !self.variables.iter().any(|(known, _)| *known == name) {
            self.variables.push((name, value));
        }
    }
}
