//! Runs `wherefore paths`.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::code::Code;
use super::config::VARIABLE;
use super::context::Context;
use super::failure::Failure;
use crate::store::Paths;
use crate::text::CleanText;

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore paths
  wherefore paths --json
")]
pub(super) struct PathsArgs {
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

/// A file or folder of the program.
struct ListedPath {
    name: &'static str,
    about: &'static str,
    path: Option<PathBuf>,
    /// The variable that moves it.
    variable: &'static str,
}

pub(super) fn run(context: &mut Context, args: &PathsArgs) -> Result<Code, Failure> {
    let Paths { trees, opened, progress, cases, .. } = Paths::from_environment();
    let listed = |name, about, path, variable| ListedPath { name, about, path, variable };
    let config = context.config.path.clone();
    let mut all = vec![
        listed("settings", "theme, keys and others; read", config, VARIABLE),
        listed("trees", "your own trees; read", trees, "XDG_CONFIG_HOME"),
        listed("opened", "the cards that you opened; read and written", opened, "XDG_STATE_HOME"),
        listed("progress", "your answers in training; read and written", progress, "XDG_STATE_HOME"),
        listed("cases", "your cases, to continue them; read and written", cases, "XDG_STATE_HOME"),
    ];
    let of_options = context.common.tree_directories.iter().cloned().map(Some);
    all.extend(of_options.map(|path| listed("tree-dir", "trees of --tree-dir; read", path, "")));
    if args.json {
        let paths: Vec<_> = all
            .iter()
            .map(|it| {
                let path = it.path.as_ref().map(|path| shown(path));
                let is_there = it.path.as_ref().is_some_and(|path| path.exists());
                json!({"name": it.name, "about": it.about, "path": path, "exists": is_there, "variable": it.variable})
            })
            .collect();
        let object = json!({"schema": "wherefore/paths/1", "paths": paths, "problems": context.config.problems});
        context.output.json(&object)?;
        return Ok(Code::Done);
    }
    let mut text = String::new();
    for ListedPath { name, about, path, variable } in &all {
        let (path, state) = match path {
            None => (format!("none: {}", Paths::why_none()), String::new()),
            Some(path) => (shown(path).to_string(), (if path.exists() { "exists" } else { "not there" }).to_owned()),
        };
        text.push_str(&format!("{name}: {path}\n"));
        let moved = if variable.is_empty() { String::new() } else { format!("; {variable} moves it") };
        let state = if state.is_empty() { String::new() } else { format!("{state}; ") };
        text.push_str(&format!("  {state}{about}{moved}\n"));
    }
    context.output.write(&text)?;
    Ok(Code::Done)
}

fn shown(path: &Path) -> CleanText {
    CleanText::line(&path.display().to_string())
}
