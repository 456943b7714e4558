//! What several screens draw alike.

pub mod blocks;
pub mod body;
pub mod candidates;
pub mod drill_text;
pub mod frame;
