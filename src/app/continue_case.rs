//! Goes on with cases that were kept.

use super::Model;
use super::screen::Screen;
use super::screen::walk::WalkScreen;
use crate::case::{self, KeptWalk, ListedCase};

impl Model {
    /// Keeps cases from now on.
    pub fn keeping_cases(mut self) -> Self {
        self.shared.session.keep_cases();
        self
    }

    /// Adds the open cases of earlier runs, the latest first.
    pub fn with_kept_cases(mut self, cases: Vec<ListedCase>) -> Self {
        self.shared.kept_cases = cases;
        self
    }

    /// Begins with a case that was read.
    pub fn with_kept_walk(mut self, case: u64, kept: KeptWalk, is_copy: bool) -> Self {
        self.show_kept(case, kept, is_copy);
        self
    }

    fn show_kept(&mut self, case: u64, kept: KeptWalk, is_copy: bool) {
        let said = kept.words(is_copy);
        self.shared.session.adopt(case, kept, is_copy);
        self.stack.clear();
        self.stack.push(Screen::Walk(WalkScreen::default()));
        self.shared.tell(said);
    }

    /// Goes on with a case from its lines.
    ///
    /// The walk under way is parked. A case that cannot be read changes nothing. It is told why.
    pub fn continue_case(&mut self, case: u64, text: &str, is_copy: bool) {
        match case::read(text, &self.shared.session.trees) {
            Ok(kept) => self.show_kept(case, kept, is_copy),
            Err(why) => self.shared.tell(format!("This case cannot be continued: {}.", why.words())),
        }
    }
}
