//! Says where a dialogue stands, before the next line is read.

use super::dialogue::{Dialogue, DialogueMode};
use super::lines::LineWriter;
use super::tell::{tell_question, tell_step, tell_trail};
use super::{card, evidence, references};
use crate::app::system_use::code_line;
use crate::app::wording::{SAME_INCIDENT, UNKNOWN_SYSTEM, contradictions_of};
use crate::export::search_text::WHICH_SYSTEM;
use crate::session::walks;
use crate::tree::QuestionId;

impl Dialogue {
    /// Returns what to print before the next line is read.
    pub fn prompt(&mut self) -> String {
        let mut out = self.writer();
        out.raw(&self.standing());
        if let (Some(question), Some(walk)) = (self.question_here(), &self.session.walk) {
            self.told_questions.insert((walk.tree().id.clone(), question));
        }
        if let Some(open) = self.card_in_hand() {
            self.told_card = Some((open.tree.id.clone(), open.card));
        }
        self.parts_told = 0;
        out.prompt(&self.invitation());
        out.done()
    }

    /// Returns where the dialogue stands.
    pub(super) fn standing(&self) -> String {
        let mut out = self.writer();
        if let Some(open) = self.card_in_hand() {
            let outline = self.session.card_outline(&open.tree, open.card);
            let is_new = self.told_card.as_ref() != Some(&(open.tree.id.clone(), open.card));
            card::tell(&outline, self.session.step_at_hand(&open.tree, open.card), is_new, &mut out);
            return out.done();
        }
        match (&self.mode, &self.session.walk) {
            (DialogueMode::PickTree, _) => {
                out.text("Which system?");
                let systems = self.session.trees.iter().map(|tree| tree.title.to_string());
                out.numbered(systems.chain(self.cases()));
            }
            (DialogueMode::Walk, Some(walk)) => {
                tell_step(&self.session, walk, |question| self.is_new(question), &mut out);
            }
            (DialogueMode::Edit(question), Some(walk)) => {
                tell_question(walk, *question, self.is_new(*question), &mut out);
            }
            (DialogueMode::Trail(said), Some(walk)) => tell_trail(walk, said, &mut out),
            (DialogueMode::Evidence, Some(walk)) => evidence::tell(walk, &mut out),
            (DialogueMode::Found(results), _) => results.tell(&self.session.trees, &mut out),
            (DialogueMode::SameIncident(paste), _) => {
                out.text("Same incident? This contradicts the case.");
                contradictions_of(paste).iter().for_each(|said| out.text(said));
                out.numbered(SAME_INCIDENT.iter().map(|choice| (*choice).to_owned()));
            }
            (DialogueMode::WhichSystem(read), _) => {
                out.text(&format!("{WHICH_SYSTEM} Each of these uses the status in \"{}\".", code_line(read)));
                let titles = read.iter().map(|read| read.tree.title.to_string());
                out.numbered(titles.chain([UNKNOWN_SYSTEM.to_owned()]));
            }
            (DialogueMode::Parked, _) => {
                out.text("Cases that you can continue, most recent first:");
                out.numbered(
                    self.session.parked().map(|walk| format!("{}. {}", walks::standing(walk), walks::so_far(walk))),
                );
            }
            (DialogueMode::Cards(cards), _) => {
                out.text("Still possible, most likely first:");
                out.numbered(cards.iter().map(|(tree, card)| self.session.name_of(tree, *card)));
            }
            (DialogueMode::References { open, .. }, _) => references::tell(&self.session, open, &mut out),
            _ => {}
        }
        out.done()
    }

    /// Returns whether a question of the walk has not been told before.
    fn is_new(&self, question: QuestionId) -> bool {
        let walk = self.session.walk.as_ref();
        walk.is_some_and(|walk| !self.told_questions.contains(&(walk.tree().id.clone(), question)))
    }

    /// Begins lines of this dialogue's width.
    pub(super) fn writer(&self) -> LineWriter {
        LineWriter::new(self.width)
    }
}
