//! How much room an event takes: what an attempt may hold is counted in it.

use super::{Entry, Event, ImapReason, Record, SmtpCommand, TlsEvent};

impl Event {
    /// About how many octets it takes in memory and in a record.
    pub fn octets(&self) -> u64 {
        let texts = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
        let held = match self {
            Event::Typed { text, .. } => text.len(),
            Event::Keyed { octets, .. } => octets.len(),
            Event::Printed { text, .. } | Event::Answered { text, .. } => text.len(),
            Event::Ran { argv, .. } => texts(argv),
            Event::Dns { question, answers, .. } => {
                question.name.len() + answers.len() * std::mem::size_of::<Record>()
            }
            Event::Wire { octets, .. } | Event::Tampered { octets, .. } => octets.len(),
            Event::Smtp { exchange, .. } => {
                let message = match &exchange.command {
                    SmtpCommand::Message { octets } => octets.len(),
                    _ => 0,
                };
                exchange.line.len() + texts(&exchange.reply.lines) + message
            }
            Event::Pop3 { exchange, .. } => exchange.line.len() + exchange.text.len(),
            Event::Imap { exchange, .. } => {
                let ids = match &exchange.reason {
                    ImapReason::Fetched { ids } => std::mem::size_of_val(ids.as_slice()),
                    _ => 0,
                };
                exchange.line.len() + exchange.text.len() + ids
            }
            Event::Tls { what: TlsEvent::Established(session), .. } => {
                session.certificate.as_ref().map_or(0, |shown| shown.octets())
            }
            Event::Sender { what, .. } => what.octets(),
            Event::MailCertificates { authorities, certificates } => {
                authorities.iter().chain(certificates).map(|der| der.len()).sum()
            }
            Event::Copied { ids, .. } => std::mem::size_of_val(ids.as_slice()),
            Event::Flagged { ids, flags, .. } => std::mem::size_of_val(ids.as_slice()) + texts(flags),
            Event::Accepted { message, .. }
            | Event::Present { message, .. }
            | Event::Delivered { message, .. }
            | Event::Reported { message, .. }
            | Event::Appended { message, .. } => message.octets.len(),
            Event::Setting { host, name, value } => host.len() + name.len() + value.len(),
            Event::Zone { zone, what, .. } => zone.len() + what.octets(),
            Event::Expanded { into, .. } => texts(into),
            Event::Removed { ids, .. } => std::mem::size_of_val(ids.as_slice()),
            _ => 0,
        };
        (std::mem::size_of::<Entry>() + held) as u64
    }
}
