//! How Postfix writes values: lists, networks, yes and no, versions of TLS, `$name` for another setting.

use super::super::{HostSetup, Network};
use super::Settings;
use crate::event::TlsVersion;
use std::net::Ipv4Addr;
use std::ops::RangeInclusive;

/// How often `$name` is looked up in what `$name` stood for.
const DEPTH: usize = 8;

/// The value with `$name`, `${name}` and `$(name)` filled in (postconf(5)); what nobody knows is empty.
pub(super) fn expand(value: &str, settings: &Settings, setup: &HostSetup) -> String {
    let mut text = value.to_owned();
    for _ in 0..DEPTH {
        if !text.contains('$') {
            break;
        }
        text = once(&text, |name| named(name, settings, setup));
        if text.len() > super::LENGTH * 4 {
            break;
        }
    }
    text.replace('$', "")
}

fn named(name: &str, settings: &Settings, setup: &HostSetup) -> String {
    if let Some(value) = settings.get(name) {
        return value.clone();
    }
    let host = setup.smtp.as_ref().map_or(setup.name.as_str(), |s| s.config.name.as_str());
    match name {
        "myhostname" => host.to_owned(),
        "mydomain" | "myorigin" => host.split_once('.').map_or(host, |(_, domain)| domain).to_owned(),
        "mail_name" => "Postfix".to_owned(),
        _ => super::table::find(name).map_or_else(String::new, |known| (known.shown)(setup)),
    }
}

fn once(text: &str, named: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let closing = match after.chars().next() {
            Some('{') => Some('}'),
            Some('(') => Some(')'),
            _ => None,
        };
        let (name, beyond) = match closing.and_then(|c| after.get(1..).and_then(|inner| inner.split_once(c)))
        {
            Some(found) => found,
            None => {
                let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let end = after.find(|c| !word(c)).unwrap_or(after.len());
                after.split_at_checked(end).unwrap_or((after, ""))
            }
        };
        out.push_str(&named(name));
        rest = beyond;
    }
    out.push_str(rest);
    out
}

/// The words of a list: between commas and blanks.
pub(super) fn words(value: &str) -> Vec<String> {
    value.split([',', ' ', '\t', '\n']).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// `yes` or `no`.
pub(super) fn yes(value: &str) -> Option<bool> {
    match value.trim().to_ascii_lowercase().as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// `yes` or `no`, of whether.
pub(super) fn shown_yes(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// An address or a network in CIDR notation; IPv6 networks are taken and stand for nobody here.
pub(super) fn network(word: &str) -> Option<Option<Network>> {
    if word.contains(':') || word.starts_with('[') {
        return Some(None);
    }
    let (base, prefix) = word.split_once('/').unwrap_or((word, "32"));
    let base: Ipv4Addr = base.parse().ok()?;
    let prefix: u8 = prefix.parse().ok().filter(|p| *p <= 32)?;
    Some(Some(Network { base, prefix }))
}

/// Versions of TLS as `smtpd_tls_protocols` says them: `>=TLSv1.2`, `<=TLSv1.3`, `!TLSv1`, or the names of those that
/// are wanted. What is left must hang together, from an oldest to a newest one.
pub(super) fn protocols(value: &str) -> Option<RangeInclusive<TlsVersion>> {
    let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
    let (mut least, mut most) = (TlsVersion::Tls10, TlsVersion::Tls13);
    for word in value.split([',', ' ', '\t', ':']).filter(|w| !w.is_empty()) {
        if let Some(name) = word.strip_prefix(">=") {
            least = version(name)?.unwrap_or(TlsVersion::Tls10);
        } else if let Some(name) = word.strip_prefix("<=") {
            most = version(name)??;
        } else if let Some(name) = word.strip_prefix('!') {
            unwanted.extend(version(name)?);
        } else {
            wanted.extend(version(word)?);
        }
    }
    let good = |v: &TlsVersion| {
        (least..=most).contains(v) && !unwanted.contains(v) && (wanted.is_empty() || wanted.contains(v))
    };
    let left: Vec<TlsVersion> = TlsVersion::ALL.into_iter().filter(good).collect();
    let (oldest, newest) = (*left.first()?, *left.last()?);
    // OpenSSL turns off what is above a gap as well.
    let whole = TlsVersion::ALL.into_iter().filter(|v| (oldest..=newest).contains(v)).count() == left.len();
    whole.then_some(oldest..=newest)
}

/// A version by its name; the inner `None` are those older than TLS, which nobody speaks here.
fn version(name: &str) -> Option<Option<TlsVersion>> {
    if ["SSLv2", "SSLv3"].iter().any(|old| old.eq_ignore_ascii_case(name)) {
        return Some(None);
    }
    TlsVersion::ALL.into_iter().find(|v| v.name().eq_ignore_ascii_case(name)).map(Some)
}

/// The versions as Postfix has them since 3.6.
pub(super) fn shown_protocols(versions: &RangeInclusive<TlsVersion>) -> String {
    match *versions.end() {
        TlsVersion::Tls13 => format!(">={}", versions.start().name()),
        newest => format!(">={}, <={}", versions.start().name(), newest.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_as_postfix_writes_them() {
        use TlsVersion as V;
        for (value, expected) in [
            (">=TLSv1.2", Some(V::Tls12..=V::Tls13)),
            (">=TLSv1", Some(V::Tls10..=V::Tls13)),
            (">=TLSv1.1, <=TLSv1.2", Some(V::Tls11..=V::Tls12)),
            ("!SSLv2, !SSLv3, !TLSv1, !TLSv1.1", Some(V::Tls12..=V::Tls13)),
            ("TLSv1.3", Some(V::Tls13..=V::Tls13)),
            ("TLSv1.1 TLSv1", Some(V::Tls10..=V::Tls11)),
            ("!TLSv1.2", None),
            (">=TLSv1.4", None),
            ("!TLSv1, !TLSv1.1, !TLSv1.2, !TLSv1.3", None),
            ("", Some(V::Tls10..=V::Tls13)),
        ] {
            assert_eq!(protocols(value), expected, "{value}");
        }
        assert_eq!(shown_protocols(&(V::Tls12..=V::Tls13)), ">=TLSv1.2");
        assert_eq!(shown_protocols(&(V::Tls10..=V::Tls11)), ">=TLSv1, <=TLSv1.1");
    }

    #[test]
    fn networks() {
        assert!(network("192.0.2.0/24").flatten().is_some() && network("[::1]/128") == Some(None));
        assert!(network("192.0.2").is_none() && network("192.0.2.0/33").is_none());
    }

    #[test]
    fn names_are_filled_in() {
        let named = |name: &str| if name == "a" { "1".to_owned() } else { String::new() };
        assert_eq!(once("x $a ${a}y $(a)$b.$", named), "x 1 1y 1.");
    }
}
