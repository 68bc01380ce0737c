//! Faults: what goes wrong in this world because its scenario says so. They are data of one host, one way between two
//! hosts, a zone or a mailbox, and strike by rule: for the first so many tries, for a time, for some senders. Each
//! strike is an event, so that what the learner saw can be explained afterwards.
//!
//! Here is which fault strikes when, and what hosts answer then; what happens to connections is in `line`.

mod line;

pub(super) use line::{Impaired, Kept};

use super::{ConnId, World};
use crate::event::{
    ConnectFailure, DnsFailure, Endpoint, Event, FaultKind, PolicyVerdict, Rcode, Reply, SmtpStage,
};
use crate::mail::{ForwardPath, glob_matches};
use crate::proto::Ask;
use crate::proto::smtp::Style;
use crate::units::Time;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// How many client networks, senders and recipients a host remembers for greylisting.
const TRIPLETS: usize = 10_000;
/// Postgrey's `--retry-window`: who comes back later than this begins anew.
const RETRY_WINDOW: Duration = Duration::from_secs(2 * 24 * 3600);

/// A fault as the scenario has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultSetup {
    /// The scenario's name for it.
    pub id: String,
    /// What goes wrong.
    pub kind: FaultKind,
    /// The host it belongs to, by name; `None` for DNS.
    pub host: Option<String>,
    /// Only at this port of it.
    pub port: Option<u16>,
    /// Only for connections and questions from this host.
    pub from: Option<String>,
    /// Only for so many connections (or questions of DNS): after those it is over.
    pub tries: Option<u32>,
    /// From so long after the beginning of the attempt on.
    pub after: Duration,
    /// For so long from then on.
    pub lasts: Option<Duration>,
    /// Only for senders like this, `*` standing for anything; nothing is the null path.
    pub sender: Option<String>,
    /// Only for recipients like this; for faults of mailboxes: which.
    pub recipient: Option<String>,
    /// For DNS: names like this and all below them.
    pub name: Option<String>,
}

/// The faults of a world, and what they have done so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    faults: Vec<Fault>,
    /// The sender of the transaction on a connection, where a fault may ask for it.
    senders: BTreeMap<ConnId, String>,
}

#[derive(Debug)]
struct Fault {
    setup: Arc<FaultSetup>,
    /// How many connections (or questions) it has struck, and the last of them.
    struck: u32,
    last: Option<ConnId>,
    /// Greylisting: when each network, sender and recipient was seen first, and whether it has passed since.
    triplets: BTreeMap<(String, String, String), (Time, bool)>,
    /// It has done what is done once.
    done: bool,
}

/// Where something may go wrong.
#[derive(Debug, Clone, Copy)]
struct Scene<'a> {
    host: &'a str,
    port: Option<u16>,
    from: &'a str,
    conn: Option<ConnId>,
    sender: Option<&'a str>,
    recipient: Option<&'a str>,
}

impl Faults {
    pub(super) fn new(setups: &[Arc<FaultSetup>]) -> Faults {
        let fault = |setup: &Arc<FaultSetup>| Fault {
            setup: setup.clone(),
            struck: 0,
            last: None,
            triplets: BTreeMap::new(),
            done: false,
        };
        Faults { faults: setups.iter().map(fault).collect(), senders: BTreeMap::new() }
    }

    /// Does something in this world go wrong with what this host answers?
    pub(super) fn answers(&self, host: &str) -> bool {
        let here = |f: &&Fault| f.setup.host.as_deref() == Some(host);
        self.faults.iter().filter(here).any(|f| matches!(f.setup.kind, FaultKind::Reply { .. }))
    }

    fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// A connection has ended.
    pub(super) fn forget(&mut self, conn: ConnId) {
        self.senders.remove(&conn);
    }

    /// When something is to happen by itself.
    pub(super) fn next_wakeup(&self, started: Time) -> Option<Time> {
        let once = |f: &&Fault| f.setup.kind == FaultKind::Renumbered && !f.done;
        self.faults.iter().filter(once).map(|f| started.plus(f.setup.after)).min()
    }
}

impl Fault {
    /// Is this its time and its place?
    fn fits(&self, now: Time, started: Time, scene: &Scene<'_>) -> bool {
        let setup = &self.setup;
        let begins = started.plus(setup.after);
        let on = now >= begins && setup.lasts.is_none_or(|lasts| now < begins.plus(lasts));
        // A connection that is struck once is struck whenever the fault's place comes.
        let again = self.last.is_some() && self.last == scene.conn;
        let like = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_ref().is_none_or(|glob| found.is_some_and(|found| glob_matches(glob, found)))
        };
        on && setup.tries.is_none_or(|tries| again || self.struck < tries)
            && setup.host.as_ref().is_none_or(|host| host.eq_ignore_ascii_case(scene.host))
            && (setup.port.is_none() || scene.port.is_none() || setup.port == scene.port)
            && setup.from.as_ref().is_none_or(|from| from.eq_ignore_ascii_case(scene.from))
            && like(&setup.sender, scene.sender)
            && like(&setup.recipient, scene.recipient)
    }
}

impl World {
    /// The first fault of such a kind that strikes in this scene, by its place.
    fn find_fault(&self, scene: &Scene<'_>, such: impl Fn(&FaultKind) -> bool) -> Option<usize> {
        let fits = |f: &Fault| such(&f.setup.kind) && f.fits(self.now, self.started, scene);
        self.faults.faults.iter().position(fits)
    }

    /// A fault strikes: it is counted and told.
    fn strike(&mut self, at: usize, place: &str, conn: Option<ConnId>) -> Option<FaultKind> {
        let fault = self.faults.faults.get_mut(at)?;
        if conn.is_none() || fault.last != conn {
            fault.struck = fault.struck.saturating_add(1);
        }
        fault.last = conn;
        let (fault, what) = (fault.setup.id.clone(), fault.setup.kind.clone());
        let place = place.to_owned();
        self.log(Event::Fault { fault, what: what.clone(), place, conn });
        Some(what)
    }

    /// Does a connection to this host not come about, or not last?
    pub(super) fn connect_fault(
        &mut self,
        conn: ConnId,
        from: &Endpoint,
        to: &Endpoint,
    ) -> Result<bool, ConnectFailure> {
        let scene = Scene {
            host: &to.host,
            port: Some(to.port),
            from: &from.host,
            conn: Some(conn),
            sender: None,
            recipient: None,
        };
        let kinds = |k: &FaultKind| matches!(k, FaultKind::Refused | FaultKind::NoAnswer | FaultKind::Reset);
        let Some(at) = self.find_fault(&scene, kinds) else { return Ok(false) };
        match self.strike(at, &to.host, Some(conn)) {
            Some(FaultKind::Refused) => Err(ConnectFailure::Refused),
            Some(FaultKind::NoAnswer) => Err(ConnectFailure::TimedOut),
            struck => Ok(struck.is_some()),
        }
    }

    /// What a host in trouble says instead of deciding.
    pub(super) fn ask_fault(&mut self, conn: ConnId, ask: &Ask) -> Option<PolicyVerdict> {
        if self.faults.is_empty() {
            return None;
        }
        let (from, to) = self.net.endpoints(conn)?;
        let stage = match ask {
            Ask::Stage { at } => *at,
            Ask::Sender { from, .. } => {
                let sender = from.0.as_ref().map(ToString::to_string).unwrap_or_default();
                self.faults.senders.insert(conn, sender);
                SmtpStage::Mail
            }
            Ask::Recipient { .. } => SmtpStage::Rcpt,
            Ask::Message { .. } => SmtpStage::End,
            _ => return None,
        };
        let sender = self.faults.senders.get(&conn).cloned();
        let recipients: Vec<String> = match ask {
            Ask::Recipient { to, .. } => vec![to.0.to_string()],
            Ask::Message { envelope, .. } => envelope.to.iter().map(|to| to.0.to_string()).collect(),
            _ => Vec::new(),
        };
        // Of a message with several recipients, one like the fault's is enough.
        let mut seen: Vec<Option<&str>> = recipients.iter().map(|r| Some(r.as_str())).collect();
        if seen.is_empty() {
            seen.push(None);
        }
        for recipient in seen {
            let scene = Scene {
                host: &to.host,
                port: Some(to.port),
                from: &from.host,
                conn: Some(conn),
                sender: sender.as_deref().filter(|_| stage >= SmtpStage::Mail),
                recipient,
            };
            let refuses = |k: &FaultKind| matches!(k, FaultKind::Reply { at, .. } if *at == stage);
            if let Some(at) = self.find_fault(&scene, refuses)
                && let Some(FaultKind::Reply { code, text, .. }) = self.strike(at, &to.host, Some(conn))
            {
                let about = match stage {
                    SmtpStage::Mail => scene.sender,
                    SmtpStage::Rcpt => recipient,
                    _ => None,
                };
                let reply = self.trouble_reply(&to.host, stage, code, text.as_deref(), about);
                return Some(PolicyVerdict::Trouble { reply, wait: None });
            }
        }
        None
    }

    /// Recipients that the host would take and that do not get it now: a full mailbox, greylisting.
    pub(super) fn recipient_fault(
        &mut self,
        conn: ConnId,
        to: &ForwardPath,
        local: bool,
    ) -> Option<PolicyVerdict> {
        if self.faults.is_empty() {
            return None;
        }
        let (from, server) = self.net.endpoints(conn)?;
        let (recipient, sender) = (to.0.to_string(), self.faults.senders.get(&conn).cloned());
        let scene = Scene {
            host: &server.host,
            port: Some(server.port),
            from: &from.host,
            conn: Some(conn),
            sender: sender.as_deref(),
            recipient: Some(&recipient),
        };
        if local && let Some(at) = self.find_fault(&scene, |k| *k == FaultKind::Full) {
            self.strike(at, &server.host, Some(conn));
            return Some(PolicyVerdict::Recipient(crate::event::RecipientVerdict::MailboxFull));
        }
        let at = self.find_fault(&scene, |k| matches!(k, FaultKind::Greylist { .. }))?;
        let triplet = (network(from.ip), sender.clone().unwrap_or_default(), recipient.to_lowercase());
        let seconds = self.greylist(at, triplet)?;
        self.strike(at, &server.host, Some(conn));
        let domain = to.0.domain_name().unwrap_or(&server.host).to_owned();
        let (code, enhanced) = (450, self.enhanced(&server.host, 4, 2, 0));
        let text = format!(
            "<{recipient}>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/{domain}.html"
        );
        let reply = Reply { code, enhanced, lines: vec![text] };
        Some(PolicyVerdict::Trouble { reply, wait: Some(seconds) })
    }

    /// How many seconds this client, sender and recipient have to wait yet; `None` where they have waited.
    fn greylist(&mut self, at: usize, triplet: (String, String, String)) -> Option<u32> {
        let now = self.now;
        let fault = self.faults.faults.get_mut(at)?;
        let FaultKind::Greylist { delay } = fault.setup.kind else { return None };
        let wait = Duration::from_secs(u64::from(delay));
        let known = fault.triplets.len() < TRIPLETS || fault.triplets.contains_key(&triplet);
        let (first, passed) = match known {
            true => fault.triplets.entry(triplet).or_insert((now, false)),
            // Whoever came first is forgotten first in real life; here nobody more is kept waiting.
            false => return None,
        };
        if *passed {
            return None;
        }
        let waited = now.since(*first);
        if waited > RETRY_WINDOW {
            *first = now;
            return Some(delay);
        }
        *passed = waited >= wait;
        let left = wait.saturating_sub(waited).as_secs();
        (!*passed).then(|| u32::try_from(left).unwrap_or(delay).max(1))
    }

    /// Does a mailbox of a host take nothing at the moment? For mail that is on the host already.
    pub(super) fn full_fault(&mut self, host: &str, address: &str) -> bool {
        let scene =
            Scene { host, port: None, from: host, conn: None, sender: None, recipient: Some(address) };
        let full = |k: &FaultKind| *k == FaultKind::Full;
        // Whoever sent it is not asked for here.
        match self.find_fault(&scene, full) {
            Some(at) => self.strike(at, address, None).is_some(),
            None => false,
        }
    }

    /// Has somebody else the maildrop?
    pub(super) fn lock_fault(&mut self, conn: ConnId, address: &str) -> bool {
        let Some((from, to)) = self.net.endpoints(conn) else { return false };
        let scene = Scene {
            host: &to.host,
            port: Some(to.port),
            from: &from.host,
            conn: Some(conn),
            sender: None,
            recipient: Some(address),
        };
        match self.find_fault(&scene, |k| *k == FaultKind::Locked) {
            Some(at) => self.strike(at, address, Some(conn)).is_some(),
            None => false,
        }
    }

    /// Does DNS give no proper answer about this name?
    pub(super) fn dns_fault(&mut self, asker: &str, name: &str) -> Option<Result<Rcode, DnsFailure>> {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let about = |f: &Fault| {
            let zone = f.setup.name.as_deref().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
            let below = |zone: &str| name.strip_suffix(zone).is_some_and(|rest| rest.ends_with('.'));
            zone.is_empty() || glob_matches(&zone, &name) || below(&zone)
        };
        let scene = Scene { host: "", port: None, from: asker, conn: None, sender: None, recipient: None };
        let (now, started) = (self.now, self.started);
        let at = self.faults.faults.iter().position(|f| {
            matches!(f.setup.kind, FaultKind::ServFail | FaultKind::DnsSilent)
                && f.fits(now, started, &scene)
                && about(f)
        })?;
        match self.strike(at, &name, None)? {
            FaultKind::DnsSilent => Some(Err(DnsFailure::TimedOut)),
            _ => Some(Ok(Rcode::ServFail)),
        }
    }

    /// What happens by itself: mailboxes are made anew.
    pub(super) fn wake_faults(&mut self) {
        let (now, started) = (self.now, self.started);
        for at in 0..self.faults.faults.len() {
            let Some(fault) = self.faults.faults.get_mut(at) else { continue };
            let due = started.plus(fault.setup.after) <= now;
            if fault.done || !due || fault.setup.kind != FaultKind::Renumbered {
                continue;
            }
            fault.done = true;
            let setup = fault.setup.clone();
            let address = setup.recipient.clone().unwrap_or_default();
            if self.renumber(setup.host.as_deref(), &address) {
                self.strike(at, &address, None);
            }
        }
    }

    fn enhanced(
        &self,
        host: &str,
        class: u8,
        subject: u16,
        detail: u16,
    ) -> Option<crate::event::EnhancedCode> {
        let style = self.style_of(host)?;
        let has = !matches!(style, Style::Qmail | Style::Exim);
        has.then_some(crate::event::EnhancedCode(class, subject, detail))
    }

    fn style_of(&self, host: &str) -> Option<Style> {
        let host = self.hosts.iter().find(|h| h.setup.name.eq_ignore_ascii_case(host))?;
        host.setup.smtp.as_ref().map(|s| s.config.style)
    }

    /// The reply of a host in trouble: in the scenario's words, or in those in which Postfix says the like.
    fn trouble_reply(
        &self,
        host: &str,
        stage: SmtpStage,
        code: u16,
        text: Option<&str>,
        about: Option<&str>,
    ) -> Reply {
        if let Some(text) = text {
            let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
            let enhanced = crate::event::EnhancedCode::parse(first);
            let words = if enhanced.is_some() { rest } else { text };
            return Reply { code, enhanced, lines: words.split('\n').map(str::to_owned).collect() };
        }
        let later = code < 500;
        let (subject, detail, words) = match (stage, later) {
            (SmtpStage::Connect, true) => (3, 2, "Service not available, closing transmission channel"),
            (SmtpStage::Connect, false) => (3, 2, "No SMTP service here"),
            (SmtpStage::Helo, true) => (3, 0, "Server error, try again later"),
            (SmtpStage::Helo, false) => (7, 1, "Helo command rejected: Access denied"),
            (SmtpStage::Mail | SmtpStage::Rcpt, true) => (3, 0, "Temporary lookup failure"),
            (SmtpStage::Mail, false) => (7, 1, "Sender address rejected: Access denied"),
            (SmtpStage::Rcpt, false) => (7, 1, "Recipient address rejected: Access denied"),
            (SmtpStage::Data, true) => (3, 5, "Server configuration error"),
            (SmtpStage::Data, false) => (7, 1, "Data command rejected: Access denied"),
            (SmtpStage::End, true) => (3, 0, "Error: queue file write error"),
            (SmtpStage::End, false) => (7, 1, "Message content rejected"),
        };
        let text = match about {
            Some(about) => format!("<{about}>: {words}"),
            None if stage == SmtpStage::Connect => format!("{host} {words}"),
            None => words.to_owned(),
        };
        let class = if later { 4 } else { 5 };
        let plain = matches!(stage, SmtpStage::Connect);
        let enhanced = self.enhanced(host, class, subject, detail).filter(|_| !plain);
        Reply { code, enhanced, lines: vec![text] }
    }
}

/// What of a client's address greylisting goes by: its network, as postgrey takes it.
fn network(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0")
        }
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::")
        }
    }
}
