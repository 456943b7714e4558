//! Syncs files on a thread of its own.
//!
//! No key waits for the disk.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

/// The longest wait for the disk at the end of the program.
///
/// A file server that does not respond must not keep the shell from its terminal.
const PATIENCE: Duration = Duration::from_secs(1);

/// Syncs files that were written, one after the other.
///
/// Dropping it waits until all of them are on the disk, for a second at most.
#[derive(Debug)]
pub struct Syncer {
    sender: Option<Sender<WrittenFile>>,
    done: Receiver<()>,
}

/// A written file, and its folder if the file is new.
pub type WrittenFile = (Arc<File>, Option<PathBuf>);

impl Syncer {
    /// Starts the thread; `first` runs on it before anything is synced.
    ///
    /// `None` if the system has no more threads. Then files are synced when the system likes to.
    pub fn start(first: impl FnOnce() + Send + 'static) -> Option<Self> {
        let (sender, receiver) = mpsc::channel::<WrittenFile>();
        let (done_sender, done) = mpsc::channel();
        let work = move || {
            first();
            while let Ok(written) = receiver.recv() {
                let mut all: Vec<WrittenFile> = vec![written];
                // Keys that follow fast cost one sync.
                while let Ok(more) = receiver.try_recv() {
                    all.retain(|(file, folder)| folder.is_some() || !Arc::ptr_eq(file, &more.0));
                    all.push(more);
                }
                for (file, folder) in all {
                    let _ = file.sync_data();
                    // The name of a new file is in its folder.
                    let _ = folder.map(|folder| File::open(folder).and_then(|folder| folder.sync_all()));
                }
            }
            let _ = done_sender.send(());
        };
        thread::Builder::new().name("sync".to_owned()).spawn(work).ok()?;
        Some(Self { sender: Some(sender), done })
    }

    /// Has a file synced soon, and the folder of a new one.
    pub fn sync(&self, file: Arc<File>, folder: Option<PathBuf>) {
        let _ = self.sender.as_ref().map(|sender| sender.send((file, folder)));
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        drop(self.sender.take());
        let _ = self.done.recv_timeout(PATIENCE);
    }
}
