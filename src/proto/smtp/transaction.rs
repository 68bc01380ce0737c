//! What each command does: the greeting, the mail transaction from MAIL to the message's end, and the rest.

use super::auth::Login;
use super::chunks::Chunks;
use super::replies::Key;
use super::server::{ServerSession, Turn};
use crate::event::{
    CloseReason, Envelope, MailParams, PolicyVerdict, RcptParams, RecipientVerdict, Reply, SenderRefusal,
    SmtpCommand, SmtpReason, SmtpStage, SmtpVerb, Tolerance,
};
use crate::mail::{AddressFault, AddressFaultKind, ForwardPath, Mailbox, ReversePath};
use crate::proto::{Answer, Ask};
use crate::units::Bytes;

/// How the client greeted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hello {
    /// The name it gave itself.
    pub(super) name: String,
    /// With EHLO.
    pub(super) esmtp: bool,
}

/// A mail transaction (RFC 5321 section 3.3).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Transaction {
    /// Its number in the session.
    pub(super) number: u32,
    from: ReversePath,
    params: MailParams,
    to: Vec<(ForwardPath, RcptParams)>,
    /// The message, as far as it came in chunks.
    pub(super) chunks: Chunks,
    /// How often a recipient was accepted; the same one twice counts twice.
    accepted: u32,
    /// Why the sender is not welcome; some servers say so at RCPT only.
    unwelcome: Option<SmtpReason>,
}

impl Transaction {
    /// Addresses may go beyond ASCII (RFC 6531).
    pub(super) fn is_utf8(&self) -> bool {
        self.params.smtputf8
    }

    /// The message need not be lines (RFC 3030 section 3).
    pub(super) fn is_binary(&self) -> bool {
        self.params.binary
    }

    /// At least one recipient was accepted.
    pub(super) fn has_recipients(&self) -> bool {
        !self.to.is_empty()
    }
}

/// What goes on once the host has answered.
#[derive(Debug)]
pub(super) enum Pending {
    Sender(Turn, ReversePath, MailParams),
    Recipient(Turn, ForwardPath, RcptParams),
    User(Turn),
    List(Turn),
    /// The message, and the line of BDAT it came with.
    Message(Bytes, Bytes),
    Login(Turn, Box<Login>),
    Flush(Turn, String),
    /// What was to be answered where nothing is asked if all is well.
    Stage(Turn),
}

impl ServerSession {
    /// Carries out a command, or says why not. What is out of order is told before what is malformed.
    pub(super) fn obey(&mut self, turn: Turn) {
        // The chunk comes whatever is said to BDAT.
        if let SmtpCommand::Bdat { octets, last } = turn.heard.command {
            return self.bdat(turn, octets, last);
        }
        if turn.heard.command.verb().is_some_and(|verb| self.tls_missing(verb)) {
            return self.reply(turn, SmtpReason::TlsRequired, None);
        }
        if let Some(reason) = self.out_of_order(&turn) {
            return self.reply(turn, reason, None);
        }
        if let Some(fault) = turn.heard.fault.clone() {
            return match turn.heard.command.verb() {
                Some(SmtpVerb::Bdat) => self.bad_bdat(turn, fault.reason, fault.span),
                _ => self.reply(turn, fault.reason, fault.span),
            };
        }
        let stage = match turn.heard.command {
            SmtpCommand::Helo { .. } | SmtpCommand::Ehlo { .. } => Some(SmtpStage::Helo),
            SmtpCommand::Data => Some(SmtpStage::Data),
            _ => None,
        };
        match stage.filter(|_| self.door.troubled) {
            Some(at) => self.ask(Ask::Stage { at }, Pending::Stage(turn)),
            None => self.carry_out(turn),
        }
    }

    /// Carries out a command that is in order.
    fn carry_out(&mut self, turn: Turn) {
        match turn.heard.command.clone() {
            SmtpCommand::Connect => self.reply(turn, SmtpReason::Greeting, None),
            SmtpCommand::Helo { name } => self.hello(turn, name, false),
            SmtpCommand::Ehlo { name } => self.hello(turn, name, true),
            SmtpCommand::Mail { from, params } => self.mail(turn, from, params),
            SmtpCommand::Rcpt { to, params } => self.rcpt(turn, to, params),
            SmtpCommand::Data => {
                self.reply(turn, SmtpReason::StartMail, None);
                self.begin_data();
            }
            SmtpCommand::Rset => {
                self.reply(turn, SmtpReason::Reset, None);
                self.transaction = None;
            }
            SmtpCommand::Starttls => self.starttls(turn),
            SmtpCommand::Auth { mechanism } => self.auth(turn, &mechanism),
            SmtpCommand::Etrn { domain } => {
                self.ask(Ask::Flush { domain: domain.clone() }, Pending::Flush(turn, domain));
            }
            SmtpCommand::Vrfy { what, smtputf8 } => self.vrfy(turn, &what, smtputf8),
            SmtpCommand::Expn { what } => {
                self.ask(Ask::List { what: named(&what).to_owned() }, Pending::List(turn));
            }
            SmtpCommand::Help { topic } => self.help(turn, topic.as_deref()),
            SmtpCommand::Quit => {
                self.reply(turn, SmtpReason::Closing, None);
                self.close(CloseReason::Closed);
            }
            _ => self.reply(turn, SmtpReason::Nothing, None),
        }
    }

    /// What would have had to come first (RFC 5321 section 4.1.4).
    fn out_of_order(&self, turn: &Turn) -> Option<SmtpReason> {
        use SmtpVerb as V;
        let (manners, strict) = (self.manners(), self.config.strict);
        let wanted = |verbs: &[SmtpVerb]| Some(SmtpReason::OutOfOrder { wanted: verbs.to_vec() });
        let command = &turn.heard.command;
        if matches!(command, SmtpCommand::NotOffered { .. }) {
            return None;
        }
        match (command.verb()?, &self.transaction) {
            (V::Auth | V::Starttls, _) if !self.esmtp() && (manners.ehlo_first || strict) => {
                wanted(&[V::Ehlo])
            }
            (V::Auth, _) if self.hello.is_none() && manners.helo_required => wanted(&[V::Ehlo, V::Helo]),
            (V::Auth | V::Etrn, Some(_)) => Some(SmtpReason::InTransaction),
            (V::Auth, _) if self.user.is_some() => Some(SmtpReason::AlreadyAuthenticated),
            (V::Starttls, _) if self.secured.is_some() && *command == SmtpCommand::Starttls => {
                Some(SmtpReason::TlsActive)
            }
            (V::Starttls, Some(_)) if !manners.tls_in_transaction => Some(SmtpReason::InTransaction),
            (V::Mail, _) if self.hello.is_none() && (manners.helo_required || strict) => {
                wanted(&[V::Ehlo, V::Helo])
            }
            (V::Mail, Some(_)) if !manners.nested_mail || strict => Some(SmtpReason::NestedMail),
            (V::Mail, _) if self.door.submission && self.user.is_none() => Some(SmtpReason::AuthRequired),
            (V::Rcpt | V::Data, None) => wanted(&[V::Mail]),
            (V::Rcpt | V::Data, Some(t)) if t.chunks != Chunks::None => Some(SmtpReason::AfterChunk),
            (V::Data, Some(t)) if t.to.is_empty() => Some(SmtpReason::NoRecipients),
            (V::Data, Some(t)) if t.is_binary() => Some(SmtpReason::BinaryNeedsBdat),
            _ => None,
        }
    }

    fn hello(&mut self, turn: Turn, name: String, esmtp: bool) {
        self.transaction = None;
        self.hello = Some(Hello { name, esmtp });
        self.reply(turn, SmtpReason::Hello, None);
    }

    fn hello_name(&self) -> String {
        self.hello.as_ref().map_or(String::new(), |h| h.name.clone())
    }

    fn mail(&mut self, mut turn: Turn, from: ReversePath, params: MailParams) {
        if self.hello.is_none() {
            turn.heard.tolerated.push(Tolerance::NoGreeting);
        }
        let limit = self.config.size_limit;
        if params.size.is_some_and(|size| size > limit) {
            return self.reply(turn, SmtpReason::TooBig { limit }, None);
        }
        let ask = Ask::Sender { from: from.clone(), helo: self.hello_name(), user: self.user.clone() };
        self.ask(ask, Pending::Sender(turn, from, params));
    }

    fn sender_answered(
        &mut self,
        turn: Turn,
        from: ReversePath,
        params: MailParams,
        verdict: &PolicyVerdict,
    ) {
        let unwelcome = match (verdict, &self.user) {
            (PolicyVerdict::Yes, _) => None,
            (PolicyVerdict::NoRoom, _) => return self.reply(turn, SmtpReason::NoRoom, None),
            (PolicyVerdict::NotYours, Some(user)) => {
                Some(SmtpReason::SenderNotOwned { address: shown(&from), user: user.clone() })
            }
            _ => Some(SmtpReason::SenderRefused { address: shown(&from) }),
        };
        if let Some(reason) = &unwelcome
            && !self.manners().refuses_sender_late
        {
            return self.reply(turn, reason.clone(), None);
        }
        self.transactions = self.transactions.saturating_add(1);
        self.transaction = Some(Transaction {
            number: self.transactions,
            from,
            params,
            to: Vec::new(),
            chunks: Chunks::None,
            accepted: 0,
            unwelcome,
        });
        self.reply(turn, SmtpReason::SenderAccepted, None);
    }

    fn rcpt(&mut self, turn: Turn, to: ForwardPath, params: RcptParams) {
        let Some(transaction) = &self.transaction else { return };
        let limit = self.manners().recipient_limit;
        if let Some(reason) = transaction.unwelcome.clone() {
            return self.reply(turn, reason, None);
        }
        if transaction.accepted >= limit {
            return self.reply(turn, SmtpReason::TooManyRecipients { limit }, None);
        }
        let ask = Ask::Recipient { to: to.clone(), user: self.user.clone() };
        self.ask(ask, Pending::Recipient(turn, to, params));
    }

    /// A recipient named twice, in capitals or not, is taken twice and gets the message once.
    fn recipient_answered(
        &mut self,
        turn: Turn,
        to: ForwardPath,
        params: RcptParams,
        verdict: &PolicyVerdict,
    ) {
        use RecipientVerdict as V;
        let address = to.0.unquoted();
        let reason = match verdict {
            PolicyVerdict::Recipient(V::Local | V::Relay) | PolicyVerdict::Yes => {
                if let Some(transaction) = &mut self.transaction {
                    transaction.accepted = transaction.accepted.saturating_add(1);
                    if !transaction.to.iter().any(|(other, _)| other.0.same_as(&to.0)) {
                        transaction.to.push((to, params));
                    }
                }
                SmtpReason::RecipientAccepted
            }
            PolicyVerdict::Recipient(V::RelayDenied) => SmtpReason::RelayDenied { address },
            PolicyVerdict::Recipient(V::MailboxFull) => SmtpReason::MailboxFull { address },
            PolicyVerdict::Recipient(V::NoSuchDomain) => {
                SmtpReason::NoSuchDomain { domain: to.0.domain_name().unwrap_or_default().to_owned() }
            }
            PolicyVerdict::NoRoom => SmtpReason::NoRoom,
            PolicyVerdict::NotBelieved(why) => not_believed(why),
            _ => SmtpReason::NoSuchUser { address },
        };
        self.reply(turn, reason, None);
    }

    /// The lone dot was there; `octets` is `None` where the message was too large to keep.
    pub(super) fn message(&mut self, octets: Option<Vec<u8>>) {
        self.message_by(octets, Bytes::default());
    }

    /// The message is whole; `line` is that of its last BDAT.
    pub(super) fn message_by(&mut self, octets: Option<Vec<u8>>, line: Bytes) {
        let Some(octets) = octets.map(Bytes::from) else {
            let turn = Turn::without_line(SmtpCommand::Message { octets: Bytes::default() });
            self.reply(turn, SmtpReason::TooBig { limit: self.config.size_limit }, None);
            self.transaction = None;
            return self.mistakes_borne();
        };
        let Some(transaction) = &self.transaction else { return };
        let (to, rcpt_params): (Vec<_>, Vec<_>) = transaction.to.iter().cloned().unzip();
        let said_nothing = rcpt_params.iter().all(RcptParams::is_empty);
        let envelope = Envelope {
            from: transaction.from.clone(),
            to,
            helo: self.hello_name(),
            esmtp: self.esmtp(),
            client: self.client,
            params: transaction.params.clone(),
            rcpt_params: if said_nothing { Vec::new() } else { rcpt_params },
            user: self.user.clone(),
            tls: self.secured.clone().map(Box::new),
            submission: self.door.submission,
        };
        let ask = Ask::Message { envelope, octets: octets.clone(), transaction: transaction.number };
        self.ask(ask, Pending::Message(octets, line));
    }

    fn message_answered(&mut self, octets: Bytes, line: Bytes, verdict: PolicyVerdict) {
        let reason = match verdict {
            PolicyVerdict::Taken { id, queue_id } => SmtpReason::MessageAccepted { id, queue_id },
            PolicyVerdict::TooManyHops => SmtpReason::TooManyHops { limit: self.manners().hop_limit },
            PolicyVerdict::NotBelieved(why) => not_believed(&why),
            _ => SmtpReason::NoRoom,
        };
        let turn = Turn { line, ..Turn::without_line(SmtpCommand::Message { octets }) };
        self.reply(turn, reason, None);
        self.transaction = None;
    }

    fn flush_answered(&mut self, turn: Turn, domain: String, verdict: &PolicyVerdict) {
        let reason = match verdict {
            PolicyVerdict::Yes => SmtpReason::QueueStarted { domain },
            _ => SmtpReason::QueueUnknown { domain },
        };
        self.reply(turn, reason, None);
    }

    /// VRFY (RFC 5321 section 3.5). Who is silent about users says 252 to everything, or that VRFY is off.
    fn vrfy(&mut self, mut turn: Turn, what: &str, smtputf8: bool) {
        let manners = self.manners();
        let off = self.config.without.iter().any(|w| w.eq_ignore_ascii_case("VRFY"));
        if off && manners.vrfy_off_is_refusal {
            turn.heard.command = SmtpCommand::NotOffered { verb: SmtpVerb::Vrfy };
            return self.reply(turn, SmtpReason::NotImplemented, None);
        }
        if off || !manners.verifies {
            return self.reply(turn, SmtpReason::NotVerified, None);
        }
        // Who confirms nobody judges the name as RCPT would.
        let read = if smtputf8 { Mailbox::parse_utf8 } else { Mailbox::parse_octets };
        if !manners.confirms
            && let Err(kind) = read(named(what).as_bytes()).map_err(|fault| fault.kind)
            && (self.config.strict || !manners.odd_addresses.contains(&kind))
        {
            let span = turn.heard.argument;
            let reason = SmtpReason::BadAddress(AddressFault { span, kind });
            let key =
                if kind == AddressFaultKind::NotAscii { Key::AsciiRecipient } else { Key::BadRecipient };
            return self.reply_with(key, turn, reason, Some(span));
        }
        self.ask(Ask::User { what: named(what).to_owned() }, Pending::User(turn));
    }

    fn user_answered(&mut self, turn: Turn, verdict: PolicyVerdict) {
        let reason = match verdict {
            PolicyVerdict::Known { address } if self.manners().confirms => SmtpReason::Verified { address },
            PolicyVerdict::Known { .. } => SmtpReason::NotVerified,
            PolicyVerdict::Recipient(RecipientVerdict::RelayDenied) if !self.manners().confirms => {
                SmtpReason::RelayDenied { address: asked_for(&turn) }
            }
            PolicyVerdict::Recipient(_) => SmtpReason::NotVerified,
            _ => SmtpReason::NoSuchUser { address: asked_for(&turn) },
        };
        self.reply(turn, reason, None);
    }

    /// The answer to EXPN (RFC 5321 section 3.5): each member on a line of its own.
    fn list_answered(&mut self, turn: Turn, verdict: PolicyVerdict) {
        let list = asked_for(&turn);
        let reason = match verdict {
            PolicyVerdict::Members { addresses } if !addresses.is_empty() => {
                SmtpReason::Expanded { list, members: addresses }
            }
            _ => SmtpReason::NoSuchUser { address: list },
        };
        self.reply(turn, reason, None);
    }

    fn help(&mut self, turn: Turn, topic: Option<&str>) {
        match topic {
            Some(topic) if !self.manners().topics.is_empty() && self.help_on(topic).is_none() => {
                let reason = SmtpReason::BadParameter { name: topic.to_owned() };
                self.reply_with(Key::NoSuchTopic, turn, reason, None);
            }
            _ => self.reply(turn, SmtpReason::Help, None),
        }
    }

    /// The host has answered.
    pub(super) fn answered(&mut self, pending: Pending, answer: Answer) {
        if let Pending::Login(turn, login) = pending {
            return self.login_answered(turn, *login, answer);
        }
        let verdict = match answer {
            Answer::Verdict(verdict) => verdict,
            _ => PolicyVerdict::No,
        };
        if let PolicyVerdict::Trouble { reply, wait } = verdict {
            return self.trouble(pending, reply, wait);
        }
        match pending {
            Pending::Stage(turn) => self.carry_out(turn),
            Pending::Sender(turn, from, params) => self.sender_answered(turn, from, params, &verdict),
            Pending::Recipient(turn, to, params) => self.recipient_answered(turn, to, params, &verdict),
            Pending::User(turn) => self.user_answered(turn, verdict),
            Pending::List(turn) => self.list_answered(turn, verdict),
            Pending::Message(octets, line) => self.message_answered(octets, line, verdict),
            Pending::Flush(turn, domain) => self.flush_answered(turn, domain, &verdict),
            Pending::Login(..) => {}
        }
    }
}

impl ServerSession {
    /// Something is wrong with the host, and the answer is its.
    fn trouble(&mut self, pending: Pending, reply: Reply, wait: Option<u32>) {
        let turn = match pending {
            Pending::Sender(turn, ..) | Pending::Recipient(turn, ..) | Pending::Flush(turn, _) => turn,
            Pending::User(turn) | Pending::List(turn) | Pending::Stage(turn) | Pending::Login(turn, _) => {
                turn
            }
            Pending::Message(octets, line) => {
                self.transaction = None;
                Turn { line, ..Turn::without_line(SmtpCommand::Message { octets }) }
            }
        };
        let reason = match wait {
            Some(seconds) => SmtpReason::Greylisted { seconds },
            None => SmtpReason::Trouble { permanent: reply.code >= 500 },
        };
        // A server that does not even greet does not stay to talk.
        let over = reply.code == 421 || turn.heard.command == SmtpCommand::Connect;
        self.put(reply, turn, reason, None);
        if over {
            self.close(CloseReason::Closed);
        }
    }
}

fn not_believed(why: &SenderRefusal) -> SmtpReason {
    match why.clone() {
        SenderRefusal::Spf { domain, explanation } => SmtpReason::SpfFailed { domain, explanation },
        SenderRefusal::Dmarc { domain } => SmtpReason::DmarcFailed { domain },
    }
}

/// A sender without brackets, as replies name it.
fn shown(from: &ReversePath) -> String {
    from.0.as_ref().map_or(String::new(), Mailbox::unquoted)
}

/// The address in what VRFY or EXPN was given: that in brackets, if there are any.
fn named(what: &str) -> &str {
    let inner = what.split_once('<').and_then(|(_, from)| from.rsplit_once('>'));
    inner.map_or(what, |(address, _)| address).trim()
}

/// The address VRFY or EXPN asked for, as typed.
fn asked_for(turn: &Turn) -> String {
    let typed = turn.line.get(turn.heard.argument.start..turn.heard.argument.end);
    named(&String::from_utf8_lossy(typed.unwrap_or_default())).to_owned()
}
