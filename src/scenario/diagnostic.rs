//! A fault in a scenario file: where it is, what is wrong, what would be right.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be used.
    Error,
    /// It can, and should be looked at.
    Warning,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A short fixed name such as `unknown-key`, for tests and editors.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The octets of the file it is about; `None` where it is about the whole file.
    pub span: Option<std::ops::Range<usize>>,
    /// A few words at the caret.
    pub label: String,
    /// What would be right.
    pub help: Option<String>,
}
