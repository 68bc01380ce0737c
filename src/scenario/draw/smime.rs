//! Certificates for mail, and what is signed and encrypted with them.

use super::Draw;
use super::value::help_with;
use crate::mail::{CertificateKind, EncryptedLike, Fields, SignedLike};
use crate::scenario::model::{CertificateModel, EncryptedModel, ProtectModel, SignedModel};
use crate::scenario::template::Str;
use crate::units::Lang;
use crate::world::{MailKeySetup, ProtectSetup, Setup};
use std::collections::BTreeSet;

impl Draw<'_> {
    /// Who has a certificate.
    pub(super) fn mail_keys(&mut self, setup: &mut Setup) {
        let model = self.model;
        let mut names: BTreeSet<String> = setup.workstation.files.keys().cloned().collect();
        for one in &model.mail_keys {
            let Some(owner) = self.certified_address(&one.owner) else { continue };
            if setup.mail_keys.iter().any(|known| known.owner.eq_ignore_ascii_case(&owner)) {
                let message = format!("{owner} has two certificates for mail");
                self.error("duplicate", &one.owner, message, "give each address one");
                continue;
            }
            let kind = match &one.certificate {
                CertificateModel::Kind(kind) => kind.clone(),
                CertificateModel::OtherName(other) => match self.certified_address(other) {
                    Some(other) => CertificateKind::OtherName(other),
                    None => continue,
                },
            };
            let name = self.fill(&one.name).unwrap_or_default();
            let mut taken = |draw: &mut Self, template: &Option<Str>| {
                let name = template.as_ref().and_then(|f| draw.file_name(f))?;
                if !names.insert(name.clone()) {
                    let message = format!("there are two files `{}`", name.escape_debug());
                    let help = "give each certificate and each key a file of its own";
                    draw.error("duplicate", template.as_ref()?, message, help);
                }
                Some(name)
            };
            let (file, key_file) = (taken(self, &one.file), taken(self, &one.key_file));
            let for_servers = one.for_servers;
            setup.mail_keys.push(MailKeySetup { owner, name, kind, for_servers, file, key_file });
        }
    }

    /// An address that can stand in a certificate: in ASCII (RFC 5280 section 4.2.1.6).
    fn certified_address(&mut self, template: &Str) -> Option<String> {
        let text = self.fill(template)?.trim().to_owned();
        let good = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic());
        let fits = text.split_once('@').is_some_and(|(local, domain)| good(local) && good(domain));
        if !fits || text.matches('@').count() != 1 {
            let message = format!("\"{}\" is no mailbox's address", text.escape_debug());
            self.error("bad-value", template, message, "for example \"hedwig@example.tld\"");
            return None;
        }
        Some(text)
    }

    fn file_name(&mut self, template: &Str) -> Option<String> {
        let name = self.fill(template)?;
        if name.contains('/') || name.trim().is_empty() || name.starts_with('.') {
            let message = format!("`{}` is no file's name", name.escape_debug());
            let help = "files lie in one folder; a name has no / and no leading dot";
            self.error("bad-value", template, message, help);
            return None;
        }
        Some(name)
    }

    /// Whoever signs, or gets something encrypted, must have a certificate.
    fn with_certificate(&mut self, setup: &Setup, template: &Str) -> Option<String> {
        let text = self.fill(template)?.trim().to_owned();
        self.has_certificate(setup, template, &text).then_some(text)
    }

    pub(super) fn has_certificate(&mut self, setup: &Setup, at: &Str, address: &str) -> bool {
        let known: Vec<&str> = setup.mail_keys.iter().map(|one| one.owner.as_str()).collect();
        if known.iter().any(|owner| owner.eq_ignore_ascii_case(address)) {
            return true;
        }
        if !self.model.lost_mail_keys && known.len() == self.model.mail_keys.len() {
            let help = help_with(address, &known, "add a [[mail_certificate]] for this address");
            let message = format!("{} has no certificate for mail", address.escape_debug());
            self.error("no-certificate", at, message, help);
        }
        false
    }

    /// How a message that lies in a mailbox is signed and encrypted.
    pub(super) fn protect(&mut self, setup: &Setup, model: &ProtectModel) -> Option<ProtectSetup> {
        let sign = match &model.sign {
            Some(who) => Some(self.with_certificate(setup, who)?),
            None => None,
        };
        let change = match &model.change {
            Some((from, to)) => Some((self.world_text(from)?, self.world_text(to)?)),
            None => None,
        };
        let mut encrypt = Vec::new();
        for whom in &model.encrypt {
            encrypt.push(self.with_certificate(setup, whom)?);
        }
        Some(ProtectSetup { sign, opaque: model.opaque, change, encrypt })
    }

    /// Text that changes on its way must be there, and be signed: the header is not.
    pub(super) fn changes_something(&mut self, model: &ProtectModel, protect: &ProtectSetup, octets: &[u8]) {
        let (Some((from, to)), Some((template, _))) = (&protect.change, &model.change) else { return };
        let body = Fields::parse(octets).split.body;
        let body = octets.get(body.start..body.end).unwrap_or_default();
        let there = body.windows(from.len().max(1)).any(|part| part == from.as_bytes());
        if !there || from == to {
            let at = match self.lang {
                Lang::De => &template.de,
                Lang::En => &template.en,
            };
            let message = "this text does not stand in the message's body, or stays as it is";
            self.error("bad-value", at, message, "name what stands there, and something else in its place");
        }
    }

    pub(super) fn signed(&mut self, model: &Option<SignedModel>) -> Option<Option<SignedLike>> {
        Some(match model {
            None => None,
            Some(SignedModel::Not) => Some(SignedLike::Not),
            Some(SignedModel::Is { by, reason }) => {
                Some(SignedLike::Is { by: self.like_if(by)?, reason: reason.clone() })
            }
        })
    }

    pub(super) fn encrypted(&mut self, model: &Option<EncryptedModel>) -> Option<Option<EncryptedLike>> {
        Some(match model {
            None => None,
            Some(EncryptedModel::Not) => Some(EncryptedLike::Not),
            Some(EncryptedModel::Is(whom)) => Some(EncryptedLike::Is(self.like_if(whom)?)),
        })
    }
}
