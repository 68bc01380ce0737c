//! What the reference tells beside the explanations, read once from `content/reference/`: how a command is written, what
//! it is answered with, examples, and what a header field is worth.

use crate::rfc::Section;
use crate::units::Lang;
use serde::Deserialize;
use std::sync::OnceLock;

/// A text in both languages.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Both {
    en: String,
    de: String,
}

impl Both {
    /// In one of them.
    pub(in crate::web) fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::De => &self.de,
        }
    }
}

/// A command, a type of DNS record, or another word that can be typed or read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Command {
    /// As it stands on the wire.
    pub(super) name: String,
    /// How it is written, one line for each way.
    #[serde(default)]
    pub(super) syntax: Vec<String>,
    /// Where it is defined, as `5321 4.1.1.2`.
    #[serde(default)]
    rules: Vec<String>,
    /// What it can be answered with.
    #[serde(default)]
    pub(super) answers: Vec<String>,
    /// A dialogue in lines `C: …`, `S: …`, or with `$ ` what is typed at the shell.
    #[serde(default)]
    pub(super) example: String,
    /// What must be typed before the example; the test of the examples reads it.
    #[serde(default, rename = "before")]
    _before: Vec<String>,
    /// Host and port of the example where it is not the usual one; for the test too.
    #[serde(default, rename = "at")]
    _at: String,
    /// What it means, where the explanations have no text for it.
    pub(super) text: Option<Both>,
    /// What else there is to know.
    pub(super) more: Option<Both>,
}

impl Command {
    /// Where it is defined.
    pub(super) fn rules(&self) -> Vec<Section> {
        self.rules.iter().filter_map(|rule| parse_rule(rule)).collect()
    }
}

/// `5321 4.1.1.2` as a section.
fn parse_rule(rule: &str) -> Option<Section> {
    let (rfc, section) = rule.split_once(' ')?;
    Some(Section { rfc: rfc.parse().ok()?, section: section.to_owned().into() })
}

/// The file of one protocol.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Protocol {
    /// What a client says.
    #[serde(default)]
    pub(super) command: Vec<Command>,
    /// Other words.
    #[serde(default)]
    pub(super) keyword: Vec<Command>,
    /// What a server says, where the explanations have no table of it.
    #[serde(default)]
    pub(super) answer: Vec<Command>,
}

/// How far a header field can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Trust {
    /// From the reader's own server alone.
    Own,
    /// The word of whoever wrote the letter.
    Claim,
    /// It can be checked.
    Check,
}

/// A header field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    /// The key of its [`FieldKind`](crate::mail::trace::FieldKind).
    pub(super) key: String,
    /// Its name, and others of its kind, as people write them.
    pub(super) names: Vec<String>,
    /// How far it can be believed.
    pub(super) trust: Trust,
    /// One as it stands in a letter.
    pub(super) example: String,
    /// Who writes it.
    pub(super) writer: Both,
    /// Whether it can be believed, in words.
    pub(super) believe: Both,
    /// What else there is to know.
    pub(super) more: Option<Both>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    field: Vec<Field>,
}

/// What people call things when they look for them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    en: Vec<String>,
    de: Vec<String>,
    /// The ids of the entries, without their `ref-`.
    entries: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedFor {
    asked: Vec<Asked>,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) smtp: Protocol,
    pub(super) pop3: Protocol,
    pub(super) imap: Protocol,
    pub(super) dns: Protocol,
    pub(super) fields: Vec<Field>,
    asked: Vec<Asked>,
}

/// The files, by name.
const FILES: [&str; 6] = [
    include_str!("../../../content/reference/smtp.toml"),
    include_str!("../../../content/reference/pop3.toml"),
    include_str!("../../../content/reference/imap.toml"),
    include_str!("../../../content/reference/dns.toml"),
    include_str!("../../../content/reference/fields.toml"),
    include_str!("../../../content/reference/asked.toml"),
];

impl Content {
    /// What the files say. A file with a fault is empty here; a test sees to it that there is none.
    pub(super) fn get() -> &'static Content {
        static CONTENT: OnceLock<Content> = OnceLock::new();
        CONTENT.get_or_init(|| Content::read().unwrap_or_default())
    }

    fn read() -> Result<Content, toml::de::Error> {
        let [smtp, pop3, imap, dns, fields, asked] = FILES;
        Ok(Content {
            smtp: toml::from_str(smtp)?,
            pop3: toml::from_str(pop3)?,
            imap: toml::from_str(imap)?,
            dns: toml::from_str(dns)?,
            fields: toml::from_str::<Fields>(fields)?.field,
            asked: toml::from_str::<AskedFor>(asked)?.asked,
        })
    }

    /// The words that lead to an entry beside its own, blanks between them.
    pub(super) fn asked(&self, id: &str, lang: Lang) -> String {
        let entry = id.strip_prefix("ref-").unwrap_or(id);
        let words = self.asked.iter().filter(|asked| asked.entries.iter().any(|one| one == entry));
        let words = words.flat_map(|asked| match lang {
            Lang::En => &asked.en,
            Lang::De => &asked.de,
        });
        words.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// The entries that are asked for in other words.
    #[cfg(test)]
    pub(super) fn asked_for(&self) -> impl Iterator<Item = &str> {
        self.asked.iter().flat_map(|asked| &asked.entries).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{ImapVerb, SmtpVerb};
    use crate::explain::line::names::{EHLO, POP3};
    use crate::mail::trace::FieldKind;
    use std::collections::BTreeSet;

    fn names(commands: &[Command]) -> BTreeSet<&str> {
        let names: BTreeSet<&str> = commands.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names.len(), commands.len(), "a name stands twice");
        names
    }

    #[test]
    fn the_files_tell_of_every_command_that_helo_knows() {
        let content = Content::read().unwrap();
        assert_eq!(names(&content.smtp.command), SmtpVerb::ALL.iter().map(|v| v.name()).collect());
        assert_eq!(names(&content.smtp.keyword), EHLO.all.iter().copied().collect());
        assert_eq!(names(&content.imap.command), ImapVerb::ALL.iter().map(|v| v.name()).collect());
        // Verbs that no server of the lab offers have a text and no example.
        let pop3 = POP3.all.iter().copied().filter(|v| !["UTF8", "LANG", "LAST"].contains(v));
        assert_eq!(names(&content.pop3.command), pop3.collect());
        let fields: Vec<&str> = content.fields.iter().map(|f| f.key.as_str()).collect();
        let kinds: Vec<&str> =
            FieldKind::ALL.iter().filter(|k| **k != FieldKind::Other).map(|k| k.key()).collect();
        assert_eq!(fields, kinds);
    }

    #[test]
    fn every_entry_is_whole_in_both_languages() {
        let content = Content::read().unwrap();
        let all = [&content.smtp, &content.pop3, &content.imap, &content.dns];
        let mut count = 0;
        for command in all.iter().flat_map(|p| p.command.iter().chain(&p.keyword).chain(&p.answer)) {
            assert!(!command.syntax.is_empty(), "{}: no syntax", command.name);
            assert_eq!(command.rules().len(), command.rules.len(), "{}: {:?}", command.name, command.rules);
            assert!(!command.rules.is_empty(), "{}: no rule", command.name);
            for rule in command.rules() {
                assert!(rule.entry().is_some(), "{}: {rule} is not in the index", command.name);
            }
            for text in command.text.iter().chain(&command.more) {
                assert!(text.en.len() > 10 && text.de.len() > 10, "{}: {text:?}", command.name);
            }
            count += 1;
        }
        assert!(count > 80, "{count}");
        for command in all.iter().flat_map(|p| &p.command) {
            assert!(!command.answers.is_empty() && !command.example.is_empty(), "{}", command.name);
        }
        for field in &content.fields {
            let texts = [&field.writer, &field.believe].into_iter().chain(&field.more);
            for text in texts {
                assert!(text.en.len() > 10 && text.de.len() > 10, "{}: {text:?}", field.key);
            }
            for name in &field.names {
                assert_eq!(FieldKind::of(name).key(), field.key, "{name}");
            }
            assert!(
                field.names.iter().any(|n| field.example.starts_with(&format!("{n}: "))),
                "{}",
                field.key
            );
        }
    }

    #[test]
    fn every_field_that_the_texts_list_is_there() {
        let listed = "Bcc Cc Content-Language Content-Transfer-Encoding Content-Type Date From In-Reply-To Message-ID \
                      Organization Received References Reply-To Return-Path Subject To X-Mailer X-Priority X-Sender MIME-Version";
        let names: BTreeSet<&str> =
            Content::get().fields.iter().flat_map(|f| &f.names).map(String::as_str).collect();
        for name in listed.split_whitespace() {
            assert!(names.contains(name), "{name}");
        }
    }
}
