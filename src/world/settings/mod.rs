//! A host's settings under the names that Postfix has for them, for hosts the learner may change. Only what really acts
//! is known here. A change acts on the next session and the next delivery: as with Postfix, whose short-lived processes
//! read `main.cf` when they start.

mod post;
mod table;
mod values;

use super::{HostSetup, World};
use crate::event::Event;
use crate::proto::smtp::Style;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How long a name or a value may be.
const LENGTH: usize = 4096;
/// How many settings of a host may be set; those nobody knows count too.
const SETTINGS: usize = 500;

/// What was set on a host, by name.
pub(super) type Settings = BTreeMap<String, String>;

/// A setting and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value as it would stand in `main.cf`.
    pub value: String,
    /// It acts; what is set and acts on nothing is kept all the same, as Postfix does.
    pub known: bool,
}

/// Why a setting was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingFault {
    /// The learner may not change anything there, or the host's mail system has other settings.
    Closed,
    /// No such value of it.
    BadValue {
        /// What it may be.
        wanted: &'static str,
    },
    /// Postfix has this value, and a host of the lab does not do what it stands for.
    NotHere,
    /// Too much.
    TooLong,
}

impl World {
    /// The host of this name or address, and whether the learner may look into it.
    pub fn host_named(&self, name: &str) -> Option<(String, bool)> {
        let ip = name.parse().ok();
        let named = |h: &&super::Host| h.setup.name.eq_ignore_ascii_case(name) || Some(h.setup.ip) == ip;
        self.hosts.iter().find(named).map(|h| (h.setup.name.clone(), h.setup.open))
    }

    /// The mail system of an open host.
    pub fn mail_system(&self, host: &str) -> Option<Style> {
        self.opened(host).and_then(|at| self.hosts.get(at)?.setup.smtp.as_ref().map(|s| s.config.style))
    }

    fn opened(&self, host: &str) -> Option<usize> {
        self.hosts.iter().position(|h| h.setup.open && h.setup.name.eq_ignore_ascii_case(host))
    }

    /// An open host whose mail system is Postfix.
    fn configured(&self, host: &str) -> Option<usize> {
        let at = self.opened(host)?;
        self.hosts.get(at).is_some_and(|h| runs_postfix(&h.setup)).then_some(at)
    }

    /// All settings of a host as they are now, by name; `None` where the learner may not look.
    pub fn settings(&self, host: &str) -> Option<Vec<Setting>> {
        let host = self.hosts.get(self.configured(host)?)?;
        // What nobody has set is as it was, whatever else was set since.
        Some(all(host.base.as_ref().unwrap_or(&host.setup), &host.settings))
    }

    /// What a setting is where nobody has said anything (`postconf -d`); `None` where nobody knows it.
    pub fn setting_default(name: &str) -> Option<&'static str> {
        table::find(name).map(|known| known.default)
    }

    /// The names of all settings that act.
    pub fn setting_names() -> impl Iterator<Item = &'static str> {
        table::ALL.iter().map(|known| known.name)
    }

    /// Changes a setting of a host. Values are taken as Postfix takes them; what it would find wrong at its next start is
    /// refused at once.
    ///
    /// # Errors
    /// Why nothing has changed.
    pub fn change_setting(&mut self, host: &str, name: &str, value: &str) -> Result<(), SettingFault> {
        let at = self.configured(host).ok_or(SettingFault::Closed)?;
        let host = self.hosts.get_mut(at).ok_or(SettingFault::Closed)?;
        let full = host.settings.len() >= SETTINGS && !host.settings.contains_key(name);
        if full || name.len() > LENGTH || value.len() > LENGTH {
            return Err(SettingFault::TooLong);
        }
        let mut settings = host.settings.clone();
        settings.insert(name.to_owned(), value.to_owned());
        let mut setup = HostSetup::clone(&host.setup);
        if let Some(known) = table::find(name) {
            let expanded = values::expand(value, &settings, &setup);
            if table::is_beyond(name, &expanded) {
                return Err(SettingFault::NotHere);
            }
            (known.set)(&mut setup, &expanded).map_err(|wanted| SettingFault::BadValue { wanted })?;
            table::settle(&mut setup, host.base.as_ref().unwrap_or(&host.setup), &settings);
        }
        host.base.get_or_insert_with(|| host.setup.clone());
        host.setup = Arc::new(setup);
        host.settings = settings;
        let (host, name, value) = (self.host_name(at), name.to_owned(), value.to_owned());
        self.log(Event::Setting { host, name, value });
        Ok(())
    }
}

impl HostSetup {
    /// The settings of this host, by name, after those in `changed` were set; `None` where the learner may not look, or
    /// other mail software than Postfix runs.
    pub fn settings(&self, changed: &BTreeMap<String, String>) -> Option<Vec<Setting>> {
        (self.open && runs_postfix(self)).then(|| all(self, changed))
    }
}

fn runs_postfix(setup: &HostSetup) -> bool {
    setup.smtp.as_ref().is_some_and(|s| s.config.style == Style::Postfix)
}

/// All settings by name: as they were set, else as they are on the host.
fn all(unset: &HostSetup, settings: &Settings) -> Vec<Setting> {
    let set = |name: &str| settings.get(name).cloned();
    let mut all: Vec<Setting> = table::ALL
        .iter()
        .map(|known| Setting {
            name: known.name.to_owned(),
            value: set(known.name).unwrap_or_else(|| (known.shown)(unset)),
            known: true,
        })
        .collect();
    let others = settings.iter().filter(|(name, _)| table::find(name).is_none());
    all.extend(others.map(|(name, value)| Setting {
        name: name.clone(),
        value: value.clone(),
        known: false,
    }));
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}
