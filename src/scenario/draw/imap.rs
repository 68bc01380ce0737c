//! A host's IMAP server, and the folders of mailboxes.

use super::Draw;
use super::value::help_with;
use super::world::set_ports;
use crate::scenario::model::{FolderModel, ImapModel, PlaceModel};
use crate::units::Bytes;
use crate::world::{FolderSetup, ImapService, MessageSetup};

impl Draw<'_> {
    pub(super) fn imap(&mut self, model: &ImapModel, host: &str) -> Option<ImapService> {
        let style = self.style(&model.service, &ImapService::styles(), "dovecot");
        let banner = self.banner_name(&model.service, host);
        let texts = self.server_texts(&model.service, &ImapService::text_keys(), ImapService::placeholders);
        let mut service = ImapService::named(style?, &banner)?;
        service.config.without = self.without(&model.service, &service.extensions());
        service.config.texts = texts;
        service.config.plain_logins = model.auth_without_tls;
        if let Some(written) = &model.auth {
            let known = ImapService::mechanisms();
            let mut names = Vec::new();
            for template in written {
                let Some(name) = self.fill(template).map(|w| w.trim().to_uppercase()) else { continue };
                if !known.contains(&name.as_str()) {
                    let message = format!("there is no mechanism `{}`", name.escape_debug());
                    self.error("unknown-mechanism", template, message, help_with(&name, &known, ""));
                }
                names.push(name);
            }
            service.offer(&names);
        }
        set_ports(&model.service, &mut service.ports, &mut service.tls_ports);
        Some(service)
    }

    pub(super) fn folders(&mut self, models: &[FolderModel]) -> Vec<FolderSetup> {
        let mut folders: Vec<FolderSetup> = Vec::new();
        for model in models {
            let Some(name) = self.fill(&model.name) else { continue };
            let Some(name) = FolderSetup::path(&name) else {
                let message = format!("\"{}\" is no folder's name", name.escape_debug());
                let help = "levels stand between slashes, such as \"Lists/imap\"; * and % are in no name";
                self.error("bad-value", &model.name, message, help);
                continue;
            };
            if folders.iter().any(|f| f.name == name) {
                let message = format!("there are two folders `{}`", name.escape_debug());
                self.error("duplicate", &model.name, message, "name each folder once");
                continue;
            }
            folders.push(FolderSetup::new(name, model.special, model.subscribed));
        }
        folders
    }

    /// A message in its place. A folder that no list names is there too.
    pub(super) fn placed(&mut self, octets: Bytes, place: &PlaceModel) -> MessageSetup {
        let mut message = MessageSetup::from(octets.0);
        if let Some(template) = &place.folder
            && let Some(name) = self.fill(template)
        {
            match FolderSetup::path(&name) {
                Some(name) => message.folder = name,
                None => {
                    let message = format!("\"{}\" is no folder's name", name.escape_debug());
                    self.error("bad-value", template, message, "write it as in the mailbox's `folders`");
                }
            }
        }
        for template in &place.flags {
            let Some(flag) = self.fill(template) else { continue };
            if !message.add_flag(flag.trim()) {
                let text = format!("\"{}\" is no flag", flag.escape_debug());
                let help =
                    "'\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft', or a word of your own";
                self.error("bad-value", template, text, help);
            }
        }
        if let Some(template) = &place.arrived
            && let Some(date) = self.fill(template)
            && !message.set_date(date.trim())
        {
            let text = format!("\"{}\" is no date with a time", date.escape_debug());
            self.error("bad-value", template, text, "for example \"17-Jul-1996 02:44:25 -0700\"");
        }
        message
    }
}
