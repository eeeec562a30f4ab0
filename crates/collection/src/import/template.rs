//! The template syntax of other programs, in Insomnia's words.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::planned::Planned;
use super::report::Notes;

/// Longest template that is looked for; a brace that nobody closes is no template.
const MAX_TEMPLATE: usize = 1024;

/// Fields that can hold templates.
const FIELDS: &[&str] = &[
    "url",
    "parameters",
    "headers",
    "body",
    "authentication",
    "pathParameters",
    "environment",
    "data",
    "metadata",
    "value",
];

/// Whose templates they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `{{name}}`, `{{$guid}}`.
    Postman,
    /// `{{name}}`, `{{process.env.NAME}}`.
    Bruno,
    /// `${[ name ]}`.
    Yaak,
}

impl Dialect {
    fn brackets(self) -> (&'static str, &'static str) {
        match self {
            Self::Postman | Self::Bruno => ("{{", "}}"),
            Self::Yaak => ("${[", "]}"),
        }
    }
}

/// Translates every template of a tree.
pub(crate) fn translate(root: &mut Planned, dialect: Dialect, notes: &mut Notes) {
    root.each(&mut |planned| {
        let place = planned.name().to_owned();
        for field in FIELDS {
            if let Some(value) = planned.fields.get_mut(*field) {
                in_value(value, dialect, &place, notes);
            }
        }
    });
}

fn in_value(value: &mut Value, dialect: Dialect, place: &str, notes: &mut Notes) {
    match value {
        Value::String(text) if text.contains(dialect.brackets().0) => {
            *text = in_text(text, dialect, place, notes);
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| in_value(item, dialect, place, notes)),
        Value::Object(map) => map
            .values_mut()
            .for_each(|item| in_value(item, dialect, place, notes)),
        _ => {}
    }
}

/// Translates the templates of a text.
pub(crate) fn in_text(text: &str, dialect: Dialect, place: &str, notes: &mut Notes) -> String {
    let (open, close) = dialect.brackets();
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find(open) {
        out.push_str(&rest[..start]);
        let inner = &rest[start + open.len()..];
        let limit = inner
            .char_indices()
            .nth(MAX_TEMPLATE)
            .map_or(inner.len(), |(at, _)| at);
        let Some(end) = inner[..limit].find(close) else {
            out.push_str(open);
            rest = inner;
            continue;
        };
        let whole = &rest[start..start + open.len() + end + close.len()];
        if let Some(template) = translated(inner[..end].trim(), dialect) {
            out.push_str(&template);
        } else {
            notes.left(
                "Templates that Insomnia has no counterpart for stay as they are written",
                &format!("{whole} in {place}"),
            );
            out.push_str(whole);
        }
        rest = &inner[end + close.len()..];
    }
    out.push_str(rest);
    out
}

fn translated(name: &str, dialect: Dialect) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    if let Some(dynamic) = name.strip_prefix('$') {
        return (dialect != Dialect::Yaak).then(|| dynamic_tag(dynamic)).flatten();
    }
    if dialect == Dialect::Yaak {
        return yaak(name);
    }
    let is_name = !name.contains(['{', '}', '(', ')', '"', '\'', '\\', '\n']);
    is_name.then(|| variable(name))
}

/// A variable of the environment.
pub(crate) fn variable(name: &str) -> String {
    let name = variable_name(name);
    let mut chars = name.chars();
    let starts = chars
        .next()
        .is_some_and(|char| char.is_ascii_alphabetic() || char == '_');
    if starts && chars.all(|char| char.is_ascii_alphanumeric() || char == '_') {
        format!("{{{{ _.{name} }}}}")
    } else {
        format!("{{{{ _['{name}'] }}}}")
    }
}

/// The name of a variable as Insomnia allows it: no dots, no dollar in front.
pub(crate) fn variable_name(name: &str) -> String {
    let name = name.trim().trim_start_matches('$');
    name.chars()
        .map(|char| match char {
            '.' | '\'' | '\\' | '{' | '}' => '_',
            char if char.is_control() => '_',
            char => char,
        })
        .collect()
}

/// Values that are made when a request is sent. Insomnia's `faker` tag knows Postman's names.
fn dynamic_tag(name: &str) -> Option<String> {
    let tag = match name {
        "guid" | "randomUUID" => "{% uuid 'v4' %}".to_owned(),
        "timestamp" => "{% now 'unix', '' %}".to_owned(),
        "isoTimestamp" => "{% now 'iso-8601', '' %}".to_owned(),
        random if is_random(random) => format!("{{% faker '{random}' %}}"),
        _ => return None,
    };
    Some(tag)
}

fn is_random(name: &str) -> bool {
    name.strip_prefix("random")
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|char| char.is_ascii_alphanumeric()))
}

/// A variable, or one of the few functions that are the same.
fn yaak(name: &str) -> Option<String> {
    let tag = match name {
        "uuid.v4()" => "{% uuid 'v4' %}",
        "uuid.v1()" => "{% uuid 'v1' %}",
        "timestamp.unix()" => "{% now 'unix', '' %}",
        "timestamp.unixMillis()" => "{% now 'millis', '' %}",
        "timestamp.iso8601()" => "{% now 'iso-8601', '' %}",
        name if name.contains(['(', ')', '"', '\'', '=']) => return None,
        name => return Some(variable(name)),
    };
    Some(tag.to_owned())
}

/// Data of an environment from names and values; says which names had to change and which stand there twice.
pub(crate) fn environment_data(
    variables: impl IntoIterator<Item = (String, Value)>,
    place: &str,
    notes: &mut Notes,
) -> Map<String, Value> {
    let mut data = Map::new();
    for (name, value) in variables {
        let key = variable_name(&name);
        if key.is_empty() {
            notes.left("A variable without a name is not taken", place);
            continue;
        }
        if key != name {
            let mut change = name.clone();
            let _ = write!(change, " → {key}");
            notes.changed(
                "Names of variables that Insomnia does not allow are changed",
                &change,
            );
        }
        if data.insert(key, value).is_some() {
            notes.left(
                "Of variables with the same name only the last is taken",
                &format!("{name} in {place}"),
            );
        }
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, dialect: Dialect) -> String {
        in_text(text, dialect, "", &mut Notes::default())
    }

    #[test]
    fn variables_become_insomnias() {
        assert_eq!(
            text("{{base}}/{{ user-id }}", Dialect::Postman),
            "{{ _.base }}/{{ _['user-id'] }}"
        );
        assert_eq!(
            text("{{process.env.KEY}}", Dialect::Bruno),
            "{{ _.process_env_KEY }}"
        );
        assert_eq!(
            text("${[ base ]}/${[uuid.v4()]}", Dialect::Yaak),
            "{{ _.base }}/{% uuid 'v4' %}"
        );
        assert_eq!(
            text("{{$guid}} {{$randomInt}}", Dialect::Postman),
            "{% uuid 'v4' %} {% faker 'randomInt' %}"
        );
    }

    #[test]
    fn what_has_no_counterpart_stays() {
        for unknown in ["{{", "{{}}", "{{a", "{{#each (x)}}", "{{$other}}"] {
            assert_eq!(text(unknown, Dialect::Postman), unknown);
        }
        let call = "${[ response.body(path='$.a') ]}";
        assert_eq!(text(call, Dialect::Yaak), call);
    }
}
