//! The mailboxes as the lab page shows them: folders with their messages and flags, each message as its reader sees it,
//! and beside it the source, every line labelled with who wrote it. Everything is put together from the transcript.

use super::letter::{Outline, Seals, VerdictShown, Verdicts};
use super::shown::Shown;
use super::ui::Ui;
use super::way::{Remark, Way, Worth};
use crate::event::{Entry, Event, FolderChange};
use crate::mail::trace::TrustedHost;
use crate::mail::{self, Author, Message};
use crate::units::{EventNo, MessageId, Span};
use askama::Template;

/// How much of one message is shown, in octets.
const SHOWN_OCTETS: usize = 32 << 10;
/// How many fields of one message are shown.
const SHOWN_FIELDS: usize = 300;
/// How many messages of one folder are shown: the newest.
const SHOWN_MESSAGES: usize = 50;

/// How many lines of a header can be picked from, and how much of each.
const LINES: usize = 100;
const LINE_OCTETS: usize = 400;

/// Who wrote a part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
enum By {
    /// The server that the mailbox lies on.
    Own,
    /// Another server on the way.
    Other(String),
    /// The learner.
    Learner,
    /// A mail program of the learner's.
    Program(String),
    /// A person of the scenario.
    Person(String),
    /// Whoever handed the message over.
    Sender,
    /// One of them, and it looks like a server's line.
    Imitation,
    /// It lay here before the attempt began: nobody saw who wrote it.
    Before,
}

/// A part of the source: a header field with its folds, or the body.
#[derive(Debug)]
struct Part {
    by: By,
    text: Shown,
    /// Who, in the page's language; empty where the part above has the same.
    label: String,
    /// What an analyst says to it.
    remarks: Vec<Remark>,
    /// What such a field is worth; `None` for the body.
    worth: Option<Worth>,
}

/// A mailbox that the scenario has.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) address: String,
    pub(super) host: String,
    /// The hosts whose lines its reader believes.
    pub(super) trusted: Vec<TrustedHost>,
}

/// One message.
#[derive(Debug)]
struct Letter {
    id: MessageId,
    /// The event that put it here, by which its parts are asked for.
    n: EventNo,
    outline: Outline,
    verdicts: Vec<VerdictShown>,
    flags: Vec<FlagShown>,
    unread: bool,
    from: Shown,
    to: Shown,
    subject: Option<Shown>,
    date: Shown,
    text: Shown,
    parts: Vec<Part>,
    way: Way,
    /// How much is left out, in octets.
    left_out: usize,
}

/// A flag, and what it says in the page's language.
#[derive(Debug)]
struct FlagShown {
    name: String,
    says: String,
}

/// One folder.
#[derive(Debug)]
struct FolderShown {
    name: String,
    shown: Shown,
    letters: Vec<Letter>,
    count: usize,
    unread: usize,
}

/// One mailbox.
#[derive(Debug)]
struct Mailbox {
    address: String,
    host: String,
    folders: Vec<FolderShown>,
    count: usize,
    /// Folders and flags play a part: somebody came over IMAP, or there is more than an inbox.
    has_folders: bool,
}

/// The fragment.
#[derive(Debug, Template)]
#[template(path = "mailboxes.html")]
pub(super) struct Mailboxes {
    ui: &'static Ui,
    /// The attempt's address, below which the messages are.
    base: String,
    mailboxes: Vec<Mailbox>,
    /// The way a message came is shown, who wrote which line, and what there is to say to it.
    analysed: bool,
    /// Nothing is shown until the step with this heading is done.
    until: Option<String>,
}

impl Mailboxes {
    /// The same without the analysis, for as long as a question asks for what it says.
    pub(super) fn without_analysis(self) -> Mailboxes {
        Mailboxes { analysed: false, ..self }
    }

    /// Nothing but that it is shown once the step with this heading is done.
    pub(super) fn kept_back(self, title: &str) -> Mailboxes {
        Mailboxes { mailboxes: Vec::new(), until: Some(title.to_owned()), ..self }
    }
}

/// What lies in a folder.
#[derive(Clone)]
struct Lying<'a> {
    id: MessageId,
    n: EventNo,
    message: &'a Message,
    flags: &'a [String],
}

/// A folder as the events have made it.
struct Folder<'a> {
    name: String,
    lying: Vec<Lying<'a>>,
}

/// A mailbox as the events have made it.
struct Kept<'a> {
    address: String,
    host: String,
    folders: Vec<Folder<'a>>,
    has_folders: bool,
}

const INBOX: &str = "INBOX";

/// The mailboxes after these events, `known` ones even where nothing has come.
pub(super) fn mailboxes(ui: &'static Ui, base: &str, known: &[Known], entries: &[Entry]) -> Mailboxes {
    let mut kept: Vec<Kept<'_>> = known.iter().map(|k| Kept::new(&k.address, &k.host)).collect();
    for entry in entries {
        follow(&mut kept, entry);
    }
    let verdicts = (Verdicts::gather(entries), Seals::gather(entries));
    let shown = |mailbox: Kept<'_>| {
        let trusted = known.iter().find(|k| k.address == mailbox.address).map_or(&[][..], |k| &k.trusted);
        let folder = |f: &Folder<'_>| FolderShown {
            name: f.name.clone(),
            shown: Shown::text(&f.name),
            count: f.lying.len(),
            unread: f.lying.iter().filter(|l| !l.has("\\Seen")).count(),
            letters: f
                .lying
                .iter()
                .rev()
                .take(SHOWN_MESSAGES)
                .map(|l| letter(ui, &mailbox.host, trusted, l, &verdicts))
                .collect(),
        };
        Mailbox {
            count: mailbox.folders.iter().map(|f| f.lying.len()).sum(),
            folders: mailbox.folders.iter().map(folder).collect(),
            has_folders: mailbox.has_folders || mailbox.folders.len() > 1,
            address: mailbox.address,
            host: mailbox.host,
        }
    };
    let mailboxes = kept.into_iter().map(shown).collect();
    Mailboxes { ui, base: base.to_owned(), mailboxes, analysed: true, until: None }
}

/// The lines of the newest message in the inbox of a mailbox, after these events: each unfolded, and as it is shown.
pub(super) fn header_lines(address: &str, entries: &[Entry]) -> Vec<(String, Shown)> {
    let mut kept: Vec<Kept<'_>> = Vec::new();
    for entry in entries {
        follow(&mut kept, entry);
    }
    let mailbox = kept.iter_mut().find(|k| k.address.eq_ignore_ascii_case(address));
    let Some(newest) = mailbox.and_then(|m| m.folder(INBOX).lying.last().cloned()) else { return Vec::new() };
    let fields = newest.message.fields();
    let line = |f: &mail::Field| {
        let text = cut(&format!("{}: {}", f.name, f.value), LINE_OCTETS);
        (text.split_whitespace().collect::<Vec<_>>().join(" "), Shown::text(&text))
    };
    fields.iter().take(LINES).map(line).collect()
}

/// Carries out what an event says about mailboxes.
fn follow<'a>(kept: &mut Vec<Kept<'a>>, entry: &'a Entry) {
    let lying = |id: &MessageId, message: &'a Message| Lying { id: *id, n: entry.n, message, flags: &[] };
    match &entry.event {
        Event::Present { id, host, mailbox, message } => {
            of(kept, mailbox, host).folder(INBOX).lying.push(lying(id, message));
        }
        Event::Delivered { id, host, mailbox, message, folder } => {
            of(kept, mailbox, host).folder(folder).lying.push(lying(id, message));
        }
        Event::Appended { id, host, mailbox, folder, flags, message } => {
            let mailbox = of(kept, mailbox, host);
            mailbox.has_folders = true;
            mailbox.folder(folder).lying.push(Lying { flags, ..lying(id, message) });
        }
        Event::Copied { ids, host, mailbox, from, to, moved } => {
            of(kept, mailbox, host).copy(ids, from, to, *moved);
        }
        Event::Flagged { ids, host, mailbox, folder, flags } => {
            let mailbox = of(kept, mailbox, host);
            mailbox.has_folders = true;
            let lying = mailbox.folder(folder).lying.iter_mut();
            lying.filter(|l| ids.contains(&l.id)).for_each(|l| l.flags = flags);
        }
        Event::Removed { host, mailbox, ids, folder } => {
            of(kept, mailbox, host).folder(folder).lying.retain(|l| !ids.contains(&l.id));
        }
        Event::Folder { host, mailbox, what } => of(kept, mailbox, host).change(what),
        Event::Imap { exchange, .. } if !exchange.user.is_empty() => {
            if let Some(mailbox) = kept.iter_mut().find(|k| k.address == exchange.user) {
                mailbox.has_folders = true;
            }
        }
        _ => {}
    }
}

/// The mailbox of this address.
fn of<'k, 'a>(kept: &'k mut Vec<Kept<'a>>, address: &str, host: &str) -> &'k mut Kept<'a> {
    let at = kept.iter().position(|k| k.address == address).unwrap_or_else(|| {
        kept.push(Kept::new(address, host));
        kept.len() - 1
    });
    &mut kept[at]
}

impl<'a> Kept<'a> {
    fn new(address: &str, host: &str) -> Kept<'a> {
        let inbox = Folder { name: INBOX.to_owned(), lying: Vec::new() };
        Kept { address: address.to_owned(), host: host.to_owned(), folders: vec![inbox], has_folders: false }
    }

    /// The folder of this name, made where there was none; the inbox stays the first, the others by name.
    fn folder(&mut self, name: &str) -> &mut Folder<'a> {
        let at = self.folders.iter().position(|f| f.name == name).unwrap_or_else(|| {
            let after = self.folders.iter().skip(1).take_while(|f| f.name.as_str() < name).count() + 1;
            self.folders.insert(after, Folder { name: name.to_owned(), lying: Vec::new() });
            after
        });
        &mut self.folders[at]
    }

    fn copy(&mut self, ids: &[MessageId], from: &str, to: &str, moved: bool) {
        self.has_folders = true;
        let source = &mut self.folder(from).lying;
        let copies: Vec<Lying<'a>> = source.iter().filter(|l| ids.contains(&l.id)).cloned().collect();
        if moved {
            source.retain(|l| !ids.contains(&l.id));
        }
        self.folder(to).lying.extend(copies);
    }

    fn change(&mut self, what: &FolderChange) {
        self.has_folders = true;
        match what {
            FolderChange::Created { folder } => {
                self.folder(folder);
            }
            FolderChange::Deleted { folder } => self.folders.retain(|f| f.name != *folder || f.name == INBOX),
            FolderChange::Renamed { from, to } if from == INBOX => {
                // RFC 3501 section 6.3.5: its messages go, the inbox itself stays.
                let lying = std::mem::take(&mut self.folder(INBOX).lying);
                self.folder(to).lying.extend(lying);
            }
            FolderChange::Renamed { from, to } => self.rename(from, to),
            FolderChange::Subscribed { .. } | FolderChange::Unsubscribed { .. } => {}
        }
    }

    /// Gives a folder and those below it another name.
    fn rename(&mut self, from: &str, to: &str) {
        let new = |name: &str| match name.strip_prefix(from) {
            Some(below) if below.is_empty() || below.starts_with('/') => Some(format!("{to}{below}")),
            _ => None,
        };
        let (moved, stay) =
            std::mem::take(&mut self.folders).into_iter().partition(|f| new(&f.name).is_some());
        self.folders = stay;
        let moved: Vec<Folder<'a>> = moved;
        for folder in moved {
            let name = new(&folder.name).unwrap_or(folder.name);
            self.folder(&name).lying.extend(folder.lying);
        }
    }
}

impl Lying<'_> {
    fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|f| f.eq_ignore_ascii_case(flag))
    }
}

/// A flag with what it says (RFC 3501 section 2.3.2); a keyword says what it is called.
fn flag(ui: &Ui, name: &str) -> FlagShown {
    let key = match name.to_ascii_lowercase().as_str() {
        "\\seen" => "flag-seen",
        "\\answered" => "flag-answered",
        "\\flagged" => "flag-flagged",
        "\\deleted" => "flag-deleted",
        "\\draft" => "flag-draft",
        _ => return FlagShown { name: name.to_owned(), says: String::new() },
    };
    FlagShown { name: name.to_owned(), says: ui.t(key) }
}

fn letter(
    ui: &Ui,
    host: &str,
    trusted: &[TrustedHost],
    lying: &Lying<'_>,
    (verdicts, seals): &(Verdicts<'_>, Seals),
) -> Letter {
    let message = lying.message;
    let way = Way::of(ui, message, trusted);
    let fields = message.fields();
    let field = |name: &str| fields.get(name).map(|f| Shown::text(&cut(&f.decoded(), SHOWN_OCTETS)));
    let none = || Shown::text("–");
    let (parts, left_out) = parts(ui, host, lying, &way);
    Letter {
        id: lying.id,
        n: lying.n,
        outline: Outline::of(&message.octets),
        verdicts: verdicts.on(ui, lying.id).into_iter().chain(seals.on(ui, &message.octets)).collect(),
        flags: lying.flags.iter().map(|name| flag(ui, name)).collect(),
        unread: !lying.has("\\Seen"),
        from: field("From").unwrap_or_else(none),
        to: field("To").unwrap_or_else(none),
        subject: field("Subject"),
        date: field("Date").unwrap_or_default(),
        text: Shown::text(&cut(&message.text(), SHOWN_OCTETS)),
        parts,
        way,
        left_out,
    }
}

/// The beginning of a long text.
fn cut(text: &str, octets: usize) -> String {
    let end = (0..=octets.min(text.len())).rev().find(|n| text.is_char_boundary(*n));
    text.get(..end.unwrap_or(0)).unwrap_or_default().to_owned()
}

/// The source in parts, and how many octets of it are left out.
fn parts(ui: &Ui, host: &str, lying: &Lying<'_>, way: &Way) -> (Vec<Part>, usize) {
    let octets = lying.message.octets.get(..SHOWN_OCTETS).unwrap_or(&lying.message.octets);
    let piece = |span: Span| octets.get(span.start..span.end.min(octets.len())).unwrap_or_default();
    let shown = |p: &mail::Part<'_>| Part {
        remarks: way.remarks(ui, p.span),
        worth: way.worth(ui, p.span),
        ..part(author(host, p), piece(p.span))
    };
    let all = lying.message.parts();
    let end = all.get(SHOWN_FIELDS).map_or(octets.len(), |next| next.span.start.min(octets.len()));
    let mut parts: Vec<Part> = all.iter().take(SHOWN_FIELDS).map(shown).collect();
    parts.retain(|p| !p.text.0.is_empty());
    let mut last = None;
    for part in &mut parts {
        if last.as_ref() != Some(&part.by) {
            part.label = part.by.label(ui);
            last = Some(part.by.clone());
        }
    }
    (parts, lying.message.octets.len() - end)
}

fn part(by: By, octets: &[u8]) -> Part {
    let line = octets.strip_suffix(b"\n").map_or(octets, |o| o.strip_suffix(b"\r").unwrap_or(o));
    Part { by, text: Shown::octets(line), label: String::new(), remarks: Vec::new(), worth: None }
}

/// Who wrote a part, as the reader of `host` looks at it?
fn author(host: &str, part: &mail::Part<'_>) -> By {
    let trace = part.name.as_deref().is_some_and(is_trace);
    match part.by() {
        Some(Author::Host(name)) if name == host => By::Own,
        Some(Author::Host(name)) => By::Other(name.clone()),
        Some(Author::Scenario) => By::Before,
        _ if trace => By::Imitation,
        Some(Author::Learner) => By::Learner,
        Some(Author::Program(name)) => By::Program(name.clone()),
        Some(Author::Person(name)) => By::Person(name.clone()),
        Some(Author::Unknown) | None => By::Sender,
    }
}

/// Is it a field that servers write (RFC 5321 section 4.4 and its kin)?
fn is_trace(name: &str) -> bool {
    ["Received", "Return-Path", "Delivered-To", "X-Original-To", "Authentication-Results", "Received-SPF"]
        .iter()
        .any(|trace| trace.eq_ignore_ascii_case(name))
}

impl By {
    /// For styles and tests.
    fn code(&self) -> &'static str {
        match self {
            By::Own => "own",
            By::Other(_) => "other",
            By::Learner | By::Program(_) | By::Person(_) | By::Sender => "sender",
            By::Imitation => "imitation",
            By::Before => "before",
        }
    }

    fn label(&self, ui: &Ui) -> String {
        match self {
            By::Own => ui.t("by-own"),
            By::Other(host) => ui.x("by-other", host.clone()),
            By::Learner => ui.t("by-learner"),
            By::Program(name) => ui.x("by-program", name.clone()),
            By::Person(name) => name.clone(),
            By::Sender => ui.t("by-sender"),
            By::Imitation => ui.t("by-imitation"),
            By::Before => ui.t("by-before"),
        }
    }
}

#[cfg(test)]
mod tests;
