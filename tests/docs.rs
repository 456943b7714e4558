//! Tests that the README, the pictures and ARCHITECTURE.md are up to date.

#[path = "../examples/screenshots/scenes.rs"]
mod scenes;
#[path = "../examples/screenshots/svg.rs"]
mod svg;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn the_pictures_are_those_of_the_real_screens() {
    for scene in scenes::all() {
        for palette in [svg::DARK, svg::LIGHT] {
            let path = root().join("assets").join(format!("{}-{}.svg", scene.name, palette.name));
            let drawn = svg::draw(&scene.buffer(), &palette);
            let kept = fs::read_to_string(&path).unwrap_or_default();
            assert!(kept == drawn, "{} is out of date: cargo run --example screenshots", path.display());
        }
    }
}

#[test]
fn the_table_of_keys_is_the_programs_own() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let table = wherefore::internals::app::keys::markdown();
    assert!(readme.contains(table.trim_end()), "put this into README.md:\n\n{table}");
}
