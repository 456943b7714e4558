//! Draws what several screens have in common.

pub mod blocks;
pub mod body;
pub mod candidates;
pub mod found_cards;
pub mod frame;
pub mod input;
pub mod list;
pub mod pieces;
pub mod trail_line;
