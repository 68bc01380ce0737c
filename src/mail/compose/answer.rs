//! Answers and forwards: to whom, under which subject, in which thread, with what of the original in it (RFC 5322
//! sections 3.6.2 and 3.6.4).

use super::{Correspondent, Letter, is_own};
use crate::mail::{Fields, Mailbox, text_body};
use crate::units::Lang;

/// How many ids References keeps at most: the first and the last ones (as Usenet asks, RFC 5537 section 3.4.4).
const REFERENCES: usize = 20;
/// How much of an original is quoted.
const QUOTED: usize = 1 << 20;
/// Words that say that a subject answers another, as mail programs of several languages write them.
const ANSWER_WORDS: [&str; 5] = ["re", "aw", "antw", "sv", "re^2"];

/// What of the original stands in an answer or a forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoting {
    /// Nothing.
    Nothing,
    /// A line that says who wrote it, and its text behind `> `, in this language.
    Attributed(Lang),
}

impl Letter {
    /// Makes this the answer to `original`: recipients, subject and thread are filled in, and below the body stands what
    /// `quoting` says. Reply-To is honoured; `all` answers those in To and Cc too, save the addresses in `own`.
    pub fn answer(&mut self, original: &[u8], all: bool, own: &[Mailbox], quoting: Quoting) {
        let fields = Fields::parse(original);
        self.to = reply_to(&fields);
        if all {
            let people = |name: &str| {
                fields.all(name).flat_map(|f| Correspondent::all_in(&f.value)).collect::<Vec<_>>()
            };
            let known = |list: &[Correspondent], one: &Correspondent| {
                list.iter().any(|other| other.address.same_as(&one.address))
            };
            let (mut to, mut cc) = (std::mem::take(&mut self.to), Vec::new());
            for one in people("To") {
                if !is_own(own, &one.address) && !known(&to, &one) {
                    to.push(one);
                }
            }
            for one in people("Cc") {
                if !is_own(own, &one.address) && !known(&to, &one) && !known(&cc, &one) {
                    cc.push(one);
                }
            }
            (self.to, self.cc) = (to, cc);
        }
        self.subject = answer_subject(&subject(&fields));
        self.thread(&fields);
        if let Quoting::Attributed(lang) = quoting {
            self.body.push_str(&quoted(original, &fields, lang));
        }
    }

    /// In-Reply-To and References (RFC 5322 section 3.6.4).
    fn thread(&mut self, original: &Fields) {
        let ids = |name: &str| original.get(name).map(|f| message_ids(&f.value)).unwrap_or_default();
        self.in_reply_to = ids("Message-ID").into_iter().take(1).collect();
        let mut references = ids("References");
        if references.is_empty() {
            references = Some(ids("In-Reply-To")).filter(|ids| ids.len() == 1).unwrap_or_default();
        }
        references.extend(self.in_reply_to.iter().cloned());
        while references.len() > REFERENCES {
            references.remove(1);
        }
        self.references = references;
    }

    /// Makes this a forward of `original`: subject, and below the body the original with its most telling fields.
    pub fn forward(&mut self, original: &[u8], lang: Lang) {
        let fields = Fields::parse(original);
        self.subject = forwarded_subject(&subject(&fields));
        let (title, names) = match lang {
            Lang::En => ("Original Message", ["Date", "From", "To", "Subject"]),
            Lang::De => ("Weitergeleitete Nachricht", ["Datum", "Von", "An", "Betreff"]),
        };
        self.body.push_str(&format!("\n-------- {title} --------\n"));
        for (field, name) in ["Date", "From", "To", "Subject"].into_iter().zip(names) {
            if let Some(field) = fields.get(field) {
                self.body.push_str(&format!("{name}: {}\n", field.decoded()));
            }
        }
        self.body.push('\n');
        self.body.push_str(&readable(original));
    }
}

/// To whom an answer goes: Reply-To, else From (RFC 5322 section 3.6.2).
pub(super) fn reply_to(fields: &Fields) -> Vec<Correspondent> {
    let people = |name: &str| {
        let values = fields.all(name).flat_map(|f| Correspondent::all_in(&f.value));
        values.filter(|one| one.address.domain.is_some()).collect::<Vec<_>>()
    };
    Some(people("Reply-To")).filter(|list| !list.is_empty()).unwrap_or_else(|| people("From"))
}

fn subject(fields: &Fields) -> String {
    fields.get("Subject").map(|f| f.decoded()).unwrap_or_default()
}

/// `Re: ` before a subject, once, whatever stood there (RFC 5322 section 3.6.5).
pub fn answer_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some((word, after)) = rest.split_once(':') {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']'));
        if !ANSWER_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            break;
        }
        rest = after.trim_start();
    }
    format!("Re: {rest}").trim_end().to_owned()
}

/// `Fwd: ` before a subject, unless it stands there.
pub fn forwarded_subject(subject: &str) -> String {
    let subject = subject.trim();
    let is = |word: &str| subject.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if is("Fwd:") || is("Fw:") { subject.to_owned() } else { format!("Fwd: {subject}") }
}

/// The ids in a field's value, in their brackets.
fn message_ids(value: &str) -> Vec<String> {
    let ends = |s: &str| s.find('>');
    let mut ids = Vec::new();
    let mut rest = value;
    while let Some(start) = rest.find('<') {
        let from_here = rest.get(start..).unwrap_or_default();
        let Some(end) = ends(from_here) else { break };
        let id = from_here.get(..=end).unwrap_or_default();
        // What is no id by its look would break the field it is copied into.
        if id.len() > 2 && id.bytes().all(|b| b.is_ascii_graphic()) && id.len() < 500 {
            ids.push(id.to_owned());
        }
        rest = from_here.get(end + 1..).unwrap_or_default();
    }
    ids
}

/// The text of an original, bounded, lines ending in LF.
fn readable(original: &[u8]) -> String {
    let text = text_body(original).replace("\r\n", "\n");
    let end = (0..=QUOTED.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or_default().trim_end_matches('\n').to_owned() + "\n"
}

/// Who wrote it, and the text behind `> `. What is quoted already gets one more `>` without a space (RFC 3676 section 4.5).
fn quoted(original: &[u8], fields: &Fields, lang: Lang) -> String {
    let people = fields.get("From").map(|f| Correspondent::all_in(&f.value)).unwrap_or_default();
    let who = people.first().map(Correspondent::shown);
    let date = fields.get("Date").map(|f| f.value.clone());
    let line = match (lang, who, date) {
        (Lang::En, Some(who), Some(date)) => format!("On {date}, {who} wrote:"),
        (Lang::En, Some(who), None) => format!("{who} wrote:"),
        (Lang::En, None, _) => "Somebody wrote:".to_owned(),
        (Lang::De, Some(who), Some(date)) => format!("Am {date} schrieb {who}:"),
        (Lang::De, Some(who), None) => format!("{who} schrieb:"),
        (Lang::De, None, _) => "Jemand schrieb:".to_owned(),
    };
    let mut out = format!("\n{line}\n");
    for text in readable(original).lines() {
        out.push_str(match text {
            "" => ">",
            text if text.starts_with('>') => ">",
            _ => "> ",
        });
        out.push_str(text);
        out.push('\n');
    }
    out
}
