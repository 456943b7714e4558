//! Lists the signals that end a process by default.

use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGUSR1, SIGUSR2, SIGVTALRM,
    SIGXCPU, SIGXFSZ,
};

/// Ending signals of every system.
///
/// SIGKILL is not listed, because no process can handle it. SIGSEGV, SIGBUS, SIGILL and SIGFPE are not listed, because
/// they say that the process itself is broken, and returning from their handler repeats the fault. SIGPIPE is ignored
/// by every program in Rust. An abort of the process itself also sends SIGABRT, and does not wait for the loop.
const EVERYWHERE: [i32; 15] = [
    SIGHUP, SIGINT, SIGQUIT, SIGTRAP, SIGABRT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGXCPU, SIGXFSZ, SIGVTALRM,
    SIGPROF, SIGIO, SIGSYS,
];

/// Returns the signals that end the program after giving the terminal back.
///
/// The exit code is 128 plus the number of the signal. SIGQUIT leaves no core file, because pasted text would be in it.
pub(super) fn ending() -> Vec<i32> {
    // On the BSDs and macOS, SIGIO does nothing by default.
    let is_ending = |signal: &i32| *signal != SIGIO || cfg!(target_os = "linux");
    EVERYWHERE.into_iter().filter(is_ending).chain(of_linux()).collect()
}

/// Returns the signals that only Linux has.
#[cfg(target_os = "linux")]
fn of_linux() -> Vec<i32> {
    use rustix::process::Signal;

    // Other architectures lack this signal.
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    let only_here = [Signal::STKFLT.as_raw()];
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let only_here = [];
    [Signal::POWER.as_raw()].into_iter().chain(only_here).collect()
}

/// Returns the signals that only Linux has.
#[cfg(not(target_os = "linux"))]
fn of_linux() -> Vec<i32> {
    Vec::new()
}
