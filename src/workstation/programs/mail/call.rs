//! A connection to a server of the account: its name looked up, its addresses tried one after the other, TLS begun.

use super::super::super::io::Io;
use super::super::super::lookup::{Family, Lookup, LookupState};
use super::super::openssl::{self, Roots};
use crate::event::{CloseReason, Event, TlsEvent, TlsFailure, TlsVersion};
use crate::mail::certificate::CertificateFault;
use crate::units::{ConnId, Time};
use crate::world::{ClientHello, Door, Notice, Secured};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::time::Duration;

/// How long one address is tried: s-nail's `socket-connect-timeout`.
const PATIENCE: Duration = Duration::from_secs(42);

/// A connection that is being opened, or is open.
#[derive(Debug)]
pub(super) struct Call {
    door: Door,
    state: State,
}

#[derive(Debug)]
enum State {
    Looking(Lookup),
    Trying { conn: ConnId, rest: VecDeque<IpAddr>, until: Time },
    Open(ConnId),
    Over,
}

/// What has come of a call.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rung {
    /// Nothing yet, or nothing that changes anything.
    Nothing,
    /// The connection stands.
    Connected,
    /// It could not be opened, in s-nail's words.
    Failed(String),
}

impl Call {
    /// Begins to call.
    pub(super) fn begin(io: &mut Io, door: &Door) -> (Call, Rung) {
        let mut call = Call { door: door.clone(), state: State::Over };
        let rung = match Lookup::local(&door.host, Family::Any, io) {
            Some(Ok(ips)) => call.next(io, ips.into(), "Connection refused"),
            Some(Err(fault)) => {
                Rung::Failed(format!("Lookup of {}:{} failed: {fault}", door.host, door.port))
            }
            None => {
                call.state = State::Looking(Lookup::new(&door.host, Family::Any, io));
                call.look(io)
            }
        };
        (call, rung)
    }

    fn look(&mut self, io: &mut Io) -> Rung {
        let State::Looking(lookup) = &mut self.state else { return Rung::Nothing };
        match lookup.go(io) {
            LookupState::Waiting => Rung::Nothing,
            LookupState::Done(Ok(ips)) => self.next(io, ips.into(), "Connection refused"),
            LookupState::Done(Err(fault)) => {
                self.state = State::Over;
                Rung::Failed(format!("Lookup of {}:{} failed: {fault}", self.door.host, self.door.port))
            }
        }
    }

    fn next(&mut self, io: &mut Io, mut rest: VecDeque<IpAddr>, why: &str) -> Rung {
        let Some(ip) = rest.pop_front() else {
            self.state = State::Over;
            return Rung::Failed(format!(
                "Could not connect to {}:{}: {why}",
                self.door.host, self.door.port
            ));
        };
        let conn = io.connect(ip, self.door.port);
        self.state = State::Trying { conn, rest, until: io.now().plus(PATIENCE) };
        Rung::Nothing
    }

    /// The connection, be it open or tried.
    pub(super) fn conn(&self) -> Option<ConnId> {
        match &self.state {
            State::Trying { conn, .. } | State::Open(conn) => Some(*conn),
            State::Looking(_) | State::Over => None,
        }
    }

    /// News of this connection.
    pub(super) fn notice(&mut self, io: &mut Io, notice: &Notice) -> Rung {
        match (notice, &mut self.state) {
            (Notice::Connected(_), State::Trying { conn, .. }) => {
                self.state = State::Open(*conn);
                Rung::Connected
            }
            (Notice::Failed(_, why), State::Trying { rest, .. }) => {
                let rest = std::mem::take(rest);
                self.next(io, rest, super::super::failure(*why))
            }
            (Notice::Closed(..), _) => {
                self.state = State::Over;
                Rung::Nothing
            }
            _ => Rung::Nothing,
        }
    }

    /// Time has passed.
    pub(super) fn wake(&mut self, io: &mut Io) -> Rung {
        match &mut self.state {
            State::Looking(_) => self.look(io),
            State::Trying { conn, rest, until } if io.now() >= *until => {
                let (conn, rest) = (*conn, std::mem::take(rest));
                io.close(conn, CloseReason::Closed);
                self.next(io, rest, "Connection timed out")
            }
            _ => Rung::Nothing,
        }
    }

    /// When it wants to go on by itself.
    pub(super) fn next_wakeup(&self) -> Option<Time> {
        match &self.state {
            State::Looking(lookup) => lookup.next_wakeup(),
            State::Trying { until, .. } => Some(*until),
            State::Open(_) | State::Over => None,
        }
    }

    /// Sends octets.
    pub(super) fn send(&self, io: &mut Io, octets: &[u8]) {
        if let State::Open(conn) = self.state {
            io.send(conn, octets);
        }
    }

    /// Begins TLS.
    pub(super) fn start_tls(&self, io: &mut Io) {
        if let State::Open(conn) = self.state {
            let versions = TlsVersion::Tls12..=TlsVersion::Tls13;
            io.start_tls(conn, &ClientHello { server_name: Some(self.door.host.clone()), versions });
        }
    }

    /// Is the certificate good, and for the host that was called? Where not, the program hangs up: a mail program has a
    /// password to lose.
    pub(super) fn trusts(&self, io: &mut Io, secured: &Secured) -> Result<(), CertificateFault> {
        let Some(conn) = self.conn() else { return Err(CertificateFault::Malformed) };
        let roots = io.machine.files.read(openssl::TRUSTED).map(Roots::from_pem).unwrap_or_default();
        let found = io.verify(conn, &secured.chain, &roots.ders(), Some(&self.door.host));
        if found.is_err() {
            io.log(Event::Tls { conn, what: TlsEvent::Failed(TlsFailure::CertificateRefused) });
        }
        found
    }

    /// Hangs up.
    pub(super) fn close(&mut self, io: &mut Io, why: CloseReason) {
        if let Some(conn) = self.conn() {
            io.close(conn, why);
        }
        self.state = State::Over;
    }
}

/// What is wrong with a certificate, as s-nail and OpenSSL say it.
pub(super) fn distrust(fault: &CertificateFault) -> String {
    let said = match fault {
        CertificateFault::SelfSigned => "self-signed certificate".to_owned(),
        CertificateFault::UnknownIssuer { .. } => "unable to get local issuer certificate".to_owned(),
        CertificateFault::Expired { .. } => "certificate has expired".to_owned(),
        CertificateFault::NotYetValid { .. } => "certificate is not yet valid".to_owned(),
        CertificateFault::WrongName { wanted, .. } => {
            return format!("TLS certificate does not match: host name {wanted}");
        }
        CertificateFault::WrongPurpose => "unsuitable certificate purpose".to_owned(),
        _ => "certificate verify failed".to_owned(),
    };
    format!("TLS certificate verification failed: {said}")
}
