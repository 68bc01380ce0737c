//! Whom an address stands for on a host: aliases, what stands behind the delimiter, the catch-all (RFC 5321 section 3.9.1).
//!
//! In Postfix's order: another name first, also where there is a mailbox of that name; then the mailbox; then both for the
//! name without what stands behind the delimiter; then whoever takes what comes for nobody.

use super::super::World;
use super::super::mailbox::fold_case;
use super::told::{Trouble, told};
use super::{Recipient, Way};
use crate::event::{DeliveryFailure, Event, Expansion, Notify, PolicyVerdict};
use crate::mail::report::{Action, Cause, Status};
use crate::mail::{Domain, ForwardPath, Mailbox};
use std::collections::BTreeSet;

/// How many addresses one set of recipients may become (virtual_alias_expansion_limit), and how often an address may be
/// replaced on the way (virtual_alias_recursion_limit).
const ADDRESSES: usize = 1000;

impl World {
    /// The recipients that a letter really goes to, and which way each goes. What comes to nothing is noted as failed.
    pub(super) fn destinations(&mut self, letter: u64, recipients: Vec<Recipient>) -> Vec<(Way, Recipient)> {
        let mut found: Vec<(Way, Recipient)> = Vec::new();
        let mut there: BTreeSet<String> = BTreeSet::new();
        for recipient in recipients {
            self.destination(letter, recipient, &mut found, &mut there);
        }
        found
    }

    fn destination(
        &mut self,
        letter: u64,
        recipient: Recipient,
        found: &mut Vec<(Way, Recipient)>,
        there: &mut BTreeSet<String>,
    ) {
        let Some(at) = self.queue.letter(letter).map(|l| l.host) else { return };
        let mut expanded: BTreeSet<String> = BTreeSet::new();
        let mut open = vec![recipient.clone()];
        let (mut ends, mut known) = (0_usize, 0_usize);
        while let Some(one) = open.pop() {
            let key = fold_case(&one.to.0.to_string());
            let Some((by, into)) = self.stands_for(at, &one.to.0).filter(|_| !one.sent_on) else {
                ends += 1;
                if there.insert(key) {
                    found.push((self.way(at, &one.to.0), one));
                }
                continue;
            };
            if !expanded.insert(key.clone()) || expanded.len() + open.len() + into.len() > ADDRESSES {
                known += 1;
                continue;
            }
            let children = self.replaced(letter, one.clone(), &into, by);
            // An address among its own members stands for the mailbox of that name.
            let (own, others): (Vec<_>, Vec<_>) =
                children.into_iter().partition(|child| fold_case(&child.to.0.to_string()) == key);
            for child in own {
                ends += 1;
                if there.insert(key.clone()) {
                    found.push((self.way(at, &child.to.0), child));
                }
            }
            open.extend(others.into_iter().rev());
        }
        if ends == 0 && known > 0 {
            self.fail(letter, recipient, &Trouble::of(DeliveryFailure::AliasLoop), false);
        }
    }

    /// The addresses that an address stands for in the end, as EXPN shows them (RFC 5321 section 3.5): where mail really
    /// goes, save what is for nobody. As with Sendmail, that somebody sends their mail on is told too.
    pub(in crate::world) fn members(&self, at: usize, what: &str) -> PolicyVerdict {
        let Ok(to) = Mailbox::parse(what) else { return PolicyVerdict::No };
        let (mut expanded, mut there) = (BTreeSet::new(), BTreeSet::new());
        let mut addresses = Vec::new();
        let mut open = vec![to];
        while let Some(one) = open.pop() {
            let key = fold_case(&one.to_string());
            let into = self.stands_for(at, &one).map(|(_, into)| into);
            // An address among its own members stands for the mailbox of that name.
            if let Some(into) = into.filter(|_| expanded.insert(key))
                && expanded.len() + open.len() + into.len() <= ADDRESSES
            {
                open.extend(into.into_iter().rev().map(|to| to.0));
                continue;
            }
            let local = self.is_local(at, &one);
            let end = if local { self.local_address(at, &ForwardPath(one)) } else { Some(one.to_string()) };
            let Some(address) = end.filter(|end| there.insert(fold_case(end))) else { continue };
            let forward = if local { self.forward_of(at, &address) } else { None };
            if forward.as_ref().is_none_or(|forward| forward.keep) {
                addresses.push(address);
            }
            let on = forward.into_iter().flat_map(|forward| forward.to).rev().map(|to| to.0);
            open.extend(on.take(ADDRESSES.saturating_sub(open.len() + there.len())));
        }
        if addresses.is_empty() { PolicyVerdict::No } else { PolicyVerdict::Members { addresses } }
    }

    /// Others take a recipient's place; what it asked to be told goes on with them (RFC 3461 section 5.2.7). Where they are
    /// several, a success is told now, as "expanded", and not again of each of them.
    pub(super) fn replaced(
        &mut self,
        letter: u64,
        recipient: Recipient,
        into: &[ForwardPath],
        by: Expansion,
    ) -> Vec<Recipient> {
        let Some((id, at)) = self.queue.letter(letter).map(|l| (l.id, l.host)) else { return Vec::new() };
        let (host, address) = (self.host_name(at), recipient.to.0.to_string());
        let names = into.iter().map(|to| to.0.to_string()).collect();
        self.log(Event::Expanded { id, host, recipient: address, into: names, by });
        let mut child = recipient.clone();
        if into.len() > 1 && child.params.notify.contains(&Notify::Success) {
            child.params.notify.retain(|notify| *notify != Notify::Success);
            if child.params.notify.is_empty() {
                child.params.notify.push(Notify::Never);
            }
            let told = told(&recipient, Action::Expanded, Status(2, 0, 0), None, Cause::Expanded);
            self.note(letter, recipient, told);
        }
        into.iter().map(|to| Recipient { to: to.clone(), ..child.clone() }).collect()
    }

    /// Where mail for an address goes next.
    fn way(&self, at: usize, to: &Mailbox) -> Way {
        if self.is_local(at, to) {
            return Way::Local;
        }
        let smarthost = self.hosts.get(at).and_then(|h| h.setup.post.smarthost.as_ref());
        match (smarthost, &to.domain) {
            (Some(smarthost), _) => Way::Smarthost {
                host: smarthost.host.to_ascii_lowercase(),
                port: smarthost.port,
                exchangers: smarthost.exchangers,
            },
            (None, Some(Domain::Name(name))) => Way::Domain(name.to_ascii_lowercase()),
            (None, Some(Domain::Literal(ip))) => Way::Address(*ip),
            (None, None) => Way::Local,
        }
    }

    /// Whom an address of this host stands for; `None` where it stands for itself, or for nobody.
    pub(in crate::world) fn stands_for(
        &self,
        at: usize,
        to: &Mailbox,
    ) -> Option<(Expansion, Vec<ForwardPath>)> {
        let post = &self.hosts.get(at)?.setup.post;
        if (post.aliases.is_empty() && post.delimiter.is_none()) || !self.is_local(at, to) {
            return None;
        }
        if let Some(into) = self.alias(at, &to.local, to) {
            return Some((Expansion::Alias, into));
        }
        if self.local_address(at, &ForwardPath(to.clone())).is_some() {
            return None;
        }
        let parts = post.delimiter.and_then(|delimiter| to.local.split_once(delimiter));
        if let Some((base, extension)) = parts.filter(|(base, _)| !base.is_empty()) {
            let delimiter = post.delimiter.unwrap_or('+');
            if let Some(mut into) = self.alias(at, base, to) {
                for member in &mut into {
                    member.0.local = format!("{}{delimiter}{extension}", member.0.local);
                }
                return Some((Expansion::Alias, into));
            }
            let mailbox = ForwardPath(Mailbox { local: base.to_owned(), domain: to.domain.clone() });
            if self.local_address(at, &mailbox).is_some() {
                return Some((Expansion::Extension, vec![mailbox]));
            }
        }
        self.alias(at, "", to).map(|into| (Expansion::CatchAll, into))
    }

    /// The members of an alias: `local@domain`, then `local` in any domain of the host.
    fn alias(&self, at: usize, local: &str, to: &Mailbox) -> Option<Vec<ForwardPath>> {
        let host = self.hosts.get(at)?;
        let local = fold_case(local);
        let mut names: Vec<String> = match &to.domain {
            Some(Domain::Name(domain)) => vec![format!("{local}@{}", fold_case(domain))],
            _ => host.setup.domains.iter().map(|domain| format!("{local}@{}", fold_case(domain))).collect(),
        };
        if !local.is_empty() {
            names.push(local);
        }
        let named = |name: &String| host.setup.post.aliases.iter().find(|alias| alias.name == *name);
        names.iter().find_map(named).map(|alias| alias.to.clone())
    }
}
