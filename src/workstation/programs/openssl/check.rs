//! `openssl verify`: does a certificate in a file lead to an authority one trusts?

use super::super::super::io::Io;
use super::arguments::{Command, Given, Opt, Takes, flag, value};
use super::certificate::Certificate;
use super::names::Form;
use super::settings::TRUSTED;
use super::verify::{Question, Roots, verify};
use super::{Act, Begun, Flow, errors, text};

/// The exit status where a certificate is not to be trusted.
const FAILED: u8 = 2;

const OPTIONS: &[Opt] = &[
    value("CAfile", Takes::Value, "A file of trusted certificates"),
    flag("no-CAfile", "Do not load the default certificates file"),
    flag("no-CApath", ""),
    value("untrusted", Takes::Value, "A file of untrusted certificates"),
    value("verify_hostname", Takes::Value, "Expected peer hostname"),
    value("verify_ip", Takes::Value, "Expected peer IP address"),
    flag("show_chain", "Display information about the certificate chain"),
    flag("verbose", ""),
];

/// `verify`.
pub(super) static VERIFY: Command = Command {
    name: "verify",
    operands: "[cert...]",
    summary: "is a certificate to be trusted?",
    options: OPTIONS,
};

/// Whom to trust, and what lies between.
#[derive(Debug)]
struct Trust {
    roots: Roots,
    untrusted: Vec<Certificate>,
}

/// `verify`.
pub(super) fn check(io: &mut Io, args: &[Vec<u8>]) -> Begun {
    let read = VERIFY.read(io, args, false).and_then(|given| trust(io, &given).map(|t| (given, t)));
    let (given, trust) = match read {
        Ok(read) => read,
        Err(status) => return Begun::Done(status),
    };
    if given.operands.is_empty() {
        let act: Act = Box::new(move |io, octets| Flow::Exit(one(io, &given, &trust, "stdin", &octets)));
        return Begun::Reads(act);
    }
    let mut status = 0;
    for path in given.operands.iter().map(|o| text(o)) {
        match io.machine.files.read(&path).map(<[u8]>::to_vec) {
            Ok(octets) => status = one(io, &given, &trust, &path, &octets).max(status),
            Err(fault) => {
                unreadable(io, &format!("open file or uri for loading certificate file from {path}"), |io| {
                    let line = format!(
                        "error:80000002:system library:file_open:{fault}:../providers/implementations/storemgmt/\
                         file_store.c:266:calling stat({path})"
                    );
                    errors::print(
                        io,
                        &[
                            "error:16000069:STORE routines:ossl_store_get0_loader_int:unregistered scheme:\
                             ../crypto/store/store_register.c:237:scheme=file",
                            &line,
                        ],
                    );
                });
                status = FAILED;
            }
        }
    }
    Begun::Done(status)
}

fn unreadable(io: &mut Io, what: &str, why: impl FnOnce(&mut Io)) {
    io.complain(&format!("Could not {what}\n"));
    why(io);
    io.complain("Unable to load certificate file\n");
}

fn trust(io: &mut Io, given: &Given) -> Result<Trust, u8> {
    let roots = match given.value("CAfile") {
        Some(path) => Roots(certificates(io, &path)?),
        None if given.has("no-CAfile") || given.has("no-CApath") => Roots::default(),
        None => io.machine.files.read(TRUSTED).map(Roots::from_pem).unwrap_or_default(),
    };
    let untrusted = match given.value("untrusted") {
        Some(path) => certificates(io, &path)?,
        None => Vec::new(),
    };
    Ok(Trust { roots, untrusted })
}

/// All certificates of a file.
fn certificates(io: &mut Io, path: &str) -> Result<Vec<Certificate>, u8> {
    match io.machine.files.read(path).map(Certificate::from_pem) {
        Ok(found) => Ok(found),
        Err(fault) => {
            io.complain(&format!("Error loading file {path}\n"));
            let more = "error:05880002:x509 certificate routines:X509_load_cert_crl_file_ex:system lib:\
                        ../crypto/x509/by_file.c:229:";
            errors::no_file(io, path, &fault.to_string(), "r", &[more]);
            Err(1)
        }
    }
}

/// The first certificate of a file; the exit status.
fn one(io: &mut Io, given: &Given, trust: &Trust, path: &str, octets: &[u8]) -> u8 {
    let found = Certificate::from_pem(octets).into_iter().next().or_else(|| Certificate::from_der(octets));
    let Some(own) = found else {
        unreadable(io, &format!("read certificate file from {path}"), |io| {
            errors::print(
                io,
                &[
                    "error:1E08010C:DECODER routines:OSSL_DECODER_from_bio:unsupported:../crypto/encode_decode/\
                   decoder_lib.c:103:No supported data to decode. Input structure: Certificate",
                ],
            );
        });
        return FAILED;
    };
    let sent: Vec<Certificate> = std::iter::once(own).chain(trust.untrusted.iter().cloned()).collect();
    let name = given.value("verify_hostname").or_else(|| given.value("verify_ip"));
    let question = Question { sent: &sent, roots: &trust.roots, name: name.as_deref(), now: io.now() };
    let (chain, steps) = verify(&question, true);
    if let Some((depth, fault)) = steps.iter().find_map(|s| s.fault.map(|f| (s.depth, f))) {
        let (number, words) = fault.words();
        let subject = chain.get(depth).map(|c| c.subject(Form::Oneline)).unwrap_or_default();
        io.complain(&format!(
            "{subject}\nerror {number} at {depth} depth lookup: {words}\nerror {path}: verification failed\n"
        ));
        return FAILED;
    }
    io.print(&format!("{path}: OK\n"));
    if given.has("show_chain") {
        io.print("Chain:\n");
        for (depth, c) in chain.iter().enumerate() {
            let untrusted = if trust.roots.0.contains(c) { "" } else { " (untrusted)" };
            io.print(&format!("depth={depth}: {}{untrusted}\n", c.subject(Form::Oneline)));
        }
    }
    0
}
