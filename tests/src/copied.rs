//! A text that another program has copied: it holds the clipboard of a display, as a browser does after
//! somebody has pressed Ctrl+C in it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use x11rb::{
    CURRENT_TIME,
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{ConnectionExt as _, Window},
    },
    rust_connection::{ReplyError, RustConnection},
};

use crate::selection::{Given, atom, unseen_window};

/// A copied text. It can be pasted until somebody else copies something, or the display ends.
#[derive(Clone, Debug)]
pub struct Copied {
    is_held: Arc<AtomicBool>,
}

impl Copied {
    /// Copies a text.
    ///
    /// # Panics
    /// If the display does not answer.
    #[must_use]
    pub fn on(display: &str, text: &str) -> Self {
        let (connection, screen) =
            RustConnection::connect(Some(display)).expect("the display of the desktop answers");
        let root = connection.setup().roots[screen].root;
        let owner = Owner::take(connection, root, text).expect("the display has a clipboard");
        let is_held = Arc::new(AtomicBool::new(true));
        let held = Arc::clone(&is_held);
        // Ends with the display, if nobody copies anything else before.
        thread::spawn(move || {
            owner.answer();
            held.store(false, Ordering::SeqCst);
        });
        Self { is_held }
    }

    /// Whether it could still be pasted.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.is_held.load(Ordering::SeqCst)
    }
}

/// Who has the clipboard.
///
/// Source: ICCCM, 2 "Peer-to-Peer Communication by Means of Selections".
struct Owner {
    connection: RustConnection,
    given: Given,
}

impl Owner {
    fn take(connection: RustConnection, root: Window, text: &str) -> Result<Self, ReplyError> {
        let own = unseen_window(&connection, root)?;
        let clipboard = atom(&connection, "CLIPBOARD")?;
        let given = Given {
            targets: atom(&connection, "TARGETS")?,
            form: atom(&connection, "UTF8_STRING")?,
            bytes: text.as_bytes().to_owned(),
        };
        connection
            .set_selection_owner(own, clipboard, CURRENT_TIME)?
            .check()?;
        Ok(Self { connection, given })
    }

    /// Gives the text to whoever asks, until it is no longer ours to give.
    fn answer(&self) {
        while let Ok(event) = self.connection.wait_for_event() {
            match event {
                Event::SelectionRequest(request)
                    if self.given.to(&self.connection, &request).is_err() =>
                {
                    return;
                }
                Event::SelectionClear(_) => return,
                _ => {}
            }
        }
    }
}
