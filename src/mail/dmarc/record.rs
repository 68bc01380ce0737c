//! The record in which a domain says what is to become of mail that only claims to be from it (RFC 9989 section 4.7,
//! RFC 7489 section 6.3).

use crate::mail::dkim::tags::Tags;
use crate::mail::lookup::kept;
use serde::{Deserialize, Serialize};

/// What a domain wants done with mail that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DmarcPolicy {
    /// Nothing; the domain only wants to know.
    None,
    /// Put it where suspicious mail goes.
    Quarantine,
    /// Do not take it.
    Reject,
}

/// How alike two domains must be (RFC 9989 section 4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlignmentMode {
    /// Of one organization.
    #[default]
    Relaxed,
    /// The same.
    Strict,
}

/// What a domain says about names below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublicSuffix {
    /// Nothing.
    #[default]
    Unsaid,
    /// They are registered by others (`psd=y`).
    Yes,
    /// They are its own, and it is nobody else's (`psd=n`).
    No,
}

/// A DMARC record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DmarcRecord {
    /// `p=`: for mail of the domain itself. `None` where it is not there or cannot be read.
    pub policy: Option<DmarcPolicy>,
    /// `sp=`: for domains below it.
    pub subdomains: Option<DmarcPolicy>,
    /// `np=`: for domains below it that do not exist.
    pub nonexistent: Option<DmarcPolicy>,
    /// `adkim=`.
    pub dkim: AlignmentMode,
    /// `aspf=`.
    pub spf: AlignmentMode,
    /// `psd=`.
    pub suffix: PublicSuffix,
    /// `t=y`: the domain tries; the next milder policy is applied.
    pub testing: bool,
    /// `pct=`: to how many mails of a hundred RFC 7489 applied the policy. RFC 9989 has dropped it, and it is read for
    /// showing alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// `rua=` names somebody to report to.
    pub reports: bool,
}

impl DmarcPolicy {
    /// All of them.
    pub const ALL: [DmarcPolicy; 3] = [DmarcPolicy::None, DmarcPolicy::Quarantine, DmarcPolicy::Reject];

    /// As records write it.
    pub fn name(self) -> &'static str {
        match self {
            DmarcPolicy::None => "none",
            DmarcPolicy::Quarantine => "quarantine",
            DmarcPolicy::Reject => "reject",
        }
    }

    fn parse(word: &str) -> Option<DmarcPolicy> {
        DmarcPolicy::ALL.into_iter().find(|policy| word.eq_ignore_ascii_case(policy.name()))
    }

    /// The next milder one, for a domain that only tries.
    pub(super) fn milder(self) -> DmarcPolicy {
        match self {
            DmarcPolicy::Reject => DmarcPolicy::Quarantine,
            _ => DmarcPolicy::None,
        }
    }
}

impl DmarcRecord {
    /// Is this text meant as a DMARC record: does it begin with `v=DMARC1`?
    pub(super) fn is_meant(text: &str) -> bool {
        let Some((first, _)) = text.split_once(';').or(Some((text, ""))) else { return false };
        first.split_once('=').is_some_and(|(name, value)| name.trim() == "v" && value.trim() == "DMARC1")
    }

    /// Reads a record; `None` where it is none. A tag that is unknown or cannot be read counts as not there.
    pub fn parse(text: &str) -> Option<DmarcRecord> {
        if !DmarcRecord::is_meant(text) {
            return None;
        }
        let tags = Tags::parse(text)?;
        let policy = |tag: &str| tags.get(tag).and_then(DmarcPolicy::parse);
        let mode = |tag: &str| match tags.get(tag) {
            Some(word) if word.eq_ignore_ascii_case("s") => AlignmentMode::Strict,
            _ => AlignmentMode::Relaxed,
        };
        let says =
            |tag: &str, word: &str| tags.get(tag).is_some_and(|value| value.eq_ignore_ascii_case(word));
        let suffix = match () {
            () if says("psd", "y") => PublicSuffix::Yes,
            () if says("psd", "n") => PublicSuffix::No,
            () => PublicSuffix::Unsaid,
        };
        let reports = tags.get("rua").is_some_and(|uris| {
            let mut uris = uris.split(',').map(str::trim);
            uris.any(|uri| uri.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:")))
        });
        Some(DmarcRecord {
            policy: policy("p"),
            subdomains: policy("sp"),
            nonexistent: policy("np"),
            dkim: mode("adkim"),
            spf: mode("aspf"),
            suffix,
            testing: says("t", "y"),
            percent: tags.get("pct").and_then(|n| n.parse().ok()).filter(|n| *n <= 100),
            reports,
        })
    }

    /// The tag that holds for a domain below the record's, and what it says: what is not said there is said above.
    pub(super) fn below(&self, exists: bool) -> (&'static str, Option<DmarcPolicy>) {
        let np = self.nonexistent.filter(|_| !exists).map(|p| ("np", p));
        let tag = np.or_else(|| self.subdomains.map(|p| ("sp", p)));
        tag.map_or(("p", self.policy), |(tag, policy)| (tag, Some(policy)))
    }
}

/// A record as the transcript keeps it.
pub(super) fn shown(text: &str) -> String {
    kept(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_what_is_none() {
        use DmarcPolicy::{None as Nothing, Quarantine, Reject};
        for (text, expected) in [
            ("v=DMARC1; p=reject", Some((Some(Reject), None, None))),
            (
                "v=DMARC1;p=Quarantine;sp=none;np=reject;",
                Some((Some(Quarantine), Some(Nothing), Some(Reject))),
            ),
            (" v = DMARC1 ; p = none", Some((Some(Nothing), None, None))),
            ("v=DMARC1; p=never", Some((None, None, None))),
            ("v=DMARC1", Some((None, None, None))),
            ("v=DMARC1; p=reject; p=none", None),
            ("v=DMARC1 p=reject", None),
            ("v=dmarc1; p=reject", None),
            ("p=reject; v=DMARC1", None),
            ("v=spf1 -all", None),
            ("", None),
        ] {
            let read = DmarcRecord::parse(text).map(|r| (r.policy, r.subdomains, r.nonexistent));
            assert_eq!(read, expected, "{text}");
        }
        let all = DmarcRecord::parse(
            "v=DMARC1; adkim=s; aspf=S; psd=y; t=y; pct=20; rua=mailto:a@b.tld!10m,mailto:c@d.tld; fo=1; x=y",
        );
        let all = all.unwrap();
        assert_eq!((all.dkim, all.spf), (AlignmentMode::Strict, AlignmentMode::Strict));
        assert_eq!(
            (all.suffix, all.testing, all.percent, all.reports),
            (PublicSuffix::Yes, true, Some(20), true)
        );
        assert_eq!(DmarcRecord::parse("v=DMARC1; pct=101").unwrap().percent, None);
    }
}
