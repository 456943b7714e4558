//! The form of the lines of a log, as data.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::layout::TimeLayout;
use crate::text::CleanText;
use crate::tree::pattern::Field;
use crate::tree::problem::Place;
use crate::tree::quantity::Unit;

/// The form of the lines of one log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFormat {
    /// The name of its file.
    pub id: CleanText,
    /// The name for people: `NGINX error log`.
    pub title: CleanText,
    /// The place of the line in the file, for messages.
    pub place: Place,
    /// The path of the file, for people.
    pub path: CleanText,
    /// The parts of a line, in order.
    pub line: Vec<FormatPart>,
    /// Fields and values of lines that report trouble.
    ///
    /// One set of fields must fit; of a set, all must.
    pub trouble: Vec<Arc<[Field]>>,
    /// Lines that it reads.
    pub samples: Vec<CleanText>,
    /// Lines that it must not read.
    pub never: Vec<CleanText>,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormatPart {
    /// Text to the letter, with its white space folded.
    Literal(CleanText),
    /// A place for a named value.
    Field {
        /// The name of the field.
        name: CleanText,
        /// The kind of text that stands there.
        kind: FormatKind,
    },
    /// Parts that a line has or lacks as a whole.
    Optional(Vec<FormatPart>),
}

/// The kind of text in a field.
///
/// `-` fits every kind but `Time`: it is how logs write "none".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormatKind {
    /// An IP address, a host name, or a Unix socket.
    ///
    /// A port may belong to it.
    Address,
    /// One to five digits.
    Port,
    /// A number, perhaps with a sign and a fraction.
    Number(Option<Unit>),
    /// Text without white space, up to the literal that follows.
    Word,
    /// Text in double quotes; the quotes belong to it.
    Quoted,
    /// Words with commas or colons between them.
    List,
    /// Any text, up to the literal that follows.
    Text,
    /// The rest of the line.
    Rest,
    /// A date with the time of day, in a layout.
    Time(TimeLayout),
}

impl LogFormat {
    /// Returns the formats, and of several with one id the first.
    pub fn first_of_each_id<'f>(formats: impl IntoIterator<Item = &'f Arc<Self>>) -> Vec<Arc<Self>> {
        let mut first: Vec<Arc<Self>> = Vec::new();
        for format in formats {
            if first.iter().all(|known| known.id != format.id) {
                first.push(Arc::clone(format));
            }
        }
        first
    }

    /// Returns every field with its kind, in order.
    pub fn fields(&self) -> Vec<(&CleanText, &FormatKind)> {
        let mut fields = Vec::new();
        add_fields(&self.line, &mut fields);
        fields
    }

    /// Returns the unit of the numbers in a field.
    pub fn unit_of(&self, is_name: impl Fn(&str) -> bool) -> Option<Unit> {
        self.fields().into_iter().find_map(|(name, kind)| match kind {
            FormatKind::Number(unit) if is_name(name) => *unit,
            _ => None,
        })
    }
}

fn add_fields<'p>(parts: &'p [FormatPart], fields: &mut Vec<(&'p CleanText, &'p FormatKind)>) {
    for part in parts {
        match part {
            FormatPart::Literal(_) => {}
            FormatPart::Field { name, kind } => fields.push((name, kind)),
            FormatPart::Optional(parts) => add_fields(parts, fields),
        }
    }
}
