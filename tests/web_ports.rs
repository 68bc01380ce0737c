//! The panel for real mail programs: what it shows, and who gets the ports.

mod web_support;

use axum::http::{StatusCode, header};
use helo::lab::{Door, Doors};
use web_support::World;

fn doors() -> Doors {
    let door = |service: &str, port: u16| Door {
        service: service.to_owned(),
        address: ([127, 0, 0, 1], port).into(),
    };
    Doors::new(vec![door("smtp", 4525), door("pop3", 4110), door("imap", 4143)])
}

/// A page whose command lines stand in one piece: each of their words is an element of its own, so that no line ends within it.
fn in_one_piece(page: &str) -> String {
    page.replace("<span>", "").replace("</span>", "")
}

async fn world() -> World {
    let mut world = World::new().await;
    world.site = world.site.clone().with_doors(doors());
    world
}

#[tokio::test]
async fn the_panel_shows_the_ports_that_the_scenario_has() {
    let world = world().await;
    let token = world.begin("send-by-hand").await;
    let page = in_one_piece(&world.get(&format!("/attempts/{token}")).await.text());
    for shown in
        ["id=\"ports\"", "localhost:4525", "localhost:4110", "telnet localhost 4525", "Lead the ports here"]
    {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    assert!(!page.contains("4143"), "the scenario has no IMAP");
    let german = world.get_in(&format!("/attempts/{token}"), "de").await.text();
    assert!(german.contains("Echte Mailprogramme") && german.contains("Ports hierher legen"), "{german}");
}

#[tokio::test]
async fn who_must_sign_in_to_send_is_told_how() {
    let mut world = World::new().await;
    let door = |service: &str, port: u16| Door {
        service: service.to_owned(),
        address: ([127, 0, 0, 1], port).into(),
    };
    let doors = vec![door("submission", 4587), door("imap", 4143), door("imaps", 4993)];
    world.site = world.site.clone().with_doors(Doors::new(doors));
    let token = world.begin("playground").await;
    let page = in_one_piece(&world.get(&format!("/attempts/{token}")).await.text());
    for shown in [
        "swaks --server localhost:4587 --tls --auth --auth-user alice@lab.test --from alice@lab.test --to alice@lab.test",
        "curl smtp://localhost:4587 --ssl-reqd --cacert helo-ca.pem -u alice@lab.test --mail-from alice@lab.test",
        "curl imaps://localhost:4993/ --cacert helo-ca.pem -u alice@lab.test",
        "curl imap://localhost:4143/ --ssl-reqd --cacert helo-ca.pem -u alice@lab.test",
        "openssl s_client -starttls imap -connect localhost:4143",
        "plain, STARTTLS possible",
        "Trust this CA to identify websites",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    let german = world.get_in(&format!("/attempts/{token}"), "de").await.text();
    assert!(german.contains("Klartext, STARTTLS möglich"), "{german}");
    // Elsewhere nobody has to, and nobody is told to.
    let token = world.begin("send-by-hand").await;
    let page = world.get(&format!("/attempts/{token}")).await.text();
    assert!(!page.contains("--auth"), "{page}");
}

#[tokio::test]
async fn without_ports_the_panel_says_so() {
    let world = World::new().await;
    let token = world.begin("send-by-hand").await;
    let page = world.get(&format!("/attempts/{token}")).await.text();
    assert!(page.contains("helo has no mail ports open") && !page.contains("Lead the ports here"), "{page}");
}

#[tokio::test]
async fn a_second_claim_asks_before_it_takes_the_ports_away() {
    let world = world().await;
    let (first, second) = (world.begin("send-by-hand").await, world.begin("send-by-hand").await);
    let pinned = || doors_of(&world);
    let remembered =
        async || world.lab.remembered_pinned().await.unwrap().map(|attempt| attempt.token().to_owned());
    assert_eq!(remembered().await, None);
    let answer = world.post(&format!("/attempts/{first}/ports"), "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers[header::LOCATION], format!("/attempts/{first}#ports"));
    assert_eq!(pinned(), Some(first.clone()));
    assert!(
        world.get(&format!("/attempts/{first}")).await.text().contains("The ports lead into this attempt.")
    );

    let answer = world.post(&format!("/attempts/{second}/ports"), "").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("Take the ports away from another attempt?"));
    assert_eq!(pinned(), Some(first.clone()), "nobody has lost anything yet");
    world.post(&format!("/attempts/{second}/ports/leave"), "").await;
    assert_eq!(pinned(), Some(first.clone()), "only who has them can let go of them");
    assert_eq!(remembered().await, pinned(), "over a restart too");

    let answer = world.post(&format!("/attempts/{second}/ports"), "take=yes").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(pinned(), Some(second.clone()));
    assert_eq!(remembered().await, pinned());
    let page = world.get(&format!("/attempts/{first}")).await.text();
    assert!(page.contains("The ports lead into another attempt at the moment."), "{page}");
    world.post(&format!("/attempts/{second}/ports/leave"), "").await;
    assert_eq!((pinned(), remembered().await), (None, None));
    assert_eq!(world.post("/attempts/nowhere/ports", "").await.status, StatusCode::NOT_FOUND);
}

fn doors_of(world: &World) -> Option<String> {
    world.site.doors().pinned().map(|attempt| attempt.token().to_owned())
}

#[tokio::test]
async fn a_scenario_without_certificates_has_none_to_give() {
    let world = world().await;
    let token = world.begin("first-contact").await;
    let page = world.get(&format!("/attempts/{token}")).await.text();
    assert!(page.contains("Normal password") && !page.contains("Trust this CA"), "{page}");
    assert_eq!(world.get(&format!("/attempts/{token}/ca.pem")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("/attempts/nowhere/ca.pem").await.status, StatusCode::NOT_FOUND);
}
