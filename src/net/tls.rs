//! Real TLS with the certificates of the attempt.

use super::late::Late;
use crate::event::{TlsFailure, TlsSession, TlsVersion};
use crate::lab::{Identity, Socket};
use crate::units::Bytes;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{
    AlertDescription, HandshakeKind, ProtocolVersion, ServerConfig, SupportedProtocolVersion, version,
};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How many hosts' acceptors are kept.
const KEPT: usize = 64;
/// The octet a TLS record with a handshake begins with (RFC 8446 section 5.1).
const HANDSHAKE: u8 = 22;
/// A fatal alert, protocol_version (RFC 8446 section 6.2).
const PROTOCOL_VERSION: &[u8] = b"\x15\x03\x01\x00\x02\x02\x46";

/// Does what begins with this octet look like a handshake?
pub(super) fn begins_handshake(octet: u8) -> bool {
    octet == HANDSHAKE
}

/// The acceptors of hosts by their own certificate and the versions they speak, so that each is made once and clients can take up a session again.
#[derive(Default)]
pub(super) struct Acceptors(Mutex<BTreeMap<(Bytes, Vec<TlsVersion>), TlsAcceptor>>);

impl std::fmt::Debug for Acceptors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Acceptors").finish_non_exhaustive()
    }
}

impl Acceptors {
    /// What a socket's host shakes hands with, and the certificates that it shows.
    ///
    /// # Errors
    /// Why it cannot.
    pub(super) fn of(&self, socket: &Socket) -> Result<(TlsAcceptor, Vec<Bytes>), TlsFailure> {
        let identity = socket.identity().ok_or(TlsFailure::NoCommonVersion)?;
        let leaf = identity.chain.first().cloned().ok_or(TlsFailure::NoCommonVersion)?;
        let key = (leaf, identity.versions.clone());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(acceptor) = kept.get(&key) {
            return Ok((acceptor.clone(), identity.chain));
        }
        let config = config(&identity).ok_or(TlsFailure::NoCommonVersion)?;
        let acceptor = TlsAcceptor::from(Arc::new(config));
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, acceptor.clone());
        Ok((acceptor, identity.chain))
    }
}

/// `None` where the host speaks only versions that nobody should speak any more (RFC 8996), and rustls does not.
fn config(identity: &Identity) -> Option<ServerConfig> {
    let spoken: Vec<&'static SupportedProtocolVersion> = identity
        .versions
        .iter()
        .filter_map(|v| match v {
            TlsVersion::Tls10 | TlsVersion::Tls11 => None,
            TlsVersion::Tls12 => Some(&version::TLS12),
            TlsVersion::Tls13 => Some(&version::TLS13),
        })
        .collect();
    if spoken.is_empty() {
        return None;
    }
    let chain = identity.chain.iter().map(|der| CertificateDer::from(der.to_vec())).collect();
    let key = PrivatePkcs8KeyDer::from(identity.key.to_vec());
    ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&spoken)
        .ok()?
        .with_no_client_auth()
        .with_single_cert(chain, key.into())
        .ok()
}

/// Shakes hands. Where that fails, the alert that says why has been sent. A client that takes up a session again is
/// shown no certificate (RFC 8446 section 2.2).
pub(super) async fn accept(
    (acceptor, chain): (TlsAcceptor, Vec<Bytes>),
    stream: TcpStream,
) -> io::Result<(Box<TlsStream<Late>>, TlsSession)> {
    let mut stream = match acceptor.accept(Late::new(stream)).into_fallible().await {
        Ok(stream) => stream,
        Err((fault, mut late)) => {
            late.shaken(false);
            let _ = late.flush().await;
            return Err(fault);
        }
    };
    // What TLS 1.2 ends with is the server's Finished, which the client waits for.
    let waits = stream.get_ref().1.protocol_version() == Some(ProtocolVersion::TLSv1_3);
    let late = stream.get_mut().0;
    late.shaken(waits);
    late.flush().await?;
    let (_, state) = stream.get_ref();
    let version = match state.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => TlsVersion::Tls13,
        _ => TlsVersion::Tls12,
    };
    let session = TlsSession {
        version,
        cipher: state
            .negotiated_cipher_suite()
            .map(|s| iana(&format!("{:?}", s.suite())))
            .unwrap_or_default(),
        server_name: state.server_name().map(str::to_owned),
        certificate: None,
    };
    let resumed = state.handshake_kind() == Some(HandshakeKind::Resumed);
    let session = if resumed { session } else { session.showing(&chain) };
    Ok((Box::new(stream), session))
}

/// rustls says `TLS13_AES_256_GCM_SHA384`, the registry `TLS_AES_256_GCM_SHA384`.
fn iana(suite: &str) -> String {
    suite.strip_prefix("TLS13_").map_or_else(|| suite.to_owned(), |rest| format!("TLS_{rest}"))
}

/// Says that there is no common version, once the client has begun.
pub(super) async fn refuse(mut stream: TcpStream, why: TlsFailure) -> io::Error {
    let mut hello = vec![0; 4096];
    let _ = stream.read(&mut hello).await;
    let _ = stream.write_all(PROTOCOL_VERSION).await;
    let _ = stream.shutdown().await;
    io::Error::other(Refused(why))
}

/// A failure that is known before a handshake is tried.
#[derive(Debug)]
struct Refused(TlsFailure);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for Refused {}

/// What went wrong in a handshake.
pub(super) fn failure(fault: &io::Error) -> TlsFailure {
    let inner = fault.get_ref();
    if let Some(Refused(why)) = inner.and_then(|e| e.downcast_ref()) {
        return *why;
    }
    match inner.and_then(|e| e.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::PeerIncompatible(_)) => TlsFailure::NoCommonVersion,
        Some(rustls::Error::InvalidMessage(_) | rustls::Error::InappropriateMessage { .. }) => {
            TlsFailure::NotAHandshake
        }
        Some(rustls::Error::AlertReceived(
            AlertDescription::ProtocolVersion | AlertDescription::HandshakeFailure,
        )) => TlsFailure::NoCommonVersion,
        // Every other alert of a client is about what it was shown (RFC 8446 section 6.2).
        Some(rustls::Error::AlertReceived(_)) => TlsFailure::CertificateRefused,
        _ => TlsFailure::CutOff,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_have_the_names_of_the_registry() {
        for (suite, name) in [
            ("TLS13_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384"),
            ("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
        ] {
            assert_eq!(iana(suite), name);
        }
    }

    #[test]
    fn failures_are_told_apart() {
        let fault = |error: rustls::Error| io::Error::new(io::ErrorKind::InvalidData, error);
        let alert = |alert| fault(rustls::Error::AlertReceived(alert));
        let cases = [
            (alert(AlertDescription::UnknownCA), TlsFailure::CertificateRefused),
            (alert(AlertDescription::BadCertificate), TlsFailure::CertificateRefused),
            (alert(AlertDescription::ProtocolVersion), TlsFailure::NoCommonVersion),
            (
                fault(rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType)),
                TlsFailure::NotAHandshake,
            ),
            (io::ErrorKind::UnexpectedEof.into(), TlsFailure::CutOff),
            (io::Error::other(Refused(TlsFailure::NoCommonVersion)), TlsFailure::NoCommonVersion),
        ];
        for (fault, expected) in cases {
            assert_eq!(failure(&fault), expected, "{fault}");
        }
    }
}
