//! What makes the field a console: Tab, the search in what was printed, the copy of it, keys as octets, and buttons for
//! what a tablet's keyboard lacks.

use crate::driver::{Page, View};
use crate::lab::{Lab, begin, live, say, tab_to};

const FIELD: &str = "document.querySelector('#line').value";
const REFUSED_ONCE: &str = "[...document.querySelectorAll('.row[data-class=no]')].length === 1";

/// Pastes a text into the field.
async fn paste(page: &Page, text: &str) {
    page.eval::<()>(&format!(
        "(() => {{ const data = new DataTransfer(); data.setData('text/plain', {}); \
         document.querySelector('#line').dispatchEvent(new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}})); }})()",
        crate::driver::quoted(text)
    ))
    .await;
}

async fn field(page: &Page) -> String {
    page.eval(FIELD).await
}

/// Empties the field and types.
async fn afresh(page: &Page, text: &str) {
    page.eval::<()>("(field => { field.focus(); field.select(); })(document.querySelector('#line'))").await;
    page.press("Delete").await;
    page.type_text(text).await;
}

/// Types a text, presses Tab, and waits for what the field holds then.
async fn completes(page: &Page, text: &str, becomes: &str) {
    afresh(page, text).await;
    page.press("Tab").await;
    page.wait_for(
        &format!("{FIELD} === {}", crate::driver::quoted(becomes)),
        &format!("{text:?} + Tab gives {becomes:?}"),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_completes_as_bash_does() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    completes(page, "teln", "telnet ").await;
    // The brief names the server.
    completes(page, "telnet mai", "telnet mail.example.org ").await;
    page.type_text("sub").await;
    page.press("Tab").await;
    page.wait_for(&format!("{FIELD} === 'telnet mail.example.org submission'"), "what all have in common")
        .await;
    page.wait_for_text("#completions", "2").await;
    page.press("Tab").await;
    page.wait_for("document.querySelectorAll('#completions li').length === 2", "the second Tab lists them")
        .await;
    assert_eq!(page.focus().await, "#line");
    page.type_text("s").await;
    assert_eq!(page.text("#completions").await, "", "who types on sees the list no more");
    page.press("Backspace").await;
    page.press("Tab").await;
    page.press("Tab").await;
    page.wait_for("document.querySelector('#completions button')", "the list again").await;
    page.click("#completions li:last-child button").await;
    page.wait_for(&format!("{FIELD} === 'telnet mail.example.org submissions '"), "one was chosen").await;
    // In the middle of a line only the word before the cursor is looked at.
    afresh(page, "tel 25").await;
    for _ in 0..3 {
        page.press("ArrowLeft").await;
    }
    page.press("Tab").await;
    page.wait_for(&format!("{FIELD} === 'telnet  25'"), "what stands behind the cursor stays").await;

    afresh(page, "").await;
    lab.enter("telnet mail.example.org 25").await;
    page.wait_for_text("#terminal-1", "220").await;
    completes(page, "eh", "ehlo ").await;
    afresh(page, "").await;
    lab.enter("EHLO ws.lab.test").await;
    page.wait_for_text("#terminal-1", "250 ").await;
    completes(page, "MAIL F", "MAIL FROM:<").await;
    let before = page.count(".row").await;
    let begun = format!("RCPT TO:<{}", &lab.recipient[..4]);
    completes(page, &begun, &format!("RCPT TO:<{}>", lab.recipient)).await;
    assert_eq!(page.count(".row").await, before, "asking is no input");
    // Neither has it left a trace: a page that is loaded anew shows the same.
    page.goto(&lab.address().await).await;
    live(page).await;
    assert_eq!(page.count(".row").await, before);
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_keeps_nobody_in_the_field() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    for (text, tabs) in [("", 1), ("   ", 1), ("no such thing", 2), ("h", 3)] {
        afresh(page, text).await;
        for n in 1..=tabs {
            assert_eq!(page.focus().await, "#line", "{text:?} before Tab {n}");
            page.press("Tab").await;
            let told = if n == 1 {
                "document.querySelector('#completions').textContent"
            } else {
                "document.querySelector('#completions li')"
            };
            if n < tabs {
                page.wait_for(told, "the answer has come").await;
            }
        }
        page.wait_for(
            "document.activeElement.id !== 'line'",
            &format!("{text:?}: {tabs} times Tab leaves the field"),
        )
        .await;
    }
    for leave in ["Escape", "Shift+Tab"] {
        afresh(page, "hel").await;
        page.press(leave).await;
        assert_ne!(page.focus().await, "#line", "{leave} leaves the field");
    }
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_searched_and_copied() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    for line in ["echo one fish", "echo two fish", "help"] {
        lab.enter(line).await;
    }
    page.press("Ctrl+Shift+F").await;
    assert_eq!(page.focus().await, "#search-text");
    page.type_text("FISH").await;
    page.wait_for_text("#search-count", "4 / 4").await;
    for (key, place, line) in [("Enter", "1 / 4", "echo one fish"), ("Shift+Enter", "4 / 4", "two fish")] {
        page.press(key).await;
        page.wait_for_text("#search-count", place).await;
        assert!(page.text("[data-hit=now]").await.contains(line), "{key}");
    }
    assert_eq!(page.count("[data-hit]").await, 4);
    page.type_text("y").await;
    page.wait_for("document.querySelectorAll('[data-hit]').length === 0", "no line has it").await;
    page.press("Escape").await;
    assert_eq!(page.focus().await, "#line");
    assert!(!page.eval::<bool>("document.querySelector('#search').checkVisibility()").await);

    // Headless Chromium has no clipboard to look into: what is given to it is looked at.
    page.eval::<()>("void Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: async text => { window.copied = text; }}})")
        .await;
    page.click("#copy-log").await;
    page.wait_for("window.copied", "something was copied").await;
    let copied: String = page.eval("copied").await;
    let begins = "lab@ws:~$ echo one fish\none fish\nlab@ws:~$ echo two fish\ntwo fish\nlab@ws:~$ help\n";
    assert!(copied.starts_with(begins), "{copied}");
    assert!(copied.ends_with('\n') && !copied.ends_with("$ \n"), "without the prompt that waits: {copied}");
    // And where there is none, in the old way.
    page.eval::<()>(
        "void Object.defineProperty(navigator, 'clipboard', {value: undefined}); \
                     document.addEventListener('copy', () => (window.old = document.activeElement.value))",
    )
    .await;
    page.click("#copy-log").await;
    page.wait_for("window.old === window.copied", "the same text was copied in the old way").await;
    assert_eq!(page.count("textarea").await, 0);
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn hits_among_lines_that_are_not_shown_are_counted() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    lab.enter("echo marmalade").await;
    let lines: String = (0..130).map(|n| format!("line {n}\n")).collect();
    paste(page, &format!("cat > f\n{}end\n", lines.repeat(10))).await;
    page.press("Ctrl+D").await;
    for _ in 0..8 {
        page.insert("cat f f").await;
        page.press("Enter").await;
    }
    page.wait_for(
        "!document.querySelector('.rows').textContent.includes('marmalade')",
        "the first lines are gone",
    )
    .await;
    page.press("Ctrl+Shift+F").await;
    page.type_text("marmalade").await;
    page.wait_for_text("#search-count", "2").await;
    assert_eq!(page.count("[data-hit]").await, 0);
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn raw_keys_reach_the_server() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    let shown = "document.querySelector('#raw').checkVisibility()";
    assert!(!page.eval::<bool>(shown).await, "only where telnet is connected");
    tab_to(page, "#line").await;
    lab.enter("telnet mail.example.org 25").await;
    page.wait_for_text("#terminal-1", "220").await;
    page.wait_for(shown, "the switch is there").await;
    tab_to(page, "#raw").await;
    page.press("Enter").await;
    assert_eq!(page.eval::<String>("document.querySelector('#raw').ariaPressed").await, "true");
    assert!(page.eval::<bool>("document.querySelector('#raw-help').checkVisibility()").await);

    page.click("#inspector-tabs [data-tab=wire]").await;
    page.eval::<()>("document.querySelector('#line').focus()").await;
    page.type_text("NO").await;
    // Nobody has pressed Enter.
    page.wait_for_text("#wire-rows > .w[data-by=client]:last-of-type", "NO").await;
    page.type_text("OX").await;
    page.press("Backspace").await;
    page.type_text("P").await;
    assert_eq!(field(page).await, "NOOX^HP");
    page.press("Enter").await;
    page.wait_for_text(".row[data-who=you]:last-of-type, .rows", "U+0008").await;
    page.wait_for(REFUSED_ONCE, "the server does not know NOOX\\bP").await;
    assert_eq!(field(page).await, "");
    let arrow = "[...document.querySelectorAll('#wire-rows > .w[data-by=client]')].at(-1).innerText";
    page.wait_for(
        &format!("/NOOXU.0008P[^]*pieces/.test({arrow})"),
        "the line is one arrow, of several pieces",
    )
    .await;
    page.wait_for_text("#slips", "Backspace erases nothing").await;
    page.click(".row[data-who=you]:has(.code-point) .why").await;
    page.wait_for_text(".explain .parts", "octet 8").await;
    page.eval::<()>("document.querySelector('#line').focus()").await;

    page.type_text("NOOP").await;
    for (key, octets) in [("Delete", "^?"), ("ArrowUp", "^[[A"), ("ArrowLeft", "^[[D")] {
        let before = field(page).await;
        page.press(key).await;
        assert_eq!(field(page).await, format!("{before}{octets}"), "{key}");
    }
    page.press("Enter").await;
    page.wait_for("[...document.querySelectorAll('.row[data-class=no]')].length === 2", "nor that").await;

    // What has gone out is there after the page was loaded anew, and goes on.
    page.type_text("NO").await;
    page.wait_for("!document.querySelector('.pending li')", "it has gone out").await;
    page.goto(&lab.address().await).await;
    live(page).await;
    page.eval::<()>("document.querySelector('#raw').click()").await;
    page.wait_for(&format!("{FIELD} === 'NO'"), "the field shows the line that was begun").await;
    paste(page, "OP\nRSET\nNO").await;
    page.wait_for(
        "[...document.querySelectorAll('.row[data-who=server] .status')].filter(s => s.textContent === '250').length >= 2",
        "what was pasted goes out as it is, and NOOP and RSET are done",
    )
    .await;
    page.insert("O").await;
    page.wait_for(&format!("{FIELD} === 'NOO'"), "an input method puts it at the end").await;
    page.press("Enter").await;

    // Telnet's own prompt edits its lines itself.
    page.press("Ctrl+]").await;
    page.wait_for_text("#prompt", "telnet>").await;
    page.type_text("quix").await;
    page.press("Backspace").await;
    page.type_text("t").await;
    assert_eq!(field(page).await, "quit");
    page.press("Enter").await;
    page.wait_for_text("#terminal-1", "Connection closed").await;
    page.wait_for(&format!("!{shown}"), "the switch is gone with the connection").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn telnets_own_character_mode_shows_nothing() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    lab.enter("telnet mail.example.org 25").await;
    page.wait_for_text("#terminal-1", "220").await;
    for command in ["toggle crlf", "mode character"] {
        page.press("Ctrl+]").await;
        page.wait_for_text("#prompt", "telnet>").await;
        lab.enter(command).await;
        page.wait_for("document.querySelector('#prompt').textContent === ''", "back at the connection").await;
    }
    page.wait_for("document.querySelector('#mode-help').checkVisibility()", "what the mode is").await;
    assert_eq!(page.eval::<String>("document.querySelector('#raw').ariaPressed").await, "true");
    // The octets with which telnet has asked for the mode spoil the first line.
    page.press("Enter").await;
    page.wait_for(REFUSED_ONCE, "an answer to the spoilt line").await;
    page.type_text("NOOP").await;
    assert_eq!(field(page).await, "", "nothing is shown");
    page.press("Backspace").await;
    page.press("Enter").await;
    page.wait_for_text(".rows", "U+007F").await;
    page.press("Ctrl+]").await;
    page.wait_for_text("#prompt", "telnet>").await;
    lab.enter("quit").await;
    page.wait_for_text("#terminal-1", "Connection closed").await;
    page.wait_for("document.querySelector('#entry').dataset.raw === 'false'", "lines again").await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_has_buttons_for_what_its_keyboard_lacks() {
    let Some(lab) = Lab::begin(View { size: (820, 1180), ..View::phone() }).await else { return };
    let page = &lab.page;
    page.click("#line").await;
    page.click("#more-keys").await;
    page.type_text("ech").await;
    page.click("#key-tab").await;
    page.wait_for(&format!("{FIELD} === 'echo '"), "the button completes").await;
    for put in ["@", "<", ">", "\\\\", "|", "["] {
        page.click(&format!("[data-put='{put}']")).await;
        assert_eq!(page.focus().await, "#line");
    }
    assert_eq!(field(page).await, "echo @<>\\|[");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn typographic_marks_are_taken_and_said() {
    let Some(lab) = Lab::begin(View::phone()).await else { return };
    let page = &lab.page;
    begin(page, &lab.helo, "playground").await;
    say(page, "echo “x”", "typographic quote").await;
    let field = "['autocapitalize', 'autocorrect', 'spellcheck'].map(a => document.querySelector('#line').getAttribute(a))";
    assert_eq!(
        page.eval::<Vec<String>>(field).await,
        ["off", "off", "false"],
        "nothing is corrected unasked"
    );
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_by_colour_alone() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    say(page, "telnet mail.example.org 25", "220").await;
    say(page, "HELLO", "500").await;
    page.look_in_forced_colours().await;
    assert!(page.eval::<bool>("matchMedia('(forced-colors: active)').matches").await);
    // Who said a line stands beside it; a refusal has a sign of its own.
    for (row, who) in [
        (".row[data-who=you]:not([data-class])", "you"),
        (".row[data-who=server]:not([data-class=no])", "server"),
        (".row[data-class=no]", "server, refused"),
    ] {
        assert_eq!(page.text(&format!("{row} .who")).await, who);
    }
    let sign: String = page
        .eval("getComputedStyle(document.querySelector('.status[data-class=no]'), '::before').content")
        .await;
    assert!(sign.contains('✕'), "{sign}");
    // What is pressed, chosen or found is told by a line.
    page.click("#raw").await;
    page.press("Ctrl+Shift+F").await;
    page.type_text("e").await;
    page.wait_for("document.querySelector('[data-hit=now]')", "a hit").await;
    for (selector, property) in [
        ("#raw", "borderTopWidth"),
        ("#search-open", "borderTopWidth"),
        ("#terminals [aria-selected=true]", "borderBottomWidth"),
        ("[data-hit='']", "outlineWidth"),
        ("[data-hit=now]", "outlineWidth"),
    ] {
        let width: String =
            page.eval(&format!("getComputedStyle(document.querySelector(\"{selector}\")).{property}")).await;
        assert!(!width.starts_with('0'), "{selector}: {property} is {width}");
    }
    let widths: [String; 2] =
        page.eval("['', 'now'].map(h => getComputedStyle(document.querySelector(`[data-hit='${h}']`)).outlineWidth)").await;
    assert_ne!(widths[0], widths[1], "the hit in view differs from the others");
    page.assert_clean();
}

/// On a phone the lines wrap anew once the page stands.
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_shows_the_last_line_after_a_reload_and_leaves_who_scrolls_up_alone() {
    let Some(lab) = Lab::begin(View::phone()).await else { return };
    let page = &lab.page;
    page.click("#panes [data-pane=work]").await;
    say(page, "telnet mail.example.org 25", "220").await;
    for _ in 0..3 {
        say(page, "EHLO ws.lab.test", "CHUNKING").await;
    }
    page.goto(&lab.address().await).await;
    live(page).await;
    let end = "(b => b.scrollTop + b.clientHeight > b.scrollHeight - 3 && b.scrollTop > 0)(document.querySelector('#terminal-1'))";
    page.wait_for(end, "the last line").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert!(page.eval::<bool>(end).await, "and it stays so");
    page.eval::<()>("void (document.querySelector('#terminal-1').scrollTop = 5)").await;
    page.look(View { size: (320, 640), ..View::phone() }).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(page.eval::<u32>("document.querySelector('#terminal-1').scrollTop").await, 5);
}
