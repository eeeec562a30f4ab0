//! The fields of a resource that both sides changed.

use serde_json::{Map, Value};

use super::asks::{Asking, Asks, Taken};
use super::place::{Place, Settle};
use super::rows::{are_rows, merge_rows};
use super::spec::merge_spec;
use super::three::{Side, Three};
use super::tree::{merge_value, put};
use crate::changes::{
    Fields, below, body_label, fields_of, is_bookkeeping, is_default, is_rows, keys_of, label, tree_word,
};
use crate::edit::{path_key, update_order, validate};
use crate::model::{Kind, ResourceId};

/// Data, and the field that holds the order of its keys.
const ORDERED: [(&str, &str); 2] = [
    ("data", "dataPropertyOrder"),
    ("environment", "environmentPropertyOrder"),
];

/// A resource in all states.
pub(super) struct Versions<'v> {
    pub id: &'v ResourceId,
    pub kind: Kind,
    pub bases: Vec<Option<&'v Fields>>,
    pub ours: &'v Fields,
    pub theirs: &'v Fields,
    /// The side that said where it lies now, where they do not agree.
    pub placed_by: Option<Taken>,
    /// One state keeps collections as files, another as a tree.
    pub changes_layout: bool,
}

/// The fields with what both sides made of them. What is open is as it is here.
pub(super) fn merge_fields(versions: &Versions<'_>, asks: &mut Asks<'_>) -> Fields {
    let Versions {
        kind, ours, theirs, ..
    } = *versions;
    let mut merged = ours.clone();
    for field in fields_of(kind, ours, theirs) {
        let three = Three {
            bases: versions
                .bases
                .iter()
                .map(|base| base.and_then(|base| base.get(field)))
                .collect(),
            ours: ours.get(field),
            theirs: theirs.get(field),
        };
        if three.ours != three.theirs {
            put(
                &mut merged,
                field,
                one_field(versions, field, &three, asks),
                theirs,
            );
        }
    }
    for (data, order) in ORDERED {
        let same = |fields: &Fields| merged.get(data) == fields.get(data);
        if same(ours) {
            continue;
        }
        if same(theirs) {
            put(&mut merged, order, theirs.get(order).cloned(), theirs);
        } else {
            update_order(data, &mut merged);
        }
    }
    merged
}

fn one_field(versions: &Versions<'_>, field: &str, three: &Three<'_>, asks: &mut Asks<'_>) -> Option<Value> {
    match field {
        "modified" => return later(three, 1.0),
        "created" => return later(three, -1.0),
        _ => {}
    }
    // The place among the others goes with the place.
    match versions.placed_by {
        Some(Taken::Ours) if field == "metaSortKey" => return three.ours.cloned(),
        Some(Taken::Theirs) if field == "metaSortKey" => return three.theirs.cloned(),
        _ => {}
    }
    if let Some(side) = three.settled(|a, b| is_default(field, a) && is_default(field, b)) {
        return side.cloned();
    }
    if field == "schema_version" {
        return newer(three);
    }
    if is_bookkeeping(field) || versions.changes_layout && follows_from_layout(field) {
        return three.ours.cloned();
    }
    let mark = asks.mark();
    let mut asking = asks.about(versions.id);
    let value = field_value(versions.kind, field, three, &mut asking);
    let is_valid = value == three.theirs.cloned() || validate(field, value.as_ref()).is_ok();
    if is_valid || !asking.took_values {
        return value;
    }
    // An answer that the field cannot hold is none.
    asks.back_to(mark);
    let mut asking = asks.about(versions.id);
    asking.without_values = true;
    field_value(versions.kind, field, three, &mut asking)
}

/// The other layout has no place for these, or keeps them in another way.
pub(super) fn follows_from_layout(field: &str) -> bool {
    matches!(field, "fileName" | "contentType" | "scope")
}

/// The later of two times, or with a negative sign the earlier.
fn later(three: &Three<'_>, sign: f64) -> Option<Value> {
    let time = |side: Side<'_>| side.and_then(Value::as_f64).map(|time| time * sign);
    match (time(three.ours), time(three.theirs)) {
        (Some(ours), Some(theirs)) if theirs > ours => three.theirs.cloned(),
        (None, Some(_)) => three.theirs.cloned(),
        _ => three.ours.cloned(),
    }
}

/// The newer of two versions of the file format, which each side wrote.
fn newer(three: &Three<'_>) -> Option<Value> {
    let parts = |side: Side<'_>| -> Vec<u32> {
        let text = side.and_then(Value::as_str).unwrap_or_default();
        text.split('.').filter_map(|part| part.parse().ok()).collect()
    };
    let theirs_is_newer = parts(three.theirs) > parts(three.ours);
    if theirs_is_newer { three.theirs } else { three.ours }.cloned()
}

fn field_value(kind: Kind, field: &str, three: &Three<'_>, asking: &mut Asking<'_, '_>) -> Option<Value> {
    let place = Place::new(path_key(field), label(field));
    let result = match field {
        _ if is_rows(field) && are_rows(three) => merge_rows(asking, field, three),
        "body" if are_maps(three) => body(asking, three),
        // Another way to sign in is another thing.
        "authentication" if three.below("type").ours != three.below("type").theirs => {
            asking.settle(&place, three)
        }
        "contents" if kind == Kind::ApiSpec => text_or_ask(asking, &place, three),
        _ => {
            let word = tree_word(field).map_or(place.word, str::to_owned);
            merge_value(asking, &Place { word, ..place }, three)
        }
    };
    match result {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

fn are_maps(three: &Three<'_>) -> bool {
    [three.ours, three.theirs]
        .iter()
        .all(|side| side.is_some_and(Value::is_object))
}

fn text_or_ask<S: Settle>(
    asking: &mut S,
    place: &Place,
    three: &Three<'_>,
) -> Result<Option<Value>, S::Refusal> {
    match merge_spec(three) {
        Some(text) => Ok(Some(text.into())),
        None => asking.settle(place, three),
    }
}

fn body<S: Settle>(asking: &mut S, three: &Three<'_>) -> Result<Option<Value>, S::Refusal> {
    let map = |side: Side<'_>| side.and_then(Value::as_object).cloned().unwrap_or_default();
    let (ours, theirs): (Map<String, Value>, Map<String, Value>) = (map(three.ours), map(three.theirs));
    let mut merged = ours.clone();
    for key in keys_of(Some(&ours), Some(&theirs)) {
        let part = three.below(key);
        let path = below("body", key);
        let path = if path.starts_with("body.") {
            path
        } else {
            format!("body.{}", path_key(key))
        };
        let value = match part.settled(|a, b| is_default(&path, a) && is_default(&path, b)) {
            Some(side) => side.cloned(),
            None if is_rows(&path) && are_rows(&part) => merge_rows(asking, &path, &part)?,
            None => merge_value(asking, &Place::new(path, body_label(key)), &part)?,
        };
        put(&mut merged, key, value, &theirs);
    }
    Ok(Some(Value::Object(merged)))
}

/// Does a version of a resource say anything else than another one?
pub(super) fn differs(kind: Kind, before: &Fields, after: &Fields, changes_layout: bool) -> bool {
    use crate::changes::{Names, compare_fields};
    use crate::comparison::Comparison;
    if fields_of(kind, before, after)
        .iter()
        .all(|field| before.get(*field) == after.get(*field) || is_bookkeeping(field))
    {
        return false;
    }
    let names = Names {
        before: &|_| None,
        after: &|_| None,
    };
    compare_fields(kind, before, after, &names).iter().any(|change| {
        let follows = changes_layout
            && (follows_from_layout(&change.path) || change.comparison == Comparison::Formatting);
        !change.bookkeeping && !follows
    })
}
