//! What several of the pretended programs need of a display: a window that nobody sees, and giving a selection to
//! whoever asks for it.

use x11rb::{
    NONE,
    connection::Connection as _,
    protocol::xproto::{
        Atom, AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
        SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
    },
    rust_connection::{ReplyError, RustConnection},
    wrapper::ConnectionExt as _,
};

/// A window that is never shown: it owns a selection, or gets messages.
pub(crate) fn unseen_window(
    connection: &RustConnection,
    root: Window,
) -> Result<Window, ReplyError> {
    let own = connection
        .generate_id()
        .expect("a display has a name to spare");
    connection
        .create_window(
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
        )?
        .check()?;
    Ok(own)
}

/// The number that the display has for a name.
pub(crate) fn atom(connection: &RustConnection, name: &str) -> Result<Atom, ReplyError> {
    let asked = connection.intern_atom(false, name.as_bytes())?;
    Ok(asked.reply()?.atom)
}

/// A selection in the one form in which it is given.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    /// `TARGETS`: somebody asks in which forms it can be had.
    pub(crate) targets: Atom,
    /// The form.
    pub(crate) form: Atom,
    /// What is given.
    pub(crate) bytes: Vec<u8>,
}

impl Given {
    /// Gives it to who asks, or says that it can't be had as they want it.
    ///
    /// Source: ICCCM, 2.2 "Responsibilities of the Selection Owner".
    pub(crate) fn to(
        &self,
        connection: &RustConnection,
        request: &SelectionRequestEvent,
    ) -> Result<(), ReplyError> {
        let (whom, place) = (request.requestor, request.property);
        let given = if request.target == self.targets {
            let targets = [self.targets, self.form];
            connection
                .change_property32(PropMode::REPLACE, whom, place, AtomEnum::ATOM, &targets)?
                .check()?;
            place
        } else if request.target == self.form {
            connection
                .change_property8(PropMode::REPLACE, whom, place, self.form, &self.bytes)?
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
        connection
            .send_event(false, whom, EventMask::NO_EVENT, told)?
            .check()
    }
}
