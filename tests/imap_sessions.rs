//! IMAP sessions as a whole: the same in every chunking, no panic and bounded output on any input in every state, the
//! same again when everything is played again, and nothing from before TLS under it.

mod imap_world;

use helo::event::{CloseReason, Event, ImapExchange, ImapStatus, TlsSession, TlsVersion};
use helo::proto::imap::{ServerConfig, ServerSession, SpecialUse, Style};
use helo::proto::{Answer, Out, Session as _, TlsOffer};
use helo::units::{ConnId, Time};
use imap_world::{Lab, Site, flags};
use proptest::prelude::*;
use std::time::Duration;

/// Two messages, one of them in parts, and a few folders.
fn site(style: Style) -> Site {
    let mut site = Site::with(
        style,
        &[
            "From: otto@example.org\r\nSubject: Tulpen\r\nDate: Sun, 1 Feb 2026 10:00:00 +0100\r\n\r\nHallo.\r\n",
            "Subject: =?utf-8?q?M=C3=BCll?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\none\r\n--x\r\n\
             Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ntwo\r\n--x--\r\n",
            "\r\n",
        ],
    );
    site.last().messages[1].flags = flags("\\Seen,$Later");
    site.folder("Trash", Some(SpecialUse::Trash), true);
    site.folder("Work/Old", None, false);
    site
}

/// How a session stands when the input begins.
#[derive(Debug, Clone, Copy)]
enum Before {
    Nothing,
    LoggedIn,
    Selected,
    Examined,
}

impl Before {
    const ALL: [Before; 4] = [Before::Nothing, Before::LoggedIn, Before::Selected, Before::Examined];

    fn lines(self) -> &'static str {
        match self {
            Before::Nothing => "",
            Before::LoggedIn => "b1 LOGIN anna@example.tld tulpe\r\n",
            Before::Selected => "b1 LOGIN anna@example.tld tulpe\r\nb2 SELECT INBOX\r\n",
            Before::Examined => "b1 LOGIN anna@example.tld tulpe\r\nb2 EXAMINE INBOX\r\n",
        }
    }
}

/// What came of a session.
#[derive(Debug, PartialEq)]
struct Outcome {
    said: String,
    closed: Option<CloseReason>,
    exchanges: Vec<ImapExchange>,
}

fn outcome<'a>(site: &Site, before: Before, chunks: impl IntoIterator<Item = &'a [u8]>) -> Outcome {
    let mut lab = site.open();
    let conn = lab.connect(143);
    lab.send(conn, before.lines().as_bytes());
    for chunk in chunks {
        lab.send(conn, chunk);
    }
    lab.finish(conn);
    ended(&mut lab, conn)
}

fn ended(lab: &mut Lab, conn: ConnId) -> Outcome {
    let said = lab.said(conn).escape_ascii().to_string();
    Outcome { said, closed: lab.closed(conn), exchanges: lab.exchanges().cloned().collect() }
}

/// Commands as clients and learners send them, some of them wrong.
const COMMANDS: &[&str] = &[
    "a CAPABILITY",
    "a NOOP",
    "a LOGOUT",
    "a STARTTLS",
    "a ID (\"name\" \"x\" \"version\" NIL)",
    "a LOGIN anna@example.tld tulpe",
    "a LOGIN anna@example.tld wrong",
    "a LOGIN {16}\r\nanna@example.tld {5}\r\ntulpe",
    "a LOGIN {16+}\r\nanna@example.tld {5+}\r\ntulpe",
    "a LOGIN \"anna\\\"",
    "a AUTHENTICATE PLAIN AGFubmFAZXhhbXBsZS50bGQAdHVscGU=",
    "a AUTHENTICATE PLAIN\r\nAGFubmFAZXhhbXBsZS50bGQAdHVscGU=",
    "a AUTHENTICATE LOGIN\r\nYW5uYQ==\r\ndHVscGU=",
    "a AUTHENTICATE CRAM-MD5\r\n*",
    "a AUTHENTICATE SCRAM-SHA-256\r\nbiwsbj1hbm5hLHI9YWJj\r\n!!!",
    "a AUTHENTICATE GSSAPI",
    "a ENABLE CONDSTORE UTF8=ACCEPT",
    "a NAMESPACE",
    "a SELECT INBOX",
    "a SELECT \"Work/Old\"",
    "a SELECT nowhere",
    "a EXAMINE inbox",
    "a CREATE Neu/&APw-ber/tief",
    "a CREATE &bad",
    "a DELETE Trash",
    "a DELETE INBOX",
    "a RENAME Work Spiel",
    "a RENAME INBOX old",
    "a SUBSCRIBE Neu",
    "a UNSUBSCRIBE Trash",
    "a LIST \"\" *",
    "a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (% \"W*\") RETURN (CHILDREN STATUS (MESSAGES SIZE))",
    "a LIST \"\" \"\"",
    "a LSUB \"\" %*%*%*%",
    "a STATUS Trash (MESSAGES UIDNEXT UIDVALIDITY UNSEEN RECENT SIZE)",
    "a APPEND Trash (\\Seen $X) \"01-Feb-2026 10:00:00 +0100\" {12}\r\nSubject: x\r\n",
    "a APPEND INBOX {14+}\r\n\r\na2 LOGOUT\r\n\r\n",
    "a APPEND nowhere {5}",
    "a APPEND INBOX {99999999999}",
    "a APPEND INBOX {99999999}",
    "a IDLE\r\nDONE",
    "a IDLE",
    "DONE",
    "a CHECK",
    "a CLOSE",
    "a UNSELECT",
    "a EXPUNGE",
    "a UID EXPUNGE 1:*",
    "a FETCH 1:* FULL",
    "a FETCH *:1 (UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (Subject \"x y\")]<0.9> BODY[2.1.TEXT] BODYSTRUCTURE)",
    "a UID FETCH 2,999 BODY[2.MIME]",
    "a FETCH 0 ALL",
    "a FETCH 4294967295 (BODY[1.1.1.1.1.1.1.1])",
    "a STORE 1:3 +FLAGS.SILENT (\\Deleted neu)",
    "a STORE 2 FLAGS ()",
    "a UID STORE * -FLAGS \\Seen",
    "a STORE 1 FLAGS (\\Recent)",
    "a COPY 1:2 Trash",
    "a UID MOVE 3 Trash",
    "a COPY 1 nowhere",
    "a SEARCH ALL",
    "a SEARCH CHARSET UTF-8 SUBJECT {5}\r\nM\u{fc}ll OR (NOT (SEEN) 1:2) UID *",
    "a SEARCH RETURN (MIN MAX COUNT ALL) NOT NOT NOT OR OR ALL NEW UNSEEN SINCE 1-Feb-2026",
    "a UID SEARCH CHARSET KOI8-R TEXT x",
    "a SEARCH ((((((((((((((((((((((((((((((((((((((((((((((((((((ALL))))))))))))))))",
    "a XYZZY",
    "a UID",
    "NOOP",
    "",
    "a GETQUOTAROOT INBOX",
    "GET / HTTP/1.1",
    "EHLO ws.lab.test",
];

fn command() -> impl Strategy<Value = Vec<u8>> {
    proptest::sample::select(COMMANDS).prop_map(|line| line.as_bytes().to_vec())
}

/// Commands, changed in small ways, and anything else.
fn input() -> impl Strategy<Value = Vec<u8>> {
    let spoilt = (
        command(),
        any::<proptest::sample::Index>(),
        "[ (){}\"\\\\*%:,<>\\[\\].\r\n\0a1+~-]{0,3}",
        0usize..4,
    );
    let spoilt = spoilt.prop_map(|(mut line, at, what, less)| {
        let at = at.index(line.len() + 1);
        let end = (at + less).min(line.len());
        line.splice(at..end, what.bytes());
        line
    });
    let line = prop_oneof![
        6 => command(),
        5 => spoilt,
        1 => proptest::collection::vec(any::<u8>(), 0..40),
        1 => (0usize..70_000).prop_map(|n| [b"a LOGIN ".as_slice(), &vec![b'x'; n]].concat()),
        1 => (0usize..3000).prop_map(|n| format!("a SEARCH {}ALL", "NOT (".repeat(n)).into_bytes()),
    ];
    let end = prop_oneof![9 => Just("\r\n"), 1 => Just("\n"), 1 => Just("")];
    proptest::collection::vec((line, end), 0..20)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.into()].concat()).collect())
}

fn begin() -> impl Strategy<Value = (Site, Before)> {
    let style = proptest::sample::select(Style::ALL.to_vec()).prop_map(site);
    (style, proptest::sample::select(Before::ALL.to_vec()))
}

/// What must hold of every exchange, whatever was sent.
fn sound(exchange: &ImapExchange) {
    assert!(!exchange.text.contains(['\r', '\n']), "{exchange:?}");
    assert!(exchange.span.is_none_or(|s| s.start <= s.end && s.end <= exchange.line.len()), "{exchange:?}");
    assert!(exchange.line.len() <= ImapExchange::LINE);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_server_does_the_same_in_every_chunking((site, before) in begin(), input in input(), size in 1usize..60) {
        let whole = outcome(&site, before, [input.as_slice()]);
        let chunked = outcome(&site, before, input.chunks(size));
        prop_assert_eq!(&whole.said, &chunked.said);
        prop_assert_eq!(&whole, &chunked);
        if input.len() < 3000 {
            prop_assert_eq!(&whole, &outcome(&site, before, input.chunks(1)));
        }
        prop_assert!(whole.closed.is_some(), "a session ends with its input");
        whole.exchanges.iter().for_each(sound);
        prop_assert!(whole.said.is_empty() || whole.said.ends_with("\\r\\n"));
        // The input's lines ask for three small messages; no answer is out of proportion to that.
        prop_assert!(whole.said.len() < 400_000, "{} octets", whole.said.len());
    }

    #[test]
    fn any_octets_are_borne_and_answered_within_bounds(
        (site, before) in begin(),
        input in proptest::collection::vec(prop_oneof![
            4 => any::<u8>(),
            1 => proptest::sample::select(b" \r\n(){}\"*%".to_vec()),
        ], 0..600),
    ) {
        let plain = outcome(&site, before, []);
        let told = outcome(&site, before, [input.as_slice()]);
        told.exchanges.iter().for_each(sound);
        prop_assert!(told.said.len() <= plain.said.len() + 300 + 400 * input.len());
        prop_assert!(told.closed.is_some());
    }

    /// What two clients and a delivery do to one mailbox is the same each time, event by event.
    #[test]
    fn the_same_inputs_give_the_same_events(
        (site, before) in begin(),
        first in input(),
        second in input(),
        size in 1usize..200,
        wait in 0u64..2000,
    ) {
        let play = || {
            let mut lab = site.open();
            let (one, two) = (lab.connect(143), lab.connect(143));
            lab.send(one, before.lines().as_bytes());
            lab.send(two, Before::Selected.lines().as_bytes());
            let mut others = second.chunks(size);
            for chunk in first.chunks(size) {
                lab.send(one, chunk);
                lab.send(two, others.next().unwrap_or_default());
            }
            lab.deliver("anna@example.tld", "again");
            lab.wait(Duration::from_secs(wait));
            lab.finish(two);
            lab.finish(one);
            let events: Vec<Event> = std::mem::take(&mut lab.log);
            (events, lab.said(one), lab.said(two))
        };
        prop_assert_eq!(play(), play());
    }
}

fn handshake() -> TlsSession {
    let cipher = "TLS_AES_256_GCM_SHA384".to_owned();
    TlsSession { version: TlsVersion::Tls13, cipher, server_name: None, certificate: None }
}

/// Takes what a session does that asks nothing.
fn taken(session: &mut ServerSession) -> Vec<Out> {
    std::iter::from_fn(|| session.poll()).collect()
}

fn said(outs: &[Out]) -> String {
    let sent = outs.iter().filter_map(|out| match out {
        Out::Send(octets) => Some(octets.as_slice()),
        _ => None,
    });
    String::from_utf8(sent.collect::<Vec<_>>().concat()).unwrap()
}

const NOW: Time = Time(1_769_947_200_000_000);

/// The published injections: whatever comes in the clear behind STARTTLS is gone (RFC 3501 section 6.2.1).
#[test]
fn nothing_from_before_tls_is_executed_under_it() {
    for style in Style::ALL {
        for injected in [
            "b NOOP\r\n",
            "b LOGIN evil evil\r\n",
            "b LOGIN {4}\r\n",
            "b LOGIN {4+}\r\nevil {4+}\r\nevil\r\n",
            "b AUTHENTICATE PLAIN AGFubmEAdHVscGU=\r\n",
            "b IDLE\r\n",
            "b NO",
            "\r\n",
            "b STARTTLS\r\n",
        ] {
            let config =
                ServerConfig { plain_logins: false, ..ServerConfig::new(*style, "mail.example.tld") };
            let mut session = ServerSession::new(&config, TlsOffer::Upgrade);
            session.start(NOW);
            session.feed(NOW, format!("a STARTTLS\r\n{injected}").as_bytes());
            let outs = taken(&mut session);
            assert_eq!(outs.last(), Some(&Out::StartTls), "{style:?} {injected:?}");
            assert!(said(&outs).lines().last().is_some_and(|l| l.starts_with("a OK ")), "{style:?}");
            session.feed(NOW, b"c NOOP\r\n");
            session.tls_started(NOW, &handshake());
            assert_eq!(taken(&mut session), [], "{style:?} {injected:?}");
            session.feed(NOW, b"d NOOP\r\n");
            let heard = said(&taken(&mut session));
            assert!(
                heard.starts_with("d OK ") && heard.lines().count() == 1,
                "{style:?} {injected:?} {heard}"
            );
        }
    }
}

/// Before TLS no password is taken where the host wants none; under TLS it is, and STARTTLS is offered no more.
#[test]
fn passwords_wait_for_tls() {
    for style in Style::ALL {
        for offer in [TlsOffer::Upgrade, TlsOffer::Implicit] {
            let config =
                ServerConfig { plain_logins: false, ..ServerConfig::new(*style, "mail.example.tld") };
            let mut session = ServerSession::new(&config, offer);
            if offer == TlsOffer::Implicit {
                session.tls_started(NOW, &handshake());
            }
            session.start(NOW);
            session.feed(NOW, b"a CAPABILITY\r\n");
            let offered = said(&taken(&mut session));
            let upgrade = offer == TlsOffer::Upgrade;
            assert_eq!(offered.contains("STARTTLS"), upgrade, "{style:?} {offered}");
            assert_eq!(offered.contains("LOGINDISABLED"), upgrade, "{style:?} {offered}");
            assert_eq!(offered.contains("AUTH=PLAIN"), !upgrade, "{style:?} {offered}");
            if upgrade {
                session.feed(NOW, b"b LOGIN anna tulpe\r\nc AUTHENTICATE PLAIN AGFubmEAdHVscGU=\r\n");
                let outs = taken(&mut session);
                assert!(!outs.iter().any(|o| matches!(o, Out::Ask(..))), "{style:?} {outs:?}");
                let refused = said(&outs);
                assert!(
                    refused
                        .lines()
                        .all(|l| l.starts_with("* BAD") || l.contains(" NO ") || l.contains(" BAD ")),
                    "{refused}"
                );
                session.feed(NOW, b"d STARTTLS\r\n");
                assert_eq!(taken(&mut session).last(), Some(&Out::StartTls), "{style:?}");
                session.tls_started(NOW, &handshake());
            }
            session.feed(NOW, b"e STARTTLS\r\nf CAPABILITY\r\ng LOGIN anna tulpe\r\n");
            let outs = taken(&mut session);
            let under = said(&outs);
            assert!(
                under.lines().any(|l| l.starts_with("e BAD ") || l.starts_with("e NO ")),
                "{style:?} {under}"
            );
            assert!(!outs.contains(&Out::StartTls), "{style:?}");
            assert!(under.contains("AUTH=PLAIN") && !under.contains("LOGINDISABLED"), "{style:?} {under}");
            assert!(matches!(outs.last(), Some(Out::Ask(..))), "{style:?} {outs:?}");
        }
    }
}

/// An owner that answers what was not asked, or twice, changes nothing.
#[test]
fn only_the_answer_to_the_open_question_counts() {
    let config = ServerConfig::new(Style::Dovecot, "mail.example.tld");
    let mut session = ServerSession::new(&config, TlsOffer::None);
    session.start(NOW);
    session.feed(NOW, b"a LOGIN anna tulpe\r\nb NOOP\r\n");
    let outs = taken(&mut session);
    let Some(Out::Ask(id, _)) = outs.last() else { panic!("{outs:?}") };
    let no = || Answer::Verdict(helo::event::PolicyVerdict::No);
    session.answer(NOW, helo::proto::AskId(id.0 + 1), no());
    assert_eq!(taken(&mut session), []);
    session.answer(NOW, *id, no());
    session.answer(NOW, *id, no());
    let heard = said(&taken(&mut session));
    assert_eq!(
        heard.lines().map(|l| l.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>(),
        ["a NO", "b OK"]
    );
}

#[test]
fn a_line_without_end_and_a_flood_of_mistakes_cost_little() {
    for style in Style::ALL {
        let site = site(*style);
        let long = [b"a LOGIN ".to_vec(), vec![b'x'; 4 << 20], b"\r\n".to_vec()].concat();
        let told = outcome(&site, Before::Nothing, [long.as_slice()]);
        assert!(told.said.len() < 2000, "{style:?}");
        assert_eq!(
            told.exchanges
                .iter()
                .filter(|e| e.status == ImapStatus::Bad || e.status == ImapStatus::Bye)
                .count(),
            1,
            "{style:?}"
        );
        let flood = b"a xyzzy\r\n".repeat(2000);
        for before in Before::ALL {
            let told = outcome(&site, before, [flood.as_slice()]);
            assert!(told.closed.is_some());
            told.exchanges.iter().for_each(sound);
        }
    }
}

/// Where TLS comes first, a host without a certificate has nothing to listen with.
#[test]
fn without_a_certificate_nothing_listens_where_tls_comes_first() {
    for certified in [false, true] {
        let mut lab = Site { tls: certified, ..site(Style::Dovecot) }.open();
        let conn = lab.connect(993);
        lab.handshake(conn);
        assert_eq!(lab.said(conn).starts_with(b"* OK "), certified);
        let refused = lab.log.iter().any(|e| matches!(e, Event::ConnectFailed { .. }));
        assert_eq!(refused, !certified, "{:?}", lab.log);
    }
}
