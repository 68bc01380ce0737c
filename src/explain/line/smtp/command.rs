//! The parts of a command of SMTP, as they were typed.

use super::super::auth::{self, Asked, By};
use super::super::names;
use super::super::opening::Opening;
use crate::event::{SmtpCommand, SmtpExchange, SmtpVerb};
use crate::explain::say::Say;
use crate::mail::sasl::Mechanism;
use crate::mail::{Domain, Mailbox};

/// What the verb means here, and the parts of the line.
pub(super) fn parts(o: &mut Opening<'_>, exchange: &SmtpExchange, asked: Asked, tls: bool) {
    use SmtpCommand as C;
    let line = exchange.line.lossy();
    match &exchange.command {
        C::Connect => return o.what(Say::new("line-greeting")),
        C::Silence => return o.what(Say::new("line-silence")),
        C::Message { .. } if line.is_empty() => return o.what(Say::new("line-end-of-message")),
        C::AuthResponse { mechanism } => {
            o.what(Say::new("line-auth-response").own("mechanism", mechanism.name()));
            o.part(0, &line, Say::new("line-base64"));
            return auth::message(o, 1, &line, Some(*mechanism), (By::Client, asked), tls);
        }
        C::Unknown { .. } | C::Overlong { .. } => return o.part(0, &line, Say::new("smtp-part-line")),
        _ => {}
    }
    let Some(verb) = exchange.command.verb() else { return };
    let verb = if line.trim_start().get(..4).is_some_and(|w| w.eq_ignore_ascii_case("BDAT")) {
        SmtpVerb::Bdat
    } else {
        verb
    };
    o.what(names::smtp_verb(verb));
    o.rule(verb.rule());
    let start = line.trim_start();
    let (word, argument) = start.split_once([' ', '\t']).unwrap_or((start, ""));
    // What stands together with the verb, such as `MAIL:`, is shown as it is.
    o.part(0, word, Say::new("smtp-part-verb"));
    let argument = argument.trim();
    match &exchange.command {
        C::Mail { from, .. } => {
            path(o, argument, from.0.as_ref(), "smtp-part-from", "smtp-part-reverse-path")
        }
        C::Rcpt { to, .. } => path(o, argument, Some(&to.0), "smtp-part-to", "smtp-part-forward-path"),
        C::Auth { mechanism } => login(o, argument, mechanism, tls),
        C::Malformed { .. } => malformed(o, exchange, argument),
        command => plain(o, command, argument),
    }
}

/// What came back, and why.
pub(super) fn answered(o: &mut Opening<'_>, exchange: &SmtpExchange) {
    let enhanced = exchange.reply.enhanced.map_or_else(String::new, |e| format!(" {e}"));
    o.what(Say::new("line-answered").own("answer", format!("{}{enhanced}", exchange.reply.code)));
    o.why(o.explainer.explain_smtp(exchange));
}

/// Commands whose argument is one thing.
fn plain(o: &mut Opening<'_>, command: &SmtpCommand, argument: &str) {
    use SmtpCommand as C;
    if argument.is_empty() {
        return;
    }
    let key = match command {
        C::Helo { .. } | C::Ehlo { .. } => "smtp-part-name",
        C::Vrfy { .. } | C::Expn { .. } => "smtp-part-whom",
        C::Help { .. } => "smtp-part-topic",
        C::Etrn { .. } => "smtp-part-queue",
        C::Bdat { .. } | C::Message { .. } => {
            let (size, last) = argument.split_once(' ').unwrap_or((argument, ""));
            o.part(0, size, Say::new("smtp-part-octets"));
            if !last.trim().is_empty() {
                o.part(0, last.trim(), Say::new("smtp-part-last"));
            }
            return;
        }
        _ => "smtp-part-rest",
    };
    o.part(0, argument, Say::new(key));
}

/// `FROM:<path> PARAM=value`.
fn path(
    o: &mut Opening<'_>,
    argument: &str,
    mailbox: Option<&Mailbox>,
    keyword: &'static str,
    key: &'static str,
) {
    let rest = match argument.split_once(':') {
        Some((word, rest)) => {
            o.part(0, format!("{word}:"), Say::new(keyword));
            rest.trim_start()
        }
        None => argument,
    };
    let (path, params) = match rest.find('>') {
        Some(end) if rest.starts_with('<') => rest.split_at(end + 1),
        _ => rest.split_at(rest.find([' ', '\t']).unwrap_or(rest.len())),
    };
    let key = match mailbox {
        None => "smtp-part-null-path",
        Some(_) if !path.starts_with('<') => "smtp-part-bare-path",
        Some(_) => key,
    };
    o.part(0, path, Say::new(key));
    if let Some(mailbox) = mailbox {
        self::mailbox(o, 1, mailbox);
    }
    params.split_whitespace().for_each(|param| parameter(o, param));
}

/// The parts of an address.
pub(in super::super) fn mailbox(o: &mut Opening<'_>, depth: u8, mailbox: &Mailbox) {
    o.part(depth, &mailbox.local, Say::new("smtp-part-local"));
    match &mailbox.domain {
        Some(Domain::Name(name)) => o.part(depth, name, Say::new("smtp-part-domain")),
        Some(literal) => o.part(depth, literal.to_string(), Say::new("smtp-part-literal")),
        None => {}
    }
}

/// A parameter of MAIL or RCPT.
fn parameter(o: &mut Opening<'_>, param: &str) {
    let (name, value) = param.split_once('=').unwrap_or((param, ""));
    let (name, upper) = (name.to_ascii_uppercase(), value.to_ascii_uppercase());
    let key = match (name.as_str(), upper.as_str()) {
        ("SIZE", _) => "smtp-param-size",
        ("BODY", "7BIT") => "smtp-param-body-7bit",
        ("BODY", "8BITMIME") => "smtp-param-body-8bitmime",
        ("BODY", "BINARYMIME") => "smtp-param-body-binarymime",
        ("SMTPUTF8", _) => "smtp-param-smtputf8",
        ("RET", "FULL") => "smtp-param-ret-full",
        ("RET", "HDRS") => "smtp-param-ret-hdrs",
        ("ENVID", _) => "smtp-param-envid",
        ("AUTH", _) => "smtp-param-auth",
        ("NOTIFY", _) => "smtp-param-notify",
        ("ORCPT", _) => "smtp-param-orcpt",
        _ => "smtp-param-other",
    };
    o.part(0, param, Say::new(key));
    if name == "NOTIFY" {
        for word in upper.split(',') {
            let key = match word {
                "NEVER" => "smtp-notify-never",
                "SUCCESS" => "smtp-notify-success",
                "FAILURE" => "smtp-notify-failure",
                "DELAY" => "smtp-notify-delay",
                _ => continue,
            };
            o.part(1, word, Say::new(key));
        }
    }
}

/// AUTH with its mechanism and perhaps the first message.
fn login(o: &mut Opening<'_>, argument: &str, mechanism: &str, tls: bool) {
    let (word, initial) = argument.split_once([' ', '\t']).unwrap_or((argument, ""));
    let known = Mechanism::parse(mechanism);
    o.part(0, word, Say::new("smtp-part-mechanism"));
    if known.is_some() {
        let upper = word.to_ascii_uppercase();
        o.part(1, word, Say::new("ehlo-mechanism").text("mechanism", &upper));
    }
    if !initial.trim().is_empty() {
        o.part(0, initial.trim(), Say::new("smtp-part-initial"));
        auth::message(o, 1, initial, known, (By::Client, Asked::Name), tls);
    }
}

/// A line that could not be read: the place at fault is shown.
fn malformed(o: &mut Opening<'_>, exchange: &SmtpExchange, argument: &str) {
    if !argument.is_empty() {
        o.part(0, argument, Say::new("line-argument"));
    }
    fault(o, &exchange.line, exchange.span);
}

/// The place in a line that a reason is about.
pub(in super::super) fn fault(o: &mut Opening<'_>, line: &[u8], span: Option<crate::units::Span>) {
    let Some(span) = span else { return };
    match line.get(span.start..span.end).filter(|there| !there.is_empty()) {
        Some(there) => o.part(1, super::super::opening::text(there), Say::new("line-fault")),
        None => {
            let before = line.get(..span.start).unwrap_or(line);
            o.part(1, super::super::opening::text(before), Say::new("line-fault-after"));
        }
    }
}
