//! Finding the record that counts, and comparing (RFC 9989 sections 4.4, 4.10 and 5.3).

use super::record::{AlignmentMode, DmarcPolicy, DmarcRecord, PublicSuffix, shown};
use super::{DmarcCheck, DmarcFault, DmarcResult, DmarcStep, WALK};
use crate::mail::dkim::{DkimCheck, DkimResult};
use crate::mail::lookup::{Found, Lookup, LookupFailure, LookupType, Resolver, folded, is_name};
use crate::mail::spf::{SpfCheck, SpfResult};
use crate::mail::{Fields, mime};
use std::collections::BTreeMap;

/// The domain of a message's author: that of the only address, or of all addresses, in its only From field. Folded.
///
/// # Errors
/// There is none, or there are several.
pub fn author(message: &[u8]) -> Result<String, DmarcFault> {
    let fields = Fields::parse(message);
    let mut from = fields.all("From");
    let field = from.next().ok_or(DmarcFault::NoAuthor)?;
    if from.next().is_some() {
        return Err(DmarcFault::SeveralAuthors);
    }
    let addresses = mime::address_list(&mime::field_value(message, field.raw));
    let mut domains: Vec<String> = addresses
        .iter()
        .filter_map(|a| a.host.as_ref())
        .map(|host| folded(&String::from_utf8_lossy(host)))
        .collect();
    domains.sort();
    domains.dedup();
    match domains.as_slice() {
        [] => Err(DmarcFault::NoAuthor),
        [one] if is_name(one) && !one.contains(['[', '_', ' ']) => Ok(one.clone()),
        [_] => Err(DmarcFault::BadDomain),
        _ => Err(DmarcFault::SeveralAuthors),
    }
}

/// Evaluates a message of which SPF and DKIM are known already.
pub fn evaluate(
    message: &[u8],
    spf: Option<&SpfCheck>,
    dkim: &[DkimCheck],
    resolver: &mut dyn Resolver,
) -> DmarcCheck {
    let mut check = DmarcCheck {
        author: String::new(),
        result: DmarcResult::None,
        fault: None,
        published_by: None,
        policy: None,
        disposition: DmarcPolicy::None,
        steps: Vec::new(),
    };
    let mut work = Work { resolver, steps: Vec::new(), walks: BTreeMap::new() };
    let done = author(message).and_then(|author| {
        check.author.clone_from(&author);
        work.evaluate(&author, spf, dkim, &mut check)
    });
    if let Err(fault) = done {
        check.fault = Some(fault);
        check.result = match fault {
            DmarcFault::DnsTrouble => DmarcResult::TempError,
            _ => DmarcResult::PermError,
        };
    }
    check.steps = work.steps;
    check
}

/// The records on the way up from a domain, the longest name first.
type Walk = Vec<(String, DmarcRecord)>;

struct Work<'a> {
    resolver: &'a mut dyn Resolver,
    steps: Vec<DmarcStep>,
    /// What was found at each name that was asked about.
    walks: BTreeMap<String, Option<DmarcRecord>>,
}

impl Work<'_> {
    fn evaluate(
        &mut self,
        author: &str,
        spf: Option<&SpfCheck>,
        dkim: &[DkimCheck],
        check: &mut DmarcCheck,
    ) -> Result<(), DmarcFault> {
        let walk = self.walk(author)?;
        let organization = self.organization(author, &walk);
        let at = |name: &str| walk.iter().find(|(domain, _)| domain == name);
        let Some((domain, record)) = at(author).or_else(|| at(&organization)).or_else(|| walk.last()) else {
            return Ok(());
        };
        let (tag, policy) = match domain == author {
            true => ("p", record.policy),
            false => {
                let exists = record.nonexistent.is_none() || self.exists(author)?;
                record.below(exists)
            }
        };
        // Whoever publishes no policy and wants reports wants nothing done; whoever wants neither has no record.
        let policy = match policy {
            Some(policy) => policy,
            None if record.reports => DmarcPolicy::None,
            None => {
                self.steps.push(DmarcStep::NoUse { domain: domain.clone() });
                return Ok(());
            }
        };
        let applied = if record.testing { policy.milder() } else { policy };
        self.steps.push(DmarcStep::Policy {
            domain: domain.clone(),
            tag: tag.to_owned(),
            policy,
            testing: record.testing,
            percent: record.percent,
        });
        let by_spf = self.spf(author, &organization, spf, record.spf)?;
        let by_dkim = self.dkim(author, &organization, dkim, record.dkim)?;
        check.published_by = Some(domain.clone());
        check.policy = Some(applied);
        check.result = if by_spf || by_dkim { DmarcResult::Pass } else { DmarcResult::Fail };
        if check.result == DmarcResult::Fail {
            check.disposition = applied;
        }
        Ok(())
    }

    fn spf(
        &mut self,
        author: &str,
        organization: &str,
        spf: Option<&SpfCheck>,
        mode: AlignmentMode,
    ) -> Result<bool, DmarcFault> {
        let Some(spf) = spf else { return Ok(false) };
        let domain = folded(&spf.domain);
        let aligned = spf.result == SpfResult::Pass && self.aligned(author, organization, &domain, mode)?;
        self.steps.push(DmarcStep::Spf { domain, result: spf.result, mode, aligned });
        Ok(aligned)
    }

    fn dkim(
        &mut self,
        author: &str,
        organization: &str,
        dkim: &[DkimCheck],
        mode: AlignmentMode,
    ) -> Result<bool, DmarcFault> {
        let mut any = false;
        for signature in dkim {
            let domain = folded(&signature.domain);
            let good = signature.result == DkimResult::Pass;
            let aligned = good && self.aligned(author, organization, &domain, mode)?;
            any |= aligned;
            self.steps.push(DmarcStep::Dkim { domain, result: signature.result, mode, aligned });
        }
        Ok(any)
    }

    /// Are two domains alike: the same, or of one organization?
    fn aligned(
        &mut self,
        author: &str,
        organization: &str,
        domain: &str,
        mode: AlignmentMode,
    ) -> Result<bool, DmarcFault> {
        if domain == author {
            return Ok(true);
        }
        if mode == AlignmentMode::Strict || !is_name(domain) {
            return Ok(false);
        }
        let walk = self.walk(domain)?;
        Ok(self.organization(domain, &walk) == organization)
    }

    /// The walk up the tree (RFC 9989 section 4.10): the name itself, then each above it, of long names only the last seven
    /// labels and what is above them, until somebody says whose the names below are.
    fn walk(&mut self, domain: &str) -> Result<Walk, DmarcFault> {
        let labels: Vec<&str> = domain.split('.').collect();
        let mut walk = Vec::new();
        let mut first = 0;
        for _ in 0..WALK {
            let name = labels.get(first..).unwrap_or_default().join(".");
            if name.is_empty() {
                break;
            }
            if let Some(record) = self.record(&name)? {
                let ends = record.suffix != PublicSuffix::Unsaid;
                walk.push((name, record));
                if ends {
                    break;
                }
            }
            let left = labels.len() - first;
            first += if left > WALK { left - (WALK - 1) } else { 1 };
        }
        Ok(walk)
    }

    /// The record of one name; each name is asked about once.
    fn record(&mut self, domain: &str) -> Result<Option<DmarcRecord>, DmarcFault> {
        if let Some(known) = self.walks.get(domain) {
            return Ok(known.clone());
        }
        let name = format!("_dmarc.{domain}");
        let found = if is_name(&name) { self.ask(&name, LookupType::Txt)? } else { Vec::new() };
        let mut texts = found.iter().filter_map(|found| match found {
            Found::Text(text) if DmarcRecord::is_meant(text) => Some(text),
            _ => None,
        });
        let record = match (texts.next(), texts.next()) {
            (Some(text), None) => DmarcRecord::parse(text).map(|record| (record, shown(text))),
            _ => None,
        };
        let record = match record {
            Some((record, text)) => {
                self.steps.push(DmarcStep::Record { domain: domain.to_owned(), text });
                Some(record)
            }
            None => {
                if !found.is_empty() {
                    self.steps.push(DmarcStep::NoUse { domain: domain.to_owned() });
                }
                None
            }
        };
        self.walks.insert(domain.to_owned(), record.clone());
        Ok(record)
    }

    fn ask(&mut self, name: &str, rtype: LookupType) -> Result<Vec<Found>, DmarcFault> {
        let answer = self.resolver.look_up(name, rtype);
        self.steps.push(DmarcStep::LookedUp(Lookup::new(name, rtype, &answer)));
        match answer {
            Ok(found) => Ok(found),
            Err(LookupFailure::NoSuchName) => Ok(Vec::new()),
            Err(LookupFailure::Trouble) => Err(DmarcFault::DnsTrouble),
        }
    }

    /// Is there such a name at all, whatever stands there (RFC 9989 section 4.7)?
    fn exists(&mut self, domain: &str) -> Result<bool, DmarcFault> {
        let answer = self.resolver.look_up(domain, LookupType::A);
        self.steps.push(DmarcStep::LookedUp(Lookup::new(domain, LookupType::A, &answer)));
        match answer {
            Ok(_) => Ok(true),
            Err(LookupFailure::NoSuchName) => Ok(false),
            Err(LookupFailure::Trouble) => Err(DmarcFault::DnsTrouble),
        }
    }

    /// The domain of a domain's organization (RFC 9989 section 4.10.2).
    fn organization(&mut self, domain: &str, walk: &Walk) -> String {
        let said = walk.iter().find_map(|(name, record)| match record.suffix {
            PublicSuffix::No => Some(name.clone()),
            PublicSuffix::Yes if name != domain => one_below(domain, name),
            _ => None,
        });
        let found =
            said.or_else(|| walk.last().map(|(name, _)| name.clone())).unwrap_or_else(|| domain.to_owned());
        if !walk.is_empty() {
            let step = DmarcStep::Organization { of: domain.to_owned(), domain: found.clone() };
            if !self.steps.contains(&step) {
                self.steps.push(step);
            }
        }
        found
    }
}

/// The name on the way from `above` down to `domain` that has one label more than `above`.
fn one_below(domain: &str, above: &str) -> Option<String> {
    let head = domain.strip_suffix(above)?.strip_suffix('.')?;
    let label = head.rsplit('.').next()?;
    Some(format!("{label}.{above}"))
}
