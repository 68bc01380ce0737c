//! The commands about messages of the open folder (RFC 3501 section 6.4), and the news of it.

use super::ast::{FetchItem, Flag, Search, SearchReturn, SequenceSet, StoreMode, SystemFlag};
use super::bodystructure::BodyWords;
use super::command::{Heard, Request};
use super::fetch::{Fetched, write_flags};
use super::host::{FolderAnswer, FolderAsk};
use super::numbers::write_numbers;
use super::reply::{Reply, line};
use super::search::{Bounds, Searcher};
use super::server::{Phase, ServerSession, Stage};
use super::style::Style;
use super::texts::Key;
use crate::event::{ImapReason, ImapStatus, ImapVerb};
use crate::units::Span;
use std::collections::BTreeSet;
use std::io::Write as _;

/// About how many octets FETCH sends at a time.
const PIECE: usize = 64 << 10;

/// A FETCH that is being answered.
#[derive(Debug)]
pub(super) struct FetchJob {
    heard: Heard,
    items: Vec<FetchItem>,
    numbers: std::vec::IntoIter<u32>,
    /// Whose flags changed through this FETCH.
    seen: BTreeSet<u32>,
    /// The last line.
    reply: Reply,
}

impl ServerSession {
    /// A command about messages.
    pub(super) fn about_messages(&mut self, heard: Heard, request: Request) {
        let refused = match request {
            Request::Expunge(set) => self.expunge(heard, set.as_ref()),
            Request::Search(search) => self.search(heard, &search),
            Request::Fetch(set, items) => self.fetch(heard, &set, &items),
            Request::Store { set, mode, flags, .. } => self.store(heard, &set, mode, flags),
            Request::Copy(set, mailbox, moving) => {
                let to = match self.path(&heard, &mailbox) {
                    Ok(to) => to,
                    Err(reply) => return self.say(&heard, *reply),
                };
                self.copy(heard, &set, to, moving)
            }
            _ => None,
        };
        if let Some((heard, reply)) = refused {
            self.say(&heard, reply);
        }
    }

    /// The numbers a set names, or what is said to one that names what is not there.
    fn numbers(&self, heard: &Heard, set: &SequenceSet) -> Result<Vec<u32>, Box<Reply>> {
        let Some(view) = &self.view else { return Ok(Vec::new()) };
        view.numbers(set, heard.uid).map_err(|number| {
            let at = heard.verb_at.end + 1;
            let rest = heard.line.get(at..).unwrap_or_default();
            let length = rest.iter().position(|b| *b == b' ').unwrap_or(rest.len());
            let word = String::from_utf8_lossy(rest.get(..length).unwrap_or_default()).into_owned();
            let verb = heard.name();
            let mut name = verb.to_ascii_lowercase();
            if let Some(first) = name.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            let fills =
                [("verb", verb), ("name", name), ("argument", word), ("sets", "messageset".to_owned())];
            let reason = ImapReason::NoSuchMessage { number, messages: view.count() };
            Box::new(self.voice.say(Key::BadSet, &fills, reason).at(Span::new(at, at + length)))
        })
    }

    fn uids(&self, numbers: &[u32]) -> Vec<u32> {
        let view = self.view.as_ref();
        numbers.iter().filter_map(|n| view.and_then(|v| v.get(*n)).map(|m| m.uid)).collect()
    }

    /// What is said where the folder was opened with EXAMINE.
    fn read_only(&self, heard: &Heard) -> Option<Reply> {
        let read_only = self.view.as_ref().is_some_and(|v| v.read_only);
        read_only.then(|| self.verbed(Key::ReadOnly, heard, &[], ImapReason::ReadOnly).at(heard.verb_at))
    }

    fn expunge(&mut self, heard: Heard, set: Option<&SequenceSet>) -> Option<(Heard, Reply)> {
        if let Some(reply) = self.read_only(&heard) {
            return Some((heard, reply));
        }
        let uids = match set.map(|set| self.numbers(&heard, set)).transpose() {
            Ok(numbers) => numbers.map(|n| self.uids(&n)),
            Err(reply) => return Some((heard, *reply)),
        };
        self.ask_folders(FolderAsk::Expunge { uids }, heard, Stage::First);
        None
    }

    /// CLOSE, which removes what is marked and tells nothing of it, and UNSELECT, which does not (RFC 3691 section 2).
    pub(super) fn leave(&mut self, heard: Heard, expunge: bool) {
        if expunge && self.view.as_ref().is_some_and(|v| !v.read_only) {
            return self.ask_folders(FolderAsk::Expunge { uids: None }, heard, Stage::Leaving);
        }
        self.view = None;
        self.ask_folders(FolderAsk::Leave, heard, Stage::First);
    }

    fn copy(&mut self, heard: Heard, set: &SequenceSet, to: String, moving: bool) -> Option<(Heard, Reply)> {
        if let Some(reply) = self.read_only(&heard).filter(|_| moving) {
            return Some((heard, reply));
        }
        match self.numbers(&heard, set) {
            Err(reply) => Some((heard, *reply)),
            Ok(numbers) => {
                let uids = self.uids(&numbers);
                self.ask_folders(FolderAsk::Copy { uids, to, moving }, heard, Stage::First);
                None
            }
        }
    }

    fn store(
        &mut self,
        heard: Heard,
        set: &SequenceSet,
        mode: StoreMode,
        flags: Vec<Flag>,
    ) -> Option<(Heard, Reply)> {
        let numbers = match self.numbers(&heard, set) {
            Ok(numbers) => numbers,
            Err(reply) => return Some((heard, *reply)),
        };
        if let Some(reply) = self.read_only(&heard) {
            return Some((heard, reply));
        }
        let uids = self.uids(&numbers);
        self.ask_folders(FolderAsk::Store { uids, mode, flags }, heard, Stage::First);
        None
    }

    fn fetch(&mut self, heard: Heard, set: &SequenceSet, items: &[FetchItem]) -> Option<(Heard, Reply)> {
        let numbers = match self.numbers(&heard, set) {
            Ok(numbers) => numbers,
            Err(reply) => return Some((heard, *reply)),
        };
        let view = self.view.as_ref()?;
        // RFC 3501 section 6.4.5: reading a text marks it as read.
        if !view.read_only && items.iter().any(FetchItem::sets_seen) {
            let unseen = |n: &&u32| view.get(**n).is_some_and(|m| !m.flags.has(SystemFlag::Seen));
            let unseen: Vec<u32> = numbers.iter().filter(unseen).copied().collect();
            if !unseen.is_empty() {
                let uids = self.uids(&unseen);
                let flags = vec![Flag::System(SystemFlag::Seen)];
                let ask = FolderAsk::Store { uids, mode: StoreMode::Add, flags };
                self.ask_folders(ask, heard, Stage::Seen(numbers));
                return None;
            }
        }
        self.fetch_numbers(heard, numbers, BTreeSet::new());
        None
    }

    /// Begins to answer a FETCH.
    fn fetch_numbers(&mut self, heard: Heard, numbers: Vec<u32>, seen: BTreeSet<u32>) {
        let Ok(Request::Fetch(_, items)) = &heard.request else { return };
        let mut items = items.clone();
        if heard.uid && !items.contains(&FetchItem::Uid) {
            items.insert(0, FetchItem::Uid);
        }
        let view = self.view.as_ref();
        let ids = numbers.iter().filter_map(|n| view.and_then(|v| v.get(*n)).map(|m| m.id)).collect();
        let reply = self.voice.say(Key::Fetch, &[], ImapReason::Fetched { ids });
        let numbers = numbers.into_iter();
        self.phase = Phase::Fetching(Box::new(FetchJob { heard, items, numbers, seen, reply }));
    }

    /// Answers a FETCH a little further.
    pub(super) fn fetch_on(&mut self) -> bool {
        let Phase::Fetching(mut job) = std::mem::replace(&mut self.phase, Phase::Ready) else { return false };
        let mut data = self.new_keywords();
        if let Some(view) = &self.view {
            let words = body_words(self.voice.config().style);
            let mut changed = if job.seen.is_empty() { Vec::new() } else { job.items.clone() };
            if !changed.is_empty() && !changed.contains(&FetchItem::Flags) {
                let place = if self.manner.flags_first { usize::from(job.heard.uid) } else { changed.len() };
                changed.insert(place.min(changed.len()), FetchItem::Flags);
            }
            while data.len() < PIECE {
                let Some(number) = job.numbers.next() else { break };
                let Some(message) = view.get(number) else { continue };
                let items = if job.seen.contains(&number) { &changed } else { &job.items };
                // Writing to memory cannot fail.
                let _ = write!(data, "* {number} FETCH ");
                Fetched::new(message).write(items, &view.keywords, words, &mut data);
                data.extend_from_slice(b"\r\n");
            }
        }
        if job.numbers.len() > 0 {
            self.send_data(data);
            self.phase = Phase::Fetching(job);
            return true;
        }
        let FetchJob { heard, reply, .. } = *job;
        self.say(&heard, reply.with(data));
        true
    }

    fn search(&mut self, heard: Heard, search: &Search) -> Option<(Heard, Reply)> {
        let view = self.view.as_ref()?;
        let last_uid = view.messages.last().map_or(0, |m| m.uid);
        let bounds = Bounds { messages: view.count(), last_uid, keywords: &view.keywords };
        let searcher = match Searcher::new(search, bounds) {
            Ok(searcher) => searcher,
            Err(unknown) => {
                let charset = unknown.0;
                let fills = [("argument", charset.clone())];
                let reply =
                    self.verbed(Key::UnknownCharset, &heard, &fills, ImapReason::UnknownCharset { charset });
                return Some((heard, reply));
            }
        };
        let numbered = (1..).zip(&view.messages);
        let found = numbered.filter(|(number, message)| searcher.fits(*number, message));
        let found: Vec<u32> =
            found.map(|(number, message)| if heard.uid { message.uid } else { number }).collect();
        let messages = u32::try_from(found.len()).unwrap_or(u32::MAX);
        let data = match &search.returns {
            None => {
                let numbers = found.iter().map(|n| format!(" {n}")).collect::<String>();
                format!("* SEARCH{numbers}\r\n")
            }
            Some(returns) => extended(&heard, returns, &found),
        };
        let reply = self.voice.say(Key::Search, &[], ImapReason::Found { messages }).with(data.into_bytes());
        Some((heard, reply))
    }

    /// The host has answered a question about messages.
    pub(super) fn messages_answered(&mut self, heard: Heard, stage: Stage, answer: FolderAnswer) {
        let reply = match (stage, answer) {
            (Stage::Leaving, _) => {
                self.view = None;
                return self.ask_folders(FolderAsk::Leave, heard, Stage::First);
            }
            (Stage::Seen(numbers), FolderAnswer::Stored { flags, .. }) => {
                let mut seen = BTreeSet::new();
                for (uid, flags) in flags {
                    if let Some(view) = &mut self.view {
                        view.set_flags(uid, flags);
                        seen.extend(view.number(uid));
                    }
                }
                return self.fetch_numbers(heard, numbers, seen);
            }
            (_, FolderAnswer::Stored { flags, keywords }) => {
                if let (Some(view), Some(keywords)) = (&mut self.view, keywords) {
                    view.learn(keywords);
                }
                self.stored(&heard, &flags)
            }
            (_, FolderAnswer::Expunged(uids)) => {
                if let Some(view) = &mut self.view {
                    view.expunged(&uids);
                }
                let messages = u32::try_from(uids.len()).unwrap_or(u32::MAX);
                self.voice.say(Key::Expunge, &[], ImapReason::Expunged { messages })
            }
            (_, FolderAnswer::Copied { validity, uids }) => self.copied(&heard, validity, &uids),
            _ if heard.command.verb() == Some(ImapVerb::Unselect) => self.done(Key::Unselect),
            _ if heard.command.verb() == Some(ImapVerb::Close) => self.done(Key::Close),
            _ => return,
        };
        self.say(&heard, reply);
    }

    /// STORE is done: the new flags, unless the client wants to hear nothing of them.
    fn stored(&mut self, heard: &Heard, flags: &[(u32, super::Flags)]) -> Reply {
        let Ok(Request::Store { silent, mode, .. }) = heard.request else { return self.done(Key::Store) };
        if let Some(view) = &mut self.view {
            for (uid, flags) in flags {
                view.set_flags(*uid, *flags);
            }
        }
        let mut data = self.new_keywords();
        if let Some(view) = &self.view {
            let shown = flags.iter().filter(|_| !silent);
            for number in shown.filter_map(|(uid, _)| view.number(*uid)) {
                self.flags_of(number, heard.uid, &mut data);
            }
        }
        let how = match mode {
            StoreMode::Replace => "FLAGS",
            StoreMode::Add => "+FLAGS",
            StoreMode::Remove => "-FLAGS",
        };
        let messages = u32::try_from(flags.len()).unwrap_or(u32::MAX);
        let fills = [("how", how.to_owned())];
        self.voice.say(Key::Store, &fills, ImapReason::Stored { messages }).with(data)
    }

    /// Keywords that were not told, before flags are shown that need them.
    fn new_keywords(&mut self) -> Vec<u8> {
        let new = self.view.as_mut().is_some_and(super::view::View::takes_new_keywords);
        match &self.view {
            Some(view) if new => (self.flags_line(view) + &self.permanent_flags_line(view)).into_bytes(),
            _ => Vec::new(),
        }
    }

    /// `* 12 FETCH (FLAGS (...))`.
    fn flags_of(&self, number: u32, uid: bool, data: &mut Vec<u8>) {
        let Some(view) = &self.view else { return };
        let Some(message) = view.get(number) else { return };
        let id = if uid { format!("UID {} ", message.uid) } else { String::new() };
        data.extend_from_slice(format!("* {number} FETCH ({id}FLAGS ").as_bytes());
        write_flags(message.flags, message.recent, &view.keywords, data);
        data.extend_from_slice(b")\r\n");
    }

    /// COPY and MOVE are done: COPYUID (RFC 4315 section 3), for MOVE before the messages go (RFC 6851 section 3.3).
    fn copied(&mut self, heard: &Heard, validity: u32, uids: &[(u32, u32)]) -> Reply {
        let moved = matches!(heard.command.verb(), Some(ImapVerb::Move));
        let messages = u32::try_from(uids.len()).unwrap_or(u32::MAX);
        let reason = ImapReason::Copied { messages, moved };
        let mut reply = self.voice.say(if moved { Key::Move } else { Key::Copy }, &[], reason);
        if !uids.is_empty() && !self.without("UIDPLUS") {
            let (from, to) = (uids.iter().map(|u| u.0), uids.iter().map(|u| u.1));
            let code = format!("COPYUID {validity} {} {}", write_numbers(from), write_numbers(to));
            if moved {
                let mut early = self.done(Key::Move).coded(code);
                (early.status, early.text) = (ImapStatus::Ok, "Moved UIDs.".to_owned());
                reply.data = line("*", &early);
            } else {
                reply = reply.coded(code);
            }
        }
        if moved && let Some(view) = &mut self.view {
            let gone: Vec<u32> = uids.iter().map(|u| u.0).collect();
            view.expunged(&gone);
        }
        reply
    }

    /// What there is to tell of the open folder, and the reason for it. Messages that are gone are told only where the
    /// client reckons with it (RFC 3501 section 7.4.1).
    pub(super) fn news(&mut self, expunge: bool) -> (Vec<u8>, ImapReason) {
        let mut reason = ImapReason::News { messages: None, expunged: 0, flags: 0 };
        let descending = self.manner.descending;
        let told = match self.view.as_mut() {
            Some(view) => view.tell(expunge, descending),
            None => return (Vec::new(), reason),
        };
        if told.is_empty() {
            return (Vec::new(), reason);
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        reason = ImapReason::News {
            messages: told.exists,
            expunged: count(told.expunged.len()),
            flags: count(told.flagged.len()),
        };
        let mut data = Vec::new();
        if told.keywords
            && let Some(view) = &self.view
        {
            data.extend_from_slice(self.flags_line(view).as_bytes());
            data.extend_from_slice(self.permanent_flags_line(view).as_bytes());
        }
        for number in &told.expunged {
            data.extend_from_slice(format!("* {number} EXPUNGE\r\n").as_bytes());
        }
        for number in &told.flagged {
            self.flags_of(*number, false, &mut data);
        }
        for (n, what) in [(told.exists, "EXISTS"), (told.recent, "RECENT")] {
            if let Some(n) = n {
                data.extend_from_slice(format!("* {n} {what}\r\n").as_bytes());
            }
        }
        (data, reason)
    }
}

/// The ESEARCH answer (RFC 4731 section 3.1); with nothing found only the count is told.
fn extended(heard: &Heard, returns: &[SearchReturn], found: &[u32]) -> String {
    let mut answer = format!("* ESEARCH (TAG \"{}\")", heard.tag.replace('\\', "\\\\").replace('"', "\\\""));
    if heard.uid {
        answer += " UID";
    }
    let wanted = |r: SearchReturn| returns.contains(&r) || r == SearchReturn::All && returns.is_empty();
    if let (Some(min), Some(max)) = (found.first(), found.last()) {
        if wanted(SearchReturn::Min) {
            answer += &format!(" MIN {min}");
        }
        if wanted(SearchReturn::Max) {
            answer += &format!(" MAX {max}");
        }
        if wanted(SearchReturn::All) {
            answer += &format!(" ALL {}", write_numbers(found.iter().copied()));
        }
    }
    if wanted(SearchReturn::Count) {
        answer += &format!(" COUNT {}", found.len());
    }
    answer + "\r\n"
}

/// How a style writes the words of a structure.
fn body_words(style: Style) -> BodyWords {
    match style {
        Style::Dovecot => BodyWords::AsWritten,
        Style::Courier | Style::Cyrus | Style::Uw => BodyWords::Capitals,
    }
}
