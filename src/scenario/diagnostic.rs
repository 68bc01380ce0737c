//! A fault in a scenario file: where it is, what is wrong, what would be right; and how it is shown, as rustc does.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be used.
    Error,
    /// It can, and should be looked at.
    Warning,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A short fixed name such as `unknown-key`, for tests and editors.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The octets of the file it is about; `None` where it is about the whole file.
    pub span: Option<Range<usize>>,
    /// A few words at the caret.
    pub label: String,
    /// What would be right.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(code: &'static str, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            span: Some(span),
            label: String::new(),
            help: None,
        }
    }

    /// A warning at `span`.
    pub fn warning(code: &'static str, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    /// The same about the whole file instead of a place in it.
    pub fn whole_file(self) -> Diagnostic {
        Diagnostic { span: None, ..self }
    }

    /// The same in other words.
    pub(crate) fn message(self, message: impl Into<String>) -> Diagnostic {
        Diagnostic { message: message.into(), ..self }
    }

    /// The same with a few words at the caret.
    pub fn label(self, label: impl Into<String>) -> Diagnostic {
        Diagnostic { label: label.into(), ..self }
    }

    /// The same with what would be right.
    pub fn help(self, help: impl Into<String>) -> Diagnostic {
        Diagnostic { help: Some(help.into()), ..self }
    }

    /// The same with "did you mean" where there is a name to suggest, else with `otherwise` as help.
    pub(crate) fn suggest(self, near: Option<&str>, otherwise: impl FnOnce() -> String) -> Diagnostic {
        match near {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self.help(otherwise()),
        }
    }
}

/// Sorts faults by their place in the file and drops those that repeat another: the same code at the same place.
/// Errors come before warnings at one place; what is about the whole file comes last.
pub(crate) fn in_file_order(mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let place = |d: &Diagnostic| d.span.clone().map_or((usize::MAX, usize::MAX), |s| (s.start, s.end));
    faults.sort_by(|a, b| (place(a), a.severity, a.code).cmp(&(place(b), b.severity, b.code)));
    faults.dedup_by(|a, b| {
        a.span == b.span && a.code == b.code && (a.span.is_some() || a.message == b.message)
    });
    faults
}

/// Shows faults as rustc does: `file:line:column`, the line with a caret, and what would be right.
///
/// `file` is the name to show, `text` what the file holds. `colour` adds the escape codes of a terminal.
pub fn render(file: &str, text: &str, faults: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for fault in faults {
        out.push_str(renderer.render(&report(file, text, fault)).trim_end());
        out.push_str("\n\n");
    }
    out
}

fn report<'a>(file: &'a str, text: &'a str, fault: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(fault.message.as_str()).id(fault.code);
    let mut group = match fault.span.clone() {
        Some(span) => {
            let mark = AnnotationKind::Primary.span(within(text, span));
            let mark = if fault.label.is_empty() { mark } else { mark.label(fault.label.as_str()) };
            title.element(Snippet::source(text).path(file).annotation(mark))
        }
        None => title.element(annotate_snippets::Origin::path(file)),
    };
    if let Some(help) = &fault.help {
        group = group.element(Level::HELP.message(annotate_snippets::normalize_untrusted_str(help)));
    }
    vec![group]
}

/// The span cut to what is in `text`, on character boundaries, and to its first line: a fault in a text of many
/// lines is pointed at, not printed.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let boundary =
        |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let start = boundary(span.start);
    let end = boundary(span.end).max(start);
    let first = text.get(start..end).and_then(|s| s.find(['\n', '\r'])).map_or(end, |i| start + i.max(1));
    start..first.min(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_shown_with_its_line_and_a_caret() {
        let text = "format = 1\nid = \"x\"\n[[mailbx]]\n";
        let fault = Diagnostic::error("unknown-key", 22..28, "unknown key `mailbx`")
            .label("not a key of a scenario")
            .suggest(Some("mailbox"), String::new);
        assert_eq!(
            render("x.toml", text, &[fault], false),
            "error[unknown-key]: unknown key `mailbx`\n --> x.toml:3:3\n  |\n3 | [[mailbx]]\n  |   ^^^^^^ not a \
             key of a scenario\n  |\n  = help: did you mean `mailbox`?\n\n"
        );
    }

    #[test]
    fn a_fault_of_the_whole_file_names_the_file() {
        let fault = Diagnostic::warning("no-solution", 0..0, "nobody has solved this").whole_file();
        assert_eq!(
            render("x.toml", "", &[fault], false),
            "warning[no-solution]: nobody has solved this\n--> x.toml\n\n"
        );
    }

    #[test]
    fn places_outside_the_text_or_inside_a_character_are_shown_all_the_same() {
        for span in [0..100, 100..200, 3..3, 1..2, 0..2, 6..7] {
            let shown =
                render("x.toml", "aü = 1\r\nb = '''\n\n'''", &[Diagnostic::error("c", span, "m")], false);
            assert!(shown.starts_with("error[c]: m\n --> x.toml:"), "{shown}");
        }
    }

    #[test]
    fn faults_come_in_file_order_and_once() {
        let fault = |code, at: usize| Diagnostic::error(code, at..at + 1, "m");
        let sorted = in_file_order(vec![fault("b", 5), fault("a", 5), fault("a", 1), fault("b", 5)]);
        assert_eq!(sorted, [fault("a", 1), fault("a", 5), fault("b", 5)]);
    }
}
