### Time, replay, report, and the first page, in English. The German file beside it has the same messages with the same
### variables. Keys that begin with js- go to the page's modules, which put {x} where it says { $x }.

## First page
catalogue-path = The path
catalogue-topics = Topics
catalogue-all = All
catalogue-done = { $x } of { $of } scenarios done
now-open = Where you left off
now-next = Next for you
now-then = After that
now-nothing = You have begun everything there is. Anything can be done again; the old attempts stay.
builds-on = Builds on
earlier-attempts = Earlier attempts
about-helo = What helo is
hero-title = Talk to mail servers yourself
hero-lead = helo gives you a small internet of your own: servers for SMTP, POP3 and IMAP, names, mailboxes, people who write back. You type every line by hand, as with telnet, and see on the spot what it did, why the server answered so, and what the reader of the mail gets to see.
hero-begin = Begin with “{ $x }”
hero-all = See all scenarios
hero-no-account = no account, no installation
hero-teach = For instructors
hero-real = As it really is.
hero-real-text = Answers as Postfix, Sendmail, Exim or Dovecot give them, real certificates; your own telnet, openssl or Thunderbird may join in.
hero-why = Every answer explained.
hero-why-text = What it means, which rule it follows and where that is written, what is possible next. Mistakes are named when they happen.
hero-safe = Nothing to break.
hero-safe-text = No mail leaves this lab. Forge a sender, fill a mailbox, pull the plug: that is what it is for.
taste-title = One minute in the lab
taste-you = you
taste-server = server
taste-220 = The server speaks first. 220: it is ready.
taste-mail = The envelope: to whom errors go. The reader never sees it.
taste-rcpt = For whom. A slip of the finger …
taste-550 = … and 5xx: no, and not later either. Nobody of that name.
taste-354 = 354: now the letter, until a dot stands alone.
taste-from = What the reader sees. Nobody has checked it!
taste-dot = The lone dot: the letter is over.
taste-queued = From here on the server is answerable for it.
taste-tick = Step done: hand over the letter, 3 points
teach-title = For instructors
teach-lead = A scenario is one TOML file: hosts, a story, steps, hints, the mistakes people make, and the solution that proves it can be done. Nobody needs to program; it fits into git and on two screens.
teach-file = A scenario, whole
teach-check = Faults are found before a learner finds them
teach-check-text = helo check reads the file, draws its variables many times, plays the solution and every counterexample in both languages, and says all that is wrong at once.
teach-serve = From nothing to a lab page
teach-see = What you get to see
teach-see-steps = Points with the line of the transcript that earned them; what was done counts, not how the server worded it.
teach-see-replay = Every attempt as a replay with a time slider: terminals, steps, mailboxes as they were then.
teach-see-report = A report that quotes what was done and what went wrong, for the screen and for paper; the transcript as text and JSON.
teach-see-tools = Mistakes that people make everywhere are recognised in every scenario, without your doing.

## Time and replay
time = Time
time-slider = Moment of the attempt
time-line-back = To the line typed before
time-line-on = To the line typed next
time-event-back = One event back
time-event-on = One event on
time-play = Play
time-speed = Speed
time-now = Back to now
past-off = You are looking at the past; typing is off. What happens meanwhile is kept.
replay = Replay
replay-lead = A replay: everything as it was, and nothing can be changed.
replay-keys = The arrow keys go from event to event, Page Up and Page Down from line to line.
replay-open-lab = To the lab
js-time-pause = Pause
js-time-play = Play
js-time-event = Event { $x }
js-time-start = Before the first event
js-time-new = { $x } new events meanwhile
js-past = You are looking at the past.
js-now = Back to now.
js-past-input = You are looking at the past. Go back to now to do something.
js-replay-failed = The replay could not be loaded. Load the page again.

## Report
report-fact-begun = Begun
report-fact-attempt = Attempt
report-fact-time = Time on the lab’s clock
report-fact-hints = Hints
report-fact-mistakes = Mistakes named
report-no-hints = none
report-hints = { $x ->
    [one] 1 taken (−{ $cost } points)
   *[other] { $x } taken (−{ $cost } points)
}
report-done-at = at { $at }, after { $after }
report-hint-free = free
report-hint-cost = { $n ->
    [one] −{ $x } point
   *[other] −{ $x } points
}
report-hint = Hint
report-lines = From the transcript
report-see = See event { $x } in the replay
report-earned = earned points
report-said-to = something was said about it
report-more-lines = The rest is left out here; the replay and the transcript have it all.
report-replay = Watch the replay
report-again = Worth another look
report-again-none = Everything done, without help and without a slip. There is nothing to repeat.
again-open = not done yet
again-lost = { $n ->
    [one] { $x } point short
   *[other] { $x } points short
}
again-said = { $x ->
    [one] 1 mistake on the way
   *[other] { $x } mistakes on the way
}
again-look = Look at the step
again-rules = The rules behind it:
report-next = Where to go on
report-next-text = These scenarios build on it:
quote-hint = hint { $x } taken
transcript-of = { $title } · attempt { $number }, begun { $when }
transcript-legend = Each thing has its event’s number and time. (1) is a connection: C: what its client sent, S: what the server answered, what that means below it; 1> was typed at terminal 1, 1| was printed there.

## Around it
reset-sure = Begin anew?
reset-text = A new attempt begins, with new names and addresses. This one stays as it is; you find it again under “Earlier attempts”.
reset-stay = Stay here
