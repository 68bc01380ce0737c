//! The transcript as text, for reading, printing and lab reports: every event with its number and time, the wire as
//! `C:` and `S:` lines with the name of the host that sent them.

use super::{WireLine, WireLines};
use crate::event::{Entry, Event, Side};
use crate::explain::Explainer;
use crate::mail::Message;
use crate::units::{Bytes, ConnId, EventNo, Offset, Time, visible};
use std::collections::BTreeMap;

/// The most lines of a message or of a terminal's output at once that are shown.
const SHOWN: usize = 200;

/// The entries as text in the explainer's language, times those of the zone `offset`.
///
/// Terminals show as `1>` with what was typed and `1|` with what was printed, connections as `(1)` with the lines
/// that travelled; everything else is a sentence. Lines of the wire stand where they were complete.
pub fn text(entries: &[Entry], explainer: &Explainer, offset: Offset) -> String {
    let mut lines = TextLines::new(explainer, offset);
    lines.page.text += &explainer.transcript_title(entries.len(), &offset.hhmm());
    lines.page.text.push('\n');
    entries.iter().for_each(|entry| lines.add(entry));
    lines.finish()
}

/// The same for a transcript that is being written, without the title.
pub struct TextLines<'a> {
    page: Page,
    wire: WireLines,
    explainer: &'a Explainer,
}

impl<'a> TextLines<'a> {
    /// Before the first entry.
    pub fn new(explainer: &'a Explainer, offset: Offset) -> TextLines<'a> {
        let page = Page { text: String::new(), offset, hosts: BTreeMap::new() };
        TextLines { page, wire: WireLines::new(), explainer }
    }

    /// The lines that an entry completes; it may be none.
    pub fn push(&mut self, entry: &Entry) -> String {
        self.add(entry);
        std::mem::take(&mut self.page.text)
    }

    /// After the last entry: the lines on the wire that were never completed.
    pub fn finish(mut self) -> String {
        self.wire.finish().iter().for_each(|l| self.page.wire(l));
        self.page.text
    }

    fn add(&mut self, entry: &Entry) {
        self.wire.push(entry).iter().for_each(|l| self.page.wire(l));
        self.page.entry(entry, self.explainer);
    }
}

struct Page {
    text: String,
    offset: Offset,
    /// Who opened and who listened, for each connection.
    hosts: BTreeMap<ConnId, (String, String)>,
}

impl Page {
    fn entry(&mut self, entry: &Entry, explainer: &Explainer) {
        let (n, at) = (entry.n, entry.at);
        match &entry.event {
            Event::Typed { term, text, .. } => self.line(n, at, &format!("{term}> {}", visible(text))),
            Event::Printed { term, text, .. } => self.lines(n, at, &format!("{term}| "), text.as_bytes()),
            // The lines stand where they were complete.
            Event::Wire { .. } => {}
            Event::Connected { conn, from, to } => {
                self.hosts.insert(*conn, (from.host.clone(), to.host.clone()));
                self.line(n, at, &explainer.describe(&entry.event, self.offset));
            }
            Event::TimePassed { to } => self.line(n, *to, &explainer.describe(&entry.event, self.offset)),
            Event::Present { message, .. } | Event::Delivered { message, .. } => {
                self.line(n, at, &explainer.describe(&entry.event, self.offset));
                self.message(message);
            }
            Event::Sender { what, .. } => {
                self.line(n, at, &explainer.describe(&entry.event, self.offset));
                for step in explainer.explain_sender(what).notes {
                    self.block(&" ".repeat(21), "- ", step.as_bytes());
                }
            }
            event => self.line(n, at, &explainer.describe(event, self.offset)),
        }
    }

    fn wire(&mut self, line: &WireLine) {
        let (client, server) = self.hosts.get(&line.conn).map_or(("?", "?"), |(c, s)| (c, s));
        let host = match line.from {
            Side::Client => client,
            Side::Server => server,
        };
        self.line(line.n, line.at, &format!("({}) {host} {line}", line.conn));
    }

    fn line(&mut self, n: EventNo, at: Time, text: &str) {
        let (head, text) = (self.head(n, at), visible(text.as_bytes()));
        self.text += &format!("{head}{text}\n");
    }

    /// Number and time, as wide as the blanks before lines that go on.
    fn head(&self, n: EventNo, at: Time) -> String {
        let c = at.civil(self.offset);
        let milliseconds = c.subsec_nanosecond() / 1_000_000;
        format!(
            "{:>6} {:02}:{:02}:{:02}.{milliseconds:03}  ",
            format!("#{n}"),
            c.hour(),
            c.minute(),
            c.second()
        )
    }

    /// Text of several lines, the first with number and time.
    fn lines(&mut self, n: EventNo, at: Time, mark: &str, octets: &[u8]) {
        let head = self.head(n, at);
        self.block(&head, mark, octets);
    }

    fn message(&mut self, message: &Message) {
        let Bytes(octets) = &message.octets;
        self.block(&" ".repeat(21), "| ", octets);
    }

    fn block(&mut self, head: &str, mark: &str, octets: &[u8]) {
        let mut head = head.to_owned();
        let mut lines = octets.split_inclusive(|o| *o == b'\n');
        for line in lines.by_ref().take(SHOWN) {
            let line = line.strip_suffix(b"\r\n").or_else(|| line.strip_suffix(b"\n")).unwrap_or(line);
            self.text += &format!("{head}{mark}{}\n", visible(line));
            head = " ".repeat(head.chars().count());
        }
        let more = lines.count();
        if more > 0 {
            self.text += &format!("{head}{mark}[+{more}]\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{CloseReason, Endpoint, PolicyQuestion, PolicyVerdict, Question, Rcode, RecordType};
    use crate::units::{InputNo, Lang, MessageId, TermId};

    const TEXT: &str = "\
helo transcript, 10 events, times +0200
    #1 10:56:27.000  1> telnet mail.example.tld 25
    #2 10:56:27.000  ws.lab.test asks 192.0.2.53 for MX of example.tld: NXDOMAIN
    #3 10:56:27.000  1| Trying 192.0.2.25...
                     1| \\x1b[2Jlab@ws:~$ 
    #4 10:56:27.000  connection 1: ws.lab.test (192.0.2.10) to mail.example.tld (192.0.2.25), port 25
    #5 10:56:27.000  (1) mail.example.tld S: 220 mail.example.tld ESMTP
    #7 10:56:27.000  (1) ws.lab.test C: NOOP
    #7 10:56:27.000  (1) ws.lab.test C: QUIT\\n
    #8 10:56:27.000  connection 1: Is there a user anna? Yes.
    #9 10:56:27.000  mail.example.tld puts message 1 into the mailbox noname@example.tld
                     | Subject: x
                     | 
                     | ü\\xff
   #10 10:56:27.000  connection 1 closed. The server closed the connection in good order.
";

    fn endpoint(host: &str, ip: &str, port: u16) -> Endpoint {
        Endpoint { host: host.into(), ip: ip.parse().unwrap(), port }
    }

    #[test]
    fn a_transcript_to_read() {
        let (term, conn) = (TermId(1), ConnId(1));
        let wire = |from, octets: &str| Event::Wire { conn, from, octets: octets.into(), tls: false };
        let events = [
            Event::Typed { term, text: "telnet mail.example.tld 25".into(), conn: None },
            Event::Dns {
                asker: "ws.lab.test".into(),
                server: "192.0.2.53".parse().unwrap(),
                question: Question { name: "example.tld".into(), qtype: RecordType::Mx },
                outcome: Ok(Rcode::NxDomain),
                answers: vec![],
            },
            Event::Printed { term, text: "Trying 192.0.2.25...\n\x1b[2Jlab@ws:~$ ".into(), conn: None },
            Event::Connected {
                conn,
                from: endpoint("ws.lab.test", "192.0.2.10", 49152),
                to: endpoint("mail.example.tld", "192.0.2.25", 25),
            },
            wire(Side::Server, "220 mail.example.tld ESMTP\r\n"),
            wire(Side::Client, "NO"),
            wire(Side::Client, "OP\r\nQUIT\n"),
            Event::Policy {
                conn,
                question: PolicyQuestion::User { what: "anna".into() },
                verdict: PolicyVerdict::Yes,
            },
            Event::Delivered {
                id: MessageId(1),
                host: "mail.example.tld".into(),
                mailbox: "noname@example.tld".into(),
                message: Message::new(&b"Subject: x\r\n\r\n\xc3\xbc\xff\r\n"[..]),
                folder: "INBOX".into(),
            },
            Event::Closed { conn, by: Side::Server, why: CloseReason::Closed },
        ];
        let entry = |(n, event): (usize, &Event)| Entry {
            n: EventNo(n as u64 + 1),
            at: Time(1_404_118_587_000_000),
            input: InputNo(1),
            event: event.clone(),
        };
        let entries: Vec<Entry> = events.iter().enumerate().map(entry).collect();
        assert_eq!(text(&entries, &Explainer::new(Lang::En), Offset(120)), TEXT);
        let german = text(&entries, &Explainer::new(Lang::De), Offset(120));
        assert!(german.starts_with("helo-Protokoll, 10 Ereignisse, Zeiten +0200\n"), "{german}");
        assert_eq!(german.lines().count(), TEXT.lines().count());
    }

    #[test]
    fn long_output_is_cut() {
        let printed = Event::Printed { term: TermId(1), text: "x\n".repeat(300), conn: None };
        let entry = Entry { n: EventNo(1), at: Time(0), input: InputNo(1), event: printed };
        let text = text(&[entry], &Explainer::new(Lang::En), Offset(0));
        assert_eq!(text.lines().count(), 1 + 200 + 1);
        assert!(text.ends_with("1| [+100]\n"), "{text}");
    }
}
