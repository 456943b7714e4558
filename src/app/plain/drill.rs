//! Training as a dialogue in numbered lines.
//!
//! The sessions and exams are those of the screens; the lines are fit for a screen reader and a pipe.

use super::invite::numbers;
use super::lines::{LineWriter, WIDTH};
use super::reply::Reply;
use super::respond::SMALLEST_CODE;
use crate::app::drills::naming::{Named, TOO_LONG, named};
use crate::app::drills::{Calendar, DrillSession, KeptAnswer};
use crate::app::keys::{Action, DRILL, EXAM, command, commands_help};
use crate::drill::{DrillAction, DrillState, Exercise, Recognize, Stage};
use crate::export::Block;
use crate::export::drill as words;
use crate::export::format::between;
use crate::lookup::Searcher;
use crate::text;
use crate::tree::CardId;

/// The most cards that are listed for a typed text.
const LISTED: usize = 9;

/// A session in lines.
#[derive(Debug)]
pub struct DrillDialogue {
    session: DrillSession,
    searcher: Searcher,
    /// The cards to choose from, each with whether it counts as recalled.
    naming: Option<Vec<Named>>,
    /// How many more cards fit than are listed.
    unlisted: usize,
    /// The exercise was told whole, so only news is told.
    is_told: bool,
    /// The columns to which text is wrapped.
    width: usize,
    kept: Option<KeptAnswer>,
    /// Whether the time of an exercise is told.
    ///
    /// `now` is in milliseconds of the run, and so is `began`.
    has_timer: bool,
    now: u64,
    began: u64,
    calendar: Option<Calendar>,
}

impl DrillDialogue {
    /// A dialogue about a session.
    pub fn new(session: DrillSession) -> Self {
        let searcher = Searcher::of_names(std::slice::from_ref(session.tree()));
        let (naming, kept) = (None, None);
        Self {
            session,
            searcher,
            naming,
            unlisted: 0,
            is_told: false,
            width: WIDTH,
            kept,
            has_timer: true,
            now: 0,
            began: 0,
            calendar: None,
        }
    }

    /// Leaves the time of exercises out.
    #[must_use]
    pub fn without_timer(self) -> Self {
        Self { has_timer: false, ..self }
    }

    /// Wraps text to a width in columns.
    #[must_use]
    pub fn with_width(self, width: usize) -> Self {
        Self { width, ..self }
    }

    /// Sets the milliseconds of the run; before each reply.
    pub fn at(&mut self, now: u64) {
        self.now = now;
        if let Some(calendar) = self.calendar {
            self.session.day = calendar.day(now);
        }
    }

    /// Lets a calendar tell the day.
    ///
    /// Otherwise it is the day on which the session began.
    #[must_use]
    pub fn with_calendar(self, calendar: Calendar) -> Self {
        Self { calendar: Some(calendar), ..self }
    }

    /// Returns the session that is trained.
    pub fn session(&self) -> &DrillSession {
        &self.session
    }

    /// An answer that is to be kept, once.
    pub fn take_kept(&mut self) -> Option<KeptAnswer> {
        self.kept.take()
    }

    /// Returns the text to print before the next line is read.
    pub fn prompt(&mut self) -> String {
        let mut out = self.writer();
        if let Some(cards) = &self.naming {
            out.text("Which card?");
            out.numbered(cards.iter().map(|(card, _)| self.title(*card)));
            if self.unlisted > 0 {
                let more = text::count(self.unlisted, "more card has that name.", "more cards have that name.");
                out.text(&format!("{more} Type more of the title to narrow the list."));
            }
        } else {
            let (exercise, played) = (self.session.exercise(), self.session.played());
            let is_asked = matches!(played.stage, Stage::Line | Stage::Naming);
            // The exercise stands above; `repeat` shows it again.
            let is_known = is_asked && std::mem::replace(&mut self.is_told, true);
            if !is_known {
                self.tell_exercise(&mut out);
            }
            if is_known {
                out.text(words::ask(exercise, played));
            }
        }
        out.prompt(&self.invitation());
        out.done()
    }

    /// Tells the exercise and what there is to choose.
    fn tell_exercise(&self, out: &mut LineWriter) {
        let (exercise, played) = (self.session.exercise(), self.session.played());
        if matches!(played.stage, Stage::Line | Stage::Naming) {
            out.text(&format!("Exercise {} of {}", self.session.number(), self.session.length()));
            out.blocks(&words::task(exercise, played));
        }
        // The prompt asks for the line.
        if played.stage != Stage::Line {
            out.text(words::ask(exercise, played));
        }
        self.tell_choices(out);
    }

    /// Lists what there is to choose; lines have their letters already.
    fn tell_choices(&self, out: &mut LineWriter) {
        let (exercise, played) = (self.session.exercise(), self.session.played());
        match (played.stage, exercise) {
            (Stage::Line, _) => {}
            (Stage::Remedy, _) => out.numbered(words::remedies(exercise, played).into_iter()),
            (_, Exercise::Recognize(recognize)) => {
                out.numbered(recognize.choices().iter().map(|offer| self.title(offer.card)));
            }
            (_, Exercise::Incident(incident)) => {
                out.numbered(words::checks(incident, played).into_iter().map(|(check, _)| check));
            }
        }
    }

    /// Names what can be typed now.
    fn invitation(&self) -> String {
        if let Some(cards) = &self.naming {
            return format!("Name the card: {}, or h back.", numbers(cards.len()));
        }
        let (stage, is_exam) = (self.session.played().stage, self.session.is_exam());
        let unsure = if is_exam { "u skip it" } else { "i hint, u don't know, ! give up" };
        match (stage, self.session.exercise()) {
            (Stage::Line, Exercise::Recognize(recognize)) => {
                let last = Recognize::letter(recognize.lines().len().saturating_sub(1));
                let unsure = if is_exam { "u skip it" } else { "u show it, ! give up" };
                format!("Which line matters? a to {last}. {unsure}, repeat, ? help, q quit.")
            }
            (Stage::Remedy, exercise) => {
                let count = words::remedies(exercise, self.session.played()).len();
                let unsure = if is_exam { "u skip it" } else { "! give up" };
                format!("What do you do first? {}, {unsure}, repeat, q quit.", numbers(count))
            }
            (_, Exercise::Recognize(recognize)) => {
                let count = numbers(recognize.choices().len());
                format!("Which card is it? {count}, or type part of its title. {unsure}, repeat, ? help, q quit.")
            }
            (_, Exercise::Incident(incident)) => {
                let count = numbers(words::checks(incident, self.session.played()).len());
                format!(
                    "{count} to check something; type part of a title or c to name the card. {unsure}, repeat, ? help, q quit."
                )
            }
        }
    }

    fn writer(&self) -> LineWriter {
        LineWriter::new(self.width)
    }

    /// Says something, and what can be typed.
    fn said(&self, text: &str) -> (String, Reply) {
        let mut out = self.writer();
        out.text(text);
        self.same(out)
    }

    /// Ends a reply after which the exercise is where it was.
    fn same(&self, mut out: LineWriter) -> (String, Reply) {
        out.prompt(&self.invitation());
        (out.done(), Reply::Same)
    }

    /// Takes a line that was typed. Returns what to print about it, and whether to go on.
    pub fn reply(&mut self, line: &str) -> (String, Reply) {
        let line = text::clean_line(line);
        if let Some(query) = line.strip_prefix('/') {
            return self.search(query);
        }
        if let Some(at) = self.session.line_of(&line) {
            return self.make(DrillAction::Line(at));
        }
        let step = match (command(DRILL, &line).map(|(action, _)| action), line.parse::<usize>()) {
            (Some(Action::Quit), _) => return (String::new(), Reply::Quit),
            (Some(Action::Help), _) => {
                let mut out = self.writer();
                out.raw(&self.help());
                return self.same(out);
            }
            (Some(Action::Repeat), _) => {
                self.is_told = false;
                return (String::new(), Reply::Next);
            }
            (Some(Action::Back), _) => {
                self.naming = None;
                return (String::new(), Reply::Next);
            }
            (Some(Action::Candidates), _) => {
                if !matches!(self.session.exercise(), Exercise::Incident(_)) || !self.is_naming() {
                    return self.said("The cards to pick from are listed already; type repeat to hear them again.");
                }
                self.unlisted = 0;
                self.naming = Some(self.session.cards().into_iter().map(|card| (card, false)).collect());
                return (String::new(), Reply::Next);
            }
            (Some(Action::Hint), _) if self.session.is_exam() => return self.said("There are no hints in an exam."),
            (Some(Action::Hint), _) => DrillAction::Hint,
            (Some(Action::Unknown), _) => DrillAction::DontKnow,
            (Some(Action::GiveUp), _) => DrillAction::GiveUp,
            // Larger numbers are statuses, with which many titles begin.
            (_, Ok(number)) if number < SMALLEST_CODE => match self.picked(number.wrapping_sub(1)) {
                Some(step) => step,
                None => return self.said(&format!("There is no entry {line} here.")),
            },
            _ if line.is_empty() => return self.same(self.writer()),
            _ if line.chars().count() == 1 => {
                return self.said(&format!("\"{line}\" is not a command here. ? lists the commands."));
            }
            _ => return self.search(&line),
        };
        self.make(step)
    }

    /// Makes a move, and tells its result.
    fn make(&mut self, step: DrillAction) -> (String, Reply) {
        self.naming = None;
        let before = self.session.played().clone();
        self.kept = self.session.step(step).or(self.kept.take());
        let mut out = self.writer();
        match self.tell_step(step, &before, &mut out) {
            Reply::Same => self.same(out),
            reply => (out.done(), reply),
        }
    }

    fn help(&self) -> String {
        let intro =
            "Numbers choose: a card, something to check, what to do first. Other text names a card. Commands:\n";
        match self.session.is_exam() {
            true => format!("{intro}{}The first card that you name counts.\n", commands_help(EXAM, self.width)),
            false => format!("{intro}{}", commands_help(DRILL, self.width)),
        }
    }

    fn is_naming(&self) -> bool {
        self.session.played().stage == Stage::Naming
    }

    /// Tells the result of a move.
    fn tell_step(&mut self, step: DrillAction, before: &DrillState, out: &mut LineWriter) -> Reply {
        let (exercise, played) = (self.session.exercise(), self.session.played());
        let is_exam = self.session.is_exam();
        if played.is_done() {
            if is_exam {
                out.text("Noted.");
            } else {
                let (parts, beside) = match before.stage {
                    Stage::Remedy => words::outcome(exercise, played),
                    _ => words::after(exercise, played),
                };
                out.blocks(&parts);
                out.blocks(&beside);
            }
            return self.go_on(out);
        }
        if before.stage != played.stage {
            let is_line = before.stage == Stage::Line;
            match (is_exam, is_line) {
                (true, _) => out.text("Noted."),
                (false, true) => out.blocks(&words::line_verdict(exercise, played)),
                (false, false) => out.blocks(&words::verdict(exercise, played)),
            }
            if !is_line {
                return Reply::Next;
            }
            out.text(words::ask(exercise, played));
            self.tell_choices(out);
            return Reply::Same;
        }
        match (step, exercise) {
            _ if played.stage == Stage::Line => out.text("Choose a line first, by its letter."),
            _ if played.stage == Stage::Remedy => out.text("The card is identified. What do you do first?"),
            (DrillAction::Check(question), Exercise::Incident(incident)) => {
                if played.checked.len() == before.checked.len() {
                    out.text("That was checked already. It showed:");
                }
                out.blocks(&words::seen(incident, question));
                return Reply::Next;
            }
            (DrillAction::DontKnow, _) => out.blocks(&words::unsure(exercise, played)),
            (DrillAction::Hint, _) if played.hints.len() > before.hints.len() => {
                let new = played.hints.get(before.hints.len()..).unwrap_or_default();
                out.blocks(&words::hints(new));
            }
            (DrillAction::Hint, _) => out.text("That was the last hint."),
            (DrillAction::Name { .. }, _) if played.named.len() > before.named.len() => {
                out.text("That is not it. Keep investigating.");
            }
            (DrillAction::Name { .. }, _) => out.text("You already named that card."),
            _ => return Reply::Next,
        }
        Reply::Same
    }

    /// Goes on to the next exercise, and tells the time spent.
    fn go_on(&mut self, out: &mut LineWriter) -> Reply {
        let took = self.now.saturating_sub(self.began);
        if self.has_timer && took >= 1000 && !self.session.is_exam() {
            out.text(&format!("It took {}.", between(0, i64::try_from(took).unwrap_or(i64::MAX))));
        }
        out.text("");
        (self.began, self.is_told) = (self.now, false);
        let goes_on = self.session.go_on();
        if goes_on { Reply::Next } else { Reply::Quit }
    }

    /// Returns the move of the entry at a place.
    fn picked(&self, at: usize) -> Option<DrillAction> {
        if let Some(cards) = &self.naming {
            return cards.get(at).map(|(card, typed)| DrillAction::Name { card: *card, typed: *typed });
        }
        self.session.entry(at)
    }

    fn search(&mut self, query: &str) -> (String, Reply) {
        match self.session.played().stage {
            Stage::Naming => {}
            Stage::Line => return self.said("Choose a line first, by its letter."),
            _ => return self.said("The card is identified. Choose what to do first by its number."),
        }
        let Some(mut cards) = named(&self.searcher, self.session.tree(), query) else { return self.said(TOO_LONG) };
        if cards.is_empty() {
            return self.said("No card has that name.");
        }
        self.unlisted = cards.len().saturating_sub(LISTED);
        cards.truncate(LISTED);
        self.naming = Some(cards);
        (String::new(), Reply::Next)
    }

    fn title(&self, card: CardId) -> String {
        self.session.tree().card(card).title.to_string()
    }
}

/// Sums up a session.
pub fn summary(session: &DrillSession) -> String {
    let mut out = LineWriter::new(WIDTH);
    if session.is_exam() {
        return out.done();
    }
    out.text(&session.summary());
    for result in session.results() {
        out.text(&format!("  {:>3}  {}", result.points, session.tree().card(result.card).title));
    }
    out.done()
}

/// Writes blocks as lines.
pub fn lines_of(parts: &[Block]) -> String {
    let mut out = LineWriter::new(WIDTH);
    out.blocks(parts);
    out.done()
}
