//! DMARC against authheaders (Debian's python3-authheaders), which knows nothing of this code: does a mail pass, fail, or is
//! there nothing to go by? It follows RFC 7489, which finds an organization by the list of public suffixes; the cases are those
//! in which the tree walk of RFC 9989 must come to the same. Policies are compared where it does not take `sp` for the domain
//! itself. Without it the test is skipped, and says so; with HELO_CI it fails.

#![allow(clippy::disallowed_methods)] // the real program is what is asked, and the environment says whether it must be there

use helo::mail::dkim::{DkimCheck, DkimResult};
use helo::mail::dmarc;
use helo::mail::lookup::{Answer, Found, LookupFailure, LookupType};
use helo::mail::spf::{SpfCheck, SpfIdentity, SpfResult};
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};

const PYTHON: &str = "/usr/bin/python3";

/// Reads a list of cases and prints a list of results and policies.
const JUDGE: &str = "
import functools, json, sys
import authheaders, authheaders.dmarc_lookup as lookup
org = functools.lru_cache(maxsize=None)(lookup.get_org_domain)
lookup.get_org_domain = authheaders.get_org_domain = org
class Spf:
    def __init__(self, domain, result): self.result, self.smtp_mailfrom = result, 'a@' + domain
class Dkim:
    def __init__(self, domain, result): self.result, self.header_d = result, domain
found = []
for case in json.load(sys.stdin):
    spf, dkim = (case[k] and kind(*case[k]) for k, kind in (('spf', Spf), ('dkim', Dkim)))
    zone = case['zone']
    message = ('From: Anna <anna@%s>\\r\\n\\r\\nx\\r\\n' % case['author']).encode()
    checked = authheaders.check_dmarc(message, spf, dkim, lambda name, *_: zone.get(name))
    found.append([checked.result, getattr(checked, 'policy', None) or ''])
print(json.dumps(found))
";

fn installed() -> bool {
    let found = Command::new(PYTHON).args(["-c", "import authheaders"]).stderr(Stdio::null()).status();
    let found = found.is_ok_and(|status| status.success());
    assert!(found || std::env::var_os("HELO_CI").is_none(), "python3-authheaders is not installed");
    if !found {
        eprintln!("SKIPPED: python3-authheaders is not installed, and DMARC was compared with nobody");
    }
    found
}

fn judged(cases: &Value) -> Vec<(String, String)> {
    let mut child = Command::new(PYTHON)
        .args(["-W", "ignore", "-c", JUDGE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    child.stdin.take().expect("its input").write_all(cases.to_string().as_bytes()).expect("it reads");
    let out = child.wait_with_output().expect("it ends");
    assert!(out.status.success());
    serde_json::from_slice(&out.stdout).expect("a list of results")
}

/// What helo finds in the same case.
fn evaluated(case: &Value) -> (String, String) {
    let pair = |key: &str| {
        let words = case[key].as_array()?;
        Some((words[0].as_str().unwrap().to_owned(), words[1] == "pass"))
    };
    let spf = pair("spf").map(|(domain, pass)| SpfCheck {
        client: [192, 0, 2, 1].into(),
        helo: "x".to_owned(),
        identity: SpfIdentity::MailFrom,
        sender: format!("a@{domain}"),
        domain,
        result: if pass { SpfResult::Pass } else { SpfResult::Fail },
        term: None,
        explanation: None,
        fault: None,
        steps: Vec::new(),
    });
    let dkim: Vec<DkimCheck> = pair("dkim")
        .map(|(domain, pass)| DkimCheck {
            domain,
            selector: "s".to_owned(),
            algorithm: String::new(),
            identity: None,
            result: if pass { DkimResult::Pass } else { DkimResult::Fail },
            fault: None,
            testing: false,
            beginning: String::new(),
            steps: Vec::new(),
        })
        .into_iter()
        .collect();
    let zone = case["zone"].as_object().unwrap();
    let mut look_up = |name: &str, rtype: LookupType| -> Answer {
        match zone.get(name) {
            Some(text) if rtype.mnemonic() == "TXT" => {
                Ok(vec![Found::Text(text.as_str().unwrap().to_owned())])
            }
            Some(_) => Ok(Vec::new()),
            None => Err(LookupFailure::NoSuchName),
        }
    };
    let message = format!("From: Anna <anna@{}>\r\n\r\nx\r\n", case["author"].as_str().unwrap());
    let check = dmarc::evaluate(message.as_bytes(), spf.as_ref(), &dkim, &mut look_up);
    (check.result.name().to_owned(), check.disposition.name().to_owned())
}

const DOMAINS: [&str; 5] = ["example.org", "a.example.org", "c.example.org", "notexample.org", "example.com"];

/// Every way in which author, record, SPF and DKIM can meet.
fn cases() -> Vec<Value> {
    let said = || {
        let each = DOMAINS.iter().flat_map(|domain| ["pass", "fail"].map(|result| json!([domain, result])));
        std::iter::once(Value::Null).chain(each)
    };
    let mut cases = Vec::new();
    for record in [
        "v=DMARC1; p=reject",
        "v=DMARC1; p=none; adkim=s",
        "v=DMARC1;p=quarantine;aspf=s",
        "v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:x@example.org",
        "v=DMARC1; adkim=r",
        "v=spf1 -all",
    ] {
        for below in [None, Some("v=DMARC1; p=quarantine; adkim=s; aspf=s")] {
            let mut zone = json!({ "_dmarc.example.org": record });
            if let Some(below) = below {
                // Where the organization has no record of its own the tree walk and the list part ways.
                if !record.contains("p=") {
                    continue;
                }
                zone["_dmarc.a.example.org"] = below.into();
            }
            for author in ["example.org", "a.example.org", "a.b.example.org", "example.net"] {
                for spf in said() {
                    cases.extend(
                        said()
                            .map(|dkim| json!({ "author": author, "zone": zone, "spf": spf, "dkim": dkim })),
                    );
                }
            }
        }
    }
    cases
}

#[test]
fn authheaders_finds_the_same() {
    if !installed() {
        return;
    }
    let cases = cases();
    assert!(cases.len() > 4_000, "{}", cases.len());
    let (mut passed, mut failed) = (0, 0);
    for (case, (result, policy)) in cases.iter().zip(judged(&Value::Array(cases.clone()))) {
        let (found, disposition) = evaluated(case);
        assert_eq!(found, result, "{case}");
        match result.as_str() {
            "pass" => passed += 1,
            "fail" => {
                failed += 1;
                assert_eq!(disposition, policy, "{case}");
            }
            _ => {}
        }
    }
    assert!(passed > 500 && failed > 500, "{passed} passed, {failed} failed");
}
