//! Judges the arguments of `curl`: URLs, and options that may be filled.

use super::Judge;
use super::lex::ShellWord;
use super::url::{self, Shape};
use super::why::Why;

/// Options of one letter without an argument.
const FLAGS: &str = "sSikvLfgINaGqnlZ#012346jp";

/// Options of one letter that write a file named like the URL.
const WRITES: [char; 2] = ['O', 'J'];

/// Long options without an argument.
const LONG_FLAGS: [&str; 38] = [
    "--silent",
    "--show-error",
    "--include",
    "--insecure",
    "--verbose",
    "--location",
    "--fail",
    "--fail-with-body",
    "--globoff",
    "--head",
    "--get",
    "--http0.9",
    "--http1.0",
    "--http1.1",
    "--http2",
    "--http2-prior-knowledge",
    "--http3",
    "--http3-only",
    "--compressed",
    "--no-buffer",
    "--no-keepalive",
    "--no-progress-meter",
    "--no-sessionid",
    "--no-alpn",
    "--ipv4",
    "--ipv6",
    "--tlsv1",
    "--tlsv1.0",
    "--tlsv1.1",
    "--tlsv1.2",
    "--tlsv1.3",
    "--path-as-is",
    "--raw",
    "--styled-output",
    "--netrc",
    "--negotiate",
    "--ntlm",
    "--digest",
];

/// Options whose argument may be filled.
const FILLED: [&str; 23] = [
    "-H",
    "--header",
    "-A",
    "--user-agent",
    "-e",
    "--referer",
    "-m",
    "--max-time",
    "--connect-timeout",
    "--retry",
    "--retry-delay",
    "-X",
    "--request",
    "-r",
    "--range",
    "-E",
    "--cert",
    "--key",
    "--cacert",
    "-d",
    "--data",
    "--data-raw",
    "--json",
];

/// Options that say which address a host has.
const ADDRESSES: [&str; 2] = ["--resolve", "--connect-to"];

impl Judge<'_> {
    /// Judges the arguments of `curl`.
    pub(super) fn curl(&mut self, arguments: &[ShellWord], denied: &[&str]) {
        let has_credential = url::has_credential(arguments, &self.names, true);
        let mut option: Option<String> = None;
        let mut urls = Vec::new();
        let (mut is_globbing, mut writes) = (true, false);
        for word in arguments {
            let beginning = word.beginning();
            if let Some(option) = option.take() {
                match option.as_str() {
                    "--url" => urls.push(word),
                    option => self.argument_of(option, word, has_credential, denied),
                }
            } else if !beginning.starts_with('-') || beginning == "-" {
                urls.push(word);
            } else if word.slots().next().is_some() {
                self.close_all(std::slice::from_ref(word), &Why::Option);
            } else if beginning.starts_with("--") {
                is_globbing &= beginning != "--globoff";
                writes |= beginning.starts_with("--remote-");
                option = (!LONG_FLAGS.contains(&beginning) && !beginning.starts_with("--remote-"))
                    .then(|| beginning.to_owned());
            } else {
                let letters = beginning.get(1..).unwrap_or_default();
                let has_argument = |(_, c): &(usize, char)| !FLAGS.contains(*c) && !WRITES.contains(c);
                let with = letters.char_indices().find(has_argument);
                let flags = with.and_then(|(at, _)| letters.get(..at)).unwrap_or(letters);
                is_globbing &= !flags.contains('g');
                writes |= flags.contains(WRITES);
                // The rest of the word is the argument.
                option = with
                    .filter(|(at, letter)| at + letter.len_utf8() == letters.len())
                    .map(|(_, letter)| format!("-{letter}"));
            }
        }
        for word in urls {
            self.url(word, has_credential);
            for (slot, shape) in url::shapes(word) {
                if writes {
                    self.close(slot, &Why::Denied("-O".to_owned()));
                } else if is_globbing && let Some(shape) = shape {
                    self.shape(slot, shape.globbing());
                    self.reading.is_globbing = true;
                }
            }
        }
    }

    fn argument_of(&mut self, option: &str, word: &ShellWord, has_credential: bool, denied: &[&str]) {
        let words = std::slice::from_ref(word);
        let is_host = word.beginning().to_ascii_lowercase().starts_with("host:");
        let says_where = ADDRESSES.contains(&option) || is_host;
        if has_credential && says_where {
            self.close_all(words, &Why::Credential);
        } else if ADDRESSES.contains(&option) {
            word.slots().for_each(|slot| self.shape(slot, Shape::Name));
        } else if denied.contains(&option) || !FILLED.contains(&option) {
            self.close_all(words, &Why::Denied(option.to_owned()));
        }
    }
}
