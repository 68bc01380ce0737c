//! Services by the names scenarios give them: which styles there are, which texts of theirs a host may replace.

use super::{ImapService, Pop3Service, SmtpService};
use crate::event::Record;
use crate::proto::dns::{self, RecordFault};
use crate::proto::{imap, pop3, smtp};

impl SmtpService {
    /// The names of the styles.
    pub fn styles() -> Vec<&'static str> {
        smtp::Style::ALL.iter().map(|style| style.name()).collect()
    }

    /// The server of a style at port 25, naming itself `name`; `None` where there is no such style.
    pub fn named(style: &str, name: &str) -> Option<SmtpService> {
        let style = style.parse().ok()?;
        Some(SmtpService {
            ports: vec![25],
            tls_ports: Vec::new(),
            submission_ports: Vec::new(),
            config: smtp::ServerConfig::new(style, name),
        })
    }

    /// The keys of the texts that a host may word in its own way.
    pub fn text_keys() -> Vec<&'static str> {
        smtp::Style::reply_keys().to_vec()
    }

    /// What the text of a key may name in braces.
    pub fn placeholders(_key: &str) -> Vec<&'static str> {
        smtp::Style::placeholders().to_vec()
    }

    /// The names of the mistakes a host may make.
    pub fn weaknesses() -> Vec<&'static str> {
        smtp::Weakness::ALL.iter().map(|weakness| weakness.name()).collect()
    }

    /// Lets it make the mistake of this name.
    pub fn weaken(&mut self, name: &str) {
        let named = smtp::Weakness::ALL.into_iter().find(|w| w.name().eq_ignore_ascii_case(name));
        self.config.vulnerable.extend(named);
    }

    /// What it can be told to be `without`: the EHLO keywords of its style.
    pub fn extensions(&self) -> Vec<&'static str> {
        let mut keywords: Vec<&str> = self.config.style.extensions().collect();
        keywords.dedup();
        keywords
    }
}

impl Pop3Service {
    /// The names of the styles.
    pub fn styles() -> Vec<&'static str> {
        pop3::Style::ALL.iter().map(|style| style.name()).collect()
    }

    /// The server of a style at port 110, naming itself `name`; `None` where there is no such style.
    pub fn named(style: &str, name: &str) -> Option<Pop3Service> {
        let style = style.parse().ok()?;
        Some(Pop3Service {
            ports: vec![110],
            tls_ports: Vec::new(),
            config: pop3::ServerConfig::new(style, name),
        })
    }

    /// The keys of the texts that a host may word in its own way.
    pub fn text_keys() -> Vec<&'static str> {
        pop3::Style::reply_keys().collect()
    }

    /// What it can be told to be `without`: the capabilities of its style.
    pub fn extensions(&self) -> Vec<&'static str> {
        self.config.style.extensions().collect()
    }

    /// What the text of a key may name in braces; empty where there is no such key.
    pub fn placeholders(key: &str) -> Vec<&'static str> {
        pop3::Style::placeholders(key).unwrap_or_default()
    }
}

impl ImapService {
    /// The names of the styles.
    pub fn styles() -> Vec<&'static str> {
        imap::Style::ALL.iter().map(|style| style.name()).collect()
    }

    /// The server of a style at port 143, naming itself `name`; `None` where there is no such style.
    pub fn named(style: &str, name: &str) -> Option<ImapService> {
        let style = style.parse().ok()?;
        Some(ImapService {
            ports: vec![143],
            tls_ports: Vec::new(),
            config: imap::ServerConfig::new(style, name),
        })
    }

    /// The keys of the texts that a host may word in its own way.
    pub fn text_keys() -> Vec<&'static str> {
        imap::Style::reply_keys().collect()
    }

    /// What it can be told to be `without`: the capabilities of its style.
    pub fn extensions(&self) -> Vec<&'static str> {
        self.config.style.extensions().collect()
    }

    /// What the text of a key may name in braces; empty where there is no such key.
    pub fn placeholders(key: &str) -> Vec<&'static str> {
        imap::Style::placeholders(key).unwrap_or_default()
    }
}

/// Reads a record as a zone file writes it, names relative to `origin`.
///
/// # Errors
/// What cannot be read, and where.
pub fn parse_record(text: &str, origin: &str) -> Result<Record, RecordFault> {
    dns::parse_record(text, origin)
}
