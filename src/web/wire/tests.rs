//! What is drawn of each kind of event, which octet is of which kind, and what an eavesdropper comes to know.

use super::bytes::{Dump, Kind, dump};
use super::ears::{Item, heard, records, talks};
use super::secrets::{Learned, Logins};
use super::*;
use crate::event::{
    ConnectFailure, DnsFailure, Entry, ImapCommand, ImapKnown, ImapVerb, LooksLike, PolicyQuestion,
    Pop3Command, Question, Record, RecordData, RecordType, Reply, ServerCertificate, TlsFailure, TlsVersion,
};
use crate::mail::certificate::CertificateFault;
use crate::mail::sasl::{Mechanism, SaslFault};
use crate::mail::{Message, ReversePath};
use crate::rfc::section;
use crate::units::{EventNo, InputNo, Lang, Offset, TermId, Time};
use crate::web::ui::Ui;
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};

const CONN: ConnId = ConnId(3);

fn viewer(lang: Lang) -> Viewer {
    Viewer { lang, offset: Offset(0), workstation: "ws.lab.test".to_owned() }
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

#[test]
fn connections_as_they_are_drawn() {
    let (from, to) = (at("ws.lab.test", 40000), at("mx.lab.test", 25));
    let opened = Event::Connected { conn: CONN, from: from.clone(), to: to.clone() };
    let end = |host, port| json!({"host": host, "ip": "192.0.2.1", "port": port});
    let ends = json!({"conn": 3, "from": end("ws.lab.test", 40000), "to": end("mx.lab.test", 25)});
    assert_eq!(seen(&opened), json!({"opened": ends}));
    let failed = seen(&Event::ConnectFailed { conn: CONN, from, to, why: ConnectFailure::Refused });
    assert_eq!(failed["failed"]["to"]["host"], "mx.lab.test");
    assert!(failed["failed"]["text"][0].as_str().unwrap().contains("25"), "{failed}");
    for (why, name) in
        [(CloseReason::Closed, "closed"), (CloseReason::Lost, "lost"), (CloseReason::Idle, "idle")]
    {
        let closed = seen(&Event::Closed { conn: CONN, by: Side::Server, why });
        assert_eq!((&closed["closed"]["why"], &closed["closed"]["by"]), (&name.into(), &"server".into()));
    }
}

#[test]
fn octets_as_they_are_drawn() {
    let octets = json!({"conn": 3, "by": "client", "size": 6, "text": ["QUIT\n"]});
    assert_eq!(seen(&said("QUIT\r\n")), json!({"octets": octets}));
    let secret = seen(&wire(Side::Server, b"x\r\n.\r\n", true));
    assert_eq!((&secret["octets"]["tls"], &secret["octets"]["dot"]), (&true.into(), &true.into()));
    let hostile = seen(&wire(Side::Client, b"\x1b[2J\xff<script>", false));
    let shown = json!([{"code": "U+001B"}, "[2J", {"code": "0xFF"}, "<script>"]);
    assert_eq!(hostile["octets"]["text"], shown);
    let altered = seen(&Event::Tampered { conn: CONN, from: Side::Server, octets: "250 x\r\n".into() });
    assert_eq!(altered["altered"]["text"], json!(["250 x\n"]));
}

#[test]
fn long_octets_are_cut_between_characters() {
    for shift in 0..4 {
        let text = format!("{}{}", "a".repeat(shift), "ü日".repeat(4000));
        let seen = seen(&said(&text));
        assert_eq!(seen["octets"]["cut"], true);
        assert_eq!(seen["octets"]["size"], text.len());
        let pieces = seen["octets"]["text"].as_array().unwrap();
        assert_eq!(pieces.len(), 1, "no octet without its character: {shift}");
        let length = pieces[0].as_str().unwrap().len();
        assert!((TEXT_OCTETS - 3..=TEXT_OCTETS).contains(&length));
    }
    let whole = seen(&wire(Side::Client, &[0x80; TEXT_OCTETS], false));
    assert!(whole["octets"].get("cut").is_none());
    // Nothing but continuation octets: cut somewhere all the same.
    assert_eq!(seen(&wire(Side::Client, &[0x80; 9000], false))["octets"]["cut"], true);
}

#[test]
fn answers_as_they_are_drawn() {
    let data = seen(&smtp("DATA", SmtpCommand::Data, 354, SmtpReason::StartMail));
    assert_eq!(data, json!({"answer": {"conn": 3, "class": "more", "letter": true}}));
    let message = SmtpCommand::Message { octets: "x".into() };
    let greylisted = seen(&smtp("", message, 451, SmtpReason::Greylisted { seconds: 300 }));
    assert_eq!(greylisted["answer"]["class"], "later");
    assert_eq!(greylisted["answer"]["whole"], true);
    assert!(greylisted["answer"]["text"][0].is_string(), "a refusal says why");
    let unknown = SmtpCommand::Unknown { verb: "FOO".to_owned(), looks_like: None };
    let unknown = seen(&smtp("FOO", unknown, 500, SmtpReason::UnknownCommand));
    assert_eq!(unknown["answer"]["class"], "no");
    assert!(unknown["answer"]["text"][0].as_str().unwrap().contains("FOO"));
    for (event, class, why) in [
        (pop3("LIST", Pop3Command::List { number: None }, true, Pop3Reason::Done), "done", false),
        (pop3("x", Pop3Command::Pass, false, Pop3Reason::LoginFailed), "no", true),
        (
            pop3(
                "AUTH PLAIN",
                Pop3Command::Auth { mechanism: None },
                true,
                Pop3Reason::Challenge { mechanism: Mechanism::Plain, number: 1 },
            ),
            "more",
            false,
        ),
        (imap("a1 x", ImapCommand::Connect, ImapStatus::Bad, ImapReason::UnknownCommand), "no", true),
        (imap("", ImapCommand::Connect, ImapStatus::Bye, ImapReason::Closing), "done", false),
        (imap("", ImapCommand::Connect, ImapStatus::Bye, ImapReason::TimedOut), "no", true),
        (imap("", ImapCommand::Connect, ImapStatus::Continue, ImapReason::Challenge), "more", false),
    ] {
        let seen = seen(&event);
        assert_eq!(seen["answer"]["class"], class, "{event:?}");
        assert_eq!(seen["answer"]["text"].is_array(), why, "{event:?}");
    }
}

#[test]
fn tls_as_it_is_drawn() {
    let of = |what| seen(&Event::Tls { conn: CONN, what });
    assert_eq!(of(TlsEvent::Expected), Value::Null, "a handshake that is due is nothing to see");
    let secured = of(TlsEvent::Established(tls13()));
    assert_eq!(secured["tls"]["state"], "secured");
    assert_eq!(secured["tls"]["facts"], json!([["TLSv1.3"], ["TLS_AES_256_GCM_SHA384"], ["mx.lab.test"]]));
    for (what, state) in [
        (TlsEvent::Failed(TlsFailure::NoCommonVersion), "failed"),
        (TlsEvent::Verified { name: Some("mx.lab.test".to_owned()), fault: None }, "good"),
        (TlsEvent::Verified { name: None, fault: Some(CertificateFault::SelfSigned) }, "bad"),
    ] {
        let seen = of(what);
        assert_eq!(seen["tls"]["state"], state);
        assert!(!seen["tls"]["text"][0].as_str().unwrap().is_empty());
    }
}

#[test]
fn questions_as_they_are_drawn() {
    let question = Question { name: "lab.test".to_owned(), qtype: RecordType::Mx };
    let server = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 53));
    let ask = |outcome, answers| {
        let question = question.clone();
        seen(&Event::Dns { asker: "ws.lab.test".to_owned(), server, question, outcome, answers })
    };
    let mx = RecordData::Mx { preference: 10, exchange: "mx.lab.test".to_owned() };
    let record = Record { name: "lab.test".to_owned(), ttl: 60, data: mx };
    let found = ask(Ok(Rcode::NoError), vec![record.clone()]);
    assert_eq!(found["dns"]["question"], json!(["MX lab.test"]));
    assert_eq!(found["dns"]["answers"], json!([["10 mx.lab.test."]]));
    assert_eq!((&found["dns"]["ok"], &found["dns"]["asker"]), (&true.into(), &"ws.lab.test".into()));
    assert_eq!(ask(Ok(Rcode::NoError), Vec::new())["dns"]["ok"], false, "no record is no answer");
    assert_eq!(ask(Err(DnsFailure::TimedOut), Vec::new())["dns"]["ok"], false);
    assert_eq!(
        ask(Ok(Rcode::NoError), vec![record; 99])["dns"]["answers"].as_array().unwrap().len(),
        ANSWERS
    );

    let ask = |verdict| {
        let question = PolicyQuestion::Sender { from: ReversePath(None) };
        seen(&Event::Policy { conn: CONN, question, verdict })
    };
    assert_eq!(ask(PolicyVerdict::Yes)["policy"]["yes"], true);
    let no = ask(PolicyVerdict::Recipient(RecipientVerdict::RelayDenied));
    assert_eq!(no["policy"]["yes"], false);
    assert!(no["policy"]["question"][0].as_str().unwrap().contains("<>"), "{no}");
}

/// Events that are told between the arrows, as a transcript has them, with the kind of note each becomes.
fn told() -> Vec<(Event, &'static str)> {
    let host = "mx.lab.test";
    let bob = "bob@lab.test";
    let message = serde_json::to_value(Message::new("x")).unwrap();
    let envelope = json!({"from": null, "to": [], "helo": "", "esmtp": true, "client": "192.0.2.1"});
    let record = json!({"name": "lab.test", "ttl": 60, "data": {"A": "192.0.2.1"}});
    let told = [
        (
            json!({"accepted": {"id": 7, "host": host, "conn": 3, "queue_id": "Q", "envelope": envelope, "message": message}}),
            "accepted",
        ),
        (json!({"delivered": {"id": 7, "host": host, "mailbox": bob, "message": message}}), "delivered"),
        (
            json!({"deferred": {"id": 7, "host": host, "recipient": bob, "until": 0, "why": "no-such-user"}}),
            "deferred",
        ),
        (
            json!({"undeliverable": {"id": 7, "host": host, "recipient": bob, "why": "no-such-user"}}),
            "given-up",
        ),
        (
            json!({"expanded": {"id": 7, "host": host, "recipient": bob, "into": [bob], "by": "alias"}}),
            "expanded",
        ),
        (
            json!({"reported": {"id": 7, "about": 2, "host": host, "queue_id": "R", "to": bob, "recipients": [], "message": message}}),
            "reported",
        ),
        (
            json!({"unreported": {"id": 7, "host": host, "recipients": [bob], "why": "null-sender"}}),
            "unreported",
        ),
        (json!({"removed": {"host": host, "mailbox": bob, "ids": [7]}}), "removed"),
        (json!({"fault": {"fault": "gone", "what": "refused", "place": host, "conn": 3}}), "fault"),
        (json!({"setting": {"host": host, "name": "mynetworks", "value": "x"}}), "setting"),
        (json!({"zone": {"zone": "lab.test", "what": {"added": record}, "serial": 2}}), "zone"),
        (json!({"person": {"name": "Bob", "address": bob, "what": {"reads": {"id": 7}}}}), "person"),
        (json!({"sender": {"host": host, "conn": 3, "what": {"forged-results": {"count": 1}}}}), "sender"),
        (json!({"time-passed": {"to": 0}}), "time"),
        (json!({"limit-reached": {"limit": "messages", "at": 9}}), "limit"),
    ];
    told.into_iter().map(|(event, kind)| (serde_json::from_value(event).unwrap(), kind)).collect()
}

#[test]
fn notes_as_they_are_drawn() {
    for lang in Lang::ALL {
        for (event, kind) in told() {
            let seen = serde_json::to_value(drawn(&viewer(lang), &event)).unwrap();
            assert_eq!(seen["note"]["kind"], kind, "{event:?}");
            assert!(seen["note"]["text"][0].as_str().is_some_and(|t| t.len() > 5), "{seen}");
        }
    }
    let note = |place: usize| seen(&told()[place].0)["note"].clone();
    assert_eq!(
        (&note(0)["conn"], &note(0)["ids"], &note(0)["host"]),
        (&3.into(), &json!([7]), &"mx.lab.test".into())
    );
    assert_eq!(note(5)["ids"], json!([7, 2]), "a report is about two messages");
    assert_eq!(note(8)["conn"], 3);
    let modules = include_str!("../../../static/js/wire-rows.js");
    for (_, kind) in told() {
        assert!(modules.contains(&format!("\"wire-note-{kind}\"")), "the page has a word for {kind}");
    }
}

#[test]
fn what_is_beside_the_wire_is_not_drawn() {
    let term = TermId(1);
    for event in [
        Event::Typed { term, text: "x".into(), conn: Some(CONN) },
        Event::Printed { term, text: "x".into(), conn: None },
        Event::HintTaken { step: "a".into(), number: 1 },
        Event::QueueListed { host: "mx.lab.test".into(), messages: 1 },
    ] {
        assert_eq!(seen(&event), Value::Null);
    }
}

#[test]
fn what_is_pushed_stays_small() {
    let huge = "x".repeat(1 << 20);
    for event in
        [said(&huge), Event::Tampered { conn: CONN, from: Side::Client, octets: huge.as_str().into() }]
    {
        let size = seen(&event).to_string().len();
        assert!(size < 800, "{size}");
    }
}

fn kinds(dump: &Dump) -> Vec<(Kind, String)> {
    let runs = dump.rows.iter().flat_map(|r| &r.runs);
    runs.filter(|r| r.kind != Kind::Plain).map(|r| (r.kind, r.text.clone())).collect()
}

#[test]
fn line_ends_and_dots_are_told_apart() {
    let start = || smtp("DATA", SmtpCommand::Data, 354, SmtpReason::StartMail);
    let letter = "..a\r\nb\nc\rd\r\n\t\x1bü\u{202e}\r\n.\r\n";
    let entries = transcript(vec![said("..\r\nDATA\r\n"), start(), said(letter)]);
    let of = |n: u64| dump(&entries, CONN, move |p| p.n == n, 0, 1000);
    let eol = || (Kind::LineEnd, "CR LF".to_owned());
    assert_eq!(kinds(&of(2)), [eol(), eol()], "before DATA a dot is a dot");
    let of = of(4);
    assert_eq!(
        kinds(&of),
        [
            (Kind::Stuffed, ".".to_owned()),
            eol(),
            (Kind::BareLf, "LF".to_owned()),
            (Kind::BareCr, "CR".to_owned()),
            eol(),
            (Kind::Control, "^[".to_owned()),
            (Kind::High, "·····".to_owned()),
            eol(),
            (Kind::End, ".".to_owned()),
            eol(),
        ]
    );
    assert_eq!(of.found[&Kind::LineEnd], 4);
    assert_eq!(of.size, letter.len());
    assert_eq!(of.rows[0].runs[0].hex, "2e");
    assert_eq!(of.rows[1].offset, "0005", "each line begins a row");
}

#[test]
fn a_letter_that_comes_line_by_line_is_read_alike() {
    let start = || smtp("DATA", SmtpCommand::Data, 354, SmtpReason::StartMail);
    let lines = ["data \r\n", "..a\r\n", ".\r\n", "..b\r\n"];
    let mut events: Vec<Event> = lines.iter().map(|l| said(l)).collect();
    events.insert(1, start());
    let all = dump(&transcript(events), CONN, |_| true, 0, 1000);
    let dots: Vec<Kind> = kinds(&all).iter().map(|k| k.0).filter(|k| *k != Kind::LineEnd).collect();
    assert_eq!(dots, [Kind::Stuffed, Kind::End], "after the end a dot is a dot again");
    assert_eq!(all.rows.iter().filter_map(|r| r.piece).map(|p| p.0).collect::<Vec<_>>(), [2, 4, 5, 6]);
}

#[test]
fn long_answers_of_pop3_end_with_a_dot() {
    let list =
        pop3("RETR 1", Pop3Command::Retr { number: 1 }, true, Pop3Reason::MessageGiven { id: MessageId(1) });
    let answer = wire(Side::Server, b"+OK\r\n..x\r\n.\r\n", false);
    let all = dump(&transcript(vec![said("RETR 1\r\n"), list, answer]), CONN, |_| true, 0, 1000);
    let dots: Vec<Kind> = kinds(&all).iter().map(|k| k.0).filter(|k| *k != Kind::LineEnd).collect();
    assert_eq!(dots, [Kind::Stuffed, Kind::End]);
}

#[test]
fn bytes_come_in_pages() {
    let entries = transcript(vec![said(&"0123456789abcde\n".repeat(10)), said("end\r\n")]);
    let first = dump(&entries, CONN, |_| true, 0, 100);
    assert_eq!((first.rows.len(), first.next, first.size), (7, Some(100), 165));
    let rest = dump(&entries, CONN, |_| true, 100, 100);
    assert_eq!((rest.rows.len(), rest.next), (5, None));
    assert_eq!(rest.rows[0].offset, "0064");
    assert_eq!(rest.found[&Kind::BareLf], 10, "counted is all");
    assert!(dump(&entries, CONN, |_| true, usize::MAX, usize::MAX).rows.is_empty());
}

fn learned(event: &Event, logins: &mut Logins) -> Option<Learned> {
    match event {
        Event::Smtp { exchange, .. } => logins.smtp(exchange),
        Event::Pop3 { exchange, .. } => logins.pop3(exchange),
        Event::Imap { exchange, .. } => logins.imap(exchange),
        _ => None,
    }
}

#[test]
fn passwords_are_read_in_every_protocol() {
    let auth = |name: &str| SmtpCommand::Auth { mechanism: name.to_owned() };
    let more = |mechanism| SmtpCommand::AuthResponse { mechanism };
    let user = || SmtpReason::Authenticated { user: "anna@lab.test".to_owned() };
    let wrong = || SmtpReason::AuthFailed { fault: SaslFault::Wrong };
    let continued = || ImapCommand::Continuation { verb: ImapVerb::Authenticate };
    let ask = || ImapCommand::Malformed { verb: ImapVerb::Authenticate, uid: false };
    for events in [
        vec![smtp("AUTH PLAIN AGFubmEAdHVscGU=", auth("PLAIN"), 235, user())],
        vec![
            smtp("auth plain", auth("plain"), 334, SmtpReason::Challenge),
            smtp("AGFubmEAdHVscGU=", more(Mechanism::Plain), 235, user()),
        ],
        vec![
            smtp("AUTH LOGIN", auth("LOGIN"), 334, SmtpReason::Challenge),
            smtp("YW5uYQ==", more(Mechanism::Login), 334, SmtpReason::Challenge),
            smtp("dHVscGU=", more(Mechanism::Login), 235, user()),
        ],
        vec![
            smtp("AUTH LOGIN YW5uYQ==", auth("LOGIN"), 334, SmtpReason::Challenge),
            smtp("dHVscGU=", more(Mechanism::Login), 235, user()),
        ],
        vec![
            pop3("USER anna", Pop3Command::User { name: "anna".into() }, true, Pop3Reason::NameTaken),
            pop3("PASS tulpe", Pop3Command::Pass, true, Pop3Reason::LoggedIn { messages: 0 }),
        ],
        vec![login("a1 LOGIN anna tulpe")],
        vec![login(r#"a1 login "anna" "tulpe""#)],
        vec![login("a1 LOGIN {4}\r\nanna {5+}\r\ntulpe")],
        vec![
            imap("a1 AUTHENTICATE PLAIN", ask(), ImapStatus::Continue, ImapReason::Challenge),
            imap("AGFubmEAdHVscGU=", continued(), ImapStatus::Ok, ImapReason::LoggedIn),
        ],
    ] {
        let mut logins = Logins::default();
        let last = events.iter().filter_map(|e| learned(e, &mut logins)).last();
        let Some(Learned::Password { user, password, right, .. }) = last else {
            panic!("{events:?}: {last:?}")
        };
        assert_eq!((user.as_str(), password.as_str(), right), ("anna", "tulpe", true), "{events:?}");
    }
    // Refused, and heard all the same.
    let refused = smtp("AUTH PLAIN AGFubmEAdHVscGU=", auth("PLAIN"), 535, wrong());
    let heard = learned(&refused, &mut Logins::default());
    assert!(matches!(heard, Some(Learned::Password { right: false, .. })), "{heard:?}");
}

#[test]
fn digests_are_no_passwords() {
    let more = |mechanism| SmtpCommand::AuthResponse { mechanism };
    let user = || SmtpReason::Authenticated { user: "anna@lab.test".to_owned() };
    // anna and 32 zeros; SCRAM's first and last message.
    let cram = "YW5uYSAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA==";
    let first = "biwsbj1hbm5hLHI9eA==";
    let last = "Yz1iaXdzLHI9eHkscD1BQUFB";
    for (events, mechanism) in [
        (vec![smtp(cram, more(Mechanism::CramMd5), 235, user())], "CRAM-MD5"),
        (
            vec![
                smtp(first, more(Mechanism::ScramSha256), 334, SmtpReason::Challenge),
                smtp(last, more(Mechanism::ScramSha256), 235, user()),
            ],
            "SCRAM-SHA-256",
        ),
        (
            vec![pop3(
                "APOP anna 00",
                Pop3Command::Apop { name: "anna".into() },
                true,
                Pop3Reason::LoggedIn { messages: 1 },
            )],
            "APOP",
        ),
    ] {
        let mut logins = Logins::default();
        let learned = events.iter().filter_map(|e| learned(e, &mut logins)).last();
        assert_eq!(learned, Some(Learned::Digest { user: "anna".to_owned(), mechanism, right: true }));
    }
}

#[test]
fn what_is_no_login_teaches_nothing() {
    let mut logins = Logins::default();
    for event in [
        smtp("EHLO x", SmtpCommand::Ehlo { name: "x".into() }, 250, SmtpReason::Hello),
        smtp("AUTH PLAIN !!!", SmtpCommand::Auth { mechanism: "PLAIN".into() }, 501, SmtpReason::BadBase64),
        smtp("AUTH", SmtpCommand::Auth { mechanism: String::new() }, 501, SmtpReason::MissingArgument),
        pop3("PASS", Pop3Command::Pass, false, Pop3Reason::MissingArgument),
        pop3("", Pop3Command::Connect, true, Pop3Reason::Greeting),
        imap("", ImapCommand::Connect, ImapStatus::Ok, ImapReason::Greeting),
        imap(
            "a1 LOGIN {99999999999999999999}\r\nx",
            ImapCommand::Connect,
            ImapStatus::Bad,
            ImapReason::UnknownCommand,
        ),
        imap("a1 LOGIN \"anna\\", ImapCommand::Connect, ImapStatus::Bad, ImapReason::UnknownCommand),
        smtp(
            "user anna",
            SmtpCommand::Unknown {
                verb: "user".into(),
                looks_like: Some(LooksLike::Pop3 { verb: "USER".into() }),
            },
            500,
            SmtpReason::UnknownCommand,
        ),
    ] {
        assert_eq!(learned(&event, &mut logins), None, "{event:?}");
    }
}

#[test]
fn an_eavesdropper_reads_all_without_tls() {
    let ui = Ui::of(Lang::En);
    let entries = transcript(vec![
        said("AUTH PLAIN AGFubmEAdHVscGU=\r\n"),
        smtp(
            "AUTH PLAIN AGFubmEAdHVscGU=",
            SmtpCommand::Auth { mechanism: "PLAIN".into() },
            235,
            SmtpReason::Authenticated { user: "anna@lab.test".into() },
        ),
        said("Subject: x\r\n"),
        said("\r\nsecret\r\n.\r\n"),
        smtp(
            "",
            SmtpCommand::Message { octets: "x".into() },
            250,
            SmtpReason::MessageAccepted { id: MessageId(1), queue_id: "Q".into() },
        ),
    ]);
    let heard = heard(ui, &entries, CONN, Offset(0));
    assert_eq!(heard.conclusion.to_string(), "Read: name and password of anna; one letter.");
    let [
        Item::Plain { text: first, .. },
        Item::Learned { text },
        Item::Plain { client: true, text: letter, .. },
    ] = heard.items.as_slice()
    else {
        panic!("{:?}", heard.items);
    };
    assert!(first.to_string().contains("AGFubmEAdHVscGU="));
    assert!(text.to_string().contains("anna and tulpe"), "{text}");
    assert!(letter.to_string().contains("secret"), "lines that follow each other are one block: {letter}");
    let talks = talks(ui, &entries, Offset(0));
    assert_eq!((talks[0].conn, talks[0].secret, talks[0].kind), (3, true, "plain"));
}

#[test]
fn an_eavesdropper_sees_no_more_than_sizes_under_tls() {
    let ui = Ui::of(Lang::En);
    let auth = "AUTH PLAIN AGFubmEAdHVscGU=";
    let entries = transcript(vec![
        said("STARTTLS\r\n"),
        Event::Tls { conn: CONN, what: TlsEvent::Established(tls13()) },
        wire(Side::Client, auth.as_bytes(), true),
        smtp(
            auth,
            SmtpCommand::Auth { mechanism: "PLAIN".into() },
            235,
            SmtpReason::Authenticated { user: "anna@lab.test".into() },
        ),
        wire(Side::Server, b"235 yes\r\n", true),
    ]);
    let heard = heard(ui, &entries, CONN, Offset(0));
    let all = format!("{heard:?}");
    assert!(!all.contains("anna") && !all.contains("AGFu") && !all.contains("235"), "{all}");
    let said = heard.conclusion.to_string();
    assert_eq!(
        said,
        "Read the beginning, up to where TLS begins. Saw who talks to whom, when, and how much: 49 octets there, 31 back."
    );
    let Some(Item::Records { sizes, .. }) = heard.items.last() else { panic!("{all}") };
    assert_eq!(sizes.as_slice(), [(true, 27 + 22), (false, 9 + 22)]);
    let [_, Item::Handshake { lines }, ..] = heard.items.as_slice() else { panic!("{all}") };
    assert!(lines[0].to_string().contains("mx.lab.test"), "the name in ClientHello can be read");
}

#[test]
fn tls_that_was_stripped_shows() {
    let ui = Ui::of(Lang::En);
    let entries = transcript(vec![
        wire(Side::Server, b"250-x\r\n250 STARTTLS\r\n", false),
        Event::Tampered { conn: CONN, from: Side::Server, octets: "250 x\r\n".into() },
    ]);
    let heard = heard(ui, &entries, CONN, Offset(0));
    assert!(heard.conclusion.to_string().contains("changed"), "{:?}", heard.conclusion);
    assert!(matches!(heard.items.as_slice(), [Item::Plain { .. }, Item::Remark { .. }, Item::Remark { .. }]));
}

#[test]
fn what_is_heard_is_bounded() {
    let ui = Ui::of(Lang::En);
    let mut events = vec![said(&"x".repeat(100_000))];
    events.push(Event::Tls { conn: CONN, what: TlsEvent::Established(tls13()) });
    events.extend((0..500).map(|_| wire(Side::Client, b"x", true)));
    let all = heard(ui, &transcript(events), CONN, Offset(0));
    assert_eq!(all.left_out, 100_000 - (24 << 10));
    let shown: usize = all.items.iter().map(|i| format!("{i:?}").len()).sum();
    assert!(shown < 30_000, "{shown}");
    assert!(heard(ui, &[], CONN, Offset(0)).items.is_empty(), "no such connection");
}

#[test]
fn a_certificate_is_overheard_up_to_tls_1_2() {
    let ui = Ui::of(Lang::En);
    let shown = ServerCertificate {
        subject: "CN = mx.lab.test".to_owned(),
        names: vec!["DNS:other.lab.test".to_owned()],
        issuer: "O = helo".to_owned(),
        from: Time(0),
        until: Time(0),
    };
    for (version, readable) in [(TlsVersion::Tls12, true), (TlsVersion::Tls13, false)] {
        let session = TlsSession { version, certificate: Some(Box::new(shown.clone())), ..tls13() };
        let event = Event::Tls { conn: CONN, what: TlsEvent::Established(session) };
        let drawn = seen(&event);
        assert!(drawn["tls"]["certificate"].to_string().contains("other.lab.test"), "{drawn}");
        let entries = transcript(vec![event]);
        let page = format!("{:?}", heard(ui, &entries, CONN, Offset(0)).items);
        assert_eq!(page.contains("other.lab.test"), readable, "{page}");
    }
}

#[test]
fn records_are_as_long_as_their_suite_makes_them() {
    let session = |version, cipher: &str| TlsSession {
        version,
        cipher: cipher.to_owned(),
        server_name: None,
        certificate: None,
    };
    for (version, cipher, octets, sizes) in [
        (TlsVersion::Tls13, "TLS_AES_256_GCM_SHA384", 100, vec![122]),
        (TlsVersion::Tls13, "TLS_CHACHA20_POLY1305_SHA256", 0, vec![]),
        (TlsVersion::Tls12, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", 100, vec![129]),
        (TlsVersion::Tls12, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", 100, vec![121]),
        (TlsVersion::Tls11, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", 12, vec![5 + 16 + 48]),
        (TlsVersion::Tls11, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", 11, vec![5 + 16 + 32]),
        (TlsVersion::Tls10, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", 11, vec![5 + 32]),
        (TlsVersion::Tls13, "TLS_AES_256_GCM_SHA384", 40_000, vec![16_406, 16_406, 7_254]),
    ] {
        assert_eq!(records(&session(version, cipher), octets), sizes, "{version:?} {cipher} {octets}");
    }
}
