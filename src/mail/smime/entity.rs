//! How CMS lies in mail (RFC 8551 section 3): beside what it signs (multipart/signed, RFC 1847 section 2.1), or as the whole body
//! (application/pkcs7-mime); taken out of a message and put into one.

use crate::mail::mime::{Inside, Part};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What lies in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrapped {
    /// Content, canonical, and the signature beside it (RFC 8551 section 3.5.3).
    Beside {
        /// What is signed.
        content: Vec<u8>,
        /// The signed data.
        cms: Vec<u8>,
    },
    /// CMS alone: signed data with the content in it, or enveloped data (RFC 8551 sections 3.3 and 3.5.2).
    Alone {
        /// The ContentInfo.
        cms: Vec<u8>,
    },
}

/// Why there is no CMS in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntityFault {
    /// It says not what it is.
    NoType,
    /// It is something else: `text/plain`.
    OtherType(String),
    /// A multipart without its two parts.
    NoParts,
    /// The second part is no signature.
    NoSignature(String),
    /// What should be base64 is not.
    NotBase64,
}

/// Takes CMS out of a message, or of a MIME entity: lines may end with LF alone.
///
/// # Errors
/// There is none.
pub fn unwrap(message: &[u8]) -> Result<Wrapped, EntityFault> {
    let part = Part::parse(message);
    let Some(kind) = &part.content.kind else { return Err(EntityFault::NoType) };
    let cms = |part: &Part| {
        let body = message.get(part.body.start..part.body.end).unwrap_or_default();
        let base64 = part.content.encoding.as_deref().is_some_and(|e| e.eq_ignore_ascii_case(b"base64"));
        if base64 { from_base64(body) } else { Ok(body.to_vec()) }
    };
    if kind.is("multipart", "signed") {
        let Inside::Parts(parts) = &part.inside else { return Err(EntityFault::NoParts) };
        let [content, signature] = parts.as_slice() else { return Err(EntityFault::NoParts) };
        if !is_one_of(signature, &["pkcs7-signature", "x-pkcs7-signature"]) {
            return Err(EntityFault::NoSignature(type_of(signature)));
        }
        let span = content.header.start..content.body.end;
        let content = canonical(message.get(span).unwrap_or_default());
        return cms(signature).map(|cms| Wrapped::Beside { content, cms });
    }
    if is_one_of(&part, &["pkcs7-mime", "x-pkcs7-mime"]) || is_named_so(&part) {
        return cms(&part).map(|cms| Wrapped::Alone { cms });
    }
    Err(EntityFault::OtherType(type_of(&part)))
}

fn is_one_of(part: &Part, subtypes: &[&str]) -> bool {
    let kind = part.content.kind.as_ref();
    kind.is_some_and(|kind| subtypes.iter().any(|sub| kind.is("application", sub)))
}

/// Some programs send CMS as any other file, and its name says what it is (RFC 8551 section 3.9).
fn is_named_so(part: &Part) -> bool {
    let of_any_kind = part.content.kind.as_ref().is_some_and(|k| k.is("application", "octet-stream"));
    of_any_kind && part.content.filename().is_some_and(|name| name.to_ascii_lowercase().ends_with(".p7m"))
}

fn type_of(part: &Part) -> String {
    let shown = |octets: &[u8]| String::from_utf8_lossy(octets).to_lowercase();
    let kind = part.content.kind.as_ref();
    kind.map(|kind| format!("{}/{}", shown(&kind.main), shown(&kind.sub))).unwrap_or_default()
}

fn from_base64(body: &[u8]) -> Result<Vec<u8>, EntityFault> {
    let letters: Vec<u8> = body.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    STANDARD.decode(letters).map_err(|_| EntityFault::NotBase64)
}

/// Text in its canonical form (RFC 8551 section 3.1.1): each line ends with CRLF, the last one only where it ended at all.
/// As OpenSSL does it, all CRs before a line's end count as part of it.
pub fn canonical(octets: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(octets.len() + octets.len() / 16);
    for line in octets.split_inclusive(|b| *b == b'\n') {
        let bare = line.strip_suffix(b"\n").unwrap_or(line);
        let end = bare.iter().rposition(|b| *b != b'\r').map_or(0, |at| at + 1);
        out.extend_from_slice(bare.get(..end).unwrap_or_default());
        if bare.len() < line.len() {
            out.extend_from_slice(b"\r\n");
        }
    }
    out
}

/// The two families of names for the same types: `application/pkcs7-mime`, and with `x-`, as they were before RFC 2633
/// and as OpenSSL's older command still writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Types {
    /// `application/pkcs7-mime` (RFC 8551 section 3.2).
    Usual,
    /// `application/x-pkcs7-mime`.
    Old,
}

impl Types {
    fn prefix(self) -> &'static str {
        match self {
            Types::Usual => "",
            Types::Old => "x-",
        }
    }
}

/// Fields and body of a multipart/signed message, from MIME-Version on, with LF at the lines' ends as in a file on Unix.
/// `content` is the signed part, canonical or not; `boundary` must not occur in it.
pub fn beside(content: &[u8], cms: &[u8], boundary: &str, types: Types) -> Vec<u8> {
    let x = types.prefix();
    let mut out = format!(
        "MIME-Version: 1.0\nContent-Type: multipart/signed; protocol=\"application/{x}pkcs7-signature\"; \
         micalg=\"sha-256\"; boundary=\"{boundary}\"\n\nThis is an S/MIME signed message\n\n--{boundary}\n"
    )
    .into_bytes();
    out.extend_from_slice(content);
    out.extend_from_slice(
        format!(
            "\n--{boundary}\nContent-Type: application/{x}pkcs7-signature; name=\"smime.p7s\"\n\
             Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"smime.p7s\"\n\n"
        )
        .as_bytes(),
    );
    out.extend_from_slice(&base64_lines(cms));
    out.extend_from_slice(format!("\n--{boundary}--\n\n").as_bytes());
    out
}

/// Fields and body of an application/pkcs7-mime message, from MIME-Version on. `kind` is the `smime-type` (RFC 8551
/// section 3.2.2): `signed-data` or `enveloped-data`.
pub fn alone(cms: &[u8], kind: &str, types: Types) -> Vec<u8> {
    let x = types.prefix();
    let mut out = format!(
        "MIME-Version: 1.0\nContent-Disposition: attachment; filename=\"smime.p7m\"\n\
         Content-Type: application/{x}pkcs7-mime; smime-type={kind}; name=\"smime.p7m\"\n\
         Content-Transfer-Encoding: base64\n\n"
    )
    .into_bytes();
    out.extend_from_slice(&base64_lines(cms));
    out.push(b'\n');
    out
}

/// Octets in base64, in lines of 64 characters.
fn base64_lines(octets: &[u8]) -> Vec<u8> {
    let text = STANDARD.encode(octets);
    let mut out = Vec::with_capacity(text.len() + text.len() / 64 + 1);
    for line in text.as_bytes().chunks(64) {
        out.extend_from_slice(line);
        out.push(b'\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_on_the_wire_and_nothing_else_changes() {
        for (given, canonical_form) in [
            (&b"a\nb\n"[..], &b"a\r\nb\r\n"[..]),
            (b"a\r\nb", b"a\r\nb"),
            (b"a\r\r\n\n", b"a\r\n\r\n"),
            (b"a\rb\n", b"a\rb\r\n"),
            (b"", b""),
        ] {
            assert_eq!(canonical(given), canonical_form, "{}", given.escape_ascii());
            assert_eq!(canonical(canonical_form), canonical_form);
        }
    }

    #[test]
    fn what_is_wrapped_is_unwrapped() {
        let content = b"Content-Type: text/plain\r\n\r\nText\r\n";
        let cms = [7; 100];
        for types in [Types::Usual, Types::Old] {
            let message = beside(content, &cms, "----X", types);
            let wanted = Wrapped::Beside { content: content.to_vec(), cms: cms.to_vec() };
            assert_eq!(unwrap(&message), Ok(wanted.clone()));
            assert_eq!(unwrap(&canonical(&message)), Ok(wanted));
            let message = alone(&cms, "enveloped-data", types);
            assert_eq!(unwrap(&message), Ok(Wrapped::Alone { cms: cms.to_vec() }));
        }
    }

    #[test]
    fn other_mail_is_told_by_what_it_is() {
        let other = |text: &str| unwrap(text.as_bytes()).unwrap_err();
        assert_eq!(other("Subject: x\n\nText\n"), EntityFault::NoType);
        assert_eq!(other("Content-Type: Text/Plain\n\nText\n"), EntityFault::OtherType("text/plain".into()));
        let half = "Content-Type: multipart/signed; boundary=x\n\n--x\n\nText\n--x--\n";
        assert_eq!(other(half), EntityFault::NoParts);
        let pgp = "Content-Type: multipart/signed; boundary=x\n\n--x\n\nText\n--x\n\
                   Content-Type: application/pgp-signature\n\nx\n--x--\n";
        assert_eq!(other(pgp), EntityFault::NoSignature("application/pgp-signature".into()));
        let broken = "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n!\n";
        assert_eq!(other(broken), EntityFault::NotBase64);
    }
}
