//! Tests every way out of the program at any moment.
//!
//! The terminal is always as it was before. A moment is a number of bytes that the program has written, so that the
//! moments are equal on a slow machine.

use super::screen::Screen;
use super::{INCIDENT, USUAL};
use crate::full_tests;

/// Fewer bytes than any start writes in its first frame.
const LAST_MOMENT: u64 = 900;

/// Ways to start the program.
const STARTS: [&[&str]; 4] =
    [&[], &["walk"], &["drill", "oci-load-balancer", "--seed", "5"], &["walk", "--evidence", INCIDENT]];

/// Keys that are pressed on any screen before the program ends.
const KEYS: [&str; 6] = ["", "\x1b[B", "?", "/502", "\x1b[200~half a paste", "\r2"];

/// A way out: its name, what is done, and valid exit codes.
///
/// The codes count where the program ends by itself.
type Way = (&'static str, fn(&mut Screen), &'static [u32]);

const WAYS: [Way; 10] = [
    ("Ctrl-C", |screen| screen.send("\x03"), &[130]),
    ("SIGINT", |screen| screen.signal("INT"), &[130]),
    ("SIGTERM", |screen| screen.signal("TERM"), &[143]),
    ("SIGHUP", |screen| screen.signal("HUP"), &[129]),
    ("SIGQUIT", |screen| screen.signal("QUIT"), &[131]),
    ("SIGALRM", |screen| screen.signal("ALRM"), &[142]),
    ("SIGABRT", |screen| screen.signal("ABRT"), &[134]),
    ("SIGTERM three times", |screen| (0..3).for_each(|_| screen.signal("TERM")), &[143]),
    (
        "three signals at once",
        |screen| ["INT", "TERM", "HUP"].into_iter().for_each(|it| screen.signal(it)),
        &[129, 130, 143],
    ),
    // No shell can continue the program: the program goes on, until it is told to end.
    (
        "Ctrl-Z, then SIGTERM",
        |screen| {
            screen.send("\x1a");
            screen.signal("TERM");
        },
        &[143],
    ),
];

/// Pseudo-random numbers that are equal in every run.
///
/// Knuth's linear congruential generator.
struct Moments(u64);

impl Moments {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Starts the program in some way and waits for some moment.
fn at_a_moment(moments: &mut Moments) -> Screen {
    let start = STARTS[usize::try_from(moments.below(STARTS.len() as u64)).unwrap()];
    let moment = usize::try_from(moments.below(LAST_MOMENT)).unwrap();
    let mut screen = Screen::wherefore_with(USUAL, start);
    screen.wait_until("a moment", |screen| screen.raw().len() >= moment);
    screen
}

#[test]
fn whatever_ends_the_program_at_whatever_moment_gives_the_terminal_back() {
    let tries = if full_tests::is_full() { 20 } else { 2 };
    for (name, leave, codes) in WAYS {
        let mut moments = Moments(name.len() as u64);
        for at in 0..tries {
            let mut screen = at_a_moment(&mut moments);
            screen.send(KEYS[usize::try_from(moments.below(KEYS.len() as u64)).unwrap()]);
            leave(&mut screen);
            screen.wait_until(&format!("{name} to end try {at}"), |screen| screen.has_ended());
            screen.wait_for_normal_screen();
            screen.assert_ended_as(name, codes);
        }
    }
}
