//! Lines of IMAP: commands with their literals, answers with their data (RFC 3501).

mod answer;
mod command;
mod fetch;
mod search;
mod value;

use super::auth::{self, Asked};
use super::header;
use super::opening::Opening;
use super::talk::{Exchange, Line, Role, Talk, Turn};
use crate::event::{ImapCommand, ImapExchange, ImapReason, ImapVerb};
use crate::explain::say::Say;
use crate::mail::sasl::Mechanism;
use command::Login;

/// A line of a command, typed: the client's line `at`.
pub(super) fn command(o: &mut Opening<'_>, talk: &Talk<'_>, at: usize, turn: usize, exchange: &ImapExchange) {
    let inside = talk.client().get(..at).unwrap_or_default();
    let continues = turn.checked_sub(1).and_then(|before| talk.turns.get(before)).is_some_and(waits);
    let own = inside.iter().rev().take_while(|l| l.turn == Some(turn) && l.role == Role::Command).count();
    if continues || own > 0 {
        let before = inside.get(at - own..).unwrap_or_default();
        literal(o, talk, at, before, exchange);
    } else {
        command::parts(o, exchange, login(talk, turn), tls(talk, turn));
    }
    o.what(Say::new("line-answered").own("answer", exchange.status.word()));
    o.why(o.explainer.explain_imap(exchange));
    stands(o, talk, turn);
}

/// One line of an answer, counted from 0.
pub(super) fn answer(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize, exchange: &ImapExchange, at: usize) {
    let (_, lines) = talk.answer(turn);
    answer::line(o, exchange, lines, at, login(talk, turn), tls(talk, turn));
    o.why(o.explainer.explain_imap(exchange));
    stands(o, talk, turn);
}

/// Command and answer together.
pub(super) fn both(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize, exchange: &ImapExchange) {
    command::parts(o, exchange, login(talk, turn), tls(talk, turn));
    o.why(o.explainer.explain_imap(exchange));
    answer::status_line(o, exchange, login(talk, turn), tls(talk, turn));
    stands(o, talk, turn);
}

/// A line of a literal: of a message where it is APPEND's.
fn literal(o: &mut Opening<'_>, talk: &Talk<'_>, at: usize, before: &[Line<'_>], exchange: &ImapExchange) {
    let Some(line) = talk.client().get(at) else { return };
    o.what(Say::new("imap-part-literal-content"));
    if exchange.command.verb() == Some(ImapVerb::Append) {
        let after = talk.client().get(at + 1..).unwrap_or_default();
        header::line(o, &line.octets, header::place(before).with_folds(after), header::Seen::Counted);
    } else {
        o.part(0, super::opening::text(&line.octets), Say::new("imap-part-literal-content"));
    }
}

/// Does the server wait for more of the same command after this turn?
fn waits(turn: &Turn<'_>) -> bool {
    matches!(turn.exchange, Exchange::Imap(ImapExchange { reason: ImapReason::LiteralWanted { .. }, .. }))
}

fn tls(talk: &Talk<'_>, turn: usize) -> bool {
    talk.at(Some(turn)).is_some_and(|t| t.tls)
}

/// The login in which a turn stands.
fn login(talk: &Talk<'_>, turn: usize) -> Login {
    let before = talk.turns.get(..=turn).unwrap_or_default();
    let begun = before.iter().rev().find_map(|t| match t.exchange {
        Exchange::Imap(e) if is_authenticate(&e.command) => Some(e),
        _ => None,
    });
    let mechanism = begun.and_then(|e| {
        let line = e.line.lossy();
        Mechanism::parse(line.split_whitespace().nth(2)?)
    });
    let asked = match turn.checked_sub(1).and_then(|last| talk.turns.get(last)).map(|t| t.exchange) {
        Some(Exchange::Imap(e)) => auth::asked(&e.text),
        _ => Asked::Nothing,
    };
    Login { mechanism, asked }
}

fn is_authenticate(command: &ImapCommand) -> bool {
    matches!(command, ImapCommand::Known(known) if known.verb == ImapVerb::Authenticate)
}

/// What the session is in the middle of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Phase {
    #[default]
    Usual,
    Idle,
    Login,
    Literal,
    Handshake,
    Logout,
}

/// Where the session stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct State {
    phase: Phase,
    user: String,
    mailbox: Option<String>,
    tls: bool,
}

impl State {
    fn after(turns: &[Turn<'_>]) -> State {
        let mut state = State::default();
        for turn in turns {
            if let Exchange::Imap(exchange) = turn.exchange {
                state.step(exchange, turn.tls);
            }
        }
        state
    }

    fn step(&mut self, exchange: &ImapExchange, tls: bool) {
        use ImapReason as R;
        let idles = self.phase == Phase::Idle && matches!(exchange.reason, R::News { .. });
        *self =
            State { phase: self.phase, user: exchange.user.clone(), mailbox: exchange.mailbox.clone(), tls };
        self.phase = match &exchange.reason {
            R::Idling => Phase::Idle,
            _ if idles => Phase::Idle,
            R::Challenge => Phase::Login,
            R::LiteralWanted { .. } => Phase::Literal,
            R::TlsBegins => Phase::Handshake,
            R::Closing
            | R::TimedOut
            | R::TooManyErrors { .. }
            | R::TooManyConnections { .. }
            | R::MailboxGone => Phase::Logout,
            _ => Phase::Usual,
        };
    }

    fn says(&self) -> Vec<Say> {
        let mut says = vec![match (self.phase, &self.mailbox) {
            (Phase::Logout, _) => return vec![Say::new("imap-state-logout")],
            (Phase::Idle, _) => Say::new("imap-state-idle"),
            (Phase::Login, _) => Say::new("imap-state-login"),
            (Phase::Literal, _) => Say::new("imap-state-literal"),
            (Phase::Handshake, _) => Say::new("imap-state-handshake"),
            (Phase::Usual, _) if self.user.is_empty() => Say::new("imap-state-not-authenticated"),
            (Phase::Usual, None) => Say::new("imap-state-authenticated").text("user", &self.user),
            (Phase::Usual, Some(mailbox)) => Say::new("imap-state-selected").text("mailbox", mailbox),
        }];
        if self.tls {
            says.push(Say::new("smtp-state-secured"));
        }
        says
    }

    fn next(&self, o: &mut Opening<'_>) {
        match self.phase {
            Phase::Logout => return,
            Phase::Idle => return o.next("DONE", "imap-next-done"),
            Phase::Literal => return o.next("…", "imap-next-literal"),
            Phase::Handshake => return o.next("…", "smtp-next-handshake"),
            Phase::Login => {
                o.next("…", "smtp-next-base64");
                return o.next("*", "smtp-next-cancel");
            }
            Phase::Usual => {}
        }
        match (&self.user, &self.mailbox) {
            (user, _) if user.is_empty() => {
                o.next("a LOGIN anna …", "imap-next-login");
                o.next("a AUTHENTICATE PLAIN", "imap-next-authenticate");
                if !self.tls {
                    o.next("a STARTTLS", "imap-next-starttls");
                }
                o.next("a CAPABILITY", "imap-next-capability");
            }
            (_, None) => {
                o.next("a SELECT INBOX", "imap-next-select");
                o.next("a LIST \"\" *", "imap-next-list");
                o.next("a STATUS INBOX (MESSAGES UNSEEN)", "imap-next-status");
                o.next("a APPEND INBOX {86}", "imap-next-append");
            }
            (_, Some(_)) => {
                o.next("a FETCH 1:* (FLAGS ENVELOPE)", "imap-next-fetch");
                o.next("a SEARCH UNSEEN", "imap-next-search");
                o.next("a STORE 1 +FLAGS (\\Seen)", "imap-next-store");
                o.next("a COPY 1 Archiv", "imap-next-copy");
                o.next("a EXPUNGE", "imap-next-expunge");
                o.next("a IDLE", "imap-next-idle");
                o.next("a CLOSE", "imap-next-close");
            }
        }
        o.next("a LOGOUT", "imap-next-logout");
    }
}

fn stands(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize) {
    let turns = |count: usize| talk.turns.get(..count).unwrap_or_default();
    let (before, after) = (State::after(turns(turn)), State::after(turns(turn + 1)));
    o.states(&before.says(), &after.says());
    after.next(o);
}
