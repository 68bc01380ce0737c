//! The settings that act, one row each: what it is by default (postconf(5)), what it is on a host, what setting it does.

use super::super::{HostSetup, Outgoing, Relay};
use super::values::{network, protocols, shown_protocols, shown_yes, words, yes};
use super::{Settings, post};
use crate::event::TlsLevel;

/// One setting.
pub(super) struct Known {
    pub(super) name: &'static str,
    /// The value that Postfix is built with.
    pub(super) default: &'static str,
    /// The value on a host.
    pub(super) shown: fn(&HostSetup) -> String,
    /// Sets it; the error says what the value may be.
    pub(super) set: fn(&mut HostSetup, &str) -> Result<(), &'static str>,
}

const LEVELS: &str = "none, may, encrypt, verify or secure";
const SERVER_LEVELS: &str = "none, may or encrypt";
const YES: &str = "yes or no";
const NETWORKS: &str = "networks such as 192.0.2.0/24";
const PROTOCOLS: &str = "versions such as >=TLSv1.2, without a gap";
const NUMBER: &str = "a number of octets, 0 for no limit";

/// All of them, by name.
pub(super) const ALL: &[Known] = &[
    Known {
        name: "disable_vrfy_command",
        default: "no",
        shown: |h| shown_yes(lacks(h, "VRFY")),
        set: |h, v| yes(v).map(|yes| lack(h, "VRFY", yes)).ok_or(YES),
    },
    Known {
        name: "maximal_backoff_time",
        default: "4000s",
        shown: |h| post::shown_seconds(post::longest_wait(h)),
        set: |h, v| post::set_waits(h, None, Some(v)),
    },
    Known {
        name: "maximal_queue_lifetime",
        default: "5d",
        shown: |h| post::shown_days(post::schedule(h).expire),
        set: post::set_lifetime,
    },
    Known { name: "message_size_limit", default: "10240000", shown: size_limit, set: set_size_limit },
    Known {
        name: "minimal_backoff_time",
        default: "300s",
        shown: |h| post::shown_seconds(post::shortest_wait(h)),
        set: |h, v| post::set_waits(h, Some(v), None),
    },
    Known {
        name: "mydestination",
        default: "$myhostname, localhost.$mydomain, localhost",
        shown: |h| h.domains.join(", "),
        set: |h, v| {
            h.domains = words(v);
            Ok(())
        },
    },
    Known {
        name: "myhostname",
        default: "",
        shown: |h| h.smtp.as_ref().map_or_else(|| h.name.clone(), |s| s.config.name.clone()),
        set: |h, v| {
            let name = words(v).into_iter().next().ok_or("a host name")?;
            if let Some(smtp) = &mut h.smtp {
                smtp.config.name = name;
            }
            Ok(())
        },
    },
    Known { name: "mynetworks", default: "127.0.0.0/8 [::1]/128", shown: mynetworks, set: set_mynetworks },
    Known {
        name: "recipient_delimiter",
        default: "",
        shown: |h| h.post.delimiter.map(String::from).unwrap_or_default(),
        set: post::set_delimiter,
    },
    Known {
        name: "relay_domains",
        default: "",
        shown: |h| h.relay_for.join(", "),
        set: |h, v| {
            h.relay_for = words(v);
            Ok(())
        },
    },
    Known { name: "relayhost", default: "", shown: post::relayhost, set: post::set_relayhost },
    Known {
        name: "smtp_tls_mandatory_protocols",
        default: ">=TLSv1",
        shown: |h| shown_protocols(&h.outgoing.versions),
        set: |_, v| protocols(v).map(|_| ()).ok_or(PROTOCOLS),
    },
    Known {
        name: "smtp_tls_protocols",
        default: ">=TLSv1",
        shown: |h| shown_protocols(&h.outgoing.versions),
        set: |_, v| protocols(v).map(|_| ()).ok_or(PROTOCOLS),
    },
    Known {
        name: "smtp_tls_secure_cert_match",
        default: "nexthop, dot-nexthop",
        shown: |h| match &h.outgoing.tls {
            TlsLevel::Verify(names) if !names.is_empty() => names.join(", "),
            _ => "nexthop, dot-nexthop".to_owned(),
        },
        set: |_, v| if words(v).is_empty() { Err("names, nexthop or dot-nexthop") } else { Ok(()) },
    },
    Known {
        name: "smtp_tls_security_level",
        default: "",
        shown: |h| h.outgoing.tls.name().to_owned(),
        set: |h, v| {
            h.outgoing.tls = client_level(v).ok_or(LEVELS)?;
            Ok(())
        },
    },
    Known {
        name: "smtpd_banner",
        default: "$myhostname ESMTP $mail_name",
        shown: |h| {
            let own = h.smtp.as_ref().and_then(|s| s.config.texts.get("greeting").cloned());
            own.unwrap_or_else(|| "$myhostname ESMTP $mail_name".to_owned())
        },
        set: |h, v| {
            if let Some(smtp) = &mut h.smtp {
                smtp.config.texts.insert("greeting".to_owned(), v.replace(['{', '}'], ""));
            }
            Ok(())
        },
    },
    Known {
        name: "smtpd_tls_auth_only",
        default: "no",
        shown: |h| shown_yes(h.smtp.as_ref().is_some_and(|s| !s.config.auth_without_tls)),
        set: |h, v| {
            let only = yes(v).ok_or(YES)?;
            if let Some(smtp) = &mut h.smtp {
                smtp.config.auth_without_tls = !only;
            }
            Ok(())
        },
    },
    Known {
        name: "smtpd_tls_mandatory_protocols",
        default: ">=TLSv1",
        shown: server_protocols,
        set: |_, v| protocols(v).map(|_| ()).ok_or(PROTOCOLS),
    },
    Known {
        name: "smtpd_tls_protocols",
        default: ">=TLSv1",
        shown: server_protocols,
        set: |_, v| protocols(v).map(|_| ()).ok_or(PROTOCOLS),
    },
    Known { name: "smtpd_tls_security_level", default: "", shown: server_level, set: set_server_level },
    Known {
        name: "smtputf8_enable",
        default: "yes",
        shown: |h| shown_yes(!lacks(h, "SMTPUTF8")),
        set: |h, v| yes(v).map(|yes| lack(h, "SMTPUTF8", !yes)).ok_or(YES),
    },
];

/// The setting of this name.
pub(super) fn find(name: &str) -> Option<&'static Known> {
    ALL.iter().find(|known| known.name == name)
}

/// Does Postfix have this value, and the lab nothing that it could stand for? DANE needs DNSSEC, fingerprints a
/// policy for each server.
pub(super) fn is_beyond(name: &str, value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    name == "smtp_tls_security_level" && ["dane", "dane-only", "fingerprint"].contains(&value.as_str())
}

/// Settings that mean something together: which versions of TLS count depends on the level.
pub(super) fn settle(host: &mut HostSetup, base: &HostSetup, settings: &Settings) {
    post::keep_login(host, base);
    let of = |name: &str| settings.get(name).and_then(|value| protocols(value));
    let mandatory = host.outgoing.tls.is_required();
    let name = if mandatory { "smtp_tls_mandatory_protocols" } else { "smtp_tls_protocols" };
    host.outgoing.versions = of(name).unwrap_or_else(|| base.outgoing.versions.clone());
    if let (TlsLevel::Verify(names), Some(level)) =
        (&mut host.outgoing.tls, settings.get("smtp_tls_security_level"))
        && level.trim().eq_ignore_ascii_case("secure")
    {
        let usual = || vec!["nexthop".to_owned(), "dot-nexthop".to_owned()];
        *names = settings.get("smtp_tls_secure_cert_match").map_or_else(usual, |value| words(value));
    }
    let required = host.smtp.as_ref().is_some_and(|s| s.config.require_tls);
    let name = if required { "smtpd_tls_mandatory_protocols" } else { "smtpd_tls_protocols" };
    if let (Some(tls), Some(usual)) = (&mut host.tls, &base.tls) {
        tls.versions = of(name).unwrap_or_else(|| usual.versions.clone());
    }
}

fn client_level(value: &str) -> Option<TlsLevel> {
    Some(match value.trim().to_ascii_lowercase().as_str() {
        // Empty is what Postfix is built with, and none.
        "" | "none" => TlsLevel::None,
        "may" => TlsLevel::May,
        "encrypt" => TlsLevel::Encrypt,
        "verify" => TlsLevel::Verify(Vec::new()),
        "secure" => TlsLevel::Verify(vec!["nexthop".to_owned(), "dot-nexthop".to_owned()]),
        _ => return None,
    })
}

fn server_level(host: &HostSetup) -> String {
    let required = host.smtp.as_ref().is_some_and(|s| s.config.require_tls);
    let offered = host.tls.is_some() && !lacks(host, "STARTTLS");
    match (required, offered) {
        (true, _) => "encrypt",
        (false, true) => "may",
        (false, false) => "none",
    }
    .to_owned()
}

fn set_server_level(host: &mut HostSetup, value: &str) -> Result<(), &'static str> {
    let (offered, required) = match value.trim().to_ascii_lowercase().as_str() {
        "" | "none" => (false, false),
        "may" => (true, false),
        // A server asks nobody for a certificate by its level: Postfix warns, and takes these for `encrypt`.
        "encrypt" | "verify" | "secure" | "fingerprint" => (true, true),
        _ => return Err(SERVER_LEVELS),
    };
    lack(host, "STARTTLS", !offered);
    if let Some(smtp) = &mut host.smtp {
        smtp.config.require_tls = required;
    }
    Ok(())
}

fn server_protocols(host: &HostSetup) -> String {
    shown_protocols(host.tls.as_ref().map_or(&Outgoing::default().versions, |tls| &tls.versions))
}

fn lacks(host: &HostSetup, keyword: &str) -> bool {
    host.smtp.as_ref().is_some_and(|s| s.config.without.iter().any(|w| w == keyword))
}

fn lack(host: &mut HostSetup, keyword: &str, lacking: bool) {
    if let Some(smtp) = &mut host.smtp {
        smtp.config.without.retain(|w| w != keyword);
        if lacking {
            smtp.config.without.push(keyword.to_owned());
        }
    }
}

fn size_limit(host: &HostSetup) -> String {
    host.smtp.as_ref().map_or(0, |s| s.config.size_limit).to_string()
}

fn set_size_limit(host: &mut HostSetup, value: &str) -> Result<(), &'static str> {
    let limit: u64 = value.trim().parse().map_err(|_| NUMBER)?;
    if let Some(smtp) = &mut host.smtp {
        smtp.config.size_limit = if limit == 0 { u64::from(u32::MAX) } else { limit };
    }
    Ok(())
}

fn mynetworks(host: &HostSetup) -> String {
    match &host.relay {
        Relay::Nobody => "127.0.0.0/8".to_owned(),
        Relay::Anybody => "0.0.0.0/0".to_owned(),
        Relay::Networks(networks) => {
            let all = networks.iter().map(|n| format!("{}/{}", n.base, n.prefix));
            std::iter::once("127.0.0.0/8".to_owned()).chain(all).collect::<Vec<_>>().join(" ")
        }
    }
}

fn set_mynetworks(host: &mut HostSetup, value: &str) -> Result<(), &'static str> {
    let mut networks = Vec::new();
    for word in words(value) {
        networks.extend(network(&word).ok_or(NETWORKS)?);
    }
    host.relay = if networks.is_empty() { Relay::Nobody } else { Relay::Networks(networks) };
    Ok(())
}
