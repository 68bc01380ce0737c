//! What a scenario can ask of queues, seen to be earned: its solution is played as `helo check` plays it.

use helo::author;
use helo::scenario::{Scenario, render};

const SCENARIO: &str = r#"
format = 1
id = "queues"
title = { en = "Queues", de = "Warteschlangen" }
minutes = 5
brief = { en = "Mail waits, and comes back.", de = "Mail wartet und kommt zurück." }

[[host]]
name = "mail.example.org"
ip = "192.0.2.25"
domains = ["example.org"]
relay = ["198.51.100.0/24"]
smtp = {}
pop3 = {}
open = true
queue = { retry = ["10m"], warn = false, expire = "1h" }
aliases = { team = ["anna", "ben@example.net"] }

[[host]]
name = "mx.example.net"
ip = "203.0.113.5"
domains = ["example.net"]
smtp = {}

[[host]]
name = "mx.example.com"
ip = "203.0.113.7"
domains = ["example.com"]
smtp = false

[[domain]]
name = "example.org"
records = ["@ MX 10 mail.example.org."]

[[domain]]
name = "example.net"
records = ["@ MX 10 mx.example.net."]

[[domain]]
name = "example.com"
records = ["@ MX 10 mx.example.com."]

[[mailbox]]
address = "anna@example.org"
password = "tulpe"

[[mailbox]]
address = "ben@example.net"
password = "x"
forward = { to = "ben@example.com", keep = true }

[[step]]
id = "bounce"
title = { en = "A bounce", de = "Ein Bounce" }
task = { en = "Write to nobody@example.net.", de = "Schreib an nobody@example.net." }
on = "mail.example.org:25"
expect = [
  { smtp = "MAIL", from = "anna@example.org", reply = 250 },
  { undeliverable = "nobody@example.net", status = "5.1.1", expired = false },
  { reported = "failed", recipient = "nobody@*", to = "anna@example.org", status = "5.1.1" },
  { delivered = "anna@example.org", message = { from = "*MAILER-DAEMON*", subject = "Undelivered*", body = "*nobody@example.net*" } },
]

[[step]]
id = "team"
title = { en = "A team", de = "Ein Team" }
task = { en = "Write to the team, and ask to be told.", de = "Schreib ans Team und lass es dir melden." }
on = "mail.example.org:25"
expect = [
  { expanded = "team@example.org", into = "ben@example.net", by = "alias" },
  { reported = "expanded", status = "2.0.0" },
  { expanded = "ben@example.net", into = "ben@example.com", by = "forward" },
  { delivered = "ben@example.net" },
]

[[step]]
id = "waits"
title = { en = "It waits", de = "Sie wartet" }
task = { en = "Write to somebody@example.com, look into the queue, and wait.", de = "Schreib an somebody@example.com, sieh in die Warteschlange und warte." }
expect = [
  { deferred = "somebody@example.com", status = "4.4.1" },
  { run = "ssh", args = "mail.example.org mailq" },
  { undeliverable = "somebody@example.com", expired = true },
  { reported = "any", recipient = "somebody@example.com" },
]

[[solution]]
name = "telnet"
script = '''
# step: bounce
telnet mail.example.org 25
ehlo ws.lab.test
mail from:<anna@example.org>
rcpt to:<nobody@example.net>
data
Subject: Nobody

Hello?
.
quit
# step: team
telnet mail.example.org 25
ehlo ws.lab.test
mail from:<anna@example.org>
rcpt to:<team@example.org> notify=success
data
Subject: Team

Hello!
.
quit
# step: waits
telnet mail.example.org 25
ehlo ws.lab.test
mail from:<anna@example.org>
rcpt to:<somebody@example.com>
data
Subject: Later

Hello.
.
quit
ssh mail.example.org mailq
@wait 2h
'''

[[counterexample]]
name = "somebody who is there"
script = '''
telnet mail.example.org 25
ehlo ws.lab.test
mail from:<anna@example.org>
rcpt to:<ben@example.net>
data
Subject: Ben

Hello!
.
quit
'''
earns = { bounce = 0, team = 0, waits = 0 }

[[counterexample]]
name = "who does not want to know hears nothing"
script = '''
telnet mail.example.org 25
ehlo ws.lab.test
mail from:<anna@example.org>
rcpt to:<nobody@example.net> notify=never
data
Subject: Nobody

Hello?
.
quit
'''
earns = { bounce = 0 }

[[counterexample]]
name = "a look at an empty queue"
script = '''
ssh mail.example.org mailq
'''
earns = { waits = 0 }
"#;

#[test]
fn what_happens_in_queues_earns_points() {
    let scenario = Scenario::load("queues.toml", SCENARIO).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let trials = author::trials().into_iter().take(4);
    let found: Vec<_> = trials.map(|trial| (trial, author::run(&scenario, trial))).collect();
    let faults = author::conclude(&found);
    assert!(faults.is_empty(), "{}", render("queues.toml", SCENARIO, &faults, false));
}

/// Words with names in them, and mistakes that are told from what else a step expects.
const WORDS: &str = r#"
format = 1
id = "words"
title = { en = "Words", de = "Wörter" }
minutes = 5
brief = { en = "Look for {{fruit}}.", de = "Such {{fruit}}." }

[vars]
fruit = { pick = ["boskoop", "elstar"] }
flag = { pick = ['\Seen', '\Flagged'] }
field = { pick = ["X-Crate", "X-Basket"] }
who = { pick = ["Carla", "Mo"] }

[[host]]
name = "mail.example.org"
ip = "192.0.2.25"
domains = ["example.org"]
relay = ["198.51.100.0/24"]
smtp = {}
imap = { auth_without_tls = true }

[[host]]
name = "mx.example.net"
ip = "203.0.113.5"
domains = ["example.net"]
smtp = {}

[[domain]]
name = "example.org"
records = ["@ MX 10 mail.example.org."]

[[domain]]
name = "example.net"
records = ["@ MX 10 mx.example.net."]

[[mailbox]]
address = "anna@example.org"
password = "tulpe"
messages = ["""
From: otto@example.org
Subject: Trees
{{field}}: 7

{{fruit}}
"""]

[[fault]]
id = "away"
on = "mail.example.org:25"
recipient = "away@example.net"
reply = { at = "rcpt", code = 451, text = "4.3.0 {{who}} is away" }

[[step]]
id = "search"
title = { en = "Search", de = "Suchen" }
task = { en = "Search for {{fruit}} and set {{flag}}.", de = "Such {{fruit}} und setz {{flag}}." }
expect = [
  { imap = "SEARCH", items = ["TEXT", "{{fruit}}"], ok = true },
  { imap = "STORE", flags = ["{{flag}}"], ok = true },
  { flagged = "anna@example.org", flags = ["{{flag}}"], message = { headers = ["{{field}}"] } },
]

[[step]]
id = "desk"
title = { en = "Hear of one", de = "Von einem hören" }
task = { en = "Write to desk and friend; of friend hear nothing.", de = "Schreib an desk und friend; von friend hör nichts." }
on = "mail.example.org:25"
order = "any"
expect = [
  { reported = "failed", recipient = "desk@example.net" },
  { undeliverable = "friend@example.net" },
  { never = { reported = "any", recipient = "friend@example.net" } },
]

[[step.mistake]]
id = "told"
when = { reported = "failed", recipient = "friend@example.net" }
say = { en = "Of friend, too.", de = "Von friend auch." }

[[step]]
id = "tidy"
title = { en = "Tidy up", de = "Aufräumen" }
task = { en = "Put Trees away, and nowhere else.", de = "Räum Trees weg, und nirgendwo anders hin." }
expect = [
  { holds = "anna@example.org", folder = "Garden", message = { subject = "Trees" } },
  { never = { holds = "anna@example.org", folder = "Trash", count = 1 } },
]

[[step.mistake]]
id = "in-the-bin"
when = { holds = "anna@example.org", folder = "Trash" }
say = { en = "Not into the bin.", de = "Nicht in den Müll." }

[[solution]]
name = "telnet"
script = '''
# step: desk
telnet mail.example.org 25
ehlo ws.lab.test
mail from:<anna@example.org>
rcpt to:<away@example.net>
rcpt to:<desk@example.net>
rcpt to:<friend@example.net> notify=never
data
Subject: Both

Hello?
.
quit
# step: search
telnet mail.example.org 143
a login anna@example.org tulpe
b select INBOX
c search text {{fruit}}
d store 1 +FLAGS ({{flag}})
# step: tidy
e create Garden
f copy 1 Garden
g logout
'''

[[counterexample]]
name = "another word, another flag, into the bin"
script = '''
telnet mail.example.org 143
a login anna@example.org tulpe
b select INBOX
c search text otto
d store 1 +FLAGS (\Answered)
e create Trash
f copy 1 Trash
g create Garden
h copy 1 Garden
i logout
'''
earns = { search = 0, tidy = 0 }
says = ["tidy/in-the-bin"]

[[counterexample]]
name = "nothing at all"
script = '''
date
'''
earns = { search = 0, desk = 0, tidy = 0 }

[[counterexample]]
name = "one report tells of both"
script = '''
telnet mail.example.org 25
ehlo ws.lab.test
mail from:<anna@example.org>
rcpt to:<desk@example.net>
rcpt to:<friend@example.net>
data
Subject: Both

Hello?
.
quit
'''
earns = { desk = 0 }
says = ["desk/told"]
"#;

#[test]
fn names_in_words_are_filled_in_and_what_must_never_be_is_not_expected() {
    let scenario = Scenario::load("words.toml", WORDS)
        .unwrap_or_else(|faults| panic!("{}", render("words.toml", WORDS, &faults, false)));
    let trials = author::trials().into_iter().take(8);
    let found: Vec<_> = trials.map(|trial| (trial, author::run(&scenario, trial))).collect();
    let faults = author::conclude(&found);
    assert!(faults.is_empty(), "{}", render("words.toml", WORDS, &faults, false));
}

#[test]
fn a_fault_says_whom_it_is_about() {
    let scenario = Scenario::load("words.toml", WORDS).unwrap();
    let drawn = scenario.draw(3, helo::units::Lang::En).unwrap();
    let said = match &drawn.setup.faults[0].kind {
        helo::event::FaultKind::Reply { text, .. } => text.clone().unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(said, format!("4.3.0 {} is away", drawn.vars["who"]));
    let text = WORDS.replace("\"Carla\", \"Mo\"", "\"Carla\\nMo\"");
    let faults = Scenario::load("words.toml", &text).unwrap_err();
    assert!(faults.iter().any(|f| f.message.contains("one line")), "{faults:#?}");
}
