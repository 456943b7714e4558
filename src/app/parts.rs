//! Draws what several screens have in common.

pub mod blocks;
pub mod body;
pub mod candidates;
pub mod cases;
pub mod checklist;
pub mod columns;
pub mod footer;
pub mod found_cards;
pub mod frame;
pub mod header;
pub mod hyperlinks;
pub mod input;
pub mod list;
pub mod pieces;
