//! The transcript as text, for reading, printing and lab reports: everything with its event's number and time, once. The
//! wire stands as `C:` and `S:` lines.

use super::{WireLine, WireLines};
use crate::event::{Entry, Event, Side};
use crate::explain::Explainer;
use crate::mail::Message;
use crate::units::{Bytes, ConnId, EventNo, TermId, Time, Zone, show, visible};
use std::collections::{BTreeMap, VecDeque};
use std::fmt::{Display, Write as _};

/// The most lines of a message or of a terminal's output at once that are shown.
const SHOWN: usize = 200;
/// The blanks before lines that go on, as wide as number and time.
const MARGIN: usize = 17;
/// How many lines of a server are remembered, to know them again on the terminal.
const ECHO: usize = 1000;

/// The entries as text in the explainer's language, times those of the zone.
///
/// Connections show as `(1)` with the lines that travelled, terminals as `1>` with what was typed and `1|` with what was
/// printed; what is on the wire is not repeated at the terminal. What an answer means stands below it, everything else
/// is a sentence. Lines of the wire stand where they were complete.
pub fn text(entries: &[Entry], explainer: &Explainer, zone: impl Into<Zone>) -> String {
    let zone = zone.into();
    let mut lines = TextLines::new(explainer, zone);
    lines.page.text += &explainer.transcript_title(entries.len(), &written(entries, zone));
    lines.page.text.push('\n');
    entries.iter().for_each(|entry| lines.add(entry));
    lines.finish()
}

/// How far the zone is from UTC while this happens: `+0200`, or `+0200, +0100` where the clock is put back meanwhile.
fn written(entries: &[Entry], zone: Zone) -> String {
    let at = |entry: Option<&Entry>| zone.at(entry.map_or(Time(0), |e| e.at)).hhmm();
    let (first, last) = (at(entries.first()), at(entries.last()));
    if first == last { first } else { format!("{first}, {last}") }
}

/// The same for a transcript that is being written, without the title.
pub struct TextLines<'a> {
    page: Page,
    wire: WireLines,
    explainer: &'a Explainer,
}

impl<'a> TextLines<'a> {
    /// Before the first entry.
    pub fn new(explainer: &'a Explainer, zone: Zone) -> TextLines<'a> {
        let page = Page {
            text: String::new(),
            zone,
            head: (EventNo(0), Time(0), String::new()),
            hosts: BTreeMap::new(),
            typed: None,
            meant: None,
            echo: BTreeMap::new(),
        };
        TextLines { page, wire: WireLines::new(), explainer }
    }

    /// The lines that an entry completes; it may be none.
    pub fn push(&mut self, entry: &Entry) -> String {
        self.add(entry);
        std::mem::take(&mut self.page.text)
    }

    /// After the last entry: the lines on the wire that were never completed.
    pub fn finish(mut self) -> String {
        self.page.typed();
        self.wire.finish().iter().for_each(|l| self.page.wire(l));
        self.page.meant();
        self.page.text
    }

    fn add(&mut self, entry: &Entry) {
        let lines = self.wire.push(entry);
        self.page.before(entry, &lines);
        lines.iter().for_each(|l| self.page.wire(l));
        self.page.entry(entry, self.explainer);
    }
}

/// Something that waits for the line it belongs to.
struct Held {
    n: EventNo,
    at: Time,
    conn: Option<ConnId>,
    text: String,
}

struct Page {
    text: String,
    zone: Zone,
    /// Number and time of an event, and both as they were written last: an event may have many lines.
    head: (EventNo, Time, String),
    /// Who opened and who listened, for each connection.
    hosts: BTreeMap<ConnId, (String, String)>,
    /// What was typed last: it may be seen on its connection next, or be run as a program.
    typed: Option<(TermId, Held)>,
    /// What the answer means that comes next.
    meant: Option<Held>,
    /// What servers have said and no terminal has shown yet.
    echo: BTreeMap<ConnId, VecDeque<String>>,
}

impl Page {
    /// Writes what waited and does not belong to this entry.
    fn before(&mut self, entry: &Entry, lines: &[WireLine]) {
        if let Some((_, held)) = &self.typed {
            let travels = matches!(&entry.event, Event::Wire { conn, from: Side::Client, .. } if held.conn == Some(*conn));
            match &entry.event {
                _ if travels && lines.iter().any(|l| l.text == held.text) => self.typed = None,
                _ => self.typed(),
            }
        }
        let answers = matches!(&entry.event, Event::Wire { conn, from: Side::Server, .. }
            if self.meant.as_ref().is_some_and(|held| held.conn == Some(*conn)));
        if !answers {
            self.meant();
        }
    }

    fn entry(&mut self, entry: &Entry, explainer: &Explainer) {
        let (n, at) = (entry.n, entry.at);
        let meant = |conn: &ConnId, text| Some(Held { n, at, conn: Some(*conn), text });
        match &entry.event {
            Event::Typed { term, text, conn } => {
                self.typed = Some((*term, Held { n, at, conn: *conn, text: visible(text) }));
            }
            Event::Printed { term, text, conn } => self.printed(entry, *term, text, *conn),
            // The program's name and arguments are what was typed, as a rule.
            Event::Ran { argv, .. } if self.text.trim_end().ends_with(&format!("> {}", argv.join(" "))) => {}
            // The lines stand where they were complete.
            Event::Wire { .. } => self.meant(),
            Event::Smtp { conn, exchange } => {
                self.meant = meant(conn, explainer.explain_smtp(exchange).text);
            }
            Event::Pop3 { conn, exchange } => {
                self.meant = meant(conn, explainer.explain_pop3(exchange).text);
            }
            Event::Imap { conn, exchange } => {
                self.meant = meant(conn, explainer.explain_imap(exchange).text);
            }
            Event::Connected { conn, from, to } => {
                let name = |host: &str| visible(host.as_bytes());
                self.hosts.insert(*conn, (name(&from.host), name(&to.host)));
                self.line(n, at, &explainer.describe(&entry.event, self.zone));
            }
            Event::TimePassed { to } => self.line(n, *to, &explainer.describe(&entry.event, self.zone)),
            Event::Present { message, .. } | Event::Delivered { message, .. } => {
                self.line(n, at, &explainer.describe(&entry.event, self.zone));
                self.message(message);
            }
            Event::Sender { what, .. } => {
                self.line(n, at, &explainer.describe(&entry.event, self.zone));
                for step in explainer.explain_sender(what).notes {
                    self.block(None, "- ", step.as_bytes());
                }
            }
            Event::Closed { conn, .. } => {
                // Its last lines came before this.
                self.echo.remove(conn);
                self.hosts.remove(conn);
                self.line(n, at, &explainer.describe(&entry.event, self.zone));
            }
            event => {
                self.line(n, at, &explainer.describe(event, self.zone));
            }
        }
    }

    /// What a terminal shows, without what has just been seen on the wire and without the shell's prompt.
    fn printed(&mut self, entry: &Entry, term: TermId, text: &str, conn: Option<ConnId>) {
        let mut echo = conn.and_then(|conn| self.echo.remove(&conn)).unwrap_or_default();
        let mut rest = String::new();
        for line in text.split_inclusive('\n') {
            let shown = visible(line.trim_end_matches(['\r', '\n']).as_bytes());
            let prompt = !line.ends_with('\n') && line.ends_with("$ ");
            match echo.iter().position(|said| *said == shown) {
                Some(place) => drop(echo.drain(..=place)),
                None if prompt => {}
                None => rest.push_str(line),
            }
        }
        if let Some(conn) = conn.filter(|_| !echo.is_empty()) {
            self.echo.insert(conn, echo);
        }
        if !rest.is_empty() {
            self.block(Some((entry.n, entry.at)), &format!("{term}| "), rest.as_bytes());
        }
    }

    fn wire(&mut self, line: &WireLine) {
        if line.from == Side::Server {
            let echo = self.echo.entry(line.conn).or_default();
            echo.push_back(line.text.clone());
            if echo.len() > ECHO {
                echo.pop_front();
            }
        }
        let (client, server) = self.hosts.get(&line.conn).map_or(("?", "?"), |(c, s)| (c, s));
        let host = match line.from {
            Side::Client => client,
            Side::Server => server,
        };
        stamp(&mut self.text, &mut self.head, self.zone, (line.n, line.at));
        // Both can be seen already.
        put(&mut self.text, format_args!("({}) {host} {line}\n", line.conn));
    }

    /// Writes what was typed and is seen nowhere else.
    fn typed(&mut self) {
        if let Some((term, held)) = self.typed.take() {
            self.line(held.n, held.at, &format!("{term}> {}", held.text));
        }
    }

    /// Writes what an answer means, further to the right than the answer.
    fn meant(&mut self) {
        if let Some(held) = self.meant.take() {
            self.line(held.n, held.at, &format!("       {}", held.text));
        }
    }

    fn line(&mut self, n: EventNo, at: Time, text: &str) {
        stamp(&mut self.text, &mut self.head, self.zone, (n, at));
        show(text.as_bytes(), &mut self.text);
        self.text.push('\n');
    }

    fn message(&mut self, message: &Message) {
        let Bytes(octets) = &message.octets;
        self.block(None, "| ", octets);
    }

    /// Text of several lines, the first with number and time where it has them.
    fn block(&mut self, first: Option<(EventNo, Time)>, mark: &str, octets: &[u8]) {
        let mut margin = MARGIN;
        let mut lines = octets.split_inclusive(|o| *o == b'\n');
        for (place, line) in lines.by_ref().take(SHOWN).enumerate() {
            match first {
                Some(first) if place == 0 => {
                    margin = stamp(&mut self.text, &mut self.head, self.zone, first);
                }
                _ => blanks(&mut self.text, margin),
            }
            self.text.push_str(mark);
            show(
                line.strip_suffix(b"\r\n").or_else(|| line.strip_suffix(b"\n")).unwrap_or(line),
                &mut self.text,
            );
            self.text.push('\n');
        }
        let more = lines.count();
        if more > 0 {
            blanks(&mut self.text, margin);
            put(&mut self.text, format_args!("{mark}[+{more}]\n"));
        }
    }
}

/// Writes an event's number and time; how wide they are.
fn stamp(
    text: &mut String,
    (n, at, head): &mut (EventNo, Time, String),
    zone: Zone,
    of: (EventNo, Time),
) -> usize {
    if (*n, *at) != of || head.is_empty() {
        (*n, *at) = of;
        let c = at.civil(zone.at(*at));
        *head = format!("{:>6} {:02}:{:02}:{:02}  ", format!("#{n}"), c.hour(), c.minute(), c.second());
    }
    text.push_str(head);
    head.len()
}

fn blanks(text: &mut String, count: usize) {
    text.extend(std::iter::repeat_n(' ', count));
}

fn put(text: &mut String, what: impl Display) {
    // A string takes all that is written to it.
    let _ = write!(text, "{what}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{
        CloseReason, Endpoint, PolicyQuestion, PolicyVerdict, Question, Rcode, RecordType, Reply,
        SmtpCommand, SmtpExchange, SmtpReason,
    };
    use crate::rfc::section;
    use crate::units::Offset;
    use crate::units::{InputNo, Lang, MessageId};

    const TEXT: &str = "\
helo transcript, 14 events, times +0200
    #1 10:56:27  1> telnet mail.example.tld 25
    #3 10:56:27  ws.lab.test asks 192.0.2.53 for MX of example.tld: NXDOMAIN
    #4 10:56:27  1| Trying 192.0.2.25...
                 1| \\x1b[2Jlab
    #5 10:56:27  connection 1: ws.lab.test (192.0.2.10) to mail.example.tld (192.0.2.25), port 25
    #6 10:56:27  (1) mail.example.tld S: 220 mail.example.tld ESMTP
    #9 10:56:27  (1) ws.lab.test C: NOOP
    #9 10:56:27  (1) ws.lab.test C: QUIT\\n
   #10 10:56:27  connection 1: Is there a user anna? Yes.
   #11 10:56:27  mail.example.tld puts message 1 into the mailbox noname@example.tld
                 | Subject: x
                 | 
                 | ü\\xff
   #12 10:56:27  1> R
   #13 10:56:27  connection 1 closed. The server closed the connection in good order.
   #14 10:56:27  1| Connection closed.
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
            Event::Ran { term, argv: ["telnet", "mail.example.tld", "25"].map(str::to_owned).to_vec() },
            Event::Dns {
                asker: "ws.lab.test".into(),
                server: "192.0.2.53".parse().unwrap(),
                question: Question { name: "example.tld".into(), qtype: RecordType::Mx },
                outcome: Ok(Rcode::NxDomain),
                answers: vec![],
            },
            Event::Printed { term, text: "Trying 192.0.2.25...\n\x1b[2Jlab\nlab@ws:~$ ".into(), conn: None },
            Event::Connected {
                conn,
                from: endpoint("ws.lab.test", "192.0.2.10", 49152),
                to: endpoint("mail.example.tld", "192.0.2.25", 25),
            },
            wire(Side::Server, "220 mail.example.tld ESMTP\r\n"),
            Event::Printed { term, text: "220 mail.example.tld ESMTP\n".into(), conn: Some(conn) },
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
            // A letter to s_client itself travels nowhere.
            Event::Typed { term, text: "R".into(), conn: Some(conn) },
            Event::Closed { conn, by: Side::Server, why: CloseReason::Closed },
            Event::Printed { term, text: "Connection closed.\nlab@ws:~$ ".into(), conn: None },
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
        assert!(german.starts_with("helo-Protokoll, 14 Ereignisse, Zeiten +0200\n"), "{german}");
        assert_eq!(german.lines().count(), TEXT.lines().count());
    }

    #[test]
    fn a_line_that_travels_stands_once_and_its_meaning_below_the_answer() {
        let (term, conn) = (TermId(1), ConnId(7));
        let exchange = SmtpExchange {
            command: SmtpCommand::Quit,
            line: "QUIT".into(),
            reply: Reply { code: 221, enhanced: None, lines: vec!["a".to_owned(), "Bye".to_owned()] },
            reason: SmtpReason::Closing,
            span: None,
            tolerated: Vec::new(),
            rule: section(5321, "4.1.1.10"),
            transaction: 0,
        };
        let meaning = Explainer::new(Lang::En).explain_smtp(&exchange).text;
        let events = [
            Event::Typed { term, text: "QUIT".into(), conn: Some(conn) },
            Event::Wire { conn, from: Side::Client, octets: "QUIT\r\n".into(), tls: true },
            Event::Smtp { conn, exchange },
            Event::Wire { conn, from: Side::Server, octets: "221-a\r\n221 Bye\r\n".into(), tls: true },
            Event::Printed { term, text: "221-a\n221 Bye\nlab@ws:~$ ".into(), conn: Some(conn) },
        ];
        let entry = |(n, event): (usize, &Event)| Entry {
            n: EventNo(n as u64 + 1),
            at: Time(0),
            input: InputNo(1),
            event: event.clone(),
        };
        let entries: Vec<Entry> = events.iter().enumerate().map(entry).collect();
        let text = text(&entries, &Explainer::new(Lang::En), Offset(0));
        let lines: Vec<&str> = text.lines().skip(1).map(|l| l.get(MARGIN..).unwrap_or_default()).collect();
        assert_eq!(
            lines,
            ["(7) ? C: QUIT", "(7) ? S: 221-a", "(7) ? S: 221 Bye", &format!("       {meaning}")]
        );
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
