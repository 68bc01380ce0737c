//! Each kind of fault by its code, with the key of its name in the page's language.

use crate::web::ui::Ui;

/// Code, and the key in locales/ui/author.*.ftl.
const KINDS: &[(&str, &str)] = &[
    ("syntax", "fault-syntax"),
    ("duplicate-key", "fault-duplicate-key"),
    ("unknown-key", "fault-unknown-key"),
    ("missing-key", "fault-missing-key"),
    ("wrong-type", "fault-wrong-type"),
    ("bad-value", "fault-bad-value"),
    ("missing-translation", "fault-missing-translation"),
    ("translation-variables", "fault-translation-variables"),
    ("unknown-variable", "fault-unknown-variable"),
    ("open-variable", "fault-open-variable"),
    ("unused-variable", "fault-unused-variable"),
    ("unused-way", "fault-unused-way"),
    ("duplicate", "fault-duplicate"),
    ("same-address", "fault-same-address"),
    ("same-port", "fault-same-port"),
    ("same-id", "fault-same-id"),
    ("unknown-fault", "fault-unknown-fault"),
    ("unknown-host", "fault-unknown-host"),
    ("unknown-mailbox", "fault-unknown-mailbox"),
    ("unknown-person", "fault-unknown-person"),
    ("unknown-file", "fault-unknown-file"),
    ("unknown-step", "fault-unknown-step"),
    ("unknown-mistake", "fault-unknown-mistake"),
    ("unknown-option", "fault-unknown-option"),
    ("unknown-scenario", "fault-unknown-scenario"),
    ("unknown-style", "fault-unknown-style"),
    ("unknown-text", "fault-unknown-text"),
    ("unknown-placeholder", "fault-unknown-placeholder"),
    ("unknown-extension", "fault-unknown-extension"),
    ("unknown-mechanism", "fault-unknown-mechanism"),
    ("unknown-weakness", "fault-unknown-weakness"),
    ("code-in-text", "fault-code-in-text"),
    ("nothing-listens", "fault-nothing-listens"),
    ("no-certificate", "fault-no-certificate"),
    ("bad-record", "fault-bad-record"),
    ("mx-alias", "fault-mx-alias"),
    ("dangling-mx", "fault-dangling-mx"),
    ("unresolvable-host", "fault-unresolvable-host"),
    ("cannot-send", "fault-cannot-send"),
    ("no-mail-host", "fault-no-mail-host"),
    ("wrong-protocol", "fault-wrong-protocol"),
    ("not-on-connection", "fault-not-on-connection"),
    ("no-event", "fault-no-event"),
    ("points-mismatch", "fault-points-mismatch"),
    ("hint-cost", "fault-hint-cost"),
    ("leaking-hint", "fault-leaking-hint"),
    ("silent-mistake", "fault-silent-mistake"),
    ("no-commands", "fault-no-commands"),
    ("no-hint", "fault-no-hint"),
    ("exam-hint", "fault-exam-hint"),
    ("all-right", "fault-all-right"),
    ("uneven-points", "fault-uneven-points"),
    ("no-question", "fault-no-question"),
    ("bad-script", "fault-bad-script"),
    ("no-solution", "fault-no-solution"),
    ("few-counterexamples", "fault-few-counterexamples"),
    ("real-name", "fault-real-name"),
    ("real-address", "fault-real-address"),
    ("unreadable", "fault-unreadable"),
    ("solution-falls-short", "fault-solution-falls-short"),
    ("solution-makes-mistake", "fault-solution-makes-mistake"),
    ("counterexample-earns-otherwise", "fault-counterexample-earns-otherwise"),
    ("counterexample-says-more", "fault-counterexample-says-more"),
    ("counterexample-says-less", "fault-counterexample-says-less"),
    ("counterexample-solves", "fault-counterexample-solves"),
    ("met-at-start", "fault-met-at-start"),
    ("idle-line", "fault-idle-line"),
    ("needed-line", "fault-needed-line"),
    ("replay-differs", "fault-replay-differs"),
];

/// The name of this kind of fault; the code itself where it has none.
pub(super) fn name(ui: &Ui, code: &str) -> String {
    KINDS.iter().find(|(known, _)| *known == code).map_or_else(|| code.to_owned(), |(_, key)| ui.t(key))
}

#[cfg(test)]
mod tests {
    use super::KINDS;
    use std::fs;
    use std::path::Path;

    /// Every code that the author's manual lists has a name on the page.
    #[test]
    fn every_kind_of_fault_has_a_name() {
        let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scenarios.md");
        let manual = fs::read_to_string(manual).unwrap();
        let section = manual.split("## What `helo check` says").nth(1).unwrap();
        let (table, played) = section.split_once("Then the scripts are played").unwrap();
        let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
        let codes = rows.flat_map(|cell| cell.split('`')).chain(played.split('`'));
        let codes = codes.filter(|c| {
            c.contains('-') && !c.starts_with('-') && c.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        });
        let mut seen = 0;
        for code in codes {
            assert!(
                KINDS.iter().any(|(known, _)| *known == code),
                "{code} has no name in locales/ui/author.*.ftl"
            );
            seen += 1;
        }
        assert!(seen > 40, "{seen}");
    }
}
