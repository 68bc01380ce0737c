//! Persons and accounts: their addresses, servers and habits, judged and filled in.

use super::Draw;
use super::value::help_with;
use crate::mail::compose::Correspondent;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::{
    AccountModel, ActModel, HabitModel, LikeModel, OccasionModel, PersonModel, WrittenModel,
};
use crate::scenario::template::{Str, Texts};
use crate::world::{
    AccountSetup, Act, Door, FolderSetup, Habit, LETTERS, LetterSetup, MailboxSetup, Occasion, PersonSetup,
    Relay, Setup,
};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// How long it takes a person to do something, where the scenario does not say.
const USUAL: Duration = Duration::from_secs(60);
/// What `{{mail.from}}` and its like stand for: the message a person answers, filled in when they do.
const OF_MAIL: [&str; 6] = ["mail.from", "mail.name", "mail.subject", "mail.date", "mail.id", "mail.text"];

impl Draw<'_> {
    pub(super) fn people(&mut self, setup: &mut Setup) {
        let mut people: Vec<Arc<PersonSetup>> = Vec::new();
        for model in &self.model.people {
            people.extend(self.person(setup, model, &people).map(Arc::new));
        }
        setup.people = people;
        if let Some(model) = &self.model.workstation.account {
            let account = self.account(setup, model).map(Arc::new);
            Arc::make_mut(&mut setup.workstation).account = account;
        }
    }

    fn person(
        &mut self,
        setup: &Setup,
        model: &PersonModel,
        others: &[Arc<PersonSetup>],
    ) -> Option<PersonSetup> {
        let account = self.account(setup, &model.account);
        let ip = model.ip.as_ref().and_then(|ip| self.ip(ip));
        if let (Some(ip), Some(at)) = (ip, &model.ip) {
            let of_host = setup.hosts.iter().find(|h| h.ip == ip).map(|h| h.name.clone());
            let of_person = others.iter().find(|p| p.ip == ip).map(|p| p.account.owner.shown());
            let own = (setup.workstation.ip == ip).then(|| "the workstation".to_owned());
            if let Some(other) = of_host.or(of_person).or(own) {
                let message = format!("{other} has the address {ip} too");
                self.error("same-address", at, message, "give each device an address of its own");
            }
        }
        // What a message says is filled in later; until then the names stand for themselves.
        let of_mail = OF_MAIL.map(|name| (name.to_owned(), format!("{{{{{name}}}}}")));
        self.facts.extend(of_mail);
        let mut habits = Vec::new();
        for habit in &model.habits {
            if habit.smime.0
                && let Some(account) = &account
            {
                let own = account.owner.address.to_string();
                self.has_certificate(setup, &model.account.address, &own);
            }
            habits.extend(self.habit(setup, habit));
        }
        for name in OF_MAIL {
            self.facts.remove(name);
        }
        let account = account?;
        if let Some(ip) = ip {
            self.may_send(setup, model, &account, ip);
        }
        let device = model.device.as_ref().and_then(|d| self.host_name(d)).unwrap_or_else(|| {
            let local = account.owner.address.local.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
            let domain = account.owner.address.domain_name().unwrap_or("local");
            format!("{}.{domain}", local.trim_matches('-'))
        });
        let limit = model.limit.unwrap_or(LETTERS);
        let (zone, lang) = (model.zone, self.lang);
        Some(PersonSetup { account, device, ip: ip?, zone, lang, limit, habits })
    }

    /// A server that neither lets its users sign in nor passes on what comes from the device takes mail for its own
    /// mailboxes only.
    fn may_send(&mut self, setup: &Setup, model: &PersonModel, account: &AccountSetup, ip: IpAddr) {
        let Some(host) = setup.host(&account.submission.host) else { return };
        let signs_in = host.smtp.as_ref().is_some_and(|s| !s.config.auth.is_empty());
        let passes_on = match &host.relay {
            Relay::Nobody => false,
            Relay::Anybody => true,
            Relay::Networks(networks) => networks.iter().any(|n| n.contains(ip)),
        };
        if !signs_in && !passes_on {
            let message = format!("{} passes on no mail of theirs", host.name);
            self.faults.push(
                Diagnostic::warning("cannot-send", model.account.address.span.clone(), message)
                    .help("let its users sign in (`submission_ports = [587], auth = [\"PLAIN\"]`), or `relay` for their address"),
            );
        }
    }

    /// An account: what is not said is that of the mailbox with the address.
    pub(super) fn account(&mut self, setup: &Setup, model: &AccountModel) -> Option<AccountSetup> {
        let text = self.fill(&model.address)?;
        let owner = Correspondent::list(&text).ok().filter(|list| list.len() == 1)?.into_iter().next();
        let owner = owner.filter(|one| one.address.domain.is_some());
        let Some(mut owner) = owner else {
            let message = format!("\"{}\" is no mailbox's address", text.escape_debug());
            self.error("bad-value", &model.address, message, "for example \"hedwig@example.tld\"");
            return None;
        };
        let address = owner.address.to_string();
        let own = setup.mailboxes.iter().find(|m| m.address.eq_ignore_ascii_case(&address));
        if own.is_none() {
            if !self.model.lost_mailboxes {
                let known: Vec<&str> = setup.mailboxes.iter().map(|m| m.address.as_str()).collect();
                let help = help_with(&address, &known, "add a [[mailbox]] with this address");
                let message = format!("there is no mailbox `{}`", address.escape_debug());
                self.error("unknown-mailbox", &model.address, message, help);
            }
            return None;
        }
        let own: &MailboxSetup = own?;
        let name = model.name.as_ref().and_then(|n| self.world_text(n)).map(|n| n.trim().to_owned());
        owner.name = name.filter(|n| !n.is_empty()).or(owner.name);
        let password = model.password.as_ref().and_then(|p| self.fill(p));
        let host = setup.host(&own.host)?;
        let submission = match &model.smtp {
            Some(place) => {
                let door = self.door(setup, place)?;
                let smtp = setup.host(&door.host).and_then(|h| h.smtp.as_ref());
                if !smtp
                    .is_some_and(|s| s.ports.contains(&door.port) || s.submission_ports.contains(&door.port))
                {
                    let help = "name a port of an SMTP server, such as \"mail.example.tld:587\"";
                    self.error("wrong-protocol", place, "no mail is taken there", help);
                }
                Some(door)
            }
            None => {
                let door = AccountSetup::submission_at(host);
                if door.is_none() {
                    let message = format!("{} takes no mail, so that nobody can send any there", host.name);
                    self.faults.push(
                        Diagnostic::error("nothing-listens", model.address.span.clone(), message)
                            .help("say which server takes it: `smtp = \"mail.example.tld:587\"`"),
                    );
                }
                door
            }
        }?;
        let mailbox = match &model.mailbox {
            None => AccountSetup::mailbox_at(host),
            Some(place) => {
                let door = self.door(setup, place)?;
                let kind = setup.host(&door.host).and_then(|h| AccountSetup::fetching_at(h, door.port));
                if kind.is_none() {
                    let help = "name a port of a POP3 or an IMAP server, such as \"mail.example.tld:110\"";
                    self.error("wrong-protocol", place, "no mail is fetched there", help);
                }
                kind.map(|kind| (kind, door))
            }
        };
        let password = password.unwrap_or_else(|| own.password.clone());
        Some(AccountSetup { owner, password, submission, mailbox })
    }

    fn door(&mut self, setup: &Setup, place: &Str) -> Option<Door> {
        let (name, port) = self.place(setup, place)?;
        setup.host(&name).map(|host| Door::new(host, port))
    }

    fn habit(&mut self, setup: &Setup, model: &HabitModel) -> Option<Habit> {
        let when = match &model.occasion {
            OccasionModel::Mail(pattern) => Occasion::Mail(self.message(pattern)?),
            OccasionModel::At(after) => Occasion::At(*after),
            OccasionModel::Login(user) => {
                self.known_mailbox(setup, &LikeModel::from(user));
                Occasion::Login { user: self.glob(user)? }
            }
            OccasionModel::Delivered(to, pattern) => {
                self.known_mailbox(setup, &LikeModel::from(to));
                Occasion::Delivered { to: self.glob(to)?, message: self.message(pattern)? }
            }
        };
        let act = match &model.act {
            ActModel::Read => Act::Read,
            ActModel::Reply { text, all, quote } => {
                Act::Reply { text: self.world_text(text)?, all: *all, quote: *quote }
            }
            ActModel::Forward { to, text } => {
                let to = self.list(to)?;
                let text = text.as_ref().and_then(|t| self.world_text(t)).unwrap_or_default();
                Act::Forward { to, text }
            }
            ActModel::Away { text, subject } => Act::Away {
                subject: subject.as_ref().and_then(|s| self.world_text(s)),
                text: self.world_text(text)?,
            },
            ActModel::Receipt(mode) => Act::Receipt(*mode),
            ActModel::File(folder) => Act::File { folder: self.folder(folder)? },
            ActModel::Flag(names) => self.flags(names)?,
            ActModel::Send(letter) => Act::Send(self.written(letter)?),
        };
        let (sign, encrypt) = model.smime;
        Some(Habit { when, after: model.after.unwrap_or(USUAL), once: model.once, sign, encrypt, act })
    }

    /// Something a person is expected to do must have a person to do it.
    pub(super) fn known_person(&mut self, setup: &Setup, who: &LikeModel) {
        let known: Vec<String> = setup.people.iter().map(|p| p.account.owner.address.to_string()).collect();
        if known.len() != self.model.people.len() {
            return;
        }
        for who in &who.like {
            let Some(glob) = self.glob(who) else { continue };
            if known.iter().any(|address| glob.matches(address)) {
                continue;
            }
            let shown = self.fill(who).unwrap_or_default();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let help = help_with(&shown, &known, "add a [[person]] with this address");
            let message = format!("there is no person `{}`", shown.escape_debug());
            self.error("unknown-person", who, message, help);
        }
    }

    fn folder(&mut self, template: &Str) -> Option<String> {
        let name = self.fill(template)?;
        let path = FolderSetup::path(&name);
        if path.is_none() {
            let message = format!("\"{}\" is no folder's name", name.escape_debug());
            self.error(
                "bad-value",
                template,
                message,
                "levels stand between slashes, such as \"Lists/imap\"",
            );
        }
        path
    }

    fn flags(&mut self, templates: &[Str]) -> Option<Act> {
        let mut flags = Vec::new();
        for template in templates {
            let name = self.fill(template)?;
            match Act::flag(name.trim()) {
                Some(flag) => flags.push(flag),
                None => {
                    let message = format!("\"{}\" is no flag", name.escape_debug());
                    let help = "'\\Flagged', '\\Answered', '\\Seen', or a word of your own";
                    self.error("bad-value", template, message, help);
                }
            }
        }
        Some(Act::Flag { flags })
    }

    /// A list of addresses.
    fn list(&mut self, template: &Str) -> Option<Vec<Correspondent>> {
        let text = self.fill(template)?;
        let list = Correspondent::list(&text).ok();
        let good = |list: &Vec<Correspondent>| {
            !list.is_empty() && list.iter().all(|one| one.address.domain.is_some())
        };
        let list = list.filter(good);
        if list.is_none() {
            let message = format!("\"{}\" is no list of addresses", text.escape_debug());
            let help = "write it as in a header: \"Anna <anna@example.tld>, bob@example.tld\"";
            self.error("bad-value", template, message, help);
        }
        list
    }

    fn written(&mut self, model: &WrittenModel) -> Option<LetterSetup> {
        let mut list = |texts: &Option<Texts>| match texts {
            None => Some(Vec::new()),
            Some(texts) => {
                let template = self.of_lang(texts, self.lang).clone();
                self.list(&template)
            }
        };
        let (to, cc, bcc, reply_to) =
            (list(&model.to)?, list(&model.cc)?, list(&model.bcc)?, list(&model.reply_to)?);
        let mut text =
            |texts: &Option<Texts>| texts.as_ref().and_then(|t| self.world_text(t)).unwrap_or_default();
        let (subject, body) = (text(&model.subject), text(&model.body));
        let mut further = Vec::new();
        for (name, value) in &model.further {
            further.push((name.clone(), self.world_text(value)?));
        }
        Some(LetterSetup { to, cc, bcc, reply_to, subject, body, receipt: model.receipt, further })
    }
}
