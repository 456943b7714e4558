//! Names the sets of looks.

/// A set of looks, one for each role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeKind {
    /// The terminal's own colors; a light selection, dim secondary text.
    #[default]
    Default,
    /// Nothing is dim, and what is selected is inverse.
    HighContrast,
}

impl ThemeKind {
    /// Every set with its name in the settings.
    pub const ALL: &'static [(&'static str, ThemeKind)] =
        &[("default", ThemeKind::Default), ("high-contrast", ThemeKind::HighContrast)];
}
