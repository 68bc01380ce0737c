//! The little HTTP that a script learner needs.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What came back.
pub(crate) struct Answer {
    /// Status line and header fields, as they came.
    pub(crate) head: String,
    /// The content.
    pub(crate) body: String,
}

impl Answer {
    /// The three digits.
    pub(crate) fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    /// A header field's value; empty where there is none.
    pub(crate) fn field(&self, name: &str) -> &str {
        let fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields
            .filter(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .next()
            .unwrap_or_default()
    }
}

/// `GET` of a path at `address` (host and port).
pub(crate) async fn get(address: &str, path: &str) -> std::io::Result<Answer> {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")).await
}

/// `POST` of a form, as our own page would.
pub(crate) async fn post(address: &str, path: &str, form: &str) -> std::io::Result<Answer> {
    let length = form.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
    );
    exchange(address, &request).await
}

async fn exchange(address: &str, request: &str) -> std::io::Result<Answer> {
    let mut socket = TcpStream::connect(address).await?;
    socket.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    Ok(Answer { head: head.to_owned(), body: body.to_owned() })
}

/// Begins an attempt; gives its token.
pub(crate) async fn begin(address: &str, scenario: &str) -> String {
    let answer = post(address, "/attempts", &format!("scenario={scenario}")).await.unwrap();
    let token = answer.field("location").strip_prefix("/attempts/");
    token.unwrap_or_else(|| panic!("no attempt was begun: {}\n{}", answer.head, answer.body)).to_owned()
}
