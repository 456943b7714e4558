//! Finds out when nothing has been typed for a while.

use std::time::{Duration, Instant};

use crate::app::Msg;

/// After so long, a person may be looking for a key.
const PAUSE: Duration = Duration::from_secs(4);

/// The silence since the last key.
#[derive(Debug)]
pub(super) struct Pause {
    /// The time of the last input.
    ///
    /// `None` if the silence after it was told.
    since: Option<Instant>,
}

impl Pause {
    /// Begins with a silence that is not told.
    pub(super) fn new() -> Self {
        Self { since: None }
    }

    /// Returns the message that a silence is long enough, once for each.
    pub(super) fn after(&mut self, has_input: bool, now: Instant) -> Option<Msg> {
        if has_input {
            self.since = Some(now);
            return None;
        }
        self.since.take_if(|since| now.saturating_duration_since(*since) >= PAUSE).map(|_| Msg::Pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_silence_is_told_once() {
        let (mut pause, start) = (Pause::new(), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(pause.after(false, at(100)), None, "nothing was typed");
        assert_eq!(pause.after(true, at(100)), None);
        assert_eq!(pause.after(false, at(103)), None);
        assert_eq!(pause.after(false, at(104)), Some(Msg::Pause));
        assert_eq!(pause.after(false, at(200)), None);
        assert_eq!(pause.after(true, at(201)), None);
        assert_eq!(pause.after(false, at(205)), Some(Msg::Pause));
    }
}
