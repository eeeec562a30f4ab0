//! A request as a cURL command for a POSIX shell.

use serde_json::{Map, Value};

use super::variables::Variables;
use crate::collections::Collections;
use crate::edit::EditError;
use crate::import::body::{FORM, MULTIPART, content_type_row};
use crate::import::rows::{row, value_of};
use crate::import::url::percent_encoded;
use crate::model::{Kind, ResourceId};
use crate::resource::Resource;

/// Folders within folders.
const MAX_FOLDERS: usize = 256;

impl Collections {
    /// The request as a cURL command: with what it inherits from its folders, and with the variables of the base
    /// environment, of `environment` where one is given, and of the folders. What has no value stays a template.
    pub fn curl(&self, id: &ResourceId, environment: Option<&ResourceId>) -> Result<String, EditError> {
        let (_, resource) = self.editable(id)?;
        if resource.kind != Kind::Request {
            return Err(EditError::bad_place(
                "only a HTTP request can be written as a cURL command.",
            ));
        }
        let folders = self.folders_of(resource);
        let mut variables = Variables::default();
        let collection = self.index().collection_of.get(id);
        for environment in [collection.and_then(|id| self.base_environment(id)), environment]
            .into_iter()
            .flatten()
        {
            let found = self.located(environment);
            variables.extend(found.and_then(|(_, environment)| environment.fields.get("data")));
        }
        for folder in &folders {
            variables.extend(folder.fields.get("environment"));
        }
        Ok(command(&inherited(resource, &folders), &variables))
    }

    /// The folders around a request, outermost first.
    fn folders_of(&self, resource: &Resource) -> Vec<&Resource> {
        let mut folders = Vec::new();
        let mut parent = resource.parent.as_ref();
        while let Some((_, folder)) = parent.and_then(|id| self.located(id)) {
            if folder.kind != Kind::RequestGroup || folders.len() > MAX_FOLDERS {
                break;
            }
            folders.push(folder);
            parent = folder.parent.as_ref();
        }
        folders.reverse();
        folders
    }
}

/// The fields of a request with the headers and the authentication that it has from its folders.
fn inherited(resource: &Resource, folders: &[&Resource]) -> Map<String, Value> {
    let mut fields = resource.fields.clone();
    let is_set = |value: Option<&Value>| {
        value
            .and_then(Value::as_object)
            .is_some_and(|auth| !auth.is_empty())
    };
    if !is_set(fields.get("authentication")) {
        let inner = folders.iter().rev();
        if let Some(auth) = inner
            .filter_map(|folder| folder.fields.get("authentication"))
            .find(|auth| is_set(Some(auth)))
        {
            fields.insert("authentication".to_owned(), auth.clone());
        }
    }
    let mut headers = rows(&fields, "headers");
    for folder in folders.iter().rev() {
        for header in rows(&folder.fields, "headers") {
            let name = header["name"].as_str().unwrap_or_default();
            if value_of(&headers, name).is_none() {
                headers.push(header);
            }
        }
    }
    fields.insert("headers".to_owned(), headers.into());
    fields
}

/// Rows of a field that are in use and have a name.
fn rows(fields: &Map<String, Value>, field: &str) -> Vec<Value> {
    let rows = fields.get(field).and_then(Value::as_array).into_iter().flatten();
    rows.filter(|row| {
        row.get("disabled") != Some(&Value::Bool(true))
            && row["name"].as_str().is_some_and(|name| !name.is_empty())
    })
    .cloned()
    .collect()
}

/// The command for these fields.
fn command(fields: &Map<String, Value>, variables: &Variables) -> String {
    let writer = Writer {
        variables,
        lines: Vec::new(),
        remarks: Vec::new(),
    };
    writer.request(fields)
}

struct Writer<'v> {
    variables: &'v Variables,
    lines: Vec<String>,
    remarks: Vec<String>,
}

impl Writer<'_> {
    fn request(mut self, fields: &Map<String, Value>) -> String {
        let text = |field: &str| fields.get(field).and_then(Value::as_str).unwrap_or_default();
        let body = fields.get("body").cloned().unwrap_or_default();
        let mut headers = rows(fields, "headers");
        let mut query = rows(fields, "parameters");
        self.authentication(fields.get("authentication"), &mut headers, &mut query);
        let url = self.url(text("url"), &query, fields);
        let has_body = self.body(&body, &mut headers);
        let first = Self::method(text("method"), has_body);
        let mut lines = vec![if url.starts_with('-') || url.is_empty() {
            format!("curl --url {}", quoted(&url))
        } else {
            format!("curl {}", quoted(&url))
        }];
        lines.extend(first);
        if url.contains(['[', ']', '{', '}']) {
            lines.push("--globoff".to_owned());
        }
        if fields.get("settingFollowRedirects").and_then(Value::as_str) == Some("on") {
            lines.push("--location".to_owned());
        }
        lines.extend(headers.iter().map(|header| self.header(header)));
        lines.append(&mut self.lines);
        let remarks = self.remarks.iter().map(|remark| format!("\n# {remark}"));
        lines.join(" \\\n  ") + &remarks.collect::<String>()
    }

    fn filled(&self, value: &Value, key: &str) -> String {
        match value.get(key) {
            Some(Value::String(text)) => self.variables.fill(text),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
            _ => String::new(),
        }
    }

    fn method(method: &str, has_body: bool) -> Option<String> {
        let implied = if has_body { "POST" } else { "GET" };
        match method {
            "HEAD" if !has_body => Some("--head".to_owned()),
            "" => None,
            method if method == implied => None,
            method => Some(format!("--request {}", quoted(method))),
        }
    }

    fn url(&self, url: &str, query: &[Value], fields: &Map<String, Value>) -> String {
        let encode = fields.get("settingEncodeUrl") != Some(&Value::Bool(false));
        let coded = |text: String| if encode { percent_encoded(&text) } else { text };
        let mut url = self.variables.fill(url);
        for parameter in rows(fields, "pathParameters") {
            let name = format!(":{}", parameter["name"].as_str().unwrap_or_default());
            let parts = url.split('/').map(|part| {
                if part == name {
                    coded(self.filled(&parameter, "value"))
                } else {
                    part.to_owned()
                }
            });
            url = parts.collect::<Vec<_>>().join("/");
        }
        let pairs: Vec<String> = query
            .iter()
            .map(|row| {
                let (name, value) = (coded(self.filled(row, "name")), coded(self.filled(row, "value")));
                if value.is_empty() {
                    name
                } else {
                    format!("{name}={value}")
                }
            })
            .collect();
        let joint = match (pairs.is_empty(), url.contains('?')) {
            (true, _) => "",
            (false, true) => "&",
            (false, false) => "?",
        };
        format!("{url}{joint}{}", pairs.join("&"))
    }

    fn header(&self, header: &Value) -> String {
        let line = |text: String| text.replace(['\r', '\n'], " ");
        let (name, value) = (
            line(self.filled(header, "name")),
            line(self.filled(header, "value")),
        );
        let header = if value.is_empty() {
            format!("{name};")
        } else {
            format!("{name}: {value}")
        };
        format!("--header {}", quoted(&header))
    }

    /// Adds the options of the body; true where there is one.
    fn body(&mut self, body: &Value, headers: &mut Vec<Value>) -> bool {
        let media_type = body["mimeType"].as_str().unwrap_or_default();
        let params = body
            .as_object()
            .map(|body| rows(body, "params"))
            .unwrap_or_default();
        let file = self.filled(body, "fileName");
        let text = self.filled(body, "text");
        if media_type == MULTIPART {
            // cURL says itself where the parts begin.
            headers.retain(|header| !is_content_type(header));
            self.lines
                .extend(params.iter().map(|row| self.form_field(row)).collect::<Vec<_>>());
            return !params.is_empty();
        }
        if media_type == FORM && !params.is_empty() {
            let fields = params.iter().map(|row| {
                let name = percent_encoded(&self.filled(row, "name"));
                let value = self.filled(row, "value");
                format!("--data-urlencode {}", quoted(&format!("{name}={value}")))
            });
            self.lines.extend(fields.collect::<Vec<_>>());
            return true;
        }
        let data = if !file.is_empty() {
            format!("--data-binary {}", quoted(&format!("@{file}")))
        } else if !text.is_empty() {
            format!("--data-raw {}", quoted(&text))
        } else {
            return false;
        };
        if !headers.iter().any(is_content_type) {
            headers.extend(content_type_row(body));
        }
        self.lines.push(data);
        true
    }

    fn form_field(&self, row: &Value) -> String {
        let name = self.filled(row, "name");
        if row["type"].as_str() == Some("file") {
            let file = self
                .filled(row, "fileName")
                .replace('\\', "\\\\")
                .replace('"', "\\\"");
            return format!("--form {}", quoted(&format!("{name}=@\"{file}\"")));
        }
        let value = self.filled(row, "value");
        format!("--form-string {}", quoted(&format!("{name}={value}")))
    }

    fn authentication(&mut self, auth: Option<&Value>, headers: &mut Vec<Value>, query: &mut Vec<Value>) {
        let Some(auth) = auth.filter(|auth| auth.get("disabled") != Some(&Value::Bool(true))) else {
            return;
        };
        let get = |key: &str| self.filled(auth, key);
        let pair = |name: &str, password: &str| quoted(&format!("{}:{}", get(name), get(password)));
        let options = match auth["type"].as_str().unwrap_or_default() {
            "basic" => vec![format!("--user {}", pair("username", "password"))],
            scheme @ ("digest" | "ntlm") => {
                vec![
                    format!("--{scheme}"),
                    format!("--user {}", pair("username", "password")),
                ]
            }
            "bearer" => return headers.push(bearer(&get("prefix"), &get("token"))),
            "singleToken" => return headers.push(row("Authorization", get("token"))),
            "oauth2" if !get("accessToken").is_empty() => {
                return headers.push(bearer(&get("tokenPrefix"), &get("accessToken")));
            }
            "apikey" => match get("addTo").as_str() {
                "queryParams" | "query" => return query.push(row(get("key"), get("value"))),
                "cookie" => {
                    return headers.push(row("Cookie", format!("{}={}", get("key"), get("value"))));
                }
                _ => return headers.push(row(get("key"), get("value"))),
            },
            "iam" => self.aws(auth),
            "netrc" => vec!["--netrc".to_owned()],
            "" | "none" => return,
            other => {
                self.remarks.push(format!(
                    "The authentication ({other}) is no part of this command."
                ));
                return;
            }
        };
        self.lines.extend(options);
    }

    fn aws(&self, auth: &Value) -> Vec<String> {
        let get = |key: &str| self.filled(auth, key);
        let mut scheme = "aws:amz".to_owned();
        for part in [get("region"), get("service")] {
            if !part.is_empty() {
                scheme.push(':');
                scheme.push_str(&part);
            }
        }
        let pair = format!("{}:{}", get("accessKeyId"), get("secretAccessKey"));
        let mut options = vec![
            format!("--aws-sigv4 {}", quoted(&scheme)),
            format!("--user {}", quoted(&pair)),
        ];
        let session = get("sessionToken");
        if !session.is_empty() {
            let header = format!("X-Amz-Security-Token: {session}");
            options.push(format!("--header {}", quoted(&header)));
        }
        options
    }
}

fn bearer(prefix: &str, token: &str) -> Value {
    let prefix = if prefix.is_empty() { "Bearer" } else { prefix };
    row("Authorization", format!("{prefix} {token}"))
}

fn is_content_type(header: &Value) -> bool {
    header["name"]
        .as_str()
        .is_some_and(|name| name.eq_ignore_ascii_case("content-type"))
}

/// As one word of a POSIX shell.
fn quoted(text: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "-_./:=@%+,".contains(char);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
