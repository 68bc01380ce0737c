//! What programs print: telnet's own lines, dig's answers, openssl's report and certificates, complaints. This is the one
//! place where printed text is read, because it is what there is to explain.

use super::super::names;
use super::super::opening::Opening;
use super::command::record_type;
use crate::explain::say::Say;
use crate::rfc::section;

/// A line that a program printed; `None` for the shell.
pub(in super::super) fn printed(o: &mut Opening<'_>, program: Option<&str>, line: &str) {
    let whole = line.trim_end();
    if whole.is_empty() {
        return o.what(Say::new("output-empty"));
    }
    match program {
        Some("dig") => super::super::dns::dig(o, whole),
        Some("host") => host(o, whole),
        Some("swaks") => swaks(o, whole),
        _ => {
            let name = program.unwrap_or("shell");
            if let Some(rest) = whole.strip_prefix("helo: ") {
                o.what(Say::new("output-hint"));
                return o.part(0, rest, Say::new("output-hint"));
            }
            match find(name, whole) {
                Some((prefix, key)) => with_prefix(o, whole, prefix, key),
                None => {
                    let say = Say::new("output-line").own("program", name.to_owned());
                    o.what(say.clone());
                    o.part(0, whole, say);
                }
            }
        }
    }
}

fn with_prefix(o: &mut Opening<'_>, line: &str, prefix: &str, key: &'static str) {
    o.what(Say::new(key));
    let start = line.find(prefix).unwrap_or(0);
    let (head, value) = line.split_at(start + prefix.len());
    o.part(0, head.trim(), Say::new(key));
    if !value.trim().is_empty() {
        o.part(1, value.trim(), Say::new("output-value"));
    }
    if key.starts_with("x509-") || key.starts_with("tls-report-") {
        o.rule(section(
            if key.starts_with("x509-") { 5280 } else { 8446 },
            if key.starts_with("x509-") { "4.2" } else { "4.1.2" },
        ));
    }
}

/// How lines of programs begin, and what they mean. The first that fits holds; `*` stands for any program.
#[rustfmt::skip]
pub(in super::super) const PREFIXES: &[(&str, &str, &str)] = &[
    ("telnet", "Trying ", "telnet-trying"),
    ("telnet", "Connected to ", "telnet-connected"),
    ("telnet", "Escape character is ", "telnet-escape"),
    ("telnet", "Connection closed by foreign host", "telnet-closed-by-host"),
    ("telnet", "Connection closed", "telnet-closed"),
    ("telnet", "Server lookup failure", "telnet-lookup-failed"),
    ("telnet", "telnet: Unable to connect", "telnet-refused"),
    ("telnet", "Connection failed", "telnet-refused"),
    ("telnet", "telnet> ", "telnet-prompt"),
    ("telnet", "?", "telnet-complaint"),
    ("nc", "Connection to ", "nc-open"),
    ("nc", "nc: connect to ", "nc-refused"),
    ("nc", "nc: getaddrinfo", "nc-lookup-failed"),
    ("openssl", "Verification successful", "smime-report-good"),
    ("openssl", "CMS Verification successful", "smime-report-good"),
    ("openssl", "Verification failure", "smime-report-bad"),
    ("openssl", "CMS Verification failure", "smime-report-bad"),
    ("openssl", "Certificate purposes:", "smime-report-purposes"),
    ("openssl", "CONNECTED(", "tls-report-connected"),
    ("openssl", "CONNECTION ESTABLISHED", "tls-report-connected"),
    ("openssl", "depth=", "tls-report-depth"),
    ("openssl", "verify error:", "tls-report-verify-error"),
    ("openssl", "verify return:", "tls-report-verify-return"),
    ("openssl", "Certificate chain", "tls-report-chain"),
    ("openssl", "s:", "tls-report-chain-subject"),
    ("openssl", "i:", "tls-report-chain-issuer"),
    ("openssl", "a:", "tls-report-chain-key"),
    ("openssl", "v:", "tls-report-chain-validity"),
    ("openssl", "Server certificate", "tls-report-certificate"),
    ("openssl", "-----BEGIN", "x509-pem-begin"),
    ("openssl", "-----END", "x509-pem-end"),
    ("openssl", "subject=", "x509-subject"),
    ("openssl", "issuer=", "x509-issuer"),
    ("openssl", "No client certificate CA names sent", "tls-report-no-ca-names"),
    ("openssl", "Peer signing digest:", "tls-report-digest"),
    ("openssl", "Hash used:", "tls-report-digest"),
    ("openssl", "Peer signature type:", "tls-report-signature"),
    ("openssl", "Signature type:", "tls-report-signature"),
    ("openssl", "Server Temp Key:", "tls-report-temp-key"),
    ("openssl", "SSL handshake has read", "tls-report-octets"),
    ("openssl", "Verification error:", "tls-report-not-verified"),
    ("openssl", "Verification: OK", "tls-report-verified"),
    ("openssl", "Verified peername:", "tls-report-peername"),
    ("openssl", "New, ", "tls-report-cipher"),
    ("openssl", "Protocol version:", "tls-report-protocol"),
    ("openssl", "Protocol  :", "tls-report-protocol"),
    ("openssl", "Ciphersuite:", "tls-report-cipher"),
    ("openssl", "Cipher    :", "tls-report-cipher"),
    ("openssl", "Server public key is", "tls-report-key-size"),
    ("openssl", "Secure Renegotiation", "tls-report-renegotiation"),
    ("openssl", "Compression:", "tls-report-compression"),
    ("openssl", "Expansion:", "tls-report-compression"),
    ("openssl", "No ALPN negotiated", "tls-report-alpn"),
    ("openssl", "Early data", "tls-report-early-data"),
    ("openssl", "Max Early Data", "tls-report-early-data"),
    ("openssl", "Verify return code: 0", "tls-report-code-ok"),
    ("openssl", "Verify return code:", "tls-report-code"),
    ("openssl", "SSL-Session:", "tls-report-session"),
    ("openssl", "Post-Handshake New Session Ticket", "tls-report-ticket"),
    ("openssl", "Session-ID", "tls-report-session-id"),
    ("openssl", "Resumption PSK", "tls-report-secret"),
    ("openssl", "Master-Key", "tls-report-secret"),
    ("openssl", "TLS session ticket", "tls-report-ticket"),
    ("openssl", "PSK identity", "tls-report-unused"),
    ("openssl", "SRP username", "tls-report-unused"),
    ("openssl", "Start Time:", "tls-report-start"),
    ("openssl", "Timeout", "tls-report-timeout"),
    ("openssl", "Extended master secret", "tls-report-unused"),
    ("openssl", "read R BLOCK", "tls-report-read-block"),
    ("openssl", "RENEGOTIATING", "tls-report-renegotiating"),
    ("openssl", "KEYUPDATE", "tls-report-renegotiating"),
    ("openssl", "DONE", "tls-report-done"),
    ("openssl", "closed", "tls-report-closed"),
    ("openssl", "Peer certificate:", "x509-subject"),
    ("openssl", "no peer certificate available", "tls-report-no-certificate"),
    ("openssl", "Can't use SSL_get_servername", "tls-report-no-servername"),
    ("openssl", "250 ", "tls-report-last-plain"),
    ("openssl", "Didn't find STARTTLS", "tls-report-no-starttls"),
    ("openssl", "---", "tls-report-rule"),
    ("openssl", "notBefore=", "x509-not-before"),
    ("openssl", "notAfter=", "x509-not-after"),
    ("openssl", "serial=", "x509-serial"),
    ("openssl", "Certificate:", "x509-whole"),
    ("openssl", "Data:", "x509-data"),
    ("openssl", "Version:", "x509-version"),
    ("openssl", "Serial Number:", "x509-serial"),
    ("openssl", "Signature Algorithm:", "x509-signature-algorithm"),
    ("openssl", "Signature Value:", "x509-signature"),
    ("openssl", "Issuer:", "x509-issuer"),
    ("openssl", "Validity", "x509-validity"),
    ("openssl", "Not Before", "x509-not-before"),
    ("openssl", "Not After", "x509-not-after"),
    ("openssl", "Subject Public Key Info:", "x509-key"),
    ("openssl", "Subject:", "x509-subject"),
    ("openssl", "Public Key Algorithm:", "x509-key-algorithm"),
    ("openssl", "Public-Key:", "x509-key-size"),
    ("openssl", "pub:", "x509-key"),
    ("openssl", "ASN1 OID:", "x509-curve"),
    ("openssl", "NIST CURVE:", "x509-curve"),
    ("openssl", "X509v3 extensions:", "x509-extensions"),
    ("openssl", "X509v3 Subject Alternative Name", "x509-names"),
    ("openssl", "DNS:", "x509-names"),
    ("openssl", "IP Address:", "x509-names"),
    ("openssl", "X509v3 Basic Constraints", "x509-basic-constraints"),
    ("openssl", "CA:TRUE", "x509-ca"),
    ("openssl", "CA:FALSE", "x509-no-ca"),
    ("openssl", "X509v3 Key Usage", "x509-usage"),
    ("openssl", "X509v3 Extended Key Usage", "x509-extended-usage"),
    ("openssl", "TLS Web Server Authentication", "x509-extended-usage"),
    ("openssl", "X509v3 Subject Key Identifier", "x509-key-identifier"),
    ("openssl", "X509v3 Authority Key Identifier", "x509-key-identifier"),
    ("openssl", "sha1 Fingerprint=", "x509-fingerprint"),
    ("openssl", "SHA1 Fingerprint=", "x509-fingerprint"),
    ("openssl", "sha256 Fingerprint=", "x509-fingerprint"),
    ("openssl", "Certificate will", "x509-expires"),
    ("openssl", "Hostname ", "x509-host-matches"),
    ("mail", "Message ", "mail-message"),
    ("mail", "EOT", "mail-eot"),
    ("mail", "No mail for ", "mail-none"),
    ("zone", ";", "zone-comment"),
    ("*", "bash: ", "bash-complaint"),
];

/// The row for a line of a program.
fn find(program: &str, line: &str) -> Option<(&'static str, &'static str)> {
    let line = line.trim_start();
    // The chain's lines begin with a number.
    let unnumbered = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let fits = |(name, prefix, _): &&(&str, &str, &str)| {
        (*name == program || *name == "*")
            && (line.starts_with(prefix) || unnumbered.starts_with(prefix) && prefix.len() == 2)
    };
    PREFIXES.iter().find(fits).map(|(_, prefix, key)| (*prefix, *key))
}

/// A line of `host`: name, what it has, value.
fn host(o: &mut Opening<'_>, line: &str) {
    const SAYS: [(&str, &str); 9] = [
        (" has address ", "dig-type-a"),
        (" has IPv6 address ", "dig-type-aaaa"),
        (" mail is handled by ", "dig-type-mx"),
        (" is an alias for ", "dig-type-cname"),
        (" domain name pointer ", "dig-type-ptr"),
        (" name server ", "dig-type-ns"),
        (" has SOA record ", "dig-type-soa"),
        (" descriptive text ", "dig-type-txt"),
        (" not found: ", "dig-status-other"),
    ];
    for (words, key) in SAYS {
        if let Some((name, value)) = line.split_once(words) {
            o.what(Say::new(key));
            o.part(0, name, Say::new("record-name"));
            o.part(0, words.trim(), Say::new(key));
            if words.contains("handled by")
                && let Some((preference, host)) = value.split_once(' ')
            {
                o.part(0, preference, Say::new("record-preference"));
                return o.part(0, host, Say::new("record-exchange"));
            }
            return o.part(0, value, Say::new("output-value"));
        }
    }
    super::super::dns::dig(o, line);
}

/// A line of swaks: who says it, and what.
fn swaks(o: &mut Opening<'_>, line: &str) {
    const MARKS: [(&str, &str, bool); 8] = [
        ("=== ", "swaks-info", false),
        ("*** ", "swaks-error", false),
        (" -> ", "swaks-client", false),
        (" ~> ", "swaks-client-tls", false),
        ("<-  ", "swaks-server", true),
        ("<~  ", "swaks-server-tls", true),
        ("<** ", "swaks-server-no", true),
        ("<~* ", "swaks-server-no", true),
    ];
    let found = MARKS
        .iter()
        .find(|(mark, ..)| line.starts_with(mark) || line.trim_start().starts_with(mark.trim_start()));
    let Some((mark, key, server)) = found else {
        o.what(Say::new("output-line").own("program", "swaks"));
        return o.part(0, line, Say::new("output-line").own("program", "swaks"));
    };
    o.what(Say::new(key));
    o.part(0, mark.trim(), Say::new(key));
    let said = line.trim_start().get(mark.trim_start().len()..).unwrap_or_default();
    let code = said.get(..3).and_then(|digits| digits.parse().ok());
    match code.filter(|_| *server) {
        Some(code) => {
            super::super::smtp::reply_code(o, code);
            o.part(0, said.get(4..).unwrap_or_default(), Say::new("smtp-words"));
        }
        None => {
            let word = said.split([' ', ':']).next().unwrap_or_default();
            let verb = crate::event::SmtpVerb::ALL.into_iter().find(|v| v.name() == word).filter(|_| !server);
            let say = verb.map_or_else(|| Say::new("output-value"), names::smtp_verb);
            o.part(0, said, say);
        }
    }
}

/// The text for the type of a record, where there is one.
pub(in super::super) fn type_of(word: &str) -> Option<Say> {
    record_type(word).map(Say::new)
}
