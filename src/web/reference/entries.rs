//! The reference's entries, put together from the explanations' tables, the content files and the index of RFCs, so that
//! each text stands in one place. Every entry has an id that stays, for links from anywhere.

use super::super::background::{Link, chapter_link};
use super::super::markup;
use super::super::ui::Ui;
use super::content::{Command, Content, Field, Protocol, Trust};
use crate::event::{EnhancedCode, ImapVerb, SmtpVerb};
use crate::explain::Explainer;
use crate::explain::line::names::{
    ATTRIBUTES, CAPA, CAPABILITIES, CODES, EHLO, ENHANCED, FETCH, FLAGS, POP3_CODES, REPLY_CODES, SEARCH,
    SECTIONS, STATUS, STATUS_WORDS, UNTAGGED, Words,
};
use crate::mail::trace::{Claim, FieldKind};
use crate::rfc::{Coverage, Section, index, section};
use crate::units::Span;

/// What belongs together: a protocol, the header, the index.
#[derive(Debug)]
pub(super) struct Group {
    /// `smtp`, `pop3`, `imap`, `dns`, `header`, `rfc`.
    pub(super) id: &'static str,
    pub(super) short: String,
    pub(super) title: String,
    /// A sentence or two, as HTML.
    pub(super) lead: String,
    /// The background to it.
    pub(super) background: Vec<Link>,
    pub(super) chapters: Vec<Chapter>,
}

/// Entries of one kind.
#[derive(Debug)]
pub(super) struct Chapter {
    /// Empty in a group that has but one.
    pub(super) title: String,
    pub(super) rules: Vec<Rule>,
    pub(super) entries: Vec<Entry>,
}

/// One entry. With nothing behind it, it is a line; else it opens.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) name: String,
    /// Other names.
    pub(super) also: String,
    /// What people call it who look for it.
    pub(super) asked: String,
    /// What it means, as HTML.
    pub(super) what: String,
    pub(super) syntax: Vec<String>,
    pub(super) example: Vec<Line>,
    /// What else there is to know: heading and HTML.
    pub(super) rows: Vec<(String, String)>,
    pub(super) answers: Vec<Answer>,
    pub(super) rules: Vec<Rule>,
    /// The sections of an RFC.
    pub(super) sections: Vec<Covered>,
    /// Where the whole can be read.
    pub(super) url: String,
}

impl Entry {
    /// Is there something behind it?
    pub(super) fn opens(&self) -> bool {
        let Entry { syntax, example, rows, answers, sections, url, .. } = self;
        !(syntax.is_empty()
            && example.is_empty()
            && rows.is_empty()
            && answers.is_empty()
            && sections.is_empty()
            && url.is_empty())
    }
}

/// A line of an example.
#[derive(Debug)]
pub(super) struct Line {
    /// `you`, `server` or `program`.
    pub(super) who: &'static str,
    /// `C:`, `S:`, `$`, or nothing.
    pub(super) mark: &'static str,
    pub(super) text: String,
}

/// What a command can be answered with.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) name: String,
    pub(super) place: String,
}

/// A section of an RFC, as the pages name it.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) place: String,
}

/// A section of an RFC, and what helo does of it.
#[derive(Debug)]
pub(super) struct Covered {
    pub(super) id: String,
    pub(super) section: &'static str,
    pub(super) title: &'static str,
    pub(super) note: &'static str,
    /// `yes`, `partial`, `no`.
    pub(super) coverage: &'static str,
    /// The same in words.
    pub(super) does: String,
    pub(super) url: String,
}

/// The id of an RFC or of one of its sections.
pub(super) fn rfc_id(rfc: u16, section: Option<&str>) -> String {
    match section {
        Some(section) => format!("ref-rfc-{rfc}-{section}"),
        None => format!("ref-rfc-{rfc}"),
    }
}

/// A word as part of an id.
fn slug(word: &str) -> String {
    match word {
        "+" => return "plus".to_owned(),
        "*" => return "star".to_owned(),
        "." => return "dot".to_owned(),
        "\\*" => return "any".to_owned(),
        "LITERAL+" => return "literal-plus".to_owned(),
        _ => {}
    }
    let lower = word.to_ascii_lowercase();
    let plain = lower.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    plain.trim_matches('-').to_owned()
}

/// All groups in this language.
pub(super) fn groups(ui: &'static Ui) -> Vec<Group> {
    let maker = Maker { ui, explainer: Explainer::of(ui.lang), content: Content::get() };
    vec![maker.smtp(), maker.pop3(), maker.imap(), maker.dns(), maker.header(), maker.rfcs()]
}

/// Makes entries in one language.
struct Maker {
    ui: &'static Ui,
    explainer: &'static Explainer,
    content: &'static Content,
}

impl Maker {
    fn smtp(&self) -> Group {
        let Protocol { command, keyword, .. } = &self.content.smtp;
        let verb = |c: &Command| SmtpVerb::ALL.into_iter().find(|v| v.name() == c.name);
        let said = |c: &Command| verb(c).map(|v| self.explainer.smtp_verb(v));
        let keywords = keyword.iter().map(|c| {
            let said = self.explainer.word(&EHLO, &c.name).map(|text| meaning(text, &c.name));
            self.command("smtp", "ehlo-", c, said)
        });
        let digits = [(200, 0, "2xx"), (300, 0, "3xx"), (400, 0, "4xx"), (500, 0, "5xx")];
        let seconds = [(200, 1, "x0x"), (210, 1, "x1x"), (220, 1, "x2x"), (230, 1, "x3x"), (250, 1, "x5x")];
        let digits = digits.into_iter().chain(seconds).map(|(code, at, name)| {
            let said = self.explainer.reply_digits(code).into_iter().nth(at).unwrap_or_default();
            self.word(format!("ref-smtp-{name}"), name, after_colon(said))
        });
        let codes = REPLY_CODES.iter().map(|code| {
            let name = code.to_string();
            self.word(format!("ref-smtp-{name}"), &name, self.explainer.reply_code(*code))
        });
        self.group(
            "smtp",
            vec![
                self.chapter("ref-commands", &[], self.commands("smtp", command, said)),
                self.chapter("ref-digits", &[section(5321, "4.2.1")], digits.collect()),
                self.chapter(
                    "ref-codes",
                    &[section(5321, "4.2.3"), section(4954, "6"), section(1985, "5.3")],
                    codes.collect(),
                ),
                self.chapter("ref-enhanced", &[section(3463, "2"), section(3463, "3.2")], self.enhanced()),
                self.chapter("ref-ehlo", &[section(5321, "4.1.1.1")], keywords.collect()),
            ],
        )
    }

    fn enhanced(&self) -> Vec<Entry> {
        let all = |class, subject, detail| self.explainer.enhanced_code(EnhancedCode(class, subject, detail));
        let mut entries = Vec::new();
        for class in [2, 4, 5] {
            let [said, _, _] = all(class, 0, 0);
            entries.push(self.word(
                format!("ref-enhanced-{class}"),
                &format!("{class}.x.x"),
                after_colon(said),
            ));
        }
        for (subject, details) in ENHANCED {
            let [_, about, _] = all(5, *subject, 0);
            entries.push(self.word(
                format!("ref-enhanced-x.{subject}"),
                &format!("x.{subject}.x"),
                after_colon(about),
            ));
            for detail in *details {
                let [_, _, said] = all(5, *subject, *detail);
                let name = format!("x.{subject}.{detail}");
                entries.push(self.word(format!("ref-enhanced-{name}"), &name, after_colon(said)));
            }
        }
        entries
    }

    fn pop3(&self) -> Group {
        let Protocol { command, answer, .. } = &self.content.pop3;
        let commands = self.commands("pop3", command, |c| self.explainer.pop3_verb(&c.name));
        let answers = answer.iter().map(|c| self.command("pop3", "answer-", c, None));
        self.group(
            "pop3",
            vec![
                self.chapter("ref-commands", &[], commands),
                self.chapter("ref-answers", &[section(1939, "3")], answers.collect()),
                self.chapter(
                    "ref-response-codes",
                    &[section(2449, "8")],
                    self.words("pop3-code", &POP3_CODES),
                ),
                self.chapter("ref-capa", &[section(2449, "6")], self.words("pop3-capa", &CAPA)),
            ],
        )
    }

    fn imap(&self) -> Group {
        let Protocol { command, keyword, answer } = &self.content.imap;
        let verb = |c: &Command| ImapVerb::ALL.iter().copied().find(|v| v.name() == c.name);
        let mut commands = self.commands("imap", command, |c| verb(c).map(|v| self.explainer.imap_verb(v)));
        commands.extend(keyword.iter().map(|c| self.command("imap", "", c, None)));
        let mut answers = self.words("imap-answer", &STATUS_WORDS);
        answers.extend(answer.iter().map(|c| self.command("imap", "answer-", c, None)));
        let words = |title, prefix, table, rfc, place| {
            self.chapter(title, &[section(rfc, place)], self.words(prefix, table))
        };
        self.group(
            "imap",
            vec![
                self.chapter("ref-commands", &[], commands),
                self.chapter("ref-answers", &[section(3501, "7.1"), section(3501, "2.2.2")], answers),
                words("ref-untagged", "imap-untagged", &UNTAGGED, 3501, "2.2.2"),
                self.chapter(
                    "ref-response-codes",
                    &[section(3501, "7.1"), section(4315, "3"), section(5530, "3")],
                    self.words("imap-code", &CODES),
                ),
                words("ref-fetch", "imap-fetch", &FETCH, 3501, "6.4.5"),
                words("ref-sections", "imap-section", &SECTIONS, 3501, "6.4.5"),
                words("ref-flags", "imap-flag", &FLAGS, 3501, "2.3.2"),
                words("ref-search-keys", "imap-search", &SEARCH, 3501, "6.4.4"),
                words("ref-status", "imap-status", &STATUS, 3501, "6.3.10"),
                words("ref-attributes", "imap-attribute", &ATTRIBUTES, 3501, "7.2.2"),
                words("ref-capabilities", "imap-cap", &CAPABILITIES, 3501, "7.2.1"),
            ],
        )
    }

    fn dns(&self) -> Group {
        let Protocol { command, keyword, answer } = &self.content.dns;
        let named = |prefix, commands: &[Command]| {
            commands.iter().map(|c| self.command("dns", prefix, c, None)).collect::<Vec<_>>()
        };
        self.group(
            "dns",
            vec![
                self.chapter("ref-records", &[], named("", command)),
                self.chapter("ref-answers", &[section(1035, "4.1.1")], named("answer-", answer)),
                self.chapter("ref-programs", &[], named("program-", keyword)),
            ],
        )
    }

    fn header(&self) -> Group {
        let entries = self.content.fields.iter().map(|field| self.field(field)).collect();
        self.group("header", vec![self.chapter("", &[section(5322, "2.2"), section(5322, "3.6")], entries)])
    }

    fn field(&self, field: &Field) -> Entry {
        let kind = field.names.first().map_or(FieldKind::Other, |name| FieldKind::of(name));
        let claim = Claim { kind, span: Span::at(0), believed: false };
        let said = self.explainer.explain_field(&claim);
        let trust = self.ui.t(match field.trust {
            Trust::Own => "ref-trust-own",
            Trust::Claim => "ref-trust-claim",
            Trust::Check => "ref-trust-check",
        });
        let lang = self.ui.lang;
        let believe = format!("<strong>{trust}</strong> {}", markup::inline(field.believe.get(lang)));
        let mut rows = vec![
            (self.ui.t("ref-writer"), markup::inline(field.writer.get(lang))),
            (self.ui.t("ref-believe"), believe),
        ];
        rows.extend(field.more.iter().map(|more| (self.ui.t("ref-more"), markup::inline(more.get(lang)))));
        Entry {
            id: format!("ref-field-{}", field.key),
            name: field.names.first().cloned().unwrap_or_default(),
            also: field.names.get(1..).unwrap_or_default().join(", "),
            what: markup::inline(&said.text),
            example: field
                .example
                .lines()
                .map(|l| Line { who: "program", mark: "", text: l.into() })
                .collect(),
            rows,
            rules: said.rule.iter().map(|rule| self.rule(rule)).collect(),
            ..Entry::default()
        }
    }

    fn rfcs(&self) -> Group {
        let mut all: Vec<_> = index().collect();
        all.sort_by_key(|rfc| rfc.number);
        let entries = all.into_iter().map(|rfc| Entry {
            id: rfc_id(rfc.number, None),
            name: format!("RFC {}", rfc.number),
            what: format!("<span lang=\"en\">{}</span>", markup::inline(rfc.title)),
            sections: rfc.sections.iter().map(|entry| self.covered(rfc.number, entry)).collect(),
            url: format!("https://www.rfc-editor.org/rfc/rfc{}", rfc.number),
            ..Entry::default()
        });
        self.group("rfc", vec![self.chapter("", &[], entries.collect())])
    }

    fn covered(&self, rfc: u16, entry: &'static crate::rfc::Entry) -> Covered {
        let (coverage, does) = match entry.coverage {
            Coverage::Yes => ("yes", "ref-does-yes"),
            Coverage::Partial => ("partial", "ref-does-partial"),
            Coverage::No => ("no", "ref-does-no"),
        };
        Covered {
            id: rfc_id(rfc, Some(entry.section)),
            section: entry.section,
            title: entry.title,
            note: entry.note,
            coverage,
            does: self.ui.t(does),
            url: section(rfc, entry.section).url(),
        }
    }

    fn group(&self, id: &'static str, chapters: Vec<Chapter>) -> Group {
        let (short, title, lead, background): (_, _, _, &[&str]) = match id {
            "smtp" => (
                "ref-smtp-short",
                "ref-smtp",
                "ref-smtp-lead",
                &["agents", "letter", "ports", "login", "encryption"],
            ),
            "pop3" => ("ref-pop3-short", "ref-pop3", "ref-pop3-lead", &["pop3-imap", "ports"]),
            "imap" => ("ref-imap-short", "ref-imap", "ref-imap-lead", &["pop3-imap", "ports"]),
            "dns" => ("ref-dns-short", "ref-dns", "ref-dns-lead", &["trace"]),
            "header" => {
                ("ref-header-short", "ref-header", "ref-header-lead", &["letter", "trace", "postcard"])
            }
            _ => ("ref-rfc-short", "ref-rfc", "ref-rfc-lead", &["history"]),
        };
        Group {
            id,
            short: self.ui.t(short),
            title: self.ui.t(title),
            lead: markup::inline(&self.ui.t(lead)),
            background: background.iter().filter_map(|id| chapter_link(self.ui, id)).collect(),
            chapters,
        }
    }

    fn chapter(&self, title: &str, rules: &[Section], entries: Vec<Entry>) -> Chapter {
        let title = if title.is_empty() { String::new() } else { self.ui.t(title) };
        let asked = |entry: Entry| Entry { asked: self.content.asked(&entry.id, self.ui.lang), ..entry };
        let entries = entries.into_iter().map(asked).collect();
        Chapter { title, rules: rules.iter().map(|rule| self.rule(rule)).collect(), entries }
    }

    /// A line: a word and its meaning.
    fn word(&self, id: String, name: &str, text: String) -> Entry {
        Entry { id, name: name.to_owned(), what: markup::inline(&text), ..Entry::default() }
    }

    /// The words of one table.
    fn words(&self, prefix: &str, table: &Words) -> Vec<Entry> {
        let entry = |word: &&'static str| {
            let said = self.explainer.word(table, word).unwrap_or_default();
            self.word(format!("ref-{prefix}-{}", slug(word)), word, meaning(said, word))
        };
        table.all.iter().map(entry).collect()
    }

    fn commands(
        &self,
        protocol: &str,
        commands: &[Command],
        said: impl Fn(&Command) -> Option<String>,
    ) -> Vec<Entry> {
        commands.iter().map(|c| self.command(protocol, "", c, said(c))).collect()
    }

    /// A command with all that is known of it; `said` is what the explanations say.
    fn command(&self, protocol: &str, prefix: &str, command: &Command, said: Option<String>) -> Entry {
        let lang = self.ui.lang;
        let own = command.text.as_ref().map(|text| text.get(lang).to_owned());
        let more = command.more.iter();
        Entry {
            id: format!("ref-{protocol}-{prefix}{}", slug(&command.name)),
            name: command.name.clone(),
            what: markup::inline(&said.or(own).unwrap_or_default()),
            syntax: command.syntax.clone(),
            example: command.example.lines().map(line).collect(),
            rows: more.map(|more| (self.ui.t("ref-more"), markup::inline(more.get(lang)))).collect(),
            answers: command.answers.iter().map(|name| answer(protocol, name)).collect(),
            rules: command.rules().iter().map(|rule| self.rule(rule)).collect(),
            ..Entry::default()
        }
    }

    fn rule(&self, rule: &Section) -> Rule {
        let title = rule.entry().map_or("", |entry| entry.title);
        Rule { name: super::name(self.ui, rule), title: title.to_owned(), place: super::place(rule) }
    }
}

/// A line of an example by its mark.
fn line(text: &str) -> Line {
    let marks = [("C: ", "you", "C:"), ("S: ", "server", "S:"), ("$ ", "you", "$")];
    for (begin, who, mark) in marks {
        if let Some(text) = text.strip_prefix(begin) {
            return Line { who, mark, text: text.to_owned() };
        }
    }
    // An editor may have taken the blank off an empty line.
    match text {
        "C:" => Line { who: "you", mark: "C:", text: String::new() },
        "S:" => Line { who: "server", mark: "S:", text: String::new() },
        _ => Line { who: "program", mark: "", text: text.to_owned() },
    }
}

/// An answer, with a link to its entry.
fn answer(protocol: &str, name: &str) -> Answer {
    let kind = match protocol {
        "smtp" => "",
        _ if name.starts_with('[') => "code-",
        _ => "answer-",
    };
    let place = format!("/reference#ref-{protocol}-{kind}{}", slug(name));
    Answer { name: name.to_owned(), place }
}

/// A meaning without the word itself, where it begins with it: the word stands beside it.
fn meaning(text: String, word: &str) -> String {
    match text.strip_prefix(word).and_then(|rest| rest.strip_prefix(": ")) {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// What stands behind `2: `.
fn after_colon(text: String) -> String {
    match text.split_once(": ") {
        Some((_, rest)) => rest.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Lang;
    use std::collections::BTreeSet;

    #[test]
    fn every_entry_has_an_id_of_its_own_and_says_something() {
        for lang in Lang::ALL {
            let mut ids = BTreeSet::new();
            let groups = groups(Ui::of(lang));
            for entry in groups.iter().flat_map(|g| &g.chapters).flat_map(|c| &c.entries) {
                assert!(ids.insert(entry.id.clone()), "{} stands twice", entry.id);
                assert!(!entry.what.is_empty(), "{}: {entry:?}", entry.id);
                for covered in &entry.sections {
                    assert!(ids.insert(covered.id.clone()), "{} stands twice", covered.id);
                }
            }
            assert!(ids.len() > 600, "{}", ids.len());
            for entry in groups.iter().flat_map(|g| &g.chapters).flat_map(|c| &c.entries) {
                let rules = entry.rules.iter().map(|r| &r.place);
                for place in entry.answers.iter().map(|a| &a.place).chain(rules) {
                    let id = place.strip_prefix("/reference#").unwrap_or_default();
                    assert!(ids.contains(id), "{} leads to {place}, which is not there", entry.id);
                }
            }
        }
    }

    #[test]
    fn what_people_ask_for_is_an_entry() {
        for (lang, word) in [(Lang::En, "bounce"), (Lang::De, "Rückläufer")] {
            let groups = groups(Ui::of(lang));
            let all = || groups.iter().flat_map(|g| &g.chapters).flat_map(|c| &c.entries);
            for id in Content::get().asked_for() {
                assert!(all().any(|entry| entry.id == format!("ref-{id}")), "{id} is no entry");
            }
            let found: Vec<&str> = all().filter(|e| e.asked.contains(word)).map(|e| e.id.as_str()).collect();
            assert!(found.contains(&"ref-smtp-550") && found.contains(&"ref-field-return-path"), "{found:?}");
        }
    }

    #[test]
    fn a_word_is_not_said_twice() {
        assert_eq!(meaning("SIZE: how much".to_owned(), "SIZE"), "how much");
        assert_eq!(meaning("How: much".to_owned(), "SIZE"), "How: much");
    }
}
