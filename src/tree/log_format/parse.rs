//! Parses the text of a log format's line.

use super::layout::TimeLayout;
use super::model::{FormatKind, FormatPart};
use crate::text;
use crate::tree::bad_template::BadTemplate;
use crate::tree::braces::{self, BracePart};
use crate::tree::quantity::Unit;

/// The names of the kinds, for messages.
const KINDS: [&str; 9] = ["address", "port", "number", "word", "quoted", "list", "text", "rest", "time"];

/// Parses literals and fields: `[{level:word}] {pid:number}`.
///
/// `{{` and `}}` are literal braces.
pub fn parse(text: &str) -> Result<Vec<FormatPart>, BadTemplate> {
    let split = braces::split(text).ok_or_else(|| BadTemplate {
        message: "a brace stands alone".into(),
        help: "write {{ or }} for a literal brace, and close every field".into(),
    })?;
    let parts = split.into_iter().map(|part| match part {
        BracePart::Literal(text) => Ok(FormatPart::Literal(with_folded_space(&text).into())),
        BracePart::Inside(inside) => field(inside),
    });
    parts.collect()
}

/// Folds white space, also where the text begins or ends.
fn with_folded_space(literal: &str) -> String {
    let mut folded = text::fold_space(literal);
    if literal.starts_with(char::is_whitespace) && !folded.starts_with(' ') {
        folded.insert(0, ' ');
    }
    if literal.ends_with(char::is_whitespace) && !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// Parses a field without its braces: `status:number`, `time:time %Y/%m/%d %T`.
fn field(inside: &str) -> Result<FormatPart, BadTemplate> {
    let Some((name, written)) = inside.split_once(':') else {
        return Err(BadTemplate {
            message: format!("`{{{inside}}}` does not say what kind of text it is"),
            help: format!("write {{{inside}:word}}, or another kind: {}", KINDS.join(", ")),
        });
    };
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-'));
    if !is_name {
        return Err(BadTemplate {
            message: format!("`{name}` is not the name of a field"),
            help: "use letters, digits, `_` and `-`, or write {{ }} for literal braces".into(),
        });
    }
    let (kind, detail) = written.split_once(' ').unwrap_or((written, ""));
    let kind = match (kind, detail) {
        ("address", "") => FormatKind::Address,
        ("port", "") => FormatKind::Port,
        ("number", "") => FormatKind::Number(None),
        ("number", unit) => FormatKind::Number(Some(parse_unit(unit)?)),
        ("word", "") => FormatKind::Word,
        ("quoted", "") => FormatKind::Quoted,
        ("list", "") => FormatKind::List,
        ("text", "") => FormatKind::Text,
        ("rest", "") => FormatKind::Rest,
        ("time", layout) => FormatKind::Time(TimeLayout::parse(layout)?),
        _ if !detail.is_empty() && KINDS.contains(&kind) => {
            return Err(BadTemplate {
                message: format!("`{kind}` takes nothing behind it, here it has `{detail}`"),
                help: "only a number has a unit, and only a time has a layout".into(),
            });
        }
        _ => {
            let help = match text::did_you_mean(kind, KINDS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use one of: {}", KINDS.join(", ")),
            };
            return Err(BadTemplate { message: format!("`{kind}` is not a kind of field"), help });
        }
    };
    Ok(FormatPart::Field { name: name.into(), kind })
}

fn parse_unit(name: &str) -> Result<Unit, BadTemplate> {
    Unit::from_name(name).ok_or_else(|| BadTemplate {
        message: format!("`{name}` is not a unit"),
        help: format!("use one of: {}", Unit::ALL.iter().map(|unit| unit.name()).collect::<Vec<_>>().join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_literals_and_fields() {
        let parts = parse("[{level:word}]  {took:number ms}{{x}} {at:time %H:%M}").unwrap();
        let [FormatPart::Literal(open), FormatPart::Field { name, kind: FormatKind::Word }, ..] = parts.as_slice()
        else {
            panic!("{parts:?}")
        };
        assert_eq!((open.as_str(), name.as_str()), ("[", "level"));
        assert_eq!(parts[2], FormatPart::Literal("] ".into()), "white space is folded");
        let took = FormatPart::Field { name: "took".into(), kind: FormatKind::Number(Some(Unit::Millisecond)) };
        assert_eq!(parts[3], took);
        assert_eq!(parts[4], FormatPart::Literal("{x} ".into()));
        let FormatPart::Field { kind: FormatKind::Time(layout), .. } = &parts[5] else { panic!("{parts:?}") };
        assert_eq!(layout.written, "%H:%M");
    }

    #[test]
    fn a_bad_line_says_what_to_do() {
        let cases = [
            ("{status", "alone"),
            ("{status}", "kind"),
            ("{sta tus:word}", "name"),
            ("{status:nummber}", "not a kind"),
            ("{status:word x}", "nothing behind it"),
            ("{took:number parsec}", "not a unit"),
            ("{at:time %Q}", "%Q"),
            ("{at:time today}", "not the layout of a time"),
        ];
        for (text, words) in cases {
            let bad = parse(text).unwrap_err();
            assert!(bad.message.contains(words), "{text}: {}", bad.message);
            assert!(!bad.help.is_empty());
        }
        assert!(parse("{status:nummber}").unwrap_err().help.contains("did you mean `number`"));
    }
}
