//! The commands with which the mailbox is read, as mailx has them.

use super::super::super::io::Io;
use super::super::Flow;
use super::Mail;
use super::draft::addresses;
use super::reader::Reader;
use crate::mail::compose::{Letter, Quoting};
use crate::units::Lang;

/// What `?` says.
const COMMANDS: &str = "\
s-nail commands -- <msglist> denotes message specification tokens, e.g.,
1-5, :n, /Subject or . (current, the \"dot\"), separated by blanks:

type <msglist>         type (`print') messages
Type <msglist>         like `type' but always show all headers
next                   goto and type next message
headers                header summary ... for messages surrounding \"dot\"
from <msglist>         ... for the given messages
delete <msglist>       delete messages (can be `undelete'd)
undelete <msglist>     take that back
save <msglist> file    append messages to a file

Reply <msglist>        reply to message sender(s) only
reply <msglist>        like `Reply', but address all recipients
forward <msglist> user forward messages
mail <recipients>      compose a mail for the given recipients
set, unset variable    quote, from, disposition-notification-send ...
quit                   quit and apply changes to the current mailbox
xit or exit            like `quit', but discard changes
";

/// The names of the commands that Tab offers.
pub(in crate::workstation) const SHOWN: [&str; 17] = [
    "type", "Type", "next", "headers", "from", "delete", "undelete", "save", "reply", "Reply", "forward",
    "mail", "set", "unset", "quit", "xit", "exit",
];

/// The commands, each with how far it may be shortened.
const NAMES: [(&str, usize, Verb); 22] = [
    ("type", 1, Verb::Type),
    ("print", 1, Verb::Type),
    ("Type", 1, Verb::TypeAll),
    ("Print", 1, Verb::TypeAll),
    ("next", 1, Verb::Next),
    ("headers", 1, Verb::Headers),
    ("from", 1, Verb::From),
    ("delete", 1, Verb::Delete),
    ("dp", 2, Verb::DeleteAndType),
    ("dt", 2, Verb::DeleteAndType),
    ("undelete", 1, Verb::Undelete),
    ("reply", 1, Verb::ReplyAll),
    ("respond", 2, Verb::ReplyAll),
    ("Reply", 1, Verb::ReplySender),
    ("Respond", 2, Verb::ReplySender),
    ("forward", 2, Verb::Forward),
    ("mail", 1, Verb::Mail),
    ("save", 1, Verb::Save),
    ("quit", 1, Verb::Quit),
    ("xit", 1, Verb::Exit),
    ("exit", 2, Verb::Exit),
    ("help", 2, Verb::Help),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Type,
    TypeAll,
    Next,
    Headers,
    From,
    Delete,
    DeleteAndType,
    Undelete,
    ReplyAll,
    ReplySender,
    Forward,
    Mail,
    Save,
    Quit,
    Exit,
    Help,
}

/// A command and its argument; a number alone means `type`, nothing `next`.
fn parse(line: &str) -> Option<(Verb, &str)> {
    let line = line.trim();
    match line.chars().next() {
        None | Some('+') => return Some((Verb::Next, "")),
        Some('?') => return Some((Verb::Help, "")),
        Some(c) if c.is_ascii_digit() || matches!(c, '.' | '$' | '^' | '*' | '-') => {
            return Some((Verb::Type, line));
        }
        _ => {}
    }
    let end = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
    let (word, rest) = line.split_at_checked(end)?;
    let named = |(name, least, _): &&(&str, usize, Verb)| name.starts_with(word) && word.len() >= *least;
    NAMES.iter().find(named).map(|(_, _, verb)| (*verb, rest.trim()))
}

impl Mail {
    /// A command of somebody who reads the mailbox.
    pub(super) fn command(&mut self, io: &mut Io, line: &str) -> Flow {
        match line.trim().split_once(' ') {
            Some(("set", settings)) => {
                settings.split_whitespace().for_each(|s| self.set(s));
                return self.again(io);
            }
            Some(("unset", names)) => {
                names.split_whitespace().for_each(|name| {
                    self.vars.remove(name);
                });
                return self.again(io);
            }
            _ => {}
        }
        let Some((verb, argument)) = parse(line) else {
            let word = line.split_whitespace().next().unwrap_or_default();
            io.complain(&format!("mail: {word}: unknown command\n"));
            return self.again(io);
        };
        match verb {
            Verb::Quit => return self.leave(io, true),
            Verb::Exit => return self.leave(io, false),
            Verb::Help => io.print(COMMANDS),
            Verb::Mail => return self.mail_to(io, argument),
            Verb::ReplyAll | Verb::ReplySender => return self.reply(io, argument, verb == Verb::ReplyAll),
            Verb::Forward => return self.forward(io, argument),
            verb => {
                if let Some(reader) = &mut self.reader
                    && let Err(said) = look(io, reader, verb, argument)
                {
                    io.complain(&format!("mail: {said}\n"));
                }
            }
        }
        self.again(io)
    }

    fn again(&self, io: &mut Io) -> Flow {
        if let Some(reader) = &self.reader {
            reader.prompt(io);
        }
        Flow::Running
    }

    fn fail(&self, io: &mut Io, said: &str) -> Flow {
        io.complain(&format!("mail: {said}\n"));
        self.again(io)
    }

    fn mail_to(&mut self, io: &mut Io, to: &str) -> Flow {
        if to.is_empty() {
            return self.fail(io, "No recipients specified");
        }
        let list = addresses(io, to);
        match (self.letter(io, None), list) {
            (Some(mut letter), Some(list)) => {
                letter.to = list;
                self.write(io, letter, true)
            }
            _ => self.again(io),
        }
    }

    /// The message that an answer or a forward is about, and an empty letter.
    fn about(&mut self, io: &mut Io, list: &str) -> Result<(Vec<u8>, Letter), String> {
        let reader = self.reader.as_ref().ok_or("No applicable messages")?;
        let places = reader.desk.select(list)?;
        let place = places.first().copied().ok_or("No applicable messages")?;
        let octets = reader.desk.octets(place).unwrap_or_default().to_vec();
        let letter = self.letter(io, None).ok_or("No recipients specified")?;
        Ok((octets, letter))
    }

    fn reply(&mut self, io: &mut Io, list: &str, all: bool) -> Flow {
        match self.about(io, list) {
            Err(said) => self.fail(io, &said),
            Ok((octets, mut letter)) => {
                let quoting =
                    if self.is_set("quote") { Quoting::Attributed(Lang::En) } else { Quoting::Nothing };
                letter.answer(&octets, all, &[letter.from.address.clone()], quoting);
                letter.body = letter.body.trim_start_matches('\n').to_owned();
                self.write(io, letter, false)
            }
        }
    }

    /// `forward [msglist] address`: nothing but the message, as s-nail does it.
    fn forward(&mut self, io: &mut Io, argument: &str) -> Flow {
        let (list, to) = argument.rsplit_once(' ').unwrap_or(("", argument));
        if to.is_empty() {
            return self.fail(io, "No recipients specified");
        }
        let recipients = addresses(io, to);
        match (self.about(io, list), recipients) {
            (Err(said), _) => self.fail(io, &said),
            (_, None) => self.again(io),
            (Ok((octets, mut letter)), Some(recipients)) => {
                letter.forward(&octets, Lang::En);
                letter.body = letter.body.trim_start_matches('\n').to_owned();
                letter.to = recipients;
                self.write(io, letter, false)
            }
        }
    }
}

/// What only looks at messages, or marks them.
fn look(io: &mut Io, reader: &mut Reader, verb: Verb, argument: &str) -> Result<(), String> {
    let desk = &mut reader.desk;
    let (zone, now) = (io.machine.zone, io.now());
    match verb {
        Verb::Type | Verb::TypeAll => {
            for place in desk.select(argument)? {
                io.print(&desk.show(place, verb == Verb::TypeAll));
            }
        }
        Verb::Next => {
            let place = desk.next().ok_or("At EOF")?;
            io.print(&desk.show(place, false));
        }
        Verb::Headers => {
            if let Some(place) = desk.select(argument)?.first() {
                desk.stand_at(*place);
            }
            io.print(&desk.list(zone, now));
        }
        Verb::From => {
            for place in desk.select(argument)? {
                io.print(&desk.entry(place, zone, now).unwrap_or_default());
            }
        }
        Verb::Delete | Verb::DeleteAndType => {
            let places = desk.select(argument)?;
            desk.delete(&places, true);
            if verb == Verb::DeleteAndType {
                let place = desk.next().ok_or("At EOF")?;
                io.print(&desk.show(place, false));
            }
        }
        Verb::Undelete => {
            let places = desk.select_deleted(argument)?;
            desk.delete(&places, false);
        }
        Verb::Save => {
            let (list, name) = argument.rsplit_once(' ').unwrap_or(("", argument));
            if name.is_empty() {
                return Err("No file specified".to_owned());
            }
            for place in desk.select(list)? {
                let text =
                    String::from_utf8_lossy(desk.octets(place).unwrap_or_default()).replace("\r\n", "\n");
                let files = &mut io.machine.files;
                let done = files.open(name, true).and_then(|()| files.append(name, text.as_bytes()));
                done.map_err(|fault| format!("{name}: {fault}"))?;
                io.print(&format!("\"{name}\" [Appended] {}/{}\n", text.lines().count(), text.len()));
            }
        }
        _ => {}
    }
    Ok(())
}
