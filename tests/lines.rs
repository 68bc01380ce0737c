//! Opening lines: every line of every scenario's solutions in both languages, and what stands behind some of them.

use helo::author::Player;
use helo::event::{Entry, Event};
use helo::explain::Explainer;
use helo::explain::line::Opened;
use helo::scenario::{Scenario, Script};
use helo::units::{EventNo, Lang};
use std::path::Path;

const PLAYGROUND: &str = include_str!("../scenarios/playground.toml");

/// Plays these lines.
fn played(scenario: &Scenario, script: &Script, lang: Lang) -> Vec<Entry> {
    let mut player = Player::begin(scenario, 1, lang).unwrap_or_else(|faults| panic!("{faults:#?}"));
    for (_, line) in &script.lines {
        player.perform(line);
    }
    player.finish();
    player.attempt().entries().to_vec()
}

fn playground(lines: &str) -> Vec<Entry> {
    let scenario = Scenario::load("playground.toml", PLAYGROUND).unwrap_or_else(|f| panic!("{f:#?}"));
    played(&scenario, &Script::parse(lines.as_bytes()).unwrap(), Lang::En)
}

/// How many lines of its own an event has.
fn lines(event: &Event) -> usize {
    match event {
        Event::Typed { text, .. } => text.lossy().trim_end_matches('\n').split('\n').count(),
        Event::Printed { text, .. } => text.matches('\n').count(),
        Event::Pressed { .. } => 1,
        _ => 0,
    }
}

/// Nothing but words: no key of a message, no placeholder.
fn assert_said(opened: &Opened, line: &str) {
    assert!(!opened.what.is_empty() || !opened.parts.is_empty(), "nothing is said of {line}");
    let said = opened.what.iter().chain(opened.parts.iter().chain(&opened.next).map(|p| &p.meaning));
    for text in said {
        assert!(!text.is_empty() && text.trim() == text, "“{text}” for {line}");
        assert!(text.contains(' ') || !text.contains('-'), "a key in place of a text: {text} for {line}");
        assert!(!text.contains("{ $"), "a placeholder in {text} for {line}");
    }
    for rule in &opened.rules {
        assert!(rule.entry().is_some(), "{rule} is not in the index, for {line}");
    }
}

fn assert_all_open(entries: &[Entry]) -> usize {
    let mut count = 0;
    for lang in Lang::ALL {
        let explainer = Explainer::of(lang);
        for entry in entries {
            for line in 0..lines(&entry.event) {
                let opened = explainer.open_line(entries, entry.n, line);
                let about = format!("{:?}, line {line}", entry.event);
                assert_said(&opened.unwrap_or_else(|| panic!("cannot be opened: {about}")), &about);
                count += 1;
            }
            assert!(explainer.open_line(entries, entry.n, lines(&entry.event).max(1)).is_none());
            let whole = matches!(
                entry.event,
                Event::Smtp { .. } | Event::Pop3 { .. } | Event::Imap { .. } | Event::Dns { .. }
            );
            if let Some(opened) = explainer.open_event(entries, entry.n) {
                assert_said(&opened, &format!("{:?}", entry.event));
            } else {
                assert!(!whole, "cannot be opened: {:?}", entry.event);
            }
        }
        assert!(explainer.open_line(entries, EventNo(0), 0).is_none());
    }
    count
}

#[test]
fn every_line_of_every_solution_opens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if file.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let scenario = Scenario::load("s.toml", &text).unwrap_or_else(|f| panic!("{f:#?}"));
        let trials = scenario.draw_trials(1, Lang::De).unwrap_or_else(|f| panic!("{f:#?}"));
        for solution in &trials.solutions {
            count += assert_all_open(&played(&scenario, &solution.script, Lang::De));
        }
    }
    assert!(count > 1_000, "only {count} lines were opened");
}

/// What stands behind the line that was typed or printed last and reads so.
fn opened(entries: &[Entry], wanted: &str) -> Opened {
    for entry in entries.iter().rev() {
        let (text, typed) = match &entry.event {
            Event::Typed { text, .. } => (text.lossy().into_owned(), true),
            Event::Printed { text, .. } => (text.clone(), false),
            _ => continue,
        };
        let mut all: Vec<&str> = text.split('\n').collect();
        if !typed {
            all.pop();
        }
        if let Some(at) = all
            .iter()
            .position(|l| l.trim_end_matches('\r') == wanted || l.trim_end_matches('\r').starts_with(wanted))
        {
            return Explainer::of(Lang::En).open_line(entries, entry.n, at).unwrap();
        }
    }
    panic!("no line reads {wanted}")
}

/// The parts as `piece: meaning`, indented.
fn parts(opened: &Opened) -> Vec<String> {
    let part =
        |p: &helo::explain::line::Part| format!("{}{}: {}", "  ".repeat(p.depth.into()), p.piece, p.meaning);
    opened.parts.iter().map(part).collect()
}

fn assert_part(opened: &Opened, wanted: &str) {
    let parts = parts(opened);
    assert!(parts.iter().any(|p| p.starts_with(wanted)), "no part “{wanted}” among\n{}", parts.join("\n"));
}

fn assert_what(opened: &Opened, wanted: &str) {
    assert!(
        opened.what.iter().any(|w| w.contains(wanted)),
        "not said: “{wanted}” in\n{}",
        opened.what.join("\n")
    );
}

#[test]
fn an_envelope_is_taken_apart() {
    let entries = playground(
        "telnet mail.example.test 25\nEHLO ws.lab.test\nMAIL FROM:<alice@lab.test> SIZE=1200 BODY=8BITMIME\n\
         RCPT TO:<carol@example.test> NOTIFY=FAILURE,DELAY\nRCPT TO:<nobody@example.test>\nDATA\n\
         From: =?utf-8?Q?M=C3=BCller?= <m@x.test>\nSubject: one\n two\n\n..text\n.\nQUIT\n",
    );
    let mail = opened(&entries, "MAIL FROM:<alice@lab.test>");
    assert_what(&mail, "MAIL begins an envelope");
    assert_what(&mail, "The server answered 250 2.1.0.");
    assert_what(&mail, "before, introduced, no mail begun; now, the envelope has a sender");
    for part in [
        "MAIL: the command",
        "FROM:: FROM: says that the sender",
        "<alice@lab.test>: the reverse path",
        "  alice: the local part",
        "  lab.test: the domain",
        "SIZE=1200: SIZE announces",
        "BODY=8BITMIME: BODY=8BITMIME",
    ] {
        assert_part(&mail, part);
    }
    assert_eq!(mail.next[0].piece, "RCPT TO:<bert@example.org>");
    let rcpt = opened(&entries, "RCPT TO:<carol@example.test>");
    assert_part(&rcpt, "<carol@example.test>: the forward path");
    assert_part(&rcpt, "  DELAY: when it takes long");
    assert!(
        rcpt.next.iter().any(|n| n.piece == "DATA") && rcpt.next.iter().any(|n| n.piece.starts_with("BDAT"))
    );

    let refused = opened(&entries, "550 5.1.1");
    for part in [
        "550: The mailbox is not to be had",
        "  5: 5: no, and trying again",
        "  5: 5: about the mail system",
        "5.1.1: the enhanced status code",
        "  1: 1: about the address",
        "  1: 1: there is no such mailbox",
    ] {
        assert_part(&refused, part);
    }
    assert_what(&refused, "has no mailbox nobody@example.test");
    let size = opened(&entries, "250-SIZE");
    assert_part(&size, "-: a hyphen: another line");
    assert_part(&size, "SIZE 10240000: SIZE: the largest message");
    assert_part(&opened(&entries, "220 mail.example.test"), "ESMTP: the server speaks SMTP with extensions");

    let from = opened(&entries, "From: =?utf-8?Q?");
    assert_what(&from, "Normally written by: the sender's mail program.");
    assert_what(&from, "Not to be believed");
    assert_part(&from, "  M=C3=BCller: the text; decoded: Müller");
    assert_part(&from, "m@x.test: an address");
    assert_what(&from, "the message is being typed");
    let fold = opened(&entries, " two");
    assert_what(&fold, "it goes on with the field Subject above (folding)");
    assert_part(&fold, "one two: the subject");
    assert_what(&opened(&entries, "..text"), "Dot-stuffing");
    let dot = opened(&entries, ".");
    assert_what(&dot, "the message ends here");
    assert_what(&dot, "The server answered 250 2.0.0.");
    let taken = opened(&entries, "250 2.0.0 Ok: queued");
    assert!(
        parts(&taken).iter().any(|p| p.contains("the server's name for the message")),
        "{:?}",
        parts(&taken)
    );
}

#[test]
fn nothing_is_possible_after_a_server_has_hung_up() {
    let entries = playground("telnet mail.lab.test 25\nEHLO x.test\nGET / HTTP/1.0\n");
    let refused = opened(&entries, "221 2.7.0");
    assert_what(&refused, "now, the session is over");
    assert!(refused.next.is_empty(), "{:?}", refused.next);
}

#[test]
fn logins_are_decoded() {
    let entries = playground(
        "telnet mail.lab.test 587\nEHLO x.test\nAUTH PLAIN AGFsaWNlAHNlY3JldA==\nQUIT\n\
         telnet mail.lab.test 587\nEHLO x.test\nAUTH LOGIN\nYWxpY2U=\nd3Jvbmc=\nQUIT\n\
         telnet mail.lab.test 143\na AUTHENTICATE PLAIN\nAGFsaWNlAHNlY3JldA==\nb LOGOUT\n",
    );
    let plain = opened(&entries, "AUTH PLAIN");
    for part in [
        "PLAIN: the mechanism",
        "AGFsaWNlAHNlY3JldA==: the client's first message",
        "  : authzid: as whom one wants to act; empty",
        "  alice: authcid",
        "  secret: the password",
    ] {
        assert_part(&plain, part);
    }
    assert_what(&plain, "anyone who reads along on this wire can decode name and password");
    assert_what(&plain, "logged in as alice@lab.test");
    assert_part(&opened(&entries, "YWxpY2U="), "  alice: the name of whoever logs in");
    assert_part(&opened(&entries, "d3Jvbmc="), "  wrong: the password");
    assert_part(&opened(&entries, "334 UGFzc3dvcmQ6"), "  Password:: what the server asks for");
    assert_part(&opened(&entries, "AGFsaWNlAHNlY3JldA=="), "  secret: the password");
}

#[test]
fn imap_data_are_named() {
    let entries = playground(
        "swaks --server mail.lab.test --to alice@lab.test --from bob@lab.test --h-Subject Test\n\
         printf 'From: b@lab.test\\r\\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\\r\\n\\r\\nHallo\\r\\n' > m.txt\n\
         swaks --server mail.lab.test --to alice@lab.test --from bob@lab.test --data m.txt\n\
         telnet mail.lab.test 143\na1 login alice secret\na2 select inbox\n\
         a3 uid fetch 1:* (flags uid envelope bodystructure body.peek[header.fields (from to)]<0.40>)\n\
         a4 search return (count) or from bob not since 1-Feb-1994\na5 store 1 +flags.silent (\\Seen Wichtig)\n\
         a6 status inbox (messages unseen)\na7 append inbox (\\Draft) {14}\nSubject: x\n\n\na8 logout\n",
    );
    let fetch = opened(&entries, "a3 uid fetch");
    for part in [
        "a3: the tag",
        "uid: UID before a command",
        "1:*: which messages",
        "  1:*: the messages from unique id 1 to the last",
        "envelope: ENVELOPE",
        "body.peek[header.fields (from to)]<0.40>: BODY.PEEK",
        "  header.fields: HEADER.FIELDS",
        "    from: Who is said to have written it",
        "  <0.40>: at most 40 octets",
    ] {
        assert_part(&fetch, part);
    }
    let data = opened(&entries, "* 1 FETCH (");
    for part in [
        "1: the number of the message",
        "ENVELOPE: ENVELOPE",
        "BODYSTRUCTURE: BODYSTRUCTURE",
        "  \"text\": the main type",
    ] {
        assert_part(&data, part);
    }
    let data = opened(&entries, "* 2 FETCH (");
    assert!(parts(&data).iter().any(|p| p.contains("decoded: Grüße")), "{}", parts(&data).join("\n"));
    let search = opened(&entries, "a4 search");
    for part in [
        "return: RETURN",
        "  count: COUNT",
        "or: OR",
        "from: FROM",
        "  bob: a text",
        "not: NOT",
        "  1-Feb-1994: a day",
    ] {
        assert_part(&search, part);
    }
    let store = opened(&entries, "a5 store");
    for part in ["+flags.silent: +FLAGS", "  .SILENT", "  \\Seen: \\Seen: read", "  Wichtig: a keyword"] {
        assert_part(&store, part);
    }
    assert_part(&opened(&entries, "* OK [UIDVALIDITY"), "[UIDVALIDITY");
    assert_part(&opened(&entries, "* STATUS"), "UNSEEN: UNSEEN: how many");
    assert_part(&opened(&entries, "a7 append"), "{14}: a literal");
    assert_what(&opened(&entries, "Subject: x"), "What the letter is about");
    assert_what(&opened(&entries, "a2 OK"), "mailbox INBOX selected");
}

#[test]
fn pop3_and_programs() {
    let entries = playground(
        "printf 'a\\n' | base64 > x # done\ndig +short MX lab.test\ndig lab.test MX\nopenssl s_client -quiet -connect mail.lab.test:995\nCAPA\nQUIT\n\
         openssl s_client -crlf -starttls smtp -connect mail.lab.test:25\nRCPT TO:<a@b.test>\nnosuch\nFOO=1\n\
         telnet mail.lab.test 110\nUSER alice\nPASS secret\nSTAT\nLIST\nUIDL\nDELE 9\nQUIT\n",
    );
    let shell = opened(&entries, "printf");
    for part in [
        "printf: printf writes",
        "base64: base64 turns",
        "|: |: what the left",
        ">: >: the output",
        "# done: After #",
    ] {
        assert_part(&shell, part);
    }
    let dig = opened(&entries, "dig +short");
    for part in ["  +short: +short: the values", "  MX: MX: the servers", "  lab.test: the name"] {
        assert_part(&dig, part);
    }
    assert_part(&opened(&entries, ";; flags:"), "ra: ra: the server does that");
    assert_part(&opened(&entries, ";; ->>HEADER"), "status: NOERROR: NOERROR");
    assert_part(&opened(&entries, "lab.test.\t"), "10: the preference");
    let client = opened(&entries, "openssl s_client -crlf");
    for part in [
        "openssl: openssl is a tool box",
        "s_client: openssl s_client speaks",
        "  -starttls: begin in plain",
        "    smtp: the value",
    ] {
        assert_part(&client, part);
    }
    assert_what(&opened(&entries, "RCPT TO:<a@b.test>"), "took as its own command");
    assert_what(&opened(&entries, "    Verify return code"), "good");
    assert_part(&opened(&entries, "nosuch"), "nosuch: There is no program");
    assert_part(&opened(&entries, "FOO=1"), "FOO=1: sets a variable");
    assert_part(&opened(&entries, "telnet mail.lab.test 110"), "  110: port 110, POP3");
    assert_what(&opened(&entries, "Trying "), "looked the name up");
    assert_part(&opened(&entries, "TOP"), "TOP: TOP: the server can show");
    assert_what(&opened(&entries, "PASS secret"), "anyone who reads along on this unencrypted wire");
    assert_what(&opened(&entries, "DELE 9"), "The server answered -ERR.");
}

#[test]
fn hostile_lines_stay_text() {
    let entries = playground(
        "telnet mail.lab.test 25\nEHLO <script>alert(1)</script>\nMAIL FROM:<\u{202e}x@y.test>\n\u{1b}[31m\n\
         telnet mail.lab.test 143\n\na\na (((((((((((((((((((((((((((((\na LOGIN {99999999999999999999}\na FETCH {5\n",
    );
    assert_all_open(&entries);
}
