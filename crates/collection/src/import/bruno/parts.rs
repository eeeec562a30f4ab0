//! What both of Bruno's formats say of a collection, a folder or a request.

use serde_json::Value;

use super::super::authentication::{Given, authentication, inherited};
use super::super::body::content_type_row;
use super::super::planned::Planned;
use super::super::report::Notes;
use super::super::rows::value_of;
use super::super::template::environment_data;
use super::super::url::split_query;
use super::scripts;
use crate::model::Kind;

/// Everything that a file can say; what it does not say is empty.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Name.
    pub name: String,
    /// Place among its siblings.
    pub seq: f64,
    /// What it is.
    pub kind: Option<Kind>,
    pub method: String,
    pub url: String,
    /// Rows of the query; absent where only the address has it.
    pub query: Option<Vec<Value>>,
    pub path: Vec<Value>,
    pub headers: Vec<Value>,
    /// Type of the authentication: `inherit`, `none`, `basic`, …; empty where nothing is said.
    pub scheme: String,
    /// Values of the authentication by name.
    pub secrets: Vec<(String, String)>,
    pub body: Option<Value>,
    /// Message of a gRPC or WebSocket request.
    pub message: String,
    pub variables: Vec<(String, Value)>,
    pub before: String,
    pub after: String,
    pub tests: String,
    pub docs: String,
    pub encode_url: Option<bool>,
    pub follow: Option<bool>,
}

impl Parts {
    /// A request of any kind.
    pub(super) fn into_request(self, notes: &mut Notes) -> Planned {
        let kind = self.kind.unwrap_or(Kind::Request);
        let mut request = Planned::new(kind, &self.name);
        let (address, rows, _) = split_query(&self.url);
        request.set("url", address);
        if kind == Kind::GrpcRequest {
            request.set("protoMethodName", self.method.as_str());
            request.set("metadata", self.headers.clone());
            if !self.message.is_empty() {
                request.set("body", serde_json::json!({ "text": self.message }));
            }
        } else {
            request.set("parameters", self.query.clone().unwrap_or(rows));
            if !self.path.is_empty() {
                request.set("pathParameters", self.path.clone());
            }
            let mut headers = self.headers.clone();
            if let Some(body) = self.body.as_ref().filter(|_| kind == Kind::Request) {
                if value_of(&headers, "Content-Type").is_none() {
                    headers.extend(content_type_row(body));
                }
                request.set("body", body.clone());
            }
            request.set("headers", headers);
            request.set("authentication", self.authentication("none", notes));
        }
        if kind == Kind::Request {
            request.set(
                "method",
                if self.method.is_empty() {
                    "GET".to_owned()
                } else {
                    self.method.to_uppercase()
                },
            );
        }
        if kind == Kind::WebSocketRequest && !self.message.is_empty() {
            let mut payload = Planned::new(Kind::WebSocketPayload, "Message");
            payload.set("value", self.message.as_str());
            request.children.push(payload);
        }
        if let Some(false) = self.encode_url {
            request.set("settingEncodeUrl", false);
        }
        if let Some(follow) = self.follow {
            request.set("settingFollowRedirects", if follow { "on" } else { "off" });
        }
        request.set_text("description", &self.docs);
        self.scripts(&mut request, true, notes);
        request
    }

    /// A folder, without what it holds.
    pub(super) fn into_folder(self, notes: &mut Notes) -> Planned {
        let mut folder = Planned::new(Kind::RequestGroup, &self.name);
        folder.set_text("description", &self.docs);
        if !self.headers.is_empty() {
            folder.set("headers", self.headers.clone());
        }
        let auth = self.authentication("inherit", notes);
        if auth.as_object().is_some_and(|auth| !auth.is_empty()) {
            folder.set("authentication", auth);
        }
        let data = environment_data(self.variables.clone(), &self.name, notes);
        if !data.is_empty() {
            folder.set("environment", data);
        }
        self.scripts(&mut folder, false, notes);
        folder
    }

    fn authentication(&self, unsaid: &str, notes: &mut Notes) -> Value {
        let scheme = if self.scheme.is_empty() {
            unsaid
        } else {
            &self.scheme
        };
        if scheme == "inherit" {
            return inherited();
        }
        let value = |name: &str| {
            let found = self.secrets.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        authentication(scheme, &Given(&value)).unwrap_or_else(|| {
            notes.left(
                "Authentication of a type that Insomnia does not have is not taken",
                &format!("{scheme} of {}", self.name),
            );
            inherited()
        })
    }

    fn scripts(&self, planned: &mut Planned, sets_variables: bool, notes: &mut Notes) {
        let mut before = String::new();
        if sets_variables && !self.variables.is_empty() {
            notes.changed(
                "Variables of a request are set in the script before it",
                &self.name,
            );
            for (name, value) in &self.variables {
                let call = format!(
                    "insomnia.variables.set({}, {value});\n",
                    Value::from(name.as_str())
                );
                before.push_str(&call);
            }
        }
        before.push_str(&scripts::translated(&self.before, &self.name, notes));
        let after = [&self.after, &self.tests].map(|code| scripts::translated(code, &self.name, notes));
        let after: Vec<&str> = after
            .iter()
            .map(|code| code.trim_end())
            .filter(|code| !code.is_empty())
            .collect();
        for (field, code) in [
            ("preRequestScript", before),
            ("afterResponseScript", after.join("\n\n")),
        ] {
            if code.trim().is_empty() {
                continue;
            }
            if matches!(planned.kind, Kind::Request | Kind::RequestGroup) {
                planned.set(field, code);
            } else {
                notes.left(
                    "Scripts of requests that are no HTTP requests are not taken",
                    &self.name,
                );
            }
        }
    }
}
