//! Cuts a command line into simple commands.

use super::lex::{ShellWord, Token};
use super::why::Why;

/// Words after which a command begins.
pub(super) const BEFORE_A_COMMAND: [&str; 12] =
    ["if", "then", "elif", "else", "fi", "while", "until", "do", "done", "!", "{", "}"];

/// A command without pipes and lists.
///
/// It consists of words, and of the files that redirections name.
#[derive(Debug, Default)]
pub(super) struct Simple {
    pub(super) words: Vec<ShellWord>,
    pub(super) files: Vec<ShellWord>,
    /// Whether it reads what another command prints.
    pub(super) reads: bool,
}

/// Cuts tokens into simple commands.
pub(super) fn split(tokens: Vec<Token>) -> Result<Vec<Simple>, Why> {
    let mut simples = Vec::new();
    let mut simple = Simple::default();
    for token in tokens {
        let reads = match token {
            Token::Word(word) => {
                simple.words.push(word);
                continue;
            }
            Token::Redirect(word) => {
                simple.files.push(word);
                continue;
            }
            Token::Pipe => true,
            Token::End | Token::Close => false,
            Token::Open => {
                let may_open = |word: &ShellWord| {
                    word.literal().is_some_and(|word| word == "time" || BEFORE_A_COMMAND.contains(&word))
                };
                if !simple.words.iter().all(may_open) || !simple.files.is_empty() {
                    return Err(Why::Grammar);
                }
                simple.reads
            }
        };
        simples.push(std::mem::replace(&mut simple, Simple { reads, ..Simple::default() }));
    }
    simples.push(simple);
    Ok(simples)
}
