//! Says how roles and symbols look on a terminal.
//!
//! Light and dark backgrounds both work: colors are the sixteen named ones on the terminal's own background. No meaning
//! is carried by color alone.

mod kind;
mod role;

use ratatui::style::Style;
use ratatui::text::Span;

pub use kind::ThemeKind;
pub use role::Role;

/// The looks of the roles on this terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The set of looks.
    pub kind: ThemeKind,
    /// Symbols beyond ASCII may be used.
    pub unicode: bool,
    /// Colors may be used.
    pub color: bool,
    /// The terminal opens hyperlinks.
    pub hyperlinks: bool,
}

impl Default for Theme {
    fn default() -> Self {
        Self { kind: ThemeKind::Default, unicode: true, color: true, hyperlinks: false }
    }
}

impl Theme {
    /// Returns the style of a role.
    pub fn style(self, role: Role) -> Style {
        let look = role.look(self.kind);
        if self.color { look } else { role::without_color(look) }
    }

    /// Returns text in the style of a role.
    ///
    /// It is written in the symbols of this terminal.
    pub fn span(self, role: Role, text: &str) -> Span<'static> {
        Span::styled(self.text(text), self.style(role))
    }

    /// Returns a badge: a block has a space on both sides.
    pub fn badge(self, role: Role, text: &str) -> Span<'static> {
        match role.is_block() {
            true => self.span(role, &format!(" {text} ")),
            false => self.span(role, text),
        }
    }

    /// Picks the symbol for this terminal.
    pub fn symbol(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { unicode } else { ascii }
    }

    /// Stands at the left edge of the selected entry.
    pub fn marker(self) -> &'static str {
        self.symbol("▌ ", "> ")
    }

    /// Stands before a line that is being typed.
    pub fn prompt(self) -> &'static str {
        self.symbol("❯ ", "> ")
    }

    /// Stands where something is cut.
    pub fn ellipsis(self) -> &'static str {
        self.symbol("…", "...")
    }

    /// Stands before a point of a list.
    pub fn bullet(self) -> &'static str {
        self.symbol("• ", "- ")
    }

    /// Stands between the answers of a trail.
    pub fn arrow(self) -> &'static str {
        self.symbol(" › ", " > ")
    }

    /// A horizontal line.
    pub fn line(self) -> &'static str {
        self.symbol("─", "-")
    }

    /// Writes a text in the symbols of this terminal.
    ///
    /// Without Unicode, our own few symbols are spelled out.
    pub fn text(self, text: &str) -> String {
        if self.unicode { text.to_owned() } else { crate::text::ascii(text) }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;

    /// Roles on one line that only their look tells apart.
    const TEXTS: &[Role] =
        &[Role::Title, Role::Text, Role::Secondary, Role::Command, Role::Filled, Role::Placeholder, Role::Match];

    /// Pairs that look alike without color, where something else tells them apart.
    ///
    /// A command has `$ ` before it and stands by itself; a title is never inside of one.
    const ALIKE: &[(Role, Role)] = &[(Role::Text, Role::Command), (Role::Title, Role::Filled)];

    /// Badges of one kind, each of which has its word.
    const BADGES: &[&[Role]] = &[
        &[Role::Confirmed, Role::Likely, Role::Possible],
        &[Role::Confirmed, Role::Likely, Role::RuledOut],
        &[Role::ReadOnly, Role::ChangesSettings, Role::InterruptsService],
        &[Role::FailedStatus, Role::DoubtfulStatus],
        &[Role::Right, Role::Wrong, Role::Text],
    ];

    fn pairs(roles: &[Role]) -> impl Iterator<Item = (Role, Role)> {
        roles.iter().enumerate().flat_map(|(at, one)| roles[at + 1..].iter().map(|other| (*one, *other)))
    }

    #[test]
    fn every_role_differs_visibly_from_those_beside_it_in_each_theme() {
        for kind in [ThemeKind::Default, ThemeKind::HighContrast] {
            let theme = Theme { kind, ..Theme::default() };
            let families = BADGES.iter().copied().chain([TEXTS]);
            for (one, other) in families.flat_map(pairs) {
                assert_ne!(theme.style(one), theme.style(other), "{kind:?}: {one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn without_color_roles_of_one_line_still_differ() {
        for kind in [ThemeKind::Default, ThemeKind::HighContrast] {
            let theme = Theme { kind, color: false, ..Theme::default() };
            for (one, other) in pairs(TEXTS) {
                let is_excused = ALIKE.contains(&(one, other));
                assert!(
                    is_excused || theme.style(one) != theme.style(other),
                    "{kind:?} without color: {one:?} and {other:?}"
                );
            }
            // A mark at the edge is not all that tells the selected line from the others.
            assert_ne!(theme.style(Role::Selected), theme.style(Role::Text));
            assert_ne!(theme.style(Role::Key), theme.style(Role::Secondary));
        }
    }

    #[test]
    fn without_color_no_role_has_one_and_high_contrast_dims_nothing() {
        for role in Role::ALL {
            for kind in [ThemeKind::Default, ThemeKind::HighContrast] {
                let style = Theme { kind, color: false, ..Theme::default() }.style(role);
                assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
            }
            let style = Theme { kind: ThemeKind::HighContrast, ..Theme::default() }.style(role);
            assert!(!style.add_modifier.contains(Modifier::DIM), "{role:?}");
        }
    }

    #[test]
    fn every_role_is_listed_once() {
        let mut seen = std::collections::HashSet::new();
        assert!(Role::ALL.iter().all(|role| seen.insert(*role)));
    }
}
