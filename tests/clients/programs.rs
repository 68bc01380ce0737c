//! What programs do with SMTP and POP3, each in the three modes.

use crate::host::{Host, converse, installed, run};
use crate::mode::{Mode, arrived, gone, letter, private};

#[test]
fn swaks_sends() {
    if !installed("swaks") {
        return;
    }
    let host = Host::start("playground", "swaks");
    for mode in Mode::ALL {
        for auth in ["PLAIN", "LOGIN", "CRAM-MD5"] {
            let (server, ca) = (format!("localhost:{}", host.port(mode.submission())), host.ca());
            let subject = format!("Subject: swaks {mode:?} {auth}");
            let mut args = vec!["--server", &server, "--from", "bob@lab.test", "--to", "alice@lab.test"];
            args.extend(["--auth", auth, "--auth-user", "alice", "--auth-password", "secret"]);
            args.extend(["--header", &subject]);
            match mode {
                Mode::Plain => {}
                Mode::Upgrade => args.extend(["--tls", "--tls-verify", "--tls-ca-path", &ca]),
                Mode::Implicit => args.extend(["--tls-on-connect", "--tls-verify", "--tls-ca-path", &ca]),
            }
            let said = run("swaks", &args, "");
            assert!(said.contains(" 235 "), "{said}");
            arrived(&host, &subject["Subject: ".len()..]);
        }
    }
}

#[test]
fn curl_sends_fetches_and_deletes() {
    if !installed("curl") {
        return;
    }
    let host = Host::start("playground", "curl");
    for mode in Mode::ALL {
        let subject = format!("curl {mode:?}");
        let (ca, file) = (host.ca(), host.file("letter"));
        std::fs::write(&file, letter(&subject)).unwrap();
        let (smtp, pop) = if mode == Mode::Implicit { ("smtps", "pop3s") } else { ("smtp", "pop3") };
        let mut common = vec!["-sS", "-u", "alice:secret", "--cacert", &ca];
        if mode == Mode::Upgrade {
            common.push("--ssl-reqd");
        }
        let with = |more: &[&str]| run("curl", &[&common, more].concat(), "");
        let url = format!("{smtp}://localhost:{}/client.test", host.port(mode.submission()));
        let file = file.display().to_string();
        with(&[&url, "--mail-from", "bob@lab.test", "--mail-rcpt", "alice@lab.test", "-T", &file]);
        arrived(&host, &subject);
        let base = format!("{pop}://localhost:{}/", host.port(mode.pop()));
        let list = with(&[&base]);
        let number =
            list.lines().last().and_then(|l| l.split(' ').next()).unwrap_or_else(|| panic!("{list}"));
        let letter = with(&[&format!("{base}{number}")]);
        assert!(letter.contains(&subject) && letter.contains("\r\n.a dot in front\r\n"), "{letter}");
        assert!(with(&["-X", "UIDL", &base]).starts_with(&format!("{number} ")) || number != "1");
        with(&["-I", "-X", &format!("DELE {number}"), &base]);
        gone(&host, &subject);
    }
}

#[test]
fn msmtp_sends() {
    if !installed("msmtp") {
        return;
    }
    let host = Host::start("playground", "msmtp");
    for mode in Mode::ALL {
        let subject = format!("msmtp {mode:?}");
        let port = host.port(mode.submission());
        let tls = match mode {
            Mode::Plain => "tls off".to_owned(),
            Mode::Upgrade => format!("tls on\ntls_starttls on\ntls_trust_file {}", host.ca()),
            Mode::Implicit => format!("tls on\ntls_starttls off\ntls_trust_file {}", host.ca()),
        };
        let auth = "auth plain\nuser alice\npassword secret";
        let text = format!("account a\nhost localhost\nport {port}\nfrom bob@lab.test\n{auth}\n{tls}\n");
        let rc = private(&host, "msmtprc", &text);
        let info = run("msmtp", &["-C", &rc, "-a", "a", "--serverinfo"], "");
        assert!(info.contains("SMTP server at localhost"), "{info}");
        run("msmtp", &["-C", &rc, "-a", "a", "alice@lab.test"], &letter(&subject));
        arrived(&host, &subject);
    }
}

/// `AUTH PLAIN` for alice.
const AUTH: &str = "AUTH PLAIN AGFsaWNlAHNlY3JldA==\n";

fn by_hand(subject: &str) -> Vec<(&'static str, String)> {
    vec![
        ("250 ", AUTH.to_owned()),
        ("235 ", "MAIL FROM:<bob@lab.test>\n".to_owned()),
        ("250 ", "RCPT TO:<alice@lab.test>\n".to_owned()),
        ("250 ", "DATA\n".to_owned()),
        ("354 ", format!("Subject: {subject}\n\nBy hand.\n.\n")),
        ("250 ", "QUIT\n".to_owned()),
        ("221 ", String::new()),
    ]
}

/// The same over POP3, to the end of the letter.
const FETCH: [(&str, &str); 5] =
    [("+OK", "PASS secret\n"), ("+OK", "STAT\n"), ("+OK", "RETR 1\n"), (".", "QUIT\n"), ("+OK", "")];

fn turns<'a>(first: (&'a str, &'a str), rest: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    std::iter::once(first).chain(rest.iter().map(|(a, t)| (*a, t.as_str()))).collect()
}

#[test]
fn telnet_and_netcat_talk_by_hand() {
    for program in ["telnet", "nc"] {
        if !installed(program) {
            continue;
        }
        let host = Host::start("playground", program);
        let crlf: &[&str] = if program == "nc" { &["-C"] } else { &[] };
        let to = |service: &str| {
            [crlf, &["localhost", &host.port(service).to_string()]]
                .concat()
                .iter()
                .map(|s| (*s).to_owned())
                .collect::<Vec<_>>()
        };
        let subject = format!("{program} by hand");
        let hand = by_hand(&subject);
        let args = to("submission");
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        converse(program, &args, &turns(("220 ", "EHLO client.test\n"), &hand));
        arrived(&host, &subject);
        let args = to("pop3");
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let fetched = converse(program, &args, &[&[("+OK", "USER alice\n")], &FETCH[..]].concat());
        assert!(fetched.contains(&subject), "{fetched}");
    }
}

#[test]
fn openssl_talks_by_hand_under_tls() {
    if !installed("openssl") {
        return;
    }
    let host = Host::start("playground", "openssl");
    for mode in [Mode::Upgrade, Mode::Implicit] {
        let subject = format!("openssl {mode:?}");
        let (ca, hand) = (host.ca(), by_hand(&subject));
        let common = [
            "s_client",
            "-quiet",
            "-crlf",
            "-verify_return_error",
            "-verify_hostname",
            "localhost",
            "-CAfile",
            &ca,
            "-connect",
        ];
        let with = |service: &str, upgrade: &'static str, turns: &[(&str, &str)]| {
            let to = format!("localhost:{}", host.port(service));
            let mut args = [&common[..], &[&to]].concat();
            if mode == Mode::Upgrade {
                args.extend(["-starttls", upgrade]);
            }
            converse("openssl", &args, turns)
        };
        // With -starttls the greeting is gone before the first line is shown.
        let upgraded = mode == Mode::Upgrade;
        let first = if upgraded { "" } else { "220 " };
        with(mode.submission(), "smtp", &turns((first, "EHLO client.test\n"), &hand));
        arrived(&host, &subject);
        let first = if upgraded { "" } else { "+OK" };
        let fetch = [&[(first, "USER alice\n")], &FETCH[..]].concat();
        let fetched = with(mode.pop(), "pop3", &fetch);
        assert!(fetched.contains("Subject: openssl"), "{fetched}");
    }
    // Each version by itself.
    for (version, name) in [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")] {
        let (to, ca) = (format!("localhost:{}", host.port("smtps")), host.ca());
        let said =
            run("openssl", &["s_client", version, "-connect", &to, "-CAfile", &ca, "-brief"], "QUIT\r\n");
        assert!(said.contains(name) && said.contains("Verification: OK"), "{said}");
    }
}

const PYTHON: &str = r#"
import sys, ssl, smtplib, poplib
mode, smtp_port, pop_port, ca, subject = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
smtp_port, pop_port = int(smtp_port), int(pop_port)
if mode == 'Implicit':
    s = smtplib.SMTP_SSL('localhost', smtp_port, context=context, timeout=30)
    p = poplib.POP3_SSL('localhost', pop_port, context=context, timeout=30)
else:
    s = smtplib.SMTP('localhost', smtp_port, timeout=30)
    p = poplib.POP3('localhost', pop_port, timeout=30)
if mode == 'Upgrade':
    s.starttls(context=context)
    p.stls(context=context)
s.ehlo()
s.login('alice', 'secret')
assert s.noop()[0] == 250 and s.rset()[0] == 250
assert s.verify('alice')[0] in (250, 252)
s.sendmail('bob@lab.test', ['alice@lab.test'], f'Subject: {subject}\r\n\r\n.dot\r\n' + 'x' * 900 + '\r\n')
s.quit()
p.user('alice'); p.pass_('secret')
count, size = p.stat()
assert count == len(p.list()[1]) == len(p.uidl()[1]) and size > 900
p.capa()
found = [n for n in range(1, count + 1) if any(subject.encode() in line for line in p.top(n, 0)[1])]
lines = p.retr(found[0])[1]
assert b'.dot' in lines and b'x' * 900 in lines
p.dele(found[0]); p.rset(); p.dele(found[0]); p.quit()
"#;

#[test]
fn python_sends_and_fetches() {
    if !installed("python3") {
        return;
    }
    let host = Host::start("playground", "python");
    for mode in Mode::ALL {
        let (smtp, pop) = (host.port(mode.submission()).to_string(), host.port(mode.pop()).to_string());
        let (mode, subject) = (format!("{mode:?}"), format!("python {mode:?}"));
        run("python3", &["-c", PYTHON, &mode, &smtp, &pop, &host.ca(), &subject], "");
        gone(&host, &subject);
    }
}
