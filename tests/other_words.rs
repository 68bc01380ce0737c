//! Two people who type the same thing in other words get the same points: the first solution of every scenario is typed
//! again in capitals, in small letters, with other blanks, with the other hello, with other tags, with NOOPs in between and
//! with mistakes that are corrected, and each step must earn what it earned before.
//!
//! Which line goes to which server, and what the server took it for, is not guessed from its text: the solution is played
//! once, and its events tell. So nothing is changed within a letter, an authentication or IDLE.

use helo::author::Player;
use helo::event::{
    Entry, Event, ImapCommand, ImapVerb, Pop3Command, Pop3Exchange, Pop3Reason, SmtpCommand, SmtpExchange,
};
use helo::scenario::{Scenario, ScriptLine};
use helo::units::{Bytes, ConnId, Lang, Points, TermId};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

/// One way of saying it otherwise.
struct Rewriting {
    name: &'static str,
    way: Way,
    /// In how many scenarios it must make a difference to what is typed (most solutions stand in capitals already, and few
    /// are about IMAP).
    scenarios: usize,
}

enum Way {
    /// What is typed in the place of a line, if it is another.
    Instead(fn(&Said) -> Option<String>),
    /// What is typed before a line.
    Before(fn(&Said) -> Option<String>),
}
use Way::{Before, Instead};

const REWRITINGS: [Rewriting; 10] = [
    Rewriting { name: "in capitals", way: Instead(in_capitals), scenarios: 4 },
    Rewriting { name: "in small letters", way: Instead(in_small_letters), scenarios: 15 },
    Rewriting { name: "with a blank at the end", way: Instead(blank_at_the_end), scenarios: 15 },
    Rewriting { name: "with two blanks after the verb", way: Instead(two_blanks), scenarios: 15 },
    Rewriting { name: "EHLO for HELO", way: Instead(ehlo_for_helo), scenarios: 5 },
    Rewriting { name: "HELO for EHLO", way: Instead(helo_for_ehlo), scenarios: 6 },
    Rewriting { name: "with other tags", way: Instead(other_tags), scenarios: 3 },
    Rewriting { name: "with NOOPs in between", way: Before(noop), scenarios: 18 },
    Rewriting { name: "with words that nobody knows", way: Before(unknown_word), scenarios: 18 },
    Rewriting { name: "with slips that are corrected", way: Before(slip), scenarios: 18 },
];

/// Where it is not the same thing in other words: scenario, rewriting, and why. Each must still cost points, or it has no
/// place here.
const OTHER_THINGS: [(&str, &str, &str); 6] = [
    ("server-to-server", "HELO for EHLO", "`offer` asks for the list that EHLO brings; a mistake says so"),
    ("starttls", "in capitals", "s_client without -quiet keeps lines that begin with R or Q; a hint says so"),
    ("starttls", "HELO for EHLO", "`tunnel` asks for EHLO once more, under TLS"),
    ("submission", "HELO for EHLO", "`side` asks for EHLO, which says that there is AUTH"),
    ("what-ehlo-says", "HELO for EHLO", "what EHLO says is what it is about"),
    ("what-ehlo-says", "EHLO for HELO", "`two-hellos` asks for the one after the other"),
];

/// A line that was typed, and what became of it.
#[derive(Debug, Clone)]
struct Said {
    text: String,
    /// The connection it went to.
    conn: Option<ConnId>,
    /// What the server there took it for.
    heard: Option<Heard>,
    /// The program that the shell started for it.
    ran: Option<String>,
    /// Which command of its session it is, from 1.
    nth: usize,
    /// Its session makes use of what EHLO offers.
    extended: bool,
    /// The maildrop is open.
    in_transaction: bool,
}

#[derive(Debug, Clone)]
enum Heard {
    Smtp(SmtpExchange),
    Pop3(Pop3Exchange),
    Imap(ImapCommand),
}
use Heard::{Imap, Pop3, Smtp};

impl Said {
    /// Is it a command, well-formed, rather than what follows one or what nobody understands?
    fn is_command(&self) -> bool {
        match &self.heard {
            Some(Smtp(exchange)) => !matches!(
                exchange.command,
                SmtpCommand::AuthResponse { .. }
                    | SmtpCommand::Message { .. }
                    | SmtpCommand::Unknown { .. }
                    | SmtpCommand::Malformed { .. }
            ),
            Some(Pop3(exchange)) => !matches!(
                exchange.command,
                Pop3Command::AuthAnswer { .. } | Pop3Command::Unknown { .. } | Pop3Command::Malformed { .. }
            ),
            Some(Imap(command)) => matches!(command, ImapCommand::Known(_)),
            None => false,
        }
    }

    /// The part of the line that every case is good for: the verb and what belongs to it.
    fn keywords(&self) -> usize {
        let words = |n: usize| self.text.split(' ').take(n).map(|word| word.len() + 1).sum::<usize>() - 1;
        let colon = || self.text.find(':').map_or(self.text.len(), |colon| colon + 1);
        match &self.heard {
            Some(Smtp(_) | Pop3(_)) if !self.is_command() => 0,
            Some(Smtp(exchange)) => match exchange.command {
                SmtpCommand::Mail { .. } | SmtpCommand::Rcpt { .. } => colon(),
                SmtpCommand::Auth { .. } => words(2),
                _ => words(1),
            },
            Some(Pop3(_)) => words(1),
            Some(Imap(ImapCommand::Known(known))) => match known.verb {
                ImapVerb::Fetch | ImapVerb::Store => self.text.len(),
                _ => words(if known.uid { 3 } else { 2 }),
            },
            Some(Imap(ImapCommand::Continuation { verb: ImapVerb::Idle })) => self.text.len(),
            _ => 0,
        }
    }
}

fn in_capitals(said: &Said) -> Option<String> {
    in_case(said, str::to_ascii_uppercase)
}

fn in_small_letters(said: &Said) -> Option<String> {
    in_case(said, str::to_ascii_lowercase)
}

/// A tag stays as it is: its case matters.
fn in_case(said: &Said, case: fn(&str) -> String) -> Option<String> {
    let (keywords, rest) = said.text.split_at(said.keywords());
    let tagged = matches!(said.heard, Some(Imap(ImapCommand::Known(_))));
    let (tag, keywords) = keywords.split_at(if tagged { keywords.find(' ')? } else { 0 });
    Some(format!("{tag}{}{rest}", case(keywords)))
}

/// But not in POP3 after a password, to which blanks belong, nor after a number: Dovecot reads on there.
fn blank_at_the_end(said: &Said) -> Option<String> {
    let allowed = match &said.heard {
        Some(Pop3(exchange)) => {
            exchange.command != Pop3Command::Pass && !said.text.ends_with(|c: char| c.is_ascii_digit())
        }
        _ => true,
    };
    (said.is_command() && allowed).then(|| format!("{} ", said.text))
}

/// But not before a password, to which blanks belong, nor in IMAP, whose grammar has one blank and no more.
fn two_blanks(said: &Said) -> Option<String> {
    let allowed = match &said.heard {
        Some(Pop3(exchange)) => exchange.command != Pop3Command::Pass,
        Some(Imap(_)) => false,
        _ => true,
    };
    let (verb, rest) = said.text.split_once(' ')?;
    (said.is_command() && allowed).then(|| format!("{verb}  {rest}"))
}

fn ehlo_for_helo(said: &Said) -> Option<String> {
    let Some(Smtp(exchange)) = &said.heard else { return None };
    let SmtpCommand::Helo { name } = &exchange.command else { return None };
    Some(format!("EHLO {name}"))
}

fn helo_for_ehlo(said: &Said) -> Option<String> {
    let Some(Smtp(exchange)) = &said.heard else { return None };
    let SmtpCommand::Ehlo { name } = &exchange.command else { return None };
    (!said.extended).then(|| format!("HELO {name}"))
}

fn other_tags(said: &Said) -> Option<String> {
    let (_, rest) = said.text.split_once(' ')?;
    (matches!(said.heard, Some(Imap(_))) && said.is_command()).then(|| format!("X.{} {rest}", said.nth + 6))
}

fn noop(said: &Said) -> Option<String> {
    match &said.heard {
        Some(Pop3(_)) if !said.in_transaction => None,
        Some(Imap(_)) => said.is_command().then(|| format!("n{} noop", said.nth)),
        _ => said.is_command().then(|| "NOOP".to_owned()),
    }
}

/// Before each session's third command.
fn unknown_word(said: &Said) -> Option<String> {
    match &said.heard {
        _ if said.nth != 3 => None,
        Some(Imap(_)) => Some("z9 NOPE".to_owned()),
        _ => Some("FOO".to_owned()),
    }
}

/// The name of each program, and each session's second command, first without the last letter of the word.
fn slip(said: &Said) -> Option<String> {
    let word = match (&said.ran, &said.heard) {
        (Some(program), _) if said.text.starts_with(program) => program.len(),
        (_, Some(Imap(_))) if said.nth == 2 => said.text.match_indices(' ').nth(1)?.0,
        (_, Some(_)) if said.nth == 2 => said.text.find(' ').unwrap_or(said.text.len()),
        _ => return None,
    };
    Some(format!("{}{}", &said.text[..word - 1], &said.text[word..]))
}

/// A solution as it was played: its lines, and what was said with each.
struct Original {
    lines: Vec<(ScriptLine, Vec<Said>)>,
    points: Vec<(String, Points)>,
}

fn play(scenario: &Scenario, lang: Lang, lines: &[ScriptLine]) -> (Player, Vec<usize>) {
    let mut player = Player::begin(scenario, SEED, lang).unwrap();
    let ends = lines.iter().map(|line| player.perform(line).entries.end).collect();
    player.finish();
    (player, ends)
}

const SEED: u64 = 1;

fn points(player: &Player) -> Vec<(String, Points)> {
    player.attempt().report().steps.into_iter().map(|step| (step.id, step.points)).collect()
}

impl Original {
    fn of(scenario: &Scenario, lang: Lang) -> Option<Original> {
        let solution = scenario.draw_trials(SEED, lang).unwrap().solutions.into_iter().next()?;
        let lines: Vec<ScriptLine> = solution.script.lines.into_iter().map(|(_, line)| line).collect();
        let (player, ends) = play(scenario, lang, &lines);
        let mut said = typed(player.attempt().entries(), &ends);
        hear(&mut said, player.attempt().entries());
        count(&mut said);
        let mut of_line: BTreeMap<usize, Vec<Said>> = BTreeMap::new();
        for (line, said) in said {
            of_line.entry(line).or_default().push(said);
        }
        let lines = lines.into_iter().enumerate();
        let lines = lines.map(|(i, line)| (line, of_line.remove(&i).unwrap_or_default())).collect();
        Some(Original { lines, points: points(&player) })
    }

    /// The same in other words. What is typed before a line is not typed within a paste.
    fn in_other_words(&self, way: &Way) -> Vec<ScriptLine> {
        let mut lines = Vec::new();
        for (line, said) in &self.lines {
            let (ScriptLine::Type { term, .. } | ScriptLine::Paste { term, .. }) = line else {
                lines.push(line.clone());
                continue;
            };
            match way {
                Before(before) => {
                    let before = said.first().and_then(before);
                    lines.extend(before.map(|text| typing(*term, &text)));
                    lines.push(line.clone());
                }
                Instead(instead) => {
                    let said = said.iter().map(|said| instead(said).unwrap_or_else(|| said.text.clone()));
                    lines.push(with_texts(line, &said.collect::<Vec<_>>()));
                }
            }
        }
        lines
    }
}

fn typing(term: TermId, text: &str) -> ScriptLine {
    ScriptLine::Type { term, text: Bytes::from(text) }
}

/// This line of a script with other texts, one for each line of a paste.
fn with_texts(line: &ScriptLine, texts: &[String]) -> ScriptLine {
    match (line, texts) {
        (ScriptLine::Type { term, .. }, [text]) => typing(*term, text),
        (ScriptLine::Paste { term, text }, texts) if text.lossy().lines().count() == texts.len() => {
            let mut pasted = texts.join("\n");
            pasted.push_str(if text.ends_with(b"\n") { "\n" } else { "" });
            ScriptLine::Paste { term: *term, text: Bytes::from(pasted.as_str()) }
        }
        _ => line.clone(),
    }
}

/// Everything that was typed, each with the script line it comes from, of which `ends` has the last entries.
fn typed(entries: &[Entry], ends: &[usize]) -> Vec<(usize, Said)> {
    let mut all: Vec<(usize, Said)> = Vec::new();
    let mut last: BTreeMap<TermId, usize> = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        match &entry.event {
            Event::Typed { term, text, conn } => {
                let line = ends.iter().position(|end| i < *end).unwrap_or(ends.len());
                let text = String::from_utf8(text.to_vec()).unwrap();
                last.insert(*term, all.len());
                let (conn, extended, in_transaction) = (*conn, false, false);
                let said = Said { text, conn, heard: None, ran: None, nth: 0, extended, in_transaction };
                all.push((line, said));
            }
            Event::Ran { term, argv } => {
                if let Some(at) = last.remove(term) {
                    all[at].1.ran = argv.first().cloned();
                }
            }
            _ => {}
        }
    }
    all
}

/// Finds for each line what the server took it for. What programs say by themselves (before STARTTLS) nobody typed, and a
/// greeting or the end of a letter answers no line.
fn hear(said: &mut [(usize, Said)], entries: &[Entry]) {
    let mut from: BTreeMap<ConnId, usize> = BTreeMap::new();
    for entry in entries {
        let (conn, line, heard) = match &entry.event {
            Event::Smtp { conn, exchange } => (*conn, &exchange.line, Smtp(exchange.clone())),
            Event::Pop3 { conn, exchange } => (*conn, &exchange.line, Pop3(exchange.clone())),
            Event::Imap { conn, exchange } => (*conn, &exchange.line, Imap(exchange.command.clone())),
            _ => continue,
        };
        if line.is_empty() {
            continue;
        }
        let from = from.entry(conn).or_default();
        let is = |said: &Said| said.conn == Some(conn) && said.text.as_bytes() == line.as_ref();
        if let Some(at) = (*from..said.len()).find(|at| is(&said[*at].1)) {
            said[at].1.heard = Some(heard);
            *from = at + 1;
        }
    }
}

/// Counts each session's commands, and notes how far it is.
fn count(all: &mut [(usize, Said)]) {
    let mut commands: BTreeMap<ConnId, usize> = BTreeMap::new();
    let mut open: BTreeSet<ConnId> = BTreeSet::new();
    let mut extended: BTreeSet<ConnId> = BTreeSet::new();
    for (_, said) in all.iter_mut() {
        let Some(conn) = said.conn else { continue };
        said.in_transaction = open.contains(&conn);
        if said.is_command() {
            let nth = commands.entry(conn).or_default();
            *nth += 1;
            said.nth = *nth;
        }
        match &said.heard {
            Some(Pop3(exchange)) if matches!(exchange.reason, Pop3Reason::LoggedIn { .. }) => {
                open.insert(conn);
            }
            Some(Smtp(exchange)) if is_extended(&exchange.command, &said.text) => {
                extended.insert(conn);
            }
            _ => {}
        }
    }
    for (_, said) in all {
        said.extended = said.conn.is_some_and(|conn| extended.contains(&conn));
    }
}

/// Is it something that only EHLO offers: a command, or a parameter behind an address?
fn is_extended(command: &SmtpCommand, text: &str) -> bool {
    match command {
        SmtpCommand::Auth { .. } | SmtpCommand::Starttls | SmtpCommand::Bdat { .. } => true,
        SmtpCommand::Mail { .. } | SmtpCommand::Rcpt { .. } => text.contains('='),
        _ => false,
    }
}

/// What came of it for one scenario: which rewritings changed something, and what is wrong.
#[derive(Default)]
struct Outcome {
    changed: BTreeSet<&'static str>,
    excepted: usize,
    wrong: String,
}

fn tried(path: &Path) -> Outcome {
    let name = path.file_stem().unwrap().to_string_lossy();
    let scenario = Scenario::load(&name, &fs::read_to_string(path).unwrap()).unwrap();
    let mut outcome = Outcome::default();
    for lang in [Lang::En, Lang::De] {
        let Some(original) = Original::of(&scenario, lang) else { continue };
        // Each in one of the languages, in turn: what is typed differs in the letters alone.
        for rewriting in REWRITINGS.iter().skip(usize::from(lang == Lang::De)).step_by(2) {
            let lines = original.in_other_words(&rewriting.way);
            if lines.iter().eq(original.lines.iter().map(|(line, _)| line)) {
                continue;
            }
            let earned = points(&play(&scenario, lang, &lines).0);
            let excepted = OTHER_THINGS.iter().any(|(s, r, _)| *s == name && *r == rewriting.name);
            let steps = original.points.iter().zip(&earned).filter(|(before, after)| before != after);
            let wrong: Vec<String> = steps
                .map(|((step, before), (_, after))| format!("`{step}` earns {after}, not {before}"))
                .collect();
            match (wrong.is_empty(), excepted) {
                (true, true) => {
                    outcome.wrong += &format!("{name} {}: this is no exception\n", rewriting.name);
                }
                (true, false) => drop(outcome.changed.insert(rewriting.name)),
                (false, true) => outcome.excepted += 1,
                (false, false) => {
                    outcome.wrong += &format!("{name} {}: {}\n", rewriting.name, wrong.join(", "));
                }
            }
        }
    }
    outcome
}

fn scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect()
}

#[test]
fn the_same_in_other_words_earns_the_same() {
    let files = scenarios();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let all: Vec<Outcome> = thread::scope(|scope| {
        let share = |core: usize| files.iter().skip(core).step_by(cores).map(|path| tried(path));
        let started: Vec<_> =
            (0..cores).map(|core| scope.spawn(move || share(core).collect::<Vec<_>>())).collect();
        started.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let mut wrong: String = all.iter().map(|outcome| outcome.wrong.as_str()).collect();
    for rewriting in &REWRITINGS {
        let changed = all.iter().filter(|outcome| outcome.changed.contains(rewriting.name)).count();
        if changed < rewriting.scenarios {
            wrong += &format!("{}: in {changed} scenarios only\n", rewriting.name);
        }
    }
    let excepted: usize = all.iter().map(|outcome| outcome.excepted).sum();
    assert_eq!(excepted, OTHER_THINGS.len(), "each exception is met once");
    assert!(wrong.is_empty(), "\n{wrong}");
}
