//! The lab without a mouse and without eyes: by keyboard alone, with what a screen reader is told.

use crate::driver::View;
use crate::lab::{Lab, live, tab_to, typed};

#[tokio::test(flavor = "multi_thread")]
async fn send_by_hand_is_done_by_keyboard_alone() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    lab.up_to_data().await;
    for line in ["From: me", "Subject: By hand", "", "Hello!", "."] {
        lab.enter(line).await;
    }
    page.wait_for_text("#terminal-1", "queued as").await;
    lab.enter("QUIT").await;
    page.wait_for_text("#terminal-1", "221").await;

    tab_to(page, "[data-answer=code] input").await;
    page.type_text("354").await;
    page.press("Enter").await;
    let done = "[...document.querySelectorAll('.step')].every(step => step.dataset.done === 'true')";
    page.wait_for(done, "all steps are done").await;
    let steps = page.count(".step").await;
    assert_eq!(steps, 5);
    let evidence =
        "[...document.querySelectorAll('.step')].every(s => s.querySelector('.evidence').children.length)";
    assert!(page.eval::<bool>(evidence).await, "each step shows what earned it");
    let points = page.text("#points").await;
    assert!(points.contains("10") && !points.contains("9"), "all 10 points: {points}");

    tab_to(page, "a[href$='/report']").await;
    page.leaving().await;
    page.press("Enter").await;
    page.arrived("the report").await;
    assert_eq!(page.eval::<String>("document.querySelector('[data-points]').dataset.points").await, "10");
    assert_eq!(page.count(".step[data-done=true]").await, 5);
    assert!(!page.text(".closing").await.is_empty(), "the closing text is told at the end");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn history_is_walked_with_the_arrows() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    for line in ["echo one", "echo two"] {
        lab.enter(line).await;
    }
    page.type_text("half").await;
    for (key, field) in [
        ("ArrowUp", "echo two"),
        ("ArrowUp", "echo one"),
        ("ArrowUp", "echo one"),
        ("ArrowDown", "echo two"),
        ("ArrowDown", "half"),
    ] {
        page.press(key).await;
        assert_eq!(page.eval::<String>("document.querySelector('#line').value").await, field, "{key}");
    }
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_announced_to_a_screen_reader() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    // What a screen reader reads out is what is added to a live region that is not busy.
    page.eval::<()>(
        "window.added = []; new MutationObserver(all => { for (const m of all) if (m.target.closest('[aria-busy=true]') === null) \
         for (const node of m.addedNodes) added.push(node.textContent); }) \
         .observe(document.querySelector('#terminal-1'), {childList: true, subtree: true})",
    )
    .await;
    lab.enter("telnet mail.example.org 25").await;
    page.wait_for("added.some(text => text.includes('220 mail.example.org'))", "the greeting is read out")
        .await;
    let times: usize = page.eval("added.filter(text => text.includes('220 mail.example.org')).length").await;
    assert_eq!(times, 1, "the greeting is read out once");

    let tree = page.accessibility().await;
    let log = tree.iter().find(|node| node.role == "log").expect("a log");
    assert_eq!(log.property("live"), "polite");
    assert!(!log.name.is_empty(), "the log has a name");
    let field = tree.iter().rfind(|node| node.property("focused") == "true").expect("the focus");
    assert_eq!(field.role, "textbox");
    assert!(!field.name.is_empty(), "the field has a name");
    let status: Vec<_> = tree.iter().filter(|node| node.role == "status").collect();
    assert!(!status.is_empty(), "the state of the connection is a status");
    for node in &tree {
        let operated =
            ["button", "link", "textbox", "radio", "checkbox", "combobox", "tab", "tabpanel", "progressbar"];
        let named = !operated.contains(&node.role.as_str()) || !node.name.trim().is_empty();
        assert!(named, "a {} has no name", node.role);
    }
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn focus_can_leave_the_terminal() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    page.type_text("half a line").await;
    page.press("Tab").await;
    page.wait_for_text("#completions", "Tab again").await;
    assert_eq!(page.focus().await, "#line", "Tab looks for something to complete");
    page.press("Tab").await;
    assert_ne!(page.focus().await, "#line", "and where there is nothing it leads on");
    page.press("Shift+Tab").await;
    assert_eq!(page.focus().await, "#line", "and back");
    assert_eq!(page.eval::<String>("document.querySelector('#line').value").await, "half a line");
    page.press("Escape").await;
    assert_eq!(page.focus().await, "#terminal-1", "Escape leads to the log");
    tab_to(page, "#line").await;

    // All the way round: nothing keeps the focus for itself.
    let mut way = vec![page.focus().await];
    for _ in 0..100 {
        page.press("Tab").await;
        let here = page.focus().await;
        assert_ne!(Some(&here), way.last(), "Tab does not lead on");
        if here == "#line" {
            break;
        }
        way.push(here);
    }
    assert!(way.len() > 10 && way.len() < 100, "round the page: {way:?}");

    // The links before everything else lead into each pane.
    page.goto(&lab.address().await).await;
    for (target, pane) in [("#line", "work"), ("#brief", "brief"), ("#inspector", "inspector")] {
        tab_to(page, &format!("a.skip[href='{target}']")).await;
        page.press("Enter").await;
        let inside =
            format!("document.activeElement.closest('section[data-pane]')?.dataset.pane === '{pane}'");
        page.wait_for(&inside, &format!("the focus is in the pane {pane}")).await;
    }
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_copies_what_is_selected_and_interrupts_otherwise() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    page.eval::<()>(
        "window.copies = []; document.addEventListener('copy', () => copies.push(getSelection().toString()))",
    )
    .await;
    tab_to(page, "#line").await;
    lab.enter("echo marmalade").await;
    page.wait_for("document.querySelector('.row[data-who=program]')", "what echo printed").await;

    // As a mouse does it: a double click selects the word.
    page.double_click(".row[data-who=program] .said-line").await;
    page.press("Ctrl+C").await;
    page.wait_for("copies.length === 1", "a copy was made").await;
    assert_eq!(page.eval::<Vec<String>>("copies").await, ["marmalade"]);

    // Selected in the log while the focus is in the field.
    tab_to(page, "#line").await;
    page.eval::<()>(
        "getSelection().selectAllChildren(document.querySelector('.row[data-who=program] .said-line'))",
    )
    .await;
    page.press("Ctrl+C").await;
    page.wait_for("copies.length === 2", "a second copy was made").await;

    page.eval::<()>("getSelection().removeAllRanges()").await;
    page.eval::<()>("document.querySelector('#line').focus()").await;
    lab.enter("sleep 600").await;
    page.type_text("half").await;
    page.press("Ctrl+C").await;
    page.wait_for("document.querySelector('#line').value === ''", "the interrupted line is gone").await;
    lab.enter("echo again").await;
    page.wait_for_text("#terminal-1", "^C").await;
    let again = "[...document.querySelectorAll('.row[data-who=program]')].some(row => row.textContent.includes('again'))";
    page.wait_for(again, "the shell reads again: sleep was interrupted").await;
    assert_eq!(page.eval::<usize>("copies.length").await, 2, "an interruption is no copy");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_of_the_terminal_have_buttons() {
    let Some(lab) = Lab::begin(View::phone()).await else { return };
    let page = &lab.page;
    page.click("#line").await;
    lab.enter("telnet mail.example.org 25").await;
    page.wait_for_text("#terminal-1", "220").await;
    page.click("[data-key='^]']").await;
    page.wait_for_text("#prompt", "telnet>").await;
    page.click("#line").await;
    lab.enter("quit").await;
    page.wait_for_text("#terminal-1", "Connection closed").await;
    lab.enter("cat").await;
    page.click("[data-key='^D']").await;
    lab.enter("sleep 600").await;
    page.click("[data-key='^C']").await;
    page.click("#open-terminal").await;
    page.wait_for("document.querySelectorAll('#terminals [role=tab]').length === 2", "a second terminal")
        .await;
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_lines_are_pasted_at_once() {
    let Some(lab) = Lab::begin(View::desktop()).await else { return };
    let page = &lab.page;
    tab_to(page, "#line").await;
    lab.up_to_data().await;
    let before = typed(page).await.len();
    // What the clipboard holds is given with the event, as a browser does.
    page.eval::<()>(
        "(() => { const data = new DataTransfer(); data.setData('text/plain', 'Subject: Pasted\\r\\n\\r\\none\\ntwo\\n.\\n'); \
         document.querySelector('#line').dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, \
         cancelable: true})); })()",
    )
    .await;
    page.wait_for_text("#terminal-1", "queued as").await;
    assert_eq!(typed(page).await[before..], ["Subject: Pasted", "", "one", "two", "."]);
    page.wait_for_text("#mailboxes", "Pasted").await;
    live(page).await;
    page.assert_clean();
}
