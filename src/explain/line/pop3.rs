//! Lines of POP3: commands, status lines and the data after them (RFC 1939).

use super::auth::{self, Asked, By};
use super::names;
use super::opening::Opening;
use super::talk::{Exchange, Line, Talk, Turn};
use crate::event::{Pop3Command, Pop3Exchange, Pop3Reason, pop3_verb_rule};
use crate::explain::say::Say;
use crate::mail::sasl::Mechanism;
use crate::rfc::section;

/// A command, typed.
pub(super) fn command(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize, exchange: &Pop3Exchange) {
    parts(o, talk, turn, exchange);
    o.what(Say::new("line-answered").own("answer", exchange.status()));
    o.why(o.explainer.explain_pop3(exchange));
    stands(o, talk, turn);
}

/// One line of an answer, counted from 0: the status line, and what follows it.
pub(super) fn answer(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize, exchange: &Pop3Exchange, at: usize) {
    let (_, lines) = talk.answer(turn);
    let Some(line) = lines.get(at) else { return };
    if at > 0 {
        data(o, exchange, line, super::header::place(lines.get(1..at).unwrap_or_default()));
    }
    o.why(o.explainer.explain_pop3(exchange));
    if at == 0 {
        status(o, exchange, &line.octets);
    }
    stands(o, talk, turn);
}

/// Command and answer together.
pub(super) fn both(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize, exchange: &Pop3Exchange) {
    parts(o, talk, turn, exchange);
    o.why(o.explainer.explain_pop3(exchange));
    if let Some(line) = talk.answer(turn).1.first() {
        status(o, exchange, &line.octets);
    }
    stands(o, talk, turn);
}

/// What the verb means, and the parts of the line.
fn parts(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize, exchange: &Pop3Exchange) {
    use Pop3Command as C;
    let line = exchange.line.lossy();
    match &exchange.command {
        C::Connect => return o.what(Say::new("line-greeting")),
        C::Silence => return o.what(Say::new("line-silence")),
        C::AuthAnswer { mechanism } => {
            o.what(Say::new("line-auth-response").own("mechanism", mechanism.name()));
            o.part(0, &line, Say::new("line-base64"));
            let asked = asked(talk, turn);
            return auth::message(o, 1, &line, Some(*mechanism), (By::Client, asked), exchange.tls);
        }
        C::Unknown { .. } | C::Overlong { .. } => return o.part(0, &line, Say::new("pop3-part-line")),
        _ => {}
    }
    let start = line.trim_start();
    let (word, argument) = start.split_once([' ', '\t']).unwrap_or((start, ""));
    if let Some(say) = names::POP3.say(word) {
        o.what(say);
    }
    o.rule(pop3_verb_rule(word));
    o.part(0, word, Say::new("pop3-part-verb"));
    arguments(o, exchange, word, argument);
    if matches!(exchange.command, C::Malformed { .. }) {
        super::smtp::fault(o, &exchange.line, exchange.span);
    }
    if word.eq_ignore_ascii_case("PASS") && !argument.is_empty() {
        o.what(Say::new("line-password-readable").choice("tls", exchange.tls));
    }
}

fn arguments(o: &mut Opening<'_>, exchange: &Pop3Exchange, word: &str, argument: &str) {
    let (first, second) = argument.split_once(' ').unwrap_or((argument, ""));
    let mut one = |piece: &str, key| {
        if !piece.is_empty() {
            o.part(0, piece, Say::new(key));
        }
    };
    match word.to_ascii_uppercase().as_str() {
        "USER" => one(argument, "pop3-part-user"),
        // A password may hold blanks (RFC 1939 section 7).
        "PASS" => one(argument, "pop3-part-password"),
        "APOP" => {
            one(first, "pop3-part-user");
            one(second, "pop3-part-digest");
        }
        "LIST" | "UIDL" | "RETR" | "DELE" => one(argument, "pop3-part-number"),
        "TOP" => {
            one(first, "pop3-part-number");
            one(second, "pop3-part-lines");
        }
        "AUTH" => {
            one(first, "pop3-part-mechanism");
            if !second.is_empty() {
                o.part(0, second, Say::new("pop3-part-initial"));
                let mechanism = Mechanism::parse(first);
                auth::message(o, 1, second, mechanism, (By::Client, Asked::Name), exchange.tls);
            }
        }
        _ => one(argument, "pop3-part-rest"),
    }
}

/// `+OK` or `-ERR` with what stands behind it.
fn status(o: &mut Opening<'_>, exchange: &Pop3Exchange, octets: &[u8]) {
    let line = String::from_utf8_lossy(octets);
    let (word, words) = line.split_once(' ').unwrap_or((&line, ""));
    let key = match word {
        "+OK" => "pop3-ok",
        "-ERR" => "pop3-err",
        _ => "pop3-go-on",
    };
    o.part(0, word, Say::new(key));
    o.rule(section(1939, "3"));
    let words = match words.strip_prefix('[').and_then(|w| w.split_once(']')) {
        Some((code, rest)) => {
            let say = names::POP3_CODES.say(code);
            o.part(0, format!("[{code}]"), say.unwrap_or_else(|| Say::new("pop3-words")));
            o.rule(section(2449, "8"));
            rest.trim_start()
        }
        None => words,
    };
    let numbers: Vec<&str> = words.split_whitespace().collect();
    match (&exchange.command, numbers.as_slice()) {
        _ if words.is_empty() => {}
        (_, _) if matches!(exchange.reason, Pop3Reason::Challenge { .. }) => challenge(o, exchange, words),
        (Pop3Command::Connect, _) => greeting(o, words),
        (Pop3Command::Stat, [count, octets, rest @ ..]) if exchange.ok => {
            o.part(0, count, Say::new("pop3-stat-count"));
            o.part(0, octets, Say::new("pop3-stat-octets"));
            if !rest.is_empty() {
                o.part(0, rest.join(" "), Say::new("pop3-words"));
            }
        }
        (Pop3Command::List { number: Some(_) }, [number, octets, ..]) if exchange.ok => {
            o.part(0, number, Say::new("pop3-list-number"));
            o.part(0, octets, Say::new("pop3-list-octets"));
        }
        (Pop3Command::Uidl { number: Some(_) }, [number, name, ..]) if exchange.ok => {
            o.part(0, number, Say::new("pop3-list-number"));
            o.part(0, name, Say::new("pop3-uidl-name"));
        }
        _ => o.part(0, words, Say::new("pop3-words")),
    }
}

/// The greeting, perhaps with the timestamp of APOP.
fn greeting(o: &mut Opening<'_>, words: &str) {
    o.part(0, words, Say::new("pop3-words"));
    let stamp = words.find('<').and_then(|from| {
        let rest = words.get(from..)?;
        rest.get(..rest.find('>')? + 1).filter(|stamp| stamp.contains('@'))
    });
    if let Some(stamp) = stamp {
        o.part(1, stamp, Say::new("pop3-timestamp"));
        o.rule(section(1939, "7"));
    }
}

fn challenge(o: &mut Opening<'_>, exchange: &Pop3Exchange, words: &str) {
    let Pop3Reason::Challenge { mechanism, .. } = &exchange.reason else { return };
    o.part(0, words, Say::new("line-base64"));
    auth::message(o, 1, words, Some(*mechanism), (By::Server, Asked::Nothing), exchange.tls);
}

/// A line of data after the status line.
fn data(o: &mut Opening<'_>, exchange: &Pop3Exchange, line: &Line<'_>, place: super::header::Place) {
    let text = String::from_utf8_lossy(&line.octets);
    if text == "." {
        o.what(Say::new("pop3-dot"));
        o.rule(section(1939, "3"));
        return o.part(0, ".", Say::new("pop3-dot"));
    }
    let (first, second) = text.split_once(' ').unwrap_or((&text, ""));
    match &exchange.command {
        Pop3Command::List { .. } => {
            o.part(0, first, Say::new("pop3-list-number"));
            o.part(0, second, Say::new("pop3-list-octets"));
        }
        Pop3Command::Uidl { .. } => {
            o.part(0, first, Say::new("pop3-list-number"));
            o.part(0, second, Say::new("pop3-uidl-name"));
        }
        Pop3Command::Capa => {
            if let Some(say) = names::CAPA.say(first) {
                o.part(0, text.as_ref(), say);
            }
            for word in second.split_whitespace().filter(|_| first.eq_ignore_ascii_case("SASL")) {
                let upper = word.to_ascii_uppercase();
                o.part(1, word, Say::new("ehlo-mechanism").text("mechanism", &upper));
            }
            o.rule(section(2449, "6"));
        }
        Pop3Command::Auth { .. } => {
            let upper = text.to_ascii_uppercase();
            o.part(0, text.as_ref(), Say::new("ehlo-mechanism").text("mechanism", &upper));
        }
        Pop3Command::Retr { .. } | Pop3Command::Top { .. } => {
            super::header::line(o, &line.octets, place, super::header::Seen::Fetched);
        }
        _ => o.part(0, text.as_ref(), Say::new("pop3-words")),
    }
}

/// Where the session stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Phase {
    #[default]
    Authorization,
    Named(String),
    Login,
    Transaction,
    Handshake,
    Closed,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct State {
    phase: Phase,
    user: String,
    marked: u64,
    apop: bool,
    tls: bool,
}

impl State {
    fn after(turns: &[Turn<'_>]) -> State {
        let mut state = State::default();
        for turn in turns {
            if let Exchange::Pop3(exchange) = turn.exchange {
                state.step(exchange, turn.tls);
            }
        }
        state
    }

    fn step(&mut self, exchange: &Pop3Exchange, tls: bool) {
        use Pop3Reason as R;
        self.tls = tls;
        if tls && self.phase == Phase::Handshake {
            self.phase = Phase::Authorization;
        }
        match &exchange.reason {
            R::Greeting => self.apop = exchange.text.contains('<'),
            R::NameTaken => self.phase = Phase::Named(exchange.user.clone()),
            R::LoggedIn { .. } => {
                (self.phase, self.user) = (Phase::Transaction, exchange.user.clone());
            }
            R::Challenge { .. } => self.phase = Phase::Login,
            R::TlsBegins => self.phase = Phase::Handshake,
            R::Marked { .. } => self.marked += 1,
            R::Closing { .. } | R::TimedOut | R::TooManyErrors { .. } | R::TooManyConnections { .. } => {
                self.phase = Phase::Closed;
            }
            R::Done if matches!(exchange.command, Pop3Command::Rset) => self.marked = 0,
            R::LoginFailed | R::Locked { .. } | R::AuthCancelled | R::BadBase64 | R::AuthFailed { .. } => {
                self.phase = Phase::Authorization;
            }
            _ => {}
        }
    }

    fn says(&self) -> Vec<Say> {
        let mut says = vec![match &self.phase {
            Phase::Authorization => Say::new("pop3-state-authorization"),
            Phase::Named(user) => Say::new("pop3-state-named").text("user", user),
            Phase::Login => Say::new("pop3-state-login"),
            Phase::Transaction if self.marked > 0 => {
                Say::new("pop3-state-marked").text("user", &self.user).number("count", self.marked)
            }
            Phase::Transaction => Say::new("pop3-state-transaction").text("user", &self.user),
            Phase::Handshake => Say::new("pop3-state-handshake"),
            Phase::Closed => return vec![Say::new("pop3-state-closed")],
        }];
        if self.tls {
            says.push(Say::new("smtp-state-secured"));
        }
        says
    }

    fn next(&self, o: &mut Opening<'_>) {
        match &self.phase {
            Phase::Closed => return,
            Phase::Handshake => return o.next("…", "smtp-next-handshake"),
            Phase::Login => {
                o.next("…", "smtp-next-base64");
                return o.next("*", "smtp-next-cancel");
            }
            Phase::Authorization => {
                o.next("USER anna", "pop3-next-user");
                if self.apop {
                    o.next("APOP anna …", "pop3-next-apop");
                }
                if !self.tls {
                    o.next("STLS", "pop3-next-stls");
                }
                o.next("CAPA", "pop3-next-capa");
            }
            Phase::Named(_) => o.next("PASS …", "pop3-next-pass"),
            Phase::Transaction => {
                o.next("STAT", "pop3-next-stat");
                o.next("LIST", "pop3-next-list");
                o.next("UIDL", "pop3-next-uidl");
                o.next("RETR 1", "pop3-next-retr");
                o.next("TOP 1 5", "pop3-next-top");
                o.next("DELE 1", "pop3-next-dele");
                if self.marked > 0 {
                    o.next("RSET", "pop3-next-rset");
                }
            }
        }
        o.next("QUIT", "pop3-next-quit");
    }
}

fn stands(o: &mut Opening<'_>, talk: &Talk<'_>, turn: usize) {
    let turns = |count: usize| talk.turns.get(..count).unwrap_or_default();
    let (before, after) = (State::after(turns(turn)), State::after(turns(turn + 1)));
    o.states(&before.says(), &after.says());
    after.next(o);
}

/// What the server had asked for before.
fn asked(talk: &Talk<'_>, turn: usize) -> Asked {
    let before = turn.checked_sub(1).and_then(|before| talk.turns.get(before));
    match before.map(|t| t.exchange) {
        Some(Exchange::Pop3(e)) => auth::asked(&e.text),
        _ => Asked::Nothing,
    }
}
