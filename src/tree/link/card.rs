//! Links a card to other cards, and its remedies to its causes.

use super::links::Links;
use super::names::{Names, unknown};
use crate::text;
use crate::tree::model::evidence::{RiskPattern, Signature, SuccessPattern};
use crate::tree::model::training::CardTraining;
use crate::tree::model::{Card, CardContent, Cause, Lazy, LookAlike, Remedy};
use crate::tree::problem::{Code, Problem, SourceText};
use crate::tree::source::card_file::{CardFile, RemedyFile, RiskFile, SignatureFile, SuccessFile};
use crate::tree::source::decode::Text;
use crate::tree::source::evidence::FillSource;

/// Resolves the references of a card.
///
/// Its texts for exercises name questions, so they are linked when the tree exists.
pub(super) fn link_card(
    names: Names<'_>,
    id: &str,
    file: CardFile,
    links: &mut Links,
    problems: &mut Vec<Problem>,
) -> Card {
    let source = names.source;
    let causes = file.causes.into_iter().map(|cause| Cause {
        id: cause.id.value,
        text: cause.text,
        likelihood: cause.likelihood,
    });
    let causes: Vec<_> = causes.collect();
    let remedies = file.remedies.into_iter().map(|remedy| link_remedy(source, remedy, &causes, links, problems));
    let remedies = remedies.collect();
    let is_of_other_tree = |name: &&Text| name.value.contains('/');
    let (of_other_trees, own): (Vec<&Text>, Vec<&Text>) =
        file.shares_signatures_with.iter().partition(is_of_other_tree);
    let shares = own.into_iter().filter_map(|name| names.card(name, problems)).collect();
    let shares_with_trees = of_other_trees.into_iter().map(|name| name.value.clone()).collect();
    let not_this_if = file.not_this_if.into_iter().map(|look_alike| LookAlike {
        sign: look_alike.sign,
        card: match (look_alike.card, look_alike.link) {
            (Some(name), _) => names.card(&name, problems),
            (None, link) => link.map(|link| links.id(source, &link)),
        },
    });
    let not_this_if = not_this_if.collect();
    let content = CardContent {
        path: source.path.into(),
        about: file.about,
        impact: file.impact,
        log: file.log,
        signatures: file.signatures.into_iter().map(|signature| link_signature(source, signature)).collect(),
        risks: file.risks.into_iter().map(|risk| link_risk(source, risk)).collect(),
        disproved_by: file.disproved_by.into_iter().map(|success| link_success(source, success)).collect(),
        shares_signatures_with: shares,
        shares_with_trees,
        also_called: file.also_called,
        symptoms: file.symptoms,
        causes,
        remedies,
        not_this_if,
        escalate: file.escalate,
        docs: file.docs,
        source: file.source,
        reviewed: file.reviewed,
        training: CardTraining::default(),
    };
    let (title, likelihood) = (file.title, file.likelihood);
    Card { id: id.into(), title, likelihood, leads_to: None, content: Lazy::new(content) }
}

fn link_remedy(
    source: SourceText<'_>,
    file: RemedyFile,
    causes: &[Cause],
    links: &mut Links,
    problems: &mut Vec<Problem>,
) -> Remedy {
    let mut fixes = Vec::new();
    for name in &file.fixes.value {
        match causes.iter().position(|cause| cause.id == name.value) {
            Some(at) => fixes.push(at),
            None => {
                let known = causes.iter().map(|cause| cause.id.as_str());
                problems.push(unknown(source, Code::UnknownCause, "cause", name, known));
            }
        }
    }
    let RemedyFile { id, act, effect, takes, commands, verify, undo, link, .. } = file;
    let link = link.map(|link| links.id(source, &link));
    Remedy { id: id.value, act, fixes, effect, takes, commands, verify, undo, link }
}

fn link_signature(source: SourceText<'_>, file: SignatureFile) -> Signature {
    let SignatureFile { pattern, back_and_forth, documented, samples, never, decides, .. } = file;
    let decides = decides.unwrap_or_else(|| !pattern.value.has_only_codes());
    let place = source.place(&pattern.at);
    Signature { pattern: pattern.value, place, back_and_forth, documented, samples, never, decides }
}

fn link_risk(source: SourceText<'_>, file: RiskFile) -> RiskPattern {
    let RiskFile { pattern, says, samples, never } = file;
    RiskPattern { pattern: pattern.value, place: source.place(&pattern.at), says: says.value, samples, never }
}

fn link_success(source: SourceText<'_>, file: SuccessFile) -> SuccessPattern {
    let SuccessFile { pattern, samples, never } = file;
    SuccessPattern { pattern: pattern.value, place: source.place(&pattern.at), samples, never }
}

/// Adds a problem for each placeholder of a risk without a value.
pub(super) fn check_says(
    source: SourceText<'_>,
    risk: &RiskFile,
    fills: &[(Text, Vec<FillSource>)],
    problems: &mut Vec<Problem>,
) {
    let mut known: Vec<&str> = fills.iter().map(|(name, _)| name.value.as_str()).collect();
    known.extend(risk.pattern.value.slots());
    for name in risk.says.value.slots().filter(|name| !known.contains(name)) {
        let help = match text::did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None => "capture it in the pattern, or name it under \"fills\" of the tree".to_owned(),
        };
        let message = format!("nothing gives `{{{name}}}` a value");
        problems.push(source.problem(Code::BadPattern, &risk.says.at, message, help));
    }
}
