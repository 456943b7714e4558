//! Declares `drills/<id>.json`, and what cards and questions say for exercises.

use super::decode::{Decoder, Fields, Spanned, Text, unique};
use super::object::object;
use super::pattern::PatternFields;
use super::values::{AnyText, ByName, ListOf};
use crate::text::CleanText;
use crate::tree::pattern::Pattern;
use crate::tree::problem::Code;

/// Output lines, by option or `none`.
pub type PrintsByOption = ByName<ListOf<AnyText>>;

object! {
    /// An incident to train with.
    DrillFile is "a drill", then check_drill {
        /// The title; must not give the card away.
        required title: CleanText,
        /// The text that opens the incident.
        required story: CleanText,
        /// The options that the story answers, by question.
        optional answers: ByName<Text>,
        /// The id of the hidden card.
        required card: Text = return None,
        /// The clues: what the checks show, by question.
        optional clues: ByName<ClueFile>,
        /// Lines that look like a fault and are benign.
        optional red_herrings: ListOf<CleanText>,
        /// The questions in the order of the offer; all others follow.
        optional order: ListOf<Text>,
        /// The remedies of the card that may be tried first.
        optional remedies: ListOf<Text>,
    }
}

fn check_drill(decoder: &mut Decoder<'_>, _: Fields<'_>, drill: DrillFile) -> Option<DrillFile> {
    unique(decoder, drill.order.iter(), "place in the order");
    Some(drill)
}

object! {
    /// The answer and output of one check; one is enough.
    ClueFile is "a clue", then check_clue {
        /// The answer, if the card's own answer is another; `none` if no option is seen.
        optional option: Option<Text>,
        /// The lines that are shown.
        optional shows: ListOf<CleanText>,
    }
}

fn check_clue(decoder: &mut Decoder<'_>, fields: Fields<'_>, clue: ClueFile) -> Option<ClueFile> {
    if clue.option.is_none() && clue.shows.is_empty() {
        let at = fields.at().start;
        let help = "add \"option\", the answer, or \"shows\", the lines that are seen";
        decoder.note(Code::MissingField, &(at..at + 1), "this clue says nothing", help);
        return None;
    }
    Some(clue)
}

object! {
    /// The texts of a card for exercises about it.
    CardDrillFile is "`drill`" {
        /// The texts that may open an incident about this card.
        optional alarms: ListOf<AlarmFile>,
        /// The lines that a question's command prints, by question and option.
        optional prints: ByName<PrintsByOption>,
        /// The clues in lines that distinguish the causes.
        optional tells: ListOf<TellFile>,
        /// The remedies of look-alikes that treat none of the causes, by card.
        optional wrong: ByName<ListOf<Text>>,
    }
}

object! {
    /// A text that may open an incident.
    AlarmFile is "an alarm" {
        /// The text, one or two sentences; must not give the card away.
        required says: CleanText,
        /// The options that the text answers, by question.
        optional answers: ByName<Text>,
    }
}

object! {
    /// A pattern in a line that leaves only some causes possible.
    TellFile is "what tells causes apart", then check_tell {
        /// The pattern, a text or fields of a record.
        flatten pattern: PatternFields,
        /// The ids of the causes that it leaves possible.
        required leaves: Spanned<ListOf<Text, 1>> = return None,
        /// The reason, a clause without a full stop.
        required says: CleanText,
    }
}

fn check_tell(decoder: &mut Decoder<'_>, _: Fields<'_>, tell: TellFile) -> Option<TellFile> {
    if let Pattern::Json(_) = tell.pattern.value {
        let help = "write `text`, or `fields` of a record";
        decoder.note(Code::BadPattern, &tell.pattern.at, "the text that tells causes apart must be in a line", help);
        return None;
    }
    if tell.leaves.value.is_empty() {
        let message = "a line of the card leaves one of its causes";
        decoder.note(Code::BadValue, &tell.leaves.at, message, "name the causes that it leaves");
        return None;
    }
    Some(tell)
}
