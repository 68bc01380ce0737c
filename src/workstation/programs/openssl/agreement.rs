//! Which versions of TLS OpenSSL offers, and what it says where nothing comes of them: as Debian 12 has it, with security
//! level 2. A version below 1.2 is offered all the same; its handshake signs with SHA-1, which the level does not take.

use super::errors;
use crate::event::TlsVersion;
use std::ops::RangeInclusive;

/// An oldest and a newest version.
pub(in super::super) type Versions = (TlsVersion, TlsVersion);

/// Why there is no session, though both sides speak TLS.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) enum Mismatch {
    /// The client may offer nothing.
    NothingOffered,
    /// The server said that it does not speak the client's versions (an alert, RFC 8446 section 6.2).
    #[default]
    Alert,
    /// The server chose a version that the client does not want.
    Unsupported,
    /// They met at this version, and the server's signature was too weak.
    Legacy(TlsVersion),
}

/// The versions that go into a ClientHello where these are allowed: of several stretches the lowest one, as OpenSSL takes
/// what lies above a gap for turned off.
pub(in super::super) fn offered(allowed: impl Fn(TlsVersion) -> bool) -> Option<Versions> {
    let mut rest = TlsVersion::ALL.into_iter().skip_while(|v| !allowed(*v));
    let first = rest.next()?;
    let last = rest.take_while(|v| allowed(*v)).last();
    Some((first, last.unwrap_or(first)))
}

/// Those of them that can lead to a session at Debian's security level; a range without members where none can.
pub(in super::super) fn usable(offered: Option<Versions>) -> RangeInclusive<TlsVersion> {
    let (oldest, newest) = offered.unwrap_or((TlsVersion::Tls13, TlsVersion::Tls10));
    oldest.max(TlsVersion::Tls12)..=newest
}

/// What comes of an offer that led to no session with a server that speaks `theirs`. With TLS 1.3 a client lists what it
/// speaks; without, it names its newest version, and the server takes that or an older one (RFC 5246 appendix E.1).
pub(in super::super) fn mismatch(
    offered: Option<Versions>,
    theirs: Option<&RangeInclusive<TlsVersion>>,
) -> Mismatch {
    let Some((oldest, newest)) = offered else { return Mismatch::NothingOffered };
    let Some(theirs) = theirs else { return Mismatch::Alert };
    let least = if newest == TlsVersion::Tls13 { oldest } else { TlsVersion::Tls10 };
    let chosen =
        TlsVersion::ALL.into_iter().rev().find(|v| theirs.contains(v) && (least..=newest).contains(v));
    match chosen {
        None => Mismatch::Alert,
        Some(version) if version < oldest => Mismatch::Unsupported,
        Some(version) => Mismatch::Legacy(version),
    }
}

impl Mismatch {
    /// The line of OpenSSL's error queue.
    pub(super) fn line(self) -> &'static str {
        match self {
            Mismatch::NothingOffered => errors::NO_PROTOCOLS,
            Mismatch::Alert => errors::ALERT_VERSION,
            Mismatch::Unsupported => errors::UNSUPPORTED,
            Mismatch::Legacy(_) => errors::LEGACY,
        }
    }

    /// The same as Net::SSLeay has it, without functions and places.
    pub(in super::super) fn reason(self) -> &'static str {
        match self {
            Mismatch::NothingOffered => "0A0000BF:SSL routines::no protocols available",
            Mismatch::Alert => "0A00042E:SSL routines::tlsv1 alert protocol version",
            Mismatch::Unsupported => "0A000102:SSL routines::unsupported protocol",
            Mismatch::Legacy(_) => "0A00014D:SSL routines::legacy sigalg disallowed or unsupported",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TlsVersion::{Tls10, Tls11, Tls12, Tls13};

    /// What `openssl s_client` and `s_server` of Debian 12 made of each other.
    #[test]
    fn as_openssl_has_it() {
        let legacy = Mismatch::Legacy;
        let all = (Tls10, Tls13);
        for (theirs, offered, expected) in [
            (Tls11..=Tls11, all, legacy(Tls11)),
            (Tls11..=Tls11, (Tls11, Tls11), legacy(Tls11)),
            (Tls11..=Tls11, (Tls10, Tls10), Mismatch::Alert),
            (Tls11..=Tls11, (Tls12, Tls12), Mismatch::Unsupported),
            (Tls11..=Tls11, (Tls13, Tls13), Mismatch::Alert),
            (Tls11..=Tls11, (Tls10, Tls12), legacy(Tls11)),
            (Tls10..=Tls10, (Tls11, Tls11), Mismatch::Unsupported),
            (Tls10..=Tls10, (Tls11, Tls13), Mismatch::Alert),
            (Tls10..=Tls10, (Tls10, Tls11), legacy(Tls10)),
            (Tls12..=Tls12, (Tls11, Tls11), Mismatch::Alert),
            (Tls13..=Tls13, (Tls12, Tls12), Mismatch::Alert),
            (Tls13..=Tls13, (Tls10, Tls12), Mismatch::Alert),
            (Tls10..=Tls13, (Tls11, Tls11), legacy(Tls11)),
        ] {
            assert_eq!(mismatch(Some(offered), Some(&theirs)), expected, "{offered:?} at {theirs:?}");
        }
        assert_eq!(mismatch(None, Some(&(Tls12..=Tls13))), Mismatch::NothingOffered);
    }

    #[test]
    fn a_gap_turns_off_what_is_above_it() {
        for (without, expected) in [
            (&[][..], Some((Tls10, Tls13))),
            (&[Tls12], Some((Tls10, Tls11))),
            (&[Tls11, Tls13], Some((Tls10, Tls10))),
            (&[Tls10, Tls11, Tls12], Some((Tls13, Tls13))),
            (&TlsVersion::ALL, None),
        ] {
            assert_eq!(offered(|v| !without.contains(&v)), expected, "{without:?}");
        }
        assert!(usable(Some((Tls10, Tls11))).is_empty() && usable(None).is_empty());
        assert_eq!(usable(Some((Tls10, Tls13))), Tls12..=Tls13);
    }
}
