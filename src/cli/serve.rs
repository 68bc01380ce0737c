//! `helo serve`: the lab in the browser, for one person on this machine.

use super::args::Parsed;
use super::signal::told_to_stop;
use super::watch::{EVERY, News, Watch};
use super::{CLEAN, FAULTS, Streams, USAGE};
use crate::author::Shelf;
use crate::config::Config;
use crate::lab::{Catalogue, Lab, LabOptions};
use crate::net::{Listeners, Wanted};
use crate::scenario::render;
use crate::store::{Store, StoreError, StoreOptions};
use crate::web::{Desk, Site, serve};
use std::fmt::Display;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};
use tokio::task::spawn_blocking;

/// How many ports are tried after one that is taken.
const PORTS: u16 = 50;
/// How long pages may take to end when helo is stopped.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) fn run(parsed: &Parsed, streams: &mut Streams<'_>) -> io::Result<u8> {
    let option = |name| parsed.option(name);
    let config = match Config::new(option("data"), option("web"), option("scenarios")) {
        Ok(config) => Config { statics: option("static").map(PathBuf::from), ..config },
        Err(fault) => return refuse(streams, USAGE, &fault),
    };
    let wanted = match option("no-mail") {
        Some(_) => None,
        None => match Wanted::new(option("mail"), option("ports")) {
            Ok(wanted) => Some(wanted),
            Err(fault) => return refuse(streams, USAGE, &fault),
        },
    };
    let lessons = match scenarios(&config, streams)? {
        Ok(lessons) => lessons,
        Err(fault) => return refuse(streams, USAGE, &fault),
    };
    match Runtime::new() {
        Ok(runtime) => runtime.block_on(run_lab(&config, wanted, lessons, streams)),
        Err(fault) => refuse(streams, FAULTS, &fault),
    }
}

fn refuse(streams: &mut Streams<'_>, status: u8, fault: &dyn Display) -> io::Result<u8> {
    writeln!(streams.err, "helo: {fault}").map(|()| status)
}

/// The scenarios as they are on the disk, and what looks whether they change; nothing does where they are helo's own.
struct Lessons {
    shelf: Shelf,
    watch: Option<Watch>,
}

/// Reads the scenarios. What is wrong with some is said, and does not keep the others from being used.
fn scenarios(config: &Config, streams: &mut Streams<'_>) -> io::Result<Result<Lessons, String>> {
    let found = match config.load() {
        Ok(found) => found,
        Err(fault) => return Ok(Err(fault)),
    };
    let watch = config.scenarios.as_ref().map(|folder| Watch::new(folder, &found));
    let mut shelf = Shelf::default();
    for file in found {
        if let Err(faults) = &file.loaded {
            write!(streams.err, "{}", render(&file.file, &file.text, faults, streams.colour))?;
            writeln!(streams.err, "helo: {} is left out; `helo check` shows when it is good", file.file)?;
        }
        shelf.put(&file.file, &file.text, file.loaded);
    }
    Ok(Ok(Lessons { shelf, watch }))
}

/// Puts what is new in the folder on the desk and on offer, and tells it.
async fn keep_up(mut watch: Watch, desk: Desk, lab: Lab, tell: mpsc::UnboundedSender<String>) {
    loop {
        tokio::time::sleep(EVERY).await;
        // Reading and judging files takes its time; learners' lines do not wait for it.
        let looked = spawn_blocking(move || {
            let news = watch.look();
            (watch, news)
        });
        let Ok((back, news)) = looked.await else { return };
        watch = back;
        if news.is_empty() {
            continue;
        }
        for one in news {
            let line = desk.change(|shelf| take(shelf, one));
            let _ = tell.send(line);
        }
        lab.offer(Catalogue::new(desk.change(|shelf| shelf.offered())));
    }
}

/// Puts one piece of news on the shelf; gives what to say of it.
fn take(shelf: &mut Shelf, news: News) -> String {
    match news {
        News::Read(file) => {
            let faults = match &file.loaded {
                Ok(_) => None,
                Err(faults) => Some(render(&file.file, &file.text, faults, false)),
            };
            shelf.put(&file.file, &file.text, file.loaded);
            match faults {
                None => format!("helo: {} has changed, and is on offer as it is now", file.file),
                Some(shown) => {
                    format!("{shown}helo: {} has faults, and its last good version stays on offer", file.file)
                }
            }
        }
        News::Unreadable(name, why) => {
            shelf.unreadable(&name, &why);
            format!("helo: {why}")
        }
        News::Gone(name) => {
            shelf.remove(&name);
            format!("helo: {name} is gone, and no longer on offer")
        }
    }
}

async fn run_lab(
    config: &Config,
    wanted: Option<Wanted>,
    lessons: Lessons,
    streams: &mut Streams<'_>,
) -> io::Result<u8> {
    let store = match Store::open(&config.data, StoreOptions::default()).await {
        Ok(store) => store,
        Err(fault) => return refuse(streams, FAULTS, &fault),
    };
    let status = run_pages(config, wanted, lessons, &store, streams).await;
    store.close().await;
    status
}

async fn run_pages(
    config: &Config,
    wanted: Option<Wanted>,
    lessons: Lessons,
    store: &Store,
    streams: &mut Streams<'_>,
) -> io::Result<u8> {
    let lab = Lab::new(store.clone(), Catalogue::new(lessons.shelf.offered()), LabOptions::default());
    let learner = match store.learner("local", "local", lab.wall_clock()).await {
        Ok(learner) => learner,
        Err(fault) => return refuse(streams, FAULTS, &fault),
    };
    let listener = match listen(config.web).await {
        Ok(listener) => listener,
        Err(fault) => {
            return refuse(streams, FAULTS, &format!("cannot listen on {}: {fault}", config.web));
        }
    };
    let address = listener.local_addr()?;
    if config.web.port() != 0 && address.port() != config.web.port() {
        let taken = config.web.port();
        writeln!(
            streams.err,
            "helo: port {taken} is taken by another program, so it is {} this time",
            address.port()
        )?;
    }
    writeln!(streams.out, "helo is at http://{address}/ and keeps its data in {}", config.data.display())?;
    let listeners = match &wanted {
        Some(wanted) => open_mail(wanted, streams).await?,
        None => Listeners::default(),
    };
    let doors = listeners.doors();
    match lab.remembered_pinned().await {
        Ok(Some(attempt)) => doors.pin(&attempt),
        Ok(None) => {}
        Err(fault) => writeln!(streams.err, "helo: {fault}")?,
    }
    writeln!(streams.out, "Ctrl-C stops it; nothing you typed is lost.")?;
    streams.out.flush()?;
    let mail = listeners.serve(&doors);
    let mut site = Site::new(lab.clone(), learner.id).with_doors(doors);
    if let Some(folder) = &config.statics {
        site = site.with_static(folder);
    }
    let (tell, mut told) = mpsc::unbounded_channel();
    match with_desk(site, lessons, tell).await {
        Ok(served) => site = served,
        Err(fault) => return refuse(streams, FAULTS, &fault),
    }
    let (stop, stopped) = oneshot::channel::<()>();
    let wait = async { stopped.await.unwrap_or_default() };
    let mut pages = tokio::spawn(serve(listener, site, wait));
    let mut stopping = pin!(told_to_stop());
    loop {
        tokio::select! {
            () = &mut stopping => break,
            Some(line) = told.recv() => writeln!(streams.err, "{line}")?,
            ended = &mut pages => return match ended {
                Ok(Ok(())) => Ok(CLEAN),
                Ok(Err(fault)) => refuse(streams, FAULTS, &fault),
                Err(fault) => refuse(streams, FAULTS, &fault),
            },
        }
    }
    writeln!(streams.out, "Stopping ...")?;
    streams.out.flush()?;
    // The pages hear of it from the lab and come back by themselves after the next start.
    let _ = stop.send(());
    mail.close().await;
    lab.close().await;
    if tokio::time::timeout(PATIENCE, &mut pages).await.is_err() {
        pages.abort();
    }
    Ok(CLEAN)
}

/// The site with its author's desk, where there is a folder to work in, and somebody who keeps it up to date.
async fn with_desk(
    site: Site,
    lessons: Lessons,
    tell: mpsc::UnboundedSender<String>,
) -> Result<Site, StoreError> {
    let Some(watch) = lessons.watch else { return Ok(site) };
    let lab = site.lab().clone();
    // Previews are attempts of somebody else, so that they count nowhere.
    let author = lab.store().learner("preview", "preview", lab.wall_clock()).await?;
    let desk = Desk::new(lessons.shelf, author.id);
    tokio::spawn(keep_up(watch, desk.clone(), lab, tell));
    Ok(site.with_desk(desk))
}

/// Opens the mail ports. One that cannot be had is done without.
async fn open_mail(wanted: &Wanted, streams: &mut Streams<'_>) -> io::Result<Listeners> {
    let (listeners, faults) = Listeners::bind(wanted).await;
    for fault in &faults {
        writeln!(streams.err, "helo: {fault}, so there is no {} this time", fault.service)?;
    }
    let doors = listeners.doors();
    for (door, wanted) in doors.open().iter().filter_map(|door| Some((door, wanted.port(&door.service)?))) {
        let (service, port) = (&door.service, door.address.port());
        if wanted != 0 && port != wanted {
            writeln!(
                streams.err,
                "helo: {service}: port {wanted} is taken by another program, so it is {port} this time"
            )?;
        }
    }
    let shown: Vec<String> =
        doors.open().iter().map(|door| format!("{} {}", door.service, door.address.port())).collect();
    if let Some(first) = doors.open().first() {
        writeln!(
            streams.out,
            "Mail ports for your own programs, on {}: {}",
            first.address.ip(),
            shown.join(", ")
        )?;
    }
    Ok(listeners)
}

/// The address, or the next port that is free.
async fn listen(wanted: SocketAddr) -> io::Result<TcpListener> {
    let mut address = wanted;
    loop {
        match TcpListener::bind(address).await {
            Err(fault)
                if fault.kind() == io::ErrorKind::AddrInUse
                    && address.port() < u16::MAX
                    && address.port() - wanted.port() < PORTS =>
            {
                address.set_port(address.port() + 1);
            }
            done => return done,
        }
    }
}
