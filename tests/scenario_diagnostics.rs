//! Broken scenarios and what is said of them: each `diagnostics/NAME.toml` has what `helo check` shows of it in
//! `diagnostics/NAME.stderr`. After a change on purpose, write them anew and read the difference:
//! `HELO_WRITE_EXPECTED=1 cargo test --test scenario_diagnostics`.

use helo::author;
use helo::scenario::{Scenario, Severity, render};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    assert!(files.len() >= 10, "the folder has lost its files");
    files
}

fn shown(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    match Scenario::load(name, &text) {
        Ok(scenario) => render(name, &text, scenario.warnings(), false),
        Err(faults) => {
            assert!(faults.iter().any(|f| f.severity == Severity::Error));
            render(name, &text, &faults, false)
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the one switch of this test")]
fn each_broken_scenario_shows_its_faults() {
    let anew = std::env::var_os("HELO_WRITE_EXPECTED").is_some();
    for path in files() {
        let shown = shown(&path);
        if anew {
            std::fs::write(path.with_extension("stderr"), &shown).unwrap();
        }
        let expected = std::fs::read_to_string(path.with_extension("stderr")).unwrap_or_default();
        assert!(shown == expected, "{} has changed; it now shows:\n{shown}", path.display());
    }
    assert!(
        !anew,
        "the expected outputs were written anew: read the difference, then run this without the variable"
    );
}

/// What only playing shows: `tests/cli/lesson.toml` with one text changed, and what is then said of it.
const PLAYED: [(&str, &str, &str); 3] = [
    // What went wrong first stands first, at its line.
    ("refused", "MAIL FROM:<me@lab.test>\nRCPT", "RCPT"),
    ("nothing-refused", "Subject: hello\n", ""),
    // Nobody reaches this step, whatever they type: the server never says 299.
    ("unreachable", "{ smtp = \"HELLO\", reply = 250 }", "{ smtp = \"HELLO\", reply = 299 }"),
];

#[test]
#[expect(clippy::disallowed_methods, reason = "the one switch of this test")]
fn each_scenario_that_goes_wrong_shows_where() {
    let anew = std::env::var_os("HELO_WRITE_EXPECTED").is_some();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lesson = std::fs::read_to_string(root.join("tests/cli/lesson.toml")).unwrap();
    for (name, from, to) in PLAYED {
        assert!(lesson.contains(from), "{name}: the lesson has no {from:?}");
        let text = lesson.replacen(from, to, 1);
        let scenario = Scenario::load("lesson.toml", &text).unwrap();
        let trials: Vec<_> = author::trials().into_iter().take(2).collect();
        let found: Vec<_> = trials.iter().map(|trial| (*trial, author::run(&scenario, *trial))).collect();
        let shown = render("lesson.toml", &text, &author::conclude(&found), false);
        let expected = root.join(format!("tests/diagnostics/played/{name}.stderr"));
        if anew {
            std::fs::write(&expected, &shown).unwrap();
        }
        let expected = std::fs::read_to_string(expected).unwrap_or_default();
        assert!(shown == expected, "{name} has changed; it now shows:\n{shown}");
    }
    assert!(!anew, "written anew: read the difference, then run this without the variable");
}

/// Each kind of fault that an author can make has an example, whose whole output is one of the files: kind, file, what
/// stands in it.
#[test]
fn each_kind_of_mistake_an_author_makes_has_a_golden_diagnostic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    for (kind, file, first_line) in [
        ("syntax", "syntax", "error[syntax]: this is not TOML"),
        ("unknown key", "keys", "error[unknown-key]: unknown key `"),
        ("wrong type", "keys", "error[wrong-type]: `"),
        ("unknown host", "mail", "error[unknown-host]: "),
        (
            "unreachable step",
            "played/unreachable",
            "error[solution-falls-short]: solution `brackets` earns 0 of 1 in step `greet`",
        ),
        ("leaking hint", "hints", "warning[leaking-hint]: "),
        (
            "missing translation",
            "translations",
            "error[missing-translation]: the German text of `task` is missing",
        ),
        ("bad variable", "vars", "error[bad-value]: "),
        ("unknown variable", "unknown-variables", "error[unknown-variable]: "),
        (
            "solution that fails",
            "played/refused",
            "error[solution-falls-short]: solution `brackets` earns 0 of 3 in step `letter`",
        ),
        (
            "solution that fails and is not refused",
            "played/nothing-refused",
            "played to here, and nothing was refused",
        ),
    ] {
        let path = folder.join(format!("{file}.stderr"));
        let shown = std::fs::read_to_string(&path).unwrap_or_default();
        let fault =
            shown.find(first_line).unwrap_or_else(|| panic!("{kind}: {file}.stderr shows no {first_line:?}"));
        // Each tells its place: the file, the line, a caret; what is about the whole file names the file.
        let rest = &shown[fault..];
        assert!(rest.contains("--> ") || kind.contains("not refused"), "{kind}: no place in\n{rest}");
    }
}

/// Every code that the sources can give stands in one of the expected outputs, and in the author's manual.
#[test]
fn each_kind_of_fault_has_an_example_and_is_documented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = std::fs::read_to_string(root.join("docs/scenarios.md")).unwrap();
    let all: String =
        files().iter().map(|p| std::fs::read_to_string(p.with_extension("stderr")).unwrap()).collect();
    let codes = codes(&root.join("src/scenario"));
    assert!(codes.len() > 30, "{codes:?}");
    for code in codes {
        assert!(all.contains(&format!("[{code}]")), "no example in tests/diagnostics shows `{code}`");
        assert!(manual.contains(&format!("`{code}`")), "docs/scenarios.md does not name `{code}`");
    }
}

/// The codes given in the sources of a folder: `error("code"`, `warning("code"`, `code: "code"`, tests left out.
fn codes(folder: &Path) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes.append(&mut self::codes(&path));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for start in ["error(", "warning(", "code: "] {
            for after in code.split(start).skip(1) {
                let literal = after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                codes.extend(literal.map(str::to_owned));
            }
        }
    }
    codes
}
