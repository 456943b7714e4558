//! Names the places where a key is pressed.

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyContext {
    /// The first screen.
    Home,
    /// A question of the walk.
    Question,
    /// A card that a walk has come to.
    Card,
    /// A card that was looked up.
    Reading,
    /// Several cards that nothing separates.
    Shortlist,
    /// Answers that exclude each other.
    Conflict,
    /// Whether a paste that contradicts the case is of the same incident.
    SameIncident,
    /// The note for a ticket.
    Note,
    /// The cards and links that a card names.
    References,
    /// The list of the evidence.
    Evidence,
    /// The list of answers.
    Trail,
    /// The values of the case.
    Values,
    /// The value of a placeholder, which is being typed or picked.
    ValueEntry,
    /// A remark, which is being typed.
    RemarkEntry,
    /// The search for cards.
    Search,
    /// The choice of a system.
    Systems,
    /// Lines of which the one that matters is asked for.
    DrillLine,
    /// Lines to recognize.
    Drill,
    /// An incident, as long as no card is settled.
    Incident,
    /// The list of all cards of which one is to be named.
    Picking,
    /// The choice of a remedy in an exercise.
    Remedy,
    /// How an exercise went.
    Debrief,
    /// A card that is named by typing.
    Naming,
    /// The progress in a tree.
    Learned,
    /// The help about keys.
    Help,
}

impl KeyContext {
    /// Every context with its name, in the order of the help.
    pub const ALL: &'static [(KeyContext, &'static str)] = &[
        (KeyContext::Home, "Home"),
        (KeyContext::Question, "Question"),
        (KeyContext::Card, "Card"),
        (KeyContext::Reading, "Card that was looked up"),
        (KeyContext::Shortlist, "What is still possible"),
        (KeyContext::Conflict, "Conflict"),
        (KeyContext::SameIncident, "Same incident?"),
        (KeyContext::Note, "Note for a ticket"),
        (KeyContext::References, "See also"),
        (KeyContext::Evidence, "Evidence"),
        (KeyContext::Trail, "Answers"),
        (KeyContext::Values, "Values"),
        (KeyContext::ValueEntry, "Typing a value"),
        (KeyContext::RemarkEntry, "Typing a remark"),
        (KeyContext::Search, "Search"),
        (KeyContext::Systems, "Choosing a system"),
        (KeyContext::DrillLine, "Which line matters?"),
        (KeyContext::Drill, "Exercise"),
        (KeyContext::Incident, "Incident"),
        (KeyContext::Picking, "Picking a card"),
        (KeyContext::Remedy, "What to do first"),
        (KeyContext::Debrief, "After an exercise"),
        (KeyContext::Naming, "Naming a card"),
        (KeyContext::Learned, "Progress"),
        (KeyContext::Help, "Help"),
    ];

    /// Returns whether letters are typed here instead of being commands.
    pub fn is_typing(self) -> bool {
        matches!(
            self,
            KeyContext::ValueEntry
                | KeyContext::RemarkEntry
                | KeyContext::Search
                | KeyContext::Systems
                | KeyContext::Naming
                | KeyContext::Help
        )
    }

    /// Returns whether the screen is one of the case at hand.
    pub fn is_of_case(self) -> bool {
        use KeyContext::{Card, Conflict, Evidence, Note, Question, References, Shortlist, Trail, Values};
        matches!(self, Question | Card | Note | Shortlist | Conflict | References | Evidence | Trail | Values)
    }

    /// Returns the name of the context for people.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(context, _)| *context == self).map_or("", |(_, name)| name)
    }
}
