//! The three ways to TLS, and what is sent and looked for in each of them.

use crate::host::Host;

/// How a program gets to TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Not at all.
    Plain,
    /// By STARTTLS or STLS.
    Upgrade,
    /// From the first octet.
    Implicit,
}

impl Mode {
    /// All of them: the playground offers each at every service.
    pub(crate) const ALL: [Mode; 3] = [Mode::Plain, Mode::Upgrade, Mode::Implicit];

    /// The service that takes a user's mail.
    pub(crate) fn submission(self) -> &'static str {
        if self == Mode::Implicit { "smtps" } else { "submission" }
    }

    pub(crate) fn pop(self) -> &'static str {
        if self == Mode::Implicit { "pop3s" } else { "pop3" }
    }

    pub(crate) fn imap(self) -> &'static str {
        if self == Mode::Implicit { "imaps" } else { "imap" }
    }
}

/// A letter to alice, with a line that begins with a dot.
pub(crate) fn letter(subject: &str) -> String {
    format!(
        "From: bob@lab.test\r\nTo: alice@lab.test\r\nSubject: {subject}\r\n\r\nHello\r\n.a dot in front\r\n"
    )
}

/// Puts a letter into alice's mailbox without any program.
pub(crate) fn put(host: &Host, subject: &str) {
    let body = letter(subject).replace("\r\n", "\n").replace("\n.", "\n..");
    let said = host.ask(
        "smtp",
        &format!("EHLO x\nMAIL FROM:<bob@lab.test>\nRCPT TO:<alice@lab.test>\nDATA\n{body}.\nQUIT\n"),
    );
    assert!(said.contains("queued as"), "{said}");
    arrived(host, subject);
}

/// The letter is in alice's mailbox.
pub(crate) fn arrived(host: &Host, subject: &str) {
    let mailbox = host.mailbox();
    assert!(mailbox.contains(&format!("Subject: {subject}\r\n")), "{subject} has not arrived:\n{mailbox}");
}

/// The letter is no longer there.
pub(crate) fn gone(host: &Host, subject: &str) {
    let mailbox = host.mailbox();
    assert!(!mailbox.contains(&format!("Subject: {subject}\r\n")), "{subject} is still there:\n{mailbox}");
}

/// Writes a configuration with a password in it, which must be nobody else's; gives its path.
pub(crate) fn private(host: &Host, name: &str, text: &str) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    let file = host.file(name);
    std::fs::write(&file, text).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    file.display().to_string()
}

/// Ends the host: it has understood whatever the program said, and found all of it in its place.
pub(crate) fn understood(host: Host) {
    for entry in host.stop() {
        let event = &entry["event"];
        let exchange = &event["imap"]["exchange"];
        assert!(exchange["status"] != "bad", "{exchange}");
        let exchange = &event["pop3"]["exchange"];
        let reason = exchange["reason"].as_str().unwrap_or_default();
        let fault = ["unknown-command", "not-implemented", "missing-argument", "bad-argument", "user-first"];
        assert!(!fault.contains(&reason) && exchange["reason"]["wrong-state"].is_null(), "{exchange}");
    }
}
