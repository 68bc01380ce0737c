//! Services by the names scenarios give them: which styles there are, which texts of theirs a host may replace.

use super::{Pop3Service, SmtpService};
use crate::event::Record;
use crate::proto::dns::{self, RecordFault};
use crate::proto::{pop3, smtp};

/// The names of the SMTP styles.
pub const SMTP_STYLES: [&str; 3] = ["postfix", "sendmail", "qmail"];

/// The names of the POP3 styles.
pub const POP3_STYLES: [&str; 2] = ["courier", "dovecot"];

impl SmtpService {
    /// The SMTP server of a style at port 25, naming itself `name`; `None` where there is no such style.
    pub fn named(style: &str, name: &str) -> Option<SmtpService> {
        let style = match style {
            "postfix" => smtp::Style::Postfix,
            "sendmail" => smtp::Style::Sendmail,
            "qmail" => smtp::Style::Qmail,
            _ => return None,
        };
        Some(SmtpService { ports: vec![25], config: smtp::ServerConfig::new(style, name) })
    }
}

impl Pop3Service {
    /// The POP3 server of a style at port 110, naming itself `name`; `None` where there is no such style.
    pub fn named(style: &str, name: &str) -> Option<Pop3Service> {
        let style = match style {
            "courier" => pop3::Style::Courier,
            "dovecot" => pop3::Style::Dovecot,
            _ => return None,
        };
        Some(Pop3Service { ports: vec![110], config: pop3::ServerConfig::new(style, name) })
    }
}

/// Reads a record as a zone file writes it, names relative to `origin`.
///
/// # Errors
/// What cannot be read, and where.
pub fn parse_record(text: &str, origin: &str) -> Result<Record, RecordFault> {
    dns::parse_record(text, origin)
}
