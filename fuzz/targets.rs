//! One entry for each parser and each session that reads what somebody else wrote. `cargo fuzz` calls them with what it
//! makes up, tests/fuzz_corpora.rs with the corpora and with changes to them. An entry must not panic, must end, and
//! asserts what must hold of any input.

#[path = "learner.rs"]
mod learner;
#[path = "sender.rs"]
mod sender;

use helo::attempt::{Input, Record};
use helo::event::{FolderRefusal, TlsSession, TlsVersion};
use helo::mail::Glob;
use helo::mail::sasl::{Client, Mechanism, Salted, ServerExchange, Step};
use helo::mail::{Fields, Mailbox, Message, Outline, PathText, mime, pem};
use helo::proto::imap::{self, FolderAnswer, FolderAsk, FolderCounts, FolderInfo, utf7};
use helo::proto::{Answer, Ask, MaildropMessage, Out, Session, TlsOffer, dns, pop3, smtp};
use helo::scenario::{CodePattern, Scenario, Script};
use helo::units::{Bytes, Lang, MessageId, Offset, Time};
use helo::web::page_input;
use helo::workstation::Workstation;
use helo::world::{Notice, World};
use std::time::Duration;

/// An entry's name and the entry.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// Every entry under its name, which is also the name of its corpus.
pub(crate) const TARGETS: &[Target] = &[
    ("address", address),
    ("auth_results", sender::results),
    ("dkim", sender::dkim_message),
    ("dmarc", sender::dmarc_message),
    ("dns", dns_message),
    ("dns_record", dns_record),
    ("glob", glob),
    ("header", header),
    ("html", learner::html),
    ("imap", imap_server),
    ("imap_utf7", imap_utf7),
    ("journal", journal),
    ("lines", learner::lines),
    ("mime", mime_message),
    ("page", page),
    ("pem", pem_text),
    ("pop3_server", pop3_server),
    ("sasl_client", sasl_client),
    ("sasl_server", sasl_server),
    ("scenario", scenario),
    ("script", script),
    ("smime", sender::smime),
    ("smtp_client", smtp_client),
    ("smtp_server", smtp_server),
    ("spf", sender::spf),
    ("terminal", terminal),
    ("trace", learner::trace),
];

/// Calls the entry of this name.
pub(crate) fn run(name: &str, data: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    target.unwrap_or_else(|| panic!("there is no target {name}")).1(data);
}

/// Messages of the lab page; what one asks of an attempt can be recorded and read again.
fn page(data: &[u8]) {
    if let Ok(Some(input)) = page_input(&lossy(data)) {
        let recorded = serde_json::to_string(&input).expect("inputs are recorded as JSON");
        assert_eq!(serde_json::from_str::<Input>(&recorded).expect("and read again"), input);
    }
}

/// Where inputs are cut into chunks: at a NUL.
fn chunks(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    data.split(|b| *b == 0)
}

fn lossy(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// Addresses as MAIL and RCPT have them; what is read reads the same when it is written.
fn address(data: &[u8]) {
    let _ = PathText::find(data);
    if let Ok(read) = Mailbox::parse_octets(data) {
        assert_eq!(Mailbox::parse(&read.to_string()).as_ref(), Ok(&read));
    }
}

/// DNS messages; what is read can be written and reads the same again.
fn dns_message(data: &[u8]) {
    let Ok(read) = dns::decode(data) else { return };
    if let Ok(written) = dns::encode(&read) {
        assert_eq!(dns::decode(&written).ok().as_ref(), Some(&read));
    }
}

/// Records as a zone file has them.
fn dns_record(data: &[u8]) {
    if let Ok(record) = dns::parse_record(&lossy(data), "example.tld") {
        let _ = dns::value(&record.data);
    }
}

/// A pattern, a line end, a text.
fn glob(data: &[u8]) {
    let text = lossy(data);
    let (pattern, text) = text.split_once('\n').unwrap_or((&text, ""));
    let _ = Glob(pattern.to_owned()).matches(text);
    assert!(Glob::literal(text).matches(text), "{text:?} is itself");
    let _ = CodePattern::parse(pattern);
}

/// Header fields of a message, and its text.
fn header(data: &[u8]) {
    let fields = Fields::parse(data);
    let (header, body) = (fields.split.header, fields.split.body);
    assert!(header.start <= header.end && header.end <= data.len() && body.end <= data.len());
    for field in fields.iter() {
        let _ = field.decoded();
    }
    let outline = Outline::of(data);
    let places = outline.iter().map(|place| place.span);
    assert!(places.eq(fields.iter().map(|field| field.span)), "an outline has the fields that are read");
    let _ = (outline.hops(), Message::new(data).text());
}

/// The server's side of IMAP, with the reader of its commands. The first octet chooses the host, NULs cut the chunks.
fn imap_server(data: &[u8]) {
    let Some((&kind, data)) = data.split_first() else { return };
    let style =
        imap::Style::ALL.iter().copied().cycle().nth(usize::from(kind & 3)).unwrap_or(imap::Style::Dovecot);
    let mut config = imap::ServerConfig::new(style, "mail.example.tld");
    config.plain_logins = kind & 4 == 0;
    let offer = if kind & 8 == 0 { TlsOffer::Upgrade } else { TlsOffer::None };
    let mut session = imap::ServerSession::new(&config, offer);
    let now = Time(0);
    session.start(now);
    let mut folder = imap_folder();
    let mut closed = take_imap(&mut session, &mut folder);
    for chunk in chunks(data) {
        session.feed(now, chunk);
        closed |= take_imap(&mut session, &mut folder);
        // Somebody else at the same folder, between any two chunks.
        if kind & 16 != 0 {
            session.news(now, imap_news(&mut folder, chunk.len()));
            closed |= take_imap(&mut session, &mut folder);
        }
    }
    session.end_of_input(now);
    assert!(take_imap(&mut session, &mut folder) | closed, "a session ends with its input");
}

/// Does what the session wants; true once it is closed.
fn take_imap(session: &mut imap::ServerSession, folder: &mut imap::OpenFolder) -> bool {
    let mut closed = false;
    while let Some(out) = session.poll() {
        assert!(!closed, "nothing follows a close");
        match out {
            Out::Ask(id, Ask::Folders { what, .. }) => {
                session.answer(Time(0), id, Answer::Folders(folder_answer(what, folder)));
            }
            Out::Ask(id, ask) => session.answer(Time(0), id, answer(ask)),
            Out::StartTls => {
                let tls = TlsSession {
                    version: TlsVersion::Tls13,
                    cipher: String::new(),
                    server_name: None,
                    certificate: None,
                };
                session.tls_started(Time(0), &tls);
            }
            Out::Imap(exchange) => {
                assert!(!exchange.text.contains(['\r', '\n']));
                assert!(exchange.span.is_none_or(|s| s.start <= s.end && s.end <= exchange.line.len()));
            }
            Out::Close(_) => closed = true,
            _ => {}
        }
    }
    closed
}

/// The only folder there is, with two messages.
fn imap_folder() -> imap::OpenFolder {
    let octets: [&[u8]; 2] = [
        b"From: =?utf-8?q?=C3=A4?= <a@b.tld>\r\nSubject: x\r\n\r\ntext\r\n",
        b"Content-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\none\r\n--y\r\nContent-Type: message/rfc822\r\n\r\n\
          Subject: in\r\n\r\ntwo\r\n--y--\r\n",
    ];
    let messages = octets.into_iter().zip([3, 7]).map(|(octets, uid)| stored(uid, octets)).collect();
    imap::OpenFolder { validity: 1, uid_next: 8, keywords: imap::Keywords::default(), messages }
}

fn stored(uid: u32, octets: &[u8]) -> imap::StoredMessage {
    let date = imap::InternalDate { at: Time(0), zone: Offset(60) };
    let flags = imap::Flags::default();
    imap::StoredMessage { id: MessageId(uid), uid, flags, recent: true, date, octets: octets.into() }
}

/// A host that keeps no more than its one folder, and does to it roughly what it is asked.
fn folder_answer(ask: FolderAsk, folder: &mut imap::OpenFolder) -> FolderAnswer {
    match ask {
        FolderAsk::List => {
            let info = |name: &str| FolderInfo {
                name: name.to_owned(),
                exists: true,
                subscribed: true,
                special: None,
            };
            FolderAnswer::Folders(vec![info("INBOX"), info("Work/Old")])
        }
        FolderAsk::Open { .. } => FolderAnswer::Opened(Box::new(folder.clone())),
        FolderAsk::Count { folders } => {
            let messages = u32::try_from(folder.messages.len()).unwrap_or(u32::MAX);
            let counts =
                FolderCounts { messages, recent: 0, uid_next: 8, validity: 1, unseen: 1, octets: 99 };
            FolderAnswer::Counts(folders.into_iter().map(|name| (name, counts)).collect())
        }
        FolderAsk::Append { octets, .. } if octets.len() % 2 == 0 => {
            FolderAnswer::Appended { id: MessageId(9), validity: 1, uid: 8 }
        }
        FolderAsk::Append { .. } => FolderAnswer::Refused(FolderRefusal::NoSuchFolder),
        FolderAsk::Store { uids, flags, .. } => {
            for flag in &flags {
                if let imap::Flag::Keyword(word) = flag {
                    folder.keywords.add(word);
                }
            }
            let set = |uid| (uid, imap::Flags::default().with(imap::SystemFlag::Seen).with_keyword(0));
            FolderAnswer::Stored {
                flags: uids.into_iter().map(set).collect(),
                keywords: Some(folder.keywords.clone()),
            }
        }
        FolderAsk::Expunge { uids } => {
            let gone = uids.unwrap_or_else(|| folder.messages.iter().map(|m| m.uid).collect());
            folder.messages.retain(|m| !gone.contains(&m.uid));
            FolderAnswer::Expunged(gone)
        }
        FolderAsk::Copy { uids, .. } => {
            FolderAnswer::Copied { validity: 2, uids: uids.into_iter().zip(1..).collect() }
        }
        _ => FolderAnswer::Done,
    }
}

/// What another session did, one thing after another.
fn imap_news(folder: &mut imap::OpenFolder, turn: usize) -> imap::News {
    match turn % 4 {
        0 => {
            let message = stored(folder.uid_next, b"Subject: new\r\n\r\n");
            folder.uid_next = folder.uid_next.saturating_add(1);
            folder.messages.push(message.clone());
            imap::News::Arrived(message)
        }
        1 => imap::News::Gone(if folder.messages.is_empty() { 1 } else { folder.messages.remove(0).uid }),
        2 => imap::News::Flagged(7, imap::Flags::default().with(imap::SystemFlag::Deleted)),
        _ => {
            folder.keywords.add("neu");
            imap::News::Keywords(folder.keywords.clone())
        }
    }
}

/// Mailbox names in modified UTF-7.
fn imap_utf7(data: &[u8]) {
    if let Some(name) = utf7::decode(data) {
        assert_eq!(utf7::decode(utf7::encode(&name).as_bytes()), Some(name));
    }
    let text = lossy(data);
    assert_eq!(utf7::decode(utf7::encode(&text).as_bytes()), Some(text));
}

/// Journals; what is read can be written and reads the same again.
fn journal(data: &[u8]) {
    if let Ok(record) = Record::decode(&lossy(data)) {
        let written = record.encode();
        assert_eq!(Record::decode(&written).map(|r| r.encode()).ok(), Some(written));
    }
}

/// The structure of a message.
fn mime_message(data: &[u8]) {
    let _ = mime::Part::parse(data);
    let _ = mime::Envelope::parse(data, mime::header(data));
    let _ = mime::address_list(data);
}

/// PEM.
fn pem_text(data: &[u8]) {
    for (label, octets) in pem::decode(&lossy(data)) {
        let _ = pem::encode(&label, &octets);
    }
}

/// The server's side of POP3. The first octet chooses the host, NULs cut the chunks.
fn pop3_server(data: &[u8]) {
    let Some((&kind, data)) = data.split_first() else { return };
    let style = if kind & 1 == 0 { pop3::Style::Dovecot } else { pop3::Style::Courier };
    let mut config = pop3::ServerConfig::new(style, "mail.example.tld");
    (config.apop, config.auth_without_tls) = (kind & 2 != 0, kind & 4 == 0);
    let offer = if kind & 8 == 0 { TlsOffer::Upgrade } else { TlsOffer::None };
    let mut session = pop3::ServerSession::new(&config).with_tls(offer);
    let now = Time(0);
    session.start(now);
    let mut closed = take_pop3(&mut session, now);
    for chunk in chunks(data) {
        session.feed(now, chunk);
        closed |= take_pop3(&mut session, now);
    }
    session.end_of_input(now);
    assert!(take_pop3(&mut session, now) | closed, "a session ends with its input");
}

/// Does what the session wants; true once it is closed.
fn take_pop3(session: &mut pop3::ServerSession, now: Time) -> bool {
    let mut closed = false;
    while let Some(out) = session.poll() {
        assert!(!closed, "nothing follows a close");
        match out {
            Out::Ask(id, ask) => session.answer(now, id, answer(ask)),
            Out::StartTls => {
                let tls = TlsSession {
                    version: TlsVersion::Tls13,
                    cipher: String::new(),
                    server_name: None,
                    certificate: None,
                };
                session.tls_started(now, &tls);
            }
            Out::Pop3(exchange) => {
                assert!(!exchange.text.contains(['\r', '\n']));
                assert!(exchange.span.is_none_or(|s| s.start <= s.end && s.end <= exchange.line.len()));
            }
            Out::Send(octets) => assert!(octets.ends_with(b"\r\n")),
            Out::Close(_) => closed = true,
            _ => {}
        }
    }
    closed
}

/// A host with one user: anna, with the password tulpe.
fn answer(ask: Ask) -> Answer {
    let no = Answer::Verdict(helo::event::PolicyVerdict::No);
    let octets = b"Subject: hi\r\n\r\n.dot\r\nText\r\n".as_slice().into();
    let messages = vec![MaildropMessage { id: MessageId(1), uidl: "1".to_owned(), octets, crlf: false }];
    match ask {
        Ask::Numbers { .. } => Answer::Numbers(numbers()),
        Ask::Login { user, password } if user == "anna" && password == "tulpe" => {
            Answer::Maildrop { mailbox: user, messages }
        }
        Ask::Maildrop { user } => Answer::Maildrop { mailbox: user, messages },
        Ask::Authenticate(who) if who.user == "anna" => match who.proof.check("tulpe") {
            Some(verified) => Answer::Authenticated { user: who.user, verified },
            None => no,
        },
        Ask::Remove { .. } => Answer::Verdict(helo::event::PolicyVerdict::Yes),
        _ => no,
    }
}

fn numbers() -> Salted {
    Salted { nonce: "1896.697170952".to_owned(), salt: b"salt".to_vec(), iterations: 2 }
}

fn mechanism(kind: u8) -> Mechanism {
    Mechanism::ALL.into_iter().cycle().nth(usize::from(kind % 4)).unwrap_or(Mechanism::Plain)
}

/// The server's side of an authentication: the first octet chooses the mechanism, NULs of PLAIN are written as `|`, each
/// line is a message.
fn sasl_server(data: &[u8]) {
    let Some((&kind, data)) = data.split_first() else { return };
    let mut exchange = ServerExchange::new(mechanism(kind));
    let mut messages = data
        .split(|b| *b == b'\n')
        .map(|m| m.iter().map(|b| if *b == b'|' { 0 } else { *b }).collect::<Vec<u8>>());
    let first = if kind & 4 == 0 { messages.next() } else { None };
    let mut step = exchange.start(first.as_deref());
    for _ in 0..20 {
        step = match step {
            Step::NeedSalted { .. } => exchange.salted(numbers(), "mail.example.tld"),
            Step::Check(who) => exchange.verdict(who.proof.check("tulpe").as_ref()),
            Step::Challenge(_) => match messages.next() {
                Some(message) => exchange.response(&message),
                None => return,
            },
            Step::Done | Step::Fault(_) => return,
        };
    }
    panic!("an exchange ends");
}

/// The client's side, with a server that says anything.
fn sasl_client(data: &[u8]) {
    let Some((&kind, data)) = data.split_first() else { return };
    let mut client = Client::new(mechanism(kind), "anna", "tulpe", "rOprNGfwEbeRWgbNEkqO");
    if kind & 4 == 0 {
        let _ = client.initial();
    }
    for challenge in data.split(|b| *b == b'\n') {
        let _ = client.answer(challenge);
    }
    let believed = client.accepted(None).is_ok();
    assert!(!believed || client.mechanism() != Mechanism::ScramSha256, "no server knows the password");
}

/// Scenarios: a file is read, drawn, or its faults are shown.
fn scenario(data: &[u8]) {
    let text = lossy(data);
    match Scenario::load("fuzz.toml", &text) {
        Ok(scenario) => {
            let _ = scenario.draw(1, Lang::De);
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "a file is refused for a reason");
            let _ = helo::scenario::render("fuzz.toml", &text, &faults, false);
        }
    }
}

/// Scripts of solutions.
fn script(data: &[u8]) {
    let _ = Script::parse(data);
}

/// The client's side of SMTP, with a server that says anything.
fn smtp_client(data: &[u8]) {
    let to = |text: &str| Mailbox::parse(text).map(helo::mail::ForwardPath).ok();
    let config = smtp::ClientConfig {
        name: "relay.example.tld".to_owned(),
        from: helo::mail::ReversePath(Mailbox::parse("anna@example.tld").ok()),
        params: helo::event::MailParams::default(),
        rcpt_params: Vec::new(),
        to: [to("ben@example.net"), to("carla@example.net")].into_iter().flatten().collect(),
        message: Bytes::from(b"Subject: x\r\n\r\n.x\r\n".as_slice()),
        tls: helo::event::TlsLevel::May,
        tls_first: false,
        login: Some(smtp::ClientLogin::new("anna", "tulpe", "nonce")),
        manner: if data.len().is_multiple_of(2) { smtp::Manner::Relay } else { smtp::Manner::AllOrNothing },
    };
    let mut session = smtp::ClientSession::new(config);
    let now = Time(0);
    session.start(now);
    let mut outcomes = 0;
    let mut take = |session: &mut smtp::ClientSession| {
        while let Some(out) = session.poll() {
            outcomes += usize::from(matches!(out, Out::Delivery { .. }));
        }
    };
    take(&mut session);
    for chunk in chunks(data) {
        session.feed(now, chunk);
        take(&mut session);
    }
    session.end_of_input(now);
    take(&mut session);
    assert_eq!(outcomes, 2, "each recipient has an outcome, once");
}

/// A small internet, as scenarios write it.
const INTERNET: &str = r#"
format = 1
id = "fuzz"
title = { de = "-", en = "-" }
brief = { de = "-", en = "-" }
minutes = 1
workstation = { name = "ws.lab.test", ip = "198.51.100.17" }

[[step]]
id = "anything"
title = { de = "-", en = "-" }
task = { de = "-", en = "-" }
expect = [{ run = "telnet" }]

[[host]]
name = "mail.example.tld"
ip = "192.0.2.25"
domains = ["example.tld"]
relay = "anybody"
smtp = { style = "postfix" }
pop3 = { style = "dovecot" }
imap = { style = "dovecot" }
dns = true

[[host]]
name = "mx.example.net"
ip = "192.0.2.26"
domains = ["example.net"]
smtp = { style = "sendmail" }

[[host]]
name = "old.example.org"
ip = "192.0.2.27"
domains = ["example.org"]
smtp = { style = "qmail" }

[[domain]]
name = "example.tld"
records = ["@ MX 10 mail.example.tld."]

[[domain]]
name = "example.net"
records = ["@ MX 10 mx.example.net."]

[[mailbox]]
address = "anna@example.tld"
password = "tulpe"
"#;

/// 2025-09-01 08:00 UTC.
const START: Time = Time(1_756_713_600_000_000);

fn internet() -> Option<Scenario> {
    Scenario::load("fuzz.toml", INTERNET).ok()
}

fn world() -> Option<(World, helo::scenario::Drawn)> {
    let drawn = internet()?.draw(1, Lang::En).ok()?;
    Some((World::new(&drawn.setup, 1, START), drawn))
}

/// The server's side of SMTP in a small internet, and the relays behind it. The first octet chooses the host, NULs cut
/// the chunks.
fn smtp_server(data: &[u8]) {
    let Some((&kind, data)) = data.split_first() else { return };
    let (mut world, _) = world().expect("the internet above is one");
    let conn = world.connect(std::net::Ipv4Addr::new(192, 0, 2, 25 + kind % 3).into(), 25);
    for chunk in chunks(data) {
        world.send(conn, chunk);
        while let Some(notice) = world.next_notice() {
            if let Notice::Data(_, octets) = notice {
                assert!(octets.ends_with(b"\r\n"));
            }
        }
    }
    world.finish(conn);
    while let Some(due) = world.next_wakeup().filter(|due| *due < START.plus(Duration::from_secs(900))) {
        world.advance(due);
    }
}

/// What somebody types at a terminal, line by line.
fn terminal(data: &[u8]) {
    let (mut world, drawn) = world().expect("the internet above is one");
    let mut ws = Workstation::new(&drawn.setup.workstation, &mut world);
    let term = helo::units::TermId(1);
    for line in data.split(|b| *b == b'\n').take(40) {
        ws.line(&mut world, term, line);
        ws.notices(&mut world);
        let soon = world.now().plus(Duration::from_secs(1));
        world.advance(soon);
        ws.wake(&mut world);
        ws.notices(&mut world);
    }
}
