//! The commands about mailboxes (RFC 3501 section 6.3) and what the host's answers make of them.

use super::ast::{ListOptions, MailboxName, StatusItem};
use super::command::{Heard, Request};
use super::host::{FolderAnswer, FolderAsk, FolderCounts, FolderInfo};
use super::list::{Listed, list, lsub};
use super::names::{NoPath, on_the_wire};
use super::reply::Reply;
use super::server::{ServerSession, Stage};
use super::style::Opening;
use super::texts::Key;
use super::view::View;
use crate::event::{FolderRefusal, ImapReason, ImapVerb};
use crate::units::Span;

impl ServerSession {
    /// A command about mailboxes: the name it gives becomes a path, and the host is asked.
    pub(super) fn about_folders(&mut self, heard: Heard, request: Request) {
        let what = match self.folder_ask(&heard, request) {
            Ok(Some(what)) => what,
            Ok(None) => return,
            Err(reply) if heard.selects() => return self.not_selected(heard, *reply),
            Err(reply) => return self.say(&heard, *reply),
        };
        if matches!(what, FolderAsk::Open { .. }) {
            self.deselect();
        }
        self.ask_folders(what, heard, Stage::First);
    }

    /// RFC 3501 section 6.3.1: with SELECT and EXAMINE what was open is no longer, also where they fail. Was anything?
    fn deselect(&mut self) -> bool {
        let open = self.view.take().is_some();
        if open && self.manner.tells_closed {
            let closed = self.done(Key::Closed);
            self.send_data(super::reply::line("*", &closed));
        }
        open
    }

    /// SELECT or EXAMINE of what can be no mailbox.
    pub(super) fn not_selected(&mut self, heard: Heard, reply: Reply) {
        if self.deselect() {
            return self.ask_folders(FolderAsk::Leave, heard, Stage::Refused(Box::new(reply)));
        }
        self.say(&heard, reply);
    }

    /// The question behind a command.
    fn folder_ask(&mut self, heard: &Heard, request: Request) -> Result<Option<FolderAsk>, Box<Reply>> {
        Ok(Some(match request {
            Request::Select(mailbox, read_only) => {
                FolderAsk::Open { folder: self.path(heard, &mailbox)?, read_only }
            }
            Request::Folder(verb, mailbox) => {
                let folder = self.path(heard, &mailbox)?;
                match verb {
                    ImapVerb::Create => FolderAsk::Create { folder },
                    ImapVerb::Delete => FolderAsk::Delete { folder },
                    _ => FolderAsk::Subscribe { folder, on: verb == ImapVerb::Subscribe },
                }
            }
            Request::Rename(from, to) => {
                FolderAsk::Rename { from: self.path(heard, &from)?, to: self.path(heard, &to)? }
            }
            Request::List(options) if options.patterns == [""] && !options.extended => {
                // RFC 3501 section 6.3.8: an empty pattern asks for the separator.
                let separator = self.manner.separator;
                let data = format!("* LIST (\\Noselect) \"{separator}\" \"\"\r\n").into_bytes();
                let reply = self.voice.say(Key::List, &[], ImapReason::Listed { mailboxes: 0 }).with(data);
                self.say(heard, reply);
                return Ok(None);
            }
            Request::List(_) | Request::Lsub(_) => FolderAsk::List,
            Request::Status(mailbox, _) => FolderAsk::Count { folders: vec![self.path(heard, &mailbox)?] },
            Request::Append { mailbox, flags, date, message } => {
                FolderAsk::Append { folder: self.path(heard, &mailbox)?, flags, date, octets: message.into() }
            }
            _ => return Ok(None),
        }))
    }

    /// The path of a name, or what is said to one that is none.
    pub(super) fn path(&self, heard: &Heard, mailbox: &MailboxName) -> Result<String, Box<Reply>> {
        // A separator at the end declares that there will be names below it, which only CREATE can do (section 6.3.3).
        let declares = heard.command.verb() == Some(ImapVerb::Create);
        let why = match self.manner.path(&mailbox.0) {
            Ok(_) if !declares && mailbox.0.ends_with(self.manner.separator) => NoPath::Bad,
            Ok(path) => return Ok(path),
            Err(why) => why,
        };
        let makes = matches!(heard.command.verb(), Some(ImapVerb::Create | ImapVerb::Rename));
        let refusal = match why {
            NoPath::Elsewhere if !makes => FolderRefusal::NoSuchFolder,
            NoPath::Elsewhere | NoPath::Bad => FolderRefusal::BadName,
        };
        Err(Box::new(self.not_done(heard, &refusal, &mailbox.0)))
    }

    /// What is said where the host refuses; `mailbox` is the name as the client wrote it.
    pub(super) fn not_done(&self, heard: &Heard, refusal: &FolderRefusal, mailbox: &str) -> Reply {
        use FolderRefusal as F;
        use ImapReason as R;
        let name = || mailbox.to_owned();
        let target = matches!(heard.command.verb(), Some(ImapVerb::Append | ImapVerb::Copy | ImapVerb::Move));
        let (key, reason, limit) = match refusal {
            F::NoSuchFolder if target => (Key::NoSuchTarget, R::NoSuchMailbox { mailbox: name() }, 0),
            F::NoSuchFolder => (Key::NoSuchMailbox, R::NoSuchMailbox { mailbox: name() }, 0),
            // What CREATE would make can be created: TRYCREATE is due (sections 6.3.11 and 6.4.7).
            F::NotSelectable if target => (Key::NoSuchTarget, R::NotSelectable { mailbox: name() }, 0),
            F::NotSelectable => (Key::NotSelectable, R::NotSelectable { mailbox: name() }, 0),
            F::Exists => (Key::AlreadyExists, R::AlreadyExists { mailbox: name() }, 0),
            F::HasChildren => (Key::HasChildren, R::HasChildren { mailbox: name() }, 0),
            F::InboxStays => (Key::InboxStays, R::InboxStays, 0),
            F::BadName => (Key::BadName, R::BadName { mailbox: name() }, 0),
            F::MessagesGone => (Key::MessagesGone, R::MessagesGone, 0),
            F::TooManyFolders { limit } => {
                (Key::TooManyMailboxes, R::TooManyMailboxes { limit: *limit }, *limit)
            }
            F::TooManyKeywords { limit } => {
                (Key::TooManyKeywords, R::TooManyKeywords { limit: *limit }, *limit)
            }
            F::Full => (Key::MailboxFull, R::MailboxFull, 0),
            F::NoRoom => (Key::NoRoom, R::NoRoom, 0),
        };
        let renames = heard.command.verb() == Some(ImapVerb::Rename);
        let fills = [
            ("mailbox", name()),
            ("limit", limit.to_string()),
            ("detail", self.detail(mailbox).to_owned()),
            ("which", if renames { "Target mailbox" } else { "Mailbox" }.to_owned()),
        ];
        let reply = self.verbed(key, heard, &fills, reason);
        match place(heard, mailbox) {
            Some(span) if *refusal != F::MessagesGone => reply.at(span),
            _ => reply,
        }
    }

    /// What Dovecot says is wrong with a name.
    fn detail(&self, name: &str) -> &'static str {
        let separator = self.manner.separator;
        match name.strip_suffix(separator).unwrap_or(name) {
            "" => ": Name is empty",
            inner if inner.starts_with(separator) => ": Begins with hierarchy separator",
            inner if inner.contains(&[separator, separator].iter().collect::<String>()) => {
                ": Has adjacent hierarchy separators"
            }
            inner if inner.len() < name.len() => ": Ends with hierarchy separator",
            _ => "",
        }
    }

    /// The host has answered a question about folders.
    pub(super) fn folders_answered(&mut self, heard: Heard, stage: Stage, answer: FolderAnswer) {
        if let Stage::Refused(reply) = stage {
            return self.say(&heard, *reply);
        }
        if let FolderAnswer::Refused(refusal) = &answer {
            let reply = self.not_done(&heard, refusal, &named(&heard));
            return self.say(&heard, reply);
        }
        let request = match &heard.request {
            Ok(request) => request.clone(),
            Err(_) => return,
        };
        let reply = match (request, answer) {
            (Request::Select(mailbox, read_only), FolderAnswer::Opened(open)) => {
                let folder = self.manner.path(&mailbox.0).unwrap_or_default();
                let uid_next = open.uid_next;
                self.opened(View::new(folder, read_only, *open), uid_next)
            }
            (Request::Folder(verb, mailbox), _) => self.folder_done(verb, &mailbox.0),
            (Request::Rename(_, to), _) => {
                self.voice.say(Key::Rename, &[("mailbox", to.0)], ImapReason::Done)
            }
            (Request::List(options), FolderAnswer::Folders(folders)) => {
                return self.listed(heard, &options, &folders);
            }
            (Request::Lsub(options), FolderAnswer::Folders(folders)) => {
                let found = lsub(&self.shown(&folders), self.manner.separator, &options);
                self.listing("LSUB", Key::Lsub, &found, &[])
            }
            (Request::List(_), FolderAnswer::Counts(counts)) => {
                let Stage::Counting(lines) = stage else { return };
                self.list_with_counts(&heard, lines, &counts)
            }
            (Request::Status(mailbox, items), FolderAnswer::Counts(counts)) => {
                self.status(&heard, &mailbox, &items, &counts)
            }
            (Request::Append { .. }, FolderAnswer::Appended { id, validity, uid }) => {
                let reply = self.voice.say(Key::Append, &[], ImapReason::Appended { id });
                if self.without("UIDPLUS") {
                    reply
                } else {
                    reply.coded(format!("APPENDUID {validity} {uid}"))
                }
            }
            (_, answer) => return self.messages_answered(heard, stage, answer),
        };
        self.say(&heard, reply);
    }

    /// CREATE, DELETE, SUBSCRIBE and UNSUBSCRIBE are done.
    fn folder_done(&mut self, verb: ImapVerb, name: &str) -> Reply {
        let key = match verb {
            ImapVerb::Create => Key::Create,
            ImapVerb::Delete => Key::Delete,
            ImapVerb::Subscribe => Key::Subscribe,
            _ => Key::Unsubscribe,
        };
        if verb == ImapVerb::Delete && self.view.as_ref().is_some_and(|v| v.lost) {
            // Its own doing: nothing is open any more, and nobody need be told.
            self.view = None;
        }
        self.voice.say(key, &[("mailbox", name.to_owned())], ImapReason::Done)
    }

    /// SELECT and EXAMINE: the untagged lines in the style's order (RFC 3501 section 6.3.1).
    fn opened(&mut self, view: View, uid_next: u32) -> Reply {
        let (read_only, messages) = (view.read_only, view.count());
        let unseen = view.messages.iter().position(|m| !m.flags.has(super::SystemFlag::Seen));
        let mut data = String::new();
        let coded = |key: Key, code: String, fills: &[(&str, String)]| {
            let reply = self.voice.say(key, fills, ImapReason::Done).coded(code);
            String::from_utf8_lossy(&super::reply::line("*", &reply)).into_owned()
        };
        for opening in self.manner.opening {
            data += &match opening {
                Opening::Flags => self.flags_line(&view),
                Opening::PermanentFlags => self.permanent_flags_line(&view),
                Opening::Exists => format!("* {messages} EXISTS\r\n"),
                Opening::Recent => format!("* {} RECENT\r\n", view.recent()),
                Opening::Unseen => match unseen {
                    None => String::new(),
                    Some(place) => {
                        let number = (place + 1).to_string();
                        coded(Key::Unseen, format!("UNSEEN {number}"), &[("number", number)])
                    }
                },
                Opening::Validity => coded(Key::Validity, format!("UIDVALIDITY {}", view.validity), &[]),
                Opening::Next => coded(Key::Next, format!("UIDNEXT {uid_next}"), &[]),
            };
        }
        let key = if read_only { Key::Examine } else { Key::Select };
        let code = if read_only { "READ-ONLY" } else { "READ-WRITE" };
        self.view = Some(view);
        let reason = ImapReason::Selected { messages, read_only };
        self.voice.say(key, &[], reason).coded(code.to_owned()).with(data.into_bytes())
    }

    /// `* FLAGS (...)`.
    pub(super) fn flags_line(&self, view: &View) -> String {
        let own = view.keywords.iter().map(|word| format!(" {word}")).collect::<String>();
        format!("* FLAGS ({}{own})\r\n", self.manner.flags)
    }

    /// `* OK [PERMANENTFLAGS (...)] ...`.
    pub(super) fn permanent_flags_line(&self, view: &View) -> String {
        let (key, flags) = if view.read_only {
            (Key::NoFlags, String::new())
        } else {
            let own = view.keywords.iter().map(|word| format!(" {word}")).collect::<String>();
            (Key::Flags, format!("{}{own} \\*", self.manner.flags.replace(" \\Recent", "")))
        };
        let reply = self.voice.say(key, &[], ImapReason::Done).coded(format!("PERMANENTFLAGS ({flags})"));
        String::from_utf8_lossy(&super::reply::line("*", &reply)).into_owned()
    }

    /// The folders under the names this server shows.
    fn shown(&self, folders: &[FolderInfo]) -> Vec<FolderInfo> {
        let shown = |f: &FolderInfo| FolderInfo { name: self.manner.shown(&f.name), ..f.clone() };
        folders.iter().map(shown).collect()
    }

    /// LIST: the lines, or first the question for the counts that are to come with them.
    fn listed(&mut self, heard: Heard, options: &ListOptions, folders: &[FolderInfo]) {
        let found = list(&self.shown(folders), self.manner.separator, options);
        if options.return_status.is_empty() {
            let reply = self.listing("LIST", Key::List, &found, &[]);
            return self.say(&heard, reply);
        }
        let line = |l: &Listed| (l.name.clone(), self.list_line("LIST", l));
        let lines: Vec<(String, Vec<u8>)> = found.iter().map(line).collect();
        let paths = found.iter().filter(|l| l.selectable()).filter_map(|l| self.manner.path(&l.name).ok());
        let ask = FolderAsk::Count { folders: paths.collect() };
        self.ask_folders(ask, heard, Stage::Counting(lines));
    }

    fn listing(&self, word: &str, key: Key, found: &[Listed], more: &[u8]) -> Reply {
        let mut data: Vec<u8> = found.iter().flat_map(|l| self.list_line(word, l)).collect();
        data.extend_from_slice(more);
        let mailboxes = u32::try_from(found.len()).unwrap_or(u32::MAX);
        self.voice.say(key, &[], ImapReason::Listed { mailboxes }).with(data)
    }

    /// `* LIST (...) "/" name`.
    fn list_line(&self, word: &str, listed: &Listed) -> Vec<u8> {
        let separator = self.manner.separator;
        let (attributes, name) = (listed.attributes.join(" "), on_the_wire(&listed.name));
        let info = if listed.child_info { " (\"CHILDINFO\" (\"SUBSCRIBED\"))" } else { "" };
        format!("* {word} ({attributes}) \"{separator}\" {name}{info}\r\n").into_bytes()
    }

    /// LIST with STATUS (RFC 5819 section 2): after each line the counts, where there are any.
    fn list_with_counts(
        &self,
        heard: &Heard,
        lines: Vec<(String, Vec<u8>)>,
        counts: &[(String, FolderCounts)],
    ) -> Reply {
        let items: &[StatusItem] = match &heard.request {
            Ok(Request::List(options)) => &options.return_status,
            _ => &[],
        };
        let mailboxes = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let mut data = Vec::new();
        for (name, line) in lines {
            data.extend_from_slice(&line);
            let path = self.manner.path(&name).unwrap_or_default();
            if let Some((_, counts)) = counts.iter().find(|(folder, _)| *folder == path) {
                data.extend_from_slice(&status_line(&name, items, counts));
            }
        }
        self.voice.say(Key::List, &[], ImapReason::Listed { mailboxes }).with(data)
    }

    fn status(
        &self,
        heard: &Heard,
        mailbox: &MailboxName,
        items: &[StatusItem],
        counts: &[(String, FolderCounts)],
    ) -> Reply {
        match counts.first() {
            Some((folder, counts)) => {
                let data = status_line(&mailbox.0, items, counts);
                let open = self.view.as_ref().is_some_and(|view| view.folder == *folder);
                let (key, reason) = if open {
                    (Key::StatusOpen, ImapReason::StatusOfOpen)
                } else {
                    (Key::Status, ImapReason::Done)
                };
                self.voice.say(key, &[], reason).with(data)
            }
            None => self.not_done(heard, &FolderRefusal::NoSuchFolder, &mailbox.0),
        }
    }
}

/// `* STATUS name (...)`.
fn status_line(name: &str, items: &[StatusItem], counts: &FolderCounts) -> Vec<u8> {
    let value = |item: &StatusItem| match item {
        StatusItem::Messages => u64::from(counts.messages),
        StatusItem::Recent => u64::from(counts.recent),
        StatusItem::UidNext => u64::from(counts.uid_next),
        StatusItem::UidValidity => u64::from(counts.validity),
        StatusItem::Unseen => u64::from(counts.unseen),
        StatusItem::Size => counts.octets,
    };
    let values: Vec<String> = items.iter().map(|item| format!("{} {}", item.name(), value(item))).collect();
    format!("* STATUS {} ({})\r\n", on_the_wire(name), values.join(" ")).into_bytes()
}

/// The mailbox a refusal is about, as the client wrote it: for RENAME the new name, unless that is what is missing.
fn named(heard: &Heard) -> String {
    match &heard.request {
        Ok(
            Request::Select(m, _) | Request::Folder(_, m) | Request::Status(m, _) | Request::Copy(_, m, _),
        ) => m.0.clone(),
        Ok(Request::Append { mailbox, .. }) => mailbox.0.clone(),
        Ok(Request::Rename(from, _)) => from.0.clone(),
        _ => String::new(),
    }
}

/// Where the name stands in the command.
fn place(heard: &Heard, mailbox: &str) -> Option<Span> {
    let encoded = super::utf7::encode(mailbox);
    let rest = heard.line.get(heard.verb_at.end..)?;
    let length = encoded.len();
    let found = rest.windows(length.max(1)).position(|w| w.eq_ignore_ascii_case(encoded.as_bytes()))?;
    let start = heard.verb_at.end + found;
    Some(Span::new(start, start + length))
}
