//! A letter being written: prompts for its header, lines of text, and the escapes that begin with a tilde.

use super::super::super::io::{Io, PIPE_LIMIT};
use super::super::text;
use super::desk::Desk;
use crate::mail::Mailbox;
use crate::mail::compose::{Attachment, Correspondent, Letter, Quoting};
use crate::units::Lang;
use std::collections::VecDeque;

/// What `~?` says.
const ESCAPES: &str = "\
COMMAND ESCAPES
~. or a dot alone   end the letter and send it
~? ~~ text          this list; a line that begins with a tilde
~s text             the subject
~t ~c ~b addresses  add to To, Cc, Bcc
~h                  ask for To, Cc, Bcc and the subject
~@ file...          attach files
~r file             take a file into the text
~m ~f [messages]    take messages into the text, quoted or as forwarded
~p                  show the letter
~w file             write the text into a file
~e ~v               (no editor on this workstation)
~q ~x               give up; ~q keeps the text in dead.letter
";

/// A letter being written.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) letter: Letter,
    /// What is still asked for.
    asking: VecDeque<Asked>,
    /// ^C was pressed once.
    interrupted: bool,
    /// A person writes: there are prompts and escapes.
    interactive: bool,
    /// The recipients were shown.
    shown: bool,
}

/// Something asked for at a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Subject,
    To,
    Cc,
    Bcc,
}

/// What becomes of the letter after a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// More lines.
    More,
    /// It is to be sent.
    Send,
    /// It is given up; `true`: kept in dead.letter.
    GiveUp(bool),
}

impl Draft {
    /// A letter with what the command line said; `ask` lets the subject be asked for.
    pub(super) fn new(letter: Letter, interactive: bool, ask: bool) -> Draft {
        let asking = if interactive && ask { VecDeque::from([Asked::Subject]) } else { VecDeque::new() };
        Draft { letter, asking, interactive, interrupted: false, shown: !interactive }
    }

    /// Says what is next.
    pub(super) fn prompt(&mut self, io: &mut Io) {
        let Some(asked) = self.asking.front().copied() else {
            if !std::mem::replace(&mut self.shown, true) {
                let header = self.header();
                io.print(&header);
            }
            return;
        };
        let now = match asked {
            Asked::Subject => self.letter.subject.clone(),
            Asked::To => listed(&self.letter.to),
            Asked::Cc => listed(&self.letter.cc),
            Asked::Bcc => listed(&self.letter.bcc),
        };
        let name = asked.name();
        io.print(&if now.is_empty() { format!("{name}: ") } else { format!("{name} [{now}]: ") });
    }

    /// The lines of the header, as they are shown while one writes.
    fn header(&self) -> String {
        let letter = &self.letter;
        let mut out = String::new();
        for (name, list) in [("To", &letter.to), ("Cc", &letter.cc), ("Bcc", &letter.bcc)] {
            if !list.is_empty() {
                out.push_str(&format!("{name}: {}\n", listed(list)));
            }
        }
        if !letter.subject.is_empty() && !letter.in_reply_to.is_empty() {
            out.push_str(&format!("Subject: {}\n", letter.subject));
        }
        out
    }

    /// A line of input, without its end.
    pub(super) fn line(&mut self, io: &mut Io, desk: Option<&Desk>, line: &[u8]) -> Then {
        self.interrupted = false;
        let line = text(line);
        if let Some(asked) = self.asking.pop_front() {
            self.answered(io, asked, line.trim());
            self.prompt(io);
            return Then::More;
        }
        if !self.interactive {
            self.add(&line);
            return Then::More;
        }
        if line == "." {
            return Then::Send;
        }
        match line.strip_prefix('~') {
            Some(rest) => self.escape(io, desk, rest),
            None => {
                self.add(&line);
                Then::More
            }
        }
    }

    fn add(&mut self, line: &str) {
        if self.letter.body.len() + line.len() < PIPE_LIMIT {
            self.letter.body.push_str(line);
            self.letter.body.push('\n');
        }
    }

    /// An answer to a prompt; an empty one changes nothing.
    fn answered(&mut self, io: &mut Io, asked: Asked, line: &str) {
        if line.is_empty() {
            return;
        }
        if asked == Asked::Subject {
            line.clone_into(&mut self.letter.subject);
            return;
        }
        let Some(list) = addresses(io, line) else { return };
        match asked {
            Asked::To => self.letter.to = list,
            Asked::Cc => self.letter.cc = list,
            _ => self.letter.bcc = list,
        }
    }

    fn escape(&mut self, io: &mut Io, desk: Option<&Desk>, rest: &str) -> Then {
        let mut chars = rest.chars();
        let letter = chars.next();
        let argument = chars.as_str().trim();
        match letter {
            Some('~') => self.add(rest),
            Some('.') => return Then::Send,
            Some('?') => io.print(ESCAPES),
            Some('q') => return Then::GiveUp(true),
            Some('x') => return Then::GiveUp(false),
            Some('s') => argument.clone_into(&mut self.letter.subject),
            Some(which @ ('t' | 'c' | 'b')) => {
                let list = addresses(io, argument).unwrap_or_default();
                match which {
                    't' => self.letter.to.extend(list),
                    'c' => self.letter.cc.extend(list),
                    _ => self.letter.bcc.extend(list),
                }
            }
            Some('h') => {
                self.asking = VecDeque::from([Asked::To, Asked::Cc, Asked::Bcc, Asked::Subject]);
                self.prompt(io);
            }
            Some('p') => {
                let header = self.header();
                let subject = match self.letter.in_reply_to.is_empty() && !self.letter.subject.is_empty() {
                    true => format!("Subject: {}\n", self.letter.subject),
                    false => String::new(),
                };
                io.print(&format!("-------\nMessage contains:\n{header}{subject}\n{}", self.letter.body));
                for one in &self.letter.attachments {
                    io.print(&format!("[-- attached: {} ({} bytes) --]\n", one.name, one.octets.len()));
                }
            }
            Some('r' | '<') => self.take_in(io, argument),
            Some('@') => argument.split_whitespace().for_each(|name| {
                attach(io, &mut self.letter, name);
            }),
            Some('w') => self.write_out(io, argument),
            Some(which @ ('m' | 'M' | 'f' | 'F')) => self.interpolate(io, desk, which, argument),
            Some('e' | 'v') => {
                io.hint("there is no editor on this workstation; type the lines, or ~r a file")
            }
            _ => io.complain(&format!("mail: Invalid command escape usage: '~{rest}'\n")),
        }
        Then::More
    }

    fn take_in(&mut self, io: &mut Io, name: &str) {
        match io.machine.files.read(name).map(text) {
            Ok(octets) => {
                io.print(&format!("\"{name}\" {}/{}\n", octets.lines().count(), octets.len()));
                octets.lines().for_each(|line| self.add(line));
            }
            Err(fault) => io.complain(&format!("mail: {name}: {fault}\n")),
        }
    }

    fn write_out(&mut self, io: &mut Io, name: &str) {
        let files = &mut io.machine.files;
        let done = files.open(name, false).and_then(|()| files.append(name, self.letter.body.as_bytes()));
        match done {
            Ok(()) => {
                let (lines, octets) = (self.letter.body.lines().count(), self.letter.body.len());
                io.print(&format!("\"{name}\" {lines}/{octets}\n"));
            }
            Err(fault) => io.complain(&format!("mail: {name}: {fault}\n")),
        }
    }

    /// Messages of the mailbox, quoted or as they are forwarded.
    fn interpolate(&mut self, io: &mut Io, desk: Option<&Desk>, which: char, argument: &str) {
        let Some(desk) = desk else {
            return io.complain("mail: No messages to send from ~f/~F/~m/~M/~u/~U/~q\n");
        };
        let places = match desk.select(argument) {
            Ok(places) => places,
            Err(said) => return io.complain(&format!("mail: {said}\n")),
        };
        let names: Vec<String> = places.iter().map(|place| (place + 1).to_string()).collect();
        io.print(&format!("Interpolating: {}\n", names.join(" ")));
        for place in places {
            let Some(octets) = desk.octets(place) else { continue };
            let mut scratch = Letter::new(self.letter.from.clone(), self.letter.date, "");
            if which.eq_ignore_ascii_case(&'m') {
                scratch.answer(octets, false, &[], Quoting::Attributed(Lang::En));
            } else {
                scratch.forward(octets, Lang::En);
            }
            scratch.body.trim_start_matches('\n').lines().for_each(|line| self.add(line));
        }
    }

    /// ^C: the first one warns, the second gives up.
    pub(super) fn interrupt(&mut self, io: &mut Io) -> Then {
        if std::mem::replace(&mut self.interrupted, true) {
            return Then::GiveUp(true);
        }
        io.print("(Interrupt -- one more to kill letter)\n");
        Then::More
    }
}

impl Asked {
    fn name(self) -> &'static str {
        match self {
            Asked::Subject => "Subject",
            Asked::To => "To",
            Asked::Cc => "Cc",
            Asked::Bcc => "Bcc",
        }
    }
}

/// A list as it is shown.
fn listed(list: &[Correspondent]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The addresses in a text; complains of what is none.
pub(super) fn addresses(io: &mut Io, typed: &str) -> Option<Vec<Correspondent>> {
    match Correspondent::list(typed) {
        Ok(list) => Some(list),
        Err(fault) => {
            // People put spaces between addresses where there should be commas, and mailx takes them.
            let words: Option<Vec<Correspondent>> = typed
                .split_whitespace()
                .map(|word| Mailbox::parse(word.trim_matches(',')).ok().map(Correspondent::new))
                .collect();
            if words.is_none() {
                io.complain(&format!("mail: '{}' is an invalid address\n", fault.text));
            }
            words
        }
    }
}

/// Attaches a file.
pub(super) fn attach(io: &mut Io, letter: &mut Letter, name: &str) -> bool {
    match io.machine.files.read(name) {
        Ok(octets) => {
            let short = name.rsplit('/').next().unwrap_or(name).to_owned();
            letter.attachments.push(Attachment { name: short, octets: octets.into() });
            true
        }
        Err(fault) => {
            io.complain(&format!("mail: {name}: {fault}\n"));
            false
        }
    }
}
