//! What is drawn of each kind of event in the conversation between the hosts.

use super::*;

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
    let modules = include_str!("../../../../static/js/wire-rows.js");
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
