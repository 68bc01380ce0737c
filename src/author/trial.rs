//! One trial of a scenario: all its solutions and counterexamples under one seed and in one language.

use super::player::{Moment, Player};
use crate::attempt::{Attempt, Record};
use crate::event::{Entry, Event, ImapStatus};
use crate::explain::Explainer;
use crate::grade::{StepReport, Tick};
use crate::scenario::{
    COMMON, Check, Counterexample, Diagnostic, Drawn, Place, Scenario, Script, Severity, Solution, Trials,
};
use crate::units::{EventNo, Lang, Points};
use std::ops::Range;

/// The code of a way that nobody goes; it must be so in every trial.
pub(super) const UNUSED_WAY: &str = "unused-way";

/// A seed and a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trial {
    /// The seed.
    pub seed: u64,
    /// The language of the world's texts.
    pub lang: Lang,
}

/// Something that is wrong in a trial.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What is wrong, as it is to be shown.
    pub diagnostic: Diagnostic,
    /// What it is about, without anything that was drawn: the same in another trial is the same fault.
    pub about: String,
}

/// A script as it was played.
struct Played<'a> {
    script: &'a Script,
    at: &'a Place,
    player: Player,
    /// What each line brought about; one more than the lines, for the time after the last.
    moments: Vec<Moment>,
}

/// Runs one trial.
pub fn run(scenario: &Scenario, trial: Trial) -> Vec<Finding> {
    let drawn = match scenario.draw(trial.seed, trial.lang) {
        Ok(drawn) => drawn,
        Err(faults) => return faults.into_iter().map(Finding::from).collect(),
    };
    let trials = match scenario.draw_trials(trial.seed, trial.lang) {
        Ok(trials) => trials,
        Err(faults) => return faults.into_iter().map(Finding::from).collect(),
    };
    let mut findings = Vec::new();
    match Player::begin(scenario, trial.seed, trial.lang) {
        Ok(player) => findings.extend(earned_at_the_start(player.attempt())),
        Err(faults) => return faults.into_iter().map(Finding::from).collect(),
    }
    let solved = trials
        .solutions
        .iter()
        .filter_map(|solution| Some((solution, play(scenario, trial, &solution.script, &solution.at)?)));
    let solved: Vec<(&Solution, Played<'_>)> = solved.collect();
    let reached = |id: &str| {
        solved.iter().any(|(_, played)| played.steps().iter().any(|step| step.id == id && !is_short(step)))
    };
    findings.extend(unused_ways(&drawn, &solved));
    for (solution, played) in &solved {
        findings.extend(judge_solution(solution, &trials, &drawn, played, &reached));
        findings.extend(replay(scenario, &solution.name, played));
    }
    for counterexample in &trials.counterexamples {
        if let Some(played) = play(scenario, trial, &counterexample.script, &counterexample.at) {
            findings.extend(judge_counterexample(counterexample, &played));
            findings.extend(replay(scenario, &counterexample.name, &played));
        }
    }
    findings
}

impl From<Diagnostic> for Finding {
    fn from(diagnostic: Diagnostic) -> Finding {
        Finding { about: diagnostic.message.clone(), diagnostic }
    }
}

fn finding(
    code: &'static str,
    span: Option<Range<usize>>,
    about: String,
    message: String,
    help: Option<String>,
) -> Finding {
    let label = String::new();
    Finding { about, diagnostic: Diagnostic { severity: Severity::Error, code, message, span, label, help } }
}

fn play<'a>(scenario: &Scenario, trial: Trial, script: &'a Script, at: &'a Place) -> Option<Played<'a>> {
    let mut player = Player::begin(scenario, trial.seed, trial.lang).ok()?;
    let mut moments: Vec<Moment> = script.lines.iter().map(|(_, line)| player.perform(line)).collect();
    moments.push(player.finish());
    Some(Played { script, at, player, moments })
}

fn earned_at_the_start(attempt: &Attempt) -> Vec<Finding> {
    let steps = attempt.report().steps.into_iter();
    let met = steps.filter(|step| step.done || step.points > Points::ZERO);
    met.map(|step| {
        let id = &step.id;
        finding(
            "met-at-start",
            None,
            id.clone(),
            format!("step `{id}` has {} of {} points before anything was typed", step.points, step.max),
            Some("let it expect something that only the learner can bring about".to_owned()),
        )
    })
    .collect()
}

/// The ways of steps that no solution goes. One that another seed goes is no finding: see [`super::conclude`].
fn unused_ways(drawn: &Drawn, solved: &[(&Solution, Played<'_>)]) -> Vec<Finding> {
    let gone: Vec<(String, usize)> = (solved.iter())
        .flat_map(|(_, played)| played.steps())
        .filter(|step| step.done)
        .map(|step| (step.id, step.way))
        .collect();
    let mut findings = Vec::new();
    for step in drawn.steps.iter().filter(|step| gone.iter().any(|(id, _)| *id == step.id)) {
        let Check::Events(ways) = &step.check else { continue };
        for way in (0..ways.len()).filter(|way| !gone.contains(&(step.id.clone(), *way))) {
            let message = format!("no solution goes way {} of step `{}`", way + 1, step.id);
            let help = "write a [[solution]] that does, so that it is known to work".to_owned();
            let mut found = finding(UNUSED_WAY, None, message.clone(), message, Some(help));
            found.diagnostic.severity = Severity::Warning;
            findings.push(found);
        }
    }
    findings
}

impl Played<'_> {
    fn steps(&self) -> Vec<StepReport> {
        self.player.attempt().report().steps
    }

    /// The place of a script line in the scenario's file; of the time after the last line that line's.
    fn span(&self, moment: usize) -> Option<Range<usize>> {
        let line = self.script.lines.get(moment).or(self.script.lines.last());
        Some(line.map_or_else(|| self.at.whole.clone(), |(number, _)| self.at.line(*number)))
    }

    /// Which line an event came from.
    fn moment_of(&self, entry: usize) -> usize {
        self.moments.iter().position(|m| entry < m.entries.end).unwrap_or(self.moments.len())
    }

    /// Every mistake that was said, with the line that made it: `step/mistake`.
    fn said(&self) -> Vec<(String, usize, String)> {
        let each = self.moments.iter().enumerate().flat_map(|(i, m)| m.ticks.iter().map(move |t| (i, t)));
        each.filter_map(|(i, tick)| match tick {
            Tick::Said { step, said } => Some((format!("{step}/{}", said.mistake), i, said.text.en.clone())),
            Tick::Progress { .. } | Tick::Slip(_) => None,
        })
        .collect()
    }

    /// Every mistake of the shared catalogue that was said, in the same way: `common/mistake`.
    fn slips(&self) -> Vec<(String, usize, String)> {
        let explainer = Explainer::of(Lang::En);
        let each = self.moments.iter().enumerate().flat_map(|(i, m)| m.ticks.iter().map(move |t| (i, t)));
        each.filter_map(|(i, tick)| match tick {
            Tick::Slip(slip) => {
                let text = slip.text.as_ref().map(|text| text.en.clone());
                let text = text.unwrap_or_else(|| explainer.explain_mistake(slip.mistake).text);
                Some((format!("{COMMON}/{}", slip.mistake.name()), i, text))
            }
            _ => None,
        })
        .collect()
    }

    /// The refusal that best tells why a step was missed, with its line: the first one in the step's part of the script,
    /// because what follows often comes of it; else the last one before. In a script without parts it is the first of all.
    /// A refusal that earned points was meant to be one.
    fn refusal(&self, step: &str) -> Option<(usize, String)> {
        let explainer = Explainer::of(Lang::En);
        let earned: Vec<EventNo> = self.steps().into_iter().flat_map(|step| step.evidence).collect();
        let entries = self.player.attempt().entries().iter().enumerate();
        let unwanted = entries.filter(|(_, entry)| !earned.contains(&entry.n));
        let mut refusals = unwanted.filter_map(|(i, e)| Some((self.moment_of(i), refused(e, explainer)?)));
        let Some(end) = end_of_part(self.script, step) else { return refusals.next() };
        let begin = begin_of_part(self.script, step);
        let mut before = None;
        for refusal in refusals.take_while(|(moment, _)| *moment <= end) {
            if refusal.0 >= begin {
                return Some(refusal);
            }
            before = Some(refusal);
        }
        before
    }
}

/// What a server or the network said no to, if it did, and what that means.
fn refused(entry: &Entry, explainer: &Explainer) -> Option<String> {
    match &entry.event {
        Event::Smtp { exchange, .. } if exchange.reply.code >= 400 => {
            let said = exchange.reply.lines.first().map(String::as_str).unwrap_or_default();
            let why = explainer.explain_smtp(exchange).text;
            Some(format!("the server answered `{} {said}`: {why}", exchange.reply.code))
        }
        Event::Pop3 { exchange, .. } if !exchange.ok => {
            let why = explainer.explain_pop3(exchange).text;
            Some(format!("the server answered `-ERR {}`: {why}", exchange.text))
        }
        Event::Imap { exchange, .. } if matches!(exchange.status, ImapStatus::No | ImapStatus::Bad) => {
            let why = explainer.explain_imap(exchange).text;
            Some(format!("the server answered `{} {}`: {why}", exchange.status.word(), exchange.text))
        }
        Event::ConnectFailed { to, why, .. } => {
            let why = explainer.explain_connect(to, *why).text;
            Some(format!("no connection to {} port {}: {why}", to.host, to.port))
        }
        Event::Exited { program, status: 127, .. } => {
            Some(format!("the workstation knows no program `{program}`"))
        }
        _ => None,
    }
}

fn is_short(step: &StepReport) -> bool {
    !step.done || step.points != step.max
}

fn judge_solution(
    solution: &Solution,
    trials: &Trials,
    drawn: &Drawn,
    played: &Played<'_>,
    reached: &dyn Fn(&str) -> bool,
) -> Vec<Finding> {
    let name = &solution.name;
    let mut findings = Vec::new();
    for (said, moment, text) in played.said().into_iter().chain(played.slips()) {
        findings.push(finding(
            "solution-makes-mistake",
            played.span(moment),
            format!("{name} {said}"),
            format!("solution `{name}` is told of the mistake `{said}`"),
            Some(format!("what is said there: {text}")),
        ));
    }
    // One step that is missed often makes later ones be missed: the first is shown, the others are named.
    let mut short = played.steps().into_iter().filter(is_short);
    let Some(missed) = short.next() else { return findings };
    let id = &missed.id;
    let mut help = why_missed(&missed, drawn);
    let (place, label) = match played.refusal(id) {
        Some((moment, refusal)) => {
            help.push_str(&format!("; at this line, {refusal}"));
            (moment, "refused")
        }
        None => {
            let end = end_of_part(played.script, id).unwrap_or(played.script.lines.len());
            (end, "played to here, and nothing was refused")
        }
    };
    let others: Vec<String> = short.map(|step| format!("`{}`", step.id)).collect();
    if !others.is_empty() {
        help.push_str(&format!("; it falls short in {} too", others.join(", ")));
    }
    if trials.solutions.len() > 1 && !reached(id) {
        help.push_str("; no other solution reaches this step either");
    }
    let mut short = finding(
        "solution-falls-short",
        played.span(place),
        format!("{name} {id}"),
        format!("solution `{name}` earns {} of {} in step `{id}`", missed.points, missed.max),
        Some(help),
    );
    short.diagnostic.label = label.to_owned();
    findings.push(short);
    findings
}

/// The last line of the part of the script that belongs to a step, where the script has one.
fn end_of_part(script: &Script, step: &str) -> Option<usize> {
    let begin = script.parts.iter().find(|(_, id)| id == step).map(|(line, _)| *line)?;
    let next = script.parts.iter().map(|(line, _)| *line).filter(|line| *line > begin).min();
    let before = |line: usize| next.is_none_or(|next| line < next);
    script.lines.iter().rposition(|(line, _)| before(*line))
}

/// The first line of the part of the script that belongs to a step, as a place among its lines.
fn begin_of_part(script: &Script, step: &str) -> usize {
    let begin = script.parts.iter().find(|(_, id)| id == step).map_or(0, |(line, _)| *line);
    script.lines.iter().position(|(line, _)| *line > begin).unwrap_or_default()
}

fn why_missed(missed: &StepReport, drawn: &Drawn) -> String {
    let check = drawn.steps.iter().find(|s| s.id == missed.id).map(|s| &s.check);
    match check {
        _ if missed.done && missed.hints > 0 => {
            format!("it takes {} hint(s), which cost points", missed.hints)
        }
        Some(Check::Events(ways)) => {
            let Some(conversation) = ways.get(missed.way) else { return String::new() };
            let places: Vec<String> = missed.missing.iter().map(|place| (place + 1).to_string()).collect();
            let places = places.join(", ");
            let on = match &conversation.on {
                Some((host, port)) => format!(" on one connection to {host}:{port}"),
                None => String::new(),
            };
            let all = conversation.expect.len();
            let way = if ways.len() > 1 { format!(" of way {}", missed.way + 1) } else { String::new() };
            format!("expectation {places} of {all}{way} was not met{on}")
        }
        Some(Check::Question { .. }) if missed.done => "it gives wrong choices first".to_owned(),
        _ => format!("the right answer was not given: `@answer {} ...`", missed.id),
    }
}

fn judge_counterexample(example: &Counterexample, played: &Played<'_>) -> Vec<Finding> {
    let name = &example.name;
    let steps = played.steps();
    let end = example.script.lines.len();
    let mut findings = Vec::new();
    for (id, wanted) in &example.earns {
        let found = steps.iter().find(|s| s.id == *id).map_or(Points::ZERO, |s| s.points);
        if found != *wanted {
            findings.push(finding(
                "counterexample-earns-otherwise",
                example.earns_at.get(id).cloned(),
                format!("{name} {id}"),
                format!("counterexample `{name}` earns {found} in step `{id}`, and says {wanted}"),
                None,
            ));
        }
    }
    let (said, slips) = (played.said(), played.slips());
    let names = |wanted: &str, said: &str| said == wanted || said.split('/').next() == Some(wanted);
    for (said, moment, text) in &said {
        if !example.says.iter().any(|wanted| names(wanted, said)) {
            findings.push(finding(
                "counterexample-says-more",
                played.span(*moment),
                format!("{name} {said}"),
                format!("counterexample `{name}` is told of the mistake `{said}`, which it does not list"),
                Some(format!("what is said there: {text}")),
            ));
        }
    }
    for (wanted, at) in example.says.iter().zip(&example.says_at) {
        if said.iter().chain(&slips).any(|(said, ..)| names(wanted, said)) {
            continue;
        }
        findings.push(finding(
            "counterexample-says-less",
            Some(at.clone()),
            format!("{name} {wanted}"),
            format!("counterexample `{name}` is not told of the mistake `{wanted}`"),
            None,
        ));
    }
    if said.is_empty() && slips.is_empty() && steps.iter().all(|s| s.points == s.max) {
        findings.push(finding(
            "counterexample-solves",
            played.span(end),
            name.clone(),
            format!("counterexample `{name}` earns everything and is told of no mistake"),
            Some("a counterexample shows something people do wrong".to_owned()),
        ));
    }
    findings
}

/// Replays the record, through its journal, and compares the events.
fn replay(scenario: &Scenario, name: &str, played: &Played<'_>) -> Option<Finding> {
    let record = played.player.attempt().record()?;
    let fault = match Record::decode(&record.encode()) {
        Err(fault) => format!("the journal cannot be read back: {fault}"),
        Ok(decoded) if decoded != record => "the journal reads back as another record".to_owned(),
        Ok(decoded) => format!("{:?}", decoded.replay(scenario).err()?),
    };
    let message = format!("`{name}` cannot be replayed to the same events: this is a fault of helo's");
    let about = format!("replay {name}");
    Some(finding("replay-differs", Some(played.at.whole.clone()), about, message, Some(fault)))
}
