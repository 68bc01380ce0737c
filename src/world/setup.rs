//! What a world is made of at its start: plain data, drawn from a scenario and a seed.

use super::mail_keys::{MailKeySetup, ProtectSetup};
use super::post::{Forward, PostSetup};
use super::{AccountSetup, FaultSetup, PersonSetup};
use crate::event::{Record, TlsLevel, TlsVersion};
use crate::mail::dkim::DkimAlgorithm;
use crate::mail::sasl::Mechanism;
use crate::mail::{CertificateKind, CertificateOrder, Keyring, SigningOrder};
use crate::proto::imap::{self, Flag, InternalDate, SpecialUse, SystemFlag};
use crate::proto::{pop3, smtp};
use crate::units::{Bytes, Zone};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// One learner's internet at its start.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// The learner's own machine.
    pub workstation: Arc<WorkstationSetup>,
    /// All other hosts.
    pub hosts: Vec<Arc<HostSetup>>,
    /// The zones and what the scenario writes into them. Hosts' addresses (A, AAAA, PTR) and each zone's SOA
    /// and NS are added by the world where the scenario has none.
    pub zones: Vec<ZoneSetup>,
    /// The mailboxes.
    pub mailboxes: Vec<MailboxSetup>,
    /// What goes wrong.
    pub faults: Vec<Arc<FaultSetup>>,
    /// The persons who live in it.
    pub people: Vec<Arc<PersonSetup>>,
    /// Where real ports lead, by service name (`smtp`, `pop3`, ...): host and logical port.
    pub ports: BTreeMap<String, (String, u16)>,
    /// Who signs for which domain.
    pub dkim: Vec<SigningSetup>,
    /// Who has a certificate for mail.
    pub mail_keys: Vec<MailKeySetup>,
    /// Certificates and keys; empty until they are made. A host without any offers no TLS.
    pub keyring: Arc<Keyring>,
}

/// The learner's own machine.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkstationSetup {
    /// Its host name, fully qualified, such as `ws.lab.test`.
    pub name: String,
    /// Its address.
    pub ip: IpAddr,
    /// The account the learner works as, such as `lab`.
    pub user: String,
    /// The name server it asks.
    pub resolver: IpAddr,
    /// Its time zone.
    pub zone: Zone,
    /// Its files by name, without folders.
    pub files: BTreeMap<String, Bytes>,
    /// The account its mail program is set up with.
    pub account: Option<Arc<AccountSetup>>,
}

/// One host.
#[derive(Debug, Clone, PartialEq)]
pub struct HostSetup {
    /// Its name in DNS.
    pub name: String,
    /// Its address.
    pub ip: IpAddr,
    /// What the reverse look-up of its address says: its own name unless the scenario has another or none.
    pub ptr: Option<String>,
    /// Its time zone.
    pub zone: Zone,
    /// The domains for which it is the last stop.
    pub domains: Vec<String>,
    /// Whose mail it passes on to other domains.
    pub relay: Relay,
    /// The domains for which it passes mail on whoever brings it: those it stands in for as a further MX host.
    pub relay_for: Vec<String>,
    /// Its TLS; `None` where it has none.
    pub tls: Option<TlsSetup>,
    /// How it behaves where it is the client.
    pub outgoing: Outgoing,
    /// What it checks of mail that comes in, and what follows from it.
    pub verify: VerifySetup,
    /// Its SMTP server.
    pub smtp: Option<SmtpService>,
    /// Its POP3 server.
    pub pop3: Option<Pop3Service>,
    /// Its IMAP server.
    pub imap: Option<ImapService>,
    /// It answers DNS questions.
    pub dns: bool,
    /// What it does with mail it has taken.
    pub post: PostSetup,
    /// The learner may look into it and change its settings.
    pub open: bool,
}

/// What a host checks of mail from others. Mail of its own users and networks is not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerifySetup {
    /// SPF, when a recipient is named.
    pub spf: Checking,
    /// DKIM, after the message. Nothing is ever refused for it alone (RFC 6376 section 6.3).
    pub dkim: bool,
    /// DMARC, after the message. Where it is checked so are the other two.
    pub dmarc: Checking,
}

/// What follows from a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Checking {
    /// It is not made.
    #[default]
    Off,
    /// Its result is written on top of the message.
    Mark,
    /// Besides, mail is refused, or put into the folder for junk, as the domain in whose name it comes wants it.
    Enforce,
}

impl VerifySetup {
    /// Is SPF checked, be it for DMARC's sake?
    pub fn checks_spf(&self) -> bool {
        self.spf != Checking::Off || self.dmarc != Checking::Off
    }

    /// Is DKIM checked, be it for DMARC's sake?
    pub fn checks_dkim(&self) -> bool {
        self.dkim || self.dmarc != Checking::Off
    }
}

/// A domain that signs its mail (RFC 6376).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningSetup {
    /// The domain.
    pub domain: String,
    /// Which of its keys.
    pub selector: String,
    /// What it signs with.
    pub algorithm: DkimAlgorithm,
    /// The zone has the key's record; otherwise somebody must publish it first.
    pub publish: bool,
    /// The only host that signs; every host that is the domain's own where there is none.
    pub host: Option<String>,
}

impl SigningSetup {
    /// The name of the key's record (RFC 6376 section 3.6.2.1).
    pub fn record_name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }
}

/// What a host does about TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsSetup {
    /// What is right or wrong with its certificate.
    pub certificate: CertificateKind,
    /// Names the certificate is valid for beside the host's own.
    pub names: Vec<String>,
    /// The versions it speaks.
    pub versions: RangeInclusive<TlsVersion>,
}

/// How a host behaves where it hands mail on to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// What it asks of TLS.
    pub tls: TlsLevel,
    /// The versions it speaks as a client.
    pub versions: RangeInclusive<TlsVersion>,
}

impl Default for Outgoing {
    /// No TLS, and if any, then of the versions that are not forbidden (RFC 8996).
    fn default() -> Outgoing {
        Outgoing { tls: TlsLevel::None, versions: TlsVersion::Tls12..=TlsVersion::Tls13 }
    }
}

/// Whose mail a host passes on to domains that are not its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relay {
    /// Nobody's.
    Nobody,
    /// That of clients in these networks.
    Networks(Vec<Network>),
    /// Anybody's: an open relay.
    Anybody,
}

/// A network in CIDR notation, IPv4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// An address in it.
    pub base: Ipv4Addr,
    /// How many leading bits count, at most 32.
    pub prefix: u8,
}

/// An SMTP server on a host.
#[derive(Debug, Clone, PartialEq)]
pub struct SmtpService {
    /// The ports it listens on.
    pub ports: Vec<u16>,
    /// Those of them where TLS comes first (RFC 8314 section 3).
    pub tls_ports: Vec<u16>,
    /// Those of them that are for the host's own users, who log in before they send (RFC 6409).
    pub submission_ports: Vec<u16>,
    /// How it behaves.
    pub config: smtp::ServerConfig,
}

/// A POP3 server on a host.
#[derive(Debug, Clone, PartialEq)]
pub struct Pop3Service {
    /// The ports it listens on.
    pub ports: Vec<u16>,
    /// Those of them where TLS comes first (RFC 8314 section 3).
    pub tls_ports: Vec<u16>,
    /// How it behaves.
    pub config: pop3::ServerConfig,
}

/// An IMAP server on a host.
#[derive(Debug, Clone, PartialEq)]
pub struct ImapService {
    /// The ports it listens on.
    pub ports: Vec<u16>,
    /// Those of them where TLS comes first (RFC 8314 section 3).
    pub tls_ports: Vec<u16>,
    /// How it behaves.
    pub config: imap::ServerConfig,
}

/// One zone.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneSetup {
    /// Its name, such as `example.tld`.
    pub name: String,
    /// Its records.
    pub records: Vec<Record>,
    /// The learner may change it.
    pub open: bool,
}

/// One mailbox.
#[derive(Debug, Clone, PartialEq)]
pub struct MailboxSetup {
    /// Its address, such as `noname@example.tld`.
    pub address: String,
    /// The host it lies on.
    pub host: String,
    /// Its password.
    pub password: String,
    /// Its folders beside the inbox, and what the inbox is subscribed to as.
    pub folders: Vec<FolderSetup>,
    /// What lies in it at the start, oldest first.
    pub messages: Vec<MessageSetup>,
    /// How many octets it holds.
    pub quota: Option<u64>,
    /// What its owner has sent on.
    pub forward: Option<Forward>,
}

/// A folder of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderSetup {
    /// Its path with `/` between levels; `INBOX` for the inbox.
    pub name: String,
    /// What it is for (RFC 6154 section 2).
    pub special: Option<SpecialUse>,
    /// The user has subscribed to it.
    pub subscribed: bool,
}

/// A message that lies in a mailbox at the start.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageSetup {
    /// The message with CRLF line ends.
    pub octets: Arc<[u8]>,
    /// The folder it lies in.
    pub folder: String,
    /// Its flags.
    pub flags: Vec<Flag>,
    /// When it came; at the start of the attempt, where nothing is said.
    pub date: Option<InternalDate>,
    /// No session was told of it yet; a later message that was makes the earlier ones no longer recent.
    pub recent: bool,
    /// How it is to be signed and encrypted, as soon as the keys are there.
    pub protect: Option<ProtectSetup>,
}

impl FolderSetup {
    /// A folder; `special` is what it is for in small letters, such as `sent`, and of no meaning where it is unknown.
    pub fn new(name: String, special: Option<&str>, subscribed: bool) -> FolderSetup {
        let named =
            |s: &SpecialUse| s.name().get(1..).zip(special).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        FolderSetup { name, special: SpecialUse::ALL.into_iter().find(named), subscribed }
    }

    /// The path of a folder that is named with `/` between levels; `None` where no folder can be called that.
    pub fn path(name: &str) -> Option<String> {
        let name = imap::Style::Dovecot.path(name.trim())?;
        (name.len() <= super::FOLDER_NAME).then_some(name)
    }
}

impl MessageSetup {
    /// Sets a flag by its name; false where that is none.
    pub fn add_flag(&mut self, name: &str) -> bool {
        let flag = Flag::parse(name);
        let found = flag.is_some();
        self.flags.extend(flag);
        found
    }

    /// Has somebody read it?
    pub fn is_seen(&self) -> bool {
        self.flags.contains(&Flag::System(SystemFlag::Seen))
    }

    /// Sets when it came, as IMAP writes it (RFC 3501 section 9, date-time); false where that is no date.
    pub fn set_date(&mut self, text: &str) -> bool {
        self.date = InternalDate::parse(text);
        self.date.is_some()
    }
}

impl HostSetup {
    /// What listens on which port, by port: the port, the service as people call it.
    pub fn services(&self) -> Vec<(u16, &'static str)> {
        let mut services: Vec<(u16, &'static str)> = Vec::new();
        if let Some(smtp) = &self.smtp {
            let name = |port: &u16| match () {
                () if smtp.tls_ports.contains(port) => "SMTPS",
                () if smtp.submission_ports.contains(port) => "submission",
                () => "SMTP",
            };
            services.extend(smtp.ports.iter().map(|port| (*port, name(port))));
        }
        let secured = |tls: &[u16], port: u16, names: [&'static str; 2]| {
            (port, if tls.contains(&port) { names[1] } else { names[0] })
        };
        if let Some(pop3) = &self.pop3 {
            services.extend(pop3.ports.iter().map(|p| secured(&pop3.tls_ports, *p, ["POP3", "POP3S"])));
        }
        if let Some(imap) = &self.imap {
            services.extend(imap.ports.iter().map(|p| secured(&imap.tls_ports, *p, ["IMAP", "IMAPS"])));
        }
        services.extend(self.dns.then_some((53, "DNS")));
        services.sort_unstable();
        services
    }
}

impl ImapService {
    /// The names of the SASL mechanisms.
    pub fn mechanisms() -> Vec<&'static str> {
        Mechanism::ALL.iter().map(|m| m.name()).collect()
    }

    /// Offers these mechanisms and no others; what is none is left out.
    pub fn offer(&mut self, names: &[String]) {
        self.config.mechanisms = names.iter().filter_map(|name| Mechanism::parse(name)).collect();
    }
}

impl From<Arc<[u8]>> for MessageSetup {
    /// New, in the inbox.
    fn from(octets: Arc<[u8]>) -> MessageSetup {
        MessageSetup {
            octets,
            folder: "INBOX".to_owned(),
            flags: Vec::new(),
            date: None,
            recent: true,
            protect: None,
        }
    }
}

impl Setup {
    /// Does a host pass mail on, be it only that of its own users, does a person act, does something go wrong for a while? Then mail
    /// may have to wait, and time is worth passing.
    pub fn mail_may_wait(&self) -> bool {
        let users = |h: &HostSetup| h.smtp.as_ref().is_some_and(|s| !s.submission_ports.is_empty());
        let waits = |h: &HostSetup| h.post != PostSetup::default();
        let forwards = self.mailboxes.iter().any(|m| m.forward.is_some());
        let relays = |h: &HostSetup| h.relay != Relay::Nobody || !h.relay_for.is_empty();
        let acts = !self.people.is_empty() || !self.faults.is_empty();
        forwards || acts || self.hosts.iter().any(|h| relays(h) || users(h) || waits(h))
    }

    /// Does this port of a host take mail only from users who have signed in? Those for its own users do (RFC 6409 section
    /// 4.3), where it knows a way of signing in.
    pub fn asks_for_login(&self, host: &str, port: u16) -> bool {
        let smtp = self.hosts.iter().find(|h| h.name == host).and_then(|h| h.smtp.as_ref());
        smtp.is_some_and(|s| s.submission_ports.contains(&port) && !s.config.auth.is_empty())
    }

    /// Lays the records of keys that nobody has published into the workstation's files, each in one that is called as the
    /// record is, as opendkim-genkey writes it.
    pub fn hand_out_key_records(&mut self) {
        let unpublished = self.dkim.iter().filter(|s| !s.publish);
        let records: Vec<(String, Bytes)> = unpublished
            .filter_map(|signing| {
                let key = self.keyring.dkim.get(&signing.record_name())?;
                let strings: Vec<String> = key.strings().iter().map(|part| format!("\"{part}\"")).collect();
                let line = format!("{}._domainkey\tIN\tTXT\t{}\n", signing.selector, strings.join(" "));
                Some((format!("{}.txt", signing.record_name()), line.as_str().into()))
            })
            .collect();
        if !records.is_empty() {
            Arc::make_mut(&mut self.workstation).files.extend(records);
        }
    }

    /// The keys that the domains of this world are to sign with.
    pub fn signing_keys(&self) -> Vec<SigningOrder> {
        let order = |s: &SigningSetup| SigningOrder { name: s.record_name(), algorithm: s.algorithm };
        self.dkim.iter().map(order).collect()
    }

    /// The certificates that the hosts of this world are to have.
    pub fn certificates(&self) -> Vec<CertificateOrder> {
        let order = |h: &Arc<HostSetup>| {
            let tls = h.tls.as_ref()?;
            let names = std::iter::once(&h.name).chain(&tls.names).cloned().collect();
            Some(CertificateOrder { host: h.name.clone(), names, kind: tls.certificate.clone() })
        };
        self.hosts.iter().filter_map(order).collect()
    }
}

impl Network {
    /// Does `ip` lie in it?
    pub fn contains(self, ip: IpAddr) -> bool {
        let IpAddr::V4(ip) = ip else { return false };
        let shift = 32 - u32::from(self.prefix.min(32));
        let bits = |a: Ipv4Addr| u64::from(u32::from(a)) >> shift;
        bits(ip) == bits(self.base)
    }
}
