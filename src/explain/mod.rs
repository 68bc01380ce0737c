//! Events and reasons in German and English: what happened, why, and what to do next, in the field's own terms.
//!
//! The wording stands in `locales/explain/`, one message for each kind of reason, and in `locales/lines/`, one for
//! each part of a line ([`line`]); here each reason is mapped to its message and parameters by matching on the enum,
//! so that a new reason without a text does not compile. What a learner typed goes into a text shortened and with
//! control characters made visible.

mod event;
mod imap;
pub mod line;
mod mistake;
mod net;
mod person;
mod pop3;
mod post;
mod say;
mod sender;
mod smime;
mod smtp;
mod trace;

use crate::event::{
    CloseReason, CommonMistake, ConnectFailure, DeliveryFailure, DnsFailure, Endpoint, Event, ImapExchange,
    Limit, PersonEvent, PolicyQuestion, PolicyVerdict, Pop3Exchange, Question, Rcode, Record, SenderEvent,
    Side, SmtpExchange, TlsEvent, TlsSession,
};
use crate::mail::AddressFaultKind;
use crate::mail::smime::{CmsFault, SmimeCheck};
use crate::mail::trace::{Claim, Finding, Origin};
use crate::rfc::{Section, section};
use crate::units::{Lang, Zone};
use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use say::Say;
use std::sync::OnceLock;

/// What happened and why, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// One to three sentences.
    pub text: String,
    /// What else is to be said: one sentence or two for each departure from the standard that the server let pass,
    /// and for what a line looks like that is no command.
    pub notes: Vec<String>,
    /// The rule, where it is one of an RFC.
    pub rule: Option<Section>,
}

/// Explains in one language. Making one reads all texts of the language: share it ([`Explainer::of`]).
pub struct Explainer {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Explainer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explainer").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Explainer {
    /// The one explainer for `lang` that everybody in this process may share, made when it is first asked for.
    pub fn of(lang: Lang) -> &'static Explainer {
        static DE: OnceLock<Explainer> = OnceLock::new();
        static EN: OnceLock<Explainer> = OnceLock::new();
        match lang {
            Lang::De => DE.get_or_init(|| Explainer::new(Lang::De)),
            Lang::En => EN.get_or_init(|| Explainer::new(Lang::En)),
        }
    }

    /// An explainer for `lang`.
    pub fn new(lang: Lang) -> Explainer {
        Explainer { lang, bundle: say::bundle(lang) }
    }

    /// The language it explains in.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Why an SMTP server answered as it did.
    pub fn explain_smtp(&self, exchange: &SmtpExchange) -> Explanation {
        self.explanation(smtp::reason(exchange), smtp::notes(exchange), Some(exchange.rule.clone()))
    }

    /// Why a POP3 server answered as it did.
    pub fn explain_pop3(&self, exchange: &Pop3Exchange) -> Explanation {
        self.explanation(pop3::reason(exchange), pop3::notes(exchange), Some(exchange.rule.clone()))
    }

    /// Why an IMAP server answered as it did, or spoke up.
    pub fn explain_imap(&self, exchange: &ImapExchange) -> Explanation {
        self.explanation(imap::reason(exchange), imap::notes(exchange), Some(exchange.rule.clone()))
    }

    /// What is wrong with an address, where it stands alone, `there` being the text at fault.
    pub fn explain_address(&self, kind: AddressFaultKind, there: &str) -> Explanation {
        self.explanation(smtp::address(kind, "RCPT", there), Vec::new(), Some(smtp::address_rule(kind)))
    }

    /// What an answer to a DNS question means, or why there was none. `server` is whom was asked.
    pub fn explain_dns(
        &self,
        server: std::net::IpAddr,
        question: &Question,
        outcome: &Result<Rcode, DnsFailure>,
        answers: &[Record],
    ) -> Explanation {
        let (say, rule) = net::dns(server, question, outcome, answers);
        self.explanation(say, Vec::new(), Some(rule))
    }

    /// Why no connection came about.
    pub fn explain_connect(&self, to: &Endpoint, why: ConnectFailure) -> Explanation {
        let (say, rule) = net::connect(to, why);
        self.explanation(say, Vec::new(), rule)
    }

    /// How a connection ended.
    pub fn explain_close(&self, by: Side, why: CloseReason) -> Explanation {
        self.explanation(net::close(by, why), Vec::new(), None)
    }

    /// Why a host could not pass a message on to `recipient`.
    pub fn explain_delivery(&self, recipient: &str, why: &DeliveryFailure) -> Explanation {
        let (say, rule) = net::delivery(recipient, why);
        self.explanation(say, Vec::new(), rule)
    }

    /// What a mistake of the shared catalogue is, and what to do instead.
    pub fn explain_mistake(&self, mistake: CommonMistake) -> Explanation {
        let (say, rule) = mistake::text(mistake);
        self.explanation(say, Vec::new(), rule)
    }

    /// What an analyst noticed in a message.
    pub fn explain_finding(&self, finding: &Finding) -> Explanation {
        self.explanation(trace::finding(&finding.kind), Vec::new(), Some(finding.rule.clone()))
    }

    /// What a header field is worth.
    pub fn explain_field(&self, claim: &Claim) -> Explanation {
        let notes = vec![trace::worth(claim.believed)];
        self.explanation(trace::field(claim.kind), notes, claim.kind.rule())
    }

    /// Where a message comes from, as far as it can be known.
    pub fn explain_origin(&self, origin: Option<&Origin>) -> Explanation {
        self.explanation(trace::origin(origin), Vec::new(), Some(section(5321, "4.4")))
    }

    /// A stretch of time in signs that are the same in all languages: `2 min 55 s`.
    pub fn stretch(seconds: u64) -> String {
        trace::span(seconds)
    }

    /// What a host found out about where a mail comes from: the result, and as notes how it came about, step by step.
    pub fn explain_sender(&self, what: &SenderEvent) -> Explanation {
        let text = sender::summary(what).into_iter().map(|say| self.say(say)).collect::<Vec<_>>().join(" ");
        let notes = sender::steps(what).into_iter().map(|say| self.say(say)).collect();
        Explanation { text, notes, rule: sender::rule(what) }
    }

    /// What a reader's program finds out about a signature: by whom it is, and as notes what holds or does not.
    pub fn explain_signature(&self, check: &SmimeCheck) -> Explanation {
        let notes = smime::findings(check).into_iter().map(|say| self.say(say)).collect();
        Explanation { text: self.say(smime::signer(check)), notes, rule: Some(smime::rule(check)) }
    }

    /// An encrypted message: for whom, as far as their certificates are known, and for how many others.
    pub fn explain_encrypted(&self, known: &[String], others: usize) -> Explanation {
        let rule = Some(section(8551, "3.3"));
        Explanation { text: self.say(smime::sealed(known, others)), notes: Vec::new(), rule }
    }

    /// Why what should be signed or encrypted is neither.
    pub fn explain_cms(&self, fault: &CmsFault) -> Explanation {
        Explanation { text: self.say(smime::cms(fault)), notes: Vec::new(), rule: Some(section(5652, "3")) }
    }

    /// What a person did, or why they did not, times being those of the zone.
    pub fn explain_person(&self, name: &str, what: &PersonEvent, zone: Zone) -> Explanation {
        self.explanation(person::line(self, name, what, zone), Vec::new(), person::rule(what))
    }

    /// What a session asked its host, and what the host decided.
    pub fn explain_policy(&self, question: &PolicyQuestion, verdict: &PolicyVerdict) -> [String; 2] {
        [self.say(event::policy_question(question)), self.say(event::policy_verdict(verdict))]
    }

    /// What happened to TLS on a connection.
    pub fn explain_tls(&self, what: &TlsEvent) -> String {
        self.say(event::tls_event(what))
    }

    /// What the certificate says that a handshake showed, and whether people on the way could read it; nothing where there
    /// was none.
    pub fn explain_certificate(&self, session: &TlsSession) -> Vec<String> {
        let Some(shown) = &session.certificate else { return Vec::new() };
        vec![self.say(event::tls_certificate(shown)), self.say(event::tls_certificate_way(session))]
    }

    /// Which bound of the lab was reached, `at` being its size.
    pub fn explain_limit(&self, limit: Limit, at: u64) -> Explanation {
        self.explanation(net::limit(limit, at), Vec::new(), None)
    }

    /// Any event in one line, for a transcript whose times are those of the zone.
    pub fn describe(&self, event: &Event, zone: impl Into<Zone>) -> String {
        self.say(event::line(self, event, zone.into()))
    }

    /// The heading of a transcript of `events` events whose times are those of the zone `offset` (`+0200`).
    pub fn transcript_title(&self, events: usize, offset: &str) -> String {
        self.say(Say::new("capture-title").number("events", events as u64).text("offset", offset))
    }

    fn explanation(&self, text: Say, notes: Vec<Say>, rule: Option<Section>) -> Explanation {
        Explanation { text: self.say(text), notes: notes.into_iter().map(|n| self.say(n)).collect(), rule }
    }

    fn say(&self, say: Say) -> String {
        say.format(&self.bundle)
    }
}

#[cfg(test)]
mod tests;
