//! Lists the texts of a card that are searched.

use std::borrow::Cow;

use crate::tree::{Card, CardId, TreeContent};

/// The member of a card that a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// An error string, as it is printed.
    Error,
    /// The title of the card.
    Title,
    /// One of `also_called`.
    Name,
    /// One of `symptoms`.
    Symptom,
    /// A sign in `not_this_if` of another card that points to this one.
    Sign,
    /// The description.
    About,
    /// One of `causes`.
    Cause,
    /// The first sentence of a remedy.
    Remedy,
}

impl FieldKind {
    /// Returns the kind that is a number with `as`.
    pub(super) fn from_number(number: u16) -> Self {
        const ALL: [FieldKind; 8] = [
            FieldKind::Error,
            FieldKind::Title,
            FieldKind::Name,
            FieldKind::Symptom,
            FieldKind::Sign,
            FieldKind::About,
            FieldKind::Cause,
            FieldKind::Remedy,
        ];
        ALL.get(usize::from(number)).copied().unwrap_or(FieldKind::Remedy)
    }

    /// Returns whether a field of this kind names its card.
    pub fn is_name(self) -> bool {
        matches!(self, FieldKind::Error | FieldKind::Title | FieldKind::Name)
    }
}

/// One text of a card, with its kind.
pub(super) type FieldText<'t> = (FieldKind, Cow<'t, str>);

/// Returns the fields of each card, in the order of the cards.
pub(super) fn fields_of(tree: &TreeContent) -> Vec<Vec<FieldText<'_>>> {
    let mut signs: Vec<Vec<&str>> = vec![Vec::new(); tree.cards().count()];
    for (other, sign) in tree.cards().flat_map(|(_, card)| signs_on(card)) {
        signs.get_mut(usize::from(other)).into_iter().for_each(|signs| signs.push(sign));
    }
    tree.cards().zip(signs).map(|((_, card), signs)| card_fields(card, signs).collect()).collect()
}

/// Returns the text of a field of a card.
///
/// It is given by its kind and its position among the fields of this kind. Signs are written on other cards, which are
/// opened for no other kind.
pub fn field_text(tree: &TreeContent, card: CardId, kind: FieldKind, position: usize) -> String {
    let content = tree.card(card);
    let text = match kind {
        FieldKind::Title => return content.title.to_string(),
        FieldKind::Sign => {
            let mut signs = tree.cards().flat_map(|(_, other)| signs_on(other)).filter(|(of, _)| *of == card);
            signs.nth(position).map(|(_, sign)| Cow::Borrowed(sign))
        }
        _ => {
            let mut fields = card_fields(content, Vec::new()).filter(|(known, _)| *known == kind);
            fields.nth(position).map(|(_, text)| text)
        }
    };
    text.map(Cow::into_owned).unwrap_or_default()
}

/// Returns the signs on a card that describe other cards.
fn signs_on(card: &Card) -> impl Iterator<Item = (CardId, &str)> {
    card.not_this_if.iter().filter_map(|look_alike| Some((look_alike.card?, look_alike.sign.as_str())))
}

/// Returns the fields of a card, names first.
///
/// `signs` are written on the cards that they speak against, but describe this one.
fn card_fields<'t>(card: &'t Card, signs: Vec<&'t str>) -> impl Iterator<Item = FieldText<'t>> {
    let borrowed = |kind: FieldKind| move |text: &'t str| (kind, Cow::Borrowed(text));
    let errors = card.error_strings().into_iter().map(|error| (FieldKind::Error, Cow::Owned(error.into_string())));
    let names = card.also_called.iter().map(|name| name.as_str()).map(borrowed(FieldKind::Name));
    let symptoms = card.symptoms.iter().map(|symptom| symptom.as_str()).map(borrowed(FieldKind::Symptom));
    let causes = card.causes.iter().map(|cause| cause.text.as_str()).map(borrowed(FieldKind::Cause));
    // The first sentence says what the remedy is for. The rest is instructions.
    let remedies = card.remedies.iter().map(|remedy| first_sentence(&remedy.act)).map(borrowed(FieldKind::Remedy));
    errors
        .chain([(FieldKind::Title, Cow::Borrowed(card.title.as_str()))])
        .chain(names)
        .chain(symptoms)
        .chain(signs.into_iter().map(borrowed(FieldKind::Sign)))
        .chain([(FieldKind::About, Cow::Borrowed(card.about.as_str()))])
        .chain(causes)
        .chain(remedies)
}

/// Returns a text up to and including its first full stop.
fn first_sentence(text: &str) -> &str {
    text.split_inclusive('.').next().unwrap_or_default()
}
