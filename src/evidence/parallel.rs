//! Scans evidence with several threads, which read in turns.
//!
//! Each thread locks the [`InputStream`], reads one turn into its own block and scans it after unlocking, so no bytes
//! pass between threads. The calling thread merges the results in the order of reading, so they do not depend on the
//! number of threads.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

use super::block::{BLOCK, ReadBlock};
use super::input_stream::{InputStream, NextPart};
use crate::diagnosis::{EvidenceSource, RecentLines, ScanBuffers, Scanner, Tally};
use crate::segment::{Piece, PieceKind};

/// Most bytes that are read in one turn: 2 MiB.
///
/// Merging the results of a turn costs the same for few bytes as for many.
const TURN: usize = 2 << 20;

/// Turns for each thread.
///
/// While one turn waits to be merged, its thread fills the next.
const TURNS: usize = 2;

/// Time to wait for a stream before checking whether to stop.
const POLL_TIMEOUT: Duration = Duration::from_millis(50);

/// First pause of a worker while a stream has nothing to read.
///
/// Workers do not wait inside the lock. The pause doubles each time, up to [`POLL_TIMEOUT`].
const BACKOFF: Duration = Duration::from_millis(1);

/// The bytes read in one turn, and their results.
#[derive(Debug, Default)]
struct Work {
    /// Number of the turn in the order of reading, from 0.
    order: usize,
    /// Number of the input, from 0.
    input: usize,
    source: Option<Arc<EvidenceSource>>,
    block: ReadBlock,
    /// Bytes of the pieces that are not in `block`.
    ///
    /// These are lines that begin in one block and end in another, and everything that comes from streams.
    others: Vec<u8>,
    /// Kind, position in the block, length and first line of each piece.
    ///
    /// Without a position, the piece is the next of those in `others`.
    pieces: Vec<(PieceKind, Option<usize>, usize, usize)>,
    /// The lines before the first piece.
    recent: RecentLines,
    tally: Tally,
    /// Whether it belongs to the calling thread.
    is_own: bool,
}

impl Work {
    fn new(is_own: bool) -> Self {
        Self { block: ReadBlock::new(TURN), is_own, ..Self::default() }
    }

    fn scan(&mut self, scanner: &Scanner, memory: &mut ScanBuffers) {
        let Some(source) = self.source.take() else { return };
        let mut rest = self.others.as_slice();
        memory.continue_behind(std::mem::take(&mut self.recent));
        for (kind, place, length, line) in self.pieces.drain(..) {
            let bytes = match place {
                Some(place) => self.block.part(place, length),
                None => rest.split_off(..length).unwrap_or_default(),
            };
            scanner.piece(Piece { kind, bytes, line }, &source, memory, &mut self.tally);
        }
        self.others.clear();
    }
}

/// The input that all threads share.
struct SharedInput<'a> {
    inputs: InputStream<'a>,
    /// Number of turns that were taken.
    begun: usize,
}

/// Outcome of trying to take a turn.
enum Turn {
    /// A piece of input was read and can be scanned.
    Taken,
    Waiting,
    End,
}

impl SharedInput<'_> {
    /// Reads one turn into `work`.
    fn take(&mut self, timeout: Duration, work: &mut Work) -> Turn {
        let Work { block, source: of, others, pieces, recent, .. } = work;
        let next = self.inputs.next(block, timeout, &mut |source, piece, before, place| {
            let Piece { kind, bytes, line } = piece;
            if of.is_none() {
                *of = Some(Arc::clone(source));
                recent.clone_from(before);
            }
            pieces.push((kind, place, bytes.len(), line));
            if place.is_none() {
                others.extend_from_slice(bytes);
            }
        });
        match next {
            NextPart::Part { input } => {
                (work.order, work.input) = (self.begun, input);
                self.begun += 1;
                Turn::Taken
            }
            NextPart::Waiting => Turn::Waiting,
            NextPart::End => Turn::End,
        }
    }
}

/// Reads to the end and scans everything.
///
/// Repeatedly calls `tell` with the number of bytes read so far. Returns the tally of everything, the counts of each
/// input, and the inputs.
pub(super) fn scan_all<'a>(
    inputs: InputStream<'a>,
    scanner: &Scanner,
    threads: usize,
    tell: &mut dyn FnMut(u64),
) -> (Tally, Vec<InputCounts>, InputStream<'a>) {
    let workers = threads.saturating_sub(1);
    let shared = Mutex::new(SharedInput { inputs, begun: 0 });
    let (results, done) = mpsc::channel();
    let (empty, spare) = mpsc::channel();
    let spare = Mutex::new(spare);
    let merge = thread::scope(|scope| {
        // Lives inside the scope: if this thread panics, dropping it ends the wait of the workers for more work.
        let mut merge = OrderedMerge::new(empty);
        let mut begun = 0;
        for _ in 0..workers {
            let (shared, spare, results) = (&shared, &spare, Sender::clone(&results));
            let work = move || worker(scanner, shared, spare, &results);
            let thread = Builder::new().name("searching evidence".to_owned()).spawn_scoped(scope, work);
            begun += usize::from(thread.is_ok());
        }
        drop(results);
        // If the system allows no threads, this thread scans everything.
        match begun {
            0 => alone(scanner, &shared, &mut merge, tell),
            _ => together(scanner, &shared, &done, begun, &mut merge, tell),
        }
        merge.empty = None;
        merge
    });
    (merge.total, merge.counts, shared.into_inner().unwrap_or_else(PoisonError::into_inner).inputs)
}

/// Scans everything in this thread, without merging.
fn alone(scanner: &Scanner, shared: &Mutex<SharedInput<'_>>, merge: &mut OrderedMerge, tell: &mut dyn FnMut(u64)) {
    let (mut block, mut memory) = (ReadBlock::new(BLOCK), ScanBuffers::default());
    let inputs = &mut lock(shared).inputs;
    loop {
        let (before, total) = (counts(&merge.total), &mut merge.total);
        match inputs
            .next(&mut block, POLL_TIMEOUT, &mut |source, piece, _, _| scanner.piece(piece, source, &mut memory, total))
        {
            NextPart::Part { input } => {
                let (records, error_blocks) = counts(&merge.total);
                merge.count(input, (records - before.0, error_blocks - before.1));
            }
            NextPart::Waiting => {}
            NextPart::End => return,
        }
        tell(inputs.bytes());
    }
}

/// Takes turns with workers, and merges all results.
fn together(
    scanner: &Scanner,
    shared: &Mutex<SharedInput<'_>>,
    done: &Receiver<Done>,
    workers: usize,
    merge: &mut OrderedMerge,
    tell: &mut dyn FnMut(u64),
) {
    merge.spare.extend((0..TURNS).map(|_| Work::new(true)));
    for _ in 0..TURNS * workers {
        merge.give_back(Work::new(false));
    }
    let (mut memory, mut is_end) = (ScanBuffers::default(), false);
    while !is_end || merge.ended < lock(shared).begun {
        // Without work of its own, this thread waits for results.
        let own = if is_end { None } else { merge.spare.pop() };
        let mut next = match own {
            Some(_) => done.try_recv().ok(),
            None => Some(done.recv().unwrap_or(Err(Broken))),
        };
        while let Some(received) = next {
            match received {
                Ok(work) => merge.put(work),
                // The panic continues at the end of the scope, which joins all threads.
                Err(Broken) => return,
            }
            next = done.try_recv().ok();
        }
        let Some(mut work) = own else { continue };
        let (turn, bytes) = {
            let mut shared = lock(shared);
            (shared.take(POLL_TIMEOUT, &mut work), shared.inputs.bytes())
        };
        match turn {
            Turn::Taken => {
                work.scan(scanner, &mut memory);
                merge.put(work);
            }
            Turn::Waiting => merge.give_back(work),
            Turn::End => is_end = true,
        }
        tell(bytes);
    }
}

/// A scanned turn, or the notice that the worker panicked.
type Done = Result<Work, Broken>;

/// Sent by a worker that panics.
struct Broken;

/// Sends [`Broken`] if its thread panics.
///
/// Otherwise the calling thread would wait for its results for ever.
struct Watch<'r>(&'r Sender<Done>);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Err(Broken));
        }
    }
}

/// Runs a worker: takes turns until the input ends.
fn worker(scanner: &Scanner, shared: &Mutex<SharedInput<'_>>, spare: &Mutex<Receiver<Work>>, results: &Sender<Done>) {
    let _watch = Watch(results);
    let (mut memory, mut kept, mut pause) = (ScanBuffers::default(), None, BACKOFF);
    loop {
        let Some(mut work) = kept.take().or_else(|| lock(spare).recv().ok()) else { return };
        let turn = lock(shared).take(Duration::ZERO, &mut work);
        match turn {
            Turn::Taken => {
                pause = BACKOFF;
                work.scan(scanner, &mut memory);
                if results.send(Ok(work)).is_err() {
                    return;
                }
            }
            Turn::Waiting => {
                kept = Some(work);
                thread::sleep(pause);
                pause = (pause * 2).min(POLL_TIMEOUT);
            }
            Turn::End => return,
        }
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The records of an input, and its errors that Terraform wrote.
type InputCounts = (u64, u64);

fn counts(tally: &Tally) -> InputCounts {
    (tally.records, tally.error_blocks)
}

/// The results of all turns, merged in order.
struct OrderedMerge {
    total: Tally,
    /// The counts of each input.
    counts: Vec<InputCounts>,
    /// Number of turns whose results are in `total`.
    ended: usize,
    /// Results that wait for those of earlier turns, by their order.
    early: BTreeMap<usize, Work>,
    /// Work of the calling thread, to be filled again.
    spare: Vec<Work>,
    /// Passes work to the workers, to be filled again.
    ///
    /// Invariant: workers wait for work as long as this sender exists.
    empty: Option<Sender<Work>>,
}

impl OrderedMerge {
    fn new(empty: Sender<Work>) -> Self {
        let (total, counts, early, spare) = (Tally::default(), Vec::new(), BTreeMap::new(), Vec::new());
        Self { total, counts, ended: 0, early, spare, empty: Some(empty) }
    }

    /// Merges a result, and all later ones that waited for it.
    fn put(&mut self, work: Work) {
        self.early.insert(work.order, work);
        while let Some(mut work) = self.early.remove(&self.ended) {
            self.ended += 1;
            self.count(work.input, counts(&work.tally));
            self.total.append(&mut work.tally);
            self.give_back(work);
        }
    }

    /// Gives work back to its thread, to be filled again.
    fn give_back(&mut self, work: Work) {
        match &self.empty {
            Some(empty) if !work.is_own => {
                let _ = empty.send(work);
            }
            _ => self.spare.push(work),
        }
    }

    /// Adds to the counts of an input.
    fn count(&mut self, input: usize, (records, error_blocks): InputCounts) {
        if self.counts.len() <= input {
            self.counts.resize(input + 1, InputCounts::default());
        }
        if let Some((known_records, known_blocks)) = self.counts.get_mut(input) {
            *known_records += records;
            *known_blocks += error_blocks;
        }
    }
}
