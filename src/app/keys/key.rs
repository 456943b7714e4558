//! Names keys, whatever the terminal sends for them.

/// A key, independent of the bytes that the terminal sends for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character, shifted or not.
    Char(char),
    /// A letter with Control.
    Ctrl(char),
    /// The key that ends a line.
    Enter,
    /// Escape.
    Esc,
    /// The key that deletes the character before the cursor.
    Backspace,
    /// The key that deletes the character under the cursor.
    Delete,
    /// The tabulator key.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// The key to the start of a line or list.
    Home,
    /// The key to the end of a line or list.
    End,
    /// The key that scrolls up a page.
    PageUp,
    /// The key that scrolls down a page.
    PageDown,
    /// The wheel of the mouse, turned up.
    WheelUp,
    /// The wheel of the mouse, turned down.
    WheelDown,
}
