//! Programs that fetch mail and put it elsewhere: fetchmail, mpop, getmail.

use crate::host::{Host, installed, run};
use crate::mode::{Mode, gone, private, put, understood};

/// The letter lies in a file, whole.
fn fetched(file: &str, subject: &str) {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{file}: {e}")).replace('\r', "");
    let letter =
        text.split(&format!("Subject: {subject}\n")).nth(1).unwrap_or_else(|| panic!("{subject}: {text}"));
    assert!(letter.contains("\nHello\n.a dot in front\n"), "{letter}");
}

#[test]
fn fetchmail_fetches_and_deletes() {
    if !installed("fetchmail") {
        return;
    }
    let host = Host::start("playground", "fetchmail");
    let mailbox = host.file("fetched").display().to_string();
    for mode in Mode::ALL {
        for (protocol, auth) in [
            ("pop3", "auth password"),
            ("apop", ""),
            ("pop3", ""),
            ("imap", "auth password"),
            ("imap", "auth cram-md5"),
        ] {
            let subject = format!("fetchmail {mode:?} {protocol} {auth}.");
            put(&host, &subject);
            let (port, ca) =
                (host.port(if protocol == "imap" { mode.imap() } else { mode.pop() }), host.ca());
            let tls = match mode {
                Mode::Plain => "sslproto ''".to_owned(),
                Mode::Upgrade => format!("sslproto 'TLS1.2+' sslcertck sslcertfile '{ca}'"),
                Mode::Implicit => format!("ssl sslcertck sslcertfile '{ca}'"),
            };
            let poll =
                format!("poll localhost protocol {protocol} port {port} {auth} user alice password secret");
            let rc =
                private(&host, "fetchmailrc", &format!("{poll} {tls} fetchall mda \"cat >> {mailbox}\"\n"));
            let (ids, pid) = (host.file("ids").display().to_string(), host.file("pid").display().to_string());
            run("fetchmail", &["-f", &rc, "-i", &ids, "--pidfile", &pid, "--nosyslog"], "");
            fetched(&mailbox, &subject);
            gone(&host, &subject);
        }
    }
    understood(host);
}

#[test]
fn mpop_fetches_what_is_new_and_deletes() {
    if !installed("mpop") {
        return;
    }
    let host = Host::start("playground", "mpop");
    let mailbox = host.file("fetched").display().to_string();
    for mode in Mode::ALL {
        for auth in ["user", "plain", "login", "cram-md5", "scram-sha-256", "apop"] {
            let (kept, subject) = (format!("mpop {mode:?} {auth} kept."), format!("mpop {mode:?} {auth}."));
            let tls = match mode {
                Mode::Plain => "tls off".to_owned(),
                Mode::Upgrade => format!("tls on\ntls_starttls on\ntls_trust_file {}", host.ca()),
                Mode::Implicit => format!("tls on\ntls_starttls off\ntls_trust_file {}", host.ca()),
            };
            let text = format!(
                "account a\nhost localhost\nport {}\nuser alice\npassword secret\nauth {auth}\n{tls}\nuidls_file {}\ndelivery mbox {mailbox}\n",
                host.port(mode.pop()),
                host.file("uidls").display(),
            );
            let rc = private(&host, "mpoprc", &text);
            put(&host, &kept);
            run("mpop", &["-C", &rc, "--keep=on", "a"], "");
            fetched(&mailbox, &kept);
            put(&host, &subject);
            let said = run("mpop", &["-C", &rc, "--keep=off", "a"], "");
            assert!(said.contains("new: 1 message"), "{said}");
            fetched(&mailbox, &subject);
            gone(&host, &subject);
        }
    }
    understood(host);
}

#[test]
fn getmail_fetches_what_is_new_and_deletes() {
    if !installed("getmail") {
        return;
    }
    let host = Host::start("playground", "getmail");
    let mailbox = host.file("fetched").display().to_string();
    // It knows neither STLS nor STARTTLS.
    for (mode, kind, more) in [
        (Mode::Plain, "SimplePOP3Retriever", ""),
        (Mode::Plain, "SimplePOP3Retriever", "use_apop = true\n"),
        (Mode::Implicit, "SimplePOP3SSLRetriever", ""),
        (Mode::Plain, "SimpleIMAPRetriever", ""),
        (Mode::Implicit, "SimpleIMAPSSLRetriever", ""),
    ] {
        let imap = kind.contains("IMAP");
        let subject = format!("getmail {mode:?} {kind} {}.", more.len());
        put(&host, &subject);
        let port = host.port(if imap { mode.imap() } else { mode.pop() });
        let ca = if mode == Mode::Implicit { format!("ca_certs = {}\n", host.ca()) } else { String::new() };
        let all = if imap { "mailboxes = ALL\n" } else { "" };
        let text = format!(
            "[retriever]\ntype = {kind}\nserver = localhost\nport = {port}\nusername = alice\npassword = secret\n{ca}{all}{more}\
             [destination]\ntype = MDA_external\npath = /bin/sh\narguments = (\"-c\", \"cat >> '{mailbox}'\")\n\
             allow_root_commands = true\n[options]\nread_all = false\ndelete = false\n",
        );
        let rc = private(&host, "getmailrc", &text);
        let folder = host.file("").display().to_string();
        run("getmail", &["-g", &folder, "--rcfile", &rc], "");
        fetched(&mailbox, &subject);
        let said = run("getmail", &["-g", &folder, "--rcfile", &rc], "");
        assert!(said.contains("0 messages (0 bytes) retrieved, 1 skipped"), "{said}");
        run("getmail", &["-g", &folder, "--rcfile", &rc, "--all", "--delete"], "");
        gone(&host, &subject);
    }
    understood(host);
}
