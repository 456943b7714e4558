//! Tests that no value fills a command in which it could act.
//!
//! `trees check` names these commands.

use super::{SHELLS, filled, programs, run, values};

/// Commands that read a value again, run it, or open it.
///
/// No value is filled into any of these.
const ACT: &[&str] = &[
    // In which a value acted in bash.
    "bash -lc 'ls {x}'",
    "bash -ec 'ls {x}'",
    "bash --norc -c 'ls {x}'",
    "su - app -c 'ls {x}'",
    "watch 'ls {x}'",
    "parallel 'ls {x}'",
    "echo 'ls {x}' | sh",
    "trap '{x}' EXIT",
    "cat <<EOF\n{x}\nEOF",
    "bash <<EOF\nls {x}\nEOF",
    "# don't\nls {x}",
    "echo \"${{y:-{x}}}\"",
    "echo ${{y:-{x}}}",
    "[[ -v {x} ]]",
    "test -v {x}",
    "printf -v {x} a",
    // In which the value was kept from acting, by chance or by rule.
    "sh -c 'ls {x}'",
    "ssh host 'ls {x}'",
    "ssh {x} uptime",
    "eval 'ls {x}'",
    "echo {x} | xargs ls",
    "ls $(cat {x})",
    "ls \"$(cat '{x}')\"",
    "ls `cat {x}`",
    "ls \"`cat {x}`\"",
    "echo $(( {x} ))",
    "echo $'{x}'",
    "case {x} in a) ls;; esac",
    "env {x} ls",
    "find . -name {x} -exec ls ;",
    // The command itself, or a part of its name.
    "{x} --version",
    "{x}",
    "/usr/bin/{x} -v",
    "ls; {x} a",
    "ls && {x} a",
    "ls | {x}",
    "sudo {x} a",
    "sudo -u {x} ls",
    "timeout {x} ls",
    "timeout 5 {x}",
    "nohup {x}",
    "env A=b {x}",
    "time {x}",
    "! {x}",
    "( {x} )",
    "if {x}; then ls; fi",
    "$a {x}",
    // Names and files.
    "A={x} ls",
    "A={x}; ls $A",
    "export A={x}",
    "a[{x}]=1",
    "ls > {x}",
    "ls 2>{x}",
    "cat < {x}",
    "curl -o {x} http://h/",
    "curl -K {x}",
    "sort -o {x} a",
    "for i in {x}; do ls $i; done",
    "ls -{x}",
    "ls --{x}",
    // Shells that differ, and marks that a value would complete.
    "ls \\{x}",
    "ls \"\\{x}\"",
    "ls 'a\\{x}'",
    "ls 'a\\' {x}",
    "ls \"${x}\"",
    "ls $a{x}",
    "ls \"$a{x}\"",
    "ls \"$a[{x}]\"",
    "ls !{x}",
    "ls ~{x}",
    "ls ={x}",
    "ls {{a,{x}}}",
    "ls <(cat {x})",
    "ls # {x}",
    "ls 'a {x}",
    "ls \"a {x}",
    "coproc ls {x}",
    "f() {{ ls {x}; }}",
    // Programs whose arguments are code.
    "awk '/{x}/' file",
    "awk -v a={x} 1",
    "sed -n '/{x}/p' file",
    "perl -ne 'print if /{x}/' file",
    "python3 -c 'print({x})'",
    "jq '.{x}' file",
    "curl -s http://h/ | bash -s {x}",
    "ls {x} | bash",
    "curl http://h/{x} | sudo sh",
    "docker exec {x} ls",
    "kubectl exec {x} -- ls",
    "ip netns exec {x} ls",
    "nc -e {x} h 80",
    "printf {x}",
    "printf '%d' {x}",
    "printf '%b' {x}",
];

/// Commands that keep every value as one word of data.
const HOLD: &[(&str, &str)] = &[
    ("ls {x}", "ls 'a b'"),
    ("/bin/ls {x}", "/bin/ls 'a b'"),
    ("ls 'x' {x}", "ls 'x' 'a b'"),
    ("ls 'x {x}'", "ls 'x a b'"),
    ("ls \"x {x}\"", "ls \"x \"'a b'\"\""),
    ("sudo ls {x}", "sudo ls 'a b'"),
    ("sudo -n -u app ls {x}", "sudo -n -u app ls 'a b'"),
    ("timeout -k 1 5 ls {x}", "timeout -k 1 5 ls 'a b'"),
    ("nohup nice -n 5 ls {x} &", "nohup nice -n 5 ls 'a b' &"),
    ("env LC_ALL=C ls {x}", "env LC_ALL=C ls 'a b'"),
    ("LC_ALL=C ls {x}", "LC_ALL=C ls 'a b'"),
    ("ls {x} | grep -i {x} && ls; ls || ls", "ls 'a b' | grep -i 'a b' && ls; ls || ls"),
    ("ls {x} >/dev/null 2>&1 </dev/null", "ls 'a b' >/dev/null 2>&1 </dev/null"),
    ("ls {x} \\\n  {x}", "ls 'a b' \\\n  'a b'"),
    ("find . -name {x}", "find . -name 'a b'"),
    ("journalctl --since={x}", "journalctl --since='a b'"),
    ("for i in $(seq 3); do ls $i {x}; done", "for i in $(seq 3); do ls $i 'a b'; done"),
    ("time (ls {x}; ls)", "time (ls 'a b'; ls)"),
    ("if ls {x}; then ls; fi", "if ls 'a b'; then ls; fi"),
    ("ls {x} | awk '{{print $1}}'", "ls 'a b' | awk '{{print $1}}'"),
    ("ls {x} | python3 -m json.tool", "ls 'a b' | python3 -m json.tool"),
    ("printf '%s\\n' {x}", "printf '%s\\n' 'a b'"),
    ("ls a#b {x}", "ls a#b 'a b'"),
];

/// Commands that take only letters, digits and a few marks.
const PLAIN: &[&str] =
    &["acmectl get {x}", "ls {x} | acmectl", "ls; acmectl; ls {x}", "ls '[{{\"a\": \"{x}\"}}]'", "ls 'a | b {x}'"];

/// Returns a command with single braces, as it is shown unfilled.
fn unescaped(command: &str) -> String {
    command.replace("{{", "{").replace("}}", "}")
}

#[test]
fn no_value_is_filled_where_it_could_act() {
    for command in ACT {
        for value in ["canary", "10.0.20.11", "$(canary)", "x[$(canary)]", "PATH"] {
            assert_eq!(filled(command, value), unescaped(command), "{value}");
        }
    }
}

#[test]
fn a_value_is_filled_where_it_stays_a_word() {
    for (command, expected) in HOLD {
        assert_eq!(filled(command, "a b"), unescaped(expected));
    }
}

#[test]
fn only_plain_values_are_filled_where_a_word_may_be_read_again() {
    for command in PLAIN {
        let unfilled = unescaped(command);
        assert_eq!(filled(command, "10.0.20.11:80"), unfilled.replace("{x}", "10.0.20.11:80"));
        for value in ["a b", "$(canary)", "x[$(canary)]", "a'b", "..", "a/../b", "-x", "a@b", "~x", "a\\b", "=x"] {
            assert_eq!(filled(command, value), unfilled, "{value}");
        }
    }
}

#[test]
fn a_value_that_looks_like_an_option_or_says_nothing_is_not_filled() {
    for value in ["", "-rf", "\u{200b}-rf", "+x", "@file", "file:///etc/passwd", "fileb://x", "\u{1b}[2J"] {
        assert_eq!(filled("ls {x}", value), "ls {x}", "{value:?}");
        assert_eq!(filled("ls '{x}'", value), "ls '{x}'", "{value:?}");
    }
    assert_eq!(filled("ls a{x}", "+x"), "ls a+x");
}

/// Runs filled commands in every shell with `canary` alone on the path.
#[test]
fn no_template_lets_a_value_act() {
    let templates: Vec<&str> =
        ACT.iter().copied().chain(HOLD.iter().map(|(command, _)| *command)).chain(PLAIN.iter().copied()).collect();
    for (shell, arguments) in SHELLS {
        let Some(program) = programs::find(shell) else { continue };
        let folder = tempfile::tempdir().unwrap();
        let stubs = super::stubs(folder.path(), &["ls", "cat", "seq", "timeout", "sudo", "nohup", "nice", "env"]);
        for template in &templates {
            let unfilled = unescaped(template);
            let commands = values::HOSTILE.iter().step_by(9).map(|value| filled(template, value));
            // A script for each template, because a shell may not know the grammar of one of them.
            let script: String = commands.filter(|filled| *filled != unfilled).map(|filled| filled + "\n").collect();
            if !script.is_empty() {
                run((&program, arguments), folder.path(), &stubs, &script);
            }
            assert!(!folder.path().join("trace").exists(), "{shell}: {template}");
        }
        assert!(super::called(folder.path()).len() > 100, "{shell}");
    }
}

/// A canary that could not be heard would prove nothing.
#[test]
fn what_acts_leaves_a_trace() {
    for (shell, arguments) in SHELLS {
        let Some(program) = programs::find(shell) else { continue };
        let folder = tempfile::tempdir().unwrap();
        let stubs = super::stubs(folder.path(), &["cat"]);
        run((&program, arguments), folder.path(), &stubs, "cat a; canary\n");
        assert!(folder.path().join("trace").exists(), "{shell}");
        assert_eq!(super::called(folder.path()), [vec!["cat", "a"]], "{shell}");
    }
}
