//! Says in words what may be claimed about a card.
//!
//! Screens, lines, Markdown and `--json` use these words.

use super::evidence::line_of;
use crate::text;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::{Claim, Confirmation, Contradiction, EvidenceSource, Given, Origin};
use crate::walk::{Provenance, RuledOutBy, Verdict, Walk};

/// Says the verdict on a card of a walk.
///
/// Example: `Likely; 2 others fit`. Empty for the escalation card.
pub fn verdict(walk: &Walk, card: CardId) -> String {
    let verdicts = walk.verdicts();
    let others = verdicts.candidates.iter().filter(|(other, _)| *other != card).count();
    let fit = match others {
        0 => "no other fits".to_owned(),
        1 => "1 other fits".to_owned(),
        _ => format!("{others} others fit"),
    };
    match verdicts.of_card(card) {
        Some(Verdict::Confirmed(Confirmation::Line(line))) => format!("Confirmed by {}", line_in(&line)),
        Some(Verdict::Confirmed(Confirmation::Answers)) => "Confirmed by the answers".to_owned(),
        Some(_) if walk.is_opened(card) => "You opened this card".to_owned(),
        Some(Verdict::Likely) => format!("Likely; {fit}"),
        Some(Verdict::Possible) => format!("Possible; {fit}"),
        Some(Verdict::RuledOut(_)) => "Ruled out".to_owned(),
        None => String::new(),
    }
}

/// Returns the word for a verdict, as badges have it.
pub fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Confirmed(_) => "CONFIRMED",
        Verdict::Likely => "likely",
        Verdict::Possible => "possible",
        Verdict::RuledOut(_) => "ruled out",
    }
}

/// The most columns of a line that says that something works.
const SUCCESS: usize = 50;

/// Names a line without its file.
pub fn line_in(line: &Provenance) -> String {
    match line.source {
        EvidenceSource::Search => line.source.to_string(),
        _ => format!("line {}", line.line),
    }
}

/// Says what rules a card out.
///
/// Example: `by line 3 of your paste`.
pub fn ruled_out(walk: &Walk, by: &RuledOutBy) -> String {
    let answers = |questions: &[QuestionId]| {
        let named = questions.iter().map(|question| named_answer(walk, *question));
        named.collect::<Vec<_>>().join(" and ")
    };
    match by {
        RuledOutBy::Answer(question) => format!("by {}", named_answer(walk, *question)),
        RuledOutBy::Answers(questions) => format!("by {}", answers(questions)),
        RuledOutBy::Line(line) | RuledOutBy::Code(_, line) => format!("by {}", line_of(line)),
        RuledOutBy::Success(line) => format!("by {} ({})", line_of(line), text::fit(&line.text, SUCCESS, "...")),
        RuledOutBy::Unexplained(questions) if questions.is_empty() => "by cards that explain more".to_owned(),
        RuledOutBy::Unexplained(questions) => format!("by {}, which it does not explain", answers(questions)),
        RuledOutBy::Remedies => "by its steps: you tried all, and none helped".to_owned(),
    }
}

/// Names the answer that counts, with who gave it.
fn named_answer(walk: &Walk, question: QuestionId) -> String {
    let Some(answer) = walk.known().answers.get(&question) else { return "an answer".to_owned() };
    let label = name_of_answer(walk.tree(), question, answer.given);
    match &answer.origin {
        Origin::Operator { .. } => format!("your answer \"{label}\""),
        Origin::Evidence(line) => format!("{} (\"{label}\")", line_of(line)),
    }
}

/// Names an answer.
pub fn name_of_answer(tree: &Tree, question: QuestionId, given: Given) -> String {
    match given {
        Given::Option(option) => tree.option(question, option).label.to_string(),
        Given::Unknown => "don't know".to_owned(),
        Given::NoneOfThese => "none of these".to_owned(),
    }
}

/// Says that two claims contradict each other.
///
/// Example: `Your answer "404" contradicts line 3 of your paste ("502")`.
pub fn contradiction(walk: &Walk, found: &Contradiction) -> String {
    let [one, other] = [&found.one, &found.other].map(|claim| named_claim(walk, claim));
    format!("{} contradicts {other}", super::format::capital(&one))
}

fn named_claim(walk: &Walk, claim: &Claim) -> String {
    let tree = walk.tree();
    match claim {
        Claim::Answer(question) => named_answer(walk, *question),
        Claim::Line(question, option, line) => {
            format!("{} (\"{}\")", line_of(line), tree.option(*question, *option).label)
        }
        Claim::Code(_, line) => format!("{} ({})", line_of(line), line.text),
        Claim::Named(cards, line) => match cards.as_slice() {
            [only] => format!("{} (\"{}\")", line_of(line), tree.card(*only).title),
            several => format!("{} ({})", line_of(line), text::count(several.len(), "card", "cards")),
        },
        Claim::Success(_, line) => format!("{} ({})", line_of(line), text::fit(&line.text, SUCCESS, "...")),
    }
}
