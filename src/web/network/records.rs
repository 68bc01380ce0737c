//! Tables on the network's page: zones that the learner may change, records that DNS has told them, settings of hosts that
//! are open to them.
//!
//! A zone that the scenario opens is shown whole, as its owner sees it. Of any other zone only that is shown which the
//! learner has asked for: a record that must be found with `dig` is not given away here.

use super::super::evidence;
use super::super::shown::Shown;
use super::super::ui::Ui;
use crate::event::{DnsFailure, Entry, Event, Rcode, Record};
use crate::scenario::Drawn;
use crate::units::Time;
use std::collections::BTreeMap;

/// How many records and answers are listed: the newest.
const ASKED: usize = 200;

/// A record of an open zone.
#[derive(Debug)]
pub(super) struct RecordRow {
    pub(super) owner: Shown,
    pub(super) ttl: u32,
    pub(super) rtype: String,
    pub(super) value: Shown,
    /// How the `zone` program is told to take it out; `None` where it cannot be.
    pub(super) delete: Option<String>,
}

/// An open zone.
#[derive(Debug)]
pub(super) struct ZoneTable {
    pub(super) name: String,
    pub(super) records: Vec<RecordRow>,
}

/// An answer of the DNS to the learner: a record, or that there is none.
#[derive(Debug)]
pub(super) struct AnswerRow {
    pub(super) name: Shown,
    /// Empty where there is no record.
    pub(super) ttl: String,
    pub(super) rtype: String,
    pub(super) value: Shown,
    /// It is a record.
    pub(super) found: bool,
    pub(super) clock: String,
}

/// What the learner has asked for.
#[derive(Debug)]
pub(super) struct AskedTable {
    pub(super) rows: Vec<AnswerRow>,
}

/// A setting of a host.
#[derive(Debug)]
pub(super) struct SettingRow {
    pub(super) name: String,
    pub(super) value: String,
    /// What it does.
    pub(super) text: String,
    /// Somebody has changed it.
    pub(super) changed: bool,
}

/// The settings of an open host.
#[derive(Debug)]
pub(super) struct SettingsTable {
    pub(super) host: String,
    pub(super) settings: Vec<SettingRow>,
}

/// The zones that the learner may change.
pub(super) fn zones(drawn: &Drawn, entries: &[Entry]) -> Vec<ZoneTable> {
    let changes = entries.iter().filter_map(|entry| match &entry.event {
        Event::Zone { zone, what, serial } => Some((zone.as_str(), what, *serial)),
        _ => None,
    });
    let mut tables = Vec::new();
    for zone in drawn.setup.open_zones(changes) {
        let mut records = Vec::new();
        for record in zone.records {
            let rtype = record.rtype.mnemonic().to_owned();
            let delete = record.written.then(|| format!("{} {rtype} {}", record.owner, record.value));
            let (owner, value) = (Shown::text(&record.owner), Shown::text(&record.value));
            records.push(RecordRow { owner, ttl: record.ttl, rtype, value, delete });
        }
        tables.push(ZoneTable { name: zone.name, records });
    }
    tables
}

/// What DNS has told the learner: of each question the newest answer, the newest last.
pub(super) fn asked(ui: &Ui, drawn: &Drawn, entries: &[Entry]) -> AskedTable {
    let mut answers: Vec<(&str, &str, Vec<AnswerRow>)> = Vec::new();
    for entry in entries {
        let Event::Dns { asker, question, outcome, answers: records, .. } = &entry.event else { continue };
        if !asker.eq_ignore_ascii_case(&drawn.setup.workstation.name) {
            continue;
        }
        let clock = clock(drawn, entry.at);
        let mut rows: Vec<AnswerRow> = records.iter().map(|record| found(record, &clock)).collect();
        let (name, rtype) = (question.name.as_str(), question.qtype.mnemonic());
        if rows.is_empty() {
            let (name, rtype) = (Shown::text(&question.name), rtype.to_owned());
            let value = Shown::text(&ui.t(nothing(outcome)));
            rows.push(AnswerRow { name, ttl: String::new(), rtype, value, found: false, clock });
        }
        answers.retain(|(n, t, _)| !(n.eq_ignore_ascii_case(name) && *t == rtype));
        answers.push((name, rtype, rows));
    }
    let mut rows: Vec<AnswerRow> = answers.into_iter().flat_map(|(_, _, rows)| rows).collect();
    rows.drain(..rows.len().saturating_sub(ASKED));
    AskedTable { rows }
}

fn found(record: &Record, clock: &str) -> AnswerRow {
    AnswerRow {
        name: Shown::text(&record.name),
        ttl: record.ttl.to_string(),
        rtype: record.data.rtype().mnemonic().to_owned(),
        value: Shown::text(&evidence::data(&record.data)),
        found: true,
        clock: clock.to_owned(),
    }
}

/// Why there is no record.
fn nothing(outcome: &Result<Rcode, DnsFailure>) -> &'static str {
    match outcome {
        Ok(Rcode::NoError) => "dns-no-record",
        Ok(Rcode::NxDomain) => "dns-no-name",
        Ok(Rcode::Refused | Rcode::NotImp | Rcode::FormErr) => "dns-refused",
        Ok(Rcode::ServFail) => "dns-trouble",
        Err(_) => "dns-silent",
    }
}

/// The settings of the hosts that are open to the learner.
pub(super) fn settings(ui: &Ui, drawn: &Drawn, entries: &[Entry]) -> Vec<SettingsTable> {
    let mut tables = Vec::new();
    for setup in &drawn.setup.hosts {
        let mut changed: BTreeMap<String, String> = BTreeMap::new();
        for entry in entries {
            if let Event::Setting { host, name, value } = &entry.event
                && *host == setup.name
            {
                changed.insert(name.clone(), value.clone());
            }
        }
        let Some(settings) = setup.settings(&changed) else { continue };
        let row = |name: String, value: String, known: bool| SettingRow {
            text: ui.t(if known { setting(&name) } else { "setting-unknown" }),
            changed: changed.contains_key(&name),
            name,
            value,
        };
        let settings = settings.into_iter().map(|s| row(s.name, s.value, s.known)).collect();
        tables.push(SettingsTable { host: setup.name.clone(), settings });
    }
    tables
}

/// The text that says what a setting does.
fn setting(name: &str) -> &'static str {
    match name {
        "disable_vrfy_command" => "setting-disable_vrfy_command",
        "maximal_backoff_time" => "setting-maximal_backoff_time",
        "maximal_queue_lifetime" => "setting-maximal_queue_lifetime",
        "message_size_limit" => "setting-message_size_limit",
        "minimal_backoff_time" => "setting-minimal_backoff_time",
        "mydestination" => "setting-mydestination",
        "myhostname" => "setting-myhostname",
        "mynetworks" => "setting-mynetworks",
        "recipient_delimiter" => "setting-recipient_delimiter",
        "relay_domains" => "setting-relay_domains",
        "relayhost" => "setting-relayhost",
        "smtp_tls_mandatory_protocols" => "setting-smtp_tls_mandatory_protocols",
        "smtp_tls_protocols" => "setting-smtp_tls_protocols",
        "smtp_tls_secure_cert_match" => "setting-smtp_tls_secure_cert_match",
        "smtp_tls_security_level" => "setting-smtp_tls_security_level",
        "smtpd_banner" => "setting-smtpd_banner",
        "smtpd_tls_auth_only" => "setting-smtpd_tls_auth_only",
        "smtpd_tls_mandatory_protocols" => "setting-smtpd_tls_mandatory_protocols",
        "smtpd_tls_protocols" => "setting-smtpd_tls_protocols",
        "smtpd_tls_security_level" => "setting-smtpd_tls_security_level",
        "smtputf8_enable" => "setting-smtputf8_enable",
        _ => "setting-unknown",
    }
}

/// A time as the workstation's clock shows it.
pub(super) fn clock(drawn: &Drawn, at: Time) -> String {
    let c = at.civil(drawn.setup.workstation.zone.at(at));
    format!("{:02}:{:02}:{:02}", c.hour(), c.minute(), c.second())
}
