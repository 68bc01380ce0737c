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
