//! Finds the error message of several lines at a position.

use super::super::block::BlockForm;
use super::super::form::LineKind;
use super::super::found::InputSegment;
use super::super::line::{LineBounds, LineExtent};
use super::Segmenter;

impl Segmenter {
    /// Returns the block that begins with a line.
    ///
    /// `None` if no other line belongs to it.
    pub(super) fn block_at(&mut self, bytes: &[u8], first: LineBounds, is_end: bool) -> Option<InputSegment> {
        if first.extent != LineExtent::Whole {
            return None;
        }
        let form = BlockForm::of(first.text(bytes))?;
        let (mut end, mut count) = (first.next, 1);
        while BlockForm::has_room(end - first.start) && (end < bytes.len() || !is_end) {
            let line = LineBounds::at(bytes, end, is_end);
            match line.extent {
                LineExtent::Unknown => return Some(InputSegment::Unknown),
                LineExtent::Whole if form.has(line.text(bytes)) => {
                    end = line.next;
                    count += 1;
                }
                LineExtent::Whole | LineExtent::TooLong => break,
            }
        }
        if count == 1 {
            return None;
        }
        (0..count).for_each(|_| self.seen.count_line(LineKind::Text));
        Some(InputSegment::Block(end))
    }
}
