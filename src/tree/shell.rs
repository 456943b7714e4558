//! Decides which values may fill the placeholders of a command.
//!
//! A value must not act on the system of the person who runs the command. The list of safe places is short: a value is
//! filled only where every part of the command is known to leave it alone, that is in words, quotes, pipes and simple
//! redirections of programs that read their arguments as data. All else stays unfilled. Filling a command and `trees
//! check` use the same functions. Quoting is done elsewhere.

mod curl;
mod lex;
mod programs;
mod simple;
mod url;
mod why;

pub use lex::Quotes;
use lex::ShellWord;
use programs::ProgramUse;
use simple::{BEFORE_A_COMMAND, Simple, split};
use url::Shape;
pub use why::Why;

use super::pattern::Template;

/// A placeholder in a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotPlace {
    /// The quotes around it.
    pub quotes: Quotes,
    /// Whether nothing of its word stands before it.
    is_first: bool,
    takes: Takes,
    shape: Shape,
}

/// The values that a placeholder takes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Takes {
    /// Any that has its shape.
    Any,
    /// Plain values: letters, digits, and a few marks.
    ///
    /// They mean the same in every small language.
    Plain,
    /// None.
    Nothing(Why),
}

/// The result of reading a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandReading {
    /// The placeholders, in order.
    pub places: Vec<SlotPlace>,
    /// Whether `curl` would read `[1-9]` in a value as many URLs.
    pub is_globbing: bool,
}

impl SlotPlace {
    /// Returns whether a cleaned value may be filled in.
    pub fn takes(&self, value: &str) -> bool {
        let is_for_the_program = |value: &str| value.starts_with(['+', '@']) || is_read_from_a_file(value);
        if value.is_empty() || value.starts_with('-') || (self.is_first && is_for_the_program(value)) {
            return false;
        }
        let is_taken = match self.takes {
            Takes::Any => true,
            Takes::Plain => is_plain(value),
            Takes::Nothing(_) => false,
        };
        is_taken && self.shape.fits(value)
    }

    /// Returns the reason why no value may be filled in.
    pub fn why(&self) -> Option<&Why> {
        match &self.takes {
            Takes::Nothing(why) => Some(why),
            Takes::Any | Takes::Plain => None,
        }
    }
}

/// Returns whether some programs would read a file instead of the value.
fn is_read_from_a_file(value: &str) -> bool {
    value.split_once(':').is_some_and(|(scheme, _)| ["file", "fileb"].contains(&scheme.to_ascii_lowercase().as_str()))
}

/// Returns whether a value means the same to every program.
///
/// It then also means the same in every small language of arguments.
fn is_plain(value: &str) -> bool {
    let is_mark = |c: char| matches!(c, '.' | '_' | '-' | '/' | ':' | '+');
    value.chars().all(|c| c.is_ascii_alphanumeric() || is_mark(c)) && !value.split('/').any(|part| part == "..")
}

/// Reads a command.
pub fn read(command: &Template) -> CommandReading {
    let names: Vec<&str> = command.slots().collect();
    let place = SlotPlace { quotes: Quotes::None, is_first: false, takes: Takes::Any, shape: Shape::Free };
    let reading = CommandReading { places: vec![place.clone(); names.len()], is_globbing: false };
    let mut judge = Judge { names, reading, is_known: true, is_fed: false };
    match judge.command(command) {
        Ok(()) => judge.reading,
        Err(why) => {
            let closed = SlotPlace { takes: Takes::Nothing(why), ..place };
            CommandReading { places: vec![closed; judge.names.len()], is_globbing: false }
        }
    }
}

/// Words that begin what is not followed here.
const OTHER_GRAMMAR: [&str; 9] = ["case", "select", "function", "coproc", "repeat", "foreach", "switch", "[[", "]]"];

/// Marks of the small languages in arguments: queries, JSON, regular expressions, filters.
const MARKS: &str = "\"'`$;|&(){}[]<>\\\n";

struct Judge<'t> {
    names: Vec<&'t str>,
    reading: CommandReading,
    /// Whether every program is known.
    is_known: bool,
    /// A program that is not known reads what another one prints.
    is_fed: bool,
}

impl Judge<'_> {
    fn command(&mut self, command: &Template) -> Result<(), Why> {
        let simples = split(lex::tokens(command)?)?;
        for word in simples.iter().flat_map(|simple| simple.words.iter().chain(&simple.files)) {
            self.look_at(word);
        }
        let mut printing = Vec::new();
        for simple in &simples {
            self.simple(simple, &mut printing)?;
        }
        if !self.is_known {
            (0..self.names.len()).for_each(|slot| self.limit(slot));
        }
        if self.is_fed {
            printing.into_iter().for_each(|slot| self.close(slot, &Why::Receiver));
        }
        Ok(())
    }

    /// Notes the quotes of placeholders, and words in a small language.
    fn look_at(&mut self, word: &ShellWord) {
        let has_marks = word.texts().any(|text| text.contains(|c: char| MARKS.contains(c)));
        for (at, slot, quotes) in word.places() {
            if let Some(place) = self.reading.places.get_mut(slot) {
                place.quotes = quotes;
                place.is_first = at == 0;
            }
            if has_marks && url::authority(word).is_none() {
                self.limit(slot);
            }
        }
    }

    fn simple(&mut self, simple: &Simple, printing: &mut Vec<usize>) -> Result<(), Why> {
        for file in &simple.files {
            let is_connection = ["/dev/tcp/", "/dev/udp/"].iter().any(|start| file.beginning().starts_with(start));
            for slot in file.slots() {
                if is_connection { self.shape(slot, Shape::Name) } else { self.close(slot, &Why::File) }
            }
        }
        let mut words = simple.words.as_slice();
        while let [first, rest @ ..] = words {
            let name = first.literal();
            if name.is_some_and(|name| OTHER_GRAMMAR.contains(&name)) {
                return Err(Why::Grammar);
            }
            if name == Some("for") {
                self.close_all(rest, &Why::Loop);
                return Ok(());
            }
            if name.is_some_and(|name| BEFORE_A_COMMAND.contains(&name)) {
                words = rest;
            } else if is_assignment(first) {
                self.close_all(std::slice::from_ref(first), &Why::Assignment);
                words = rest;
            } else {
                break;
            }
        }
        let [program, arguments @ ..] = words else { return Ok(()) };
        let Some(name) = program.literal() else {
            self.close_all(words, &Why::Program);
            self.is_known = false;
            return Ok(());
        };
        match programs::find(name) {
            None => {
                self.is_known = false;
                self.is_fed |= simple.reads;
                self.arguments(name, arguments, &[]);
            }
            Some(ProgramUse::Again) => return Err(Why::Again(name.to_owned())),
            Some(ProgramUse::Script(options)) => {
                let first = arguments.first().and_then(ShellWord::literal);
                if !first.is_some_and(|first| options.contains(&first)) {
                    return Err(Why::Again(name.to_owned()));
                }
                self.close_all(arguments, &Why::Code(name.to_owned()));
            }
            Some(ProgramUse::Code) => self.close_all(arguments, &Why::Code(name.to_owned())),
            Some(ProgramUse::Data { denied, runs }) => {
                let found = arguments.iter().filter_map(ShellWord::literal).find(|word| runs.contains(word));
                if let Some(word) = found {
                    return Err(Why::Again(format!("{name} {word}")));
                }
                self.data(name, arguments, denied);
                if ["echo", "printf"].contains(&name) {
                    printing.extend(arguments.iter().flat_map(ShellWord::slots));
                }
            }
            Some(ProgramUse::Wrapper { flags, options, words: count }) => {
                let rest = self.wrapper(arguments, flags, options, *count)?;
                let inner = Simple { words: rest.to_vec(), files: Vec::new(), reads: simple.reads };
                return self.simple(&inner, printing);
            }
        }
        Ok(())
    }

    /// Skips the own words of a program that runs a command.
    ///
    /// Returns that command.
    fn wrapper<'w>(
        &mut self,
        arguments: &'w [ShellWord],
        flags: &[&str],
        options: &[&str],
        count: usize,
    ) -> Result<&'w [ShellWord], Why> {
        let mut words = arguments;
        while let [first, rest @ ..] = words
            && first.beginning().starts_with('-')
        {
            let option = first.literal().unwrap_or_default();
            words = match rest {
                _ if flags.contains(&option) => rest,
                [value, rest @ ..] if options.contains(&option) => {
                    self.close_all(std::slice::from_ref(value), &Why::Program);
                    rest
                }
                _ => return Err(Why::Again(option.to_owned())),
            };
        }
        let (own, rest) = words.split_at_checked(count).unwrap_or((words, &[]));
        self.close_all(own, &Why::Program);
        Ok(rest)
    }

    /// Judges the arguments of a program that reads them as data.
    fn data(&mut self, name: &str, arguments: &[ShellWord], denied: &[&str]) {
        match name.rsplit('/').next() {
            Some("curl") => return self.curl(arguments, denied),
            Some("printf") => {
                let format = arguments.first().and_then(ShellWord::literal);
                if !format.is_some_and(prints_texts) {
                    self.close_all(arguments, &Why::Format);
                }
            }
            // Some shells decode `\033` in the printed text.
            Some("echo") => {
                arguments.iter().flat_map(ShellWord::slots).for_each(|slot| self.shape(slot, Shape::NoBackslash));
            }
            _ => {}
        }
        self.arguments(name, arguments, denied);
    }

    /// Judges arguments of which only the denied options are known.
    fn arguments(&mut self, name: &str, arguments: &[ShellWord], denied: &[&str]) {
        // Every option of OpenSSL is one word: `-alpn` has no `-n`.
        let has_clusters = name.rsplit('/').next() != Some("openssl");
        let has_credential = url::has_credential(arguments, &self.names, has_clusters);
        let mut before = "";
        for word in arguments {
            let is_denied = denied.iter().any(|option| is_option(option, before));
            let beginning = word.beginning();
            if is_denied {
                self.close_all(std::slice::from_ref(word), &Why::Denied(before.to_owned()));
            } else if beginning.starts_with('-') {
                let option = beginning.split_once('=').map(|(option, _)| option);
                let why = match option.filter(|option| option.starts_with("--")) {
                    Some(option) if denied.contains(&option) => Some(Why::Denied(option.to_owned())),
                    Some(_) => None,
                    None => Some(Why::Option),
                };
                why.into_iter().for_each(|why| self.close_all(std::slice::from_ref(word), &why));
            } else if before == "-connect" && has_credential {
                self.close_all(std::slice::from_ref(word), &Why::Credential);
            } else if url::authority(word).is_some() {
                self.url(word, has_credential);
            }
            before = word.literal().unwrap_or_default();
        }
    }

    /// Judges a URL.
    fn url(&mut self, word: &ShellWord, has_credential: bool) {
        for (slot, shape) in url::shapes(word) {
            match shape {
                Some(Shape::Host | Shape::Port) if has_credential => self.close(slot, &Why::Credential),
                Some(shape) => self.shape(slot, shape),
                None => self.close(slot, &Why::Credential),
            }
        }
    }

    fn shape(&mut self, slot: usize, shape: Shape) {
        if let Some(place) = self.reading.places.get_mut(slot) {
            place.shape = shape;
        }
    }

    fn limit(&mut self, slot: usize) {
        if let Some(place) = self.reading.places.get_mut(slot)
            && place.takes == Takes::Any
        {
            place.takes = Takes::Plain;
        }
    }

    fn close(&mut self, slot: usize, why: &Why) {
        if let Some(place) = self.reading.places.get_mut(slot)
            && place.why().is_none()
        {
            place.takes = Takes::Nothing(why.clone());
        }
    }

    fn close_all(&mut self, words: &[ShellWord], why: &Why) {
        words.iter().flat_map(ShellWord::slots).for_each(|slot| self.close(slot, why));
    }
}

/// Returns whether a word before a command sets a variable.
fn is_assignment(word: &ShellWord) -> bool {
    let name = word.beginning().split_once('=').map(|(name, _)| name.trim_end_matches('+'));
    name.is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// Returns whether a word is an option, alone or in a cluster.
///
/// An option is in a cluster if it is the last letter: `-o` is in `-uo`.
fn is_option(option: &str, word: &str) -> bool {
    let letter = option.strip_prefix('-').filter(|letter| letter.chars().count() == 1);
    let is_cluster = |word: &str| word.starts_with('-') && !word.starts_with("--");
    word == option || letter.is_some_and(|letter| is_cluster(word) && word.ends_with(letter))
}

/// Returns whether a format of `printf` prints its arguments unchanged.
///
/// Some shells calculate the value of `%d`.
fn prints_texts(format: &str) -> bool {
    let mut characters = format.chars();
    let is_text = |next: Option<char>| matches!(next, Some('s' | '%'));
    while let Some(character) = characters.next() {
        if character == '%' && !is_text(characters.next()) {
            return false;
        }
    }
    !format.starts_with('-')
}
