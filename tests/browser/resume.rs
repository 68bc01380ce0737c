//! Nothing typed is lost: the server is killed in the middle of a letter, and several pages look at one attempt.

use crate::driver::View;
use crate::http::get;
use crate::lab::{Lab, live, tab_to, typed};

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_comes_back_in_the_middle_of_data() {
    let Some(mut lab) = Lab::begin_alone("killed", View::desktop()).await else { return };
    lab.page.expect_trouble("ERR_CONNECTION_REFUSED");
    lab.page.expect_trouble("WebSocket connection to");
    tab_to(&lab.page, "#line").await;
    lab.up_to_data().await;
    lab.enter("Subject: To be continued").await;
    lab.enter("").await;
    lab.enter("before the crash").await;

    lab.helo.kill().await;
    lab.page.wait_for("document.querySelector('#link').dataset.state === 'lost'", "the loss is seen").await;
    lab.page.wait_for("document.querySelector('#notice').innerText !== ''", "a calm banner").await;
    lab.page.type_text("while it was gone").await;
    lab.page.press("Enter").await;
    lab.page.wait_for_text("#terminal-1 .pending", "while it was gone").await;

    lab.helo.start_again().await;
    live(&lab.page).await;
    lab.page
        .wait_for("document.querySelector('#notice').innerText === ''", "the banner goes by itself")
        .await;
    assert_eq!(lab.page.focus().await, "#line", "the focus is where it was");
    lab.enter("after the crash").await;
    lab.enter(".").await;
    lab.page.wait_for_text("#terminal-1", "queued as").await;

    let letter =
        ["Subject: To be continued", "", "before the crash", "while it was gone", "after the crash", "."];
    let shown = typed(&lab.page).await;
    assert_eq!(shown[shown.len() - letter.len()..], letter);
    lab.page.wait_for_text("#mailboxes", "while it was gone").await;
    let transcript = format!("{}/transcript.txt", lab.page.eval::<String>("location.pathname").await);
    let transcript = get(&lab.helo.address, &transcript).await.unwrap().body;
    for line in letter.iter().filter(|line| line.len() > 1) {
        let times = transcript.matches(&format!("C: {line}")).count();
        assert!(times <= 1, "{line:?} stands {times} times in\n{transcript}");
    }
    lab.page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_character_does_not_cost_the_connection() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    // What a cut through a character leaves cannot be said in UTF-8.
    page.eval::<()>("void (document.querySelector('#line').value = 'echo a' + '\\ud83d' + 'b')").await;
    tab_to(page, "#line").await;
    page.press("Enter").await;
    page.wait_for_text("#terminal-1", "a\u{fffd}b").await;
    assert_eq!(page.eval::<String>("document.querySelector('#link').dataset.state").await, "live");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_survives_many_kills_in_a_row() {
    let Some(mut lab) = Lab::begin_alone("kills", View::desktop()).await else { return };
    lab.page.expect_trouble("ERR_CONNECTION_REFUSED");
    lab.page.expect_trouble("ERR_EMPTY_RESPONSE");
    lab.page.expect_trouble("WebSocket connection to");
    lab.page.expect_trouble("ERR_CONNECTION_RESET");
    tab_to(&lab.page, "#line").await;
    lab.up_to_data().await;
    let mut letter = vec!["Subject: Again and again".to_owned(), String::new()];
    for line in &letter {
        lab.enter(line).await;
    }
    for round in 1..=4 {
        let line = format!("line {round}");
        lab.page.type_text(&line).await;
        lab.page.press("Enter").await;
        // Not waited for: it may be half way.
        lab.helo.kill().await;
        lab.helo.start_again().await;
        live(&lab.page).await;
        letter.push(line);
    }
    lab.enter(".").await;
    letter.push(".".to_owned());
    lab.page.wait_for_text("#terminal-1", "queued as").await;
    let shown = typed(&lab.page).await;
    assert_eq!(shown[shown.len() - letter.len()..], letter);
    lab.page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_on_one_attempt_see_the_same() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let other = lab.browser.another(&lab.page, View::desktop()).await;
    tab_to(&lab.page, "#line").await;
    lab.enter("telnet mail.example.org 25").await;
    other.goto(&lab.address().await).await;
    live(&other).await;
    other.wait_for_text("#terminal-1", "220 mail.example.org").await;

    lab.enter("EHLO ws.lab.test").await;
    other.wait_for_text("#terminal-1", "EHLO ws.lab.test").await;
    other.click("#line").await;
    other.type_text("NOOP").await;
    other.press("Enter").await;
    lab.page.wait_for_text("#terminal-1", "NOOP").await;
    lab.enter("QUIT").await;
    for page in [&lab.page, &other] {
        page.wait_for_text("#terminal-1", "221").await;
        page.wait_for(
            "document.querySelector('[data-step=quit]').dataset.done === 'true'",
            "the tick of QUIT",
        )
        .await;
    }
    for part in ["#terminal-1", "#steps", "#points", "#prompt"] {
        assert_eq!(lab.page.text(part).await, other.text(part).await, "{part}");
    }
    lab.page.assert_clean();
    other.assert_clean();
}
