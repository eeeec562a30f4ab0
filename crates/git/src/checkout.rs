//! Putting a tree into an empty work tree.

use std::time::{Duration, Instant};

use crate::error::GitError;
use crate::layer::Layer;
use crate::plan::{IndexPlan, Journal, Plan, RefEdit, RefValue};
use crate::progress::{Progress, ProgressSink, Stage};
use crate::repository::{HEADS, Repo};
use crate::tree_policy::TreeLimits;

/// Progress is told at most this often.
const TELL: Duration = Duration::from_millis(100);

impl Repo {
    /// Writes the files of `branch` into an empty work tree and makes it the current branch. For clone.
    pub fn first_checkout(&self, branch: &str, progress: Option<&ProgressSink>) -> Result<(), GitError> {
        let tree = self.tree_of(self.branch_tip(branch)?)?;
        self.check_tree(tree, &TreeLimits::default())?;
        let mut tell = Teller::new(progress).into_callback();
        let (files, known) = if let Some(known) = self.write_first_files(tree, &mut tell)? {
            (Vec::new(), known)
        } else {
            let files = self.edits_between(&Layer::default(), &Layer::of(Some(tree)))?;
            (files, Vec::new())
        };
        self.land_with(
            Plan {
                label: format!("Check out {branch}"),
                files,
                refs: vec![RefEdit {
                    name: "HEAD".to_owned(),
                    before: self.ref_value("HEAD")?,
                    after: RefValue::Symbolic(format!("{HEADS}{branch}")),
                }],
                index: IndexPlan::Tree {
                    tree: Some(tree),
                    known,
                },
                journal: Journal::Nowhere,
                ..Plan::default()
            },
            &mut tell,
        )
    }
}

struct Teller<'a> {
    sink: Option<&'a ProgressSink>,
    last: Option<Instant>,
    bytes: u64,
}

impl<'a> Teller<'a> {
    fn new(sink: Option<&'a ProgressSink>) -> Self {
        Self {
            sink,
            last: None,
            bytes: 0,
        }
    }

    fn into_callback(mut self) -> impl FnMut(u64, u64, u64) + 'a {
        move |done, total, bytes| {
            self.bytes += bytes;
            let due = self.last.is_none_or(|l| l.elapsed() >= TELL) || done == total;
            if let Some(sink) = self.sink
                && due
            {
                self.last = Some(Instant::now());
                sink(Progress {
                    stage: Stage::WritingFiles,
                    done,
                    total,
                    bytes: self.bytes,
                });
            }
        }
    }
}
