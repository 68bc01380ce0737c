//! How far an attempt may go that is served at ports, and what is said when it has gone so far.

use super::*;
use std::io::Read as _;
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

const PLAYGROUND: &str = include_str!("../../../scenarios/playground.toml");

/// What was written into a stream so far, for another thread to see.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Written {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn playground() -> Scenario {
    Scenario::load("playground.toml", PLAYGROUND).unwrap()
}

fn asked(json: bool, lang: Lang) -> Asked {
    let ports = "smtp=0,submission=off,smtps=off,pop3=off,pop3s=off,imap=off,imaps=off";
    let wanted = Wanted::new(Some("127.0.0.1"), Some(ports)).unwrap();
    Asked { seed: 1, lang, wanted, ca: None, json }
}

/// Serves within these bounds until it ends by itself, while a program says NOOP as long as it is answered. Gives the exit
/// status and what stood on the two streams.
fn used_up(bounds: Bounds, json: bool, lang: Lang) -> (u8, String, String) {
    let (out, err) = (Written::default(), Written::default());
    let streams = (out.clone(), err.clone());
    let data = temporary().unwrap();
    let folder = data.clone();
    let host = thread::spawn(move || {
        let (mut out, mut err) = streams;
        let mut streams =
            Streams { input: &mut io::empty(), out: &mut out, err: &mut err, colour: false, typed: false };
        let options = LabOptions { bounds, ..options() };
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(open_store(asked(json, lang), playground(), &folder, options, &mut streams)).unwrap()
    });
    while !out.text().contains("ready\n") {
        thread::sleep(Duration::from_millis(5));
    }
    let address = out.text().split_whitespace().nth(1).unwrap().to_owned();
    let mut program = TcpStream::connect(&address).unwrap();
    let mut answer = [0; 256];
    while program.read(&mut answer).is_ok_and(|read| read > 0) && program.write_all(b"NOOP\r\n").is_ok() {}
    let status = host.join().unwrap();
    assert!(TcpStream::connect(&address).is_err(), "nobody listens any more");
    fs::remove_dir_all(data).unwrap();
    (status, out.text(), err.text())
}

#[test]
fn an_attempt_that_is_used_up_ends_with_its_report_and_says_what_now() {
    let few = Bounds { inputs: 9, ..Bounds::ALONE };
    let (status, out, err) = used_up(few, false, Lang::En);
    assert_eq!(status, FAULTS);
    assert!(out.contains("An attempt takes at most 9 inputs."), "{out}");
    assert!(err.starts_with("helo: this attempt is used up:") && err.contains("begins a new one"), "{err}");
    let short = Bounds { record_octets: 3_000, ..Bounds::ALONE };
    let (status, out, err) = used_up(short, false, Lang::De);
    assert_eq!(status, FAULTS);
    assert!(out.contains("Ein Versuch darf höchstens 3000 Oktette aufzeichnen."), "{out}");
    assert!(
        err.starts_with("helo: Dieser Versuch ist voll:") && err.contains("beginnt einen neuen"),
        "{err}"
    );
}

#[test]
fn a_program_that_reads_along_finds_the_bound_and_then_the_report() {
    let (status, out, err) = used_up(Bounds { inputs: 9, ..Bounds::ALONE }, true, Lang::En);
    assert_eq!((status, err.lines().count()), (FAULTS, 1), "{err}");
    let lines = out.lines().skip_while(|line| *line != "ready").skip(1);
    let values: Vec<serde_json::Value> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    let [.., last, report] = &values[..] else { panic!("{out}") };
    assert_eq!(last["event"]["limit-reached"], json!({ "limit": "inputs", "at": 9 }));
    assert!(report["report"].is_object(), "{report}");
    let numbers: Vec<_> =
        values[..values.len() - 1].iter().map(|entry| entry["n"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>(), "each event once");
}

#[tokio::test]
async fn what_is_served_at_ports_may_go_far() {
    let data = temporary().unwrap();
    let store = Store::open(&data, StoreOptions::default()).await.unwrap();
    let lab = Lab::new(store, Catalogue::new([playground()]), options());
    let attempt = begin(&lab, "playground", &asked(false, Lang::En)).await.unwrap();
    let kept = lab.find(attempt.token()).await.unwrap().unwrap().bounds.unwrap();
    assert_eq!(serde_json::from_str::<Bounds>(&kept).unwrap(), Bounds::ALONE);
    lab.close().await;
    lab.store().close().await;
    fs::remove_dir_all(data).unwrap();
}
