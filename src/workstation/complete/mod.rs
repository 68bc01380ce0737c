//! What the Tab key knows: how a line that is being typed could go on, as bash offers it, and within a protocol its verbs.
//!
//! Asking is no input: it changes nothing and stands nowhere in the transcript. Nothing is offered that the learner could
//! not find out by `ls`, `help` or by reading what stands on the screen already: names of hosts, addresses and folders are
//! those that were [read](known::Known) there, and what a server can do is what it [has said](heard::Heard).

pub(super) mod heard;
mod imap;
pub(super) mod known;
mod mail;
mod pop3;
mod programs;
mod shell;
mod smtp;
mod words;

use super::io::Machine;
use super::net::Net;
use super::shell::env::Env;
use heard::{Heard, Protocol};
use known::Known;

/// How many candidates are listed.
const LISTED: usize = 100;
/// The longest line that is completed, in octets: nobody types a longer one by hand.
pub const COMPLETED_OCTETS: usize = 4096;

/// How a line could go on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// What stood before the cursor, with as much behind it as all candidates have in common; where there is only one,
    /// with what follows it too, mostly a blank.
    pub text: String,
    /// What the word could become, in the order of the alphabet. Of very many the first hundred.
    pub candidates: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

impl Completion {
    /// Nothing to go on with.
    pub(super) fn none(before: &str) -> Completion {
        Completion { text: before.to_owned(), ..Completion::default() }
    }
}

/// What a program does with a line typed at it, as far as Tab is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// It takes text as it is; there is nothing to complete.
    Text,
    /// It sends the line to the server that this terminal has heard last.
    Server,
    /// The line is one of telnet's own commands.
    Telnet,
    /// The line is one for somebody who reads the mailbox.
    Mailbox,
}

/// What there is to look at for whoever makes offers.
pub(super) struct Scene<'a> {
    /// The machine with its files.
    pub(super) machine: &'a Machine,
    /// The world.
    pub(super) net: &'a dyn Net,
    /// The shell's variables.
    pub(super) env: &'a Env,
    /// The names that the learner has read.
    pub(super) known: &'a Known,
    /// What the server has said at this terminal.
    pub(super) heard: &'a Heard,
}

/// How the case of letters is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// As it is.
    Exact,
    /// Either is the same, and what is added stays as it is: a host's name.
    Any,
    /// Either is the same, and who has begun in small letters goes on in small letters: a protocol's verb.
    Follows,
}

/// Something that could stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Offer {
    word: String,
    /// What comes right behind it where it is the only one.
    after: &'static str,
    case: Case,
}

impl Offer {
    fn exact(word: impl Into<String>) -> Offer {
        Offer { word: word.into(), after: " ", case: Case::Exact }
    }

    fn name(word: impl Into<String>) -> Offer {
        Offer { word: word.into(), after: " ", case: Case::Any }
    }

    fn verb(word: impl Into<String>) -> Offer {
        Offer { word: word.into(), after: " ", case: Case::Follows }
    }

    /// The same with this behind it; nothing, where more of the same word follows or the line is complete.
    fn then(mut self, after: &'static str) -> Offer {
        self.after = after;
        self
    }

    /// What of it is still to be typed after `typed`.
    fn rest(&self, typed: &str) -> Option<String> {
        let (head, rest) = self.word.split_at_checked(typed.len())?;
        let same = if self.case == Case::Exact { head == typed } else { head.eq_ignore_ascii_case(typed) };
        let small =
            typed.chars().any(|c| c.is_ascii_lowercase()) && !typed.chars().any(|c| c.is_ascii_uppercase());
        let follows = self.case == Case::Follows && small;
        same.then(|| if follows { rest.to_ascii_lowercase() } else { rest.to_owned() })
    }
}

/// The names of hosts that the learner knows.
fn hosts(scene: &Scene) -> Vec<Offer> {
    let known = scene.known.hosts().filter(|name| scene.net.has_name(name));
    let own = std::iter::once(scene.machine.name.as_str());
    known.chain(own).map(Offer::name).collect()
}

/// The same, and the addresses of machines.
fn machines(scene: &Scene) -> Vec<Offer> {
    let mut all = hosts(scene);
    all.push(Offer::name("localhost"));
    all.extend(scene.known.ips().map(Offer::name));
    all
}

/// The mail addresses that the learner knows.
fn addresses(scene: &Scene) -> Vec<Offer> {
    let domain = |a: &&str| a.rsplit_once('@').is_some_and(|(_, domain)| scene.net.has_name(domain));
    let own = scene.machine.account.as_ref().map(|account| account.owner.address.to_string());
    scene.known.addresses().filter(domain).map(str::to_owned).chain(own).map(Offer::name).collect()
}

/// Goes on with `before`, whose last `typed` octets are the word that the offers are for. `write` puts what is added down
/// as it must be written there.
fn go_on(
    before: &str,
    typed: &str,
    offers: Vec<Offer>,
    write: impl Fn(&str, bool, &str) -> String,
) -> Completion {
    let fits = offers.into_iter().filter_map(|o| Some((o.rest(typed)?, o)));
    let mut fits: Vec<(String, Offer)> = fits.collect();
    fits.sort_by(|a, b| a.1.word.cmp(&b.1.word));
    fits.dedup_by(|a, b| a.1.word == b.1.word);
    let mut text = before.to_owned();
    match fits.as_slice() {
        [] => return Completion::none(before),
        [(rest, only)] => text.push_str(&write(rest, true, only.after)),
        [(first, _), others @ ..] => {
            let common = others.iter().fold(first.as_str(), |common, (rest, _)| shared(common, rest));
            text.push_str(&write(common, false, ""));
        }
    }
    let more = fits.len().saturating_sub(LISTED);
    let candidates = fits.into_iter().take(LISTED).map(|(_, o)| o.word).collect();
    Completion { text, candidates, more }
}

/// The beginning that both have.
fn shared<'t>(a: &'t str, b: &str) -> &'t str {
    let same = a.char_indices().zip(b.chars()).take_while(|((_, x), y)| x.eq_ignore_ascii_case(y));
    let end = same.last().map_or(0, |((at, c), _)| at + c.len_utf8());
    a.get(..end).unwrap_or_default()
}

/// Goes on with a line that nobody quotes anything in.
fn plain(before: &str, typed: &str, offers: Vec<Offer>) -> Completion {
    go_on(before, typed, offers, |rest, _, after| format!("{rest}{after}"))
}

/// How a line typed at the shell's prompt could go on.
pub(super) fn at_prompt(scene: &Scene, before: &str) -> Completion {
    shell::complete(scene, before)
}

/// How a line typed at a program could go on.
pub(super) fn in_program(scene: &Scene, asks: Asks, before: &str) -> Completion {
    match asks {
        Asks::Text => Completion::none(before),
        Asks::Telnet => programs::telnet_command(scene, before),
        Asks::Mailbox => mail::complete(scene, before),
        Asks::Server => match scene.heard.protocol() {
            _ if scene.heard.waits_for_text() => Completion::none(before),
            _ if scene.heard.takes_header() => mail::header(scene, before),
            Some(Protocol::Smtp) => smtp::complete(scene, before),
            Some(Protocol::Pop3) => pop3::complete(scene, before),
            Some(Protocol::Imap) => imap::complete(scene, before),
            None => Completion::none(before),
        },
    }
}
