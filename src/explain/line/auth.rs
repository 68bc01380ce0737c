//! What stands in the base64 of a login, taken apart by mechanism (RFC 4616, RFC 2195, RFC 5802).

use super::opening::Opening;
use crate::explain::say::Say;
use crate::mail::sasl::Mechanism;
use crate::rfc::section;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Client,
    Server,
}

/// What the server has just asked for, in mechanisms in which that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    Name,
    Password,
}

/// The octets behind base64; `None` for what is none.
pub(super) fn decoded(word: &str) -> Option<Vec<u8>> {
    STANDARD.decode(word.trim()).ok()
}

/// What a server's challenge of LOGIN asks for.
pub(super) fn asked(challenge: &str) -> Asked {
    let words = decoded(challenge).unwrap_or_default().to_ascii_lowercase();
    match words.as_slice() {
        [b'u', b's', b'e', b'r', ..] => Asked::Name,
        [b'p', b'a', b's', b's', ..] => Asked::Password,
        _ => Asked::Nothing,
    }
}

/// Adds the parts of one message of a login, `depth` being that of what is decoded.
pub(super) fn message(
    o: &mut Opening<'_>,
    depth: u8,
    word: &str,
    mechanism: Option<Mechanism>,
    (by, asked): (By, Asked),
    tls: bool,
) {
    if word.trim() == "*" {
        return o.part(depth, word, Say::new("auth-cancel"));
    }
    if word.trim() == "=" {
        return o.part(depth, word, Say::new("auth-empty"));
    }
    o.rule(section(4648, "4"));
    let Some(octets) = decoded(word) else {
        return o.part(depth, word, Say::new("auth-no-base64"));
    };
    let text = String::from_utf8_lossy(&octets).into_owned();
    match (mechanism, by) {
        (Some(Mechanism::Plain), By::Client) => plain(o, depth, &octets),
        (Some(Mechanism::Login), By::Client) => {
            let key = if asked == Asked::Password { "auth-password" } else { "auth-name" };
            o.part(depth, &text, Say::new(key));
        }
        (Some(Mechanism::Login), By::Server) => o.part(depth, &text, Say::new("auth-login-asks")),
        (Some(Mechanism::CramMd5), By::Server) => {
            o.part(depth, &text, Say::new("auth-cram-challenge"));
            o.rule(section(2195, "2"));
        }
        (Some(Mechanism::CramMd5), By::Client) => cram(o, depth, &text),
        (Some(Mechanism::ScramSha256), _) => scram(o, depth, &text),
        _ => o.part(depth, &text, Say::new("auth-decoded")),
    }
    if by == By::Client && !octets.is_empty() {
        let readable = mechanism.is_none_or(Mechanism::sends_password);
        o.what(Say::new("auth-readable").choice("password", readable).choice("tls", tls));
    }
}

/// authzid NUL authcid NUL password.
fn plain(o: &mut Opening<'_>, depth: u8, octets: &[u8]) {
    o.rule(section(4616, "2"));
    let parts: Vec<&[u8]> = octets.split(|b| *b == 0).collect();
    let [authzid, authcid, password] = parts.as_slice() else {
        let shown = String::from_utf8_lossy(octets).replace('\0', "\\0");
        return o.part(depth, shown, Say::new("auth-plain-parts").number("count", parts.len() as u64));
    };
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    o.part(depth, text(authzid), Say::new("auth-authzid").choice("empty", authzid.is_empty()));
    o.part(depth, "\\0", Say::new("auth-nul"));
    o.part(depth, text(authcid), Say::new("auth-authcid"));
    o.part(depth, "\\0", Say::new("auth-nul"));
    o.part(depth, text(password), Say::new("auth-password"));
}

fn cram(o: &mut Opening<'_>, depth: u8, text: &str) {
    o.rule(section(2195, "2"));
    match text.rsplit_once(' ') {
        Some((name, digest)) => {
            o.part(depth, name, Say::new("auth-name"));
            o.part(depth, digest, Say::new("auth-cram-digest"));
        }
        None => o.part(depth, text, Say::new("auth-decoded")),
    }
}

/// `n,,n=anna,r=nonce` and what follows: fields of one letter.
fn scram(o: &mut Opening<'_>, depth: u8, text: &str) {
    o.rule(section(5802, "5.1"));
    let mut rest = text;
    if let Some(header) = ["n,", "y,", "p="].into_iter().find(|h| rest.starts_with(h)) {
        // The header of two fields says whether the login is bound to the TLS channel, and for whom one acts.
        let end = rest.match_indices(',').nth(1).map_or(rest.len(), |(at, _)| at + 1);
        let (gs2, after) = rest.split_at(end);
        o.part(depth, gs2, Say::new("auth-scram-gs2").choice("bound", header == "p="));
        rest = after;
    }
    for field in rest.split(',').filter(|f| !f.is_empty()) {
        let key = match field.split_once('=').map(|(name, _)| name) {
            Some("n") => "auth-scram-name",
            Some("r") => "auth-scram-nonce",
            Some("s") => "auth-scram-salt",
            Some("i") => "auth-scram-iterations",
            Some("c") => "auth-scram-channel",
            Some("p") => "auth-scram-proof",
            Some("v") => "auth-scram-verifier",
            Some("e") => "auth-scram-error",
            _ => "auth-scram-other",
        };
        o.part(depth, field, Say::new(key));
    }
}
