//! Learners without a browser, over the WebSocket of the lab page: one whose server is killed again and again, and two
//! hundred at once.

#[path = "../common/http.rs"]
mod http;
#[path = "../common/learner.rs"]
mod learner;
#[path = "../common/process.rs"]
#[expect(dead_code, reason = "each test binary uses its part of what is shared")]
mod process;
#[path = "../common/site.rs"]
mod site;

mod crowd;
mod kill;
