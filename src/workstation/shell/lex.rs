//! The shell's tokens. A lexer is fed line by line and says whether the command goes on on the next one.

use super::super::escape;
use std::collections::VecDeque;

/// The longest command, over all its lines.
pub(in crate::workstation) const COMMAND_LIMIT: usize = 128 << 10;

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::workstation) enum Piece {
    /// Octets as they stand.
    Text(Vec<u8>),
    /// Octets that were quoted: no file names are made of them.
    Quoted(Vec<u8>),
    /// A variable; `quoted` inside double quotes.
    Variable {
        /// Its name, or `?`.
        name: String,
        /// Not split into words.
        quoted: bool,
    },
    /// `~` at the beginning of a word.
    Home,
}

/// A word before expansion. `''` is a word of one empty quoted piece.
pub(in crate::workstation) type Word = Vec<Piece>;

/// What a redirection does with the file, text or descriptor after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::workstation) enum RedirectKind {
    /// `<`
    Read,
    /// `>` and `>|`
    Write,
    /// `>>`
    Append,
    /// `>&`
    Duplicate,
    /// `&>`: both outputs.
    WriteBoth,
    /// `&>>`
    AppendBoth,
    /// `<<<`
    HereString,
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::workstation) enum Token {
    /// A word.
    Word(Word),
    /// An operator: `;` `&&` `||` `|` `&` `(` `)` `;;`, or a line's end.
    Op(&'static str),
    /// A redirection, with the descriptor written before it.
    Redirect(Option<u8>, RedirectKind),
    /// A here-document, as its text.
    HereDoc(Word),
}

/// What a line left the lexer with.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::workstation) enum Progress {
    /// The command is complete.
    Complete(Vec<Token>),
    /// It goes on on the next line.
    More,
    /// It is longer than the shell reads.
    TooLong,
    /// It uses what this shell does not have.
    Refused(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Plain,
    Single,
    Double,
    /// `$'...'`
    Ansi,
}

#[derive(Debug)]
struct HereDoc {
    /// Its place among the tokens.
    token: usize,
    end: Vec<u8>,
    strip_tabs: bool,
    expand: bool,
}

/// Reads one command, which may have several lines.
#[derive(Debug)]
pub(in crate::workstation) struct Lexer {
    tokens: Vec<Token>,
    word: Option<Word>,
    mode: Mode,
    /// What was in `$'...'` so far, escapes not yet undone.
    ansi: Vec<u8>,
    depth: usize,
    octets: usize,
    here: VecDeque<HereDoc>,
    /// The lines that come now belong to a here-document.
    here_begun: bool,
    /// The next word ends a here-document.
    here_next: Option<bool>,
    refused: Option<&'static str>,
    joined: bool,
}

const NO_SUBSTITUTION: &str =
    "helo: this small shell has no command substitution; use a pipe, or run it and copy what it prints";

impl Lexer {
    /// A lexer at the beginning of a command.
    pub(in crate::workstation) fn new() -> Lexer {
        Lexer {
            tokens: Vec::new(),
            word: None,
            mode: Mode::Plain,
            ansi: Vec::new(),
            depth: 0,
            octets: 0,
            here: VecDeque::new(),
            here_begun: false,
            here_next: None,
            refused: None,
            joined: false,
        }
    }

    /// The quote that is still open, if any.
    pub(in crate::workstation) fn open_quote(&self) -> Option<char> {
        match self.mode {
            Mode::Plain => None,
            Mode::Single | Mode::Ansi => Some('\''),
            Mode::Double => Some('"'),
        }
    }

    /// The next line, without its end.
    pub(in crate::workstation) fn line(&mut self, line: &[u8]) -> Progress {
        self.octets += line.len() + 1;
        if self.octets > COMMAND_LIMIT {
            return Progress::TooLong;
        }
        if self.here_begun {
            self.here_line(line);
        } else {
            self.joined = false;
            let mut at = 0;
            while let Some(&b) = line.get(at) {
                at += self.octet(b, line.get(at + 1..).unwrap_or_default());
            }
            if !self.joined {
                self.line_end();
            }
        }
        self.progress()
    }

    fn progress(&mut self) -> Progress {
        if let Some(message) = self.refused {
            return Progress::Refused(message);
        }
        let open = self.mode != Mode::Plain || self.joined || self.depth > 0 || !self.here.is_empty();
        // An operator waits for the command after it; one at the very beginning is an error at once.
        let hanging = matches!(self.tokens.last(), Some(Token::Op("&&" | "||" | "|")))
            && self.tokens.iter().rev().nth(1).is_some_and(|t| !matches!(t, Token::Op(_)));
        if open || hanging { Progress::More } else { Progress::Complete(std::mem::take(&mut self.tokens)) }
    }

    /// Takes the octet `b` in front of `rest`; how many octets were taken.
    fn octet(&mut self, b: u8, rest: &[u8]) -> usize {
        match self.mode {
            Mode::Single if b == b'\'' => self.mode = Mode::Plain,
            Mode::Single => self.quoted(b),
            Mode::Ansi => return self.ansi(b, rest),
            Mode::Double => return self.double(b, rest),
            Mode::Plain => return self.plain(b, rest),
        }
        1
    }

    fn ansi(&mut self, b: u8, rest: &[u8]) -> usize {
        match (b, rest.first()) {
            (b'\'', _) => {
                let text = escape::undo(&std::mem::take(&mut self.ansi));
                self.piece(Piece::Quoted(text));
                self.mode = Mode::Plain;
                1
            }
            (b'\\', Some(&next)) => {
                self.ansi.extend([b, next]);
                2
            }
            _ => {
                self.ansi.push(b);
                1
            }
        }
    }

    fn double(&mut self, b: u8, rest: &[u8]) -> usize {
        match (b, rest.first()) {
            (b'"', _) => self.mode = Mode::Plain,
            (b'\\', Some(&c @ (b'"' | b'\\' | b'$' | b'`'))) => {
                self.quoted(c);
                return 2;
            }
            (b'\\', None) => self.joined = true,
            (b'`', _) => self.refused = Some(NO_SUBSTITUTION),
            (b'$', _) => return self.dollar(rest, true),
            _ => self.quoted(b),
        }
        1
    }

    fn plain(&mut self, b: u8, rest: &[u8]) -> usize {
        match (b, rest.first()) {
            (b' ' | b'\t', _) => self.end_word(),
            (b'\\', None) => self.joined = true,
            (b'\\', Some(&c)) => {
                self.quoted(c);
                return 2;
            }
            (b'\'', _) => self.open(Mode::Single),
            (b'"', _) => self.open(Mode::Double),
            (b'`', _) => self.refused = Some(NO_SUBSTITUTION),
            (b'$', _) => return self.dollar(rest, false),
            (b'#', _) if self.word.is_none() => return rest.len() + 1,
            (b'~', None | Some(b'/' | b' ' | b'\t' | b';')) if self.word.is_none() => self.piece(Piece::Home),
            (b';' | b'|' | b'&' | b'(' | b')' | b'<' | b'>', _) => return self.operator(b, rest),
            _ => match self.word.get_or_insert_default().last_mut() {
                Some(Piece::Text(text)) => text.push(b),
                _ => self.piece(Piece::Text(vec![b])),
            },
        }
        1
    }

    fn open(&mut self, mode: Mode) {
        self.mode = mode;
        self.piece(Piece::Quoted(Vec::new()));
    }

    fn quoted(&mut self, b: u8) {
        match self.word.get_or_insert_default().last_mut() {
            Some(Piece::Quoted(text)) => text.push(b),
            _ => self.piece(Piece::Quoted(vec![b])),
        }
    }

    fn piece(&mut self, piece: Piece) {
        self.word.get_or_insert_default().push(piece);
    }

    /// A `$` in front of `rest`; how many octets it takes with its name.
    fn dollar(&mut self, rest: &[u8], quoted: bool) -> usize {
        let name_length = |s: &[u8]| match s.first() {
            Some(b'0'..=b'9' | b'?' | b'$' | b'#' | b'@' | b'*' | b'!' | b'-') => 1,
            Some(c) if c.is_ascii_alphabetic() || *c == b'_' => {
                s.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == b'_').count()
            }
            _ => 0,
        };
        match rest.first() {
            Some(b'(') => self.refused = Some(NO_SUBSTITUTION),
            Some(b'\'') if !quoted => {
                self.open(Mode::Ansi);
                return 2;
            }
            Some(b'"') if !quoted => {}
            Some(b'{') => {
                let inner = rest.get(1..).unwrap_or_default();
                let n = name_length(inner);
                if n == 0 || inner.get(n) != Some(&b'}') {
                    self.refused = Some("helo: of ${...} this small shell has only ${NAME}");
                    return 1;
                }
                self.variable(inner.get(..n).unwrap_or_default(), quoted);
                return n + 3;
            }
            _ => match name_length(rest) {
                0 if quoted => self.quoted(b'$'),
                0 => self.piece(Piece::Text(b"$".to_vec())),
                n => {
                    self.variable(rest.get(..n).unwrap_or_default(), quoted);
                    return n + 1;
                }
            },
        }
        1
    }

    fn variable(&mut self, name: &[u8], quoted: bool) {
        self.piece(Piece::Variable { name: String::from_utf8_lossy(name).into_owned(), quoted });
    }

    /// An operator that begins with `b`; how many octets it has.
    fn operator(&mut self, b: u8, rest: &[u8]) -> usize {
        let fd = self.descriptor(b);
        self.end_word();
        let second = rest.first().copied().unwrap_or(b' ');
        let third = rest.get(1).copied().unwrap_or(b' ');
        use RedirectKind as R;
        let (token, taken) = match (b, second, third) {
            (b';', b';', _) => (Token::Op(";;"), 2),
            (b';', ..) => (Token::Op(";"), 1),
            (b'&', b'&', _) => (Token::Op("&&"), 2),
            (b'&', b'>', b'>') => (Token::Redirect(None, R::AppendBoth), 3),
            (b'&', b'>', _) => (Token::Redirect(None, R::WriteBoth), 2),
            (b'&', ..) => (Token::Op("&"), 1),
            (b'|', b'|', _) => (Token::Op("||"), 2),
            (b'|', ..) => (Token::Op("|"), 1),
            (b'(', ..) => (Token::Op("("), 1),
            (b')', ..) => (Token::Op(")"), 1),
            (b'<', b'<', b'<') => (Token::Redirect(fd, R::HereString), 3),
            (b'<', b'<', _) => {
                let strip = third == b'-';
                self.here_next = Some(strip);
                return if strip { 3 } else { 2 };
            }
            (b'<', ..) => (Token::Redirect(fd, R::Read), 1),
            (_, b'>', _) => (Token::Redirect(fd, R::Append), 2),
            (_, b'&', _) => (Token::Redirect(fd, R::Duplicate), 2),
            (_, b'|', _) => (Token::Redirect(fd, R::Write), 2),
            _ => (Token::Redirect(fd, R::Write), 1),
        };
        match token {
            Token::Op("(") => self.depth += 1,
            Token::Op(")") => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.tokens.push(token);
        taken
    }

    /// Digits right before `<` or `>` are its descriptor and no word.
    fn descriptor(&mut self, b: u8) -> Option<u8> {
        let Some([Piece::Text(text)]) = self.word.as_deref().filter(|_| matches!(b, b'<' | b'>')) else {
            return None;
        };
        let fd = std::str::from_utf8(text).ok()?.parse().ok()?;
        self.word = None;
        Some(fd)
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        match self.here_next.take() {
            Some(strip_tabs) => {
                let expand = !word.iter().any(|p| matches!(p, Piece::Quoted(_)));
                let end = word.into_iter().flat_map(literal).collect();
                self.here.push_back(HereDoc { token: self.tokens.len(), end, strip_tabs, expand });
                self.tokens.push(Token::HereDoc(Vec::new()));
            }
            None => {
                match word.as_slice() {
                    [Piece::Text(t)] if t == b"{" && self.command_may_begin() => self.depth += 1,
                    [Piece::Text(t)] if t == b"}" && self.command_may_begin() => {
                        self.depth = self.depth.saturating_sub(1);
                    }
                    _ => {}
                }
                self.tokens.push(Token::Word(word));
            }
        }
    }

    /// Braces are a group only where a command may begin.
    fn command_may_begin(&self) -> bool {
        match self.tokens.last() {
            None | Some(Token::Op(_)) => true,
            Some(Token::Word(word)) => matches!(word.as_slice(), [Piece::Text(t)] if t == b"{" || t == b"!"),
            Some(_) => false,
        }
    }

    fn line_end(&mut self) {
        match self.mode {
            Mode::Plain => {
                self.end_word();
                self.here_begun = !self.here.is_empty();
                if !matches!(self.tokens.last(), Some(Token::Op("newline" | "&&" | "||" | "|"))) {
                    self.tokens.push(Token::Op("newline"));
                }
            }
            Mode::Ansi => self.ansi.push(b'\n'),
            Mode::Single | Mode::Double => self.quoted(b'\n'),
        }
    }

    fn here_line(&mut self, line: &[u8]) {
        let Some(doc) = self.here.front() else { return };
        let tabs = if doc.strip_tabs { line.iter().take_while(|b| **b == b'\t').count() } else { 0 };
        let line = line.get(tabs..).unwrap_or_default();
        if line == doc.end {
            self.here.pop_front();
            self.here_begun = !self.here.is_empty();
            return;
        }
        let (token, expand) = (doc.token, doc.expand);
        let mut pieces = if expand { here_pieces(line) } else { vec![Piece::Quoted(line.to_vec())] };
        pieces.push(Piece::Quoted(b"\n".to_vec()));
        if let Some(Token::HereDoc(text)) = self.tokens.get_mut(token) {
            text.extend(pieces);
        }
    }
}

/// A line of a here-document: variables are replaced, quotes mean nothing.
fn here_pieces(line: &[u8]) -> Word {
    let mut inner = Lexer::new();
    inner.mode = Mode::Double;
    let mut at = 0;
    while let Some(&b) = line.get(at) {
        let rest = line.get(at + 1..).unwrap_or_default();
        at += match (b, rest.first()) {
            (b'$', Some(c)) if c.is_ascii_alphabetic() || matches!(c, b'?' | b'_' | b'{') => {
                inner.dollar(rest, true)
            }
            (b'\\', Some(&c @ (b'$' | b'\\' | b'`'))) => {
                inner.quoted(c);
                2
            }
            _ => {
                inner.quoted(b);
                1
            }
        };
    }
    inner.word.unwrap_or_default()
}

fn literal(piece: Piece) -> Vec<u8> {
    match piece {
        Piece::Text(t) | Piece::Quoted(t) => t,
        Piece::Variable { name, .. } => format!("${name}").into_bytes(),
        Piece::Home => b"~".to_vec(),
    }
}
