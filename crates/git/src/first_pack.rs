//! Receiving a whole history, where nothing is here yet. libgit2 unpacks one object after the other on one core; gitoxide's
//! `gix-pack` uses all of them. Both look for collisions made on purpose.

use std::fs::{self, File};
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use git2::Oid;
use gix_pack::bundle::write::{Options, Outcome};
use gix_pack::data::input::Mode;
use gix_utils::progress::prodash::messages::MessageLevel;
use gix_utils::progress::{Count, Id, NestedProgress, Progress, StepShared, UNKNOWN, Unit};

use crate::error::{GitError, NetworkError, io};
use crate::progress::{Progress as Told, Stage};
use crate::remote_callbacks::Listener;
use crate::repository::Repo;
use crate::transport::{Operation, PackStream};

/// No single object may need more memory than this. What is larger is left to libgit2, which writes it piece by piece.
const LARGEST_OBJECT: usize = 256 * 1024 * 1024;
/// How often is looked whether somebody cancelled, and how far it is.
const LOOK: Duration = Duration::from_millis(50);
const READ: usize = 64 * 1024;
/// `PACK`, a version and the count of objects, in four bytes each (Git, `gitformat-pack`).
const HEAD: usize = 12;

impl Repo {
    /// Receives everything that `wants` lead to. False where the host has to be asked in another way; nothing was received
    /// then.
    pub(crate) fn receive_all(
        &self,
        operation: &Arc<Operation>,
        wants: &[Oid],
        listener: &Listener<'_>,
    ) -> Result<bool, GitError> {
        let mut said = |text: &[u8]| listener.hear(text);
        let stream = PackStream::open(operation, wants, &mut said);
        let Some(stream) = stream.map_err(GitError::from)? else {
            return Ok(false);
        };
        let folder = self.common_dir().join("objects").join("pack");
        fs::create_dir_all(&folder).map_err(|e| io(&folder, e))?;
        let Some(outcome) = index(stream, &folder, operation, listener)? else {
            return Ok(false);
        };
        settle(&outcome).map_err(|e| io(&folder, e))?;
        let odb = self.git.odb()?;
        odb.refresh()?;
        if wants.iter().all(|want| odb.exists(*want)) {
            return Ok(true);
        }
        Err(NetworkError::Damaged(operation.host()).into())
    }
}

/// Writes the pack and its index, while somebody looks after a cancel and the progress. `None` where something in it is too
/// large for this way.
fn index(
    stream: PackStream<'_>,
    folder: &Path,
    operation: &Operation,
    listener: &Listener<'_>,
) -> Result<Option<Outcome>, GitError> {
    let (stop, counters) = (AtomicBool::new(false), Counters::default());
    let mut counted = Counted {
        stream,
        listener,
        counters: counters.clone(),
        head: Vec::with_capacity(HEAD),
    };
    let options = Options {
        thread_limit: None,
        iteration_mode: Mode::Verify,
        alloc_limit_bytes: Some(LARGEST_OBJECT),
        ..Options::default()
    };
    let (ended, end) = mpsc::channel::<()>();
    let result = std::thread::scope(|scope| {
        let (meter, net) = (&listener.meter, operation.net());
        let (stop, counters) = (&stop, &counters);
        scope.spawn(move || {
            while end.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                stop.store(net.cancel.is_cancelled(), Ordering::Relaxed);
                if let Some(told) = counters.resolved() {
                    meter.report(told);
                }
            }
        });
        let result = gix_pack::Bundle::write_to_directory(
            &mut BufReader::with_capacity(READ, &mut counted),
            Some(folder),
            &mut Step::root(counters),
            stop,
            None::<gix_object::find::Never>,
            gix_hash::Kind::Sha1,
            options,
        );
        drop(ended);
        result
    });
    match result {
        Ok(outcome) => {
            // A connection that is read to its end can be used again.
            let _ = io::copy(&mut counted, &mut io::sink());
            Ok(Some(outcome))
        }
        Err(error) if error.is_resource_exhausted() => Ok(None),
        Err(error) => Err(why(&error, folder, operation)),
    }
}

/// What the host, the disk or the content of the pack had to do with it.
fn why(error: &gix_error::Error, folder: &Path, operation: &Operation) -> GitError {
    if let Some(stopped) = operation.stopped() {
        return stopped;
    }
    let of_disk = error.downcast_any_ref::<io::Error>();
    match of_disk.and_then(io::Error::raw_os_error) {
        Some(code) => io(folder, io::Error::from_raw_os_error(code)),
        None if of_disk.is_some_and(|e| e.kind() == ErrorKind::UnexpectedEof) => operation.cut_off().into(),
        None => NetworkError::Damaged(operation.host()).into(),
    }
}

/// The pack survives a power cut from now on, and nothing keeps git from packing it anew.
fn settle(outcome: &Outcome) -> io::Result<()> {
    let written: [&Option<PathBuf>; 2] = [&outcome.data_path, &outcome.index_path];
    for path in written.into_iter().flatten() {
        File::open(path)?.sync_all()?;
    }
    match &outcome.keep_path {
        Some(keep) => fs::remove_file(keep),
        None => Ok(()),
    }
}

/// The stream, and how much of it has come.
struct Counted<'l, 's> {
    stream: PackStream<'s>,
    listener: &'l Listener<'l>,
    counters: Counters,
    /// The beginning of the pack, until the count of objects is known.
    head: Vec<u8>,
}

impl Read for Counted<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.counters.bytes.fetch_add(count, Ordering::Relaxed);
        if self.head.len() < HEAD {
            let missing = (HEAD - self.head.len()).min(count);
            self.head.extend_from_slice(&buffer[..missing]);
            if let Some(&[a, b, c, d]) = self.head.get(8..HEAD) {
                let total = u32::from_be_bytes([a, b, c, d]);
                self.counters.total.store(total as usize, Ordering::Relaxed);
            }
        }
        let told = self.counters.told(Stage::Receiving, &self.counters.received);
        self.listener.receive(told.bytes);
        self.listener.meter.report(told);
        Ok(count)
    }
}

/// How far the parts of the work are.
#[derive(Clone, Default)]
struct Counters {
    total: StepShared,
    bytes: StepShared,
    received: StepShared,
    resolved: StepShared,
}

impl Counters {
    fn told(&self, stage: Stage, done: &StepShared) -> Told {
        let now = |counter: &StepShared| counter.load(Ordering::Relaxed) as u64;
        Told {
            stage,
            done: now(done),
            total: now(&self.total),
            bytes: now(&self.bytes),
        }
    }

    /// How many objects are resolved, once all have arrived.
    fn resolved(&self) -> Option<Told> {
        let told = self.told(Stage::Resolving, &self.resolved);
        (told.done > 0).then_some(told)
    }
}

/// A part of the work, as gitoxide counts it.
struct Step {
    counters: Counters,
    id: Id,
    counter: StepShared,
}

impl Step {
    fn root(counters: &Counters) -> Self {
        Self::of(counters, UNKNOWN)
    }

    fn of(counters: &Counters, id: Id) -> Self {
        use gix_pack::index::write::ProgressId;
        let counter = if id == Id::from(ProgressId::IndexObjects) {
            Arc::clone(&counters.received)
        } else if id == Id::from(ProgressId::ResolveObjects) {
            Arc::clone(&counters.resolved)
        } else {
            Arc::new(AtomicUsize::new(0))
        };
        Self {
            counters: counters.clone(),
            id,
            counter,
        }
    }
}

impl Count for Step {
    fn set(&self, step: usize) {
        self.counter.store(step, Ordering::Relaxed);
    }

    fn step(&self) -> usize {
        self.counter.load(Ordering::Relaxed)
    }

    fn inc_by(&self, step: usize) {
        self.counter.fetch_add(step, Ordering::Relaxed);
    }

    fn counter(&self) -> StepShared {
        Arc::clone(&self.counter)
    }
}

impl Progress for Step {
    fn init(&mut self, _: Option<usize>, _: Option<Unit>) {}

    fn set_name(&mut self, _: String) {}

    fn name(&self) -> Option<String> {
        None
    }

    fn id(&self) -> Id {
        self.id
    }

    fn message(&self, _: MessageLevel, _: String) {}
}

impl NestedProgress for Step {
    type SubProgress = Self;

    fn add_child(&mut self, _: impl Into<String>) -> Self {
        Self::root(&self.counters)
    }

    fn add_child_with_id(&mut self, _: impl Into<String>, id: Id) -> Self {
        Self::of(&self.counters, id)
    }
}
