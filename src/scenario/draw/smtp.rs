//! What an SMTP server is told about TLS, AUTH and its ports.

use super::Draw;
use super::value::help_with;
use crate::mail::sasl::Mechanism;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::ServiceModel;
use crate::world::SmtpService;

impl Draw<'_> {
    /// What a host without a certificate cannot do.
    pub(super) fn tls_wanted(&mut self, model: &ServiceModel, service: &SmtpService) {
        let config = &service.config;
        let logs_in = !config.auth.is_empty() || !service.submission_ports.is_empty();
        let in_the_clear = config.auth_without_tls || config.auth.iter().any(|m| !m.sends_password());
        let (what, help) = if config.require_tls {
            ("nothing is done here before STARTTLS", "add `tls = true` to the [[host]]")
        } else if logs_in && !in_the_clear {
            let help = "add `tls = true` to the [[host]], or `auth_without_tls = true` here";
            ("nobody can log in here without TLS", help)
        } else {
            return;
        };
        let message = format!("{what}, and the host has no certificate");
        self.faults.push(Diagnostic::error("no-certificate", model.span.clone(), message).help(help));
    }

    /// Ports for TLS and submission, mechanisms, weaknesses.
    pub(super) fn smtp_extras(&mut self, model: &ServiceModel, service: &mut SmtpService) {
        let extras = &model.smtp;
        service.submission_ports = extras.submission_ports.iter().map(|p| p.value).collect();
        service.ports.extend(service.submission_ports.iter());
        service.ports.sort_unstable();
        service.ports.dedup();
        service.config.auth_without_tls = extras.auth_without_tls;
        service.config.require_tls = extras.require_tls;
        service.config.own_sender = extras.own_sender;
        let known = Mechanism::ALL.map(Mechanism::name);
        for template in &extras.auth {
            let Some(name) = self.fill(template) else { continue };
            match Mechanism::parse(name.trim()) {
                Some(mechanism) if !service.config.auth.contains(&mechanism) => {
                    service.config.auth.push(mechanism);
                }
                Some(_) => {}
                None => {
                    let message = format!("there is no mechanism `{}`", name.escape_debug());
                    self.error("unknown-mechanism", template, message, help_with(&name, &known, ""));
                }
            }
        }
        let known = SmtpService::weaknesses();
        for template in &extras.vulnerable {
            let Some(name) = self.fill(template) else { continue };
            if known.iter().any(|k| k.eq_ignore_ascii_case(name.trim())) {
                service.weaken(name.trim());
            } else {
                let message = format!("there is no weakness `{}`", name.escape_debug());
                self.error("unknown-weakness", template, message, help_with(&name, &known, ""));
            }
        }
    }
}
