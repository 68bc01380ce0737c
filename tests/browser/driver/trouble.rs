//! What a tab complained of: read from the events Chromium has told.

use super::wire::Event;
use serde_json::Value;
use std::fmt;

/// Something that must not happen on a page of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// `error`, `policy` (Content-Security-Policy) or `elsewhere` (a request that leads off this server).
    pub(crate) kind: &'static str,
    /// What it was.
    pub(crate) text: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.text)
    }
}

/// All trouble among these events. Requests may go to `origin` alone.
pub(super) fn troubles(events: &[Event], origin: &str) -> Vec<Trouble> {
    events.iter().filter_map(|(method, params)| trouble(method, params, origin)).collect()
}

fn trouble(method: &str, params: &Value, origin: &str) -> Option<Trouble> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match method {
        "Runtime.exceptionThrown" => {
            let details = &params["exceptionDetails"];
            let text = details["exception"]["description"].as_str().unwrap_or_default();
            Some(Trouble { kind: "error", text: format!("{} {text}", word(&details["text"])) })
        }
        "Runtime.consoleAPICalled"
            if matches!(params["type"].as_str(), Some("error" | "warning" | "assert")) =>
        {
            let said = params["args"].as_array().map_or(&[][..], Vec::as_slice);
            let said = said.iter().map(|a| a["value"].as_str().map_or_else(|| a.to_string(), str::to_owned));
            Some(Trouble { kind: "error", text: said.collect::<Vec<_>>().join(" ") })
        }
        "Log.entryAdded" if matches!(params["entry"]["level"].as_str(), Some("error" | "warning")) => {
            let entry = &params["entry"];
            let text = format!("{} ({})", word(&entry["text"]), word(&entry["url"]));
            let policy = entry["source"] == "security" || text.contains("Content Security Policy");
            Some(Trouble { kind: if policy { "policy" } else { "error" }, text })
        }
        "Audits.issueAdded" => {
            let issue = &params["issue"];
            let policy = issue["code"] == "ContentSecurityPolicyIssue";
            policy.then(|| Trouble { kind: "policy", text: issue["details"].to_string() })
        }
        "Network.requestWillBeSent" => elsewhere(&params["request"]["url"], origin),
        "Network.webSocketCreated" => elsewhere(&params["url"], origin),
        _ => None,
    }
}

fn elsewhere(url: &Value, origin: &str) -> Option<Trouble> {
    let url = url.as_str().unwrap_or_default();
    let home = url.replacen("ws", "http", usize::from(url.starts_with("ws")));
    let at_home = home == origin || home.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/'));
    (!at_home).then(|| Trouble { kind: "elsewhere", text: url.to_owned() })
}
