//! The walk as a dialogue in numbered lines.
//!
//! No boxes and no redraw: fit for a screen reader, a pipe and a terminal that can do nothing.
//!
//! A dialogue: what to print comes out, a line that was typed goes in. It has every feature of the walk on screens.

mod answer;
mod card;
mod dialogue;
pub mod drill;
mod evidence;
mod found;
mod invite;
mod lines;
mod prompt;
mod references;
mod reply;
mod respond;
mod results;
mod tell;
mod values;

pub use dialogue::Dialogue;
pub use reply::Reply;
