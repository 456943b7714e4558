//! Threads that look through what one thread reads. What they find is put together in the order in which it was read, so
//! that it does not depend on how many they are.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, Scope};

use crate::diagnosis::segment::{Kind, Piece, Segmenter};
use crate::diagnosis::{Scanner, Tally};

/// Pieces that are looked through by one thread.
#[derive(Debug, Default)]
struct Work {
    /// Which one it is, from 0.
    order: usize,
    /// The input it is from.
    input: usize,
    path: Arc<str>,
    bytes: Vec<u8>,
    /// What each piece is, how long it is, and its first line.
    pieces: Vec<(Kind, usize, usize)>,
}

impl Work {
    fn add(&mut self, piece: Piece<'_>) {
        let (kind, bytes, line) = piece.parts();
        self.bytes.extend_from_slice(bytes);
        self.pieces.push((kind, bytes.len(), line));
    }

    fn scan(&self, scanner: &Scanner) -> Tally {
        let mut tally = Tally::default();
        let mut rest = self.bytes.as_slice();
        for &(kind, length, line) in &self.pieces {
            let (bytes, others) = rest.split_at(length.min(rest.len()));
            kind.piece(bytes, line).scan(scanner, &self.path, &mut tally);
            rest = others;
        }
        tally
    }
}

/// The threads, and what they found.
#[derive(Debug)]
pub(super) struct Crew<'s> {
    scanner: &'s Scanner,
    helpers: usize,
    /// How much work waits for somebody to take it.
    waiting: Arc<AtomicUsize>,
    work: Option<SyncSender<Work>>,
    done: Receiver<(Work, Tally)>,
    /// What is done before its turn, by its order.
    early: BTreeMap<usize, (usize, Tally)>,
    /// How many pieces of work were begun, and of how many the results are in `total`.
    begun: usize,
    ended: usize,
    /// Emptied, to be filled again.
    spare: Vec<Work>,
    total: Tally,
    /// How many records each input has had.
    records: Vec<u64>,
}

impl<'s> Crew<'s> {
    /// Has helpers wait for work; with none, or where the system allows none, all is done by the calling thread.
    pub(super) fn new<'scope>(scope: &'scope Scope<'scope, '_>, scanner: &'s Scanner, helpers: usize) -> Self
    where
        's: 'scope,
    {
        let (work, to_do) = mpsc::sync_channel::<Work>(helpers.saturating_mul(2));
        let (results, done) = mpsc::channel();
        let to_do = Arc::new(Mutex::new(to_do));
        let waiting = Arc::new(AtomicUsize::new(0));
        let mut crew = Self {
            scanner,
            helpers: 0,
            waiting,
            work: Some(work),
            done,
            early: BTreeMap::new(),
            begun: 0,
            ended: 0,
            spare: Vec::new(),
            total: Tally::default(),
            records: Vec::new(),
        };
        for _ in 0..helpers {
            let (to_do, results) = (Arc::clone(&to_do), Sender::clone(&results));
            let waiting = Arc::clone(&crew.waiting);
            let helper = move || help(scanner, &to_do, &waiting, &results);
            let begun = Builder::new().name("looking through evidence".to_owned()).spawn_scoped(scope, helper);
            crew.helpers += usize::from(begun.is_ok());
        }
        crew
    }

    /// Looks through the next block of an input, or has somebody do so.
    pub(super) fn push(&mut self, input: usize, path: &Arc<str>, segmenter: &mut Segmenter, block: &[u8]) {
        self.take(input, path, |sink| segmenter.push(block, sink));
    }

    /// The same for what an input ends with. Says what `finish` says.
    pub(super) fn take<T>(
        &mut self,
        input: usize,
        path: &Arc<str>,
        fill: impl FnOnce(&mut dyn FnMut(Piece<'_>)) -> T,
    ) -> T {
        let order = self.begun;
        self.begun += 1;
        // Only this thread adds work, so there is room if there was room.
        let is_room = self.waiting.load(Ordering::Acquire) < self.helpers.saturating_mul(2);
        let said = if is_room {
            let mut work = self.spare.pop().unwrap_or_default();
            (work.order, work.input, work.path) = (order, input, Arc::clone(path));
            let said = fill(&mut |piece| work.add(piece));
            if work.pieces.is_empty() {
                self.put((work, Tally::default()));
                self.append();
                return said;
            }
            self.waiting.fetch_add(1, Ordering::AcqRel);
            if let Some(refused) = self.work.as_ref().and_then(|crew| crew.send(work).err()) {
                let tally = refused.0.scan(self.scanner);
                self.early.insert(order, (input, tally));
            }
            said
        } else if order == self.ended {
            // All before it is counted: this can be, too.
            let (scanner, total) = (self.scanner, &mut self.total);
            let before = total.records;
            let said = fill(&mut |piece| piece.scan(scanner, path, total));
            self.count(input, self.total.records - before);
            self.ended += 1;
            said
        } else {
            let (scanner, mut tally) = (self.scanner, Tally::default());
            let said = fill(&mut |piece| piece.scan(scanner, path, &mut tally));
            self.early.insert(order, (input, tally));
            said
        };
        while let Ok(done) = self.done.try_recv() {
            self.put(done);
        }
        self.append();
        said
    }

    fn put(&mut self, (mut work, tally): (Work, Tally)) {
        self.early.insert(work.order, (work.input, tally));
        work.bytes.clear();
        work.pieces.clear();
        self.spare.push(work);
    }

    /// Adds up what has its turn.
    fn append(&mut self) {
        while let Some((input, tally)) = self.early.remove(&self.ended) {
            self.ended += 1;
            self.count(input, tally.records);
            self.total.append(tally);
        }
    }

    /// Counts the records of an input.
    fn count(&mut self, input: usize, records: u64) {
        if self.records.len() <= input {
            self.records.resize(input + 1, 0);
        }
        if let Some(known) = self.records.get_mut(input) {
            *known += records;
        }
    }

    /// Waits for all that was begun: what was found, and how many records each input had.
    pub(super) fn finish(mut self) -> (Tally, Vec<u64>) {
        self.work = None;
        self.append();
        while self.ended < self.begun {
            let Ok(done) = self.done.recv() else { break };
            self.put(done);
            self.append();
        }
        (self.total, self.records)
    }
}

/// Does work until there is none any more.
fn help(scanner: &Scanner, to_do: &Mutex<Receiver<Work>>, waiting: &AtomicUsize, results: &Sender<(Work, Tally)>) {
    loop {
        let next = to_do.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        waiting.fetch_sub(1, Ordering::AcqRel);
        let tally = work.scan(scanner);
        if results.send((work, tally)).is_err() {
            return;
        }
    }
}
