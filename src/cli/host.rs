//! `helo host`: one scenario at real ports, without the web.

use super::args::Parsed;
use super::play::{lang, report, seed, steps_json};
use super::signal::told_to_stop;
use super::{CLEAN, FAULTS, Streams, USAGE, scenario_file};
use crate::capture::TextLines;
use crate::event::Entry;
use crate::explain::Explainer;
use crate::grade::Report;
use crate::lab::{Catalogue, End, Ended, Handle, Lab, LabError, LabOptions, Subscription};
use crate::net::{Listeners, Wanted};
use crate::scenario::{Scenario, render};
use crate::store::{Store, StoreOptions};
use crate::units::{EventNo, Lang, Zone};
use serde_json::json;
use std::fmt::Display;
use std::fs;
use std::future::Future;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::pin::pin;
use tokio::runtime::Builder;
use tokio::task::JoinHandle;

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
        Ok(runtime) => runtime.block_on(open_store(asked, scenario, &data, streams)),
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
    streams: &mut Streams<'_>,
) -> io::Result<u8> {
    let store = match Store::open(data, StoreOptions::default()).await {
        Ok(store) => store,
        Err(fault) => return refuse(streams, FAULTS, &fault),
    };
    let id = scenario.id().to_owned();
    let lab = Lab::new(store.clone(), Catalogue::new([scenario]), LabOptions::default());
    let attempt = match begin(&lab, &id, &asked).await {
        Ok(attempt) => attempt,
        Err(fault) => return refuse(streams, FAULTS, &fault),
    };
    let status = open_ports(&asked, &attempt, streams).await;
    lab.close().await;
    store.close().await;
    status
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
    let served = tokio::spawn(listeners.serve(doors));
    let shown = show(asked, setup.workstation.zone, attempt, page, stop, &served, streams.out).await?;
    match shown {
        Ok(last) => say_report(asked, &last, streams.out),
        Err(fault) => refuse(streams, FAULTS, &fault),
    }
}

fn write_authority(file: &Path, pem: Option<String>) -> Result<(), String> {
    let name = file.display();
    let pem = pem.ok_or_else(|| format!("--ca {name}: no host of this scenario has a certificate"))?;
    fs::write(file, pem).map_err(|fault| format!("--ca {name}: {fault}"))
}

/// Shows what happens until it is told to stop, and gives how things stand then.
async fn show(
    asked: &Asked,
    zone: Zone,
    attempt: &Handle,
    mut page: Subscription,
    stop: impl Future<Output = ()>,
    served: &JoinHandle<()>,
    out: &mut dyn Write,
) -> io::Result<Result<Report, LabError>> {
    let explainer = Explainer::of(asked.lang);
    let mut lines = (!asked.json).then(|| TextLines::new(explainer, zone));
    write_entries(&std::mem::take(&mut page.snapshot.entries), &mut lines, out)?;
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            update = page.next() => match update {
                Ok(update) => match &update.lines {
                    Some(written) if asked.json => write_now(written.text(), out)?,
                    _ => write_entries(&update.entries, &mut lines, out)?,
                },
                Err(Ended { why: End::Trouble(fault), .. }) => return Ok(Err(fault)),
                Err(Ended { why: End::Slow, resume }) => match attempt.subscribe(resume).await {
                    Ok(again) => {
                        page = if asked.json { again.with_lines() } else { again };
                        write_entries(&std::mem::take(&mut page.snapshot.entries), &mut lines, out)?;
                    }
                    Err(fault) => return Ok(Err(fault)),
                },
            },
        }
    }
    // Whoever is still connected loses the connection, and that is in the record before the report.
    served.abort();
    while !served.is_finished() {
        tokio::task::yield_now().await;
    }
    let last = attempt.report().await;
    let rest = match attempt.subscribe(page.resume()).await {
        Ok(rest) => rest.snapshot.entries,
        Err(fault) => return Ok(Err(fault)),
    };
    write_entries(&rest, &mut lines, out)?;
    if let Some(lines) = lines {
        write!(out, "{}", lines.finish())?;
    }
    Ok(last)
}

/// Writes entries in one go, so that whoever reads along sees them at once, and the system is not called for each line.
fn write_entries(
    entries: &[Entry],
    lines: &mut Option<TextLines<'_>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut text = Vec::new();
    for entry in entries {
        match lines {
            Some(lines) => text.extend_from_slice(lines.push(entry).as_bytes()),
            None => {
                serde_json::to_writer(&mut text, entry).map_err(io::Error::from)?;
                text.push(b'\n');
            }
        }
    }
    write_now(&text, out)
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
