//! What a reader's program finds out about a signed message, and that an encrypted one stays shut.

use super::say::Say;
use crate::mail::certificate::CertificateFault;
use crate::mail::smime::{CmsFault, SmimeCheck, SmimeFault};
use crate::rfc::{Section, section};
use crate::units::{Offset, Time};

/// Who signed, in a sentence.
pub(super) fn signer(check: &SmimeCheck) -> Say {
    if check.subject.is_empty() {
        return Say::new("smime-signer-unknown");
    }
    let key = if check.addresses.is_empty() { "smime-signer-nameless" } else { "smime-signer" };
    Say::new(key)
        .text("subject", &check.subject)
        .text("addresses", &check.addresses.join(", "))
        .text("issuer", &check.issuer)
}

/// What is wrong with it, one by one; one sentence where nothing is.
pub(super) fn findings(check: &SmimeCheck) -> Vec<Say> {
    if check.holds() {
        return vec![Say::new("smime-holds")];
    }
    check.faults.iter().map(|found| fault(found, &check.addresses)).collect()
}

fn fault(fault: &SmimeFault, addresses: &[String]) -> Say {
    match fault {
        SmimeFault::Signature(fault) => cms(fault),
        SmimeFault::Certificate(fault) => certificate(fault),
        SmimeFault::OtherSender { from } if from.is_empty() => Say::new("smime-no-sender"),
        SmimeFault::OtherSender { from } => Say::new("smime-other-sender")
            .text("from", &from.join(", "))
            .text("addresses", &addresses.join(", ")),
    }
}

/// Why CMS, or a signature in it, is no good.
pub(super) fn cms(fault: &CmsFault) -> Say {
    match fault {
        CmsFault::Unreadable => Say::new("smime-unreadable"),
        CmsFault::OtherContent { oid } => Say::new("smime-other-content").text("oid", oid),
        CmsFault::NoContent => Say::new("smime-no-content"),
        CmsFault::NoSigner => Say::new("smime-no-signer"),
        CmsFault::UnknownAlgorithm { oid } => Say::new("smime-unknown-algorithm").text("oid", oid),
        CmsFault::ContentChanged => Say::new("smime-content-changed"),
        CmsFault::SignatureWrong => Say::new("smime-signature-wrong"),
        CmsFault::NotForThis => Say::new("smime-not-for-this"),
        CmsFault::WrongKey => Say::new("smime-wrong-key"),
    }
}

fn certificate(fault: &CertificateFault) -> Say {
    let when = |time: &Time| time.rfc5322(Offset::default());
    match fault {
        CertificateFault::Malformed => Say::new("smime-certificate-malformed"),
        CertificateFault::SelfSigned => Say::new("smime-certificate-self-signed"),
        CertificateFault::UnknownIssuer { issuer } => {
            Say::new("smime-certificate-unknown-issuer").text("issuer", issuer)
        }
        CertificateFault::NotAnAuthority => Say::new("smime-certificate-not-an-authority"),
        CertificateFault::BadSignature => Say::new("smime-certificate-bad-signature"),
        CertificateFault::NotYetValid { from } => {
            Say::new("smime-certificate-not-yet-valid").own("from", when(from))
        }
        CertificateFault::Expired { until } => {
            Say::new("smime-certificate-expired").own("until", when(until))
        }
        CertificateFault::WrongPurpose | CertificateFault::WrongName { .. } => {
            Say::new("smime-certificate-wrong-purpose")
        }
    }
}

/// The rule behind what was found.
pub(super) fn rule(check: &SmimeCheck) -> Section {
    match check.faults.first() {
        Some(SmimeFault::Signature(_)) => section(5652, "5.4"),
        Some(SmimeFault::Certificate(CertificateFault::WrongPurpose)) => section(8550, "4.4.4"),
        Some(SmimeFault::Certificate(_)) => section(8550, "4"),
        Some(SmimeFault::OtherSender { .. }) => section(8550, "3"),
        None => section(8551, "3.5.3"),
    }
}

/// An encrypted message: for whom, and how many others.
pub(super) fn sealed(known: &[String], others: usize) -> Say {
    let key = match (known.is_empty(), others) {
        (false, 0) => "smime-encrypted-for",
        (false, _) => "smime-encrypted-for-and-others",
        (true, _) => "smime-encrypted",
    };
    Say::new(key).text("recipients", &known.join(", ")).number("others", others as u64)
}
