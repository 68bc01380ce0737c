//! `check_host` (RFC 7208 section 4): records are fetched and their terms tried in order, within the limits of section
//! 4.6.4, until one of them decides.

use super::macros::{MacroString, Values};
use super::record::{Directive, Mechanism, Prefix, Qualifier, Record, is_spf};
use super::{
    LOOKUPS, NAMES, STEPS, SpfCheck, SpfFault, SpfIdentity, SpfLimit, SpfQuery, SpfResult, SpfStep, SpfWhat,
    VOID_LOOKUPS,
};
use crate::mail::lookup::{
    Answer, Found, Lookup, LookupFailure, LookupType, Resolver, folded, is_below, is_name, kept,
};
use std::net::IpAddr;

/// Carries a check out.
pub(super) fn check(query: &SpfQuery, resolver: &mut dyn Resolver) -> SpfCheck {
    let query = &SpfQuery { client: query.client.to_canonical(), ..query.clone() };
    // The sender is never without a local part (RFC 7208 section 4.3).
    let local = if query.local.is_empty() { "postmaster" } else { &query.local };
    let mut check =
        Check { query, local, resolver, lookups: 0, voids: 0, depth: 0, name: None, steps: Vec::new() };
    let (result, term, explanation, fault) = match check.host(&query.domain) {
        Ok(verdict) => {
            let explanation = verdict.explain.and_then(|(text, domain)| check.explanation(&text, &domain));
            (verdict.result, verdict.term, explanation, None)
        }
        Err(fault) => (fault.result(), None, None, Some(fault)),
    };
    let steps = check.steps;
    let sender = match query.identity {
        SpfIdentity::Helo => query.helo.clone(),
        SpfIdentity::MailFrom => format!("{local}@{}", query.domain),
    };
    SpfCheck {
        client: query.client,
        helo: kept(&query.helo),
        identity: query.identity,
        sender: kept(&sender),
        domain: kept(&query.domain),
        result,
        term,
        explanation,
        fault,
        steps,
    }
}

impl SpfFault {
    fn result(&self) -> SpfResult {
        match self {
            SpfFault::DnsTrouble { .. } => SpfResult::TempError,
            _ => SpfResult::PermError,
        }
    }
}

/// A check under way.
struct Check<'a> {
    query: &'a SpfQuery,
    local: &'a str,
    resolver: &'a mut dyn Resolver,
    /// Terms so far that caused look-ups.
    lookups: u32,
    /// Look-ups so far that found nothing.
    voids: u32,
    depth: u8,
    /// The client's confirmed names, once somebody wanted them.
    name: Option<Vec<String>>,
    steps: Vec<SpfStep>,
}

/// What a record says.
struct Verdict {
    result: SpfResult,
    term: Option<String>,
    /// `exp=` of the record that decided, and its domain.
    explain: Option<(MacroString, String)>,
}

impl Verdict {
    fn plain(result: SpfResult) -> Verdict {
        Verdict { result, term: None, explain: None }
    }
}

impl Check<'_> {
    fn step(&mut self, what: SpfWhat) {
        if self.steps.len() < STEPS {
            self.steps.push(SpfStep { depth: self.depth, what });
        }
    }

    fn limit(&mut self, limit: SpfLimit, fault: SpfFault) -> SpfFault {
        self.step(SpfWhat::Limit(limit));
        fault
    }

    /// Counts a term that causes look-ups.
    fn count(&mut self) -> Result<(), SpfFault> {
        self.lookups += 1;
        if self.lookups > LOOKUPS {
            return Err(self.limit(SpfLimit::Lookups, SpfFault::TooManyLookups));
        }
        Ok(())
    }

    fn ask(&mut self, name: &str, rtype: LookupType) -> Answer {
        // What is no name is not there.
        let answer = match is_name(name) {
            true => self.resolver.look_up(name, rtype),
            false => Err(LookupFailure::NoSuchName),
        };
        self.step(SpfWhat::LookedUp(Lookup::new(name, rtype, &answer)));
        answer
    }

    /// Looks something up for a term: what is not there is nothing found, and counted as such.
    fn find(&mut self, name: &str, rtype: LookupType) -> Result<Vec<Found>, SpfFault> {
        let found = match self.ask(name, rtype) {
            Ok(found) => found,
            Err(LookupFailure::NoSuchName) => Vec::new(),
            Err(LookupFailure::Trouble) => return Err(SpfFault::DnsTrouble { name: kept(name) }),
        };
        if found.is_empty() {
            self.voids += 1;
            if self.voids > VOID_LOOKUPS {
                return Err(self.limit(SpfLimit::VoidLookups, SpfFault::TooManyVoidLookups));
            }
        }
        Ok(found)
    }

    /// RFC 7208 sections 4.3 to 4.7 for one domain.
    fn host(&mut self, domain: &str) -> Result<Verdict, SpfFault> {
        let plain = domain.strip_suffix('.').unwrap_or(domain);
        if !is_name(domain) || !plain.contains('.') || domain.contains(['[', ' ']) {
            self.step(SpfWhat::NoDomain { domain: kept(domain) });
            return Ok(Verdict::plain(SpfResult::None));
        }
        let found = match self.ask(plain, LookupType::Txt) {
            Ok(found) => found,
            Err(LookupFailure::NoSuchName) => Vec::new(),
            Err(LookupFailure::Trouble) => return Err(SpfFault::DnsTrouble { name: kept(plain) }),
        };
        let mut records = found.into_iter().filter_map(|f| match f {
            Found::Text(text) if is_spf(&text) => Some(text),
            _ => None,
        });
        let text = match (records.next(), records.next()) {
            (None, _) => {
                self.step(SpfWhat::NoRecord { domain: plain.to_owned() });
                return Ok(Verdict::plain(SpfResult::None));
            }
            (Some(_), Some(_)) => return Err(SpfFault::SeveralRecords { domain: plain.to_owned() }),
            (Some(text), None) => text,
        };
        self.step(SpfWhat::Record { domain: plain.to_owned(), text: kept(&text) });
        let record = Record::parse(&text).map_err(|fault| {
            self.step(SpfWhat::Unreadable(fault.clone()));
            SpfFault::Record(fault)
        })?;
        self.record(plain, record)
    }

    fn record(&mut self, domain: &str, record: Record) -> Result<Verdict, SpfFault> {
        for directive in &record.directives {
            let matched = self.matches(directive, domain)?;
            self.step(SpfWhat::Tried { term: kept(&directive.text), matched });
            if matched {
                let result = match directive.qualifier {
                    Qualifier::Pass => SpfResult::Pass,
                    Qualifier::Fail => SpfResult::Fail,
                    Qualifier::SoftFail => SpfResult::SoftFail,
                    Qualifier::Neutral => SpfResult::Neutral,
                };
                let explain = record.explanation.filter(|_| result == SpfResult::Fail);
                let explain = explain.map(|text| (text, domain.to_owned()));
                return Ok(Verdict { result, term: Some(kept(&directive.text)), explain });
            }
        }
        let Some((target, term)) = record.redirect else {
            self.step(SpfWhat::NothingMatched);
            return Ok(Verdict::plain(SpfResult::Neutral));
        };
        self.count()?;
        let target = self.expand(&target, &term, domain);
        self.step(SpfWhat::Redirected { domain: kept(&target) });
        self.depth += 1;
        let verdict = self.host(&target)?;
        self.depth -= 1;
        match verdict.result {
            SpfResult::None => Err(SpfFault::NoRecordThere { domain: kept(&target) }),
            _ => Ok(verdict),
        }
    }

    /// Is a mechanism of `domain`'s record about the client?
    fn matches(&mut self, directive: &Directive, domain: &str) -> Result<bool, SpfFault> {
        let term = directive.text.as_str();
        match &directive.mechanism {
            Mechanism::All => Ok(true),
            Mechanism::Ip(ip, prefix) => Ok(prefix.agree(*ip, self.query.client)),
            Mechanism::Include(target) => self.include(target, term, domain),
            Mechanism::A(target, prefix) => {
                let target = self.target(target.as_ref(), term, domain)?;
                self.has_address(&target, *prefix)
            }
            Mechanism::Mx(target, prefix) => {
                let target = self.target(target.as_ref(), term, domain)?;
                self.has_mail_host(&target, *prefix)
            }
            Mechanism::Ptr(target) => {
                let target = folded(&self.target(target.as_ref(), term, domain)?);
                Ok(self.names().iter().any(|name| is_below(name, &target)))
            }
            Mechanism::Exists(target) => {
                let target = self.target(Some(target), term, domain)?;
                // Whatever the client's family: IPv4 is asked for (RFC 7208 section 5.7).
                Ok(!self.find(&target, LookupType::A)?.is_empty())
            }
        }
    }

    /// The domain a mechanism is about, the mechanism being counted.
    fn target(&mut self, target: Option<&MacroString>, term: &str, domain: &str) -> Result<String, SpfFault> {
        self.count()?;
        Ok(target.map_or_else(|| domain.to_owned(), |target| self.expand(target, term, domain)))
    }

    fn include(&mut self, target: &MacroString, term: &str, domain: &str) -> Result<bool, SpfFault> {
        let target = self.target(Some(target), term, domain)?;
        self.depth += 1;
        let verdict = self.host(&target)?;
        self.depth -= 1;
        self.step(SpfWhat::Included { domain: kept(&target), result: verdict.result });
        match verdict.result {
            SpfResult::None => Err(SpfFault::NoRecordThere { domain: kept(&target) }),
            result => Ok(result == SpfResult::Pass),
        }
    }

    /// The type of the client's own addresses.
    fn family(&self) -> LookupType {
        if self.query.client.is_ipv4() { LookupType::A } else { LookupType::Aaaa }
    }

    fn has_address(&mut self, name: &str, prefix: Prefix) -> Result<bool, SpfFault> {
        let (family, client) = (self.family(), self.query.client);
        let found = self.find(name, family)?;
        Ok(addresses(&found).any(|ip| prefix.agree(ip, client)))
    }

    fn has_mail_host(&mut self, domain: &str, prefix: Prefix) -> Result<bool, SpfFault> {
        let mut hosts: Vec<(u16, String)> = Vec::new();
        for found in self.find(domain, LookupType::Mx)? {
            if let Found::Exchange(preference, name) = found {
                hosts.push((preference, name));
            }
        }
        if hosts.len() > NAMES {
            let fault = SpfFault::TooManyExchanges { domain: kept(domain) };
            return Err(self.limit(SpfLimit::Exchanges, fault));
        }
        hosts.sort();
        for (_, name) in hosts.iter().filter(|(_, name)| !name.is_empty()) {
            if self.has_address(name, prefix)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The client's names that lead back to it (RFC 7208 section 5.5). Where DNS fails a name is passed over.
    fn names(&mut self) -> Vec<String> {
        if let Some(names) = &self.name {
            return names.clone();
        }
        let (family, client) = (self.family(), self.query.client);
        let found = self.ask(&reverse(client), LookupType::Ptr).unwrap_or_default();
        if found.len() > NAMES {
            self.step(SpfWhat::Limit(SpfLimit::Names));
        }
        let mut names = Vec::new();
        for found in found.into_iter().take(NAMES) {
            let Found::Name(name) = found else { continue };
            let back = self.ask(&name, family).unwrap_or_default();
            if addresses(&back).any(|ip| ip == client) {
                names.push(folded(&name));
            }
        }
        self.name = Some(names.clone());
        names
    }

    fn expand(&mut self, text: &MacroString, term: &str, domain: &str) -> String {
        let name = self.client_name(text, domain);
        let to = text.expand_domain(&self.values(domain, &name));
        if text.has_macros() {
            self.step(SpfWhat::Expanded { term: kept(term), to: kept(&to) });
        }
        to
    }

    /// What `%{p}` stands for: of the client's names the domain's own, else one below it, else any.
    fn client_name(&mut self, text: &MacroString, domain: &str) -> String {
        if !text.uses_name() {
            return String::new();
        }
        let domain = folded(domain);
        let names = self.names();
        let own = names.iter().find(|name| **name == domain);
        let name = own.or_else(|| names.iter().find(|name| is_below(name, &domain))).or(names.first());
        name.cloned().unwrap_or_else(|| "unknown".to_owned())
    }

    fn values<'b>(&'b self, domain: &'b str, name: &'b str) -> Values<'b> {
        Values {
            local: self.local,
            sender_domain: &self.query.domain,
            domain,
            client: self.query.client,
            name,
            helo: &self.query.helo,
            receiver: if self.query.receiver.is_empty() { "unknown" } else { &self.query.receiver },
            seconds: self.query.seconds,
        }
    }

    /// What the domain says about a fail (RFC 7208 section 6.2); `None` where that cannot be found out.
    fn explanation(&mut self, text: &MacroString, domain: &str) -> Option<String> {
        let target = self.expand(text, "exp", domain);
        let found = self.ask(&target, LookupType::Txt).ok()?;
        let [Found::Text(text)] = found.as_slice() else { return None };
        let text = MacroString::parse_explanation(text)?;
        let name = self.client_name(&text, domain);
        let said = text.expand(&self.values(domain, &name));
        // A domain's words go into a reply: ASCII, and none where there are none.
        (!said.is_empty() && said.bytes().all(|b| b.is_ascii_graphic() || b == b' ')).then_some(said)
    }
}

fn addresses(found: &[Found]) -> impl Iterator<Item = IpAddr> {
    found.iter().filter_map(|found| match found {
        Found::Ip(ip) => Some(*ip),
        _ => None,
    })
}

/// The name of an address's reverse look-up (RFC 1035 section 3.5, RFC 3596 section 2.5).
fn reverse(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(ip) => {
            let digits = ip.octets().into_iter().rev().flat_map(|o| [o & 15, o >> 4]);
            digits.fold(String::new(), |name, d| name + &format!("{d:x}.")) + "ip6.arpa"
        }
    }
}
