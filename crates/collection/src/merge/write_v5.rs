//! The files of the v5 layout.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::lines::weave;
use super::ordered::{like, map_like};
use super::pieces::{item_lines, item_text};
use super::result::{Entries, Entry, Says};
use super::states::{Found, States};
use super::v5_item::{item_of, merged_item};
use super::v5_tree::{Composer, Items, siblings_order, taken_apart};
use crate::edit::find_item;
use crate::model::{Kind, ResourceId};
use crate::source::SourceFile;
use crate::v5;
use crate::yaml::{Dialect, Node, emit, parse, patch, raw};

/// More items that come from elsewhere are written anew.
const MAX_LIFTED: usize = 24;

/// A collection that is one file in the result.
pub(super) struct Collection<'c, 'm> {
    pub states: &'m States<'m>,
    pub entries: &'c Entries<'m>,
    /// What holds what.
    pub children: &'c HashMap<ResourceId, Vec<&'m ResourceId>>,
    pub root: &'m ResourceId,
    /// Everything in it, itself included.
    pub ids: Vec<&'m ResourceId>,
}

impl<'m> Collection<'_, 'm> {
    /// The bytes of the file; nothing where they could not be made.
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        let [base, ours, theirs] = self.files();
        if let Some(file) = ours.filter(|file| self.is_as(file, |entry| entry.ours, &Says::Ours)) {
            return Some(file.bytes.to_vec());
        }
        if let Some(file) = theirs.filter(|file| self.is_as(file, |entry| entry.theirs, &Says::Theirs)) {
            return Some(file.bytes.to_vec());
        }
        if let Some(bytes) = ours.and_then(|file| self.with_items(file)) {
            return Some(bytes);
        }
        self.anew(base, ours, theirs)
    }

    /// The files that the collection is in, in the base, here and in what comes in.
    fn files(&self) -> [Option<&'m SourceFile>; 3] {
        let file =
            |found: Option<Found<'m>>| found.filter(|found| !found.is_legacy()).map(|found| found.file);
        let root = self.entries.get(self.root);
        [
            root.and_then(|root| file(root.base)),
            root.and_then(|root| file(root.ours)),
            root.and_then(|root| file(root.theirs)),
        ]
    }

    /// Is everything as it is in this file of one side?
    fn is_as(
        &self,
        file: &'m SourceFile,
        found: impl Fn(&Entry<'m>) -> Option<Found<'m>>,
        says: &Says,
    ) -> bool {
        let holds = |id: &&ResourceId| {
            let Some(entry) = self.entries.get(*id) else {
                return false;
            };
            let Some(found) = found(entry).filter(|found| std::ptr::eq(found.file, file)) else {
                return false;
            };
            let same = || match (&entry.says, entry.ours, entry.theirs) {
                (Says::Both(_), ..) => false,
                (_, Some(ours), Some(theirs)) => self.states.are_same(ours, theirs),
                _ => false,
            };
            found.resource.parent == entry.parent && (entry.says == *says || same())
        };
        self.ids.len() == file.parsed().resources.len() && self.ids.iter().all(holds) && self.is_ordered(file)
    }

    /// Do siblings follow one another as they do in this file?
    fn is_ordered(&self, file: &SourceFile) -> bool {
        let numbers: HashMap<&ResourceId, usize> = file
            .parsed()
            .resources
            .iter()
            .enumerate()
            .map(|(number, resource)| (&resource.id, number))
            .collect();
        self.ids.iter().all(|id| {
            let siblings = self.children.get(*id).map(Vec::as_slice).unwrap_or_default();
            let order = siblings_order(self.states, siblings);
            order.iter().filter_map(|id| numbers.get(*id)).is_sorted()
        })
    }

    /// The file here with other fields in some of its items; nothing where more has to change.
    fn with_items(&self, file: &'m SourceFile) -> Option<Vec<u8>> {
        let text = file.text()?;
        let dialect = OnceCell::new();
        let of_file = || {
            *dialect.get_or_init(|| {
                let root = parse(text).ok();
                root.and_then(|root| Dialect::seen_in(text, &root))
                    .unwrap_or(Dialect::Yaml2)
            })
        };
        let own: HashSet<&ResourceId> = file
            .parsed()
            .resources
            .iter()
            .map(|resource| &resource.id)
            .collect();
        let stays = |id: &&ResourceId| {
            let entry = self.entries.get(*id);
            let place = entry.zip(entry.and_then(|entry| entry.ours));
            own.contains(*id)
                && place.is_some_and(|(entry, ours)| {
                    std::ptr::eq(ours.file, file) && ours.resource.parent == entry.parent
                })
        };
        if self.ids.len() != own.len() || !self.ids.iter().all(stays) || !self.is_ordered(file) {
            return None;
        }
        let mut edits = Vec::new();
        for entry in self.ids.iter().filter_map(|id| self.entries.get(*id)) {
            if entry.says != Says::Ours {
                let is_alone = !holds_others(entry.kind) && entry.kind != Kind::ApiSpec;
                let ours = entry.ours.filter(|_| is_alone)?;
                edits.push((item_lines(ours)?, new_item_text(entry, ours, &of_file)?));
            }
        }
        edits.sort_by_key(|(lines, _)| lines.start);
        let mut result = String::with_capacity(text.len() + 256);
        let mut at = 0;
        for (lines, new) in edits {
            result.push_str(text.get(at..lines.start)?);
            result.push_str(&new);
            at = lines.end;
        }
        result.push_str(text.get(at..)?);
        Some(result.into_bytes())
    }

    /// The whole document with what the result has, in the lines of both.
    fn anew(
        &self,
        base: Option<&SourceFile>,
        ours: Option<&SourceFile>,
        theirs: Option<&SourceFile>,
    ) -> Option<Vec<u8>> {
        let items = |file: Option<&SourceFile>| file.map_or(Some(Items::new()), taken_apart);
        let own = ours.or(theirs)?;
        let (our_items, their_items) = (
            self.all_items(items(ours)?, ours, true)?,
            self.all_items(items(theirs)?, theirs, false)?,
        );
        let is_typed =
            |file: &SourceFile| Some(v5::is_typed(&parse(file.text()?).map(Node::into_value).ok()?));
        let typed = is_typed(own)?;
        let composer = Composer {
            states: self.states,
            entries: self.entries,
            ours: our_items,
            theirs: their_items,
            typed,
            children: self.children,
        };
        let mut target = composer.document(self.root)?;
        if theirs.is_some_and(|theirs| is_typed(theirs) != Some(typed)) {
            v5::say_types(&mut target);
        }
        let lines = match (base, ours, theirs) {
            (Some(base), Some(ours), Some(theirs)) => {
                Some(weave(base.text()?, ours.text()?, theirs.text()?).text)
            }
            _ => None,
        };
        let patched = |text: &str| {
            let model = parse(text).map(Node::into_value).ok()?;
            patch(text, &like(&target, &model), Dialect::Yaml2).ok()
        };
        let text = lines
            .and_then(|lines| patched(&lines))
            .or_else(|| patched(own.text()?))
            .unwrap_or_else(|| emit::document(&target, Dialect::Yaml2));
        Some(self.with_spec(self.with_comments(text, ours)).into_bytes())
    }

    /// Items that have been in another file get back the text that they had there, comments included.
    fn with_comments(&self, mut text: String, ours: Option<&SourceFile>) -> String {
        let is_new = |id: &ResourceId| {
            let source = self.entries.get(id).and_then(Entry::text);
            source.is_some_and(|found| {
                !found.is_legacy() && ours.is_none_or(|ours| !std::ptr::eq(ours, found.file))
            })
        };
        let outermost = self.ids.iter().filter(|id| {
            let parent = self.entries.get(**id).and_then(|entry| entry.parent.as_ref());
            is_new(id) && !parent.is_some_and(is_new)
        });
        for id in outermost.take(MAX_LIFTED) {
            let better = || {
                let found = self.entries.get(*id)?.text()?;
                let source = found.file.text()?;
                let lifted = raw::lift(source, find_item(&parse(source).ok()?, &id.0)?)?;
                let root = parse(&text).ok()?;
                let node = find_item(&root, &id.0)?;
                let model = parse(&lifted).map(Node::into_value).ok()?;
                let lifted = patch(&lifted, &like(&node.to_value(), &model), Dialect::Yaml2).ok()?;
                raw::put(&text, node, &lifted)
            };
            if let Some(better) = better() {
                text = better;
            }
        }
        text
    }

    /// The items of the collection, and those that come out of other files of the same side.
    fn all_items(&self, mut items: Items, file: Option<&SourceFile>, of_ours: bool) -> Option<Items> {
        let mut seen: HashSet<*const SourceFile> = file.map(std::ptr::from_ref).into_iter().collect();
        for entry in self.ids.iter().filter_map(|id| self.entries.get(*id)) {
            let found = if of_ours { entry.ours } else { entry.theirs };
            if let Some(found) = found.filter(|found| !found.is_legacy())
                && seen.insert(std::ptr::from_ref(found.file))
            {
                for (id, item) in taken_apart(found.file)? {
                    items.entry(id).or_insert(item);
                }
            }
        }
        Some(items)
    }

    /// The text of a spec is more than its value: comments.
    fn with_spec(&self, text: String) -> String {
        let spec = self
            .ids
            .iter()
            .filter_map(|id| self.entries.get(*id))
            .find(|entry| entry.kind == Kind::ApiSpec);
        let wanted = spec.and_then(|entry| entry.fields()?.get("contents")?.as_str().map(str::to_owned));
        let Some(wanted) = wanted.filter(|wanted| wanted.contains('#')) else {
            return text;
        };
        let with = || v5::put_spec(&text, &v5::spec_text(&wanted).ok()?);
        with().unwrap_or(text)
    }
}

fn holds_others(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Workspace | Kind::RequestGroup | Kind::UnitTestSuite | Kind::Environment
    )
}

/// The text of an item that holds no others, as it stands in the place of the one here.
fn new_item_text(entry: &Entry<'_>, ours: Found<'_>, dialect: &dyn Fn() -> Dialect) -> Option<String> {
    let (column, our) = item_text(ours)?;
    let spaces = " ".repeat(column);
    let at_column = |found: Option<Found<'_>>| {
        let text =
            in_v5(found).and_then(|found| item_text(found).map(|(column, text)| (column, text.to_owned())));
        text.filter(|(other, _)| *other == column).map(|(_, text)| text)
    };
    let (base, theirs) = (at_column(entry.base), at_column(entry.theirs));
    if let (Says::Theirs, Some(theirs)) = (&entry.says, &theirs) {
        return Some(theirs.clone());
    }
    let lines = match (base, theirs) {
        (Some(base), Some(theirs)) => Some(weave(&ended(&base), &ended(our), &ended(&theirs)).text),
        _ => None,
    };
    let our_item = item_of(&format!("{spaces}{our}\n"))?;
    let their_item = in_v5(entry.theirs).and_then(|found| {
        let (column, text) = item_text(found)?;
        item_of(&format!("{}{text}\n", " ".repeat(column)))
    });
    let target = merged_item(entry, Some(&our_item), their_item.as_ref())?;
    let patched = |lines: &str| {
        let text = format!("{spaces}{}", ended(lines));
        let target = Value::Object(map_like(&target, &item_of(&text)?));
        let one = patch(&text, &target, Dialect::Yaml2).ok()?;
        let two = patch(&text, &target, Dialect::Yaml1).ok()?;
        let new = if one == two || dialect() == Dialect::Yaml2 {
            one
        } else {
            two
        };
        let new = new.strip_prefix(&spaces)?;
        Some(new.strip_suffix('\n').unwrap_or(new).to_owned())
    };
    lines.and_then(|lines| patched(&lines)).or_else(|| patched(our))
}

fn in_v5(found: Option<Found<'_>>) -> Option<Found<'_>> {
    found.filter(|found| !found.is_legacy())
}

fn ended(text: &str) -> String {
    if text.ends_with('\n') {
        text.to_owned()
    } else {
        format!("{text}\n")
    }
}
