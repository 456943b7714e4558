//! `wherefore`: from what an operator observes to a cause and a remedy.
//!
//! The modules in reading order. Each may use those above it, and no terminal, file, clock or environment unless it says
//! so; a test reads the `use` lines.
//!
//! The engine is pure:
//! - [`text`]: the one door for text from outside; width and wrapping. Uses nothing of ours.
//! - [`tree`]: a decision tree as written and as used, and all that can be wrong with one. Uses `text`.
//! - [`walk`]: one troubleshooting run, derived by replay from its events. Uses `tree`.
//! - [`recognize`]: which patterns of a tree a line or record carries. Uses `tree` and the words of `walk`.
//! - [`segment`]: a stream of bytes cut into lines and JSON values, and what form the text has. Uses nothing of ours.
//! - [`templates`]: which lines look like errors of any system, grouped by template. Uses nothing of ours.
//! - [`prove`]: what holds for a tree over its whole state space. Uses all of the above.
//! - [`lookup`]: from whatever was typed or pasted to cards; alone names fuzzy-matcher. Uses `recognize`.
//! - [`diagnosis`]: what a lot of evidence comes down to: cards, answers, times, what is not explained. Uses
//!   `recognize`, `segment` and `templates`.
//! - [`drill`]: exercises made from a tree, their scoring, and when to ask what again; seed and day are arguments. Uses
//!   `recognize`.
//! - [`export`]: a card, a walk, an exercise, problems as text, Markdown and JSON. Uses all of the above.
//! - [`session`]: the case at hand: its evidence, the walk under way, and the walks that were left for it. Uses the rest
//!   of the engine.
//!
//! The program is pure, and may draw:
//! - [`app`]: model, message, effect; screens and keys; the same walk in plain lines. Uses the engine.
//!
//! The shell touches the world:
//! - [`store`]: trees on disk, embedded and the user's own; the journals of opened cards and of training. Uses `tree`, and
//!   the words of `lookup` and `drill`.
//! - [`evidence`]: where evidence comes from: files, folders, streams, packed or not. Uses
//!   `segment` and `diagnosis`.
//! - [`tui`]: the terminal, its loop and its effects. Uses the message types of `app`.
//! - [`cli`]: the command line, one file a subcommand. Uses everything.

pub mod text;

pub mod tree;

pub mod walk;

pub mod recognize;

pub mod segment;

pub mod templates;

pub mod prove;

pub mod lookup;

pub mod diagnosis;

pub mod drill;

pub mod export;

pub mod session;

pub mod app;

pub mod store;

pub mod evidence;

pub mod tui;

pub mod cli;
