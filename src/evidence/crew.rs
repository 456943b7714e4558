//! Threads that look through what one thread reads. What they find is put together in the order in which it was read, so
//! that it does not depend on how many they are.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, Scope};

use crate::diagnosis::segment::{Kind, Piece, Segmenter};
use crate::diagnosis::{Scanner, Tally};

/// From so many bytes on, work is given away: to hand something over costs the same for few bytes as for many.
const WORK: usize = 1 << 20;

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
    /// What was found in them.
    tally: Tally,
}

impl Work {
    fn add(&mut self, piece: Piece<'_>) {
        let (kind, bytes, line) = piece.parts();
        self.bytes.extend_from_slice(bytes);
        self.pieces.push((kind, bytes.len(), line));
    }

    fn scan(&mut self, scanner: &Scanner) {
        let mut rest = self.bytes.as_slice();
        for &(kind, length, line) in &self.pieces {
            let (bytes, others) = rest.split_at(length.min(rest.len()));
            kind.piece(bytes, line).scan(scanner, &self.path, &mut self.tally);
            rest = others;
        }
    }
}

/// What the calling thread looks through itself, while nobody needs more work.
#[derive(Debug)]
struct Own {
    work: Work,
    /// Where all before it is counted, what is found goes into `total` at once; so many records are in that already.
    in_total: Option<u64>,
}

/// The threads, and what they found.
#[derive(Debug)]
pub(super) struct Crew<'s> {
    scanner: &'s Scanner,
    helpers: usize,
    /// How much work waits for somebody to take it.
    waiting: Arc<AtomicUsize>,
    work: Option<SyncSender<Work>>,
    to_do: Arc<Mutex<Receiver<Work>>>,
    done: Receiver<Work>,
    /// What is put together for somebody, or looked through by the calling thread: one of the two at most.
    filling: Option<Work>,
    own: Option<Own>,
    /// What is done before its turn, by its order.
    early: BTreeMap<usize, Work>,
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
        let mut begun = 0;
        for _ in 0..helpers {
            let (to_do, results) = (Arc::clone(&to_do), Sender::clone(&results));
            let waiting = Arc::clone(&waiting);
            let helper = move || help(scanner, &to_do, &waiting, &results);
            let helper = Builder::new().name("looking through evidence".to_owned()).spawn_scoped(scope, helper);
            begun += usize::from(helper.is_ok());
        }
        Self {
            scanner,
            helpers: begun,
            waiting,
            work: Some(work),
            to_do,
            done,
            filling: None,
            own: None,
            early: BTreeMap::new(),
            begun: 0,
            ended: 0,
            spare: Vec::new(),
            total: Tally::default(),
            records: Vec::new(),
        }
    }

    /// Looks through the next block of an input, or has somebody do so.
    pub(super) fn push(&mut self, input: usize, path: &Arc<str>, segmenter: &mut Segmenter, block: &[u8]) {
        self.take(input, path, |sink| segmenter.push(block, sink));
    }

    /// The same for what an input ends with. Says what `fill` says.
    pub(super) fn take<T>(
        &mut self,
        input: usize,
        path: &Arc<str>,
        fill: impl FnOnce(&mut dyn FnMut(Piece<'_>)) -> T,
    ) -> T {
        self.begin(input, path);
        let (scanner, total) = (self.scanner, &mut self.total);
        let said = match (&mut self.filling, &mut self.own) {
            (Some(work), _) => fill(&mut |piece| work.add(piece)),
            (None, Some(Own { work, in_total: None })) => fill(&mut |piece| piece.scan(scanner, path, &mut work.tally)),
            (None, _) => fill(&mut |piece| piece.scan(scanner, path, total)),
        };
        if self.filling.as_ref().is_some_and(|work| work.bytes.len() >= WORK) {
            self.give();
        }
        while let Ok(work) = self.done.try_recv() {
            self.early.insert(work.order, work);
        }
        self.append();
        said
    }

    /// Sees to it that there is something that the next block of an input can be added to.
    fn begin(&mut self, input: usize, path: &Arc<str>) {
        if self.filling.as_ref().is_some_and(|work| work.input != input) {
            self.give();
        }
        if self.filling.is_some() {
            return;
        }
        // Only this thread adds work, so there is room if there was room.
        let is_room = self.waiting.load(Ordering::Acquire) < self.helpers.saturating_mul(2);
        if is_room || self.own.as_ref().is_some_and(|own| own.work.input != input) {
            self.end_own();
        }
        if !is_room && self.own.is_some() {
            return;
        }
        let order = self.begun;
        self.begun += 1;
        let spare = self.spare.pop().unwrap_or_default();
        let work = Work { order, input, path: Arc::clone(path), ..spare };
        if is_room {
            self.filling = Some(work);
        } else {
            let in_total = (order == self.ended).then_some(self.total.records);
            self.own = Some(Own { work, in_total });
        }
    }

    /// Gives away the work that was put together.
    fn give(&mut self) {
        let Some(work) = self.filling.take() else { return };
        if work.pieces.is_empty() {
            self.early.insert(work.order, work);
            return;
        }
        self.waiting.fetch_add(1, Ordering::AcqRel);
        let refused = match &self.work {
            Some(crew) => crew.send(work).err().map(|refused| refused.0),
            None => Some(work),
        };
        if let Some(mut work) = refused {
            self.waiting.fetch_sub(1, Ordering::AcqRel);
            work.scan(self.scanner);
            self.early.insert(work.order, work);
        }
    }

    fn end_own(&mut self) {
        let Some(Own { work, in_total }) = self.own.take() else { return };
        match in_total {
            None => {
                self.early.insert(work.order, work);
            }
            Some(records) => {
                self.ended += 1;
                self.count(work.input, self.total.records - records);
                self.spare.push(work);
            }
        }
    }

    /// Adds up what has its turn.
    fn append(&mut self) {
        while let Some(mut work) = self.early.remove(&self.ended) {
            self.ended += 1;
            self.count(work.input, work.tally.records);
            self.total.append(&mut work.tally);
            work.bytes.clear();
            work.pieces.clear();
            self.spare.push(work);
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

    /// Waits for all that was begun, and does what nobody has begun to do: what was found, and how many records each
    /// input had.
    pub(super) fn finish(mut self) -> (Tally, Vec<u64>) {
        self.end_own();
        self.work = None;
        self.give();
        while let Some(mut work) = self.left() {
            work.scan(self.scanner);
            self.early.insert(work.order, work);
        }
        self.append();
        while self.ended < self.begun {
            let Ok(work) = self.done.recv() else { break };
            self.early.insert(work.order, work);
            self.append();
        }
        (self.total, self.records)
    }

    /// Work that nobody has taken. While a helper waits for work, there is none.
    fn left(&self) -> Option<Work> {
        self.to_do.try_lock().ok()?.try_recv().ok()
    }
}

/// Does work until there is none any more.
fn help(scanner: &Scanner, to_do: &Mutex<Receiver<Work>>, waiting: &AtomicUsize, results: &Sender<Work>) {
    loop {
        let next = to_do.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(mut work) = next else { return };
        waiting.fetch_sub(1, Ordering::AcqRel);
        work.scan(scanner);
        if results.send(work).is_err() {
            return;
        }
    }
}
