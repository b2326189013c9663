//! The wall between the backend and the window.

mod bindings;
mod scopes;
mod tags;
