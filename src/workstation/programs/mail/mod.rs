//! `mail`: a small mail program in the manner of s-nail, the mailx of Debian. It writes letters, makes the envelope out of
//! their header and takes Bcc out of it, and reads the mailbox of the account. On the wire it is a client of the same
//! sessions as everybody else.

mod call;
mod commands;
mod desk;
mod draft;
mod fetch;
mod reader;
mod send;

use super::super::complete::Asks;
use super::super::io::Io;
use super::super::shell::hints;
use super::{Flow, KeyUse, Program, conn_of, find, text};
use crate::event::Key;
use crate::mail::compose::{Correspondent, Letter};
use crate::mail::{Author, ForwardPath, Message, ReversePath};
use crate::proto::smtp::{ClientConfig, ClientSession, Manner};
use crate::units::{Bytes, ConnId, Time};
use crate::world::{AccountSetup, Notice};
pub(in crate::workstation) use commands::SHOWN as COMMANDS;
use draft::{Draft, Then, addresses, attach};
use reader::{Reader, ReaderStep};
use send::{Sending, Sent};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What it calls itself in User-Agent.
const AGENT: &str = "s-nail v14.9.24";
/// The exit status after a letter was not sent.
const NOT_SENT: u8 = 4;
/// The exit status after options that do not go together (EX_USAGE of sysexits.h).
const WRONG_USE: u8 = 64;
/// Options that say something of a letter. With them somebody must be named to whom it goes; a copy alone is none.
const OF_A_LETTER: [char; 4] = ['a', 'b', 'c', 's'];
/// Where letters lie that were not sent.
const DEAD: &str = "dead.letter";

/// What `help mail` adds.
pub(super) const NOTES: &str = "\
mail ADDRESS... writes a letter: its subject, its lines, a dot alone or ^D at the end; ~? lists the escapes.
printf 'Hello\\n' | mail -s SUBJECT ADDRESS sends what comes through the pipe.
mail without an address and without -a, -b, -c, -s reads the mailbox of the account; ? lists the commands.
-v shows the dialogue with the server. -S NAME[=VALUE] sets a variable: from, quote, verbose,
disposition-notification-send (asks for a receipt). ~/.mailrc has lines such as `set quote'.";

/// `mail`.
#[derive(Debug, Default)]
pub(super) struct Mail {
    vars: BTreeMap<String, String>,
    state: State,
    /// The mailbox, where it is read.
    reader: Option<Reader>,
    /// Part of a line that came through a pipe.
    rest: Vec<u8>,
    /// An empty letter is not sent (`-E`).
    skip_empty: bool,
    /// Just say whether there is mail (`-e`), or show the list (`-H`).
    only: Option<char>,
    /// Something went wrong on the way.
    status: u8,
    interactive: bool,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    New,
    /// A letter is being written.
    Writing(Box<Draft>),
    /// A letter is on its way.
    Sending(Box<Sending>, Box<Letter>),
    /// The mailbox is fetched, or told what was done.
    Fetching,
    /// The reader types commands.
    Reading,
    Over,
}

impl Mail {
    pub(super) fn new() -> Mail {
        Mail::default()
    }

    fn is_set(&self, name: &str) -> bool {
        self.vars.contains_key(name)
    }

    /// `set name[=value]`, `set noname`.
    fn set(&mut self, setting: &str) {
        let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
        let name = name.trim();
        match name.strip_prefix("no") {
            Some(name) if self.is_set(name) => {
                self.vars.remove(name);
            }
            _ if self.vars.len() < 100 && !name.is_empty() => {
                self.vars.insert(name.to_owned(), value.trim().trim_matches('"').to_owned());
            }
            _ => {}
        }
    }

    /// ~/.mailrc: `set` and `unset`.
    fn settings(&mut self, io: &Io) {
        let file = io.machine.files.read(".mailrc").map(text).unwrap_or_default();
        for line in file.lines() {
            match line.trim().split_once(' ') {
                Some(("set", settings)) => settings.split_whitespace().for_each(|s| self.set(s)),
                Some(("unset", names)) => names.split_whitespace().for_each(|name| {
                    self.vars.remove(name);
                }),
                _ => {}
            }
        }
    }

    /// A letter without anything in it yet; `None` where nobody can write one here.
    fn letter(&self, io: &mut Io, from: Option<&str>) -> Option<Letter> {
        let (name, user, zone, now) =
            (io.machine.name.clone(), io.machine.user.clone(), io.offset(), io.now());
        let own = io.machine.account.as_ref().map(|a| a.owner.clone());
        let own = own.or_else(|| Correspondent::list(&format!("{user}@{name}")).ok()?.into_iter().next())?;
        let from =
            from.map(str::to_owned).or_else(|| self.vars.get("from").cloned()).filter(|f| !f.is_empty());
        let from = match from {
            Some(typed) => addresses(io, &typed)?.into_iter().next()?,
            None => own,
        };
        let c = now.civil(zone);
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let random: String = io
            .random(8)
            .iter()
            .filter_map(|b| letters.get(usize::from(*b) % letters.len()))
            .map(|b| char::from(*b))
            .collect();
        let stamp = format!(
            "{:04}{:02}{:02}{:02}{:02}{:02}",
            c.year(),
            c.month(),
            c.day(),
            c.hour(),
            c.minute(),
            c.second()
        );
        let mut letter = Letter::new(from, (now, zone), &format!("{stamp}.{random}@{name}"));
        letter.agent = Some(AGENT.to_owned());
        if self.is_set("disposition-notification-send") {
            letter.receipt_to = vec![letter.from.clone()];
        }
        Some(letter)
    }

    /// A letter is begun.
    fn write(&mut self, io: &mut Io, letter: Letter, ask: bool) -> Flow {
        let mut draft = Draft::new(letter, self.interactive, ask);
        draft.prompt(io);
        self.state = State::Writing(Box::new(draft));
        Flow::Running
    }

    /// What the letter being written wants after a line.
    fn then(&mut self, io: &mut Io, then: Then) -> Flow {
        let State::Writing(draft) = std::mem::take(&mut self.state) else { return Flow::Running };
        match then {
            Then::More => {
                self.state = State::Writing(draft);
                Flow::Running
            }
            Then::Send => self.send(io, draft.letter),
            Then::GiveUp(keep) => {
                if keep {
                    bury(io, &draft.letter);
                }
                self.status = 1;
                self.back(io)
            }
        }
    }

    /// The letter goes out.
    fn send(&mut self, io: &mut Io, letter: Letter) -> Flow {
        let (from, to) = letter.envelope();
        if to.is_empty() {
            io.complain("mail: No recipients specified\n");
            return self.not_sent(io, &letter, &[]);
        }
        if letter.body.is_empty() && letter.attachments.is_empty() {
            if self.skip_empty {
                return self.back(io);
            }
            io.complain("Null message body; hope that's ok\n");
        }
        let Some(account) = io.machine.account.clone() else {
            io.complain(
                "mail: Cannot start /usr/sbin/sendmail: executable not found (adjust *mta* variable)\n",
            );
            io.hint(
                "a mail program needs to be told of an account (address, password, server), and this workstation has none \
                 in this scenario; `swaks` asks for all of it itself",
            );
            return self.not_sent(io, &letter, &[]);
        };
        let session = session(io, &account, (from, to), letter.octets());
        let verbose = self.is_set("verbose");
        let (sending, sent) = Sending::begin(io, &account, session, written(&letter), verbose);
        self.state = State::Sending(Box::new(sending), Box::new(letter));
        self.sent(io, sent)
    }

    fn sent(&mut self, io: &mut Io, sent: Sent) -> Flow {
        match sent {
            Sent::Waiting => Flow::Running,
            Sent::Done => self.back(io),
            Sent::Failed(why) => match std::mem::take(&mut self.state) {
                State::Sending(_, letter) => self.not_sent(io, &letter, &why),
                _ => Flow::Running,
            },
        }
    }

    fn not_sent(&mut self, io: &mut Io, letter: &Letter, why: &[String]) -> Flow {
        bury(io, letter);
        for line in why {
            io.complain(&format!("mail: {line}\n"));
        }
        io.complain("mail: ... message not sent\n");
        self.status = NOT_SENT;
        self.back(io)
    }

    /// A letter is done with: back to the mailbox, if it is open, else that was all.
    fn back(&mut self, io: &mut Io) -> Flow {
        match &mut self.reader {
            Some(reader) => {
                self.state = State::Reading;
                reader.prompt(io);
                Flow::Running
            }
            None => {
                self.state = State::Over;
                Flow::Exit(self.status)
            }
        }
    }

    /// The mailbox is opened.
    fn read(&mut self, io: &mut Io) -> Flow {
        let account = io.machine.account.clone();
        let place = account.as_ref().and_then(|a| Some((a, a.mailbox.as_ref()?)));
        let Some((account, (kind, door))) = place else {
            let user = &io.machine.user;
            let said = format!("mail: No mail for {user} at /var/mail/{user}\n");
            io.complain(&said);
            if account.is_none() {
                io.hint("this workstation has no account in this scenario whose mailbox it could fetch");
            }
            return Flow::Exit(1);
        };
        self.state = State::Fetching;
        let (reader, step) = Reader::open(io, account, *kind, door, self.is_set("verbose"));
        self.reader = Some(reader);
        self.step(io, step)
    }

    fn step(&mut self, io: &mut Io, step: ReaderStep) -> Flow {
        let Some(reader) = &mut self.reader else { return Flow::Running };
        match step {
            ReaderStep::Waiting => Flow::Running,
            ReaderStep::Opened => {
                let empty = reader.desk.items.is_empty();
                match (self.only, empty) {
                    (Some('e'), _) => {
                        self.status = u8::from(empty);
                        return self.leave(io, false);
                    }
                    (Some(_), false) => {
                        reader.list(io);
                        return self.leave(io, false);
                    }
                    _ => {}
                }
                if empty {
                    let said = format!("No mail at {}\n", reader.name());
                    io.print(&said);
                    self.status = 1;
                    return self.leave(io, false);
                }
                reader.greet(io, self.interactive);
                self.state = State::Reading;
                Flow::Running
            }
            ReaderStep::Closed(None) => {
                self.state = State::Over;
                Flow::Exit(self.status)
            }
            ReaderStep::Closed(Some(said)) => {
                io.complain(&format!("mail: {said}\n"));
                self.state = State::Over;
                Flow::Exit(self.status.max(1))
            }
        }
    }

    /// The mailbox is closed; what was done in it counts where `keep` says so.
    fn leave(&mut self, io: &mut Io, keep: bool) -> Flow {
        let Some(reader) = &mut self.reader else { return Flow::Exit(self.status) };
        self.state = State::Fetching;
        let step = reader.close(io, keep);
        self.step(io, step)
    }

    /// A whole line of input, without its end.
    fn line(&mut self, io: &mut Io, line: &[u8]) -> Flow {
        match &mut self.state {
            State::Writing(draft) => {
                let desk = self.reader.as_ref().map(|r| &r.desk);
                let then = draft.line(io, desk, line);
                self.then(io, then)
            }
            State::Reading => self.command(io, &text(line)),
            _ => Flow::Running,
        }
    }

    fn options(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Result<Option<Letter>, u8> {
        let Some(spec) = find("mail") else { return Err(1) };
        let given = spec.read(io, args)?;
        self.interactive = io.interactive;
        self.settings(io);
        given.all('S').for_each(|setting| self.set(&text(setting)));
        if given.has('v') {
            self.set("verbose");
        }
        self.skip_empty = given.has('E');
        self.only = given.last_of("eH");
        let shell = |words: &[Vec<u8>]| words.iter().map(|w| text(w)).collect::<Vec<_>>().join(" ");
        if given.operands.first().is_some_and(|o| text(o).to_ascii_lowercase().starts_with("from:")) {
            // A line of SMTP, typed at the shell's prompt.
            let line = format!("MAIL {}", shell(&given.operands));
            if let Some(hint) = hints::protocol(line.as_bytes()) {
                io.complain("mail: 'from:' is an invalid address\n");
                io.complain(&format!("{hint}\n"));
                return Err(1);
            }
        }
        let from = given.value('r').map(text);
        if given.operands.is_empty() {
            if OF_A_LETTER.iter().any(|option| given.has(*option)) {
                let usage = format!("Usage: {} {}\n", spec.name, spec.synopsis);
                io.complain(&format!("mail: Send options without primary recipient specified.\n{usage}"));
                return Err(WRONG_USE);
            }
            return Ok(None);
        }
        let Some(mut letter) = self.letter(io, from.as_deref()) else { return Err(NOT_SENT) };
        letter.subject = given.value('s').map(text).unwrap_or_default();
        for operand in &given.operands {
            letter.to.extend(addresses(io, &text(operand)).unwrap_or_default());
        }
        for one in given.all('c') {
            letter.cc.extend(addresses(io, &text(one)).unwrap_or_default());
        }
        for one in given.all('b') {
            letter.bcc.extend(addresses(io, &text(one)).unwrap_or_default());
        }
        if letter.to.is_empty() && letter.cc.is_empty() && letter.bcc.is_empty() {
            io.complain("mail: No recipients specified\nmail: ... message not sent\n");
            return Err(NOT_SENT);
        }
        for name in given.all('a') {
            if !attach(io, &mut letter, &text(name)) {
                return Err(1);
            }
        }
        Ok(Some(letter))
    }
}

/// The session that hands a letter in for this account.
fn session(
    io: &mut Io,
    account: &Arc<AccountSetup>,
    envelope: (ReversePath, Vec<ForwardPath>),
    octets: Bytes,
) -> ClientSession {
    let nonce: String = io.random(12).iter().map(|b| format!("{b:02x}")).collect();
    let name = io.machine.name.clone();
    let config = account.client(&name, envelope, octets, &nonce);
    ClientSession::new(ClientConfig { manner: Manner::AllOrNothing, ..config })
}

/// The letter with who wrote what of it: the learner the text, the subject and to whom it goes; the program the rest.
fn written(letter: &Letter) -> Message {
    let program = Message::by(Author::Program("mail".to_owned()), letter.octets());
    let by_hand = ["To", "Cc", "Subject", "Disposition-Notification-To"];
    let mut edit = program.edit();
    for part in program.parts() {
        let learner =
            part.name.as_ref().is_none_or(|name| by_hand.iter().any(|n| n.eq_ignore_ascii_case(name)));
        let octets = program.octets.get(part.span.start..part.span.end).unwrap_or_default();
        if learner { edit.write(&Author::Learner, octets) } else { edit.keep(part.span) }
    }
    edit.finish()
}

/// A letter that was not sent is kept.
fn bury(io: &mut Io, letter: &Letter) {
    let kept = letter.octets().lossy().replace("\r\n", "\n");
    let files = &mut io.machine.files;
    let done = files.open(DEAD, true).and_then(|()| files.append(DEAD, kept.as_bytes()));
    let (user, lines) = (io.machine.user.clone(), kept.lines().count());
    if done.is_ok() {
        io.print(&format!("/home/{user}/{DEAD} {lines}/{}\n", kept.len()));
    }
}

impl Program for Mail {
    fn start(&mut self, io: &mut Io, args: &[Vec<u8>]) -> Flow {
        match self.options(io, args) {
            Err(status) => Flow::Exit(status),
            Ok(Some(letter)) => {
                let ask = letter.subject.is_empty();
                self.write(io, letter, ask)
            }
            Ok(None) => self.read(io),
        }
    }

    fn input(&mut self, io: &mut Io, octets: &[u8]) -> Flow {
        self.rest.extend_from_slice(octets);
        while self.reads()
            && let Some(end) = self.rest.iter().position(|b| *b == b'\n')
        {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            let line = line.strip_suffix(b"\n").unwrap_or(&line);
            let flow = self.line(io, line.strip_suffix(b"\r").unwrap_or(line));
            if flow != Flow::Running {
                return flow;
            }
        }
        Flow::Running
    }

    fn end_of_input(&mut self, io: &mut Io) -> Flow {
        if !self.rest.is_empty() {
            let rest = std::mem::take(&mut self.rest);
            let flow = self.line(io, &rest);
            if flow != Flow::Running {
                return flow;
            }
        }
        match &self.state {
            State::Writing(_) => self.then(io, Then::Send),
            State::Reading => self.leave(io, true),
            _ => Flow::Running,
        }
    }

    fn key(&mut self, io: &mut Io, key: Key) -> KeyUse {
        match (&mut self.state, key) {
            (State::Writing(draft), Key::Interrupt) => {
                io.screen.write(b"^C\n");
                let then = draft.interrupt(io);
                KeyUse::Taken(self.then(io, then))
            }
            (State::Reading, Key::Interrupt) => {
                io.screen.write(b"^C\nInterrupt\n");
                if let Some(reader) = &self.reader {
                    reader.prompt(io);
                }
                KeyUse::Taken(Flow::Running)
            }
            (State::Writing(_), Key::EndOfFile) if self.interactive => {
                KeyUse::Taken(self.then(io, Then::Send))
            }
            (State::Reading, Key::EndOfFile) if self.interactive => {
                io.print("\n");
                KeyUse::Taken(self.leave(io, true))
            }
            _ => KeyUse::Usual,
        }
    }

    fn notice(&mut self, io: &mut Io, notice: &Notice) -> Flow {
        let conn = conn_of(notice);
        if let State::Sending(sending, _) = &mut self.state
            && sending.conn() == Some(conn)
        {
            let sent = sending.notice(io, notice);
            return self.sent(io, sent);
        }
        if let Some(reader) = &mut self.reader
            && reader.conn() == Some(conn)
        {
            let step = reader.notice(io, notice);
            return self.step(io, step);
        }
        Flow::Running
    }

    fn wake(&mut self, io: &mut Io) -> Flow {
        if let State::Sending(sending, _) = &mut self.state {
            let sent = sending.wake(io);
            return self.sent(io, sent);
        }
        match &mut self.reader {
            Some(reader) => {
                let step = reader.wake(io);
                self.step(io, step)
            }
            None => Flow::Running,
        }
    }

    fn next_wakeup(&self) -> Option<Time> {
        match (&self.state, &self.reader) {
            (State::Sending(sending, _), _) => sending.next_wakeup(),
            (_, Some(reader)) => reader.next_wakeup(),
            _ => None,
        }
    }

    fn reads(&self) -> bool {
        matches!(self.state, State::Writing(_) | State::Reading)
    }

    fn conn(&self) -> Option<ConnId> {
        None
    }

    fn asks(&self) -> Asks {
        if matches!(self.state, State::Reading) { Asks::Mailbox } else { Asks::Text }
    }

    fn stop(&mut self, io: &mut Io) {
        if let State::Sending(sending, _) = &mut self.state {
            sending.stop(io);
        }
        if let Some(reader) = &mut self.reader {
            reader.stop(io);
        }
    }
}
