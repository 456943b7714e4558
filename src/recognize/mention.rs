//! Reads the values that a line names.

use std::borrow::Cow;

use super::matcher::BorrowedCaptures;
use super::pattern::Compiled;
use super::recognizer::Recognizer;
use super::record::Line;
use crate::text::CleanText;
use crate::tree::model::Mention;

impl Recognizer {
    /// Returns the values that a mention gives in a line.
    ///
    /// None if the line does not match it.
    pub fn values_of<'a>(
        &'a self,
        mention: usize,
        pattern: &'a Compiled,
        line: &'a Line,
    ) -> impl Iterator<Item = (&'a CleanText, Cow<'a, str>)> {
        let mention = self.tree().mentions.get(mention);
        let matched = mention.and_then(|mention| Some((mention, pattern.borrowed_captures(line)?)));
        matched.into_iter().flat_map(|(mention, captures)| values_named(mention, captures, line))
    }
}

/// Returns the values that a mention gives, by placeholder.
///
/// `captures` are those of its pattern in the line. Implied values come last. If a value stands directly before `@`, it
/// is a user name or a password, as in `https://user:password@host/`, so nothing is taken from the line.
fn values_named<'a>(
    mention: &'a Mention,
    captures: BorrowedCaptures<'a>,
    line: &Line,
) -> impl Iterator<Item = (&'a CleanText, Cow<'a, str>)> {
    let is_credential = |value: &str| line.text().contains(&format!("{value}@"));
    let has_credential = captures.iter().any(|(_, value)| !value.is_empty() && is_credential(value));
    let named: BorrowedCaptures<'a> = if has_credential { Vec::new() } else { captures };
    let implied = mention.implies.iter().filter(move |_| !has_credential);
    let implied = implied.map(|(name, value)| (name, Cow::Borrowed(value.as_str())));
    named.into_iter().filter(|(name, _)| mention.names.contains(name)).chain(implied)
}
