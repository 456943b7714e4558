//! Where in a block of lines something may stand that is looked for: in one pass, at every fourth byte.
//!
//! Every window ([`windows`](super::windows)) files as many of its runs of four bytes as bytes are stepped over; so
//! wherever it stands, one of them is met. A short one files runs that reach one byte beyond it, with all that may stand
//! there. A bit for each hash of a run keeps most places out, a table of the runs most
//! others; then the window itself is compared, and what stands around it. What is left may still turn out to be nothing;
//! what is not left is nothing.

mod around;
mod run;

use foldhash::{HashMap, HashMapExt as _, HashSet};

use super::trouble;
use super::windows::{self, Around, Firsts, LENGTH, RUN, Usual, Window, fold};
pub(super) use around::Mark;
use around::Wanted;
use run::{load, lower, run_at};

/// So many bytes are gone ahead at a time, if windows are long enough.
const STRIDE: usize = 4;

/// Words of bits: 2¹⁷ bits are 16 KiB.
const WORDS: usize = 2048;

/// So many bits of a hash say nothing of the place.
const UNUSED: u32 = 15;

/// A run that stands so often in the texts that tell what is usual is met all the time.
const USUAL: usize = 60;

/// Bytes that are looked at in one go: as many as four runs take.
const STEP: usize = RUN * STRIDE;

/// Everything that is looked for.
#[derive(Debug)]
pub(super) struct Prefilter {
    stride: usize,
    factor: u32,
    bits: Box<[u64; WORDS]>,
    /// The runs, in a table with gaps; each with the part of `filed` that is about it.
    slots: Vec<Slot>,
    shift: u32,
    /// The windows that runs stand in.
    filed: Vec<Filed>,
    windows: Vec<Sought>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    run: u32,
    first: u32,
    count: u32,
}

/// A window that a run stands in.
#[derive(Clone, Copy, Debug)]
struct Filed {
    /// The window as a number, and which bits of it count.
    bytes: u64,
    mask: u64,
    /// Its number among all windows.
    window: u32,
    /// Where in it the run stands.
    offset: isize,
}

/// A window, and for what it is looked for.
#[derive(Debug)]
struct Sought {
    bytes: Box<[u8]>,
    wanted: Vec<(Wanted, Vec<Mark>)>,
    /// The bytes with which the values of all names begin that it is part of; `None` if with any.
    firsts: Option<Firsts>,
}

/// What is looked for, before it is filed.
#[derive(Debug, Default)]
pub(super) struct Builder {
    windows: Vec<(Vec<u8>, Wanted, Mark)>,
}

impl Builder {
    /// Looks for the windows of a pattern.
    pub(super) fn pattern(&mut self, number: usize, windows: Vec<Window>) {
        for Window { bytes, around } in windows {
            let wanted = match around {
                Around::Text(before, after) => Wanted::Text(before.into(), after.into()),
                Around::Name(name, firsts) => Wanted::Name(name.into(), firsts),
            };
            self.windows.push((bytes, wanted, Mark::Pattern(number)));
        }
    }

    /// Looks for what trouble looks like.
    pub(super) fn trouble(&mut self, usual: &Usual) {
        for (number, word) in trouble::words().enumerate() {
            if let Some((bytes, offset)) = windows::of_word(&word, usual) {
                self.windows.push((bytes, Wanted::Word { number, offset }, Mark::Word));
            }
        }
        for (name, firsts) in trouble::NAMES {
            let firsts = firsts.bytes().fold(0, |all, byte| all | 1 << byte | 1 << byte.to_ascii_uppercase());
            let bytes = windows::lower(name.get(..LENGTH).unwrap_or(name));
            self.windows.push((bytes, Wanted::NameEnd(firsts), Mark::Trouble));
        }
        for version in [".0", ".1", "/2", "/3"] {
            for status in 400..600 {
                let bytes = windows::lower(&format!("{version}\" {status}"));
                self.windows.push((bytes, Wanted::WebStatus, Mark::Trouble));
            }
        }
    }

    /// Looks for escapes in JSON behind which letters hide.
    pub(super) fn escapes(&mut self) {
        let hidden =
            (0x20_u8..0x7f).filter(|byte| !b"\"\\/<>&'=+".contains(byte)).map(|byte| format!("\\u00{byte:02x}"));
        let like_ascii = ["\\u0130", "\\u017f", "\\u212a"].map(str::to_owned);
        for escape in hidden.chain(like_ascii) {
            self.windows.push((windows::lower(&escape), Wanted::Any, Mark::Fields));
        }
    }

    /// Files everything.
    pub(super) fn build(self, usual: &Usual) -> Prefilter {
        let shortest = self.windows.iter().map(|(bytes, ..)| bytes.len()).min().unwrap_or(LENGTH);
        let stride = (shortest - 1).clamp(1, STRIDE);
        let mut at: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut sought: Vec<Sought> = Vec::new();
        for (bytes, wanted, mark) in self.windows {
            let number = *at.entry(bytes.clone()).or_insert(sought.len());
            if number == sought.len() {
                sought.push(Sought { bytes: bytes.into(), wanted: Vec::new(), firsts: Some(0) });
            }
            if let Some(sought) = sought.get_mut(number) {
                if wanted.is_name() {
                    sought.firsts = sought.firsts.zip(wanted.firsts()).map(|(all, one)| all | one);
                }
                match sought.wanted.iter_mut().find(|(known, _)| *known == wanted) {
                    Some((_, marks)) => marks.push(mark),
                    None => sought.wanted.push((wanted, vec![mark])),
                }
            }
        }
        let mut runs: Vec<(u32, (u32, isize))> = Vec::new();
        for (number, sought) in (0_u32..).zip(&sought) {
            sought.file(stride, usual, &mut |run, offset| runs.push((run, (number, offset))));
        }
        runs.sort_unstable();
        runs.dedup();
        let filed: HashSet<u32> = runs.iter().map(|(run, _)| *run).collect();
        // Of several ways to sort runs into bits the one that takes the fewest usual runs for others.
        let mistakes = |factor: u32| {
            let bits: HashSet<u32> = filed.iter().map(|run| run.wrapping_mul(factor) >> UNUSED).collect();
            let usual = usual.runs().map(|(run, times)| (load(run), times));
            let mistaken =
                usual.filter(|(run, _)| bits.contains(&(run.wrapping_mul(factor) >> UNUSED)) && !filed.contains(run));
            mistaken.map(|(_, times)| times).sum::<usize>()
        };
        let factor = FACTORS.into_iter().min_by_key(|factor| mistakes(*factor)).unwrap_or(1);
        Prefilter::new(stride, factor, sought, runs)
    }
}

/// Factors of which the upper bits of a product depend on all four bytes (Fibonacci hashing, and others as good).
const FACTORS: [u32; 12] = [
    0x9E37_79B1,
    0x85EB_CA6B,
    0xC2B2_AE35,
    0x27D4_EB2F,
    0x1656_67B1,
    0xCC9E_2D51,
    0x1B87_3593,
    0x2C1B_3C6D,
    0x297A_2D39,
    0x7FEB_352D,
    0x846C_A68B,
    0xE654_6B65,
];

impl Prefilter {
    fn new(stride: usize, factor: u32, windows: Vec<Sought>, runs: Vec<(u32, (u32, isize))>) -> Self {
        // Half of it is empty; all of it stays near the processor.
        let size = (runs.chunk_by(|(one, _), (other, _)| one == other).count() * 2).next_power_of_two().max(RUN);
        let mut filter = Self {
            stride,
            factor,
            bits: Box::new([0; WORDS]),
            slots: vec![Slot::default(); size],
            shift: 32 - size.trailing_zeros(),
            filed: runs.iter().map(|(_, (window, offset))| filed(&windows, *window, *offset)).collect(),
            windows,
        };
        let mut first = 0;
        for same in runs.chunk_by(|(one, _), (other, _)| one == other) {
            let (Some((run, _)), Ok(count)) = (same.first(), u32::try_from(same.len())) else { continue };
            let hash = filter.hash(*run);
            if let Some(word) = filter.bits.get_mut((hash >> 21) as usize) {
                *word |= 1 << (hash >> UNUSED & 63);
            }
            let mut at = (hash >> filter.shift) as usize;
            while filter.slots.get(at).is_some_and(|slot| slot.count > 0) {
                at = (at + 1) % size;
            }
            if let Some(slot) = filter.slots.get_mut(at) {
                *slot = Slot { run: *run, first, count };
            }
            first += count;
        }
        filter
    }

    /// Calls something with every mark of what may stand in a block, and where it stands; in order, but for marks that
    /// stand less than a window apart.
    pub(super) fn look(&self, block: &[u8], found: &mut dyn FnMut(usize, Mark)) {
        let done = if self.stride == STRIDE { self.steps(block, found) } else { 0 };
        // The end is looked at as if something stood behind it.
        let mut at = done;
        while at + 1 < block.len() {
            let run = run_at(block, at);
            if self.has_bit(run) != 0 {
                self.check(block, at, run, found);
            }
            at += self.stride;
        }
    }

    /// The whole steps of a block. Returns where they end.
    fn steps(&self, block: &[u8], found: &mut dyn FnMut(usize, Mark)) -> usize {
        let (steps, _) = block.as_chunks::<STEP>();
        for (number, step) in steps.iter().enumerate() {
            let mut bits = 0;
            for run in step.as_chunks::<RUN>().0 {
                bits |= self.has_bit(lower(*run));
            }
            if bits != 0 {
                self.check_step(block, number * STEP, step, found);
            }
        }
        steps.len() * STEP
    }

    /// Looks at those runs of a step that may be filed.
    #[inline(never)]
    fn check_step(&self, block: &[u8], at: usize, step: &[u8; STEP], found: &mut dyn FnMut(usize, Mark)) {
        for (offset, run) in (0..).step_by(STRIDE).zip(step.as_chunks::<RUN>().0) {
            if self.has_bit(lower(*run)) != 0 {
                self.check(block, at + offset, lower(*run), found);
            }
        }
    }

    #[inline(always)]
    fn hash(&self, run: u32) -> u32 {
        run.wrapping_mul(self.factor)
    }

    #[inline(always)]
    fn has_bit(&self, run: u32) -> u64 {
        let hash = self.hash(run);
        match self.bits.get((hash >> 21) as usize) {
            Some(word) => (word >> ((hash >> UNUSED) & 63)) & 1,
            None => 0,
        }
    }

    /// Compares the windows that a run stands in.
    fn check(&self, block: &[u8], at: usize, run: u32, found: &mut dyn FnMut(usize, Mark)) {
        let mut place = (self.hash(run) >> self.shift) as usize;
        let slot = loop {
            match self.slots.get(place) {
                Some(slot) if slot.count > 0 && slot.run != run => place = (place + 1) % self.slots.len(),
                Some(slot) if slot.count > 0 => break slot,
                _ => return,
            }
        };
        let (first, count) = (slot.first as usize, slot.count as usize);
        for filed in self.filed.get(first..first + count).unwrap_or_default() {
            let Some(start) = at.checked_add_signed(-filed.offset) else { continue };
            let is_there = match block.get(start..).and_then(<[u8]>::first_chunk) {
                Some(bytes) => (u64::from_le_bytes(*bytes) | LOWER) & filed.mask == filed.bytes,
                None => true,
            };
            if is_there && let Some(sought) = self.windows.get(filed.window as usize) {
                sought.check(block, start, found);
            }
        }
    }
}

/// In every byte the bit by which small letters differ from capital ones.
const LOWER: u64 = 0x2020_2020_2020_2020;

fn filed(windows: &[Sought], window: u32, offset: isize) -> Filed {
    let bytes = windows.get(window as usize).map(|sought| &*sought.bytes).unwrap_or_default();
    let number =
        |byte: &dyn Fn(u8) -> u8| bytes.iter().take(8).rev().fold(0, |all, it| all << 8 | u64::from(byte(*it)));
    Filed { bytes: number(&|byte| byte), mask: number(&|_| 0xff), window, offset }
}

impl Sought {
    /// Calls something with runs of the window, and where in it they begin, so that one is met wherever it stands.
    fn file(&self, stride: usize, usual: &Usual, take: &mut dyn FnMut(u32, isize)) {
        let mut whole: Vec<(&[u8], isize)> = self.bytes.windows(RUN).zip(0..).take(stride).collect();
        // One that stands in every other line is better replaced.
        let is_usual = |run: &[u8]| usual.cost_of_run(run) > USUAL;
        if whole.len() == stride && whole.first().is_some_and(|(run, _)| is_usual(run)) {
            whole.remove(0);
        }
        let mut missing = stride.saturating_sub(whole.len());
        whole.into_iter().for_each(|(run, offset)| take(load(run), offset));
        let any = |what: &dyn Fn(&Wanted, u8) -> bool| {
            let is_wanted = |byte: &u8| self.wanted.iter().any(|(wanted, _)| what(wanted, *byte));
            let mut bytes: Vec<u8> = (0..=u8::MAX).filter(is_wanted).map(fold).collect();
            bytes.sort_unstable();
            bytes.dedup();
            bytes
        };
        let is_escape = self.wanted.iter().any(|(wanted, _)| matches!(wanted, Wanted::Any));
        if missing > 1 || missing == 1 && is_escape {
            missing -= 1;
            let rest = self.bytes.get(..RUN - 1).unwrap_or_default();
            for before in any(&Wanted::may_follow) {
                take(load(&[&[before], rest].concat()), -1);
            }
        }
        if missing > 0 {
            let start = self.bytes.len().saturating_sub(RUN - 1);
            let rest = self.bytes.get(start..).unwrap_or_default();
            for after in any(&Wanted::may_precede) {
                take(load(&[rest, &[after]].concat()), start as isize);
            }
        }
    }

    fn check(&self, block: &[u8], start: usize, found: &mut dyn FnMut(usize, Mark)) {
        let end = start + self.bytes.len();
        let is_there = |there: &[u8]| there.iter().zip(&self.bytes).all(|(byte, wanted)| fold(*byte) == *wanted);
        if block.get(start..end).is_some_and(is_there) {
            self.judge(block, start, found);
        }
    }

    /// Tells what may stand where the window stands.
    fn judge(&self, block: &[u8], start: usize, found: &mut dyn FnMut(usize, Mark)) {
        let end = start + self.bytes.len();
        // Names stand in every record: whether one has a value that somebody wants is told once for all of them.
        let mut may_be_name = None;
        let mut is_name = || {
            *may_be_name
                .get_or_insert_with(|| self.firsts.is_none_or(|firsts| around::is_followed_by(block, end, firsts)))
        };
        for (wanted, marks) in &self.wanted {
            if (!wanted.is_name() || is_name()) && wanted.may_stand(block, start, end) {
                marks.iter().for_each(|mark| found(wanted.begin(start), *mark));
            }
        }
    }
}

/// What texts look like, so that windows are chosen that are rare in such.
pub(super) fn usual<'t>(texts: impl IntoIterator<Item = &'t [u8]>) -> Usual {
    let mut usual = Usual::default();
    texts.into_iter().for_each(|text| usual.learn(text));
    trouble::NAMES.iter().for_each(|(name, _)| usual.take(name));
    usual
}
