//! Tests what the real binary prints.
//!
//! Each file in `tests/cli/` is a console session that is played again; so is the README.

#[test]
fn console_sessions() {
    trycmd::TestCases::new()
        .case("tests/cli/*.md")
        .case("README.md")
        .env("NO_COLOR", "1")
        .env("LANG", "C.UTF-8")
        .env("XDG_CONFIG_HOME", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/no-config"))
        // Nobody's own journal is read, and none is written without a terminal.
        .env("XDG_STATE_HOME", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/no-config"))
        .run();
}
