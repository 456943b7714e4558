//! Checks what must hold for any bytes.
//!
//! The fuzz targets in `fuzz/` look for bytes that break a promise; what they found is kept in
//! `tests/fixtures/hostile/`.

use std::borrow::Cow;
use std::io::Cursor;
use std::sync::{Arc, OnceLock};

use serde_json::Value;
use wherefore::internals::app::Msg;
use wherefore::internals::app::keys::Key;
use wherefore::internals::case::{self, CaseHead};
use wherefore::internals::diagnosis::{Diagnosis, ScanBuffers, Scanner, Tally};
use wherefore::internals::evidence::unpack as unpacked;
use wherefore::internals::export;
use wherefore::internals::session;
use wherefore::internals::store::Library;
use wherefore::internals::text;
use wherefore::internals::tree::Tree;
use wherefore::internals::tree::load::{Folder, SourceFile, load};
use wherefore::internals::tui::parse::{LONGEST_PASTE, Parser, Waiting};
use wherefore::internals::walk::{Event, EvidenceSource, Walk};

/// The embedded tree.
fn real() -> &'static Arc<Tree> {
    static REAL: OnceLock<Arc<Tree>> = OnceLock::new();
    REAL.get_or_init(|| Arc::clone(Library::embedded().tree("oci-load-balancer").expect("it is embedded")))
}

/// Cleaned text never acts on a terminal.
///
/// Cleaning it again changes nothing.
pub(super) fn text(bytes: &[u8]) {
    let written = String::from_utf8_lossy(bytes);
    let cleaned = text::clean(&written);
    must_be_clean(&cleaned);
    assert_eq!(text::clean(&cleaned), cleaned, "cleaning twice is cleaning once");
    assert!(!text::clean_line(&written).contains('\n'));
    for columns in [1, 7, 80] {
        assert!(text::width(&text::fit(&cleaned.replace('\n', " "), columns, "…")) <= columns);
        text::wrap(&cleaned, columns);
    }
}

/// Reading a tree never fails as a whole.
///
/// Every problem says where it is and what to do.
pub(super) fn tree(bytes: &[u8]) {
    let file = |name: &str| SourceFile {
        name: name.to_owned(),
        path: name.to_owned(),
        content: Ok(Cow::Owned(bytes.to_vec())),
    };
    let files = vec![file("tree.json"), file("cards/one.json"), file("cases/one.json")];
    let loaded = load(&Folder { name: "small".to_owned(), origin: "here".to_owned(), files });
    for problem in &loaded.problems {
        must_be_clean(&problem.message);
        assert!(!problem.help.is_empty(), "{problem:?}");
    }
}

/// Searching anything for the patterns of a tree ends.
///
/// The shown text is clean, and the sizes of blocks change nothing.
pub(super) fn recognize(bytes: &[u8]) {
    static SCANNER: OnceLock<Scanner> = OnceLock::new();
    let scanner = SCANNER.get_or_init(|| Scanner::new(&[Arc::clone(real())]));
    let whole = diagnosed(scanner, bytes, usize::MAX);
    // Not too many blocks: what is unfinished is looked at with each.
    let size = (1 + usize::from(bytes.first().copied().unwrap_or(0))).max(bytes.len() / 64);
    assert_eq!(format!("{whole:?}"), format!("{:?}", diagnosed(scanner, bytes, size)), "in blocks of {size}");
    for finding in &whole.findings {
        finding.samples.iter().for_each(|sample| must_be_clean(&sample.provenance.text));
        finding.decoded.iter().for_each(|(_, text)| must_be_clean(text));
        let values = finding.captures.iter().flat_map(|(_, values)| values);
        values.for_each(|(value, _)| must_be_short(value));
    }
    for answer in &whole.answers {
        answer.samples.iter().for_each(|sample| must_be_clean(&sample.provenance.text));
    }
    for kind in &whole.unexplained.templates {
        must_be_clean(&kind.template);
        must_be_clean(&kind.provenance.text);
    }
    let evidence = whole.evidence(real());
    let walk = Walk::replay(Arc::clone(real()), vec![Event::EvidenceAdded(evidence)]);
    must_be_clean(&export::diagnosis::text(
        &whole,
        Some(&walk),
        export::diagnosis::Style { width: 80, unicode: true, is_plain: false },
    ));
    each_string(&export::json::diagnosis(&whole, Some(&walk), false), &mut must_be_clean);
    for card in &walk.position().candidates {
        let outline = export::outline::in_walk(&[], Some(&walk), real(), card.card);
        must_be_clean(&export::markdown::card(&outline.text()));
        must_be_clean(&export::plain::card(&outline.text(), 80));
    }
}

/// Reading a case never stops the program.
///
/// The texts are clean. Keeping what was read and reading it again gives the same events.
pub(super) fn case(bytes: &[u8]) {
    let trees = [Arc::clone(real())];
    let kept = |text: &str| case::read(text, &trees).map(|kept| kept.walk);
    let written = |walk: &Walk| -> String {
        let head = CaseHead::new(&walk.tree().id, "", 0).line();
        let events = walk.events().iter().enumerate();
        events.fold(head, |text, (n, event)| text + &case::event_line(&trees, walk.tree(), (n, 0), event))
    };
    let Ok(walk) = kept(&String::from_utf8_lossy(bytes)) else { return };
    must_be_clean(&case::summary_line(session::summary(&walk)));
    // The first time, secrets are replaced.
    let once = kept(&written(&walk)).expect("what is kept can be read");
    let twice = kept(&written(&once)).expect("what is kept can be read");
    assert_eq!(once.events(), twice.events());
    assert_eq!(once.events().len(), walk.events().len());
    for candidate in &once.position().candidates {
        must_be_clean(&export::markdown::card(
            &export::outline::in_walk(&[], Some(&once), real(), candidate.card).text(),
        ));
    }
}

/// Calls `check` with every string and field name of a JSON value.
pub(super) fn each_string(value: &Value, check: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => check(text),
        Value::Array(elements) => elements.iter().for_each(|element| each_string(element, check)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            check(name);
            each_string(value, check);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Unpacking anything ends and keeps to the limit of its size.
///
/// The remarks are clean text.
pub(super) fn unpack(bytes: &[u8]) {
    const LIMIT: u64 = 1 << 20;
    const BLOCK: u64 = 1 << 18;
    let (mut handed_on, mut digest) = (0, 0_u64);
    let unpacking = unpacked(Cursor::new(bytes.to_vec()), LIMIT, &mut |block| {
        handed_on += block.len() as u64;
        digest = block.iter().fold(digest, |digest, byte| digest.rotate_left(5) ^ u64::from(*byte));
    });
    let length = bytes.len() as u64;
    assert_eq!(unpacking.bytes, handed_on);
    assert!(handed_on <= LIMIT.max(1000 * length) + BLOCK, "{handed_on} bytes of {length}");
    if unpacking.packed.is_empty() && unpacking.unread.is_none() {
        let expected = bytes.iter().fold(0_u64, |digest, byte| digest.rotate_left(5) ^ u64::from(*byte));
        assert_eq!((handed_on, digest), (length, expected), "what is not packed comes out as it is");
    }
    unpacking.remarks.iter().chain(&unpacking.unread).for_each(|said| must_be_clean(said));
    assert!(unpacking.unread.is_none() || handed_on == 0, "{unpacking:?}");
}

/// The keyboard always responds, whatever a terminal sends.
///
/// After a silence a key is itself. Ctrl-C is obeyed at once, unless a paste has begun.
pub(super) fn input(bytes: &[u8]) {
    let size = 1 + usize::from(bytes.first().copied().unwrap_or(0)) % 7;
    let (mut whole, mut pieces) = (Parser::default(), Parser::default());
    let (mut messages, mut same) = (Vec::new(), Vec::new());
    whole.push(bytes, &mut messages);
    bytes.chunks(size).for_each(|piece| pieces.push(piece, &mut same));
    assert_eq!(messages, same, "in pieces of {size}");
    assert!(whole.held() <= LONGEST_PASTE && pieces.held() == whole.held());
    for message in &messages {
        let Msg::Key(Key::Char(character)) = message else { continue };
        assert!(!character.is_control(), "{character:?} is typed");
    }
    let is_paste = whole.waits_for() == Waiting::Paste;
    whole.push(b"\x03", &mut messages);
    if is_paste {
        whole.silence(&mut messages);
    }
    assert_eq!(messages.last(), Some(&Msg::Key(Key::Ctrl('c'))));
    pieces.silence(&mut same);
    assert_eq!((pieces.held(), pieces.waits_for()), (0, Waiting::Nothing));
    pieces.push(b"q", &mut same);
    assert_eq!(same.last(), Some(&Msg::Key(Key::Char('q'))));
}

fn diagnosed(scanner: &Scanner, bytes: &[u8], size: usize) -> Diagnosis {
    let (mut memory, mut tally) = (ScanBuffers::default(), Tally::default());
    let mut segmenter = scanner.segmenter();
    bytes.chunks(size).for_each(|block| {
        segmenter.push(block, &mut |piece| scanner.piece(piece, &EvidenceSource::Paste, &mut memory, &mut tally))
    });
    segmenter.finish(&mut |piece| scanner.piece(piece, &EvidenceSource::Paste, &mut memory, &mut tally));
    tally.diagnosis()
}

/// A captured value is one clean line of a bounded length.
fn must_be_short(value: &str) {
    must_be_clean(value);
    assert!(!value.contains('\n'), "{value:?}");
    assert!(value.chars().count() <= 501, "{} characters", value.chars().count());
}

/// Checks that a text does not act on a terminal.
///
/// Nothing in it reorders it or hides a part of it.
pub(super) fn must_be_clean(text: &str) {
    let acts = |character: &char| character.is_control() && *character != '\n';
    assert_eq!(text.chars().find(acts), None, "{text:?}");
    let hides = |character: &char| matches!(character, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    assert_eq!(text.chars().find(hides), None, "{text:?}");
}
