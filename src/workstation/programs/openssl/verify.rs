//! The way from a server's certificate to an authority one trusts (RFC 5280 section 6), told as OpenSSL tells it: one
//! step for each certificate, from the root down, and what is wrong with it.

use super::certificate::Certificate;
use crate::units::Time;

/// How long a chain may be.
const DEPTH: usize = 16;

/// What may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A signature that its issuer did not make.
    Signature,
    /// Its time has not come.
    NotYetValid,
    /// Its time is over.
    Expired,
    /// It is signed with its own key, and nobody said to trust it.
    SelfSigned,
    /// The chain ends with a root that nobody said to trust.
    SelfSignedRoot,
    /// Its issuer is not known here.
    UnknownIssuer,
    /// Its issuer is not known, and it stands alone.
    Unverified,
    /// It is for another host.
    OtherHost,
    /// It is for another address.
    OtherAddress,
}

impl Fault {
    /// OpenSSL's number and words for it.
    pub(super) fn words(self) -> (u32, &'static str) {
        match self {
            Fault::Signature => (7, "certificate signature failure"),
            Fault::NotYetValid => (9, "certificate is not yet valid"),
            Fault::Expired => (10, "certificate has expired"),
            Fault::SelfSigned => (18, "self-signed certificate"),
            Fault::SelfSignedRoot => (19, "self-signed certificate in certificate chain"),
            Fault::UnknownIssuer => (20, "unable to get local issuer certificate"),
            Fault::Unverified => (21, "unable to verify the first certificate"),
            Fault::OtherHost => (62, "hostname mismatch"),
            Fault::OtherAddress => (64, "IP address mismatch"),
        }
    }
}

/// One step: at which place of the chain, and what is wrong there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// 0 is the server's own certificate.
    pub(super) depth: usize,
    /// `None`: nothing.
    pub(super) fault: Option<Fault>,
}

/// The certificates that are trusted.
#[derive(Debug, Default)]
pub(in super::super) struct Roots(pub(super) Vec<Certificate>);

impl Roots {
    /// The certificates of a PEM file.
    pub(in super::super) fn from_pem(octets: &[u8]) -> Roots {
        Roots(Certificate::from_pem(octets))
    }

    /// Each of them in DER.
    pub(in super::super) fn ders(&self) -> Vec<&[u8]> {
        self.0.iter().map(|c| c.der.as_slice()).collect()
    }
}

/// What is to be found out.
#[derive(Debug)]
pub(super) struct Question<'a> {
    /// What the server sent, its own certificate first.
    pub(super) sent: &'a [Certificate],
    /// Whom to trust.
    pub(super) roots: &'a Roots,
    /// For which host or address it must be, where that is asked.
    pub(super) name: Option<&'a str>,
    /// The time.
    pub(super) now: Time,
}

/// The chain and the steps. Where `strict`, the first fault is the last step.
pub(super) fn verify(question: &Question, strict: bool) -> (Vec<Certificate>, Vec<Step>) {
    let mut found = Walk { steps: Vec::new(), strict };
    let chain = build(question, &mut found);
    if !found.over() {
        check(question, &chain, &mut found);
    }
    (chain, found.steps)
}

struct Walk {
    steps: Vec<Step>,
    strict: bool,
}

impl Walk {
    fn step(&mut self, depth: usize, fault: Option<Fault>) {
        if !self.over() {
            self.steps.push(Step { depth, fault });
        }
    }

    fn over(&self) -> bool {
        self.strict && self.steps.iter().any(|s| s.fault.is_some())
    }
}

/// From the server's certificate upwards, as far as issuers are known.
fn build(question: &Question, found: &mut Walk) -> Vec<Certificate> {
    let mut chain: Vec<Certificate> = question.sent.iter().take(1).cloned().collect();
    let roots = &question.roots.0;
    while let Some(last) = chain.last() {
        let depth = chain.len() - 1;
        if roots.contains(last) && last.is_self_issued() {
            break;
        }
        if let Some(root) = roots.iter().find(|r| last.names(r) && last.signed_by(r)) {
            let root = root.clone();
            chain.push(root);
            break;
        }
        if last.is_self_issued() {
            let fault = if depth == 0 { Fault::SelfSigned } else { Fault::SelfSignedRoot };
            found.step(depth, Some(fault));
            break;
        }
        let next = question.sent.iter().skip(1).find(|c| last.names(c) && !chain.contains(c)).cloned();
        match next.filter(|_| chain.len() < DEPTH) {
            Some(next) => chain.push(next),
            None => {
                found.step(depth, Some(Fault::UnknownIssuer));
                break;
            }
        }
    }
    chain
}

/// From the top down: names, signatures, times.
fn check(question: &Question, chain: &[Certificate], found: &mut Walk) {
    let Some(own) = chain.first() else { return };
    if let Some(name) = question.name {
        match name.parse() {
            Ok(ip) if !own.is_for_address(ip) => found.step(0, Some(Fault::OtherAddress)),
            Err(_) if !own.is_for_host(name) => found.step(0, Some(Fault::OtherHost)),
            _ => {}
        }
    }
    let mut from = chain.len() - 1;
    let complete = chain.last().is_some_and(Certificate::is_self_issued);
    if !complete {
        match from.checked_sub(1) {
            // What nobody vouches for is looked at no further.
            Some(next) => from = next,
            None => {
                found.step(0, Some(Fault::Unverified));
                found.step(0, None);
                return;
            }
        }
    }
    for depth in (0..=from).rev() {
        let Some(certificate) = chain.get(depth) else { return };
        let issuer = chain.get(depth + 1);
        // A root's signature of itself proves nothing and is not looked at.
        if issuer.is_some_and(|i| !certificate.signed_by(i)) {
            found.step(depth, Some(Fault::Signature));
        }
        if question.now < certificate.not_before() {
            found.step(depth, Some(Fault::NotYetValid));
        } else if question.now > certificate.not_after() {
            found.step(depth, Some(Fault::Expired));
        }
        found.step(depth, None);
    }
}
