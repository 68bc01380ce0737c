//! The grade's fold over transcripts written in short notation.

mod conversations;
mod steps;
mod support;
mod tls;
