//! TLS inside the world: modelled, not spoken. The octets of a handshake and of the records are not made; what the two
//! sides agree on, the certificates (real ones) and what goes wrong are. At a real socket a real TLS stands in its place
//! and tells the world what came of it.

use super::net::{Layer, Notice};
use super::{Outgoing, TlsSetup, World};
use crate::event::{CloseReason, Event, Side, TlsEvent, TlsFailure, TlsLevel, TlsSession, TlsVersion};
use crate::mail::certificate::{AlternativeName, Certificate, CertificateFault, verify};
use crate::proto::Session;
use crate::units::{Bytes, ConnId};
use std::ops::RangeInclusive;
use std::time::Duration;

/// What a client brings to a handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientHello {
    /// The name it asks for (SNI, RFC 6066 section 3).
    pub server_name: Option<String>,
    /// The versions it speaks.
    pub versions: RangeInclusive<TlsVersion>,
}

/// What a client has after a handshake. Whether it likes the certificate is the client's to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secured {
    /// What was agreed on.
    pub session: TlsSession,
    /// The server's certificates in DER, its own first.
    pub chain: Vec<Bytes>,
}

/// How a ClientHello begins on the wire: a handshake record of TLS 1.0 and the message's first octets (RFC 8446 sections
/// 4.1.2 and 5.1). This is what a server sees that expects a command.
const HELLO: &[u8] = b"\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03";
/// A fatal alert, decode_error (RFC 8446 section 6.2): what a server says to a handshake it cannot read.
const ALERT: &[u8] = b"\x15\x03\x03\x00\x02\x02\x32";
/// How long the head of a record is: its type, a version, its length (RFC 8446 section 5.1).
const RECORD_HEAD: usize = 5;
/// The type of a record that carries a handshake.
const HANDSHAKE: u8 = 22;
/// How long a server waits for a handshake: Postfix's `smtpd_starttls_timeout`.
pub(super) const PATIENCE: Duration = Duration::from_secs(300);

impl World {
    /// A program on the workstation begins a TLS handshake on its connection. What comes of it is a
    /// [`Notice::Secured`] or a [`Notice::TlsFailed`].
    pub fn start_tls(&mut self, conn: ConnId, hello: &ClientHello) {
        let Some((host, layer)) = self.net.layer(conn) else { return };
        match layer {
            Layer::Expected => {}
            Layer::Plain | Layer::Secured => {
                self.send(conn, HELLO);
                self.log(Event::Tls { conn, what: TlsEvent::Failed(TlsFailure::ServerSpeaksPlain) });
                self.net.notify(Notice::TlsFailed(conn, TlsFailure::ServerSpeaksPlain));
                return;
            }
        }
        let name = self.host_name(host);
        let setup = self.hosts.get(host).and_then(|h| h.setup.tls.as_ref());
        let agreed = setup.and_then(|s| agree(s, hello));
        let keys = self.keyring.hosts.get(&name);
        match (agreed, keys) {
            (Some(session), Some(keys)) => {
                let chain = keys.chain.clone();
                let session = session.showing(&chain);
                self.secure(conn, &session);
                self.net.notify(Notice::Secured(conn, Box::new(Secured { session, chain })));
                self.pump();
            }
            _ => {
                let why = TlsFailure::NoCommonVersion;
                self.log(Event::Tls { conn, what: TlsEvent::Failed(why) });
                self.net.notify(Notice::TlsFailed(conn, why));
                self.server_closed(conn, CloseReason::Closed);
                self.pump();
            }
        }
    }

    /// The versions that the server at the other end speaks: its answer to a ClientHello shows them. `None` where it expects
    /// no handshake, or has nothing to make one with.
    pub fn server_versions(&self, conn: ConnId) -> Option<RangeInclusive<TlsVersion>> {
        let (host, layer) = self.net.layer(conn)?;
        let setup = self.hosts.get(host)?.setup.tls.as_ref()?;
        (layer == Layer::Expected && self.certified(host)).then(|| setup.versions.clone())
    }

    /// Octets came where a handshake was due, from somebody who types. OpenSSL reads the head of a record first: what
    /// is none ends the connection without a word, and what is one is answered by an alert, because no handshake that
    /// can be read is in it.
    pub(super) fn early(&mut self, conn: ConnId, octets: &[u8]) {
        let Some(read) = self.net.early(conn, octets) else { return };
        let Some(&[kind, major, _, high, low]) = read.first_chunk::<RECORD_HEAD>() else { return };
        let record = (kind, major) == (HANDSHAKE, 3);
        if record && read.len() < RECORD_HEAD + usize::from(u16::from_be_bytes([high, low])) {
            return;
        }
        self.log(Event::Tls { conn, what: TlsEvent::Failed(TlsFailure::NotAHandshake) });
        if record {
            self.log(Event::Wire { conn, from: Side::Server, octets: ALERT.into(), tls: false });
            if !self.net.is_socket(conn) {
                self.net.notify(Notice::Data(conn, ALERT.to_vec()));
            }
        }
        self.server_closed(conn, CloseReason::Closed);
        self.pump();
    }

    /// The handshake that a server waited for did not come, and it hangs up.
    pub(super) fn no_handshake(&mut self, conn: ConnId, why: TlsFailure) {
        let reason = if why == TlsFailure::TimedOut { CloseReason::Idle } else { CloseReason::Closed };
        self.log(Event::Tls { conn, what: TlsEvent::Failed(why) });
        self.server_closed(conn, reason);
        self.pump();
    }

    /// A host that passes mail on begins the handshake it has asked for, and looks at the certificate it is shown. What
    /// it makes of it is its level's business: whoever takes TLS where it is to be had takes any certificate, because
    /// encryption with somebody unknown is better than none (RFC 7435 section 3).
    pub(super) fn relay_tls(&mut self, conn: ConnId) {
        let Some((from, to)) = self.net.relay_ends(conn) else { return };
        let Some(level) = self.net.relay(conn).map(|session| session.tls_level().clone()) else { return };
        let own = self.hosts.iter().find(|h| h.setup.name == from).map(|h| h.setup.outgoing.versions.clone());
        let hello = ClientHello {
            server_name: Some(self.host_name(to)),
            versions: own.unwrap_or_else(|| Outgoing::default().versions),
        };
        let expected = matches!(self.net.layer(conn), Some((_, Layer::Expected)));
        let setup = self.hosts.get(to).and_then(|h| h.setup.tls.as_ref());
        let agreed = setup.and_then(|s| agree(s, &hello)).filter(|_| expected);
        let chain = self.keyring.hosts.get(&self.host_name(to)).map(|keys| keys.chain.clone());
        let (Some(agreed), Some(chain)) = (agreed, chain) else {
            return self.client_tls_failed(conn, TlsFailure::NoCommonVersion);
        };
        let level = self.named(level, conn, to);
        let (name, fault) = self.judge(&chain, &level, &self.host_name(to));
        if let Some(session) = self.net.relay(conn) {
            session.certificate(fault.clone());
        }
        self.secure(conn, &agreed.showing(&chain));
        self.log(Event::Tls { conn, what: TlsEvent::Verified { name, fault } });
    }

    /// The handshake between a person's program and its server: what is agreed on, and what is wrong with the certificate.
    /// `None` where nothing can be agreed on.
    pub(super) fn persons_handshake(
        &mut self,
        conn: ConnId,
    ) -> Option<(TlsSession, Option<CertificateFault>)> {
        let (_, to) = self.net.relay_ends(conn)?;
        let server = self.host_name(to);
        let versions = Outgoing::default().versions;
        let hello = ClientHello { server_name: Some(server.clone()), versions };
        let expected = matches!(self.net.layer(conn), Some((_, Layer::Expected)));
        let setup = self.hosts.get(to).and_then(|h| h.setup.tls.as_ref());
        let agreed = setup.and_then(|s| agree(s, &hello)).filter(|_| expected)?;
        let chain = self.keyring.hosts.get(&server).map(|keys| keys.chain.clone())?;
        let (name, fault) = self.judge(&chain, &TlsLevel::Verify(Vec::new()), &server);
        self.log(Event::Tls { conn, what: TlsEvent::Verified { name, fault: fault.clone() } });
        Some((agreed.showing(&chain), fault))
    }

    /// The handshake of a client that lives in the world has failed; both ends hang up.
    pub(super) fn client_tls_failed(&mut self, conn: ConnId, why: TlsFailure) {
        let now = self.now;
        if let Some(session) = self.net.relay(conn) {
            session.tls_failed(now, why);
        }
        self.no_handshake(conn, why);
    }

    /// The level with its names filled in: `nexthop` is the domain the mail goes to, `dot-nexthop` all below it, `hostname`
    /// the server's own (Postfix's `smtp_tls_secure_cert_match`).
    fn named(&self, level: TlsLevel, conn: ConnId, server: usize) -> TlsLevel {
        let TlsLevel::Verify(names) = level else { return level };
        let next = self.next_hop(conn).unwrap_or_else(|| self.host_name(server));
        let filled = names.into_iter().map(|name| match name.as_str() {
            "nexthop" => next.clone(),
            "dot-nexthop" => format!(".{next}"),
            "hostname" => self.host_name(server),
            _ => name,
        });
        TlsLevel::Verify(filled.collect())
    }

    /// The domain that the mail on this connection goes to.
    fn next_hop(&self, conn: ConnId) -> Option<String> {
        match &self.net.parcel(conn)?.way {
            super::queue::Way::Domain(domain) => Some(domain.clone()),
            _ => None,
        }
    }

    /// What a client of this level finds when it looks at the certificates of the server called `server`: the name it
    /// asked for, where it asks for one, and the fault. A name that begins with a dot stands for all below it.
    fn judge(
        &self,
        chain: &[Bytes],
        level: &TlsLevel,
        server: &str,
    ) -> (Option<String>, Option<CertificateFault>) {
        let roots: Vec<&[u8]> = self.keyring.authority.iter().map(|root| &**root).collect();
        let TlsLevel::Verify(names) = level else {
            return (None, verify(chain, &roots, None, self.now).err());
        };
        let names: Vec<&str> = match names.as_slice() {
            [] => vec![server],
            names => names.iter().map(String::as_str).collect(),
        };
        let first = names.first().copied().unwrap_or(server);
        let mut found = Err(CertificateFault::Malformed);
        for name in &names {
            found = match name.strip_prefix('.') {
                Some(parent) => self.verify_below(chain, &roots, parent),
                None => verify(chain, &roots, Some(name), self.now),
            };
            if found.is_ok() {
                return (Some((*name).to_owned()), None);
            }
        }
        (Some(first.to_owned()), found.err())
    }

    /// Is the certificate good, and for some name below `parent`?
    fn verify_below(&self, chain: &[Bytes], roots: &[&[u8]], parent: &str) -> Result<(), CertificateFault> {
        verify(chain, roots, None, self.now)?;
        let own = chain.first().ok_or(CertificateFault::Malformed)?;
        let own = Certificate::read(own)?;
        let below = |name: &AlternativeName| match name {
            AlternativeName::Dns(name) => {
                let name = name.to_ascii_lowercase();
                name.strip_suffix(&parent.to_ascii_lowercase()).is_some_and(|rest| rest.ends_with('.'))
            }
            _ => false,
        };
        if own.names.iter().any(below) {
            return Ok(());
        }
        let found = own.names.iter().map(ToString::to_string).collect();
        Err(CertificateFault::WrongName { wanted: format!(".{parent}"), found })
    }

    /// Has this host a certificate?
    pub(super) fn certified(&self, host: usize) -> bool {
        self.hosts.get(host).is_some_and(|h| self.keyring.hosts.contains_key(&h.setup.name))
    }
}

/// The newest version both speak, with the suite OpenSSL would choose there for a P-256 certificate.
fn agree(setup: &TlsSetup, hello: &ClientHello) -> Option<TlsSession> {
    let both = |v: &TlsVersion| setup.versions.contains(v) && hello.versions.contains(v);
    let version = TlsVersion::ALL.into_iter().rev().find(both)?;
    let cipher = match version {
        TlsVersion::Tls13 => "TLS_AES_256_GCM_SHA384",
        TlsVersion::Tls12 => "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        TlsVersion::Tls10 | TlsVersion::Tls11 => "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
    };
    Some(TlsSession {
        version,
        cipher: cipher.to_owned(),
        server_name: hello.server_name.clone(),
        certificate: None,
    })
}
