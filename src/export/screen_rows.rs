//! Finds texts of a tree that fill more than a screen.

use super::brief::{WIDTH, brief};
use super::plain;
use crate::text;
use crate::tree::model::Question;
use crate::tree::{Code, Problem, Tree};

/// Columns of the narrowest usual terminal.
const COLUMNS: usize = 80;

/// Most rows of the short form of a card, at `COLUMNS` columns.
///
/// Two and a half screens of 24 rows: what can be read before one acts. A long command takes several rows.
const ROWS: usize = 60;

/// Most rows of a question with reason and options, at `COLUMNS` columns.
///
/// A screen of 24 rows has 20 between its header and its footer. Two are "don't know" and "none of these".
const QUESTION_ROWS: usize = 18;

/// Columns before the label of an option: its number.
const NUMBER: usize = 5;

/// Returns a problem for each card with a long short form.
///
/// It is long if it takes more than 60 rows at 80 columns.
pub fn long_cards(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, card) in tree.cards() {
        let short = plain::card(&brief(&[], tree, id, &|_, _| None), WIDTH);
        let rows: usize = short.lines().map(|line| text::width(line).div_ceil(COLUMNS).max(1)).sum();
        if rows > ROWS {
            let message =
                format!("the short form of the card takes {rows} rows at {COLUMNS} columns, more than {ROWS}");
            let help = "shorten `about`, the first sentences of causes and remedies, or the first remedy's commands";
            problems.push(Problem::of_file(Code::LongCard, &card.path, message, help));
        }
    }
    problems
}

/// Returns a problem for each question too long for one screen.
pub fn long_questions(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (_, question) in tree.questions() {
        let rows = rows(question);
        if rows > QUESTION_ROWS {
            let message = format!(
                "`{}` and its options take {rows} rows at {COLUMNS} columns, more than {QUESTION_ROWS}",
                question.id
            );
            let help = "shorten `ask`, `why` or the labels, or split the question";
            problems.push(Problem::of_file(Code::LongQuestion, &tree.path, message, help));
        }
    }
    problems
}

/// Counts the rows of a question with its reason and options.
///
/// A blank row stands between.
fn rows(question: &Question) -> usize {
    let rows = |words: &str, indent: usize| text::wrap(words, WIDTH - indent).len();
    let options: usize = question.options.iter().map(|option| rows(&option.label, NUMBER)).sum();
    rows(&question.ask, 1) + rows(&question.why, 1) + 1 + options
}
