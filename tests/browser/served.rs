//! A page of our own on a port of its own, to try the driver on.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// Serves this page at every path, under this Content-Security-Policy. Gives its address.
pub(crate) async fn serve(policy: &'static str, html: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    match socket.read_u8().await {
                        Ok(octet) => request.push(octet),
                        Err(_) => return,
                    }
                }
                // What a browser asks for by itself.
                let icon = request.starts_with(b"GET /favicon.ico");
                let (status, body) = if icon { ("204 No Content", "") } else { ("200 OK", html) };
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Security-Policy: {policy}\r\n\
                     Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
                let _ = socket.write_all(answer.as_bytes()).await;
            });
        }
    });
    format!("http://{address}/")
}
