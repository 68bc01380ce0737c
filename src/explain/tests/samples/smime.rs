//! What is said of signed and encrypted mail.

use super::super::super::smime;
use crate::explain::say::Say;
use crate::mail::certificate::CertificateFault;
use crate::mail::smime::{CmsFault, SmimeCheck, SmimeFault};
use crate::units::Time;

pub(super) fn says() -> Vec<Say> {
    let s = || "x".to_owned();
    let check = |subject: &str, addresses: Vec<String>, faults: Vec<SmimeFault>| SmimeCheck {
        subject: subject.to_owned(),
        addresses,
        issuer: s(),
        signed_at: None,
        faults,
    };
    let cms = [
        CmsFault::Unreadable,
        CmsFault::OtherContent { oid: s() },
        CmsFault::NoContent,
        CmsFault::NoSigner,
        CmsFault::UnknownAlgorithm { oid: s() },
        CmsFault::ContentChanged,
        CmsFault::SignatureWrong,
        CmsFault::NotForThis,
        CmsFault::WrongKey,
    ];
    let certificate = [
        CertificateFault::Malformed,
        CertificateFault::SelfSigned,
        CertificateFault::UnknownIssuer { issuer: s() },
        CertificateFault::NotAnAuthority,
        CertificateFault::BadSignature,
        CertificateFault::NotYetValid { from: Time(0) },
        CertificateFault::Expired { until: Time(0) },
        CertificateFault::WrongPurpose,
    ];
    let cms = cms.into_iter().map(SmimeFault::Signature);
    let certificate = certificate.into_iter().map(SmimeFault::Certificate);
    let senders = [vec![], vec![s()]].map(|from| SmimeFault::OtherSender { from });
    let faults = cms.chain(certificate).chain(senders).collect();
    let all = check("x", vec![s()], faults);
    let mut says = smime::findings(&all);
    says.extend(smime::findings(&check("x", vec![], vec![])));
    says.extend([
        smime::signer(&all),
        smime::signer(&check("x", vec![], vec![])),
        smime::signer(&check("", vec![], vec![])),
    ]);
    says.extend([
        smime::sealed(&[], 1),
        smime::sealed(&[s()], 0),
        smime::sealed(&[s()], 1),
        smime::sealed(&[s()], 2),
    ]);
    says
}
