//! Loading and drawing scenarios.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use helo::mail::Glob;
use helo::scenario::{Answer, Check, Pattern, Scenario, ScriptLine, Severity, render};
use helo::units::{Lang, Points};
use proptest::prelude::*;
use std::collections::BTreeSet;

const SKETCH: &str = include_str!("scenario_files/sketch.toml");

fn load(text: &str) -> Scenario {
    Scenario::load("sketch.toml", text)
        .unwrap_or_else(|faults| panic!("{}", render("sketch.toml", text, &faults, false)))
}

#[test]
fn the_sketch_of_the_format_loads_without_a_warning() {
    let scenario = load(SKETCH);
    assert_eq!(render("sketch.toml", SKETCH, scenario.warnings(), false), "");
    assert_eq!(scenario.id(), "sketch");
    assert_eq!(scenario.hash().len(), 64);
    assert_eq!(scenario.max_points(), Points(800));
    assert_eq!(scenario.title().de, "Einen Absender fälschen");
    assert!(scenario.brief().en.contains("Deliver a mail to …@example.tld"));
    let steps: Vec<_> =
        scenario.steps().into_iter().map(|(id, title, points)| (id, title.en, points.0)).collect();
    assert_eq!(
        steps,
        [
            ("find", "Find the mail server".to_owned(), 100),
            ("hand-over", "Hand over the forged mail".to_owned(), 300),
            ("fetch", "Fetch it".to_owned(), 200),
            ("origin", "Name the true origin".to_owned(), 200),
        ]
    );
}

#[test]
fn a_draw_fills_in_every_name() {
    let drawn = load(SKETCH).draw(1, Lang::De).unwrap();
    assert!(!format!("{drawn:?}").contains("{{"));
    let victim = &drawn.vars["victim"];
    let host = &drawn.setup.hosts[0];
    assert_eq!(host.domains, ["example.tld"]);
    assert_eq!(host.ptr.as_deref(), Some("mail.example.tld"));
    assert_eq!(host.smtp.as_ref().unwrap().config.name, "server11011.net");
    let mailbox = &drawn.setup.mailboxes[0];
    assert_eq!(
        (&mailbox.address, &mailbox.password),
        (&format!("{victim}@example.tld"), &drawn.vars["password"])
    );
    assert_eq!(mailbox.host, "mail.example.tld");
    assert_eq!(
        String::from_utf8_lossy(&mailbox.messages[0].octets),
        format!(
            "From: =?utf-8?Q?K=C3=B6bes?= <koebes@uni-koeln.de>\r\nSubject: =?utf-8?Q?Sch=C3=B6ne_Gr=C3=BC=C3=9Fe?=\r\n\
             To: {victim}@example.tld\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\nKölle\r\n"
        )
    );
    let Check::Events(ways) = &drawn.steps[1].check else { panic!("a conversation") };
    let conversation = &ways[0];
    assert_eq!(conversation.on, Some(("mail.example.tld".to_owned(), 25)));
    assert!(conversation.ordered);
    let Pattern::Smtp(rcpt) = &conversation.expect[1].what.what else { panic!("RCPT") };
    assert_eq!(rcpt.to, Some(Glob(format!("{victim}@example.tld")).into()));
    let Check::Question { answer, .. } = &drawn.steps[3].check else { panic!("a question") };
    assert_eq!(*answer, Answer::Ip("198.51.100.17".parse().unwrap()));
}

#[test]
fn a_hint_of_commands_shows_what_the_first_solution_types_for_the_step() {
    let drawn = load(SKETCH).draw(1, Lang::De).unwrap();
    let hint = &drawn.steps[1].hints[1].text.de;
    assert!(hint.starts_with("telnet mail.example.tld 25\nhelo faked.tester.tld\n"), "{hint}");
    assert!(hint.ends_with("\n\nText, Text, Text\n.\nquit"), "{hint}");
}

#[test]
fn a_mistake_is_looked_for_where_it_can_happen() {
    let drawn = load(SKETCH).draw(1, Lang::De).unwrap();
    let places: Vec<_> = drawn.steps[1].mistakes.iter().map(|m| (m.id.as_str(), m.on.clone())).collect();
    assert_eq!(places, [("1", Some(("mail.example.tld".to_owned(), 25))), ("wrong-port", None)]);
}

#[test]
fn a_line_of_a_script_is_found_in_the_file() {
    let drawn = load(SKETCH).draw(1, Lang::De).unwrap();
    let trials = load(SKETCH).draw_trials(1, Lang::De).unwrap();
    let solution = &trials.solutions[0];
    let (line, typed) = &solution.script.lines[4];
    assert_eq!(
        *typed,
        ScriptLine::Type {
            term: helo::units::TermId(1),
            text: format!("rcpt to: {}@example.tld", drawn.vars["victim"]).as_str().into()
        }
    );
    assert_eq!(SKETCH.get(solution.at.line(*line)), Some("rcpt to: {{victim}}@example.tld"));
}

/// Old attempts are regraded with the values they were given: what a seed draws must never change.
#[test]
fn draws_are_pinned() {
    let scenario = load(SKETCH);
    for (seed, lang, values) in [
        (1, Lang::De, ["123.45.84.15", "kranich", "ottokar"]),
        (1, Lang::En, ["123.45.84.15", "crane", "ottokar"]),
        (2, Lang::De, ["123.45.6.96", "hummel", "hedwig"]),
        (u64::MAX, Lang::En, ["123.45.99.170", "ink", "hedwig"]),
    ] {
        let drawn = scenario.draw(seed, lang).unwrap();
        assert_eq!(drawn.vars.values().collect::<Vec<_>>(), values, "{seed} {lang:?}");
        assert_eq!(drawn, scenario.draw(seed, lang).unwrap());
    }
}

/// A new variable leaves the values of the others as they are.
#[test]
fn each_variable_is_drawn_by_itself() {
    let before = load(SKETCH);
    let after = load(&SKETCH.replace("[vars]", "[vars]\na = { number = { min = 1, max = 6 } }"));
    for seed in 0..20 {
        let (before, mut after) =
            (before.draw(seed, Lang::En).unwrap().vars, after.draw(seed, Lang::En).unwrap().vars);
        after.remove("a");
        assert_eq!(before, after);
    }
}

/// Snippets that are likely to hurt.
const SNIPPETS: [&str; 24] = [
    "",
    "\n",
    "'''",
    "\"\"\"",
    "{{",
    "}}",
    "{",
    "]",
    "[[step]]\n",
    "[vars]\n",
    "-1",
    "99999999999999999999",
    "nan",
    "1e400",
    "true",
    "\u{0}",
    "ß",
    "\r\n",
    "1979-05-27",
    "= ",
    "{{host.mail.example.tld.ip}}",
    "{{victim}}",
    "*?\\",
    "@paste\n",
];

const DERIVED: &str = r#"
format = 1
id = "derived"
title = { en = "x", de = "x" }
minutes = 1
brief = { en = "{{login}}", de = "{{login}}" }
[vars]
user = { name = true }
password = "tulip"
club = { domain = "example" }
day = { date = { from = "2026-02-27", to = "2026-03-02" } }
order = { shuffle = ["a", "b", "c"] }
hour = { number = { min = 1, max = 9 } }
login = { base64 = "\u0000{{user}}\u0000{{password}}" }
digest = { md5 = "<1@x>{{password}}" }
later = { sum = ["{{hour}}", 2] }
loud = { upper = "{{order.1}}@{{club}}" }
[[host]]
name = "mail.example.tld"
ip = "192.0.2.25"
smtp = {}
[[step]]
id = "one"
title = { en = "x", de = "x" }
task = { en = "x", de = "x" }
expect = [{ run = "dig" }]
"#;

#[test]
fn values_are_shuffled_dated_and_worked_out() {
    let scenario = load(DERIVED);
    let (mut days, mut orders) = (BTreeSet::new(), BTreeSet::new());
    for seed in 0..60 {
        let vars = scenario.draw(seed, Lang::En).unwrap().vars.clone();
        days.insert((vars["day"].clone(), vars["day.mail"].clone(), vars["day.text"].clone()));
        let items = [&vars["order.1"], &vars["order.2"], &vars["order.3"]].map(String::as_str);
        assert_eq!(items.iter().collect::<BTreeSet<_>>().len(), 3, "{items:?}");
        assert_eq!(vars["order"], items.join(", "));
        orders.insert(vars["order"].clone());
        assert!(vars["club"].ends_with(".example"), "{}", vars["club"]);
        assert_eq!(vars["loud"], format!("{}@{}", items[0], vars["club"]).to_uppercase());
        let hour: i64 = vars["hour"].parse().unwrap();
        assert_eq!(vars["later"], (hour + 2).to_string());
        // The digest of a fixed text, by md5sum.
        assert_eq!(vars["digest"], "be1a93b78c5d9a53062680e5bea10c8a");
        let login = STANDARD.decode(&vars["login"]).unwrap();
        assert_eq!(login, format!("\0{}\0tulip", vars["user"]).as_bytes());
    }
    assert_eq!(orders.len(), 6, "every order comes up");
    let texts: Vec<&str> = days.iter().map(|(_, mail, _)| mail.as_str()).collect();
    assert_eq!(texts, ["Fri, 27 Feb 2026", "Sat, 28 Feb 2026", "Sun, 1 Mar 2026", "Mon, 2 Mar 2026"]);
    let german = scenario.draw(1, Lang::De).unwrap().vars["day.text"].clone();
    assert!(german.contains(". Februar 2026") || german.contains(". März 2026"), "{german}");
}

fn on_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever becomes of a good file, it is read or its faults are told, each inside the file; and what was read
    /// can be drawn or says why not.
    #[test]
    fn no_mutation_of_a_good_file_makes_it_panic(
        cuts in proptest::collection::vec((0..SKETCH.len(), 0..40usize, 0..SNIPPETS.len()), 1..4),
        seed in any::<u64>(),
    ) {
        let mut text = SKETCH.to_owned();
        for (at, len, snippet) in cuts {
            let start = on_boundary(&text, at);
            let end = on_boundary(&text, start + len).max(start);
            text.replace_range(start..end, SNIPPETS[snippet]);
        }
        match Scenario::load("sketch.toml", &text) {
            Ok(scenario) => {
                for lang in Lang::ALL {
                    if let Ok(drawn) = scenario.draw(seed, lang) {
                        prop_assert_eq!(drawn.steps.len(), scenario.steps().len());
                    }
                }
            }
            Err(faults) => {
                prop_assert!(faults.iter().any(|f| f.severity == Severity::Error));
                prop_assert!(faults.iter().flat_map(|f| &f.span).all(|s| s.start <= s.end && s.end <= text.len()));
                prop_assert!(render("sketch.toml", &text, &faults, true).contains("sketch.toml"));
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]{}='\"a-z0-9.\\n #,\u{0}é-]{0,80}") {
        prop_assert!(Scenario::load("x.toml", &text).is_err());
    }
}
