//! Cuts texts of all forms into pieces.

use proptest::prelude::*;

use super::*;

/// A piece as owned values: its kind, text and first line.
type Owned = (PieceKind, Vec<u8>, usize);

/// Returns the pieces of a text that comes in blocks.
///
/// Neighboring lines are joined.
fn pieces(text: &[u8], size: usize) -> (Vec<Owned>, InputForm) {
    let mut pieces: Vec<Owned> = Vec::new();
    let mut sink = |piece: Piece<'_>| {
        let Piece { kind, bytes, line } = piece;
        match pieces.last_mut() {
            Some((PieceKind::Lines, before, first))
                if kind == PieceKind::Lines && *first + newlines(before) == line =>
            {
                before.extend_from_slice(bytes);
            }
            _ => pieces.push((kind, bytes.to_vec(), line)),
        }
    };
    let mut segmenter = Segmenter::default();
    text.chunks(size).for_each(|block| segmenter.push(block, &mut sink));
    let form = segmenter.finish(&mut sink);
    (pieces, form)
}

/// Returns the pieces in short.
///
/// `d3:{}` is a document in line 3, `t3:{` one whose end is missing, `l1:text` a line, `b1:…` a block.
fn short(text: &str) -> (String, Vec<String>) {
    let (pieces, form) = pieces(text.as_bytes(), usize::MAX);
    for size in [1, 2, 7] {
        assert_eq!(pieces, self::pieces(text.as_bytes(), size).0, "by {size}");
    }
    let said = pieces.iter().map(|(kind, bytes, line)| {
        let letter = match kind {
            PieceKind::Lines => 'l',
            PieceKind::Block => 'b',
            PieceKind::Document | PieceKind::Record => 'd',
            PieceKind::Torn => 't',
        };
        format!("{letter}{line}:{}", String::from_utf8_lossy(bytes))
    });
    (form.kind, said.collect())
}

#[test]
fn an_object_that_can_be_read_as_a_line_is_a_record() {
    for (object, is_record) in [
        (r#"{"a":"b","c":[1,"d\"",{"e":null}],"f":{"g":-1.5}}"#, false),
        (r#"{"a":"b","c":[1,"d\"\\",["e"]],"f":{"g":-1.5},"h":true,"i":"","j":"k"}"#, true),
        (r#"{"a": 1}"#, false),
        (r#"{"a":1 }"#, false),
        ("{\"a\":1\n}", false),
        (r#"{"a":"\u0041"}"#, false),
        (r#"{"a\/b":1}"#, false),
        (r#"{"a":[{}]}"#, false),
        (r#"["a"]"#, false),
    ] {
        let expected = if is_record { PieceKind::Record } else { PieceKind::Document };
        for text in [object.to_owned(), format!("[{{ }},{object}")] {
            let (pieces, _) = pieces(text.as_bytes(), 3);
            let (kind, bytes, _) = pieces.last().unwrap();
            assert_eq!((*kind, String::from_utf8_lossy(bytes).as_ref()), (expected, object), "{text}");
        }
    }
}

#[test]
fn every_form_is_recognized() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("", "nothing", &[]),
        ("\n \n", "nothing", &["l1:\n \n"]),
        ("one\ntwo", "plain text", &["l1:one\ntwo"]),
        ("one\r\n\r\ntwo\r\n", "plain text", &["l1:one\r\n\r\ntwo\r\n"]),
        ("[notice] a\n[12] b\n[2026-01-15] c\n", "plain text", &["l1:[notice] a\n[12] b\n[2026-01-15] c\n"]),
        ("server {\n  listen 80;\n}\n", "plain text", &["l1:server {\n  listen 80;\n}\n"]),
        ("{\"a\":1}\n{\"a\":2}\n", "JSON lines", &["l1:{\"a\":1}\n{\"a\":2}\n"]),
        ("{\"a\":1}\r\n{\"a\":2}", "JSON lines", &["l1:{\"a\":1}\r\n{\"a\":2}"]),
        ("{\"a\":1}\n\n", "a JSON document", &["d1:{\"a\":1}"]),
        ("\n {\"a\":1}", "a JSON document", &["l1:\n", "d2:{\"a\":1}"]),
        ("{\"a\":1}{\"a\":2} {\"a\":3}", "several JSON documents", &["d1:{\"a\":1}", "d1:{\"a\":2}", "d1:{\"a\":3}"]),
        ("{\n\"a\":1\n}", "a JSON document", &["d1:{\n\"a\":1\n}"]),
        ("{\r\n\"a\":1\r\n}\r\n", "a JSON document", &["d1:{\r\n\"a\":1\r\n}"]),
        ("{\n\"a\":1\n}{\n\"a\":2\n}\n", "several JSON documents", &["d1:{\n\"a\":1\n}", "d3:{\n\"a\":2\n}"]),
        ("{\n\"a\":1\n},\n\n{\n\"a\":2\n}\n", "several JSON documents", &["d1:{\n\"a\":1\n}", "d5:{\n\"a\":2\n}"]),
        ("[{\"a\":1},{\"a\":2}]\n", "a JSON array", &["d1:[{\"a\":1},{\"a\":2}]"]),
        ("[{\"a\":1},\n{\"a\":2}]\n", "a JSON array", &["d1:[{\"a\":1},\n{\"a\":2}]"]),
        ("[{\"a\":1}\n,{\"a\":2}]\n", "a JSON array", &["d1:[{\"a\":1}\n,{\"a\":2}]"]),
        ("[\n  {\"a\":\"]\"}\n]\n", "a JSON array", &["d1:[\n  {\"a\":\"]\"}\n]"]),
        ("text\n{\n\"a\":1\n}\ntext\n", "text with JSON in it", &["l1:text\n", "d2:{\n\"a\":1\n}", "l5:text\n"]),
        ("text\n{\"a\":1}\ntext\n", "text with JSON in it", &["l1:text\n{\"a\":1}\ntext\n"]),
        ("Jan 1 host app: {\"a\":1}\n", "text with JSON in it", &["l1:Jan 1 host app: {\"a\":1}\n"]),
        ("got: {\n\"a\":1\n}\nend\n", "text with JSON in it", &["l1:got: ", "d1:{\n\"a\":1\n}", "l4:end\n"]),
        ("{\"a\":1} and more\n", "plain text", &["l1:{\"a\":1} and more\n"]),
        ("{\"a\":1},\n{\"a\":2},\n", "several JSON documents", &["d1:{\"a\":1}", "d2:{\"a\":2}"]),
        // Error messages of several lines.
        ("╷\n│ Error: a\n│ Of: b\n╵\n", "plain text", &["l1:╷\n", "b2:│ Error: a\n│ Of: b\n", "l4:╵\n"]),
        (
            "x\nError: a\nOf: b\nOf That: c\n\nd\n",
            "plain text",
            &["l1:x\n", "b2:Error: a\nOf: b\nOf That: c\n", "l5:\nd\n"],
        ),
        ("Error: a\nError: b\nOf: c", "plain text", &["l1:Error: a\n", "b2:Error: b\nOf: c"]),
        ("│ a │ b │\n│ c │ d │\n", "plain text", &["l1:│ a │ b │\n│ c │ d │\n"]),
        ("│ a\n│ {\n│   \"b\": 1\n│ }\n", "plain text", &["b1:│ a\n│ {\n│   \"b\": 1\n│ }\n"]),
        // Values that are cut at the beginning or the end.
        ("\"a\": {\n\"b\":1\n}\n}\n", "text with JSON in it", &["l1:\"a\": ", "d1:{\n\"b\":1\n}", "l4:}\n"]),
        ("[{\"a\":1},{\"a\":2},{\"a\"", "a JSON array", &["l1:[", "d1:{\"a\":1}", "d1:{\"a\":2}", "l1:{\"a\""]),
        ("{\"l\":[{\"a\":1},{\"a\"", "a JSON document", &["l1:{\"l\":[", "d1:{\"a\":1}", "l1:{\"a\""]),
        ("[\n {\n\"a\":1\n },\n {\n\"a\"", "a JSON array", &["l1:[", "d2:{\n\"a\":1\n }", "t5:{\n\"a\""]),
        ("{\n\"a\":1,\n\"b\":\"c", "a JSON document", &["t1:{\n\"a\":1,\n\"b\":\"c"]),
        ("{\"a\":1}\n{\"a\":", "JSON lines", &["l1:{\"a\":1}\n{\"a\":"]),
        // Values that are not JSON in the middle.
        ("[{\"a\":1},\n oops]\n", "a JSON array", &["l1:[", "d1:{\"a\":1}", "l2:oops]\n"]),
        ("{\n\"a\" 1\n}\n{\n\"b\":1\n}\n", "text with JSON in it", &["l1:{\n\"a\" 1\n}\n", "d4:{\n\"b\":1\n}"]),
        ("\u{feff}{\n\"a\":1\n}", "a JSON document", &["d1:{\n\"a\":1\n}"]),
        ("a\rb\r", "plain text", &["l1:a\rb\r"]),
    ];
    for (text, kind, expected) in cases {
        let (found, said) = short(text);
        assert_eq!(said, *expected, "{text:?}");
        assert_eq!(found, *kind, "{text:?}");
    }
}

#[test]
fn a_list_that_is_too_long_is_taken_apart() {
    let record = format!("{{\"text\":\"{}\"}}", "x".repeat(1_000));
    for (begin, comma, end, kind) in [
        ("[", ",", "]", "a JSON array"),
        ("[\n", ",\n", "\n]\n", "a JSON array"),
        ("{\"data\":{\"fields\":null,\"results\":[", ",", "],\"summary\":{\"count\":1}}}\n", "a JSON document"),
    ] {
        let text = format!("{begin}{}{end}", vec![record.as_str(); 20_000].join(comma));
        let (found, form) = pieces(text.as_bytes(), 1 << 20);
        assert_eq!(form.kind, kind);
        assert_eq!(form.remarks, ["a JSON value in it is longer than 16 MiB: its records were read one by one"]);
        // One that stands on a line of its own is a line, as in JSON lines.
        let records = found.iter().filter(|(_, bytes, _)| bytes.starts_with(record.as_bytes()));
        assert_eq!(records.count(), 20_000);
        assert!(found.iter().map(|(_, bytes, _)| bytes.len()).max() < Some(2_000));
        assert_eq!(found, pieces(text.as_bytes(), 3 << 20).0);
        let lines = found.last().map(|(_, bytes, line)| line + newlines(bytes));
        assert_eq!(lines, Some(1 + newlines(text.as_bytes())));
    }
}

#[test]
fn lists_in_lists_that_are_all_too_long_are_taken_apart() {
    let record = format!("{{\"text\":\"{}\"}},", "x".repeat(1_000));
    let text = "[{\"a\":1},".repeat(50) + &record.repeat(20_000);
    let (found, form) = pieces(text.as_bytes(), 1 << 20);
    assert_eq!(form.kind, "a JSON array");
    let is_value = |kind: &PieceKind| matches!(kind, PieceKind::Document | PieceKind::Record);
    assert_eq!(found.iter().filter(|(kind, ..)| is_value(kind)).count(), 20_050);
    assert!(nothing_is_lost(text.as_bytes(), &found));
}

#[test]
fn what_is_too_long_and_no_list_is_lines() {
    let text = format!("{{\"a\":\"{}\"}}\nend\n", "x y ".repeat(5 << 20));
    let mut longest = 0;
    let mut whole = Vec::new();
    let mut sink = |Piece { kind, bytes, .. }: Piece<'_>| match kind {
        PieceKind::Lines => {
            longest = longest.max(bytes.len());
            whole.extend_from_slice(bytes);
        }
        other => panic!("{other:?}"),
    };
    let mut segmenter = Segmenter::default();
    text.as_bytes().chunks(1 << 20).for_each(|block| segmenter.push(block, &mut sink));
    let form = segmenter.finish(&mut sink);
    assert!(whole == text.as_bytes());
    assert!(longest <= 2 << 20);
    assert_eq!(form.remarks.len(), 2, "{form:?}");
}

#[test]
fn long_lines_are_cut_between_words_and_never_in_a_character() {
    for (text, expected) in [
        (format!("a\n{}\nb\n", "word ".repeat(500_000)), "plain text"),
        (format!("a\n{}\nb\n", "ä".repeat(1_500_000)), "plain text"),
        ("[".repeat(3_000_000), "plain text"),
        ("[{".repeat(1_500_000), "plain text"),
        ("{\"a\":".repeat(600_000), "plain text"),
        ("\0".repeat(3_000_000), "plain text"),
    ] {
        let mut lengths = Vec::new();
        let mut sink = |piece: Piece<'_>| {
            let Piece { kind: PieceKind::Lines, bytes, .. } = piece else { panic!("there is no document") };
            assert!(std::str::from_utf8(bytes).is_ok());
            lengths.push(bytes.len());
        };
        let mut segmenter = Segmenter::default();
        text.as_bytes().chunks(700_000).for_each(|block| segmenter.push(block, &mut sink));
        let form = segmenter.finish(&mut sink);
        assert_eq!(form.kind, expected);
        assert!(form.remarks.contains(&"lines longer than 1 MiB were read in parts".to_owned()));
        assert_eq!(lengths.iter().sum::<usize>(), text.len());
        assert!(lengths.iter().all(|length| *length <= LONGEST_LINE));
    }
}

#[test]
fn a_long_line_that_is_a_document_is_one() {
    let record = format!("{{\"text\":\"{}\"}}", "x".repeat(2_000_000));
    let (found, form) = pieces(format!("{{}}\n{record}\n{{}}\n").as_bytes(), 1 << 20);
    assert_eq!(found.iter().filter(|(kind, ..)| *kind == PieceKind::Record).count(), 1);
    assert_eq!((found[1].1 == record.as_bytes(), found[1].2, found[2].2), (true, 2, 3));
    assert_eq!(form.remarks, Vec::<String>::new());
}

/// Everything between the pieces is white space and commas.
fn nothing_is_lost(text: &[u8], pieces: &[Owned]) -> bool {
    let mut rest = text;
    for (_, bytes, _) in pieces {
        while !rest.starts_with(bytes) {
            match rest {
                [byte, after @ ..] if is_separator(*byte) => rest = after,
                _ => return false,
            }
        }
        rest = &rest[bytes.len()..];
    }
    rest.iter().all(|byte| is_separator(*byte))
}

proptest! {
    #[test]
    fn blocks_may_end_anywhere(text in "([\\[\\]{}\",:a1 \n\r\t]|\\{\"a\":|\\},|\n\\{|\\[\\{|\\}\n|\"b\":1|text){0,30}", size in 1_usize..9) {
        let (whole, form) = pieces(text.as_bytes(), usize::MAX);
        let (parts, other) = pieces(text.as_bytes(), size);
        prop_assert_eq!(&whole, &parts);
        prop_assert_eq!(form, other);
        prop_assert!(nothing_is_lost(text.as_bytes(), &whole), "{:?}", whole);
        for (kind, bytes, line) in &whole {
            let parsed = serde_json::from_slice::<serde_json::Value>(bytes);
            prop_assert!(!matches!(kind, PieceKind::Document | PieceKind::Record) || parsed.is_ok(), "{:?}", whole);
            prop_assert!(*line <= 1 + newlines(text.as_bytes()));
        }
    }

    #[test]
    fn lines_are_numbered(values in prop::collection::vec("(text\n|\\{\n\"n\":1\n\\}\n|\\[\\]\n|\n|x: \\{\n\\}, )", 0..12)) {
        let text: String = values.concat();
        for (_, bytes, line) in pieces(text.as_bytes(), 5).0 {
            let before = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
            let here = &text.as_bytes()[before..];
            let line_end = memchr::memchr(b'\n', here).map_or(here.len(), |newline| newline + 1);
            let first = bytes.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
            prop_assert!(memchr::memmem::find(&here[..line_end], first).is_some(), "{text:?} {line}");
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), size in 1_usize..50) {
        let (found, _) = pieces(&bytes, size);
        let has_mark = bytes.starts_with(b"\xef\xbb\xbf") || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        prop_assert!(has_mark || nothing_is_lost(&bytes, &found));
    }
}
