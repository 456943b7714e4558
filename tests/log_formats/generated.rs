//! Lines made from the formats themselves, with odd but legal values.

use std::sync::Arc;

use wherefore::internals::recognize::{Line, LogFormats};
use wherefore::internals::store::Library;
use wherefore::internals::text;
use wherefore::internals::tree::log_format::{FormatKind, FormatPart, LogFormat, TimeLayout, TimePiece};

/// The numbers of lines that are made of each format.
///
/// The first is for the default run, the second for the full one.
const LINES: (usize, usize) = (300, 10_000);

/// A generator of numbers that always gives the same ones.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one_of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }
}

/// A made line with the values of its fields.
struct Made {
    line: String,
    values: Vec<(String, String, FormatKind)>,
}

fn count() -> usize {
    if std::env::var_os("WHEREFORE_FULL_TESTS").is_some() { LINES.1 } else { LINES.0 }
}

fn made(format: &LogFormat, numbers: &mut Numbers) -> Made {
    let mut made = Made { line: String::new(), values: Vec::new() };
    add(&format.line, "", numbers, &mut made);
    Made { line: text::clean_line(&made.line), ..made }
}

fn add(parts: &[FormatPart], after: &str, numbers: &mut Numbers, made: &mut Made) {
    for (at, part) in parts.iter().enumerate() {
        let next = signs(&parts[at + 1..]) + after;
        match part {
            FormatPart::Literal(text) => made.line.push_str(text),
            FormatPart::Optional(parts) => {
                if numbers.below(3) > 0 {
                    add(parts, &next, numbers, made);
                }
            }
            FormatPart::Field { name, kind } => {
                let value = value(kind, &next, numbers);
                match kind {
                    FormatKind::Quoted => made.line.push_str(&format!("\"{value}\"")),
                    _ => made.line.push_str(&value),
                }
                made.values.push((name.to_string(), value, kind.clone()));
            }
        }
    }
}

/// Signs with which the parts may begin.
fn signs(parts: &[FormatPart]) -> String {
    let mut signs = String::new();
    for part in parts {
        match part {
            FormatPart::Literal(text) => {
                signs.extend(text.chars().find(|it| !it.is_whitespace()));
                break;
            }
            FormatPart::Field { .. } => break,
            FormatPart::Optional(parts) => signs.push_str(&self::signs(parts)),
        }
    }
    signs
}

fn value(kind: &FormatKind, next: &str, numbers: &mut Numbers) -> String {
    let is_free = |text: &&str| !text.chars().any(|it| next.contains(it));
    let words = ["-", "a", "fe_https~", "<NOSRV>", "x=1", "naïve", "a|b||c", "...", "~^www", "100%", "e-mail@example"];
    let texts = ["-", "a b", "it said: \"no\", then left", "100 % {x} \\ odd", "naïve café", "1, 2 : 3", "(7: why)"];
    let words: Vec<&str> = words.into_iter().filter(is_free).collect();
    let texts: Vec<&str> = texts.into_iter().filter(is_free).collect();
    match kind {
        FormatKind::Address => numbers
            .one_of(&[
                "203.0.113.7",
                "2001:db8::1",
                "[2001:db8::1]",
                "-",
                "app-1.example.com",
                "::ffff:10.0.20.1",
                "localhost",
            ])
            .into(),
        FormatKind::Port => numbers.one_of(&["1", "443", "65535", "-"]).into(),
        FormatKind::Number(_) => {
            numbers.one_of(&["0", "-1", "+3", "0.000073", "12345678901", "000", "-", "60.001"]).into()
        }
        FormatKind::Word => numbers.one_of(&words).into(),
        FormatKind::Quoted => numbers
            .one_of(&[
                "",
                "-",
                "GET /a b HTTP/1.1",
                r#"say \"hi\""#,
                r"\x22\x5C",
                "naïve, café",
                "{\\\"a\\\":1}",
                "<BADREQ>",
            ])
            .into(),
        FormatKind::List => numbers
            .one_of(&["-", "10.0.20.11:8080", "-, 0.001", "502, 200", "unix:/run/a.sock", "0.1, 0.2 : 0.3"])
            .into(),
        FormatKind::Text | FormatKind::Rest => numbers.one_of(&texts).into(),
        FormatKind::Time(layout) => time(layout, numbers),
    }
}

fn time(layout: &TimeLayout, numbers: &mut Numbers) -> String {
    let mut time = String::new();
    for piece in &layout.pieces {
        match piece {
            TimePiece::Literal(character) => time.push(*character),
            TimePiece::Digits(2) => time.push_str(numbers.one_of(&["01", "12", "09"])),
            TimePiece::Digits(count) => time.push_str(&"2026"[..(*count).min(4)]),
            TimePiece::PaddedDay => time.push_str(numbers.one_of(&["1", "15"])),
            TimePiece::ShortName => time.push_str(numbers.one_of(&["Jan", "Dec"])),
            TimePiece::Fraction => time.push_str(numbers.one_of(&["", ".5", ".123", ".123456789"])),
            TimePiece::Zone => time.push_str(numbers.one_of(&["Z", "+0000", "-02:30"])),
            TimePiece::Epoch => time.push_str(numbers.one_of(&["1768472430", "1768472430.123"])),
            TimePiece::Iso => time.push_str(numbers.one_of(&[
                "2026-01-15T10:20:30Z",
                "2026-01-15T10:20:30",
                "2026-01-15T10:20:30.123456+01:00",
            ])),
        }
    }
    time
}

#[test]
fn every_format_reads_its_own_lines_and_no_other_format_does() {
    let formats = Library::embedded().trees[0].formats.clone();
    let mut numbers = Numbers(7);
    let mut wrong = Vec::new();
    for format in &formats {
        let others: Vec<_> = formats.iter().filter(|other| other.id != format.id).cloned().collect();
        let (own, others) = (LogFormats::new(std::slice::from_ref(format)), LogFormats::new(&others));
        for _ in 0..count() {
            let Made { line, .. } = made(format, &mut numbers);
            if own.format_of(&line).is_none() {
                wrong.push(format!("{} does not read its own line: {line}", format.id));
            }
            if let Some(other) = others.format_of(&line) {
                wrong.push(format!("{} reads a line of {}: {line}", other.id, format.id));
            }
        }
    }
    wrong.truncate(20);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn fields_have_the_values_that_were_written() {
    let mut numbers = Numbers(11);
    for format in &*Library::embedded().trees[0].formats {
        let formats = Arc::new(LogFormats::new(std::slice::from_ref(format)));
        for _ in 0..count() / 3 {
            let Made { line, values } = made(format, &mut numbers);
            let read = Line::new(&line).with_formats(&formats);
            let record = &read.records()[0];
            for (name, value, kind) in values {
                // Where an IPv6 address ends and its port begins, nothing tells.
                if matches!(kind, FormatKind::Address | FormatKind::Port) {
                    continue;
                }
                let folded = name.to_lowercase().replace(['_', '-'], "");
                let found = record.each_field().find(|(known, _)| *known == folded).map(|(_, value)| value);
                assert_eq!(found, Some(value.as_str()), "{} {name}: {line}", format.id);
            }
        }
    }
}
