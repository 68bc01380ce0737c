//! Events of a connection, for the tests of what the Wire tab shows of them; each of its views has a file of its own.

mod bytes;
mod ears;
mod talk;

use super::*;
use crate::event::{
    ConnectFailure, DnsFailure, Entry, ImapCommand, ImapKnown, ImapVerb, LooksLike, PolicyQuestion,
    Pop3Command, Question, Record, RecordData, RecordType, Reply, ServerCertificate, TlsFailure, TlsVersion,
};
use crate::mail::certificate::CertificateFault;
use crate::mail::sasl::{Mechanism, SaslFault};
use crate::mail::{Message, ReversePath};
use crate::rfc::section;
use crate::units::{EventNo, InputNo, Lang, TermId, Time, Zone};
use crate::web::ui::Ui;
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};

const CONN: ConnId = ConnId(3);

fn viewer(lang: Lang) -> Viewer {
    Viewer { lang, zone: Zone::default(), workstation: "ws.lab.test".to_owned() }
}

/// What is drawn of an event, as the page gets it.
fn seen(event: &Event) -> Value {
    serde_json::to_value(drawn(&viewer(Lang::En), event)).unwrap()
}

fn at(host: &str, port: u16) -> Endpoint {
    Endpoint { host: host.to_owned(), ip: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), port }
}

fn entry(n: u64, event: Event) -> Entry {
    Entry { n: EventNo(n), at: Time(0), input: InputNo(1), event }
}

/// The entries of a connection on which these events happen.
fn transcript(events: Vec<Event>) -> Vec<Entry> {
    let opened = Event::Connected { conn: CONN, from: at("ws.lab.test", 40000), to: at("mx.lab.test", 25) };
    (1..).zip(std::iter::once(opened).chain(events)).map(|(n, e)| entry(n, e)).collect()
}

fn wire(from: Side, octets: &[u8], tls: bool) -> Event {
    Event::Wire { conn: CONN, from, octets: octets.into(), tls }
}

fn said(octets: &str) -> Event {
    wire(Side::Client, octets.as_bytes(), false)
}

fn smtp(line: &str, command: SmtpCommand, code: u16, reason: SmtpReason) -> Event {
    let exchange = SmtpExchange {
        command,
        line: line.into(),
        reply: Reply { code, enhanced: None, lines: vec!["x".to_owned()] },
        reason,
        span: None,
        tolerated: Vec::new(),
        rule: section(5321, "4.1.1"),
        transaction: 0,
    };
    Event::Smtp { conn: CONN, exchange }
}

fn pop3(line: &str, command: Pop3Command, ok: bool, reason: Pop3Reason) -> Event {
    let exchange = Pop3Exchange {
        command,
        line: line.into(),
        ok,
        text: String::new(),
        reason,
        span: None,
        rule: section(1939, "7"),
        user: String::new(),
        tls: false,
    };
    Event::Pop3 { conn: CONN, exchange }
}

fn imap(line: &str, command: ImapCommand, status: ImapStatus, reason: ImapReason) -> Event {
    let exchange = ImapExchange {
        tag: "a1".to_owned(),
        command,
        line: line.into(),
        status,
        code: None,
        text: String::new(),
        reason,
        span: None,
        rule: section(3501, "6.2.3"),
        user: String::new(),
        mailbox: None,
    };
    Event::Imap { conn: CONN, exchange }
}

fn login(line: &str) -> Event {
    let known = ImapKnown {
        verb: ImapVerb::Login,
        uid: false,
        mailbox: None,
        target: None,
        set: None,
        flags: Vec::new(),
        items: Vec::new(),
        surplus_blanks: false,
    };
    imap(line, ImapCommand::Known(Box::new(known)), ImapStatus::Ok, ImapReason::LoggedIn)
}

fn tls13() -> TlsSession {
    TlsSession {
        version: TlsVersion::Tls13,
        cipher: "TLS_AES_256_GCM_SHA384".to_owned(),
        server_name: Some("mx.lab.test".to_owned()),
        certificate: None,
    }
}
