//! The ports themselves, without a program: what is not sent, what is sent too early, what ends.

use crate::host::{Host, installed, run};
use std::io::{Read as _, Write as _};
use std::net::Shutdown;

#[test]
fn octets_that_are_no_handshake_end_the_connection_at_a_tls_port_without_a_word_as_openssl_does() {
    let host = Host::start("playground", "no-handshake");
    for service in ["smtps", "pop3s", "imaps"] {
        let mut socket = host.connect(service);
        socket.write_all(b"QUIT\r\n").unwrap();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).unwrap();
        assert_eq!(answer, b"", "what is no record ends the connection without a word");
    }
    let printed = host.stop();
    let refused = printed.iter().filter(|e| e["event"]["tls"]["what"]["failed"] == "not-a-handshake").count();
    assert_eq!(refused, 3);
}

#[test]
fn what_is_pipelined_after_starttls_is_never_carried_out() {
    let host = Host::start("playground", "injection");
    for (service, injected) in [
        ("smtp", "EHLO x\r\nSTARTTLS\r\nMAIL FROM:<evil@lab.test>\r\nRCPT TO:<alice@lab.test>\r\n"),
        ("pop3", "STLS\r\nUSER alice\r\nPASS secret\r\nSTAT\r\n"),
        ("imap", "a STARTTLS\r\nb LOGIN alice secret\r\nc SELECT INBOX\r\n"),
    ] {
        let mut socket = host.connect(service);
        socket.write_all(injected.as_bytes()).unwrap();
        // Nothing more is answered than the upgrade: then a handshake is due, and this is none.
        let mut answer = Vec::new();
        while !String::from_utf8_lossy(&answer).contains(" TLS") || !answer.ends_with(b"\n") {
            let mut octet = [0; 1];
            socket.read_exact(&mut octet).unwrap();
            answer.extend(octet);
        }
        socket.write_all(b"QUIT\r\n").unwrap();
        let _ = socket.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.contains("220 2.0.0 Ready to start TLS") || answer.contains("Begin TLS"), "{answer}");
        assert!(
            !answer.contains("Sender")
                && !answer.contains("Logged in")
                && !answer.contains("2.1.0")
                && !answer.contains("b OK"),
            "{answer}"
        );
    }
    let printed = host.stop();
    let seen =
        printed.iter().map(ToString::to_string).filter(|e| e.contains("\"reply\"") || e.contains("\"pop3\""));
    let carried_out = seen.filter(|e| e.contains("evil@lab.test") || e.contains("\"name-taken\"")).count();
    assert_eq!(carried_out, 0);
}

#[test]
fn who_sends_all_at_once_and_closes_its_side_gets_all_answers() {
    let host = Host::start("playground", "half-close");
    let mut socket = host.connect("smtp");
    let mail = "EHLO x\r\nMAIL FROM:<bob@lab.test>\r\nRCPT TO:<alice@lab.test>\r\nDATA\r\nSubject: all at once\r\n\r\nHello\r\n.\r\n";
    socket.write_all(mail.as_bytes()).unwrap();
    socket.shutdown(Shutdown::Write).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("354 ") && answer.contains("queued as"), "{answer}");
    assert!(host.mailbox().contains("Subject: all at once"));
}

#[test]
fn a_large_letter_comes_through_whole() {
    let host = Host::start("playground", "large");
    let line = format!("{}\r\n", "0123456789".repeat(7));
    let body = line.repeat(40_000);
    let mail = format!(
        "EHLO x\r\nMAIL FROM:<bob@lab.test>\r\nRCPT TO:<alice@lab.test>\r\nDATA\r\nSubject: large\r\n\r\n{body}.\r\nQUIT\r\n"
    );
    let mut socket = host.connect("smtp");
    socket.write_all(mail.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("queued as") && answer.ends_with("221 2.0.0 Bye\r\n"), "{answer}");
    assert!(host.mailbox().contains(&body));
}

#[test]
fn the_report_counts_who_was_still_connected_as_lost() {
    let host = Host::start("playground", "lost");
    let mut socket = host.connect("smtp");
    let mut greeting = [0; 4];
    socket.read_exact(&mut greeting).unwrap();
    assert_eq!(&greeting, b"220 ");
    let printed = host.stop();
    let closed: Vec<_> = printed.iter().filter(|e| e["event"].get("closed").is_some()).collect();
    assert_eq!(closed.last().unwrap()["event"]["closed"]["why"], "lost");
    assert!(printed.last().unwrap()["report"]["steps"].as_array().unwrap().is_empty());
}

const LISTENER: &str = r#"
import select, socket, ssl, sys
port, upgrade, word, ca = sys.argv[1:]
s = socket.create_connection(('localhost', int(port)), 30)
s.recv(1000)
s.sendall(upgrade.encode() + b'\r\n')
s.recv(1000)
t = ssl.create_default_context(cafile=ca).wrap_socket(s, server_hostname='localhost')
assert t.version() == 'TLSv1.3', t.version()
assert not select.select([t], [], [], 0.3)[0], 'something comes that nobody has asked for'
t.sendall(word.encode() + b'\r\n')
assert t.recv(1000), 'no answer'
"#;

#[test]
fn after_a_handshake_the_host_waits_for_the_first_word_as_dovecot_does() {
    if !installed("python3") {
        return;
    }
    let host = Host::start("playground", "after-handshake");
    for (service, upgrade, word) in
        [("imap", "a STARTTLS", "b NOOP"), ("pop3", "STLS", "CAPA"), ("submission", "STARTTLS", "EHLO x")]
    {
        run("python3", &["-c", LISTENER, &host.port(service).to_string(), upgrade, word, &host.ca()], "");
    }
}
