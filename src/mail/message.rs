//! A message on its way: its octets, and which host put which lines on top.

use super::{Fields, text_body};
use crate::units::Bytes;
use serde::{Deserialize, Serialize};

/// Lines that a host put on top of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The host that wrote them.
    pub host: String,
    /// How many octets they are.
    pub octets: usize,
}

/// A message with its trace: everything below the marked lines was handed over by the sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The whole message with CRLF line ends, the marked lines first.
    pub octets: Bytes,
    /// Who put what on top, the topmost first.
    pub marks: Vec<Mark>,
}

impl Message {
    /// A message as a sender handed it over.
    pub fn new(octets: impl Into<Bytes>) -> Message {
        Message { octets: octets.into(), marks: Vec::new() }
    }

    /// The message with `lines` (each ending in CRLF) put on top by `host`.
    pub fn stamped(&self, host: &str, lines: &str) -> Message {
        let mut octets = lines.as_bytes().to_vec();
        octets.extend_from_slice(&self.octets);
        let mut marks = vec![Mark { host: host.to_owned(), octets: lines.len() }];
        marks.extend_from_slice(&self.marks);
        Message { octets: octets.into(), marks }
    }

    /// Its header fields, and where its body is.
    pub fn fields(&self) -> Fields {
        Fields::parse(&self.octets)
    }

    /// Its text as a person reads it.
    pub fn text(&self) -> String {
        text_body(&self.octets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_host_puts_on_top_stands_above_what_the_sender_wrote() {
        let sent = Message::new("Received: from faked.tester.tld\r\nSubject: Ein Test\r\n\r\nText\r\n");
        let there = sent.stamped("mail.example.tld", "Received: from m198p010 (HELO tester.tld)\r\n");
        let received: Vec<String> = there.fields().all("Received").map(|f| f.value.clone()).collect();
        assert_eq!(received, ["from m198p010 (HELO tester.tld)", "from faked.tester.tld"]);
        assert_eq!(there.marks, [Mark { host: "mail.example.tld".to_owned(), octets: 43 }]);
        assert_eq!(there.text(), "Text\r\n");
        assert_eq!(there.octets.get(43..), Some(&sent.octets[..]));
    }
}
