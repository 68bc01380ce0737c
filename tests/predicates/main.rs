//! Everything that a scenario can look for: each predicate holds in one script at least and does not in another. What there is
//! to look for is asked of the reader itself, so that none is forgotten.

use helo::author::Player;
use helo::scenario::{Scenario, Script};
use helo::units::Lang;
use std::collections::{BTreeMap, BTreeSet};

const WORLD: &str = include_str!("world.toml");
const SCRIPTS: &str = include_str!("scripts.txt");
const ROWS: &str = include_str!("rows.txt");

/// A predicate's key, an expectation, scripts where it holds and where it does not.
struct Row {
    key: &'static str,
    expectation: &'static str,
    holds: Vec<&'static str>,
    fails: Vec<&'static str>,
}

fn rows() -> Vec<Row> {
    let lines = ROWS.lines().filter(|line| line.contains(" | "));
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split(" |").map(str::trim).collect();
            let [key, expectation, holds, fails] = parts[..] else { panic!("four parts: {line}") };
            let scripts = |text: &'static str| text.split_whitespace().collect();
            Row { key, expectation, holds: scripts(holds), fails: scripts(fails) }
        })
        .collect()
}

/// Scripts by name.
fn scripts() -> BTreeMap<&'static str, &'static str> {
    SCRIPTS.split("\n== ").skip(1).map(|script| script.split_once('\n').unwrap()).collect()
}

fn step(id: &str, rest: &str) -> String {
    format!(
        "\n[[step]]\nid = \"{id}\"\ntitle = {{ en = \"x\", de = \"x\" }}\ntask = {{ en = \"x\", de = \"x\" }}\n{rest}\n"
    )
}

fn load(steps: &str) -> Scenario {
    let text = format!("{WORLD}{steps}");
    Scenario::load("world.toml", &text).unwrap_or_else(|faults| {
        panic!("{}", helo::scenario::render("world.toml", &text, &faults, false));
    })
}

/// Plays a script to its end.
fn played(scenario: &Scenario, script: &str) -> Player {
    let mut player = Player::begin(scenario, 1, Lang::En).unwrap();
    let script = Script::parse(script.trim_end().as_bytes()).unwrap();
    for (_, line) in &script.lines {
        player.perform(line);
    }
    player.finish();
    player
}

/// The steps that are done when the script was played.
fn done(scenario: &Scenario, script: &str) -> BTreeSet<String> {
    let steps = played(scenario, script).attempt().report().steps;
    steps.into_iter().filter(|step| step.done).map(|step| step.id).collect()
}

#[test]
fn each_predicate_holds_where_it_should_and_nowhere_else() {
    let (rows, scripts) = (rows(), scripts());
    let steps = rows.iter().enumerate();
    let steps = steps.map(|(n, row)| step(&format!("row{n}"), &format!("expect = [{}]", row.expectation)));
    let scenario = load(&steps.collect::<String>());
    let done: BTreeMap<&str, BTreeSet<String>> =
        scripts.iter().map(|(name, script)| (*name, done(&scenario, script))).collect();
    let mut wrong = String::new();
    for (n, row) in rows.iter().enumerate() {
        let is = |script: &&str| done[*script].contains(&format!("row{n}"));
        for script in row.holds.iter().filter(|script| !is(script)) {
            wrong += &format!("{}: does not hold in {script}\n", row.expectation);
        }
        for script in row.fails.iter().filter(|script| is(script)) {
            wrong += &format!("{}: holds in {script}\n", row.expectation);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let used: BTreeSet<&str> =
        rows.iter().flat_map(|row| row.holds.iter().chain(&row.fails)).copied().collect();
    assert_eq!(used, scripts.into_keys().collect(), "scripts that are used");
}

/// What the reader knows beside what is asked of it: the help of a diagnostic about a key that there is not.
fn known(expectation: &str) -> Vec<String> {
    let text = format!("{WORLD}{}", step("one", &format!("expect = [{expectation}]")));
    let faults = Scenario::load("world.toml", &text).unwrap_err();
    let help = faults.into_iter().find_map(|fault| fault.help).unwrap();
    help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn no_predicate_is_without_a_script_where_it_holds_and_one_where_it_does_not() {
    let (mut holds, mut fails) = (BTreeSet::new(), BTreeSet::new());
    for row in rows() {
        holds.extend((!row.holds.is_empty()).then_some(row.key));
        fails.extend((!row.fails.is_empty()).then_some(row.key));
    }
    let kinds = known("{ }");
    assert!(kinds.len() > 20, "{kinds:?}");
    let mut missing = BTreeSet::new();
    let mut want = |key: String| {
        if !holds.contains(key.as_str()) || !fails.contains(key.as_str()) {
            missing.insert(key);
        }
    };
    // What is said of expectations, and not of events.
    let besides = ["never", "points", "optional"];
    for kind in &kinds {
        let words: &[&str] = match kind.as_str() {
            "smtp" => &["\"MAIL\"", "\"RCPT\""],
            "tls" => &["\"established\"", "\"failed\"", "\"distrusted\""],
            "pop3" | "imap" | "dns" | "spf" | "dkim" | "dmarc" | "reported" => &["\"any\""],
            "connect" | "closed" => &["\"mail.lab.test:25\""],
            "fault" => &["\"busy\""],
            "person" => &["\"bob@lab.test\""],
            _ => &["\"anna@lab.test\""],
        };
        want(kind.clone());
        for word in words {
            for key in known(&format!("{{ {kind} = {word}, flags = ['\\Seen'], zzzzzzzz = 1 }}")) {
                let held = matches!(key.as_str(), "after" | "before");
                if key != *kind && !besides.contains(&key.as_str()) && (!held || kind == "smtp") {
                    want(format!("{kind}.{key}"));
                }
            }
        }
    }
    for (verb, one) in [("MAIL", "size"), ("RCPT", "notify")] {
        for name in known(&format!("{{ smtp = \"{verb}\", params = {{ {one} = \"*\", zzzzzzzz = 1 }} }}")) {
            want(format!("smtp.params.{name}"));
        }
    }
    for key in known("{ smtp = \"MAIL\", after = { run = \"dig\", zzzzzzzz = 1 } }") {
        if matches!(key.as_str(), "same" | "within") {
            want(format!("smtp.after.{key}"));
        }
    }
    assert!(missing.is_empty(), "without a row: {missing:?}");
}

/// Steps that are more than one expectation: what is done, by script.
#[test]
fn what_steps_make_of_expectations() {
    let mail = "{ smtp = \"MAIL\", reply = 250 }";
    let rcpt = "{ smtp = \"RCPT\", reply = 250 }";
    let anna = "{ never = { smtp = \"RCPT\", to = \"anna@lab.test\" } }";
    let at = "on = \"mail.lab.test:25\"\n";
    let steps = [
        ("never", format!("{at}expect = [{mail}, {rcpt}, {anna}]"), "sent-otherwise", "sent"),
        ("never-first", format!("{at}expect = [{anna}, {mail}, {rcpt}]"), "sent-otherwise", "sent"),
        // In another mail it does not matter, on the same connection it may.
        ("never-here", format!("{at}expect = [{mail}, {rcpt}, {{ never = {{ smtp = \"MAIL\", from = \"bob@*\" }} }}]"), "late", "sent"),
        ("never-there", format!("{at}expect = [{mail}, {rcpt}, {{ never = {{ smtp = \"MAIL\", from = \"bob@*\" }}, same = \"connection\" }}]"), "sent-otherwise", "late"),
        ("never-ever", format!("{at}expect = [{mail}, {rcpt}, {{ never = {{ smtp = \"EHLO\" }}, same = \"attempt\" }}]"), "forged", "twice"),
        ("never-lately", format!("{at}expect = [{mail}, {{ never = {{ smtp = \"EHLO\" }} }}]"), "twice", "sent"),
        ("never-anywhere", format!("expect = [{mail}, {{ never = {{ smtp = \"EHLO\" }} }}]"), "forged", "twice"),
        // A delivery comes when all else is done, and undoes it.
        ("never-arrives", format!("{at}expect = [{mail}, {rcpt}, {{ never = {{ delivered = \"bob@lab.test\" }} }}]"), "plain", "team"),
        ("listed", "order = \"listed\"\nexpect = [{ smtp = \"EHLO\" }, { smtp = \"QUIT\" }, { smtp = \"HELO\" }]".to_owned(), "twice", "helo"),
        ("unlisted", "expect = [{ smtp = \"QUIT\" }, { smtp = \"EHLO\" }]".to_owned(), "sent", "helo"),
        ("misplaced", "order = \"listed\"\nexpect = [{ smtp = \"QUIT\" }, { smtp = \"EHLO\" }]".to_owned(), "twice-twice", "sent"),
        ("now", "expect = [{ setting = \"message_size_limit\", value = \"5000\", now = true }, { zone_record = \"www*\" }]".to_owned(), "setting", "setting-undone"),
        ("once", "expect = [{ setting = \"message_size_limit\", value = \"5000\" }, { zone_record = \"www*\", added = false }]".to_owned(), "setting-undone", "setting"),
        ("now-gone", "expect = [{ zone_record = \"www*\", now = true }, { run = \"help\" }]".to_owned(), "setting-help", "undone-help"),
        ("flag-gone", "expect = [{ flagged = \"anna@lab.test\", flags = ['\\Flagged'], now = true }, { imap = \"LOGOUT\" }]".to_owned(), "imap", "imap-undo"),
        ("tidy", "expect = [{ holds = \"anna@lab.test\", folder = \"INBOX\", message = { subject = \"Old*\" }, count = 0 }, { imap = \"LOGOUT\" }]".to_owned(), "imap-tidy", "imap-undo"),
    ];
    let text: String = steps.iter().map(|(id, rest, ..)| step(id, rest)).collect();
    let ways = step(
        "ways",
        "points = 2\n[[step.way]]\non = \"mail.lab.test:110\"\nexpect = [{ pop3 = \"USER\", points = 0.5 }, { pop3 = \"STAT\" }]\n\
         [[step.way]]\nexpect = [{ imap = \"LOGIN\", ok = true, points = 1 }, { imap = \"EXPUNGE\" }]\n",
    );
    let scenario = load(&format!("{text}{ways}"));
    let mut scripts = scripts();
    let tidy = "telnet mail.lab.test 143\na login anna@lab.test tulip\nb select INBOX\nc store 1:2 +FLAGS (\\Deleted)\nd expunge\ne logout\n";
    let again = format!("{}{}", scripts["sent"], scripts["sent"]);
    let (help, undone) =
        (format!("{}help\n", scripts["setting"]), format!("{}help\n", scripts["setting-undone"]));
    scripts.extend([
        ("imap-tidy", tidy),
        ("twice-twice", again.as_str()),
        ("setting-help", &help),
        ("undone-help", &undone),
    ]);
    let mut wrong = String::new();
    for (id, _, holds, fails) in &steps {
        if !done(&scenario, scripts[holds]).contains(*id) {
            wrong += &format!("{id}: not done in {holds}\n");
        }
        if done(&scenario, scripts[fails]).contains(*id) {
            wrong += &format!("{id}: done in {fails}\n");
        }
    }
    for (script, points) in
        [("pop3-at-once", "2"), ("pop3", "0.5"), ("imap", "2"), ("imap-undo", "1"), ("helo", "0")]
    {
        let report = played(&scenario, scripts[script]).attempt().report();
        let found = report.steps.last().unwrap().points.to_string();
        if found != points {
            wrong += &format!("ways: {found} and not {points} in {script}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn what_servers_say_to_each_other_is_a_mistake_where_the_caller_is_named() {
    let mistake = |id: &str, when: &str| {
        format!(
            "\n[[step.mistake]]\nid = \"{id}\"\nwhen = {{ {when} }}\nsay = {{ en = \"x\", de = \"x\" }}\n"
        )
    };
    let mistakes = [
        mistake("anybody", "smtp = \"EHLO\", at = \"mx.far.test:25\""),
        mistake("relay", "smtp = \"EHLO\", client = \"mail.lab.test\""),
        mistake("relay-there", "smtp = \"EHLO\", client = \"mail.lab.test\", at = \"mx.far.test:25\""),
        mistake("relay-elsewhere", "smtp = \"EHLO\", client = \"mail.lab.test\", at = \"slow.far.test:25\""),
        mistake("other-relay", "smtp = \"EHLO\", client = \"mx.far.test\""),
    ];
    // Whether the step has a place of its own or none.
    for on in ["", "on = \"mail.lab.test:25\"\n"] {
        let expect = format!("{on}expect = [{{ smtp = \"VRFY\" }}]{}", mistakes.concat());
        let scenario = load(&step("one", &expect));
        let said = |script: &str| -> Vec<String> {
            let steps = played(&scenario, scripts()[script]).attempt().report().steps;
            steps[0].said.iter().map(|said| said.mistake.clone()).collect()
        };
        assert_eq!(said("to-far"), ["relay", "relay-there"], "{on}");
        assert!(said("sent").is_empty(), "{on}");
    }
}
