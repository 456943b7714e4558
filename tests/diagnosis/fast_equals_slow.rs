//! Tests that the fast scanner finds what the slow recognizer finds.
//!
//! Lines are written in many ways and come in blocks of any size.

use wherefore::internals::diagnosis::{Diagnosis, ScanBuffers, Scanner, Tally};
use wherefore::internals::recognize::Recognizer;
use wherefore::internals::segment::{Piece, PieceKind};

use super::{BOTH_502, FILE, GOOD, REFUSED, SHARED, UNKNOWN, counts, plain, samples, trees};
use wherefore::internals::walk::EvidenceSource;

/// A line written in another way, which may change what it says.
fn rewritten(line: &str, how: usize, at: usize) -> String {
    let cut = line.char_indices().map(|(start, _)| start).nth(at % line.chars().count().max(1)).unwrap_or(0);
    let (head, tail) = line.split_at(cut);
    match how {
        0 => line.to_owned(),
        1 => line.to_uppercase(),
        2 => line.to_lowercase(),
        3 => line.replace(' ', "  "),
        4 => line.replace(' ', "\t"),
        5 => format!("    {line}   "),
        6 => format!("{head}\u{1b}[31m{tail}\u{1b}[0m"),
        7 => format!("{head}\u{200b}{tail}"),
        8 => format!("{head}\0{tail}"),
        9 => head.to_owned(),
        10 => tail.to_owned(),
        11 => format!("Jan 15 10:20:30 host app[7]: {line}"),
        12 => format!("{{\"data\":{}}}", serde_json::Value::String(line.to_owned())),
        13 => format!("{{\"value\":\"{}\"}}", base64(line)),
        14 => format!("{{\"a\":{{\"b\":[{line}]}},\"time\":\"2026-01-15T10:20:30Z\"}}"),
        15 => line.replace("Status", "_status_").replace("Code", "_code"),
        16 => {
            line.replace("Status", "-status").replace("Code", "-code").replace("Set", "-set").replace("Check", "-check")
        }
        17 => line.replace('o', "\\u006f"),
        18 => line.replace(['k', 'K'], "\u{212a}"),
        19 => line.replace('s', "\u{17f}"),
        20 => line.replace('i', "\u{130}"),
        21 => line.replace("\":", "\" : "),
        22 => line.replace("\":\"", "\":").replace("\",", ","),
        23 => format!("{head}\r{tail}"),
        24 => format!("{line}\r"),
        25 => format!("{head}\u{a0}{tail}"),
        26 => line.replace('"', "\\\""),
        27 => format!("{line}{line}"),
        28 => line
            .replace("\"502\"", "502")
            .replace("\"504\"", "504.0")
            .replace("\"404\"", "[404]")
            .replace("\"403\"", "\"200, 403\""),
        29 => line.replace('"', "\\u0022"),
        30 => format!("größe — “{line}” ©"),
        31 => line.replace(' ', "\u{3000}"),
        _ => format!("{head} error: {tail}"),
    }
}

const WAYS: usize = 33;

fn base64(text: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut written = String::new();
    for three in text.as_bytes().chunks(3) {
        let number = (0..3).fold(0_u32, |all, at| all << 8 | u32::from(three.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let letter = char::from(LETTERS[(number >> (18 - 6 * at) & 63) as usize]);
            written.push(if at <= three.len() { letter } else { '=' });
        }
    }
    written
}

/// Returns everything of a diagnosis that may differ.
fn whole(diagnosis: &Diagnosis) -> String {
    let findings: Vec<_> = diagnosis
        .findings
        .iter()
        .map(|it| (&it.tree.id, it.card, it.certainty, it.count, &it.times, &it.captures, &it.samples))
        .collect();
    let answers: Vec<_> =
        diagnosis.answers.iter().map(|it| (&it.tree.id, it.question, it.option, it.count, &it.samples)).collect();
    let hits: Vec<_> = diagnosis.hits.iter().map(|(tree, hit)| (&tree.id, hit)).collect();
    format!("{findings:#?}\n{answers:#?}\n{hits:#?}\n{:#?}", diagnosis.unexplained)
}

/// Compares two texts, and shows the first lines that differ.
#[track_caller]
pub(super) fn assert_same(one: &str, other: &str, about: &str) {
    if one != other {
        let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        panic!("{about}: {differing:?}");
    }
}

#[test]
fn a_block_says_what_its_lines_say_one_by_one() {
    let trees = trees();
    let (scanner, mut memory) = (Scanner::new(&trees), ScanBuffers::default());
    let recognizers: Vec<_> = trees.into_iter().map(Recognizer::new).collect();
    let others =
        [BOTH_502, GOOD, REFUSED, SHARED, UNKNOWN, "level=error msg=x", r#"{"level":"crit","n":1}"#, "GET /error"];
    let lines: Vec<String> = samples().into_iter().chain(others.map(str::to_owned)).collect();
    for way in 0..WAYS {
        // Each line in some of the ways, and all of them in each few ways.
        let some = lines.iter().enumerate().filter(|(at, _)| (at + way) % 5 == 0);
        let written: Vec<String> = some.map(|(at, line)| rewritten(line, way, at * 7 + way)).collect();
        let text = written.join("\n");
        let (mut fast, mut slow) = (Tally::default(), Tally::default());
        scanner.lines(text.as_bytes(), FILE, &mut memory, &mut fast);
        scanner.every_line(text.as_bytes(), FILE, &mut slow);
        let (fast, slow) = (fast.diagnosis(), slow.diagnosis());
        if whole(&fast) != whole(&slow) {
            for line in &written {
                let (mut fast, mut slow) = (Tally::default(), Tally::default());
                scanner.lines(line.as_bytes(), FILE, &mut memory, &mut fast);
                scanner.every_line(line.as_bytes(), FILE, &mut slow);
                assert_same(&whole(&fast.diagnosis()), &whole(&slow.diagnosis()), &format!("{way}: {line:?}"));
            }
        }
        assert_same(&whole(&fast), &whole(&slow), &format!("way {way}"));
        // A line that is several to a reader of text is one here.
        if !text.contains('\r') {
            assert_eq!(counts(&fast), plain(&recognizers, &text), "way {way}");
        }
    }
}

/// Values that match only at their edges or beside other text.
const VALUES: [&str; 44] = [
    "502",
    "200",
    "504",
    "404",
    "5",
    "",
    "-",
    "0",
    "502, 502",
    "200, 502",
    "-, -",
    "error",
    "no error",
    "0 errors",
    "7 errors",
    "timed",
    "out",
    "timed out",
    "it could not",
    "failed.",
    "a failed",
    "error=",
    "error=nil",
    "status=502",
    "status",
    "level",
    "lbStatusCode",
    "lbStatusCode=502",
    "[crit",
    "x\\\":\\\"502",
    "\\u0065rror",
    "gr\u{fc}n \u{fc}ber",
    "a  b",
    "Stra\u{df}e",
    "No healthy backends available in associated backendSet bs",
    "Backend 10.0.20.11 closed connection abruptly",
    "Missed 100 access logs",
    "10.0.0.1:8080",
    "2026-01-15T10:20:30.412Z",
    "0f3a5c7e9b1d2f4a6c8e0a1b3d5f7092",
    "deadbeef",
    "eyJhIjoiYiIsImMiOiJkIiwiZSI6ImYiLCJnIjoiaCJ9eyJh",
    "a \\\" b",
    "Load Balancer redirect rule",
];

/// Numbers that look like chance.
fn draw(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize % below
}

/// Returns a record with some values replaced, sometimes cut off.
fn varied(line: &str, state: &mut u64) -> String {
    let mut parts: Vec<String> = line.split('"').map(str::to_owned).collect();
    for _ in 0..draw(state, 4) {
        let at = draw(state, parts.len());
        let is_value = at > 0 && matches!(parts[at - 1].trim(), ":") && at + 1 < parts.len();
        if is_value {
            parts[at] = match draw(state, 3) {
                0 => parts[at]
                    .chars()
                    .map(|it| if it.is_ascii_digit() { char::from(b'0' + draw(state, 10) as u8) } else { it })
                    .collect(),
                1 => format!("{}{}", VALUES[draw(state, VALUES.len())], "x".repeat(draw(state, 2) * draw(state, 300))),
                _ => VALUES[draw(state, VALUES.len())].to_owned(),
            };
        }
    }
    let mut text = parts.join("\"");
    if draw(state, 6) == 0 {
        let at = draw(state, text.len());
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        match draw(state, 2) {
            0 => drop(text.remove(at)),
            _ => text.insert_str(at, ["\"", "\\", "{", "}", "[", ",", ":", " ", "4", "\"4\""][draw(state, 10)]),
        }
    }
    text
}

#[test]
fn records_that_are_laid_out_alike_are_recognized_as_one_by_one() {
    let (scanner, mut memory) = (Scanner::new(&trees()), ScanBuffers::default());
    let records: Vec<String> =
        samples().into_iter().filter(|line| line.starts_with('{') && !line.contains('\n')).collect();
    assert!(records.len() > 10);
    let mut state = 1;
    for round in 0..12 {
        let mut text = String::new();
        // Long enough that what lines have in common is learned, and for some rounds with few kinds only.
        let few = if round % 3 == 0 { records.len() } else { 3 };
        while text.len() < 200_000 {
            let record = &records[(round + draw(&mut state, few)) % records.len()];
            text.push_str(&varied(record, &mut state));
            text.push_str(if draw(&mut state, 50) == 0 { "\r\n" } else { "\n" });
        }
        let (mut fast, mut slow) = (Tally::default(), Tally::default());
        scanner.lines(text.as_bytes(), FILE, &mut memory, &mut fast);
        scanner.every_line(text.as_bytes(), FILE, &mut slow);
        assert_eq!(fast.records, slow.records);
        assert_same(&whole(&fast.diagnosis()), &whole(&slow.diagnosis()), &format!("round {round}"));
    }
}

#[test]
fn pieces_add_up_to_the_whole() {
    let scanner = Scanner::new(&trees());
    let mut lines: Vec<String> = Vec::new();
    for round in 0..6 {
        lines.extend(samples().iter().step_by(3).enumerate().map(|(at, line)| rewritten(line, at % WAYS, at + round)));
        lines.push(format!("2026-01-15T10:{round:02}:31Z disk {round} failed on node{round}-{}", "x".repeat(round)));
    }
    let text = lines.join("\n").replace('\r', "") + "\n";
    let mut whole_tally = Tally::default();
    scanner.lines(text.as_bytes(), FILE, &mut ScanBuffers::default(), &mut whole_tally);
    let expected = whole(&whole_tally.diagnosis());
    for (size, is_used_again) in [(1, false), (1, true), (1000, false), (1000, true), (77_777, false), (77_777, true)] {
        let (mut memory, mut tally, mut part) = (ScanBuffers::default(), Tally::default(), Tally::default());
        let (mut rest, mut line) = (text.as_bytes(), 1);
        while !rest.is_empty() {
            let from = size.min(rest.len()) - 1;
            let end = from + 1 + rest.iter().skip(from).position(|byte| *byte == b'\n').unwrap();
            let (block, after) = rest.split_at(end);
            if !is_used_again {
                part = Tally::default();
            }
            let piece = Piece { kind: PieceKind::Lines, bytes: block, line };
            scanner.piece(piece, &EvidenceSource::StandardInput, &mut memory, &mut part);
            tally.append(&mut part);
            line += block.iter().filter(|byte| **byte == b'\n').count();
            rest = after;
        }
        assert_eq!(tally.records, whole_tally.records);
        assert_same(&whole(&tally.diagnosis()), &expected, &format!("blocks of {size}, used again: {is_used_again}"));
    }
}
