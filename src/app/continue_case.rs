//! Goes on with cases that were kept.

use super::Model;
use super::screen::Screen;
use super::screen::walk::WalkScreen;
use crate::case::{self, KeptWalk};
use crate::text;

impl Model {
    /// Keeps cases, and says so to somebody for whom that is new.
    pub fn keeping_cases(mut self) -> Self {
        self.shared.session.keep_cases();
        self
    }

    /// Goes on with a case from its lines.
    ///
    /// The walk under way is parked. A case that cannot be read changes nothing. It is told why.
    pub fn continue_case(&mut self, case: u64, text: &str, is_copy: bool) {
        match case::read(text, &self.shared.session.trees) {
            Ok(kept) => {
                let said = told(&kept, is_copy);
                self.shared.session.adopt(case, kept, is_copy);
                self.stack.clear();
                self.stack.push(Screen::Walk(WalkScreen::default()));
                self.shared.tell(said);
            }
            Err(why) => self.shared.tell(format!("This case cannot be continued: {}.", why.words())),
        }
    }
}

/// The most things that are named because they no longer fit.
const NAMED: usize = 3;

/// Says what came of a case that is continued.
pub(super) fn told(kept: &KeptWalk, is_copy: bool) -> String {
    let mut said = vec!["The case continues where it was.".to_owned()];
    if is_copy {
        said.push("It is open elsewhere or cannot be written, so you continue a copy.".to_owned());
    }
    if !kept.left_out.is_empty() {
        let named = kept.left_out.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = kept.left_out.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        said.push(format!("The system has changed since; left out: {named}{more}."));
    }
    if kept.is_torn {
        said.push("The last event was not written completely and is lost.".to_owned());
    }
    if kept.lost > 0 {
        said.push(format!("{} in the file.", text::count(kept.lost, "event is damaged", "events are damaged")));
    }
    said.join(" ")
}
