//! One terminal: a screen, a line of what was typed ahead, a shell, and the program in its foreground.

use super::complete::known::Known;
use super::complete::{self, Completion, Scene};
use super::io::{Io, Machine};
use super::net::Net;
use super::programs::Keying;
use super::screen::Screen;
use super::shell::env::Env;
use super::shell::hints;
use super::shell::job::{INTERRUPTED, Job};
use super::shell::lex::{COMMAND_LIMIT, Lexer, Progress};
use super::shell::parse;
use crate::event::{Event, Key, Limit};
use crate::units::{Bytes, ConnId, TermId, Time};
use crate::world::Notice;
use std::collections::VecDeque;

/// How many octets may be typed ahead.
const TYPE_AHEAD: usize = 16 << 20;
/// How much of what was typed at once is looked at for names.
const READ: usize = 64 << 10;
/// How much of a line that goes to a connection key by key is kept for the transcript's whole line.
const KEYED: usize = 64 << 10;
/// The exit status after a syntax error.
const SYNTAX: u8 = 2;

/// What was typed and not yet read.
#[derive(Debug)]
enum Ahead {
    /// A line; `waited` where a program ran that did not read.
    Line { text: Vec<u8>, waited: bool },
    /// ^D.
    End,
}

/// One terminal.
#[derive(Debug)]
pub(super) struct Terminal {
    id: TermId,
    screen: Screen,
    env: Env,
    ahead: VecDeque<Ahead>,
    ahead_octets: usize,
    lexer: Lexer,
    /// The command that is being typed, its first line.
    command: Option<Vec<u8>>,
    job: Option<Job>,
    /// The line that goes to a connection key by key, as far as it has come.
    keyed: Option<(ConnId, Vec<u8>)>,
    /// What ^C does to an open quote was said.
    quote_explained: bool,
}

impl Terminal {
    /// Opens a terminal: its shell shows the prompt.
    pub(super) fn open(id: TermId, net: &mut dyn Net, machine: &mut Machine) -> Terminal {
        let mut terminal = Terminal {
            id,
            screen: Screen::default(),
            env: fresh_env(machine),
            ahead: VecDeque::new(),
            ahead_octets: 0,
            lexer: Lexer::new(),
            command: None,
            job: None,
            keyed: None,
            quote_explained: false,
        };
        net.log(Event::TerminalOpened { term: id });
        terminal.prompt(machine);
        terminal.flush(net, machine);
        terminal
    }

    /// A line was typed.
    pub(super) fn line(&mut self, net: &mut dyn Net, machine: &mut Machine, text: &[u8]) {
        let waited = !self.ready();
        if self.typed(net, machine, text) {
            self.ahead.push_back(Ahead::Line { text: text.to_vec(), waited });
            self.settle(net, machine);
        }
    }

    /// Several lines were pasted while a program runs. A connection gets them in one piece. Any other program reads
    /// them one by one, and what is left of them where it ends is the shell's.
    pub(super) fn block(&mut self, net: &mut dyn Net, machine: &mut Machine, lines: &[&[u8]]) {
        let text = lines.join(&b'\n');
        if self.conn().is_some() {
            return self.line(net, machine, &text);
        }
        if self.typed(net, machine, &text) {
            let line = |l: &&[u8]| Ahead::Line { text: l.to_vec(), waited: true };
            self.ahead.extend(lines.iter().map(line));
            self.settle(net, machine);
        }
    }

    /// Keys go to the program in the foreground one by one; false where that takes lines alone.
    pub(super) fn keys(&mut self, net: &mut dyn Net, machine: &mut Machine, octets: &[u8]) -> bool {
        let Some(Keying { conn, echo, ends }) = self.job.as_ref().and_then(Job::keying) else { return false };
        for piece in octets.split_inclusive(|b| *b == b'\r') {
            match piece.strip_suffix(b"\r").filter(|_| ends) {
                Some(rest) => self.told(net, machine, rest, Some(conn)),
                None => {
                    let line = self.keyed.get_or_insert_with(|| (conn, Vec::new()));
                    if line.0 != conn {
                        *line = (conn, Vec::new());
                    }
                    let room = KEYED.saturating_sub(line.1.len());
                    line.1.extend_from_slice(piece.get(..room).unwrap_or(piece));
                    net.log(Event::Keyed { term: self.id, octets: Bytes::from(piece), conn, echo });
                }
            }
        }
        self.with_job(net, machine, |job, io| job.keys(io, octets));
        self.settle(net, machine);
        true
    }

    /// Writes into the transcript what was typed, with what of the line has gone to the connection key by key already.
    fn told(&mut self, net: &mut dyn Net, machine: &mut Machine, rest: &[u8], conn: Option<ConnId>) {
        let keyed = self.keyed.take_if(|(of, _)| Some(*of) == conn);
        let text = keyed.map_or_else(|| Bytes::from(rest), |(_, line)| [&line, rest].concat().into());
        machine.known.read(&String::from_utf8_lossy(text.get(..READ).unwrap_or(&text)));
        if conn.is_some() {
            self.screen.heard.typed(&text);
        }
        net.log(Event::Typed { term: self.id, text, conn });
    }

    /// Something was typed; false where so much is typed ahead that it is lost.
    fn typed(&mut self, net: &mut dyn Net, machine: &mut Machine, text: &[u8]) -> bool {
        self.told(net, machine, text, self.conn());
        let ahead = self.ahead_octets + text.len() + 1;
        if ahead > TYPE_AHEAD {
            net.log(Event::LimitReached { limit: Limit::InputOctets, at: TYPE_AHEAD as u64 });
            return false;
        }
        self.ahead_octets = ahead;
        true
    }

    /// A key was pressed.
    pub(super) fn key(&mut self, net: &mut dyn Net, machine: &mut Machine, key: Key) {
        net.log(Event::Pressed { term: self.id, key });
        if key == Key::EndOfFile && !self.ready() {
            self.ahead.push_back(Ahead::End);
            return;
        }
        if key == Key::Interrupt {
            // As a terminal does: what was typed ahead is forgotten.
            self.ahead.clear();
            self.ahead_octets = 0;
        }
        if self.job.is_some() {
            self.key_in_program(net, machine, key);
        } else {
            self.key_at_prompt(machine, key);
        }
        self.settle(net, machine);
    }

    /// News of the world.
    pub(super) fn notice(&mut self, net: &mut dyn Net, machine: &mut Machine, notice: &Notice) {
        self.with_job(net, machine, |job, io| job.notice(io, notice));
        self.settle(net, machine);
    }

    /// Time has passed.
    pub(super) fn wake(&mut self, net: &mut dyn Net, machine: &mut Machine) {
        self.with_job(net, machine, |job, io| job.wake(io));
        self.settle(net, machine);
    }

    /// A new input to the workstation: what is shown counts from zero.
    pub(super) fn begin_input(&mut self) {
        self.screen.begin();
    }

    /// The connection to which a line typed now would go.
    pub(super) fn conn(&self) -> Option<ConnId> {
        self.job.as_ref().and_then(Job::conn)
    }

    /// Does a program run?
    pub(super) fn busy(&self) -> bool {
        self.job.is_some()
    }

    /// When a program wants to go on by itself.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        self.job.as_ref().and_then(Job::next_wakeup)
    }

    /// Would a line typed now be read now?
    pub(super) fn ready(&self) -> bool {
        self.job.as_ref().is_none_or(Job::reads)
    }

    /// How a line typed now could go on.
    pub(super) fn complete(
        &self,
        net: &dyn Net,
        machine: &Machine,
        known: &Known,
        before: &str,
    ) -> Completion {
        let scene = Scene { machine, net, env: &self.env, known, heard: &self.screen.heard };
        match &self.job {
            // Further lines of a command: an open quote, a here-document.
            None if self.command.is_some() => Completion::none(before),
            None => complete::at_prompt(&scene, before),
            Some(job) => complete::in_program(&scene, job.asks(), before),
        }
    }

    /// Hands on what was typed, as long as somebody reads.
    fn settle(&mut self, net: &mut dyn Net, machine: &mut Machine) {
        while self.ready() {
            let Some(next) = self.ahead.pop_front() else { break };
            match (next, self.job.is_some()) {
                (Ahead::Line { mut text, .. }, true) => {
                    self.ahead_octets = self.ahead_octets.saturating_sub(text.len() + 1);
                    text.push(b'\n');
                    self.with_job(net, machine, |job, io| job.typed(io, &text));
                }
                (Ahead::Line { text, waited }, false) => {
                    self.ahead_octets = self.ahead_octets.saturating_sub(text.len() + 1);
                    if waited {
                        // The shell shows again what was typed before its prompt came.
                        self.screen.write(&text);
                        self.screen.write(b"\n");
                    }
                    self.command(net, machine, &text);
                }
                (Ahead::End, true) => self.key_in_program(net, machine, Key::EndOfFile),
                (Ahead::End, false) => self.key_at_prompt(machine, Key::EndOfFile),
            }
        }
        self.flush(net, machine);
    }

    /// A line at the shell's prompt.
    fn command(&mut self, net: &mut dyn Net, machine: &mut Machine, typed: &[u8]) {
        let mut line = typed.to_vec();
        match self.env.history.replace(typed) {
            Ok(None) => {}
            Ok(Some(replaced)) => {
                line = replaced;
                self.screen.write(&line);
                self.screen.write(b"\n");
            }
            Err(event) => {
                self.say(&format!("bash: {}: event not found\n", String::from_utf8_lossy(&event)));
                self.env.status = 1;
                self.prompt(machine);
                return;
            }
        }
        self.env.history.add(&line);
        if let Some(hint) = hints::typography(&line) {
            self.say(&format!("{hint}\n"));
        }
        if self.command.is_none() {
            self.command = Some(line.clone());
        }
        match self.lexer.line(&line) {
            Progress::More => self.ask_for_more(),
            Progress::TooLong => {
                self.abandon(
                    machine,
                    &format!("helo: a command may have at most {} KiB\n", COMMAND_LIMIT >> 10),
                );
            }
            Progress::Refused(message) => self.abandon(machine, &format!("{message}\n")),
            Progress::Complete(tokens) => match parse::parse(tokens) {
                Err(message) => {
                    let hint = self.command.as_deref().and_then(hints::protocol);
                    let hint = hint.map(|h| h + "\n").unwrap_or_default();
                    self.abandon(machine, &format!("{message}\n{hint}"));
                }
                Ok(list) => {
                    self.lexer = Lexer::new();
                    let typed = self.command.take().unwrap_or_default();
                    self.job = Some(Job::new(list, typed));
                    self.with_job(net, machine, |_, _| {});
                }
            },
        }
    }

    fn ask_for_more(&mut self) {
        if let Some(quote) =
            self.lexer.open_quote().filter(|_| !std::mem::replace(&mut self.quote_explained, true))
        {
            self.say(&format!("helo: the shell waits for the closing {quote}; ^C gives the command up\n"));
        }
        self.screen.say("> ");
    }

    /// Forgets the command that is being typed.
    fn abandon(&mut self, machine: &Machine, message: &str) {
        self.lexer = Lexer::new();
        self.command = None;
        self.env.status = SYNTAX;
        self.say(message);
        self.prompt(machine);
    }

    fn say(&mut self, text: &str) {
        self.screen.write(text.as_bytes());
    }

    fn prompt(&mut self, machine: &Machine) {
        let prompt = format!("{}@{}:~$ ", machine.user, machine.short_name());
        self.screen.say(&prompt);
    }

    fn key_at_prompt(&mut self, machine: &Machine, key: Key) {
        match (key, self.command.is_some()) {
            (Key::Interrupt, _) => {
                self.lexer = Lexer::new();
                self.command = None;
                self.env.status = INTERRUPTED;
                self.say("^C\n");
            }
            (Key::EndOfFile, true) => {
                let quote = self.lexer.open_quote();
                let unclosed =
                    quote.map(|q| format!("bash: unexpected EOF while looking for matching `{q}'\n"));
                let message = unclosed.unwrap_or_default() + "bash: syntax error: unexpected end of file\n";
                self.abandon(machine, &format!("\n{message}"));
                return;
            }
            (Key::EndOfFile, false) => {
                self.say(
                    "\nhelo: ^D ends the input of a program, and none is running; this terminal stays open\n",
                );
            }
            (Key::Escape, _) => {
                self.say(
                    "\nhelo: ^] is telnet's escape character, and no telnet is running in this terminal\n",
                );
            }
            (Key::Suspend, _) => {
                self.say(
                    "\nhelo: ^Z suspends a program, and none is running; there is no job control here\n",
                );
            }
        }
        if self.command.is_some() { self.screen.say("> ") } else { self.prompt(machine) }
    }

    fn key_in_program(&mut self, net: &mut dyn Net, machine: &mut Machine, key: Key) {
        let name = self.job.as_ref().and_then(Job::foreground).unwrap_or("the program");
        self.with_job(net, machine, |job, io| {
            if job.key(io, key) {
                return;
            }
            match key {
                Key::Interrupt => {
                    io.screen.write(b"^C\n");
                    job.kill(INTERRUPTED, io);
                    io.env.status = INTERRUPTED;
                }
                Key::EndOfFile => job.typed_end(io),
                Key::Escape => {
                    io.screen.write(b"^]\n");
                    io.hint(&format!("^] is telnet's escape character; {name} knows none, ^C ends it"));
                }
                Key::Suspend => {
                    io.screen.write(b"^Z\n");
                    io.hint(&format!(
                        "there is no job control here, so {name} goes on; ^C ends it, and another terminal runs \
                         something beside it"
                    ));
                }
            }
        });
    }

    /// Lets the job do something and go on as far as it can; after it has ended, the shell prompts again.
    fn with_job(&mut self, net: &mut dyn Net, machine: &mut Machine, act: impl FnOnce(&mut Job, &mut Io)) {
        let Some(mut job) = self.job.take() else { return };
        machine.files.set_time(net.now());
        let mut io = Io::on_screen(net, machine, &mut self.env, &mut self.screen, self.id);
        act(&mut job, &mut io);
        if !job.drive(&mut io) {
            self.job = Some(job);
            return;
        }
        if job.left() {
            self.say("exit\nhelo: this terminal stays open; a fresh shell has begun\n");
            let history = std::mem::take(&mut self.env.history);
            self.env = fresh_env(machine);
            self.env.history = history;
        }
        self.prompt(machine);
    }

    fn flush(&mut self, net: &mut dyn Net, machine: &mut Machine) {
        let mut io = Io::on_screen(net, machine, &mut self.env, &mut self.screen, self.id);
        io.flush();
    }
}

fn fresh_env(machine: &Machine) -> Env {
    let home = format!("/home/{}", machine.user);
    Env::new(&[
        ("HOME", home.as_str()),
        ("USER", &machine.user),
        ("LOGNAME", &machine.user),
        ("HOSTNAME", machine.short_name()),
        ("PWD", home.as_str()),
        ("SHELL", "/bin/bash"),
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
        ("LANG", "C.UTF-8"),
    ])
}
