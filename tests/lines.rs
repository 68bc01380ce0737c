//! Opening lines: every line of every scenario's solutions in both languages, and what stands behind some of them.

use helo::author::Player;
use helo::event::{Entry, Event, TlsEvent};
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
    typed_in(PLAYGROUND, lines)
}

fn typed_in(scenario: &str, lines: &str) -> Vec<Entry> {
    let scenario = Scenario::load("scenario.toml", scenario).unwrap_or_else(|f| panic!("{f:#?}"));
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
    found(entries, wanted, true)
}

/// What stands behind the line that was typed last and reads so.
fn typed(entries: &[Entry], wanted: &str) -> Opened {
    found(entries, wanted, false)
}

fn found(entries: &[Entry], wanted: &str, printed: bool) -> Opened {
    for entry in entries.iter().rev() {
        let (text, typed) = match &entry.event {
            Event::Typed { text, .. } => (text.lossy().into_owned(), true),
            Event::Printed { text, .. } if printed => (text.clone(), false),
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
         ssh mail.lab.test postconf -e 'a=>=b'\nssh lab@mail.lab.test \"postconf -e 'postfix_x=>=a'\"\n\
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
    let there = opened(&entries, "ssh mail.lab.test");
    for part in
        ["postconf: postconf shows", "  -e: change a setting", "  >: a sign to the shell on that host"]
    {
        assert_part(&there, part);
    }
    let quoted = parts(&opened(&entries, "ssh lab@mail.lab.test"));
    assert!(quoted.iter().any(|part| part.contains("postfix_x=>=a")), "{quoted:?}");
    assert!(!quoted.iter().any(|part| part.contains("a sign to the shell")), "{quoted:?}");
    assert_part(&opened(&entries, "nosuch"), "nosuch: There is no program");
    assert_part(&opened(&entries, "FOO=1"), "FOO=1: sets a variable");
    assert_part(&opened(&entries, "telnet mail.lab.test 110"), "  110: port 110, POP3");
    assert_what(&opened(&entries, "Trying "), "looked the name up");
    assert_part(&opened(&entries, "TOP"), "TOP: TOP: the server can show");
    assert_what(&opened(&entries, "PASS secret"), "anyone who reads along on this unencrypted wire");
    assert_what(&opened(&entries, "DELE 9"), "The server answered -ERR.");
}

#[test]
fn what_a_program_asks_for_is_taken_apart() {
    let entries = typed_in(
        &PLAYGROUND.replace(
            "ip = \"198.51.100.17\"",
            "ip = \"198.51.100.17\"\naccount = { address = \"alice@lab.test\" }",
        ),
        "mail -c bob@lab.test carol@example.test\nGrüße\nDear Carol,\n.hidden\nSubject: in the text\n\
         ~s Another subject\n~b \"Bert B\" <bob@lab.test>\n~h\nalice@lab.test, carol@example.test\n\n\n\n~@ nosuch\n~k\n.\n\
         @wait 60s\nmail\ntype 1\n1-$\ndelete .\nsave 1 kept.txt\nfoo\nset quote\nReply 1\n~x\nquit\n\
         swaks --to --from --server\nalice@lab.test\nbob@lab.test\nmail.lab.test\n",
    );
    let subject = typed(&entries, "Grüße");
    assert_what(&subject, "answer to mail's prompt: the subject");
    assert_what(&subject, "encoded word");
    assert_part(&subject, "Grüße: the subject");
    let text = typed(&entries, "Dear Carol,");
    assert_what(&text, "Nothing goes out yet");
    assert!(text.next.iter().any(|n| n.piece == "."), "{:?}", text.next);
    assert_part(&typed(&entries, ".hidden"), ".hidden: begins with a dot: on the wire mail doubles it");
    assert_part(&typed(&entries, "Subject: in"), "Subject: in the text: looks like a header field");
    let escape = typed(&entries, "~s Another");
    assert_what(&escape, "A tilde escape");
    assert_part(&escape, "~s: ~s: the subject");
    assert_part(&escape, "  Another subject: the subject");
    let blind = typed(&entries, "~b");
    for part in
        ["  \"Bert B\" <bob@lab.test>: an address", "    Bert B: the display", "    lab.test: the domain"]
    {
        assert_part(&blind, part);
    }
    let to = typed(&entries, "alice@lab.test, carol@example.test");
    assert_what(&to, "Each address goes into the field To, and into the envelope");
    assert_part(&to, "carol@example.test: an address");
    assert_part(&typed(&entries, "~@ nosuch"), "  nosuch: a file");
    assert_part(&typed(&entries, "~k"), "~k: mail knows no such escape");

    let show = typed(&entries, "type 1");
    assert_what(&show, "A command for mail");
    assert_part(&show, "type: Show messages");
    assert_part(&show, "  1: the message with this number");
    assert_part(&typed(&entries, "1-$"), "  1-$: the messages from the first number");
    assert_part(&typed(&entries, "delete ."), "  .: .: the current message");
    assert_part(&typed(&entries, "save 1 kept"), "  kept.txt: a file");
    assert_part(&typed(&entries, "foo"), "foo: mail knows no such command");
    assert_part(&typed(&entries, "set quote"), "  quote: a variable");
    let reply = typed(&entries, "Reply 1");
    assert_part(&reply, "Reply: Answer the sender only: at the address in Reply-To");
    assert!(reply.next.iter().any(|n| n.piece == "~?"));
    assert_what(&typed(&entries, "mail.lab.test"), "The server that swaks calls");
    assert_what(&typed(&entries, "bob@lab.test"), "The recipients: swaks says RCPT TO");
    assert_part(&typed(&entries, "bob@lab.test"), "  bob: the local part");
    assert_all_open(&entries);
}

#[test]
fn a_pasted_letter_is_followed_line_by_line() {
    let entries = playground(&format!(
        "mail carol@example.test\n@paste\nHello\nDear Carol,\n{}.\n@end\n",
        "and so on\n".repeat(1_010)
    ));
    let pasted =
        entries.iter().find(|e| matches!(&e.event, Event::Typed { text, .. } if text.lossy().contains('\n')));
    let n = pasted.expect("pasted in one piece").n;
    let open = |line| Explainer::of(Lang::En).open_line(&entries, n, line).unwrap();
    assert_what(&open(0), "the subject");
    assert_part(&open(1), "Dear Carol,: text of the letter");
    assert_what(&open(2), "Nothing goes out yet");
    let last = entries
        .iter()
        .rfind(|e| matches!(&e.event, Event::Typed { text, .. } if text.lossy().ends_with("\n.")));
    let last = last.expect("the end of the letter");
    let end = lines(&last.event) - 1;
    assert_what(&Explainer::of(Lang::En).open_line(&entries, last.n, end).unwrap(), "the letter is finished");
}

#[test]
fn a_zone_that_is_written_anew_is_taken_apart() {
    let entries = typed_in(
        &PLAYGROUND.replace("name = \"lab.test\"\n", "name = \"lab.test\"\nopen = true\n"),
        "zone edit lab.test\n; ours\n$TTL 3600\n@@ 300 IN MX 10 mail.lab.test.\n@@ txt \"v=spf1 mx -all\"\n\n.\n\
         zone add lab.test @ TXT hello\n",
    );
    assert_what(&typed(&entries, "; ours"), "A comment");
    assert_what(&typed(&entries, "$TTL"), "A directive of zone files");
    let mx = typed(&entries, "@ 300 IN MX");
    assert_what(&mx, "a record, as zone files have it");
    for part in ["@: @: the zone's own name", "300: the time to live", "IN: the class", "10: the preference"]
    {
        assert_part(&mx, part);
    }
    assert_part(&typed(&entries, "@ txt"), "  -all: ");
    assert_what(&typed(&entries, "."), "That was all".to_lowercase().as_str());
    assert_part(&typed(&entries, "zone add"), "    @: @: the zone's own name");
}

#[test]
fn a_handshake_shows_the_certificate() {
    let entries = playground(
        "openssl s_client -quiet -connect mail.lab.test:995 -tls1_2\nQUIT\n\
         openssl s_client -quiet -connect mail.lab.test:995\nQUIT\n",
    );
    let handshakes: Vec<Opened> = entries
        .iter()
        .filter(|e| matches!(&e.event, Event::Tls { what: TlsEvent::Established(_), .. }))
        .map(|e| Explainer::of(Lang::En).open_event(&entries, e.n).unwrap())
        .collect();
    let [old, new] = handshakes.as_slice() else { panic!("{} handshakes", handshakes.len()) };
    for opened in [old, new] {
        assert_what(opened, "The server shows its certificate: for ");
        assert_part(opened, "  DNS:mail.lab.test: a name the certificate is for");
        assert!(opened.rules.iter().any(|r| r.to_string() == "RFC 5280 section 4.2.1.6"));
    }
    assert_what(old, "In TLSv1.2 the certificate travels in the clear");
    assert_what(new, "In TLSv1.3 the certificate travels encrypted already");
}

#[test]
fn hostile_lines_stay_text() {
    let entries = playground(
        "telnet mail.lab.test 25\nEHLO <script>alert(1)</script>\nMAIL FROM:<\u{202e}x@y.test>\n\u{1b}[31m\n\
         telnet mail.lab.test 143\n\na\na (((((((((((((((((((((((((((((\na LOGIN {99999999999999999999}\na FETCH {5\n",
    );
    assert_all_open(&entries);
}
