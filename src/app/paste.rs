//! Takes in pasted text.

use super::Model;
use super::keys::Action;
use super::screen::Screen;
use super::screen::search::SearchScreen;
use super::system_use::SystemUse;
use super::transition::Route;
use crate::session;
use crate::text;
use crate::walk::EvidenceSource;

impl Model {
    /// Takes in pasted text.
    ///
    /// All of it is read once. Lines and records are evidence, whatever is on the screen: the walk goes on with them, and they
    /// are shown over it first if that is worth a look. A line of words, and what nothing is recognized in, goes into the
    /// search; a card that is opened from there has what was read as its evidence.
    pub(super) fn paste(&mut self, text: &str) {
        // Terminals end pasted lines as the Enter key does.
        let text = &text::line_ends(text);
        if let Some(Screen::Drill(drill)) = self.stack.last_mut()
            && drill.paste(text)
        {
            return;
        }
        match self.stack.last_mut() {
            Some(Screen::ValueEntry(entry)) => return entry.paste(text),
            Some(Screen::RemarkEntry(entry)) => return entry.paste(text),
            _ => {}
        }
        let is_evidence =
            session::is_evidence(text) || self.context().is_of_case() && self.shared.session.is_of_case(text);
        if let Some(Screen::Values(values)) = self.stack.last()
            && !is_evidence
            && let Some(name) = values.selected(&self.shared)
        {
            return self.open(Route::ValueEntry(name, Some(text.to_string())));
        }
        let context = self.context();
        let shared = &mut self.shared;
        // A line of words is looked up, so the search is its source.
        let source = if is_evidence { EvidenceSource::Paste } else { EvidenceSource::Search };
        let mut read = shared.session.read(text, source);
        if is_evidence && let Some(last) = read.pop() {
            if !read.is_empty() {
                read.push(last);
                return self.open(Route::Systems(SystemUse::Evidence(read)));
            }
            return match shared.session.enter_if_it_fits(last) {
                Ok(entered) => self.show_evidence(entered),
                Err(opposed) => self.open(Route::SameIncident(opposed)),
            };
        }
        if is_evidence
            && context.is_of_case()
            && let Some(entered) = shared.session.enter_after_change(text)
        {
            return self.show_evidence(entered);
        }
        if is_evidence && context.is_of_case() {
            let search = shared.keys.name(context, Action::Search);
            let said = "No line was recognized. Answer by what you see";
            return shared.tell(format!("{said}, or press {search} to search."));
        }
        if is_evidence {
            shared.tell("No line was recognized; searching for its words instead.");
        }
        // A paste is complete, so it replaces the typed text.
        let search = Screen::Search(SearchScreen::of_paste(&self.shared, text, read));
        match self.stack.last_mut() {
            Some(top @ Screen::Search(_)) => *top = search,
            _ => self.stack.push(search),
        }
    }
}
