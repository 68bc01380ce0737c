//! A scenario's text with line numbers, and under each line what is wrong there, as `helo check` shows it.

use super::kinds;
use crate::scenario::{Diagnostic, Severity};
use crate::web::markup;
use crate::web::shown::Shown;
use crate::web::ui::Ui;

/// A line of the file.
#[derive(Debug)]
pub(super) struct Row {
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) text: Shown,
    pub(super) faults: Vec<Fault>,
}

/// Something that is wrong.
#[derive(Debug)]
pub(super) struct Fault {
    /// Its line; `None` where it is about the whole file.
    pub(super) line: Option<usize>,
    /// `error` or `warning`.
    pub(super) severity: &'static str,
    /// The severity in the page's language.
    pub(super) word: String,
    /// What kind of fault it is, in the page's language.
    pub(super) kind: String,
    pub(super) code: &'static str,
    /// As HTML.
    pub(super) message: String,
    /// Blanks up to the place, and carets below it.
    pub(super) caret: String,
    pub(super) label: Shown,
    /// As HTML.
    pub(super) help: Option<String>,
}

/// How far a caret may stand from the left: beyond it nobody sees both ends.
const WIDEST: usize = 400;

/// All faults, in their order.
pub(super) fn faults(ui: &Ui, source: &str, found: &[Diagnostic]) -> Vec<Fault> {
    found.iter().map(|diagnostic| fault(ui, source, diagnostic)).collect()
}

fn fault(ui: &Ui, source: &str, diagnostic: &Diagnostic) -> Fault {
    let (severity, word) = match diagnostic.severity {
        Severity::Error => ("error", ui.t("author-error")),
        Severity::Warning => ("warning", ui.t("author-warning")),
    };
    let place = diagnostic.span.as_ref().map(|span| {
        let before = source.get(..span.start).unwrap_or(source);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let marked = source.get(span.clone()).unwrap_or_default().lines().next().unwrap_or_default();
        let width = marked.chars().count().clamp(1, WIDEST);
        (before.matches('\n').count() + 1, " ".repeat(column.min(WIDEST)) + &"^".repeat(width))
    });
    let (line, caret) = place.unzip();
    Fault {
        line,
        severity,
        word,
        kind: kinds::name(ui, diagnostic.code),
        code: diagnostic.code,
        message: markup::inline(&diagnostic.message),
        caret: caret.unwrap_or_default(),
        label: Shown::text(&diagnostic.label),
        help: diagnostic.help.as_deref().map(markup::inline),
    }
}

/// The file, line by line, each with its faults.
pub(super) fn rows(ui: &Ui, source: &str, found: &[Diagnostic]) -> Vec<Row> {
    let mut rows: Vec<Row> = (source.lines().zip(1..))
        .map(|(text, number)| Row { number, text: Shown::text(text), faults: Vec::new() })
        .collect();
    for fault in faults(ui, source, found) {
        // A fault at the very end of the file stands behind its last line.
        let at = fault.line.map(|line| line.clamp(1, rows.len().max(1)) - 1);
        if let Some(row) = at.and_then(|at| rows.get_mut(at)) {
            row.faults.push(fault);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Lang;

    #[test]
    fn carets_stand_below_what_is_meant() {
        let source = "a = 1\nbü = \"x\"\n";
        let ui = Ui::of(Lang::En);
        for (span, line, caret) in [
            (0..1, 1, "^"),
            (6..9, 2, "^^"),
            (12..15, 2, "     ^^^"),
            (4..9, 1, "    ^"),
            (16..16, 3, "^"),
            (500..600, 3, "^"),
        ] {
            let found = [Diagnostic::error("bad-value", span.clone(), "m")];
            let shown = faults(ui, source, &found);
            let shown: Vec<_> = shown.iter().map(|f| (f.line, f.caret.as_str())).collect();
            assert_eq!(shown, [(Some(line), caret)], "{span:?}");
            assert_eq!(rows(ui, source, &found).iter().map(|r| r.faults.len()).sum::<usize>(), 1, "{span:?}");
        }
        assert!(rows(ui, "", &[Diagnostic::error("bad-value", 0..0, "m")]).is_empty());
    }
}
