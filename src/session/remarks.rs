//! Keeps remarks of the operator as events of the walk.
//!
//! A remark says in words what a person saw or heard.

use crate::text::CleanText;
use crate::walk::{Event, Walk};

/// The most characters of a remark: about a page.
const LONGEST: usize = 2000;

/// Adds a remark to the case. Returns what to tell.
///
/// Nothing changes if it is blank or too long.
pub fn add_remark(walk: &mut Walk, typed: &str) -> String {
    let remark = CleanText::line(typed.trim());
    if remark.is_empty() {
        return "There is nothing to add.".to_owned();
    }
    if remark.chars().count() > LONGEST {
        return format!("A remark has at most {LONGEST} characters.");
    }
    walk.push(Event::Remarked(remark));
    "Added to the note for the ticket.".to_owned()
}
