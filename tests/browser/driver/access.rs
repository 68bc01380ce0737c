//! The page as a screen reader is told of it.

use serde_json::Value;
use std::collections::BTreeMap;

/// One node of the accessibility tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    /// What it is: `textbox`, `log`, `button` ...
    pub(crate) role: String,
    /// What it is called.
    pub(crate) name: String,
    /// `live`, `focusable`, `disabled` ..., as text.
    pub(crate) properties: BTreeMap<String, String>,
}

impl Node {
    /// A property; empty where it has none such.
    pub(crate) fn property(&self, name: &str) -> &str {
        self.properties.get(name).map_or("", String::as_str)
    }
}

/// The nodes a screen reader hears of.
pub(super) fn nodes(tree: &Value) -> Vec<Node> {
    let all = tree["nodes"].as_array().map_or(&[][..], Vec::as_slice);
    all.iter().filter(|node| node["ignored"] != true).map(node).collect()
}

fn node(node: &Value) -> Node {
    let properties = node["properties"].as_array().map_or(&[][..], Vec::as_slice);
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Node {
        role: node["role"]["value"].as_str().unwrap_or_default().to_owned(),
        name: node["name"]["value"].as_str().unwrap_or_default().to_owned(),
        properties: properties
            .iter()
            .map(|p| (p["name"].as_str().unwrap_or_default().to_owned(), word(&p["value"]["value"])))
            .collect(),
    }
}
