//! Finds candidate positions of all literals in one pass over a block.
//!
//! A variant of the Wu–Manber multi-string search: a hash of the text at every fourth byte decides whether a literal
//! can be there. Wu and Manber shift by a table; here the stride is fixed, and each literal ([`super::inner_literals`])
//! registers the 4-grams at its first four offsets, so that one probe always hits it, wherever the literal begins. A
//! short literal also registers 4-grams that include the byte before or after it, one for each byte that may be there.
//! A bitmap of gram hashes rejects most probes, a hash table most others; survivors are compared byte for byte, then
//! their context is verified ([`verify`]).
//!
//! Example: `refused` registers `refu`, `efus`, `fuse` and `used`. In `x=1 refused` the probes read `x=1 ` and `refu`;
//! the second one finds the literal. With one byte less before it, the probe reads `efus` and finds it at offset 1.
//!
//! It may report false positives, never misses, as long as the line is not irregular ([`super::irregular`]).

mod gram;
mod verify;

use foldhash::{HashMap, HashMapExt as _, HashSet};

use super::inner_literals::{self, Firsts, GRAM, GramFrequency, InnerLiteral, LENGTH, MatchContext, fold};
use crate::templates;
use gram::{gram_at, load, lower};
pub(super) use verify::ProbeHit;
use verify::Verifier;

/// Bytes between two probes, if every literal is long enough.
///
/// Four, so that a probe reads each byte once: a gram has four bytes.
const STRIDE: usize = 4;

/// 64-bit words of the bitmap.
///
/// 2,048 words are 2¹⁷ bits, 16 KiB: they fit into the first-level cache.
const WORDS: usize = 2048;

/// Low bits of a 32-bit hash that are dropped.
///
/// The other 17 number a bit of the bitmap.
const UNUSED: u32 = 15;

/// Occurrences in the samples that make a gram a poor filter.
///
/// Only the speed depends on it.
const FREQUENT: usize = 60;

/// Bytes that four probes read.
const STEP: usize = GRAM * STRIDE;

/// All literals with the tables that find them.
#[derive(Debug)]
pub(super) struct Prefilter {
    stride: usize,
    factor: u32,
    bits: Box<[u64; WORDS]>,
    /// Open-addressing hash table of the grams.
    ///
    /// Each slot names a range of `entries`.
    slots: Vec<GramSlot>,
    shift: u32,
    /// For each gram, the literals that contain it.
    entries: Vec<GramEntry>,
    literals: Vec<SearchedLiteral>,
}

#[derive(Clone, Copy, Debug, Default)]
struct GramSlot {
    gram: u32,
    first: u32,
    count: u32,
}

/// A literal that contains a gram.
#[derive(Clone, Copy, Debug)]
struct GramEntry {
    /// The first eight bytes of the literal, and a mask of them.
    bytes: u64,
    mask: u64,
    /// The position of the literal in `Prefilter::literals`.
    literal: u32,
    /// The offset of the gram in the literal.
    offset: isize,
}

/// A literal with the verifiers of its possible contexts.
#[derive(Debug)]
struct SearchedLiteral {
    bytes: Box<[u8]>,
    verifiers: Vec<(Verifier, Vec<ProbeHit>)>,
    /// The first bytes of values after all names that contain it.
    ///
    /// `None` for any byte.
    firsts: Option<Firsts>,
}

/// Collects literals for a [`Prefilter`].
#[derive(Debug, Default)]
pub(super) struct Builder {
    literals: Vec<(Vec<u8>, Verifier, ProbeHit)>,
}

impl Builder {
    /// Adds the literals of a pattern.
    pub(super) fn pattern(&mut self, number: usize, literals: Vec<InnerLiteral>) {
        for InnerLiteral { bytes, context } in literals {
            let verifier = match context {
                MatchContext::Text(before, after) => Verifier::Text(before.into(), after.into()),
                MatchContext::Name(name, firsts) => Verifier::Name(name.into(), firsts),
            };
            self.literals.push((bytes, verifier, ProbeHit::Pattern(number)));
        }
    }

    /// Adds the literals of error words, levels and statuses.
    pub(super) fn error_lines(&mut self, frequency: &GramFrequency) {
        for (number, word) in templates::words().enumerate() {
            if let Some((bytes, offset)) = inner_literals::of_word(&word, frequency) {
                self.literals.push((bytes, Verifier::Word { number, offset }, ProbeHit::ErrorWord));
            }
        }
        for (name, values) in templates::NAMES {
            let firsts = values.iter().filter_map(|value| value.bytes().next());
            let firsts = firsts.fold(0, |all, byte| all | 1 << byte | 1 << byte.to_ascii_uppercase());
            let bytes = inner_literals::lower(name.get(..LENGTH).unwrap_or(name));
            self.literals.push((bytes, Verifier::NameEnd(firsts), ProbeHit::ErrorLine));
        }
        for version in [".0", ".1", "/2", "/3"] {
            for class in ['4', '5'] {
                let bytes = inner_literals::lower(&format!("{version}\" {class}"));
                self.literals.push((bytes, Verifier::WebStatus, ProbeHit::ErrorLine));
            }
        }
        let responses = ["1.0 4", "1.0 5", "1.1 4", "1.1 5"].map(inner_literals::lower);
        self.literals.extend(responses.map(|bytes| (bytes, Verifier::WebStatus, ProbeHit::ErrorLine)));
    }

    /// Adds JSON escapes that may hide a letter of a literal.
    pub(super) fn escapes(&mut self) {
        for digit in '2'..='7' {
            let bytes = inner_literals::lower(&format!("\\u00{digit}"));
            self.literals.push((bytes, Verifier::Escape, ProbeHit::Fields));
        }
        for like_ascii in ["\\u0130", "\\u017f", "\\u212a"] {
            self.literals.push((inner_literals::lower(like_ascii), Verifier::Any, ProbeHit::Fields));
        }
    }

    /// Builds the tables.
    pub(super) fn build(self, frequency: &GramFrequency) -> Prefilter {
        let shortest = self.literals.iter().map(|(bytes, ..)| bytes.len()).min().unwrap_or(LENGTH);
        let stride = (shortest - 1).clamp(1, STRIDE);
        let mut at: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut searched: Vec<SearchedLiteral> = Vec::new();
        for (bytes, verifier, mark) in self.literals {
            let number = *at.entry(bytes.clone()).or_insert(searched.len());
            if number == searched.len() {
                searched.push(SearchedLiteral { bytes: bytes.into(), verifiers: Vec::new(), firsts: Some(0) });
            }
            if let Some(searched) = searched.get_mut(number) {
                if verifier.is_name() {
                    searched.firsts = searched.firsts.zip(verifier.firsts()).map(|(all, one)| all | one);
                }
                match searched.verifiers.iter_mut().find(|(known, _)| *known == verifier) {
                    Some((_, marks)) => marks.push(mark),
                    None => searched.verifiers.push((verifier, vec![mark])),
                }
            }
        }
        let mut grams: Vec<(u32, (u32, isize))> = Vec::new();
        for (number, searched) in (0_u32..).zip(&searched) {
            searched.each_gram(stride, frequency, &mut |gram, offset| grams.push((gram, (number, offset))));
        }
        grams.sort_unstable();
        grams.dedup();
        let registered: HashSet<u32> = grams.iter().map(|(gram, _)| *gram).collect();
        // Chooses the factor by which the fewest grams of the samples collide with a registered one.
        let mistakes = |factor: u32| {
            let bits: HashSet<u32> = registered.iter().map(|gram| gram.wrapping_mul(factor) >> UNUSED).collect();
            let frequency = frequency.grams().map(|(gram, times)| (load(gram), times));
            let mistaken = frequency.filter(|(gram, _)| {
                bits.contains(&(gram.wrapping_mul(factor) >> UNUSED)) && !registered.contains(gram)
            });
            mistaken.map(|(_, times)| times).sum::<usize>()
        };
        let factor = FACTORS.into_iter().min_by_key(|factor| mistakes(*factor)).unwrap_or(1);
        Prefilter::new(stride, factor, searched, grams)
    }
}

/// Factors for multiplicative (Fibonacci) hashing.
///
/// The one with the fewest collisions is used.
///
/// The upper bits of a product with any of them depend on all four bytes of a gram.
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
    fn new(stride: usize, factor: u32, literals: Vec<SearchedLiteral>, grams: Vec<(u32, (u32, isize))>) -> Self {
        // At most half full, so that probe sequences stay short.
        let size = (grams.chunk_by(|(one, _), (other, _)| one == other).count() * 2).next_power_of_two().max(GRAM);
        let mut filter = Self {
            stride,
            factor,
            bits: Box::new([0; WORDS]),
            slots: vec![GramSlot::default(); size],
            shift: 32 - size.trailing_zeros(),
            entries: grams.iter().map(|(_, (literal, offset))| GramEntry::new(&literals, *literal, *offset)).collect(),
            literals,
        };
        let mut first = 0;
        for same in grams.chunk_by(|(one, _), (other, _)| one == other) {
            let (Some((gram, _)), Ok(count)) = (same.first(), u32::try_from(same.len())) else { continue };
            let hash = filter.hash(*gram);
            if let Some(word) = filter.bits.get_mut((hash >> 21) as usize) {
                *word |= 1 << (hash >> UNUSED & 63);
            }
            let mut at = (hash >> filter.shift) as usize;
            while filter.slots.get(at).is_some_and(|slot| slot.count > 0) {
                at = (at + 1) % size;
            }
            if let Some(slot) = filter.slots.get_mut(at) {
                *slot = GramSlot { gram: *gram, first, count };
            }
            first += count;
        }
        filter
    }

    /// Reports every hit with its position.
    ///
    /// Positions ascend, except for hits that are less than the length of a literal apart.
    pub(super) fn each_hit(&self, block: &[u8], found: &mut dyn FnMut(usize, ProbeHit)) {
        let done = if self.stride == STRIDE { self.steps(block, found) } else { 0 };
        // The end is probed as if a line end followed.
        let mut at = done;
        while at + 1 < block.len() {
            let gram = gram_at(block, at);
            if self.has_bit(gram) != 0 {
                self.check(block, at, gram, found);
            }
            at += self.stride;
        }
    }

    /// Probes the whole steps of a block and returns where they end.
    fn steps(&self, block: &[u8], found: &mut dyn FnMut(usize, ProbeHit)) -> usize {
        let (steps, _) = block.as_chunks::<STEP>();
        for (number, step) in steps.iter().enumerate() {
            let mut bits = 0;
            for gram in step.as_chunks::<GRAM>().0 {
                bits |= self.has_bit(lower(*gram));
            }
            if bits != 0 {
                self.check_step(block, number * STEP, step, found);
            }
        }
        steps.len() * STEP
    }

    /// Checks the grams of one step that have a bit.
    #[inline(never)]
    fn check_step(&self, block: &[u8], at: usize, step: &[u8; STEP], found: &mut dyn FnMut(usize, ProbeHit)) {
        for (offset, gram) in (0..).step_by(STRIDE).zip(step.as_chunks::<GRAM>().0) {
            if self.has_bit(lower(*gram)) != 0 {
                self.check(block, at + offset, lower(*gram), found);
            }
        }
    }

    #[inline(always)]
    fn hash(&self, gram: u32) -> u32 {
        gram.wrapping_mul(self.factor)
    }

    #[inline(always)]
    fn has_bit(&self, gram: u32) -> u64 {
        let hash = self.hash(gram);
        match self.bits.get((hash >> 21) as usize) {
            Some(word) => (word >> ((hash >> UNUSED) & 63)) & 1,
            None => 0,
        }
    }

    /// Compares the literals that contain a gram.
    fn check(&self, block: &[u8], at: usize, gram: u32, found: &mut dyn FnMut(usize, ProbeHit)) {
        let mut place = (self.hash(gram) >> self.shift) as usize;
        let slot = loop {
            match self.slots.get(place) {
                Some(slot) if slot.count > 0 && slot.gram != gram => place = (place + 1) % self.slots.len(),
                Some(slot) if slot.count > 0 => break slot,
                _ => return,
            }
        };
        let (first, count) = (slot.first as usize, slot.count as usize);
        for entry in self.entries.get(first..first + count).unwrap_or_default() {
            let Some(start) = at.checked_add_signed(-entry.offset) else { continue };
            let is_there = match block.get(start..).and_then(<[u8]>::first_chunk) {
                Some(bytes) => (u64::from_le_bytes(*bytes) | LOWER) & entry.mask == entry.bytes,
                None => true,
            };
            if is_there && let Some(searched) = self.literals.get(entry.literal as usize) {
                searched.check(block, start, found);
            }
        }
    }
}

/// The bit of each byte that makes a letter lower-case.
const LOWER: u64 = 0x2020_2020_2020_2020;

impl GramEntry {
    fn new(literals: &[SearchedLiteral], literal: u32, offset: isize) -> Self {
        let bytes = literals.get(literal as usize).map(|searched| &*searched.bytes).unwrap_or_default();
        let number =
            |byte: &dyn Fn(u8) -> u8| bytes.iter().take(8).rev().fold(0, |all, it| all << 8 | u64::from(byte(*it)));
        Self { bytes: number(&|byte| byte), mask: number(&|_| 0xff), literal, offset }
    }
}

impl SearchedLiteral {
    /// Visits the grams to register, with their offsets in the literal.
    ///
    /// One probe always hits one of them.
    fn each_gram(&self, stride: usize, frequency: &GramFrequency, register: &mut dyn FnMut(u32, isize)) {
        let mut whole: Vec<(&[u8], isize)> = self.bytes.windows(GRAM).zip(0..).take(stride).collect();
        // A frequent first gram is replaced by grams that include the byte after the literal.
        let is_frequent = |gram: &[u8]| frequency.gram_count(gram) > FREQUENT;
        if whole.len() == stride && whole.first().is_some_and(|(gram, _)| is_frequent(gram)) {
            whole.remove(0);
        }
        let mut missing = stride.saturating_sub(whole.len());
        whole.into_iter().for_each(|(gram, offset)| register(load(gram), offset));
        let bytes_that = |may_be: &dyn Fn(&Verifier, u8) -> bool| {
            let is_wanted = |byte: &u8| self.verifiers.iter().any(|(verifier, _)| may_be(verifier, *byte));
            let mut bytes: Vec<u8> = (0..=u8::MAX).filter(is_wanted).map(fold).collect();
            bytes.sort_unstable();
            bytes.dedup();
            bytes
        };
        if missing > 1 {
            missing -= 1;
            let rest = self.bytes.get(..GRAM - 1).unwrap_or_default();
            for before in bytes_that(&Verifier::may_follow) {
                register(load(&[&[before], rest].concat()), -1);
            }
        }
        if missing > 0 {
            let start = self.bytes.len().saturating_sub(GRAM - 1);
            let rest = self.bytes.get(start..).unwrap_or_default();
            let length = self.bytes.len();
            for after in bytes_that(&|verifier, byte| verifier.may_precede(byte, length)) {
                register(load(&[rest, &[after]].concat()), start as isize);
            }
        }
    }

    fn check(&self, block: &[u8], start: usize, found: &mut dyn FnMut(usize, ProbeHit)) {
        let end = start + self.bytes.len();
        let is_there = |there: &[u8]| there.iter().zip(&self.bytes).all(|(byte, verifier)| fold(*byte) == *verifier);
        if block.get(start..end).is_some_and(is_there) {
            self.judge(block, start, found);
        }
    }

    /// Reports the hits whose context allows the literal here.
    fn judge(&self, block: &[u8], start: usize, found: &mut dyn FnMut(usize, ProbeHit)) {
        let end = start + self.bytes.len();
        // Field names occur in every record, so the value is checked once for all patterns that share the name.
        let mut may_be_name = None;
        let mut is_name = || {
            *may_be_name
                .get_or_insert_with(|| self.firsts.is_none_or(|firsts| verify::is_followed_by(block, end, firsts)))
        };
        for (verifier, marks) in &self.verifiers {
            if (!verifier.is_name() || is_name()) && verifier.may_stand(block, start, end) {
                marks.iter().for_each(|mark| found(verifier.begin(start), *mark));
            }
        }
    }
}

/// Counts the grams of texts, so that rare literals can be chosen.
pub(super) fn gram_frequency<'t>(texts: impl IntoIterator<Item = &'t [u8]>) -> GramFrequency {
    let mut frequency = GramFrequency::default();
    texts.into_iter().for_each(|text| frequency.learn(text));
    templates::NAMES.iter().for_each(|(name, _)| frequency.add_searched(name));
    frequency
}
