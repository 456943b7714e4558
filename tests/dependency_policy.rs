//! Tests the dependencies: licenses, versions, and no network access.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

/// Licenses that may be linked into a program under MIT or Apache-2.0.
const ALLOWED: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "Unlicense",
    "Zlib",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Unicode-3.0",
    "0BSD",
    "CC0-1.0",
    "BSL-1.0",
    "MIT-0",
];

/// Not linked into the program: what a benchmark compares it with. Its license (MPL-2.0) asks nothing of who only runs it.
const ONLY_MEASURED: &str = "nucleo-matcher";

/// Crates of which there must be one version.
///
/// Two versions would be two terminals, or two opinions on how wide a letter is.
const ONE_VERSION: &[&str] =
    &["ratatui", "ratatui-core", "crossterm", "unicode-width", "unicode-segmentation", "signal-hook"];

/// The program is offline by construction.
const NEVER: &[&str] = &["reqwest", "ureq", "hyper", "curl", "openssl", "rustls", "tokio", "native-tls", "socket2"];

fn packages() -> Vec<Value> {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// Whether an SPDX expression can be met with the allowed licenses. `/` is an old way to write OR.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    expression.split(" AND ").all(|all| all.split(" OR ").any(|one| ALLOWED.contains(&one.trim())))
}

#[test]
fn every_license_is_allowed() {
    for package in packages().into_iter().filter(|package| package["name"] != ONLY_MEASURED) {
        let license = package["license"].as_str().unwrap_or("none");
        assert!(is_allowed(license), "{}: {license}", package["name"]);
    }
}

#[test]
fn what_is_only_measured_is_not_linked() {
    for package in packages() {
        for dependency in package["dependencies"].as_array().unwrap() {
            if dependency["name"] == ONLY_MEASURED {
                assert_eq!(dependency["kind"], "dev", "{}", package["name"]);
            }
        }
    }
}

#[test]
fn what_must_agree_with_itself_is_there_once() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap().to_owned();
        versions.entry(name).or_default().push(package["version"].as_str().unwrap().to_owned());
    }
    for name in ONE_VERSION {
        assert_eq!(versions[*name].len(), 1, "{name}: {:?}", versions[*name]);
    }
}

#[test]
fn nothing_talks_to_a_network() {
    for package in packages() {
        assert!(!NEVER.contains(&package["name"].as_str().unwrap()), "{}", package["name"]);
    }
}

#[test]
fn license_expressions_are_understood() {
    for (expression, expected) in [
        ("MIT OR Apache-2.0", true),
        ("MIT/Apache-2.0", true),
        ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
        ("GPL-3.0", false),
        ("MIT AND GPL-3.0", false),
        ("none", false),
    ] {
        assert_eq!(is_allowed(expression), expected, "{expression}");
    }
}
