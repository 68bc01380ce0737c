//! What the server at the other end of a terminal's connection has said so far: which protocol it speaks, what it can do,
//! and whether it waits for something other than a command. Read from what stands on the screen, as the learner reads it.

use crate::units::ConnId;

/// The longest line that is looked at.
const LINE: usize = 2048;
/// How many capabilities are kept.
const ANNOUNCED: usize = 64;

/// What a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    /// RFC 5321.
    Smtp,
    /// RFC 1939.
    Pop3,
    /// RFC 3501.
    Imap,
}

/// What it waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Waits {
    /// A command.
    #[default]
    Command,
    /// A letter, up to a lone dot (SMTP's 354): its header.
    Header,
    /// Its text, after the empty line.
    Text,
    /// An answer to its question (334, `+`).
    Answer,
}

/// What a list consists of that comes in several lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Listing {
    #[default]
    Nothing,
    /// The answer to EHLO.
    Ehlo,
    /// The answer to CAPA.
    Capa,
}

/// What was heard.
#[derive(Debug, Default)]
pub(in crate::workstation) struct Heard {
    conn: Option<ConnId>,
    protocol: Option<Protocol>,
    /// The line that has no end yet.
    line: String,
    announced: Vec<Box<str>>,
    listing: Listing,
    waits: Waits,
    /// CAPA was the last command typed.
    capa: bool,
}

impl Heard {
    /// A server has said this on `conn`. `folder` is told of each folder it names.
    pub(in crate::workstation) fn hear(&mut self, conn: ConnId, text: &str, mut folder: impl FnMut(&str)) {
        if self.conn != Some(conn) {
            *self = Heard { conn: Some(conn), ..Heard::default() };
        }
        let mut lines = text.split('\n');
        let last = lines.next_back().unwrap_or_default();
        for line in lines {
            let begun = std::mem::take(&mut self.line);
            if begun.is_empty() {
                self.line(line, &mut folder)
            } else {
                self.line(&(begun + line), &mut folder)
            }
        }
        let room = LINE.saturating_sub(self.line.len()).min(last.len());
        let end = (0..=room).rev().find(|at| last.is_char_boundary(*at)).unwrap_or(0);
        self.line.push_str(last.get(..end).unwrap_or_default());
    }

    /// This was typed to the server.
    pub(in crate::workstation) fn typed(&mut self, text: &[u8]) {
        self.capa = text.trim_ascii().eq_ignore_ascii_case(b"CAPA");
        let empty = || text.split(|b| *b == b'\n').any(|line| line.trim_ascii().is_empty());
        match self.waits {
            Waits::Answer => self.waits = Waits::Command,
            Waits::Header if empty() => self.waits = Waits::Text,
            _ => {}
        }
    }

    fn line(&mut self, line: &str, folder: &mut impl FnMut(&str)) {
        let Some(protocol) = self.protocol.or_else(|| protocol_of(line)) else { return };
        self.protocol = Some(protocol);
        match protocol {
            Protocol::Smtp => self.smtp(line),
            Protocol::Pop3 => self.pop3(line),
            Protocol::Imap => self.imap(line, folder),
        }
    }

    fn smtp(&mut self, line: &str) {
        self.waits = match line.get(..3) {
            Some("354") => Waits::Header,
            Some("334") => Waits::Answer,
            _ => Waits::Command,
        };
        // Of the answers to commands only EHLO's has several lines that begin with 250 (RFC 5321 section 4.1.1.1).
        let (more, keyword) = match (line.strip_prefix("250-"), line.strip_prefix("250 ")) {
            (Some(keyword), _) => (true, keyword),
            (_, Some(keyword)) => (false, keyword),
            _ => return self.listing = Listing::Nothing,
        };
        if self.listing == Listing::Ehlo {
            self.announce(keyword);
        } else if more {
            self.announced.clear();
        }
        self.listing = if more { Listing::Ehlo } else { Listing::Nothing };
    }

    fn pop3(&mut self, line: &str) {
        self.waits = if line == "+" || line.starts_with("+ ") { Waits::Answer } else { Waits::Command };
        match self.listing {
            Listing::Capa if line == "." => self.listing = Listing::Nothing,
            Listing::Capa => self.announce(line),
            _ if self.capa && line.starts_with("+OK") => {
                self.announced.clear();
                self.listing = Listing::Capa;
            }
            _ => {}
        }
        self.capa = false;
    }

    fn imap(&mut self, line: &str, folder: &mut impl FnMut(&str)) {
        self.waits = if line == "+" || line.starts_with("+ ") { Waits::Answer } else { Waits::Command };
        let code = line.find("[CAPABILITY ").and_then(|at| line.get(at + 12..));
        let code = code.and_then(|rest| rest.split_once(']')).map(|(words, _)| words);
        if let Some(words) = line.strip_prefix("* CAPABILITY ").or(code) {
            self.announced.clear();
            words.split_whitespace().for_each(|word| self.announce(word));
        }
        // * LIST (\HasNoChildren) "." "Sent Items": attributes, separator, name (RFC 3501 section 7.2.2).
        let list = line.strip_prefix("* LIST (").or_else(|| line.strip_prefix("* LSUB ("));
        if let Some((_, rest)) = list.and_then(|l| l.split_once(") "))
            && let Some((_, name)) = rest.split_once(' ')
            && !name.is_empty()
            && !name.starts_with('{')
        {
            folder(name);
        }
    }

    fn announce(&mut self, what: &str) {
        if self.announced.len() < ANNOUNCED && !what.is_empty() {
            self.announced.push(what.into());
        }
    }

    /// The protocol; `None` before the server has said anything.
    pub(super) fn protocol(&self) -> Option<Protocol> {
        self.protocol
    }

    /// Does it wait for text rather than for a command: an answer to its question, a letter's text?
    pub(super) fn waits_for_text(&self) -> bool {
        matches!(self.waits, Waits::Answer | Waits::Text)
    }

    /// Does it read a letter's header?
    pub(super) fn takes_header(&self) -> bool {
        self.waits == Waits::Header
    }

    /// The parameters of a capability, if it was announced.
    pub(super) fn announced(&self, keyword: &str) -> Option<&str> {
        self.announced.iter().find_map(|line| {
            let (name, rest) = line.split_once([' ', '=']).unwrap_or((line, ""));
            name.eq_ignore_ascii_case(keyword).then_some(rest)
        })
    }

    /// All that was announced.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.announced.iter().map(|line| &**line)
    }
}

/// What speaks like that.
fn protocol_of(line: &str) -> Option<Protocol> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line.as_bytes().get(digits);
    if digits == 3 && matches!(after, Some(b' ' | b'-') | None) {
        Some(Protocol::Smtp)
    } else if line.starts_with("+OK") || line.starts_with("-ERR") {
        Some(Protocol::Pop3)
    } else if line.starts_with("* ")
        || line.split(' ').nth(1).is_some_and(|w| matches!(w, "OK" | "NO" | "BAD"))
    {
        Some(Protocol::Imap)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_understood_in_any_chunking() {
        let said = "220 mail.example.org ESMTP\n250-mail.example.org\n250-SIZE 1000\n250 AUTH PLAIN LOGIN\n250 2.1.0 Ok\n354 go on\n";
        for size in 1..=said.len() {
            let mut heard = Heard::default();
            for chunk in said.as_bytes().chunks(size) {
                heard.hear(ConnId(1), std::str::from_utf8(chunk).unwrap(), |_| {});
            }
            assert_eq!(heard.protocol(), Some(Protocol::Smtp));
            assert_eq!(heard.all().collect::<Vec<_>>(), ["SIZE 1000", "AUTH PLAIN LOGIN"], "by {size}");
            assert_eq!(heard.announced("auth"), Some("PLAIN LOGIN"));
            assert!(heard.takes_header());
            heard.typed(b"Subject: Hi");
            assert!(heard.takes_header() && !heard.waits_for_text());
            heard.typed(b"");
            assert!(!heard.takes_header() && heard.waits_for_text());
        }
    }

    #[test]
    fn what_pop3_and_imap_can_do_and_which_folders_there_are() {
        let mut heard = Heard::default();
        heard.hear(ConnId(1), "+OK ready\n", |_| {});
        heard.typed(b"capa");
        heard.hear(ConnId(1), "+OK\nTOP\nSASL PLAIN\n.\n+OK 2 messages\n1 100\n.\n", |_| {});
        assert_eq!(heard.all().collect::<Vec<_>>(), ["TOP", "SASL PLAIN"]);
        let mut folders = Vec::new();
        heard.hear(
            ConnId(2),
            "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\n* LIST (\\HasNoChildren) \".\" \"Sent Items\"\n* LSUB () NIL INBOX\na OK\n+ \n",
            |name| folders.push(name.to_owned()),
        );
        assert_eq!(heard.protocol(), Some(Protocol::Imap));
        assert_eq!(heard.all().collect::<Vec<_>>(), ["IMAP4rev1", "AUTH=PLAIN"]);
        assert_eq!(folders, ["\"Sent Items\"", "INBOX"]);
        assert!(heard.waits_for_text());
        heard.typed(b"AGFubmEAdHVscGU=");
        assert!(!heard.waits_for_text());
    }

    #[test]
    fn one_line_without_end_is_bounded() {
        let mut heard = Heard::default();
        (0..100).for_each(|_| heard.hear(ConnId(1), &"ü".repeat(1000), |_| {}));
        assert!(heard.line.len() <= LINE);
        assert_eq!(heard.protocol(), None);
    }
}
