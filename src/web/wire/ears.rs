//! The eavesdropper: what a person who sits on the way between two hosts can read of what they say to each other, and
//! what not. Without TLS that is everything; with it the names in the handshake, and how much goes when and where to.

use super::secrets::{Learned, Logins};
use crate::event::{
    Endpoint, Entry, Event, ImapReason, Pop3Command, Pop3Reason, Side, SmtpCommand, SmtpReason, TlsEvent,
    TlsSession, TlsVersion,
};
use crate::explain::Explainer;
use crate::units::{ConnId, Time, Zone};
use crate::web::shown::Shown;
use crate::web::ui::Ui;
use crate::web::view::clock;
use std::collections::{BTreeMap, BTreeSet};

/// How many connections the overview lists: the newest.
const TALKS: usize = 60;
/// How much is shown of what can be read of one connection, in octets.
const READ_OCTETS: usize = 24 << 10;
/// How many records are shown, each with its size.
const RECORDS: usize = 60;
/// How many names of a kind a conclusion lists.
const NAMES: usize = 4;

/// One connection of the overview.
#[derive(Debug)]
pub(super) struct Talk {
    pub(super) conn: u32,
    pub(super) at: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) conclusion: Shown,
    /// A password was heard.
    pub(super) secret: bool,
    /// `plain`, `tls`, or `both`: first the one, then the other.
    pub(super) kind: &'static str,
}

/// Something heard.
#[derive(Debug)]
pub(super) enum Item {
    /// In the clear.
    Plain { client: bool, at: String, text: Shown },
    /// What follows from what was said before.
    Learned { text: Shown },
    /// Something to know.
    Remark { text: Shown },
    /// What is to be seen of a handshake.
    Handshake { lines: Vec<Shown> },
    /// Records with these sizes, each from the client or not.
    Records { sizes: Vec<(bool, usize)>, more: usize, out: Sum, back: Sum },
}

/// How many records, and how many octets.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) records: usize,
    pub(super) octets: usize,
}

/// What is heard of one connection.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) conclusion: Shown,
    pub(super) items: Vec<Item>,
    /// How many octets that could be read are not shown.
    pub(super) left_out: usize,
}

/// One connection while it is listened to.
#[derive(Debug)]
struct Ear<'a> {
    from: &'a Endpoint,
    to: &'a Endpoint,
    at: Time,
    logins: Logins,
    learned: Vec<Learned>,
    letters: usize,
    /// Who writes to whom.
    envelope: BTreeSet<String>,
    tls: Option<&'a TlsSession>,
    /// Octets in the clear.
    plain: usize,
    out: Sum,
    back: Sum,
    tampered: bool,
    /// What is kept to be shown, where it is.
    items: Option<Vec<Item>>,
    left_out: usize,
}

/// All connections, the newest first, with what it comes to.
pub(super) fn talks(ui: &Ui, entries: &[Entry], zone: Zone) -> Vec<Talk> {
    let mut ears: BTreeMap<ConnId, Ear<'_>> = BTreeMap::new();
    for entry in entries {
        match &entry.event {
            Event::Connected { conn, from, to } => {
                ears.insert(*conn, Ear::new(from, to, entry.at, false));
            }
            event => {
                if let Some(ear) = conn_of(event).and_then(|conn| ears.get_mut(&conn)) {
                    ear.hear(ui, entry, zone);
                }
            }
        }
    }
    ears.iter().rev().take(TALKS).map(|(conn, ear)| ear.talk(ui, *conn, zone)).collect()
}

/// What can be heard of one connection.
pub(super) fn heard(ui: &Ui, entries: &[Entry], wanted: ConnId, zone: Zone) -> Heard {
    let mut ear = None;
    for entry in entries {
        match &entry.event {
            Event::Connected { conn, from, to } if *conn == wanted => {
                ear = Some(Ear::new(from, to, entry.at, true));
            }
            event if conn_of(event) == Some(wanted) => {
                if let Some(ear) = &mut ear {
                    ear.hear(ui, entry, zone);
                }
            }
            _ => {}
        }
    }
    match ear {
        Some(mut ear) => Heard {
            from: ear.from.host.clone(),
            to: place(ear.to),
            conclusion: ear.conclusion(ui),
            items: ear.items.take().unwrap_or_default(),
            left_out: ear.left_out,
        },
        None => Heard {
            from: String::new(),
            to: String::new(),
            conclusion: Shown::text(&ui.t("wire-heard-no-connection")),
            items: Vec::new(),
            left_out: 0,
        },
    }
}

fn conn_of(event: &Event) -> Option<ConnId> {
    match event {
        Event::Wire { conn, .. }
        | Event::Tls { conn, .. }
        | Event::Smtp { conn, .. }
        | Event::Pop3 { conn, .. }
        | Event::Imap { conn, .. }
        | Event::Tampered { conn, .. } => Some(*conn),
        _ => None,
    }
}

fn place(end: &Endpoint) -> String {
    format!("{}:{}", end.host, end.port)
}

impl<'a> Ear<'a> {
    fn new(from: &'a Endpoint, to: &'a Endpoint, at: Time, keeps: bool) -> Ear<'a> {
        Ear {
            from,
            to,
            at,
            logins: Logins::default(),
            learned: Vec::new(),
            letters: 0,
            envelope: BTreeSet::new(),
            tls: None,
            plain: 0,
            out: Sum::default(),
            back: Sum::default(),
            tampered: false,
            items: keeps.then(Vec::new),
            left_out: 0,
        }
    }

    fn hear(&mut self, ui: &Ui, entry: &'a Entry, zone: Zone) {
        match &entry.event {
            Event::Wire { from, octets, tls: false, .. } => {
                self.plain += octets.len();
                self.keep_text(*from == Side::Client, clock(entry.at, zone), octets);
            }
            Event::Wire { from, octets, tls: true, .. } => {
                self.keep_records(*from == Side::Client, octets.len());
            }
            Event::Tampered { octets, .. } => {
                self.tampered = true;
                self.keep(|| Item::Remark { text: Shown::text(&ui.t("wire-heard-tampered")) });
                self.keep(|| Item::Remark { text: Shown::octets(octets) });
            }
            Event::Tls { what: TlsEvent::Established(session), .. } => {
                self.tls = Some(session);
                self.keep(|| Item::Handshake { lines: handshake(ui, session) });
            }
            // Under TLS nobody on the way hears what stands in these.
            _ if self.tls.is_some() => {}
            event => {
                self.exchange(event);
                let learned = match event {
                    Event::Smtp { exchange, .. } => self.logins.smtp(exchange),
                    Event::Pop3 { exchange, .. } => self.logins.pop3(exchange),
                    Event::Imap { exchange, .. } => self.logins.imap(exchange),
                    _ => None,
                };
                if let Some(learned) = learned {
                    self.keep(|| Item::Learned { text: lesson(ui, &learned) });
                    self.learned.push(learned);
                }
            }
        }
    }

    /// Letters, and who writes to whom.
    fn exchange(&mut self, event: &Event) {
        match event {
            Event::Smtp { exchange, .. } => match (&exchange.command, &exchange.reason) {
                (SmtpCommand::Message { .. }, _) => self.letters += 1,
                (SmtpCommand::Mail { from, .. }, SmtpReason::SenderAccepted) => {
                    self.name(from.0.as_ref().map(ToString::to_string));
                }
                (SmtpCommand::Rcpt { to, .. }, SmtpReason::RecipientAccepted) => {
                    self.name(Some(to.0.to_string()));
                }
                _ => {}
            },
            Event::Pop3 { exchange, .. } => {
                let whole = matches!(exchange.command, Pop3Command::Retr { .. });
                if whole && matches!(exchange.reason, Pop3Reason::MessageGiven { .. }) {
                    self.letters += 1;
                }
            }
            Event::Imap { exchange, .. } => match &exchange.reason {
                ImapReason::Fetched { ids } if gives_text(&exchange.line.lossy()) => {
                    self.letters += ids.len();
                }
                ImapReason::Appended { .. } => self.letters += 1,
                _ => {}
            },
            _ => {}
        }
    }

    fn name(&mut self, address: Option<String>) {
        if let Some(address) = address
            && self.envelope.len() <= NAMES
        {
            self.envelope.insert(address);
        }
    }

    fn keep(&mut self, item: impl FnOnce() -> Item) {
        if let Some(items) = &mut self.items
            && self.left_out == 0
        {
            items.push(item());
        }
    }

    fn keep_text(&mut self, client: bool, at: String, octets: &[u8]) {
        let shown = self.plain - octets.len();
        let room = READ_OCTETS.saturating_sub(shown).min(octets.len());
        let Some(items) = &mut self.items else { return };
        self.left_out += octets.len() - room;
        let text = octets.get(..room).filter(|t| !t.is_empty()).map(Shown::octets);
        let Some(text) = text else { return };
        match items.last_mut() {
            // Lines of a letter that are typed one by one make one block.
            Some(Item::Plain { client: same, text: before, .. }) if *same == client => {
                before.0.extend(text.0)
            }
            _ => items.push(Item::Plain { client, at, text }),
        }
    }

    fn keep_records(&mut self, client: bool, octets: usize) {
        let Some(session) = self.tls else { return };
        let records = records(session, octets);
        let sum = if client { &mut self.out } else { &mut self.back };
        sum.records += records.len();
        sum.octets += records.iter().sum::<usize>();
        let (so_far_out, so_far_back) = (self.out, self.back);
        let Some(items) = &mut self.items else { return };
        if !matches!(items.last(), Some(Item::Records { .. })) {
            items.push(Item::Records {
                sizes: Vec::new(),
                more: 0,
                out: Sum::default(),
                back: Sum::default(),
            });
        }
        if let Some(Item::Records { sizes, more, out, back }) = items.last_mut() {
            let room = RECORDS.saturating_sub(sizes.len()).min(records.len());
            *more += records.len() - room;
            sizes.extend(records.into_iter().take(room).map(|size| (client, size)));
            (*out, *back) = (so_far_out, so_far_back);
        }
    }

    fn talk(&self, ui: &Ui, conn: ConnId, zone: Zone) -> Talk {
        Talk {
            conn: conn.0,
            at: clock(self.at, zone),
            from: self.from.host.clone(),
            to: place(self.to),
            conclusion: self.conclusion(ui),
            secret: self.learned.iter().any(|l| matches!(l, Learned::Password { .. })),
            kind: match (self.tls.is_some(), self.plain > 0) {
                (false, _) => "plain",
                (true, false) => "tls",
                (true, true) => "both",
            },
        }
    }

    /// What it comes to, in a line.
    fn conclusion(&self, ui: &Ui) -> Shown {
        let mut said = Vec::new();
        let read = self.read(ui);
        if !read.is_empty() {
            said.push(ui.with("wire-heard-read", &[("what", read.join("; ").into())]));
        } else if self.plain > 0 && self.tls.is_none() {
            said.push(ui.t("wire-heard-words"));
        } else if self.plain > 0 {
            said.push(ui.t("wire-heard-beginning"));
        }
        if self.tls.is_some() {
            let sums = [("out", self.out.octets.into()), ("back", self.back.octets.into())];
            said.push(ui.with("wire-heard-saw", &sums));
        }
        if self.tampered {
            said.push(ui.t("wire-heard-changed"));
        }
        if said.is_empty() {
            said.push(ui.t("wire-heard-nothing"));
        }
        Shown::text(&said.join(" "))
    }

    fn read(&self, ui: &Ui) -> Vec<String> {
        let names = |wanted: &dyn Fn(&Learned) -> bool| {
            let names: BTreeSet<&str> =
                self.learned.iter().filter(|l| wanted(l)).map(Learned::user).collect();
            list(names.into_iter())
        };
        let mut read = Vec::new();
        let with_password = names(&|l| matches!(l, Learned::Password { .. }));
        let with_digest = names(&|l| matches!(l, Learned::Digest { .. }));
        if let Some(names) = with_password {
            read.push(ui.x("wire-read-password", names));
        } else if let Some(names) = with_digest {
            read.push(ui.x("wire-read-digest", names));
        } else if let Some(names) = names(&|_| true) {
            read.push(ui.x("wire-read-name", names));
        }
        if self.letters > 0 {
            read.push(ui.x("wire-read-letters", self.letters));
        }
        if let Some(names) = list(self.envelope.iter().map(String::as_str)) {
            read.push(ui.x("wire-read-envelope", names));
        }
        read
    }
}

/// Some names, and `…` where there are more; `None` where there is none.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let all: Vec<&str> = names.filter(|n| !n.is_empty()).collect();
    let shown = all.get(..NAMES.min(all.len())).unwrap_or_default().join(", ");
    (!all.is_empty()).then(|| if all.len() > NAMES { shown + ", …" } else { shown })
}

/// Is it a FETCH that gives the text of messages, and not their flags or header alone?
fn gives_text(line: &str) -> bool {
    let line = line.to_ascii_uppercase();
    let body = |what: &str| line.split(what).skip(1).any(|rest| !rest.starts_with("HEADER"));
    let words = line.split(|c: char| c.is_ascii_whitespace() || "()".contains(c));
    body("BODY[") || body("BODY.PEEK[") || words.into_iter().any(|w| matches!(w, "RFC822" | "RFC822.TEXT"))
}

fn lesson(ui: &Ui, learned: &Learned) -> Shown {
    let way = |decoded: bool| ui.t(if decoded { "wire-lesson-decoded" } else { "wire-lesson-as-is" });
    let text = match learned {
        Learned::Name { user, decoded } => {
            ui.with("wire-lesson-name", &[("user", user.clone().into()), ("way", way(*decoded).into())])
        }
        Learned::Password { user, password, decoded, right } => ui.with(
            if *right { "wire-lesson-password" } else { "wire-lesson-wrong-password" },
            &[
                ("user", user.clone().into()),
                ("password", password.clone().into()),
                ("way", way(*decoded).into()),
            ],
        ),
        Learned::Digest { user, mechanism, .. } => ui
            .with("wire-lesson-digest", &[("user", user.clone().into()), ("mechanism", (*mechanism).into())]),
    };
    Shown::text(&text)
}

/// What stands in a handshake for everybody to read. The certificate does up to TLS 1.2; in TLS 1.3 all after
/// ServerHello is encrypted (RFC 8446).
fn handshake(ui: &Ui, session: &TlsSession) -> Vec<Shown> {
    let name = match &session.server_name {
        Some(name) => ui.x("wire-hello-name", name.clone()),
        None => ui.t("wire-hello-no-name"),
    };
    let agreed = [("version", session.version.name().into()), ("cipher", session.cipher.clone().into())];
    let mut lines = vec![name, ui.with("wire-hello-answer", &agreed)];
    match &session.certificate {
        Some(_) if session.certificate_in_the_clear() => {
            lines.push(ui.t("wire-certificate-seen"));
            lines.extend(Explainer::of(ui.lang).explain_certificate(session).into_iter().take(1));
        }
        _ if session.version >= TlsVersion::Tls13 => lines.push(ui.t("wire-certificate-hidden")),
        Some(_) => {}
        None => lines.push(ui.t("wire-certificate-none")),
    }
    lines.iter().map(|line| Shown::text(line)).collect()
}

/// The sizes on the wire of the records that carry so many octets sent at once.
///
/// The transcript has what stands inside TLS. What is around it follows from version and suite: five octets of head and,
/// in TLS 1.3, one for the type and 16 for the tag (RFC 8446); in TLS 1.2 with GCM eight for the nonce and 16 for the tag,
/// with ChaCha20 the tag alone; with CBC the vector (from TLS 1.1 on), the digest and the padding to whole blocks of 16,
/// without encrypt-then-MAC. No record has more than 2^14 octets inside. A real stack may cut otherwise; none
/// of the sizes hides anything.
pub(super) fn records(session: &TlsSession, octets: usize) -> Vec<usize> {
    const HEAD: usize = 5;
    const INSIDE: usize = 1 << 14;
    let cipher = session.cipher.as_str();
    let around = |inside: usize| {
        HEAD + match session.version {
            TlsVersion::Tls13 => inside + 1 + 16,
            _ if cipher.contains("CHACHA20") => inside + 16,
            _ if cipher.contains("GCM") || cipher.contains("CCM") => 8 + inside + 16,
            version => {
                let digest = match cipher.rsplit('_').next() {
                    Some("SHA384") => 48,
                    Some("SHA256") => 32,
                    _ => 20,
                };
                let vector = if version == TlsVersion::Tls10 { 0 } else { 16 };
                vector + (inside + digest) / 16 * 16 + 16
            }
        }
    };
    let whole = std::iter::repeat_n(INSIDE, octets / INSIDE);
    let rest = Some(octets % INSIDE).filter(|rest| *rest > 0);
    whole.chain(rest).map(around).collect()
}
