//! The mailbox at the provider, over POP3 or IMAP: signing in, taking everything over, and in the end telling the server
//! what was read and what is to be deleted (RFC 1939, RFC 3501). What either says stands on the wire.

use super::desk::Item;
use crate::world::{AccountSetup, Fetching};
use std::collections::VecDeque;

/// How many messages are taken over at most, the newest of them.
const MESSAGES: usize = 500;
/// How many octets may wait for the end of a line or of a message.
const WAITING: usize = 64 << 20;

/// What the session wants done.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Send this line.
    Send(String),
    /// Begin TLS.
    StartTls,
    /// The messages are here: go on reading.
    Opened,
    /// Everything is said; hang up.
    Done,
    /// It does not work, in these words; hang up.
    Failed(String),
}

/// One side of the dialogue.
#[derive(Debug)]
pub(super) struct Fetch {
    kind: Fetching,
    user: String,
    password: String,
    state: State,
    secured: bool,
    /// The server offers to go on under TLS.
    offers_tls: bool,
    /// How many messages there are, and which one is due.
    count: usize,
    due: usize,
    /// Octets that were not read yet.
    input: Vec<u8>,
    /// The lines of a message that is coming.
    message: Vec<u8>,
    /// What is still to be said at the end.
    last_words: VecDeque<String>,
    tag: u32,
    pub(super) items: Vec<Item>,
    out: VecDeque<Want>,
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Greeting,
    /// CAPA's answer (POP3): its first line, and the list behind it.
    Capabilities,
    CapabilityList,
    StartTls,
    Handshake,
    User,
    Login,
    Count,
    /// RETR's answer: its first line, and the message behind it.
    Retrieve,
    Message,
    /// FETCH's answers.
    Fetch,
    /// The reader reads.
    Idle,
    LastWords,
    Over,
}

impl Fetch {
    /// A session for this account; TLS may have come first.
    pub(super) fn new(account: &AccountSetup, kind: Fetching) -> Fetch {
        Fetch {
            kind,
            user: account.owner.address.to_string(),
            password: account.password.clone(),
            state: State::Greeting,
            secured: false,
            offers_tls: false,
            count: 0,
            due: 0,
            input: Vec::new(),
            message: Vec::new(),
            last_words: VecDeque::new(),
            tag: 0,
            items: Vec::new(),
            out: VecDeque::new(),
        }
    }

    /// What is to be done next.
    pub(super) fn poll(&mut self) -> Option<Want> {
        self.out.pop_front()
    }

    /// Before the server has greeted, TLS came.
    pub(super) fn secured_first(&mut self) {
        self.secured = true;
    }

    /// The connection is encrypted from here on.
    pub(super) fn tls_started(&mut self) {
        self.secured = true;
        self.input.clear();
        if self.state == State::Handshake {
            self.log_in();
        }
    }

    fn send(&mut self, line: &str, then: State) {
        let line = match self.kind {
            Fetching::Pop3 => line.to_owned(),
            Fetching::Imap => {
                self.tag += 1;
                format!("T{} {line}", self.tag)
            }
        };
        self.state = then;
        self.out.push_back(Want::Send(line));
    }

    fn fail(&mut self, said: &str) {
        let server = if self.kind == Fetching::Pop3 { "POP3" } else { "IMAP" };
        self.state = State::Over;
        self.out.push_back(Want::Failed(format!("{server} error: {said}")));
    }

    /// Octets came.
    pub(super) fn feed(&mut self, octets: &[u8]) {
        self.input.extend_from_slice(octets);
        if self.input.len() + self.message.len() > WAITING {
            return self.fail("the server says too much");
        }
        while let Some(line) = self.line() {
            match self.kind {
                Fetching::Pop3 => self.pop3(&line),
                Fetching::Imap => self.imap(&line),
            }
        }
    }

    /// The next whole line without its end; in IMAP with the literals in it (RFC 3501 section 4.3).
    fn line(&mut self) -> Option<Vec<u8>> {
        if matches!(self.state, State::Handshake | State::Over) {
            return None;
        }
        let mut from = 0;
        loop {
            let rest = self.input.get(from..)?;
            let end = from + rest.iter().position(|b| *b == b'\n')?;
            let line = self.input.get(..end).unwrap_or_default();
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let literal =
                (self.kind == Fetching::Imap).then(|| literal(line.get(from..).unwrap_or_default()));
            match literal.flatten() {
                Some(length) => {
                    from = (end + 1).saturating_add(length);
                    if from > self.input.len() {
                        return None;
                    }
                }
                None => {
                    let line = line.to_vec();
                    self.input.drain(..=end);
                    return Some(line);
                }
            }
        }
    }

    fn log_in(&mut self) {
        match self.kind {
            Fetching::Pop3 => self.send(&format!("USER {}", self.user), State::User),
            Fetching::Imap => {
                let line = format!("LOGIN {} {}", quoted(&self.user), quoted(&self.password));
                self.send(&line, State::Login);
            }
        }
    }

    /// The server has told what it can: TLS where it is to be had, then the name.
    fn introduced(&mut self) {
        if self.offers_tls && !self.secured {
            let word = if self.kind == Fetching::Pop3 { "STLS" } else { "STARTTLS" };
            self.send(word, State::StartTls);
        } else {
            self.log_in();
        }
    }

    fn handshake(&mut self) {
        self.state = State::Handshake;
        self.out.push_back(Want::StartTls);
    }

    fn opened(&mut self) {
        self.state = State::Idle;
        self.out.push_back(Want::Opened);
    }

    fn pop3(&mut self, line: &[u8]) {
        let said = String::from_utf8_lossy(line).into_owned();
        let good = said.starts_with("+OK");
        let words = said.trim_start_matches("-ERR").trim().to_owned();
        match self.state {
            State::Greeting if good => self.send("CAPA", State::Capabilities),
            State::Capabilities if good => self.state = State::CapabilityList,
            State::Capabilities => self.introduced(),
            State::CapabilityList if said == "." => self.introduced(),
            State::CapabilityList => self.offers_tls |= said.trim().eq_ignore_ascii_case("STLS"),
            State::StartTls if good => self.handshake(),
            State::StartTls => self.log_in(),
            State::User if good => self.send(&format!("PASS {}", self.password), State::Login),
            State::Login if good => self.send("STAT", State::Count),
            State::Count if good => {
                self.count = said.split(' ').nth(1).and_then(|n| n.parse().ok()).unwrap_or(0);
                self.due = self.count.saturating_sub(MESSAGES);
                self.retrieve();
            }
            State::Retrieve if good => {
                self.message.clear();
                self.state = State::Message;
            }
            // A message that was removed meanwhile.
            State::Retrieve => self.retrieve(),
            State::Message if line == b"." => {
                let octets = std::mem::take(&mut self.message);
                self.items.push(Item::new(octets, false));
                self.retrieve();
            }
            State::Message => {
                self.message.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
                self.message.extend_from_slice(b"\r\n");
            }
            State::LastWords => self.say_last(),
            State::Greeting | State::User | State::Login | State::Count => self.fail(&words),
            _ => {}
        }
    }

    /// The next message, or the end of the list.
    fn retrieve(&mut self) {
        if self.due >= self.count {
            return self.opened();
        }
        self.due += 1;
        self.send(&format!("RETR {}", self.due), State::Retrieve);
    }

    fn imap(&mut self, line: &[u8]) {
        let said = String::from_utf8_lossy(line).into_owned();
        let tagged = said.strip_prefix(&format!("T{} ", self.tag)).map(str::to_owned);
        if self.state == State::Greeting {
            if said.starts_with("* OK") || said.starts_with("* PREAUTH") {
                return self.send("CAPABILITY", State::Capabilities);
            }
            return self.fail(said.trim_start_matches("* ").trim_start_matches("BYE "));
        }
        let Some(answer) = tagged else { return self.untagged(&said, line) };
        let good = answer.starts_with("OK");
        let words = answer.split_once(' ').map(|(_, words)| words.to_owned()).unwrap_or_default();
        match self.state {
            State::Capabilities => self.introduced(),
            State::StartTls if good => self.handshake(),
            State::StartTls => self.log_in(),
            State::Login if good => self.send("SELECT INBOX", State::Count),
            State::Count if good && self.count == 0 => self.opened(),
            State::Count if good => {
                let first = self.count.saturating_sub(MESSAGES) + 1;
                self.due = first - 1;
                self.send(&format!("FETCH {first}:* (FLAGS BODY.PEEK[])"), State::Fetch);
            }
            State::Fetch if good => self.opened(),
            State::LastWords => self.say_last(),
            State::Login | State::Count | State::Fetch => self.fail(&words),
            _ => {}
        }
    }

    /// What IMAP's server says of its own accord, or as an answer's data.
    fn untagged(&mut self, said: &str, line: &[u8]) {
        let Some(rest) = said.strip_prefix("* ") else { return };
        let upper = rest.get(..60.min(rest.len())).unwrap_or_default().to_ascii_uppercase();
        if upper.starts_with("CAPABILITY ") {
            self.offers_tls |= rest.split(' ').any(|word| word.eq_ignore_ascii_case("STARTTLS"));
        }
        let mut words = upper.split(' ');
        let number = words.next().and_then(|n| n.parse::<usize>().ok());
        match (number, words.next()) {
            (Some(n), Some("EXISTS")) if self.state == State::Count => self.count = n,
            (Some(_), Some("FETCH")) if self.state == State::Fetch => {
                let Some((head, octets)) = body_literal(line) else { return };
                let old = String::from_utf8_lossy(head).contains("\\Seen")
                    || String::from_utf8_lossy(line.get(head.len() + octets.len()..).unwrap_or_default())
                        .contains("\\Seen");
                self.items.push(Item::new(octets.to_vec(), old));
            }
            _ => {}
        }
    }

    /// The reader of `taken` messages is done: what was read and what is to go, by their places.
    pub(super) fn finish(&mut self, taken: usize, read: &[usize], deleted: &[usize]) {
        // The list begins where the messages that were taken over begin.
        let first = self.count.saturating_sub(taken);
        let number = |place: &usize| (place + first + 1).to_string();
        let numbers = |places: &[usize]| places.iter().map(number).collect::<Vec<_>>();
        match self.kind {
            Fetching::Pop3 => {
                self.last_words.extend(numbers(deleted).iter().map(|n| format!("DELE {n}")));
                self.last_words.push_back("QUIT".to_owned());
            }
            Fetching::Imap => {
                if !read.is_empty() {
                    let set = numbers(read).join(",");
                    self.last_words.push_back(format!("STORE {set} +FLAGS.SILENT (\\Seen)"));
                }
                if !deleted.is_empty() {
                    let set = numbers(deleted).join(",");
                    self.last_words.push_back(format!("STORE {set} +FLAGS.SILENT (\\Deleted)"));
                    self.last_words.push_back("EXPUNGE".to_owned());
                }
                self.last_words.push_back("LOGOUT".to_owned());
            }
        }
        self.state = State::LastWords;
        self.say_last();
    }

    fn say_last(&mut self) {
        match self.last_words.pop_front() {
            Some(line) => self.send(&line, State::LastWords),
            None => {
                self.state = State::Over;
                self.out.push_back(Want::Done);
            }
        }
    }

    /// The server has hung up.
    pub(super) fn lost(&mut self) {
        match self.state {
            State::Over => {}
            // After its good-bye it may.
            State::LastWords if self.last_words.is_empty() => {
                self.state = State::Over;
                self.out.push_back(Want::Done);
            }
            _ => self.fail("connection closed by the server"),
        }
    }
}

/// The length of the literal that a line ends with: `{310}`.
fn literal(line: &[u8]) -> Option<usize> {
    let inside = line.strip_suffix(b"}")?;
    let open = inside.iter().rposition(|b| *b == b'{')?;
    std::str::from_utf8(inside.get(open + 1..)?).ok()?.parse().ok()
}

/// What stands before the literal of BODY[] in a FETCH answer, and the literal.
fn body_literal(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = line.iter().position(|b| *b == b'\n')?;
    let head = line.get(..end)?;
    let length = literal(head.strip_suffix(b"\r").unwrap_or(head))?;
    Some((line.get(..=end)?, line.get(end + 1..)?.get(..length)?))
}

/// An IMAP string in quotes (RFC 3501 section 4.3).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
