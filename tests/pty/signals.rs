//! Tests that signals that end the program give the terminal back first.

use super::ready_example;

/// Signals that end a program by default, with their exit codes.
///
/// Their numbers are the same on Linux, macOS and the BSDs.
const EVERYWHERE: [(&str, u32); 10] = [
    ("HUP", 129),
    ("INT", 130),
    ("QUIT", 131),
    ("TRAP", 133),
    ("ABRT", 134),
    ("ALRM", 142),
    ("TERM", 143),
    ("XCPU", 152),
    ("VTALRM", 154),
    ("PROF", 155),
];
/// The same, with numbers of their own on Linux.
#[cfg(target_os = "linux")]
const HERE: [(&str, u32); 6] = [("USR1", 138), ("USR2", 140), ("STKFLT", 144), ("IO", 157), ("PWR", 158), ("SYS", 159)];
#[cfg(not(target_os = "linux"))]
const HERE: [(&str, u32); 2] = [("USR1", 158), ("USR2", 159)];

#[test]
fn signals_give_the_terminal_back_and_end_with_128_and_their_number() {
    for (signal, code) in EVERYWHERE.into_iter().chain(HERE) {
        let mut screen = ready_example();
        screen.signal_number(code - 128);
        screen.wait_until(&format!("SIG{signal} to end the program"), |screen| screen.has_ended());
        screen.wait_for_normal_screen();
        assert_eq!(screen.exit_code(), code, "{signal}");
    }
}
