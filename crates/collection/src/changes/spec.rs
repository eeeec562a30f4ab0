//! An API spec, compared by operation.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::json::{Parts, below};
use crate::comparison::{PartKind, PartsComparison, PartsOf};
use crate::yaml;

/// Keys of a path that are operations (OpenAPI 3.2, Path Item Object).
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Where named parts of a spec are kept (OpenAPI 3 below `components`, Swagger 2 at the top), and what one is called.
const NAMED: [(&str, &str); 12] = [
    ("schemas", "schema"),
    ("definitions", "schema"),
    ("responses", "response"),
    ("parameters", "parameter"),
    ("examples", "example"),
    ("requestBodies", "request body"),
    ("headers", "header"),
    ("securitySchemes", "security scheme"),
    ("securityDefinitions", "security scheme"),
    ("links", "link"),
    ("callbacks", "callback"),
    ("pathItems", "path item"),
];

/// What differs between two specs; nothing where one is no map that can be read.
pub(crate) fn compare_spec(before: &str, after: &str) -> Option<PartsComparison> {
    let (before, after) = (document(before)?, document(after)?);
    let mut spec = Spec {
        parts: Parts::new(""),
    };
    for key in keys(&before, &after) {
        spec.top(key, before.get(key), after.get(key));
    }
    Some(spec.parts.finish(PartsOf::ApiSpec))
}

fn document(text: &str) -> Option<Map<String, Value>> {
    match yaml::parse(text).ok()?.to_value() {
        Value::Object(map) if !map.is_empty() => Some(map),
        _ => None,
    }
}

/// The keys of both, those after first.
fn keys<'v>(
    before: &'v Map<String, Value>,
    after: &'v Map<String, Value>,
) -> impl Iterator<Item = &'v String> {
    let removed = before.keys().filter(|key| !after.contains_key(*key));
    after.keys().chain(removed)
}

type Side<'v> = Option<&'v Value>;

fn map(value: Side<'_>) -> Option<&Map<String, Value>> {
    value.and_then(Value::as_object)
}

fn kind(before: Side<'_>, after: Side<'_>) -> PartKind {
    match (before, after) {
        (None, _) => PartKind::Added,
        (_, None) => PartKind::Removed,
        _ => PartKind::Changed,
    }
}

struct Spec {
    parts: Parts,
}

impl Spec {
    fn top(&mut self, key: &str, before: Side<'_>, after: Side<'_>) {
        if before == after {
            return;
        }
        let word = NAMED.iter().find(|(name, _)| *name == key).map(|(_, word)| word);
        match (key, word) {
            ("paths" | "webhooks", _) => self.each(key, before, after, Self::path),
            ("components", _) => self.each(key, before, after, Self::top),
            ("tags", _) => {
                self.parts.group("tags");
                self.named_items(before, after, &|tag| text(tag, "name"), "tag");
            }
            ("servers", _) => {
                self.parts.group("servers");
                self.named_items(before, after, &|server| text(server, "url"), "server");
            }
            (_, Some(word)) => self.each(key, before, after, |spec, name, old, new| {
                spec.parts.group(&format!("{word} {name}"));
                spec.whole_or_below(old, new);
            }),
            ("info", _) => {
                self.parts.group("info");
                self.parts.compare("", before, after, 0);
            }
            _ => {
                self.parts.group("document");
                self.parts.compare(key, before, after, 0);
            }
        }
    }

    /// Goes through the keys of two maps; what is no map is compared as it is.
    fn each(
        &mut self,
        place: &str,
        before: Side<'_>,
        after: Side<'_>,
        mut one: impl FnMut(&mut Self, &str, Side<'_>, Side<'_>),
    ) {
        if [before, after]
            .into_iter()
            .flatten()
            .any(|value| !value.is_object())
        {
            return self.parts.compare(place, before, after, 0);
        }
        let none = Map::new();
        let (old, new) = (map(before).unwrap_or(&none), map(after).unwrap_or(&none));
        for key in keys(old, new) {
            let (old, new) = (old.get(key), new.get(key));
            if old != new {
                one(self, key, old, new);
            }
        }
    }

    fn path(&mut self, path: &str, before: Side<'_>, after: Side<'_>) {
        self.parts.group(path);
        self.each("", before, after, |spec, key, old, new| {
            if METHODS.contains(&key) {
                spec.parts.group(&format!("{} {path}", key.to_uppercase()));
                spec.operation(old, new);
                return;
            }
            spec.parts.group(path);
            match key {
                "parameters" => spec.parameters(old, new),
                _ => spec.parts.compare(key, old, new, 0),
            }
        });
    }

    fn operation(&mut self, before: Side<'_>, after: Side<'_>) {
        if before.is_none() || after.is_none() {
            return self.parts.push_name("", kind(before, after));
        }
        self.each("", before, after, |spec, key, old, new| match key {
            "parameters" => spec.parameters(old, new),
            "responses" => spec.each(key, old, new, |spec, code, old, new| {
                spec.whole_or_inside(&format!("response {code}"), old, new);
            }),
            "requestBody" => spec.whole_or_inside("request body", old, new),
            "security" => spec.parts.compare("security", old, new, 0),
            _ => spec.parts.compare(key, old, new, 0),
        });
    }

    fn parameters(&mut self, before: Side<'_>, after: Side<'_>) {
        self.named_items(before, after, &parameter_name, "parameters");
    }

    /// Lists whose items have names, matched by name whatever their order.
    fn named_items(
        &mut self,
        before: Side<'_>,
        after: Side<'_>,
        name: &dyn Fn(&Value) -> Option<String>,
        place: &str,
    ) {
        let (Some(old), Some(new)) = (by_name(before, name), by_name(after, name)) else {
            return self.parts.compare(place, before, after, 0);
        };
        let removed = old.order.iter().filter(|name| !new.items.contains_key(*name));
        for name in new.order.iter().chain(removed) {
            let place = if place == "parameters" {
                name.clone()
            } else {
                format!("{place} {name}")
            };
            self.whole_or_inside(&place, old.items.get(name).copied(), new.items.get(name).copied());
        }
    }

    /// A part with a name that came or went as a whole, or what differs in it.
    fn whole_or_inside(&mut self, place: &str, before: Side<'_>, after: Side<'_>) {
        if before.is_none() || after.is_none() {
            return self.parts.push_name(place, kind(before, after));
        }
        self.parts.compare_words(place, before, after);
    }

    fn whole_or_below(&mut self, before: Side<'_>, after: Side<'_>) {
        if before.is_none() || after.is_none() {
            return self.parts.push_name("", kind(before, after));
        }
        self.parts.compare("", before, after, 0);
    }
}

impl Parts {
    /// Compares below a place that is named in words: `response 404: description`.
    fn compare_words(&mut self, place: &str, before: Side<'_>, after: Side<'_>) {
        let (Some(old), Some(new)) = (map(before), map(after)) else {
            return self.compare(place, before, after, 0);
        };
        for key in keys(old, new) {
            self.compare(
                &format!("{place}: {}", below("", key)),
                old.get(key),
                new.get(key),
                1,
            );
        }
    }
}

struct Named<'v> {
    order: Vec<String>,
    items: HashMap<String, &'v Value>,
}

/// The items of a list by name; nothing where one has none or two have the same.
fn by_name<'v>(list: Side<'v>, name: &dyn Fn(&Value) -> Option<String>) -> Option<Named<'v>> {
    let items = match list {
        None => &[],
        Some(value) => value.as_array()?.as_slice(),
    };
    let order: Vec<String> = items.iter().map(name).collect::<Option<_>>()?;
    let items: HashMap<_, _> = order.iter().cloned().zip(items).collect();
    (items.len() == order.len()).then_some(Named { order, items })
}

fn parameter_name(parameter: &Value) -> Option<String> {
    if let Some(reference) = text(parameter, "$ref") {
        let name = reference.rsplit('/').next().unwrap_or_default();
        return Some(format!("parameter {name}"));
    }
    Some(format!(
        "{} parameter {}",
        text(parameter, "in")?,
        text(parameter, "name")?
    ))
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = "\
openapi: 3.1.0
info:
  title: Parcels
  version: 1.0.0
tags:
  - name: parcels
paths:
  /parcels/{id}:
    parameters:
      - name: id
        in: path
    get:
      summary: One parcel
      parameters:
        - name: expand
          in: query
          schema: {type: string}
      responses:
        '200': {description: Fine}
components:
  schemas:
    Parcel:
      type: object
      properties:
        id: {type: string}
";

    fn told(after: &str) -> Vec<String> {
        let found = compare_spec(SPEC, after).unwrap();
        let say = |part: crate::comparison::PartChange| {
            let change = match (part.change, part.before, part.after) {
                (PartKind::Changed, before, after) => {
                    format!("{} -> {}", before.unwrap_or_default(), after.unwrap_or_default())
                }
                (kind, ..) => format!("{kind:?}").to_lowercase(),
            };
            format!("{} | {} | {change}", part.group, part.place)
        };
        found.parts.into_iter().map(say).collect()
    }

    fn after(from: &str, to: &str) -> Vec<String> {
        assert!(SPEC.contains(from));
        told(&SPEC.replace(from, to))
    }

    #[test]
    fn operations_are_told_by_their_parts() {
        assert_eq!(
            after(
                "        '200': {description: Fine}\n",
                "        '200': {description: Fine}\n        '404': {description: Gone}\n"
            ),
            ["GET /parcels/{id} | response 404 | added"]
        );
        assert_eq!(
            after("description: Fine", "description: OK"),
            ["GET /parcels/{id} | response 200: description | Fine -> OK"]
        );
        assert_eq!(
            after(
                "{type: string}\n      responses",
                "{type: integer}\n      responses"
            ),
            ["GET /parcels/{id} | query parameter expand: schema.type | string -> integer"]
        );
        assert_eq!(
            after("summary: One", "summary: A"),
            ["GET /parcels/{id} | summary | One parcel -> A parcel"]
        );
        assert_eq!(
            after("    get:\n", "    put:\n"),
            ["PUT /parcels/{id} |  | added", "GET /parcels/{id} |  | removed"]
        );
        assert_eq!(
            after("name: id\n", "name: number\n"),
            [
                "/parcels/{id} | path parameter number | added",
                "/parcels/{id} | path parameter id | removed"
            ]
        );
    }

    #[test]
    fn what_is_no_operation_has_its_group() {
        assert_eq!(
            after("version: 1.0.0", "version: 1.1.0"),
            ["info | version | 1.0.0 -> 1.1.0"]
        );
        assert_eq!(
            after("  - name: parcels", "  - name: parcels\n  - name: labels"),
            ["tags | tag labels | added"]
        );
        assert_eq!(
            after("openapi: 3.1.0", "openapi: 3.1.1"),
            ["document | openapi | 3.1.0 -> 3.1.1"]
        );
        assert_eq!(
            after("        id: {type: string}", "        id: {type: integer}"),
            ["schema Parcel | properties.id.type | string -> integer"]
        );
        assert_eq!(
            after("    Parcel:", "    Box:"),
            ["schema Box |  | added", "schema Parcel |  | removed"]
        );
        assert_eq!(
            told(&format!("{SPEC}servers:\n  - url: https://a.test\n")),
            ["servers | server https://a.test | added"]
        );
    }

    #[test]
    fn order_comments_and_json_are_formatting() {
        assert_eq!(told(&format!("# a comment\n{SPEC}")), Vec::<String>::new());
        let json = yaml::parse(SPEC).unwrap().to_value().to_string();
        assert_eq!(told(&json), Vec::<String>::new());
    }

    #[test]
    fn what_does_not_parse_is_no_spec() {
        assert!(compare_spec(SPEC, "openapi: [").is_none());
        assert!(compare_spec(SPEC, "just words").is_none());
    }

    #[test]
    fn odd_shapes_are_told_all_the_same() {
        for odd in [
            "paths: 5",
            "paths: {/a: 3, /b: {get: [1]}}",
            "tags: [1, 2]\ncomponents: [x]",
            "paths: {/a: {parameters: {}}}",
        ] {
            let found = compare_spec("paths: {/a: {get: {parameters: [{name: 1}]}}}", odd).unwrap();
            assert!(!found.parts.is_empty(), "{odd}");
        }
    }
}
