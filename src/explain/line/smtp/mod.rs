//! Lines of SMTP: commands, answers, and the message between them.

mod command;
mod reply;
mod state;

use super::opening::Opening;
use super::talk::{Exchange, Talk};
use crate::event::SmtpExchange;
pub(super) use command::fault;
pub(super) use reply::code as reply_code;
pub(super) use state::State;

/// A command, typed.
pub(super) fn command(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize, exchange: &SmtpExchange) {
    command::parts(o, exchange, asked(talk, turn), talk.at(Some(turn)).is_some_and(|t| t.tls));
    command::answered(o, exchange);
    stands(o, talk, turn);
}

/// One line of an answer, counted from 0.
pub(super) fn answer(
    o: &mut Opening<'_>,
    talk: &Talk<'_>,
    turn: usize,
    exchange: &SmtpExchange,
    line: usize,
) {
    o.why(o.explainer.explain_smtp(exchange));
    reply::line(o, exchange, line, talk.at(Some(turn)).is_some_and(|t| t.tls));
    stands(o, talk, turn);
}

/// Command and answer together.
pub(super) fn both(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize, exchange: &SmtpExchange) {
    let tls = talk.at(Some(turn)).is_some_and(|t| t.tls);
    command::parts(o, exchange, asked(talk, turn), tls);
    o.why(o.explainer.explain_smtp(exchange));
    for line in 0..exchange.reply.lines.len() {
        reply::line(o, exchange, line, tls);
    }
    stands(o, talk, turn);
}

/// What state the session was in, what it is in now, and what is possible there.
fn stands(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize) {
    let turns = |count: usize| talk.turns.get(..count).unwrap_or_default();
    let (before, after) = (State::after(turns(turn)), State::after(turns(turn + 1)));
    o.states(&before.says(), &after.says());
    after.next(o);
}

/// What the server had asked for before.
fn asked(talk: &Talk<'_>, turn: usize) -> super::auth::Asked {
    let before = turn.checked_sub(1).and_then(|before| talk.turns.get(before));
    match before.map(|t| t.exchange) {
        Some(Exchange::Smtp(e)) => super::auth::asked(e.reply.lines.first().map_or("", String::as_str)),
        _ => super::auth::Asked::Nothing,
    }
}
