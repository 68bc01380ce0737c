//! The messages of the mailbox as they lie before the reader: the list, the current one, what is to be deleted.

use crate::mail::compose::Correspondent;
use crate::mail::mime::{Inside, Part};
use crate::mail::{Fields, text_body};
use crate::units::{Bytes, Time, Zone};

/// How many lines of the list are shown at once.
const WINDOW: usize = 20;
/// How wide the list is.
const WIDTH: usize = 80;
/// What `type` shows of a header (s-nail's `headerpick type retain`, as Debian sets it).
const PICKED: [&str; 8] =
    ["Date", "From", "To", "Cc", "Subject", "Message-ID", "Mail-Followup-To", "Reply-To"];

/// A message before the reader.
#[derive(Debug)]
pub(super) struct Item {
    octets: Bytes,
    /// It was read before.
    old: bool,
    /// It was read now.
    read: bool,
    deleted: bool,
}

/// The messages.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) items: Vec<Item>,
    /// The current one.
    dot: usize,
    /// Was the current one shown?
    dot_shown: bool,
}

impl Item {
    /// A message as it was fetched.
    pub(super) fn new(octets: Vec<u8>, old: bool) -> Item {
        Item { octets: octets.into(), old, read: false, deleted: false }
    }

    fn sender(&self) -> String {
        let fields = Fields::parse(&self.octets);
        let from = fields.get("From").map(|f| Correspondent::all_in(&f.value)).unwrap_or_default();
        from.first().map(|one| one.address.to_string()).unwrap_or_default()
    }

    fn subject(&self) -> String {
        Fields::parse(&self.octets).get("Subject").map(|f| f.decoded()).unwrap_or_default()
    }
}

impl Desk {
    /// Begins at the first message that is new.
    pub(super) fn new(items: Vec<Item>) -> Desk {
        let dot = items.iter().position(|i| !i.old).unwrap_or(0);
        Desk { items, dot, dot_shown: false }
    }

    /// How many there are, and how many are new: `2 messages 1 new`.
    pub(super) fn summary(&self) -> String {
        let count = self.items.len();
        let new = self.items.iter().filter(|i| !i.old).count();
        let messages = if count == 1 { "1 message".to_owned() } else { format!("{count} messages") };
        if new == 0 { messages } else { format!("{messages} {new} new") }
    }

    /// How many messages there are.
    pub(super) fn count(&self) -> usize {
        self.items.len()
    }

    /// Makes a message the current one.
    pub(super) fn stand_at(&mut self, place: usize) {
        self.dot = place;
    }

    /// The octets of a message.
    pub(super) fn octets(&self, place: usize) -> Option<&[u8]> {
        self.items.get(place).map(|i| &*i.octets)
    }

    /// Those that were read now, or are to be deleted.
    pub(super) fn places(&self, deleted: bool) -> Vec<usize> {
        let wanted = |i: &Item| if deleted { i.deleted } else { i.read && !i.old && !i.deleted };
        self.items.iter().enumerate().filter(|(_, i)| wanted(i)).map(|(place, _)| place).collect()
    }

    /// The lines of the list around the current message.
    pub(super) fn list(&self, zone: Zone, now: Time) -> String {
        let first = self.dot / WINDOW * WINDOW;
        let places = first..self.items.len().min(first + WINDOW);
        places.filter_map(|place| self.entry(place, zone, now)).collect()
    }

    /// The line of one message, nothing where it is deleted.
    pub(super) fn entry(&self, place: usize, zone: Zone, now: Time) -> Option<String> {
        let item = self.items.get(place).filter(|i| !i.deleted)?;
        let mark = if place == self.dot { '▸' } else { ' ' };
        let state = match (item.old, item.read) {
            (false, false) => 'N',
            (true, false) => 'O',
            (_, true) => 'R',
        };
        let (lines, octets) = (item.octets.lossy().lines().count(), item.octets.len());
        let from: String = item.sender().chars().take(18).collect();
        let date = self.date(place, zone, now);
        let head = format!("{mark}{state}{:>3} {from:<18} {date:<16} {lines:>4}/{octets:<5} ", place + 1);
        let room = WIDTH.saturating_sub(head.chars().count());
        let subject: String = item.subject().chars().take(room).collect();
        Some(format!("{head}{subject}").trim_end().to_owned() + "\n")
    }

    /// The message's date; without the time where it is long ago.
    fn date(&self, place: usize, zone: Zone, now: Time) -> String {
        let octets = self.octets(place).unwrap_or_default();
        let value = Fields::parse(octets).get("Date").map(|f| f.value.clone()).unwrap_or_default();
        let Some(at) = parse_date(&value) else { return String::new() };
        let c = at.civil(zone.at(at));
        let day = format!("{:04}-{:02}-{:02}", c.year(), c.month(), c.day());
        let half_a_year = std::time::Duration::from_secs(182 * 86_400);
        if now.since(at) > half_a_year { day } else { format!("{day} {:02}:{:02}", c.hour(), c.minute()) }
    }

    /// A message as it is read; `all` shows its whole header and marks nothing.
    pub(super) fn show(&mut self, place: usize, all: bool) -> String {
        let Some(item) = self.items.get_mut(place) else { return String::new() };
        item.read = true;
        (self.dot, self.dot_shown) = (place, true);
        let octets = &item.octets;
        let lines = octets.lossy().lines().count();
        let mut out = format!("[-- Message {:>2} -- {lines} lines, {} bytes --]:\n", place + 1, octets.len());
        let fields = Fields::parse(octets);
        let picked = |name: &str| all || PICKED.iter().any(|p| p.eq_ignore_ascii_case(name));
        for field in fields.iter().filter(|f| picked(&f.name)) {
            out.push_str(&format!("{}: {}\n", field.name, field.decoded()));
        }
        out.push('\n');
        let part = Part::parse(octets);
        if part.is_multipart() {
            parts(&part, octets, "", &mut out);
        } else {
            out.push_str(&text_body(octets).replace("\r\n", "\n"));
        }
        if !out.ends_with('\n') {
            out.push('\n');
        }
        out.push('\n');
        out
    }

    /// The message after the current one; the current one where it was not shown yet.
    pub(super) fn next(&self) -> Option<usize> {
        let from = if self.dot_shown { self.dot + 1 } else { self.dot };
        (from..self.items.len()).find(|place| self.items.get(*place).is_some_and(|i| !i.deleted))
    }

    /// Deletes messages, or takes that back. The current one is then the next that is there.
    pub(super) fn delete(&mut self, places: &[usize], deleted: bool) {
        for place in places {
            if let Some(item) = self.items.get_mut(*place) {
                item.deleted = deleted;
            }
        }
        let Some(last) = places.last().copied() else { return };
        if !deleted {
            self.dot = last;
            return;
        }
        let there = |place: &usize| self.items.get(*place).is_some_and(|i| !i.deleted);
        let after = (last + 1..self.items.len()).find(there);
        if let Some(place) = after.or_else(|| (0..last).rev().find(there)) {
            (self.dot, self.dot_shown) = (place, false);
        }
    }

    /// The messages that a list of mailx names: numbers, ranges, `.` `$` `*` `^` `+` `-`, `:n`, `/subject`, senders. Nothing is
    /// the current one.
    ///
    /// # Errors
    /// What mailx says of it.
    pub(super) fn select(&self, list: &str) -> Result<Vec<usize>, String> {
        self.select_among(list, false)
    }

    /// The same among the deleted ones.
    pub(super) fn select_deleted(&self, list: &str) -> Result<Vec<usize>, String> {
        self.select_among(list, true)
    }

    fn select_among(&self, list: &str, deleted: bool) -> Result<Vec<usize>, String> {
        if self.items.is_empty() {
            return Err("No applicable messages".to_owned());
        }
        let there = |place: usize| self.items.get(place).is_some_and(|i| i.deleted == deleted);
        let mut found: Vec<usize> = Vec::new();
        if list.trim().is_empty() {
            if deleted {
                found.extend((0..self.items.len()).filter(|place| there(*place)).max());
            } else {
                found.extend(Some(self.dot).filter(|dot| there(*dot)));
            }
        }
        for word in list.split([' ', ',']).filter(|w| !w.is_empty()) {
            let places = self.word(word)?;
            if let ([one], true) = (places.as_slice(), !deleted)
                && !there(*one)
            {
                return Err(format!("{}: inappropriate message", one + 1));
            }
            found.extend(places.into_iter().filter(|place| there(*place)));
        }
        found.sort_unstable();
        found.dedup();
        if found.is_empty() { Err("No applicable messages".to_owned()) } else { Ok(found) }
    }

    fn word(&self, word: &str) -> Result<Vec<usize>, String> {
        let last = self.items.len().saturating_sub(1);
        let number = |text: &str| match text {
            "." => Ok(self.dot),
            "$" => Ok(last),
            "^" => Ok(0),
            text => match text.parse::<usize>().ok().and_then(|n| n.checked_sub(1)) {
                Some(place) if place <= last => Ok(place),
                _ => Err(format!("{text}: Invalid message number")),
            },
        };
        let which = |fits: &dyn Fn(&Item) -> bool| {
            self.items.iter().enumerate().filter(|(_, i)| fits(i)).map(|(place, _)| place).collect()
        };
        if let Some(text) = word.strip_prefix('/') {
            let text = text.to_lowercase();
            return Ok(which(&|i| i.subject().to_lowercase().contains(&text)));
        }
        if let Some((from, to)) = word.split_once('-').filter(|(from, to)| !from.is_empty() && !to.is_empty())
        {
            return Ok((number(from)?..=number(to)?).collect());
        }
        Ok(match word {
            "*" => (0..=last).collect(),
            "+" => vec![(self.dot + 1).min(last)],
            "-" => vec![self.dot.saturating_sub(1)],
            ":n" => which(&|i| !i.old && !i.read),
            ":o" => which(&|i| i.old && !i.read),
            ":r" => which(&|i| i.read),
            ":u" => which(&|i| !i.read),
            ":d" => which(&|i| i.deleted),
            word if word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '$' | '^')) => {
                vec![number(word)?]
            }
            word => {
                let word = word.to_lowercase();
                which(&|i| i.sender().to_lowercase().contains(&word))
            }
        })
    }
}

/// The parts of a message: the text of those that have one, a line for each.
fn parts(part: &Part, octets: &[u8], number: &str, out: &mut String) {
    if let Inside::Parts(inner) = &part.inside {
        for (n, one) in inner.iter().enumerate() {
            let dot = if number.is_empty() { "" } else { "." };
            parts(one, octets, &format!("{number}{dot}{}", n + 1), out);
        }
        return;
    }
    let kind = part.content.kind.as_ref();
    let word = |octets: &[u8]| String::from_utf8_lossy(octets).to_ascii_lowercase();
    let name =
        kind.map_or_else(|| "text/plain".to_owned(), |k| format!("{}/{}", word(&k.main), word(&k.sub)));
    let size = part.body.end.saturating_sub(part.body.start);
    out.push_str(&format!("[-- #{number} {size} bytes, {name} --]\n"));
    if let Some(text) = part.readable(octets) {
        out.push_str(&format!("\n{}\n", text.replace("\r\n", "\n")));
    }
}

/// A date as mail writes it (RFC 5322 section 3.3).
fn parse_date(value: &str) -> Option<Time> {
    let parsed = jiff::fmt::rfc2822::parse(value).ok()?;
    Some(Time(parsed.timestamp().as_microsecond()))
}
