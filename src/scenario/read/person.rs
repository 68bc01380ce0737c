//! `[[person]]`, and `account` of the workstation.

use super::keys::{Keys, Node, Reader};
use super::pattern::letter as letter_pattern;
use super::world::{duration, field_name, timezone};
use super::{smime, tables};
use crate::mail::compose::ReceiptMode;
use crate::scenario::model::{
    AccountModel, ActModel, HabitModel, LetterPattern, Model, OccasionModel, PersonModel, WrittenModel,
};

/// The keys that say what makes a person do something, and those that say what they do.
const OCCASIONS: [&str; 3] = ["when", "at", "upon"];
const ACTS: [&str; 8] = ["reply", "forward", "send", "receipt", "away", "file", "flag", "read"];

pub(crate) fn read(r: &mut Reader, keys: &mut Keys<'_>, model: &mut Model) {
    for node in tables(r, keys, "person") {
        if let Some(keys) = r.table(&node, "a person", "...") {
            model.people.extend(person(r, keys));
        }
    }
}

/// `account` of the workstation.
pub(super) fn account(r: &mut Reader, node: &Node<'_>) -> Option<AccountModel> {
    let mut keys = r.table(node, "an account", "{ address = \"anna@example.tld\" }")?;
    let model = account_keys(r, &mut keys);
    keys.finish(r);
    model
}

/// What an account and a person have in common.
fn account_keys(r: &mut Reader, keys: &mut Keys<'_>) -> Option<AccountModel> {
    let address = keys.need("address", "\"hedwig@example.tld\"");
    let address = address.and_then(|n| r.word(&n, "\"hedwig@example.tld\""));
    Some(AccountModel {
        name: keys.get("name").and_then(|n| r.world_text(&n)),
        password: keys.get("password").and_then(|n| r.word(&n, "\"tulpe\"")),
        smtp: keys.get("smtp").and_then(|n| r.word(&n, "\"mail.example.tld:587\"")),
        mailbox: keys.get("mailbox").and_then(|n| r.word(&n, "\"mail.example.tld:110\"")),
        address: address?,
    })
}

fn person(r: &mut Reader, mut keys: Keys<'_>) -> Option<PersonModel> {
    let account = account_keys(r, &mut keys);
    let ip = keys.need("ip", "\"198.51.100.80\"").and_then(|n| r.word(&n, "\"198.51.100.80\""));
    let device = keys.get("device").and_then(|n| r.word(&n, "\"laptop.example.tld\""));
    let zone = keys.get("timezone").and_then(|n| timezone(r, &n)).unwrap_or_default();
    let limit = keys.get("limit").and_then(|n| r.integer(&n, 0, 1000)).and_then(|n| u32::try_from(n).ok());
    let example = "[{ when = { from = \"*@lab.test\" }, reply = \"...\" }]";
    let habits = keys.need("does", example).map(|n| r.list(&n, example)).unwrap_or_default();
    let habits = habits.iter().filter_map(|node| habit(r, node, example)).collect();
    keys.finish(r);
    Some(PersonModel { account: account?, ip, device, zone, limit, habits })
}

fn habit(r: &mut Reader, node: &Node<'_>, example: &str) -> Option<HabitModel> {
    let mut keys = r.table(node, "something a person does", example)?;
    let named = (keys.which(&OCCASIONS), keys.which(&ACTS));
    let fault = match (named.0.len(), named.1.len()) {
        (1, 1) => None,
        (0, _) => {
            Some(("what makes them do it?", "add `when = { ... }`, `at = \"10m\"` or `upon = { ... }`"))
        }
        (_, 0) => Some((
            "what do they do?",
            "add `reply`, `forward`, `send`, `receipt`, `away`, `file`, `flag` or `read`",
        )),
        _ => Some(("two things at once", "write two entries, each with one occasion and one act")),
    };
    if let Some((message, help)) = fault {
        r.bad_value(keys.span(), message, help);
        keys.forgive();
        return None;
    }
    let occasion = occasion(r, &mut keys);
    let at = matches!(occasion, Some(OccasionModel::At(_)));
    let after = if at { None } else { keys.get("after").and_then(|n| duration(r, &n)) };
    let once = !at && keys.get("once").and_then(|n| r.boolean(&n)).unwrap_or(false);
    let smime = smime::of_habit(r, &mut keys);
    let act = act(r, &mut keys);
    let writes = matches!(act, Some(ActModel::Reply { .. } | ActModel::Forward { .. } | ActModel::Send(_)));
    if smime != (false, false) && act.is_some() && !writes {
        let help = "leave out `sign` and `encrypt`: they go with `reply`, `forward` and `send`";
        r.bad_value(keys.span(), "this writes nothing that could be signed", help);
    }
    let about_mail = matches!(occasion, Some(OccasionModel::Mail(_)));
    if !about_mail && act.is_some() && !matches!(act, Some(ActModel::Send(_))) {
        r.bad_value(
            keys.span(),
            "this needs a message of theirs to be about",
            "with `at` and `upon` a person can only `send`; the others go with `when`",
        );
    }
    keys.finish(r);
    Some(HabitModel { occasion: occasion?, after, once, smime, act: act? })
}

fn occasion(r: &mut Reader, keys: &mut Keys<'_>) -> Option<OccasionModel> {
    if let Some(node) = keys.get("when") {
        return Some(OccasionModel::Mail(letter_pattern(r, &node)));
    }
    if let Some(node) = keys.get("at") {
        return duration(r, &node).map(OccasionModel::At);
    }
    let node = keys.get("upon")?;
    let mut upon = r.table(&node, "an occasion", "{ delivered = \"anna@example.tld\" }")?;
    let login = upon.get("login").and_then(|n| r.word(&n, "\"anna@example.tld\""));
    let found = match login {
        Some(user) => Some(OccasionModel::Login(user)),
        None => {
            let to = upon.need("delivered", "\"anna@example.tld\"");
            let to = to.and_then(|n| r.word(&n, "\"anna@example.tld\""));
            let message = upon.get("message").map(|n| letter_pattern(r, &n));
            to.map(|to| OccasionModel::Delivered(to, message.unwrap_or_else(LetterPattern::default)))
        }
    };
    upon.finish(r);
    found
}

fn act(r: &mut Reader, keys: &mut Keys<'_>) -> Option<ActModel> {
    let mut flag = |r: &mut Reader, key| keys.get(key).and_then(|n| r.boolean(&n)).unwrap_or(false);
    let is = |keys: &Keys<'_>, key: &'static str| !keys.which(&[key]).is_empty();
    // Each of these belongs to one act only; at another it is a key that nobody knows.
    let (all, quote) = (flag(r, "all"), flag(r, "quote"));
    if is(keys, "reply") {
        let text = keys.get("reply").and_then(|n| r.world_text(&n));
        return Some(ActModel::Reply { text: text?, all, quote });
    }
    if is(keys, "forward") {
        let to = keys.get("forward").and_then(|n| r.word(&n, "\"boss@example.tld\""));
        let text = keys.get("text").and_then(|n| r.world_text(&n));
        return Some(ActModel::Forward { to: to?, text });
    }
    if is(keys, "away") {
        let text = keys.get("away").and_then(|n| r.world_text(&n));
        let subject = keys.get("subject").and_then(|n| r.world_text(&n));
        return Some(ActModel::Away { text: text?, subject });
    }
    if let Some(node) = keys.get("receipt") {
        let modes = [
            ("manual", Some(ReceiptMode::Manual)),
            ("automatic", Some(ReceiptMode::Automatic)),
            ("never", None),
        ];
        return r.one_of(&node, &modes).map(ActModel::Receipt);
    }
    if let Some(node) = keys.get("file") {
        return r.word(&node, "\"Archive\"").map(ActModel::File);
    }
    if let Some(node) = keys.get("flag") {
        return Some(ActModel::Flag(r.strings(&node, "['\\Flagged']")));
    }
    if let Some(node) = keys.get("read") {
        return r.boolean(&node).map(|_| ActModel::Read);
    }
    let node = keys.get("send")?;
    written(r, &node).map(|letter| ActModel::Send(Box::new(letter)))
}

/// A letter of their own: its fields by name, its text.
fn written(r: &mut Reader, node: &Node<'_>) -> Option<WrittenModel> {
    let mut keys =
        r.table(node, "a letter", "{ to = \"anna@example.tld\", subject = \"...\", body = \"...\" }")?;
    let mut text = |r: &mut Reader, key| keys.get(key).and_then(|n| r.world_text(&n));
    let (to, cc, bcc) = (text(r, "to"), text(r, "cc"), text(r, "bcc"));
    let (reply_to, subject, body) = (text(r, "reply-to"), text(r, "subject"), text(r, "body"));
    let receipt = keys.get("receipt").and_then(|n| r.boolean(&n)).unwrap_or(false);
    if to.is_none() && cc.is_none() && bcc.is_none() {
        r.bad_value(keys.span(), "a letter to nobody", "add `to = \"anna@example.tld\"`");
    }
    let mut further = Vec::new();
    for node in keys.others() {
        if let (Some(name), Some(value)) = (field_name(r, &node), r.world_text(&node)) {
            further.push((name, value));
        }
    }
    keys.finish_free(r);
    Some(WrittenModel { to, cc, bcc, reply_to, subject, body, receipt, further })
}
