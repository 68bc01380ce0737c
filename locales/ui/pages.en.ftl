### The pages' own words in English. The German file beside it has the same messages with the same variables.
### Keys that begin with js- go to the page's modules, which put {x} where it says { $x }.

## On every page
language = Language
skip = Skip to the content
you-are-here = You are here
moment = { $year }-{ $month }-{ $day }, { $time }
points = Points
points-of = { $points } of { $max } points
max-points = { $n ->
    [one] { $x } point
   *[other] { $x } points
}
free-play = no tasks
about-minutes = about { $x } min

## Catalogue
catalogue = Scenarios
catalogue-empty = There is no scenario here. Start helo with --scenarios and a folder that has some, or with none at all: then it uses the ones it brings along.
catalogue-sandbox = No mail ever leaves this lab: nothing you do here connects to the world outside.
begin = Begin
continue = Continue
look-at = Look at it again
report = Report
begin-anew = Begin anew
begin-anew-title = Begin a new attempt. This one stays as it is.
all-done = All done
slips = Along the way
attempt-number = attempt { $x }

## Topics of scenarios, where they are no names of protocols
topic-headers = header fields
topic-delivery = delivery
topic-encryption = encryption
topic-security = security

## Lab
skip-terminal = To the terminal
skip-steps = To the steps
skip-inspector = To the view inside: what happens behind the terminal
panes = What to show
pane-brief = Task
pane-work = Terminal
pane-inspector = Look inside
pane-mail = Mailboxes
inspector-wide = More room for this, in place of the task
steps = Steps
step-open = still open
step-done = done
evidence = What earned it
answer = Answer
answer-several = Tick all that is right, and nothing else.
terminals = Terminals
open-terminal = Another terminal
line-label = Type here
keys = Keys
keys-help = Enter sends the line, arrow up brings earlier ones back, Control R looks for one. Control C copies selected text and otherwise interrupts. Tab completes what has been typed, a second Tab lists the possibilities; where nothing is typed or there is nothing to complete, Tab moves on, and Shift Tab always moves back. Control Shift F searches. Escape moves to what the terminal has printed; there Tab leads to the newest answer's question mark and out of the terminal, and the arrow keys to the earlier answers.
send = Send
let-time-pass = Let time pass:
pass-minute = 1 min
pass-minutes = 10 min
pass-hour = 1 h
pass-next = to the next event
pass-next-title = Until something happens by itself: a mail that is tried again, a person who answers, a time-out
key-escape = Control ], telnet's escape character
key-interrupt = Control C, interrupt
key-end = Control D, end of input
no-script = The terminal needs JavaScript. All of it comes from this server and nothing is loaded from elsewhere; please allow it for this page.
connecting = Connecting …
legend = Who wrote what
legend-own = written by the recipient's own server: true
legend-other = written by another server on the way: true only as far as you trust that server
legend-sender = typed by the sender: a claim
legend-imitation = typed by the sender and looks like a server's line: beware
legend-before = was there before you began: nobody saw who wrote it
transcript = Transcript
transcript-text = Transcript (text)
transcript-json = Transcript (JSON)

## Mailboxes
messages = { $x ->
    [0] empty
    [one] 1 message
   *[other] { $x } messages
}
unread = { $x } unread
flag-unread = unread
flag-seen = read
flag-answered = answered
flag-flagged = flagged
flag-deleted = marked for deletion
flag-draft = draft
mailbox-on = on { $x }
no-subject = (no subject)
reader-sees = What the reader sees
source-sees = The source, by who wrote it
mail-from = From
mail-to = To
mail-subject = Subject
mail-date = Date
left-out = … and { $x } more octets. Fetch the message in the terminal to see all of it.
older-mail = { $x ->
    [one] One older message is not shown.
   *[other] { $x } older messages are not shown.
}
no-mailboxes = This scenario has no mailboxes.
by-own = the recipient's own server
by-other = { $x }, a server on the way
by-sender = the sender
by-imitation = the sender, like a server
by-learner = you
by-program = your program { $x }
by-before = was there before
way-title = The way it came
way-from = from { $x }
way-helo = called itself { $x }
way-user = logged in as { $x }
way-at = { $x } UTC
way-after = { $x } after the line below
way-before = { $x } before the line below
way-claimed = only claimed
way-queue = the queue
way-unnamed = a server without a name
way-ends = Trustworthy down to here.
weight-note = Note
weight-doubt = Suspicious
weight-contradiction = Contradiction
field-worth = What this line is worth

## Evidence
evidence-message = the message
evidence-delivered = delivered to { $x }
evidence-undeliverable = cannot be delivered to { $x }
evidence-deferred = keeps waiting for { $x }
evidence-reported = report to { $x }
evidence-removed = removed from { $x }
evidence-answer = answer
evidence-event = event { $x }

## Real mail programs
ports-title = Real mail programs
ports-badge = here
ports-lead = telnet, openssl, swaks, mutt, Thunderbird: any mail program on your machine can talk to the servers of this scenario. What it does there counts like what you type in the terminal.
ports-none = helo has no mail ports open at the moment. Start it without --no-mail to use mail programs of your own.
ports-not-here = The servers of this scenario have no real ports; here the terminal is all you need.
ports-nowhere = The ports lead nowhere yet.
ports-here = The ports lead into this attempt.
ports-elsewhere = The ports lead into another attempt at the moment.
ports-pin = Lead the ports here
ports-unpin = Let go of the ports
ports-plain = not encrypted
ports-upgrade = plain, STARTTLS possible
ports-upgrade-pop3 = plain, STLS possible
ports-implicit = TLS from the first octet
ports-ca-text = Programs that check certificates want the one of this attempt's authority:
ports-ca = helo-ca.pem
ports-user = User names and passwords are those of the scenario.
ports-thunderbird-ca = Import the certificate first: Settings, Privacy & Security, Manage Certificates, Authorities, Import, with a tick at “Trust this CA to identify websites”, which means mail servers too.
ports-thunderbird = Set the account up by hand: server localhost, the ports above, connection security “STARTTLS” or “SSL/TLS” as they say, “None” where they are not encrypted, authentication “Normal password”.
claim-title = Take the ports away from another attempt?
claim-text = The ports lead into another attempt. Programs that are connected there lose their connection.
claim-other = Look at it
claim-take = Lead the ports here
claim-leave = Leave them there

## Report
report-all-done = Every step is done.
report-open = Not all steps are done yet; you can go on at any time.
report-free-play = There are no tasks here and no points. What you did is in the transcript.
hints-taken = { $x ->
    [one] 1 hint taken
   *[other] { $x } hints taken
}
event = Event { $x }
said = What was said about it
closing = Outside the lab
back-to-lab = Back to the lab
print = Print

## When something is wrong
error-way-out = To the scenarios
error-not-found = There is nothing here
error-not-found-text = This address leads nowhere. Perhaps it was cut short when it was copied.
error-host = This is not how helo is called
error-host-text = helo answers only under a name of this machine, such as 127.0.0.1 or localhost. A request under another name may come from a page elsewhere that wants to read along.
error-origin = That came from another page
error-origin-text = helo does only what its own pages ask for. Open the scenarios and do it from there.
error-large = That was too much
error-large-text = The form was larger than helo reads. Nothing has been changed.
error-slow = That took too long
error-slow-text = helo could not answer in time. What you typed is safe; try again in a moment.
error-request = That was not understood
error-request-text = The request has not the form that helo expects. Go back to the scenarios and do it from there.
error-lab = That does not work right now
error-internal = helo has stumbled
error-internal-text = This is a fault of helo's, not yours. What you typed is safe. Please report what you did just before.

## In the page's modules
js-live = Saved. You can close this page any time.
js-lost = Connection lost, reconnecting … Nothing is lost: what you type now is kept and sent later.
js-back = The connection is back.
js-frozen = Read only
js-connecting = Connecting …
js-terminal = Terminal { $x }
js-log-label = Terminal { $x }, what it has printed
js-you = you
js-server = server
js-program = program
js-refused = server, refused
js-later = server, not now
js-waiting = waiting to be sent
js-left-out = … { $x } more lines; the transcript has them all …
js-cut = Earlier lines are not shown any more. The transcript has them all.
js-step-open = still open
js-step-done = done
js-answer-none = Nothing is ticked yet.
js-step-now-done = Step done: { $x }
js-hint = Hint (−{ $x } points)
js-hint-free = Hint (free now)
js-commands = Show me the commands (−{ $x } points)
js-commands-free = Show me the commands (free now)
js-passed = Time has passed: it is { $x } now.
js-long-line = One line of the paste has more than 256 KiB and was not sent. No mail server would read it; cut it into shorter ones.
js-long-paste = That is more than 16 MiB. The first 16 MiB were sent; the rest was left out.
js-plain = not encrypted
js-secured = encrypted ({ $x })
js-connected = connected to { $x }
