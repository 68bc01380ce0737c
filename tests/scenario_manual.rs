//! The author's manual is true: its examples load, and it lists what there is.

use helo::event::{CommonMistake, ImapReason, LooksLike, Parts, Pop3Reason, SmtpReason};
use helo::scenario::{Scenario, Severity, render};
use helo::world::{ImapService, Pop3Service, SmtpService};

const MANUAL: &str = include_str!("../docs/scenarios.md");

/// What an example of a part is completed with, as far as it does not have it itself.
const HEAD: &str = r#"
format = 1
id = "part"
title = { en = "Part", de = "Teil" }
minutes = 1
brief = { en = "x", de = "x" }
"#;
const PARTS: [(&str, &str); 4] = [
    (
        "[[host]]",
        "[[host]]\nname = \"mail.example.tld\"\nip = \"192.0.2.25\"\nsmtp = { style = \"postfix\" }\npop3 = {}\n",
    ),
    ("[[domain]]", "[[domain]]\nname = \"example.tld\"\nrecords = [\"@ MX 10 mail.example.tld.\"]\n"),
    ("[[mailbox]]", "[[mailbox]]\naddress = \"hedwig@example.tld\"\npassword = \"tulpe\"\n"),
    (
        "[[step]]",
        "[[step]]\nid = \"one\"\ntitle = { en = \"x\", de = \"x\" }\ntask = { en = \"x\", de = \"x\" }\nexpect = [{ \
         run = \"dig\" }]\n",
    ),
];

fn examples() -> Vec<&'static str> {
    let blocks = MANUAL.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap()).collect()
}

#[test]
fn every_example_of_the_manual_loads() {
    let examples = examples();
    assert!(examples.len() >= 12, "the manual has lost its examples");
    for example in examples {
        let mut text = example.to_owned();
        if !example.contains("format = 1") {
            text = format!("{HEAD}{example}");
            // A host that the example has instead need not take mail for the mailbox.
            let left_out = if example.contains("[[host]]") { "[[mailbox]]" } else { "" };
            for (heading, part) in PARTS.iter().filter(|(heading, _)| *heading != left_out) {
                if !example.contains(heading) {
                    text.push_str(part);
                }
            }
        }
        let faults = match Scenario::load("example.toml", &text) {
            Ok(scenario) => scenario.warnings().to_vec(),
            Err(faults) => faults,
        };
        let whole = example.contains("format = 1");
        let about: Vec<_> = faults
            .into_iter()
            .filter(|f| whole || f.severity == Severity::Error || f.code == "unused-variable")
            .collect();
        assert!(about.is_empty(), "{}", render("example.toml", &text, &about, false));
    }
}

#[test]
fn the_manual_lists_every_name_an_author_can_use() {
    let parts = [SmtpReason::PARTS, Pop3Reason::PARTS, ImapReason::PARTS].concat().into_iter();
    let parts = parts.flat_map(|(_, parts)| match parts {
        Parts::Of(names) => names.to_vec(),
        Parts::Any => Vec::new(),
    });
    let names = (LooksLike::KINDS.iter().chain(SmtpReason::KINDS).chain(Pop3Reason::KINDS).copied())
        .chain(CommonMistake::ALL.iter().map(|mistake| mistake.name()))
        .chain(SmtpService::text_keys())
        .chain(Pop3Service::text_keys())
        .chain(ImapService::text_keys())
        .chain(parts);
    for name in names {
        assert!(MANUAL.contains(&format!("`{name}`")), "the manual does not name `{name}`");
    }
    let placeholders = Pop3Service::text_keys().into_iter().flat_map(Pop3Service::placeholders);
    for name in placeholders.chain(SmtpService::placeholders("greeting")) {
        assert!(MANUAL.contains(&format!("{{{name}}}")), "the manual does not name {{{name}}}");
    }
    for style in SmtpService::styles().into_iter().chain(Pop3Service::styles()).chain(ImapService::styles()) {
        assert!(MANUAL.contains(&format!("\"{style}\"")), "the manual does not name the style {style}");
    }
}
