//! More programs that send or look in: mail programs of the shell, what languages bring along, what watches over servers.
//! Each is held against what helo itself says of it: a program that behaves is refused nothing and asks nothing twice.

use crate::host::{Host, converse, installed, run};
use crate::mode::{Mode, arrived, private};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What goes wrong first: letters beyond ASCII and dots at the beginning of lines.
const ODD_LINES: &str = "Grüße aus Köln\n..\n.a dot in front\n\n";

/// The same, and a line as long as lines may be (RFC 5321 section 4.5.3.1.6).
fn long_lines() -> String {
    format!("{ODD_LINES}{}\n", "x".repeat(998))
}

/// A letter of these lines.
fn letter(subject: &str, lines: &str) -> String {
    let fields =
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit";
    format!("From: bob@lab.test\nTo: alice@lab.test\nSubject: {subject}\n{fields}\n\n{lines}")
}

/// The letter is in alice's mailbox and its lines are those.
fn came_whole(host: &Host, subject: &str, lines: &str) {
    arrived(host, subject);
    let lines = format!("\n\n{lines}").replace("\n.", "\n..").replace('\n', "\r\n");
    assert!(host.mailbox().contains(&lines), "{subject}: {}", host.mailbox());
}

/// Nothing was refused or let pass, every handshake came about, and every connection was closed in order.
fn in_order(host: Host) {
    for line in host.stop() {
        let event = &line["event"];
        let exchange = &event["smtp"]["exchange"];
        assert!(exchange["reply"]["code"].as_u64().is_none_or(|code| code < 400), "{exchange}");
        assert_eq!(exchange["tolerated"], Value::Null, "{exchange}");
        assert_eq!(event["tls"]["what"]["failed"], Value::Null, "{event}");
        assert!(event["closed"]["why"].as_str().is_none_or(|why| why == "closed"), "{event}");
    }
}

#[test]
fn s_nail_sends() {
    if !installed("s-nail") {
        return;
    }
    let host = Host::start("playground", "s-nail");
    for mode in Mode::ALL {
        let scheme = if mode == Mode::Implicit { "smtps" } else { "smtp" };
        let upgrade = if mode == Mode::Upgrade { "set smtp-use-starttls" } else { "" };
        for auth in ["plain", "login", "cram-md5"] {
            let subject = format!("s-nail {mode:?} {auth}");
            let (ca, port) = (host.ca(), host.port(mode.submission()));
            let settings = format!(
                "set v15-compat=yes sendwait from=bob@lab.test\nset mta={scheme}://alice:secret@localhost:{port}\n\
                 set smtp-auth={auth} tls-ca-file={ca} tls-verify=strict\n{upgrade}\n\
                 set ttycharset=utf-8 sendcharsets=utf-8 mime-encoding=8bit\n"
            );
            let source = format!("source {}", private(&host, "nail.rc", &settings));
            // A longer line it would encode.
            run("s-nail", &["-:/", "-X", &source, "-s", &subject, "alice@lab.test"], ODD_LINES);
            came_whole(&host, &subject, ODD_LINES);
        }
    }
    in_order(host);
}

#[test]
fn msmtp_shows_who_it_is_without_the_password_and_asks_for_reports() {
    if !installed("msmtp") {
        return;
    }
    let host = Host::start("playground", "msmtp-scram");
    let ca = host.ca();
    for auth in ["login", "cram-md5", "scram-sha-256"] {
        let subject = format!("msmtp {auth}");
        let port = host.port("submission");
        let tls = format!("tls on\ntls_trust_file {ca}");
        let text = format!(
            "account default\nhost localhost\nport {port}\nfrom bob@lab.test\nauth {auth}\nuser alice\npassword secret\n{tls}\n"
        );
        let rc = private(&host, "msmtprc", &text);
        let asked = ["-N", "success,failure,delay", "-R", "hdrs"];
        run(
            "msmtp",
            &[&["-C", &rc], &asked[..], &["alice@lab.test"]].concat(),
            &letter(&subject, &long_lines()),
        );
        came_whole(&host, &subject, &long_lines());
    }
    in_order(host);
}

#[test]
fn curl_asks_who_is_there_beyond_ascii_too() {
    if !installed("curl") {
        return;
    }
    let host = Host::start("playground", "curl-vrfy");
    let url = format!("smtp://localhost:{}", host.port("smtp"));
    for whom in ["alice@lab.test", "bob"] {
        run("curl", &["-sS", &url, "--mail-rcpt", whom], "");
    }
    let file = host.file("letter");
    std::fs::write(&file, letter("curl beyond ASCII", &long_lines()).replace('\n', "\r\n")).unwrap();
    let file = file.display().to_string();
    let from = ["LC_ALL=C.UTF-8", "curl", "-sS", &url, "--mail-from", "bøb@lab.test"];
    run("env", &[&from[..], &["--mail-rcpt", "alice@lab.test", "-T", &file]].concat(), "");
    came_whole(&host, "curl beyond ASCII", &long_lines());
    assert!(host.mailbox().contains("with UTF8SMTP id"), "{}", host.mailbox());
    // curl says SMTPUTF8 with VRFY, too, and nobody of that name is a matter of the name.
    let url = format!("smtp://localhost:{}/", host.port("smtp"));
    let asked = Command::new("curl")
        .args(["-sS", "-v", &url, "--mail-rcpt", "jörg@lab.test"])
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&asked.stderr).into_owned();
    assert!(said.contains("550 5.1.1 <jörg@lab.test>"), "{said}");
}

#[test]
fn sendemail_sends() {
    if !installed("sendemail") {
        return;
    }
    let host = Host::start("playground", "sendemail");
    for (mode, tls) in [(Mode::Plain, "tls=no"), (Mode::Upgrade, "tls=yes")] {
        let subject = format!("sendemail {mode:?}");
        let file = host.file("letter");
        std::fs::write(&file, letter(&subject, "Grüße\n")).unwrap();
        let file = format!("message-file={}", file.display());
        let (server, trusted) =
            (format!("localhost:{}", host.port(mode.submission())), format!("SSL_CERT_FILE={}", host.ca()));
        let who =
            ["-f", "bob@lab.test", "-t", "alice@lab.test", "-xu", "alice", "-xp", "secret", "-s", &server];
        let what = ["-o", "message-format=raw", "-o", &file, "-o", tls];
        run("env", &[&[trusted.as_str(), "sendemail"], &who[..], &what[..]].concat(), "");
        // Dots it leaves as they are, against the standard.
        came_whole(&host, &subject, "Grüße\n");
    }
    in_order(host);
}

/// Perl's own SMTP, which git send-email and many scripts go by. Its arguments are mode, port, authority and mechanism.
const PERL: &str = r#"
use strict; use Net::SMTP; use Authen::SASL;
my ($mode, $port, $ca, $mechanism) = @ARGV;
my $letter = do { local $/; <STDIN> };
my %tls = $mode eq 'Implicit' ? (SSL => 1, SSL_ca_file => $ca) : ();
my $smtp = Net::SMTP->new('localhost', Port => $port, Hello => 'client.test', %tls) or die "connect: $@";
if ($mode eq 'Upgrade') { $smtp->starttls(SSL_ca_file => $ca) or die 'starttls: ' . $smtp->message }
my $who = Authen::SASL->new(mechanism => $mechanism, callback => { user => 'alice', authname => 'alice', pass => 'secret' });
$smtp->auth($who) or die 'auth: ' . $smtp->message;
$smtp->mail('bob@lab.test', Size => length $letter, Bits => 8, Return => 'FULL', Envelope => 'a+b') or die 'mail: ' . $smtp->message;
$smtp->to('alice@lab.test', { Notify => ['FAILURE', 'DELAY'], ORcpt => 'rfc822;alice@lab.test' }) or die 'to: ' . $smtp->message;
$smtp->data($letter) or die 'data: ' . $smtp->message;
$smtp->verify('alice') or die 'verify: ' . $smtp->message;
$smtp->reset && $smtp->quit or die 'quit: ' . $smtp->message;
"#;

#[test]
fn perl_sends() {
    if !installed("perl") {
        return;
    }
    let modules = ["-MIO::Socket::SSL", "-MAuthen::SASL", "-e", "1"];
    if !Command::new("perl").args(modules).output().unwrap().status.success() {
        assert!(std::env::var_os("HELO_CI").is_none(), "perl lacks IO::Socket::SSL or Authen::SASL");
        return eprintln!("skipped: perl lacks IO::Socket::SSL or Authen::SASL");
    }
    let host = Host::start("playground", "perl");
    for mode in Mode::ALL {
        for mechanism in ["PLAIN", "LOGIN", "CRAM-MD5"] {
            let (subject, port) =
                (format!("perl {mode:?} {mechanism}"), host.port(mode.submission()).to_string());
            let args = ["-e", PERL, &format!("{mode:?}"), &port, &host.ca(), mechanism];
            run("perl", &args, &letter(&subject, &long_lines()));
            came_whole(&host, &subject, &long_lines());
        }
    }
    in_order(host);
}

#[test]
fn what_watches_over_servers_finds_all_well() {
    let plugins = "/usr/lib/nagios/plugins";
    if !Path::new(plugins).join("check_smtp").is_file() {
        assert!(std::env::var_os("HELO_CI").is_none(), "monitoring-plugins-basic is not installed");
        return eprintln!("skipped: monitoring-plugins-basic is not installed");
    }
    let host = Host::start("playground", "watched");
    let check = |plugin: &str, service: &str, args: &[&str]| {
        let port = host.port(service).to_string();
        let said =
            run(&format!("{plugins}/{plugin}"), &[&["-H", "localhost", "-p", &port], args].concat(), "");
        assert!(said.contains("OK - "), "{plugin} {args:?}: {said}");
    };
    check("check_smtp", "smtp", &["-e", "220 mail.lab.test"]);
    check("check_smtp", "smtp", &["-S"]);
    check("check_smtp", "smtp", &["-S", "-D", "30,7"]);
    let rcpt = ["-f", "bob@lab.test", "-C", "RCPT TO:<alice@lab.test>", "-R", "250 2.1.5 Ok"];
    check("check_smtp", "smtp", &rcpt);
    let login = ["-A", "LOGIN", "-U", "alice", "-P", "secret"];
    check("check_smtp", "submission", &login);
    check("check_smtp", "submission", &[&["-S"], &login[..]].concat());
    check("check_ssmtp", "smtps", &[]);
    check("check_pop", "pop3", &[]);
    check("check_spop", "pop3s", &[]);
    check("check_imap", "imap", &["-E", "-s", "a1 LOGIN alice secret\\r\\n", "-e", "OK"]);
    check("check_simap", "imaps", &[]);
    in_order(host);
}

#[test]
fn gnutls_verifies_as_openssl_does() {
    if !installed("gnutls-cli") {
        return;
    }
    let host = Host::start("playground", "gnutls");
    let trusted = format!("--x509cafile={}", host.ca());
    let greetings =
        [("smtp", "220 ", "QUIT\r\n"), ("pop3", "+OK", "QUIT\r\n"), ("imap", "* OK", "a LOGOUT\r\n")];
    for (protocol, greeting, goodbye) in greetings {
        let port = host.port(protocol).to_string();
        let upgrade = format!("--starttls-proto={protocol}");
        let said = converse(
            "gnutls-cli",
            &[&trusted, &upgrade, "--port", &port, "localhost"],
            &[("- Simple Client Mode", goodbye)],
        );
        assert!(said.contains("- Status: The certificate is trusted."), "{said}");
        let port = host.port(&format!("{protocol}s")).to_string();
        let said = converse("gnutls-cli", &[&trusted, "--port", &port, "localhost"], &[(greeting, goodbye)]);
        assert!(said.contains("- Status: The certificate is trusted."), "{said}");
    }
    in_order(host);
}
