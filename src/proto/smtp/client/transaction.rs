//! MAIL, RCPT, DATA and the message: one transaction. Where the server offers PIPELINING, the commands up to DATA go out
//! together (RFC 2920 section 3.1), and QUIT behind the lone dot, as Postfix sends them; a mail program says one thing at a
//! time.

use super::config::{ClientFailure, Manner};
use super::{ClientSession, Expecting, Recipient};
use crate::event::{CloseReason, LegTrouble, Reply};
use crate::mail::mime::seven_bit;
use crate::mail::xtext;
use crate::proto::Out;
use crate::proto::line::dot_stuffed;
use crate::units::{Bytes, Time};

impl ClientSession {
    /// Begins the transaction, or says why it cannot be.
    pub(super) fn begin_transaction(&mut self, now: Time) {
        if !self.offers.utf8 && self.needs_utf8() {
            return self.troubled(now, LegTrouble::NoSmtpUtf8);
        }
        if !self.offers.eight_bit && !self.config.message.is_ascii() {
            self.config.message = Bytes::from(seven_bit(&self.config.message));
        }
        if let Some(limit) =
            self.offers.size_limit().filter(|limit| self.config.message.len() as u64 > *limit)
        {
            return self.troubled(now, LegTrouble::TooBig { limit });
        }
        let mail = self.mail();
        if !self.offers.pipelining || self.gives_up() {
            return self.send(now, &mail, Expecting::Mail);
        }
        let mut group = vec![(mail, Expecting::Mail)];
        for n in 0..self.config.to.len() {
            group.extend(self.rcpt(n).map(|line| (line, Expecting::Rcpt(n))));
        }
        group.push(("DATA".to_owned(), Expecting::Data));
        self.send_group(now, &group);
    }

    /// Does the message need SMTPUTF8? The sender must have asked for it, and addresses or header must make use of it
    /// (RFC 6531 section 3.2; a body is the business of 8BITMIME).
    fn needs_utf8(&self) -> bool {
        let config = &self.config;
        let header = crate::mail::mime::header(&config.message);
        config.params.smtputf8
            && (config.from.0.iter().any(|from| !from.to_string().is_ascii())
                || config.to.iter().any(|to| !to.0.to_string().is_ascii())
                || config.message.get(..header.end).is_some_and(|h| !h.is_ascii()))
    }

    /// MAIL, with the parameters that the server offers and the message asks for, in Postfix's order.
    fn mail(&self) -> String {
        let (offers, params) = (&self.offers, &self.config.params);
        let mut line = format!("MAIL FROM:{}", self.config.from);
        if offers.size.is_some() {
            line.push_str(&format!(" SIZE={}", self.config.message.len()));
        }
        if offers.eight_bit && !self.config.message.is_ascii() {
            line.push_str(" BODY=8BITMIME");
        }
        if offers.dsn {
            line.extend(params.envid.as_ref().map(|envid| format!(" ENVID={}", xtext::encode(envid))));
            line.extend(params.ret.map(|ret| format!(" RET={}", ret.name())));
        }
        if offers.utf8 && params.smtputf8 {
            line.push_str(" SMTPUTF8");
        }
        if offers.auth {
            let plain = |who: &String| if who == "<>" { who.clone() } else { xtext::encode(who) };
            line.extend(params.auth.as_ref().map(|who| format!(" AUTH={}", plain(who))));
        }
        line
    }

    /// RCPT for the recipient of this number, with the parameters of DSN that were asked for (RFC 3461 section 5.2.1: what was not asked for is not made up).
    fn rcpt(&self, n: usize) -> Option<String> {
        let mut line = format!("RCPT TO:{}", self.config.to.get(n)?);
        if let Some(params) = self.config.rcpt_params.get(n).filter(|_| self.offers.dsn) {
            line.extend(params.orcpt.as_ref().map(|orcpt| format!(" ORCPT={orcpt}")));
            let notify: Vec<&str> = params.notify.iter().map(|n| n.name()).collect();
            if !notify.is_empty() {
                line.push_str(&format!(" NOTIFY={}", notify.join(",")));
            }
        }
        Some(line)
    }

    /// The next recipient; after the last, the message, if anybody is to have it. Says nothing where all was said before.
    fn next_rcpt(&mut self, now: Time, n: usize) {
        if self.awaits_more() {
            return;
        }
        match self.rcpt(n) {
            Some(line) => self.send(now, &line, Expecting::Rcpt(n)),
            None if self.is_wanted() => self.send(now, "DATA", Expecting::Data),
            None => self.quit(now),
        }
    }

    /// Does one refusal end it all?
    fn gives_up(&self) -> bool {
        self.config.manner == Manner::AllOrNothing
    }

    /// Is somebody to have the message?
    fn is_wanted(&self) -> bool {
        self.recipients.contains(&Recipient::Accepted)
    }

    /// The answer to MAIL. What was sent along with it is answered too, in vain where the sender was refused.
    pub(super) fn mail_heard(&mut self, now: Time, reply: Reply) {
        if reply.code / 100 == 2 {
            self.next_rcpt(now, 0);
        } else if self.awaits_more() {
            self.all_failed(&ClientFailure::Reply(reply));
        } else {
            self.refused(now, reply);
        }
    }

    /// The answer to RCPT for the recipient of this number.
    pub(super) fn rcpt_heard(&mut self, now: Time, n: usize, reply: Reply) {
        if let (Some(to), Some(state)) = (self.config.to.get(n), self.recipients.get_mut(n))
            && *state == Recipient::Open
        {
            if reply.code / 100 == 2 {
                *state = Recipient::Accepted;
            } else {
                *state = Recipient::Done;
                if let Some(decided) = self.decided.get_mut(n) {
                    *decided = "RCPT TO";
                }
                let outcome = Err(ClientFailure::Reply(reply));
                self.out.push_back(Out::Delivery { to: to.clone(), outcome: outcome.clone() });
                if self.gives_up()
                    && let Err(failure) = outcome
                {
                    self.all_failed(&failure);
                    return self.close(CloseReason::Closed);
                }
            }
        }
        self.next_rcpt(now, n + 1);
    }

    /// The answer to DATA.
    pub(super) fn data_heard(&mut self, now: Time, reply: Reply) {
        match reply.code {
            354 if self.is_wanted() => {
                self.out.push_back(Out::Send(stuffed(&self.config.message)));
                self.expect(now, Expecting::Verdict);
                if self.offers.pipelining && !self.gives_up() {
                    self.send_group(now, &[("QUIT".to_owned(), Expecting::Quit)]);
                }
            }
            // Nobody is to have it, and yet the server waits for the lone dot (RFC 2920 section 3.1).
            354 => self.send(now, ".", Expecting::Nobody),
            _ => self.refused(now, reply),
        }
    }

    /// The answer to the lone dot.
    pub(super) fn verdict_heard(&mut self, now: Time, reply: Reply) {
        if reply.code / 100 == 2 {
            self.settle(|r| r == Recipient::Accepted, &Ok(reply));
        } else {
            self.all_failed(&ClientFailure::Reply(reply));
            if self.gives_up() {
                return self.close(CloseReason::Closed);
            }
        }
        if !self.awaits_more() {
            self.quit(now);
        }
    }

    /// The transaction is over for everybody: a refusal of the session, of MAIL or of DATA.
    pub(super) fn refused(&mut self, now: Time, reply: Reply) {
        self.refused_with(now, reply.code, ClientFailure::Reply(reply));
    }

    /// The same, `failure` being what to say of a reply with this code.
    pub(super) fn refused_with(&mut self, now: Time, code: u16, failure: ClientFailure) {
        self.all_failed(&failure);
        // After 421 the server closes by itself (RFC 5321 section 3.8).
        if code == 421 || self.gives_up() { self.close(CloseReason::Closed) } else { self.quit(now) }
    }

    /// The client hands nothing over here.
    pub(super) fn troubled(&mut self, now: Time, why: LegTrouble) {
        self.all_failed(&ClientFailure::Trouble(why));
        self.quit(now);
    }

    pub(super) fn quit(&mut self, now: Time) {
        self.send(now, "QUIT", Expecting::Quit);
    }
}

/// The message as it travels: dot-stuffed, its last line ended, and the lone dot (RFC 5321 section 4.5.2).
fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut octets = dot_stuffed(message);
    if !message.is_empty() && !message.ends_with(b"\r\n") {
        octets.extend_from_slice(b"\r\n");
    }
    octets.extend_from_slice(b".\r\n");
    octets
}
