//! `openssl x509`: what a certificate says, line by line in the order in which it was asked for.

use super::super::super::io::Io;
use super::arguments::{Command, Given, Opt, Takes, flag, value};
use super::certificate::{Certificate, date};
use super::digest;
use super::extensions::{self, colons};
use super::names::Form;
use super::{Begun, Flow, errors, reading, written};
use crate::mail::certificate::{Certificate as ReadCertificate, KeyUsage};
use crate::mail::pem;
use crate::units::Time;
use der::asn1::UintRef;
use der::{Decode as _, Encode as _, Reader as _, SliceReader};
use std::time::Duration;

const OPTIONS: &[Opt] = &[
    value("in", Takes::Value, "Certificate input (default stdin)"),
    value("inform", Takes::Format, "Input format (PEM or DER)"),
    value("out", Takes::Value, "Output file - default stdout"),
    value("outform", Takes::Format, "Output format (PEM or DER) - default PEM"),
    flag("noout", "No cert output (except as requested)"),
    flag("text", "Print the certificate in text form"),
    flag("subject", "Print subject DN"),
    flag("issuer", "Print issuer DN"),
    flag("dates", "Both Before and After dates"),
    flag("startdate", "Print the notBefore field"),
    flag("enddate", "Print the notAfter field"),
    flag("serial", "Print serial number value"),
    flag("fingerprint", "Print the certificate fingerprint"),
    flag("pubkey", "Print the public key in PEM format"),
    value("ext", Takes::Value, "Restrict which X.509 extensions to print and/or copy"),
    value("checkend", Takes::Number, "Check whether cert expires in the next arg seconds"),
    value("checkhost", Takes::Value, "Check certificate matches host"),
    value("checkip", Takes::Value, "Check certificate matches ipaddr"),
    value("nameopt", Takes::Value, "Certificate subject/issuer name printing options"),
    flag("modulus", "Print the RSA key modulus"),
    flag("email", "Print email address(es)"),
    flag("purpose", "Print out certificate purposes"),
];

/// `x509`.
pub(super) static X509: Command =
    Command { name: "x509", operands: "", summary: "look at a certificate", options: OPTIONS };

/// `x509`.
pub(super) fn x509(io: &mut Io, args: &[Vec<u8>]) -> Begun {
    let read = X509.read(io, args, true).and_then(|given| {
        // A digest's name says with what the fingerprint is made.
        match given.unknown.iter().find(|n| digest::by_name(n).is_none()) {
            Some(name) => Err(X509.fault(io, &format!("Unknown option: -{name}"))),
            None => X509.no_operands(io, &given).map(|()| given),
        }
    });
    match read {
        Err(status) => Begun::Done(status),
        Ok(given) => {
            let path = given.value("in");
            let missing = |io: &mut Io, path: &str, said: &str| {
                let line = format!(
                    "error:80000002:system library:file_open:{said}:../providers/implementations/storemgmt/file_store.c:266:calling stat({path})"
                );
                io.complain(&format!("Could not open file or uri for loading certificate from {path}\n"));
                errors::print(
                    io,
                    &[
                        "error:16000069:STORE routines:ossl_store_get0_loader_int:unregistered scheme:\
                         ../crypto/store/store_register.c:237:scheme=file",
                        &line,
                    ],
                );
                io.complain("Unable to load certificate\n");
            };
            let shown = path.clone().unwrap_or_else(|| "<stdin>".to_owned());
            reading(io, path, missing, move |io, octets| Flow::Exit(view(io, &given, &shown, &octets)))
        }
    }
}

/// The certificate in these octets.
fn certificate(given: &Given, octets: &[u8]) -> Option<Certificate> {
    let form = given.value("inform").map(|f| f.to_ascii_lowercase());
    let from_pem = || Certificate::from_pem(octets).into_iter().next();
    match form.as_deref() {
        Some("der") => Certificate::from_der(octets),
        Some(_) => from_pem(),
        None => from_pem().or_else(|| Certificate::from_der(octets)),
    }
}

fn view(io: &mut Io, given: &Given, shown: &str, octets: &[u8]) -> u8 {
    let Some(certificate) = certificate(given, octets) else {
        io.complain(&format!("Could not read certificate from {shown}\n"));
        if !octets.is_empty() {
            errors::print(
                io,
                &[
                    "error:1E08010C:DECODER routines:OSSL_DECODER_from_bio:unsupported:../crypto/encode_decode/\
                   decoder_lib.c:103:No supported data to decode. Input structure: Certificate",
                ],
            );
        }
        io.complain("Unable to load certificate\n");
        return 1;
    };
    let form = match given.value("nameopt") {
        None => Form::Oneline,
        Some(name) => match Form::named(&name) {
            Some(form) => form,
            None => {
                io.hint("of -nameopt there are here: oneline, RFC2253, compat, multiline");
                return 1;
            }
        },
    };
    let (mut out, mut status) = (Vec::new(), 0);
    for name in in_order(given) {
        if name == "checkend" {
            let until = io.now().plus(Duration::from_secs(given.number("checkend").unwrap_or(0)));
            status = u8::from(certificate.not_after() < until);
        }
        out.extend(line(given, name, &certificate, form, io.now()).into_bytes());
        if name == "checkend" {
            break;
        }
    }
    if !given.has("noout") && status == 0 && !given.has("checkend") {
        match given.value("outform").is_some_and(|f| f.eq_ignore_ascii_case("der")) {
            true => out.extend_from_slice(&certificate.der),
            false => out.extend(certificate.pem().into_bytes()),
        }
    }
    status | written(io, given.value("out").as_deref(), &out)
}

/// The options in the order in which they are answered: each where it was given last, the checks behind all others.
fn in_order(given: &Given) -> Vec<&'static str> {
    const CHECKS: [&str; 3] = ["checkend", "checkhost", "checkip"];
    let mut names: Vec<&'static str> = Vec::new();
    for name in given.names().filter(|n| !CHECKS.contains(n)) {
        names.retain(|n| *n != name);
        names.push(name);
    }
    names.extend(CHECKS.iter().filter(|name| given.has(name)));
    names
}

/// What one option prints.
fn line(given: &Given, name: &str, c: &Certificate, form: Form, now: Time) -> String {
    let answer = |what: &str, asked: &str, matches: bool| {
        format!("{what} {asked} does{} match certificate\n", if matches { "" } else { " NOT" })
    };
    match name {
        "subject" => format!("subject={}\n", c.subject(form)),
        "issuer" => format!("issuer={}\n", c.issuer(form)),
        "dates" => format!("notBefore={}\nnotAfter={}\n", date(c.not_before()), date(c.not_after())),
        "startdate" => format!("notBefore={}\n", date(c.not_before())),
        "enddate" => format!("notAfter={}\n", date(c.not_after())),
        "serial" => format!("serial={}\n", colons(serial(c)).replace(':', "")),
        "fingerprint" => {
            let named = given.unknown.last().and_then(|n| digest::by_name(n));
            let (digest, label) = match (named, given.unknown.last()) {
                (Some(digest), Some(name)) => (Some(digest), name.clone()),
                _ => (digest::by_name("sha1"), "SHA1".to_owned()),
            };
            let made = digest.map(|d| d.of(&c.der)).unwrap_or_default();
            format!("{label} Fingerprint={}\n", colons(&made))
        }
        "pubkey" => pem::encode("PUBLIC KEY", &key_info(c)),
        "modulus" => match rsa_numbers(c) {
            Some((modulus, _)) => format!("Modulus={}\n", colons(&modulus).replace(':', "")),
            None => "Modulus=No modulus for this public key type\n".to_owned(),
        },
        "email" => c.emails().iter().map(|address| format!("{address}\n")).collect(),
        "purpose" => purposes(c),
        "text" => whole(c, form),
        "ext" => asked_extensions(given, c),
        "checkend" => {
            let until = now.plus(Duration::from_secs(given.number("checkend").unwrap_or(0)));
            let will = if c.not_after() < until { "will expire" } else { "will not expire" };
            format!("Certificate {will}\n")
        }
        "checkhost" => given.value("checkhost").map_or_else(String::new, |host| {
            let matches = c.is_for_host(&host);
            answer("Hostname", &host, matches)
        }),
        "checkip" => given.value("checkip").map_or_else(String::new, |ip| {
            let matches = ip.parse().is_ok_and(|ip| c.is_for_address(ip));
            answer("IP", &ip, matches)
        }),
        _ => String::new(),
    }
}

fn serial(c: &Certificate) -> &[u8] {
    let octets = c.parsed.tbs_certificate().serial_number().as_bytes();
    match octets {
        // A number whose first bit is set has a zero before it, which is not shown.
        [0, rest @ ..] if !rest.is_empty() => rest,
        octets => octets,
    }
}

fn key_info(c: &Certificate) -> Vec<u8> {
    c.parsed.tbs_certificate().subject_public_key_info().to_der().unwrap_or_default()
}

fn asked_extensions(given: &Given, c: &Certificate) -> String {
    let asked = given.value("ext").unwrap_or_default();
    let asked: Vec<&str> = asked.split(',').collect();
    let all = c.parsed.tbs_certificate().extensions();
    let found = all.into_iter().flatten().filter(|e| asked.iter().any(|name| extensions::is_called(e, name)));
    let shown: String = found.map(|e| extensions::shown(e, "")).collect();
    if shown.is_empty() { "No extensions in certificate\n".to_owned() } else { shown }
}

/// The name of an algorithm.
fn algorithm(oid: &str) -> String {
    let known = [
        ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
        ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
        ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
        ("1.2.840.113549.1.1.1", "rsaEncryption"),
        ("1.2.840.10045.2.1", "id-ecPublicKey"),
        ("1.3.101.112", "ED25519"),
    ];
    known.iter().find(|(o, _)| *o == oid).map_or(oid, |(_, name)| name).to_owned()
}

/// `-text`.
fn whole(c: &Certificate, form: Form) -> String {
    let tbs = c.parsed.tbs_certificate();
    let version = tbs.version() as u8;
    let signed = algorithm(&c.parsed.signature_algorithm().oid.to_string());
    let key = algorithm(&tbs.subject_public_key_info().algorithm.oid.to_string());
    let mut out = format!(
        "Certificate:\n    Data:\n        Version: {} (0x{version:x})\n        Serial Number:{}\n        Signature \
         Algorithm: {signed}\n        Issuer: {}\n        Validity\n            Not Before: {}\n            Not After : \
         {}\n        Subject: {}\n        Subject Public Key Info:\n            Public Key Algorithm: {key}\n",
        version + 1,
        serial_lines(serial(c)),
        c.issuer(form),
        date(c.not_before()),
        date(c.not_after()),
        c.subject(form)
    );
    if key == "id-ecPublicKey" && c.key().len() == 65 {
        out.push_str("                Public-Key: (256 bit)\n                pub:\n");
        out.push_str(&rows(c.key(), 15, "                    "));
        out.push_str("                ASN1 OID: prime256v1\n                NIST CURVE: P-256\n");
    }
    if let Some((modulus, exponent)) = rsa_numbers(c) {
        let bits = modulus.len() * 8 - modulus.first().map_or(0, |first| first.leading_zeros() as usize);
        out.push_str(&format!("                Public-Key: ({bits} bit)\n                Modulus:\n"));
        // A number whose first bit is set has a zero before it here.
        let zero: &[u8] = if modulus.first().is_some_and(|first| *first >= 0x80) { &[0] } else { &[] };
        out.push_str(&rows(&[zero, &modulus].concat(), 15, "                    "));
        let number = exponent.iter().fold(0u64, |n, b| (n << 8) | u64::from(*b));
        out.push_str(&format!("                Exponent: {number} (0x{number:x})\n"));
    }
    let extensions = tbs.extensions().map(Vec::as_slice).unwrap_or_default();
    if !extensions.is_empty() {
        out.push_str("        X509v3 extensions:\n");
        extensions.iter().for_each(|e| out.push_str(&extensions::shown(e, "            ")));
    }
    out.push_str(&format!("    Signature Algorithm: {signed}\n    Signature Value:\n"));
    out.push_str(&rows(c.parsed.signature().raw_bytes(), 18, "        "));
    out
}

/// RSA's modulus and exponent, without zeros before them.
fn rsa_numbers(c: &Certificate) -> Option<(Vec<u8>, Vec<u8>)> {
    if algorithm(&c.parsed.tbs_certificate().subject_public_key_info().algorithm.oid.to_string())
        != "rsaEncryption"
    {
        return None;
    }
    let mut reader = SliceReader::new(c.key()).ok()?;
    let numbers = reader.sequence(|inner| {
        let modulus = UintRef::decode(inner)?.as_bytes().to_vec();
        let exponent = UintRef::decode(inner)?.as_bytes().to_vec();
        Ok::<_, der::Error>((modulus, exponent))
    });
    numbers.ok()
}

/// `-purpose`: for what it may be used, and for what as an authority.
fn purposes(c: &Certificate) -> String {
    let Ok(read) = ReadCertificate::read(&c.der) else { return String::new() };
    let usage = |of: fn(KeyUsage) -> bool| read.key_usage.is_none_or(of);
    let signs = usage(|u| u.digital_signature);
    let (servers, mail) = (read.for_servers != Some(false), read.for_mail != Some(false));
    let unrestricted = read.for_servers.is_none();
    let server = servers && (signs || usage(|u| u.key_encipherment));
    let netscape = server && usage(|u| u.key_encipherment);
    let rows = [
        ("SSL client", unrestricted && signs, unrestricted),
        ("SSL server", server, servers),
        ("Netscape SSL server", netscape, servers),
        ("S/MIME signing", mail && usage(|u| u.digital_signature || u.non_repudiation), mail),
        ("S/MIME encryption", mail && usage(|u| u.key_encipherment), mail),
        ("CRL signing", usage(|u| u.revocations), true),
    ];
    let word = |is: bool| if is { "Yes" } else { "No" };
    let mut out = String::from("Certificate purposes:\n");
    for (name, fits, as_authority) in rows {
        let authority = read.authority && as_authority && usage(|u| u.certificates);
        out.push_str(&format!("{name} : {}\n{name} CA : {}\n", word(fits), word(authority)));
    }
    for (name, fits, authority) in [
        ("Any Purpose", true, true),
        ("OCSP helper", true, read.authority),
        ("Time Stamp signing", false, read.authority && unrestricted),
    ] {
        out.push_str(&format!("{name} : {}\n{name} CA : {}\n", word(fits), word(authority)));
    }
    out
}

/// A short number stands on its line, a long one in hexadecimal below.
fn serial_lines(octets: &[u8]) -> String {
    match octets.len() {
        0..=7 => {
            let number = octets.iter().fold(0u64, |n, b| (n << 8) | u64::from(*b));
            format!(" {number} (0x{number:x})")
        }
        _ => format!("\n            {}", colons(octets).to_ascii_lowercase()),
    }
}

/// Octets in rows, a colon after each but the last.
fn rows(octets: &[u8], width: usize, indent: &str) -> String {
    let count = octets.len().div_ceil(width);
    let row = |(i, row): (usize, &[u8])| {
        let end = if i + 1 < count { ":" } else { "" };
        format!("{indent}{}{end}\n", colons(row).to_ascii_lowercase())
    };
    octets.chunks(width).enumerate().map(row).collect()
}
