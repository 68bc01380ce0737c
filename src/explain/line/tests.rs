//! Every word of the protocols has a text in both languages, and no text is left over.

use super::names;
use super::*;
use crate::event::{EnhancedCode, ImapVerb, SmtpVerb};
use crate::explain::say::{Say, sources};
use crate::units::Lang;
use std::collections::BTreeSet;

/// The keys of all messages about lines.
fn keys(lang: Lang) -> BTreeSet<String> {
    let lines = sources(lang)[1..].iter().flat_map(|s| s.lines());
    let keys = lines.filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()));
    keys.filter_map(|l| Some(l.split_once(" =")?.0.to_owned())).collect()
}

#[test]
fn both_languages_have_the_same_messages() {
    let (de, en) = (keys(Lang::De), keys(Lang::En));
    assert!(de.len() > 400, "only {}", de.len());
    assert_eq!(de.difference(&en).collect::<Vec<_>>(), [""; 0], "missing in English");
    assert_eq!(en.difference(&de).collect::<Vec<_>>(), [""; 0], "missing in German");
}

/// All messages of the tables.
fn says() -> Vec<Say> {
    let mut says: Vec<Say> = Vec::new();
    for table in names::TABLES {
        says.extend(table.all.iter().chain(&["X-NONE"]).filter_map(|word| table.say(word)));
    }
    says.extend(SmtpVerb::ALL.map(names::smtp_verb));
    says.extend(ImapVerb::ALL.iter().copied().map(names::imap_verb));
    for code in 100..=599 {
        says.push(names::reply_code(code));
        says.extend(names::reply_digits(code));
    }
    for class in [2, 4, 5] {
        for (subject, detail) in (0..10).flat_map(|s| (0..600).map(move |d| (s, d))) {
            says.extend(names::enhanced(EnhancedCode(class, subject, detail)));
        }
    }
    says
}

#[test]
fn every_word_has_a_text_in_both_languages() {
    for lang in Lang::ALL {
        let explainer = Explainer::of(lang);
        for say in says() {
            let (text, faults) = say.checked(&explainer.bundle);
            assert!(faults == 0 && !text.contains(['{', '}']), "{} in {}: {text}", say.key, lang.code());
        }
    }
}

#[test]
fn words_are_found_in_any_case() {
    let en = Explainer::of(Lang::En);
    assert!(en.word(&names::FETCH, "bodystructure").unwrap().starts_with("BODYSTRUCTURE"));
    assert!(en.word(&names::FLAGS, "\\SEEN").unwrap().starts_with("\\Seen"));
    assert_eq!(en.word(&names::FETCH, "EVERYTHING"), None);
    assert!(en.pop3_verb("retr").unwrap().starts_with("RETR fetches"));
    assert_eq!(en.enhanced_code(EnhancedCode(5, 7, 1))[2], "1: refused by policy");
}
