//! Every reason has a text, in both languages, with nothing left open; and a few texts read whole.

mod samples;

use super::say::sources;
use super::*;
use crate::rfc::section;
use std::collections::{BTreeMap, BTreeSet};

/// The messages of a language: key, and the variables its text uses.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    let mut key = String::new();
    for line in sources(lang)[0].lines().filter(|l| !l.starts_with('#')) {
        if let Some((name, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            key = name.to_owned();
            assert!(!messages.contains_key(&key), "{key} stands twice in {}.ftl", lang.code());
        }
        let variables: &mut BTreeSet<String> = messages.entry(key.clone()).or_default();
        for part in line.split('$').skip(1) {
            variables.insert(part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect());
        }
    }
    messages.remove("");
    messages
}

#[test]
fn both_languages_have_the_same_messages_and_variables() {
    let (de, en) = (messages(Lang::De), messages(Lang::En));
    assert!(de.len() > 100, "only {} messages found", de.len());
    for (key, variables) in &de {
        assert_eq!(Some(variables), en.get(key), "{key}");
    }
    assert_eq!(de.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
}

#[test]
fn the_locales_can_be_read_to_their_ends() {
    for lang in Lang::ALL {
        for (at, source) in sources(lang).iter().enumerate() {
            let read = FluentResource::try_new((*source).to_owned());
            assert!(read.is_ok(), "file {at} of {}: {:?}", lang.code(), read.err().map(|(_, faults)| faults));
        }
    }
}

/// Literals in the sources that look like a message's key.
fn keys_in_sources() -> BTreeSet<String> {
    let sources = [
        include_str!("event.rs"),
        include_str!("mod.rs"),
        include_str!("net.rs"),
        include_str!("person.rs"),
        include_str!("pop3.rs"),
        include_str!("post.rs"),
        include_str!("imap.rs"),
        include_str!("mistake.rs"),
        include_str!("sender.rs"),
        include_str!("smime.rs"),
        include_str!("smtp.rs"),
        include_str!("trace.rs"),
    ];
    let prefixes = [
        "smtp-",
        "pop3-",
        "imap-",
        "folder-",
        "address-",
        "tolerance-",
        "looks-like-",
        "dns-",
        "connect-",
        "close-",
        "delivery-",
        "limit-",
        "mistake-",
        "event-",
        "policy-",
        "sasl-",
        "tls-",
        "verdict-",
        "sender-",
        "lookup-",
        "spf-",
        "dkim-",
        "dmarc-",
        "capture-",
        "certificate-",
        "trace-",
        "field-",
        "fault-",
        "person-",
        "restraint-",
        "smime-",
    ];
    let literals = sources.iter().flat_map(|s| s.split('"').skip(1).step_by(2));
    literals.filter(|l| prefixes.iter().any(|p| l.starts_with(p))).map(str::to_owned).collect()
}

#[test]
fn every_kind_has_a_message_and_no_message_is_left_over() {
    let used = keys_in_sources();
    for lang in Lang::ALL {
        let there: BTreeSet<String> = messages(lang).into_keys().collect();
        assert_eq!(used.difference(&there).collect::<Vec<_>>(), [""; 0], "missing in {}.ftl", lang.code());
        assert_eq!(there.difference(&used).collect::<Vec<_>>(), [""; 0], "left over in {}.ftl", lang.code());
    }
}

#[test]
fn no_placeholder_is_left_in_any_text() {
    for lang in Lang::ALL {
        let explainer = Explainer::new(lang);
        let mut said = BTreeSet::new();
        for say in samples::all(&explainer) {
            let (text, faults) = say.checked(&explainer.bundle);
            assert!(faults == 0 && !text.contains(['{', '}']), "{}: {text}", say.key);
            assert!(!text.contains("  ") && text.trim() == text, "white space in {}: “{text}”", say.key);
            said.insert(say.key.to_string());
        }
        let there: BTreeSet<String> = messages(lang).into_keys().collect();
        assert_eq!(there.difference(&said).collect::<Vec<_>>(), [""; 0], "no sample for these");
    }
}

#[test]
fn an_explanation_reads_well() {
    let exchange = samples::data_without_recipient();
    let expected = [
        (
            Lang::En,
            "The server wants RCPT before DATA: it does not yet know for whom the message is.",
            "The line ended with LF alone. SMTP and POP3 want CR LF; telnet sends both, nc does with -C.",
        ),
        (
            Lang::De,
            "Der Server möchte RCPT vor DATA: Er weiß noch nicht, für wen die Nachricht ist.",
            "Die Zeile endete mit einem LF allein. SMTP und POP3 wollen CR LF; telnet sendet beides, nc mit -C.",
        ),
    ];
    for (lang, text, note) in expected {
        let explanation = Explanation {
            text: text.to_owned(),
            notes: vec![note.to_owned()],
            rule: Some(section(5321, "4.1.4")),
        };
        assert_eq!(Explainer::new(lang).explain_smtp(&exchange), explanation);
    }
}

#[test]
fn counts_are_said_as_people_say_them() {
    let (de, en) = (Explainer::new(Lang::De), Explainer::new(Lang::En));
    for (removed, german, english) in [
        (
            0,
            "Markiert war nichts, alle Nachrichten bleiben liegen.",
            "Nothing was marked, so all messages stay where they are.",
        ),
        (1, "hat die markierte Nachricht gelöscht.", "has removed the message that was marked."),
        (3, "hat die 3 markierten Nachrichten gelöscht.", "has removed the 3 messages that were marked."),
    ] {
        let exchange = samples::pop3_quit(removed);
        assert!(de.explain_pop3(&exchange).text.ends_with(german), "{removed}");
        assert!(en.explain_pop3(&exchange).text.ends_with(english), "{removed}");
    }
}

#[test]
fn what_was_typed_is_shortened_and_harmless() {
    let line = format!("\x1b[31m{}", "x".repeat(500));
    let text = Explainer::new(Lang::En).explain_smtp(&samples::unknown_line(&line)).text;
    assert!(text.starts_with("SMTP has no command “\\x1b[31mxxx") && text.contains("xxx…”"), "{text}");
    assert!(text.len() < 300, "{text}");
}

#[test]
fn an_address_fault_shows_the_text_at_fault() {
    use AddressFaultKind::{BadCharacter, MissingDomain};
    let en = Explainer::new(Lang::En);
    for (line, span, kind, begins) in [
        ("RCPT TO:<hedwig>", (15, 15), MissingDomain, "“hedwig” has no domain."),
        ("MAIL FROM: hedwig", (17, 17), MissingDomain, "“hedwig” has no domain."),
        ("RCPT TO:<a(b@c.tld>", (10, 11), BadCharacter, "“(” may not stand here"),
        ("RCPT", (900, 901), MissingDomain, "“” has no domain."),
    ] {
        let text = en.explain_smtp(&samples::bad_address(line, span, kind)).text;
        assert!(text.starts_with(begins), "{line}: {text}");
    }
}
