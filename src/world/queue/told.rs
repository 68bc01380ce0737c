//! What went wrong with a recipient, as a host remembers it, and as its report tells it.

use super::Recipient;
use crate::event::{ConnectFailure, DeliveryFailure, EnhancedCode, LegTrouble, OriginalRecipient, Reply};
use crate::mail::report::{Action, Cause, Program, Remote, Status, Told};
use crate::proto::smtp::Style;

/// Why a recipient could not be delivered.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::world) struct Trouble {
    pub(in crate::world) why: DeliveryFailure,
    /// The host it was to go to.
    pub(in crate::world) remote: Option<Box<Remote>>,
    /// What had been said to it: `RCPT TO`, `end of DATA` ...; empty before anything was.
    pub(in crate::world) command: &'static str,
    /// The other host was silent, where the failure is a lost connection.
    pub(in crate::world) silent: bool,
    /// Nobody tried; it failed a moment ago.
    pub(in crate::world) suspended: bool,
    /// It may pass, although it looks as if it would not.
    pub(in crate::world) soft: bool,
}

/// The program whose words a host uses in reports.
pub(in crate::world) fn program(style: Style) -> Program {
    match style {
        Style::Postfix => Program::Postfix,
        Style::Sendmail => Program::Sendmail,
        Style::Qmail => Program::Qmail,
        Style::Exim => Program::Exim,
        Style::Exchange => Program::Exchange,
    }
}

/// A reply as a report tells it.
pub(super) fn cause_of_reply(reply: &Reply, command: &str) -> Cause {
    Cause::Reply {
        code: reply.code,
        status: reply.enhanced.map(|EnhancedCode(class, subject, detail)| Status(class, subject, detail)),
        lines: reply.lines.clone(),
        command: command.to_owned(),
    }
}

impl Trouble {
    /// This, with nobody else involved.
    pub(in crate::world) fn of(why: DeliveryFailure) -> Trouble {
        Trouble { why, remote: None, command: "", silent: false, suspended: false, soft: false }
    }

    /// Is it worth trying again?
    pub(in crate::world) fn is_temporary(&self) -> bool {
        self.soft || self.why.is_temporary()
    }

    /// The status as this program gives it.
    fn status(&self, program: Program) -> Status {
        let EnhancedCode(class, subject, detail) = self.why.status();
        let status = match (&self.why, program) {
            // What Postfix says where RFC 7505 has 5.1.10.
            (DeliveryFailure::NullMx, Program::Postfix) => Status(5, 1, 0),
            (DeliveryFailure::NoSuchDomain | DeliveryFailure::NoMailHost, Program::Postfix) => {
                Status(5, 4, 4)
            }
            (DeliveryFailure::NoSuchDomain | DeliveryFailure::NoMailHost, _) => Status(5, 1, 2),
            _ => Status(class, subject, detail),
        };
        if self.soft { status.class(4) } else { status }
    }

    fn cause(&self) -> Cause {
        use DeliveryFailure as D;
        let command = self.command.to_owned();
        match &self.why {
            D::Reply(reply) => cause_of_reply(reply, self.command),
            D::Connect(why) => {
                let why = match why {
                    ConnectFailure::Refused => "Connection refused",
                    ConnectFailure::Unreachable => "Network is unreachable",
                    _ => "Connection timed out",
                };
                Cause::Connect { why, suspended: self.suspended }
            }
            D::ConnectionLost if self.silent => Cause::Silent { command },
            D::ConnectionLost => Cause::Lost { command },
            D::Leg(trouble) => Cause::Other(self.leg_words(trouble)),
            D::NoSuchDomain => Cause::NoSuchDomain,
            D::NoMailHost => Cause::NoMailHost,
            D::DnsTrouble => Cause::DnsTrouble,
            D::NullMx => Cause::NullMx,
            D::TooManyHops => Cause::TooManyHops,
            D::LoopsBack => Cause::LoopsBack,
            D::ForwardingLoop => Cause::ForwardingLoop,
            D::AliasLoop => Cause::AliasLoop,
            D::MailboxFull => Cause::MailboxFull,
            D::NoSuchUser => Cause::NoSuchUser,
            D::NoRoom => Cause::NoRoom,
        }
    }

    /// What Postfix says of the ways in which two hosts do not come to terms.
    fn leg_words(&self, trouble: &LegTrouble) -> String {
        use LegTrouble as L;
        let host = self.remote.as_ref().map_or(String::new(), |r| format!("{}[{}]", r.name, r.ip));
        let said = |reply: &Reply| cause_of_reply(reply, "").reply().unwrap_or_default();
        match trouble {
            L::TurnedAway(reply) => format!("host {host} refused to talk to me: {}", said(reply)),
            L::TlsNotOffered => format!("TLS is required, but was not offered by host {host}"),
            L::TlsRefused(reply) => {
                format!("TLS is required, but host {host} refused to start TLS: {}", said(reply))
            }
            L::Handshake(_) => "Cannot start TLS: handshake failure".to_owned(),
            L::Certificate(_) => "Server certificate not verified".to_owned(),
            L::NoMechanism => {
                format!(
                    "SASL authentication failed; cannot authenticate to server {host}: no mechanism available"
                )
            }
            L::LoginRefused(reply) => {
                format!("SASL authentication failed; server {host} said: {}", said(reply))
            }
            L::LoginBroken(_) => {
                format!("SASL authentication failed; cannot authenticate to server {host}: bad protocol")
            }
            L::NoSmtpUtf8 => format!("SMTPUTF8 is required, but was not offered by host {host}"),
            L::TooBig { limit } => format!("message size exceeds size limit {limit} of server {host}"),
        }
    }

    /// What there is to tell of a recipient to whom this happened.
    pub(super) fn told(&self, program: Program, recipient: &Recipient, action: Action) -> Told {
        told(recipient, action, self.status(program), self.remote.as_deref().cloned(), self.cause())
    }
}

/// What there is to tell of a recipient.
pub(super) fn told(
    recipient: &Recipient,
    action: Action,
    status: Status,
    remote: Option<Remote>,
    cause: Cause,
) -> Told {
    let original = match &recipient.params.orcpt {
        Some(orcpt) => (orcpt.kind.clone(), orcpt.address.clone()),
        None => {
            let original = OriginalRecipient::of(recipient.original.0.to_string());
            (original.kind, original.address)
        }
    };
    Told { address: recipient.to.0.to_string(), original, action, status, remote, cause }
}
