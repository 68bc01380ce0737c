//! The keys of SEARCH, one by one, each with what belongs to it (RFC 3501 section 6.4.4, RFC 4731 section 3.1).

use super::super::names;
use super::super::opening::Opening;
use super::command;
use super::value::{Value, What};
use crate::event::{SearchArgument, SearchWord};
use crate::explain::say::Say;
use crate::rfc::section;

/// All keys of a command, or of a list in it.
pub(super) fn keys(o: &mut Opening<'_>, depth: u8, values: &[Value]) {
    o.rule(section(3501, "6.4.4"));
    let mut rest = values;
    while let Some((key, after)) = rest.split_first() {
        rest = after;
        if let (Some(inside), true) = (key.list(), depth < 12) {
            o.part(depth, &key.source, Say::new("search-together"));
            keys(o, depth + 1, inside);
            continue;
        }
        let Some(known) = SearchWord::find(&key.source) else {
            o.part(depth, &key.source, Say::new("imap-part-set"));
            command::set(o, depth + 1, &key.source, false);
            continue;
        };
        if let Some(say) = names::SEARCH.say(known.name) {
            o.part(depth, &key.source, say);
        }
        // The keys after NOT and OR come by themselves.
        let takes = known.takes.iter().filter(|kind| **kind != SearchArgument::Key);
        let (own, after) = rest.split_at_checked(takes.clone().count()).unwrap_or((rest, &[]));
        for (value, kind) in own.iter().zip(takes) {
            argument(o, depth + 1, value, *kind);
        }
        rest = after;
    }
}

/// What follows a key.
fn argument(o: &mut Opening<'_>, depth: u8, value: &Value, kind: SearchArgument) {
    use SearchArgument as A;
    let key = match kind {
        A::Uids => return command::set(o, depth, &value.source, true),
        A::Options => {
            o.rule(section(4731, "3.1"));
            for option in value.list().unwrap_or_default() {
                if let Some(say) = names::SEARCH.say(&option.source) {
                    o.part(depth, &option.source, say);
                }
            }
            return;
        }
        A::String => "imap-part-string",
        A::Date => "search-day",
        A::Number => "imap-part-number",
        A::Field => "message-field-name",
        A::Charset => "value-charset",
        A::Flag => "flag-keyword",
        A::Key => "search-together",
    };
    let shown = if matches!(value.what, What::Literal(_)) { value.text() } else { value.source.clone() };
    o.part(depth, shown, Say::new(key));
}
