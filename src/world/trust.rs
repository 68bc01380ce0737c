//! Whom the reader of a mailbox believes.

use super::{HostSetup, Setup};
use crate::mail::trace::TrustedHost;
use std::sync::Arc;

impl Setup {
    /// The hosts whose lines the reader of a mailbox believes: the one it lies on, first, and those that take mail for its
    /// domain or stand in for that.
    pub fn trusted_by(&self, address: &str, host: &str) -> Vec<TrustedHost> {
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        let serves = |h: &HostSetup| {
            let mut domains = h.domains.iter().chain(&h.relay_for);
            domains.any(|d| d.eq_ignore_ascii_case(domain))
        };
        let trusted = |h: &Arc<HostSetup>| {
            let service = h.smtp.as_ref().map(|s| s.config.name.clone());
            TrustedHost {
                names: std::iter::once(h.name.clone()).chain(service).collect(),
                addresses: vec![h.ip],
            }
        };
        let own = self.hosts.iter().filter(|h| h.name == host);
        let others = self.hosts.iter().filter(|h| h.name != host && serves(h));
        own.chain(others).map(trusted).collect()
    }
}
