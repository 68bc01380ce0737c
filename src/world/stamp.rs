//! What mail systems write into the messages they handle, each in its own style: queue ids, `Received` and
//! `Return-Path` lines (RFC 5321 section 4.4), and what some of them complete.

use super::HostSetup;
use crate::event::{Envelope, TlsVersion};
use crate::mail::{Author, Fields, Message, Outline, Place, ReversePath};
use crate::proto::smtp::Style;
use crate::units::{Offset, Span, Stream, Time};

/// A message that a host has just taken, and who brought it.
pub(super) struct Arrival<'a> {
    pub(super) host: &'a HostSetup,
    pub(super) ids: &'a mut Stream,
    pub(super) envelope: &'a Envelope,
    /// The client's name, where its address leads to a name and the name back to the address.
    pub(super) client_name: Option<&'a str>,
    /// The name its address leads to, even where that does not lead back.
    pub(super) reverse_name: Option<&'a str>,
    pub(super) queue_id: &'a str,
    pub(super) now: Time,
}

/// The name under which a host of this style queues a message.
pub(super) fn queue_id(style: Style, now: Time, ids: &mut Stream) -> String {
    match style {
        // Microseconds and inode number in hexadecimal.
        Style::Postfix => format!("{:05X}{:X}", ids.below(1_000_000), 0x2_0000 + ids.below(0x8_0000)),
        Style::Sendmail => sendmail_id(now, ids),
        // Seconds since 1970 and the number of the qmail-queue process.
        Style::Qmail => format!("{} qp {}", now.unix_seconds(), process_id(ids)),
        // Seconds, process and a fraction of the second, each in base 62.
        Style::Exim => {
            let seconds = u64::try_from(now.unix_seconds()).unwrap_or(0);
            let (process, part) = (process_id(ids), ids.below(2000));
            format!("{}-{}-{}", base62(seconds, 6), base62(process, 6), base62(part, 2))
        }
        Style::Exchange => format!("{:013}", 1_000_000_000_000 + ids.below(9_000_000_000_000)),
    }
}

fn base62(mut number: u64, digits: usize) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut text = Vec::new();
    for _ in 0..digits {
        text.push(char::from(DIGITS[(number % 62) as usize]));
        number /= 62;
    }
    text.iter().rev().collect()
}

/// How a host names the message in its reply: Exchange says the Message-ID and its own number, the others the name under
/// which they queue it.
pub(super) fn shown_id(style: Style, queue_id: &str, message: &[u8], host: &str) -> String {
    if style != Style::Exchange {
        return queue_id.to_owned();
    }
    let id = Fields::parse(message).get("Message-ID").map(|f| f.value.trim().to_owned());
    let id: String = id.unwrap_or_default().chars().filter(|c| c.is_ascii_graphic()).take(200).collect();
    let id = if id.is_empty() { format!("<{queue_id}@{host}>") } else { id };
    format!("{id} [InternalId={queue_id}, Hostname={host}]")
}

fn process_id(ids: &mut Stream) -> u64 {
    2_000 + ids.below(30_000)
}

/// Sendmail's ids spell the moment in base 60 (year, month, day, hour, minute, second and two for the message),
/// then the process in six digits.
fn sendmail_id(now: Time, ids: &mut Stream) -> String {
    const DIGITS: &[u8; 60] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx";
    let c = now.civil(Offset(0));
    let small = |n: i8| usize::try_from(n).unwrap_or(0);
    let year = usize::try_from(c.year() - 1900).unwrap_or(0) % 60;
    let parts =
        [year, small(c.month() - 1), small(c.day()), small(c.hour()), small(c.minute()), small(c.second())];
    let serial = [ids.below(60) as usize, ids.below(60) as usize];
    let digit = |n: &usize| char::from(DIGITS[n % 60]);
    let moment: String = parts.iter().chain(&serial).map(digit).collect();
    format!("{moment}{:06}", process_id(ids))
}

/// The trace lines a host puts on top when it takes a message, each ending in CRLF.
pub(super) fn received(arrival: &mut Arrival<'_>) -> String {
    let Some(service) = &arrival.host.smtp else { return String::new() };
    let (helo, ip, by) = (tame(&arrival.envelope.helo), arrival.envelope.client, &service.config.name);
    let with = protocol(arrival.envelope);
    let id = arrival.queue_id;
    let offset = arrival.host.zone.at(arrival.now);
    // With more than one recipient the line names none: the others shall not learn of each other.
    let recipient = match arrival.envelope.to.as_slice() {
        [one] => format!("\r\n\tfor {one}"),
        _ => String::new(),
    };
    match service.config.style {
        Style::Postfix => {
            let name = arrival.client_name.unwrap_or("unknown");
            let date = with_zone_name(arrival.now, offset);
            // The date has a line of its own where no recipient stands in front of it.
            let gap = if recipient.is_empty() { "\r\n\t" } else { " " };
            let secured = postfix_trace(arrival.envelope);
            format!(
                "Received: from {helo} ({name} [{ip}])\r\n{secured}\tby {by} (Postfix) with {with} id {id}{recipient};{gap}{date}\r\n"
            )
        }
        Style::Sendmail => {
            let seen = match (arrival.client_name, arrival.reverse_name) {
                (Some(name), _) => format!("{name} [{ip}]"),
                (None, Some(name)) => format!("{name} [{ip}] (may be forged)"),
                (None, None) => format!("[{ip}]"),
            };
            let date = with_zone_name(arrival.now, offset);
            let user = arrival.envelope.user.as_ref().map_or("", |_| "\t(authenticated bits=0)\r\n");
            let tls = arrival.envelope.tls.as_ref().map_or(String::new(), |tls| {
                let (version, cipher, bits) =
                    (tls.version.name(), openssl_name(&tls.cipher), bits(&tls.cipher));
                format!("\r\n\t(version={version} cipher={cipher} bits={bits} verify=NO)")
            });
            format!(
                "Received: from {helo} ({seen})\r\n{user}\tby {by} (8.13.8/8.13.8) with {with} id {id}{tls}{recipient};\r\n\t{date}\r\n"
            )
        }
        Style::Exim => exim_trace(arrival, &helo, by),
        Style::Exchange => exchange_trace(arrival, &helo, by),
        Style::Qmail => {
            // tcpserver asks for the name and, without -p, believes it.
            let name = arrival.reverse_name.unwrap_or("unknown");
            let date = arrival.now.day_and_time(offset);
            let claimed =
                if helo.eq_ignore_ascii_case(name) { String::new() } else { format!(" (HELO {helo})") };
            let pid = process_id(arrival.ids);
            let user =
                arrival.envelope.user.as_ref().map_or(String::new(), |user| format!("{}@", tame(user)));
            let cipher = arrival.envelope.tls.as_ref().map(|tls| openssl_name(&tls.cipher));
            let with = cipher.map_or(with.to_owned(), |cipher| format!("({cipher} encrypted) {with}"));
            format!(
                "Received: (qmail {pid} invoked from network); {date}\r\n\
                 Received: from {name}{claimed} ({user}{ip})\r\n  by {by} with {with}; {date}\r\n"
            )
        }
    }
}

/// How the message came, as RFC 3848 names it: with S under TLS, with A from whoever had logged in; RFC 6531 section 4.3
/// has names of its own for what needed SMTPUTF8.
fn protocol(envelope: &Envelope) -> &'static str {
    match (envelope.esmtp, envelope.tls.is_some(), envelope.user.is_some()) {
        (false, ..) => "SMTP",
        (true, false, false) if envelope.params.smtputf8 => "UTF8SMTP",
        (true, true, false) if envelope.params.smtputf8 => "UTF8SMTPS",
        (true, false, true) if envelope.params.smtputf8 => "UTF8SMTPA",
        (true, true, true) if envelope.params.smtputf8 => "UTF8SMTPSA",
        (true, false, false) => "ESMTP",
        (true, true, false) => "ESMTPS",
        (true, false, true) => "ESMTPA",
        (true, true, true) => "ESMTPSA",
    }
}

/// What Postfix adds with `smtpd_tls_received_header` and `smtpd_sasl_authenticated_header`, as most have it.
fn postfix_trace(envelope: &Envelope) -> String {
    let mut lines = String::new();
    if let Some(tls) = &envelope.tls {
        let (version, cipher, bits) = (tls.version.name(), openssl_name(&tls.cipher), bits(&tls.cipher));
        lines.push_str(&format!("\t(using {version} with cipher {cipher} ({bits}/{bits} bits)"));
        if tls.version == TlsVersion::Tls13 {
            let keys = "key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256";
            lines.push_str(&format!("\r\n\t {keys}"));
        }
        lines.push_str(")\r\n\t(No client certificate requested)\r\n");
    }
    if let Some(user) = &envelope.user {
        lines.push_str(&format!("\t(Authenticated sender: {})\r\n", tame(user)));
    }
    lines
}

/// A suite as OpenSSL names it: as IANA does for TLS 1.3, in words of its own before.
fn openssl_name(iana: &str) -> String {
    match iana.split_once("_WITH_") {
        None => iana.to_owned(),
        Some((keys, cipher)) => {
            let keys = keys.trim_start_matches("TLS_").replace('_', "-");
            let cipher = cipher.replace("AES_", "AES").replace("_CBC", "").replace('_', "-");
            format!("{keys}-{cipher}")
        }
    }
}

fn bits(cipher: &str) -> u32 {
    if cipher.contains("_128_") { 128 } else { 256 }
}

/// Exim's line; each part it knows stands on its own.
fn exim_trace(arrival: &Arrival<'_>, helo: &str, by: &str) -> String {
    let ip = arrival.envelope.client;
    let seen = match arrival.client_name {
        Some(name) if name.eq_ignore_ascii_case(helo) => format!("{name} ([{ip}])"),
        Some(name) => format!("{name} ([{ip}] helo={helo})"),
        None => format!("[{ip}] (helo={helo})"),
    };
    let with = protocol(arrival.envelope).to_ascii_lowercase();
    let tls = arrival.envelope.tls.as_ref().map_or(String::new(), |tls| {
        format!(" ({}) tls {}\r\n\t", tls.version.name().replace("TLSv", "TLS"), tls.cipher)
    });
    let from = match &arrival.envelope.from.0 {
        Some(from) => format!("\t(envelope-from <{from}>)\r\n"),
        None => String::new(),
    };
    let recipient = match arrival.envelope.to.as_slice() {
        [one] => format!("\r\n\tfor {}", one.0),
        _ => String::new(),
    };
    let (id, date) = (arrival.queue_id, arrival.now.rfc5322(arrival.host.zone.at(arrival.now)));
    let gap = if tls.is_empty() { " " } else { "" };
    format!(
        "Received: from {seen}\r\n\tby {by} with {with}{gap}{tls}(Exim 4.96)\r\n{from}\tid {id}{recipient};\r\n\t{date}\r\n"
    )
}

/// Exchange's line: who, to whom, under which TLS, with the version of the server in place of an id.
fn exchange_trace(arrival: &Arrival<'_>, helo: &str, by: &str) -> String {
    let (ip, date) = (arrival.envelope.client, arrival.now.rfc5322(arrival.host.zone.at(arrival.now)));
    let tls = arrival.envelope.tls.as_ref().map_or(String::new(), |tls| {
        let version = tls.version.name().replace("TLSv", "TLS").replace('.', "_");
        format!(" (version={version}, cipher={})", tls.cipher)
    });
    let own = arrival.host.ip;
    format!(
        "Received: from {helo} ({ip}) by {by}\r\n ({own}) with Microsoft SMTP Server{tls} id\r\n 15.2.1544.4; {date}\r\n"
    )
}

/// The lines put on top when the owner of a mailbox has a message sent on in a new letter, each ending in CRLF.
pub(super) fn sent_on(style: Style, host: &HostSetup, address: &str, queue_id: &str, now: Time) -> String {
    let by = host.smtp.as_ref().map_or(&host.name, |s| &s.config.name);
    let delivered = format!("Delivered-To: {address}\r\n");
    match style {
        Style::Postfix => {
            let date = with_zone_name(now, host.zone.at(now));
            format!("Received: by {by} (Postfix)\r\n\tid {queue_id}; {date}\r\n{delivered}")
        }
        Style::Qmail => {
            let pid = queue_id.rsplit(' ').next().unwrap_or_default();
            let date = now.day_and_time(Offset(0));
            format!("Received: (qmail {pid} invoked by uid 1000); {date}\r\n{delivered}")
        }
        Style::Sendmail | Style::Exim | Style::Exchange => String::new(),
    }
}

/// The lines put on top when a message goes into a mailbox, each ending in CRLF. `original` is the recipient as given at
/// RCPT, before aliases took its place: Postfix (`enable_original_recipient`) and Exim show it.
pub(super) fn final_delivery(
    style: Option<Style>,
    from: &ReversePath,
    address: &str,
    original: &str,
    now: Time,
    offset: Offset,
) -> String {
    let path = format!("Return-Path: {from}\r\n");
    match style {
        Some(Style::Exim) => {
            let date = now.rfc5322(offset);
            format!("Return-path: {from}\r\nEnvelope-to: {original}\r\nDelivery-date: {date}\r\n")
        }
        Some(Style::Exchange) => {
            let from = from.0.as_ref().map_or("<>".to_owned(), ToString::to_string);
            format!("Return-Path: {from}\r\n")
        }
        Some(Style::Postfix) => format!("{path}X-Original-To: {original}\r\nDelivered-To: {address}\r\n"),
        Some(Style::Sendmail | Style::Qmail) | None => path,
    }
}

/// The message as the mail system passes it on. Postfix and Sendmail put the empty line where the header ends
/// without one; Postfix takes fields out ([`cleaned`]); Sendmail adds `Date`, `From` and `Message-Id` where they are
/// missing, and at a submission port all add date and id (RFC 6409 section 8); else the others change nothing. Postfix and
/// Exim add at the end of the header, the others at its beginning.
pub(super) fn completed(
    style: Style,
    message: &Message,
    envelope: &Envelope,
    now: Time,
    host: &HostSetup,
    queue_id: &str,
) -> Message {
    let tidy = matches!(style, Style::Postfix | Style::Sendmail);
    if !tidy && !envelope.submission {
        return message.clone();
    }
    let by = Author::Host(host.name.clone());
    let cleaned = if style == Style::Postfix { cleaned(message, &by) } else { None };
    let message = cleaned.as_ref().unwrap_or(message);
    let fields = Outline::of(&message.octets);
    let has = |name: &str| fields.all(name).next().is_some();
    let mut added = String::new();
    if style == Style::Sendmail || envelope.submission {
        let id = if has("Message-Id") { String::new() } else { message_id(style, now, host, queue_id) };
        let date = match style {
            _ if has("Date") => String::new(),
            Style::Postfix => format!("Date: {}\r\n", with_zone_name(now, host.zone.at(now))),
            _ => format!("Date: {}\r\n", now.rfc5322(host.zone.at(now))),
        };
        let from = match style {
            Style::Sendmail if !has("From") => format!("From: {}\r\n", envelope.from),
            _ => String::new(),
        };
        // Postfix begins with the id.
        added = if style == Style::Postfix { format!("{id}{date}") } else { format!("{date}{from}{id}") };
    }
    let (header, body) = (fields.split.header.end, fields.split.body.start);
    if added.is_empty() && !(tidy && header == body) {
        return message.clone();
    }
    let below = matches!(style, Style::Postfix | Style::Exim);
    let (above, below) = if below { ("", added.as_str()) } else { (added.as_str(), "") };
    let mut edit = message.edit();
    edit.write(&by, above.as_bytes());
    edit.keep(Span::new(0, header));
    let ended = message.octets.get(..header).is_none_or(|h| h.is_empty() || h.ends_with(b"\n"));
    if !ended && !below.is_empty() {
        edit.write(&by, b"\r\n");
    }
    edit.write(&by, below.as_bytes());
    // Where the body begins right after the last field, there was no empty line between them.
    if tidy && header == body {
        edit.write(&by, b"\r\n");
    }
    edit.keep(Span::new(header, message.octets.len()));
    edit.finish()
}

/// The `Message-Id` a host of this style gives a message that has none.
fn message_id(style: Style, now: Time, host: &HostSetup, queue_id: &str) -> String {
    let name = host.smtp.as_ref().map_or(&host.name, |s| &s.config.name);
    let id = match style {
        Style::Exim => format!("E{queue_id}"),
        Style::Qmail => format!("{}.qmail", queue_id.replace(' ', ".")),
        Style::Postfix => format!("{}.{queue_id}", moment(now)),
        // Sendmail leaves the seconds out.
        Style::Sendmail | Style::Exchange => {
            format!("{}.{queue_id}", moment(now).get(..12).unwrap_or_default())
        }
    };
    format!("Message-Id: <{id}@{name}>\r\n")
}

/// The text without these octets at its beginning.
fn without(text: &[u8], octet: u8) -> &[u8] {
    let length = text.iter().take_while(|&&b| b == octet).count();
    text.get(length..).unwrap_or_default()
}

/// The message after Postfix's cleanup: without the fields that are not for others to read, without blanks before
/// a field's colon, and with `From ` at the beginning, which mailbox files know, made a field. What is new is `by` the host.
/// `None` where there is nothing to change.
fn cleaned(message: &Message, by: &Author) -> Option<Message> {
    const DROPPED: [&str; 4] = ["Bcc", "Content-Length", "Resent-Bcc", "Return-Path"];
    let mut edit = message.edit();
    let whole: &[u8] = &message.octets;
    let mut start = 0;
    let after = |at: usize| whole.get(at..).unwrap_or_default();
    while without(after(start), b'>').starts_with(b"From ") {
        let rest = after(start);
        let end = start + rest.iter().position(|&b| b == b'\n').map_or(rest.len(), |end| end + 1);
        edit.write(by, b"X-Mailbox-Line: ");
        edit.keep(Span::new(start, end));
        start = end;
    }
    let fields = Outline::of(after(start));
    let dropped = |field: &Place| DROPPED.iter().any(|name| fields.is(field, name));
    if start == 0 && fields.iter().all(|field| field.is_tidy() && !dropped(field)) {
        return None;
    }
    let mut at = start;
    for field in fields.iter() {
        let place = |n: usize| n.saturating_add(start);
        if !dropped(field) {
            edit.keep(Span::new(place(field.name.start), place(field.name.end)));
            edit.keep(Span::new(place(field.raw.start.saturating_sub(1)), place(field.span.end)));
        }
        at = place(field.span.end);
    }
    edit.keep(Span::new(at, whole.len()));
    Some(edit.finish())
}

/// `20240901115503`, the moment in UTC as Postfix writes it into a Message-Id.
fn moment(now: Time) -> String {
    let c = now.civil(Offset(0));
    let (date, time) = ((c.year(), c.month(), c.day()), (c.hour(), c.minute(), c.second()));
    format!("{:04}{:02}{:02}{:02}{:02}{:02}", date.0, date.1, date.2, time.0, time.1, time.2)
}

/// `Mon, 30 Jun 2014 10:56:27 +0200 (CEST)`.
fn with_zone_name(now: Time, offset: Offset) -> String {
    let date = now.rfc5322(offset);
    match offset.0 {
        0 => format!("{date} (UTC)"),
        60 if !now.is_summer() => format!("{date} (CET)"),
        120 if now.is_summer() => format!("{date} (CEST)"),
        _ => date,
    }
}

/// What a client says of itself, made fit for a header line: no control characters, and not endless.
fn tame(helo: &str) -> String {
    let text: String = helo.chars().filter(|c| !c.is_control()).take(255).collect();
    if text.is_empty() { "unknown".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sendmail_ids_spell_the_moment() {
        // 30 Jun 2014 09:04:47 UTC, as in the Cologne text: s5U94l, then the message and the process.
        let id = sendmail_id(Time(1_404_119_087_000_000), &mut Stream::new(1, "x"));
        assert!(id.starts_with("s5U94l") && id.len() == 14, "{id}");
    }

    #[test]
    fn a_name_from_helo_cannot_break_the_header() {
        assert_eq!(tame("a\r\nX-Evil: 1\0"), "aX-Evil: 1");
        assert_eq!(tame(""), "unknown");
        assert_eq!(tame(&"x".repeat(1000)).len(), 255);
    }

    #[test]
    fn postfix_cleans_headers_up() {
        let rows = [
            ("A: 1\r\nBcc: x\r\n y\r\nB \t: 2\r\n\r\nBcc: z\r\n", "A: 1\r\nB: 2\r\n\r\nBcc: z\r\n"),
            ("return-path: <x>\r\nContent-Length: 3\r\n\r\n", "\r\n"),
            (
                "From me\r\n>From you\r\nA: 1\r\n",
                "X-Mailbox-Line: From me\r\nX-Mailbox-Line: >From you\r\nA: 1\r\n",
            ),
            ("Bcc: x", ""),
            ("From ", "X-Mailbox-Line: From "),
            ("no field\r\nBcc: x\r\n", "no field\r\nBcc: x\r\n"),
            ("", ""),
        ];
        for (before, after) in rows {
            let message = Message::new(before.as_bytes());
            let cleaned = cleaned(&message, &Author::Host("mx".to_owned())).unwrap_or(message);
            assert_eq!(cleaned.octets.lossy(), after, "{before:?}");
        }
    }

    #[test]
    fn what_postfix_takes_out_and_puts_in_keeps_every_line_with_its_author() {
        let sent = Message::by(Author::Learner, "From me\r\nBcc: x\r\nA : 1\r\n\r\nText");
        let relayed = sent.stamped("far", "Return-Path: <a>\r\nReceived: from far\r\n");
        let there = cleaned(&relayed, &Author::Host("mx".to_owned())).unwrap();
        assert_eq!(there.octets.lossy(), "Received: from far\r\nFrom me\r\nBcc: x\r\nA : 1\r\n\r\nText");
        let there = cleaned(&sent, &Author::Host("mx".to_owned())).unwrap();
        assert_eq!(there.octets.lossy(), "X-Mailbox-Line: From me\r\nA: 1\r\n\r\nText");
        let by: Vec<_> = there.authors().iter().map(|a| (a.by.host(), a.span)).collect();
        assert_eq!(by, [(Some("mx"), Span::new(0, 16)), (None, Span::new(16, 37))]);
    }
}
