//! Entries for what pages show of what a learner did and of a mail that came.

use super::{START, internet, lossy};
use helo::attempt::{Attempt, Input};
use helo::event::{Entry, Event};
use helo::explain::Explainer;
use helo::mail::trace::{Trace, TrustedHost, View};
use helo::units::{Lang, TermId};
use helo::web::harmless_html;
use std::time::Duration;

/// What somebody types, and every line of the terminal opened in both languages; before each line Tab is pressed.
pub(super) fn lines(data: &[u8]) {
    let scenario = internet().expect("the internet is one");
    let mut attempt = Attempt::begin(&scenario, 1, Lang::En, START).expect("the internet can be drawn");
    let term = TermId(1);
    for (n, line) in (0..).zip(data.split(|b| *b == b'\n').take(30)) {
        let completion = attempt.complete(term, &lossy(line));
        assert!(completion.candidates.iter().all(|c| !c.contains(['\r', '\n'])), "{completion:?}");
        let input = Input::Line { term, text: line.into() };
        attempt.apply(START.plus(Duration::from_secs(n)), input);
    }
    for lang in [Lang::De, Lang::En] {
        open(attempt.entries(), Explainer::of(lang));
    }
}

/// Opens each line of each event, and each event; what there is to say can be read.
fn open(entries: &[Entry], explainer: &Explainer) {
    for entry in entries {
        let lines = match &entry.event {
            Event::Typed { text, .. } => text.split(|b| *b == b'\n').count(),
            Event::Printed { text, .. } => text.split('\n').count(),
            _ => 0,
        };
        let opened = (0..lines).filter_map(|line| explainer.open_line(entries, entry.n, line));
        for opened in opened.chain(explainer.open_event(entries, entry.n)) {
            let said = opened.parts.iter().chain(&opened.next).map(|part| &part.meaning).chain(&opened.what);
            for text in said {
                assert!(!text.contains(['{', '}']) || braces_were_typed(entries), "{text:?} lacks a word");
            }
        }
    }
}

/// Braces in a text are a placeholder without a value, unless somebody typed them.
fn braces_were_typed(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| match &entry.event {
        Event::Typed { text, .. } => text.contains(&b'{') || text.contains(&b'}'),
        _ => false,
    })
}

/// A message as it lies in a mailbox, with its `Received` lines, read by somebody who trusts one host.
pub(super) fn trace(data: &[u8]) {
    let trusted = [TrustedHost {
        names: vec!["mail.example.tld".to_owned()],
        addresses: vec![std::net::Ipv4Addr::new(192, 0, 2, 25).into()],
    }];
    for now in [None, Some(START)] {
        let trace = Trace::of(data, View { trusted: &trusted, now });
        for finding in &trace.findings {
            assert!(finding.span.start <= finding.span.end && finding.span.end <= data.len());
            let _ = Explainer::of(Lang::De).explain_finding(finding);
        }
        let first_stranger = trace.hops.iter().position(|hop| !hop.trusted).unwrap_or(trace.hops.len());
        assert_eq!(trace.trusted_hops().count(), first_stranger, "no line below a stranger's is believed");
        let _ = Explainer::of(Lang::En).explain_origin(trace.origin.as_ref());
    }
}

/// HTML of a mail: what is left of it is nothing but text and the elements and attributes that format text, every quote and
/// every element closed.
pub(super) fn html(data: &[u8]) {
    let clean = harmless_html(&lossy(data));
    let mut open = Vec::new();
    let mut rest = clean.as_str();
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        let end = tag.find('>').unwrap_or_else(|| panic!("{clean:?} has an open end"));
        let (tag, after) = (&tag[..end], &tag[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{clean:?}");
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{name:?}");
        assert!(!["script", "style", "img", "iframe", "form", "link", "meta"].contains(&name), "{clean:?}");
        while !attributes.is_empty() {
            let (attribute, value) = attributes.split_once("=\"").expect("each attribute has a value");
            let (value, more) = value.split_once('"').expect("each value ends");
            assert!(!attribute.starts_with("on") && attribute != "href" && attribute != "src", "{clean:?}");
            let value = value.to_ascii_lowercase();
            assert!(!["url(", "expression", "@import", "\\"].iter().any(|w| value.contains(w)), "{clean:?}");
            attributes = more.trim_start();
        }
        if !["br", "hr"].contains(&name) {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "{clean:?}");
}
