//! What a host decides about its SMTP server, and about the port a client comes to.

use super::Style;
use crate::mail::sasl::Mechanism;
use crate::proto::TlsOffer;
use std::collections::BTreeMap;

/// What a submission port offers where the host names no mechanisms.
pub(super) const SUBMISSION_MECHANISMS: &[Mechanism] = &[Mechanism::Plain, Mechanism::Login];

/// What a client finds at the port it came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Door {
    /// What can be done about TLS.
    pub tls: TlsOffer,
    /// It is for the host's own users (RFC 6409): who sends must log in first, and may send anywhere.
    pub submission: bool,
    /// Something may be wrong with the host here: it is asked before the greeting, HELO, EHLO and DATA are answered, too.
    pub troubled: bool,
}

/// A mistake that servers once made and that attackers used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// A lone dot between line feeds ends a message, also where a CR is missing: two servers may then disagree on where
    /// it ends (CVE-2023-51764 and others).
    BareLfEnd,
    /// What came behind STARTTLS in the clear is taken for something sent under TLS (CVE-2011-0411 and others).
    StarttlsInjection,
}

/// How an SMTP server behaves. Everything here belongs to one host of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerConfig {
    /// Whose wording it uses.
    pub style: Style,
    /// The name it gives itself.
    pub name: String,
    /// Texts of this host alone, by the key of the style's table (`greeting`, `start-mail`, ...); see docs/scenarios.md.
    /// A text stands in the place of the words: the code and the enhanced code stay the style's.
    pub texts: BTreeMap<String, String>,
    /// It insists on the letter of the standard where the style's original would be lenient.
    pub strict: bool,
    /// The largest message in octets (SIZE, RFC 1870).
    pub size_limit: u64,
    /// Extensions it does not offer although it could, by EHLO keyword in capitals. Without `VRFY` it tells nobody
    /// who exists, without `ENHANCEDSTATUSCODES` it sends none.
    pub without: Vec<String>,
    /// It has lists that EXPN may show, where the style shows any.
    pub lists: bool,
    /// Mechanisms of AUTH it offers at every port, in its order. Where none is named, a submission port offers
    /// [`SUBMISSION_MECHANISMS`], and no other port any.
    pub auth: Vec<Mechanism>,
    /// It takes mechanisms that send the password without TLS too.
    pub auth_without_tls: bool,
    /// It does nothing for a client before STARTTLS.
    pub require_tls: bool,
    /// Whoever has logged in may only send under an address of their own.
    pub own_sender: bool,
    /// What it gets wrong, because that is the lesson.
    pub vulnerable: Vec<Weakness>,
}

impl ServerConfig {
    /// The style's usual behaviour under the name `name`.
    pub fn new(style: Style, name: &str) -> ServerConfig {
        ServerConfig {
            style,
            name: name.to_owned(),
            texts: BTreeMap::new(),
            strict: false,
            size_limit: style.message_size(),
            without: Vec::new(),
            lists: false,
            auth: Vec::new(),
            auth_without_tls: false,
            require_tls: false,
            own_sender: false,
            vulnerable: Vec::new(),
        }
    }
}

impl Weakness {
    /// All of them.
    pub const ALL: [Weakness; 2] = [Weakness::BareLfEnd, Weakness::StarttlsInjection];

    /// Its name in scenarios.
    pub fn name(self) -> &'static str {
        match self {
            Weakness::BareLfEnd => "bare-lf-end",
            Weakness::StarttlsInjection => "starttls-injection",
        }
    }
}
