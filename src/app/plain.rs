//! The walk as numbered lines: no boxes, no redraw, fit for a screen reader, a pipe and a terminal that can do nothing.
//!
//! A dialogue: what to print comes out, a line that was typed goes in. It has every feature of the walk on screens.

mod answer;
pub mod drill;
mod evidence;
mod found;
mod tell;

use std::sync::Arc;

use super::Effect;
use super::pasted::Reader;
use super::screen::card::try_first_remedy;
use super::screen::conflict;
use super::walks::{self, Entered, Parked, is_candidate};
use crate::export::{markdown, outline, plain as plain_card};
use crate::lookup::{Index, Usage};
use crate::text;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::{Given, Step, Walk};
use found::Results;
use tell::{CARD_KEYS, HELP, Lines, WIDTH, tell_question, tell_step, tell_trail};

/// A walk in lines.
#[derive(Debug)]
pub struct Dialogue {
    trees: Vec<Arc<Tree>>,
    index: Index,
    reader: Reader,
    usage: Usage,
    walk: Option<Walk>,
    parked: Parked,
    /// The searches from which the walk was entered, the latest last.
    entered: Vec<(Entered, Results)>,
    mode: Mode,
    /// The card that was read last.
    last_card: Option<(String, CardId)>,
}

/// What the next line is an answer to.
#[derive(Debug)]
enum Mode {
    /// Which tree to walk.
    PickTree,
    /// Where the walk stands.
    Walk,
    /// A question that is answered out of turn.
    Edit(QuestionId),
    /// Which of these answers to change, or which of these to take back.
    Trail(Vec<TrailItem>),
    /// Which of these to open.
    Found(Results),
    /// Which line of the evidence to read whole.
    Evidence,
    /// More lines of a paste, of which these have come; `is_cut` if some were left out.
    Paste { text: String, is_cut: bool },
    /// Which of the walks to go on with that were left for another.
    Parked,
    /// Which of these cards to read.
    Cards(Vec<(Arc<Tree>, CardId)>),
    /// A card is being read; `in_walk` if its remedies can be tried.
    Card { tree: Arc<Tree>, card: CardId, in_walk: bool },
}

/// An entry of the list of answers.
#[derive(Clone, Copy, Debug)]
enum TrailItem {
    /// Evidence, by its event.
    Evidence(usize),
    /// An answer, or a question that could be answered.
    Question(QuestionId),
}

/// What a line led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Print this, then the prompt, and read on.
    Next,
    /// Print this and read on: where the dialogue stands has been told already.
    Same,
    /// The operator wants to practise; then print the prompt and read on.
    Practice,
    /// The operator has had enough.
    Quit,
}

impl Dialogue {
    /// A dialogue about a walk, or about which walk to begin. With a single tree there is nothing to choose.
    pub fn new(trees: Vec<Arc<Tree>>, walk: Option<Walk>) -> Self {
        let only = match trees.as_slice() {
            [only] => Some(Walk::new(Arc::clone(only))),
            _ => None,
        };
        let walk = walk.or(only);
        let mode = if walk.is_some() { Mode::Walk } else { Mode::PickTree };
        Self {
            index: Index::new(&trees),
            reader: Reader::new(&trees),
            trees,
            usage: Usage::default(),
            walk,
            parked: Parked::default(),
            entered: Vec::new(),
            mode,
            last_card: None,
        }
    }

    /// The same with what was learned from use.
    pub fn with_usage(mut self, usage: Usage) -> Self {
        self.usage = usage;
        self
    }

    /// That another card is being read since this was last asked, if so.
    pub fn opened(&mut self) -> Option<Effect> {
        let read = match self.card_in_hand() {
            Some((tree, card, _)) => Some((tree, card)),
            None if matches!(self.mode, Mode::Walk) => None,
            // A list hides what is being read, and does not end it.
            None => return None,
        };
        let name = read.as_ref().map(|(tree, card)| (tree.id.to_string(), *card));
        let is_another = name != self.last_card;
        self.last_card = name;
        let (tree, card) = read.filter(|_| is_another)?;
        Some(Effect::Opened { tree: tree.id.to_string(), card: tree.card(card).id.to_string() })
    }

    /// The walk, if one was begun.
    pub fn walk(&self) -> Option<&Walk> {
        self.walk.as_ref()
    }

    /// The tree that is walked, or else the first one.
    pub fn tree(&self) -> Option<&Arc<Tree>> {
        self.walk.as_ref().map(Walk::tree).or(self.trees.first())
    }

    /// What to print before the next line is read.
    pub fn prompt(&self) -> String {
        let mut out = Lines::default();
        match &self.mode {
            Mode::PickTree => {
                out.text("Which walk?");
                out.numbered(self.trees.iter().map(|tree| format!("{}. {}", tree.title, tree.about)));
                out.text("A number, /text to search, ? for help, q to quit.");
            }
            Mode::Walk => {
                if let Some(walk) = &self.walk {
                    tell_step(walk, |card| self.card_text(walk.tree(), card), &mut out);
                }
            }
            Mode::Edit(question) => {
                if let Some(walk) = &self.walk {
                    tell_question(walk, *question, &mut out);
                }
            }
            Mode::Trail(said) => {
                if let Some(walk) = &self.walk {
                    tell_trail(walk, said, &mut out);
                }
            }
            Mode::Found(results) => results.tell(&self.trees, &mut out),
            Mode::Evidence => {
                if let Some(walk) = &self.walk {
                    evidence::tell(walk, &mut out);
                }
            }
            Mode::Paste { .. } => {}
            Mode::Parked => {
                out.text("Walks to go on with, the latest first:");
                out.numbered(
                    self.parked.iter().map(|walk| format!("{}. {}", walks::standing(walk), walks::so_far(walk))),
                );
                out.text("A number to go on with it, b back, q to quit.");
            }
            Mode::Cards(cards) => {
                out.numbered(cards.iter().map(|(tree, card)| tree.card(*card).title.to_string()));
                out.text("A number to read the card, b back, q to quit.");
            }
            Mode::Card { tree, card, in_walk } => {
                out.raw(&self.card_text(tree, *card));
                out.text(if *in_walk { CARD_KEYS } else { "m as Markdown, b back, /text to search, q to quit." });
            }
        }
        out.done()
    }

    /// Takes a line that was typed. Returns what to print about it, and whether to go on.
    pub fn reply(&mut self, line: &str) -> (String, Reply) {
        if let Some(collected) = self.collect(line) {
            return collected;
        }
        let written = line;
        let line = text::clean_line(line);
        let before = self.prompt();
        let mut out = Lines::default();
        if let Some(query) = line.strip_prefix('/') {
            self.search(query);
            return (out.done(), self.turn_since(&before));
        }
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match word.to_lowercase().as_str() {
            "" => out.text("Type a number or a letter; ? shows them all."),
            "q" | "quit" | "exit" => return (String::new(), Reply::Quit),
            "?" | "help" => out.raw(HELP),
            "b" | "back" | "h" => self.back(&mut out),
            "t" | "answers" => self.open_trail(),
            "g" | "go" => self.list_parked(&mut out),
            "e" | "evidence" => self.list_evidence(&mut out),
            "p" | "paste" => {
                let turn = self.begin_paste(None, &mut out);
                return (out.done(), turn);
            }
            "practise" | "practice" => return (String::new(), Reply::Practice),
            "s" | "shortest" => self.toggle_shortest(&mut out),
            "c" | "causes" => self.list_candidates(&mut out),
            "d" => self.take_back(rest, &mut out),
            "u" | "n" => {
                let given = if word.eq_ignore_ascii_case("u") { Given::Unknown } else { Given::NoneOfThese };
                if given == Given::NoneOfThese && self.none_of_the_shortlist() {
                    return (out.done(), Reply::Next);
                }
                if !self.answer(given) {
                    out.text("There is no question to answer here.");
                }
            }
            "x" | "w" => {
                let is_told = self.tried(word.eq_ignore_ascii_case("w"), &mut out);
                return (out.done(), if is_told { Reply::Same } else { self.turn_since(&before) });
            }
            "r" | "repeat" => return (String::new(), Reply::Next),
            "m" => self.tell_markdown(&mut out),
            other => match other.parse::<usize>() {
                Ok(number) => self.pick(number, &mut out),
                Err(_) if evidence::looks_pasted(&line) => {
                    let turn = self.begin_paste(Some(written), &mut out);
                    return (out.done(), turn);
                }
                Err(_) => {
                    let line = tell::quoted(&line);
                    out.text(&format!("\"{line}\" means nothing here. Did you want to search? Type /{line}"));
                }
            },
        }
        (out.done(), self.turn_since(&before))
    }

    /// Nobody wants to hear a whole card again because of a slip of the finger.
    fn turn_since(&self, before: &str) -> Reply {
        if self.prompt() == before { Reply::Same } else { Reply::Next }
    }

    fn card_text(&self, tree: &Tree, card: CardId) -> String {
        plain_card::card(&self.outline(tree, card), WIDTH)
    }

    fn outline(&self, tree: &Tree, card: CardId) -> outline::Outline {
        outline::in_walk(self.walk.as_ref(), tree, card)
    }

    /// The card that is being read, and whether its remedies can be tried.
    fn card_in_hand(&self) -> Option<(Arc<Tree>, CardId, bool)> {
        match &self.mode {
            Mode::Card { tree, card, in_walk } => Some((Arc::clone(tree), *card, *in_walk)),
            Mode::Walk => {
                let walk = self.walk.as_ref()?;
                match walk.position().step {
                    Step::Card(card) => Some((Arc::clone(walk.tree()), card, true)),
                    Step::Escalate => Some((Arc::clone(walk.tree()), walk.tree().escalation, true)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn pick(&mut self, number: usize, out: &mut Lines) {
        let at = number.wrapping_sub(1);
        let picked = match &self.mode {
            Mode::PickTree => self.trees.get(at).cloned().map(|tree| {
                self.walk = Some(Walk::new(tree));
                self.mode = Mode::Walk;
            }),
            Mode::Walk => self.pick_in_walk(at),
            Mode::Edit(question) => {
                let question = *question;
                self.answer_option(question, at)
            }
            Mode::Trail(said) => match said.get(at).copied() {
                Some(TrailItem::Question(question)) => {
                    self.mode = Mode::Edit(question);
                    Some(())
                }
                Some(TrailItem::Evidence(_)) => return out.text("d and its number takes it back."),
                None => None,
            },
            Mode::Found(_) => self.open_found(at, out),
            Mode::Evidence => self.pick_evidence(at, out),
            Mode::Parked => self.resume(at),
            Mode::Cards(cards) => cards.get(at).cloned().map(|(tree, card)| {
                let under_way = self.walk.as_ref().filter(|walk| walk.tree().id == tree.id);
                let in_walk = under_way.is_some_and(|walk| is_candidate(walk, card));
                self.mode = Mode::Card { tree, card, in_walk };
            }),
            Mode::Card { .. } | Mode::Paste { .. } => None,
        };
        if picked.is_none() {
            out.text(&format!("There is no {number} to choose here."));
        }
    }

    fn pick_in_walk(&mut self, at: usize) -> Option<()> {
        let walk = self.walk.as_mut()?;
        match walk.position().step.clone() {
            Step::Ask(question) => self.answer_option(question, at),
            Step::Shortlist => {
                let card = walk.position().candidates.get(at)?.card;
                self.mode = Mode::Card { tree: Arc::clone(walk.tree()), card, in_walk: true };
                Some(())
            }
            Step::Conflict(found) => {
                conflict::drop_culprit(walk, *found.culprits.get(at)?);
                Some(())
            }
            Step::Card(_) | Step::Escalate => None,
        }
    }

    fn back(&mut self, out: &mut Lines) {
        if !matches!(self.mode, Mode::Walk | Mode::PickTree) {
            self.mode = if self.walk.is_some() { Mode::Walk } else { Mode::PickTree };
        } else {
            self.back_in_walk(out);
        }
    }

    fn list_candidates(&mut self, out: &mut Lines) {
        if let Some(walk) = &self.walk {
            out.text("Still possible, the likeliest first:");
            let tree = walk.tree();
            let listed = walk.position().candidates.iter().map(|candidate| (Arc::clone(tree), candidate.card));
            self.mode = Mode::Cards(listed.collect());
        }
    }

    /// Notes that the first remedy worked or did not help. True if all that is new about the card has been told.
    fn tried(&mut self, worked: bool, out: &mut Lines) -> bool {
        let (Some((tree, card, true)), Some(walk)) = (self.card_in_hand(), self.walk.as_mut()) else {
            out.text("There is no card here whose remedies could be tried.");
            return true;
        };
        let said = try_first_remedy(walk, card, worked);
        let is_left = walk.position().candidates.iter().any(|candidate| candidate.card == card);
        out.text(said.as_deref().unwrap_or_else(|nothing| nothing));
        if !is_left {
            self.mode = Mode::Walk;
            return false;
        }
        if said.is_ok() {
            out.raw(&plain_card::first_remedy(&self.outline(&tree, card), WIDTH));
            out.text(CARD_KEYS);
        }
        true
    }

    fn tell_markdown(&self, out: &mut Lines) {
        match self.card_in_hand() {
            Some((tree, card, _)) => out.raw(&markdown::card(&self.outline(&tree, card))),
            None => out.text("There is no card here."),
        }
    }
}
