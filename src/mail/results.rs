//! The Authentication-Results field (RFC 8601): a host says on top of a message what it found out about its sender. Who
//! reads it must know whose word it is, so a host takes out those that claim to be its own.

use super::dkim::DkimCheck;
use super::dmarc::DmarcCheck;
use super::spf::{SpfCheck, SpfIdentity};
use super::{Fields, Message};
use crate::units::Span;

/// What was checked of one message.
#[derive(Debug, Clone, Copy, Default)]
pub struct Results<'a> {
    /// SPF, where it was.
    pub spf: Option<&'a SpfCheck>,
    /// DKIM, where it was; empty where there is no signature.
    pub dkim: Option<&'a [DkimCheck]>,
    /// DMARC, where it was.
    pub dmarc: Option<&'a DmarcCheck>,
}

impl Results<'_> {
    /// The field, with CRLF at its end, in the name of `host`. Where nothing was checked it says `none` (RFC 8601 section
    /// 2.2).
    pub fn field(&self, host: &str) -> String {
        let mut parts = Vec::new();
        match self.dkim {
            Some([]) => parts.push("dkim=none (message not signed)".to_owned()),
            Some(checks) => parts.extend(checks.iter().map(dkim)),
            None => {}
        }
        parts.extend(self.spf.map(spf));
        parts.extend(self.dmarc.map(dmarc));
        if parts.is_empty() {
            parts.push("none".to_owned());
        }
        format!("Authentication-Results: {};\r\n\t{}\r\n", value(host), parts.join(";\r\n\t"))
    }
}

fn dkim(check: &DkimCheck) -> String {
    let mut text = format!("dkim={}", check.result.name());
    if check.testing {
        text.push_str(" (test mode)");
    }
    for (key, found) in [
        ("header.d", Some(check.domain.as_str())),
        ("header.i", check.identity.as_deref()),
        ("header.s", Some(check.selector.as_str())),
        ("header.a", Some(check.algorithm.as_str())),
        ("header.b", Some(check.beginning.as_str())),
    ] {
        if let Some(found) = found.filter(|found| !found.is_empty()) {
            text.push_str(&format!(" {key}={}", value(found)));
        }
    }
    text
}

fn spf(check: &SpfCheck) -> String {
    let property = match check.identity {
        SpfIdentity::Helo => "smtp.helo",
        SpfIdentity::MailFrom => "smtp.mailfrom",
    };
    format!("spf={} {property}={}", check.result.name(), value(&check.sender))
}

fn dmarc(check: &DmarcCheck) -> String {
    let mut text = format!("dmarc={}", check.result.name());
    if let Some(policy) = check.policy {
        text.push_str(&format!(" (p={} dis={})", policy.name(), check.disposition.name()));
    }
    if !check.author.is_empty() {
        text.push_str(&format!(" header.from={}", value(&check.author)));
    }
    text
}

/// A value as it is, or as a quoted string where it has to be one (RFC 8601 section 2.2, RFC 2045 section 5.1), made fit for
/// one line.
fn value(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).take(320).collect();
    let token = |c: char| c.is_ascii_graphic() && !"()<>,;:\\\"/[]?=".contains(c);
    if !text.is_empty() && text.chars().all(token) {
        return text;
    }
    let quoted: String =
        text.chars().flat_map(|c| matches!(c, '"' | '\\').then_some('\\').into_iter().chain([c])).collect();
    format!("\"{quoted}\"")
}

/// The message without Authentication-Results that claim to be of `host` (RFC 8601 section 5), and how many there were.
/// What is kept keeps its authors.
pub fn without_forged(message: &Message, host: &str) -> (Message, usize) {
    let fields = Fields::parse(&message.octets);
    let forged: Vec<_> = fields
        .all("Authentication-Results")
        .filter(|field| claims(&field.value, host))
        .map(|field| field.span)
        .collect();
    if forged.is_empty() {
        return (message.clone(), 0);
    }
    let (mut edit, mut at) = (message.edit(), 0);
    for span in &forged {
        edit.keep(Span::new(at, span.start));
        at = span.end;
    }
    edit.keep(Span::new(at, message.octets.len()));
    (edit.finish(), forged.len())
}

/// Does the value begin with this host's name?
fn claims(text: &str, host: &str) -> bool {
    let text = without_comments(text);
    let name = text.split(';').next().unwrap_or_default().trim();
    // A version number may follow the name.
    let name = match name.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => name.split_whitespace().next().unwrap_or_default(),
    };
    let plain = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
    plain(name) == plain(host)
}

/// The text with its comments taken out (RFC 5322 section 3.2.2), in which a name could hide.
fn without_comments(text: &str) -> String {
    let (mut out, mut depth, mut quoted, mut escaped) = (String::new(), 0_usize, false, false);
    for c in text.chars() {
        let literal = std::mem::take(&mut escaped);
        match c {
            '\\' if !literal && (depth > 0 || quoted) => escaped = true,
            '"' if !literal && depth == 0 => quoted = !quoted,
            '(' if !literal && !quoted => depth += 1,
            ')' if !literal && !quoted && depth > 0 => {
                depth -= 1;
                out.push(' ');
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_claims_to_be_ones_own_is_taken_out() {
        let text = "Authentication-Results: other.tld; spf=pass\r\n\
                    authentication-results: (x;y) MX.Example.TLD 1;\r\n spf=pass\r\n\
                    Subject: x\r\n\
                    Authentication-Results: \"mx.example.tld\" ; none\r\n\
                    Authentication-Results: mx.example.tld.evil.tld; none\r\n\r\n\
                    Authentication-Results: mx.example.tld; none\r\n";
        let message = Message::new(text.as_bytes());
        let (clean, count) = without_forged(&message, "mx.example.tld");
        assert_eq!(count, 2);
        assert_eq!(
            String::from_utf8_lossy(&clean.octets),
            "Authentication-Results: other.tld; spf=pass\r\n\
             Subject: x\r\n\
             Authentication-Results: mx.example.tld.evil.tld; none\r\n\r\n\
             Authentication-Results: mx.example.tld; none\r\n"
        );
    }

    #[test]
    fn a_name_cannot_hide_behind_a_comment() {
        for (value, claim) in [
            ("mx.tld; none", true),
            ("(a (b) \\) ;) mx.tld(c); none", true),
            ("mx.tld", true),
            ("mx.tldx; none", false),
            ("(mx.tld); none", false),
            ("((((", false),
            ("", false),
        ] {
            assert_eq!(claims(value, "mx.tld"), claim, "{value}");
        }
    }

    #[test]
    fn values_stay_on_their_line() {
        assert_eq!(value("a@b.tld"), "a@b.tld");
        assert_eq!(value("a\r\nX: y"), "\"aX: y\"");
        assert_eq!(value("a\"\\"), "\"a\\\"\\\\\"");
        assert_eq!(value(""), "\"\"");
        assert_eq!(Results::default().field("mx.tld"), "Authentication-Results: mx.tld;\r\n\tnone\r\n");
    }
}
