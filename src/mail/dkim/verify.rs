//! Checking the signatures of a message (RFC 6376 section 6).

use super::canonical::{chosen, header, octets, without_signature};
use super::key::KeyRecord;
use super::signature::{Claim, Signature};
use super::tags::Tags;
use super::{DkimCheck, DkimFault, DkimResult, DkimStep};
use crate::mail::lookup::{Found, Lookup, LookupFailure, LookupType, Resolver, kept};
use crate::mail::{Field, Fields};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How many signatures of one message are checked; of those after them it is said that they were not.
pub const SIGNATURES: usize = 10;
/// How many key records of one name are tried (RFC 6376 section 3.6.2.2 leaves more than one undefined).
const KEY_RECORDS: usize = 4;
/// How many octets of the signed header a step keeps.
const HEADER_SHOWN: usize = 4096;

/// Checks each signature, the topmost first; nothing where there is none. `now` are seconds since 1970.
pub fn verify(message: &[u8], now: i64, resolver: &mut dyn Resolver) -> Vec<DkimCheck> {
    let fields = Fields::parse(message);
    let signatures = fields.iter().enumerate().filter(|(_, f)| f.name.eq_ignore_ascii_case("DKIM-Signature"));
    let mut checks = Vec::new();
    for (place, field) in signatures {
        if checks.len() == SIGNATURES {
            checks.push(failed(Claim::default(), DkimFault::TooMany, Vec::new()));
            break;
        }
        checks.push(one(message, &fields, place, field, now, resolver));
    }
    checks
}

fn failed(claim: Claim, fault: DkimFault, steps: Vec<DkimStep>) -> DkimCheck {
    let result = fault.result();
    DkimCheck {
        domain: claim.domain,
        selector: claim.selector,
        algorithm: claim.algorithm,
        identity: claim.identity,
        result,
        fault: Some(fault),
        testing: false,
        beginning: String::new(),
        steps,
    }
}

fn one(
    message: &[u8],
    fields: &Fields,
    place: usize,
    field: &Field,
    now: i64,
    resolver: &mut dyn Resolver,
) -> DkimCheck {
    let Some(tags) = Tags::parse(&field.value) else {
        return failed(Claim::default(), DkimFault::Unreadable, Vec::new());
    };
    let beginning: String = tags.packed("b").unwrap_or_default().chars().take(8).collect();
    let mut work = Work { message, fields, place, field, steps: Vec::new(), testing: false };
    let fault = work.check(&tags, now, resolver).err();
    let mut check = failed(Claim::of(&tags), DkimFault::Unreadable, work.steps);
    check.result = fault.as_ref().map_or(DkimResult::Pass, DkimFault::result);
    (check.fault, check.testing, check.beginning) = (fault, work.testing, beginning);
    check
}

/// One signature under way.
struct Work<'a> {
    message: &'a [u8],
    fields: &'a Fields,
    /// The signature's field, and which of all it is.
    place: usize,
    field: &'a Field,
    steps: Vec<DkimStep>,
    testing: bool,
}

impl Work<'_> {
    fn check(&mut self, tags: &Tags, now: i64, resolver: &mut dyn Resolver) -> Result<(), DkimFault> {
        let signature = Signature::read(tags, now)?;
        self.steps.push(DkimStep::Read {
            form: format!("{}/{}", signature.header_form.name(), signature.body_form.name()),
            fields: signature.fields.iter().map(|name| kept(name)).collect(),
            identity: kept(&signature.identity),
            signed: signature.signed,
            expires: signature.expires,
        });
        let key = self.key(&signature, resolver)?;
        self.testing = key.testing;
        self.body(&signature)?;
        self.header(&signature, &key)
    }

    /// Looks the key up (RFC 6376 section 6.1.2). Of several records the first that can be used counts.
    fn key(&mut self, signature: &Signature, resolver: &mut dyn Resolver) -> Result<KeyRecord, DkimFault> {
        let name = format!("{}._domainkey.{}", signature.selector, signature.domain);
        let answer = resolver.look_up(&name, LookupType::Txt);
        self.steps.push(DkimStep::LookedUp(Lookup::new(&name, LookupType::Txt, &answer)));
        let found = match answer {
            Ok(found) => found,
            Err(LookupFailure::NoSuchName) => Vec::new(),
            Err(LookupFailure::Trouble) => return Err(DkimFault::DnsTrouble),
        };
        let mut fault = DkimFault::NoKey;
        for found in found.iter().take(KEY_RECORDS) {
            let Found::Text(text) = found else { continue };
            match KeyRecord::read(text).and_then(|key| key.allows(signature).map(|()| key)) {
                Ok(key) => {
                    self.steps.push(DkimStep::Key { bits: key.bits });
                    return Ok(key);
                }
                Err(why) if fault == DkimFault::NoKey => fault = why,
                Err(_) => {}
            }
        }
        Err(fault)
    }

    fn body(&mut self, signature: &Signature) -> Result<(), DkimFault> {
        let span = self.fields.split.body;
        let body = signature.body_form.body(self.message.get(span.start..span.end).unwrap_or_default());
        let length = usize::try_from(signature.length.unwrap_or(body.len() as u64)).unwrap_or(usize::MAX);
        let Some((hashed, beyond)) = body.split_at_checked(length) else {
            return Err(DkimFault::BodyTooShort);
        };
        let hash = digest(&SHA256, hashed);
        self.steps.push(DkimStep::Body {
            octets: hashed.len() as u64,
            beyond: beyond.len() as u64,
            computed: STANDARD.encode(hash.as_ref()),
            claimed: kept(&STANDARD.encode(&signature.body_hash)),
        });
        if hash.as_ref() == signature.body_hash { Ok(()) } else { Err(DkimFault::BodyChanged) }
    }

    fn header(&mut self, signature: &Signature, key: &KeyRecord) -> Result<(), DkimFault> {
        let chosen = chosen(self.fields, &signature.fields, Some(self.place));
        let absent = signature.fields.iter().zip(&chosen).filter(|(_, field)| field.is_none());
        let absent = absent.map(|(name, _)| kept(name)).collect();
        let own = without_signature(octets(self.message, self.field));
        let text = header(signature.header_form, self.message, &chosen, &own, &self.field.name);
        let good = key.verifies(&text, &signature.signature);
        let shown = text.get(..text.len().min(HEADER_SHOWN)).unwrap_or_default();
        self.steps.push(DkimStep::Header {
            absent,
            text: String::from_utf8_lossy(shown).into_owned(),
            hash: STANDARD.encode(digest(&SHA256, &text).as_ref()),
            good,
        });
        if good { Ok(()) } else { Err(DkimFault::SignatureWrong) }
    }
}
