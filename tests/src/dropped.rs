//! A file that another program drags over the window and lets go there, as a file manager does.
//!
//! Source: freedesktop.org, "Drag-and-Drop Protocol for the X Window System", version 5.

use std::path::Path;

use x11rb::{
    CURRENT_TIME, NONE,
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{
            Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask,
            MapState, PropMode, SELECTION_NOTIFY_EVENT, SelectionNotifyEvent,
            SelectionRequestEvent, Window, WindowClass,
        },
    },
    rust_connection::{ReplyError, RustConnection},
    wrapper::ConnectionExt as _,
};

use crate::wait;

const VERSION: u32 = 5;

/// Lets a file go over the middle of the one window of a display that takes any. Returns when the window
/// has said that it has it.
///
/// # Panics
/// If the display or the window does not answer.
pub fn let_go(display: &str, file: &Path) {
    let (connection, screen) =
        RustConnection::connect(Some(display)).expect("the display of the desktop answers");
    let root = connection.setup().roots[screen].root;
    let hand = Hand::over(connection, root, file).expect("the display lets things be dragged");
    hand.say("XdndEnter", [VERSION << 24, hand.list, 0, 0]);
    hand.say_where();
    let mut is_given = false;
    wait::until("the window to take the file", || {
        while let Ok(Some(event)) = hand.connection.poll_for_event() {
            match event {
                Event::SelectionRequest(request) => {
                    let was_list = hand.give(&request).expect("the display passes it on");
                    if was_list && !is_given {
                        is_given = true;
                        hand.say_where();
                        hand.say("XdndDrop", [0, CURRENT_TIME, 0, 0]);
                    }
                }
                Event::ClientMessage(message) if message.type_ == hand.finished => return Some(()),
                _ => {}
            }
        }
        None
    });
}

/// Who drags the file.
struct Hand {
    connection: RustConnection,
    own: Window,
    target: Window,
    middle: u32,
    list: Atom,
    targets: Atom,
    copy: Atom,
    finished: Atom,
    file: String,
}

impl Hand {
    fn over(connection: RustConnection, root: Window, file: &Path) -> Result<Self, ReplyError> {
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
        let aware = atom("XdndAware")?;
        let mut target = None;
        for window in connection.query_tree(root)?.reply()?.children {
            let is_in_sight =
                connection.get_window_attributes(window)?.reply()?.map_state == MapState::VIEWABLE;
            let says = connection
                .get_property(false, window, aware, AtomEnum::ATOM, 0, 1)?
                .reply()?;
            if is_in_sight && says.value_len > 0 {
                target = Some(window);
            }
        }
        let target = target.expect("a window takes files");
        let place = connection.get_geometry(target)?.reply()?;
        let middle = |from: i16, length: u16| u32::from(from.unsigned_abs() + length / 2);
        let middle = (middle(place.x, place.width) << 16) | middle(place.y, place.height);
        let hand = Self {
            own,
            target,
            middle,
            list: atom("text/uri-list")?,
            targets: atom("TARGETS")?,
            copy: atom("XdndActionCopy")?,
            finished: atom("XdndFinished")?,
            file: format!("file://{}\r\n", file.display()),
            connection,
        };
        let selection = hand.atom("XdndSelection");
        hand.connection
            .set_selection_owner(own, selection, CURRENT_TIME)?
            .check()?;
        Ok(hand)
    }

    fn say_where(&self) {
        self.say("XdndPosition", [0, self.middle, CURRENT_TIME, self.copy]);
    }

    /// Tells the window something, under our own name.
    fn say(&self, what: &str, [a, b, c, d]: [u32; 4]) {
        let data = [self.own, a, b, c, d];
        let message = ClientMessageEvent::new(32, self.target, self.atom(what), data);
        self.connection
            .send_event(false, self.target, EventMask::NO_EVENT, message)
            .ok()
            .and_then(|asked| asked.check().ok())
            .expect("the display takes messages");
    }

    /// Answers what the window asks of the file; whether that was where it is.
    fn give(&self, request: &SelectionRequestEvent) -> Result<bool, ReplyError> {
        let (whom, place) = (request.requestor, request.property);
        let was_list = request.target == self.list;
        let given = if was_list {
            self.connection
                .change_property8(
                    PropMode::REPLACE,
                    whom,
                    place,
                    self.list,
                    self.file.as_bytes(),
                )?
                .check()?;
            place
        } else if request.target == self.targets {
            self.connection
                .change_property32(PropMode::REPLACE, whom, place, AtomEnum::ATOM, &[self.list])?
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
            .check()?;
        Ok(was_list)
    }

    fn atom(&self, name: &str) -> Atom {
        let asked = self.connection.intern_atom(false, name.as_bytes()).ok();
        let reply = asked.and_then(|cookie| cookie.reply().ok());
        reply.expect("the display knows its atoms").atom
    }
}
