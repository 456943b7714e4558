//! Holds what the user has chosen.

use crate::app::keys::KeyMap;
use crate::app::theme::ThemeKind;

/// The settings of the user.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The theme of the screens.
    pub theme: ThemeKind,
    /// Whether to draw with ASCII characters alone.
    pub is_ascii: bool,
    /// Whether to remember cases, opened cards and answers given in training.
    pub has_history: bool,
    /// Whether names and addresses are replaced in reports and notes.
    pub redacts: bool,
    /// Whether the wheel of the mouse scrolls.
    ///
    /// Then the terminal selects no text.
    pub has_wheel: bool,
    /// Whether further keys are shown after a pause.
    pub has_pop_up: bool,
    /// The meanings of keys on all screens.
    pub keys: KeyMap,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeKind::default(),
            is_ascii: false,
            has_history: true,
            redacts: true,
            has_wheel: false,
            has_pop_up: true,
            keys: KeyMap::default(),
        }
    }
}
