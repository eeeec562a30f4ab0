//! A commit message made from the changes.

use sheaf_collection::model::{ChangeKind, Kind, ResourceChange};

/// Git shows about this many characters of a title.
const TITLE: usize = 72;
/// Lines of the body; more resources are counted.
const LINES: usize = 40;

/// A title in plain words, and where there is more to say a line for each resource. Bookkeeping is never told.
pub(crate) fn proposed_message(changes: &[ResourceChange]) -> String {
    let real: Vec<&ResourceChange> = changes.iter().filter(|c| !c.only_bookkeeping).collect();
    match real.as_slice() {
        [] => String::new(),
        [one] => message_of_one(one),
        several => format!("{}\n\n{}", title_of(several), body_of(several)),
    }
}

fn message_of_one(one: &ResourceChange) -> String {
    let line = line_of(one);
    let title = shorten(&line);
    if title == line {
        return title;
    }
    format!(
        "{}\n\n- {}",
        shorten(&format!("{} {}", verb(one.change), quoted(one))),
        line
    )
}

fn title_of(several: &[&ResourceChange]) -> String {
    let kinds = [
        (ChangeKind::Added, "add"),
        (ChangeKind::Modified, "change"),
        (ChangeKind::Renamed, "rename"),
        (ChangeKind::Moved, "move"),
        (ChangeKind::Deleted, "delete"),
    ];
    let count = |kind| several.iter().filter(|c| c.change == kind).count();
    let counted: Vec<(&str, usize)> = kinds
        .into_iter()
        .map(|(kind, word)| (word, count(kind)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let things = things(several);
    let what = match counted.as_slice() {
        [(word, count)] => format!("{word} {count} {things}"),
        [(first, one), (second, other)] => format!("{first} {one} and {second} {other} {things}"),
        _ => format!("change {} {things}", several.len()),
    };
    let place = several[0].location.first();
    let place = place.filter(|place| several.iter().all(|c| c.location.first() == Some(*place)));
    shorten(&match place {
        Some(place) => format!("{} in {}", capital(&what), one_line(place)),
        None => capital(&what),
    })
}

fn things(several: &[&ResourceChange]) -> &'static str {
    let all = |kind| several.iter().all(|c| c.kind == kind);
    match several[0].kind {
        Kind::Request if all(Kind::Request) => "requests",
        Kind::RequestGroup if all(Kind::RequestGroup) => "folders",
        Kind::Environment if all(Kind::Environment) => "environments",
        Kind::UnitTest if all(Kind::UnitTest) => "tests",
        Kind::File if all(Kind::File) => "files",
        _ => "items",
    }
}

fn body_of(several: &[&ResourceChange]) -> String {
    let mut lines: Vec<String> = several
        .iter()
        .take(LINES)
        .map(|c| format!("- {}", line_of(c)))
        .collect();
    if several.len() > LINES {
        lines.push(format!("- and {} more", several.len() - LINES));
    }
    lines.join("\n")
}

/// "Create shipment: header X-Tenant added, URL changed".
fn line_of(change: &ResourceChange) -> String {
    match change.change {
        ChangeKind::Added | ChangeKind::Deleted => format!("{} {}", verb(change.change), quoted(change)),
        ChangeKind::Renamed => {
            let names = ["name", "fileName"];
            let old = change.fields.iter().find(|f| names.contains(&f.path.as_str()));
            let old = old.and_then(|f| f.before.as_deref()).unwrap_or_default();
            format!("Rename “{}” to {}", one_line(old), quoted(change))
        }
        ChangeKind::Moved | ChangeKind::Modified => {
            let what = change.summary.replace(" · ", ", ");
            format!("{}: {}", one_line(&change.name), uncapital(&what))
        }
    }
}

fn quoted(change: &ResourceChange) -> String {
    format!("“{}”", one_line(&change.name))
}

fn verb(change: ChangeKind) -> &'static str {
    match change {
        ChangeKind::Added => "Add",
        ChangeKind::Deleted => "Delete",
        ChangeKind::Renamed => "Rename",
        ChangeKind::Moved => "Move",
        ChangeKind::Modified => "Change",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// With a small first letter, unless it begins a word like URL.
fn uncapital(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), text.chars().nth(1)) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= TITLE {
        return text.to_owned();
    }
    let short: String = text.chars().take(TITLE - 1).collect();
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use sheaf_collection::model::{Comparison, FieldChange, ResourceId};

    use super::*;

    fn change(name: &str, kind: ChangeKind, summary: &str) -> ResourceChange {
        ResourceChange {
            id: ResourceId(name.to_owned()),
            kind: Kind::Request,
            name: name.to_owned(),
            method: None,
            change: kind,
            location: vec!["Parcels".to_owned()],
            path: String::new(),
            only_bookkeeping: false,
            fields: Vec::new(),
            summary: summary.to_owned(),
        }
    }

    #[test]
    fn one_resource_says_what_changed() {
        let one = change(
            "Create shipment",
            ChangeKind::Modified,
            "Header X-Tenant added · timeout 30 → 60",
        );
        assert_eq!(
            proposed_message(&[one]),
            "Create shipment: header X-Tenant added, timeout 30 → 60"
        );
        let url = change("Track", ChangeKind::Modified, "URL changed");
        assert_eq!(proposed_message(&[url]), "Track: URL changed");
        assert_eq!(
            proposed_message(&[change("Track", ChangeKind::Added, "New request")]),
            "Add “Track”"
        );
    }

    #[test]
    fn a_rename_names_both() {
        let mut one = change("Follow", ChangeKind::Renamed, "Renamed from Track");
        one.fields.push(FieldChange {
            path: "name".to_owned(),
            label: "name".to_owned(),
            before: Some("Track".to_owned()),
            after: Some("Follow".to_owned()),
            bookkeeping: false,
            comparison: Comparison::Value,
        });
        assert_eq!(proposed_message(&[one]), "Rename “Track” to “Follow”");
    }

    #[test]
    fn what_is_too_long_for_a_title_is_told_below() {
        let one = change(
            "Create shipment",
            ChangeKind::Modified,
            &"Header X-Tenant added · ".repeat(4),
        );
        let message = proposed_message(&[one]);
        assert!(
            message.starts_with("Change “Create shipment”\n\n- Create shipment: header"),
            "{message}"
        );
        let long = change(&"x".repeat(300), ChangeKind::Added, "New request");
        assert!(
            proposed_message(&[long])
                .lines()
                .next()
                .unwrap_or_default()
                .chars()
                .count()
                <= TITLE
        );
    }

    #[test]
    fn several_are_counted_and_listed_without_bookkeeping() {
        let mut hidden = change("Hidden", ChangeKind::Modified, "Only order");
        hidden.only_bookkeeping = true;
        let list = [
            change("A", ChangeKind::Modified, "URL changed"),
            hidden,
            change("B", ChangeKind::Added, "New request"),
        ];
        assert_eq!(
            proposed_message(&list),
            "Add 1 and change 1 requests in Parcels\n\n- A: URL changed\n- Add “B”"
        );
    }

    #[test]
    fn many_are_cut() {
        let list: Vec<_> = (0..100)
            .map(|n| change(&n.to_string(), ChangeKind::Deleted, "Request deleted"))
            .collect();
        let message = proposed_message(&list);
        assert!(message.starts_with("Delete 100 requests in Parcels\n\n- Delete “0”\n"));
        assert!(message.ends_with("- and 60 more"));
    }
}
