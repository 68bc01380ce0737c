//! The network as the lab page shows it: a map of the hosts that the learner has met, who talks to whom, where each mail
//! is, what DNS has told, and the zones and settings that are theirs to change. Everything is put together from the
//! scenario and the events up to a moment.
//!
//! The map is a list of cards in two columns; `static/js/network.js` draws the lines between them. Where a card stands
//! is decided here, so that the same hosts always stand in the same places.

mod known;
mod letters;
mod records;

use super::shown::Shown;
use super::ui::Ui;
use crate::event::Entry;
use crate::explain::Explainer;
use crate::scenario::{Drawn, Hidden};
use crate::units::Time;
use askama::Template;
use known::{Kind, Known, Place, Tried};
use letters::{Letter, Letters, Move, What};
use records::{AskedTable, SettingsTable, ZoneTable};
use std::collections::BTreeSet;

/// How many connections that have ended are told.
const PAST: usize = 40;

/// What a host is in the traffic of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Mua,
    Msa,
    Mta,
    Mda,
    Dns,
}

/// A port, and what is known of it.
#[derive(Debug)]
struct PortShown {
    number: u16,
    service: &'static str,
    /// TLS comes first there.
    tls: bool,
    /// `untried`, `open`, `refused` or `silent`, for styles and tests.
    state: &'static str,
    says: String,
}

/// A role, and what it means.
#[derive(Debug)]
struct RoleShown {
    code: &'static str,
    short: &'static str,
    text: String,
}

/// A host on the map.
#[derive(Debug)]
struct Card {
    /// Which, for the lines between cards.
    key: usize,
    /// `workstation`, `resolver`, `host` or `person`.
    kind: &'static str,
    /// `left` or `right`.
    column: &'static str,
    /// What it is called, in pieces between which a line may break.
    name: Vec<String>,
    /// Its address; `None` where nobody has looked it up.
    address: Option<String>,
    roles: Vec<RoleShown>,
    /// Its ports, by the family of their protocols.
    ports: Vec<(&'static str, Vec<PortShown>)>,
    /// How many letters wait in its queue, as a sentence; empty where none does.
    queued: String,
    queue: usize,
}

/// A connection, in words.
#[derive(Debug)]
struct Line {
    from: usize,
    to: usize,
    tls: bool,
    /// Shown in the list alone: a line for each host that asks a name server would hide the others.
    untold: bool,
    text: String,
}

/// Something that happened to a letter, in words.
#[derive(Debug)]
struct MoveShown {
    n: u64,
    from: usize,
    to: usize,
    what: &'static str,
    clock: String,
    text: String,
}

/// Where a letter is.
#[derive(Debug)]
struct LetterShown {
    id: String,
    from: Shown,
    states: Vec<StateShown>,
}

/// One thing to say about where a letter is.
#[derive(Debug)]
struct StateShown {
    /// `waiting`, `deferred`, `delivered` or `given-up`.
    code: &'static str,
    text: Shown,
}

/// The fragment.
#[derive(Debug, Template)]
#[template(path = "network.html")]
pub(super) struct Network {
    ui: &'static Ui,
    cards: Vec<Card>,
    live: Vec<Line>,
    past: Vec<Line>,
    moves: Vec<MoveShown>,
    letters: Vec<LetterShown>,
    zones: Vec<ZoneTable>,
    asked: AskedTable,
    settings: Vec<SettingsTable>,
    /// The hosts whose settings are kept back for now.
    kept_back: Vec<String>,
    /// It is shown as it once was: nothing can be changed there.
    is_past: bool,
}

impl Network {
    /// Without what a step that is open asks for.
    pub(super) fn keeping_back(mut self, hidden: &BTreeSet<Hidden>) -> Network {
        if hidden.contains(&Hidden::Settings) {
            self.kept_back = self.settings.drain(..).map(|table| table.host).collect();
        }
        if hidden.contains(&Hidden::Ports) {
            for card in &mut self.cards {
                card.untried();
            }
        }
        self
    }
}

impl Card {
    /// Leaves out the ports that nobody has tried, and the roles that would name them.
    fn untried(&mut self) {
        for (_, ports) in &mut self.ports {
            ports.retain(|port| port.state != "untried");
        }
        self.ports.retain(|(_, ports)| !ports.is_empty());
        if self.kind == "host" {
            let there = |role: &RoleShown| match role.code {
                "msa" => {
                    self.ports.iter().any(|(_, ports)| ports.iter().any(|p| matches!(p.number, 465 | 587)))
                }
                "mta" => self.ports.iter().any(|(family, _)| *family == "SMTP"),
                "mda" => self.ports.iter().any(|(family, _)| matches!(*family, "POP3" | "IMAP")),
                _ => true,
            };
            self.roles.retain(there);
        }
    }
}

/// The network after these events; `is_past` where others have followed.
pub(super) fn network(ui: &'static Ui, drawn: &Drawn, entries: &[Entry], is_past: bool) -> Network {
    let (mut known, mut letters) = (Known::new(drawn), Letters::default());
    for entry in entries {
        known.follow(entry);
        letters.follow(entry, &known);
    }
    let words = Words { ui, drawn, known: &known };
    let line = |link: &known::Link| words.line(link);
    let live: Vec<Line> = known.links.values().filter(|l| l.live).map(line).collect();
    let mut past: Vec<Line> = Vec::new();
    let ended = known.links.values().rev().filter(|l| !l.live).map(line);
    for line in ended.chain(known.asked.iter().map(|(from, to)| words.asked(*from, *to))) {
        let told = |l: &Line| (l.from, l.to) == (line.from, line.to) && l.text == line.text;
        if past.len() < PAST && !past.iter().any(told) {
            past.push(line);
        }
    }
    Network {
        ui,
        cards: words.cards(&letters),
        live,
        past,
        moves: letters.moves.iter().rev().map(|m| words.moved(m)).collect(),
        letters: letters.listed().map(|l| words.letter(l)).collect(),
        zones: records::zones(drawn, entries),
        asked: records::asked(ui, drawn, entries),
        settings: records::settings(ui, drawn, entries),
        kept_back: Vec::new(),
        is_past,
    }
}

/// Puts what is known into words.
struct Words<'a> {
    ui: &'static Ui,
    drawn: &'a Drawn,
    known: &'a Known,
}

impl Words<'_> {
    /// The cards of the places that were met, in the order of rows: what is the learner's on the left, each host where
    /// there is more room.
    fn cards(&self, letters: &Letters) -> Vec<Card> {
        let met: Vec<usize> = (0..self.known.places.len()).filter(|n| self.known.is_met(*n)).collect();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        let is_host = |n: &usize| self.known.places.get(*n).is_some_and(|p| p.kind == Kind::Host);
        left.extend(met.iter().filter(|n| !is_host(n)));
        for n in met.iter().filter(|n| is_host(n)) {
            let side = if right.len() < left.len() { &mut right } else { &mut left };
            side.push(n);
        }
        let mut cards = Vec::new();
        for row in 0..left.len().max(right.len()) {
            for (column, side) in [("left", &left), ("right", &right)] {
                let place = side.get(row).and_then(|n| Some((**n, self.known.places.get(**n)?)));
                cards.extend(place.map(|(n, place)| self.card(n, place, column, letters)));
            }
        }
        cards
    }

    fn card(&self, key: usize, place: &Place, column: &'static str, letters: &Letters) -> Card {
        let name = match place.kind {
            Kind::Resolver => vec![self.ui.t("net-resolver")],
            Kind::Person => vec![self.ui.x("net-person", place.name.clone())],
            Kind::Host if !place.named => vec![self.ui.t("net-unnamed")],
            _ => broken(&place.name),
        };
        let queue = letters.queued(key);
        Card {
            key,
            kind: match place.kind {
                Kind::Workstation => "workstation",
                Kind::Resolver => "resolver",
                Kind::Host => "host",
                Kind::Person => "person",
            },
            column,
            name,
            address: place.addressed.then(|| place.address.to_string()),
            roles: self.roles(place).into_iter().map(|role| self.role(role)).collect(),
            ports: self.ports(place),
            queued: if queue > 0 { self.ui.x("net-queued", queue) } else { String::new() },
            queue,
        }
    }

    fn services(&self, place: &Place) -> Vec<(u16, &'static str)> {
        let host = self.drawn.setup.hosts.iter().find(|h| place.kind == Kind::Host && h.name == place.name);
        let mut services = host.map(|h| h.services()).unwrap_or_default();
        if place.kind == Kind::Resolver {
            services.push((53, "DNS"));
        }
        // Whoever DNS names as a mail host is expected to listen, until somebody finds out otherwise.
        let expected = place.exchanger.then_some((25, "SMTP"));
        let tried = place.tried.keys().map(|port| (*port, usual_service(*port)));
        for (port, service) in expected.into_iter().chain(tried) {
            if !services.iter().any(|(there, _)| *there == port) {
                services.push((port, service));
            }
        }
        services.sort_unstable();
        services
    }

    fn ports(&self, place: &Place) -> Vec<(&'static str, Vec<PortShown>)> {
        let mut families: Vec<(&'static str, Vec<PortShown>)> = Vec::new();
        for (number, service) in self.services(place) {
            let (state, key) = match place.tried.get(&number).unwrap_or(&Tried::NotYet) {
                Tried::NotYet => ("untried", "net-port-untried"),
                Tried::Open => ("open", "net-port-open"),
                Tried::Refused => ("refused", "net-port-refused"),
                Tried::Silent => ("silent", "net-port-silent"),
            };
            let tls = matches!(service, "SMTPS" | "POP3S" | "IMAPS");
            let port = PortShown { number, service, tls, state, says: self.ui.t(key) };
            let family = match service {
                "submission" => "SMTP",
                _ => service.trim_end_matches('S'),
            };
            let family = if service == "DNS" { service } else { family };
            match families.iter_mut().find(|(there, _)| *there == family) {
                Some((_, ports)) => ports.push(port),
                None => families.push((family, vec![port])),
            }
        }
        families
    }

    fn roles(&self, place: &Place) -> Vec<Role> {
        let services = self.services(place);
        let any = |names: &[&str]| services.iter().any(|(_, service)| names.contains(service));
        let mailboxes = || {
            let lies = self.drawn.setup.mailboxes.iter().any(|m| m.host == place.name);
            place.kind == Kind::Host && lies && (place.exchanger || any(&["SMTP", "POP3", "POP3S"]))
        };
        let mut roles = Vec::new();
        if matches!(place.kind, Kind::Workstation | Kind::Person) {
            roles.push(Role::Mua);
        }
        // Port 465 is for a host's own users, as 587 is (RFC 8314 section 3.3).
        if any(&["submission", "SMTPS"]) {
            roles.push(Role::Msa);
        }
        if any(&["SMTP"]) {
            roles.push(Role::Mta);
        }
        if mailboxes() || any(&["POP3", "POP3S", "IMAP", "IMAPS"]) {
            roles.push(Role::Mda);
        }
        if any(&["DNS"]) {
            roles.push(Role::Dns);
        }
        roles
    }

    fn role(&self, role: Role) -> RoleShown {
        let (code, short, key) = match role {
            Role::Mua => ("mua", "MUA", "role-mua"),
            Role::Msa => ("msa", "MSA", "role-msa"),
            Role::Mta => ("mta", "MTA", "role-mta"),
            Role::Mda => ("mda", "MDA", "role-mda"),
            Role::Dns => ("dns", "DNS", "role-dns"),
        };
        RoleShown { code, short, text: self.ui.t(key) }
    }

    /// What a place is called in a sentence.
    fn name(&self, place: usize) -> String {
        let Some(place) = self.known.places.get(place) else { return String::new() };
        match place.kind {
            Kind::Workstation => self.ui.t("net-you"),
            Kind::Resolver => self.ui.t("net-resolver"),
            Kind::Person => place.name.clone(),
            Kind::Host if !place.named => place.address.to_string(),
            Kind::Host => place.name.clone(),
        }
    }

    fn line(&self, link: &known::Link) -> Line {
        let service = self.known.places.get(link.to).map(|p| self.services(p)).unwrap_or_default();
        let service = service.iter().find(|(port, _)| *port == link.port).map_or("TCP", |(_, name)| *name);
        let variables = [
            ("from", self.name(link.from).into()),
            ("to", self.name(link.to).into()),
            ("service", service.into()),
            ("port", link.port.to_string().into()),
            ("tls", link.tls.unwrap_or_default().into()),
        ];
        let key = if link.tls.is_some() { "net-line-tls" } else { "net-line" };
        let text = self.ui.with(key, &variables);
        Line { from: link.from, to: link.to, tls: link.tls.is_some(), untold: false, text }
    }

    /// Somebody has asked a name server.
    fn asked(&self, from: usize, to: usize) -> Line {
        let variables = [("from", self.name(from).into()), ("to", self.name(to).into())];
        Line { from, to, tls: false, untold: from != 0, text: self.ui.with("net-line-dns", &variables) }
    }

    fn moved(&self, moved: &Move) -> MoveShown {
        let key = match moved.what {
            What::Handed => "move-handed",
            What::Delivered => "move-delivered",
            What::Deferred => "move-deferred",
            What::GivenUp => "move-given-up",
            What::Reported => "move-reported",
            What::Fetched if moved.letter.is_none() => "move-fetched-some",
            What::Fetched => "move-fetched",
        };
        let letter = moved.letter.map_or_else(String::new, |id| id.to_string());
        let variables = [
            ("letter", letter.into()),
            ("from", self.name(moved.from).into()),
            ("to", self.name(moved.to).into()),
        ];
        MoveShown {
            n: moved.n.0,
            from: moved.from,
            to: moved.to,
            what: moved.what.code(),
            clock: self.clock(moved.at),
            text: self.ui.with(key, &variables),
        }
    }

    fn letter(&self, letter: &Letter) -> LetterShown {
        let mut states = Vec::new();
        for held in &letter.held {
            for waiting in &held.waiting {
                let (code, key) = match waiting.again {
                    Some(_) => ("deferred", "letter-deferred"),
                    None => ("waiting", "letter-waiting"),
                };
                let mut variables = vec![
                    ("to", waiting.recipient.clone().into()),
                    ("host", self.name(held.place).into()),
                    ("queue", held.queue_id.clone().into()),
                ];
                if let Some((until, why)) = &waiting.again {
                    let why = Explainer::of(self.ui.lang).explain_delivery(&waiting.recipient, why).text;
                    variables.extend([("until", self.clock(*until).into()), ("why", why.into())]);
                }
                states.push(StateShown { code, text: Shown::text(&self.ui.with(key, &variables)) });
            }
        }
        for mailbox in &letter.delivered {
            let text = Shown::text(&self.ui.x("letter-delivered", mailbox.clone()));
            states.push(StateShown { code: "delivered", text });
        }
        for (recipient, why) in &letter.given_up {
            let why = Explainer::of(self.ui.lang).explain_delivery(recipient, why).text;
            let variables = [("to", recipient.clone().into()), ("why", why.into())];
            let text = Shown::text(&self.ui.with("letter-given-up", &variables));
            states.push(StateShown { code: "given-up", text });
        }
        let from = if letter.from.is_empty() { self.ui.t("letter-report") } else { letter.from.clone() };
        LetterShown { id: letter.id.to_string(), from: Shown::text(&from), states }
    }

    fn clock(&self, at: Time) -> String {
        records::clock(self.drawn, at)
    }
}

/// A name in pieces, each with its final dot.
fn broken(name: &str) -> Vec<String> {
    name.split_inclusive('.').map(str::to_owned).collect()
}

/// What is to be found at a port elsewhere (the registry of RFC 6335), for one that does not listen here.
fn usual_service(port: u16) -> &'static str {
    match port {
        25 => "SMTP",
        53 => "DNS",
        110 => "POP3",
        143 => "IMAP",
        465 => "SMTPS",
        587 => "submission",
        993 => "IMAPS",
        995 => "POP3S",
        _ => "TCP",
    }
}

#[cfg(test)]
mod tests;
