//! A host's TLS: its certificate's names, and that ports where TLS comes first have one.

use super::Draw;
use crate::mail::CertificateKind;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{CertificateModel, HostModel, ServiceModel, TlsModel};
use crate::scenario::template::Str;
use crate::world::TlsSetup;
use std::net::IpAddr;

impl Draw<'_> {
    pub(super) fn tls(&mut self, model: &TlsModel) -> Option<TlsSetup> {
        let certificate = match &model.certificate {
            CertificateModel::Kind(kind) => kind.clone(),
            CertificateModel::OtherName(name) => CertificateKind::OtherName(self.certificate_name(name)?),
        };
        let names = model.names.iter().filter_map(|name| self.certificate_name(name)).collect();
        Some(TlsSetup { certificate, names, versions: model.versions.clone() })
    }

    /// A host's name, one with `*` for its first label (RFC 6125 section 6.4.3), or an address.
    fn certificate_name(&mut self, template: &Str) -> Option<String> {
        let text = self.fill(template)?;
        if text.parse::<IpAddr>().is_ok() {
            return Some(text);
        }
        match text.strip_prefix("*.") {
            Some(rest) => {
                let rest = Str { value: rest.to_owned(), span: template.span.clone() };
                self.host_name(&rest).map(|name| format!("*.{name}"))
            }
            None => self.host_name(template),
        }
    }

    /// Where TLS comes first there must be a certificate.
    pub(super) fn tls_ports(&mut self, host: &HostModel, service: Option<&ServiceModel>) {
        let Some(port) = service.and_then(|s| s.tls_ports.first()).filter(|_| host.tls.is_none()) else {
            return;
        };
        self.faults.push(
            Diagnostic::error(
                "no-certificate",
                port.span.clone(),
                format!("TLS comes first at port {}, and the host has no certificate", port.value),
            )
            .label("nothing to show here")
            .help("add `tls = true` to the [[host]]"),
        );
    }
}
