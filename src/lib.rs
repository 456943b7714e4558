//! The engine of `wherefore`, a troubleshooting wizard for the terminal.
//!
//! A [`Tree`] holds questions and cards. A [`Walk`] is a tree and the events so far, and says what to ask next. A
//! [`Searcher`] finds cards for typed text, a [`Recognizer`] finds the patterns of a tree in pasted text, and a
//! [`Scanner`] finds those of several trees in any amount of text. [`export`] writes what was found.
//!
//! ```
//! use std::sync::Arc;
//! use wherefore::{Event, EvidenceSource, Searcher, Library, Recognizer, Step, Usage, Walk, export};
//!
//! let library = Library::embedded();
//!
//! // Look up an error by a part of its text.
//! let found = Searcher::new(&library.trees).search("no healthy backends", &Usage::default(), 5);
//! let best = &found.matches[0];
//! let outline = export::outline::in_walk(&library.trees, None, &best.tree, best.card);
//! assert!(export::markdown::card(&outline.text()).starts_with("# "));
//!
//! // Walk with a log line as evidence.
//! let mut walk = Walk::new(Arc::clone(&best.tree));
//! let recognizer = Recognizer::new(Arc::clone(&best.tree));
//! let source = EvidenceSource::file("lb.log");
//! let evidence = recognizer.evidence(&source, r#"{"lbStatusCode":"504","backendStatusCode":""}"#);
//! walk.push(Event::EvidenceAdded(evidence));
//! assert!(matches!(walk.position().step, Step::Card(_)));
//! ```
//!
//! The features `cli` and `tui`, both on by default, add the program. Without them, the engine needs no terminal.

pub use internals::diagnosis::{Diagnosis, Scanner, diagnose_text};
pub use internals::export;
pub use internals::lookup::{Searcher, Usage};
pub use internals::recognize::Recognizer;
pub use internals::store::Library;
pub use internals::tree::{CardId, Tree};
pub use internals::walk::{Event, EvidenceSource, Given, Step, Walk};

/// Everything else, for the program itself and its tests.
///
/// It promises nothing: any release may change it. The rooms are in reading order; ARCHITECTURE.md says which may use
/// which, and a test reads the `use` lines.
#[doc(hidden)]
#[path = "."]
pub mod internals {
    #[cfg(feature = "tui")]
    pub mod app;
    pub mod case;
    #[cfg(feature = "cli")]
    pub mod cli;
    pub mod diagnosis;
    pub mod drill;
    pub mod evidence;
    pub mod export;
    pub mod lookup;
    pub mod prove;
    pub mod recognize;
    pub mod segment;
    pub mod session;
    pub mod store;
    pub mod templates;
    pub mod text;
    pub mod tree;
    #[cfg(feature = "tui")]
    pub mod tui;
    pub mod walk;
    pub mod words;
}

// Rooms name each other by `crate::`.
#[cfg(feature = "tui")]
use internals::{app, session, tui};
use internals::{case, diagnosis, drill, lookup, prove, recognize, segment, templates, text, tree, walk, words};
#[cfg(feature = "cli")]
use internals::{evidence, store};
