//! A repository to work in, one a thread, gone with the process.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;

use sheaf_git::repository::Repo;

thread_local! {
    static SCRATCH: RefCell<Option<Scratch>> = const { RefCell::new(None) };
}

/// So often it is used before it is made anew, as what is put into it stays.
const USES: usize = 2000;

pub(crate) struct Scratch {
    pub(crate) dir: PathBuf,
    pub(crate) repo: Repo,
    uses: Cell<usize>,
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// Hands the repository out.
pub(crate) fn with_scratch(work: impl FnOnce(&Scratch)) {
    SCRATCH.with(|slot| {
        let mut slot = slot.borrow_mut();
        if slot.as_ref().is_none_or(|scratch| scratch.uses.get() == USES) {
            *slot = None;
            *slot = made();
        }
        assert!(slot.is_some(), "no repository could be made");
        if let Some(scratch) = slot.as_ref() {
            scratch.uses.set(scratch.uses.get() + 1);
            work(scratch);
        }
    });
}

fn made() -> Option<Scratch> {
    let thread = format!("{:?}", std::thread::current().id());
    let number: String = thread.chars().filter(char::is_ascii_digit).collect();
    let dir = std::env::temp_dir().join(format!("sheaf-properties-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&dir).ok()?;
    let repo = Repo::init(&dir).ok()?;
    // What is written without a pack stays in memory.
    let kept = |store: git2::Odb<'_>| store.add_new_mempack_backend(i32::MAX).is_ok();
    if !sheaf_git::fuzzing::git(&repo).odb().is_ok_and(kept) {
        return None;
    }
    Some(Scratch {
        dir,
        repo,
        uses: Cell::new(0),
    })
}
