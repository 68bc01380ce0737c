//! Broken scenarios and what is said of them: each `diagnostics/NAME.toml` has what `helo check` shows of it in
//! `diagnostics/NAME.stderr`. After a change on purpose, write them anew and read the difference:
//! `HELO_WRITE_EXPECTED=1 cargo test --test scenario_diagnostics`.

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
