//! What an eavesdropper comes to know: passwords, letters, and no more than sizes under TLS.

use super::super::ears::{Item, heard, records, talks};
use super::super::secrets::{Learned, Logins};
use super::*;

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
    let heard = heard(ui, &entries, CONN, Zone::default());
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
    let talks = talks(ui, &entries, Zone::default());
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
    let heard = heard(ui, &entries, CONN, Zone::default());
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
    let heard = heard(ui, &entries, CONN, Zone::default());
    assert!(heard.conclusion.to_string().contains("changed"), "{:?}", heard.conclusion);
    assert!(matches!(heard.items.as_slice(), [Item::Plain { .. }, Item::Remark { .. }, Item::Remark { .. }]));
}

#[test]
fn what_is_heard_is_bounded() {
    let ui = Ui::of(Lang::En);
    let mut events = vec![said(&"x".repeat(100_000))];
    events.push(Event::Tls { conn: CONN, what: TlsEvent::Established(tls13()) });
    events.extend((0..500).map(|_| wire(Side::Client, b"x", true)));
    let all = heard(ui, &transcript(events), CONN, Zone::default());
    assert_eq!(all.left_out, 100_000 - (24 << 10));
    let shown: usize = all.items.iter().map(|i| format!("{i:?}").len()).sum();
    assert!(shown < 30_000, "{shown}");
    assert!(heard(ui, &[], CONN, Zone::default()).items.is_empty(), "no such connection");
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
        let page = format!("{:?}", heard(ui, &entries, CONN, Zone::default()).items);
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
