//! Finds programs that tests run, and names the missing ones.
//!
//! These are programs besides `wherefore` itself.
//!
//! A missing program is named at once on standard error, past libtest, which keeps what passing tests print. It is also
//! written down for `tests/not_tried.rs`, which runs after all tests and names it again in the last lines.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Returns the path of a program, or reports it as not tried.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| is_program(path));
    if found.is_none() {
        let line = format!("not tried: {name} is not installed\n");
        // `eprintln!` would be kept with the test's output, which nobody sees when the test passes.
        let _ = io::stderr().write_all(line.as_bytes());
        let list = Path::new(env!("CARGO_TARGET_TMPDIR")).join("not-tried");
        let mut list = OpenOptions::new().create(true).append(true).open(list).unwrap();
        list.write_all(line.as_bytes()).unwrap();
    }
    found
}

fn is_program(path: &Path) -> bool {
    let Ok(metadata) = fs::metadata(path) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        metadata.is_file() && metadata.permissions().mode() & 0o111 != 0
    }
    #[cfg(not(unix))]
    metadata.is_file()
}

#[test]
fn a_program_is_found_on_the_path() {
    #[cfg(unix)]
    assert!(find("sh").unwrap().is_absolute());
    assert!(!is_program(Path::new(env!("CARGO_MANIFEST_DIR"))));
    assert!(!is_program(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")));
}
