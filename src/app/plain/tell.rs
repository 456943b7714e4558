//! Says the parts of a walk: questions, cards, answers.

use super::dialogue::TrailItem;
use super::lines::{LineWriter, WIDTH};
use crate::app::wording::{
    best_next_check, code_alone, lacks_code, lines_for_option, name_of_culprit, name_of_evidence, named_group, others,
    percent, summary, summary_of_evidence,
};
use crate::export::outline::takes;
use crate::export::values::read_only_command;
use crate::export::verdict::{contradiction, name_of_answer};
use crate::session::{Session, walks};
use crate::text;
use crate::tree::model::FindOut;
use crate::tree::{CardId, QuestionId};
use crate::walk::{Candidate, Step, Walk};

/// Where a walk stands; `card_text` is what is read of a card.
pub(super) fn tell_step(session: &Session, walk: &Walk, card_text: impl Fn(CardId) -> String, out: &mut LineWriter) {
    match &walk.position().step {
        Step::Ask(question) => tell_question(walk, *question, out),
        Step::Card(card) => {
            out.raw(&card_text(*card));
            out.text(CARD_KEYS);
        }
        Step::Escalate => {
            out.raw(&card_text(walk.tree().escalation));
            out.text(CARD_KEYS);
        }
        Step::Shortlist => {
            let shortlist = walk.shortlist();
            if let Some(question) = shortlist.check {
                let find_out = &walk.tree().question(question).find_out;
                out.text(&best_next_check(walk, question));
                out.text(&format!("  {} ({})", find_out.how, takes(find_out.takes)));
                tell_command(walk, find_out, out);
            }
            out.text(match walk.position().is_after_all_remedies {
                true => "Every remedy was tried. It may be one of these, which look alike:",
                false => "No more questions. Of what is left, the likeliest first:",
            });
            tell_candidates(session, walk, &shortlist.likeliest, out);
            if !shortlist.others.is_empty() {
                out.text(&format!("c. {}", others(&shortlist.others)));
                shortlist.others.iter().for_each(|group| out.text(&format!("  {}", named_group(walk, group))));
            }
            out.text(&format!("n. None of these. {}", walk.tree().card(walk.tree().escalation).title));
            out.text("A number to read the card, b back, t answers, /text to search, q to quit.");
        }
        Step::Link(to) => {
            out.text(match walk.position().is_after_all_remedies {
                true => "Every remedy was tried. It may be in another system:",
                false => "This goes on in another system. Your evidence goes along.",
            });
            out.numbered(std::iter::once(session.name_of(walk.tree(), *to)));
            out.text(&format!("n. None of these. {}", walk.tree().card(walk.tree().escalation).title));
            out.text("1 to go on there, b back, t answers, /text to search, q to quit.");
        }
        Step::Conflict(found) => {
            out.text("These contradict each other. Which one is wrong? It is removed; the others are kept.");
            out.numbered(found.culprits.iter().map(|culprit| name_of_culprit(walk, *culprit)));
            out.text("A number, b back, q to quit.");
        }
    }
}

/// Tells the command of a check and its way in a console.
fn tell_command(walk: &Walk, find_out: &FindOut, out: &mut LineWriter) {
    if let Some(command) = &find_out.command {
        out.raw(&format!("  $ {}\n", read_only_command(walk, command)));
    }
    if let Some(place) = &find_out.console {
        out.text(&format!("  Console: {place}"));
    }
}

/// A question, its options, and how to find out.
pub(super) fn tell_question(walk: &Walk, id: QuestionId, out: &mut LineWriter) {
    let tree = walk.tree();
    let question = tree.question(id);
    out.text(&summary(walk).replace(" · ", ", "));
    out.text(&question.ask);
    out.numbered(tree.options(id).map(|(option, choice)| {
        let lines = lines_for_option(walk, id, option).map(|lines| format!("{lines} of your evidence"));
        match lines.or_else(|| lacks_code(walk, id, option)) {
            Some(said) => format!("{} ({said})", choice.label),
            None => choice.label.to_string(),
        }
    }));
    out.text("u. Don't know");
    out.text("n. None of these");
    if let Some(said) = code_alone(walk, id) {
        out.text(&format!("/. {said}"));
    }
    out.text(&format!("Find out: {} ({})", question.find_out.how, takes(question.find_out.takes)));
    tell_command(walk, &question.find_out, out);
    for (at, option) in question.options.iter().enumerate() {
        if let Some(shows) = &option.shows {
            out.text(&format!("  {}: {shows}", at + 1));
        }
    }
    out.text(&format!("Why: {}", question.why));
}

/// The cards that are left, the likeliest first.
fn tell_candidates(session: &Session, walk: &Walk, candidates: &[Candidate], out: &mut LineWriter) {
    out.numbered(candidates.iter().map(|candidate| {
        let title = session.name_of(walk.tree(), candidate.card);
        let sign = walk
            .discriminator(candidate.card)
            .map(|found| format!(" It is this one if: {}", walk.tree().option(found.question, found.option).label));
        format!("{title} ({}).{}", percent(candidate.share), sign.unwrap_or_default())
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
    out.text("Type a number to change an answer, d and a number to remove it, or b to go back.");
}

/// The keys of a card of the walk.
pub(super) const CARD_KEYS: &str = "x the first remedy did not help, w it worked, o see also, m as Markdown, r again, b back, t answers, \
/text to search, q to quit.";
