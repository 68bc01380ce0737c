//! What a step keeps back with `hides` is nowhere to be had until it is done, and then everywhere.

mod web_support;

use helo::attempt::Input;
use helo::event::Event;
use helo::units::{EventNo, TermId};
use web_support::World;

/// The letter that lies there names the answer, and so does the fault.
const SCENARIO: &str = r#"
format = 1
id = "kept"
title = { en = "Kept back", de = "Zurückgehalten" }
topics = ["pop3"]
minutes = 1
brief = { en = "Anna, tulpe.", de = "Anna, tulpe." }

[[host]]
name = "mail.example.org"
ip = "192.0.2.25"
domains = ["example.org"]
smtp = { style = "postfix" }
pop3 = {}
open = true

[[domain]]
name = "example.org"
records = ["@ MX 10 mail.example.org."]

[[mailbox]]
address = "anna@example.org"
password = "tulpe"
messages = [{ file = "letter.eml" }]

[files]
"letter.eml" = """
From: bert@example.org
Subject: the code is windmill

windmill
"""

[[fault]]
id = "grumpy"
on = "mail.example.org:25"
reply = { at = "mail", code = 451 }

[[step]]
id = "code"
title = { en = "The code", de = "Der Code" }
ask = { en = "Which code?", de = "Welcher Code?" }
answer = { text = "windmill" }
hides = ["mailboxes", "settings", "ports", "analysis"]

[[step]]
id = "again"
title = { en = "Once more", de = "Noch einmal" }
ask = { en = "Who wrote it?", de = "Wer hat ihn geschrieben?" }
answer = { text = "bert" }
hides = ["mailboxes"]

[[step]]
id = "authors"
title = { en = "The authors", de = "Die Urheber" }
ask = { en = "Who wrote the lines?", de = "Wer hat die Zeilen geschrieben?" }
answer = { text = "somebody" }
hides = ["analysis"]

[[step]]
id = "fault"
title = { en = "The fault", de = "Der Fehler" }
ask = { en = "What is wrong?", de = "Was ist los?" }
answer = { text = "grumpy" }
hides = ["faults"]
"#;

async fn all(world: &World, token: &str, what: &str) -> String {
    let answer = world.get(&format!("/attempts/{token}/{what}")).await;
    assert_eq!(answer.status.as_u16(), 200, "{what}: {}", answer.text());
    answer.text()
}

#[tokio::test]
async fn it_shows_once_its_step_is_done() {
    let world = World::with("kept.toml", SCENARIO).await;
    let token = world.begin("kept").await;
    let handle = world.lab.open(&token).await.unwrap();
    let line = |text: &str| handle.input(Input::Line { term: TermId(1), text: text.into() });
    for text in ["telnet mail.example.org 25", "HELO x", "MAIL FROM:<a@b.test>", "QUIT"] {
        line(text).await.unwrap();
    }

    const PLACES: [&str; 5] =
        ["mailboxes", "views", "transcript.txt", "transcript.json", "eavesdropper?conn=1"];
    for place in PLACES {
        let shown = all(&world, &token, place).await;
        assert!(!shown.contains("windmill"), "{place}: {shown}");
        assert!(!shown.contains("grumpy"), "{place}: {shown}");
    }
    let kept = all(&world, &token, "mailboxes").await;
    assert!(kept.contains("data-kept-back") && kept.contains("The code"), "{kept}");
    let network = all(&world, &token, "network").await;
    assert!(network.contains("data-kept-back") && !network.contains("smtpd_banner"), "{network}");
    assert!(network.contains("data-port=\"25\"") && !network.contains("data-port=\"110\""), "{network}");
    let steps: serde_json::Value = serde_json::from_str(&all(&world, &token, "steps").await).unwrap();
    assert_eq!(steps["hidden"], serde_json::json!(["analysis", "faults", "mailboxes", "ports", "settings"]));
    let entries = handle.subscribe(EventNo(1)).await.unwrap().snapshot.entries;
    let letter = entries.iter().find(|e| matches!(e.event, Event::Present { .. })).unwrap().n;
    let letter = format!("/attempts/{token}/messages/{}", letter.0);
    assert_eq!(world.get(&letter).await.status.as_u16(), 404);

    let answer =
        |step: &str, text: &str| handle.input(Input::Answer { step: step.into(), text: text.into() });
    answer("code", "windmill").await.unwrap();
    // The next step that keeps them back is named.
    let kept = all(&world, &token, "mailboxes").await;
    assert!(kept.contains("Once more") && !kept.contains("The code"), "{kept}");
    answer("again", "bert").await.unwrap();
    let shown = all(&world, &token, "mailboxes").await;
    assert!(shown.contains("windmill") && !shown.contains("data-by="), "{shown}");
    assert!(!shown.contains("class=\"by\""), "{shown}");
    answer("authors", "somebody").await.unwrap();
    answer("fault", "grumpy").await.unwrap();
    let shown = all(&world, &token, "mailboxes").await;
    assert!(
        shown.contains("windmill") && shown.contains("data-by=") && shown.contains("class=\"by\""),
        "{shown}"
    );
    assert!(all(&world, &token, "transcript.txt").await.contains("grumpy"));
    let views = all(&world, &token, "views").await;
    assert!(views.contains("\"kind\":\"fault\""), "{views}");
    let network = all(&world, &token, "network").await;
    assert!(network.contains("smtpd_banner") && network.contains("data-port=\"110\""), "{network}");
    assert_eq!(world.get(&letter).await.status.as_u16(), 200);
    let steps: serde_json::Value = serde_json::from_str(&all(&world, &token, "steps").await).unwrap();
    assert!(steps["hidden"].is_null(), "{steps}");
}

/// Letters that are signed and encrypted, and a step that asks what to make of them.
const SEALED: &str = r#"
format = 1
id = "sealed"
title = { en = "Sealed", de = "Versiegelt" }
minutes = 1
brief = { en = "x", de = "x" }

[[host]]
name = "mail.example.org"
ip = "192.0.2.25"
domains = ["example.org"]
smtp = { style = "postfix" }
open = true

[[mail_certificate]]
address = "anna@example.org"
name = "Anna"

[[mail_certificate]]
address = "bert@example.org"
name = "Bert"
certificate = "unknown-issuer"

[[mailbox]]
address = "anna@example.org"
password = "tulpe"
messages = [
  { from = "anna@example.org", subject = "Holds", body = "4711", smime = { sign = "anna@example.org" } },
  { from = "anna@example.org", subject = "Inside", body = "inside 4711", smime = { sign = "anna@example.org", opaque = true } },
  { from = "anna@example.org", subject = "Changed", body = "4711", smime = { sign = "anna@example.org", change = { from = "4711", to = "4171" } } },
  { from = "boss@example.org", subject = "Other", body = "4711", smime = { sign = "anna@example.org" } },
  { from = "bert@example.org", subject = "Foreign", body = "4711", smime = { sign = "bert@example.org" } },
  { from = "bert@example.org", subject = "For two", body = "4711", smime = { encrypt = ["anna@example.org", "bert@example.org"] } },
  { from = "bert@example.org", subject = "Neither", body = "4711" },
]

[[step]]
id = "which"
title = { en = "Which one?", de = "Welcher?" }
ask = { en = "Which one holds?", de = "Welcher hält?" }
answer = { text = "the first" }
hides = ["analysis"]
"#;

/// By subject: the verdict and its mood, what is said of it in English and in German.
const SEALS: [(&str, &str, &str, &str, &str); 6] = [
    ("Holds", "valid", "good", "The signature holds", "Die Signatur hält"),
    (
        "Inside",
        "valid",
        "good",
        "Signed by O = helo, CN = Anna, for anna@example.org",
        "für anna@example.org; das Zertifikat hat",
    ),
    (
        "Changed",
        "content-changed",
        "bad",
        "The text is not the one that was signed",
        "nicht der Text, der unterschrieben wurde",
    ),
    (
        "Other",
        "other-sender",
        "bad",
        "it is from boss@example.org, but the certificate is for anna@example.org",
        "von boss@example.org zu sein, das Zertifikat gilt aber für anna@example.org",
    ),
    (
        "Foreign",
        "unknown-issuer",
        "bad",
        "Nobody here knows who issued the certificate",
        "Wer das Zertifikat ausgestellt hat",
    ),
    (
        "For two",
        "encrypted",
        "open",
        "Encrypted for anna@example.org, bert@example.org.",
        "Verschlüsselt für anna@example.org, bert@example.org.",
    ),
];

#[tokio::test]
async fn what_a_reader_finds_out_about_a_seal_is_told_once_nobody_asks_for_it() {
    let world = World::with("sealed.toml", SEALED).await;
    let token = world.begin("sealed").await;
    let mailboxes = format!("/attempts/{token}/mailboxes");
    let kept = all(&world, &token, "mailboxes").await;
    assert!(kept.contains("For two") && kept.contains("inside 4711"), "{kept}");
    assert!(!kept.contains("data-verdict"), "{kept}");
    for (_, result, _, en, _) in SEALS {
        assert!(!kept.contains(en) && !kept.contains(&format!("<code>{result}</code>")), "{kept}");
    }
    let handle = world.lab.open(&token).await.unwrap();
    handle.input(Input::Answer { step: "which".into(), text: "the first".into() }).await.unwrap();
    for lang in ["en", "de"] {
        let shown = world.get_in(&mailboxes, lang).await.text();
        for (subject, result, mood, en, de) in SEALS {
            let letter = shown
                .split("<details class=\"message")
                .find(|part| part.contains(&format!("Subject: {subject}")));
            let letter = letter.unwrap_or_else(|| panic!("no {subject} in {shown}"));
            let text = if lang == "en" { en } else { de };
            assert!(letter.contains(&format!("data-verdict=\"smime\" data-mood=\"{mood}\"")), "{letter}");
            assert!(letter.contains(&format!("<code>{result}</code>")) && letter.contains(text), "{letter}");
        }
        assert_eq!(shown.matches("data-verdict=").count(), SEALS.len(), "none on what is neither");
    }
}
