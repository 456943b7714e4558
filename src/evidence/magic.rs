//! Recognizes kinds of files by their first bytes, not their names.

/// First bytes of a file that are enough to recognize it.
///
/// The farthest magic bytes are those of tar, which end at byte 262.
pub(super) const ENOUGH: usize = 512;

/// A kind of file, recognized by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Magic {
    /// Packed by gzip.
    Gzip,
    /// Packed by zstd.
    Zstd,
    /// A format that is not read here.
    Foreign(&'static Foreign),
    /// Text, or an unknown format.
    Plain,
}

/// A format that is recognized, but not read here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// The bytes that identify it, from position `at` of the file.
    magic: &'static [u8],
    at: usize,
    /// Its name with an article: `an xz file`.
    pub(super) name: &'static str,
    /// Advice for the user.
    pub(super) way: Way,
}

/// A way to get the text out of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Unpack it with a command.
    ///
    /// Name of the format, command before a file name, and command in a pipe, if it can read one.
    Unpack(&'static str, &'static str, Option<&'static str>),
    /// Print it as text with a command.
    ///
    /// Command before a file name, and command in a pipe, if it can read one.
    Print(&'static str, Option<&'static str>),
    /// It holds no text that could be a log.
    None,
}

const fn packed(magic: &'static [u8], name: &'static str, format: &'static str, command: &'static str) -> Foreign {
    Foreign { magic, at: 0, name, way: Way::Unpack(format, command, Some(command)) }
}

const fn archive(magic: &'static [u8], name: &'static str, format: &'static str, command: &'static str) -> Foreign {
    Foreign { magic, at: 0, name, way: Way::Unpack(format, command, None) }
}

const fn capture(magic: &'static [u8]) -> Foreign {
    Foreign { magic, at: 0, name: "a packet capture", way: Way::Print("tcpdump -nr", Some("tcpdump -nr -")) }
}

const fn other(magic: &'static [u8], name: &'static str) -> Foreign {
    Foreign { magic, at: 0, name, way: Way::None }
}

/// All formats that are recognized, but not read.
///
/// The bytes are those of each format's specification, as in the database of `file(1)`.
static FOREIGN: &[Foreign] = &[
    Foreign {
        magic: b"ustar",
        at: 257,
        name: "a tar archive",
        way: Way::Unpack("tar", "tar -xOf", Some("tar -xOf -")),
    },
    archive(b"PK\x03\x04", "a zip archive", "zip", "unzip -p"),
    archive(b"PK\x05\x06", "a zip archive", "zip", "unzip -p"),
    archive(b"7z\xbc\xaf\x27\x1c", "a 7z archive", "7z", "7z x -so"),
    archive(b"Rar!\x1a\x07", "a rar archive", "rar", "unrar p -inul"),
    packed(b"\xfd7zXZ\0", "an xz file", "xz", "xz -dc"),
    packed(b"BZh", "a bzip2 file", "bzip2", "bzip2 -dc"),
    packed(b"\x04\x22\x4d\x18", "an lz4 file", "lz4", "lz4 -dc"),
    packed(b"LZIP\x01", "an lzip file", "lzip", "lzip -dc"),
    packed(b"\x89LZO\0\r\n\x1a\n", "an lzop file", "lzop", "lzop -dc"),
    packed(b"\x1f\x9d", "a compress file", "compress", "gzip -dc"),
    Foreign { magic: b"LPKSHHRH", at: 0, name: "a systemd journal", way: Way::Print("journalctl --file", None) },
    capture(b"\xd4\xc3\xb2\xa1"),
    capture(b"\xa1\xb2\xc3\xd4"),
    capture(b"\x4d\x3c\xb2\xa1"),
    capture(b"\x0a\x0d\x0d\x0a"),
    other(b"\x7fELF", "a program"),
    other(b"MZ\x90\0", "a program"),
    other(b"\xcf\xfa\xed\xfe", "a program"),
    other(b"\xca\xfe\xba\xbe", "a program"),
    other(b"\0asm", "a program"),
    other(b"!<arch>\n", "a library or package of programs"),
    other(b"\xed\xab\xee\xdb", "a package of programs"),
    other(b"%PDF-", "a PDF document"),
    other(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    other(b"\x89PNG\r\n\x1a\n", "a picture"),
    other(b"\xff\xd8\xff", "a picture"),
    other(b"GIF8", "a picture"),
    other(b"SQLite format 3\0", "an SQLite database"),
    other(b"PAR1", "a Parquet file"),
    other(b"Obj\x01", "an Avro file"),
    other(b"ElfFile\0", "a Windows event log"),
    other(b"bplist00", "a property list"),
];

impl Magic {
    /// Recognizes a file by its first bytes.
    pub(super) fn of(beginning: &[u8]) -> Self {
        match beginning {
            [0x1f, 0x8b, 8, ..] => return Magic::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => return Magic::Zstd,
            _ => {}
        }
        let is_it =
            |foreign: &&Foreign| beginning.get(foreign.at..).is_some_and(|bytes| bytes.starts_with(foreign.magic));
        FOREIGN.iter().find(is_it).map_or(Magic::Plain, Magic::Foreign)
    }

    /// Returns whether more bytes may still reveal a foreign format.
    ///
    /// Only formats whose magic bytes start at 0 count.
    pub(super) fn is_begun_in(beginning: &[u8]) -> bool {
        let is_begun = |foreign: &Foreign| foreign.at == 0 && foreign.magic.len() > beginning.len();
        FOREIGN.iter().any(|foreign| is_begun(foreign) && foreign.magic.starts_with(beginning))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell() {
        let name = |bytes: &[u8]| match Magic::of(bytes) {
            Magic::Foreign(foreign) => foreign.name,
            Magic::Gzip => "gzip",
            Magic::Zstd => "zstd",
            Magic::Plain => "plain",
        };
        let mut tar = vec![0; 512];
        tar[257..262].copy_from_slice(b"ustar");
        let cases: [(&[u8], &str); 9] = [
            (b"", "plain"),
            (b"BZ", "plain"),
            (b"text", "plain"),
            (&[0x1f, 0x8b, 8, 0], "gzip"),
            (&[0x28, 0xb5, 0x2f, 0xfd], "zstd"),
            (&[0x51, 0x2a, 0x4d, 0x18], "zstd"),
            (&tar, "a tar archive"),
            (b"\x7fELF\x02", "a program"),
            (b"\xfd7zXZ\0\0\x04", "an xz file"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(name(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_slow_stream_is_waited_for_only_if_it_may_be_foreign() {
        for (beginning, expected) in
            [(b"\xfd7zX".as_slice(), true), (b"\xfd7zXZ\0", false), (b"2026", false), (b"7z..", false), (b"Rar!", true)]
        {
            assert_eq!(Magic::is_begun_in(beginning), expected, "{beginning:?}");
        }
    }
}
