//! Every word of the protocols, every program and option has a text in both languages, and no text is left over.

use super::names;
use super::shell::programs::{self, PLUS, PROGRAMS, ZONE};
use super::shell::{mail, prompts};
use super::*;
use crate::event::{EnhancedCode, ImapVerb, SmtpVerb};
use crate::explain::say::sources;
use crate::units::Lang;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The keys of all messages about lines, and the variables of each.
fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = String::new();
    for line in sources(lang)[1].lines().filter(|l| !l.starts_with('#')) {
        if let Some((key, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            assert!(!keys.contains_key(key), "{key} stands twice in {}", lang.code());
            last = key.to_owned();
            keys.insert(last.clone(), BTreeSet::new());
        }
        for part in line.split('$').skip(1).filter(|p| p.starts_with(|c: char| c.is_ascii_lowercase())) {
            let name = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            keys.entry(last.clone()).or_default().insert(name);
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_messages_and_variables() {
    let (de, en) = (keys(Lang::De), keys(Lang::En));
    assert!(de.len() > 800, "only {}", de.len());
    for (key, variables) in &de {
        assert_eq!(Some(variables), en.get(key), "{key}");
    }
    let missing: Vec<&String> = en.keys().filter(|k| !de.contains_key(*k)).collect();
    assert!(missing.is_empty(), "missing in German: {missing:?}");
}

/// All messages whose keys are put together.
fn says() -> Vec<Say> {
    let mut says: Vec<Say> = Vec::new();
    for table in names::TABLES {
        says.extend(table.all.iter().chain(&["X-NONE"]).filter_map(|word| table.say(word)));
    }
    says.extend(SmtpVerb::ALL.map(names::smtp_verb));
    says.extend(ImapVerb::ALL.iter().copied().map(names::imap_verb));
    for code in 100..=599 {
        says.push(names::reply_code(code));
        says.extend(names::reply_digits(code));
    }
    for class in [2, 4, 5] {
        for (subject, detail) in (0..10).flat_map(|s| (0..600).map(move |d| (s, d))) {
            says.extend(names::enhanced(EnhancedCode(class, subject, detail)));
        }
    }
    for program in PROGRAMS {
        says.push(Say::keyed(program.key()));
        says.extend(program.found().map(|(_, found)| Say::keyed(found.key)));
    }
    says.extend(PLUS.iter().map(|p| Say::keyed(format!("dig-plus-{p}"))));
    says.extend(ZONE.iter().map(|z| Say::keyed(format!("zone-{z}"))));
    says
}

#[test]
fn every_word_has_a_text_in_both_languages() {
    for lang in Lang::ALL {
        let explainer = Explainer::of(lang);
        for say in says() {
            let (text, faults) = say.checked(&explainer.bundle);
            assert!(faults == 0 && !text.contains(['{', '}']), "{} in {}: {text}", say.key, lang.code());
        }
    }
}

/// What the modules of this folder say by name.
fn literals() -> BTreeSet<String> {
    let mut files: Vec<PathBuf> = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/explain/line")];
    let mut found = BTreeSet::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
        } else if path.file_name().is_some_and(|n| n != "tests.rs") {
            let text = std::fs::read_to_string(path).unwrap();
            found.extend(text.split('"').skip(1).map(str::to_owned));
        }
    }
    found
}

#[test]
fn no_text_is_missing_and_none_is_left_over() {
    let (literals, known) = (literals(), keys(Lang::En));
    let made: BTreeSet<String> = says().into_iter().map(|say| say.key.into_owned()).collect();
    let prefixes: BTreeSet<&str> = known.keys().filter_map(|k| Some(k.split_once('-')?.0)).collect();
    let is_key = |text: &&String| {
        let shape = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        text.contains('-')
            && !text.ends_with('-')
            && text.chars().all(shape)
            && text.split_once('-').is_some_and(|(start, _)| prefixes.contains(start))
    };
    let names: BTreeSet<String> =
        PROGRAMS.iter().flat_map(|p| p.found()).flat_map(|(n, _)| n).map(str::to_owned).collect();
    let missing: Vec<&String> = literals
        .iter()
        .filter(is_key)
        // How the keys of a table begin.
        .filter(|k| !known.keys().any(|key| key.starts_with(&format!("{k}-"))) || known.contains_key(*k))
        .filter(|k| {
            !known.contains_key(*k)
                && !names.contains(*k)
                && !sources(Lang::En)[0].contains(&format!("\n{k} ="))
        })
        .collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
    let left: Vec<&String> = known.keys().filter(|k| !literals.contains(*k) && !made.contains(*k)).collect();
    assert!(left.is_empty(), "nobody says {left:?}");
}

#[test]
fn words_are_found_in_any_case() {
    let en = Explainer::of(Lang::En);
    assert!(en.word(&names::FETCH, "bodystructure").unwrap().starts_with("BODYSTRUCTURE"));
    assert!(en.word(&names::FLAGS, "\\SEEN").unwrap().starts_with("\\Seen"));
    assert_eq!(en.word(&names::FETCH, "EVERYTHING"), None);
    assert!(en.pop3_verb("retr").unwrap().starts_with("RETR fetches"));
    assert_eq!(en.enhanced_code(EnhancedCode(5, 7, 1))[2], "1: refused by policy");
    assert!(en.header_field("reply-to").meaning.starts_with("Where an answer"));
}

/// Every enhanced code and reply code that stands in the sources has a text of its own.
#[test]
fn every_code_in_use_is_known() {
    let mut files: Vec<PathBuf> = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/proto/smtp")];
    let mut count = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for word in text.split(|c: char| !c.is_ascii_digit() && c != '.') {
            let Some(EnhancedCode(_, subject, detail)) = EnhancedCode::parse(word) else { continue };
            // Sections of RFC 5321 look the same.
            let known = names::ENHANCED.iter().any(|(s, d)| *s == subject && d.contains(&detail));
            let section = crate::rfc::find(5321).unwrap().sections.iter().any(|s| s.section == word);
            assert!(known || section, "{word} in {}", path.display());
            count += 1;
        }
    }
    assert!(count > 100, "only {count} codes found");
}

/// A file of the workstation's programs.
fn workstation(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/workstation/programs");
    std::fs::read_to_string(folder.join(file)).unwrap()
}

/// What stands between quotation marks of either kind after each `call(` in a table, two words at most.
fn rows<'a>(text: &'a str, call: &str) -> Vec<[&'a str; 2]> {
    let row = |rest: &'a str| {
        let line = rest.split(')').next()?;
        let mut words = line.split(['"', '\'']).skip(1).step_by(2);
        Some([words.next()?, words.next().unwrap_or_default()])
    };
    text.split(call).skip(1).filter_map(row).collect()
}

fn assert_option(program: &str, name: &str, takes_value: bool) {
    let known = programs::find(program).unwrap_or_else(|| panic!("no program {program}"));
    let option = known.option(name).unwrap_or_else(|| panic!("{program} has an option {name}"));
    assert_eq!(option.takes_value, takes_value, "{program}, option {name}");
}

/// Programs and options are those of the workstation's own tables.
#[test]
fn every_program_and_option_of_the_workstation_is_known() {
    let table = workstation("table.rs");
    let mut count = 0;
    for chunk in table.split("name: \"").skip(1) {
        let name = chunk.split('"').next().unwrap();
        assert!(programs::find(name).is_some(), "no program {name}");
        for (call, takes_value) in [(" flag(", false), (" value(", true)] {
            for [short, long] in rows(chunk, call) {
                assert_option(name, short, takes_value);
                if !long.is_empty() {
                    assert_option(name, long, takes_value);
                }
                count += 1;
            }
        }
    }
    for (file, name) in [
        ("openssl/settings.rs", "s_client"),
        ("openssl/view.rs", "x509"),
        ("openssl/check.rs", "verify"),
        ("openssl/encode.rs", "enc"),
        ("openssl/digest.rs", "dgst"),
        ("openssl/random.rs", "rand"),
    ] {
        let text = workstation(file);
        for (call, takes_value) in [(" flag(", false), (" value(", true)] {
            for [option, _] in rows(&text, call) {
                assert_option(name, option, takes_value);
                count += 1;
            }
        }
    }
    let swaks = workstation("swaks/arguments.rs");
    for line in swaks.lines().filter(|l| l.trim_start().starts_with("(&[")) {
        for name in line.split('"').skip(1).step_by(2) {
            assert_option("swaks", name, !line.contains("], Nothing)"));
            count += 1;
        }
    }
    assert!(count > 250, "only {count} options found");
}

/// mail's commands and escapes, and the prompts of swaks, are those of the workstation.
#[test]
fn every_prompt_of_the_workstation_is_known() {
    let commands = workstation("mail/commands.rs");
    let table = commands.split("const NAMES").nth(1).unwrap().split("];").next().unwrap();
    let mut count = 0;
    for row in table.split("    (\"").skip(1) {
        let (name, rest) = row.split_once("\", ").unwrap();
        let least: usize = rest.split(',').next().unwrap().parse().unwrap();
        let known = mail::COMMANDS.get(count).unwrap_or_else(|| panic!("no command {name}"));
        assert_eq!((known.0, known.1), (name, least), "in the program's order");
        count += 1;
    }
    assert_eq!(count, mail::COMMANDS.len());

    let draft = workstation("mail/draft.rs");
    let shown = draft.split("const ESCAPES").nth(1).unwrap().split("\";").next().unwrap();
    let escapes: BTreeSet<char> = shown.split('~').skip(1).filter_map(|rest| rest.chars().next()).collect();
    assert!(escapes.len() > 10, "only {escapes:?}");
    for escape in escapes.iter().filter(|c| !c.is_whitespace()) {
        assert!(mail::ESCAPES.iter().any(|(known, _)| known == escape), "no escape {escape}");
    }

    let settings = workstation("swaks/settings.rs");
    let prompts: Vec<&str> =
        settings.split('"').filter(|text| text.ends_with(": ") && !text.contains('\n')).collect();
    assert!(prompts.len() >= 11, "only {prompts:?}");
    for prompt in prompts {
        assert!(prompts::SWAKS.iter().any(|(known, _)| *known == prompt), "no prompt {prompt}");
    }
}
