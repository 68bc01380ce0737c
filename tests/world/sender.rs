//! Mail that goes on after it was signed: what a forwarder and a mailing list do to SPF, DKIM and DMARC.

use crate::internet::{self, Internet};
use helo::event::{Event, SenderEvent};

/// A bank that signs and asks for the refusal of what fails, and a host that does as it is asked.
const HOSTS: &str = r#"
[[host]]
name = "mail.bank.test"
ip = "192.0.2.66"
smtp = { style = "postfix", auth = ["PLAIN"], auth_without_tls = true }

[[host]]
name = "mx.example.tld"
ip = "192.0.2.25"
smtp = { style = "postfix" }
verify = { dkim = true, dmarc = "enforce" }

[[domain]]
name = "bank.test"
records = ["@ MX 10 mail.bank.test.", "@ TXT v=spf1 mx -all", '_dmarc TXT "v=DMARC1; p=reject"']
dkim = { selector = "lab" }

[[domain]]
name = "example.tld"
records = ["@ MX 10 mx.example.tld."]

[[mailbox]]
address = "anna@bank.test"
password = "tulpe"

[[mailbox]]
address = "hedwig@example.tld"
password = "rose"
"#;

/// The letter as it lies in the mailbox after it came straight from the bank, from its signature on.
fn signed_letter(net: &mut Internet) -> String {
    let conn = net.connect("192.0.2.66", 25);
    net.say(conn, "EHLO ws.lab.test");
    // anna, tulpe
    net.say(conn, "AUTH PLAIN AGFubmFAYmFuay50ZXN0AHR1bHBl");
    net.say(conn, "MAIL FROM:<anna@bank.test>");
    net.say(conn, "RCPT TO:<hedwig@example.tld>");
    net.say(conn, "DATA");
    let events = net.say(conn, "From: anna@bank.test\r\nSubject: Hi\r\n\r\nHi\r\n.");
    assert_eq!(results(&events), ["spf=pass", "dkim=pass", "dmarc=pass"]);
    let (_, message) = internet::delivered(&events).pop().expect("it was delivered");
    let text = message.octets.lossy().into_owned();
    let at = text.find("DKIM-Signature: ").expect("it is signed");
    text[at..].to_owned()
}

/// The results of the checks, in their order.
fn results(events: &[Event]) -> Vec<String> {
    let result = |what: &SenderEvent| match what {
        SenderEvent::Spf(check) => vec![format!("spf={}", check.result.name())],
        SenderEvent::Dkim(checks) => checks.iter().map(|c| format!("dkim={}", c.result.name())).collect(),
        SenderEvent::Dmarc(check) => vec![format!("dmarc={}", check.result.name())],
        _ => Vec::new(),
    };
    let found = events.iter().filter_map(|event| match event {
        Event::Sender { what, .. } => Some(result(what)),
        _ => None,
    });
    found.flatten().collect()
}

/// Sends the letter on from somewhere else; what was found, and what the server said at last.
fn pass_on(net: &mut Internet, from: &str, letter: &str) -> (Vec<String>, String) {
    let conn = net.connect("192.0.2.25", 25);
    net.say(conn, "EHLO ws.lab.test");
    net.say(conn, &format!("MAIL FROM:<{from}>"));
    let mut events = net.say(conn, "RCPT TO:<hedwig@example.tld>");
    net.say(conn, "DATA");
    net.heard(conn);
    events.extend(net.say(conn, &format!("{letter}.")));
    (results(&events), net.heard(conn))
}

#[test]
fn a_forwarded_mail_breaks_spf_and_keeps_its_signature() {
    let mut net = Internet::new(HOSTS);
    let letter = signed_letter(&mut net);
    let (found, said) = pass_on(&mut net, "anna@bank.test", &format!("Received: from here\r\n{letter}"));
    assert_eq!(found, ["spf=fail", "dkim=pass", "dmarc=pass"]);
    assert!(said.starts_with("250 2.0.0 Ok"), "{said}");
}

#[test]
fn the_footer_of_a_mailing_list_breaks_the_signature_and_the_letter_is_refused() {
    let mut net = Internet::new(HOSTS);
    let letter = signed_letter(&mut net);
    let (found, said) = pass_on(&mut net, "list@lists.test", &format!("{letter}-- \r\nThe list\r\n"));
    assert_eq!(found, ["spf=none", "dkim=fail", "dmarc=fail"]);
    assert_eq!(said, "550 5.7.1 rejected by DMARC policy for bank.test\r\n");
}
