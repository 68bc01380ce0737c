//! The DKIM-Signature field (RFC 6376 section 3.5).

use super::canonical::Canonicalization;
use super::tags::Tags;
use super::{DkimAlgorithm, DkimFault};
use crate::mail::lookup::{folded, is_below, is_name};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Most names in `h=`.
const SIGNED_FIELDS: usize = 512;

/// A signature as it stands in its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) algorithm: DkimAlgorithm,
    pub(super) signature: Vec<u8>,
    pub(super) body_hash: Vec<u8>,
    pub(super) header_form: Canonicalization,
    pub(super) body_form: Canonicalization,
    /// Folded.
    pub(super) domain: String,
    pub(super) fields: Vec<String>,
    pub(super) identity: String,
    pub(super) length: Option<u64>,
    pub(super) selector: String,
    pub(super) signed: Option<i64>,
    pub(super) expires: Option<i64>,
}

/// What can be said of a signature even where it is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Claim {
    pub(super) domain: String,
    pub(super) selector: String,
    pub(super) algorithm: String,
    pub(super) identity: Option<String>,
}

impl Claim {
    pub(super) fn of(tags: &Tags) -> Claim {
        let text = |name| crate::mail::lookup::kept(tags.get(name).unwrap_or_default());
        Claim {
            domain: folded(&text("d")),
            selector: text("s"),
            algorithm: text("a").to_ascii_lowercase(),
            identity: tags.get("i").map(|_| text("i")),
        }
    }
}

impl Signature {
    /// Reads the tags, with what RFC 6376 section 6.1.1 has checked of them. `now` are seconds since 1970.
    pub(super) fn read(tags: &Tags, now: i64) -> Result<Signature, DkimFault> {
        let missing = |tag: &str| DkimFault::MissingTag { tag: tag.to_owned() };
        let bad = |tag: &str| DkimFault::BadTag { tag: tag.to_owned() };
        let need = |tag: &'static str| tags.get(tag).ok_or_else(|| missing(tag));
        if need("v")? != "1" {
            return Err(DkimFault::UnknownVersion);
        }
        for tag in ["a", "b", "bh", "d", "h", "s"] {
            need(tag)?;
        }
        let algorithm = DkimAlgorithm::parse(need("a")?)?;
        let base64 = |tag: &str| {
            let value = tags.packed(tag).filter(|v| !v.is_empty());
            value.and_then(|v| STANDARD.decode(v).ok()).ok_or_else(|| bad(tag))
        };
        let (header, body) = forms(tags.get("c").unwrap_or("simple")).ok_or_else(|| bad("c"))?;
        let domain = folded(need("d")?);
        let selector = folded(need("s")?);
        if !is_name(&domain) {
            return Err(bad("d"));
        }
        if !is_name(&format!("{selector}._domainkey.{domain}")) {
            return Err(bad("s"));
        }
        let fields = tags.list("h").unwrap_or_default();
        if fields.len() > SIGNED_FIELDS || fields.iter().any(String::is_empty) {
            return Err(bad("h"));
        }
        if !fields.iter().any(|name| name.eq_ignore_ascii_case("From")) {
            return Err(DkimFault::FromNotSigned);
        }
        let identity = tags.get("i").map_or_else(|| format!("@{domain}"), str::to_owned);
        let at = identity.rsplit_once('@').map(|(_, domain)| folded(domain)).ok_or_else(|| bad("i"))?;
        if !is_below(&at, &domain) {
            return Err(DkimFault::IdentityOutside);
        }
        let time = |n: Option<u64>| n.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        let length = number(tags, "l", 76)?;
        let (signed, expires) = (time(number(tags, "t", 12)?), time(number(tags, "x", 12)?));
        if let Some(ways) = tags.list("q")
            && !ways.iter().any(|way| way.eq_ignore_ascii_case("dns/txt"))
        {
            return Err(DkimFault::UnknownQuery);
        }
        if signed.zip(expires).is_some_and(|(signed, expires)| expires <= signed) {
            return Err(bad("x"));
        }
        if expires.is_some_and(|expires| expires < now) {
            return Err(DkimFault::Expired { at: expires.unwrap_or_default() });
        }
        Ok(Signature {
            algorithm,
            signature: base64("b")?,
            body_hash: base64("bh")?,
            header_form: header,
            body_form: body,
            domain,
            fields,
            identity,
            length,
            selector,
            signed,
            expires,
        })
    }
}

/// A number of at most so many digits, which may be more than fits.
fn number(tags: &Tags, tag: &str, digits: usize) -> Result<Option<u64>, DkimFault> {
    let Some(text) = tags.get(tag) else { return Ok(None) };
    if text.is_empty() || text.len() > digits || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DkimFault::BadTag { tag: tag.to_owned() });
    }
    Ok(Some(text.parse().unwrap_or(u64::MAX)))
}

/// `c=`: the header's form, then the body's, which is simple where it is not named.
fn forms(text: &str) -> Option<(Canonicalization, Canonicalization)> {
    let text = text.to_ascii_lowercase();
    let (header, body) = text.split_once('/').unwrap_or((&text, "simple"));
    Some((Canonicalization::parse(header.trim())?, Canonicalization::parse(body.trim())?))
}
