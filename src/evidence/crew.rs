//! Threads that read in turns: each looks through what it has read, so that no bytes go from one to another. What they
//! find is put together in the order in which it was read, so that it does not depend on how many they are.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

use super::block::{BLOCK, Block};
use super::feed::{Feed, Next};
use crate::diagnosis::segment::Kind;
use crate::diagnosis::{Memory, Scanner, Tally};

/// So many bytes are read in one turn, at most: what is found in them has to be put together with all else, which costs
/// the same for few bytes as for many.
const TURN: usize = 2 << 20;

/// So many turns there are for each thread: while one waits to be put together with all else, the next one is taken.
const TURNS: usize = 2;

/// So long somebody waits for a stream before looking whether to stop.
const PATIENCE: Duration = Duration::from_millis(50);

/// A helper does not wait for a stream: it comes back after so long at first, and [`PATIENCE`] at last.
const NAP: Duration = Duration::from_millis(1);

/// What is read in one turn, and what was found in it.
#[derive(Debug, Default)]
struct Work {
    /// Which one it is, from 0.
    order: usize,
    /// The input it is from.
    input: usize,
    path: Option<Arc<str>>,
    block: Block,
    /// What stands in no block: lines that begin in one and end in another, and what streams hand on.
    others: Vec<u8>,
    /// What each piece is, where it stands in the block, or else that it is the next of the others, how long it is, and
    /// its first line.
    pieces: Vec<(Kind, Option<usize>, usize, usize)>,
    tally: Tally,
    /// Whether it is for the calling thread.
    is_own: bool,
}

impl Work {
    fn new(is_own: bool) -> Self {
        Self { block: Block::new(TURN), is_own, ..Self::default() }
    }

    fn scan(&mut self, scanner: &Scanner, memory: &mut Memory) {
        let path = self.path.take().unwrap_or_default();
        let mut rest = self.others.as_slice();
        for (kind, place, length, line) in self.pieces.drain(..) {
            let bytes = match place {
                Some(place) => self.block.part(place, length),
                None => rest.split_off(..length).unwrap_or_default(),
            };
            kind.piece(bytes, line).scan(scanner, &path, memory, &mut self.tally);
        }
        self.others.clear();
    }
}

/// What all threads read from.
struct Table<'a> {
    feed: Feed<'a>,
    /// How many turns were taken.
    begun: usize,
}

/// What came of wanting a turn.
enum Turn {
    /// There is something to look through.
    Taken,
    Waiting,
    End,
}

impl Table<'_> {
    /// Reads what is to be looked through next.
    fn take(&mut self, patience: Duration, work: &mut Work) -> Turn {
        let Work { block, path: of, others, pieces, .. } = work;
        let next = self.feed.next(block, patience, &mut |path, piece, place| {
            let (kind, bytes, line) = piece.parts();
            of.get_or_insert_with(|| Arc::clone(path));
            pieces.push((kind, place, bytes.len(), line));
            if place.is_none() {
                others.extend_from_slice(bytes);
            }
        });
        match next {
            Next::Part { input } => {
                (work.order, work.input) = (self.begun, input);
                self.begun += 1;
                Turn::Taken
            }
            Next::Waiting => Turn::Waiting,
            Next::End => Turn::End,
        }
    }
}

/// Reads to the end and looks through all of it. Tells `tell` now and then how many bytes were read. Says what was found,
/// and how many records each input had.
pub(super) fn look_through<'a>(
    feed: Feed<'a>,
    scanner: &Scanner,
    threads: usize,
    tell: &mut dyn FnMut(u64),
) -> (Tally, Vec<u64>, Feed<'a>) {
    let helpers = threads.saturating_sub(1);
    let table = Mutex::new(Table { feed, begun: 0 });
    let (results, done) = mpsc::channel();
    let (empty, spare) = mpsc::channel();
    let spare = Mutex::new(spare);
    let sum = thread::scope(|scope| {
        // It is dropped here if this thread panics, so that no helper waits for more to do.
        let mut sum = Sum::new(empty);
        let mut begun = 0;
        for _ in 0..helpers {
            let (table, spare, results) = (&table, &spare, Sender::clone(&results));
            let helper = move || help(scanner, table, spare, &results);
            let helper = Builder::new().name("looking through evidence".to_owned()).spawn_scoped(scope, helper);
            begun += usize::from(helper.is_ok());
        }
        drop(results);
        // Where the system allows no threads, all is done by this one.
        match begun {
            0 => alone(scanner, &table, &mut sum, tell),
            _ => together(scanner, &table, &done, begun, &mut sum, tell),
        }
        sum.empty = None;
        sum
    });
    (sum.total, sum.records, table.into_inner().unwrap_or_else(PoisonError::into_inner).feed)
}

/// Looks through everything without a need to put anything together.
fn alone(scanner: &Scanner, table: &Mutex<Table<'_>>, sum: &mut Sum, tell: &mut dyn FnMut(u64)) {
    let (mut block, mut memory) = (Block::new(BLOCK), Memory::default());
    let feed = &mut lock(table).feed;
    loop {
        let (before, total) = (sum.total.records, &mut sum.total);
        match feed.next(&mut block, PATIENCE, &mut |path, piece, _| piece.scan(scanner, path, &mut memory, total)) {
            Next::Part { input } => sum.count(input, sum.total.records - before),
            Next::Waiting => {}
            Next::End => return,
        }
        tell(feed.bytes());
    }
}

/// Takes turns with helpers, and puts together what is found.
fn together(
    scanner: &Scanner,
    table: &Mutex<Table<'_>>,
    done: &Receiver<Done>,
    helpers: usize,
    sum: &mut Sum,
    tell: &mut dyn FnMut(u64),
) {
    sum.spare.extend((0..TURNS).map(|_| Work::new(true)));
    for _ in 0..TURNS * helpers {
        sum.give_back(Work::new(false));
    }
    let (mut memory, mut is_end) = (Memory::default(), false);
    while !is_end || sum.ended < lock(table).begun {
        // While there is nothing else to do, one waits for what is missing.
        let own = if is_end { None } else { sum.spare.pop() };
        let mut next = match own {
            Some(_) => done.try_recv().ok(),
            None => Some(done.recv().unwrap_or(Err(Broken))),
        };
        while let Some(said) = next {
            match said {
                Ok(work) => sum.put(work),
                // The panic goes on where all threads come together.
                Err(Broken) => return,
            }
            next = done.try_recv().ok();
        }
        let Some(mut work) = own else { continue };
        let (turn, bytes) = {
            let mut table = lock(table);
            (table.take(PATIENCE, &mut work), table.feed.bytes())
        };
        match turn {
            Turn::Taken => {
                work.scan(scanner, &mut memory);
                sum.put(work);
            }
            Turn::Waiting => sum.give_back(work),
            Turn::End => is_end = true,
        }
        tell(bytes);
    }
}

/// What a helper says.
type Done = Result<Work, Broken>;

/// It panicked.
struct Broken;

/// Says so if its thread panics, as nobody should wait for it any more.
struct Watch<'r>(&'r Sender<Done>);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.0.send(Err(Broken));
        }
    }
}

/// Takes turns until there are none any more.
fn help(scanner: &Scanner, table: &Mutex<Table<'_>>, spare: &Mutex<Receiver<Work>>, results: &Sender<Done>) {
    let _watch = Watch(results);
    let (mut memory, mut kept, mut nap) = (Memory::default(), None, NAP);
    loop {
        let Some(mut work) = kept.take().or_else(|| lock(spare).recv().ok()) else { return };
        let turn = lock(table).take(Duration::ZERO, &mut work);
        match turn {
            Turn::Taken => {
                nap = NAP;
                work.scan(scanner, &mut memory);
                if results.send(Ok(work)).is_err() {
                    return;
                }
            }
            Turn::Waiting => {
                kept = Some(work);
                thread::sleep(nap);
                nap = (nap * 2).min(PATIENCE);
            }
            Turn::End => return,
        }
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// All that was found, put together in order.
struct Sum {
    total: Tally,
    /// How many records each input has had.
    records: Vec<u64>,
    /// Of how many turns the results are in `total`.
    ended: usize,
    /// What is done before its turn, by its order.
    early: BTreeMap<usize, Work>,
    /// Emptied, to be filled again by the calling thread.
    spare: Vec<Work>,
    /// The same for helpers, who wait for it as long as there is this.
    empty: Option<Sender<Work>>,
}

impl Sum {
    fn new(empty: Sender<Work>) -> Self {
        let (total, records, early, spare) = (Tally::default(), Vec::new(), BTreeMap::new(), Vec::new());
        Self { total, records, ended: 0, early, spare, empty: Some(empty) }
    }

    /// Adds up what has its turn.
    fn put(&mut self, work: Work) {
        self.early.insert(work.order, work);
        while let Some(mut work) = self.early.remove(&self.ended) {
            self.ended += 1;
            self.count(work.input, work.tally.records);
            self.total.append(&mut work.tally);
            self.give_back(work);
        }
    }

    /// Gives work back to be filled again.
    fn give_back(&mut self, work: Work) {
        match &self.empty {
            Some(empty) if !work.is_own => {
                let _ = empty.send(work);
            }
            _ => self.spare.push(work),
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
}
