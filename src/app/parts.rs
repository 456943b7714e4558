//! What several screens draw alike.

pub mod blocks;
pub mod body;
pub mod candidates;
pub mod frame;
pub mod told;
