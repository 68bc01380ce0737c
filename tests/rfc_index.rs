//! Every RFC and section that the sources name is in the index, so that no page links into the void.

use helo::rfc::{Coverage, index, section};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("src/ can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// A number such as `4.1.1.2` at the beginning of a text, and what follows it.
fn numbered(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let number = number.trim_end_matches('.');
    (!number.is_empty()).then_some((number, rest))
}

/// What a source names: RFC and, where it says so, section. Read are calls `section(5321, "4.1.4")` and the words
/// `RFC 5321`, `RFC 5321 section 4.1.4`, `RFC 5321 sections 3.6 and 4.5.4`.
fn references(source: &str) -> Vec<(u16, Option<String>)> {
    // A comment may break its lines anywhere.
    let words: Vec<&str> =
        source.split_whitespace().filter(|w| !matches!(*w, "//" | "///" | "//!")).collect();
    let text = words.join(" ");
    let mut found = Vec::new();
    for call in text.split("section(").skip(1) {
        if let Some((rfc, rest)) = numbered(call)
            && let Some((number, _)) = rest.strip_prefix(", \"").and_then(|r| r.split_once('"'))
        {
            found.extend(rfc.parse().ok().map(|rfc| (rfc, Some(number.to_owned()))));
        }
    }
    for mention in text.split("RFC ").skip(1) {
        let Some((rfc, rest)) = numbered(mention) else { continue };
        let Ok(rfc) = rfc.parse() else { continue };
        found.push((rfc, None));
        let Some(mut rest) = rest.strip_prefix(" sections ").or_else(|| rest.strip_prefix(" section "))
        else {
            continue;
        };
        while let Some((number, after)) = numbered(rest) {
            found.push((rfc, Some(number.to_owned())));
            let next = [", ", " and ", " to "].iter().find_map(|s| after.strip_prefix(s));
            rest = next.unwrap_or_default();
        }
    }
    found
}

#[test]
fn references_are_found_in_every_form() {
    let text = "RFC 1034, RFC 5321 section 4.1.4. (RFC 1939 sections 3, 4 and 11) section(2308, \"2.1\") \
                /// RFC 5322\n    /// section 3.3 and RFC 854";
    let found: Vec<String> = references(text)
        .into_iter()
        .map(|(rfc, s)| s.map_or(rfc.to_string(), |s| format!("{rfc}/{s}")))
        .collect();
    let expected = [
        "2308/2.1",
        "1034",
        "5321",
        "5321/4.1.4",
        "1939",
        "1939/3",
        "1939/4",
        "1939/11",
        "5322",
        "5322/3.3",
        "854",
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_index_knows_every_reference_of_the_sources() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    files.sort();
    let known: BTreeSet<(u16, Option<&str>)> = index()
        .flat_map(|r| r.sections.iter().map(|s| (r.number, Some(s.section))).chain([(r.number, None)]))
        .collect();
    let (mut count, mut missing) = (0, Vec::new());
    for file in &files {
        let source = std::fs::read_to_string(file).expect("a source can be read");
        for (rfc, number) in references(&source) {
            count += 1;
            if !known.contains(&(rfc, number.as_deref())) {
                let place = number.map(|n| format!(" section {n}")).unwrap_or_default();
                missing.push(format!("{}: RFC {rfc}{place}", file.display()));
            }
        }
    }
    assert!(count > 100, "only {count} references found: is this the right folder?");
    assert!(missing.is_empty(), "add these to the group's file in src/rfc/:\n{}", missing.join("\n"));
}

#[test]
fn the_index_is_in_order_and_says_why() {
    let numbers: Vec<u16> = index().map(|r| r.number).collect();
    assert_eq!(numbers.len(), numbers.iter().collect::<BTreeSet<_>>().len(), "an RFC stands twice");
    for rfc in index() {
        let parts = |s: &str| s.split('.').map(|n| n.parse::<u32>().expect("a number")).collect::<Vec<_>>();
        let sections: Vec<_> = rfc.sections.iter().map(|s| parts(s.section)).collect();
        assert!(sections.is_sorted_by(|a, b| a < b), "the sections of RFC {} are out of order", rfc.number);
        for entry in rfc.sections {
            let told = entry.coverage == Coverage::Yes || !entry.note.is_empty();
            assert!(told && !entry.title.is_empty(), "RFC {} section {}: why?", rfc.number, entry.section);
        }
    }
}

#[test]
fn a_section_finds_its_entry() {
    let expn = section(5321, "4.1.1.7");
    assert_eq!(expn.entry().map(|e| e.coverage), Some(Coverage::Partial));
    assert_eq!(section(5321, "3.4").entry().map(|e| e.coverage), Some(Coverage::No));
    assert_eq!(expn.url(), "https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.7");
    assert_eq!(section(5321, "99").entry(), None);
}
