//! What a file is by its first bytes, whatever its name says.

/// So many first bytes tell what a file is.
pub(super) const ENOUGH: usize = 512;

/// What first bytes tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Magic {
    /// Packed by gzip.
    Gzip,
    /// Packed by zstd.
    Zstd,
    /// Something that is not read, by its name.
    Foreign(&'static str),
    /// Nothing special: text, or nothing that is known here.
    Plain,
}

/// What is not read: its first bytes, where they stand, its name.
const FOREIGN: &[(&[u8], usize, &str)] = &[
    (b"ustar", 257, "a tar archive"),
    (b"PK\x03\x04", 0, "a zip archive"),
    (b"PK\x05\x06", 0, "a zip archive"),
    (b"BZh", 0, "a bzip2 file"),
    (b"\xfd7zXZ\0", 0, "an xz file"),
    (b"\x04\x22\x4d\x18", 0, "an lz4 file"),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7z archive"),
    (b"Rar!\x1a\x07", 0, "a rar archive"),
    (b"\x7fELF", 0, "a program"),
    (b"MZ\x90\0", 0, "a program"),
    (b"\xcf\xfa\xed\xfe", 0, "a program"),
    (b"%PDF-", 0, "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", 0, "a picture"),
    (b"\xff\xd8\xff", 0, "a picture"),
    (b"GIF8", 0, "a picture"),
    (b"SQLite format 3\0", 0, "an SQLite database"),
    (b"PAR1", 0, "a Parquet file"),
    (b"LPKSHHRH", 0, "a systemd journal"),
    (b"\xd4\xc3\xb2\xa1", 0, "a packet capture"),
    (b"\x0a\x0d\x0d\x0a", 0, "a packet capture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "an Office document"),
];

impl Magic {
    /// What these first bytes of a file tell.
    pub(super) fn of(beginning: &[u8]) -> Self {
        match beginning {
            [0x1f, 0x8b, 8, ..] => return Magic::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => return Magic::Zstd,
            _ => {}
        }
        let is_it = |(bytes, at, _): &&(&[u8], usize, &str)| {
            beginning.get(*at..).is_some_and(|beginning| beginning.starts_with(bytes))
        };
        FOREIGN.iter().find(is_it).map_or(Magic::Plain, |(_, _, name)| Magic::Foreign(name))
    }

    /// What can be done about a file that is not read.
    pub(super) fn help(name: &str) -> &'static str {
        match name {
            "a systemd journal" => "it is not read: journalctl --file prints it as text",
            "a packet capture" => "it is not read: tcpdump -r prints it as text",
            _ if ["archive", "file"].iter().any(|packed| name.ends_with(packed)) => "it is not read: unpack it first",
            _ => "it is not read: it holds no log as text",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell() {
        let mut tar = vec![0; 512];
        tar[257..262].copy_from_slice(b"ustar");
        let cases: [(&[u8], Magic); 8] = [
            (b"", Magic::Plain),
            (b"BZ", Magic::Plain),
            (b"text", Magic::Plain),
            (&[0x1f, 0x8b, 8, 0], Magic::Gzip),
            (&[0x28, 0xb5, 0x2f, 0xfd], Magic::Zstd),
            (&[0x51, 0x2a, 0x4d, 0x18], Magic::Zstd),
            (&tar, Magic::Foreign("a tar archive")),
            (b"\x7fELF\x02", Magic::Foreign("a program")),
        ];
        for (bytes, expected) in cases {
            assert_eq!(Magic::of(bytes), expected, "{bytes:?}");
        }
        for (_, _, name) in FOREIGN {
            assert!(Magic::help(name).starts_with("it is not read"));
        }
    }
}
