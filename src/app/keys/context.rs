//! Names the places where a key is pressed.

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The first screen.
    Home,
    /// A question.
    Question,
    /// A card that a walk has come to.
    Card,
    /// A card that was looked up.
    Reading,
    /// Several cards that nothing separates.
    Shortlist,
    /// Answers that exclude each other.
    Conflict,
    /// The list of the evidence.
    Evidence,
    /// The list of answers.
    Trail,
    /// The search.
    Search,
    /// Lines to recognise.
    Drill,
    /// An incident, as long as no card is settled.
    Incident,
    /// The list of all cards of which one is to be named.
    Picking,
    /// What to do first.
    Remedy,
    /// How an exercise went.
    Debrief,
    /// A card that is named by typing.
    Naming,
    /// What was learned.
    Learned,
    /// The help.
    Help,
}

impl Context {
    /// Every context with its name, in the order of the help.
    pub const ALL: &'static [(Context, &'static str)] = &[
        (Context::Home, "Home"),
        (Context::Question, "Question"),
        (Context::Card, "Card"),
        (Context::Reading, "Card that was looked up"),
        (Context::Shortlist, "What is still possible"),
        (Context::Conflict, "Conflict"),
        (Context::Evidence, "Evidence"),
        (Context::Trail, "Answers"),
        (Context::Search, "Search"),
        (Context::Drill, "Exercise"),
        (Context::Incident, "Incident"),
        (Context::Picking, "Picking a card"),
        (Context::Remedy, "What to do first"),
        (Context::Debrief, "After an exercise"),
        (Context::Naming, "Naming a card"),
        (Context::Learned, "Progress"),
        (Context::Help, "Help"),
    ];

    /// Returns whether letters are typed here instead of being commands.
    pub fn is_typing(self) -> bool {
        matches!(self, Context::Search | Context::Naming)
    }
}
