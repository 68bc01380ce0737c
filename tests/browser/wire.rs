//! The Wire tab: the conversation of all hosts, what can be read on the way, and the octets.

use crate::driver::{Browser, Page, View};
use crate::hostile::harmless;
use crate::lab::{begin, live, say};
use crate::learner::Learner;
use crate::looks::check;
use crate::process::Helo;

/// The playground with the Wire tab open; `None` where there is no Chromium.
async fn playground(view: View) -> Option<(Browser, Helo, Page, String)> {
    let browser = Browser::start().await?;
    let helo = crate::shared::helo().await;
    let page = browser.page(view).await;
    let token = begin(&page, &helo, "playground").await;
    if view.phone {
        page.click("#panes [data-pane=inspector]").await;
    }
    page.click("#tab-wire").await;
    Some((browser, helo, page, token))
}

/// Does this at the workstation, as another page would.
async fn work(helo: &Helo, token: &str, lines: &[&str]) {
    let mut learner = Learner::new(&helo.address, token, "wire");
    learner.connect().await.unwrap();
    for line in lines {
        learner.line(line).await.unwrap();
    }
    learner.settle().await.unwrap();
}

/// Waits until such a row is drawn.
async fn row(page: &Page, selector: &str) {
    let there =
        format!("document.querySelector({})", crate::driver::quoted(&format!("#wire-rows > {selector}")));
    page.wait_for(&there, selector).await;
}

/// A mail over TLS to a provider that passes it on.
const OVER_TLS: &str = "swaks --server mail.lab.test:587 --tls --auth PLAIN --auth-user alice --auth-password secret \
                        --from alice@lab.test --to dave@far.test";

#[tokio::test(flavor = "multi_thread")]
async fn every_leg_is_drawn_while_it_happens() {
    let Some((_browser, _helo, page, _)) = playground(View::desktop()).await else { return };
    page.click("#inspector-wide").await;
    assert!(page.eval::<bool>("!document.querySelector('#wire-none').hidden").await, "nothing was said yet");
    say(&page, OVER_TLS, "queued as").await;
    row(&page, ".w[data-note=delivered]").await;

    let heads = "[...document.querySelectorAll('#wire-hosts b')].map(e => e.textContent)";
    let heads: Vec<String> = page.eval(heads).await;
    assert_eq!(
        heads,
        ["your workstation", "mail.lab.test", "mail.far.test", "name server"],
        "as they came, DNS last"
    );
    let ports = page.text("#wire-hosts li:nth-child(2)").await;
    assert!(ports.contains(":587") && ports.contains("198.51.100.25"), "{ports}");

    // The second leg, which nobody has typed.
    let leg = "[...document.querySelectorAll('.w')].filter(w => w.querySelector('.w-who')?.textContent.startsWith('mail.lab.test → mail.far.test'))";
    assert!(page.eval::<usize>(&format!("{leg}.length")).await > 4);
    let all: String = page.eval(&format!("{leg}.map(w => w.textContent).join()")).await;
    for part in ["EHLO mail.lab.test", "STARTTLS", "TLSv1.3", "MAIL FROM:<alice@lab.test>", "message, "] {
        assert!(all.contains(part), "{part} is on the second leg: {all}");
    }

    // What is under TLS is told apart, in words too.
    let plain = "[...document.querySelectorAll('.w:not([data-tls]) .w-say')].map(e => e.textContent).join()";
    let plain: String = page.eval(plain).await;
    assert!(plain.contains("STARTTLS") && !plain.contains("AUTH PLAIN A"), "{plain}");
    let encrypted = "[...document.querySelectorAll('.w[data-tls] .w-who')].every(e => e.textContent.includes('encrypted'))";
    assert!(page.eval::<bool>(encrypted).await);
    assert!(page.eval::<usize>("document.querySelectorAll('.w[data-kind=dns]').length").await >= 2);

    // Arrows lead from the middle of one column to that of another.
    let ends = "(w => { const mid = n => { const r = document.querySelectorAll('#wire-hosts li')[n].getBoundingClientRect(); return r.x + r.width / 2; }; \
                const a = w.querySelector('.w-arrow').getBoundingClientRect(); return [a.left - mid(1), a.right - mid(2)]; })";
    let [left, right]: [f64; 2] = page.eval(&format!("{ends}({leg}[0])")).await;
    assert!(left.abs() < 2.0 && right.abs() < 2.0, "{left} {right}");
    let end = "(b => b.scrollHeight - b.scrollTop - b.clientHeight)(document.querySelector('#wire-talk'))";
    page.wait_for(&format!("{end} < 4"), "the newest is in view").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_one_arrow_that_opens() {
    let Some((_browser, _helo, page, _)) = playground(View::desktop()).await else { return };
    say(&page, "telnet mail.lab.test 25", "220 ").await;
    for (line, answer) in [
        ("EHLO ws.lab.test", "250 "),
        ("MAIL FROM:<alice@lab.test>", "2.1.0"),
        ("RCPT TO:<nobody@lab.test>", "5.1.1"),
        ("RCPT TO:<bob@lab.test>", "2.1.5"),
        ("DATA", "354"),
        ("Subject: one arrow", "one arrow"),
        ("", ""),
        ("..two dots", "two dots"),
        (".", "queued as"),
    ] {
        say(&page, line, answer).await;
    }
    row(&page, ".w[data-kind=letter]").await;
    page.wait_for("document.querySelectorAll('.w[data-class=no]').length === 1", "the refusal").await;
    let refused = page.text(".w[data-class=no]").await;
    assert!(refused.contains("refused") && refused.contains("nobody@lab.test"), "in words: {refused}");
    assert_eq!(page.count(".w[data-kind=letter]").await, 1, "four lines, one arrow");
    let size = "Subject: one arrow\r\n\r\n..two dots\r\n.\r\n".len();
    page.wait_for_text(".w[data-kind=letter] .w-say", &format!("message, {size} octets")).await;
    page.click(".w[data-kind=letter] .w-say").await;
    page.wait_for_text(".w[data-kind=letter] .w-more pre", "..two dots").await;
    page.wait_for_text("#terminal-1 .row.lit", "Subject: one arrow").await;
    // And back: a line of the terminal shows its arrow.
    let typed = "[...document.querySelectorAll('#terminal-1 .row')].find(r => r.textContent.includes('RCPT TO:<bob'))";
    page.eval::<()>(&format!("{typed}.querySelector('.said-line').click()")).await;
    page.wait_for_text("#wire-rows .lit", "RCPT TO:<bob@lab.test>").await;

    page.click(".w[data-kind=letter] .w-actions .button:nth-of-type(2)").await;
    page.wait_for_text("#wire-bytes", &format!("{size} octets")).await;
    assert_eq!(page.count("#wire-bytes .hex [data-kind=stuffed]").await, 1);
    assert_eq!(page.count("#wire-bytes .hex [data-kind=end]").await, 1);
    let ends: String = page.eval("[...document.querySelectorAll('#wire-bytes .hex [data-kind=eol]')].map(e => e.textContent).join()").await;
    assert_eq!(ends, "0d 0a,0d 0a,0d 0a,0d 0a");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_eavesdropper_reads_what_is_not_encrypted() {
    let Some((_browser, helo, page, token)) = playground(View::desktop()).await else { return };
    let in_the_clear = OVER_TLS.replace(" --tls", "").replace("far.test", "example.test");
    work(&helo, &token, &[OVER_TLS, &in_the_clear]).await;
    page.click("#wire-modes [data-mode=ears]").await;
    page.wait_for("document.querySelectorAll('#wire-ears .talk').length === 4", "four connections").await;
    let talk = |n: usize| format!("#wire-ears li[data-conn='{n}']");
    let [first, third] = [page.text(&talk(1)).await, page.text(&talk(3)).await];
    assert!(first.contains("Saw who talks to whom") && !first.contains("alice"), "{first}");
    assert!(third.contains("name and password of alice; one letter"), "{third}");

    page.click(&format!("{} button", talk(3))).await;
    page.wait_for_text("#wire-ears .heard", "alice and secret").await;
    let chosen = "document.querySelector('#wire-filter').value";
    assert_eq!(page.eval::<String>(chosen).await, "conn:3", "the filter follows");
    page.eval::<()>("(f => { f.value = 'conn:1'; f.dispatchEvent(new Event('change')); })(document.querySelector('#wire-filter'))").await;
    page.wait_for_text("#wire-ears .heard", "ciphertext").await;
    let all = page.text("#wire-ears").await;
    assert!(!all.contains("secret") && !all.contains("AUTH PLAIN A") && !all.contains("RCPT"), "{all}");
    assert!(
        all.contains("EHLO ws.lab.test") && all.contains("TLSv1.3"),
        "what comes before TLS is read: {all}"
    );
    assert!(page.count("#wire-ears .records li").await > 4, "each record has its size");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_connection_alone_can_be_chosen() {
    let Some((_browser, helo, page, token)) = playground(View::desktop()).await else { return };
    work(&helo, &token, &[OVER_TLS]).await;
    row(&page, ".w[data-note=delivered]").await;
    let choose = |value: &str| {
        format!(
            "(f => {{ f.value = '{value}'; f.dispatchEvent(new Event('change')); }})(document.querySelector('#wire-filter'))"
        )
    };
    let shown = "[...document.querySelectorAll('#wire-hosts li')].filter(e => !e.hidden).map(e => e.querySelector('b').textContent)";
    page.eval::<()>(&choose("conn:2")).await;
    assert_eq!(page.eval::<Vec<String>>(shown).await, ["mail.lab.test", "mail.far.test"]);
    let who = "[...document.querySelectorAll('.w:not([hidden]) .w-who')].every(e => !e.textContent.includes('workstation'))";
    assert!(page.eval::<bool>(who).await, "the rows of the other connection are gone");
    assert_eq!(
        page.count(".w:not([hidden])[data-note=delivered]").await,
        1,
        "what became of its letter stays"
    );
    page.eval::<()>(&choose("host:ws.lab.test")).await;
    assert_eq!(page.eval::<Vec<String>>(shown).await, ["your workstation", "mail.lab.test", "name server"]);
    page.eval::<()>(&choose("")).await;
    assert_eq!(page.eval::<usize>(&format!("{shown}.length")).await, 4);
    // Decisions and questions can be folded away.
    assert!(!page.eval::<bool>("document.querySelector('[data-kind=policy]').checkVisibility()").await);
    page.click("#wire-dns").await;
    assert!(!page.eval::<bool>("document.querySelector('[data-kind=dns]').checkVisibility()").await);
    assert_eq!(
        page.eval::<usize>(&format!("{shown}.length")).await,
        3,
        "nor has the name server a column then"
    );
    page.click("#wire-policy").await;
    assert!(page.eval::<bool>("document.querySelector('[data-kind=policy]').checkVisibility()").await);
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wire_is_read_by_keyboard_alone() {
    let Some((_browser, _helo, page, _)) = playground(View::desktop()).await else { return };
    say(&page, "telnet mail.lab.test 110", "+OK").await;
    say(&page, "user alice", "+OK").await;
    say(&page, "pass wrong", "-ERR").await;
    row(&page, ".w[data-class=no]").await;
    page.eval::<()>("document.querySelector('#tab-wire').focus()").await;
    crate::lab::tab_to(&page, ".w-say").await;
    let here = "document.activeElement.closest('.w')?.textContent";
    assert!(page.eval::<String>(here).await.contains("-ERR"), "Tab stops at the newest");
    for (key, text) in [
        ("ArrowUp", "pass wrong"),
        ("ArrowUp", "+OK"),
        ("Home", "DNS: A mail.lab.test"),
        ("End", "-ERR"),
        ("ArrowUp", "pass wrong"),
    ] {
        page.press(key).await;
        let now = page.eval::<String>(here).await;
        assert!(now.contains(text), "{key}: {now}");
    }
    page.press("Enter").await;
    page.wait_for("document.querySelector('.w-more')", "it opens").await;
    assert_eq!(page.eval::<String>("document.activeElement.getAttribute('aria-expanded')").await, "true");
    page.press("Tab").await;
    assert_eq!(page.eval::<String>("document.activeElement.textContent").await, "In the terminal");
    page.press("Enter").await;
    assert_eq!(page.focus().await, "#terminal-1");
    page.wait_for_text("#terminal-1 .row.lit", "pass wrong").await;

    // What a screen reader gets: a list in which each item says who spoke to whom.
    let tree = page.accessibility().await;
    assert!(tree.iter().any(|n| n.role == "list" && n.name == "The conversation of all hosts"));
    let item: String = page.eval("document.querySelector('.w[data-class=no]').textContent").await;
    assert!(item.contains("mail.lab.test → your workstation") && item.contains("refused"), "{item}");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hosts_say_is_text_on_every_view() {
    let Some((_browser, helo, page, token)) = playground(View::desktop()).await else { return };
    let script = "<script>window.attacked = 1</script><img src=x onerror=window.attacked=2>";
    let hostile = format!(
        r"EHLO {script}\r\nMAIL FROM:<alice@lab.test>\r\nRCPT TO:<bob@lab.test>\r\nDATA\r\nSubject: {script}\xe2\x80\xaegpj.exe\033[2J\377\r\n\r\n\033]0;t\007\r\n.\r\nAUTH PLAIN AGE8c2NyaXB0PgBiPGltZz4=\r\n{script}\r\n"
    );
    work(
        &helo,
        &token,
        &[
            &format!("printf '{hostile}' | nc mail.lab.test 25"),
            &format!("printf '{script}\\r\\n' | nc mail.lab.test 110"),
        ],
    )
    .await;
    row(&page, ".w[data-class=no]").await;
    harmless(&page, "the conversation").await;
    page.click(".w[data-by=client][data-kind=octets] .w-say").await;
    page.wait_for_text(".w-more", "U+001B").await;
    harmless(&page, "an arrow that is open").await;
    for mode in ["ears", "bytes"] {
        page.click(&format!("#wire-modes [data-mode={mode}]")).await;
        page.eval::<()>("(f => { f.value = 'conn:1'; f.dispatchEvent(new Event('change')); })(document.querySelector('#wire-filter'))").await;
        page.wait_for(&format!("document.querySelector('#wire-{mode}').textContent.length > 500"), mode)
            .await;
        harmless(&page, mode).await;
    }
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_looks_right_in_both_themes_and_at_three_widths() {
    let Some((_browser, helo, page, token)) = playground(View::desktop()).await else { return };
    work(
        &helo,
        &token,
        &[
            OVER_TLS,
            "telnet mail.lab.test 25",
            "EHLO ws.lab.test",
            "FOO",
            "AUTH PLAIN AGFsaWNlAHNlY3JldA==",
            "QUIT",
        ],
    )
    .await;
    let narrow = View { size: (320, 640), ..View::phone() };
    for view in [View::desktop(), View::phone(), narrow] {
        for view in [view, view.dark()] {
            page.look(view).await;
            page.goto(&helo.url(&format!("/attempts/{token}"))).await;
            live(&page).await;
            if view.phone {
                page.click("#panes [data-pane=inspector]").await;
            }
            row(&page, ".w[data-class=no]").await;
            page.click(".w[data-class=no] .w-say").await;
            check(&page, &format!("conversation {view:?}")).await;
            for mode in ["ears", "bytes"] {
                page.click(&format!("#wire-modes [data-mode={mode}]")).await;
                page.eval::<()>("(f => { f.value = 'conn:1'; f.dispatchEvent(new Event('change')); })(document.querySelector('#wire-filter'))").await;
                page.wait_for(
                    &format!("document.querySelector('#wire-{mode}').textContent.length > 500"),
                    mode,
                )
                .await;
                check(&page, &format!("{mode} {view:?}")).await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_events_are_no_burden() {
    let Some((_browser, helo, page, token)) = playground(View::desktop()).await else { return };
    let mut lines = vec!["telnet mail.lab.test 110", "USER alice", "PASS secret"];
    lines.extend(std::iter::repeat_n("STAT", 400));
    work(&helo, &token, &lines).await;
    page.wait_for("document.querySelectorAll('.w').length > 800", "all is drawn").await;
    // One more line: as much as it takes to draw it and to lay it out.
    page.eval::<()>(
        "window.took = 0; (add => { Node.prototype.append; const box = document.querySelector('#wire-rows'); \
         box.append = function (...all) { const from = performance.now(); add.apply(box, all); box.getBoundingClientRect(); \
         window.took = performance.now() - from; }; })(document.querySelector('#wire-rows').append)",
    )
    .await;
    say(&page, "STAT", "+OK").await;
    page.wait_for("window.took > 0", "it is drawn").await;
    let took: f64 = page.eval("window.took").await;
    assert!(took < 50.0, "a row more takes {took} ms");
    page.assert_clean();
}
