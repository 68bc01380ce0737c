//! A world for tests out of the hosts, domains and mailboxes alone, as a scenario file writes them.

use helo::scenario::{Drawn, Scenario};
use helo::units::{Lang, Time};

/// When these worlds begin: Mon, 1 Sep 2025 08:00:00 UTC.
pub(crate) const START: Time = Time(1_756_713_600_000_000);

const HEAD: &str = r#"
format = 1
id = "internet"
title = { de = "Ein kleines Internet", en = "A small internet" }
brief = { de = "-", en = "-" }
minutes = 1
workstation = { name = "ws.lab.test", ip = "198.51.100.17" }

[[step]]
id = "anything"
title = { de = "-", en = "-" }
task = { de = "-", en = "-" }
expect = [{ run = "telnet" }]
"#;

/// The scenario of these hosts, drawn.
pub(crate) fn drawn(hosts: &str) -> Drawn {
    let text = format!("{HEAD}{hosts}");
    let scenario = Scenario::load("internet.toml", &text).unwrap_or_else(|faults| panic!("{faults:#?}"));
    scenario.draw(1, Lang::En).unwrap_or_else(|faults| panic!("{faults:#?}"))
}
