//! What programs do with IMAP, each in the three modes.

use crate::host::{Host, converse, installed, run};
use crate::mode::{Mode, arrived, gone, letter, put};

#[test]
fn curl_lists_searches_fetches_appends_and_expunges() {
    if !installed("curl") {
        return;
    }
    let host = Host::start("playground", "imap-curl");
    for mode in Mode::ALL {
        let subject = format!("curl-{mode:?}");
        put(&host, &subject);
        let ca = host.ca();
        let mut common = vec!["-sS", "-u", "alice:secret", "--cacert", &ca];
        if mode == Mode::Upgrade {
            common.push("--ssl-reqd");
        }
        let base = format!("{}://localhost:{}", mode.imap(), host.port(mode.imap()));
        let with = |path: &str, more: &[&str]| {
            run("curl", &[&common[..], more, &[format!("{base}{path}").as_str()]].concat(), "")
        };
        assert!(with("/", &[]).contains("INBOX"));
        let found = with(&format!("/INBOX?SUBJECT%20{subject}"), &[]);
        let number = found.trim_end().strip_prefix("* SEARCH ").unwrap_or_else(|| panic!("{found}"));
        assert!(number.parse::<u32>().is_ok(), "one message: {found}");
        let fetched = with(&format!("/INBOX;MAILINDEX={number}"), &[]);
        assert!(fetched.ends_with("\r\n\r\nHello\r\n.a dot in front\r\n"), "{fetched}");
        let section = with(&format!("/INBOX;MAILINDEX={number};SECTION=HEADER.FIELDS%20(SUBJECT)"), &[]);
        assert_eq!(section, format!("Subject: {subject}\r\n\r\n"));
        with("/INBOX", &["-X", &format!("STORE {number} +FLAGS \\Deleted")]);
        let expunged = with("/INBOX", &["-X", "EXPUNGE"]);
        assert!(expunged.contains(&format!("* {number} EXPUNGE")), "{expunged}");
        gone(&host, &subject);
        let appended = format!("curl-appended-{mode:?}");
        let file = host.file("letter");
        std::fs::write(&file, letter(&appended)).unwrap();
        with("/INBOX", &["-T", &file.display().to_string()]);
        arrived(&host, &appended);
        let fetched = with(&format!("/INBOX?SUBJECT%20{appended}"), &[]);
        let number = fetched.trim_end().rsplit(' ').next().unwrap();
        assert_eq!(with(&format!("/INBOX;MAILINDEX={number}"), &[]), letter(&appended));
    }
}

const PYTHON: &str = r#"
import imaplib, ssl, sys, time
mode, port, ca, subject = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
if mode == 'Implicit':
    i = imaplib.IMAP4_SSL('localhost', int(port), ssl_context=context, timeout=30)
else:
    i = imaplib.IMAP4('localhost', int(port), timeout=30)
def ok(answer):
    assert answer[0] == 'OK', answer
    return answer[1]
if mode == 'Upgrade': ok(i.starttls(context))
if mode == 'Plain': ok(i.login('alice', 'secret'))
elif mode == 'Upgrade': ok(i.login_cram_md5('alice', 'secret'))
else: ok(i.authenticate('PLAIN', lambda _: b'\0alice\0secret'))
ok(i.select()); ok(i.noop()); ok(i.namespace())
box = 'Folder ' + mode
name = '"' + box + '"'
ok(i.create(name)); ok(i.subscribe(name))
assert any(box.encode() in line for line in ok(i.list()))
assert any(box.encode() in line for line in ok(i.lsub()))
assert b'MESSAGES 0' in ok(i.status(name, '(MESSAGES UIDNEXT UIDVALIDITY UNSEEN RECENT)'))[0]
ok(i.append(name, '(\\Flagged)', imaplib.Time2Internaldate(time.time()), b'Subject: appended\r\n\r\nhello\r\n'))
uid = ok(i.uid('SEARCH', None, 'SUBJECT', subject))[0]
assert uid.isdigit(), uid
ok(i.uid('COPY', uid, name)); ok(i.uid('STORE', uid, '+FLAGS', '(\\Deleted)'))
assert len(ok(i.expunge())) == 1
ok(i.select(name, readonly=True))
assert i.store('1', '+FLAGS', '\\Seen')[0] == 'NO', 'it is open for reading only'
assert ok(i.select(name)) == [b'2']
got = ok(i.fetch('1:*', '(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY.PEEK[TEXT]<0.4>)'))
pieces = [part for part in got if isinstance(part, tuple)]
assert pieces[0][1] == b'hell' and b'\\Flagged' in pieces[0][0] and b'"appended"' in pieces[0][0], got
assert pieces[1][1] == b'Hell' and subject.encode() in pieces[1][0], got
assert ok(i.search(None, 'OR', 'FLAGGED', 'SUBJECT', subject)) == [b'1 2']
assert ok(i.sort('REVERSE DATE', 'UTF-8', 'ALL')) if 'SORT' in i.capabilities else True
ok(i.store('1', '-FLAGS', '\\Flagged'))
assert ok(i.search(None, 'FLAGGED')) == [b'']
ok(i.check()); ok(i.close())
ok(i.rename(name, '"' + box + ' renamed"')); ok(i.unsubscribe(name)); ok(i.delete('"' + box + ' renamed"'))
i.logout()
"#;

#[test]
fn python_uses_every_common_call() {
    if !installed("python3") {
        return;
    }
    let host = Host::start("playground", "imap-python");
    for mode in Mode::ALL {
        let (port, subject) = (host.port(mode.imap()).to_string(), format!("python-{mode:?}"));
        put(&host, &subject);
        run("python3", &["-c", PYTHON, &format!("{mode:?}"), &port, &host.ca(), &subject], "");
        gone(&host, &subject);
    }
}

/// A session by hand: the letter is found, read, flagged and expunged. `first` is what is awaited before anything is typed.
fn by_hand<'a>(first: &'a str, search: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        (first, "a1 LOGIN alice secret\n"),
        ("a1 OK", "a2 LIST \"\" *\n"),
        ("a2 OK", "a3 SELECT INBOX\n"),
        ("a3 OK", search),
        ("a4 OK", "a5 FETCH 1 (FLAGS BODY[])\n"),
        ("a5 OK", "a6 STORE 1 +FLAGS (\\Deleted)\n"),
        ("a6 OK", "a7 EXPUNGE\n"),
        ("a7 OK", "a8 LOGOUT\n"),
        ("a8 OK", ""),
    ]
}

/// All of it has been said. telnet shows the ends of lines as those of this machine.
fn seen(said: &str, subject: &str) {
    let said = said.replace('\r', "");
    for line in [
        "* LIST (",
        "* 1 EXISTS",
        "* SEARCH 1\n",
        &format!("Subject: {subject}\n"),
        "\n.a dot in front\n",
        "* 1 FETCH (FLAGS (\\Deleted \\Seen",
        "* 1 EXPUNGE",
        "* BYE",
    ] {
        assert!(said.contains(line), "{line:?} is missing:\n{said}");
    }
}

#[test]
fn telnet_and_netcat_talk_imap_by_hand() {
    for program in ["telnet", "nc"] {
        if !installed(program) {
            continue;
        }
        let host = Host::start("playground", &format!("imap-{program}"));
        let subject = format!("{program}-by-hand");
        put(&host, &subject);
        let port = host.port("imap").to_string();
        let args: &[&str] = if program == "nc" { &["-C", "localhost", &port] } else { &["localhost", &port] };
        let search = format!("a4 SEARCH SUBJECT {subject}\n");
        let said = converse(program, args, &by_hand("* OK", &search));
        seen(&said, &subject);
        gone(&host, &subject);
    }
}

#[test]
fn openssl_talks_imap_by_hand_under_tls() {
    if !installed("openssl") {
        return;
    }
    let host = Host::start("playground", "imap-openssl");
    for mode in [Mode::Upgrade, Mode::Implicit] {
        let subject = format!("openssl-{mode:?}");
        put(&host, &subject);
        let (ca, to) = (host.ca(), format!("localhost:{}", host.port(mode.imap())));
        let mut args = vec!["s_client", "-quiet", "-crlf", "-verify_return_error", "-CAfile", &ca];
        args.extend(["-verify_hostname", "localhost", "-connect", &to]);
        // With -starttls the greeting is gone before the first line is shown.
        let first = if mode == Mode::Upgrade { "" } else { "* OK" };
        if mode == Mode::Upgrade {
            args.extend(["-starttls", "imap"]);
        }
        let search = format!("a4 SEARCH SUBJECT {subject}\n");
        let said = converse("openssl", &args, &by_hand(first, &search));
        seen(&said, &subject);
        gone(&host, &subject);
    }
}
