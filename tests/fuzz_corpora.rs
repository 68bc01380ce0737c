//! The corpora of fuzz/ as an ordinary test: every file of every target, whole, cut short, and changed in many small ways
//! that are the same each time.

#[path = "../fuzz/targets.rs"]
mod targets;

use helo::units::Stream;
use std::collections::BTreeSet;
use std::path::Path;

/// How many changed inputs are tried for each file.
const CHANGES: u64 = 60;

fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{target} has no corpus");
    files.iter().map(|f| (f.display().to_string(), std::fs::read(f).unwrap())).collect()
}

/// The octets with a few small changes: one flipped, put in, taken out, a piece doubled or moved from elsewhere.
fn changed(octets: &[u8], random: &mut Stream) -> Vec<u8> {
    let mut out = octets.to_vec();
    let place = |len: usize, random: &mut Stream| random.below(len as u64 + 1) as usize;
    for _ in 0..=random.below(4) {
        let (from, to) = (place(out.len(), random), place(out.len(), random));
        let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 40));
        match random.below(5) {
            0 if from < out.len() => out[from] ^= 1 << random.below(8),
            1 => out.insert(from, b" \r\n\0<>:.,=\"\\\xff%*"[random.below(15) as usize]),
            2 => drop(out.drain(from..to)),
            3 => {
                let piece = out[from..to].to_vec();
                out.splice(from..from, piece);
            }
            _ => {
                let piece: Vec<u8> = out.drain(from..to).collect();
                let at = place(out.len(), random);
                out.splice(at..at, piece);
            }
        }
    }
    out
}

#[test]
fn every_target_bears_its_corpus_and_changes_to_it() {
    for (name, _) in targets::TARGETS {
        let target = |octets: &[u8]| targets::run(name, octets);
        for (file, octets) in corpus(name) {
            // What fails is said by the file it came from and the change's number, and can be run again.
            let mut random = Stream::new(1, &file[file.rfind("corpus").unwrap()..]);
            target(&octets);
            target(&octets[..octets.len() / 2]);
            for change in 0..CHANGES {
                let input = changed(&octets, &mut random);
                let told = std::panic::catch_unwind(|| target(&input));
                assert!(told.is_ok(), "{file}, change {change}: {}", input.escape_ascii());
            }
        }
        target(b"");
    }
}

/// The corpora are worth something only if what they hold is understood.
#[test]
fn the_corpora_hold_what_can_be_read() {
    let read = |target: &str, name: &str| {
        let found = corpus(target).into_iter().find(|(file, _)| file.ends_with(name));
        found.unwrap_or_else(|| panic!("{target} has no {name}")).1
    };
    let text = |target, name| String::from_utf8(read(target, name)).unwrap();
    let journal = helo::attempt::Record::decode(&text("journal", "/attempt")).unwrap();
    assert_eq!((journal.inputs.len(), journal.entries.len()), (2, 1));
    assert!(helo::scenario::Scenario::load("sketch.toml", &text("scenario", "/sketch")).is_ok());
    assert!(helo::scenario::Script::parse(&read("script", "/all")).is_ok());
    assert!(helo::web::page_input(&text("page", "/paste")).unwrap().is_some());
    assert!(helo::proto::dns::decode(&read("dns", "/mx")).is_ok());
    assert!(helo::proto::dns::decode(&read("dns", "/edns")).is_ok());
}

/// Target, program and corpus go by one name, and none is forgotten.
#[test]
fn every_target_has_its_program_and_its_corpus() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let names = |folder: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(fuzz.join(folder)).unwrap().map(|e| e.unwrap().path());
        entries.map(|p| p.file_stem().unwrap().to_string_lossy().into_owned()).collect()
    };
    let targets: BTreeSet<String> = targets::TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(targets.len(), targets::TARGETS.len());
    assert_eq!(names("fuzz_targets"), targets);
    assert_eq!(names("corpus"), targets);
    let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for target in &targets {
        assert!(manifest.contains(&format!("\nname = \"{target}\"\n")), "{target} is not in fuzz/Cargo.toml");
    }
}
