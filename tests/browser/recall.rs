//! Control R in the field: an earlier line is looked for as in bash.

use crate::driver::{Page, View, quoted};
use crate::lab::{Lab, say, tab_to};
use crate::looks::check;

const FIELD: &str = "document.querySelector('#line').value";
const CURSOR: &str = "document.querySelector('#line').selectionStart";
const FOUND: &str = "document.querySelector('#completions .recalled')?.textContent ?? ''";
const PROMPT: &str = "document.querySelector('#prompt').textContent";

/// Waits until this line is the one that was found.
async fn finds(page: &Page, line: &str) {
    page.wait_for(&format!("({FOUND}) === {}", quoted(line)), &format!("{line:?} is found")).await;
}

async fn field(page: &Page) -> (String, usize) {
    (page.eval(FIELD).await, page.eval(CURSOR).await)
}

/// A terminal at which four lines have been typed, two of them alike.
async fn typed(view: View) -> Option<Lab> {
    let lab = Lab::begin(view).await?;
    let page = &lab.page;
    if view.phone {
        page.click("#panes [data-pane=work]").await;
    }
    for (line, answer) in
        [("echo one two", "\none two"), ("date", "20"), ("echo two", "\ntwo"), ("date", "20"), ("ls", "~$")]
    {
        say(page, line, answer).await;
    }
    tab_to(page, "#line").await;
    page.wait_for(
        "[...document.querySelectorAll('#terminal-1 .row[data-who=you]')].length === 5",
        "five lines were typed",
    )
    .await;
    Some(lab)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_line_is_looked_for_as_in_bash() {
    let Some(lab) = typed(View::desktop()).await else { return };
    let page = &lab.page;
    page.type_text("draft").await;
    page.press("Ctrl+R").await;
    page.wait_for(&format!("{PROMPT} === '(reverse-i-search)'"), "the search has begun").await;
    assert_eq!(field(page).await.0, "", "what is typed now is looked for");
    // Letter by letter, the newest first; again: the next older one, and one that is the same again is passed over.
    page.type_text("t").await;
    finds(page, "draft").await;
    page.type_text("wo").await;
    finds(page, "echo two").await;
    assert_eq!(page.text("#completions mark").await, "two");
    assert_eq!(
        page.eval::<String>("document.querySelector('#completions').getAttribute('role')").await,
        "status"
    );
    page.press("Ctrl+R").await;
    finds(page, "echo one two").await;
    page.press("Ctrl+R").await;
    page.wait_for(&format!("{PROMPT} === '(failed reverse-i-search)'"), "there is no older one").await;
    assert!(page.text("#completions").await.starts_with("No older line has that in it."));
    finds(page, "echo one two").await;
    // The cursor stands where it was found.
    page.press("Escape").await;
    assert_eq!(field(page).await, ("echo one two".to_owned(), 9));
    assert_eq!((page.focus().await.as_str(), page.text("#completions").await.as_str()), ("#line", ""));
    assert!(page.eval::<String>(PROMPT).await.ends_with("~$ "));

    // Given up: the field is as it was, to the cursor.
    page.press("ArrowLeft").await;
    page.press("Ctrl+R").await;
    page.type_text("date").await;
    finds(page, "date").await;
    page.press("Ctrl+G").await;
    assert_eq!(field(page).await, ("echo one two".to_owned(), 8));

    // With nothing typed, what was looked for last; an arrow takes the line and moves in it, or on from it.
    page.press("Ctrl+R").await;
    page.press("Ctrl+R").await;
    finds(page, "date").await;
    page.press("ArrowRight").await;
    assert_eq!(field(page).await, ("date".to_owned(), 1));
    page.press("Ctrl+R").await;
    page.type_text("echo o").await;
    finds(page, "echo one two").await;
    page.press("ArrowDown").await;
    assert_eq!(field(page).await.0, "date", "the line after it");

    // Enter sends it at once; Backspace looks for less from where one is.
    page.press("Ctrl+R").await;
    page.type_text("echo twx").await;
    page.wait_for(&format!("{PROMPT} === '(failed reverse-i-search)'"), "there is none").await;
    page.press("Backspace").await;
    finds(page, "echo two").await;
    page.press("Enter").await;
    page.wait_for(
        "[...document.querySelectorAll('#terminal-1 .row[data-who=you] .said-line')].at(-1).textContent.endsWith('echo two')",
        "it was sent",
    )
    .await;
    assert_eq!(field(page).await.0, "");

    // Control C gives up and interrupts; another terminal knows nothing of it.
    page.press("Ctrl+R").await;
    page.type_text("date").await;
    finds(page, "date").await;
    page.press("Ctrl+C").await;
    page.wait_for_text("#terminal-1", "^C").await;
    assert_eq!(field(page).await.0, "");
    page.type_text("kept").await;
    page.press("Ctrl+R").await;
    page.type_text("da").await;
    page.click("#open-terminal").await;
    page.wait_for("document.querySelectorAll('#terminals [role=tab]').length === 2", "a second terminal")
        .await;
    assert_eq!(field(page).await.0, "");
    assert_eq!(page.text("#completions").await, "");
    page.click("#terminals [data-term='1']").await;
    assert_eq!(field(page).await.0, "kept");
    page.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_has_a_button_for_it_and_takes_what_is_tapped() {
    let Some(lab) = typed(View { size: (320, 640), ..View::phone() }.lang("de")).await else { return };
    let page = &lab.page;
    page.click("#more-keys").await;
    page.click("#key-recall").await;
    page.wait_for_text("#completions", "Tippe ein Stück einer früheren Zeile.").await;
    check(page, "an earlier line is looked for").await;
    page.type_text("two").await;
    finds(page, "echo two").await;
    page.click("#key-recall").await;
    finds(page, "echo one two").await;
    check(page, "an earlier line was found").await;
    page.click("#completions .recalled").await;
    assert_eq!(field(page).await, ("echo one two".to_owned(), 9));
    assert_eq!(page.focus().await, "#line");
    page.assert_clean();
}
