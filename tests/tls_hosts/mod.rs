//! TLS for the hosts of a small internet: certificates with good and bad properties, from `tests/certificates`. They
//! were made with OpenSSL once and for all, so that dialogues can show them; nobody has their keys.

use helo::event::TlsVersion;
use helo::mail::{CertificateKind, HostKeys, Keyring, pem};
use helo::units::Bytes;
use helo::world::{HostSetup, Setup, TlsSetup};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The certificate in a file, in DER.
fn certificate(name: &str) -> Bytes {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates").join(format!("{name}.pem"));
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let (_, der) = pem::decode(&text).into_iter().next().expect("a PEM block");
    Bytes::from(der.as_slice())
}

/// Gives every host TLS: where it comes first on ports 465 and 995, with the certificate its first label names (`mail`
/// has a good one); `old` speaks old versions only.
pub(crate) fn with_tls(setup: &Setup) -> Setup {
    let mut setup = setup.clone();
    let mut keyring = Keyring { authority: Some(certificate("ca")), ..Keyring::default() };
    for host in &mut setup.hosts {
        let host: &mut HostSetup = Arc::make_mut(host);
        let label = host.name.split('.').next().unwrap_or_default().to_owned();
        let file = match label.as_str() {
            "mail" | "old" => "valid",
            other => other,
        };
        let newest = if label == "old" { TlsVersion::Tls11 } else { TlsVersion::Tls13 };
        let newest = if label == "expired" { TlsVersion::Tls12 } else { newest };
        let kind = CertificateKind::Valid;
        host.tls =
            Some(TlsSetup { certificate: kind, names: Vec::new(), versions: TlsVersion::Tls10..=newest });
        if let Some(smtp) = &mut host.smtp {
            smtp.tls_ports = vec![465];
        }
        if let Some(pop3) = &mut host.pop3 {
            pop3.tls_ports = vec![995];
        }
        let keys = HostKeys { chain: vec![certificate(file)], key: Bytes::from(&b"nobody's"[..]) };
        keyring.hosts.insert(host.name.clone(), keys);
    }
    setup.keyring = Arc::new(keyring);
    setup
}
