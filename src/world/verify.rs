//! Whether mail comes from where it says it comes from: a host's checks of SPF, DKIM and DMARC. Every question they ask
//! goes to the world's zones and stands in the transcript as any other.

use super::queue::service_name;
use super::{Checking, HostSetup, Relay, SigningSetup, World};
use crate::event::{DnsFailure, Envelope, Event, Rcode, RecordData, RecordType, SenderEvent, SenderRefusal};
use crate::mail::dkim::{self, Canonicalization, Signer};
use crate::mail::dmarc::{self, DmarcPolicy};
use crate::mail::lookup::{Answer, Found, LookupFailure, LookupType};
use crate::mail::results::{Results, without_forged};
use crate::mail::spf::{SpfCheck, SpfQuery, SpfResult};
use crate::mail::{Message, ReversePath};
use crate::proto::dns::Response;
use crate::units::{Bytes, ConnId, MessageId};
use std::net::IpAddr;

/// The sender of a mail transaction, whom a host is to check.
#[derive(Debug)]
pub(super) struct Sender {
    client: IpAddr,
    from: ReversePath,
    helo: String,
    /// Once it was checked: for the first recipient, and not again for the others.
    check: Option<SpfCheck>,
}

/// What a host found out about a message.
#[derive(Debug, Default)]
pub(super) struct Finding {
    /// The fields it puts on top.
    pub(super) fields: String,
    /// The author's domain wants the message put among the junk.
    junk: Option<String>,
}

/// What a response says to a check that asked for `rtype`.
pub fn found(response: Result<Response, DnsFailure>, rtype: LookupType) -> Answer {
    let response = response.map_err(|_| LookupFailure::Trouble)?;
    match response.rcode {
        Rcode::NoError => {}
        Rcode::NxDomain => return Err(LookupFailure::NoSuchName),
        _ => return Err(LookupFailure::Trouble),
    }
    let value = |data: RecordData| match (rtype, data) {
        (LookupType::A, RecordData::A(ip)) => Some(Found::Ip(ip.into())),
        (LookupType::Aaaa, RecordData::Aaaa(ip)) => Some(Found::Ip(ip.into())),
        (LookupType::Mx, RecordData::Mx { preference, exchange }) => {
            Some(Found::Exchange(preference, exchange))
        }
        (LookupType::Txt, RecordData::Txt(strings)) => Some(Found::Text(strings.concat())),
        (LookupType::Ptr, RecordData::Ptr(name)) => Some(Found::Name(name)),
        _ => None,
    };
    Ok(response.answers.into_iter().filter_map(|record| value(record.data)).collect())
}

impl World {
    /// Is this client one of the host's own, whose mail it does not check and signs?
    fn is_own(&self, at: usize, client: IpAddr, user: Option<&str>) -> bool {
        let networks = match self.hosts.get(at).map(|h| &h.setup.relay) {
            Some(Relay::Networks(networks)) => networks.iter().any(|n| n.contains(client)),
            _ => false,
        };
        user.is_some() || networks
    }

    /// A mail transaction begins on a connection; what is known of its sender is kept until a recipient is named.
    pub(super) fn remember_sender(
        &mut self,
        at: usize,
        conn: ConnId,
        client: IpAddr,
        from: &ReversePath,
        helo: &str,
        user: Option<&str>,
    ) {
        self.senders.remove(&conn);
        let checks = self.hosts.get(at).is_some_and(|h| h.setup.verify.checks_spf());
        if checks && !self.is_own(at, client, user) {
            let net = &self.net;
            self.senders.retain(|conn, _| net.is_open(*conn));
            let sender = Sender { client, from: from.clone(), helo: helo.to_owned(), check: None };
            self.senders.insert(conn, sender);
        }
    }

    /// Checks the sender of the transaction on a connection (SPF), once, and says why its mail is not taken.
    pub(super) fn check_sender(&mut self, at: usize, conn: ConnId) -> Option<SenderRefusal> {
        let enforced = self.hosts.get(at)?.setup.verify.spf == Checking::Enforce;
        let check = self.spf(at, conn)?;
        let refused = enforced && check.result == SpfResult::Fail;
        refused.then_some(SenderRefusal::Spf { domain: check.domain, explanation: check.explanation })
    }

    /// What SPF says of the sender of the transaction on a connection; `None` where that is not checked.
    fn spf(&mut self, at: usize, conn: ConnId) -> Option<SpfCheck> {
        let sender = self.senders.get(&conn)?;
        if let Some(check) = &sender.check {
            return Some(check.clone());
        }
        let receiver = service_name(&self.hosts.get(at)?.setup);
        let seconds = self.now.unix_seconds();
        let query = SpfQuery::mail_from(sender.client, &sender.helo, &sender.from, &receiver, seconds);
        let check = query.check(&mut |name: &str, rtype: LookupType| self.look_up(at, name, rtype));
        self.tell_of_sender(at, conn, SenderEvent::Spf(check.clone()));
        if let Some(sender) = self.senders.get_mut(&conn) {
            sender.check = Some(check.clone());
        }
        Some(check)
    }

    /// A question of a check, asked and written down as any other of the host.
    fn look_up(&mut self, at: usize, name: &str, rtype: LookupType) -> Answer {
        let qtype = match rtype {
            LookupType::A => RecordType::A,
            LookupType::Aaaa => RecordType::Aaaa,
            LookupType::Mx => RecordType::Mx,
            LookupType::Txt => RecordType::Txt,
            LookupType::Ptr => RecordType::Ptr,
        };
        found(self.lookup(at, name, qtype), rtype)
    }

    fn tell_of_sender(&mut self, at: usize, conn: ConnId, what: SenderEvent) {
        let host = self.host_name(at);
        self.log(Event::Sender { host, conn, what: Box::new(what) });
    }

    /// Checks a message that has come whole: its signatures, and whether they and SPF are enough for its author's domain.
    ///
    /// # Errors
    /// That domain wants such mail refused, and the host does so.
    pub(super) fn check_message(
        &mut self,
        at: usize,
        conn: ConnId,
        envelope: &Envelope,
        octets: &Bytes,
    ) -> Result<Finding, SenderRefusal> {
        let Some(host) = self.hosts.get(at) else { return Ok(Finding::default()) };
        let (verify, name) = (host.setup.verify, service_name(&host.setup));
        let none = !verify.checks_spf() && !verify.checks_dkim();
        if none || self.is_own(at, envelope.client, envelope.user.as_deref()) {
            return Ok(Finding::default());
        }
        let spf = self.spf(at, conn);
        self.senders.remove(&conn);
        let now = self.now.unix_seconds();
        let dkim = verify.checks_dkim().then(|| {
            let checks =
                dkim::verify(octets, now, &mut |name: &str, rtype: LookupType| self.look_up(at, name, rtype));
            self.tell_of_sender(at, conn, SenderEvent::Dkim(checks.clone()));
            checks
        });
        let dmarc = (verify.dmarc != Checking::Off).then(|| {
            let signatures = dkim.as_deref().unwrap_or_default();
            let mut resolver = |name: &str, rtype: LookupType| self.look_up(at, name, rtype);
            let check = dmarc::evaluate(octets, spf.as_ref(), signatures, &mut resolver);
            self.tell_of_sender(at, conn, SenderEvent::Dmarc(check.clone()));
            check
        });
        let mut junk = None;
        if let Some(check) = dmarc.as_ref().filter(|_| verify.dmarc == Checking::Enforce) {
            match check.disposition {
                DmarcPolicy::None => {}
                DmarcPolicy::Quarantine => junk = Some(check.author.clone()),
                DmarcPolicy::Reject => return Err(SenderRefusal::Dmarc { domain: check.author.clone() }),
            }
        }
        let results = Results { spf: spf.as_ref(), dkim: dkim.as_deref(), dmarc: dmarc.as_ref() };
        let mut fields = results.field(&name);
        if let Some(spf) = &spf {
            fields.push_str(&spf.received_spf(&name));
        }
        Ok(Finding { fields, junk })
    }

    /// Puts the message among the junk once it is delivered, where that is what was found.
    pub(super) fn quarantine(&mut self, at: usize, conn: ConnId, id: MessageId, finding: &Finding) {
        if let Some(domain) = finding.junk.clone() {
            self.junk.insert((at, id));
            self.tell_of_sender(at, conn, SenderEvent::Quarantined { id, domain });
        }
    }

    /// The message without results that claim to be the host's own, where the host writes any itself.
    pub(super) fn without_forged(&mut self, at: usize, conn: ConnId, message: Message) -> Message {
        let Some(host) = self.hosts.get(at) else { return message };
        if !host.setup.verify.checks_spf() && !host.setup.verify.checks_dkim() {
            return message;
        }
        let (message, count) = without_forged(&message, &service_name(&host.setup));
        if count > 0 {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            self.tell_of_sender(at, conn, SenderEvent::ForgedResults { count });
        }
        message
    }

    /// The field with which the host signs a message of one of its users; empty where it does not. The author's domain, or
    /// one above it, must be one that the host signs for.
    pub(super) fn sign(
        &mut self,
        at: usize,
        conn: ConnId,
        id: MessageId,
        envelope: &Envelope,
        message: &Message,
    ) -> String {
        let Some(host) = self.hosts.get(at).map(|h| h.setup.clone()) else { return String::new() };
        if self.dkim.is_empty() || !self.is_own(at, envelope.client, envelope.user.as_deref()) {
            return String::new();
        }
        let Ok(author) = dmarc::author(&message.octets) else { return String::new() };
        let signing = self.dkim.iter().find(|s| signs(s, &host, &author)).cloned();
        let key = signing.as_ref().and_then(|s| self.keyring.dkim.get(&s.record_name()));
        let Some((signing, key)) = signing.as_ref().zip(key) else { return String::new() };
        let signer = Signer {
            domain: &signing.domain,
            selector: &signing.selector,
            key,
            header: Canonicalization::Relaxed,
            body: Canonicalization::Relaxed,
            now: self.now.unix_seconds(),
        };
        let Ok(field) = signer.sign(&message.octets) else { return String::new() };
        let algorithm = key.algorithm.name().to_owned();
        let (domain, selector) = (signing.domain.clone(), signing.selector.clone());
        self.tell_of_sender(at, conn, SenderEvent::Signed { id, domain, selector, algorithm });
        field
    }
}

/// Does a host sign for this author's domain with this key?
fn signs(signing: &SigningSetup, host: &HostSetup, author: &str) -> bool {
    let domain = signing.domain.to_ascii_lowercase();
    let below = author == domain || author.strip_suffix(&domain).is_some_and(|head| head.ends_with('.'));
    below
        && match &signing.host {
            Some(name) => name.eq_ignore_ascii_case(&host.name),
            None => host.domains.iter().any(|own| own.eq_ignore_ascii_case(&domain)),
        }
}
