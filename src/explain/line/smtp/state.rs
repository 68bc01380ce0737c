//! Where an SMTP session stands, folded from its exchanges, and what is possible there (RFC 5321 section 4.1.4).

use super::super::opening::Opening;
use super::super::talk::{Exchange, Turn};
use crate::event::{SmtpCommand, SmtpExchange, SmtpReason};
use crate::explain::say::Say;
use std::collections::BTreeSet;

/// What the session is in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Phase {
    #[default]
    Begun,
    Greeted,
    Sender,
    Recipients(u64),
    Message,
    Chunks(u64),
    Handshake,
    Closed,
}

/// Where the session stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in super::super) struct State {
    phase: Phase,
    in_login: bool,
    user: Option<String>,
    tls: bool,
    /// The extensions of the last EHLO, in capitals.
    offered: BTreeSet<String>,
}

impl State {
    /// After these turns.
    pub(in super::super) fn after(turns: &[Turn<'_>]) -> State {
        let mut state = State::default();
        for turn in turns {
            if let Exchange::Smtp(exchange) = turn.exchange {
                state.step(exchange, turn.tls);
            }
        }
        state
    }

    fn step(&mut self, exchange: &SmtpExchange, tls: bool) {
        use SmtpReason as R;
        if tls && !self.tls {
            // RFC 3207 section 4.2: what was said before is forgotten.
            *self = State { tls, ..State::default() };
        }
        self.in_login = matches!(exchange.reason, R::Challenge);
        match &exchange.reason {
            R::Hello => self.hello(exchange),
            R::SenderAccepted => self.phase = Phase::Sender,
            R::RecipientAccepted => {
                let count = if let Phase::Recipients(count) = self.phase { count } else { 0 };
                self.phase = Phase::Recipients(count + 1);
            }
            R::StartMail => self.phase = Phase::Message,
            R::ChunkAccepted { octets } => self.phase = Phase::Chunks(*octets),
            R::StartTls => self.phase = Phase::Handshake,
            R::Authenticated { user } => self.user = Some(user.clone()),
            R::Reset => self.ends_mail(),
            R::Closing | R::TimedOut | R::TooManyErrors { .. } | R::TooManyConnections { .. } => {
                self.phase = Phase::Closed;
            }
            R::BareLineEnd { .. } => self.phase = Phase::Closed,
            // A server that hangs up says so by its code, whatever the reason.
            _ if matches!(exchange.reply.code, 221 | 421) => self.phase = Phase::Closed,
            // Whatever is said at the end of a message, the envelope is used up with it.
            _ if matches!(exchange.command, SmtpCommand::Message { .. }) => self.ends_mail(),
            _ if self.phase == Phase::Message => self.ends_mail(),
            _ => {}
        }
    }

    fn hello(&mut self, exchange: &SmtpExchange) {
        self.phase = Phase::Greeted;
        self.offered.clear();
        if matches!(exchange.command, SmtpCommand::Ehlo { .. }) {
            let keywords = exchange.reply.lines.iter().skip(1);
            let words = keywords.filter_map(|line| line.split([' ', '=']).next());
            self.offered.extend(words.map(str::to_ascii_uppercase));
        }
    }

    fn ends_mail(&mut self) {
        if !matches!(self.phase, Phase::Begun | Phase::Closed) {
            self.phase = Phase::Greeted;
        }
    }

    /// In words.
    pub(in super::super) fn says(&self) -> Vec<Say> {
        let mut says = vec![match self.phase {
            _ if self.in_login => Say::new("smtp-state-login"),
            Phase::Begun => Say::new("smtp-state-begun"),
            Phase::Greeted => Say::new("smtp-state-greeted"),
            Phase::Sender => Say::new("smtp-state-sender"),
            Phase::Recipients(count) => Say::new("smtp-state-recipients").number("count", count),
            Phase::Message => Say::new("smtp-state-message"),
            Phase::Chunks(_) => Say::new("smtp-state-chunks"),
            Phase::Handshake => Say::new("smtp-state-handshake"),
            Phase::Closed => return vec![Say::new("smtp-state-closed")],
        }];
        if self.tls {
            says.push(Say::new("smtp-state-secured"));
        }
        if let Some(user) = &self.user {
            says.push(Say::new("smtp-state-user").text("user", user));
        }
        says
    }

    /// What could be typed now.
    pub(in super::super) fn next(&self, o: &mut Opening<'_>) {
        if self.in_login {
            o.next("…", "smtp-next-base64");
            return o.next("*", "smtp-next-cancel");
        }
        match self.phase {
            Phase::Closed => return,
            Phase::Handshake => return o.next("…", "smtp-next-handshake"),
            Phase::Message => {
                o.next("Subject: …", "smtp-next-header");
                return o.next(".", "smtp-next-dot");
            }
            Phase::Begun => {
                o.next("EHLO pc.example.org", "smtp-next-ehlo");
                o.next("HELO pc.example.org", "smtp-next-helo");
            }
            Phase::Greeted => self.next_greeted(o),
            Phase::Sender => {
                o.next("RCPT TO:<bert@example.org>", "smtp-next-rcpt-first");
                o.next("RSET", "smtp-next-rset");
            }
            Phase::Recipients(_) => {
                o.next("RCPT TO:<carla@example.org>", "smtp-next-rcpt");
                o.next("DATA", "smtp-next-data");
                if self.offers("CHUNKING") {
                    o.next("BDAT 86 LAST", "smtp-next-bdat");
                }
                o.next("RSET", "smtp-next-rset");
            }
            Phase::Chunks(_) => {
                o.next("BDAT 86 LAST", "smtp-next-bdat-more");
                o.next("RSET", "smtp-next-rset");
            }
        }
        o.next("QUIT", "smtp-next-quit");
    }

    fn next_greeted(&self, o: &mut Opening<'_>) {
        o.next("MAIL FROM:<anna@example.org>", "smtp-next-mail");
        if self.offers("STARTTLS") && !self.tls {
            o.next("STARTTLS", "smtp-next-starttls");
        }
        if self.offers("AUTH") && self.user.is_none() {
            o.next("AUTH PLAIN", "smtp-next-auth");
        }
        if self.offers("VRFY") {
            o.next("VRFY bert", "smtp-next-vrfy");
        }
    }

    fn offers(&self, keyword: &str) -> bool {
        self.offered.contains(keyword)
    }
}
