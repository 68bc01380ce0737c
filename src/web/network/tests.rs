//! The map shows what the learner can know, and each letter where it is.

use super::*;
use crate::attempt::{Attempt, Input};
use crate::scenario::Scenario;
use crate::units::{Lang, TermId};
use std::time::Duration;

const OPEN: &str = r#"
format = 1
id = "open"
title = { en = "Open", de = "Offen" }
topics = ["smtp"]
minutes = 5
brief.en = "Run relay.example.org."
brief.de = "Betreib relay.example.org."

[workstation]
name = "ws.lab.test"
ip = "198.51.100.17"

[[host]]
name = "relay.example.org"
ip = "192.0.2.42"
relay = ["198.51.100.0/24"]
smtp = { style = "postfix" }
open = true

[[host]]
name = "mx.example.net"
ip = "192.0.2.99"
domains = ["example.net"]
smtp = false

[[domain]]
name = "example.org"
records = ["@ MX 10 relay.example.org."]
open = true

[[domain]]
name = "example.net"
records = ["@ MX 10 mx"]

[[mailbox]]
address = "anna@example.net"
host = "mx.example.net"
password = "secret"

[[step]]
id = "insist"
title = { en = "Insist on TLS", de = "Auf TLS bestehen" }
task = { en = "Insist.", de = "Besteh darauf." }
expect = [{ setting = "smtp_tls_security_level", host = "relay.example.org", value = "encrypt" }]
"#;

fn begun(text: &str) -> Attempt {
    let scenario = Scenario::load("x.toml", text).unwrap_or_else(|f| panic!("{f:#?}"));
    Attempt::begin(&scenario, 1, Lang::En, Time(0)).unwrap_or_else(|f| panic!("{f:#?}"))
}

fn types(attempt: &mut Attempt, lines: &[&str]) {
    for line in lines {
        let at = attempt.now().plus(Duration::from_secs(1));
        attempt.apply(at, Input::Line { term: TermId(1), text: (*line).into() });
    }
}

fn shown(attempt: &Attempt) -> Network {
    network(Ui::of(Lang::En), attempt.drawn(), attempt.entries(), false)
}

/// Each card in a line: `right mail.example.org 192.0.2.25 [MTA MDA] 25=open`.
fn cards(network: &Network) -> Vec<String> {
    let card = |c: &Card| {
        let roles: Vec<&str> = c.roles.iter().map(|r| r.short).collect();
        let ports = c.ports.iter().flat_map(|(_, ports)| ports);
        let ports: Vec<String> = ports.map(|p| format!(" {}={}", p.number, p.state)).collect();
        let address = c.address.as_deref().unwrap_or("?");
        format!("{} {} {address} [{}]{}", c.column, c.name.concat(), roles.join(" "), ports.concat())
    };
    network.cards.iter().map(card).collect()
}

#[test]
fn the_map_grows_with_what_is_looked_up_and_gives_no_fault_away() {
    let mut attempt = begun(include_str!("../../../scenarios/where-does-it-go.toml"));
    let vars = attempt.drawn().vars.clone();
    let host = |name: &str, domain: &str| format!("{}.{domain}.example", vars[name]);
    let seen = cards(&shown(&attempt));
    assert_eq!(seen.len(), 2, "the workstation and its name server: {seen:?}");
    assert!(seen[0].starts_with("left mx.lab.test 198.51.100.17 [MUA]"), "{seen:?}");
    assert!(seen[1].starts_with("left name server ") && seen[1].ends_with("[DNS] 53=untried"), "{seen:?}");

    types(&mut attempt, &["dig MX cantata.example"]);
    let seen = cards(&shown(&attempt));
    let of = |seen: &[String], name: &str| {
        let card = seen.iter().find(|c| c.contains(name)).unwrap_or_else(|| panic!("{name} in {seen:?}"));
        card.split_once(name).unwrap().1.to_owned()
    };
    let (first, backup) = (host("first", "cantata"), host("backup", "cantata"));
    // Nothing listens on one of the two, and nothing tells which.
    assert!(of(&seen, &first).starts_with(" ? [MTA"), "{seen:?}");
    assert_eq!(of(&seen, &first).replace(" MDA", ""), of(&seen, &backup).replace(" MDA", ""));
    assert!(!seen.iter().any(|c| c.contains("flora")), "nobody has asked for that: {seen:?}");

    let line = format!("telnet {first} 25");
    types(&mut attempt, &[&line, &format!("dig {backup}")]);
    let seen = cards(&shown(&attempt));
    assert!(of(&seen, &first).ends_with("25=refused"), "{seen:?}");
    assert!(of(&seen, &backup).starts_with(&format!(" {} [", vars["backup_ip"])), "{seen:?}");
    assert!(of(&seen, &backup).ends_with("25=untried"), "{seen:?}");

    let table = shown(&attempt).asked;
    let rows: Vec<String> =
        table.rows.iter().map(|r| format!("{} {} {} {}", r.name, r.ttl, r.rtype, r.value)).collect();
    assert!(rows.contains(&format!("{backup} 3600 A {}", vars["backup_ip"])), "{rows:?}");
    assert!(shown(&attempt).zones.is_empty(), "no zone is the learner's");
}

#[test]
fn a_letter_is_followed_from_hand_to_hand_into_the_mailbox() {
    let mut attempt = begun(include_str!("../../../scenarios/playground.toml"));
    types(
        &mut attempt,
        &[
            "telnet mail.lab.test 25",
            "EHLO ws.lab.test",
            "MAIL FROM:<alice@lab.test>",
            "RCPT TO:<bob@lab.test>",
            "DATA",
            "Subject: x",
            "",
            "Hello",
            ".",
        ],
    );
    let network = shown(&attempt);
    let live: Vec<&str> = network.live.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(live, ["your workstation → mail.lab.test, SMTP on port 25, not encrypted"]);
    let moves: Vec<(&str, &str)> = network.moves.iter().map(|m| (m.what, m.text.as_str())).collect();
    assert_eq!(moves.len(), 2, "{moves:?}");
    assert_eq!((moves[0].0, moves[1].0), ("delivered", "handed"), "the newest first");
    assert!(moves[1].1.ends_with("went from your workstation to mail.lab.test."), "{moves:?}");
    let states: Vec<String> = network.letters[0].states.iter().map(|s| s.text.to_string()).collect();
    assert_eq!(states, ["in the mailbox bob@lab.test"]);

    types(&mut attempt, &["QUIT", "telnet mail.lab.test 110", "USER bob", "PASS secret", "RETR 1"]);
    let network = shown(&attempt);
    assert_eq!(network.moves[0].what, "fetched");
    assert!(network.past.iter().any(|l| l.text.contains("SMTP")), "{:?}", network.past);
    let html = network.render().unwrap();
    for there in
        ["data-kind=\"workstation\"", "data-live=\"true\"", "data-what=\"fetched\"", "role=\"tooltip\""]
    {
        assert!(html.contains(there), "{there}");
    }
    // The past is as it was.
    let first = &attempt.entries()[..3];
    let before = super::network(Ui::of(Lang::De), attempt.drawn(), first, true);
    assert!(before.moves.is_empty() && before.letters.is_empty());
    assert!(!before.render().unwrap().contains("[net-"));
}

#[test]
fn what_cannot_be_delivered_waits_where_it_waits_and_comes_back_where_it_is_given_up() {
    let mut attempt = begun(OPEN);
    types(
        &mut attempt,
        &[
            "telnet relay.example.org 25",
            "EHLO ws.lab.test",
            "MAIL FROM:<me@example.org>",
            "RCPT TO:<anna@example.net>",
            "DATA",
            "Subject: x",
            "",
            ".",
        ],
    );
    let network = shown(&attempt);
    assert_eq!(network.moves[0].what, "deferred", "{:?}", network.moves);
    let relay = network.cards.iter().find(|c| c.name.concat() == "relay.example.org").unwrap();
    assert_eq!((relay.queue, relay.queued.as_str()), (1, "1 letter waits here"));
    let state = &network.letters[0].states[0];
    assert_eq!(state.code, "deferred");
    assert!(
        state.text.to_string().starts_with("for anna@example.net: waits on relay.example.org as "),
        "{}",
        state.text
    );
    // The other host has been met now: by the relay.
    assert!(cards(&network).iter().any(|c| c.contains("mx.example.net") && c.contains("25=refused")));

    // Six days later it has been given up, and a report is on its way.
    let later = attempt.now().plus(Duration::from_secs(6 * 86_400));
    attempt.apply(later, Input::Key { term: TermId(1), key: crate::event::Key::Escape });
    let network = shown(&attempt);
    let codes: Vec<&str> = network.letters.iter().flat_map(|l| &l.states).map(|s| s.code).collect();
    assert!(codes.contains(&"given-up"), "{codes:?}");
    assert!(network.moves.iter().any(|m| m.what == "reported"), "{:?}", network.moves);
}

#[test]
fn an_open_zone_is_shown_whole_and_changes() {
    let mut attempt = begun(OPEN);
    let rows = |attempt: &Attempt| -> Vec<String> {
        let network = shown(attempt);
        assert_eq!(network.zones.len(), 1);
        let row = |r: &records::RecordRow| {
            let delete = r.delete.as_deref().unwrap_or("-");
            format!("{} {} {} {} | {delete}", r.owner, r.ttl, r.rtype, r.value)
        };
        network.zones[0].records.iter().map(row).collect()
    };
    let before = rows(&attempt);
    assert!(
        before.contains(&"@ 3600 MX 10 relay.example.org. | @ MX 10 relay.example.org.".to_owned()),
        "{before:?}"
    );
    assert!(before.contains(&"relay 3600 A 192.0.2.42 | -".to_owned()), "{before:?}");
    assert!(before.iter().any(|r| r.starts_with("@ 3600 SOA ") && r.ends_with("| -")), "{before:?}");

    types(
        &mut attempt,
        &[
            "zone add example.org \"@ 60 TXT v=spf1 mx -all\"",
            "zone add example.org '_dmarc TXT \"v=DMARC1; p=\\\"x\\\"\"'",
            "zone delete example.org '@ MX 10 relay.example.org.'",
        ],
    );
    let after = rows(&attempt);
    let spf = "@ 60 TXT &quot;v=spf1 mx -all&quot; | @ TXT \"v=spf1 mx -all\"";
    assert!(after.contains(&spf.to_owned()), "{after:?}");
    assert!(!after.iter().any(|r| r.contains(" MX ")), "{after:?}");
    // What the table hands to the command takes out just that record.
    let network = shown(&attempt);
    let row = network.zones[0].records.iter().find(|r| r.owner.to_string() == "_dmarc").unwrap();
    let line = format!("zone delete example.org '{}'", row.delete.as_ref().unwrap());
    types(&mut attempt, &[&line]);
    assert!(!rows(&attempt).iter().any(|r| r.starts_with("_dmarc")), "{:?}", rows(&attempt));
    // It is what the program shows.
    types(&mut attempt, &["dig +short SOA example.org @192.0.2.42", "zone show example.org"]);
    let soa = rows(&attempt).into_iter().find(|r| r.contains(" SOA ")).unwrap();
    let serial = soa.split(' ').nth(5).unwrap().to_owned();
    let said = attempt.entries().iter().any(
        |e| matches!(&e.event, crate::event::Event::Printed { text, .. } if text.contains(" SOA ") && text.contains(&serial)),
    );
    assert!(said, "{soa}");
}

#[test]
fn the_settings_of_an_open_host_are_shown_with_what_each_does() {
    let mut attempt = begun(OPEN);
    types(
        &mut attempt,
        &["ssh relay.example.org 'postconf -e \"smtp_tls_security_level = encrypt\" nonsense=1'"],
    );
    for lang in Lang::ALL {
        let network = network(Ui::of(lang), attempt.drawn(), attempt.entries(), false);
        assert_eq!(network.settings.len(), 1);
        let settings = &network.settings[0].settings;
        assert!(settings.len() > 20);
        for setting in settings {
            let unknown = setting.text == Ui::of(lang).t("setting-unknown");
            assert_eq!(unknown, setting.name == "nonsense", "{}: {}", setting.name, setting.text);
        }
        let level = settings.iter().find(|s| s.name == "smtp_tls_security_level").unwrap();
        assert!(level.changed && level.value == "encrypt");
    }
}

#[test]
fn the_same_hosts_always_stand_in_the_same_places() {
    for (text, lines) in [
        (include_str!("../../../scenarios/open-relay.toml"), &[][..]),
        (include_str!("../../../scenarios/implicit-tls.toml"), &[]),
        (include_str!("../../../scenarios/playground.toml"), &["dig MX far.test"]),
    ] {
        let mut attempt = begun(text);
        types(&mut attempt, lines);
        let network = shown(&attempt);
        let seen = cards(&network);
        let side = |side: &str| seen.iter().filter(|c| c.starts_with(side)).count();
        assert!(side("left").abs_diff(side("right")) <= 2, "{seen:?}");
        assert_eq!(seen, cards(&shown(&attempt)));
    }
}
