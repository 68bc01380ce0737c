//! The parts of an answer of SMTP: the code digit by digit, the enhanced code, and what the words say.

use super::super::auth::{self, Asked, By};
use super::super::names;
use super::super::opening::Opening;
use crate::event::{EnhancedCode, SmtpCommand, SmtpExchange, SmtpReason};
use crate::explain::say::Say;
use crate::mail::sasl::Mechanism;
use crate::rfc::section;

/// One line of the answer, counted from 0.
pub(super) fn line(o: &mut Opening<'_>, exchange: &SmtpExchange, at: usize, tls: bool) {
    let reply = &exchange.reply;
    let Some(words) = reply.lines.get(at) else { return };
    let last = at + 1 == reply.lines.len();
    code(o, reply.code);
    o.part(0, if last { "␣" } else { "-" }, Say::new(if last { "smtp-last-line" } else { "smtp-continued" }));
    if let Some(enhanced) = reply.enhanced {
        self::enhanced(o, 0, enhanced);
    }
    match (&exchange.command, &exchange.reason) {
        (_, SmtpReason::Challenge) => challenge(o, exchange, words, tls),
        (SmtpCommand::Connect, SmtpReason::Greeting) => greeting(o, words),
        (SmtpCommand::Ehlo { .. }, SmtpReason::Hello) => match at {
            0 => o.part(0, words, Say::new("ehlo-name")),
            _ => keyword(o, words),
        },
        (_, SmtpReason::MessageAccepted { queue_id, .. }) => {
            o.part(0, words, Say::new("smtp-words"));
            if words.contains(queue_id.as_str()) {
                o.part(1, queue_id, Say::new("smtp-queue-id"));
            }
        }
        _ if !words.is_empty() => o.part(0, words, Say::new("smtp-words")),
        _ => {}
    }
}

/// A reply code, digit by digit.
pub(in super::super) fn code(o: &mut Opening<'_>, code: u16) {
    let shown = format!("{code:03}");
    o.rule(section(5321, "4.2.1"));
    o.part(0, &shown, names::reply_code(code));
    for (digit, say) in shown.chars().zip(names::reply_digits(code)) {
        o.part(1, digit.to_string(), say);
    }
}

/// An enhanced code: class, subject, detail.
pub(in super::super) fn enhanced(o: &mut Opening<'_>, depth: u8, code: EnhancedCode) {
    o.rule(section(3463, "2"));
    o.part(depth, code.to_string(), Say::new("enhanced-code"));
    let numbers = [u16::from(code.0), code.1, code.2].map(|n| n.to_string());
    for (number, say) in numbers.iter().zip(names::enhanced(code)) {
        o.part(depth + 1, number, say);
    }
}

/// The server's name, `ESMTP` and what it says of itself.
fn greeting(o: &mut Opening<'_>, words: &str) {
    let (name, rest) = words.split_once(' ').unwrap_or((words, ""));
    o.part(0, name, Say::new("smtp-greeting-name"));
    let (before, after) = match rest.find("ESMTP") {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    if !before.trim().is_empty() {
        o.part(0, before.trim(), Say::new("smtp-greeting-words"));
    }
    if let Some(after) = after.strip_prefix("ESMTP") {
        o.part(0, "ESMTP", Say::new("smtp-greeting-esmtp"));
        if !after.trim().is_empty() {
            o.part(0, after.trim(), Say::new("smtp-greeting-words"));
        }
    }
}

/// A keyword of the answer to EHLO, with its parameters.
fn keyword(o: &mut Opening<'_>, words: &str) {
    let (keyword, rest) = words.split_once([' ', '=']).unwrap_or((words, ""));
    let Some(say) = names::EHLO.say(keyword) else { return };
    o.part(0, words, say);
    for param in rest.split_whitespace() {
        if keyword.eq_ignore_ascii_case("AUTH") {
            o.part(1, param, Say::new("ehlo-mechanism").text("mechanism", &param.to_ascii_uppercase()));
        } else if keyword.eq_ignore_ascii_case("SIZE") {
            o.part(1, param, Say::new("ehlo-size-limit"));
        }
    }
}

/// The server's message of a login.
fn challenge(o: &mut Opening<'_>, exchange: &SmtpExchange, words: &str, tls: bool) {
    if words.trim().is_empty() {
        return;
    }
    let mechanism = match &exchange.command {
        SmtpCommand::Auth { mechanism } => Mechanism::parse(mechanism),
        SmtpCommand::AuthResponse { mechanism } => Some(*mechanism),
        _ => None,
    };
    o.part(0, words, Say::new("line-base64"));
    auth::message(o, 1, words, mechanism, (By::Server, Asked::Nothing), tls);
}
