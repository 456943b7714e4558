//! Reasons why no value is filled into a command, with advice.

/// The reason why no value may be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A backslash before it, or one that shells read in different ways.
    Backslash,
    /// A command in a command: `$(…)`, backticks, `<(…)`.
    Substitution,
    /// `$((…))`.
    Arithmetic,
    /// `${…}`, or a variable that it would become a part of.
    Variable,
    /// A mark before the placeholder, like `!`, that acts on the value.
    Mark(char),
    /// A `#` that starts a comment.
    Comment,
    /// `<<`.
    HereDocument,
    /// Braces outside of quotes.
    Braces,
    /// Grammar that is not followed, or quotes that are not closed.
    Grammar,
    /// This program reads an argument, or its input, as code.
    Again(String),
    /// The placeholder is in the name of a program.
    Program,
    /// The placeholder is the value of a variable.
    Assignment,
    /// The placeholder is in the name of an input or output file.
    File,
    /// The placeholder is in the list of a loop.
    Loop,
    /// The placeholder is a part of an option.
    Option,
    /// The argument of this option is code or an output file.
    Denied(String),
    /// The arguments of this program are code or output files.
    Code(String),
    /// The value would be printed into a program that is not known.
    Receiver,
    /// The format does more than print texts.
    Format,
    /// The value would say where a credential is sent.
    Credential,
}

impl Why {
    /// Returns the fault and the way to correct it.
    ///
    /// Returns `None` if the command is right, and the placeholder only stays unfilled.
    pub fn advice(&self) -> Option<(String, &'static str)> {
        let (what, help) = match self {
            Self::Backslash => ("shells read a backslash here in different ways", "write the command without it"),
            Self::Substitution => ("it has a command inside a command", "split it into two commands"),
            Self::Arithmetic => ("`$((…))` reads a value as code", "calculate in another command"),
            Self::Variable => {
                ("a value would become a part of a variable", "write the placeholder without the variable")
            }
            Self::Mark(mark) => {
                let what = format!("`{mark}` before the placeholder acts on a value");
                return Some((what, "put another word or quotes between them"));
            }
            Self::Comment => ("some shells read a comment as a part of the command", "move the comment into \"shows\""),
            Self::HereDocument => ("a here-document reads a value as code", "give the text as an argument in quotes"),
            Self::Braces => ("shells read braces outside of quotes", "put the word in single quotes"),
            Self::Grammar => ("it has grammar that not every shell reads alike", "write it as simple commands"),
            Self::Again(program) => {
                let what = format!("`{program}` reads an argument or its input as code");
                return Some((what, "show the command that is to be run, and say in \"do\" where"));
            }
            Self::Program => ("a value would choose the program that is run", "write the name of the program"),
            Self::Assignment => ("a value would become a variable", "write the placeholder where the value is used"),
            Self::File => ("a value would name the file of a redirection", "write a fixed name"),
            Self::Loop => ("a loop reads a value as several words", "write the placeholder where the value is used"),
            Self::Option => ("a value would become a part of an option", "separate the option from its argument"),
            Self::Denied(option) => {
                let what = format!("the argument of `{option}` can write a file or is read as code");
                return Some((what, "write a fixed argument"));
            }
            Self::Code(program) => {
                let what = format!("the arguments of `{program}` are code or files that it writes");
                return Some((what, "search for the value with grep, or write a fixed argument"));
            }
            Self::Receiver => ("a program that is not known reads what is printed", "give the value as an argument"),
            Self::Format => ("`printf` does more with a value than print it", "use a fixed format with only %s in it"),
            Self::Credential => return None,
        };
        Some((what.to_owned(), help))
    }
}
