//! Real mail programs, the time that passes, and free play: what stands around the terminal.

use crate::driver::{Browser, View};
use crate::lab::{begin, live, say};
use crate::process::Helo;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// The number of the SMTP port, as the panel shows it.
pub(crate) const SMTP: &str = "[...document.querySelectorAll('.ports-list li')].find(l => l.textContent.startsWith('smtp '))\
                    .querySelector('code').textContent.split(':')[1]";

#[tokio::test(flavor = "multi_thread")]
async fn the_ports_lead_where_they_were_put_and_are_not_taken_without_asking() {
    let Some(browser) = Browser::start().await else { return };
    let helo = Helo::start_with_mail("browser-ports").await;
    let page = browser.page(View::desktop()).await;
    let first = begin(&page, &helo, "playground").await;
    page.click("#ports summary").await;
    page.leaving().await;
    page.click("#ports form .button").await;
    page.arrived("the lab again").await;
    live(&page).await;
    page.wait_for_text("#ports .ports-state", "into this attempt").await;
    let port: String = page.eval(SMTP).await;

    // A mail from outside arrives in the page.
    let mut lines = ["220", "250", "250", "250", "354", "250", "221"].iter();
    let stream = TcpStream::connect(format!("127.0.0.1:{port}")).await.unwrap();
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read).lines();
    for said in [
        "",
        "HELO me",
        "MAIL FROM:<a@far.test>",
        "RCPT TO:<alice@lab.test>",
        "DATA",
        "Subject: hi\r\n\r\n.",
        "QUIT",
    ] {
        if !said.is_empty() {
            write.write_all(format!("{said}\r\n").as_bytes()).await.unwrap();
        }
        let answer = read.next_line().await.unwrap().unwrap();
        assert!(answer.starts_with(lines.next().unwrap()), "{said:?}: {answer}");
    }
    page.wait_for_text("[data-mailbox='alice@lab.test']", "hi").await;

    // Another attempt has to ask, and may leave it be.
    begin(&page, &helo, "send-by-hand").await;
    page.click("#ports summary").await;
    page.wait_for_text("#ports .ports-state", "into another attempt").await;
    page.leaving().await;
    page.click("#ports form .button").await;
    page.arrived("the question").await;
    page.wait_for_text("h1", "Take the ports away").await;
    assert!(page.text("main").await.contains("lose their connection"));
    page.leaving().await;
    page.click("a.button").await;
    page.arrived("the lab, without the ports").await;
    live(&page).await;
    page.wait_for(
        "document.querySelector('#ports .ports-state').textContent.includes('another')",
        "not taken",
    )
    .await;
    if !page.eval::<bool>("document.querySelector('#ports').open").await {
        page.click("#ports summary").await;
    }
    page.leaving().await;
    page.click("#ports form .button").await;
    page.arrived("the question again").await;
    page.leaving().await;
    page.click(".button.primary").await;
    page.arrived("the lab with the ports").await;
    page.wait_for_text("#ports .ports-state", "into this attempt").await;
    page.goto(&helo.url(&format!("/attempts/{first}"))).await;
    page.wait_for("document.querySelector('#ports .ports-state').textContent.includes('another')", "taken")
        .await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn free_play_counts_nothing_and_time_passes_at_a_click() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::desktop()).await;
    let token = begin(&page, &helo, "playground").await;
    for place in ["lab", "catalogue", "report"] {
        match place {
            "catalogue" => page.goto(&helo.url("/")).await,
            "report" => page.goto(&helo.url(&format!("/attempts/{token}/report"))).await,
            _ => {}
        }
        let text = match place {
            "catalogue" => page.text("[data-scenario=playground]").await,
            _ => page.eval("document.body.innerText").await,
        };
        assert!(
            !text.contains("points") || place == "report" && text.contains("no points"),
            "{place}: {text}"
        );
        assert!(!text.contains("All done"), "{place}: {text}");
    }

    page.goto(&helo.url(&format!("/attempts/{token}"))).await;
    live(&page).await;
    say(&page, "date", ":").await;
    let dates = "[...document.querySelectorAll('#terminal-1 .row:not([data-who=you])')]\
                 .flatMap(r => r.textContent.match(/[0-9]{1,2}:[0-9]{2}:[0-9]{2}/) ?? [])";
    page.wait_for(&format!("{dates}.length === 1"), "the first date").await;
    page.click("[data-pass='3600']").await;
    page.wait_for_text("#notice", "Time has passed").await;
    say(&page, "date", ":").await;
    page.wait_for(&format!("{dates}.length === 2"), "the second date").await;
    let shown: Vec<String> = page.eval(dates).await;
    let seconds = |clock: &str| clock.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u32>().unwrap());
    let (before, after) = (seconds(&shown[0]), seconds(&shown[1]));
    let passed = (after + 24 * 3600 - before) % (24 * 3600);
    assert!((3600..3660).contains(&passed), "{shown:?}");
    page.assert_clean();
}
