//! Why a POP3 server answered as it did: the typed reason of each answer, the place in the line that it is about, and
//! the rule, whatever the style's words.

mod pop3_host;

use helo::event::{LooksLike, PolicyVerdict, Pop3Command, Pop3Reason, Pop3State};
use helo::proto::pop3::{ServerConfig, ServerSession, Style};
use helo::proto::{Answer, AskId, Out, Session, TlsOffer};
use helo::units::{MessageId, Time};
use pop3_host::{Host, Mailbox};

fn mailbox() -> Mailbox {
    let message = |n: u32| (format!("uidl-{n}"), format!("Subject: {n}\r\n\r\nText\r\n").into_bytes());
    let messages = vec![message(1), message(2)];
    Mailbox {
        user: "anna".to_owned(),
        password: "tulpe".to_owned(),
        messages,
        locked: false,
        nonce: "1896.697170952".to_owned(),
    }
}

/// A host after the lines in `before`, which are separated by `/`.
fn after(style: Style, before: &str) -> Host {
    let mut host = Host::new(&ServerConfig::new(style, "mail.example.tld"), mailbox());
    for line in before.split('/').filter(|line| !line.is_empty()) {
        host.feed(format!("{line}\r\n").as_bytes());
    }
    host
}

/// A host's style, what was said before, a line, and of the answer to it the reason, the place in the line (`-`: none)
/// and the rule.
type Row = (Style, &'static str, &'static str, &'static str, &'static str, &'static str);

fn check((style, before, line, reason, place, rule): Row) {
    let mut host = after(style, before);
    let heard = host.exchanges.len();
    host.feed(format!("{line}\r\n").as_bytes());
    assert_eq!(host.exchanges.len(), heard + 1, "{before} / {line}");
    let exchange = &host.exchanges[heard];
    let shown = exchange.span.map_or("-", |span| &line[span.start..span.end]);
    let section = format!("{} {}", exchange.rule.rfc, exchange.rule.section);
    let got = (exchange.reason.kind(), shown, section.as_str());
    assert_eq!(got, (reason, place, rule), "{style:?}: {before} / {line}");
    assert_eq!(exchange.line, line.into());
}

#[test]
fn each_answer_has_its_reason_its_place_and_its_rule() {
    use Style::{Courier, Dovecot};
    let open = "USER anna/PASS tulpe";
    let gone = "USER anna/PASS tulpe/DELE 1";
    let rows = [
        (Courier, "", "USER anna", "name-taken", "-", "1939 7"),
        (Courier, "", "user", "missing-argument", "", "1939 7"),
        (Dovecot, "", "user", "name-taken", "-", "1939 7"),
        (Courier, "", "PASS tulpe", "user-first", "PASS", "1939 7"),
        (Courier, "", "PASS", "user-first", "PASS", "1939 7"),
        (Courier, "USER anna", "PASS", "missing-argument", "", "1939 7"),
        (Dovecot, "USER anna", "PASS", "login-failed", "", "1939 7"),
        (Courier, "USER anna", "PASS falsch", "login-failed", "falsch", "1939 7"),
        (Courier, "USER berta", "PASS tulpe", "login-failed", "tulpe", "1939 7"),
        (Courier, "USER  anna ", "PASS tulpe", "logged-in", "-", "1939 4"),
        (Courier, "USER anna", "PASS tulpe ", "login-failed", "tulpe ", "1939 7"),
        (Courier, "USER anna/PASS falsch", "PASS tulpe", "logged-in", "-", "1939 4"),
        (Dovecot, "USER anna/PASS falsch", "PASS tulpe", "user-first", "PASS", "1939 7"),
        (Dovecot, "USER anna/CAPA", "PASS tulpe", "logged-in", "-", "1939 4"),
        (Courier, "", "STAT", "wrong-state", "STAT", "1939 3"),
        (Courier, "", "retr", "wrong-state", "retr", "1939 3"),
        (Courier, open, "USER anna", "wrong-state", "USER", "1939 3"),
        (Courier, open, "PASS", "wrong-state", "PASS", "1939 3"),
        (Courier, open, "STAT", "done", "-", "1939 5"),
        (Courier, open, "RETR 2", "message-given", "-", "1939 5"),
        (Courier, open, "TOP 2 0", "message-given", "-", "1939 7"),
        (Courier, open, "DELE 2", "marked", "-", "1939 5"),
        (Courier, open, "RETR", "missing-argument", "", "1939 5"),
        (Courier, open, "RETR x1", "bad-argument", "x1", "1939 5"),
        (Courier, open, "RETR  3", "no-such-message", "3", "1939 5"),
        (Courier, open, "RETR 0", "no-such-message", "0", "1939 5"),
        (Courier, open, "RETR 99999999999", "bad-argument", "99999999999", "1939 5"),
        (Courier, gone, "RETR 1", "already-deleted", "1", "1939 5"),
        (Dovecot, open, "RETR 1 2", "bad-argument", " 2", "1939 5"),
        (Dovecot, open, "LIST 1x", "bad-argument", "x", "1939 5"),
        (Dovecot, open, "TOP 1", "missing-argument", "", "1939 7"),
        (Dovecot, open, "TOP 1 ", "missing-argument", "", "1939 7"),
        (Dovecot, open, "TOP 1 x", "bad-argument", "x", "1939 7"),
        (Dovecot, open, "TOP 3 x", "no-such-message", "3", "1939 7"),
        (Courier, open, "TOP 3", "no-such-message", "3", "1939 7"),
        (Courier, open, "TOP 2", "missing-argument", "", "1939 7"),
        (Courier, open, "UIDL 3", "no-such-message", "3", "1939 7"),
        (Courier, open, "RSET", "done", "-", "1939 5"),
        (Courier, open, "CAPA", "done", "-", "2449 5"),
        (Courier, open, "QUIT", "closing", "-", "1939 6"),
        (Courier, "", "STLS", "not-implemented", "STLS", "2595 4"),
        (Courier, open, "  EHLO x", "unknown-command", "EHLO", "1939 3"),
        (Dovecot, open, "  EHLO x", "unknown-command", "", "1939 3"),
        (Courier, "", "", "unknown-command", "", "1939 3"),
    ];
    rows.into_iter().for_each(check);
}

#[test]
fn each_answer_to_an_authentication_has_them_too() {
    use Style::{Courier, Dovecot};
    let open = "USER anna/PASS tulpe";
    let rows = [
        (Courier, "", "AUTH", "missing-argument", "", "5034 4"),
        (Dovecot, "", "AUTH", "done", "-", "5034 4"),
        (Courier, "", "AUTH NTLM", "unknown-mechanism", "NTLM", "5034 4"),
        (Courier, "", "AUTH SCRAM-SHA-256", "unknown-mechanism", "SCRAM-SHA-256", "5034 4"),
        (Courier, "", "AUTH PLAIN", "challenge", "-", "5034 4"),
        (Courier, "", "AUTH PLAIN x", "bad-base64", "PLAIN x", "5034 4"),
        (Courier, "", "AUTH PLAIN eA==", "auth-failed", "PLAIN eA==", "5034 4"),
        (Courier, "", "AUTH PLAIN AGFubmEAcm9zZQ==", "login-failed", "PLAIN AGFubmEAcm9zZQ==", "5034 4"),
        (Courier, "", "AUTH PLAIN AGFubmEAdHVscGU=", "logged-in", "-", "1939 4"),
        (Courier, "AUTH PLAIN", "*", "auth-cancelled", "-", "5034 4"),
        (Courier, "AUTH PLAIN", "NOOP!", "bad-base64", "NOOP!", "5034 4"),
        (Courier, "AUTH LOGIN", "YW5uYQ==", "challenge", "-", "5034 4"),
        (Courier, "AUTH LOGIN/YW5uYQ==", "cm9zZQ==", "login-failed", "cm9zZQ==", "5034 4"),
        (Courier, open, "AUTH PLAIN", "wrong-state", "AUTH", "1939 3"),
        (Courier, "", "APOP anna x", "not-implemented", "APOP", "1939 7"),
        (Courier, "", "LAST", "not-implemented", "LAST", "1939 3"),
    ];
    rows.into_iter().for_each(check);
}

#[test]
fn reasons_carry_what_they_are_about() {
    let mut host =
        after(Style::Dovecot, "STAT/USER anna/PASS tulpe/DELE 2/RETR 7/RETR 2/xyzzy/Subject: hi/QUIT");
    let got: Vec<Pop3Reason> = host.exchanges.drain(..).map(|e| e.reason).collect();
    assert_eq!(
        got,
        [
            Pop3Reason::Greeting,
            Pop3Reason::WrongState { wanted: Pop3State::Transaction },
            Pop3Reason::NameTaken,
            Pop3Reason::LoggedIn { messages: 2 },
            Pop3Reason::Marked { id: MessageId(2) },
            Pop3Reason::NoSuchMessage { number: 7, messages: 2 },
            Pop3Reason::AlreadyDeleted { number: 2 },
            Pop3Reason::UnknownCommand,
            Pop3Reason::UnknownCommand,
            Pop3Reason::Closing { removed: 1 },
        ]
    );
}

#[test]
fn the_user_is_named_from_the_first_user_on() {
    let host = after(Style::Dovecot, "NOOP/USER berta/PASS falsch/USER anna/PASS tulpe/STAT");
    let users: Vec<&str> = host.exchanges.iter().map(|e| e.user.as_str()).collect();
    assert_eq!(users, ["", "", "berta", "berta", "anna", "anna", "anna"]);
}

#[test]
fn lines_that_are_no_command_say_what_they_resemble() {
    let host = after(Style::Courier, "MAIL FROM:<a@b.tld>/Subject: hi/UESR anna");
    let unknown = |verb: &str, looks_like| Pop3Command::Unknown { verb: verb.to_owned(), looks_like };
    let heard: Vec<Pop3Command> = host.exchanges.iter().skip(1).map(|e| e.command.clone()).collect();
    assert_eq!(
        heard,
        [
            unknown("MAIL", Some(LooksLike::Smtp { verb: "MAIL".to_owned() })),
            unknown("Subject:", Some(LooksLike::Header { name: "Subject".to_owned() })),
            unknown("UESR", Some(LooksLike::Misspelt { verb: "USER".to_owned() })),
        ]
    );
}

#[test]
fn a_connection_too_many_is_turned_away_with_a_word() {
    for (style, said) in [
        (Style::Courier, "-ERR Too many connections.\r\n"),
        (
            Style::Dovecot,
            "-ERR [IN-USE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)\r\n",
        ),
    ] {
        let session = ServerSession::busy(&ServerConfig::new(style, "mail.example.tld"), 10);
        let mut host = Host::with(session, mailbox());
        host.feed(b"USER anna\r\n");
        assert_eq!(String::from_utf8(host.said()).unwrap(), said);
        let reasons: Vec<Pop3Reason> = host.exchanges.iter().map(|e| e.reason.clone()).collect();
        assert_eq!(reasons, [Pop3Reason::TooManyConnections { limit: 10 }]);
        assert!(host.closed.is_some());
        assert_eq!(host.session.next_wakeup(), None);
    }
}

#[test]
fn what_comes_while_a_question_is_open_waits_for_the_answer() {
    let mut host = after(Style::Courier, "USER anna");
    host.slow = true;
    host.said();
    host.feed(b"PASS tulpe\r\nSTAT\r\nDELE 1\r\nQUIT\r\nNOOP\r\n");
    assert_eq!(host.said(), b"", "nothing is said before the login is decided");
    assert_eq!(host.session.next_wakeup(), None, "the host's slowness is not the client's silence");
    host.session.answer(Time(0), AskId(99), Answer::Verdict(PolicyVerdict::No));
    assert_eq!(host.session.poll(), None, "an answer to another question is ignored");
    host.answer();
    assert_eq!(host.said(), b"+OK logged in.\r\n+OK 2 40\r\n+OK Deleted.\r\n");
    host.answer();
    assert_eq!(host.said(), b"+OK Bye-bye.\r\n");
    assert_eq!(host.removed, Some(vec![1]));
}

#[test]
fn messages_that_could_not_be_removed_are_not_called_removed() {
    let mut host = after(Style::Dovecot, "USER anna/PASS tulpe/DELE 1");
    host.slow = true;
    host.said();
    host.feed(b"QUIT\r\n");
    let (id, _) = host.open.take().expect("the host is asked to remove the message");
    host.session.answer(Time(0), id, Answer::Verdict(PolicyVerdict::No));
    let Some(Out::Pop3(exchange)) = host.session.poll() else { panic!("an answer to QUIT") };
    assert_eq!((exchange.ok, exchange.reason), (false, Pop3Reason::Closing { removed: 0 }));
}

#[test]
fn thousands_of_commands_at_once_are_answered_one_by_one() {
    let mut host = after(Style::Courier, "USER anna/PASS tulpe");
    host.session.feed(Time(0), &b"RETR 1\r\n".repeat(100_000));
    // Only the first is answered until its answer was taken.
    assert!(matches!(host.session.poll(), Some(Out::Pop3(_))));
    assert!(matches!(host.session.poll(), Some(Out::Send(_))));
    host.session.end_of_input(Time(0));
    let mut sends = 1;
    while let Some(out) = host.session.poll() {
        sends += usize::from(matches!(out, Out::Send(_)));
    }
    assert_eq!(sends, 100_000);
}

#[test]
fn ten_megabytes_without_an_end_are_one_line_too_long() {
    let mut host = after(Style::Courier, "");
    for _ in 0..160 {
        host.feed(&[b'x'; 65_536]);
    }
    host.feed(b"\r\nQUIT\r\n");
    let heard: Vec<Pop3Command> = host.exchanges.iter().skip(1).map(|e| e.command.clone()).collect();
    assert_eq!(heard, [Pop3Command::Overlong { octets: 160 * 65_536 + 2 }, Pop3Command::Quit]);
    assert_eq!(host.exchanges[1].reason, Pop3Reason::LineTooLong { limit: 255 });
    assert_eq!(host.exchanges[1].line.len(), 253);
}

/// What the host of a test is told to do otherwise.
fn host_with(change: impl Fn(&mut ServerConfig), offer: TlsOffer) -> Host {
    let mut config = ServerConfig::new(Style::Dovecot, "mail.example.tld");
    change(&mut config);
    Host::with(ServerSession::new(&config).with_tls(offer), mailbox())
}

#[test]
fn tls_and_apop_have_their_reasons() {
    let said = |host: &mut Host, line: &str| {
        host.feed(format!("{line}\r\n").as_bytes());
        let exchange = host.exchanges.last().unwrap();
        let shown = exchange.span.map_or("-", |span| &line[span.start..span.end]).to_owned();
        (
            exchange.reason.kind(),
            shown,
            format!("{} {}", exchange.rule.rfc, exchange.rule.section),
            exchange.tls,
        )
    };
    let is = |kind, shown: &str, rule: &str, tls| (kind, shown.to_owned(), rule.to_owned(), tls);

    let mut host = host_with(|c| c.auth_without_tls = false, TlsOffer::Upgrade);
    assert_eq!(said(&mut host, "USER anna"), is("tls-required", "USER", "2595 2.3", false));
    assert_eq!(said(&mut host, "PASS tulpe"), is("tls-required", "PASS", "2595 2.3", false));
    assert_eq!(said(&mut host, "AUTH LOGIN"), is("tls-required", "AUTH", "2595 2.3", false));
    assert_eq!(said(&mut host, "AUTH CRAM-MD5"), is("challenge", "-", "5034 4", false));
    assert_eq!(said(&mut host, "*"), is("auth-cancelled", "-", "5034 4", false));
    assert_eq!(said(&mut host, "STLS"), is("tls-begins", "-", "2595 4", false));
    host.secure();
    assert_eq!(said(&mut host, "STLS"), is("tls-active", "STLS", "2595 4", true));
    assert_eq!(said(&mut host, "USER anna"), is("name-taken", "-", "1939 7", true));
    assert_eq!(said(&mut host, "PASS tulpe"), is("logged-in", "-", "1939 4", true));

    let mut host = host_with(|c| c.apop = true, TlsOffer::None);
    assert_eq!(said(&mut host, "APOP anna"), is("missing-argument", "", "1939 7", false));
    assert_eq!(said(&mut host, "APOP anna 00"), is("bad-argument", "anna 00", "1939 7", false));
    let wrong = format!("APOP anna {:032}", 0);
    let shown = wrong.strip_prefix("APOP ").unwrap();
    assert_eq!(said(&mut host, &wrong), is("login-failed", shown, "1939 7", false));
}

#[test]
fn a_challenge_is_no_answer_and_a_mechanism_has_its_name_in_every_line() {
    let host = after(Style::Dovecot, "AUTH LOGIN/YW5uYQ==/dHVscGU=");
    let told: Vec<_> = host.exchanges.iter().skip(1).map(|e| (e.status(), e.mechanism(), &*e.user)).collect();
    assert_eq!(told, [("+", Some("LOGIN"), ""), ("+", Some("LOGIN"), ""), ("+OK", Some("LOGIN"), "anna")]);
}

/// A line of an authentication may be longer than a command, and not without end.
#[test]
fn how_long_an_answer_may_be() {
    let mut host = after(Style::Courier, "AUTH PLAIN");
    host.feed(format!("{}\r\n", "A".repeat(12_286)).as_bytes());
    assert_eq!(host.exchanges.last().unwrap().reason.kind(), "bad-base64");
    let mut host = after(Style::Courier, "AUTH PLAIN");
    host.feed(format!("{}\r\nNOOP\r\n", "A".repeat(12_287)).as_bytes());
    let reasons: Vec<_> = host.exchanges.iter().skip(2).map(|e| e.reason.clone()).collect();
    let wanted = Pop3State::Transaction;
    assert_eq!(reasons, [Pop3Reason::LineTooLong { limit: 12_288 }, Pop3Reason::WrongState { wanted }]);
}
