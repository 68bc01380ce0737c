//! Who somebody is: the numbers a host gives out for a challenge, and whether a proof is right.

use super::World;
use super::mailbox::fold_case;
use crate::event::PolicyVerdict;
use crate::mail::sasl::{Credentials, Salted};
use crate::proto::Answer;
use crate::units::Stream;

/// What RFC 7677 section 4 asks for at least.
const ITERATIONS: u32 = 4096;

impl World {
    /// Numbers for a challenge. The salt belongs to the user and stays the same; one whom nobody knows has a salt too.
    pub(super) fn numbers(&mut self, at: usize, user: Option<&str>) -> Answer {
        let seed = self.seed;
        let Some(host) = self.hosts.get_mut(at) else { return Answer::Verdict(PolicyVerdict::No) };
        let name = &host.setup.name;
        let nonces =
            host.nonces.get_or_insert_with(|| Box::new(Stream::new(seed, &format!("nonces of {name}"))));
        let nonce = format!("{:013x}{:013x}", nonces.below(1 << 52), nonces.below(1 << 52));
        let mut salts =
            Stream::new(seed, &format!("salt of {} on {name}", fold_case(user.unwrap_or_default())));
        let salt = (0..16).map(|_| u8::try_from(salts.below(256)).unwrap_or(0)).collect();
        Answer::Numbers(Salted { nonce, salt, iterations: ITERATIONS })
    }

    /// Is this user who they say? The name is the address or, where the host has one such mailbox, its local part.
    pub(super) fn authenticate(&mut self, at: usize, credentials: &Credentials) -> Answer {
        let user = fold_case(&credentials.user);
        let named = |address: &str| {
            address == user || address.rsplit_once('@').is_some_and(|(local, _)| local == user)
        };
        // To act as somebody else is nobody's right here.
        let acting = credentials.acting_as.as_deref().map(fold_case);
        let may_act = |address: &str| acting.as_ref().is_none_or(|a| *a == user || a == address);
        let mailboxes = self.mailboxes.iter().filter(|m| m.host == at && named(&m.address));
        let found = mailboxes.filter(|m| may_act(&m.address)).find_map(|m| {
            let verified = credentials.proof.check(m.password.as_deref()?)?;
            Some((m.address.clone(), verified))
        });
        match found {
            Some((user, verified)) => Answer::Authenticated { user, verified },
            None => Answer::Verdict(PolicyVerdict::No),
        }
    }
}
