//! What the options of `s_client` come to: where to connect, whom to trust, which versions to offer.

use super::super::super::io::Io;
use super::super::super::lookup::Family;
use super::super::super::services;
use super::agreement::{Versions, offered};
use super::arguments::{Command, Given, Opt, Takes, flag, value};
use super::starttls::{PROTOCOLS, Protocol};
use super::verify::Roots;
use super::{errors, text};
use crate::event::TlsVersion;

/// Whom the system trusts.
pub(in crate::workstation) const TRUSTED: &str = "/etc/ssl/certs/ca-certificates.crt";
/// The port without another.
const PORT: &str = "4433";

const OPTIONS: &[Opt] = &[
    value("connect", Takes::Value, "TCP/IP where to connect; default: localhost:4433"),
    value("host", Takes::Value, "Use -connect instead"),
    value("port", Takes::Value, "Use -connect instead"),
    flag("4", "Use IPv4 only"),
    flag("6", "Use IPv6 only"),
    value("starttls", Takes::Value, "Use the appropriate STARTTLS command before starting TLS"),
    value("xmpphost", Takes::Value, ""),
    value("name", Takes::Value, "Hostname to use for \"-starttls lmtp\" or \"-starttls smtp\""),
    flag("crlf", "Convert LF from terminal into CRLF"),
    flag("quiet", "No s_client output"),
    flag("ign_eof", "Ignore input EOF (default when -quiet)"),
    flag("no_ign_eof", "Don't ignore input EOF"),
    flag("nocommands", "Do not use interactive command letters"),
    flag("brief", "Restrict output to brief summary of connection parameters"),
    flag("showcerts", "Show all certificates sent by the server"),
    flag("prexit", "Print session information when the program exits"),
    value("servername", Takes::Value, "Set TLS extension servername (SNI) in ClientHello (default)"),
    flag("noservername", "Do not send the server name (SNI) extension in the ClientHello"),
    flag("tls1", "Just use TLSv1"),
    flag("tls1_1", "Just use TLSv1.1"),
    flag("tls1_2", "Just use TLSv1.2"),
    flag("tls1_3", "Just use TLSv1.3"),
    flag("no_tls1", "Just disable TLSv1"),
    flag("no_tls1_1", "Just disable TLSv1.1"),
    flag("no_tls1_2", "Just disable TLSv1.2"),
    flag("no_tls1_3", "Just disable TLSv1.3"),
    flag("no_ssl3", ""),
    value("min_protocol", Takes::Value, "Specify the minimum protocol version to be used"),
    value("max_protocol", Takes::Value, "Specify the maximum protocol version to be used"),
    value("cipher", Takes::Value, "Specify TLSv1.2 and below cipher list to be used (DEFAULT@SECLEVEL=0)"),
    value("ciphersuites", Takes::Value, ""),
    value("CAfile", Takes::Value, "PEM format file of CA's"),
    value("CApath", Takes::Value, ""),
    flag("no-CAfile", "Do not load the default certificates file"),
    flag("no-CApath", ""),
    flag("no-CAstore", ""),
    value("verify", Takes::Number, "Turn on peer certificate verification"),
    flag("verify_return_error", "Close connection on verification error"),
    flag("verify_quiet", "Restrict verify output to errors"),
    value("verify_hostname", Takes::Value, "Expected peer hostname"),
    value("verify_ip", Takes::Value, "Expected peer IP address"),
    value("nameopt", Takes::Value, "Certificate subject/issuer name printing options"),
    flag("debug", ""),
    flag("msg", ""),
    flag("state", ""),
    flag("trace", ""),
    flag("tlsextdebug", ""),
    flag("status", ""),
    flag("no_ticket", ""),
    flag("bugs", ""),
    flag("legacy_renegotiation", ""),
    flag("security_debug", ""),
    value("alpn", Takes::Value, ""),
    value("servername_type", Takes::Value, ""),
];

/// `s_client`.
pub(super) static S_CLIENT: Command = Command {
    name: "s_client",
    operands: "[host:port]",
    summary: "speak with a server under TLS",
    options: OPTIONS,
};

/// All settings.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) roots: Roots,
    pub(super) crlf: bool,
    pub(super) quiet: bool,
    pub(super) brief: bool,
    pub(super) ignore_end: bool,
    pub(super) commands: bool,
    pub(super) show_all: bool,
    pub(super) at_exit: bool,
    pub(super) strict: bool,
    pub(super) verify_quiet: bool,
    pub(super) starttls: Option<Protocol>,
    pub(super) name: Option<String>,
    pub(super) server_name: Option<String>,
    pub(super) expected: Option<String>,
    /// The versions to offer.
    pub(super) versions: Option<Versions>,
    /// Any of them will do, however weak its signatures.
    pub(super) weak: bool,
    pub(super) family: Option<Family>,
}

impl Settings {
    /// What was given; the exit status where it ends here.
    pub(super) fn read(io: &mut Io, given: &Given) -> Result<Settings, u8> {
        let (host, port) = target(io, given)?;
        let starttls = match given.value("starttls") {
            None => None,
            Some(name) => Some(protocol(io, &name)?),
        };
        if given.has("servername") && given.has("noservername") {
            return Err(S_CLIENT.fault(io, "Can't use -servername and -noservername together"));
        }
        let quiet_word = given.names().filter(|n| ["quiet", "ign_eof", "no_ign_eof"].contains(n)).last();
        let named = given.value("servername");
        let server_name = named.or_else(|| Some(host.clone()).filter(|h| is_dns_name(h)));
        Ok(Settings {
            host,
            port,
            roots: trust(io, given)?,
            crlf: given.has("crlf"),
            quiet: given.has("quiet") || given.has("brief"),
            brief: given.has("brief"),
            ignore_end: matches!(quiet_word, Some("quiet" | "ign_eof")),
            commands: !given.has("nocommands"),
            show_all: given.has("showcerts"),
            at_exit: given.has("prexit"),
            strict: given.has("verify_return_error"),
            verify_quiet: given.has("verify_quiet") || given.has("brief"),
            starttls,
            name: given.value("name"),
            server_name: server_name.filter(|_| !given.has("noservername")),
            expected: given.value("verify_hostname").or_else(|| given.value("verify_ip")),
            versions: versions(io, given)?,
            // Below security level 1 TLS 1.0 and 1.1 may sign with SHA-1.
            weak: given.value("cipher").is_some_and(|c| c.contains("@SECLEVEL=0")),
            family: given
                .names()
                .filter_map(|n| match n {
                    "4" => Some(Family::V4),
                    "6" => Some(Family::V6),
                    _ => None,
                })
                .last(),
        })
    }
}

/// Where to connect.
fn target(io: &mut Io, given: &Given) -> Result<(String, u16), u8> {
    let place = match given.operands.as_slice() {
        [] => given.value("connect"),
        [place] => Some(text(place)),
        _ => return Err(S_CLIENT.use_help(io)),
    };
    let host = given.value("host").unwrap_or_else(|| "localhost".to_owned());
    let port = given.value("port").unwrap_or_else(|| PORT.to_owned());
    let place = place.unwrap_or_else(|| format!("{host}:{port}"));
    let (host, port) = match (place.strip_prefix('['), place.rsplit_once(':')) {
        (Some(rest), _) => match rest.split_once(']') {
            Some((ip, port)) => (ip.to_owned(), port.trim_start_matches(':').to_owned()),
            None => (rest.to_owned(), String::new()),
        },
        (None, Some((host, port))) => (host.to_owned(), port.to_owned()),
        (None, None) => (place, port),
    };
    let host = if host.is_empty() { "localhost".to_owned() } else { host };
    let port = if port.is_empty() { PORT } else { port.as_str() };
    let Some(port) = services::port(port).or_else(|| port.parse().ok()) else {
        errors::not_found(io, "Servname not supported for ai_socktype");
        return Err(1);
    };
    Ok((host, port))
}

/// Whom to trust: the authorities of `-CAfile`, or else those of the system.
fn trust(io: &mut Io, given: &Given) -> Result<Roots, u8> {
    let Some(path) = given.value("CAfile") else {
        let without = given.has("no-CAfile") || given.has("no-CApath");
        let system = io.machine.files.read(TRUSTED).ok().filter(|_| !without);
        return Ok(system.map(Roots::from_pem).unwrap_or_default());
    };
    let read = io.machine.files.read(&path).map(Roots::from_pem).map_err(|f| f.to_string());
    match read {
        Ok(roots) if !roots.0.is_empty() => return Ok(roots),
        Ok(_) => errors::print(
            io,
            &[
                "error:05880088:x509 certificate routines:X509_load_cert_crl_file_ex:no certificate or crl found:\
               ../crypto/x509/by_file.c:251:",
            ],
        ),
        Err(fault) => {
            let more = "error:05880002:x509 certificate routines:X509_load_cert_crl_file_ex:system lib:\
                        ../crypto/x509/by_file.c:229:";
            errors::no_file(io, &path, &fault, "r", &[more]);
        }
    }
    Err(1)
}

/// The protocol of `-starttls`.
fn protocol(io: &mut Io, name: &str) -> Result<Protocol, u8> {
    match PROTOCOLS.iter().find(|(n, _)| *n == name) {
        Some((_, Some(protocol))) => Ok(*protocol),
        Some((_, None)) => {
            io.hint(&format!("nobody speaks {name} in this lab; -starttls knows smtp, pop3 and imap here"));
            Err(1)
        }
        None => {
            let mut list = String::from("s_client: Value must be one of:\n");
            PROTOCOLS.iter().for_each(|(n, _)| list.push_str(&format!("\t{n}\n")));
            io.complain(&list);
            Err(1)
        }
    }
}

/// Reads which versions are wanted.
fn versions(io: &mut Io, given: &Given) -> Result<Option<Versions>, u8> {
    const NAMES: [(&str, &str); 4] =
        [("tls1", "no_tls1"), ("tls1_1", "no_tls1_1"), ("tls1_2", "no_tls1_2"), ("tls1_3", "no_tls1_3")];
    let only: Vec<TlsVersion> =
        TlsVersion::ALL.into_iter().zip(NAMES).filter(|(_, (n, _))| given.has(n)).map(|(v, _)| v).collect();
    let without: Vec<TlsVersion> =
        TlsVersion::ALL.into_iter().zip(NAMES).filter(|(_, (_, n))| given.has(n)).map(|(v, _)| v).collect();
    if only.len() > 1 {
        io.complain("Cannot supply multiple protocol flags\n");
        return Err(1);
    }
    if !only.is_empty() && !without.is_empty() {
        io.complain("Cannot supply both a protocol flag and '-no_<prot>'\n");
        return Err(1);
    }
    let bound =
        |name: &str| given.value(name).and_then(|v| TlsVersion::ALL.into_iter().find(|t| t.name() == v));
    let (least, most) = (bound("min_protocol"), bound("max_protocol"));
    Ok(offered(|v| {
        (only.is_empty() || only.contains(&v))
            && !without.contains(&v)
            && least.is_none_or(|l| v >= l)
            && most.is_none_or(|m| v <= m)
    }))
}

/// Does this look like a name with at least two labels, which alone goes into the ClientHello by itself?
fn is_dns_name(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let label = |l: &&str| {
        (1..64).contains(&l.len())
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    labels.len() > 1 && labels.iter().all(label) && host.bytes().any(|b| b.is_ascii_alphabetic())
}
