//! Splits a command into words and operators.
//!
//! It reads only what sh, dash, bash, zsh and fish read in the same way. A command that they might read in different
//! ways, or read a second time, is rejected as a whole: see [`Why`].

use super::why::Why;
use crate::tree::pattern::{Part, Template};

/// The quotes around a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// No quotes.
    None,
    /// Single quotes.
    Single,
    /// Double quotes.
    Double,
}

/// A part of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WordPiece {
    /// Text that stands for itself, its quotes removed.
    Text(String),
    /// The placeholder of that number, counted from 0.
    Slot(usize, Quotes),
    /// A variable, or the output of a command, without a placeholder.
    Expansion,
}

/// A word of a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ShellWord(pub(super) Vec<WordPiece>);

impl ShellWord {
    /// Returns the text, if the word is nothing else.
    pub(super) fn literal(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [WordPiece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Returns the text before the first placeholder or expansion.
    pub(super) fn beginning(&self) -> &str {
        match self.0.first() {
            Some(WordPiece::Text(text)) => text,
            _ => "",
        }
    }

    /// Returns the numbers of the placeholders.
    pub(super) fn slots(&self) -> impl Iterator<Item = usize> {
        self.0.iter().filter_map(|piece| match piece {
            WordPiece::Slot(slot, _) => Some(*slot),
            _ => None,
        })
    }

    /// Returns the placeholders, each with its position among the pieces.
    pub(super) fn places(&self) -> impl Iterator<Item = (usize, usize, Quotes)> {
        self.0.iter().enumerate().filter_map(|(at, piece)| match piece {
            WordPiece::Slot(slot, quotes) => Some((at, *slot, *quotes)),
            _ => None,
        })
    }

    /// Returns the texts between placeholders.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            WordPiece::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    fn push_char(&mut self, character: char) {
        match self.0.last_mut() {
            Some(WordPiece::Text(text)) => text.push(character),
            _ => self.0.push(WordPiece::Text(character.to_string())),
        }
    }
}

/// A word, or what stands between words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(ShellWord),
    /// A redirection from or to the file that the word names.
    Redirect(ShellWord),
    /// `|`: the next command reads what this one prints.
    Pipe,
    /// `;`, `&`, `&&`, `||` or the end of a line.
    End,
    Open,
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CommandItem {
    Char(char),
    Slot(usize),
}

/// Returns the tokens of a command, or why it is not followed.
pub(super) fn tokens(command: &Template) -> Result<Vec<Token>, Why> {
    let mut items = Vec::new();
    let mut slots = 0..;
    for part in command.parts.iter() {
        match part {
            Part::Literal(literal) => items.extend(literal.chars().map(CommandItem::Char)),
            Part::Slot { .. } => items.extend(slots.next().map(CommandItem::Slot)),
        }
    }
    let mut lexer = Lexer { items: &items, at: 0, tokens: Vec::new(), word: None, is_target: false };
    lexer.run(false)?;
    Ok(lexer.tokens)
}

struct Lexer<'i> {
    items: &'i [CommandItem],
    at: usize,
    tokens: Vec<Token>,
    /// The word that has begun.
    word: Option<ShellWord>,
    /// The next word is the target of a redirection.
    is_target: bool,
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<CommandItem> {
        self.items.get(self.at + ahead).copied()
    }

    fn sees(&self, ahead: usize, character: char) -> bool {
        self.peek(ahead) == Some(CommandItem::Char(character))
    }

    fn take(&mut self, character: char) -> bool {
        let sees = self.sees(0, character);
        self.at += usize::from(sees);
        sees
    }

    fn word(&mut self) -> &mut ShellWord {
        self.word.get_or_insert_default()
    }

    fn end_word(&mut self) {
        if let Some(word) = self.word.take() {
            let is_target = std::mem::take(&mut self.is_target);
            self.tokens.push(if is_target { Token::Redirect(word) } else { Token::Word(word) });
        }
    }

    fn operator(&mut self, token: Token) {
        self.end_word();
        self.tokens.push(token);
    }

    /// Reads to the end, or to the end of a nested command.
    fn run(&mut self, is_nested: bool) -> Result<(), Why> {
        let mut depth = 0_usize;
        while let Some(item) = self.peek(0) {
            self.at += 1;
            let character = match item {
                CommandItem::Slot(slot) => {
                    self.slot(slot, Quotes::None)?;
                    continue;
                }
                CommandItem::Char(character) => character,
            };
            match character {
                ' ' | '\t' => self.end_word(),
                '\n' => self.operator(Token::End),
                '\'' => self.single()?,
                '"' => self.double()?,
                '\\' => match self.peek(0) {
                    Some(CommandItem::Char('\n')) => self.at += 1,
                    Some(CommandItem::Char(escaped)) => {
                        self.at += 1;
                        self.word().push_char(escaped);
                    }
                    _ => return Err(Why::Backslash),
                },
                '`' => return Err(Why::Substitution),
                '$' => self.dollar(false)?,
                '#' if self.word.is_none() => return Err(Why::Comment),
                '{' | '}' => {
                    let is_alone = !matches!(self.peek(0), Some(CommandItem::Char(next)) if !" \t\n;".contains(next));
                    if self.word.is_some() || !is_alone || matches!(self.peek(0), Some(CommandItem::Slot(_))) {
                        return Err(Why::Braces);
                    }
                    self.word().push_char(character);
                }
                '(' if self.word.is_some() || self.sees(0, '(') => return Err(Why::Grammar),
                '(' => {
                    depth += 1;
                    self.operator(Token::Open);
                }
                ')' if is_nested && depth == 0 => {
                    self.end_word();
                    return Ok(());
                }
                ')' => {
                    depth = depth.checked_sub(1).ok_or(Why::Grammar)?;
                    self.operator(Token::Close);
                }
                '|' if self.take('|') => self.operator(Token::End),
                '|' => {
                    self.take('&');
                    self.operator(Token::Pipe);
                }
                '&' if self.sees(0, '>') => {}
                '&' => {
                    self.take('&');
                    self.operator(Token::End);
                }
                ';' if self.sees(0, ';') || self.sees(0, '&') => return Err(Why::Grammar),
                ';' => self.operator(Token::End),
                '<' | '>' => self.redirect(character)?,
                _ => self.word().push_char(character),
            }
        }
        self.end_word();
        if is_nested || depth > 0 { Err(Why::Grammar) } else { Ok(()) }
    }

    /// Reads a redirection behind its `<` or `>`.
    fn redirect(&mut self, direction: char) -> Result<(), Why> {
        if direction == '<' && self.sees(0, '<') {
            return Err(Why::HereDocument);
        }
        if self.sees(0, '(') || self.is_target {
            return Err(Why::Substitution);
        }
        // A number directly before a redirection is the number of an open file, not a word.
        let is_number = |word: &ShellWord| {
            word.literal().is_some_and(|text| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit()))
        };
        if self.word.as_ref().is_some_and(is_number) {
            self.word = None;
        }
        self.end_word();
        let _ = self.take('>') || self.take('|');
        self.take('&');
        self.is_target = true;
        Ok(())
    }

    /// Adds a placeholder, unless the text before it would consume its value.
    fn slot(&mut self, slot: usize, quotes: Quotes) -> Result<(), Why> {
        let before = self.at.checked_sub(2).and_then(|before| self.items.get(before)).copied();
        let why = match before {
            Some(CommandItem::Char('\\')) => Some(Why::Backslash),
            Some(CommandItem::Char('$')) if quotes != Quotes::Single => Some(Why::Variable),
            Some(CommandItem::Char('!')) if quotes != Quotes::Single => Some(Why::Mark('!')),
            Some(CommandItem::Char(mark @ ('~' | '=' | '%' | '^'))) if quotes == Quotes::None => {
                let is_first = self.word.as_ref().and_then(ShellWord::literal) == Some(mark.to_string().as_str());
                is_first.then_some(Why::Mark(mark))
            }
            _ => None,
        };
        match why {
            Some(why) => Err(why),
            None => {
                self.word().0.push(WordPiece::Slot(slot, quotes));
                Ok(())
            }
        }
    }

    fn single(&mut self) -> Result<(), Why> {
        self.word();
        while let Some(item) = self.peek(0) {
            self.at += 1;
            match item {
                CommandItem::Char('\'') => return Ok(()),
                // POSIX shells end the quotes at the next quote, fish does not.
                CommandItem::Char('\\') if self.sees(0, '\'') || self.sees(0, '\\') => return Err(Why::Backslash),
                CommandItem::Char(character) => self.word().push_char(character),
                CommandItem::Slot(slot) => self.slot(slot, Quotes::Single)?,
            }
        }
        Err(Why::Grammar)
    }

    fn double(&mut self) -> Result<(), Why> {
        self.word();
        while let Some(item) = self.peek(0) {
            self.at += 1;
            match item {
                CommandItem::Char('"') => return Ok(()),
                CommandItem::Char('`') => return Err(Why::Substitution),
                CommandItem::Char('$') => self.dollar(true)?,
                CommandItem::Char('\\') => match self.peek(0) {
                    Some(CommandItem::Char(escaped)) => {
                        self.at += 1;
                        if !matches!(escaped, '"' | '\\' | '$' | '`') {
                            self.word().push_char('\\');
                        }
                        self.word().push_char(escaped);
                    }
                    _ => return Err(Why::Backslash),
                },
                CommandItem::Char(character) => self.word().push_char(character),
                CommandItem::Slot(slot) => self.slot(slot, Quotes::Double)?,
            }
        }
        Err(Why::Grammar)
    }

    /// Reads a variable, a nested command, or a plain `$`.
    fn dollar(&mut self, is_quoted: bool) -> Result<(), Why> {
        let Some(CommandItem::Char(next)) = self.peek(0) else { return Err(Why::Variable) };
        match next {
            '(' if self.sees(1, '(') => return Err(Why::Arithmetic),
            '(' => {
                let mut inner =
                    Lexer { items: self.items, at: self.at + 1, tokens: Vec::new(), word: None, is_target: false };
                inner.run(true)?;
                let words = inner.tokens.iter().filter_map(|token| match token {
                    Token::Word(word) | Token::Redirect(word) => Some(word),
                    _ => None,
                });
                if words.flat_map(ShellWord::slots).next().is_some() {
                    return Err(Why::Substitution);
                }
                self.at = inner.at;
            }
            '"' | ' ' if is_quoted => {
                self.word().push_char('$');
                return Ok(());
            }
            _ if next.is_ascii_alphabetic() || next == '_' => {
                while let Some(CommandItem::Char(c)) = self.peek(0)
                    && (c.is_ascii_alphanumeric() || c == '_')
                {
                    self.at += 1;
                }
            }
            _ if next.is_ascii_digit() || "?#@*!$-".contains(next) => self.at += 1,
            '{' => return Err(Why::Variable),
            _ => return Err(Why::Grammar),
        }
        // The text behind it would belong to the name, or choose a part of the value.
        match self.peek(0) {
            Some(CommandItem::Slot(_)) => Err(Why::Variable),
            Some(CommandItem::Char('[' | ':' | '(')) => Err(Why::Variable),
            _ => {
                self.word().0.push(WordPiece::Expansion);
                Ok(())
            }
        }
    }
}
