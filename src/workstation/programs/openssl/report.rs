//! What `s_client` prints about a handshake. The modelled handshake has no octets, so sizes are those of the real one's
//! messages, and session numbers, tickets and secrets are drawn: nothing is encrypted with them.

use super::super::super::io::Io;
use super::agreement::{Mismatch, Versions};
use super::certificate::{Certificate, date};
use super::names::Form;
use super::verify::Fault;
use crate::event::{TlsSession, TlsVersion};

/// The octets of a ClientHello without a server's name, by the versions it offers; where it lists them, each has two.
const HELLO: usize = 289;
const HELLO_13: usize = 225;
const HELLO_12: usize = 188;
const HELLO_OLD: usize = 104;
/// The octets of an alert.
const ALERT: usize = 7;
/// The octets of a ServerHello of a version before TLS 1.3, up to where the client looks at the version.
const SERVER_HELLO: usize = 74;
/// What the client says after it, and the server beside its certificates.
const FINISH_13: usize = 80;
const FINISH_12: usize = 93;
const SERVER_13: usize = 371;
const SERVER_12: usize = 457;
/// How long tickets live, in seconds.
const LIFETIME: u64 = 7200;

/// A handshake that ended, well or not.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// What was agreed on; `None`: nothing.
    pub(super) session: Option<TlsSession>,
    /// The server's certificates.
    pub(super) sent: Vec<Certificate>,
    /// What is wrong with them.
    pub(super) fault: Option<Fault>,
    /// The client broke off because of it.
    pub(super) refused: bool,
    /// The name that was asked for and found.
    pub(super) peer_name: Option<String>,
    /// `-showcerts`
    pub(super) show_all: bool,
    /// Octets read before the report, beyond the handshake's own.
    pub(super) read: usize,
    /// Octets written before it.
    pub(super) written: usize,
    /// The version at which it failed, where that is one before TLS 1.3.
    pub(super) failed_at: Option<TlsVersion>,
}

/// The octets of the ClientHello.
pub(super) fn hello_size(versions: (TlsVersion, TlsVersion), name: Option<&str>) -> usize {
    let size = match versions {
        (TlsVersion::Tls13, _) => HELLO_13,
        (oldest, TlsVersion::Tls13) => HELLO + 2 * TlsVersion::ALL.iter().filter(|v| **v >= oldest).count(),
        (_, TlsVersion::Tls12) => HELLO_12,
        _ => HELLO_OLD,
    };
    // Type and length of the extension, of the list, of the name (RFC 6066 section 3).
    size + name.map_or(0, |n| n.len() + 9)
}

impl Report {
    /// There is no session, for this reason, after these versions were offered.
    pub(super) fn mismatched(&mut self, why: Mismatch, offered: Option<Versions>) {
        let named = offered.map(|(_, newest)| newest).filter(|newest| *newest < TlsVersion::Tls13);
        let (read, written, failed_at) = match why {
            Mismatch::NothingOffered => (0, ALERT, None),
            Mismatch::Alert => (ALERT, 0, named),
            Mismatch::Unsupported => (SERVER_HELLO, ALERT, named),
            Mismatch::Legacy(version) => (SERVER_HELLO, ALERT, Some(version)),
        };
        self.read += read;
        self.written += written;
        self.failed_at = failed_at;
    }

    fn version(&self) -> Option<TlsVersion> {
        self.session.as_ref().map(|s| s.version)
    }

    fn code(&self) -> (u32, &'static str) {
        self.fault.map_or((0, "ok"), Fault::words)
    }

    /// The octets of the server's part of the handshake.
    fn server_octets(&self) -> usize {
        let base = match self.version() {
            None => return 0,
            Some(TlsVersion::Tls13) => SERVER_13,
            Some(_) => SERVER_12,
        };
        let certificates: usize = self.sent.iter().map(|c| c.der.len()).sum();
        base + certificates + self.sent.len().saturating_sub(1) * 5
    }

    /// The octets of the client's last part.
    fn client_octets(&self) -> usize {
        match self.version() {
            None => 0,
            _ if self.refused => 7,
            Some(TlsVersion::Tls13) => FINISH_13,
            Some(_) => FINISH_12,
        }
    }

    /// The whole report.
    pub(super) fn print(&self, io: &mut Io) {
        io.print("---\n");
        self.certificates(io);
        if self.session.is_some() {
            io.print("No client certificate CA names sent\n");
            if !self.refused {
                let hash = self.hash();
                io.print(&format!("Peer signing digest: {hash}\nPeer signature type: ECDSA\n"));
            }
            io.print("Server Temp Key: X25519, 253 bits\n");
        } else {
            io.print("No client certificate CA names sent\n");
        }
        let (read, written) = (self.read + self.server_octets(), self.written + self.client_octets());
        io.print(&format!("---\nSSL handshake has read {read} bytes and written {written} bytes\n"));
        io.print(&self.verification());
        io.print("---\n");
        self.parameters(io);
    }

    fn hash(&self) -> &'static str {
        match self.version() {
            Some(TlsVersion::Tls10 | TlsVersion::Tls11) => "SHA1",
            _ => "SHA256",
        }
    }

    fn certificates(&self, io: &mut Io) {
        if !self.sent.is_empty() {
            io.print("Certificate chain\n");
        }
        for (i, c) in self.sent.iter().enumerate() {
            io.print(&format!(
                " {i} s:{}\n   i:{}\n   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256\n   v:NotBefore: \
                 {}; NotAfter: {}\n",
                c.subject(Form::Oneline),
                c.issuer(Form::Oneline),
                date(c.not_before()),
                date(c.not_after())
            ));
            if self.show_all {
                io.print(&c.pem());
            }
        }
        if !self.sent.is_empty() {
            io.print("---\n");
        }
        match self.sent.first().filter(|_| !self.refused) {
            None => io.print("no peer certificate available\n---\n"),
            Some(own) => {
                io.print("Server certificate\n");
                if !self.show_all {
                    io.print(&own.pem());
                }
                io.print(&format!(
                    "subject={}\nissuer={}\n---\n",
                    own.subject(Form::Oneline),
                    own.issuer(Form::Oneline)
                ));
            }
        }
    }

    fn verification(&self) -> String {
        match (self.fault, &self.peer_name) {
            (Some(fault), _) => format!("Verification error: {}\n", fault.words().1),
            (None, Some(name)) => format!("Verification: OK\nVerified peername: {name}\n"),
            (None, None) => "Verification: OK\n".to_owned(),
        }
    }

    fn parameters(&self, io: &mut Io) {
        let (version, cipher) = match &self.session {
            None => ("(NONE)", "(NONE)".to_owned()),
            Some(s) => (s.version.name(), cipher(&s.cipher)),
        };
        io.print(&format!("New, {version}, Cipher is {cipher}\n"));
        if self.session.is_some() && !self.refused {
            io.print("Server public key is 256 bit\n");
        }
        let old = self.version().is_some_and(|v| v < TlsVersion::Tls13);
        let renegotiation = if old { "IS" } else { "IS NOT" };
        io.print(&format!(
            "Secure Renegotiation {renegotiation} supported\nCompression: NONE\nExpansion: NONE\nNo ALPN negotiated\n"
        ));
        if old {
            self.session_block(io);
            io.print("---\n");
            return;
        }
        let (number, words) = self.code();
        if let Some(version) = self.failed_at {
            return io.print(&format!(
                "SSL-Session:\n    Protocol  : {}\n    Cipher    : 0000\n    Session-ID: \n    Session-ID-ctx: \n    \
                 Master-Key: \n    PSK identity: None\n    PSK identity hint: None\n    SRP username: None\n    Start \
                 Time: {}\n    Timeout   : {LIFETIME} (sec)\n    Verify return code: {number} ({words})\n    Extended \
                 master secret: no\n---\n",
                version.name(),
                io.now().unix_seconds()
            ));
        }
        io.print(&format!("Early data was not sent\nVerify return code: {number} ({words})\n---\n"));
    }

    /// The `SSL-Session:` block with a ticket.
    fn session_block(&self, io: &mut Io) {
        let Some(session) = &self.session else { return };
        let new = session.version == TlsVersion::Tls13;
        let (id, secret) = (hex(&io.random(32)), hex(&io.random(48)));
        let ticket = io.random(if new { 208 } else { 176 });
        let secret_name = if new { "Resumption PSK" } else { "Master-Key" };
        let mut out = format!(
            "SSL-Session:\n    Protocol  : {}\n    Cipher    : {}\n    Session-ID: {id}\n    Session-ID-ctx: \n    \
             {secret_name}: {secret}\n    PSK identity: None\n    PSK identity hint: None\n    SRP username: None\n    TLS \
             session ticket lifetime hint: {LIFETIME} (seconds)\n    TLS session ticket:\n",
            session.version.name(),
            cipher(&session.cipher)
        );
        for (i, row) in ticket.chunks(16).enumerate() {
            out.push_str(&dump(i * 16, row));
        }
        let (number, words) = self.code();
        let (secret, early) = if new { ("no", "    Max Early Data: 0\n") } else { ("yes", "") };
        out.push_str(&format!(
            "\n    Start Time: {}\n    Timeout   : {LIFETIME} (sec)\n    Verify return code: {number} ({words})\n    \
             Extended master secret: {secret}\n{early}",
            io.now().unix_seconds()
        ));
        io.print(&out);
    }

    /// The two tickets a server of TLS 1.3 sends after the handshake (RFC 8446 section 4.6.1).
    pub(super) fn tickets(&self, io: &mut Io) {
        if self.version() != Some(TlsVersion::Tls13) {
            return;
        }
        for _ in 0..2 {
            io.print("---\nPost-Handshake New Session Ticket arrived:\n");
            self.session_block(io);
            io.print("---\nread R BLOCK\n");
        }
    }

    /// What `-brief` prints instead.
    pub(super) fn brief(&self, io: &mut Io) {
        let Some(session) = &self.session else { return };
        let peer = self.sent.first().map(|c| c.subject(Form::Oneline)).unwrap_or_default();
        let mut out = format!(
            "CONNECTION ESTABLISHED\nProtocol version: {}\nCiphersuite: {}\nPeer certificate: {peer}\nHash used: \
             {}\nSignature type: ECDSA\n{}",
            session.version.name(),
            cipher(&session.cipher),
            self.hash(),
            self.verification()
        );
        if session.version < TlsVersion::Tls13 {
            out.push_str(
                "Supported Elliptic Curve Point Formats: \
                 uncompressed:ansiX962_compressed_prime:ansiX962_compressed_char2\n",
            );
        }
        out.push_str("Server Temp Key: X25519, 253 bits\n");
        io.complain(&out);
    }
}

/// A suite by OpenSSL's name: those of TLS 1.3 have kept their registered ones.
pub(in super::super) fn cipher(registered: &str) -> String {
    let Some((exchange, rest)) = registered.strip_prefix("TLS_").and_then(|c| c.split_once("_WITH_")) else {
        return registered.to_owned();
    };
    let rest = rest.replace("AES_", "AES").replace("_CBC", "");
    format!("{exchange}-{rest}").replace('_', "-")
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|b| format!("{b:02X}")).collect()
}

/// One row of a dump.
fn dump(at: usize, row: &[u8]) -> String {
    let mut out = format!("    {at:04x} - ");
    for (i, b) in row.iter().enumerate() {
        out.push_str(&format!("{b:02x}{}", if i == 7 { '-' } else { ' ' }));
    }
    out.push_str("  ");
    out.extend(row.iter().map(|b| if (0x20..0x7f).contains(b) { char::from(*b) } else { '.' }));
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_by_their_names() {
        assert_eq!(cipher("TLS_AES_256_GCM_SHA384"), "TLS_AES_256_GCM_SHA384");
        assert_eq!(cipher("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"), "ECDHE-ECDSA-AES256-GCM-SHA384");
        assert_eq!(cipher("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"), "ECDHE-ECDSA-AES256-SHA");
    }

    #[test]
    fn a_dump_as_openssl_makes_it() {
        let row = b"\x71\x94L\x18f<\xf7K\x45AG\xf9%\xfed\xb3";
        assert_eq!(
            dump(0, row),
            "    0000 - 71 94 4c 18 66 3c f7 4b-45 41 47 f9 25 fe 64 b3   q.L.f<.KEAG.%.d.\n"
        );
    }
}
