//! Makes values that a hostile log may contain.

/// Values that act or break in a shell, unquoted or quoted otherwise.
pub(super) const HOSTILE: [&str; 76] = [
    "x\\';canary;#",
    "x\\'$(canary)\\'",
    "\\",
    "\\\\",
    "\\'",
    "\\\"",
    "\\\\'",
    "'\\''",
    "it's",
    "'",
    "''",
    "'''",
    "';canary;'",
    "'; canary #",
    "'$(canary)'",
    "'`canary`'",
    "'\"'\"'",
    "\"",
    "\"\"",
    "\";canary;\"",
    "\"$(canary)\"",
    "\"'$(canary)'\"",
    "\\\";canary;#",
    "a\\",
    "a'\\",
    "a\"\\",
    "$(canary)",
    "(canary)",
    "`canary`",
    "\\`canary\\`",
    "$((canary))",
    "$[canary]",
    "${IFS}canary",
    "${x:=$(canary)}",
    "$HOME",
    "$",
    "$$",
    "$'\\x27;canary'",
    "x[$(canary)]",
    "a[`canary`]=1",
    ";canary",
    "; canary ;",
    "&canary",
    "& canary &",
    "&& canary",
    "|canary",
    "| canary",
    "|| canary",
    "x|canary",
    "<(canary)",
    ">(canary)",
    ">made",
    "<missing",
    "2>&1",
    "a b",
    " a",
    "a ",
    "a\tb",
    "a\nb",
    "a\ncanary\n",
    "a\r\ncanary",
    "\u{1b}]52;c;x\u{7}y",
    "!canary",
    "a!b",
    "!!",
    "!-1",
    "~",
    "~root",
    "~canary/x",
    "=canary",
    "a=b",
    "%1",
    "{a,b}",
    "{1..9}",
    "*",
    "#x",
];

/// Returns `count` values, each two hostile ones joined, in fixed order.
pub(super) fn many(count: usize) -> Vec<String> {
    let joined = (1..HOSTILE.len()).flat_map(|step| {
        let second = HOSTILE.iter().cycle().skip(step * 7);
        HOSTILE.iter().zip(second).map(|(first, second)| format!("{first}{second}"))
    });
    HOSTILE.iter().map(|value| (*value).to_owned()).chain(joined).take(count).collect()
}

/// The values to try: a few, or all 240 with full effort.
pub(super) fn to_try(few: usize) -> Vec<String> {
    let is_all = crate::full_tests::is_full();
    many(if is_all { 240 } else { few })
}
