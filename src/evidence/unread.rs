//! Explains why nothing of an input could be read.
//!
//! The explanation says what the user can do.

use super::magic::{Foreign, Way};

/// The reason why nothing of an input could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It has a format that is not read here.
    Foreign(&'static Foreign),
    /// It is packed in more layers than are unpacked here.
    TooDeep,
    /// Its packed data breaks off before anything could be unpacked.
    Cut,
    /// Its packed data is damaged before anything could be unpacked.
    Damaged,
    /// A zstd frame in it needs a window of this many bytes.
    Window(u64),
    /// A zstd frame in it needs a dictionary.
    Dictionary,
    /// It holds nothing but NUL bytes.
    Nothing,
    /// It is not text.
    Binary,
}

/// Largest window of a zstd frame that is unpacked, in bytes.
///
/// The limit of the `zstd` program without `--long`, so everything that it packs by default is read. The window is held
/// in memory.
pub(super) const WIDEST: u64 = 128 << 20;

/// Largest window of the `zstd` program, as a power of two.
const WIDEST_LOG: u32 = 31;

/// Placeholder for a file name that a shell might misread.
const SOME_FILE: &str = "FILE";

impl Unread {
    /// Returns a name for the contents: `an xz file`.
    pub(super) fn held(&self) -> &'static str {
        match self {
            Unread::Foreign(foreign) => foreign.name,
            Unread::TooDeep => "compressed data",
            Unread::Cut | Unread::Damaged | Unread::Window(_) | Unread::Dictionary => "data that was not decompressed",
            Unread::Nothing | Unread::Binary => "binary data",
        }
    }

    /// Explains why the input was not read, and what to do.
    ///
    /// `packed` has its packings from the outside in. `path` is its name, `-` for standard input.
    pub(super) fn says(&self, packed: &[&str], path: &str) -> String {
        let around = packed.get(..packed.len().saturating_sub(1)).unwrap_or_default();
        match self {
            Unread::Foreign(Foreign { way: Way::Unpack(format, file, pipe), .. }) => {
                let why = format!("it is compressed with {format}, which cannot be read");
                first(&why, "Decompress it first", pipeline(path, packed, file, *pipe))
            }
            Unread::Foreign(Foreign { way: Way::Print(file, pipe), name, .. }) => {
                let why = format!("it is {name}, which cannot be read");
                first(&why, "Print it as text", pipeline(path, packed, file, *pipe))
            }
            Unread::Foreign(Foreign { way: Way::None, name, .. }) => {
                format!("it is {name}, which contains no log text. Name a log instead")
            }
            Unread::TooDeep => {
                let command = packed.first().and_then(|packing| unpacker(packing));
                let command = command.and_then(|command| pipeline(path, &[], command, Some(command)));
                first("it is compressed several times over", "Decompress it first", command)
            }
            Unread::Cut => {
                "its compressed data ends before anything could be read. Copy it again from a complete source".into()
            }
            Unread::Damaged => {
                "its compressed data is damaged, and nothing could be read. Copy it again from an undamaged source"
                    .into()
            }
            Unread::Window(bytes) => {
                let command = format!("zstd -dc --long={}", log_of(*bytes));
                let why = format!(
                    "it needs a window of {} MiB, more than the {} MiB that are allowed",
                    bytes.div_ceil(1 << 20),
                    WIDEST >> 20
                );
                first(&why, "Decompress it first", pipeline(path, around, &command, Some(&command)))
            }
            Unread::Dictionary => {
                let command = "zstd -dc -D DICTIONARY";
                let why = "it is compressed with a dictionary, which it does not contain";
                first(why, "Decompress it first", pipeline(path, around, command, Some(command)))
            }
            Unread::Nothing => "it contains only NUL bytes. Copy it again, or name another file".into(),
            Unread::Binary => {
                "it is binary data: only the texts between other bytes were searched. Name a log instead".into()
            }
        }
    }
}

/// Joins a reason, an instruction and its command, if any.
fn first(why: &str, what: &str, command: Option<String>) -> String {
    match command {
        Some(command) => format!("{why}. {what}: {command}"),
        None => format!("{why}. {what}, and read the result"),
    }
}

/// Returns a pipeline that unpacks a file and diagnoses its contents.
///
/// `file` is the last command before a file name, `pipe` the form of this command that reads a pipe. `None` if it must
/// read a pipe and cannot.
fn pipeline(path: &str, packed: &[&str], file: &str, pipe: Option<&str>) -> Option<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut is_piped = path == "-";
    if is_piped {
        commands.push("…".to_owned());
    }
    let outer = packed.iter().map(|packing| unpacker(packing).map(|command| (command, Some(command))));
    for (file, pipe) in outer.collect::<Option<Vec<_>>>()?.into_iter().chain([(file, pipe)]) {
        commands.push(if is_piped { pipe?.to_owned() } else { format!("{file} {}", as_argument(path)) });
        is_piped = true;
    }
    commands.push("wherefore diagnose -".to_owned());
    Some(commands.join(" | "))
}

/// Returns the command for a packing that is also unpacked here.
fn unpacker(packing: &str) -> Option<&'static str> {
    match packing {
        "gzip" => Some("gzip -dc"),
        "zstd" => Some("zstd -dc"),
        _ => None,
    }
}

/// Returns the path, or a placeholder that every shell accepts.
fn as_argument(path: &str) -> &str {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-+:@%,".contains(&byte);
    if !path.is_empty() && !path.starts_with('-') && path.bytes().all(is_plain) { path } else { SOME_FILE }
}

/// Returns the power of two that a window fits into.
///
/// At most [`WIDEST_LOG`].
fn log_of(bytes: u64) -> u32 {
    bytes.checked_next_power_of_two().map_or(WIDEST_LOG, u64::trailing_zeros).min(WIDEST_LOG)
}

#[cfg(test)]
mod tests {
    use super::super::magic::Magic;
    use super::*;

    fn foreign(bytes: &[u8]) -> Unread {
        match Magic::of(bytes) {
            Magic::Foreign(foreign) => Unread::Foreign(foreign),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_says_what_to_do() {
        let (xz, zip, journal) = (foreign(b"\xfd7zXZ\0"), foreign(b"PK\x03\x04"), foreign(b"LPKSHHRH"));
        let cases: [(&Unread, &[&str], &str, &str); 10] = [
            (&xz, &[], "x.xz", "xz, which cannot be read. Decompress it first: xz -dc x.xz | wherefore diagnose -"),
            (&xz, &["gzip"], "x", "Decompress it first: gzip -dc x | xz -dc | wherefore diagnose -"),
            (&xz, &[], "-", "Decompress it first: … | xz -dc | wherefore diagnose -"),
            (&xz, &[], "a b;c", "Decompress it first: xz -dc FILE | wherefore diagnose -"),
            (&zip, &[], "x.zip", "Decompress it first: unzip -p x.zip | wherefore diagnose -"),
            (&zip, &["zstd"], "x", "zip, which cannot be read. Decompress it first, and read the result"),
            (&journal, &[], "x", "Print it as text: journalctl --file x | wherefore diagnose -"),
            (&Unread::TooDeep, &["gzip", "zstd"], "x", "Decompress it first: gzip -dc x | wherefore diagnose -"),
            (
                &Unread::Window(1 << 30),
                &["zstd"],
                "x.zst",
                "a window of 1024 MiB, more than the 128 MiB that are allowed. Decompress it first: zstd -dc --long=30 x.zst | wherefore diagnose -",
            ),
            (&Unread::Window((1 << 30) + 1), &["gzip", "zstd"], "x", "gzip -dc x | zstd -dc --long=31 | wherefore"),
        ];
        for (unread, packed, path, expected) in cases {
            let said = unread.says(packed, path);
            assert!(said.contains(expected), "{said}");
        }
    }
}
