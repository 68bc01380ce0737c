//! What `swaks` prints, and what it leaves out: `===` and `***` for its own words, ` ->` and `<-` for the two sides,
//! `~` in place of the hyphen under TLS.

use super::super::super::io::Io;
use super::arguments::Given;

/// Whose words these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// swaks's own.
    Info,
    /// swaks's own, and something went wrong.
    Error,
    /// What it sends.
    Sent,
    /// What the server says, as expected.
    Got,
    /// What the server says, otherwise than expected.
    Refused,
}

/// The settings of the output.
#[derive(Debug, Default)]
pub(super) struct Output {
    hide_sent: bool,
    hide_got: bool,
    hide_info: bool,
    hide_all: bool,
    bare_sent: bool,
    bare_got: bool,
    bare_info: bool,
    silent: u8,
    seen_error: bool,
    /// The connection is under TLS.
    pub(super) tls: bool,
}

impl Output {
    /// As the options want it.
    pub(super) fn new(given: &Given) -> Output {
        let bare = given.has("no-hints");
        let silent = given.value("silent").map_or(0, |v| match v.as_str() {
            "2" => 2,
            "3" => 3,
            _ => 1,
        });
        Output {
            hide_sent: given.has("hide-send"),
            hide_got: given.has("hide-receive"),
            hide_info: given.has("hide-informational"),
            hide_all: given.has("hide-all"),
            bare_sent: bare || given.has("no-send-hints"),
            bare_got: bare || given.has("no-receive-hints"),
            bare_info: bare || given.has("no-info-hints"),
            silent,
            seen_error: false,
            tls: false,
        }
    }

    /// Prints a text of one line or several; where `brief`, only how many lines it has.
    pub(super) fn say(&mut self, io: &mut Io, kind: Kind, text: &str, brief: bool) {
        let error = matches!(kind, Kind::Error | Kind::Refused);
        let hidden = self.hide_all
            || match kind {
                Kind::Info => self.hide_info,
                Kind::Error => false,
                Kind::Sent => self.hide_sent,
                Kind::Got | Kind::Refused => self.hide_got,
            };
        let silent = match self.silent {
            0 => false,
            1 => {
                self.seen_error |= error;
                !self.seen_error
            }
            2 => !error,
            _ => true,
        };
        if hidden || silent {
            return;
        }
        let mark = match (kind, self.tls) {
            (Kind::Info, _) => "===",
            (Kind::Error, _) => "***",
            (Kind::Sent, false) => " ->",
            (Kind::Sent, true) => " ~>",
            (Kind::Got, false) => "<- ",
            (Kind::Got, true) => "<~ ",
            (Kind::Refused, false) => "<**",
            (Kind::Refused, true) => "<~*",
        };
        let bare = match kind {
            Kind::Info | Kind::Error => self.bare_info,
            Kind::Sent => self.bare_sent,
            Kind::Got | Kind::Refused => self.bare_got,
        };
        let mark = if bare { String::new() } else { format!("{mark} ") };
        let text =
            if brief { format!("{} lines sent", text.lines().count()) } else { text.replace('\r', "") };
        let shown = format!("{mark}{}\n", text.replace('\n', &format!("\n{mark}")));
        if kind == Kind::Error { io.complain(&shown) } else { io.print(&shown) }
    }
}
