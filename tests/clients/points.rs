//! What a real program does on the ports earns what the same earns at the terminal.

use crate::host::{Host, converse, installed, run};
use helo::attempt::{Attempt, Input};
use helo::scenario::{Scenario, ScriptLine};
use helo::units::{Lang, Time};
use std::collections::BTreeMap;

/// Points by step.
type Earned = BTreeMap<String, f64>;

fn text(name: &str) -> String {
    std::fs::read_to_string(format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn scenario(name: &str) -> Scenario {
    Scenario::load(name, &text(name)).unwrap()
}

/// The variables that `helo host` draws: its seed is 1.
fn vars(name: &str) -> BTreeMap<String, String> {
    Attempt::begin(&scenario(name), 1, Lang::En, Time(0)).unwrap().drawn().vars.clone()
}

/// What the first solution earns at the terminal, by step.
fn at_the_terminal(name: &str) -> Earned {
    let scenario = scenario(name);
    let mut attempt = Attempt::begin(&scenario, 1, Lang::En, Time(0)).unwrap();
    for (_, line) in &scenario.draw_trials(1, Lang::En).unwrap().solutions[0].script.lines {
        let at = attempt.now();
        if let ScriptLine::Type { term, text } = line.clone() {
            attempt.apply(at, Input::Line { term, text });
        }
    }
    let json =
        serde_json::to_value(attempt.report().steps.iter().map(|s| s.points).collect::<Vec<_>>()).unwrap();
    let ids = attempt.report().steps.into_iter().map(|s| s.id);
    ids.zip(json.as_array().unwrap()).map(|(id, points)| (id, points.as_f64().unwrap())).collect()
}

fn earned(host: Host) -> Earned {
    let printed = host.stop();
    let steps = printed.last().unwrap()["report"]["steps"].as_array().unwrap().clone();
    steps.iter().map(|s| (s["id"].as_str().unwrap().to_owned(), s["points"].as_f64().unwrap())).collect()
}

fn the_same(here: &Earned, terminal: &Earned, steps: &[&str]) {
    for step in steps {
        assert!(terminal[*step] > 0.0, "{step} is worth nothing at the terminal");
        assert_eq!(here[*step], terminal[*step], "{step}: {here:?}, at the terminal {terminal:?}");
    }
}

const SEND: [&str; 4] = ["greet", "envelope", "letter", "quit"];

fn letter(vars: &BTreeMap<String, String>) -> Vec<(&'static str, String)> {
    vec![
        ("220 ", "EHLO ws.lab.test\n".to_owned()),
        ("250 ", format!("MAIL FROM:<{}@example.org>\n", vars["sender"])),
        ("250 ", format!("RCPT TO:<{}@example.org>\n", vars["recipient"])),
        ("250 ", "DATA\n".to_owned()),
        ("354 ", "Subject: By hand\n\nHello!\n.\n".to_owned()),
        ("250 ", "QUIT\n".to_owned()),
        ("221 ", String::new()),
    ]
}

fn borrowed<'a>(turns: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    turns.iter().map(|(a, t)| (*a, t.as_str())).collect()
}

/// One conversation by hand with openssl, which upgrades first; nothing is shown before something has been typed.
fn under_tls(host: &Host, service: &str, upgrade: &str, turns: &[(&str, &str)]) {
    let (to, ca) = (format!("localhost:{}", host.port(service)), host.ca());
    let mut args = vec!["s_client", "-quiet", "-crlf", "-verify_return_error", "-CAfile", &ca];
    args.extend(["-verify_hostname", "localhost", "-connect", &to, "-starttls", upgrade]);
    converse("openssl", &args, turns);
}

fn swaks_sends(host: &Host, more: &[&str]) {
    let vars = vars("send-by-hand");
    let (from, to) =
        (format!("{}@example.org", vars["sender"]), format!("{}@example.org", vars["recipient"]));
    let server = format!("localhost:{}", host.port("smtp"));
    let args = ["--server", &server, "--from", &from, "--to", &to, "--ehlo", "ws.lab.test"];
    run("swaks", &[&args[..], more].concat(), "");
}

#[test]
fn telnet_earns_the_points_of_send_by_hand() {
    if !installed("telnet") {
        return;
    }
    let host = Host::start("send-by-hand", "points-telnet");
    let turns = letter(&vars("send-by-hand"));
    converse("telnet", &["localhost", &host.port("smtp").to_string()], &borrowed(&turns));
    the_same(&earned(host), &at_the_terminal("send-by-hand"), &SEND);
}

#[test]
fn swaks_earns_the_points_of_send_by_hand() {
    if !installed("swaks") {
        return;
    }
    let host = Host::start("send-by-hand", "points-swaks");
    swaks_sends(&host, &[]);
    the_same(&earned(host), &at_the_terminal("send-by-hand"), &SEND);
}

#[test]
fn openssl_earns_the_points_of_send_by_hand() {
    if !installed("openssl") {
        return;
    }
    let host = Host::start("send-by-hand", "points-openssl");
    let mut turns = letter(&vars("send-by-hand"));
    turns[0].0 = "";
    under_tls(&host, "smtp", "smtp", &borrowed(&turns));
    the_same(&earned(host), &at_the_terminal("send-by-hand"), &SEND);
}

#[test]
fn swaks_earns_the_points_of_send_by_hand_after_starttls() {
    if !installed("swaks") {
        return;
    }
    let host = Host::start("send-by-hand", "points-swaks-tls");
    swaks_sends(&host, &["--tls"]);
    the_same(&earned(host), &at_the_terminal("send-by-hand"), &SEND);
}

/// What telnet and openssl type to send under a false name.
fn false_name(vars: &BTreeMap<String, String>) -> Vec<(&'static str, String)> {
    vec![
        ("220 ", "helo faked.tester.tld\n".to_owned()),
        ("250 ", "mail from: test@tester.tld\n".to_owned()),
        ("250 ", format!("rcpt to: {}@example.tld\n", vars["victim"])),
        ("250 ", "data\n".to_owned()),
        ("354 ", format!("{FAKED}.\n")),
        ("250 ", "quit\n".to_owned()),
        ("221 ", String::new()),
    ]
}

/// The letter, with a Received field that is made up.
const FAKED: &str = "Received: from faked.tester.tld (faked.tester.tld [123.45.67.89])\n  by server11011.net with SMTP; 1 \
                     Sep 2018 13:53:24 +0200\nFrom: \"The Faker\" <test@tester.tld>\nSubject: Ein Test\n\nText\n";

fn fetches(vars: &BTreeMap<String, String>) -> Vec<(&'static str, String)> {
    vec![
        ("+OK", format!("user {}\n", vars["victim"])),
        ("+OK", format!("pass {}\n", vars["password"])),
        ("+OK", "list\n".to_owned()),
        (".", "retr 1\n".to_owned()),
        (".", "quit\n".to_owned()),
        ("+OK", String::new()),
    ]
}

const FORGE: [&str; 3] = ["false-name", "hand-over", "fetch"];

#[test]
fn telnet_earns_the_points_of_forge_a_sender() {
    if !installed("telnet") {
        return;
    }
    let host = Host::start("forge-a-sender", "points-forge");
    let vars = vars("forge-a-sender");
    for (service, turns) in [("smtp", false_name(&vars)), ("pop3", fetches(&vars))] {
        converse("telnet", &["localhost", &host.port(service).to_string()], &borrowed(&turns));
    }
    the_same(&earned(host), &at_the_terminal("forge-a-sender"), &FORGE);
}

#[test]
fn openssl_earns_the_points_of_forge_a_sender() {
    if !installed("openssl") {
        return;
    }
    let host = Host::start("forge-a-sender", "points-forge-openssl");
    let vars = vars("forge-a-sender");
    for (service, mut turns) in [("smtp", false_name(&vars)), ("pop3", fetches(&vars))] {
        turns[0].0 = "";
        under_tls(&host, service, service, &borrowed(&turns));
    }
    the_same(&earned(host), &at_the_terminal("forge-a-sender"), &FORGE);
}

#[test]
fn swaks_earns_the_points_of_forge_a_sender() {
    if !installed("swaks") || !installed("telnet") {
        return;
    }
    let host = Host::start("forge-a-sender", "points-forge-swaks");
    let vars = vars("forge-a-sender");
    let to = format!("{}@example.tld", vars["victim"]);
    let server = format!("localhost:{}", host.port("smtp"));
    let args = ["--server", &server, "--helo", "faked.tester.tld", "--from", "test@tester.tld", "--to", &to];
    run("swaks", &[&args[..], &["--data", FAKED]].concat(), "");
    converse("telnet", &["localhost", &host.port("pop3").to_string()], &borrowed(&fetches(&vars)));
    the_same(&earned(host), &at_the_terminal("forge-a-sender"), &FORGE);
}
