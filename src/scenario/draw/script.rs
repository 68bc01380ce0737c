//! Solutions and counterexamples: scripts with names filled in, and where each of their lines stands in the file.

use super::Draw;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::model::ScriptModel;
use crate::scenario::template::{Str, Texts};
use crate::scenario::{Counterexample, Place, Script, Solution};
use crate::units::Lang;
use std::ops::Range;

impl Draw<'_> {
    pub(super) fn solutions(&mut self) -> Vec<Solution> {
        let mut solutions = Vec::new();
        for model in &self.model.solutions {
            if let Some((script, at)) = self.script(model) {
                solutions.push(Solution { name: model.name.clone(), script, at });
            }
        }
        solutions
    }

    pub(super) fn counterexamples(&mut self) -> Vec<Counterexample> {
        let mut counterexamples = Vec::new();
        for model in &self.model.counterexamples {
            if let Some((script, at)) = self.script(&model.script) {
                counterexamples.push(Counterexample {
                    name: model.script.name.clone(),
                    script,
                    earns: model.earns.iter().map(|(step, points)| (step.value.clone(), *points)).collect(),
                    says: model.says.iter().map(|s| s.value.clone()).collect(),
                    at,
                    earns_at: model.earns.iter().map(|(s, _)| (s.value.clone(), s.span.clone())).collect(),
                    says_at: model.says.iter().map(|s| s.span.clone()).collect(),
                });
            }
        }
        counterexamples
    }

    fn script(&mut self, model: &ScriptModel) -> Option<(Script, Place)> {
        let texts = model.script.as_ref()?;
        let template = self.of_lang(texts, self.lang);
        // With an unknown variable in it the script is of no use, but its other faults are worth telling.
        let text = self.fill(template).unwrap_or_else(|| template.value.clone());
        let at = place(self.source, template);
        match Script::parse(text.as_bytes()) {
            Ok(script) => Some((script, at)),
            Err(faults) => {
                for fault in faults {
                    self.faults.push(Diagnostic::error("bad-script", at.line(fault.line), fault.message));
                }
                None
            }
        }
    }

    pub(super) fn of_lang<'t>(&self, texts: &'t Texts, lang: Lang) -> &'t Str {
        match lang {
            Lang::De => &texts.de,
            Lang::En => &texts.en,
        }
    }
}

/// Where a script stands, line by line. The lines of a string on several lines are those of the file; in a string on
/// one line (`"dig\nquit"`) each line of the script is the whole string.
fn place(source: &str, template: &Str) -> Place {
    let whole = template.span.clone();
    let raw = source.get(whole.clone()).unwrap_or_default();
    let open = if raw.starts_with("'''") || raw.starts_with("\"\"\"") { 3 } else { 1 };
    let inner = raw.get(open..raw.len().saturating_sub(open)).unwrap_or_default();
    // TOML drops a line's end right after the opening quotes.
    let skipped = if inner.starts_with("\r\n") { 2 } else { usize::from(inner.starts_with('\n')) };
    let skipped = if open == 3 { skipped } else { 0 };
    let mut at = whole.start + open + skipped;
    let mut lines: Vec<Range<usize>> = Vec::new();
    for line in inner.get(skipped..).unwrap_or_default().split_inclusive('\n') {
        lines.push(at..at + line.trim_end_matches(['\n', '\r']).len());
        at += line.len();
    }
    if lines.len() != template.value.split_inclusive('\n').count() {
        lines.clear();
    }
    Place { whole, lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_a_script_is_found_in_the_file() {
        for (source, value, second) in [
            ("s = '''\ndig\nquit\n'''", "dig\nquit\n", "quit"),
            ("s = '''dig\nquit'''", "dig\nquit", "quit"),
            ("s = '''\r\ndig\r\nquit\r\n'''", "dig\nquit\n", "quit"),
            ("s = \"\"\"\ndig\n\\t\n\"\"\"", "dig\n\t\n", "\\t"),
            ("s = \"dig\\nquit\"", "dig\nquit", "\"dig\\nquit\""),
            ("s = \"\"\"dig \\\n  x\nquit\"\"\"", "dig x\nquit", "\"\"\"dig \\\n  x\nquit\"\"\""),
        ] {
            let template = Str { value: value.into(), span: 4..source.len() };
            let place = place(source, &template);
            assert_eq!(source.get(place.line(2)), Some(second), "{source:?}");
        }
    }
}
