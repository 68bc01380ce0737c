//! How a command that goes on until it is stopped hears that it is.

use std::future::Future;

/// Ctrl-C, or the polite signal of whoever manages processes. Listens from the call on, not only when it is awaited.
#[cfg(unix)]
pub(super) fn told_to_stop() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        match signals {
            (Ok(mut interrupt), Ok(mut terminate)) => {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            }
            // Where even this cannot be had, helo can still be killed: it loses nothing.
            _ => std::future::pending().await,
        }
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
pub(super) fn told_to_stop() -> impl Future<Output = ()> {
    async {
        // Where even this cannot be had, helo can still be killed: it loses nothing.
        let _ = tokio::signal::ctrl_c().await;
    }
}
