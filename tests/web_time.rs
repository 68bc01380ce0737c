//! The past of an attempt on its pages: steps, mailboxes and views as they were, the replay, the report that quotes the
//! transcript, and the first page that says where to go on.

mod web_support;

use helo::attempt::Input;
use helo::event::Event;
use helo::lab::{About, Handle};
use helo::store::AttemptState;
use helo::units::{EventNo, TermId};
use serde_json::Value;
use web_support::World;

/// A letter at `send-by-hand`, with a slip on the way and a hint; gives the token and the handle.
async fn worked(world: &World) -> (String, Handle) {
    let token = world.begin("send-by-hand").await;
    let handle = world.lab.open(&token).await.unwrap();
    let drawn = handle.subscribe(EventNo(1)).await.unwrap().snapshot.about.drawn.clone().unwrap();
    handle.input(Input::Hint { step: "greet".into() }).await.unwrap();
    for line in [
        "telnet mail.example.org 25",
        "HELLO",
        "EHLO ws.lab.test",
        &format!("MAIL FROM:<{}>", drawn.vars["sender"]),
        &format!("RCPT TO:<{}>", drawn.vars["recipient"]),
        "DATA",
        "Subject: <b>Hello</b>",
        "",
        "Text",
        ".",
        "QUIT",
    ] {
        handle.input(Input::Line { term: TermId(1), text: line.into() }).await.unwrap();
    }
    (token, handle)
}

async fn json(world: &World, path: &str) -> Value {
    let answer = world.get(path).await;
    assert_eq!(answer.status.as_u16(), 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json", "{path}");
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn every_moment_can_be_looked_at() {
    let world = World::new().await;
    let (token, handle) = worked(&world).await;
    let there = handle.subscribe(EventNo(1)).await.unwrap().snapshot;
    let last = there.entries.len() as u64;

    let views = json(&world, &format!("/attempts/{token}/views")).await;
    assert_eq!(views["last"], last);
    let numbers: Vec<u64> =
        views["views"].as_array().unwrap().iter().map(|v| v["n"].as_u64().unwrap()).collect();
    assert!(numbers.len() > 20 && numbers.is_sorted() && numbers.iter().all(|n| *n <= last), "{numbers:?}");

    // Steps come one after the other, and at the end they are what the attempt itself says.
    let done = |steps: &Value| {
        steps["steps"].as_array().unwrap().iter().filter(|s| s["done"].as_bool().unwrap()).count()
    };
    let mut before = 0;
    for n in 0..=last {
        let steps = json(&world, &format!("/attempts/{token}/steps?at={n}")).await;
        let now = done(&steps);
        assert!((before..=before + 1).contains(&now), "at {n} {now} steps are done, before it {before}");
        for step in steps["steps"].as_array().unwrap() {
            for e in step["evidence"].as_array().unwrap().iter().chain(step["said"].as_array().unwrap()) {
                assert!(e["n"].as_u64().unwrap() <= n, "at {n}: {e}");
            }
        }
        before = now;
    }
    assert_eq!(before, there.report.steps.iter().filter(|s| s.done).count());
    let now = json(&world, &format!("/attempts/{token}/steps")).await;
    assert_eq!(now, json(&world, &format!("/attempts/{token}/steps?at=999999")).await);
    assert_eq!(now["points"], there.report.points.to_string());

    let delivered = |e: &&helo::event::Entry| matches!(e.event, Event::Delivered { .. });
    let n = there.entries.iter().find(delivered).unwrap().n.0;
    for (at, there) in [(n - 1, false), (n, true), (last, true)] {
        let mail = world.get(&format!("/attempts/{token}/mailboxes?at={at}")).await.text();
        assert!(mail.contains("class=\"mailbox\""), "{mail}");
        assert_eq!(mail.contains("Hello"), there, "at {at}");
        assert!(!mail.contains("<b>Hello"), "what a learner typed is text");
    }
    for path in ["steps?at=x", "mailboxes?at=-1", "replay?at=last"] {
        assert_eq!(world.get(&format!("/attempts/{token}/{path}")).await.status.as_u16(), 400, "{path}");
    }
    for path in ["steps", "views", "replay", "mailboxes"] {
        assert_eq!(world.get(&format!("/attempts/none/{path}?at=1")).await.status.as_u16(), 404, "{path}");
    }
}

#[tokio::test]
async fn looking_at_the_past_wakes_nothing_and_needs_no_live_attempt() {
    let world = World::new().await;
    let (token, handle) = worked(&world).await;
    let before = handle.subscribe(EventNo(1)).await.unwrap().snapshot;
    drop(handle);
    let world = world.restarted().await;
    let paths =
        ["replay", "replay?at=9", "views", "steps?at=9", "mailboxes?at=9", "report", "transcript.txt"];
    for path in paths {
        let answer = world.get(&format!("/attempts/{token}/{path}")).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}");
    }
    assert_eq!(world.lab.live(), 0, "nobody was woken");
    let past = world.lab.past(&token, None).await.unwrap();
    assert_eq!((&past.entries, &past.report), (&before.entries, &before.report));
    let drawn =
        |about: &About| about.drawn.as_ref().map(|d| (d.vars.clone(), d.steps.clone(), d.brief.clone()));
    assert_eq!(drawn(&past.about), drawn(&before.about));
    assert!(drawn(&past.about).is_some());

    // Frozen, it shows the same.
    let row = world.lab.find(&token).await.unwrap().unwrap();
    world.lab.store().set_state(row.id, AttemptState::Frozen, Some("by hand".to_owned())).await.unwrap();
    for path in paths {
        let answer = world.get(&format!("/attempts/{token}/{path}")).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}");
    }
    let frozen = world.lab.past(&token, Some(EventNo(9))).await.unwrap();
    assert_eq!((frozen.entries.len(), frozen.frozen.is_some()), (9, true));
}

#[tokio::test]
async fn a_replay_is_the_lab_page_with_nothing_to_do() {
    let world = World::new().await;
    let (token, _) = worked(&world).await;
    let page = world.get(&format!("/attempts/{token}/replay?at=12")).await.text();
    assert!(page.contains("data-replay=\"12\"") && page.contains("id=\"time-slider\""), "{page}");
    assert!(page.contains(&format!("name=\"back\" value=\"/attempts/{token}/replay?at=12\"")), "{page}");
    for absent in ["id=\"reset\"", "id=\"pass\"", "id=\"time-now\""] {
        assert!(!page.contains(absent), "{absent}");
    }
    let lab = world.get(&format!("/attempts/{token}")).await.text();
    assert!(!lab.contains("data-replay") && lab.contains("id=\"time-now\"") && lab.contains("id=\"reset\""));
}

#[tokio::test]
async fn the_report_quotes_what_earned_and_what_went_wrong() {
    let world = World::new().await;
    let (token, handle) = worked(&world).await;
    let there = handle.subscribe(EventNo(1)).await.unwrap().snapshot;
    let page = world.get(&format!("/attempts/{token}/report")).await.text();
    for step in &there.report.steps {
        for n in &step.evidence {
            assert!(
                page.contains(&format!("/attempts/{token}/replay?at={n}\"")),
                "{} has no link to {n}",
                step.id
            );
        }
    }
    let earned = there.report.steps.iter().flat_map(|s| &s.evidence).next().unwrap();
    assert!(page.contains(&format!("data-n=\"{earned}\" data-earned=\"true\"")), "{page}");
    // The line before and the line after stand there, as text.
    for line in ["EHLO ws.lab.test", "250-", "Subject: &lt;b&gt;Hello&lt;/b&gt;", "HELLO"] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    let said = there.report.steps.iter().map(|s| s.said.len()).sum::<usize>() + there.report.slips.len();
    assert!(said > 0, "HELLO is a slip that is named");
    assert_eq!(page.matches("class=\"remark\"").count(), said);
    assert!(page.contains("data-said=\"true\""), "{page}");
    // The hint and what it cost.
    assert!(page.contains("class=\"hint\"") && page.contains("1 taken (−"), "{page}");
    assert!(page.contains("Worth another look"), "{page}");
    assert!(page.contains("href=\"/reference#ref-rfc-5321-"), "the rule stands in the reference: {page}");

    let german = world.get_in(&format!("/attempts/{token}/report"), "de").await.text();
    assert!(german.contains("Noch einen Blick wert") && german.contains("1 genommen (−"), "{german}");
}

#[tokio::test]
async fn the_first_page_says_where_to_go_on() {
    let world = World::new().await;
    let new = world.get("/").await.text();
    assert!(new.contains("data-returning=\"false\"") && new.contains("Begin with “First contact”"), "{new}");
    assert!(!new.contains("now-card"), "{new}");
    let ids = |page: &str| -> Vec<String> {
        let cards = page.split("data-scenario=\"").skip(1);
        cards.map(|c| c.split('"').next().unwrap().to_owned()).collect()
    };
    // The curriculum's order, then what stands outside it.
    assert_eq!(ids(&new), ["first-contact", "send-by-hand", "forge-a-sender", "playground"]);
    let filtered = world.get("/?topic=dns").await.text();
    assert_eq!(ids(&filtered), ["forge-a-sender"]);
    assert!(filtered.contains("name=\"back\" value=\"/?topic=dns\""), "another language shows the same");
    assert_eq!(ids(&world.get("/?topic=%3Cscript%3E").await.text()), ids(&new));

    let (token, _) = worked(&world).await;
    let page = world.get("/").await.text();
    assert!(page.contains("data-returning=\"true\""));
    let main = page.split("id=\"list\"").next().unwrap();
    assert!(
        main.contains("data-now=\"open\"") && main.contains(&format!("href=\"/attempts/{token}\"")),
        "{main}"
    );
    assert!(main.contains("data-now=\"next\"") && main.contains("value=\"forge-a-sender\""), "{main}");
    assert!(!main.contains("hero"), "who comes back sees first how far they have come");

    // Begun anew, the old attempt is still to be found.
    world.begin("send-by-hand").await;
    let page = world.get("/").await.text();
    assert!(
        page.contains("Earlier attempts") && page.contains(&format!("/attempts/{token}/report")),
        "{page}"
    );
}
