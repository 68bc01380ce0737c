//! TLS on a connection: when a handshake is due, what came of it, and what both sides agreed on.

use crate::mail::certificate::{Certificate, CertificateFault};
use crate::units::{Bytes, Time};
use serde::{Deserialize, Serialize};

/// The versions of TLS, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TlsVersion {
    /// RFC 2246; forbidden by RFC 8996.
    #[serde(rename = "1.0")]
    Tls10,
    /// RFC 4346; forbidden by RFC 8996.
    #[serde(rename = "1.1")]
    Tls11,
    /// RFC 5246.
    #[serde(rename = "1.2")]
    Tls12,
    /// RFC 8446.
    #[serde(rename = "1.3")]
    Tls13,
}

/// What client and server agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsSession {
    /// The version.
    pub version: TlsVersion,
    /// The cipher suite by its IANA name, such as `TLS_AES_256_GCM_SHA384`.
    pub cipher: String,
    /// The name the client asked for (SNI, RFC 6066 section 3), if it named one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_name: Option<String>,
    /// The certificate that the server showed; `None` where it showed none because a session was taken up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Box<ServerCertificate>>,
}

/// What a server's certificate says of itself, whether or not anybody believes it (RFC 5280 section 4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerCertificate {
    /// Whose it is, such as `O = helo, CN = mail.example.org`.
    pub subject: String,
    /// What it is for (subjectAltName): `DNS:mail.example.org`, `IP Address:192.0.2.25`. No more than 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Who issued it.
    pub issuer: String,
    /// The first moment at which it is valid.
    pub from: Time,
    /// The last.
    pub until: Time,
}

impl ServerCertificate {
    /// How many names are kept, and how many characters of each text.
    const NAMES: usize = 20;
    const CHARACTERS: usize = 200;

    /// Of a certificate in DER; `None` where it cannot be read.
    pub fn read(der: &[u8]) -> Option<ServerCertificate> {
        let read = Certificate::read(der).ok()?;
        let short = |text: String| match text.char_indices().nth(Self::CHARACTERS) {
            Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
            None => text,
        };
        Some(ServerCertificate {
            subject: short(read.subject.to_string()),
            names: read.names.iter().take(Self::NAMES).map(|name| short(name.to_string())).collect(),
            issuer: short(read.issuer.to_string()),
            from: read.not_before,
            until: read.not_after,
        })
    }

    /// How many octets of text it has.
    pub(super) fn octets(&self) -> usize {
        self.subject.len() + self.issuer.len() + self.names.iter().map(String::len).sum::<usize>()
    }
}

impl TlsSession {
    /// With the certificate that the server showed, the first of its chain.
    pub fn showing(mut self, chain: &[Bytes]) -> TlsSession {
        self.certificate = chain.first().and_then(|der| ServerCertificate::read(der)).map(Box::new);
        self
    }

    /// Could anybody on the way read the certificate? In TLS 1.3 it travels encrypted (RFC 8446 section 4.4.2), before
    /// that in the clear (RFC 5246 section 7.4.2).
    pub fn certificate_in_the_clear(&self) -> bool {
        self.certificate.is_some() && self.version < TlsVersion::Tls13
    }
}

/// Why no TLS came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsFailure {
    /// The two have no version of TLS in common.
    NoCommonVersion,
    /// The client sent something other than a handshake to a server that expected one.
    NotAHandshake,
    /// The client began a handshake and the server speaks plain text there.
    ServerSpeaksPlain,
    /// The client did not want the server's certificate.
    CertificateRefused,
    /// The connection ended in the middle of the handshake.
    CutOff,
    /// The client did not begin the handshake in time.
    TimedOut,
}

impl TlsFailure {
    /// All of them.
    pub const ALL: [TlsFailure; 6] = [
        TlsFailure::NoCommonVersion,
        TlsFailure::NotAHandshake,
        TlsFailure::ServerSpeaksPlain,
        TlsFailure::CertificateRefused,
        TlsFailure::CutOff,
        TlsFailure::TimedOut,
    ];

    /// Its name, as scenarios write it.
    pub fn kind(self) -> &'static str {
        match self {
            TlsFailure::NoCommonVersion => "no-common-version",
            TlsFailure::NotAHandshake => "not-a-handshake",
            TlsFailure::ServerSpeaksPlain => "server-speaks-plain",
            TlsFailure::CertificateRefused => "certificate-refused",
            TlsFailure::CutOff => "cut-off",
            TlsFailure::TimedOut => "timed-out",
        }
    }
}

/// What a client asks of TLS: the levels of Postfix's `smtp_tls_security_level`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsLevel {
    /// `none`: no TLS, even where it is offered.
    #[default]
    None,
    /// `may`: TLS where it is offered, with whomever; else without (RFC 7435).
    May,
    /// `encrypt`: nothing is sent without TLS; with whom is not asked.
    Encrypt,
    /// `verify` and `secure`: nothing is sent unless the server's certificate is good and for one of these names, each
    /// of which may begin with a dot and then stands for all below it. Without names: for the name of the server that
    /// DNS has given.
    Verify(Vec<String>),
}

/// What happens to TLS on a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsEvent {
    /// The server has said its last plain word; what the client sends next must be a handshake.
    Expected,
    /// From here on everything is encrypted.
    Established(TlsSession),
    /// No TLS.
    Failed(TlsFailure),
    /// The client has looked at the server's certificate.
    Verified {
        /// The name it was to be for, where the client asked for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// What is wrong with it; `None` where it is good.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fault: Option<CertificateFault>,
    },
}

impl TlsVersion {
    /// All of them, oldest first.
    pub const ALL: [TlsVersion; 4] =
        [TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12, TlsVersion::Tls13];

    /// Its number: `1.3`.
    pub fn number(self) -> &'static str {
        match self {
            TlsVersion::Tls10 => "1.0",
            TlsVersion::Tls11 => "1.1",
            TlsVersion::Tls12 => "1.2",
            TlsVersion::Tls13 => "1.3",
        }
    }

    /// As OpenSSL and Postfix write it: `TLSv1.3`.
    pub fn name(self) -> &'static str {
        match self {
            TlsVersion::Tls10 => "TLSv1",
            TlsVersion::Tls11 => "TLSv1.1",
            TlsVersion::Tls12 => "TLSv1.2",
            TlsVersion::Tls13 => "TLSv1.3",
        }
    }
}

impl TlsLevel {
    /// Is nothing sent without TLS?
    pub fn is_required(&self) -> bool {
        matches!(self, TlsLevel::Encrypt | TlsLevel::Verify(_))
    }

    /// Its name, as Postfix writes it.
    pub fn name(&self) -> &'static str {
        match self {
            TlsLevel::None => "none",
            TlsLevel::May => "may",
            TlsLevel::Encrypt => "encrypt",
            TlsLevel::Verify(names) if names.is_empty() => "verify",
            TlsLevel::Verify(_) => "secure",
        }
    }
}
