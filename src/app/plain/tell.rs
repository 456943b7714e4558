//! Says the parts of a walk: questions, candidates, answers.

use super::dialogue::{Dialogue, TrailItem};
use super::lines::{LineWriter, WIDTH};
use crate::app::wording::{
    best_next_check, code_alone, lacks_code, lines_for_option, name_of_culprit, name_of_evidence, named_group, others,
    summary, summary_of_evidence,
};
use crate::export::outline::takes;
use crate::export::values::read_only_command;
use crate::export::verdict::{contradiction, name_of_answer, word};
use crate::session::{Session, walks};
use crate::text;
use crate::tree::QuestionId;
use crate::tree::model::FindOut;
use crate::walk::{Candidate, Step, Walk};

/// Tells where a walk stands, unless it is at a card.
///
/// `is_new` returns whether a question has not been told before.
pub(super) fn tell_step(session: &Session, walk: &Walk, is_new: impl Fn(QuestionId) -> bool, out: &mut LineWriter) {
    match &walk.position().step {
        Step::Ask(question) => tell_question(walk, *question, is_new(*question), out),
        Step::Card(_) | Step::Escalate => {}
        Step::Shortlist => {
            let shortlist = walk.shortlist();
            if let Some(question) = shortlist.check {
                out.text(&best_next_check(walk, question));
                tell_find_out(walk, &walk.tree().question(question).find_out, out);
            }
            out.text(match walk.position().is_after_all_remedies {
                true => "You have tried every step. It may be one of these similar problems, most likely first:",
                false => "No more questions. What is left, most likely first:",
            });
            tell_candidates(session, walk, &shortlist.likeliest, out);
            if !shortlist.others.is_empty() {
                out.text(&format!("c. {}", others(&shortlist.others)));
                shortlist.others.iter().for_each(|group| out.text(&format!("  {}", named_group(walk, group))));
            }
            out.text(&format!("n. None of these. {}", walk.tree().card(walk.tree().escalation).title));
        }
        Step::Link(to) => {
            out.text(match walk.position().is_after_all_remedies {
                true => "You have tried every step. The problem may be in another system:",
                false => "The questions continue in another system, with your evidence:",
            });
            out.numbered(std::iter::once(session.name_of(walk.tree(), *to)));
            out.text(&format!("n. None of these. {}", walk.tree().card(walk.tree().escalation).title));
        }
        Step::Conflict(found) => {
            out.text("These contradict each other. Which one is wrong? It is removed; the others are kept.");
            out.numbered(found.culprits.iter().map(|culprit| name_of_culprit(walk, *culprit)));
        }
    }
}

/// Tells how to find something out.
pub(super) fn tell_find_out(walk: &Walk, find_out: &FindOut, out: &mut LineWriter) {
    out.text(&format!("How to find out ({}): {}", takes(find_out.takes), find_out.how));
    if let Some(command) = &find_out.command {
        out.command(&read_only_command(walk, command).to_string());
    }
    if let Some(place) = &find_out.console {
        out.text(&format!("  Console: {place}"));
    }
}

/// Tells a question and its options.
///
/// A new one is told with the way to find out.
pub(super) fn tell_question(walk: &Walk, id: QuestionId, is_new: bool, out: &mut LineWriter) {
    let tree = walk.tree();
    let question = tree.question(id);
    out.text(&format!("{}.", summary(walk).replace(" · ", ", ")));
    out.text(&question.ask);
    if is_new {
        out.text(&format!("Why: {}", question.why));
        tell_find_out(walk, &question.find_out, out);
        out.text("Answers:");
    }
    out.numbered(tree.options(id).map(|(option, choice)| {
        let lines = lines_for_option(walk, id, option).map(|lines| format!("{lines} of your evidence"));
        let said = match lines.or_else(|| lacks_code(walk, id, option)) {
            Some(said) => format!("{} ({said})", choice.label),
            None => choice.label.to_string(),
        };
        match &choice.shows {
            Some(shows) if is_new => format!("{}. It looks like: {shows}", said.trim_end_matches('.')),
            _ => said,
        }
    }));
    out.text("u. Don't know");
    out.text("n. None of these");
    if let Some(said) = code_alone(walk, id) {
        out.text(&said);
    }
}

/// The cards that are left, most likely first.
fn tell_candidates(session: &Session, walk: &Walk, candidates: &[Candidate], out: &mut LineWriter) {
    out.numbered(candidates.iter().map(|candidate| {
        let title = session.name_of(walk.tree(), candidate.card);
        let verdict = walk.verdicts().of_card(candidate.card);
        let verdict = verdict.map(|verdict| format!(" ({})", word(&verdict))).unwrap_or_default();
        let sign = walk
            .discriminator(candidate.card)
            .map(|found| format!(" Choose this one if: {}", walk.tree().option(found.question, found.option).label));
        format!("{title}{verdict}.{}", sign.unwrap_or_default())
    }));
}

/// The answers, and the questions that could be answered.
pub(super) fn tell_trail(walk: &Walk, said: &[TrailItem], out: &mut LineWriter) {
    let tree = walk.tree();
    if let Some(from) = walks::came_from(walk) {
        out.text(&format!("You followed a link from: {from}"));
    }
    for found in walk.contradictions() {
        out.text(&format!("{}.", contradiction(walk, found)));
    }
    out.text("Answers, and questions that can be answered at any time:");
    out.numbered(said.iter().map(|said| match said {
        TrailItem::Evidence(event) => {
            let found = walks::evidence(walk).find(|(at, ..)| at == event);
            found.map_or_else(String::new, |(_, evidence, first)| {
                let name = first.map(name_of_evidence).unwrap_or_default();
                format!("{} ({}).", text::fit(&name, 2 * WIDTH, "..."), summary_of_evidence(walk, evidence))
            })
        }
        TrailItem::Question(question) => {
            let answer = match walk.known().given(*question) {
                Some(given) => name_of_answer(tree, *question, given),
                None => "not answered".to_owned(),
            };
            format!("{} {answer}.", tree.question(*question).ask)
        }
    }));
}

impl Dialogue {
    /// Tells why the question is asked. Returns whether there is one.
    pub(super) fn tell_why(&self, out: &mut LineWriter) -> bool {
        let (Some(question), Some(walk)) = (self.question_here(), &self.session.walk) else { return false };
        out.text(&format!("Why: {}", walk.tree().question(question).why));
        true
    }

    /// Tells the question with the way to find out. Returns whether there is one.
    pub(super) fn tell_how(&self, out: &mut LineWriter) -> bool {
        let (Some(question), Some(walk)) = (self.question_here(), &self.session.walk) else { return false };
        tell_question(walk, question, true, out);
        true
    }
}
