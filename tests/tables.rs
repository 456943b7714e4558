//! Tests tables whose rows are records.
//!
//! They are CSV with a header line, and tables that command lines print.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use wherefore::internals::diagnosis::{Diagnosis, ReadAs, Scanner, diagnose_text};
use wherefore::internals::segment::{AskedNames, Piece, Segmenter};
use wherefore::internals::store::Library;
use wherefore::internals::walk::EvidenceSource;

/// The text of a sample.
fn sample(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The lines of a text with their numbers, its form, and remarks.
///
/// However the text is cut into blocks, they are the same.
fn cut(text: &str) -> (Vec<(usize, String)>, String, Vec<String>) {
    let asked = Arc::new(AskedNames::new(["lbStatusCode", "status", "health_check_status", "reason", "message"]));
    let by = |size: usize| {
        let mut lines: Vec<(usize, String)> = Vec::new();
        let mut take = |piece: Piece<'_>| {
            let text = String::from_utf8_lossy(piece.bytes).into_owned();
            lines.extend((piece.line..).zip(text.lines().map(str::to_owned)));
        };
        let mut segmenter = Segmenter::with_names(&asked);
        text.as_bytes().chunks(size).for_each(|block| segmenter.push(block, &mut take));
        let form = segmenter.finish(&mut take);
        (lines, form.kind, form.remarks)
    };
    let whole = by(usize::MAX);
    for size in [1, 2, 7, 100] {
        let (mut lines, kind, remarks) = by(size);
        // A line of text may come in parts.
        lines.retain(|(_, line)| !line.is_empty());
        let mut expected = whole.0.clone();
        expected.retain(|(_, line)| !line.is_empty());
        assert_eq!((&lines, &kind, &remarks), (&expected, &whole.1, &whole.2), "by {size}: {text}");
    }
    whole
}

/// The lines of a text that was cut, without their numbers.
fn lines(text: &str) -> Vec<String> {
    cut(text).0.into_iter().map(|(_, line)| line).collect()
}

fn diagnose(text: &str) -> Diagnosis {
    diagnose_text(&Scanner::new(&Library::embedded().trees), &EvidenceSource::file("x"), text)
}

/// The cards of a diagnosis with the numbers of their first lines.
fn cards(diagnosis: &Diagnosis) -> Vec<(&str, u64, Vec<usize>)> {
    let places = |finding: &wherefore::internals::diagnosis::Finding| {
        finding.samples.iter().map(|sample| sample.provenance.line).collect()
    };
    let card = |finding: &'_ wherefore::internals::diagnosis::Finding| finding.count;
    diagnosis
        .findings
        .iter()
        .map(|finding| (finding.tree.card(finding.card).id.as_str(), card(finding), places(finding)))
        .collect()
}

fn read_as(diagnosis: &Diagnosis) -> Option<(String, u64, u64)> {
    let ReadAs { id, lines, of, .. } = diagnosis.inputs[0].read_as.clone()?;
    Some((id.to_string(), lines, of))
}

#[test]
fn a_row_of_csv_is_recognized_like_the_json_record() {
    let record =
        r#"{"lbStatusCode":"502","backendStatusCode":"","backendAddr":"10.0.20.11:8080","responseProvider":""}"#;
    let expected = diagnose(&format!("{record}\n{record}\n"));
    let csv = diagnose(&sample("access-log.csv"));
    let first = |diagnosis: &Diagnosis| {
        let finding = &diagnosis.findings[0];
        (finding.tree.card(finding.card).id.to_string(), finding.certainty, finding.count)
    };
    assert_eq!(first(&csv), first(&expected));
    assert_eq!(cards(&csv)[0].2, [3, 4], "the second of them stands on two lines");
    let backends = |diagnosis: &Diagnosis| {
        let captures = &diagnosis.findings[0].captures;
        captures
            .iter()
            .find(|(name, _)| name == "backend_ip")
            .unwrap()
            .1
            .iter()
            .map(|(ip, _)| ip.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(backends(&csv), ["10.0.20.11", "10.0.20.12"]);
    assert!(csv.findings[0].times.is_some());
    assert_eq!(read_as(&csv), Some(("csv".to_owned(), 4, 5)));
    assert_eq!(csv.inputs[0].kind, "CSV");
    assert_eq!(csv.inputs[0].remarks, ["1 line does not fit the header of its table, and was read as text"]);
    let insights = diagnose(&sample("insights.csv"));
    assert_eq!(first(&insights), first(&expected));
}

#[test]
fn every_access_record_gives_its_card_as_csv() {
    let scanner = Scanner::new(&Library::embedded().trees);
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut tried = 0;
    for line in include_str!("fixtures/oci/records.jsonl").lines() {
        let sample: serde_json::Value = serde_json::from_str(line).unwrap();
        if sample["log"] != "access" {
            continue;
        }
        let record = sample["record"].as_object().unwrap();
        let join = |cells: Vec<String>| cells.join(",") + "\r\n";
        let header = join(record.keys().map(|name| format!("data.{name}")).collect());
        let row = join(record.values().map(|value| quoted(value.as_str().unwrap())).collect());
        let json = format!("{}\n", sample["record"]).repeat(2);
        let cards = |text: &str| {
            let diagnosis = diagnose_text(&scanner, &EvidenceSource::file("x"), text);
            let card = |it: &wherefore::internals::diagnosis::Finding| {
                (it.tree.card(it.card).id.to_string(), it.certainty, it.count)
            };
            diagnosis.findings.iter().map(card).collect::<Vec<_>>()
        };
        assert_eq!(cards(&format!("{header}{row}{row}")), cards(&json), "{line}");
        tried += 1;
    }
    assert!(tried > 5, "{tried}");
}

#[test]
fn a_column_that_was_not_exported_is_unknown() {
    let csv = |header: &str, row: &str| diagnose(&format!("{header}\n{row}\n{row}\n"));
    let with = csv("time,lbStatusCode,backendStatusCode,backendAddr", "2026-01-15T10:20:30Z,502,,10.0.20.11:8080");
    let without = csv("time,lbStatusCode,backendAddr", "2026-01-15T10:20:30Z,502,10.0.20.11:8080");
    let found = |diagnosis: &Diagnosis| cards(diagnosis).iter().map(|(id, ..)| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(found(&with), ["backends-out-of-service"]);
    assert!(!found(&without).contains(&"backends-out-of-service".to_owned()), "{:?}", found(&without));
}

#[test]
fn printed_tables_are_records() {
    let oci = diagnose(&sample("health-check-results.oci.txt"));
    assert_eq!(cards(&oci)[0], ("health-check-connection-failed", 2, vec![5, 6]));
    assert_eq!(read_as(&oci), Some(("table".to_owned(), 2, 2)));
    let events = diagnose(&sample("events.kubectl.txt"));
    assert_eq!(cards(&events)[0], ("service-limit-exceeded", 1, vec![3]));
    assert_eq!(events.inputs[0].kind, "a table");
    let described = diagnose(&sample("service.describe.kubectl.txt"));
    assert_eq!(cards(&described)[0], ("service-limit-exceeded", 1, vec![6]));
    assert_eq!(described.inputs[0].kind, "text with tables in it");
}

#[test]
fn rows_become_pairs() {
    insta::assert_debug_snapshot!("tables-access-log", cut(&sample("access-log.csv")));
    insta::assert_debug_snapshot!("tables-insights", cut(&sample("insights.csv")));
    insta::assert_debug_snapshot!("tables-oci", cut(&sample("health-check-results.oci.txt")));
    insta::assert_debug_snapshot!("tables-aws", cut(&sample("target-health.aws.txt")));
    insta::assert_debug_snapshot!("tables-aws-nested", cut(&sample("target-health.nested.aws.txt")));
    insta::assert_debug_snapshot!("tables-pods", cut(&sample("pods.kubectl.txt")));
    insta::assert_debug_snapshot!("tables-events", cut(&sample("events.kubectl.txt")));
    insta::assert_debug_snapshot!("tables-describe", cut(&sample("service.describe.kubectl.txt")));
}

#[test]
fn a_table_may_stand_among_other_text() {
    let pods = sample("pods.kubectl.txt");
    let text = format!("$ kubectl get pods -o wide\n{pods}\n{pods}{{\"a\": [\n1]}}\nthe end\n");
    let (lines, kind, _) = cut(&text);
    let numbers: Vec<usize> = lines.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [1, 3, 4, 5, 7, 8, 9, 10, 11], "{lines:#?}");
    assert_eq!(kind, "text with tables in it");
}

#[test]
fn text_with_commas_or_gaps_stays_text() {
    let texts = [
        "status, reason, message\n",
        "status, reason, message\nonly one row, as long, as the first\n",
        "We saw status, reason and message of it, all in one line, today.\nThen nothing, really, happened.\nOr so, we, thought.\n",
        "red, green, blue\n1, 2, 3\n4, 5, 6\n",
        "status,reason\n1,2\n3,4\n",
        "status,,message\n1,2,3\n4,5,6\n",
        "status,status,message\n1,2,3\n4,5,6\n",
        "status,reason,message\n1,2\n4,5,6\n",
        "502,status,message\n1,2,3\n4,5,6\n",
        "NAME  STATUS  AGE\nweb  Running  1d\n",
        "NAME  STATUS  AGE\nweb   Running,  1d\n",
        "NAME  STATUS  AGE\nweb\n",
        "NAME  STATUS  AGE\n\nweb   Running 1d\n",
        "Name  Status  Age\nweb   Running 1d\nweb   Running 1d\n",
        "NAME  COLOR  AGE\nweb   red    1d\nweb   red    1d\n",
        "+-----+-----+\nno row\n+-----+-----+\n",
        "+-----+-----+-----+\n| 1   | 2   | 3   |\n+-----+-----+-----+\n",
        "+-----+\n| one |\n+-----+\n",
        "{\"status\": 1,\n\"reason\": 2,\n\"message\": 3}\n",
    ];
    for text in texts {
        let (lines, kind, remarks) = cut(text);
        let expected = if text.starts_with('{') { "a JSON document" } else { "plain text" };
        assert_eq!((kind.as_str(), remarks.as_slice()), (expected, [].as_slice()), "{text}");
        let all: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
        assert_eq!(all.join("\n"), text.trim_end(), "{text}");
    }
}

#[test]
fn one_row_below_its_names_is_enough() {
    let ingress = "NAME  CLASS  STATUS   ADDRESS  AGE\nweb   nginx  Pending           5m";
    let row = "NAME=web, CLASS=nginx, STATUS=Pending, ADDRESS=\"\", AGE=5m";
    assert_eq!(lines(ingress), [row]);
    assert_eq!(lines(&format!("$ kubectl get ingress\n{ingress}\n$ exit\n")), ["$ kubectl get ingress", row, "$ exit"]);
    // As `kubectl get all` prints one object of each kind.
    let pod = "NAME     STATUS   RESTARTS\npod/web  Running  0";
    let all = lines(&format!("{pod}\n\n{ingress}\n"));
    assert_eq!(
        all.iter().filter(|line| !line.is_empty()).collect::<Vec<_>>(),
        ["NAME=pod/web, STATUS=Running, RESTARTS=0", row]
    );
}

#[test]
fn semicolons_tabs_and_quotes_separate_too() {
    for (text, expected) in [
        (
            "Time;LB Status Code;Host\r\n1;502;a,b\r\n2;503;\"c;d\"\r\n",
            ["Time=1, LB_Status_Code=502, Host=\"a,b\"", "Time=2, LB_Status_Code=503, Host=\"c;d\""],
        ),
        (
            "time\tlbStatusCode\thost\n1\t502\ta b\n2\t503\t\n",
            ["time=1, lbStatusCode=502, host=\"a b\"", "time=2, lbStatusCode=503, host=\"\""],
        ),
        (
            "\"time\",\"lbStatusCode\",\"host\"\n\"1\",\"502\",\"a \"\"b\"\"\"\n\"2\",\"503\",\"c:\\d\"",
            ["time=1, lbStatusCode=502, host=\"a \\\"b\\\"\"", "time=2, lbStatusCode=503, host=\"c:\\\\d\""],
        ),
    ] {
        assert_eq!(lines(text), expected, "{text}");
    }
}

#[test]
fn a_quote_without_an_end_costs_one_row() {
    let header = "time,status,message\n1,200,ok\n2,200,ok\n";
    let after: String = (4..400).map(|number| format!("{number},200,ok\n")).collect();
    let (lines, _, remarks) = cut(&format!("{header}3,500,\"no end\n{after}"));
    assert_eq!(lines.len(), 399);
    assert_eq!(lines[2], (4, "3,500,\"no end".to_owned()));
    assert_eq!(lines[3], (5, "time=4, status=200, message=ok".to_owned()));
    assert_eq!(remarks, ["1 line does not fit the header of its table, and was read as text"]);
    // Quotes that open in every line and never end are read once.
    let endless = "x\",\"b\n".repeat(20_000);
    let (rows, kind, _) = cut(&format!("{header}{endless}"));
    assert_eq!((rows.len(), kind.as_str()), (20_002, "text with tables in it"));
}

#[test]
fn a_table_ends_where_other_text_begins() {
    let text: String = "time,status,message\n1,200,ok\n2,200,ok\n".to_owned()
        + &"no, row\n".repeat(25)
        + "time,status,message\n7,200,ok\n8,200,ok\n";
    let (lines, _, remarks) = cut(&text);
    assert_eq!(lines.last().unwrap(), &(31, "time=8, status=200, message=ok".to_owned()));
    assert_eq!(remarks, ["20 lines do not fit the header of their table, and were read as text"]);
}
