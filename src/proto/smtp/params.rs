//! The parameters of MAIL and RCPT (RFC 5321 section 4.1.1.11): SIZE (RFC 1870), BODY (RFC 6152, RFC 3030), SMTPUTF8
//! (RFC 6531), RET, ENVID, NOTIFY and ORCPT (RFC 3461), AUTH (RFC 4954).

use super::command::{Fault, Rules, is_space};
use crate::event::{MailParams, Notify, OriginalRecipient, RcptParams, Ret, SmtpReason, SmtpVerb, Tolerance};
use crate::mail::xtext;
use crate::units::Span;

/// The longest ENVID and ORCPT (RFC 3461 sections 4.2 and 4.4).
const ENVID_OCTETS: usize = 100;
const ORCPT_OCTETS: usize = 500;

/// What was given.
#[derive(Debug, Default)]
pub(super) struct Params {
    /// With MAIL.
    pub(super) mail: MailParams,
    /// With RCPT.
    pub(super) rcpt: RcptParams,
}

/// The words at `after` in `text`.
fn words(text: &[u8], after: Span) -> impl Iterator<Item = Span> {
    let octets = text.get(after.start..after.end).unwrap_or_default();
    let mut at = after.start;
    octets.split(|&b| is_space(b)).filter_map(move |word| {
        let span = Span::new(at, at + word.len());
        at = span.end + 1;
        (!word.is_empty()).then_some(span)
    })
}

/// Is `SMTPUTF8` among the words at `after`?
pub(super) fn ask_for_utf8(text: &[u8], after: Span) -> bool {
    let named = |word: Span| text.get(word.start..word.end).unwrap_or_default();
    words(text, after).any(|word| named(word).eq_ignore_ascii_case(b"SMTPUTF8"))
}

/// Reads the parameters that stand at `after` in `text`.
pub(super) fn read(
    text: &[u8],
    after: Span,
    verb: SmtpVerb,
    rules: Rules,
    tolerated: &mut Vec<Tolerance>,
) -> Result<Params, Fault> {
    let mut params = Params::default();
    for word in words(text, after) {
        let typed = String::from_utf8_lossy(text.get(word.start..word.end).unwrap_or_default()).into_owned();
        let (name, value) = typed.split_once('=').map_or((typed.as_str(), None), |(n, v)| (n, Some(v)));
        let read = match verb {
            SmtpVerb::Mail => of_mail(name, value, rules, &mut params.mail),
            _ => of_rcpt(name, value, rules, &mut params.rcpt),
        };
        if let Err(reason) = read {
            if !rules.manners.text_after_address || rules.strict {
                return Err(Fault::at(reason, word));
            }
            if !tolerated.contains(&Tolerance::TextAfterAddress) {
                tolerated.push(Tolerance::TextAfterAddress);
            }
        }
    }
    Ok(params)
}

/// Is the parameter known here, and may it come?
fn may_come(typed: &str, name: &str, offered: bool, rules: Rules) -> Result<(), SmtpReason> {
    if !offered {
        return Err(SmtpReason::UnknownParameter { name: typed.to_owned() });
    }
    if rules.strict && !rules.esmtp {
        return Err(SmtpReason::ParameterWithoutEhlo { name: name.to_owned() });
    }
    Ok(())
}

/// Servers that look for `NAME=` do not know a NAME that stands alone.
fn shaped(typed: &str, fits: bool, rules: Rules) -> Result<(), SmtpReason> {
    if fits || !rules.manners.shape_makes_parameter || rules.strict {
        return Ok(());
    }
    Err(SmtpReason::UnknownParameter { name: typed.to_owned() })
}

fn of_mail(
    typed: &str,
    value: Option<&str>,
    rules: Rules,
    params: &mut MailParams,
) -> Result<(), SmtpReason> {
    let name = typed.to_ascii_uppercase();
    let offers = rules.offers;
    let offered = match name.as_str() {
        "SIZE" => offers.size,
        "BODY" => offers.body,
        "SMTPUTF8" => offers.utf8,
        "RET" | "ENVID" => offers.dsn,
        "AUTH" => offers.auth,
        _ => false,
    };
    may_come(typed, &name, offered, rules)?;
    shaped(typed, value.is_some() != (name == "SMTPUTF8"), rules)?;
    let bad = || SmtpReason::BadParameter { name: name.clone() };
    match (name.as_str(), value) {
        ("SIZE", value) => size(typed, value, rules, params),
        ("BODY", Some(body)) if body.eq_ignore_ascii_case("8BITMIME") => {
            params.eight_bit = true;
            Ok(())
        }
        ("BODY", Some(body)) if body.eq_ignore_ascii_case("BINARYMIME") && offers.binary => {
            params.binary = true;
            Ok(())
        }
        ("BODY", Some(body)) if body.eq_ignore_ascii_case("7BIT") => Ok(()),
        ("SMTPUTF8", None) => {
            params.smtputf8 = true;
            Ok(())
        }
        ("RET", Some(ret)) if params.ret.is_none() => {
            let known = [Ret::Full, Ret::Headers].into_iter();
            params.ret = known.into_iter().find(|r| r.name().eq_ignore_ascii_case(ret));
            params.ret.map(|_| ()).ok_or_else(bad)
        }
        ("ENVID", Some(envid)) if params.envid.is_none() => {
            let fits = !envid.is_empty() && envid.len() <= ENVID_OCTETS;
            params.envid = xtext::decode(envid).filter(|_| fits);
            params.envid.as_ref().map(|_| ()).ok_or_else(bad)
        }
        ("AUTH", Some(auth)) if params.auth.is_none() => {
            params.auth = xtext::decode(auth).filter(|a| !a.is_empty());
            params.auth.as_ref().map(|_| ()).ok_or_else(bad)
        }
        _ => Err(bad()),
    }
}

/// `SIZE=` and digits; some servers read as far as there are any.
fn size(typed: &str, value: Option<&str>, rules: Rules, params: &mut MailParams) -> Result<(), SmtpReason> {
    let loose = rules.manners.loose_size && !rules.strict;
    match value {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            params.size = Some(digits.parse().unwrap_or(u64::MAX));
            Ok(())
        }
        None if !loose => Err(SmtpReason::UnknownParameter { name: typed.to_owned() }),
        Some(text) if loose => {
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            params.size = digits.parse().ok();
            Ok(())
        }
        _ => Err(SmtpReason::BadParameter { name: "SIZE".to_owned() }),
    }
}

fn of_rcpt(
    typed: &str,
    value: Option<&str>,
    rules: Rules,
    params: &mut RcptParams,
) -> Result<(), SmtpReason> {
    let name = typed.to_ascii_uppercase();
    let offered = matches!(name.as_str(), "NOTIFY" | "ORCPT") && rules.offers.dsn;
    may_come(typed, &name, offered, rules)?;
    shaped(typed, value.is_some(), rules)?;
    let bad = || SmtpReason::BadParameter { name: name.clone() };
    match (name.as_str(), value) {
        ("NOTIFY", Some(list)) if params.notify.is_empty() => {
            params.notify = notify(list).ok_or_else(bad)?;
            Ok(())
        }
        ("ORCPT", Some(address)) if params.orcpt.is_none() => {
            params.orcpt = Some(orcpt(address).ok_or_else(bad)?);
            Ok(())
        }
        _ => Err(bad()),
    }
}

/// `NEVER` alone, or others with commas (RFC 3461 section 4.1).
fn notify(list: &str) -> Option<Vec<Notify>> {
    let known = |word: &str| Notify::ALL.into_iter().find(|n| n.name().eq_ignore_ascii_case(word));
    let mut asked: Vec<Notify> = Vec::new();
    for word in list.split(',') {
        let one = known(word).filter(|n| !asked.contains(n))?;
        asked.push(one);
    }
    (!asked.contains(&Notify::Never) || asked.len() == 1).then_some(asked)
}

/// `rfc822;` or another kind of address, and the address in xtext (RFC 3461 section 4.2); of the kind `utf-8` in a form
/// of its own (RFC 6533 section 3).
fn orcpt(value: &str) -> Option<OriginalRecipient> {
    let (kind, address) = value.split_once(';').filter(|_| value.len() <= ORCPT_OCTETS)?;
    let atom = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let decode = if kind.eq_ignore_ascii_case(xtext::UTF8_KIND) { xtext::decode_utf8 } else { xtext::decode };
    let address = decode(address).filter(|a| atom && !a.is_empty())?;
    Some(OriginalRecipient { kind: kind.to_owned(), address })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_asked_for() {
        for (list, is) in [
            ("NEVER", Some("NEVER")),
            ("success,FAILURE", Some("SUCCESS FAILURE")),
            ("DELAY", Some("DELAY")),
            ("NEVER,DELAY", None),
            ("SUCCESS,SUCCESS", None),
            ("SUCCESS,", None),
            ("", None),
            ("ALWAYS", None),
        ] {
            let read = notify(list).map(|asked| asked.iter().map(|n| n.name()).collect::<Vec<_>>().join(" "));
            assert_eq!(read.as_deref(), is, "{list}");
        }
    }

    #[test]
    fn original_recipients() {
        for (value, address) in [
            ("rfc822;Dana@Ivory.EDU", Some("Dana@Ivory.EDU")),
            ("rfc822;a+2Bb@example.org", Some("a+b@example.org")),
            ("rfc822;", None),
            (";a@example.org", None),
            ("a@example.org", None),
            ("rfc 822;a@example.org", None),
            ("rfc822;a=b@example.org", None),
            ("rfc822;jörg@example.org", None),
            ("utf-8;jörg@example.org", Some("jörg@example.org")),
            (r"UTF-8;j\x{F6}rg@example.org", Some("jörg@example.org")),
            (r"utf-8;j\x{F6rg@example.org", None),
            ("utf-8;", None),
        ] {
            assert_eq!(orcpt(value).map(|o| o.address).as_deref(), address, "{value}");
        }
        assert!(orcpt(&format!("rfc822;{}", "a".repeat(600))).is_none());
    }
}
