//! Tests which lines of real forms belong together.

use super::*;

/// Returns the number of lines of each block, and its telling line.
fn blocks(text: &str) -> Vec<(usize, &str)> {
    let (mut state, mut blocks): (_, Vec<(usize, &str, TellingRank)>) = (BlockState::default(), Vec::new());
    for line in text.split_inclusive('\n') {
        let BlockStep { continues, rank, .. } = state.step(line.as_bytes());
        match blocks.last_mut() {
            Some(block) if continues => {
                block.0 += 1;
                if rank > block.2 || rank == TellingRank::Cause {
                    (block.1, block.2) = (line.trim(), rank);
                }
            }
            _ => blocks.push((1, line.trim(), rank)),
        }
    }
    blocks.into_iter().map(|(lines, telling, _)| (lines, telling)).collect()
}

#[test]
fn a_stack_trace_of_java_belongs_to_the_log_line_and_its_innermost_cause_tells() {
    let text = "\
2026-01-15 10:20:29,001 INFO  [main] c.e.App - started
2026-01-15 10:20:30,123 ERROR [main] c.e.App - order 7 failed
java.lang.IllegalStateException: could not load order
\tat com.example.App.load(App.java:12)
\tSuppressed: java.io.IOException: close failed
\t\tat com.example.App.close(App.java:20)
\tCaused by: java.io.IOException: not this one
\t... 3 more
Caused by: com.example.StoreException: store failed
\tat com.example.Store.get(Store.java:3)
Caused by: com.example.DiskError: the disk crashed
\tat com.example.Disk.read(Disk.java:9)
\t... 2 more
2026-01-15 10:20:31,001 INFO  [main] c.e.App - done
Exception in thread \"main\" java.lang.NullPointerException
        at com.example.Main.main(Main.java:3)
";
    assert_eq!(
        blocks(text),
        [
            (1, "2026-01-15 10:20:29,001 INFO  [main] c.e.App - started"),
            (12, "Caused by: com.example.DiskError: the disk crashed"),
            (1, "2026-01-15 10:20:31,001 INFO  [main] c.e.App - done"),
            (2, "Exception in thread \"main\" java.lang.NullPointerException"),
        ]
    );
}

#[test]
fn a_framed_error_is_told_by_its_first_line() {
    let text = "\
widget.a: Creating...
\u{1b}[31m╷\u{1b}[0m\u{1b}[0m
\u{1b}[31m│\u{1b}[0m \u{1b}[0m\u{1b}[1m\u{1b}[31mError: \u{1b}[0m\u{1b}[0m\u{1b}[1m400-InvalidParameter\u{1b}[0m
\u{1b}[31m│\u{1b}[0m Suggestion: read the error message
╵
╷
│ Error: second
│\u{20}
│   with a.b,
╵
2026-01-15T10:20:30.1234567Z ╷
2026-01-15T10:20:30.1234567Z │ Error: third
2026-01-15T10:20:30.1234567Z │ it failed
2026-01-15T10:20:30.1234567Z ╵
";
    let blocks = blocks(text);
    let lines: Vec<usize> = blocks.iter().map(|(lines, _)| *lines).collect();
    assert_eq!(lines, [1, 4, 5, 4]);
    assert!(blocks[1].1.contains("400-InvalidParameter"), "{blocks:?}");
    assert_eq!(blocks[2].1, "│ Error: second");
    assert!(blocks[3].1.ends_with("│ Error: third"));
}

#[test]
fn an_error_without_a_frame_has_its_paragraph_and_the_text_about_its_place() {
    let text = "\
Error: 400-InvalidParameter, Invalid SSL configuration:
[Constraint violation: Empty CA certificate.].
Suggestion: Please update the configuration as per error message
Operation Name: CreateListener

  on main.tf line 12, in resource \"a\" \"b\":
  12: resource \"a\" \"b\" {

The certificate could not be read.

Error: the next one


connection failed
";
    assert_eq!(
        blocks(text),
        [
            (10, "Error: 400-InvalidParameter, Invalid SSL configuration:"),
            (3, "Error: the next one"),
            (1, "connection failed"),
        ]
    );
}

#[test]
fn a_traceback_is_told_by_its_last_line_also_with_a_second_one() {
    let text = "\
ERROR:root:check failed
Traceback (most recent call last):
  File \"a.py\", line 1, in load
    raise KeyError(\"failed\")
    ^^^^^^^^^^^^^^^^^^^^^^^^
KeyError: 'failed'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File \"a.py\", line 3, in <module>
    load()
store.errors.Timeout: too late
Traceback (most recent call last):
  File \"a.py\", line 9, in <module>
ValueError: another
the server stopped
";
    assert_eq!(
        blocks(text),
        [(13, "store.errors.Timeout: too late"), (3, "ValueError: another"), (1, "the server stopped")]
    );
}

#[test]
fn a_panic_of_go_has_the_traces_of_all_routines() {
    let text = "\
2026/01/15 10:20:30 starting
panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]

goroutine 1 [running]:
main.(*store).error(0xc000)
\t/app/main.go:12 +0x1d
main.main()
\t/app/main.go:3 +0x20

goroutine 7 [IO wait]:
net.failed(...)
\t/usr/lib/go/net.go:1
created by main.start in goroutine 1
\t/app/main.go:9 +0x1
exit status 2
";
    assert_eq!(
        blocks(text),
        [
            (1, "2026/01/15 10:20:30 starting"),
            (15, "panic: runtime error: invalid memory address or nil pointer dereference"),
        ]
    );
}

#[test]
fn node_net_and_rust_have_their_own_forms() {
    let node = "\
/app/x.js:12
    throw new Error('x failed');
    ^

Error: x failed
    at run (/app/x.js:12:11) {
  code: 'ECONNREFUSED',
  [cause]: Error: connect refused
      at TCP.connect (node:net:1)
}
";
    assert_eq!(blocks(node), [(10, "[cause]: Error: connect refused")]);
    let net = "\
fail: Microsoft.AspNetCore.Server.Kestrel[13]
      An unhandled exception was thrown by the application.
      System.InvalidOperationException: no order
       ---> System.Net.Sockets.SocketException (111): Connection refused
         at Shop.Store.Open()
         --- End of inner exception stack trace ---
         at Shop.App.Run()
info: Shop[0]
      request failed
";
    assert_eq!(
        blocks(net),
        [(7, "---> System.Net.Sockets.SocketException (111): Connection refused"), (2, "info: Shop[0]"),]
    );
    let rust = "\
thread 'main' panicked at src/main.rs:2:5:
called `Option::unwrap()` on a `None` value
stack backtrace:
   0: rust_begin_unwind
             at /rustc/library/std/src/panicking.rs:1:5
   1: core::panicking::panic_fmt
note: run with `RUST_BACKTRACE=full` for more

thread 'main' panicked at 'it failed', src/main.rs:2:5
note: run with `RUST_BACKTRACE=1` to see more
Error: cannot open the store

Caused by:
    0: cannot read a.toml
    1: No such file or directory (os error 2)
";
    assert_eq!(
        blocks(rust),
        [
            (8, "called `Option::unwrap()` on a `None` value"),
            (2, "thread 'main' panicked at 'it failed', src/main.rs:2:5"),
            (5, "1: No such file or directory (os error 2)"),
        ]
    );
}

#[test]
fn lines_that_stand_by_themselves_are_blocks_of_their_own() {
    for text in [
        "2026-01-15T10:20:30Z disk 7 failed\n2026-01-15T10:20:31Z disk 8 failed\n",
        "{\"level\":\"error\",\"msg\":\"a\"}\n{\"level\":\"error\",\"msg\":\"b\"}\n",
        "curl: (7) Failed to connect\ncurl: (7) Failed to connect\n",
        "  Warning  BackOff  3m  kubelet  Back-off restarting failed container\n  Warning  Failed  3m  kubelet  Error\n",
        "│ a │ failed │\n│ b │ failed │\n",
        "Error: connect ECONNREFUSED 10.0.0.1:80\nError: connect ECONNREFUSED 10.0.0.1:80\n",
        "ERROR: a\nERROR: b\n",
        "java.io.IOException: a\njava.io.IOException: b\n",
        "10.0.0.1 - - [15/Jan/2026:10:20:30 +0000] \"GET / HTTP/1.1\" 502 9\n10.0.0.1 - - [15/Jan/2026:10:20:30 +0000] \"GET / HTTP/1.1\" 502 9\n",
        "Jan 15 10:20:33 app1 backup[2211]: tar: Cannot write\nJan 15 10:20:33 app1 backup[2211]: tar: Error\n",
    ] {
        assert_eq!(blocks(text).len(), 2, "{text}");
    }
}

#[test]
fn what_collectors_write_before_each_line_is_passed_over() {
    for prefix in ["2026-01-15T10:20:30.123456789Z stdout F ", "[pod/web-7f9/app] ", "web-1 | "] {
        let lines = ["Traceback (most recent call last):", "  File \"a.py\", line 1, in load", "    load()", "Late: x"];
        let text: String = lines.iter().map(|line| format!("{prefix}{line}\n")).collect();
        assert_eq!(blocks(&text), [(4, format!("{prefix}Late: x").as_str())]);
    }
    let syslog = "Jan 15 10:20:33 app1 shop[1]: order 7 failed\nJan 15 10:20:33 app1 shop[1]: java.io.IOException: no\nJan 15 10:20:33 app1 shop[1]: \tat com.example.A.b(A.java:1)\n";
    assert_eq!(blocks(syslog).len(), 1);
}

#[test]
fn the_state_depends_on_the_last_lines_only() {
    let parts = [
        "2026-01-15 10:20:30,123 ERROR order failed\n",
        "java.io.IOException: a\n",
        "\tat com.example.A.b(A.java:1)\n",
        "Caused by: b\n",
        "Error: x\n",
        "  on main.tf line 12, in resource \"a\" \"b\":\n",
        "   12: x\n",
        "plain text that could be details\n",
        "\n",
        "\n",
        "Traceback (most recent call last):\n",
        "  File \"a.py\", line 1, in load\n",
        "    load()\n",
        "panic: x\n",
        "goroutine 1 [running]:\n",
        "main.main()\n",
        "│ x\n",
        "╷\n",
        "  indented\n",
    ];
    let mut text = String::new();
    let mut draw: usize = 1;
    while text.len() < 6 * CONTEXT {
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Plain and blank lines in long runs now and then.
        let (at, times) = ((draw >> 33) % parts.len(), if draw >> 60 == 0 { 700 } else { 1 });
        (0..times).for_each(|_| text.push_str(parts[at]));
    }
    let starts: Vec<usize> = text.match_indices('\n').map(|(end, _)| end + 1).collect();
    let mut whole = BlockState::default();
    let mut start = 0;
    for (at, end) in starts.into_iter().enumerate() {
        let line = &text.as_bytes()[start..end];
        let step = whole.step(line);
        // Reading so much before each line takes a while.
        if at % 7 != 0 {
            start = end;
            continue;
        }
        let from = start
            .checked_sub(CONTEXT + 1)
            .map_or(0, |cut| cut + 1 + text.as_bytes()[cut..].iter().position(|byte| *byte == b'\n').unwrap_or(0));
        assert_eq!(BlockState::behind(&text.as_bytes()[from..start]).step(line), step, "at {start}");
        start = end;
    }
}
