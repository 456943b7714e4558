//! Folds names of fields, which systems spell in different ways.

/// Returns a field's name with case, `-` and `_` folded.
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    fold_name_onto(&mut folded, name);
    folded
}

/// Adds a folded name to a text.
pub fn fold_name_onto(text: &mut String, name: &str) {
    for part in name.split(['-', '_']) {
        let start = text.len();
        match part.is_ascii() {
            true => text.push_str(part),
            false => text.extend(part.chars().flat_map(char::to_lowercase)),
        }
        if let Some(part) = text.get_mut(start..) {
            part.make_ascii_lowercase();
        }
    }
}
