//! SMTP sessions as a whole: the same in every chunking, no panic on any input, client against server in memory,
//! and what a client makes of what servers say.

mod smtp_host;

use helo::event::{
    CloseReason, LegTrouble, MailParams, Notify, OriginalRecipient, RcptParams, Ret, TlsFailure, TlsLevel,
    TlsSession, TlsVersion,
};
use helo::mail::certificate::CertificateFault;
use helo::mail::sasl::Mechanism;
use helo::mail::{ForwardPath, Mailbox, ReversePath};
use helo::proto::smtp::{
    ClientConfig, ClientFailure, ClientLogin, ClientSession, Door, Manner, ServerConfig, ServerSession,
    Style, Weakness,
};
use helo::proto::{Answer, Ask, AskId, Out, Session, TlsOffer};
use helo::units::{Offset, Time};
use proptest::prelude::*;
use smtp_host::{CLIENT, Host, exchanges, sent};

const NOW: Time = Time(1_404_118_587_000_000);

fn host() -> Host {
    Host {
        users: vec!["noname@example.tld".to_owned()],
        full: vec!["full@example.tld".to_owned()],
        refused: vec!["spam@tester.tld".to_owned()],
        queue_id: "4F2A31C0B2".to_owned(),
        passwords: vec![("anna@example.tld".to_owned(), "tulpe".to_owned())],
        relay_for: vec!["later.tld".to_owned()],
        nonce: "1896.697170952".to_owned(),
        salt: b"salt".to_vec(),
        ..Host::default()
    }
}

fn server(style: Style, strict: bool) -> ServerSession {
    let config = ServerConfig {
        strict,
        size_limit: 200,
        auth: Mechanism::ALL.to_vec(),
        auth_without_tls: true,
        ..ServerConfig::new(style, "mail.example.tld")
    };
    let door = Door { tls: TlsOffer::Upgrade, ..Door::default() };
    ServerSession::new(&config, Offset(120), CLIENT, None).at(door)
}

/// Everything a server does when its input comes in these chunks.
fn outcome<'a>(style: Style, strict: bool, chunks: impl IntoIterator<Item = &'a [u8]>) -> (Vec<Out>, Host) {
    secured_outcome(style, strict, chunks, [])
}

/// The same with what comes under TLS, where the server lets it begin. What comes in the clear after that is no
/// handshake, and is not fed.
fn secured_outcome<'a>(
    style: Style,
    strict: bool,
    chunks: impl IntoIterator<Item = &'a [u8]>,
    secured: impl IntoIterator<Item = &'a [u8]>,
) -> (Vec<Out>, Host) {
    let (mut session, mut host) = (server(style, strict), host());
    session.start(NOW);
    let mut outs = host.drain(NOW, &mut session);
    for chunk in chunks {
        session.feed(NOW, chunk);
        outs.extend(host.drain(NOW, &mut session));
        if outs.contains(&Out::StartTls) {
            break;
        }
    }
    for (n, chunk) in secured.into_iter().enumerate() {
        if !outs.contains(&Out::StartTls) {
            break;
        }
        if n == 0 {
            let cipher = "TLS_AES_256_GCM_SHA384".to_owned();
            session.tls_started(
                NOW,
                &TlsSession { version: TlsVersion::Tls13, cipher, server_name: None, certificate: None },
            );
            outs.extend(host.drain(NOW, &mut session));
        }
        session.feed(NOW, chunk);
        outs.extend(host.drain(NOW, &mut session));
    }
    session.end_of_input(NOW);
    outs.extend(host.drain(NOW, &mut session));
    (outs, host)
}

/// Lines of authentications.
fn login() -> impl Strategy<Value = Vec<u8>> {
    let lines = prop_oneof![
        Just("AUTH PLAIN AGFubmEAdHVscGU="),
        Just("AUTH PLAIN"),
        Just("AUTH LOGIN"),
        Just("AUTH LOGIN YW5uYQ=="),
        Just("AUTH CRAM-MD5"),
        Just("AUTH SCRAM-SHA-256 biwsbj1hbm5hLHI9YWJj"),
        Just("AUTH EXTERNAL ="),
        Just("AUTH"),
        Just("AGFubmEAdHVscGU="),
        Just("YW5uYQ=="),
        Just("dHVscGU="),
        Just("!!!"),
        Just("*"),
    ];
    lines.prop_map(|l: &str| l.as_bytes().to_vec())
}

/// BDAT and its chunks.
fn chunk() -> impl Strategy<Value = Vec<u8>> {
    let lines = prop_oneof![
        Just("BDAT 5\r\nQUIT\n"),
        Just("BDAT 12 LAST\r\nSubject: x\r\n"),
        Just("BDAT 0 LAST"),
        Just("BDAT 0"),
        Just("BDAT 500"),
        Just("BDAT x"),
        Just("MAIL FROM:<a@tester.tld>\r\nRCPT TO:<noname@example.tld>\r\nBDAT 7\r\n.\r\n\nab."),
    ];
    lines.prop_map(|l: &str| l.as_bytes().to_vec())
}

/// Lines such as learners, programs and attackers type.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let address = prop_oneof![
        Just("<noname@example.tld>"),
        Just("noname@example.tld"),
        Just("<a@tester.tld>"),
        Just("<spam@tester.tld>"),
        Just("<nobody@example.tld>"),
        Just("<full@example.tld>"),
        Just("<x@elsewhere.tld>"),
        Just("<@a,@b:noname@example.tld>"),
        Just("<\"no name\"@example.tld>"),
        Just("<>"),
        Just("<noname"),
        Just("no name@@"),
        Just("<noname@[192.0.2.1]>"),
        Just("<müller@example.tld>"),
    ];
    let rest = prop_oneof![
        Just(""),
        Just(" SIZE=10"),
        Just(" SIZE=999"),
        Just(" BODY=8BITMIME"),
        Just(" BODY=BINARYMIME"),
        Just(" SMTPUTF8"),
        Just(" RET=HDRS ENVID=a+2Bb"),
        Just(" NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a@b.tld"),
        Just(" NOTIFY=NEVER,DELAY"),
        Just(" AUTH=<>"),
        Just(" x y"),
        Just("  ")
    ];
    let path = (
        prop_oneof![Just("FROM:"), Just("TO:"), Just("from: "), Just("To :"), Just(""), Just("FROM")],
        address,
        rest,
    );
    let envelope = (prop_oneof![Just("MAIL "), Just("rcpt "), Just(" MAIL\t")], path)
        .prop_map(|(verb, (keyword, address, rest))| format!("{verb}{keyword}{address}{rest}").into_bytes());
    let transaction = Just(b"MAIL FROM:<a@tester.tld>\r\nRCPT TO:<noname@example.tld>\r\nDATA".to_vec());
    let word = prop_oneof![
        Just("HELO ws.lab.test"),
        Just("EHLO ws.lab.test"),
        Just("helo"),
        Just("DATA"),
        Just("RSET"),
        Just("NOOP x"),
        Just("VRFY noname"),
        Just("EXPN all"),
        Just("HELP mail"),
        Just("STARTTLS"),
        Just("STARTTLS now"),
        Just("ETRN later.tld"),
        Just("."),
        Just(".."),
        Just(""),
        Just("Subject: x"),
        Just("text"),
        Just("GET / HTTP/1.1"),
    ];
    prop_oneof![
        3 => login(),
        2 => chunk(),
        4 => envelope,
        4 => transaction,
        6 => word.prop_map(|w| w.as_bytes().to_vec()),
        1 => Just(b"QUIT".to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..40),
        1 => Just(vec![b'x'; 2100]),
    ]
}

fn input() -> impl Strategy<Value = Vec<u8>> {
    let end = prop_oneof![8 => Just("\r\n"), 1 => Just("\n"), 1 => Just("\r"), 1 => Just("\r\n.\r\n")];
    proptest::collection::vec((line(), end), 0..30).prop_map(|lines| {
        lines.into_iter().flat_map(|(line, end)| [line, end.as_bytes().to_vec()].concat()).collect()
    })
}

fn style() -> impl Strategy<Value = (Style, bool)> {
    (proptest::sample::select(Style::ALL.to_vec()), any::<bool>())
}

proptest! {
    #[test]
    fn a_server_does_the_same_in_every_chunking(
        (style, strict) in style(),
        input in input(),
        secured in input(),
        size in 1usize..50,
    ) {
        let whole = secured_outcome(style, strict, [input.as_slice()], [secured.as_slice()]);
        let bytewise = secured_outcome(style, strict, input.chunks(1), secured.chunks(1).chain([&[][..]]));
        let chunked = secured_outcome(style, strict, input.chunks(size), secured.chunks(size).chain([&[][..]]));
        prop_assert_eq!(&sent(&whole.0).escape_ascii().to_string(), &sent(&bytewise.0).escape_ascii().to_string());
        prop_assert_eq!(&whole.0, &bytewise.0);
        prop_assert_eq!(&whole.0, &chunked.0);
        prop_assert_eq!(&whole.1.taken, &chunked.1.taken);
        prop_assert_eq!(whole.0.iter().filter(|o| matches!(o, Out::Close(_))).count(), 1);
        prop_assert!(matches!(whole.0.last(), Some(Out::Close(_))));
    }

    /// A host that takes its time changes nothing either, and answers to other questions change nothing.
    #[test]
    fn a_server_waits_for_its_host((style, strict) in style(), input in input()) {
        let (expected, _) = outcome(style, strict, [input.as_slice()]);
        let (mut session, mut host) = (server(style, strict), host());
        session.start(NOW);
        session.feed(NOW, &input);
        session.end_of_input(NOW);
        let mut outs = Vec::new();
        loop {
            let mut asked: Option<(AskId, Ask)> = None;
            while let Some(out) = session.poll() {
                prop_assert!(asked.is_none(), "nothing is done while a question is open");
                match out {
                    Out::Ask(id, ask) => asked = Some((id, ask)),
                    other => outs.push(other),
                }
            }
            let Some((AskId(id), ask)) = asked else { break };
            prop_assert_eq!(session.next_wakeup(), None);
            session.answer(NOW, AskId(id + 1), Answer::Maildrop { mailbox: String::new(), messages: vec![] });
            session.wake(NOW);
            let answer = host.answer(ask);
            session.answer(NOW, AskId(id), answer);
        }
        prop_assert_eq!(outs, expected);
    }

    #[test]
    fn every_exchange_comes_right_before_its_reply((style, strict) in style(), input in input()) {
        let (outs, _) = outcome(style, strict, [input.as_slice()]);
        for (n, out) in outs.iter().enumerate() {
            let after = outs.get(n + 1);
            match out {
                Out::Smtp(e) => {
                    let Some(Out::Send(octets)) = after else { panic!("no reply after {e:?}") };
                    prop_assert!(octets.starts_with(e.reply.code.to_string().as_bytes()) && octets.ends_with(b"\r\n"));
                    let tail = octets.len() == 2 || !octets.windows(2).any(|w| w[1] == b'\n' && w[0] != b'\r');
                    prop_assert!(tail && e.span.is_none_or(|s| s.start <= s.end));
                }
                Out::Send(_) => prop_assert!(n > 0 && matches!(outs[n - 1], Out::Smtp(_))),
                _ => {}
            }
        }
        let numbers: Vec<u32> = exchanges(&outs).iter().map(|e| e.transaction).filter(|n| *n > 0).collect();
        prop_assert!(numbers.is_sorted());
    }

    #[test]
    fn random_octets_hurt_neither_server_nor_client((style, strict) in style(), input in proptest::collection::vec(any::<u8>(), 0..600)) {
        outcome(style, strict, [input.as_slice()]);
        let mut client = client(b"x\r\n", 2);
        client.start(NOW);
        client.feed(NOW, b"220 mail.example.tld ESMTP\r\n");
        client.feed(NOW, &input);
        client.end_of_input(NOW);
        let outs: Vec<Out> = std::iter::from_fn(|| client.poll()).collect();
        prop_assert_eq!(outs.iter().filter(|o| matches!(o, Out::Delivery { .. })).count(), 2);
    }

    #[test]
    fn a_client_tells_every_recipients_outcome_once(
        codes in proptest::collection::vec(prop_oneof![5 => Just(250u16), 2 => Just(354), 1 => 200u16..560], 0..12),
        recipients in 0usize..4,
        chunk in 1usize..30,
    ) {
        let script: String = codes.iter().map(|code| format!("{code}-first\r\n{code} last\r\n")).collect();
        let run = |size: usize| {
            let mut client = client(b"Subject: x\r\n\r\n.\r\n", recipients);
            client.start(NOW);
            for part in script.as_bytes().chunks(size) {
                client.feed(NOW, part);
            }
            client.end_of_input(NOW);
            std::iter::from_fn(|| client.poll()).collect::<Vec<Out>>()
        };
        let outs = run(chunk);
        prop_assert_eq!(&outs, &run(1));
        prop_assert_eq!(outs.iter().filter(|o| matches!(o, Out::Delivery { .. })).count(), recipients);
        prop_assert!(matches!(outs.last(), Some(Out::Close(_))));
    }

    #[test]
    fn what_a_client_hands_over_arrives_octet_by_octet(
        (style, strict) in style(),
        lines in proptest::collection::vec("[.a-zäß ]{0,12}", 0..12),
        chunk in 1usize..40,
    ) {
        let message: String = lines.iter().map(|l| format!("{l}\r\n")).collect();
        let config = ServerConfig { strict, ..ServerConfig::new(style, "mail.example.tld") };
        let server = ServerSession::new(&config, Offset(0), CLIENT, None);
        let (delivered, host) = converse(client(message.as_bytes(), 1), server, host(), chunk);
        prop_assert!(matches!(delivered.as_slice(), [(_, Ok(_))]), "{:?}", delivered);
        prop_assert_eq!(host.taken.len(), 1);
        prop_assert_eq!(host.taken[0].1.lossy(), message.as_str());
        prop_assert_eq!(host.taken[0].0.from.to_string(), "<a@tester.tld>");
        prop_assert_eq!(host.taken[0].0.esmtp, true);
    }
}

fn client(message: &[u8], recipients: usize) -> ClientSession {
    let names = ["noname@example.tld", "nobody@example.tld", "x@elsewhere.tld", "full@example.tld"];
    ClientSession::new(ClientConfig {
        name: "relay.tester.tld".to_owned(),
        from: ReversePath(Some(Mailbox::parse("a@tester.tld").unwrap())),
        params: MailParams::default(),
        rcpt_params: Vec::new(),
        to: names.iter().take(recipients).map(|n| ForwardPath(n.parse().unwrap())).collect(),
        message: message.into(),
        tls: TlsLevel::None,
        tls_first: false,
        login: None,
        manner: Manner::Relay,
    })
}

type Delivered = Vec<(String, Result<helo::event::Reply, ClientFailure>)>;

/// Joins client and server in memory until both are done.
fn converse(
    mut client: ClientSession,
    mut server: ServerSession,
    mut host: Host,
    chunk: usize,
) -> (Delivered, Host) {
    client.start(NOW);
    server.start(NOW);
    let mut delivered = Vec::new();
    for _ in 0..1000 {
        let to_client = sent(&host.drain(NOW, &mut server));
        for part in to_client.chunks(chunk) {
            client.feed(NOW, part);
        }
        let mut quiet = to_client.is_empty();
        while let Some(out) = client.poll() {
            quiet = false;
            match out {
                Out::Send(octets) => octets.chunks(chunk).for_each(|part| server.feed(NOW, part)),
                Out::Delivery { to, outcome } => delivered.push((to.to_string(), outcome)),
                Out::Close(why) => assert_eq!(why, CloseReason::Closed),
                other => panic!("a client does not do {other:?}"),
            }
        }
        if quiet {
            break;
        }
    }
    (delivered, host)
}

#[test]
fn a_client_tells_which_recipients_were_refused() {
    let server = server(Style::Postfix, false);
    let (delivered, host) = converse(client(b"Subject: x\r\n", 4), server, host(), 7);
    let said: Vec<String> = delivered
        .iter()
        .map(|(to, outcome)| match outcome {
            Ok(r) => format!("{to} taken {}", r.code),
            Err(ClientFailure::Reply(r)) => format!("{to} {} {}", r.code, r.enhanced.unwrap()),
            Err(other) => format!("{to} {other:?}"),
        })
        .collect();
    let expected = [
        "<nobody@example.tld> 550 5.1.1",
        "<x@elsewhere.tld> 554 5.7.1",
        "<full@example.tld> 552 5.2.2",
        "<noname@example.tld> taken 250",
    ];
    assert_eq!(said, expected);
    assert_eq!(host.taken[0].0.to.len(), 1);
}

/// Plays a client against lines written here: `S:` is fed, `C:` expected, `@` lets seconds pass, `cut` ends the
/// connection, `=` is an outcome, `(close)` the end.
fn client_dialogue(message: &str, recipients: usize, text: &str) {
    play(client(message.as_bytes(), recipients), text);
}

/// The same with any client; `TLS` is a handshake that succeeds, `TLS bad` one that shows a certificate nobody trusts, `TLS
/// fails` one that fails.
fn play(mut session: ClientSession, text: &str) {
    let mut now = NOW;
    session.start(now);
    let mut said: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (who, what) = line.split_once(' ').unwrap_or((line, ""));
        match who {
            "S:" => session.feed(now, format!("{what}\r\n").as_bytes()),
            "@" => {
                now = now.plus(std::time::Duration::from_secs(what.parse().unwrap()));
                session.wake(now);
            }
            "cut" => session.end_of_input(now),
            "TLS" if what == "fails" => session.tls_failed(now, TlsFailure::NoCommonVersion),
            "TLS" => {
                session.certificate((what == "bad").then_some(CertificateFault::SelfSigned));
                session.tls_started(now, &tls13());
            }
            _ => {
                assert!(!said.is_empty(), "nothing said at {line:?}");
                assert_eq!(said.remove(0), line);
            }
        }
        said.extend(std::iter::from_fn(|| session.poll()).flat_map(|out| {
            match out {
                Out::Send(octets) => String::from_utf8(octets)
                    .unwrap()
                    .lines()
                    .map(|l| format!("C: {l}").trim_end().to_owned())
                    .collect::<Vec<_>>(),
                Out::Delivery { to, outcome: Ok(r) } => vec![format!("= {to} {}", r.code)],
                Out::Delivery { to, outcome: Err(ClientFailure::Reply(r)) } => {
                    vec![format!("= {to} {}", r.code)]
                }
                // The next host of the domain may take it, so this is no refusal of the message.
                Out::Delivery { to, outcome: Err(ClientFailure::Trouble(LegTrouble::TurnedAway(r))) } => {
                    vec![format!("= {to} turned away {}", r.code)]
                }
                Out::Delivery { to, outcome: Err(other) } => vec![format!("= {to} {other:?}")],
                Out::Close(why) => vec![format!("(close) {why:?}")],
                Out::StartTls => vec!["(handshake)".to_owned()],
                other => panic!("{other:?}"),
            }
        }));
    }
    assert_eq!(said, [""; 0], "said after the end");
}

#[test]
fn clients_speak() {
    client_dialogue(
        "Subject: ü\r\n\r\n.dot",
        2,
        "S: 220-mail.example.tld ESMTP
         S: 220 welcome
         C: EHLO relay.tester.tld
         S: 250-mail.example.tld
         S: 250-SIZE 10000
         S: 250 8BITMIME
         C: MAIL FROM:<a@tester.tld> SIZE=19 BODY=8BITMIME
         S: 250 2.1.0 Ok
         C: RCPT TO:<noname@example.tld>
         S: 250 2.1.5 Ok
         C: RCPT TO:<nobody@example.tld>
         S: 451 4.7.1 Greylisted
         = <nobody@example.tld> 451
         C: DATA
         S: 354 go
         C: Subject: ü
         C:
         C: ..dot
         C: .
         S: 250 2.0.0 Ok
         = <noname@example.tld> 250
         C: QUIT
         S: 221 2.0.0 Bye
         (close) Closed",
    );
}

fn tls13() -> TlsSession {
    let cipher = "TLS_AES_256_GCM_SHA384".to_owned();
    TlsSession { version: TlsVersion::Tls13, cipher, server_name: None, certificate: None }
}

/// A client with this level of TLS, which may have to log in.
fn guarded(tls: TlsLevel, tls_first: bool, login: Option<ClientLogin>) -> ClientSession {
    let from = ReversePath(Some(Mailbox::parse("a@tester.tld").unwrap()));
    let to = vec![ForwardPath("noname@example.tld".parse().unwrap())];
    let config = ClientConfig::new("ws", from, to, b"x\r\n"[..].into());
    ClientSession::new(ClientConfig { tls, tls_first, login, ..config })
}

#[test]
fn clients_use_tls_as_their_level_says() {
    // What was said in the clear counts no more, nor what somebody has pushed in behind the consent.
    play(
        guarded(TlsLevel::May, false, None),
        "S: 220 x
         C: EHLO ws
         S: 250-x
         S: 250-DSN
         S: 250 STARTTLS
         C: STARTTLS
         S: 220 go
         (handshake)
         S: 250 injected
         TLS
         C: EHLO ws
         S: 250 x
         C: MAIL FROM:<a@tester.tld>
         S: 550 no
         = <noname@example.tld> 550
         C: QUIT
         S: 221 bye
         (close) Closed",
    );
    // Offered and then refused: who can do without goes on, who cannot does not.
    let refused = "S: 220 x
         C: EHLO ws
         S: 250-x
         S: 250 STARTTLS
         C: STARTTLS
         S: 454 later
         ";
    let goes_on =
        "C: MAIL FROM:<a@tester.tld>\n cut\n = <noname@example.tld> ConnectionLost\n (close) Closed";
    play(guarded(TlsLevel::May, false, None), &format!("{refused}{goes_on}"));
    let reply = "Reply { code: 454, enhanced: None, lines: [\"later\"] }";
    let stops =
        format!("= <noname@example.tld> Trouble(TlsRefused({reply}))\n C: QUIT\n cut\n (close) Closed");
    play(guarded(TlsLevel::Encrypt, false, None), &format!("{refused}{stops}"));
    for (level, how, comes_of_it) in [
        (
            TlsLevel::Encrypt,
            "TLS bad",
            "C: EHLO ws\n cut\n = <noname@example.tld> ConnectionLost\n (close) Closed",
        ),
        (
            TlsLevel::Verify(Vec::new()),
            "TLS bad",
            "= <noname@example.tld> Trouble(Certificate(SelfSigned))\n C: QUIT\n cut\n (close) Closed",
        ),
        (
            TlsLevel::May,
            "TLS fails",
            "= <noname@example.tld> Trouble(Handshake(NoCommonVersion))\n (close) Lost",
        ),
    ] {
        let text = format!(
            "S: 220 x\n C: EHLO ws\n S: 250-x\n S: 250 STARTTLS\n C: STARTTLS\n S: 220 go\n (handshake)\n {how}\n {comes_of_it}"
        );
        play(guarded(level, false, None), &text);
    }
}

#[test]
fn clients_log_in_with_the_best_that_both_have() {
    let login = |required| {
        let login = ClientLogin::new("anna", "tulpe", "rOprNGfwEbeRWgbNEkqO");
        Some(ClientLogin { required, ..login })
    };
    // Where TLS comes first it comes before the greeting; then the password may be sent.
    play(
        guarded(TlsLevel::None, true, login(true)),
        "@ 0
         (handshake)
         TLS
         S: 220 x
         C: EHLO ws
         S: 250-x
         S: 250 AUTH LOGIN PLAIN
         C: AUTH PLAIN AGFubmEAdHVscGU=
         S: 235 in
         C: MAIL FROM:<a@tester.tld>
         cut
         = <noname@example.tld> ConnectionLost
         (close) Closed",
    );
    // In the clear a password is not sent, but a proof is.
    play(
        guarded(TlsLevel::None, false, login(true)),
        "S: 220 x
         C: EHLO ws
         S: 250-x
         S: 250 AUTH PLAIN
         = <noname@example.tld> Trouble(NoMechanism)
         C: QUIT
         cut
         (close) Closed",
    );
    play(
        guarded(TlsLevel::None, false, login(true)),
        "S: 220 x
         C: EHLO ws
         S: 250-x
         S: 250 AUTH PLAIN CRAM-MD5
         C: AUTH CRAM-MD5
         S: 334 PDE+
         C: YW5uYSA0ODdhZGRlYTc0MjcyZmQzMDBlNDIzNWJmNGQ5ZmFhMQ==
         S: 535 5.7.8 no
         = <noname@example.tld> Trouble(LoginRefused(Reply { code: 535, enhanced: Some(EnhancedCode(5, 7, 8)), lines: [\"no\"] }))
         C: QUIT
         cut
         (close) Closed",
    );
    // A server that cannot prove that it knows the password is not believed.
    play(
        guarded(TlsLevel::None, false, login(true)),
        "S: 220 x
         C: EHLO ws
         S: 250-x
         S: 250 AUTH SCRAM-SHA-256
         C: AUTH SCRAM-SHA-256 biwsbj1hbm5hLHI9ck9wck5HZndFYmVSV2diTkVrcU8=
         S: 334 !
         C: *
         S: 501 cancelled
         = <noname@example.tld> Trouble(LoginBroken(NotText))
         C: QUIT
         cut
         (close) Closed",
    );
    // Who need not log in goes on without.
    play(
        guarded(TlsLevel::None, false, login(false)),
        "S: 220 x\n C: EHLO ws\n S: 250 x\n C: MAIL FROM:<a@tester.tld>\n cut\n = <noname@example.tld> ConnectionLost\n (close) Closed",
    );
}

/// What the sender asked of DSN goes on to a server that offers it (RFC 3461 section 5.2.1), and to no other.
#[test]
fn clients_pass_on_what_was_asked_of_reports() {
    for (offer, mail, rcpt) in [
        (
            "250-DSN\r\n250 SMTPUTF8\r\n",
            "MAIL FROM:<a@tester.tld> ENVID=a+2Bb RET=HDRS SMTPUTF8\r\n",
            "RCPT TO:<noname@example.tld> ORCPT=rfc822;e+3Dmc2@example.tld NOTIFY=SUCCESS,DELAY\r\n",
        ),
        ("250 HELP\r\n", "MAIL FROM:<a@tester.tld>\r\n", "RCPT TO:<noname@example.tld>\r\n"),
    ] {
        let params = MailParams {
            ret: Some(Ret::Headers),
            envid: Some("a+b".to_owned()),
            smtputf8: true,
            ..MailParams::default()
        };
        let address = "e=mc2@example.tld".to_owned();
        let orcpt = Some(OriginalRecipient { kind: "rfc822".to_owned(), address });
        let mut session = ClientSession::new(ClientConfig {
            name: "relay.tester.tld".to_owned(),
            from: ReversePath(Some(Mailbox::parse("a@tester.tld").unwrap())),
            params,
            to: vec![ForwardPath("noname@example.tld".parse().unwrap())],
            rcpt_params: vec![RcptParams { notify: vec![Notify::Success, Notify::Delay], orcpt }],
            message: b"x\r\n"[..].into(),
            tls: TlsLevel::None,
            tls_first: false,
            login: None,
            manner: Manner::Relay,
        });
        session.start(NOW);
        session.feed(NOW, format!("220 x\r\n250-x\r\n{offer}250 ok\r\n").as_bytes());
        let said =
            String::from_utf8(sent(&std::iter::from_fn(|| session.poll()).collect::<Vec<_>>())).unwrap();
        assert_eq!(said, format!("EHLO relay.tester.tld\r\n{mail}{rcpt}"));
    }
}

/// Ends of a message that some server somewhere once took for one (SMTP smuggling). None of them is.
const SMUGGLED: [&str; 14] = [
    "\n.\n",
    "\r\n.\n",
    "\n.\r\n",
    "\n.\r",
    "\r.\r",
    "\r.\n",
    "\r\n.\r",
    "\r.\r\n",
    "\r\n.\r\r\n",
    "\n\n.\r\n",
    "\r\n\0.\r\n",
    "\r\n.\0\r\n",
    "\r\n\x0b.\r\n",
    "\r\n. \r\n",
];

fn smuggling(session: &mut ServerSession, end: &str) -> Vec<String> {
    let input = format!(
        "EHLO ws\r\nMAIL FROM:<a@tester.tld>\r\nRCPT TO:<noname@example.tld>\r\nDATA\r\nSubject: x\r\n\r\none{end}MAIL \
         FROM:<evil@tester.tld>\r\nRCPT TO:<noname@example.tld>\r\nDATA\r\ntwo\r\n.\r\n"
    );
    let mut host = host();
    session.start(NOW);
    session.feed(NOW, input.as_bytes());
    host.drain(NOW, session);
    host.taken.iter().map(|(envelope, _)| envelope.from.to_string()).collect()
}

#[test]
fn nothing_but_the_lone_dot_between_crlf_ends_a_message() {
    for style in Style::ALL {
        for end in SMUGGLED {
            let config = ServerConfig::new(style, "mail.example.tld");
            let mut session = ServerSession::new(&config, Offset(0), CLIENT, None);
            let taken = smuggling(&mut session, end);
            let what = end.escape_debug();
            assert!(!taken.contains(&"<evil@tester.tld>".to_owned()), "{style:?} {what} {taken:?}");
            assert!(taken.len() <= 1, "{style:?} {what} {taken:?}");
        }
    }
}

#[test]
fn a_host_declared_vulnerable_can_be_smuggled_through() {
    for style in Style::ALL {
        let vulnerable = vec![Weakness::BareLfEnd];
        let config = ServerConfig { vulnerable, ..ServerConfig::new(style, "mail.example.tld") };
        let smuggled: Vec<&str> = SMUGGLED
            .into_iter()
            .filter(|end| {
                let mut session = ServerSession::new(&config, Offset(0), CLIENT, None);
                smuggling(&mut session, end).contains(&"<evil@tester.tld>".to_owned())
            })
            .collect();
        assert_eq!(smuggled, ["\n.\n", "\r\n.\n", "\n.\r\n", "\n\n.\r\n"], "{style:?}");
    }
}

/// The published injections: whatever comes in the clear behind STARTTLS is gone (RFC 3207 section 4.2).
#[test]
fn nothing_from_before_tls_is_executed_under_it() {
    let tls = TlsSession {
        version: TlsVersion::Tls12,
        cipher: "x".to_owned(),
        server_name: None,
        certificate: None,
    };
    for style in Style::ALL {
        for injected in [
            "NOOP\r\n",
            "RSET\r\n",
            "MAIL FROM:<evil@tester.tld>\r\nRCPT TO:<noname@example.tld>\r\nDATA\r\n",
            "EHLO evil\r\nAUTH PLAIN AGFubmEAdHVscGU=\r\n",
            "NO",
            "\r\n",
            "STARTTLS\r\n",
        ] {
            let (mut session, mut host) = (server(style, false), host());
            session.start(NOW);
            session.feed(NOW, format!("EHLO ws\r\nSTARTTLS\r\n{injected}").as_bytes());
            let outs = host.drain(NOW, &mut session);
            assert_eq!(outs.last(), Some(&Out::StartTls), "{style:?} {injected:?}");
            session.tls_started(NOW, &tls);
            assert_eq!(host.drain(NOW, &mut session), [], "{style:?} {injected:?}");
            session.feed(NOW, b"NOOP\r\n");
            let said = exchanges(&host.drain(NOW, &mut session));
            assert!(matches!(said.as_slice(), [e] if e.reply.code == 250), "{style:?} {injected:?} {said:?}");
            assert_eq!(host.taken.len(), 0);
        }
    }
}

#[test]
fn clients_fall_back_to_helo_and_give_up_in_order() {
    client_dialogue(
        "x\r\n",
        1,
        "S: 220 old.example.tld
         C: EHLO relay.tester.tld
         S: 502 what?
         C: HELO relay.tester.tld
         S: 250 old.example.tld
         C: MAIL FROM:<a@tester.tld>
         S: 550 go away
         = <noname@example.tld> 550
         C: QUIT
         S: 221 bye
         (close) Closed",
    );
    client_dialogue(
        "x\r\n",
        1,
        "S: 554 no service
         = <noname@example.tld> turned away 554
         C: QUIT
         cut
         (close) Closed",
    );
    client_dialogue("x\r\n", 1, "S: 421 busy\n = <noname@example.tld> turned away 421\n (close) Closed");
    client_dialogue("x\r\n", 1, "S: HTTP/1.1 400 Bad\n = <noname@example.tld> ConnectionLost\n (close) Lost");
    client_dialogue(
        "x\r\n",
        0,
        "S: 220 x\n C: EHLO relay.tester.tld\n S: 250 x\n C: MAIL FROM:<a@tester.tld>\n S: 250 ok\n C: QUIT",
    );
}

#[test]
fn clients_lose_patience_when_the_standard_says() {
    let dialogue = "S: 220 x
        C: EHLO relay.tester.tld
        S: 250 x
        C: MAIL FROM:<a@tester.tld>
        S: 250 ok
        C: RCPT TO:<noname@example.tld>
        S: 250 ok
        C: DATA";
    client_dialogue("x\r\n", 1, "@ 299\n @ 1\n = <noname@example.tld> TimedOut\n (close) Idle");
    client_dialogue(
        "x\r\n",
        1,
        &format!("{dialogue}\n @ 119\n @ 1\n = <noname@example.tld> TimedOut\n (close) Idle"),
    );
    let sent = format!("{dialogue}\n S: 354 go\n C: x\n C: .");
    client_dialogue(
        "x\r\n",
        1,
        &format!("{sent}\n @ 599\n @ 1\n = <noname@example.tld> TimedOut\n (close) Idle"),
    );
    client_dialogue(
        "x\r\n",
        1,
        &format!("{sent}\n cut\n = <noname@example.tld> ConnectionLost\n (close) Closed"),
    );
}

#[test]
fn a_line_without_end_costs_no_memory_and_a_flood_of_mistakes_ends() {
    for style in Style::ALL {
        let replies = 2;
        let long = [vec![b'x'; 10 << 20], b"\r\n".to_vec()].concat();
        let (outs, _) = outcome(style, false, [long.as_slice()]);
        assert_eq!(exchanges(&outs).len(), replies, "{style:?}");
        assert!(outs.iter().all(|o| !matches!(o, Out::Smtp(e) if e.line.len() > 16_384)), "{style:?}");
    }
    let flood = b"xyzzy\r\n".repeat(100_000);
    for (style, replies) in [
        (Style::Postfix, 1 + 20 + 1),
        (Style::Sendmail, 1 + 25 + 1),
        (Style::Exim, 1 + 3 + 1),
        (Style::Exchange, 1 + 5 + 1),
    ] {
        let (outs, _) = outcome(style, false, [flood.as_slice()]);
        assert_eq!(exchanges(&outs).len(), replies, "{style:?}");
    }
}

#[test]
fn the_thousandth_recipient_is_the_last_also_where_it_is_always_the_same() {
    let mut input = b"HELO ws\r\nMAIL FROM:<>\r\n".to_vec();
    input.extend(b"RCPT TO:<noname@example.tld>\r\n".repeat(1002));
    let (outs, _) = outcome(Style::Postfix, false, [input.as_slice()]);
    let said = String::from_utf8(sent(&outs)).unwrap();
    let count = |reply: &str| said.lines().filter(|line| *line == reply).count();
    assert_eq!((count("250 2.1.5 Ok"), count("452 4.5.3 Error: too many recipients")), (1000, 2));
}
