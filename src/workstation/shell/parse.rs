//! From tokens to a list of pipelines, with bash's complaints where there is none.

use super::lex::{Piece, RedirectKind, Token, Word};
use std::collections::VecDeque;

/// How deep groups may be nested.
const DEPTH: usize = 32;

/// When a pipeline is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::workstation) enum Connector {
    /// After `;`.
    Always,
    /// After `&&`: if the one before succeeded.
    And,
    /// After `||`: if the one before failed.
    Or,
}

/// Pipelines, one after the other.
pub(in crate::workstation) type List = VecDeque<(Connector, Pipeline)>;

/// Commands whose output goes into the next one.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::workstation) struct Pipeline {
    /// `!` before it: success and failure change places.
    pub(in crate::workstation) negate: bool,
    /// Its commands, at least one.
    pub(in crate::workstation) commands: Vec<Command>,
}

/// One command.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::workstation) struct Command {
    /// What is run.
    pub(in crate::workstation) body: Body,
    /// Where it reads and writes.
    pub(in crate::workstation) redirects: Vec<Redirect>,
}

/// What is run.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::workstation) enum Body {
    /// Assignments, then a program with its arguments.
    Simple(Vec<Word>),
    /// `( ... )` or `{ ...; }`.
    Group(List),
}

/// A redirection.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::workstation) struct Redirect {
    /// The descriptor before it.
    pub(in crate::workstation) fd: Option<u8>,
    /// What it does; a here-document is a [`RedirectKind::HereString`] whose text ends with a line's end already.
    pub(in crate::workstation) kind: RedirectKind,
    /// The word after it.
    pub(in crate::workstation) word: Word,
    /// The word is a here-document.
    pub(in crate::workstation) document: bool,
}

/// What the shell says instead of running the command.
pub(in crate::workstation) type SyntaxError = String;

const KEYWORDS: [&str; 14] = [
    "if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac", "function",
    "[[",
];

/// Parses a complete command.
///
/// # Errors
/// What bash says, or that this shell does not have it.
pub(in crate::workstation) fn parse(tokens: Vec<Token>) -> Result<List, SyntaxError> {
    let mut parser = Parser { tokens: tokens.into(), depth: 0 };
    let list = parser.list()?;
    match parser.tokens.pop_front() {
        None => Ok(list),
        Some(token) => Err(unexpected(&token)),
    }
}

struct Parser {
    tokens: VecDeque<Token>,
    depth: usize,
}

fn unexpected(token: &Token) -> SyntaxError {
    let shown = match token {
        Token::Op(op) => (*op).to_owned(),
        Token::Word(word) => plain(word).unwrap_or("word").to_owned(),
        Token::Redirect(_, kind) => match kind {
            RedirectKind::Read => "<",
            RedirectKind::Write => ">",
            RedirectKind::Append => ">>",
            RedirectKind::Duplicate => ">&",
            RedirectKind::WriteBoth => "&>",
            RedirectKind::AppendBoth => "&>>",
            RedirectKind::HereString => "<<<",
        }
        .to_owned(),
        Token::HereDoc(_) => "<<".to_owned(),
    };
    format!("bash: syntax error near unexpected token `{shown}'")
}

/// The text of a word without any quoting.
fn plain(word: &Word) -> Option<&str> {
    match word.as_slice() {
        [Piece::Text(t)] => std::str::from_utf8(t).ok(),
        _ => None,
    }
}

impl Parser {
    fn next_is(&self, op: &str) -> bool {
        matches!(self.tokens.front(), Some(Token::Op(o)) if *o == op)
    }

    fn next_word_is(&self, text: &str) -> bool {
        matches!(self.tokens.front(), Some(Token::Word(w)) if plain(w) == Some(text))
    }

    fn skip(&mut self, op: &str) -> bool {
        let found = self.next_is(op);
        if found {
            self.tokens.pop_front();
        }
        found
    }

    fn skip_line_ends(&mut self) {
        while self.skip("newline") {}
    }

    /// Pipelines up to the end, a `)` or a `}`.
    fn list(&mut self) -> Result<List, SyntaxError> {
        let mut list = List::new();
        let mut connector = Connector::Always;
        loop {
            if connector == Connector::Always {
                self.skip_line_ends();
                if self.tokens.is_empty() || self.next_is(")") || self.next_word_is("}") {
                    return Ok(list);
                }
            }
            self.skip_line_ends();
            list.push_back((connector, self.pipeline()?));
            connector = match self.tokens.front() {
                None | Some(Token::Op(")")) => return Ok(list),
                Some(Token::Op(";" | "newline")) => Connector::Always,
                Some(Token::Op("&&")) => Connector::And,
                Some(Token::Op("||")) => Connector::Or,
                Some(Token::Op("&")) => {
                    return Err(
                        "helo: there is no job control here, so nothing runs in the background with `&'; \
                                open another terminal instead"
                            .into(),
                    );
                }
                Some(other) => return Err(unexpected(other)),
            };
            self.tokens.pop_front();
        }
    }

    fn pipeline(&mut self) -> Result<Pipeline, SyntaxError> {
        let mut negate = false;
        while self.next_word_is("!") {
            self.tokens.pop_front();
            negate = !negate;
        }
        let mut commands = vec![self.command()?];
        while self.skip("|") {
            self.skip_line_ends();
            commands.push(self.command()?);
        }
        Ok(Pipeline { negate, commands })
    }

    fn command(&mut self) -> Result<Command, SyntaxError> {
        let group_end = if self.next_is("(") {
            Some(Token::Op(")"))
        } else if self.next_word_is("{") {
            Some(Token::Word(vec![Piece::Text(b"}".to_vec())]))
        } else {
            None
        };
        if let Some(end) = group_end {
            return self.group(&end);
        }
        if let Some(Token::Word(word)) = self.tokens.front()
            && let Some(keyword) = plain(word).filter(|w| KEYWORDS.contains(w))
        {
            return Err(format!(
                "helo: `{keyword}' begins a loop, a condition or a function of bash; this small shell has only \
                 ; && || | and groups ( ... )"
            ));
        }
        let (mut words, mut redirects) = (Vec::new(), Vec::new());
        while let Some(token) = self.tokens.pop_front() {
            match token {
                Token::Word(word) => words.push(word),
                Token::Redirect(..) | Token::HereDoc(_) => redirects.push(self.redirect(token)?),
                Token::Op("(") if !words.is_empty() => return Err(unexpected(&token)),
                Token::Op(_) => {
                    self.tokens.push_front(token);
                    break;
                }
            }
        }
        if words.is_empty() && redirects.is_empty() {
            return Err(self
                .tokens
                .front()
                .map_or_else(|| "bash: syntax error: unexpected end of file".to_owned(), unexpected));
        }
        Ok(Command { body: Body::Simple(words), redirects })
    }

    fn group(&mut self, end: &Token) -> Result<Command, SyntaxError> {
        if self.depth >= DEPTH {
            return Err("helo: groups are nested too deep".into());
        }
        self.tokens.pop_front();
        self.depth += 1;
        let list = self.list()?;
        self.depth -= 1;
        match self.tokens.pop_front() {
            Some(token) if token == *end && !list.is_empty() => {}
            Some(token) => return Err(unexpected(&token)),
            None => return Err("bash: syntax error: unexpected end of file".into()),
        }
        let mut redirects = Vec::new();
        while matches!(self.tokens.front(), Some(Token::Redirect(..) | Token::HereDoc(_))) {
            if let Some(token) = self.tokens.pop_front() {
                redirects.push(self.redirect(token)?);
            }
        }
        match self.tokens.front() {
            Some(token @ Token::Word(word)) if plain(word) != Some("}") => Err(unexpected(token)),
            _ => Ok(Command { body: Body::Group(list), redirects }),
        }
    }

    fn redirect(&mut self, token: Token) -> Result<Redirect, SyntaxError> {
        let (fd, kind) = match token {
            Token::Redirect(fd, kind) => (fd, kind),
            Token::HereDoc(word) => {
                return Ok(Redirect { fd: None, kind: RedirectKind::HereString, word, document: true });
            }
            other => return Err(unexpected(&other)),
        };
        match self.tokens.pop_front() {
            Some(Token::Word(word)) => Ok(Redirect { fd, kind, word, document: false }),
            Some(other) => Err(unexpected(&other)),
            None => Err(unexpected(&Token::Op("newline"))),
        }
    }
}
