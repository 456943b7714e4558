//! Finds the parts of a URL, and the values that fit there.

use super::lex::{ShellWord, WordPiece};

/// The form that a value must have in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Any text.
    Free,
    /// A host name or an IPv4 address.
    Name,
    /// The host of a URL, perhaps with a port.
    Host,
    /// The port of a URL.
    Port,
    /// The text behind host and port.
    ///
    /// It must begin with `/`; otherwise it would change them.
    AfterHost {
        /// Brackets and braces in it would be read as many URLs.
        is_globbing: bool,
    },
    /// The rest of a URL.
    Rest {
        /// Brackets and braces in it would be read as many URLs.
        is_globbing: bool,
    },
    /// Anything without a backslash.
    NoBackslash,
}

impl Shape {
    /// Returns whether a value fits.
    pub(super) fn fits(self, value: &str) -> bool {
        let globs = value.contains(['[', ']', '{', '}']);
        match self {
            Self::Free => true,
            Self::Name => is_name(value),
            Self::Host => is_host(value),
            Self::Port => is_port(value),
            Self::AfterHost { is_globbing } => value.starts_with('/') && !(is_globbing && globs),
            Self::Rest { is_globbing } => !(is_globbing && globs),
            Self::NoBackslash => !value.contains('\\'),
        }
    }

    /// Returns the shape in a URL in which `curl` reads brackets.
    pub(super) fn globbing(self) -> Self {
        match self {
            Self::AfterHost { .. } => Self::AfterHost { is_globbing: true },
            Self::Rest { .. } => Self::Rest { is_globbing: true },
            other => other,
        }
    }
}

fn is_name(value: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    value.chars().all(is_part) && value.starts_with(|c: char| c.is_ascii_alphanumeric()) && !value.contains("..")
}

fn is_port(value: &str) -> bool {
    (1..=5).contains(&value.len()) && value.chars().all(|c| c.is_ascii_digit())
}

fn is_host(value: &str) -> bool {
    if let Some((address, port)) = value.strip_prefix('[').and_then(|value| value.split_once(']')) {
        let is_address =
            address.contains(':') && address.chars().all(|c| c.is_ascii_hexdigit() || c == ':' || c == '.');
        return is_address && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    match value.split_once(':') {
        Some((host, port)) => is_name(host) && is_port(port),
        None => is_name(value),
    }
}

/// Returns the start of the host, in bytes of the word's beginning.
///
/// Returns `None` if the word is not a URL.
pub(super) fn authority(word: &ShellWord) -> Option<usize> {
    word.beginning().find("://").map(|at| at + 3)
}

/// Returns the placeholders of a URL, each with what must stand there. `None`: a user name or password.
///
/// A word without `://` is read as one that begins with its host, as `curl` does.
pub(super) fn shapes(word: &ShellWord) -> Vec<(usize, Option<Shape>)> {
    #[derive(PartialEq)]
    enum Before {
        /// The host begins, or goes on behind a dot or hyphen.
        Joint,
        Colon,
        /// Something that a value could make longer.
        Other,
        /// Host and port are over.
        Rest,
    }
    let mut skip = authority(word).unwrap_or(0);
    let mut before = Before::Joint;
    let mut found: Vec<(usize, Option<Shape>)> = Vec::new();
    for piece in &word.0 {
        match piece {
            WordPiece::Text(text) => {
                for character in text.get(skip..).unwrap_or_default().chars() {
                    before = match character {
                        _ if before == Before::Rest => Before::Rest,
                        '/' | '?' | '#' | '\\' => Before::Rest,
                        '@' => {
                            found.iter_mut().for_each(|(_, shape)| *shape = None);
                            Before::Joint
                        }
                        ':' => Before::Colon,
                        '.' | '-' => Before::Joint,
                        _ => Before::Other,
                    };
                }
            }
            WordPiece::Slot(slot, _) => {
                let shape = match before {
                    Before::Joint => Shape::Host,
                    Before::Colon => Shape::Port,
                    Before::Other => Shape::AfterHost { is_globbing: false },
                    Before::Rest => Shape::Rest { is_globbing: false },
                };
                found.push((*slot, Some(shape)));
                if before != Before::Rest {
                    before = Before::Other;
                }
            }
            WordPiece::Expansion if before != Before::Rest => before = Before::Other,
            WordPiece::Expansion => {}
        }
        skip = 0;
    }
    found
}

/// Options that carry a credential, of `curl` and of `openssl`.
const CREDENTIALS: [&str; 22] = [
    "-u",
    "--user",
    "-U",
    "--proxy-user",
    "-E",
    "--cert",
    "--key",
    "--pass",
    "-b",
    "--cookie",
    "-n",
    "--netrc",
    "--netrc-file",
    "--netrc-optional",
    "--oauth2-bearer",
    "--negotiate",
    "--ntlm",
    "--digest",
    "--aws-sigv4",
    "--delegation",
    "-cert",
    "-key",
];

/// Words that name a credential in headers, data and names of placeholders.
const SECRETS: [&str; 11] =
    ["auth", "cookie", "token", "bearer", "password", "passwd", "secret", "credential", "api-key", "apikey", "api_key"];

/// Returns whether arguments carry a credential.
///
/// A value from evidence must not choose where the credential is sent. `has_clusters` is whether the program reads
/// `-su` as `-s -u`.
pub(super) fn has_credential(arguments: &[ShellWord], names: &[&str], has_clusters: bool) -> bool {
    let tells = |text: &str| {
        let text = text.to_ascii_lowercase();
        SECRETS.iter().any(|secret| text.contains(secret))
    };
    arguments.iter().any(|word| {
        let is_url = authority(word).is_some();
        let text = word.beginning();
        let is_named = word.slots().any(|slot| names.get(slot).is_some_and(|name| tells(name)));
        let is_cluster = has_clusters && text.starts_with('-') && !text.starts_with("--") && text.len() > 2;
        let ends = |option: &&str| option.len() == 2 && option.strip_prefix('-').is_some_and(|end| text.ends_with(end));
        let has_user = is_url && word.texts().any(|text| text.contains('@'));
        CREDENTIALS.contains(&text)
            || (is_cluster && CREDENTIALS.iter().any(ends))
            || is_named
            || has_user
            || (!is_url && word.texts().any(tells))
    })
}
