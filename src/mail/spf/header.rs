//! The Received-SPF field (RFC 7208 section 9.1).

use super::{SpfCheck, SpfIdentity, SpfResult};

impl SpfCheck {
    /// The header field, with CRLF at its end, as policyd-spf writes it for Postfix: the result, which identity, and the
    /// facts it rests on.
    pub fn received_spf(&self, receiver: &str) -> String {
        let word = match self.result {
            SpfResult::None => "None",
            SpfResult::Neutral => "Neutral",
            SpfResult::Pass => "Pass",
            SpfResult::Fail => "Fail",
            SpfResult::SoftFail => "Softfail",
            SpfResult::TempError => "Temperror",
            SpfResult::PermError => "Permerror",
        };
        let identity = self.identity.name();
        let from = match self.identity {
            SpfIdentity::MailFrom => self.sender.as_str(),
            SpfIdentity::Helo => "",
        };
        let pairs = [
            ("client-ip", self.client.to_string()),
            ("helo", value(&self.helo)),
            ("envelope-from", value(from)),
            ("receiver", value(receiver)),
        ];
        let facts: Vec<String> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| format!("\r\n\t{key}={value}"))
            .collect();
        format!("Received-SPF: {word} ({identity}) identity={identity};{}\r\n", facts.join(";"))
    }
}

/// A dot-atom as it is, anything else as a quoted string (RFC 5322 section 3.2), made fit for one line.
fn value(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).take(320).collect();
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.@".contains(c);
    if text.chars().all(plain) {
        return text;
    }
    let quoted: String =
        text.chars().flat_map(|c| matches!(c, '"' | '\\').then_some('\\').into_iter().chain([c])).collect();
    format!("\"{quoted}\"")
}
