//! Draws the pictures in `assets/` from the real screens.
//!
//! Run it with `cargo run --example screenshots [DIR]`.

mod scenes;
mod svg;

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map_or_else(|| PathBuf::from("assets"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    for scene in scenes::all() {
        for palette in [svg::DARK, svg::LIGHT] {
            let path = folder.join(format!("{}-{}.svg", scene.name, palette.name));
            fs::write(path, svg::draw(&scene.buffer(), &palette))?;
        }
    }
    Ok(())
}
