//! Names for what reads provide and writes make stale.

use serde::{Deserialize, Serialize};
use specta::Type;

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        /// A kind of answer that a window may keep until it is told otherwise.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
        #[serde(rename_all = "camelCase")]
        pub enum Tag { $($(#[$doc])* $name,)+ }

        impl Tag {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

tags! {
    /// The app: its stores and preferences.
    App,
    /// What the window remembers of its own look.
    Layout,
    /// How stores are doing.
    StoreState,
    /// Lists, counts and details of orders.
    Orders,
    /// Lists and details of products.
    Products,
    /// Lists and details of customers.
    Customers,
    /// The journal.
    Activity,
    /// The system's keychain.
    Keychain,
    /// Access to storefronts.
    Storefront,
}
