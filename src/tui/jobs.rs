//! Finds out whether a shell continues the process after it has stopped.
//!
//! A stopped process that no shell continues is lost to its operator: no key reaches it. For its own Ctrl-Z, the kernel
//! prevents that: it does not stop an orphaned process group, which is one without a member whose parent is in another
//! group of the same session. This program stops itself with SIGSTOP, so it has to check first.

/// Returns whether a shell continues this process after it has stopped.
pub(super) fn has_shell() -> bool {
    #[cfg(unix)]
    let has_shell = Kinship::of_this_process().has_shell();
    #[cfg(not(unix))]
    let has_shell = false;
    has_shell
}

/// The numbers of a process and of its parent.
#[cfg(any(unix, test))]
#[derive(Clone, Copy, Debug)]
struct Kinship {
    /// The number of the process itself.
    process: u32,
    /// The process group that it is in.
    group: u32,
    /// The session that it is in.
    session: u32,
    /// Group and session of its parent, if they are known.
    parent: Option<(u32, u32)>,
}

#[cfg(any(unix, test))]
impl Kinship {
    /// Returns whether a shell with job control started it or its parent.
    ///
    /// The system only tells about the parent, not about the parents of the rest of the group. For a process in its
    /// parent's group, the group itself decides: besides the leader of the session, only a shell with job control
    /// creates a group. This fails if that shell has ended since, which ends the programs of the session as well.
    fn has_shell(self) -> bool {
        // The parent of a leader is in another session: a terminal window, an SSH server, a container's runtime.
        let is_leader = self.process == self.session;
        match self.parent {
            Some((group, session)) if !is_leader && session == self.session => {
                group != self.group || self.group != self.session
            }
            _ => false,
        }
    }

    /// Returns the numbers of this process.
    ///
    /// In a container, the number of a session, group or parent outside is 0. nix returns it; rustix would
    /// treat it as an error.
    #[cfg(unix)]
    fn of_this_process() -> Self {
        use nix::unistd::{Pid, getpgid, getpgrp, getpid, getppid, getsid};

        let number = |pid: Pid| pid.as_raw().unsigned_abs();
        // Some systems do not tell of a parent in another session.
        let parent = Some(getppid())
            .filter(|parent| parent.as_raw() != 0)
            .and_then(|parent| getpgid(Some(parent)).ok().zip(getsid(Some(parent)).ok()));
        Self {
            process: number(getpid()),
            group: number(getpgrp()),
            session: getsid(None).map_or(0, number),
            parent: parent.map(|(group, session)| (number(group), number(session))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_is_found_where_there_is_one() {
        // The process, its group and its session; group and session of its parent; whether there is a shell.
        for (what, [process, group, session], parent, expected) in [
            ("started by a shell", [20, 20, 10], Some((10, 10)), true),
            ("started by a shell that is process 1", [20, 20, 1], Some((1, 1)), true),
            ("the second of a pipeline", [21, 20, 10], Some((10, 10)), true),
            ("started by a program that a shell started", [21, 20, 10], Some((20, 10)), true),
            ("started by a monitor of the same session", [12, 12, 10], Some((11, 10)), true),
            ("the program of a window or of SSH", [10, 10, 10], Some((5, 4)), false),
            ("the only program of a container", [1, 1, 1], None, false),
            ("started by a script without job control", [11, 10, 10], Some((10, 10)), false),
            ("left behind by its parent", [20, 20, 10], Some((1, 1)), false),
            ("a parent that nothing is known of", [20, 20, 10], None, false),
            ("a session that nothing is known of", [20, 20, 0], Some((10, 10)), false),
            ("started by a shell of a container whose session is outside", [20, 20, 0], Some((1, 0)), true),
            ("in a container, its group and session outside", [20, 0, 0], Some((0, 0)), false),
        ] {
            assert_eq!(Kinship { process, group, session, parent }.has_shell(), expected, "{what}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn this_process_has_its_number() {
        // Its group and session have none in some containers.
        assert_eq!(Kinship::of_this_process().process, std::process::id());
    }
}
