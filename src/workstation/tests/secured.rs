//! `openssl s_client` and `swaks` with servers whose every word stands here: what goes out for STARTTLS and AUTH. What
//! the real ones send and print to the same words is what is expected.

use super::*;
use crate::event::{TlsFailure, TlsSession, TlsVersion};
use crate::mail::pem;
use crate::world::Secured;

const CONN: ConnId = ConnId(1);

impl Desk {
    /// A desk where connections stand at once, and servers say nothing by themselves.
    fn quiet() -> Desk {
        let mut desk = Desk::new();
        desk.net.open = true;
        desk.net.greets = false;
        desk
    }

    /// The server says this; what went out since the last call, and what was shown.
    fn says(&mut self, text: &str) -> (String, String) {
        let shown = self.notice(Notice::Data(CONN, text.as_bytes().to_vec()));
        (self.sent(), shown)
    }

    fn sent(&mut self) -> String {
        String::from_utf8(std::mem::take(&mut self.net.sent)).unwrap()
    }

    fn secured(&mut self, version: TlsVersion) -> String {
        let (_, der) = pem::decode(include_str!("../../../tests/certificates/self.pem")).remove(0);
        let cipher = "TLS_AES_256_GCM_SHA384".to_owned();
        let session = TlsSession { version, cipher, server_name: None, certificate: None };
        let secured = Secured { session, chain: vec![Bytes::from(der.as_slice())] };
        self.notice(Notice::Secured(CONN, Box::new(secured)))
    }
}

fn pair(sent: &str, shown: &str) -> (String, String) {
    (sent.to_owned(), shown.to_owned())
}

/// What follows `-starttls`, what the server says with what goes out to it, and what is shown after the handshake.
type Talk = (&'static str, &'static [(&'static str, &'static str)], &'static str);

#[test]
fn s_client_asks_for_tls_in_each_protocol() {
    let talks: [Talk; 5] = [
        (
            "smtp",
            &[
                ("220 x\r\n", "EHLO mail.example.com\r\n"),
                ("250-x\r\n250-STARTTLS\r\n", ""),
                ("250 DSN\r\n", "STARTTLS\r\n"),
                ("220 go\r\n", "<tls>"),
            ],
            "250 DSN\n",
        ),
        (
            "smtp -name ws",
            &[
                ("220-x\r\n", ""),
                ("220 y\r\n", "EHLO ws\r\n"),
                ("250 STARTTLS\r\n", "STARTTLS\r\n"),
                ("220 go\r\n", "<tls>"),
            ],
            "250 STARTTLS\n",
        ),
        ("pop3", &[("+OK ready\r\n", "STLS\r\n"), ("+OK begin TLS\r\n", "<tls>")], "+OK ready\n"),
        (
            "imap",
            &[
                ("* OK ready\r\n", ". CAPABILITY\r\n"),
                ("* CAPABILITY IMAP4rev1 STARTTLS\r\n", ""),
                (". OK done\r\n", ". STARTTLS\r\n"),
                (". OK go\r\n", "<tls>"),
            ],
            ". OK done\n",
        ),
        (
            "lmtp",
            &[
                ("220 x\r\n", "LHLO mail.example.com\r\n"),
                ("250 STARTTLS\r\n", "STARTTLS\r\n"),
                ("220 go\r\n", "<tls>"),
            ],
            "250 STARTTLS\n",
        ),
    ];
    for (protocol, talk, last) in talks {
        let mut desk = Desk::quiet();
        assert_eq!(desk.line(&format!("openssl s_client -starttls {protocol} -brief 192.0.2.1:25")), "");
        for (server, client) in talk {
            assert_eq!(desk.says(server), pair(client, ""), "{protocol}: {server}");
        }
        let shown = desk.secured(TlsVersion::Tls13);
        assert!(
            shown.contains(
                "verify error:num=9:certificate is not yet valid\nnotBefore=Aug  1 00:00:00 2025 GMT\n"
            ),
            "{shown}"
        );
        assert!(
            shown.ends_with(&format!("Server Temp Key: X25519, 253 bits\n{last}")),
            "{protocol}: {shown}"
        );
        assert_eq!(desk.line("quit"), "");
        assert_eq!(desk.sent(), "quit\n");
        assert_eq!(desk.notice(Notice::Closed(CONN, CloseReason::Closed)), "lab@ws:~$ ");
    }
}

#[test]
fn s_client_goes_on_where_nobody_offers_tls() {
    let mut desk = Desk::quiet();
    desk.line("openssl s_client -starttls smtp -brief 192.0.2.1:25");
    desk.says("220 x\r\n");
    let (sent, shown) = desk.says("250 DSN\r\n");
    assert_eq!(
        (sent.as_str(), shown.as_str()),
        ("STARTTLS\r\n", "Didn't find STARTTLS in server response, trying anyway...\n")
    );
    assert_eq!(desk.says("502 5.5.1 Unrecognized command\r\n"), pair("<tls>", ""));
    let shown = desk.notice(Notice::TlsFailed(CONN, TlsFailure::ServerSpeaksPlain));
    assert!(shown.contains(":error:0A00010B:SSL routines:ssl3_get_record:wrong version number:"), "{shown}");
    assert_eq!(desk.line("echo $?"), "1\nlab@ws:~$ ");
    // The server hangs up before it has answered.
    let mut desk = Desk::quiet();
    desk.line("openssl s_client -starttls pop3 -brief 192.0.2.1:110");
    desk.says("+OK\r\n");
    let shown = desk.notice(Notice::Closed(CONN, CloseReason::Closed));
    assert!(shown.contains("unexpected eof while reading"), "{shown}");
}

#[test]
fn line_ends_go_out_as_typed_unless_crlf_is_given() {
    for (options, typed, sent) in [
        ("", "EHLO ws", "EHLO ws\n"),
        ("-crlf", "EHLO ws", "EHLO ws\r\n"),
        ("-nocommands", "RSET", "RSET\n"),
        ("-ign_eof", "QUIT", "QUIT\n"),
        ("-quiet -no_ign_eof -nocommands", "QUIT", "QUIT\n"),
        ("", "rset", "rset\n"),
        ("", " RSET", " RSET\n"),
        ("", "RSET", "<close>"),
        ("-quiet -no_ign_eof", "QUIT", "<close>"),
        ("", "KEY", ""),
        ("", "key", ""),
    ] {
        let mut desk = Desk::quiet();
        desk.line(&format!("openssl s_client -connect 192.0.2.1:465 {options}"));
        desk.secured(TlsVersion::Tls13);
        assert_eq!(desk.sent(), "<tls>");
        desk.line(typed);
        assert_eq!(desk.sent(), sent, "{options}: {typed}");
    }
    // K is a command under TLS 1.3 only.
    let mut desk = Desk::quiet();
    desk.line("openssl s_client -connect 192.0.2.1:465 -brief");
    desk.secured(TlsVersion::Tls12);
    desk.line("KEY");
    assert_eq!(desk.sent(), "<tls>KEY\n");
}

/// The dialogue up to the offer of these mechanisms.
fn swaks(options: &str, offers: &str) -> Desk {
    let mut desk = Desk::quiet();
    desk.line(&format!("swaks -s 192.0.2.1 -t anna@example.tld {options} -q AUTH --hide-informational"));
    assert_eq!(desk.says("220 x\r\n"), pair("EHLO ws.lab.test\r\n", "<-  220 x\n -> EHLO ws.lab.test\n"));
    desk.net.notices.push_back(Notice::Data(CONN, format!("250-x\r\n250 AUTH {offers}\r\n").into_bytes()));
    desk
}

#[test]
fn swaks_authenticates_as_the_real_one_does() {
    let user = "-au anna -ap tulpe";
    let mut desk = swaks(&format!("--auth {user}"), "PLAIN LOGIN CRAM-MD5");
    desk.ws.hear(&mut desk.net);
    assert_eq!(desk.sent(), "AUTH CRAM-MD5\r\n");
    desk.says("334 PDEuMkBtYWlsLmV4YW1wbGUudGxkPg==\r\n");
    let (sent, shown) = desk.says("235 ok\r\n");
    assert_eq!(sent, "QUIT\r\n");
    assert_eq!(shown, "<-  235 ok\n -> QUIT\n");

    let mut desk = swaks(&format!("--auth CRAM-MD5 {user}"), "CRAM-MD5");
    desk.ws.hear(&mut desk.net);
    desk.sent();
    let (sent, _) = desk.says("334 PDEuMkBtYWlsLmV4YW1wbGUudGxkPg==\r\n");
    assert_eq!(sent, "YW5uYSBmM2JkMGZhZDM3OTZmMTlmZmZmNTljOTRjNDFhNDQ4OQ==\r\n");

    // Any mechanism: by their names, each where the one before failed.
    let mut desk = swaks(&format!("--auth {user}"), "PLAIN LOGIN");
    desk.ws.hear(&mut desk.net);
    assert_eq!(desk.sent(), "AUTH LOGIN\r\n");
    assert_eq!(desk.says("334 VXNlcm5hbWU6\r\n").0, "YW5uYQ==\r\n");
    assert_eq!(desk.says("334 UGFzc3dvcmQ6\r\n").0, "dHVscGU=\r\n");
    assert_eq!(desk.says("535 no\r\n").0, "AUTH PLAIN AGFubmEAdHVscGU=\r\n");
    let (sent, shown) = desk.says("535 no\r\n");
    assert_eq!(
        (sent.as_str(), shown.as_str()),
        ("QUIT\r\n", "<** 535 no\n*** No authentication type succeeded\n -> QUIT\n")
    );
    desk.says("221 bye\r\n");
    assert_eq!(desk.line("echo $?"), "28\nlab@ws:~$ ");

    for (options, offers, shown) in [
        (
            "--auth-hide-password --auth PLAIN",
            "PLAIN",
            " -> AUTH PLAIN AGFubmEAUFJPVklERURfQlVUX1JFTU9WRUQ=\n",
        ),
        ("-apt --auth PLAIN", "PLAIN", " -> AUTH PLAIN \\0anna\\0tulpe\n"),
        ("-apt -ahp xx --auth PLAIN", "PLAIN", " -> AUTH PLAIN \\0anna\\0xx\n"),
        ("--auth LOGIN", "PLAIN", "*** Auth not attempted, requested type not available\n -> QUIT\n"),
        (
            "--auth-optional LOGIN",
            "PLAIN",
            "*** Auth not attempted, requested type not available\n -> QUIT\n",
        ),
        ("--auth", "SCRAM-SHA-256", "*** Auth not attempted, no advertised types available\n -> QUIT\n"),
    ] {
        let mut desk = swaks(&format!("{options} {user}"), offers);
        desk.ws.hear(&mut desk.net);
        let all = desk.shown();
        let rest = all.split_once(&format!("<-  250 AUTH {offers}\n")).map(|(_, rest)| rest);
        assert_eq!(rest, Some(shown), "{options}");
    }
}

#[test]
fn swaks_asks_for_tls_and_greets_anew() {
    let mut desk = Desk::quiet();
    desk.line("swaks -s 192.0.2.1 -t anna@example.tld --tls -q MAIL");
    desk.says("220 x\r\n");
    assert_eq!(desk.says("250-x\r\n250 STARTTLS\r\n").0, "STARTTLS\r\n");
    assert_eq!(desk.says("220 go\r\n").0, "<tls>");
    assert_eq!(
        desk.secured(TlsVersion::Tls13),
        "=== TLS started with cipher TLSv1.3:TLS_AES_256_GCM_SHA384:256\n=== TLS no local certificate set\n\
         === TLS peer DN=\"/CN=self.example.tld\"\n ~> EHLO ws.lab.test\n"
    );
    assert_eq!(
        desk.says("250 x\r\n"),
        pair(
            "EHLO ws.lab.test\r\nMAIL FROM:<lab@ws.lab.test>\r\n",
            "<~  250 x\n ~> MAIL FROM:<lab@ws.lab.test>\n"
        )
    );
    assert_eq!(desk.says("550 no\r\n").1, "<~* 550 no\n ~> QUIT\n");
    assert_eq!(
        desk.says("221 bye\r\n").1,
        "<~  221 bye\n=== Connection closed with remote host.\nlab@ws:~$ "
    );
    assert_eq!(desk.line("echo $?"), "23\nlab@ws:~$ ");

    // Refused, and not to be trusted.
    for (answer, options, shown) in [
        ("454 no\r\n", "", "<** 454 no\n*** STARTTLS attempted but failed\nlab@ws:~$ "),
        (
            "454 no\r\n",
            "-tlso",
            "<** 454 no\n*** STARTTLS attempted but failed\n -> MAIL FROM:<lab@ws.lab.test>\n",
        ),
    ] {
        let mut desk = Desk::quiet();
        desk.line(&format!("swaks -s 192.0.2.1 -t anna@example.tld --tls {options}"));
        desk.says("220 x\r\n");
        desk.says("250-x\r\n250 STARTTLS\r\n");
        assert_eq!(desk.says(answer).1, shown, "{options}");
    }
    let mut desk = Desk::quiet();
    desk.line("swaks -s 192.0.2.1 -tlsc --tls-verify -q EHLO");
    let shown = desk.secured(TlsVersion::Tls13);
    assert_eq!(
        shown,
        "*** TLS startup failed (connect(): error:0A000086:SSL routines::certificate verify failed)\nlab@ws:~$ "
    );
}

#[test]
fn swaks_meets_servers_that_do_not_play() {
    let start = || {
        let mut desk = Desk::quiet();
        desk.line("swaks -s 192.0.2.1 -t anna@example.tld -f b@lab.test --hide-informational");
        desk
    };
    let mut desk = start();
    assert_eq!(desk.says("554 no\r\n").1, "<** 554 no\n -> QUIT\n");
    assert_eq!(
        desk.notice(Notice::Closed(CONN, CloseReason::Closed)),
        "*** Remote host closed connection unexpectedly.\nlab@ws:~$ "
    );
    assert_eq!(desk.line("echo $?"), "21\nlab@ws:~$ ");
    // HELO where EHLO is not known; a server that hangs up in the middle of an answer.
    let mut desk = start();
    desk.says("220 x\r\n");
    assert_eq!(
        desk.says("502 what?\r\n"),
        pair("HELO ws.lab.test\r\n", "<** 502 what?\n -> HELO ws.lab.test\n")
    );
    desk.says("250 x\r\n");
    desk.says("250-half\r\n");
    assert_eq!(
        desk.notice(Notice::Closed(CONN, CloseReason::Lost)),
        "<** 250-half\n*** Remote host closed connection unexpectedly.\nlab@ws:~$ "
    );
    assert_eq!(desk.line("echo $?"), "6\nlab@ws:~$ ");
    // Octet by octet.
    let mut desk = start();
    let mut shown = String::new();
    for b in "220-a\r\n220 b\r\n".chars() {
        shown.push_str(&desk.says(&b.to_string()).1);
    }
    assert_eq!(shown, "<-  220-a\n<-  220 b\n -> EHLO ws.lab.test\n");
}
