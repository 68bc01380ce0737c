//! Entries for what hosts read to find out where mail comes from. Input is a small zone, a NUL, and what is checked; a line
//! of the zone is a name, a type and a value.

use helo::mail::lookup::{Answer, Found, LookupFailure, LookupType};
use helo::mail::results::{Results, without_forged};
use helo::mail::spf::{SpfIdentity, SpfQuery};
use helo::mail::{Message, dkim, dmarc, smime};
use helo::units::Time;

/// What the zone says; `?` for a value is no answer. Everything a check asks is counted.
struct Zone {
    records: Vec<(String, LookupType, String)>,
    asked: usize,
}

impl Zone {
    fn read(text: &str) -> Zone {
        let record = |line: &str| {
            let mut words = line.splitn(3, ' ');
            let (name, rtype) = (words.next()?.to_ascii_lowercase(), words.next()?);
            let types = [LookupType::A, LookupType::Aaaa, LookupType::Mx, LookupType::Txt, LookupType::Ptr];
            let rtype = types.into_iter().find(|t| t.mnemonic() == rtype)?;
            Some((name, rtype, words.next()?.to_owned()))
        };
        Zone { records: text.lines().filter_map(record).collect(), asked: 0 }
    }

    fn look_up(&mut self, name: &str, rtype: LookupType) -> Answer {
        self.asked += 1;
        assert!(!name.is_empty() && name.len() <= 254, "{name:?} is no name to ask for");
        let name = name.to_ascii_lowercase();
        let mut found = Vec::new();
        let mut there = false;
        for (owner, of, value) in &self.records {
            there |= *owner == name;
            if *owner != name || *of != rtype {
                continue;
            }
            found.extend(match rtype {
                _ if value == "?" => return Err(LookupFailure::Trouble),
                LookupType::A | LookupType::Aaaa => value.parse().ok().map(Found::Ip),
                LookupType::Mx => Some(Found::Exchange(10, value.clone())),
                LookupType::Txt => Some(Found::Text(value.clone())),
                LookupType::Ptr => Some(Found::Name(value.clone())),
            });
        }
        if there { Ok(found) } else { Err(LookupFailure::NoSuchName) }
    }
}

/// Zone and the rest.
fn parts(data: &[u8]) -> (Zone, &[u8]) {
    let cut = data.iter().position(|b| *b == 0).unwrap_or(data.len());
    let (zone, rest) = data.split_at(cut);
    (Zone::read(&String::from_utf8_lossy(zone)), rest.get(1..).unwrap_or_default())
}

/// What is recorded can be read again.
fn told<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(check: &T) {
    let json = serde_json::to_string(check).expect("JSON");
    assert_eq!(&serde_json::from_str::<T>(&json).expect("the same"), check);
}

/// SPF: client, HELO and sender in a line each.
pub(super) fn spf(data: &[u8]) {
    let (mut zone, rest) = parts(data);
    let text = String::from_utf8_lossy(rest);
    let mut lines = text.lines();
    let mut line = || lines.next().unwrap_or_default().to_owned();
    let (client, helo, sender) = (line(), line(), line());
    let (local, domain) = sender.rsplit_once('@').unwrap_or(("", &sender));
    let query = SpfQuery {
        client: client.parse().unwrap_or([192, 0, 2, 1].into()),
        helo,
        identity: SpfIdentity::MailFrom,
        local: local.to_owned(),
        domain: domain.to_owned(),
        receiver: "mx.example.tld".to_owned(),
        seconds: 0,
    };
    let check = query.check(&mut |name: &str, rtype: LookupType| zone.look_up(name, rtype));
    // Ten terms with ten names each, their records, the client's names once, and the explanation.
    assert!(zone.asked <= 10 * 12 + 11 + 3, "{} look-ups", zone.asked);
    assert!(check.steps.len() <= 400);
    let header = check.received_spf("mx.example.tld");
    assert!(
        header.ends_with("\r\n") && header.matches("\r\n").count() == header.matches("\r\n\t").count() + 1
    );
    told(&check);
}

/// DKIM: a message.
pub(super) fn dkim_message(data: &[u8]) {
    let (mut zone, message) = parts(data);
    let checks =
        dkim::verify(message, 1_528_637_909, &mut |name: &str, rtype: LookupType| zone.look_up(name, rtype));
    assert!(checks.len() <= dkim::SIGNATURES + 1 && zone.asked <= dkim::SIGNATURES);
    for check in &checks {
        assert_eq!(check.fault.is_none(), check.result == dkim::DkimResult::Pass);
    }
    told(&checks);
}

/// DMARC: a message, whose signatures are taken as they are found.
pub(super) fn dmarc_message(data: &[u8]) {
    let (mut zone, message) = parts(data);
    let mut resolver = |name: &str, rtype: LookupType| zone.look_up(name, rtype);
    let mut checks = dkim::verify(message, 0, &mut resolver);
    // As if the first were good: then its domain is compared.
    if let Some(first) = checks.first_mut() {
        first.result = dkim::DkimResult::Pass;
    }
    let check = dmarc::evaluate(message, None, &checks, &mut resolver);
    told(&check);
    let results = Results { spf: None, dkim: Some(&checks), dmarc: Some(&check) };
    let field = results.field("mx.example.tld");
    assert_eq!(field.matches("\r\n").count(), field.matches("\r\n\t").count() + 1, "{field}");
}

/// Authentication-Results that claim to be one's own: none is left, and nothing else is gone.
pub(super) fn results(data: &[u8]) {
    let message = Message::new(data);
    let (clean, count) = without_forged(&message, "mx.example.tld");
    assert_eq!(count == 0, clean.octets == message.octets);
    assert!(clean.octets.len() <= message.octets.len());
}

/// A signed or encrypted message, or CMS alone: somebody looks at it and tries to open it.
pub(crate) fn smime(data: &[u8]) {
    let judged = smime::judge(data, smime::Trust { roots: &[], now: Time(1_795_703_400_000_000) });
    if let smime::Protection::Signed(checks) = &judged {
        assert!(checks.len() <= smime::SIGNERS);
        checks.iter().for_each(told);
    }
    let cms = match smime::unwrap(data) {
        Ok(smime::Wrapped::Beside { cms, .. } | smime::Wrapped::Alone { cms }) => cms,
        Err(_) => data.to_vec(),
    };
    let _ = smime::SignedData::read(&cms).map(|signed| signed.check(None, &[]));
    let key = smime::PrivateKey::from_pem(include_str!("../tests/smime/bob.key")).expect("a key");
    let _ = smime::EnvelopedData::read(&cms).map(|enveloped| enveloped.open(&key, None));
    let canonical = smime::canonical(data);
    assert_eq!(smime::canonical(&canonical), canonical);
}
