//! The dialogue that `swaks` leads: one command after the other, or several at once where both sides can (RFC 2920), and
//! what it makes of the answers.

use super::super::super::io::Io;
use super::super::openssl::MD5;
use super::output::{Kind, Output};
use super::settings::{After, Protocol, Settings, Wanted};
use crate::mail::Message;
use crate::units::ConnId;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::VecDeque;

/// The longest answer that is kept.
const REPLY: usize = 64 << 10;
/// The exit status where the server hangs up in the middle.
const LOST: u8 = 6;

/// What an answer is due to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Banner,
    Ehlo,
    Helo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    Dot,
    Quit,
}

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// Wait for an answer.
    Wait,
    /// The handshake.
    Handshake,
    /// The end, with this status.
    End(u8),
}

/// What the server offers.
#[derive(Debug, Default)]
struct Offers {
    starttls: bool,
    pipelining: bool,
    auth: Option<Vec<String>>,
}

/// The dialogue.
#[derive(Debug, Default)]
pub(super) struct Talk {
    /// How it is to go.
    pub(super) settings: Settings,
    /// What is printed.
    pub(super) output: Output,
    /// What goes out after DATA.
    pub(super) data: String,
    /// The same as the server will have it, with who wrote what.
    pub(super) written: Option<Message>,
    conn: Option<ConnId>,
    due: VecDeque<(Due, &'static str)>,
    /// Commands that wait to go out with the next.
    held: Vec<(Due, &'static str, String)>,
    partial: Vec<u8>,
    reply: String,
    offers: Offers,
    /// Under TLS after STARTTLS: the second greeting.
    second: bool,
    /// Which mechanism is tried, and what it has said already.
    mechanism: usize,
    stage: u8,
    attempted: bool,
    recipients: VecDeque<String>,
    total: usize,
    failures: usize,
    /// QUIT was sent, with the status to end with.
    quitting: Option<u8>,
    /// What failed in the commands that went out together.
    failed: Vec<Due>,
}

impl Talk {
    /// The connection stands: the greeting is due.
    pub(super) fn begin(&mut self, conn: ConnId) {
        self.conn = Some(conn);
        self.recipients = self.settings.to.split(',').map(str::to_owned).collect();
        self.total = self.recipients.len();
        self.due.push_back((Due::Banner, "220"));
    }

    /// The connection is under TLS now.
    pub(super) fn secured(&mut self, io: &mut Io) -> Then {
        self.output.tls = true;
        if self.settings.tls_on_connect {
            return self.ends(io, After::Tls).unwrap_or(Then::Wait);
        }
        self.second = true;
        self.offers = Offers::default();
        self.after_tls(io)
    }

    /// No TLS came about, as was just said; goes on where that is allowed.
    pub(super) fn not_secured(&mut self, io: &mut Io) -> Then {
        if self.settings.tls_on_connect {
            return Then::End(29);
        }
        self.say(io, Kind::Error, "STARTTLS attempted but failed");
        Then::End(29)
    }

    fn say(&mut self, io: &mut Io, kind: Kind, text: &str) {
        self.output.say(io, kind, text, false);
    }

    /// Does it end here?
    fn ends(&mut self, io: &mut Io, at: After) -> Option<Then> {
        if self.settings.drop_after == Some(at) {
            self.say(io, Kind::Info, "Dropping connection");
            return Some(Then::End(0));
        }
        (self.settings.quit_after == Some(at)).then(|| self.quit(io, 0))
    }

    /// Sends a line and waits for this code; together with what was held back.
    fn send(&mut self, io: &mut Io, due: Due, expect: &'static str, line: &str) -> Then {
        self.send_shown(io, due, expect, line, line)
    }

    fn send_shown(&mut self, io: &mut Io, due: Due, expect: &'static str, line: &str, shown: &str) -> Then {
        let mut octets = Vec::new();
        for (due, expect, held) in std::mem::take(&mut self.held) {
            self.output.say(io, Kind::Sent, &held, false);
            octets.extend_from_slice(held.as_bytes());
            octets.extend_from_slice(b"\r\n");
            self.due.push_back((due, expect));
        }
        let brief = due == Due::Dot && self.settings.brief_data;
        self.output.say(io, Kind::Sent, shown, brief);
        octets.extend_from_slice(line.as_bytes());
        octets.extend_from_slice(b"\r\n");
        self.due.push_back((due, expect));
        if let Some(conn) = self.conn {
            io.send(conn, &octets);
        }
        Then::Wait
    }

    fn quit(&mut self, io: &mut Io, status: u8) -> Then {
        if self.quitting.is_some() {
            return Then::Wait;
        }
        self.quitting = Some(status);
        self.send(io, Due::Quit, "221", "QUIT")
    }

    /// Octets of the server.
    pub(super) fn feed(&mut self, io: &mut Io, octets: &[u8]) -> Then {
        self.partial.extend_from_slice(octets);
        while let Some(end) = self.partial.iter().position(|b| *b == b'\n') {
            if self.due.is_empty() {
                // Nobody asked; it is read with the next answer.
                break;
            }
            let line: Vec<u8> = self.partial.drain(..=end).collect();
            let line = String::from_utf8_lossy(&line).replace('\r', "");
            let room = REPLY.saturating_sub(self.reply.len());
            self.reply.extend(line.chars().take(room));
            if is_last(&line) {
                let then = self.answered(io);
                if then != Then::Wait {
                    return then;
                }
            }
        }
        self.partial.truncate(REPLY);
        Then::Wait
    }

    /// Nothing was heard for too long.
    pub(super) fn timed_out(&mut self, io: &mut Io) -> Then {
        self.reply = format!("Timeout ({} secs) waiting for server response", self.settings.shown_timeout);
        self.answered(io)
    }

    /// The server hung up.
    pub(super) fn lost(&mut self, io: &mut Io) -> Then {
        if !self.reply.is_empty() {
            let reply = std::mem::take(&mut self.reply);
            self.say(io, Kind::Refused, reply.trim_end());
        }
        self.say(io, Kind::Error, "Remote host closed connection unexpectedly.");
        Then::End(self.quitting.filter(|s| *s != 0).unwrap_or(LOST))
    }

    /// Is an answer due?
    pub(super) fn waits(&self) -> bool {
        !self.due.is_empty()
    }

    /// A whole answer.
    fn answered(&mut self, io: &mut Io) -> Then {
        let reply = std::mem::take(&mut self.reply);
        let Some((due, expect)) = self.due.pop_front() else { return Then::Wait };
        let good = reply.lines().any(|l| l.strip_prefix(expect).is_some_and(|rest| rest.starts_with(' ')));
        let shown =
            if due == Due::Auth && self.settings.plain_auth { decoded(&reply) } else { reply.clone() };
        self.say(io, if good { Kind::Got } else { Kind::Refused }, shown.trim_end());
        if !good {
            self.failed.push(due);
        }
        if due == Due::Ehlo && good {
            self.offers = offers(&reply);
        }
        if !self.due.is_empty() {
            return Then::Wait;
        }
        let failed = std::mem::take(&mut self.failed);
        if due == Due::Quit {
            self.say(io, Kind::Info, "Connection closed with remote host.");
            return Then::End(self.quitting.unwrap_or(0));
        }
        if failed.contains(&Due::Mail) {
            return self.quit(io, 23);
        }
        self.failures += failed.iter().filter(|d| **d == Due::Rcpt).count();
        if self.failures > 0 && self.failures == self.total {
            return self.quit(io, 24);
        }
        self.go_on(io, due, good, &reply)
    }

    /// What follows from an answer.
    fn go_on(&mut self, io: &mut Io, due: Due, good: bool, reply: &str) -> Then {
        match (due, good) {
            (Due::Banner, true) => self.ends(io, After::Connect).unwrap_or_else(|| self.greet(io)),
            (Due::Banner, false) => self.quit(io, 21),
            (Due::Ehlo, false) if self.settings.protocol == Protocol::Esmtp => {
                let line = format!("HELO {}", self.settings.helo);
                self.send(io, Due::Helo, "250", &line)
            }
            (Due::Ehlo | Due::Helo, true) if self.second => self.after_helo(io),
            (Due::Ehlo | Due::Helo, true) => self.after_first_helo(io),
            (Due::Ehlo | Due::Helo, false) => self.quit(io, if self.second { 32 } else { 22 }),
            (Due::StartTls, true) => Then::Handshake,
            (Due::StartTls, false) => {
                self.say(io, Kind::Error, "STARTTLS attempted but failed");
                if self.settings.tls == Wanted::Optional { self.after_tls(io) } else { Then::End(29) }
            }
            (Due::Auth, _) => self.auth(io, good, reply),
            (Due::Mail, _) => self.ends(io, After::Mail).unwrap_or_else(|| self.recipient(io)),
            (Due::Rcpt, _) => self.recipient(io),
            (Due::Data, false) => self.quit(io, 25),
            (Due::Data, true) => self.ends(io, After::Data).unwrap_or_else(|| {
                let data = std::mem::take(&mut self.data);
                if let Some((conn, written)) = self.conn.zip(self.written.take()) {
                    io.hands_over(conn, written);
                }
                self.send(io, Due::Dot, "250", &data)
            }),
            (Due::Dot, false) => self.quit(io, 26),
            (Due::Dot, true) => self.ends(io, After::Dot).unwrap_or_else(|| self.quit(io, 0)),
            (Due::Quit, _) => Then::Wait,
        }
    }

    fn greet(&mut self, io: &mut Io) -> Then {
        let name = self.settings.helo.clone();
        match self.settings.protocol {
            Protocol::Smtp => self.send(io, Due::Helo, "250", &format!("HELO {name}")),
            Protocol::Esmtp => self.send(io, Due::Ehlo, "250", &format!("EHLO {name}")),
            Protocol::Lmtp => self.send(io, Due::Ehlo, "250", &format!("LHLO {name}")),
        }
    }

    fn after_first_helo(&mut self, io: &mut Io) -> Then {
        if let Some(then) = self.ends(io, After::FirstHelo) {
            return then;
        }
        if self.settings.tls != Wanted::No {
            if self.offers.starttls {
                return self.send(io, Due::StartTls, "220", "STARTTLS");
            }
            self.say(io, Kind::Error, "Host did not advertise STARTTLS");
            if self.settings.tls == Wanted::Must {
                return self.quit(io, 29);
            }
        }
        self.after_tls(io)
    }

    fn after_tls(&mut self, io: &mut Io) -> Then {
        // With TLS from the start that place is passed already.
        if !self.settings.tls_on_connect
            && let Some(then) = self.ends(io, After::Tls)
        {
            return then;
        }
        if self.second { self.greet(io) } else { self.after_helo(io) }
    }

    fn after_helo(&mut self, io: &mut Io) -> Then {
        if let Some(then) = self.ends(io, After::Helo) {
            return then;
        }
        if self.settings.auth == Wanted::No {
            return self.after_auth(io);
        }
        if self.offers.auth.is_none() {
            return self.no_auth(io, "Host did not advertise authentication", true);
        }
        self.try_mechanism(io)
    }

    /// It did not come to an authentication; `lenient` where a strict wish is content with that.
    fn no_auth(&mut self, io: &mut Io, said: &str, lenient: bool) -> Then {
        self.say(io, Kind::Error, said);
        match self.settings.auth {
            Wanted::Optional => self.after_auth(io),
            Wanted::Strict if lenient => self.after_auth(io),
            _ => self.quit(io, 28),
        }
    }

    /// The next mechanism that both sides know.
    fn try_mechanism(&mut self, io: &mut Io) -> Then {
        let offered = self.offers.auth.clone().unwrap_or_default();
        let rest = self.settings.mechanisms.iter().enumerate().skip(self.mechanism);
        let next = rest.filter(|(_, m)| offered.iter().any(|o| o == *m)).map(|(i, m)| (i, *m)).next();
        self.stage = 0;
        match next {
            Some((place, mechanism)) => {
                self.mechanism = place;
                self.attempted = true;
                if mechanism == "PLAIN" {
                    return self.plain(io);
                }
                self.send(io, Due::Auth, "334", &format!("AUTH {mechanism}"))
            }
            None if self.attempted => self.no_auth(io, "No authentication type succeeded", false),
            None if self.settings.any_mechanism => {
                self.no_auth(io, "Auth not attempted, no advertised types available", false)
            }
            None => self.no_auth(io, "Auth not attempted, requested type not available", true),
        }
    }

    fn shown_password(&self) -> String {
        self.settings.shown_password.clone().unwrap_or_else(|| self.settings.password.clone())
    }

    fn plain(&mut self, io: &mut Io) -> Then {
        let (user, password, shown) = (&self.settings.user, &self.settings.password, self.shown_password());
        let line = format!("AUTH PLAIN {}", STANDARD.encode(format!("\0{user}\0{password}")));
        let shown = if self.settings.plain_auth {
            format!("AUTH PLAIN \\0{user}\\0{shown}")
        } else {
            format!("AUTH PLAIN {}", STANDARD.encode(format!("\0{user}\0{shown}")))
        };
        self.stage = 9;
        self.send_shown(io, Due::Auth, "235", &line, &shown)
    }

    /// An answer to something of AUTH.
    fn auth(&mut self, io: &mut Io, good: bool, reply: &str) -> Then {
        let mechanism = self.settings.mechanisms.get(self.mechanism).copied().unwrap_or_default();
        if !good {
            self.mechanism += 1;
            return self.try_mechanism(io);
        }
        let stage = self.stage;
        self.stage += 1;
        let (user, password) = (self.settings.user.clone(), self.settings.password.clone());
        let (said, shown, expect) = match (mechanism, stage) {
            ("CRAM-MD5", 0) => {
                let challenge = reply.get(4..).unwrap_or_default().trim();
                let challenge = STANDARD.decode(challenge).unwrap_or_default();
                let digest = MD5.keyed(password.as_bytes(), &challenge);
                let digest: String = digest.iter().map(|b| format!("{b:02x}")).collect();
                self.stage = 9;
                (format!("{user} {digest}"), format!("{user} {digest}"), "235")
            }
            ("LOGIN", 0) => (user.clone(), user, "334"),
            ("LOGIN", 1) => {
                self.stage = 9;
                (password, self.shown_password(), "235")
            }
            _ => return self.after_auth(io),
        };
        let shown = if self.settings.plain_auth { shown } else { STANDARD.encode(shown) };
        self.send_shown(io, Due::Auth, expect, &STANDARD.encode(said), &shown)
    }

    fn after_auth(&mut self, io: &mut Io) -> Then {
        if let Some(then) = self.ends(io, After::Auth) {
            return then;
        }
        let line = format!("MAIL FROM:<{}>", self.settings.from);
        if !(self.settings.pipeline && self.offers.pipelining) {
            return self.send(io, Due::Mail, "250", &line);
        }
        self.held.push((Due::Mail, "250", line));
        if let Some(then) = self.ends(io, After::Mail) {
            return then;
        }
        while let Some(recipient) = self.recipients.pop_front() {
            self.held.push((Due::Rcpt, "250", format!("RCPT TO:<{recipient}>")));
        }
        self.ends(io, After::Rcpt).unwrap_or_else(|| self.send(io, Due::Data, "354", "DATA"))
    }

    fn recipient(&mut self, io: &mut Io) -> Then {
        match self.recipients.pop_front() {
            Some(recipient) => self.send(io, Due::Rcpt, "250", &format!("RCPT TO:<{recipient}>")),
            None => self.ends(io, After::Rcpt).unwrap_or_else(|| self.send(io, Due::Data, "354", "DATA")),
        }
    }
}

/// Is this the last line of an answer?
fn is_last(line: &str) -> bool {
    let octets = line.as_bytes();
    octets.len() > 3 && octets.iter().take(3).all(u8::is_ascii_digit) && octets.get(3) == Some(&b' ')
}

/// A challenge in plain text, as `--auth-plaintext` shows it.
fn decoded(reply: &str) -> String {
    let line = reply.trim_end();
    match (line.get(..4), line.get(4..).and_then(|c| STANDARD.decode(c).ok())) {
        (Some(code @ "334 "), Some(plain)) => format!("{code}{}", String::from_utf8_lossy(&plain)),
        _ => reply.to_owned(),
    }
}

/// What an answer to EHLO offers.
fn offers(reply: &str) -> Offers {
    let mut offers = Offers::default();
    for line in reply.lines().filter_map(|l| l.get(4..)) {
        match line {
            "STARTTLS" => offers.starttls = true,
            "PIPELINING" => offers.pipelining = true,
            _ => {
                if let Some(list) = line.strip_prefix("AUTH") {
                    let names = list.trim_start_matches('=').split_whitespace().map(str::to_ascii_uppercase);
                    offers.auth.get_or_insert_with(Vec::new).extend(names);
                }
            }
        }
    }
    offers
}
