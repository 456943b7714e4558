//! Tests that unreadable input is named, with what to do.
//!
//! It is never reported as "nothing found".

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use wherefore::internals::diagnosis::Input;

use super::{Write as _, folder, gzip, read_paths, zstd};

/// Makes a valid zstd frame that needs a large window.
///
/// The window has two to the power of `log` bytes.
fn zstd_with_window(log: u8) -> Vec<u8> {
    let (magic, no_size, last_raw_block) = ([0x28, 0xb5, 0x2f, 0xfd], 0, [5 << 3 | 1, 0, 0]);
    [magic.as_slice(), &[no_size, (log - 10) << 3], &last_raw_block, b"text\n"].concat()
}

/// Bytes without a pattern.
fn noise(length: usize) -> Vec<u8> {
    let bytes =
        (0_u64..).map(|number| number.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_mul(number).to_be_bytes()[1]);
    bytes.take(length).collect()
}

fn tar() -> Vec<u8> {
    let mut tar = vec![0; 1024];
    tar[..5].copy_from_slice(b"a.log");
    tar[257..262].copy_from_slice(b"ustar");
    tar
}

/// Foreign contents, each with its name, form and message.
///
/// In the message `{}` stands for the path.
fn unreadable() -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let xz = b"\xfd7zXZ\0\0\x04packed".to_vec();
    let packed = gzip(b"a text that is packed\n");
    let mut damaged = packed.clone();
    damaged[10..].fill(0xff);
    let cut = "its compressed data ends before anything could be read";
    let unpacked = "data that was not decompressed";
    vec![
        ("x.xz", xz.clone(), "an xz file", "xz, which cannot be read. Decompress it first: xz -dc {} | wherefore diagnose -"),
        ("x.xz.gz", gzip(&xz), "gzip of an xz file", "first: gzip -dc {} | xz -dc | wherefore diagnose -"),
        ("x.tar", tar(), "a tar archive", "first: tar -xOf {} | wherefore diagnose -"),
        ("x.tgz", gzip(&tar()), "gzip of a tar archive", "first: gzip -dc {} | tar -xOf - | wherefore diagnose -"),
        ("x.bz2", b"BZh91AY&SYpacked".to_vec(), "a bzip2 file", "first: bzip2 -dc {} | wherefore diagnose -"),
        ("x.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), "a 7z archive", "first: 7z x -so {} | wherefore diagnose -"),
        ("x.zip", b"PK\x03\x04rest".to_vec(), "a zip archive", "first: unzip -p {} | wherefore diagnose -"),
        ("program", b"\x7fELF\x02\x01".to_vec(), "a program", "it is a program, which contains no log text"),
        (
            "deep",
            gzip(&gzip(&gzip(b"text"))),
            "gzip of gzip of compressed data",
            "it is compressed several times over. Decompress it first: gzip -dc {} | wherefore diagnose -",
        ),
        ("cut.gz", packed[..8].to_vec(), "gzip of data that was not decompressed", cut),
        ("cut.zst", zstd(b"a text")[..5].to_vec(), "zstd of data that was not decompressed", cut),
        ("damaged.gz", damaged, "gzip of data that was not decompressed", "its compressed data is damaged, and nothing could be read"),
        (
            "wide.zst",
            zstd_with_window(30),
            "zstd of data that was not decompressed",
            "it needs a window of 1024 MiB, more than the 128 MiB that are allowed. Decompress it first: zstd -dc --long=30 {} | wherefore diagnose -",
        ),
        ("wider.zst", zstd_with_window(31), "zstd of data that was not decompressed", "zstd -dc --long=31 {} |"),
        ("zeros", vec![0; 100_000], "binary data", "it contains only NUL bytes"),
        ("noise", noise(100_000), "binary data", "it is binary data: only the texts"),
    ]
    .into_iter()
    .inspect(|(_, _, kind, _)| assert!(!kind.contains("decompressed") || kind.ends_with(unpacked)))
    .collect()
}

pub(super) fn wherefore<A: AsRef<OsStr>>(arguments: &[A], folder: &Path, input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wherefore"));
    command.args(arguments).args(["--no-history"]).current_dir(folder);
    command.env("XDG_CONFIG_HOME", folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    // It may end without reading all of it.
    let _ = running.stdin.take().unwrap().write_all(input);
    running.wait_with_output().unwrap()
}

#[test]
fn what_cannot_be_read_is_named_with_what_to_do() {
    for (name, bytes, kind, says) in unreadable() {
        let folder = folder(&[(name, &bytes)]);
        let path = folder.path().join(name);
        let reading = read_paths(std::slice::from_ref(&path));
        let Input { kind: found, remarks, .. } = &reading.diagnosis.inputs[0];
        assert_eq!(found, kind, "{name}");
        let says = says.replace("{}", &path.display().to_string());
        let [failure] = reading.failures.as_slice() else { panic!("{name}: {:?}", reading.failures) };
        assert!(failure.why.contains(&says), "{name}: {}", failure.why);
        assert_eq!(remarks.as_slice(), std::slice::from_ref(&failure.why), "{name}: JSON has it, too");
    }
}

#[test]
fn what_cannot_be_read_is_not_called_nothing_found() {
    for (name, bytes, _, says) in unreadable() {
        let folder = folder(&[(name, &bytes), ("plain", b"an ordinary line\n")]);
        let is_sample = ["x.xz", "cut.gz", "zeros"].contains(&name);
        let others: &[&[&str]] = &[&["diagnose", name, "--json"], &["walk", "--evidence", name]];
        let others = if is_sample { others } else { &[] };
        for arguments in std::iter::once(["diagnose", name].as_slice()).chain(others.iter().copied()) {
            let output = wherefore(arguments, folder.path(), b"");
            let (said, printed) =
                (String::from_utf8(output.stderr).unwrap(), String::from_utf8(output.stdout).unwrap());
            assert_eq!(output.status.code(), Some(2), "{name} {arguments:?}: {said}");
            assert!(
                said.contains(&format!("cannot read {name}: ")) && said.contains(&says.replace("{}", name)),
                "{said}"
            );
            assert!(!printed.contains("Nothing in it"), "{printed}");
            assert_eq!(printed.contains("remarks"), arguments.contains(&"--json"), "{printed}");
        }
        if is_sample {
            let output = wherefore(&["diagnose", "-"], folder.path(), &bytes);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{name} by pipe: {said}");
            let says = says.replace("first: xz -dc {}", "first: … | xz -dc");
            assert!(said.contains("cannot read -: ") && said.contains(&says), "{said}");
            // The rest is read, and nothing is claimed of what was not.
            let output = wherefore(&["diagnose", name, "plain"], folder.path(), b"");
            assert_eq!(output.status.code(), Some(2), "{name} beside a text");
        }
    }
}

#[test]
fn an_empty_file_is_read_and_has_nothing_in_it() {
    let folder = folder(&[("empty", b""), ("packed", &gzip(b""))]);
    for name in ["empty", "packed"] {
        let output = wherefore(&["diagnose", name], folder.path(), b"");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), b"".as_slice()), "{name}");
    }
}

#[test]
fn texts_in_odd_encodings_are_not_taken_for_binary_data() {
    let line = "2026-01-15 10:20:30 web-1 upstream: Zeit\u{fc}berschreitung, HTTP 502\n".repeat(50);
    let latin: Vec<u8> = line.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let wide = |zeros: usize| -> Vec<u8> {
        line.replace('\u{fc}', "u").bytes().flat_map(|byte| [vec![byte], vec![0; zeros]].concat()).collect()
    };
    let chunk = [line.repeat(10).as_bytes(), &noise(1000), line.as_bytes()].concat();
    let cases: [(&str, Vec<u8>); 6] = [
        ("UTF-16", line.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16 of ASCII", wide(1)),
        ("UTF-32", wide(3)),
        ("Latin-1", latin),
        ("NUL for space", line.replace(' ', "\0").into()),
        ("noise inside", chunk),
    ];
    for (name, bytes) in cases {
        let folder = folder(&[("file", &bytes)]);
        let reading = read_paths(&[folder.path().join("file")]);
        assert_eq!(reading.failures, [], "{name}");
        assert_eq!(reading.diagnosis.inputs[0].kind, "plain text", "{name}");
    }
}

#[test]
fn of_what_is_cut_later_the_beginning_is_read() {
    let packed = gzip(&(0..50_000_u32).flat_map(|number| format!("line {number}\n").into_bytes()).collect::<Vec<_>>());
    let folder = folder(&[("cut.gz", &packed[..packed.len() / 2])]);
    let output = wherefore(&["diagnose", "cut.gz"], folder.path(), b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("its compressed data is incomplete: the part before the end was read")
    );
}

#[test]
fn control_bytes_find_no_card() {
    let folder = folder(&[]);
    for input in [b"\0\0".as_slice(), b"\x01", b"\x1b[0m", "\u{200b}".as_bytes()] {
        let output = wherefore(&["find", "-"], folder.path(), input);
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), b"".as_slice()), "{input:?}");
    }
}
