//! What looks like a secret in files, and was not there before.

use std::collections::{HashMap, HashSet};

use sheaf_collection::Collections;
use sheaf_collection::model::{Kind, ResourceId, ResourcePlace};
use sheaf_collection::parallel::map;
use sheaf_guard::{Found, Guard};

/// Larger files are no collections and not typed by anybody.
const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Bytes by which Git tells what is no text.
const BYTES_TO_JUDGE: usize = 8000;

/// A file that a commit adds or changes.
pub(crate) struct Added {
    pub(crate) path: String,
    /// What the commits before it hold.
    pub(crate) before: Vec<Vec<u8>>,
    pub(crate) after: Vec<u8>,
}

/// One value that looks like a secret, with the value itself: it stays within this module's callers.
pub(crate) struct Sighting {
    pub(crate) path: String,
    pub(crate) place: ResourcePlace,
    pub(crate) field: String,
    pub(crate) label: String,
    pub(crate) line: Option<u32>,
    pub(crate) code: &'static str,
    pub(crate) what: String,
    pub(crate) value: String,
    pub(crate) takes_templates: bool,
}

/// What the files hold now and none of them held before.
pub(crate) fn look(guard: &Guard, files: &[Added]) -> Vec<Sighting> {
    let now = sightings(guard, files.iter().map(|file| (&*file.path, &*file.after)));
    if now.is_empty() {
        return now;
    }
    let most = files.iter().map(|file| file.before.len()).max().unwrap_or(0);
    let mut known = HashSet::new();
    for number in 0..most {
        let before = files
            .iter()
            .filter_map(|file| Some((&*file.path, &**file.before.get(number)?)));
        known.extend(sightings(guard, before).into_iter().map(|seen| seen.value));
    }
    now.into_iter()
        .filter(|seen| !known.contains(&seen.value))
        .collect()
}

/// All of them in one state of files.
fn sightings<'f>(guard: &Guard, files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Vec<Sighting> {
    let files: Vec<(&str, &[u8])> = files.filter(|(_, bytes)| is_text(bytes)).collect();
    let own = files
        .iter()
        .filter(|(path, bytes)| Collections::holds(path, [*bytes]))
        .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
    let collections = Collections::read(own);
    let all = map(&files, |(path, bytes)| in_one(guard, &collections, path, bytes));
    all.into_iter().flatten().collect()
}

fn in_one(guard: &Guard, collections: &Collections, path: &str, bytes: &[u8]) -> Vec<Sighting> {
    let mut all = Vec::new();
    let text = String::from_utf8_lossy(bytes);
    let is_readable = all_texts(guard, collections, path, &mut all);
    if is_readable {
        comments(guard, path, &text, &mut all);
    } else {
        let found = guard.find("", &text);
        all.extend(found.into_iter().map(|found| in_file(path, &text, 0, found)));
    }
    all
}

fn is_text(bytes: &[u8]) -> bool {
    bytes.len() <= MAX_BYTES && !bytes[..bytes.len().min(BYTES_TO_JUDGE)].contains(&0)
}

/// What the fields of a collection file hold; false where it is none, or cannot be read.
fn all_texts(guard: &Guard, collections: &Collections, path: &str, all: &mut Vec<Sighting>) -> bool {
    let mut places: HashMap<ResourceId, ResourcePlace> = HashMap::new();
    let mut is_readable = false;
    collections.each_text(path, &mut |place, name, text| {
        is_readable = true;
        for found in guard.find(name, text) {
            let id = place.id();
            let resource = places.entry(id.clone()).or_insert_with(|| {
                let known = collections.resource_place(id);
                known.unwrap_or_else(|| file_place(id.0.clone()))
            });
            all.push(Sighting {
                path: path.to_owned(),
                place: resource.clone(),
                field: place.field(),
                label: place.label(),
                line: text.contains('\n').then(|| line_of(text, found.range.start)),
                code: found.code,
                what: found.what,
                value: text[found.range].to_owned(),
                takes_templates: place.takes_templates(),
            });
        }
    });
    is_readable
}

/// Comments of a collection file are in no field.
fn comments(guard: &Guard, path: &str, text: &str, all: &mut Vec<Sighting>) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let comment = line.find('#').map(|at| start + at);
        start += line.len();
        let Some(at) = comment else { continue };
        for found in guard.find("", &text[at..start]) {
            let value = &text[at..start][found.range.clone()];
            let is_told = all.iter().any(|seen| seen.value.contains(value));
            if !is_told {
                all.push(in_file(path, text, at, found));
            }
        }
    }
}

/// In a text that is no field; `at` is where the part begins that was looked at.
fn in_file(path: &str, text: &str, at: usize, found: Found) -> Sighting {
    let range = at + found.range.start..at + found.range.end;
    let key = key_before(text, range.start);
    Sighting {
        path: path.to_owned(),
        place: file_place(path.to_owned()),
        field: key.to_owned(),
        label: key.to_owned(),
        line: Some(line_of(text, range.start)),
        code: found.code,
        what: found.what,
        value: text[range].to_owned(),
        takes_templates: false,
    }
}

fn file_place(path: String) -> ResourcePlace {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    ResourcePlace {
        kind: Kind::File,
        name: name.to_owned(),
        method: None,
        location: folders
            .split('/')
            .filter(|folder| !folder.is_empty())
            .map(str::to_owned)
            .collect(),
        id: ResourceId(path),
    }
}

fn line_of(text: &str, at: usize) -> u32 {
    let breaks = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n');
    u32::try_from(breaks.count() + 1).unwrap_or(u32::MAX)
}

/// The name that the line of a value begins with: `API_KEY=…`, `"token": …`; nothing where it begins with none.
fn key_before(text: &str, at: usize) -> &str {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    let line = line.trim_start_matches(|char: char| char.is_whitespace() || "-#/*\"'".contains(char));
    let line = line.strip_prefix("export ").unwrap_or(line);
    let is_part = |char: char| char.is_ascii_alphanumeric() || "_-.".contains(char);
    let key = &line[..line.find(|char| !is_part(char)).unwrap_or(line.len())];
    let behind = line[key.len()..].trim_start_matches(['"', '\'', ' ', '\t']);
    if behind.starts_with([':', '=']) { key } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, before: Option<&str>, after: &str) -> Added {
        Added {
            path: path.to_owned(),
            before: before.map(|text| text.as_bytes().to_vec()).into_iter().collect(),
            after: after.as_bytes().to_vec(),
        }
    }

    const TOKEN: &str = concat!("gh", "p_q8Zr2LkP0vXwT5nY7bJ3mC9dF1hS6gKaE4uR");

    #[test]
    fn only_what_was_added_is_told() {
        let guard = Guard::default();
        let before = format!("A={TOKEN}\n");
        let after = format!("B=1\nC={TOKEN}\nAPI_TOKEN=x9Kd72LmQw83ZrT0\n");
        let found = look(&guard, &[file(".env", Some(&before), &after)]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].field.as_str(), found[0].line), ("API_TOKEN", Some(3)));
        assert_eq!(found[0].value, "x9Kd72LmQw83ZrT0");
    }

    #[test]
    fn comments_of_a_collection_file_are_looked_at() {
        let guard = Guard::default();
        let text = format!(
            "# {TOKEN}\n_id: req_1\ntype: Request\nparentId: wrk_1\nname: A\nurl: https://x.test/?token={TOKEN}\n"
        );
        let found = look(&guard, &[file(".insomnia/Request/req_1.yml", None, &text)]);
        assert_eq!(found.len(), 1, "told once");
        assert_eq!(found[0].field, "url");
        let text = text.replace(&format!("?token={TOKEN}"), "");
        let found = look(&guard, &[file(".insomnia/Request/req_1.yml", None, &text)]);
        assert_eq!((found.len(), found[0].line), (1, Some(1)));
    }

    #[test]
    fn a_line_says_what_its_value_is() {
        for (line, key) in [
            ("API_KEY=x", "API_KEY"),
            ("export API_KEY=x", "API_KEY"),
            ("  \"api.key\": \"x", "api.key"),
            ("- token: x", "token"),
            ("see x", ""),
        ] {
            assert_eq!(key_before(line, line.len()), key, "{line}");
        }
    }
}
