//! Keeps other users from reading journals.
//!
//! Also corrects journals that already have other modes.

use std::path::Path;

/// Name of the program's folder.
///
/// A folder of another name belongs to something else, and keeps its mode.
#[cfg(unix)]
const OWN_FOLDER: &str = "wherefore";

/// End of the path of the folder with the cases.
#[cfg(unix)]
const CASES: &str = "wherefore/cases";

/// Removes the rights of other users from a journal and its folder.
///
/// Returns a sentence about the first right that could not be removed. A link and its target keep their modes, because
/// links are made on purpose. The owner's rights stay.
#[cfg(unix)]
pub fn keep_private(journal: &Path) -> Option<String> {
    // The folder comes first: afterwards, other users cannot replace the file.
    let folder = journal.parent().filter(|folder| is_own(folder)).and_then(take_rights_of_others);
    let file = take_rights_of_others(journal);
    folder.or(file)
}

/// Does nothing, because this system has no modes.
#[cfg(not(unix))]
pub fn keep_private(_journal: &Path) -> Option<String> {
    None
}

#[cfg(unix)]
fn is_own(folder: &Path) -> bool {
    folder.ends_with(OWN_FOLDER) || folder.ends_with(CASES)
}

#[cfg(unix)]
fn take_rights_of_others(path: &Path) -> Option<String> {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    /// Mode bits of the group and of all others.
    const OTHERS: u32 = 0o077;

    let metadata = fs::symlink_metadata(path).ok()?;
    let mode = metadata.permissions().mode() & 0o7777;
    if !(metadata.is_file() || metadata.is_dir()) || mode & OTHERS == 0 {
        return None;
    }
    let error = fs::set_permissions(path, Permissions::from_mode(mode & !OTHERS)).err()?;
    let path = path.display();
    Some(format!("Other users may be able to read {path}: its mode is {mode:04o} and cannot be changed: {error}."))
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn what_the_owner_may_do_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("journal");
        fs::write(&file, "").unwrap();
        for (mode, expected) in
            [(0o666, 0o600), (0o644, 0o600), (0o600, 0o600), (0o440, 0o400), (0o400, 0o400), (0o777, 0o700)]
        {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(keep_private(&file), None, "{mode:o}");
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, expected, "{mode:o}");
        }
        assert_eq!(keep_private(&folder.path().join("none")), None);
    }

    #[test]
    fn a_folder_of_another_name_keeps_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        for (name, expected) in [("elsewhere", 0o755), ("wherefore", 0o700)] {
            let own = folder.path().join(name);
            fs::create_dir(&own).unwrap();
            fs::set_permissions(&own, fs::Permissions::from_mode(0o755)).unwrap();
            assert_eq!(keep_private(&own.join("journal")), None);
            assert_eq!(fs::metadata(&own).unwrap().permissions().mode() & 0o777, expected, "{name}");
        }
    }

    /// Modes of files in `/proc` cannot be changed.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_cannot_be_changed_is_said() {
        let said = keep_private(Path::new("/proc/self/status")).unwrap();
        assert!(said.contains("/proc/self") && said.contains("cannot be changed"), "{said}");
    }
}
