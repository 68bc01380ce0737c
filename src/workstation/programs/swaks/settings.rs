//! What the options of `swaks` come to, and what it must ask for first.

use super::super::super::io::Io;
use super::super::super::services;
use super::super::openssl::{Versions, offered};
use super::arguments::Given;
use super::output::{Kind, Output};
use crate::event::TlsVersion;
use std::time::Duration;

/// How the two greet each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Protocol {
    /// HELO.
    Smtp,
    /// EHLO, and HELO where that fails.
    #[default]
    Esmtp,
    /// LHLO (RFC 2033).
    Lmtp,
}

/// Whether something must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Wanted {
    /// It is not asked for.
    #[default]
    No,
    /// It must succeed.
    Must,
    /// It is tried, and all is well in any case.
    Optional,
    /// Where it is offered, it must succeed.
    Strict,
}

/// A place in the dialogue after which it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum After {
    Connect,
    FirstHelo,
    Tls,
    Helo,
    Auth,
    Mail,
    Rcpt,
    Data,
    Dot,
}

/// All settings.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) helo: String,
    pub(super) server: Option<String>,
    pub(super) port: u16,
    pub(super) protocol: Protocol,
    pub(super) tls: Wanted,
    pub(super) tls_on_connect: bool,
    pub(super) tls_verify: bool,
    pub(super) tls_authorities: Option<String>,
    pub(super) tls_name: Option<String>,
    pub(super) tls_versions: Option<Versions>,
    /// Print the server's certificate.
    pub(super) tls_show: bool,
    pub(super) auth: Wanted,
    /// The mechanisms in the order in which they are tried.
    pub(super) mechanisms: Vec<&'static str>,
    /// Any that is offered will do.
    pub(super) any_mechanism: bool,
    pub(super) user: String,
    pub(super) password: String,
    /// What stands in place of the password in the output.
    pub(super) shown_password: Option<String>,
    /// What is base64 on the wire stands in plain text in the output.
    pub(super) plain_auth: bool,
    pub(super) quit_after: Option<After>,
    pub(super) drop_after: Option<After>,
    pub(super) brief_data: bool,
    pub(super) pipeline: bool,
    pub(super) timeout: Duration,
    pub(super) shown_timeout: u64,
}

/// What must be asked for: the option, the prompt, and whether an empty answer will do.
pub(super) type Prompt = (&'static str, &'static str, bool);

/// The mechanisms that `swaks` knows and this lab has, in the order of their names.
const MECHANISMS: [&str; 3] = ["CRAM-MD5", "LOGIN", "PLAIN"];
/// Those that the real one knows beside them.
const OTHERS: [&str; 3] = ["CRAM-SHA1", "DIGEST-MD5", "NTLM"];

/// Options that ask for what they were given without.
const ASKING: [Prompt; 9] = [
    ("from", "From: ", true),
    ("helo", "Helo: ", true),
    ("to", "To: ", false),
    ("server", "Server: ", true),
    ("port", "Port: ", false),
    ("data", "Data: ", true),
    ("timeout", "Timeout: ", false),
    ("body", "Body: ", false),
    ("attach", "Attach: ", false),
];

/// What is still to be asked for.
pub(super) fn prompts(given: &Given) -> Vec<Prompt> {
    let empty = |name: &str| given.value(name).is_some_and(|v| v.is_empty());
    let mut prompts: Vec<Prompt> = ASKING.iter().filter(|(name, ..)| empty(name)).copied().collect();
    let before_rcpt = [given.value("quit-after"), given.value("drop-after")]
        .iter()
        .flatten()
        .any(|v| after(v).is_some_and(|a| a < After::Rcpt));
    let without = before_rcpt && given.value("server").is_some_and(|s| !s.is_empty());
    if !given.has("to") && !without {
        prompts.push(("to", "To: ", false));
    }
    if wants_auth(given) {
        for (name, prompt) in [("auth-user", "Username: "), ("auth-password", "Password: ")] {
            if given.value(name).is_none_or(|v| v.is_empty()) {
                prompts.push((name, prompt, true));
            }
        }
    }
    prompts
}

fn wants_auth(given: &Given) -> bool {
    let options = ["auth", "auth-user", "auth-password", "auth-optional", "auth-optional-strict"];
    options.iter().any(|o| given.has(o)) || protocol(given).is_some_and(|(_, auth, _)| auth)
}

/// `--protocol`: how they greet, whether with AUTH, and where TLS begins (`s`: after STARTTLS, `c`: at once).
fn protocol(given: &Given) -> Option<(Protocol, bool, Option<char>)> {
    let name = given.value("protocol").unwrap_or_else(|| "esmtp".to_owned()).to_ascii_lowercase();
    Some(match name.as_str() {
        "smtp" => (Protocol::Smtp, false, None),
        "ssmtp" => (Protocol::Esmtp, false, Some('c')),
        "ssmtpa" => (Protocol::Esmtp, true, Some('c')),
        "smtps" => (Protocol::Smtp, false, Some('c')),
        "esmtp" => (Protocol::Esmtp, false, None),
        "esmtpa" => (Protocol::Esmtp, true, None),
        "esmtps" => (Protocol::Esmtp, false, Some('s')),
        "esmtpsa" => (Protocol::Esmtp, true, Some('s')),
        "lmtp" => (Protocol::Lmtp, false, None),
        "lmtpa" => (Protocol::Lmtp, true, None),
        "lmtps" => (Protocol::Lmtp, false, Some('s')),
        "lmtpsa" => (Protocol::Lmtp, true, Some('s')),
        _ => return None,
    })
}

/// A place in the dialogue by the names it has.
fn after(name: &str) -> Option<After> {
    Some(match name.to_ascii_lowercase().as_str() {
        "connect" | "banner" => After::Connect,
        "first-helo" | "first-ehlo" | "first-lhlo" => After::FirstHelo,
        "tls" | "starttls" => After::Tls,
        "helo" | "ehlo" | "lhlo" => After::Helo,
        "auth" => After::Auth,
        "mail" | "from" => After::Mail,
        "rcpt" | "to" => After::Rcpt,
        "data" => After::Data,
        "dot" => After::Dot,
        _ => return None,
    })
}

/// Are the words of some options known ones? This is looked at before anything is asked for.
pub(super) fn check(io: &mut Io, out: &mut Output, given: &Given) -> Result<(), u8> {
    let mut fault = None;
    if let Some(name) = given.value("protocol")
        && protocol(given).is_none()
    {
        fault = Some(format!("Unknown protocol {} specified, exiting", name.to_ascii_lowercase()));
    }
    for (option, shown, most) in
        [("quit-after", "quit_after", After::Rcpt), ("drop-after", "drop_after", After::Dot)]
    {
        if let Some(value) = given.value(option)
            && after(&value).is_none_or(|a| a > most)
        {
            let value = value.to_ascii_lowercase();
            fault = fault.or_else(|| Some(format!("Unknown {shown} value {value}, exiting")));
        }
    }
    match fault {
        None => Ok(()),
        Some(said) => {
            out.say(io, Kind::Error, &said, false);
            Err(1)
        }
    }
}

impl Settings {
    /// What the options come to; the exit status where they come to nothing.
    pub(super) fn read(io: &mut Io, out: &mut Output, given: &Given) -> Result<Settings, u8> {
        let mut fail = |io: &mut Io, said: &str, status: u8| {
            out.say(io, Kind::Error, said, false);
            status
        };
        let (how, _, tls_by_protocol) = protocol(given).unwrap_or((Protocol::Esmtp, false, None));
        let quit_after = given.value("quit-after").and_then(|v| after(&v));
        let drop_after = given.value("drop-after").and_then(|v| after(&v));
        let domain = io.machine.name.clone();
        let nonempty = |name: &str| given.value(name).filter(|v| !v.is_empty());
        let (shown_timeout, timeout) = timeout(io, given, &mut fail)?;
        let explicit =
            ["tls", "tls-optional", "tls-optional-strict", "tls-on-connect"].iter().any(|o| given.has(o));
        let by_protocol = tls_by_protocol.filter(|_| !explicit);
        let mut settings = Settings {
            from: nonempty("from").unwrap_or_else(|| format!("{}@{domain}", io.machine.user)),
            to: nonempty("to").unwrap_or_default(),
            helo: nonempty("helo").unwrap_or(domain),
            protocol: how,
            tls: wanted(given, "tls", by_protocol == Some('s')),
            tls_on_connect: given.has("tls-on-connect") || by_protocol == Some('c'),
            tls_verify: given.has("tls-verify"),
            tls_authorities: nonempty("tls-ca-path"),
            tls_name: nonempty("tls-sni"),
            tls_show: given.has("tls-get-peer-cert"),
            auth: if wants_auth(given) { wanted(given, "auth", true) } else { Wanted::No },
            user: empty_word(given.value("auth-user")),
            password: empty_word(given.value("auth-password")),
            plain_auth: given.has("auth-plaintext"),
            shown_password: given
                .value("auth-hide-password")
                .map(|v| if v.is_empty() { "PROVIDED_BUT_REMOVED".to_owned() } else { v }),
            quit_after,
            drop_after,
            brief_data: given.has("suppress-data"),
            pipeline: given.has("pipeline"),
            timeout,
            shown_timeout,
            ..Settings::default()
        };
        if settings.from == "<>" {
            settings.from.clear();
        }
        settings.target(io, given, &mut fail)?;
        settings.tls_versions = versions(io, given, &mut fail)?;
        settings.authorities(io, &mut fail)?;
        settings.mechanisms(io, given, &mut fail)?;
        Ok(settings)
    }

    /// Server and port.
    fn target(
        &mut self,
        io: &mut Io,
        given: &Given,
        fail: &mut impl FnMut(&mut Io, &str, u8) -> u8,
    ) -> Result<(), u8> {
        let server = given.value("server").unwrap_or_default();
        let (server, joined) = split_server(&server);
        let port = joined.or_else(|| given.value("port")).filter(|p| !p.is_empty());
        self.server = Some(server).filter(|s| !s.is_empty());
        self.port = match port {
            None if self.protocol == Protocol::Lmtp => 24,
            None if self.tls_on_connect => 465,
            None => 25,
            Some(port) => match port.parse().ok().or_else(|| services::port(&port)) {
                Some(port) => port,
                None => {
                    let said = format!("unable to resolve service name {port} into a port, exiting");
                    return Err(fail(io, &said, 1));
                }
            },
        };
        Ok(())
    }

    /// The file of `--tls-ca-path` must be there.
    fn authorities(&self, io: &mut Io, fail: &mut impl FnMut(&mut Io, &str, u8) -> u8) -> Result<(), u8> {
        let Some(path) = &self.tls_authorities else { return Ok(()) };
        if (self.tls == Wanted::No && !self.tls_on_connect) || io.machine.files.read(path).is_ok() {
            return Ok(());
        }
        Err(fail(io, &format!("--tls-ca-path: {path} is not a valid file or directory.  Exiting."), 1))
    }

    /// Which mechanisms may be tried.
    fn mechanisms(
        &mut self,
        io: &mut Io,
        given: &Given,
        fail: &mut impl FnMut(&mut Io, &str, u8) -> u8,
    ) -> Result<(), u8> {
        if self.auth == Wanted::No {
            return Ok(());
        }
        let options = ["auth-optional-strict", "auth-optional", "auth"];
        let named = options.iter().find_map(|o| given.value(o)).unwrap_or_default().to_ascii_uppercase();
        self.any_mechanism = named.is_empty() || named == "ANY";
        if self.any_mechanism {
            self.mechanisms = MECHANISMS.to_vec();
            return Ok(());
        }
        for name in named.split(',').map(str::trim) {
            match MECHANISMS.iter().find(|m| **m == name) {
                Some(mechanism) => self.mechanisms.push(mechanism),
                // Known, and offered by nobody here.
                None if OTHERS.contains(&name) => self.mechanisms.push(""),
                None => {
                    fail(io, &format!("{name} is not a recognized auth type, skipping"), 0);
                }
            }
        }
        if self.mechanisms.is_empty() {
            fail(io, "No auth types supported", 0);
            if self.auth == Wanted::Must {
                return Err(10);
            }
            self.auth = Wanted::No;
        }
        Ok(())
    }
}

/// Whether it must be: `NAME`, `NAME-optional`, `NAME-optional-strict`.
fn wanted(given: &Given, name: &str, otherwise: bool) -> Wanted {
    if given.has(&format!("{name}-optional-strict")) {
        Wanted::Strict
    } else if given.has(&format!("{name}-optional")) {
        Wanted::Optional
    } else if given.has(name) || otherwise {
        Wanted::Must
    } else {
        Wanted::No
    }
}

/// A user or password; `<>` is an empty one.
fn empty_word(value: Option<String>) -> String {
    value.filter(|v| v != "<>").unwrap_or_default()
}

/// `--timeout`: as a number of seconds and as it counts, 0 being for ever.
fn timeout(
    io: &mut Io,
    given: &Given,
    fail: &mut impl FnMut(&mut Io, &str, u8) -> u8,
) -> Result<(u64, Duration), u8> {
    let value = given.value("timeout").filter(|v| !v.is_empty()).unwrap_or_else(|| "30s".to_owned());
    let (number, factor) = match value.to_ascii_lowercase().strip_suffix(['h', 'm', 's']) {
        Some(number) if value.ends_with(['h', 'H']) => (number.to_owned(), 3600),
        Some(number) if value.ends_with(['m', 'M']) => (number.to_owned(), 60),
        Some(number) => (number.to_owned(), 1),
        None => (value.clone(), 1),
    };
    let seconds = number.parse::<u64>().ok().map(|n| n.saturating_mul(factor).min(1 << 32));
    match seconds {
        Some(seconds) => Ok((seconds, Duration::from_secs(if seconds == 0 { 1 << 32 } else { seconds }))),
        None => Err(fail(io, &format!("Unknown timeout format '{value}'"), 1)),
    }
}

/// The versions to offer: all, or those of `--tls-protocol`.
fn versions(
    io: &mut Io,
    given: &Given,
    fail: &mut impl FnMut(&mut Io, &str, u8) -> u8,
) -> Result<Option<Versions>, u8> {
    let Some(asked) = given.value("tls-protocol") else { return Ok(offered(|_| true)) };
    let named = |name: &str| {
        let name = name.replace('.', "_");
        TlsVersion::ALL.into_iter().find(|v| v.name().replace('.', "_").eq_ignore_ascii_case(&name))
    };
    let (mut only, mut without) = (Vec::new(), Vec::new());
    for name in asked.split(',').map(str::trim) {
        let (list, bare) = match name.strip_prefix("no_") {
            Some(bare) => (&mut without, bare),
            None => (&mut only, name),
        };
        match named(bare) {
            Some(version) => list.push(version),
            None => {
                fail(io, &format!("{name} in --tls-protocol is not a known/supported protocol"), 0);
            }
        }
    }
    if only.is_empty() && without.is_empty() {
        return Err(fail(io, "no valid arguments provided to --tls-protocol, exiting", 1));
    }
    if !only.is_empty() && !without.is_empty() {
        return Err(fail(io, "cannot mix X and no_X forms in --tls-protocol option", 1));
    }
    Ok(offered(|v| (only.is_empty() || only.contains(&v)) && !without.contains(&v)))
}

/// `host:port`, `host/port`, `[host]:port`, `[host]`.
fn split_server(server: &str) -> (String, Option<String>) {
    let owned = |host: &str, port: &str| (host.to_owned(), Some(port.to_owned()));
    if let Some(rest) = server.strip_prefix('[')
        && let Some((host, after)) = rest.split_once(']')
    {
        return match after.strip_prefix([':', '/']) {
            Some(port) => owned(host, port),
            None => (host.to_owned(), None),
        };
    }
    if let Some((host, port)) = server.split_once('/') {
        return owned(host, port);
    }
    match server.split_once(':') {
        Some((host, port)) if !port.contains(':') => owned(host, port),
        _ => (server.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_with_ports() {
        for (given, host, port) in [
            ("mail.example.tld", "mail.example.tld", None),
            ("mail.example.tld:587", "mail.example.tld", Some("587")),
            ("192.0.2.25/587", "192.0.2.25", Some("587")),
            ("[192.0.2.25]:587", "192.0.2.25", Some("587")),
            ("[2001:db8::25]", "2001:db8::25", None),
            ("2001:db8::25", "2001:db8::25", None),
            ("2001:db8::25/587", "2001:db8::25", Some("587")),
        ] {
            assert_eq!(split_server(given), (host.to_owned(), port.map(str::to_owned)), "{given}");
        }
    }
}
