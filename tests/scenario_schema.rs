//! `helo schema` by an independent judge: Debian's python3-jsonschema says that it is a schema of draft-04, that every
//! scenario and every example of the manual keeps to it, and that what an author writes wrong does not. Without it the
//! test is skipped, and says so; with HELO_CI it fails.

#![allow(clippy::disallowed_methods)] // a real program is what is asked, and the environment says whether it must be there

use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const PYTHON: &str = "/usr/bin/python3";

/// Gives the schema and documents to the judge; what it has against each, in a line.
const JUDGE: &str = "
import json, sys
from jsonschema import Draft4Validator
data = json.load(sys.stdin)
Draft4Validator.check_schema(data['schema'])
judge = Draft4Validator(data['schema'])
def why(error):
    inner = [why(e) for e in (error.context or [])]
    return '/'.join(map(str, error.absolute_path)) + ': ' + error.message[:200] + ''.join(' | ' + i for i in inner[:3])
print(json.dumps([[why(e) for e in judge.iter_errors(d)] for d in data['documents']]))
";

fn installed() -> bool {
    let found = Command::new(PYTHON).args(["-c", "import jsonschema"]).stderr(Stdio::null()).status();
    let found = found.is_ok_and(|status| status.success());
    assert!(found || std::env::var_os("HELO_CI").is_none(), "python3-jsonschema is not installed");
    if !found {
        eprintln!("SKIPPED: python3-jsonschema is not installed, and nobody judged the schema");
    }
    found
}

fn judged(documents: &[Value]) -> Vec<Vec<String>> {
    let input = json!({ "schema": helo::scenario::schema(), "documents": documents }).to_string();
    let mut child = Command::new(PYTHON)
        .args(["-c", JUDGE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("it reads");
    let out = child.wait_with_output().expect("it ends");
    assert!(out.status.success(), "the schema is none of draft-04");
    serde_json::from_slice(&out.stdout).expect("its answer")
}

fn document(text: &str) -> Value {
    let table: toml::Table = text.parse().expect("it is TOML");
    serde_json::to_value(table).expect("it is JSON")
}

fn project(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn every_scenario_keeps_to_the_schema() {
    if !installed() {
        return;
    }
    let mut named = Vec::new();
    for folder in ["scenarios", "tests/scenario_files"] {
        for entry in fs::read_dir(project(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "toml") {
                named.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let template = fs::read_to_string(project("src/cli/new.toml")).unwrap();
    assert!(template.starts_with("#:schema ./helo.schema.json\n"));
    named.push(("helo new".to_owned(), template));
    let manual = fs::read_to_string(project("docs/scenarios.md")).unwrap();
    for (n, block) in manual.split("```toml\n").skip(1).enumerate() {
        let example = block.split("```").next().unwrap();
        let head = "format = 1\nid = \"part\"\ntitle = { en = \"x\", de = \"x\" }\nminutes = 1\nbrief = { en = \"x\", de = \"x\" }\n";
        let head = if example.contains("format = 1") { "" } else { head };
        named.push((format!("the manual's example {}", n + 1), format!("{head}{example}")));
    }
    assert!(named.len() > 40);
    let documents: Vec<Value> = named.iter().map(|(_, text)| document(text)).collect();
    let mut faults = String::new();
    for ((name, _), found) in named.iter().zip(judged(&documents)) {
        for fault in found {
            faults += &format!("{name}: {fault}\n");
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// One thing wrong with the scenario that `helo new` writes, in each row: what is replaced by what.
#[test]
fn what_is_written_wrong_does_not_keep_to_it() {
    if !installed() {
        return;
    }
    let good = fs::read_to_string(project("src/cli/new.toml")).unwrap();
    let rows = [
        ("format = 1", "format = 2"),
        ("format = 1\n", ""),
        ("minutes = 10", "minutes = \"ten\""),
        ("minutes = 10", "minuts = 10"),
        ("minutes = 10", "minutes = 10\norder = 0"),
        ("[[host]]", "[[hosts]]"),
        ("[[host]]", "[host]"),
        ("id = \"my-scenario\"", "id = \"My Scenario\""),
        ("brief.de = ", "brief.fr = "),
        ("pick = [", "pik = ["),
        ("pick = [", "word = true, pick = ["),
        ("ip = \"192.0.2.25\"\n", ""),
        ("ip = \"192.0.2.25\"", "ip = 192"),
        ("[[step]]", "[[step]]\nnumber = 3"),
        ("smtp = \"HELLO\"", "smtp = \"HULLO\""),
        ("smtp = \"HELLO\"", "smpt = \"HELLO\""),
        ("smtp = \"HELLO\"", "smtp = \"HELLO\", number = 3"),
        ("reply = 250, points", "reply = 77, points"),
        ("cost = ", "price = "),
        ("says = [", "says = [1, "),
        ("earns = {", "earns = { x = \"much\", "),
        ("script = ", "skript = "),
    ];
    let documents: Vec<Value> = (rows.iter())
        .map(|(from, to)| {
            assert!(good.contains(from), "`helo new` does not write {from:?} any more");
            document(&good.replacen(from, to, 1))
        })
        .collect();
    for ((from, to), found) in rows.iter().zip(judged(&documents)) {
        assert!(!found.is_empty(), "the schema has nothing against {to:?} in the place of {from:?}");
    }
    assert_eq!(judged(&[document(&good)]), [Vec::<String>::new()]);
    assert_eq!(judged(&[document(&good.replacen("HELLO", "hello", 1))]), [Vec::<String>::new()], "any case");
}
