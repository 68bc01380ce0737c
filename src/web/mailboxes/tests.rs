//! Folders that follow the events, and lines with their authors; nothing in a mail can act on the page.

use super::*;
use crate::units::{EventNo, InputNo, Lang, Time};

fn delivered(message: Message) -> Entry {
    let (host, mailbox) = ("mail.example.tld".to_owned(), "noname@example.tld".to_owned());
    let folder = INBOX.to_owned();
    let event = Event::Delivered { id: MessageId(1), host, mailbox, message, folder };
    Entry { n: EventNo(1), at: Time(0), input: InputNo(1), event }
}

fn shown(message: Message) -> Mailboxes {
    mailboxes(Ui::of(Lang::En), "/attempts/x", &[], &[delivered(message)])
}

/// The same where the reader believes the host of the mailbox.
fn shown_to_reader(lang: Lang, message: Message) -> Mailboxes {
    let host = "mail.example.tld".to_owned();
    let names = vec![host.clone(), "server11011.net".to_owned()];
    let trusted = vec![TrustedHost { names, addresses: vec!["192.0.2.25".parse().unwrap()] }];
    let known = Known { address: "noname@example.tld".to_owned(), host, trusted };
    mailboxes(Ui::of(lang), "/attempts/x", &[known], &[delivered(message)])
}

#[test]
fn the_way_is_shown_with_what_an_analyst_says_to_each_line() {
    let sent = "Received: from faked.tester.tld (faked.tester.tld [123.45.67.89])\r\n  by server11011.net with SMTP; \
                1 Sep 2018 13:53:24 +0200\r\nFrom: \"The Faker\" <test@tester.tld>\r\n\r\nText\r\n";
    let there = Message::by(Author::Learner, sent).stamped(
        "mail.example.tld",
        "Received: from m198p010.dipool.highway.telekom.at (HELO tester.tld) (62.46.14.170)\r\n  by \
         server11011.net with SMTP; 1 Sep 2018 13:55:38 +0200\r\n",
    );
    let fragment = shown_to_reader(Lang::En, there.clone());
    let letter = &fragment.mailboxes[0].folders[0].letters[0];
    let hops: Vec<(bool, bool, String)> = letter
        .way
        .hops
        .iter()
        .map(|h| {
            let told: Vec<String> = h.told.iter().map(ToString::to_string).collect();
            (h.sure, h.last_sure, format!("{}: {}", h.who, told.join("; ")))
        })
        .collect();
    let first = "server11011.net: from m198p010.dipool.highway.telekom.at [62.46.14.170]; called itself \
                 tester.tld; 2018-09-01 11:55:38 UTC; 2 min 14 s after the line below";
    let second = "server11011.net: from faked.tester.tld [123.45.67.89]; called itself faked.tester.tld; 2018-09-01 \
                  11:53:24 UTC; only claimed";
    assert_eq!(hops, [(true, true, first.to_owned()), (false, false, second.to_owned())]);
    assert!(letter.way.conclusion.to_string().contains("62.46.14.170"), "{}", letter.way.conclusion);
    let weights: Vec<Vec<&str>> =
        letter.parts.iter().map(|p| p.remarks.iter().map(|r| r.weight).collect()).collect();
    assert_eq!(weights[0], ["note", "doubt"]);
    assert!(weights[1].contains(&"contradiction"), "{weights:?}");
    let worth = letter.parts.iter().filter(|p| p.worth.is_some()).count();
    assert_eq!(worth, 3, "each field, and not the body");
    for lang in Lang::ALL {
        let html = shown_to_reader(lang, there.clone()).render().unwrap();
        assert!(
            html.contains("class=\"way\"") && !html.contains("[way-") && !html.contains("[weight-"),
            "{html}"
        );
    }
}

#[test]
fn each_line_has_its_author() {
    let sent = "Received: from faked.tester.tld\r\n (x)\r\nFrom: The Faker <test@tester.tld>\r\n\r\nText\r\n";
    let there = Message::new(sent)
        .stamped("relay.example.tld", "Received: from ws\r\n")
        .stamped("mail.example.tld", "Return-Path: <test@tester.tld>\r\nReceived: from relay\r\n");
    let fragment = shown(there);
    let letter = &fragment.mailboxes[0].folders[0].letters[0];
    let lines: Vec<String> = letter.parts.iter().map(|p| format!("{}: {}", p.by.code(), p.text)).collect();
    assert_eq!(
        lines,
        [
            "own: Return-Path: &lt;test@tester.tld&gt;",
            "own: Received: from relay",
            "other: Received: from ws",
            "imitation: Received: from faked.tester.tld\n (x)",
            "sender: From: The Faker &lt;test@tester.tld&gt;",
            "sender: \nText",
        ]
    );
    let labels: Vec<bool> = letter.parts.iter().map(|p| p.label.is_empty()).collect();
    assert_eq!(labels, [false, true, false, false, false, true]);
    assert_eq!(letter.from.to_string(), "The Faker &lt;test@tester.tld&gt;");
}

#[test]
fn a_hostile_mail_is_only_text() {
    let evil = "<script>alert(1)</script>\u{202e}\u{0}\"'><img src=x onerror=alert(1)>";
    let mut octets = Vec::new();
    for name in ["Received", "From", "To", "Subject", "Date", "X-Any", "Content-Type"] {
        octets.extend_from_slice(format!("{name}: {evil}").as_bytes());
        octets.extend_from_slice(b"\xff\xfe\x80\r\n");
    }
    octets.extend_from_slice(b"\r\n");
    octets.extend_from_slice(evil.as_bytes());
    octets.extend_from_slice(b"\xff\r\n");
    let html = shown(Message::new(octets)).render().unwrap();
    assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    assert!(!html.chars().any(|c| c == '\u{202e}' || (c.is_control() && c != '\n' && c != '\t')));
    assert!(html.contains("&lt;script&gt;") && html.contains("U+202E") && html.contains("0xFF"));
}

#[test]
fn a_huge_message_is_shown_in_part() {
    let fragment = shown(Message::new("a: b\r\n\r\n".to_owned().into_bytes().repeat(200_000)));
    assert!(fragment.render().unwrap().len() < 500_000);
    assert_eq!(fragment.mailboxes[0].folders[0].letters[0].left_out, 1_600_000 - SHOWN_OCTETS);
}

#[test]
fn what_was_removed_is_gone() {
    let (host, mailbox) = ("mail.example.tld".to_owned(), "noname@example.tld".to_owned());
    let folder = "INBOX".to_owned();
    let removed = Event::Removed { host, mailbox, ids: vec![MessageId(1)], folder };
    let entries = [
        delivered(Message::new("a: b\r\n")),
        Entry { n: EventNo(2), event: removed, ..delivered(Message::new("")) },
    ];
    assert_eq!(mailboxes(Ui::of(Lang::En), "/attempts/x", &[], &entries).mailboxes[0].count, 0);
}

/// `folder: id flags` of each message of the only mailbox.
fn lying(events: Vec<Event>) -> Vec<String> {
    let entry = |(n, event)| Entry { n: EventNo(n), at: Time(0), input: InputNo(1), event };
    let entries: Vec<Entry> = (1..).zip(events).map(entry).collect();
    let fragment = mailboxes(Ui::of(Lang::De), "/attempts/x", &[], &entries);
    let mut shown = Vec::new();
    for folder in &fragment.mailboxes[0].folders {
        let flags = |l: &Letter| l.flags.iter().map(|f| format!(" {}", f.name)).collect::<String>();
        let letters: Vec<String> = folder.letters.iter().map(|l| format!("{}{}", l.id, flags(l))).collect();
        shown.push(format!("{}: {}", folder.name, letters.join(", ")));
    }
    shown
}

#[test]
fn folders_and_flags_follow_the_events() {
    let host = || "mail.example.tld".to_owned();
    let mailbox = || "noname@example.tld".to_owned();
    let message = || Message::new("Subject: s\r\n\r\nText\r\n");
    let text = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let came = |n| Event::Delivered {
        id: MessageId(n),
        host: host(),
        mailbox: mailbox(),
        message: message(),
        folder: INBOX.to_owned(),
    };
    let folder = |what| Event::Folder { host: host(), mailbox: mailbox(), what };
    let flagged = |n, folder: &str, flags: &[&str]| Event::Flagged {
        ids: vec![MessageId(n)],
        host: host(),
        mailbox: mailbox(),
        folder: folder.to_owned(),
        flags: text(flags),
    };
    let copied = |n, from: &str, to: &str, moved| Event::Copied {
        ids: vec![MessageId(n)],
        host: host(),
        mailbox: mailbox(),
        from: from.to_owned(),
        to: to.to_owned(),
        moved,
    };
    let named = str::to_owned;
    let mut events = vec![came(1), came(2)];
    assert_eq!(lying(events.clone()), ["INBOX: 2, 1"]);
    events.push(flagged(1, INBOX, &["\\Seen", "lab"]));
    events.push(folder(FolderChange::Created { folder: named("Work/Old") }));
    events.push(folder(FolderChange::Created { folder: named("Trash") }));
    events.push(copied(1, INBOX, "Work/Old", false));
    events.push(copied(2, INBOX, "Trash", true));
    events.push(flagged(1, INBOX, &[]));
    assert_eq!(lying(events.clone()), ["INBOX: 1", "Trash: 2", "Work/Old: 1 \\Seen lab"]);
    events.push(folder(FolderChange::Renamed { from: named("Work"), to: named("A") }));
    events.push(folder(FolderChange::Renamed { from: named(INBOX), to: named("Was inbox") }));
    events.push(folder(FolderChange::Deleted { folder: named("Trash") }));
    assert_eq!(lying(events), ["INBOX: ", "A/Old: 1 \\Seen lab", "Was inbox: 1"]);
}
