//! `helo host`: one scenario at real ports, without the web.

#[cfg(test)]
mod tests;

use super::args::Parsed;
use super::play::{lang, report, seed, steps_json};
use super::signal::told_to_stop;
use super::{CLEAN, FAULTS, Streams, USAGE, scenario_file};
use crate::capture::TextLines;
use crate::event::{Entry, Event, Limit};
use crate::explain::Explainer;
use crate::grade::Report;
use crate::lab::{Catalogue, End, Ended, Handle, Lab, LabError, LabOptions, Subscription, Update};
use crate::net::{Listeners, Serving, Wanted};
use crate::scenario::{Scenario, render};
use crate::store::{Store, StoreOptions};
use crate::units::{Bounds, EventNo, Lang, Zone};
use serde_json::json;
use std::fmt::Display;
use std::fs;
use std::future::Future;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::pin::pin;
use tokio::runtime::Builder;

/// How many events are read at once of those that were not shown when they happened.
const PAGE: u32 = 4096;

/// What was asked for.
struct Asked {
    seed: u64,
    lang: Lang,
    wanted: Wanted,
    ca: Option<PathBuf>,
    json: bool,
}

pub(super) fn run(parsed: &Parsed, streams: &mut Streams<'_>) -> io::Result<u8> {
    let asked = match asked(parsed) {
        Ok(asked) => asked,
        Err(fault) => return refuse(streams, USAGE, &fault),
    };
    let Some(file) = parsed.operands.first() else {
        return refuse(streams, USAGE, &"`helo host` needs FILE");
    };
    let (name, text) = match scenario_file(Path::new(file)) {
        Ok(read) => read,
        Err(fault) => return refuse(streams, USAGE, &fault),
    };
    let scenario = match Scenario::load(&name, &text) {
        Ok(scenario) => scenario,
        Err(faults) => {
            write!(streams.err, "{}", render(&name, &text, &faults, streams.colour))?;
            return Ok(FAULTS);
        }
    };
    let (data, passing) = match parsed.option("data") {
        Some(data) => (PathBuf::from(data), false),
        None => match temporary() {
            Ok(data) => (data, true),
            Err(fault) => return refuse(streams, FAULTS, &fault),
        },
    };
    // One attempt does one thing after the other. With its connections on the same thread nobody has to wake anybody to
    // pass a command on; what is printed is this thread's affair, so that a slow reader holds nobody up.
    let status = match Builder::new_multi_thread().worker_threads(1).enable_all().build() {
        Ok(runtime) => runtime.block_on(open_store(asked, scenario, &data, options(), streams)),
        Err(fault) => refuse(streams, FAULTS, &fault),
    };
    if passing {
        // What stays behind where this fails is in the folder for such things.
        let _ = fs::remove_dir_all(&data);
    }
    status
}

fn asked(parsed: &Parsed) -> Result<Asked, String> {
    Ok(Asked {
        seed: seed(parsed)?,
        lang: lang(parsed)?,
        wanted: Wanted::new(parsed.option("mail"), parsed.option("ports"))?,
        ca: parsed.option("ca").map(PathBuf::from),
        json: parsed.option("json").is_some(),
    })
}

fn refuse(streams: &mut Streams<'_>, status: u8, fault: &dyn Display) -> io::Result<u8> {
    writeln!(streams.err, "helo: {fault}").map(|()| status)
}

/// The name of a data directory that nobody has.
fn temporary() -> Result<PathBuf, String> {
    let number = getrandom::u64().map_err(|fault| format!("no random numbers: {fault}"))?;
    Ok(std::env::temp_dir().join(format!("helo-host-{number:016x}")))
}

async fn open_store(
    asked: Asked,
    scenario: Scenario,
    data: &Path,
    options: LabOptions,
    streams: &mut Streams<'_>,
) -> io::Result<u8> {
    let store = match Store::open(data, StoreOptions::default()).await {
        Ok(store) => store,
        Err(fault) => return refuse(streams, FAULTS, &fault),
    };
    let id = scenario.id().to_owned();
    let lab = Lab::new(store.clone(), Catalogue::new([scenario]), options);
    let attempt = match begin(&lab, &id, &asked).await {
        Ok(attempt) => attempt,
        Err(fault) => return refuse(streams, FAULTS, &fault),
    };
    let status = open_ports(&asked, &attempt, streams).await;
    lab.close().await;
    store.close().await;
    status
}

/// Whoever serves a scenario so has the machine to themselves, and programs fill an attempt faster than people.
fn options() -> LabOptions {
    LabOptions { bounds: Bounds::ALONE, ..LabOptions::default() }
}

async fn begin(lab: &Lab, scenario: &str, asked: &Asked) -> Result<Handle, LabError> {
    let learner = lab.store().learner("local", "local", lab.wall_clock()).await.map_err(LabError::Store)?;
    lab.create_with(learner.id, scenario, asked.lang, asked.seed).await
}

async fn open_ports(asked: &Asked, attempt: &Handle, streams: &mut Streams<'_>) -> io::Result<u8> {
    let page = match attempt.subscribe(EventNo(1)).await {
        Ok(page) if asked.json => page.with_lines(),
        Ok(page) => page,
        Err(fault) => return refuse(streams, FAULTS, &fault),
    };
    let Some(drawn) = page.snapshot.about.drawn.clone() else {
        return refuse(streams, FAULTS, &LabError::Crashed);
    };
    let setup = &drawn.setup;
    let wanted = asked.wanted.clone().only(|service| setup.ports.contains_key(service));
    let (listeners, faults) = Listeners::bind(&wanted).await;
    if let Some(fault) = faults.first() {
        return refuse(streams, FAULTS, fault);
    }
    let doors = listeners.doors();
    doors.pin(attempt);
    for door in doors.open() {
        let (host, port) = setup.ports.get(&door.service).cloned().unwrap_or_default();
        writeln!(streams.out, "{:<10} {}  {host} port {port}", door.service, door.address)?;
    }
    if let Some(file) = &asked.ca
        && let Err(fault) = write_authority(file, setup.keyring.authority_pem())
    {
        return refuse(streams, USAGE, &fault);
    }
    let stop = told_to_stop();
    writeln!(streams.out, "ready")?;
    streams.out.flush()?;
    let served = listeners.serve(&doors);
    let shown = Shown::new(asked, setup.workstation.zone, streams.out);
    let shown = shown.show(attempt, page, stop, served).await?;
    conclude(asked, shown, streams)
}

/// Says how things stand at the end, and why it is one.
fn conclude(
    asked: &Asked,
    shown: Result<(Report, Ending), LabError>,
    streams: &mut Streams<'_>,
) -> io::Result<u8> {
    let (last, Ending { used_up, cut_short }) = match shown {
        Ok(shown) => shown,
        Err(fault) => return refuse(streams, FAULTS, &fault),
    };
    say_report(asked, &last, streams.out)?;
    if cut_short {
        refuse(streams, CLEAN, &"what happened last is not shown, because it was to stop at once")?;
    }
    if used_up { refuse(streams, FAULTS, &used_up_text(asked.lang)) } else { Ok(CLEAN) }
}

/// What became of an attempt that takes nothing any more, and what now.
fn used_up_text(lang: Lang) -> String {
    let now = match lang {
        Lang::De => "Die Ports sind zu. `helo host` noch einmal gestartet beginnt einen neuen.",
        Lang::En => "The ports are closed. `helo host`, started once more, begins a new one.",
    };
    format!("{} {now}", LabError::UsedUp.text().get(lang))
}

fn write_authority(file: &Path, pem: Option<String>) -> Result<(), String> {
    let name = file.display();
    let pem = pem.ok_or_else(|| format!("--ca {name}: no host of this scenario has a certificate"))?;
    fs::write(file, pem).map_err(|fault| format!("--ca {name}: {fault}"))
}

/// How it came to an end.
struct Ending {
    /// Nothing can be done in the attempt any more.
    used_up: bool,
    /// It was told to stop once more before everything was shown.
    cut_short: bool,
}

/// What is shown, and where.
struct Shown<'a> {
    json: bool,
    lines: Option<TextLines<'static>>,
    out: &'a mut dyn Write,
    /// Nothing can be done in the attempt any more.
    used_up: bool,
}

impl<'a> Shown<'a> {
    fn new(asked: &Asked, zone: Zone, out: &'a mut dyn Write) -> Shown<'a> {
        let lines = (!asked.json).then(|| TextLines::new(Explainer::of(asked.lang), zone));
        Shown { json: asked.json, lines, out, used_up: false }
    }

    /// Shows what happens until it is told to stop, or nothing can happen any more. Gives how things stand then, and how it
    /// came to its end.
    async fn show(
        mut self,
        attempt: &Handle,
        mut page: Subscription,
        stop: impl Future<Output = ()>,
        served: Serving,
    ) -> io::Result<Result<(Report, Ending), LabError>> {
        self.entries(&std::mem::take(&mut page.snapshot.entries))?;
        let mut stop = pin!(stop);
        // What was shown too slowly for it to wait in memory comes from the record, from here on.
        let mut behind = None;
        while !self.used_up {
            tokio::select! {
                biased;
                () = &mut stop => break,
                read = attempt.recorded(behind.unwrap_or(EventNo(0)), PAGE), if behind.is_some() => match read {
                    Ok(entries) => {
                        self.entries(&entries)?;
                        behind = behind.map(|next| EventNo(next.0 + entries.len() as u64));
                        if (entries.len() as u64) < u64::from(PAGE) && let Some(next) = behind.take() {
                            page = match attempt.subscribe(next).await {
                                Ok(again) => self.joined(again)?,
                                Err(fault) => return Ok(Err(fault)),
                            };
                        }
                    }
                    Err(fault) => return Ok(Err(fault)),
                },
                update = page.next(), if behind.is_none() => match update {
                    Ok(update) => self.update(&update)?,
                    Err(Ended { why: End::Trouble(fault), .. }) => return Ok(Err(fault)),
                    Err(Ended { why: End::Slow, resume }) => behind = Some(resume),
                },
            }
        }
        // Whoever is still connected loses the connection, and that is in the record before the report.
        served.close().await;
        let last = attempt.report().await;
        let cut_short = match self.rest(attempt, behind.unwrap_or(page.resume()), told_to_stop()).await? {
            Ok(whole) => !whole,
            Err(fault) => return Ok(Err(fault)),
        };
        if let Some(lines) = self.lines.take() {
            write!(self.out, "{}", lines.finish())?;
        }
        let used_up = self.used_up;
        Ok(last.map(|last| (last, Ending { used_up, cut_short })))
    }

    /// Goes on with a subscription that has just begun.
    fn joined(&mut self, mut page: Subscription) -> io::Result<Subscription> {
        self.entries(&std::mem::take(&mut page.snapshot.entries))?;
        Ok(if self.json { page.with_lines() } else { page })
    }

    /// Shows what the record has from an event on, a page at a time; false where it was told to stop before the end.
    async fn rest(
        &mut self,
        attempt: &Handle,
        mut next: EventNo,
        stop: impl Future<Output = ()>,
    ) -> io::Result<Result<bool, LabError>> {
        let mut stop = pin!(stop);
        loop {
            let read = tokio::select! {
                biased;
                () = &mut stop => return Ok(Ok(false)),
                read = attempt.recorded(next, PAGE) => read,
            };
            match read {
                Ok(entries) if entries.is_empty() => return Ok(Ok(true)),
                Ok(entries) => {
                    self.entries(&entries)?;
                    next = EventNo(next.0 + entries.len() as u64);
                }
                Err(fault) => return Ok(Err(fault)),
            }
        }
    }

    fn update(&mut self, update: &Update) -> io::Result<()> {
        self.used_up |= update.used_up;
        match &update.lines {
            Some(written) if self.json => write_now(written.text(), self.out),
            _ => self.entries(&update.entries),
        }
    }

    /// Writes entries in one go, so that whoever reads along sees them at once, and the system is not called for each line.
    fn entries(&mut self, entries: &[Entry]) -> io::Result<()> {
        let mut text = Vec::new();
        for entry in entries {
            self.used_up |= uses_up(&entry.event);
            match &mut self.lines {
                Some(lines) => text.extend_from_slice(lines.push(entry).as_bytes()),
                None => {
                    serde_json::to_writer(&mut text, entry).map_err(io::Error::from)?;
                    text.push(b'\n');
                }
            }
        }
        write_now(&text, self.out)
    }
}

/// Is this the last thing that happens in an attempt?
fn uses_up(event: &Event) -> bool {
    matches!(event, Event::LimitReached { limit: Limit::Inputs | Limit::RecordOctets, .. })
}

fn write_now(text: &[u8], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(text)?;
    out.flush()
}

fn say_report(asked: &Asked, last: &Report, out: &mut dyn Write) -> io::Result<u8> {
    if !asked.json {
        return report(last, asked.lang, out).map(|()| CLEAN);
    }
    let steps = steps_json(last, asked.lang);
    let said = json!({ "report": { "points": last.points, "max_points": last.max_points, "steps": steps } });
    serde_json::to_writer(&mut *out, &said).map_err(io::Error::from)?;
    writeln!(out).map(|()| CLEAN)
}
