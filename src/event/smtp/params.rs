//! The parameters of MAIL and RCPT that helo's servers understand.

use crate::mail::xtext;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The parameters of MAIL.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MailParams {
    /// `SIZE=` in octets (RFC 1870).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// `BODY=8BITMIME` was given (RFC 6152).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub eight_bit: bool,
    /// `BODY=BINARYMIME` was given (RFC 3030 section 3).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub binary: bool,
    /// `SMTPUTF8` was given (RFC 6531 section 3.4).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub smtputf8: bool,
    /// `RET=`: how much of the message a report brings back (RFC 3461 section 4.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ret: Option<Ret>,
    /// `ENVID=`: the sender's own name for this envelope, xtext undone (RFC 3461 section 4.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envid: Option<String>,
    /// `AUTH=`: who handed the message in first, xtext undone; `<>` where nobody answers for it (RFC 4954 section 5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<String>,
}

/// How much of the message a failed delivery's report brings back (RFC 3461 section 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ret {
    /// All of it.
    #[serde(rename = "FULL")]
    Full,
    /// Its header.
    #[serde(rename = "HDRS")]
    Headers,
}

/// The parameters of RCPT (RFC 3461 sections 4.1 and 4.2).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RcptParams {
    /// `NOTIFY=`: of what the sender wants to hear; `[Never]` alone or others without it. Empty where nothing was said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notify: Vec<Notify>,
    /// `ORCPT=`: the address as the sender wrote it first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orcpt: Option<OriginalRecipient>,
}

/// What `NOTIFY=` may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notify {
    /// No report, whatever happens.
    #[serde(rename = "NEVER")]
    Never,
    /// A report on a delivery that succeeded.
    #[serde(rename = "SUCCESS")]
    Success,
    /// A report on one that failed.
    #[serde(rename = "FAILURE")]
    Failure,
    /// A report on one that takes long.
    #[serde(rename = "DELAY")]
    Delay,
}

/// The value of `ORCPT=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginalRecipient {
    /// The kind of address, such as `rfc822`.
    pub kind: String,
    /// The address, xtext undone.
    pub address: String,
}

impl MailParams {
    /// The names of the parameters, in lower case.
    pub const NAMES: &'static [&'static str] = &["size", "body", "smtputf8", "ret", "envid", "auth"];

    /// The value of a parameter as text, where it was given; `smtputf8` has none and is the empty text. `BODY=7BIT` says
    /// what is so anyway, and is not kept.
    pub fn value(&self, name: &str) -> Option<String> {
        match name {
            "size" => self.size.map(|size| size.to_string()),
            "body" if self.binary => Some("BINARYMIME".to_owned()),
            "body" => self.eight_bit.then(|| "8BITMIME".to_owned()),
            "smtputf8" => self.smtputf8.then(String::new),
            "ret" => self.ret.map(|ret| ret.name().to_owned()),
            "envid" => self.envid.clone(),
            "auth" => self.auth.clone(),
            _ => None,
        }
    }

    /// Nothing was given.
    pub fn is_empty(&self) -> bool {
        *self == MailParams::default()
    }
}

impl RcptParams {
    /// The names of the parameters, in lower case.
    pub const NAMES: &'static [&'static str] = &["notify", "orcpt"];

    /// The value of a parameter as text, where it was given: `SUCCESS,DELAY`, `rfc822;anna@example.org`.
    pub fn value(&self, name: &str) -> Option<String> {
        match name {
            "notify" if !self.notify.is_empty() => {
                let names: Vec<&str> = self.notify.iter().map(|notify| notify.name()).collect();
                Some(names.join(","))
            }
            "orcpt" => self.orcpt.as_ref().map(|orcpt| orcpt.to_string()),
            _ => None,
        }
    }

    /// Nothing was given.
    pub fn is_empty(&self) -> bool {
        *self == RcptParams::default()
    }
}

impl OriginalRecipient {
    /// An address as somebody wrote it, of the kind that it is (RFC 3461 section 4.2, RFC 6533 section 3).
    pub fn of(address: String) -> OriginalRecipient {
        let kind = if address.is_ascii() { "rfc822" } else { xtext::UTF8_KIND };
        OriginalRecipient { kind: kind.to_owned(), address }
    }
}

impl Ret {
    /// As it stands on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Ret::Full => "FULL",
            Ret::Headers => "HDRS",
        }
    }
}

impl Notify {
    /// All of them.
    pub const ALL: [Notify; 4] = [Notify::Never, Notify::Success, Notify::Failure, Notify::Delay];

    /// As it stands on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Notify::Never => "NEVER",
            Notify::Success => "SUCCESS",
            Notify::Failure => "FAILURE",
            Notify::Delay => "DELAY",
        }
    }
}

/// As it stands on the wire: `rfc822;anna@example.org`.
impl fmt::Display for OriginalRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utf8 = self.kind.eq_ignore_ascii_case(xtext::UTF8_KIND);
        let encode = if utf8 { xtext::encode_utf8 } else { xtext::encode };
        write!(f, "{};{}", self.kind, encode(&self.address))
    }
}
