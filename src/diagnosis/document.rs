//! Searches JSON values that span several lines.
//!
//! A value is a document that a tree knows, a list of records, one record, or the beginning of a value that was cut.
//!
//! Records are written compactly, one on each line, without reading their values, and are searched like JSON lines. The
//! same pass shows whether a name occurs without which no tree knows the document. Only then is the document parsed.

mod compact;

use memchr::{memchr, memrchr};
use serde_json::Value;

use self::compact::CompactForm;
use super::candidate_lines::{CandidateLines, Probed, ScanBuffers};
use super::irregular;
use super::patterns::LinePlace;
use super::prefilter::ProbeHit;
use super::scan::{At, Scanner, count_lines, end_of_piece, every_pattern};
use super::tally::Tally;
use crate::recognize::Document;
use crate::segment::{LONGEST_LINE, Piece, PieceKind};
use crate::templates::Templater;
use crate::text;
use crate::walk::EvidenceSource;

/// Elements that make a list the main part of its document.
const MANY: usize = 20;

impl Scanner {
    /// Searches a piece of any kind.
    pub fn piece(&self, piece: Piece<'_>, source: &EvidenceSource, memory: &mut ScanBuffers, tally: &mut Tally) {
        let Piece { kind, bytes, line } = piece;
        let at = At { source, line };
        let mut recent = std::mem::take(&mut memory.recent);
        let before = recent.before(line, source);
        if !matches!(kind, PieceKind::Lines | PieceKind::Block) {
            // A value in JSON ends the block of the lines before it.
            tally.begin_lines(false);
        }
        match kind {
            PieceKind::Lines => self.lines_behind(bytes, at, before, memory, tally),
            PieceKind::Block => self.error_block(bytes, at, before, memory, tally),
            PieceKind::Torn => self.torn(bytes, at, tally),
            PieceKind::Document => self.document(bytes, at, memory, tally),
            PieceKind::Record => self.record(bytes, at, memory, tally),
        }
        recent.take(piece, source);
        memory.recent = recent;
    }

    /// Looks through one JSON value that may stand on several lines.
    ///
    /// It is a record, a list of records, or a document such as a configuration. Records are looked through as lines
    /// are, see [`Scanner::lines`] for the memory; all of them stand on the line on which the value begins.
    pub fn document(&self, value: &[u8], at: At<'_>, memory: &mut ScanBuffers, tally: &mut Tally) {
        let may_be_one = matches!(value.trim_ascii_start().first(), Some(b'{' | b'['));
        if !may_be_one {
            return self.torn(value, at, tally);
        }
        let (mut lines, mut probed) = (std::mem::take(&mut memory.lines), std::mem::take(&mut memory.probed));
        lines.clear();
        let form = compact::write(value, &mut lines);
        self.probe(&lines, &mut probed);
        if self.is_known(value, &lines, &probed, at, tally) {
            // It is no list of records.
        } else if form == CompactForm::Records {
            self.match_records(&lines, &probed, at, memory, tally);
        } else if let Ok(value) = serde_json::from_slice::<Value>(value) {
            lines.clear();
            for record in records_of(&value) {
                lines.extend_from_slice(record.to_string().as_bytes());
                lines.push(b'\n');
            }
            self.probe(&lines, &mut probed);
            self.match_records(&lines, &probed, at, memory, tally);
        } else {
            self.torn(value, at, tally);
        }
        (memory.lines, memory.probed) = (lines, probed);
    }

    /// Looks through a JSON object that can be read as a line.
    ///
    /// As [`Scanner::document`], without writing it compactly first.
    pub(super) fn record(&self, record: &[u8], at: At<'_>, memory: &mut ScanBuffers, tally: &mut Tally) {
        let mut probed = std::mem::take(&mut memory.probed);
        self.probe(record, &mut probed);
        if !self.is_known(record, record, &probed, at, tally) {
            self.match_records(record, &probed, at, memory, tally);
        }
        memory.probed = probed;
    }

    /// Counts the evidence of a value if a tree knows the document.
    ///
    /// Returns whether one does.
    fn is_known(&self, value: &[u8], lines: &[u8], probed: &Probed, at: At<'_>, tally: &mut Tally) -> bool {
        let patterns = self.patterns();
        tally.opened_for(patterns);
        let Some(document) = self.may_know(lines, probed).then(|| Document::parse(value)).flatten() else {
            return false;
        };
        let knowing = patterns.recognizers().iter().enumerate().filter(|(_, recognizer)| recognizer.knows(&document));
        let knowing: Vec<usize> = knowing.map(|(tree, _)| tree).collect();
        if !knowing.is_empty() {
            tally.records += 1;
            let place = LinePlace { source: at.source, line: at.line, ahead: &[] };
            for (tree, recognizer) in patterns.recognizers().iter().enumerate() {
                tally.evidence(tree, recognizer.in_document(at.source, at.line, &document), place, &knowing);
            }
        }
        !knowing.is_empty()
    }

    /// Finds the hits of the prefilter in lines, and their irregular bytes.
    fn probe(&self, lines: &[u8], Probed { hits, irregular }: &mut Probed) {
        hits.clear();
        self.patterns().prefilter(lines).each_hit(lines, &mut |at, hit| hits.push((at, hit)));
        irregular::find_irregular(lines, irregular);
    }

    /// Returns whether a document has names that a tree may know.
    fn may_know(&self, lines: &[u8], probed: &Probed) -> bool {
        let patterns = self.patterns();
        let is_of_place = |hit: &ProbeHit| matches!(hit, ProbeHit::Pattern(number) if patterns.is_of_place(*number));
        if patterns.needs_every_line()
            || patterns.has_hidden_places()
            || probed.hits.iter().any(|(_, hit)| is_of_place(hit))
        {
            return true;
        }
        // The prefilter may miss names in irregular lines.
        let mut seen = 0;
        for at in probed.irregular.iter().copied() {
            if at >= seen {
                let start = memrchr(b'\n', lines.get(..at).unwrap_or_default()).map_or(0, |end| end + 1);
                seen = memchr(b'\n', lines.get(at..).unwrap_or_default()).map_or(lines.len(), |length| at + length + 1);
                let line = String::from_utf8_lossy(lines.get(start..seen).unwrap_or_default());
                let line = patterns.line(&text::clean_line(&line));
                if patterns.hits_in(&line).numbers.into_iter().any(|number| patterns.is_of_place(number)) {
                    return true;
                }
            }
        }
        false
    }

    /// Matches records, one a line, that all stand at one place.
    fn match_records(&self, lines: &[u8], probed: &Probed, at: At<'_>, memory: &mut ScanBuffers, tally: &mut Tally) {
        let patterns = self.patterns();
        let place = LinePlace { source: at.source, line: at.line, ahead: &[] };
        let (mut rest, mut hits, mut irregular) = (lines, probed.hits.as_slice(), probed.irregular.as_slice());
        while !rest.is_empty() {
            let start = lines.len() - rest.len();
            let (piece, after) = rest.split_at(end_of_piece(rest));
            rest = after;
            let end = start + piece.len();
            let (hits_here, hits_after) = hits.split_at(hits.partition_point(|(at, _)| *at < end));
            let (irregular_here, irregular_after) = irregular.split_at(irregular.partition_point(|at| *at < end));
            (hits, irregular) = (hits_after, irregular_after);
            if piece.len() > LONGEST_LINE || patterns.needs_every_line() {
                for record in piece.strip_suffix(b"\n").unwrap_or(piece).split(|byte| *byte == b'\n') {
                    tally.records += 1;
                    let record = String::from_utf8_lossy(record);
                    every_pattern(patterns, &record, place, None, &mut Templater::default(), tally);
                }
                continue;
            }
            tally.records += count_lines(piece) as u64;
            let irregular_here: Vec<usize> = irregular_here.iter().map(|at| at - start).collect();
            let mut log_lines = Vec::new();
            patterns.log_lines().find(piece, &mut log_lines);
            let mut reader = CandidateLines::new(patterns, piece, place, &mut memory.scratch, tally);
            reader.log_lines = &log_lines;
            reader.irregular = &irregular_here;
            reader.is_one_place = true;
            for (at, hit) in hits_here {
                reader.add_hit(at - start, *hit);
            }
            reader.finish();
        }
    }

    /// Searches a value without an end.
    ///
    /// It is searched line by line, and if no line points to a card, as one record.
    pub fn torn(&self, value: &[u8], at: At<'_>, tally: &mut Tally) {
        let mut by_lines = Tally::default();
        self.lines(value, at, &mut ScanBuffers::default(), &mut by_lines);
        let mut whole = Tally::default();
        if !by_lines.points_to_cards() {
            whole.opened_for(self.patterns());
            let place = LinePlace { source: at.source, line: at.line, ahead: &[] };
            let line = text::clean_line(&String::from_utf8_lossy(value));
            every_pattern(self.patterns(), &line, place, None, &mut Templater::default(), &mut whole);
            whole.records = 1;
        }
        tally.append(if whole.points_to_cards() { &mut whole } else { &mut by_lines });
    }
}

/// Returns the records of a value.
///
/// These are the objects of its outermost list if the value exists to hold that list, otherwise the value itself.
fn records_of(value: &Value) -> &[Value] {
    outermost_list(value).unwrap_or(std::slice::from_ref(value))
}

fn outermost_list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(elements) if elements.iter().any(Value::is_object) => Some(elements),
        Value::Array(elements) => elements.iter().find_map(outermost_list),
        Value::Object(fields) => {
            // An object with texts of its own is a record with a list in it.
            let has_texts = fields.values().any(|field| field.as_str().is_some_and(|text| !text.trim().is_empty()));
            let list = fields.values().find_map(outermost_list)?;
            (!has_texts || list.len() >= MANY).then_some(list)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(written: &str) -> usize {
        records_of(&serde_json::from_str(written).unwrap()).len()
    }

    #[test]
    fn a_list_in_wrappers_is_as_many_records() {
        for (written, expected) in [
            (r#"{"a": "b"}"#, 1),
            (r#"[{"a": 1}, {"a": 2}]"#, 2),
            (r#"{"data": {"fields": null, "results": [{"a": 1}, {"a": 2}], "summary": {"count": 2}}}"#, 2),
            (r#"[[{"a": 1}, {"a": 2}, {"a": 3}]]"#, 3),
            (r#"{"host": "a", "rules": [{"a": 1}, {"a": 2}]}"#, 1),
            (r#"[1, 2]"#, 1),
        ] {
            assert_eq!(count(written), expected, "{written}");
        }
    }
}
