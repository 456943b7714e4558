//! Tests patterns about fields in lines of logs.
//!
//! In any amount of text, the quick way says what the slow way says.

use std::sync::Arc;

use wherefore::internals::diagnosis::{At, Diagnosis, ScanBuffers, Scanner, Tally, diagnose_text};
use wherefore::internals::prove::prove;
use wherefore::internals::recognize::Recognizer;
use wherefore::internals::store::Library;
use wherefore::internals::tree::{Code, Tree, load};
use wherefore::internals::walk::EvidenceSource;

use super::folder::{lamp, put};
use super::lines_of;

/// Makes a tree with patterns about fields of logs.
///
/// It has all embedded formats.
fn tree() -> Arc<Tree> {
    let mut folder = lamp();
    let text = |name: &str| {
        let file = folder.files.iter().find(|file| file.name == name).unwrap();
        String::from_utf8(file.content.clone().unwrap().into_owned()).unwrap()
    };
    let bulb = text("cards/bulb-burnt-out.json").replacen(
        "\"signatures\": [",
        r#""signatures": [
    {"fields": {"termination_state": {"exactly": "SC{any}"}, "status_code": "503"}, "samples": ["203.0.113.10:51544 [15/Jan/2026:10:00:01.037] fe_http bk_web/<NOSRV> 0/-1/-1/-1/0 503 217 - - SC-- 3/3/0/0/0 0/0 \"GET /orders HTTP/1.1\""],
      "never": ["203.0.113.13:39990 [15/Jan/2026:10:00:07.259] fe_http bk_api/api1 0/0/-1/-1/20004 503 217 - - sC-- 22/20/11/6/3 0/0 \"GET / HTTP/1.1\""]},
    {"fields": {"upstream_status": ["504", "502"]}, "samples": ["x"]},
    {"fields": {"level": "crit", "message": "{any}Permission denied{any}"}, "samples": ["2026/01/15 19:00:01 [crit] 7#7: *2 connect() to 10.0.20.11:3000 failed (13: Permission denied) while connecting to upstream"]},
    {"fields": {"response_flags": "UF"}, "samples": ["x"]},"#,
        1,
    );
    let fuse = text("cards/fuse-blown.json").replacen(
        "\"signatures\": [",
        r#""signatures": [
    {"fields": {"elb_status_code": {"at_least": 502, "below": 504}, "target_status_code": {"exactly": "-"}}, "samples": ["x"]},
    {"fields": {"level": "error", "upstream": {"absent": true}}, "samples": ["x"]},"#,
        1,
    );
    let root = text("tree.json").replacen(
        "\"questions\": {",
        r#""fills": {"port": [{"upstream": "http://{any}:{port:number}/{any}"}], "backend": ["backend_name"]},
  "harmless": [{"fields": {"level": "error", "message": "limiting requests, dry run{any}"}}, {"fields": {"status_code": "403"}}],
  "questions": {"#,
        1,
    );
    put(&mut folder, "cards/bulb-burnt-out.json", &bulb);
    put(&mut folder, "cards/fuse-blown.json", &fuse);
    put(&mut folder, "tree.json", &root);
    let loaded = load(&folder);
    assert_eq!(loaded.problems, []);
    let mut tree = loaded.tree.unwrap();
    tree.formats = Library::embedded().trees[0].formats.clone();
    Arc::new(tree)
}

const LOGS: [&str; 13] = [
    "nginx-error",
    "combined-access",
    "nginx-timed-access",
    "ingress-nginx",
    "haproxy-http",
    "haproxy-tcp",
    "haproxy-error",
    "envoy-access",
    "istio-access",
    "aws-alb",
    "aws-nlb",
    "aws-classic-elb",
    "no-format",
];

fn all_lines() -> Vec<String> {
    LOGS.into_iter().flat_map(lines_of).collect()
}

/// A line in another way, which may change what it says.
fn rewritten(line: &str, how: usize) -> String {
    let middle = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
    let (head, tail) = line.split_at(middle);
    match how {
        0 => line.to_owned(),
        1 => format!("Jan 15 10:20:30 host app[7]: {line}"),
        2 => format!("web-1  | {line}"),
        3 => format!("[pod/web-7f9/app] 2026-01-15T10:20:30.5Z {line}"),
        4 => serde_json::json!({"log": format!("{line}\n"), "stream": "stdout"}).to_string(),
        5 => serde_json::json!({"message": line}).to_string(),
        6 => line.to_uppercase(),
        7 => line.replace(' ', "  "),
        8 => format!("  {line} "),
        9 => format!("{head}\u{1b}[31m{tail}\u{1b}[0m"),
        10 => head.to_owned(),
        11 => tail.to_owned(),
        12 => format!("{line}\r"),
        13 => format!("{line} naïve"),
        14 => format!("{head}\u{200b}{tail}"),
        _ => line.replace(['s', 'S'], "\u{17f}"),
    }
}

const WAYS: usize = 16;

fn shown(diagnosis: &Diagnosis) -> String {
    let findings: Vec<_> = diagnosis
        .findings
        .iter()
        .map(|it| (&it.tree.id, it.card, it.certainty, it.count, &it.times, &it.captures, &it.samples))
        .collect();
    let hits: Vec<_> = diagnosis.hits.iter().map(|(tree, hit)| (&tree.id, hit)).collect();
    format!("{findings:#?}\n{hits:#?}\n{:#?}", diagnosis.unexplained)
}

const FILE: At<'_> = At { source: &EvidenceSource::StandardInput, line: 1 };

#[test]
fn a_block_of_log_lines_says_what_its_lines_say_one_by_one() {
    let tree = tree();
    let (scanner, recognizer) = (Scanner::new(std::slice::from_ref(&tree)), Recognizer::new(tree));
    let mut found = 0;
    for way in 0..WAYS {
        let lines: Vec<String> = all_lines().iter().map(|line| rewritten(line, way)).collect();
        let mut check = |text: &str| {
            let (mut fast, mut slow) = (Tally::default(), Tally::default());
            scanner.lines(text.as_bytes(), FILE, &mut ScanBuffers::default(), &mut fast);
            scanner.every_line(text.as_bytes(), FILE, &mut slow);
            let (fast, slow) = (fast.diagnosis(), slow.diagnosis());
            found += fast.findings.iter().map(|finding| finding.count).sum::<u64>();
            (shown(&fast), shown(&slow))
        };
        let (fast, slow) = check(&lines.join("\n"));
        if fast != slow {
            for line in &lines {
                let (fast, slow) = check(line);
                assert_eq!(fast, slow, "way {way}: {line}");
            }
            assert_eq!(fast, slow, "way {way}");
        }
        let hits = lines.iter().map(|line| recognizer.evidence(&EvidenceSource::Paste, line).hits.len()).sum::<usize>();
        assert!(way > 4 || hits > 20, "way {way}: {hits}");
    }
    assert!(found > 400, "{found}");
}

#[test]
fn values_of_log_lines_fill_placeholders() {
    let tree = tree();
    let recognizer = Recognizer::new(tree);
    let values = |line: &str| {
        let line = recognizer.line(line);
        recognizer.filled(&line).into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
    };
    let error = r#"2026/01/15 10:24:43 [error] 31#31: *17 refused, client: 203.0.113.7, upstream: "http://10.0.20.11:8080/orders""#;
    assert_eq!(values(error), ["port=8080"]);
    let refused = r#"Jan 15 10:00:05 lb1 haproxy[7]: 203.0.113.12:44010 [15/Jan/2026:10:00:05.185] fe_http bk_web/web1 0/0/-1/-1/3003 503 217 - - SC-- 9/9/0/0/3 0/0 "GET /cart HTTP/1.1""#;
    assert_eq!(values(refused), ["backend=bk_web"]);
}

#[test]
fn samples_of_signatures_may_be_lines_of_logs() {
    let (_, problems) = prove(&tree());
    let wrong: Vec<_> = problems
        .iter()
        .filter(|problem| matches!(problem.code, Code::SampleNotMatched | Code::NeverMatched))
        .map(|problem| problem.message.to_string())
        .collect();
    // The other signatures have a made-up sample, which they do not match.
    assert_eq!(wrong.len(), 4, "{wrong:#?}");
    assert!(wrong.iter().all(|message| message.ends_with("sample `x`")), "{wrong:#?}");
}

#[test]
fn fields_of_log_lines_point_to_cards_and_troubles_are_grouped() {
    let scanner = Scanner::new(&[tree()]);
    let of = |log: &str| {
        let text = lines_of(log).join("\n");
        let diagnosis = diagnose_text(&scanner, &EvidenceSource::file("a.log"), &text);
        let cards: Vec<(String, u64)> =
            diagnosis.findings.iter().map(|found| (found.tree.card(found.card).id.to_string(), found.count)).collect();
        let templates: Vec<(String, u64)> =
            diagnosis.unexplained.templates.into_iter().map(|kind| (kind.template.to_string(), kind.count)).collect();
        (cards, templates)
    };
    insta::assert_debug_snapshot!("log-lines-haproxy", of("haproxy-http"));
    insta::assert_debug_snapshot!("log-lines-alb", of("aws-alb"));
    insta::assert_debug_snapshot!("log-lines-nlb", of("aws-nlb"));
    insta::assert_debug_snapshot!("log-lines-istio", of("istio-access"));
}
