//! DMARC: one line for each case. A zone, the domain in From, what SPF and DKIM said, and what comes of it.

use helo::mail::dkim::{DkimCheck, DkimResult};
use helo::mail::dmarc::{self, DmarcFault};
use helo::mail::lookup::{Answer, Found, LookupFailure, LookupType};
use helo::mail::spf::{SpfCheck, SpfIdentity, SpfResult};

const ZONE: &str = "
_dmarc.bank.test TXT v=DMARC1; p=reject
_dmarc.strict.test TXT v=DMARC1; p=reject; sp=none; adkim=s; aspf=s
_dmarc.shop.test TXT v=DMARC1; p=none; sp=quarantine; np=reject
www.shop.test A 192.0.2.1
_dmarc.trying.test TXT v=DMARC1; p=reject; t=y
_dmarc.mild.test TXT v=DMARC1; p=quarantine; t=y
_dmarc.old.test TXT v=DMARC1; p=reject; pct=0
_dmarc.reports.test TXT v=DMARC1; rua=mailto:a@reports.test
_dmarc.nothing.test TXT v=DMARC1; p=never
_dmarc.two.test TXT v=DMARC1; p=reject
_dmarc.two.test TXT v=DMARC1; p=none
_dmarc.suffix.test TXT v=DMARC1; p=reject; psd=y
_dmarc.own.bank.test TXT v=DMARC1; p=quarantine; psd=n
_dmarc.other.bank.test TXT v=DMARC1; p=none
_dmarc.silent.test TXT ?
";

fn look_up(name: &str, rtype: LookupType) -> Answer {
    let mut found = Vec::new();
    let mut there = false;
    for line in ZONE.lines().filter(|line| !line.is_empty()) {
        let mut words = line.splitn(3, ' ');
        let (owner, of, value) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        there |= owner == name;
        match (owner == name && of == rtype.mnemonic(), value) {
            (true, "?") => return Err(LookupFailure::Trouble),
            (true, value) => found.push(Found::Text(value.to_owned())),
            _ => {}
        }
    }
    if there { Ok(found) } else { Err(LookupFailure::NoSuchName) }
}

fn spf(domain: &str, result: SpfResult) -> SpfCheck {
    SpfCheck {
        client: [192, 0, 2, 1].into(),
        helo: "x".to_owned(),
        identity: SpfIdentity::MailFrom,
        sender: format!("a@{domain}"),
        domain: domain.to_owned(),
        result,
        term: None,
        explanation: None,
        fault: None,
        steps: Vec::new(),
    }
}

fn dkim(domain: &str, result: DkimResult) -> DkimCheck {
    DkimCheck {
        domain: domain.to_owned(),
        selector: "s".to_owned(),
        algorithm: String::new(),
        identity: None,
        result,
        fault: None,
        testing: false,
        beginning: String::new(),
        steps: Vec::new(),
    }
}

#[test]
fn what_becomes_of_a_mail() {
    // author, SPF's domain (`!` before it: fail), DKIM's (likewise), result and disposition
    for row in [
        "bank.test         -              -               fail reject",
        "bank.test         bank.test      -               pass none",
        "BANK.test         Bank.Test      -               pass none",
        "bank.test         !bank.test     -               fail reject",
        "bank.test         other.test     -               fail reject",
        "bank.test         out.bank.test  -               pass none",
        "bank.test         -              news.bank.test  pass none",
        "bank.test         -              !bank.test      fail reject",
        "bank.test         !bank.test     bank.test       pass none",
        "bank.test         xbank.test     notbank.test    fail reject",
        "a.bank.test       bank.test      -               pass none",
        "a.b.c.bank.test   -              -               fail reject",
        // An organization of its own below another; and one that only publishes a record there.
        "own.bank.test     bank.test      -               fail quarantine",
        "bank.test         own.bank.test  -               fail reject",
        "other.bank.test   bank.test      -               pass none",
        "other.bank.test   -              -               fail none",
        // Strict: the very name.
        "strict.test       a.strict.test  a.strict.test   fail reject",
        "strict.test       strict.test    -               pass none",
        "a.strict.test     strict.test    -               fail none",
        // Below: sp for what exists, np for what does not.
        "shop.test         -              -               fail none",
        "www.shop.test     -              -               fail quarantine",
        "no.shop.test      -              -               fail reject",
        // Only trying; pct, which RFC 9989 has dropped; no policy, with and without reports.
        "trying.test       -              -               fail quarantine",
        "mild.test         -              -               fail none",
        "old.test          -              -               fail reject",
        "reports.test      -              -               fail none",
        "nothing.test      -              -               none none",
        "two.test          -              -               none none",
        "unknown.test      unknown.test   -               none none",
        // Below a public suffix everybody is an organization of their own, and the suffix's record holds.
        "a.suffix.test     b.suffix.test  -               fail reject",
        "x.a.suffix.test   a.suffix.test  -               pass none",
        "silent.test       silent.test    -               temperror none",
        // Eight questions at most, and the record is still found.
        "a.b.c.d.e.f.g.h.i.j.bank.test bank.test -        pass none",
    ] {
        let words: Vec<&str> = row.split_whitespace().collect();
        let [author, by_spf, by_dkim, result, disposition] = words[..] else { panic!("{row}") };
        let spf = (by_spf != "-").then(|| match by_spf.strip_prefix('!') {
            Some(domain) => spf(domain, SpfResult::Fail),
            None => spf(by_spf, SpfResult::Pass),
        });
        let dkim: Vec<DkimCheck> = (by_dkim != "-")
            .then(|| match by_dkim.strip_prefix('!') {
                Some(domain) => dkim(domain, DkimResult::Fail),
                None => dkim(by_dkim, DkimResult::Pass),
            })
            .into_iter()
            .collect();
        let message = format!("From: Anna <anna@{author}>\r\n\r\nx\r\n");
        let mut asked = 0;
        let check =
            dmarc::evaluate(message.as_bytes(), spf.as_ref(), &dkim, &mut |name: &str, rtype: LookupType| {
                asked += 1;
                look_up(name, rtype)
            });
        let found = (check.result.name(), check.disposition.name());
        assert_eq!(found, (result, disposition), "{row}: {check:#?}");
        assert!(asked <= 3 * dmarc::WALK + 1, "{row}: {asked} questions");
    }
}

#[test]
fn who_the_author_is() {
    use DmarcFault as F;
    for (header, expected) in [
        ("From: a@b.test\r\n", Ok("b.test")),
        ("From: \"x@evil.test\" <a@B.Test>\r\n", Ok("b.test")),
        ("From: a@b.test, c@b.TEST\r\n", Ok("b.test")),
        ("From: =?utf-8?q?a=40evil.test?= <a@b.test>\r\n", Ok("b.test")),
        ("From: a@b.test, c@d.test\r\n", Err(F::SeveralAuthors)),
        ("From: a@b.test\r\nFrom: a@b.test\r\n", Err(F::SeveralAuthors)),
        ("To: a@b.test\r\n", Err(F::NoAuthor)),
        ("From: \r\n", Err(F::NoAuthor)),
        ("From: a@[192.0.2.1]\r\n", Err(F::BadDomain)),
    ] {
        let found = dmarc::author(format!("{header}\r\nx\r\n").as_bytes());
        assert_eq!(found.as_deref().map_err(|fault| *fault), expected, "{header}");
    }
}
