//! `wherefore`: from what an operator observes to a cause and a remedy.

pub mod app;
pub mod prove;
pub mod recognize;
pub mod store;
pub mod text;
pub mod tree;
pub mod walk;
pub mod export;
pub mod lookup;
