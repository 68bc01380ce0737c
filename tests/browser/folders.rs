//! The mailbox beside the terminal: folders and flags as they change over IMAP.

use crate::driver::{Browser, View};
use crate::lab::{begin, say};
use crate::process::Helo;
use std::fs;
use std::path::Path;

/// What the flags of a message say, in its row.
const FLAGS: &str = "[...document.querySelectorAll('.folder[data-folder=INBOX] .message')].at(-1).querySelector('.flags').textContent";

#[tokio::test(flavor = "multi_thread")]
async fn a_flag_set_in_the_terminal_shows_in_the_mailbox_at_once() {
    let Some(browser) = Browser::start().await else { return };
    // The mailbox from the start, which the lesson itself keeps back until it was read over IMAP.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-folders-open");
    fs::create_dir_all(&folder).unwrap();
    let lesson = include_str!("../../scenarios/imap-by-hand.toml").replace("hides = [\"mailboxes\"]\n", "");
    fs::write(folder.join("imap-by-hand.toml"), lesson).unwrap();
    let helo = Helo::start_over("browser-folders", &folder).await;
    let page = browser.page(View::desktop()).await;
    begin(&page, &helo, "imap-by-hand").await;
    let brief = page.text("#brief").await.replace('\n', " ");
    let word = |after: &str| {
        let rest = brief.split_once(after).unwrap_or_else(|| panic!("{after} in {brief}")).1;
        rest.split(',').next().unwrap_or_default().trim().to_owned()
    };
    let (user, password) = (word("name "), word("password "));
    assert_eq!(page.count(".message").await, 18);

    say(&page, "telnet imap.example.net 143", "* OK").await;
    say(&page, &format!("a1 login {user} {password}"), "a1 OK").await;
    say(&page, "a2 select inbox", "a2 OK").await;
    say(&page, r"a3 store 1 +flags (\deleted \flagged)", "a3 OK").await;
    page.wait_for(&format!("{FLAGS}.includes('marked for deletion')"), "the flag shows").await;
    let flags = page.eval::<String>(FLAGS).await;
    assert!(flags.contains(r"\Deleted") && flags.contains(r"\Flagged"), "{flags}");
    say(&page, r"a4 store 1 -flags \deleted", "a4 OK").await;
    page.wait_for(&format!("!{FLAGS}.includes('Deleted')"), "the flag is gone again").await;

    // Another folder, made, filled, renamed and deleted.
    say(&page, "a5 create Attic", "a5 OK").await;
    page.wait_for("document.querySelector('.folder[data-folder=Attic]')", "the folder shows").await;
    say(&page, "a6 copy 2:3 Attic", "a6 OK").await;
    let inside = "document.querySelectorAll('.folder[data-folder=Attic] .message').length === 2";
    page.wait_for(inside, "the copies show").await;
    assert_eq!(page.count(".folder[data-folder=INBOX] .message").await, 18, "a copy leaves the original");
    say(&page, "a7 rename Attic Cellar", "a7 OK").await;
    page.wait_for(&inside.replace("Attic", "Cellar"), "the folder has its new name").await;
    assert_eq!(page.count(".folder[data-folder=Attic]").await, 0);

    // What a second terminal does shows as well.
    page.click("#open-terminal").await;
    page.wait_for("document.querySelectorAll('#terminals [role=tab]').length === 2", "another terminal")
        .await;
    say(&page, "telnet imap.example.net 143", "* OK").await;
    say(&page, &format!("b1 login {user} {password}"), "b1 OK").await;
    say(&page, "b2 delete Cellar", "b2 OK").await;
    page.wait_for("!document.querySelector('.folder[data-folder=Cellar]')", "the folder is gone").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_up_says_why_at_a_click() {
    let Some(browser) = Browser::start().await else { return };
    let helo = crate::shared::helo().await;
    let page = browser.page(View::desktop()).await;
    begin(&page, &helo, "playground").await;
    say(&page, "telnet mail.lab.test 143", "* OK").await;
    for line in ["login alice secret", "a1 RETR 1", "a2 LIST 1 2 3"] {
        say(&page, line, line).await;
    }
    page.wait_for_text("#terminal-1", "* BYE Too many invalid IMAP commands.").await;
    let last =
        "[...document.querySelectorAll('#terminal-1 .row[data-who=server]')].at(-1).querySelector('.why')";
    page.wait_for(last, "the last line can be asked about").await;
    page.eval::<serde_json::Value>(&format!("void {last}.click()")).await;
    page.wait_for_text("#terminal-1", "3 mistakes in a row").await;
    page.assert_clean();
}
