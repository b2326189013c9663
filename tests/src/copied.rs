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
    CURRENT_TIME, NONE,
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{
            Atom, AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
            SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window,
            WindowClass,
        },
    },
    rust_connection::{ReplyError, RustConnection},
    wrapper::ConnectionExt as _,
};

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
    targets: Atom,
    utf_8: Atom,
    text: Vec<u8>,
}

impl Owner {
    fn take(connection: RustConnection, root: Window, text: &str) -> Result<Self, ReplyError> {
        let own = connection
            .generate_id()
            .expect("a display has a name to spare");
        connection.create_window(
            0,
            own,
            root,
            0,
            0,
            1,
            1,
            0,
            WindowClass::INPUT_ONLY,
            x11rb::COPY_FROM_PARENT,
            &CreateWindowAux::new(),
        )?;
        let atom = |name: &str| -> Result<Atom, ReplyError> {
            let asked = connection.intern_atom(false, name.as_bytes())?;
            Ok(asked.reply()?.atom)
        };
        let (clipboard, targets, utf_8) =
            (atom("CLIPBOARD")?, atom("TARGETS")?, atom("UTF8_STRING")?);
        connection
            .set_selection_owner(own, clipboard, CURRENT_TIME)?
            .check()?;
        Ok(Self {
            connection,
            targets,
            utf_8,
            text: text.as_bytes().to_owned(),
        })
    }

    /// Gives the text to whoever asks, until it is no longer ours to give.
    fn answer(&self) {
        while let Ok(event) = self.connection.wait_for_event() {
            match event {
                Event::SelectionRequest(request) if self.give(&request).is_err() => return,
                Event::SelectionClear(_) => return,
                _ => {}
            }
        }
    }

    fn give(&self, request: &SelectionRequestEvent) -> Result<(), ReplyError> {
        let (whom, place) = (request.requestor, request.property);
        let given = if request.target == self.targets {
            let targets = [self.targets, self.utf_8];
            self.connection
                .change_property32(PropMode::REPLACE, whom, place, AtomEnum::ATOM, &targets)?
                .check()?;
            place
        } else if request.target == self.utf_8 {
            self.connection
                .change_property8(PropMode::REPLACE, whom, place, self.utf_8, &self.text)?
                .check()?;
            place
        } else {
            NONE
        };
        let told = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: whom,
            selection: request.selection,
            target: request.target,
            property: given,
        };
        self.connection
            .send_event(false, whom, EventMask::NO_EVENT, told)?
            .check()
    }
}
