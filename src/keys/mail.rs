//! Certificates for mail (RFC 8550 section 4): RSA, because the key must decrypt what was encrypted for it.

use super::{Authority, days, distinguished_name, rsa_2048, valid};
use crate::mail::{CertificateKind, HostKeys, MailOrder};
use crate::units::Time;
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose, SanType};

/// A person's key and certificate, signed by `signer` or, without one, by itself.
pub(super) fn keys(
    order: &MailOrder,
    signer: Option<&Authority>,
    start: Time,
) -> Result<HostKeys, rcgen::Error> {
    let (private, _) = rsa_2048().ok_or(rcgen::Error::KeyGenerationUnavailable)?;
    let key = KeyPair::try_from(&private[..])?;
    let mut params = CertificateParams::default();
    params.subject_alt_names = match (&order.kind, order.for_servers) {
        (_, true) => vec![SanType::DnsName(domain(&order.owner).try_into()?)],
        (CertificateKind::OtherName(address), _) => vec![SanType::Rfc822Name(address.as_str().try_into()?)],
        _ => {
            let names = order.addresses.iter().map(|a| Ok(SanType::Rfc822Name(a.as_str().try_into()?)));
            names.collect::<Result<_, rcgen::Error>>()?
        }
    };
    params.distinguished_name = distinguished_name(&order.name);
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
    params.extended_key_usages = vec![match order.for_servers {
        true => ExtendedKeyUsagePurpose::ServerAuth,
        false => ExtendedKeyUsagePurpose::EmailProtection,
    }];
    params.use_authority_key_identifier_extension = signer.is_some();
    valid(&mut params, start, days(&order.kind));
    let certificate = match signer {
        Some(authority) => params.signed_by(&key, &authority.issuer)?,
        None => params.self_signed(&key)?,
    };
    Ok(HostKeys { chain: vec![certificate.der().as_ref().into()], key: private })
}

fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain)
}
