//! Fills the placeholders of commands with values from evidence.
//!
//! The values are untrusted: each stays a part of the one word that has its placeholder. `tree::shell` decides which
//! values may be filled in at all.

use crate::text;
use crate::tree::pattern::{Part, Template};
use crate::tree::shell::{self, Quotes};

/// A part of a command, as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandPart {
    /// The text of the author.
    Literal(String),
    /// A value in its place, quoted.
    Filled(String),
    /// The name of a placeholder that has no value.
    Empty(String),
}

/// A command with its filled values and its empty placeholders.
///
/// Its `Display` is the text to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandText {
    /// The parts, in order.
    pub parts: Vec<CommandPart>,
}

impl CommandText {
    /// Returns a command in which no placeholder has a value.
    pub fn unfilled(command: &Template) -> Self {
        filled(command, &|_| None)
    }

    /// Returns the names of the placeholders that have no value, each once.
    pub fn empty_placeholders(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for part in &self.parts {
            if let CommandPart::Empty(name) = part
                && !names.contains(&name.as_str())
            {
                names.push(name.as_str());
            }
        }
        names
    }
}

impl std::fmt::Display for CommandText {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            CommandPart::Literal(text) | CommandPart::Filled(text) => formatter.write_str(text),
            CommandPart::Empty(name) => write!(formatter, "{{{name}}}"),
        })
    }
}

/// Returns the text of a command with the values that `value_of` knows.
///
/// A placeholder stays `{name}` if it has no value, or none that is safe in its place.
pub fn fill(command: &Template, value_of: &dyn Fn(&str) -> Option<String>) -> String {
    filled(command, value_of).to_string()
}

/// Returns the parts of a command with the values that `value_of` knows.
///
/// A placeholder stays empty if it has no value, or none that is safe in its place.
pub fn filled(command: &Template, value_of: &dyn Fn(&str) -> Option<String>) -> CommandText {
    let mut places = shell::read(command).places.into_iter();
    let mut parts = Vec::new();
    for part in command.parts.iter() {
        parts.push(match part {
            Part::Literal(literal) => CommandPart::Literal(literal.to_string()),
            Part::Slot { name, .. } => {
                let place = places.next();
                let value = value_of(name).map(|value| text::clean_line(&value));
                let taken = value.zip(place).filter(|(value, place)| place.takes(value));
                match taken {
                    Some((value, place)) => CommandPart::Filled(quoted(&value, place.quotes)),
                    None => CommandPart::Empty(name.to_string()),
                }
            }
        });
    }
    CommandText { parts }
}

/// Quotes a value for its place in a command.
fn quoted(value: &str, quotes: Quotes) -> String {
    match quotes {
        _ if is_safe(value) => value.to_owned(),
        Quotes::None => quote(value, false),
        Quotes::Single => quote(value, true),
        Quotes::Double => format!("\"{}\"", quote(value, false)),
    }
}

/// Quotes a value for a place outside or inside single quotes.
///
/// Single quotes and backslashes are written outside of the quotes, each behind a backslash: there POSIX shells, zsh
/// and fish agree, while fish reads `\'` and `\\` inside of single quotes in its own way. `a\'b` becomes `'a'\\\''b'`.
fn quote(value: &str, is_inside: bool) -> String {
    let mut quoted = String::new();
    let mut is_open = is_inside;
    for character in value.chars() {
        let must_be_open = !matches!(character, '\'' | '\\');
        if is_open != must_be_open {
            quoted.push('\'');
            is_open = must_be_open;
        }
        if !must_be_open {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    if is_open != is_inside {
        quoted.push('\'');
    }
    quoted
}

/// Whether a value is the same word in every shell without quotes.
fn is_safe(value: &str) -> bool {
    let is_safe =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | ':' | '@' | '%' | '+' | ',' | '=');
    // zsh expands a word that begins with `=`, and some shells one that begins with `%`.
    !value.is_empty() && !value.starts_with(['=', '%']) && value.chars().all(is_safe)
}

/// Quotes a value as one word of any common shell.
///
/// It is one word of sh, dash, bash, zsh and fish.
pub fn shell_quote(value: &str) -> String {
    let value = text::clean_line(value);
    if value.is_empty() {
        return "''".to_owned();
    }
    if is_safe(&value) {
        return value;
    }
    quote(&value, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::pattern::Slots;

    #[test]
    fn a_value_from_outside_stays_one_word_of_the_shell() {
        let cases = [
            ("10.0.20.11:8080", "10.0.20.11:8080"),
            ("a=b", "a=b"),
            ("", "''"),
            ("a b", "'a b'"),
            ("~root", "'~root'"),
            ("$(reboot)", "'$(reboot)'"),
            ("it's", r"'it'\''s'"),
            (r"x\';y", r"'x'\\\'';y'"),
            (r"a\", r"'a'\\"),
            ("'", r"\'"),
            ("%1", "'%1'"),
            ("=ls", "'=ls'"),
            ("a%20b=c", "a%20b=c"),
            ("a!b", "'a!b'"),
            ("{a,b}", "'{a,b}'"),
            ("a\nb", "'a b'"),
            ("\u{1b}[2Jx", "x"),
        ];
        for (value, expected) in cases {
            assert_eq!(shell_quote(value), expected);
        }
    }

    fn filled(command: &str, value: &str) -> String {
        let template = Template::parse(command, Slots::Free).unwrap();
        fill(&template, &|name| (name == "x").then(|| value.to_owned()))
    }

    #[test]
    fn a_command_knows_its_values_and_its_empty_placeholders() {
        let template = Template::parse("nc -z {host} {port}; nc -z {host} {other}", Slots::Free).unwrap();
        let text = super::filled(&template, &|name| (name == "port").then(|| "8080".to_owned()));
        assert_eq!(text.to_string(), "nc -z {host} 8080; nc -z {host} {other}");
        assert_eq!(text.empty_placeholders(), ["host", "other"]);
        assert!(text.parts.contains(&CommandPart::Filled("8080".to_owned())));
        assert_eq!(CommandText::unfilled(&template).empty_placeholders(), ["host", "port", "other"]);
    }

    #[test]
    fn a_value_does_not_act_wherever_its_placeholder_stands() {
        for (command, value, expected) in [
            ("curl -g http://{x}/{y}", "10.0.20.11:80", "curl -g http://10.0.20.11:80/{y}"),
            ("curl -g http://h/{x}", "a?b&c", "curl -g http://h/'a?b&c'"),
            ("curl -H 'Host: {x}' h", "app.example.com", "curl -H 'Host: app.example.com' h"),
            ("curl -H 'Host: {x}' h", "$(reboot)", "curl -H 'Host: $(reboot)' h"),
            ("curl -H 'Host: {x}' h", "';reboot;'", r"curl -H 'Host: '\'';reboot;'\''' h"),
            ("grep 'a' {x}", "it's", r"grep 'a' 'it'\''s'"),
            (r#"grep "log {x} end" {x}"#, "$(reboot)", r#"grep "log "'$(reboot)'" end" '$(reboot)'"#),
            (r#"grep "log {x} \" end""#, "a b", r#"grep "log {x} \" end""#),
            (r"echo \'{x}", "a b", r"echo \'{x}"),
            ("grep {x}", r"x\';y", r"grep 'x'\\\'';y'"),
            ("grep 'a: {x}'", r"x\';y", r"grep 'a: x'\\\'';y'"),
            ("grep \"a: {x}.\"", r"x\';y", r#"grep "a: "'x'\\\'';y'".""#),
            ("grep a{x}b", r"x\';y", r"grep a'x'\\\'';y'b"),
            (r"for i in $(seq 3); do echo {x}; done", "a b", "for i in $(seq 3); do echo 'a b'; done"),
            (r#"echo "$(head '{x}')""#, "a b", r#"echo "$(head '{x}')""#),
            ("echo `id {x}`", "safe", "echo `id {x}`"),
            ("ssh host 'ls {x}'", "safe", "ssh host 'ls {x}'"),
            ("ls {x}", "-rf", "ls {x}"),
            ("ls {x}", "a\n\u{1b}[2Jb", "ls 'a b'"),
            ("ls {x}", "", "ls {x}"),
        ] {
            assert_eq!(filled(command, value), expected, "{command} {value}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_shell_reads_what_was_meant() {
        let hostile = "a'b\"c$(echo no)`echo no`\\ !*?;&|<>(){} ~ #";
        for command in ["printf %s {x}", "printf %s '{x}'", "printf %s \"{x}\"", "printf %s 1{x}"] {
            let filled = filled(command, hostile);
            let output = std::process::Command::new("sh").args(["-c", &filled]).output().unwrap();
            let printed = String::from_utf8(output.stdout).unwrap();
            assert_eq!(printed.trim_start_matches('1'), hostile, "{filled}");
        }
    }
}
