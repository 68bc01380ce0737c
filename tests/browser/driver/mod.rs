//! Drives Chromium over its own debugging protocol (CDP): one WebSocket, JSON both ways, no driver program between.
//!
//! ```text
//! let Some(browser) = Browser::start().await else { return };
//! let page = browser.page(View::desktop()).await;
//! page.goto("http://127.0.0.1:8025/").await;
//! page.press("Tab").await;
//! page.wait_for("document.activeElement.id === 'line'", "focus in the terminal's field").await;
//! page.assert_clean();
//! ```
//!
//! Everything waits with a deadline; what fails says what it waited for, what the page shows and what it complained of.

mod access;
mod chromium;
mod keys;
mod page;
mod trouble;
mod wire;

pub(crate) use chromium::Browser;
pub(crate) use page::{Page, View, quoted};
