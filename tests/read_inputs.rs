//! Tests reading evidence: which form it has and which records it contains.
//!
//! Unreadable parts are skipped, and reading goes on.

mod folders;
mod unreadable;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use wherefore::internals::diagnosis::{Input, Scanner};
use wherefore::internals::evidence::{InputSource, Options, ReadOutcome, ReadProgress, read};
use wherefore::internals::segment::{Piece, PieceKind, Segmenter};

/// The sample records, as they stand in a log.
fn records() -> Vec<Value> {
    let lines = include_str!("fixtures/oci/records.jsonl").lines();
    lines.map(|line| serde_json::from_str::<Value>(line).unwrap()["record"].clone()).collect()
}

/// Puts records into the envelope of an export.
fn envelopes() -> Vec<Value> {
    let envelope = |(number, data)| json!({"data": data, "id": format!("{number}-0"), "specversion": "1.0"});
    records().into_iter().enumerate().map(envelope).collect()
}

/// Wraps records as the exports of a console do.
fn wrapped() -> Vec<Value> {
    envelopes().into_iter().map(|envelope| json!({"datetime": 1, "logContent": envelope, "regionId": "x"})).collect()
}

fn search() -> Value {
    let results: Vec<Value> = wrapped().into_iter().map(|wrapped| json!({"data": wrapped})).collect();
    json!({"data": {"fields": null, "results": results, "summary": {"result-count": 33}}})
}

fn lines(values: &[Value]) -> String {
    values.iter().map(|value| format!("{value}\n")).collect()
}

/// Returns the form of a text, its documents and its lines.
fn cut(text: &str) -> (String, usize, usize, String) {
    let (mut documents, mut lines, mut all) = (0, 0, String::new());
    let mut sink = |Piece { kind, bytes, .. }: Piece<'_>| match kind {
        PieceKind::Document | PieceKind::Record => {
            documents += 1;
            all.push_str(&serde_json::from_slice::<Value>(bytes).unwrap().to_string());
        }
        PieceKind::Lines | PieceKind::Block | PieceKind::Torn => {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            lines += text.lines().count();
            all.push_str(&text);
        }
    };
    let mut segmenter = Segmenter::default();
    text.as_bytes().chunks(1000).for_each(|block| segmenter.push(block, &mut sink));
    let kind = segmenter.finish(&mut sink).kind;
    (kind, documents, lines, all)
}

#[test]
fn every_form_that_somebody_holds_is_cut_into_records() {
    let count = records().len();
    let pretty = |value: &Value| format!("{value:#}\n");
    let messages: Vec<Value> =
        envelopes().iter().map(|envelope| json!({"value": STANDARD.encode(envelope.to_string())})).collect();
    let strings: Vec<Value> =
        envelopes().iter().map(|envelope| json!({"data": envelope["data"].to_string()})).collect();
    let each = |values: &[Value]| values.iter().map(pretty).collect::<String>();
    let syslog: String = envelopes().iter().map(|value| format!("Jan 15 10:20:30 host relay[7]: {value}\n")).collect();
    let cases: Vec<(&str, String, &str, usize, usize)> = vec![
        ("records", lines(&records()), "JSON lines", 0, count),
        ("records of other systems", lines(&records()).replace('\n', "\r\n"), "JSON lines", 0, count),
        ("envelopes", lines(&envelopes()), "JSON lines", 0, count),
        ("an export, lines", lines(&wrapped()), "JSON lines", 0, count),
        ("an export, list", json!(wrapped()).to_string(), "a JSON array", 1, 0),
        ("an export, pretty list", pretty(&json!(wrapped())), "a JSON array", 1, 0),
        ("a search", pretty(&search()), "a JSON document", 1, 0),
        ("a search in a line", search().to_string(), "a JSON document", 1, 0),
        ("two searches", pretty(&search()) + &pretty(&search()), "several JSON documents", 2, 0),
        ("a function's list", json!(envelopes()).to_string(), "a JSON array", 1, 0),
        ("pretty, one after the other", each(&envelopes()), "several JSON documents", count, 0),
        (
            "the same without lines between",
            each(&envelopes()).replace("\n}\n", "\n}"),
            "several JSON documents",
            count,
            0,
        ),
        ("all in a line", lines(&envelopes()).replace('\n', ""), "several JSON documents", count, 0),
        ("messages of a stream", pretty(&json!(messages)), "a JSON array", 1, 0),
        ("messages, lines", lines(&messages), "JSON lines", 0, count),
        ("records as text in records", lines(&strings), "JSON lines", 0, count),
        ("behind a prefix", syslog, "text with JSON in it", 0, count),
        ("with words around", format!("here:\n{}thanks\n", pretty(&search())), "text with JSON in it", 1, 2),
    ];
    for (name, text, kind, documents, lines) in cases {
        let (found, in_documents, in_lines, all) = cut(&text);
        assert_eq!((found.as_str(), in_documents, in_lines), (kind, documents, lines), "{name}");
        for id in ["0-0", "32-0"].iter().filter(|id| text.contains(&format!("\"{id}\""))) {
            assert!(all.contains(&format!("\"{id}\"")), "{name}: {id}");
        }
    }
}

#[test]
fn of_what_is_cut_the_whole_records_are_used() {
    for text in [format!("{:#}", json!(envelopes())), json!(envelopes()).to_string(), format!("{:#}", search())] {
        let half = &text[..text.len() / 2];
        let (_, documents, _, all) = cut(half);
        let records = half.matches("specversion").count();
        assert!(documents >= records - 1, "{documents} of {records}");
        assert!(all.contains("\"0-0\""));
        // The other half begins in the middle of a record.
        let (_, documents, _, all) = cut(&text[text.len() / 2..]);
        assert!(documents >= if text.contains('\n') { 10 } else { 0 }, "{documents}");
        assert!(all.contains("\"32-0\""));
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn scanner() -> Scanner {
    Scanner::new(&wherefore::internals::store::Library::embedded().trees)
}

fn read_with(paths: &[PathBuf], options: &Options) -> ReadOutcome {
    let sources: Vec<InputSource> = paths.iter().map(|path| InputSource::from_argument(path.as_os_str())).collect();
    read(&sources, &scanner(), options, &AtomicBool::new(false), &mut |_| {})
}

fn read_paths(paths: &[PathBuf]) -> ReadOutcome {
    read_with(paths, &Options { threads: 1, ..Options::default() })
}

/// The only input of that many bytes in a file.
fn read_bytes(bytes: &[u8]) -> Input {
    let folder = folder(&[("file", bytes)]);
    let reading = read_paths(&[folder.path().join("file")]);
    assert_eq!(reading.failures, []);
    let [input] = reading.diagnosis.inputs.try_into().unwrap();
    assert!(input.bytes <= u64::try_from(bytes.len()).unwrap());
    input
}

#[test]
fn what_is_packed_is_unpacked_whatever_it_is_called() {
    let text = lines(&envelopes());
    let text = text.as_bytes();
    let (first, second) = text.split_at(1000);
    let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3], zstd(text).as_slice()].concat();
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (text.to_vec(), "JSON lines"),
        (gzip(text), "gzip of JSON lines"),
        ([gzip(first), gzip(second)].concat(), "gzip of JSON lines"),
        (zstd(text), "zstd of JSON lines"),
        ([zstd(first), zstd(second)].concat(), "zstd of JSON lines"),
        (skipped, "zstd of JSON lines"),
        (gzip(&zstd(text)), "gzip of zstd of JSON lines"),
        (zstd(&gzip(text)), "zstd of gzip of JSON lines"),
        (gzip(b""), "gzip of nothing"),
        (b"".to_vec(), "nothing"),
    ];
    for (bytes, kind) in cases {
        let input = read_bytes(&bytes);
        assert_eq!(input.bytes, u64::try_from(bytes.len()).unwrap());
        assert_eq!((input.kind.as_str(), input.remarks.as_slice()), (kind, [].as_slice()));
    }
}

#[test]
fn of_what_is_torn_the_beginning_is_used() {
    let numbers = (0_u32..20_000).map(|number| json!({"number": number.wrapping_mul(2_654_435_761)}));
    let text = lines(&numbers.collect::<Vec<_>>());
    let torn = "its compressed data is incomplete: the part before the end was read";
    let other = "other data follows its compressed data, and was not read";
    for packed in [gzip(text.as_bytes()), zstd(text.as_bytes())] {
        let input = read_bytes(&packed[..packed.len() / 2]);
        assert!(input.kind.ends_with(" of JSON lines"), "{input:?}");
        assert!(input.remarks.contains(&torn.to_owned()), "{input:?}");
        let input = read_bytes(&[packed.as_slice(), b"text that follows"].concat());
        assert!(input.kind.ends_with(" of JSON lines"), "{input:?}");
        assert_eq!(input.remarks, [other]);
        let mut damaged = packed.clone();
        let middle = damaged.len() / 2;
        damaged[middle..middle + 50].fill(0xff);
        assert!(!read_bytes(&damaged).remarks.is_empty());
    }
}

#[test]
fn what_unpacks_to_far_too_much_is_left() {
    let packed = zstd(&vec![b'a'; 20 << 20]);
    let folder = folder(&[("bomb", &packed)]);
    let options = Options { threads: 1, unpack: 2 << 20 };
    let reading = read_with(&[folder.path().join("bomb")], &options);
    let input = &reading.diagnosis.inputs[0];
    assert!(
        input.remarks.contains(&"it decompresses to more than 1000 times its size: the rest was not read".to_owned())
    );
    assert_eq!(input.kind, "zstd of plain text");
}

#[test]
fn odd_texts_are_read() {
    let utf16: Vec<u8> = "\u{feff}a 502\nb\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: Vec<(Vec<u8>, &str, &[&str])> = vec![
        (utf16, "plain text", &["it is UTF-16, and was read as the same text in UTF-8"]),
        (b"\xef\xbb\xbf{\"a\":1}\n{\"a\":2}\n".to_vec(), "JSON lines", &[]),
        (b"a\0b\n".to_vec(), "plain text", &["it has NUL bytes, like a binary file: only its text was read"]),
        (b"\xff\xfa\n\x80".to_vec(), "plain text", &[]),
        ("x".repeat(5_000_000).into_bytes(), "plain text", &["lines longer than 1 MiB were read in parts"]),
        ("[".repeat(100_000).into_bytes(), "plain text", &[]),
        ("{\"a\":".repeat(100_000).into_bytes(), "plain text", &[]),
    ];
    for (bytes, kind, remarks) in cases {
        let input = read_bytes(&bytes);
        assert_eq!(input.kind, kind);
        assert_eq!(input.remarks, remarks);
    }
}

#[test]
fn a_folder_is_read_in_order_and_nothing_twice() {
    let folder = folder(&[
        ("b.log", b"text\n"),
        ("a/2.json", b"{\"a\":1}"),
        ("a/1.gz", &gzip(b"text\n")),
        (".hidden", b"text\n"),
        ("empty", b""),
    ]);
    let path = folder.path();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(path, path.join("a/loop")).unwrap();
        std::os::unix::fs::symlink(path.join("b.log"), path.join("current")).unwrap();
    }
    let reading = read_paths(&[path.to_owned(), path.join("b.log"), path.join("missing"), path.join("a")]);
    let name = |input: &Input| Path::new(input.path.as_str()).strip_prefix(path).unwrap().display().to_string();
    let inputs = &reading.diagnosis.inputs;
    let names: Vec<_> = inputs.iter().map(|input| (name(input), input.kind.as_str())).collect();
    let expected = [
        ("b.log", "plain text"),
        ("empty", "nothing"),
        ("a/1.gz", "gzip of plain text"),
        ("a/2.json", "a JSON document"),
        ("", "a folder"),
        ("missing", "not read"),
    ];
    assert_eq!(names[..6], expected.map(|(name, kind)| (name.to_owned(), kind)));
    assert!(inputs[0].remarks.contains(&"it was named more than once, but read only once".to_owned()));
    assert_eq!(inputs[4].remarks, ["hidden files and folders in it were not read: 1"]);
    let [failure] = reading.failures.as_slice() else { panic!("{:?}", reading.failures) };
    assert_eq!(failure.why, "no such file");
    assert!(!reading.stopped);
}

#[test]
#[cfg(unix)]
fn what_may_not_be_read_is_named_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("closed", b"text\n"), ("open", b"text\n")]);
    let closed = folder.path().join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&closed).is_ok() {
        return;
    }
    let reading = read_paths(&[folder.path().to_owned()]);
    assert_eq!(reading.failures[0].why, "permission denied");
    assert_eq!(reading.diagnosis.inputs[0].remarks, ["permission denied"]);
    assert_eq!(reading.diagnosis.inputs[1].kind, "plain text");
}

#[test]
#[cfg(target_os = "linux")]
fn files_of_the_system_without_a_size_are_read() {
    let reading = read_paths(&[PathBuf::from("/proc/self/status")]);
    assert_eq!(reading.diagnosis.inputs[0].kind, "plain text");
    assert!(reading.diagnosis.inputs[0].bytes > 0);
}

#[cfg(unix)]
fn pipe(folder: &Path) -> PathBuf {
    let path = folder.join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    path
}

#[test]
#[cfg(unix)]
fn a_pipe_is_read_to_its_end() {
    let folder = folder(&[]);
    let path = pipe(folder.path());
    let text = lines(&envelopes()).repeat(10);
    let packed = gzip(text.as_bytes());
    for (bytes, kind) in [(text.as_bytes(), "JSON lines"), (packed.as_slice(), "gzip of JSON lines")] {
        let reading = std::thread::scope(|scope| {
            let writer = || fs::File::options().write(true).open(&path).unwrap().write_all(bytes).unwrap();
            std::thread::Builder::new().spawn_scoped(scope, writer).unwrap();
            read_paths(std::slice::from_ref(&path))
        });
        let input = &reading.diagnosis.inputs[0];
        assert_eq!((input.kind.as_str(), input.bytes), (kind, u64::try_from(bytes.len()).unwrap()));
    }
}

#[test]
#[cfg(unix)]
fn whoever_waits_for_a_pipe_can_give_up() {
    let folder = folder(&[("after", b"text\n")]);
    let path = pipe(folder.path());
    // Opened for both, so that it neither ends nor is without a writer.
    let mut writer = fs::File::options().read(true).write(true).open(&path).unwrap();
    writer.write_all(b"{\"a\":1}\n{\"a\":2}\n").unwrap();
    let stop = AtomicBool::new(false);
    let mut told = 0;
    let mut progress = |progress: &ReadProgress| {
        told += 1;
        assert_eq!(progress.total, None);
        if progress.bytes == 16 {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let sources = [InputSource::Path(path), InputSource::Path(folder.path().join("after"))];
    let reading = read(&sources, &scanner(), &Options::default(), &stop, &mut progress);
    assert!(reading.stopped && told > 0);
    assert_eq!(reading.diagnosis.inputs.len(), 1, "what comes after is not read");
    assert_eq!(reading.diagnosis.inputs[0].kind, "JSON lines");
    assert_eq!(reading.diagnosis.inputs[0].remarks, ["reading was stopped before the end"]);
}

#[test]
fn any_number_of_threads_finds_the_same() {
    let text = lines(&envelopes());
    let files: Vec<(String, Vec<u8>)> = vec![
        ("lines".to_owned(), text.repeat(60).into_bytes()),
        ("list".to_owned(), format!("{:#}", json!(vec![envelopes(); 20].concat())).into_bytes()),
        ("packed".to_owned(), gzip(text.repeat(20).as_bytes())),
        ("text".to_owned(), "an ordinary line 502\n".repeat(60_000).into_bytes()),
    ];
    let files: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let folder = folder(&files);
    let read = |threads| {
        let reading = read_with(&[folder.path().to_owned()], &Options { threads, ..Options::default() });
        let diagnosis = reading.diagnosis;
        (diagnosis.inputs.clone(), format!("{diagnosis:?}"))
    };
    let (inputs, alone) = read(1);
    assert_eq!(inputs.len(), 4);
    for threads in [2, 3] {
        let (others, together) = read(threads);
        assert_eq!(inputs, others);
        assert!(alone == together, "{threads} threads find something else");
    }
}
