//! How far an attempt may go that is served at ports, and what is said when it has gone so far.

use super::*;
use std::future::pending;

fn asked(json: bool, lang: Lang) -> Asked {
    Asked {
        seed: 1,
        lang,
        wanted: Wanted::new(None, Some("smtp=0")).unwrap().only(|service| service == "smtp"),
        ca: None,
        json,
    }
}

/// A lab over a data directory of its own, as `helo host` has it, save for the bounds of what it begins.
async fn lab(data: &Path, bounds: Bounds) -> Lab {
    let text = include_str!("../../../scenarios/playground.toml");
    let scenario = Scenario::load("playground.toml", text).unwrap();
    let store = Store::open(data, StoreOptions::default()).await.unwrap();
    Lab::new(store, Catalogue::new([scenario]), LabOptions { bounds, ..options() })
}

async fn close(lab: Lab, data: &Path) {
    lab.close().await;
    lab.store().close().await;
    fs::remove_dir_all(data).unwrap();
}

/// Shows an attempt within these bounds until it ends by itself, while a program says NOOP as long as it is answered. Gives
/// the exit status and what stood on the two streams.
async fn used_up(bounds: Bounds, json: bool, lang: Lang) -> (u8, String, String) {
    let (data, asked) = (temporary().unwrap(), asked(json, lang));
    let lab = lab(&data, bounds).await;
    let attempt = begin(&lab, "playground", &asked).await.unwrap();
    let page = attempt.subscribe(EventNo(1)).await.unwrap();
    let page = if json { page.with_lines() } else { page };
    let zone = page.snapshot.about.drawn.as_ref().unwrap().setup.workstation.zone;
    let (listeners, faults) = Listeners::bind(&asked.wanted).await;
    assert!(faults.is_empty());
    let doors = listeners.doors();
    let open: Vec<_> = doors.open().iter().map(|door| door.address).collect();
    let serving = listeners.serve(&doors);
    let served = attempt.clone();
    let program = tokio::spawn(async move {
        let socket = served.connect("smtp").await.unwrap();
        while socket.octets(b"NOOP\r\n").await.is_ok() {}
        served.connect("smtp").await.err()
    });
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let input = &mut io::empty();
    let mut streams = Streams { input, out: &mut out, err: &mut err, colour: false, typed: false };
    let shown = Shown::new(&asked, zone, streams.out);
    let shown = shown.show(&attempt, page, pending(), serving).await.unwrap();
    assert_eq!(open.len(), 1);
    for address in open {
        assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody is let in any more");
    }
    let status = conclude(&asked, shown, &mut streams).unwrap();
    assert_eq!(program.await.unwrap(), Some(LabError::UsedUp));
    close(lab, &data).await;
    (status, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[tokio::test]
async fn an_attempt_that_is_used_up_ends_with_its_report_and_says_what_now() {
    let few = Bounds { inputs: 9, ..Bounds::ALONE };
    let (status, out, err) = used_up(few, false, Lang::En).await;
    assert_eq!(status, FAULTS);
    assert!(out.contains("An attempt takes at most 9 inputs."), "{out}");
    assert!(out.contains("report"), "{out}");
    assert!(err.starts_with("helo: this attempt is used up:") && err.contains("begins a new one"), "{err}");
    let short = Bounds { record_octets: 3_000, ..Bounds::ALONE };
    let (status, out, err) = used_up(short, false, Lang::De).await;
    assert_eq!(status, FAULTS);
    assert!(out.contains("Ein Versuch darf höchstens 3000 Oktette aufzeichnen."), "{out}");
    assert!(
        err.starts_with("helo: Dieser Versuch ist voll:") && err.contains("beginnt einen neuen"),
        "{err}"
    );
}

#[tokio::test]
async fn a_program_that_reads_along_finds_the_bound_and_then_the_report() {
    let (status, out, err) = used_up(Bounds { inputs: 9, ..Bounds::ALONE }, true, Lang::En).await;
    assert_eq!((status, err.lines().count()), (FAULTS, 1), "{err}");
    let values: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [entries @ .., report] = &values[..] else { panic!("{out}") };
    let last = entries.last().unwrap();
    assert_eq!(last["event"]["limit-reached"], json!({ "limit": "inputs", "at": 9 }));
    assert!(report["report"].is_object(), "{report}");
    let numbers: Vec<_> = entries.iter().map(|entry| entry["n"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>(), "each event once");
}

#[tokio::test]
async fn what_is_served_at_ports_may_go_far() {
    let data = temporary().unwrap();
    let lab = lab(&data, options().bounds).await;
    let attempt = begin(&lab, "playground", &asked(false, Lang::En)).await.unwrap();
    let kept = lab.find(attempt.token()).await.unwrap().unwrap().bounds.unwrap();
    assert_eq!(serde_json::from_str::<Bounds>(&kept).unwrap(), Bounds::ALONE);
    close(lab, &data).await;
}
