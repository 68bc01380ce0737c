//! An open maildrop: the messages a session sees, with its marks of deletion. What it shows is fixed from the login to
//! the end, numbers and sizes too (RFC 1939 sections 3, 4 and 11).

use crate::proto::MaildropMessage;
use crate::proto::line::{all_crlf, dot_stuffed};
use crate::units::MessageId;
use std::sync::Arc;

/// The maildrop of one session.
#[derive(Debug)]
pub(super) struct Maildrop {
    messages: Vec<Entry>,
}

/// One message in it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: MessageId,
    pub(super) uidl: String,
    /// As it is sent, before dot-stuffing: its size is what LIST says.
    octets: Arc<[u8]>,
    deleted: bool,
}

/// Why a number names no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotThere {
    NoSuchNumber,
    Deleted,
}

impl Maildrop {
    pub(super) fn new(messages: Vec<MaildropMessage>) -> Maildrop {
        let entry = |m: MaildropMessage| Entry {
            id: m.id,
            uidl: m.uidl,
            octets: if m.crlf { m.octets } else { with_crlf(m.octets) },
            deleted: false,
        };
        Maildrop { messages: messages.into_iter().map(entry).collect() }
    }

    /// How many messages there were at the login, the deleted ones counted.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.messages.len()).unwrap_or(u32::MAX)
    }

    /// The message of this number, unless it is marked.
    pub(super) fn get(&self, number: u32) -> Result<&Entry, NotThere> {
        let index = usize::try_from(number).unwrap_or(usize::MAX).checked_sub(1);
        let entry = index.and_then(|i| self.messages.get(i)).ok_or(NotThere::NoSuchNumber)?;
        if entry.deleted { Err(NotThere::Deleted) } else { Ok(entry) }
    }

    /// Marks the message of this number.
    pub(super) fn mark(&mut self, number: u32) {
        let index = usize::try_from(number).unwrap_or(usize::MAX).wrapping_sub(1);
        if let Some(entry) = self.messages.get_mut(index) {
            entry.deleted = true;
        }
    }

    /// Takes all marks away.
    pub(super) fn unmark_all(&mut self) {
        for entry in &mut self.messages {
            entry.deleted = false;
        }
    }

    /// What is not marked, with its numbers.
    pub(super) fn left(&self) -> impl Iterator<Item = (usize, &Entry)> {
        (1..).zip(&self.messages).filter(|(_, m)| !m.deleted)
    }

    /// How many octets are not marked.
    pub(super) fn octets(&self) -> usize {
        self.left().map(|(_, m)| m.size()).sum()
    }

    /// The messages that are marked.
    pub(super) fn marked(&self) -> Vec<MessageId> {
        self.messages.iter().filter(|m| m.deleted).map(|m| m.id).collect()
    }
}

impl Entry {
    /// Its size in octets (RFC 1939 section 11).
    pub(super) fn size(&self) -> usize {
        self.octets.len()
    }

    /// The whole message, as RETR sends it.
    pub(super) fn stuffed(&self) -> Vec<u8> {
        dot_stuffed(&self.octets)
    }

    /// The header, the empty line and `lines` lines of the body, as TOP sends them.
    pub(super) fn top(&self, lines: u32) -> Vec<u8> {
        let mut left = usize::try_from(lines).unwrap_or(usize::MAX);
        let (mut in_body, mut end) = (false, 0);
        for line in self.octets.split_inclusive(|b| *b == b'\n') {
            if in_body {
                if left == 0 {
                    break;
                }
                left -= 1;
            }
            in_body |= line == b"\r\n";
            end += line.len();
        }
        dot_stuffed(self.octets.get(..end).unwrap_or_default())
    }
}

/// The octets with CRLF at the end of every line, the last one too, as servers send what lies on their disks.
fn with_crlf(octets: Arc<[u8]>) -> Arc<[u8]> {
    if all_crlf(&octets) {
        return octets;
    }
    let mut out = Vec::with_capacity(octets.len() + 16);
    for line in octets.split_inclusive(|b| *b == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        out.extend_from_slice(text.strip_suffix(b"\r").unwrap_or(text));
        out.extend_from_slice(b"\r\n");
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drop_of(octets: &str) -> Maildrop {
        let octets = octets.as_bytes().into();
        Maildrop::new(vec![MaildropMessage { id: MessageId(7), uidl: "u".to_owned(), octets, crlf: false }])
    }

    #[test]
    fn what_retr_sends_and_what_list_counts() {
        for (stored, sent, size) in [
            ("A: 1\r\n\r\nx\r\n", "A: 1\r\n\r\nx\r\n", 11),
            ("A: 1\r\n\r\n.\r\n..\r\n", "A: 1\r\n\r\n..\r\n...\r\n", 15),
            ("A: 1\n\n.x\n", "A: 1\r\n\r\n..x\r\n", 12),
            ("A: 1\r\n\r\nx", "A: 1\r\n\r\nx\r\n", 11),
            ("x\ry\r\n", "x\ry\r\n", 5),
            ("x\r", "x\r\n", 3),
            (".", "..\r\n", 3),
            ("", "", 0),
        ] {
            let maildrop = drop_of(stored);
            let entry = maildrop.get(1).unwrap();
            assert_eq!(String::from_utf8(entry.stuffed()).unwrap(), sent, "{stored:?}");
            assert_eq!(entry.size(), size, "{stored:?}");
        }
    }

    #[test]
    fn what_top_sends() {
        let stored = "A: 1\r\nB: 2\r\n\r\n.one\r\n\r\nthree\r\n";
        for (lines, sent) in [
            (0, "A: 1\r\nB: 2\r\n\r\n"),
            (1, "A: 1\r\nB: 2\r\n\r\n..one\r\n"),
            (2, "A: 1\r\nB: 2\r\n\r\n..one\r\n\r\n"),
            (3, "A: 1\r\nB: 2\r\n\r\n..one\r\n\r\nthree\r\n"),
            (u32::MAX, "A: 1\r\nB: 2\r\n\r\n..one\r\n\r\nthree\r\n"),
        ] {
            let maildrop = drop_of(stored);
            assert_eq!(String::from_utf8(maildrop.get(1).unwrap().top(lines)).unwrap(), sent, "{lines}");
        }
        assert_eq!(drop_of("A: 1\r\n").get(1).unwrap().top(0), b"A: 1\r\n");
    }

    #[test]
    fn numbers_that_name_no_message() {
        let mut maildrop = drop_of("x\r\n");
        assert_eq!(maildrop.get(0).err(), Some(NotThere::NoSuchNumber));
        assert_eq!(maildrop.get(2).err(), Some(NotThere::NoSuchNumber));
        assert_eq!(maildrop.get(u32::MAX).err(), Some(NotThere::NoSuchNumber));
        maildrop.mark(1);
        assert_eq!(maildrop.get(1).err(), Some(NotThere::Deleted));
        maildrop.unmark_all();
        assert_eq!(maildrop.get(1).unwrap().id, MessageId(7));
    }
}
