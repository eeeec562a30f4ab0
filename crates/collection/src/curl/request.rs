//! A command as the fields of a request.

use serde_json::{Map, Value, json};

use super::parsed::{Data, Parsed, Scheme};
use crate::import::Notes;
use crate::import::body::{FORM, JSON, MULTIPART, content_type_row, file_body, looks_like_json, text_body};
use crate::import::rows::{file_row, row, row_with, value_of};
use crate::import::url::{form_decoded, form_rows, percent_encoded, split_query};

/// The fields of a request to one of the addresses of a command.
pub(super) fn fields(parsed: &Parsed, url: &str, notes: &mut Notes) -> Map<String, Value> {
    let whole = with_scheme(url);
    let (mut address, mut parameters, fragment) = split_query(&whole);
    if fragment.is_some() {
        notes.left(
            "The part of an address behind # is never sent and is not taken",
            url,
        );
    }
    let user_in_url = take_user(&mut address, notes);
    parameters.extend(parsed.query.iter().map(|pair| encoded_row(pair)));
    let mut headers: Vec<Value> = parsed
        .headers
        .iter()
        .filter_map(|line| header(line, notes))
        .collect();
    add_named_headers(parsed, &mut headers, notes);
    let body = if parsed.get || parsed.head && parsed.form.is_empty() {
        parameters.extend(data_rows(parsed, notes));
        json!({})
    } else {
        body(parsed, &mut headers, notes)
    };
    let has_body = body.as_object().is_some_and(|body| !body.is_empty());
    let mut fields = Map::new();
    let mut set = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    set("url", address.clone().into());
    set("name", name(&address).into());
    set("method", method(parsed, has_body).into());
    set("body", body);
    set("parameters", parameters.into());
    set("headers", headers.into());
    set("authentication", authentication(parsed, user_in_url, notes));
    if parsed.follow {
        set("settingFollowRedirects", "on".into());
    }
    fields
}

/// cURL guesses http where there is no scheme.
fn with_scheme(url: &str) -> String {
    let url = url.trim();
    if url.contains("://") || url.starts_with("{{") {
        url.to_owned()
    } else {
        format!("http://{url}")
    }
}

/// The path, or the host where there is none.
fn name(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let name = if path.is_empty() {
        host.to_owned()
    } else {
        format!("/{path}")
    };
    if name.is_empty() {
        "Request".to_owned()
    } else {
        name
    }
}

fn method(parsed: &Parsed, has_body: bool) -> String {
    let implied = if parsed.head {
        "HEAD"
    } else if parsed.upload.is_some() {
        "PUT"
    } else if has_body {
        "POST"
    } else {
        "GET"
    };
    parsed
        .method
        .as_ref()
        .filter(|method| !method.is_empty())
        .map_or_else(|| implied.to_owned(), |method| method.to_ascii_uppercase())
}

/// `https://user:password@host` as authentication.
fn take_user(address: &mut String, notes: &mut Notes) -> Option<String> {
    let start = address.find("://")? + 3;
    let end = address[start..].find('/').map_or(address.len(), |at| start + at);
    let at = address[start..end].rfind('@')? + start;
    let user = address[start..at].to_owned();
    if user.contains("{{") {
        return None;
    }
    address.replace_range(start..=at, "");
    notes.changed(
        "User name and password of an address become authentication",
        address,
    );
    let decoded: Vec<String> = user.splitn(2, ':').map(form_decoded).collect();
    Some(decoded.join(":"))
}

fn header(line: &str, notes: &mut Notes) -> Option<Value> {
    if let Some(file) = line.strip_prefix('@') {
        notes.left("Headers in a file are not taken", file);
        return None;
    }
    // `Name;` sends a header without a value, `Name:` sends none.
    match line.split_once(':') {
        Some((name, value)) if !value.trim().is_empty() => Some(row(name.trim(), value.trim())),
        Some((name, _)) => {
            notes.left(
                "Headers that cURL was told not to send are not taken",
                name.trim(),
            );
            None
        }
        None => {
            let name = line.trim().strip_suffix(';')?;
            Some(row(name.trim(), ""))
        }
    }
}

fn add_named_headers(parsed: &Parsed, headers: &mut Vec<Value>, notes: &mut Notes) {
    if let Some(agent) = &parsed.user_agent {
        headers.push(row("User-Agent", agent.as_str()));
    }
    if let Some(referer) = &parsed.referer {
        headers.push(row("Referer", referer.trim_end_matches(";auto")));
    }
    let (given, files): (Vec<&String>, Vec<&String>) =
        parsed.cookies.iter().partition(|cookie| cookie.contains('='));
    for file in files {
        notes.left("Cookies in a file are not taken", file);
    }
    if !given.is_empty() {
        let cookies: Vec<&str> = given.iter().map(|cookie| cookie.trim()).collect();
        headers.push(row("Cookie", cookies.join("; ")));
    }
    if parsed.json {
        for (name, value) in [("Content-Type", JSON), ("Accept", JSON)] {
            if value_of(headers, name).is_none() {
                headers.push(row(name, value));
            }
        }
    }
}

fn body(parsed: &Parsed, headers: &mut Vec<Value>, notes: &mut Notes) -> Value {
    let given = value_of(headers, "Content-Type").unwrap_or_default().to_owned();
    let body = if !parsed.form.is_empty() {
        let rows = parsed.form.iter();
        let rows: Vec<Value> = rows
            .map(|(field, files)| form_row(field, *files, notes))
            .collect();
        json!({ "mimeType": MULTIPART, "params": rows })
    } else if let Some(file) = &parsed.upload {
        file_body(&given, file)
    } else if let [Data::File(file)] = parsed.data.as_slice() {
        file_body(if given.is_empty() { FORM } else { &given }, file)
    } else if parsed.data.is_empty() {
        return json!({});
    } else {
        data_body(parsed, &given, notes)
    };
    if given.is_empty() {
        headers.extend(content_type_row(&body));
    }
    body
}

fn data_body(parsed: &Parsed, given: &str, notes: &mut Notes) -> Value {
    let pieces = parsed.data.iter().map(|piece| match piece {
        Data::Text(text) => text.clone(),
        Data::File(file) => {
            notes.left("Files among other data are not taken", file);
            String::new()
        }
        Data::Encoded(pair) => encoded_text(pair, notes),
    });
    let text = pieces
        .collect::<Vec<_>>()
        .join(if parsed.json { "" } else { "&" });
    if given.is_empty() && looks_like_json(&text) {
        notes.changed(
            "A body that is JSON is sent as JSON; cURL would have called it a form",
            "",
        );
        return text_body(JSON, &text);
    }
    text_body(if given.is_empty() { FORM } else { given }, &text)
}

/// Data as rows of the query, for `--get`.
fn data_rows(parsed: &Parsed, notes: &mut Notes) -> Vec<Value> {
    let mut rows = Vec::new();
    for piece in &parsed.data {
        match piece {
            Data::Text(text) => rows.extend(form_rows(text)),
            Data::Encoded(pair) => rows.push(encoded_row(pair)),
            Data::File(file) => notes.left("Files among other data are not taken", file),
        }
    }
    rows
}

/// `name=content` with a content that is not encoded yet.
fn encoded_row(pair: &str) -> Value {
    match pair.split_once('=') {
        Some((name, content)) if !name.is_empty() => row(form_decoded(name), content),
        Some((_, content)) => row(content, ""),
        None => row(pair, ""),
    }
}

fn encoded_text(pair: &str, notes: &mut Notes) -> String {
    let marker = pair.find(['=', '@']);
    match marker.map(|at| (pair.as_bytes()[at], &pair[..at], &pair[at + 1..])) {
        Some((b'=', "", content)) => percent_encoded(content),
        Some((b'=', name, content)) => format!("{name}={}", percent_encoded(content)),
        Some((_, _, file)) => {
            notes.left("Files among other data are not taken", file);
            String::new()
        }
        None => percent_encoded(pair),
    }
}

/// `name=content`, `name=@file;type=image/png`, `name=<file`.
fn form_row(field: &str, files: bool, notes: &mut Notes) -> Value {
    let (name, content) = field.split_once('=').unwrap_or((field, ""));
    let file = content.strip_prefix('@').filter(|_| files);
    if let Some(file) = file {
        let mut parts = file.split(';');
        let path = parts.next().unwrap_or_default().trim_matches('"');
        if parts.next().is_some() {
            notes.left(
                "Media types and other names of files in a form are not taken",
                name,
            );
        }
        return file_row(name, path, false);
    }
    if let Some(file) = content.strip_prefix('<').filter(|_| files) {
        notes.left(
            "Fields of a form whose text is in a file are taken without it",
            file,
        );
        return row(name, "");
    }
    let content = match content.rsplit_once(";type=") {
        Some((content, _)) if files => {
            notes.left(
                "Media types and other names of files in a form are not taken",
                name,
            );
            content
        }
        _ => content,
    };
    let mut row = row_with(name, content, "", false);
    if content.contains('\n') {
        row["multiline"] = true.into();
    }
    row
}

fn authentication(parsed: &Parsed, in_url: Option<String>, notes: &mut Notes) -> Value {
    let user = parsed.user.clone().or(in_url);
    let pair = user
        .as_ref()
        .map(|user| user.split_once(':').unwrap_or((user, "")));
    match (&parsed.scheme, pair) {
        (Scheme::Bearer(token), _) => json!({ "type": "bearer", "token": token }),
        (Scheme::Netrc, _) => json!({ "type": "netrc" }),
        (Scheme::Aws(what), pair) => aws(what, pair.unwrap_or_default()),
        (_, None) => json!({}),
        (Scheme::Digest, Some((name, password))) => {
            json!({ "type": "digest", "username": name, "password": password })
        }
        (Scheme::Ntlm, Some((name, password))) => {
            json!({ "type": "ntlm", "username": name, "password": password })
        }
        (Scheme::Basic, Some((name, password))) => {
            if password.is_empty() && !user.as_ref().is_some_and(|user| user.contains(':')) {
                notes.left("cURL would have asked for the password; it is empty", name);
            }
            json!({ "type": "basic", "username": name, "password": password })
        }
    }
}

/// `provider[:provider[:region[:service]]]`.
fn aws(what: &str, (key, secret): (&str, &str)) -> Value {
    let mut parts = what.split(':').skip(2);
    json!({
        "type": "iam",
        "accessKeyId": key,
        "secretAccessKey": secret,
        "region": parts.next().unwrap_or_default(),
        "service": parts.next().unwrap_or_default(),
    })
}
