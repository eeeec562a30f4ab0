//! A person who edits, and what they meant.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sheaf_project::collection::Collections;
use sheaf_project::collection::model::{FileEdit, Kind, ResourceId};

use super::dice::Dice;
use super::sample::{Sample, apply, set};
use super::truth::read;
use crate::failure::Failure;

/// Requests everybody works on.
const HOT_REQUESTS: usize = 4;

/// A smallest thing that somebody can mean: a field, a row, a leaf of a body.
pub(crate) type Leaf = (ResourceId, String);

/// One person's state.
pub(crate) struct Person<'s> {
    sample: &'s Sample,
    number: i64,
    pub(crate) collections: Collections,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// What was given what value last; none where it was removed.
    pub(crate) meant: BTreeMap<Leaf, Option<Value>>,
    pub(crate) deleted: Vec<ResourceId>,
    pub(crate) created: Vec<ResourceId>,
}

impl<'s> Person<'s> {
    pub(crate) fn new(sample: &'s Sample, number: i64) -> Self {
        Self {
            sample,
            number,
            collections: sample.collections.shared(),
            files: sample.files.clone(),
            meant: BTreeMap::new(),
            deleted: Vec::new(),
            created: Vec::new(),
        }
    }

    /// Makes edits.
    pub(crate) fn works(mut self, edits: usize, hot: u32, dice: &mut Dice) -> Result<Self, Failure> {
        for n in 0..edits {
            self.edit(n, hot, dice)?;
        }
        // what ended where it began is no change
        let before = &self.sample.collections;
        self.meant.retain(|leaf, value| read(before, leaf) != *value);
        Ok(self)
    }

    fn edit(&mut self, n: usize, hot: u32, dice: &mut Dice) -> Result<(), Failure> {
        let among = if dice.chance(hot) {
            HOT_REQUESTS
        } else {
            self.sample.requests.len()
        };
        let Some(id) = self.sample.requests.get(dice.roll(among)).cloned() else {
            return Ok(());
        };
        if self.deleted.contains(&id) {
            return Ok(());
        }
        let now = 1_760_000_000_000 + self.number * 1000 + i64::try_from(n)?;
        let value = Value::from(format!("value {} of person {}", dice.roll(3), self.number));
        let edits = match dice.roll(20) {
            0..=2 => self.sets(&id, "url", value, now)?,
            3 => self.sets(&id, "method", ["PUT", "GET"][dice.roll(2)].into(), now)?,
            4 => self.sets(&id, "name", value, now)?,
            5..=7 => self.sets(
                &id,
                &format!("headers.X-Header-{}.value", dice.roll(5)),
                value,
                now,
            )?,
            8 => self.sets(
                &id,
                &format!("headers.X-New-{}-{n}.value", self.number),
                value,
                now,
            )?,
            9..=10 => self.sets(
                &id,
                &format!("parameters.param-{}.value", dice.roll(4)),
                value,
                now,
            )?,
            11..=13 => self.sets_leaf(&id, dice.roll(10), &value, now)?,
            14..=15 => self.sets_line(&id, dice.roll(12), &value, now)?,
            16 => {
                let key = format!("data.key_{}", dice.roll(12));
                let environment = self.sample.environment.clone();
                self.sets(&environment, &key, value, now)?
            }
            17 => {
                let folder = self.sample.folders[dice.roll(self.sample.folders.len())].clone();
                self.meant
                    .insert((id.clone(), "parentId".to_owned()), Some(json!(folder.0)));
                self.collections.move_to(&id, &folder, None, now)?
            }
            18 => {
                let folder = self.sample.folders[dice.roll(self.sample.folders.len())].clone();
                let name = format!("New {n} of {}", self.number);
                let (id, edits) = self.collections.create(Kind::Request, &folder, &name, now)?;
                self.created.push(id);
                edits
            }
            _ => {
                if dice.chance(50) {
                    return Ok(());
                }
                self.deleted.push(id.clone());
                self.meant.retain(|(of, _), _| *of != id);
                self.collections.delete(&id, now)?
            }
        };
        self.land(edits);
        Ok(())
    }

    fn sets(
        &mut self,
        id: &ResourceId,
        path: &str,
        value: Value,
        now: i64,
    ) -> Result<Vec<FileEdit>, Failure> {
        let edits = self
            .collections
            .set_fields(id, &[set(path, value.clone())], now)?;
        self.meant.insert((id.clone(), path.to_owned()), Some(value));
        Ok(edits)
    }

    /// A leaf of the JSON body.
    fn sets_leaf(
        &mut self,
        id: &ResourceId,
        leaf: usize,
        value: &Value,
        now: i64,
    ) -> Result<Vec<FileEdit>, Failure> {
        let key = format!("leaf_{leaf}");
        let view = self
            .collections
            .resource(id)
            .ok_or_else(|| Failure::new("no request"))?;
        let text = view.fields["body"]["text"].as_str().unwrap_or_default();
        let mut body: Value = serde_json::from_str(text)?;
        body[&key] = value.clone();
        let text = serde_json::to_string_pretty(&body)?;
        let edits = self
            .collections
            .set_fields(id, &[set("body.text", text.into())], now)?;
        self.meant
            .insert((id.clone(), format!("body.text/{key}")), Some(value.clone()));
        Ok(edits)
    }

    /// A line of the script. Only every third one is edited, as neighbours in a text go together.
    fn sets_line(
        &mut self,
        id: &ResourceId,
        line: usize,
        value: &Value,
        now: i64,
    ) -> Result<Vec<FileEdit>, Failure> {
        let line = line / 3 * 3;
        let view = self
            .collections
            .resource(id)
            .ok_or_else(|| Failure::new("no request"))?;
        let text = view.fields["afterResponseScript"].as_str().unwrap_or_default();
        let written = format!("const line{line} = {value};");
        let lines: Vec<String> = text
            .lines()
            .enumerate()
            .map(|(n, old)| {
                if n == line {
                    written.clone()
                } else {
                    old.to_owned()
                }
            })
            .collect();
        let edits =
            self.collections
                .set_fields(id, &[set("afterResponseScript", lines.join("\n").into())], now)?;
        self.meant.insert(
            (id.clone(), format!("afterResponseScript/{line}")),
            Some(written.into()),
        );
        Ok(edits)
    }

    fn land(&mut self, edits: Vec<FileEdit>) {
        self.collections = apply(&self.collections, &mut self.files, edits);
    }
}
