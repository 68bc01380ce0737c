//! How much a server bears: lines that are no command, what it hangs up on, and how many mistakes it counts.

use super::manners::ErrorLimit;
use super::replies::Key;
use super::server::{ServerSession, Turn};
use crate::event::{CloseReason, LooksLike, SmtpCommand, SmtpReason, SmtpVerb};

impl ServerSession {
    /// Counts mistakes (and, where the style does, commands that do no work).
    pub(super) fn count(&mut self, command: &SmtpCommand, code: u16, reason: &SmtpReason) {
        let manners = self.manners();
        match manners.errors {
            ErrorLimit::None => {}
            ErrorLimit::Refusals(_) => {
                let refused = code >= 400 && !matches!(reason, SmtpReason::TooManyRecipients { .. });
                self.mistakes += u32::from(refused);
                let idle = matches!(
                    command.verb(),
                    Some(
                        SmtpVerb::Helo
                            | SmtpVerb::Ehlo
                            | SmtpVerb::Noop
                            | SmtpVerb::Rset
                            | SmtpVerb::Vrfy
                            | SmtpVerb::Etrn
                    )
                );
                self.junk += u32::from(idle);
                self.mistakes +=
                    u32::from(idle && manners.junk_limit.is_some_and(|limit| self.junk > limit + 1));
                if matches!(reason, SmtpReason::MessageAccepted { .. }) {
                    (self.mistakes, self.junk) = (0, 0);
                }
            }
            ErrorLimit::UnknownCommands(_) => {
                self.mistakes += u32::from(matches!(command, SmtpCommand::Unknown { .. }));
            }
        }
    }

    /// A line that is no command.
    pub(super) fn unknown(&mut self, turn: Turn, first: bool) {
        if let ErrorLimit::UnknownCommands(limit) = self.manners().errors
            && self.mistakes >= limit
        {
            self.reply(turn, SmtpReason::TooManyErrors { limit }, None);
            return self.close(CloseReason::Closed);
        }
        let hangs_up = self.hangs_up_on(&turn.line, first);
        let text = std::str::from_utf8(&turn.line).is_ok();
        let span = turn.heard.fault.as_ref().and_then(|f| f.span);
        let key = match &turn.heard.command {
            _ if !text && self.manners().wants_text => Key::NotText,
            SmtpCommand::Unknown { looks_like: Some(LooksLike::Empty), .. } => Key::EmptyLine,
            _ if hangs_up => Key::NotSmtp,
            _ => Key::UnknownCommand,
        };
        self.reply_with(key, turn, SmtpReason::UnknownCommand, span);
        if key == Key::NotSmtp {
            self.close(CloseReason::Closed);
        }
    }

    /// A command whose octets are no text is not looked at further.
    pub(super) fn not_text(&mut self, mut turn: Turn) {
        let Some(verb) = turn.heard.command.verb() else { return self.obey(turn) };
        let (reason, span) = match (turn.heard.fault.take(), verb) {
            (Some(fault), _) => (fault.reason, fault.span),
            (None, SmtpVerb::Helo | SmtpVerb::Ehlo) => (SmtpReason::BadHostName, None),
            (None, _) => (SmtpReason::UnexpectedArgument, None),
        };
        let span = span.or(Some(turn.heard.argument));
        turn.heard.command = SmtpCommand::Malformed { verb };
        self.reply_with(Key::NotText, turn, reason, span);
    }

    /// Is this a line on which the style's original hangs up?
    fn hangs_up_on(&self, line: &[u8], first: bool) -> bool {
        let rules = &self.manners().hangs_up;
        let line = line.trim_ascii();
        let word = line.split(|b| b.is_ascii_whitespace()).next().unwrap_or_default();
        let verb = rules.verbs.iter().any(|v| word.eq_ignore_ascii_case(v.as_bytes()));
        let colon = word.iter().position(|&b| b == b':').unwrap_or(0);
        let header = rules.header
            && colon > 0
            && word.get(..colon).is_some_and(|name| name.iter().all(u8::is_ascii_graphic));
        let no_letter = rules.no_letter && word.first().is_some_and(|b| !b.is_ascii_alphabetic());
        verb && (first || !rules.first_line_only) && (!rules.first_line_only || line.len() > word.len())
            || header
            || no_letter
    }

    /// Closes where the client made as many mistakes as the style bears.
    pub(super) fn mistakes_borne(&mut self) {
        if let ErrorLimit::Refusals(limit) = self.manners().errors
            && self.hears_commands()
            && self.mistakes >= limit
        {
            let turn = Turn::without_line(SmtpCommand::Silence);
            self.reply(turn, SmtpReason::TooManyErrors { limit }, None);
            self.close(CloseReason::Closed);
        }
    }
}
