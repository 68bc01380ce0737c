//! The chain of `Received` lines: how far it can be believed, and where its links do not fit.

use super::address::{AddressUse, use_of};
use super::received::{Inside, Received};
use super::{Finding, FindingKind, Hop, Origin, Trace, TrustedHost, View};
use crate::units::{Span, Time};

/// Clocks of honest servers differ by so many seconds.
const CLOCKS: i64 = 60;
/// Mail that took longer has waited somewhere.
const LONG: i64 = 30 * 60;

/// Follows the lines from the top for as long as they can be believed.
pub(super) fn follow(lines: Vec<Received>, view: View<'_>) -> Trace {
    let (trusted, origin) = believed(&lines, view.trusted);
    let boundary = trusted.checked_sub(1).and_then(|n| lines.get(n)).map_or(0, |line| line.span.end);
    let times: Vec<Option<Time>> = lines.iter().map(|l| l.date.map(|d| d.at)).collect();
    let delay = |n: usize| {
        let below = times.get(n + 1..).unwrap_or_default().iter().flatten().next()?;
        Some(times.get(n).copied().flatten()?.unix_seconds().saturating_sub(below.unix_seconds()))
    };
    let hop = |(n, line)| Hop { line, trusted: n < trusted, delay: delay(n) };
    let hops = lines.into_iter().enumerate().map(hop).collect();
    Trace { hops, boundary, origin, claims: Vec::new(), findings: Vec::new() }
}

/// How many lines from the top can be believed, and what the last of them says of where the message came from.
///
/// Each line is by the host at which the way has arrived: first the reader's own, then whichever trusted host the line
/// above was called from. A line by any other hand ends the part that can be believed, whatever it says.
fn believed(lines: &[Received], trusted: &[TrustedHost]) -> (usize, Option<Origin>) {
    let (mut count, mut origin) = (0, None);
    let Some(mut host) = trusted.first() else { return (0, None) };
    for (n, line) in lines.iter().enumerate() {
        if line.by.is_none() && line.inside.is_some() {
            // qmail's note. What follows is its own line, unless the message began here.
            count = n + 1;
            if matches!(line.inside, Some(Inside::User | Inside::Report)) {
                return (count, Some(from(n, line)));
            }
            continue;
        }
        let by_name = line.by.as_ref().is_some_and(|by| host.is_called(&by.text));
        let by_address = line.by_address.as_ref().and_then(|a| a.ip).is_some_and(|ip| host.is_at(ip));
        if !(by_name || line.by.is_none() && by_address) {
            return (count, origin);
        }
        count = n + 1;
        origin = Some(from(n, line));
        if line.inside.is_some() {
            return (count, origin);
        }
        match line.ip() {
            None => return (count, origin),
            Some(ip) if use_of(ip) == AddressUse::Loopback => {}
            Some(ip) => match trusted.iter().find(|t| t.is_at(ip)) {
                Some(next) => host = next,
                None => return (count, origin),
            },
        }
    }
    (count, origin)
}

fn from(hop: usize, line: &Received) -> Origin {
    let text = |word: &Option<super::Word>| word.as_ref().map(|w| w.text.clone());
    Origin {
        hop,
        ip: line.ip(),
        name: text(&line.reverse),
        helo: text(&line.helo),
        user: text(&line.user),
        at: line.date.map(|d| d.at),
        inside: line.inside.is_some(),
    }
}

/// Looks at every line, and at each pair of neighbours.
pub(super) fn examine(trace: &mut Trace, view: View<'_>) {
    let mut findings = Vec::new();
    match trace.hops.iter().rposition(|h| h.trusted).and_then(|n| trace.hops.get(n)) {
        Some(last) => findings.push(Finding::new(FindingKind::TrustEnds, last.line.span)),
        None => {
            let top = trace.hops.first().map_or(Span::at(0), |h| h.line.span);
            findings.push(Finding::new(FindingKind::NothingTrusted, top));
        }
    }
    let newest = view.now.or_else(|| trace.hops.iter().find_map(|h| h.line.date.map(|d| d.at)));
    for (n, hop) in trace.hops.iter().enumerate() {
        let mut note = |kind, span| findings.push(Finding::new(kind, span));
        client(&hop.line, &mut note);
        clock(hop, newest, &mut note);
        if !hop.trusted {
            note(FindingKind::BelowBoundary, hop.line.span);
            let by = hop.line.by.as_ref().filter(|by| view.trusted.iter().any(|t| t.is_called(&by.text)));
            if let Some(by) = by.filter(|_| trace.origin.is_some()) {
                note(FindingKind::ClaimsTrusted { by: by.text.clone() }, by.span);
            }
        }
        if let Some(below) = trace.hops.get(n + 1) {
            link(&hop.line, &below.line, view.trusted, &mut note);
        }
    }
    trace.findings.extend(findings);
}

/// What a line says of who called.
fn client(line: &Received, note: &mut impl FnMut(FindingKind, Span)) {
    if let Some(how) = line.inside {
        note(FindingKind::HandedOverInside { how }, line.span);
    }
    if let Some(address) = &line.address {
        let (ip, span) = (address.word.text.clone(), address.word.span);
        match address.ip.map(use_of) {
            None => note(FindingKind::AddressImpossible { text: ip }, span),
            Some(AddressUse::Private) => note(FindingKind::AddressPrivate { ip }, span),
            Some(AddressUse::Reserved) => note(FindingKind::AddressReserved { ip }, span),
            Some(AddressUse::Public) if line.nameless => note(FindingKind::NoReverseName { ip }, span),
            Some(AddressUse::Public | AddressUse::Loopback) => {}
        }
    } else if line.inside.is_none() {
        note(FindingKind::NoAddress, line.span);
    }
    if let Some(name) = line.reverse.as_ref().filter(|_| line.forged) {
        note(FindingKind::MayBeForged { name: name.text.clone() }, name.span);
    }
    if let Some((helo, name)) = line.helo.as_ref().zip(line.reverse.as_ref()) {
        let literal = helo.text.trim_start_matches('[').trim_end_matches(']').trim_start_matches("IPv6:");
        let own = literal.parse().ok().is_some_and(|ip| line.ip() == Some(ip));
        let (said, found) = (helo.text.trim_end_matches('.'), name.text.trim_end_matches('.'));
        if !said.eq_ignore_ascii_case(found) && !own {
            let (helo_text, name) = (helo.text.clone(), name.text.clone());
            note(FindingKind::HelloDiffers { helo: helo_text, name }, helo.span);
        }
    }
    match &line.with {
        Some(with) if !is_protocol(&with.text) => {
            note(FindingKind::UnknownProtocol { with: with.text.clone() }, with.span);
        }
        _ => {}
    }
    if line.by.is_none() && line.inside.is_none() {
        note(FindingKind::NoBy, line.span);
    }
}

/// When it was.
fn clock(hop: &Hop, newest: Option<Time>, note: &mut impl FnMut(FindingKind, Span)) {
    let Some(text) = &hop.line.date_text else {
        return note(FindingKind::NoDate, hop.line.span);
    };
    let Some(date) = hop.line.date else {
        return note(FindingKind::BadDate { text: text.text.clone() }, text.span);
    };
    if let Some((said, right)) = date.wrong_day {
        note(FindingKind::WrongWeekday { said, right }, text.span);
    }
    if date.offset.is_none() {
        note(FindingKind::ZoneUnknown, text.span);
    }
    let ahead = newest.map_or(0, |newest| date.at.unix_seconds().saturating_sub(newest.unix_seconds()));
    if ahead > CLOCKS {
        note(FindingKind::InFuture { seconds: ahead.unsigned_abs() }, text.span);
    }
    match hop.delay {
        Some(delay) if delay < -CLOCKS => {
            note(FindingKind::TimeGoesBack { seconds: delay.unsigned_abs() }, text.span);
        }
        Some(delay) if delay > LONG => {
            note(FindingKind::LongWait { seconds: delay.unsigned_abs() }, text.span);
        }
        _ => {}
    }
}

/// Is whoever took the message below the same that handed it over above?
fn link(
    above: &Received,
    below: &Received,
    trusted: &[TrustedHost],
    note: &mut impl FnMut(FindingKind, Span),
) {
    let Some(by) = &below.by else { return };
    let local = above.ip().is_some_and(|ip| use_of(ip) == AddressUse::Loopback);
    let mut names: Vec<&str> = Vec::new();
    if local || (above.inside.is_some() && above.address.is_none()) {
        // The host gave it to itself.
        match &above.by {
            Some(own) => names.push(&own.text),
            None => return,
        }
    } else {
        names.extend([&above.helo, &above.reverse].into_iter().flatten().map(|w| w.text.as_str()));
        if let Some(ip) = above.ip() {
            let same = below.by_address.as_ref().and_then(|a| a.ip) == Some(ip);
            let known = trusted.iter().any(|t| t.is_at(ip) && t.is_called(&by.text));
            if same || known || by.text.parse().ok() == Some(ip) {
                return;
            }
        }
    }
    if names.is_empty() || names.iter().any(|name| are_similar(name, &by.text)) {
        return;
    }
    let handed = above.reverse.as_ref().or(above.helo.as_ref()).or(above.by.as_ref());
    let from = handed.map(|w| w.text.clone()).unwrap_or_default();
    note(FindingKind::ChainBroken { by: by.text.clone(), from }, by.span);
}

/// The same host, or hosts of one domain: providers name the inside and the outside of a server differently.
pub(super) fn are_similar(a: &str, b: &str) -> bool {
    let bare = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
    let (a, b) = (bare(a), bare(b));
    a == b || organisation(&a).is_some_and(|domain| organisation(&b) == Some(domain))
}

/// The domain that somebody has registered, near enough: the last two labels of a name, or three where the second is one
/// that registries use (`example.co.uk`).
pub(super) fn organisation(name: &str) -> Option<&str> {
    const SECOND: [&str; 9] = ["co", "com", "ac", "org", "net", "gov", "edu", "or", "gv"];
    let name = name.trim_end_matches('.');
    let labels: Vec<&str> = name.split('.').collect();
    let short_top = labels.last().is_some_and(|top| top.len() == 2);
    let second = labels.len().checked_sub(2).and_then(|n| labels.get(n));
    let count = if short_top && second.is_some_and(|s| SECOND.contains(s)) { 3 } else { 2 };
    let first = labels.len().checked_sub(count)?;
    let start: usize = labels.iter().take(first).map(|l| l.len() + 1).sum();
    name.get(start..)
}

/// Does such a protocol exist? Those of RFC 3848 and of RFC 6531 section 4.3, and what systems write for hand-overs inside.
fn is_protocol(with: &str) -> bool {
    let upper = with.to_ascii_uppercase();
    let base = upper.strip_prefix("UTF8").unwrap_or(&upper);
    let base = base.trim_end_matches('A').trim_end_matches('S');
    ["SMTP", "ESMTP", "LMTP", "LOCAL", "HTTP", "MAPI", "BSMTP", "ASMTP", "UUCP", "IMAP", "MMS", "MM"]
        .contains(&base)
        || upper.starts_with("MICROSOFT SMTP SERVER")
}
