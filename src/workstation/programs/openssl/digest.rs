//! `openssl dgst` and the digests by their own names, `md5sum` beside them: what APOP and CRAM-MD5 are made of.

use super::super::super::io::Io;
use super::super::filters::Work;
use super::super::options::{Given as Options, Spec};
use super::arguments::{Command, Given, Takes, flag, value};
use super::{Begun, Flow, errors, text};
use aws_lc_rs::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};
use md5::{Digest as _, Md5};
use std::fmt::Write as _;

/// A digest.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Digest {
    name: &'static str,
    /// As it is shown before a file's name, with and without a key.
    shown: &'static str,
    keyed: &'static str,
    /// How many octets HMAC works on at a time (RFC 2104 section 2).
    block: usize,
    sha: Option<&'static Algorithm>,
}

/// MD5 (RFC 1321).
pub(in super::super) static MD5: Digest =
    Digest { name: "md5", shown: "MD5", keyed: "HMAC-MD5", block: 64, sha: None };

static DIGESTS: [Digest; 4] = [
    Digest {
        name: "sha1",
        shown: "SHA1",
        keyed: "HMAC-SHA1",
        block: 64,
        sha: Some(&SHA1_FOR_LEGACY_USE_ONLY),
    },
    Digest { name: "sha256", shown: "SHA256", keyed: "HMAC-SHA2-256", block: 64, sha: Some(&SHA256) },
    Digest { name: "sha384", shown: "SHA384", keyed: "HMAC-SHA2-384", block: 128, sha: Some(&SHA384) },
    Digest { name: "sha512", shown: "SHA512", keyed: "HMAC-SHA2-512", block: 128, sha: Some(&SHA512) },
];

/// The digest of this name.
pub(super) fn by_name(name: &str) -> Option<Digest> {
    std::iter::once(&MD5).chain(&DIGESTS).find(|d| d.name.eq_ignore_ascii_case(name)).copied()
}

/// The names of all digests.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once(&MD5).chain(&DIGESTS).map(|d| d.name)
}

impl Digest {
    /// The digest of some octets.
    pub(in super::super) fn of(&self, octets: &[u8]) -> Vec<u8> {
        match self.sha {
            Some(sha) => digest(sha, octets).as_ref().to_vec(),
            None => Md5::digest(octets).to_vec(),
        }
    }

    /// HMAC (RFC 2104) with this digest.
    pub(in super::super) fn keyed(&self, key: &[u8], octets: &[u8]) -> Vec<u8> {
        let mut padded = if key.len() > self.block { self.of(key) } else { key.to_vec() };
        padded.resize(self.block, 0);
        let with = |pad: u8, rest: &[u8]| {
            let mut all: Vec<u8> = padded.iter().map(|b| b ^ pad).collect();
            all.extend_from_slice(rest);
            self.of(&all)
        };
        with(0x5c, &with(0x36, octets))
    }
}

/// `dgst`.
pub(super) static DGST: Command = Command {
    name: "dgst",
    operands: "[file...]",
    summary: "message digests, with -hmac KEY keyed ones",
    options: &[
        flag("c", "Print the digest with separating colons"),
        flag("r", "Print the digest in coreutils format"),
        flag("hex", "Print as hex dump"),
        flag("binary", "Print in binary form"),
        value("hmac", Takes::Value, "Create hashed MAC with key"),
        value("out", Takes::Value, "Output to filename rather than stdout"),
    ],
};

/// `dgst`, or a digest called by its own name.
pub(super) fn dgst(io: &mut Io, args: &[Vec<u8>], called: Option<Digest>) -> Begun {
    let given = match DGST.read(io, args, true) {
        Ok(given) => given,
        Err(status) => return Begun::Done(status),
    };
    let mut digest = called.or_else(|| by_name("sha256")).unwrap_or(MD5);
    for name in &given.unknown {
        let Some(named) = by_name(name) else {
            let status = DGST.fault(io, &format!("Unknown option or message digest: {name}"));
            let line = format!(
                "error:0308010C:digital envelope routines:inner_evp_generic_fetch:unsupported:\
                 ../crypto/evp/evp_fetch.c:386:Global default library context, Algorithm ({name} : 0), Properties \
                 (<null>)"
            );
            errors::print(io, &[&line]);
            return Begun::Done(status);
        };
        digest = named;
    }
    if given.operands.is_empty() {
        return Begun::Reads(Box::new(move |io, octets| {
            let shown = shown(&given, digest, "stdin", &octets);
            Flow::Exit(super::written(io, given.value("out").as_deref(), &shown))
        }));
    }
    let (mut out, mut status) = (Vec::new(), 0);
    for name in &given.operands {
        let name = text(name);
        match io.machine.files.read(&name).map(<[u8]>::to_vec) {
            Ok(octets) => out.extend(shown(&given, digest, &name, &octets)),
            Err(fault) => {
                status = 1;
                io.complain(&format!("{name}: {fault}\n"));
                let first = format!(
                    "error:80000002:system library:file_ctrl:{fault}:../crypto/bio/bss_file.c:297:calling fopen({name}, r)"
                );
                errors::print(
                    io,
                    &[
                        &first,
                        "error:10080002:BIO routines:file_ctrl:system lib:../crypto/bio/bss_file.c:300:",
                    ],
                );
            }
        }
    }
    Begun::Done(status | super::written(io, given.value("out").as_deref(), &out))
}

fn shown(given: &Given, digest: Digest, name: &str, octets: &[u8]) -> Vec<u8> {
    let key = given.octets("hmac");
    let made = match key {
        Some(key) => digest.keyed(key, octets),
        None => digest.of(octets),
    };
    if given.has("binary") {
        return made;
    }
    if given.has("r") {
        return format!("{} *{name}\n", hex(&made, "")).into_bytes();
    }
    // Of its input's digest OpenSSL does not say that it is keyed.
    let label = if key.is_some() && name != "stdin" { digest.keyed } else { digest.shown };
    let between = if given.has("c") { ":" } else { "" };
    format!("{label}({name})= {}\n", hex(&made, between)).into_bytes()
}

/// Octets in small hexadecimal, with something between them.
fn hex(octets: &[u8], between: &str) -> String {
    octets.iter().enumerate().fold(String::new(), |mut text, (i, b)| {
        let _ = write!(text, "{}{b:02x}", if i > 0 { between } else { "" });
        text
    })
}

/// `md5sum`, as coreutils have it.
pub(in super::super) fn md5sum(_io: &mut Io, _spec: &'static Spec, given: &Options) -> Result<Work, u8> {
    Ok(Work::new(given.operands.clone(), |io, sources| {
        let mut status = 0;
        for source in sources {
            match source.octets {
                Ok(octets) => io.print(&format!("{}  {}\n", hex(&MD5.of(&octets), ""), source.name)),
                Err(fault) => {
                    io.complain(&format!("md5sum: {}: {fault}\n", source.name));
                    status = 1;
                }
            }
        }
        Flow::Exit(status)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 2202 section 2 and RFC 4231 section 4.3; a key longer than a block: RFC 2202 section 2, test 6.
    #[test]
    fn keyed_digests_of_the_rfcs() {
        let keyed = |name: &str, key: &[u8], data: &[u8]| hex(&by_name(name).unwrap().keyed(key, data), "");
        let data = b"what do ya want for nothing?";
        assert_eq!(keyed("md5", b"Jefe", data), "750c783e6ab0b503eaa86e310a5db738");
        assert_eq!(keyed("sha1", b"Jefe", data), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(
            keyed("sha256", b"Jefe", data),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        let long = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(keyed("md5", &[0xaa; 80], long), "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd");
    }
}
