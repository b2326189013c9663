//! The one list of commands. Both hosts dispatch from it, and the bindings are made from it.

/// Whether a command reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandKind {
    /// Answers may be kept under the tags it provides.
    Read,
    /// Makes the answers with its tags stale.
    Write,
}

/// What is known of a command without calling it.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Name, in snake case.
    pub name: &'static str,
    /// Reads or writes.
    pub kind: CommandKind,
    /// The type it takes.
    pub takes: &'static str,
    /// The type it gives.
    pub gives: &'static str,
    /// Provided by a read, made stale by a write.
    pub tags: &'static [Tag],
    /// First line of its documentation.
    pub doc: &'static str,
}

use crate::{Surface, dto::*, error::AppError, tags::Tag};

macro_rules! commands {
    ($( $(#[doc = $doc:literal])+ $kind:ident $name:ident($takes:ident) -> $gives:ident, $word:ident [$($tag:ident),*]; )*) => {
        /// All of them.
        pub const COMMANDS: &[Command] = &[
            $( Command {
                name: stringify!($name),
                kind: commands!(@kind $kind $word),
                takes: stringify!($takes),
                gives: stringify!($gives),
                tags: &[$(Tag::$tag),*],
                doc: concat!($($doc),+),
            }, )*
        ];

        impl Surface {
            /// Runs the command `name` on JSON and gives JSON.
            ///
            /// # Errors
            /// [`AppError::Internal`] for a name that is not in [`COMMANDS`],
            /// [`AppError::BadInput`] for an input of another shape, else what the command says.
            pub async fn dispatch(
                &self,
                name: &str,
                input: serde_json::Value,
            ) -> Result<serde_json::Value, AppError> {
                match name {
                    $( stringify!($name) => {
                        let input: $takes = parse(input)?;
                        let answer: $gives = self.$name(input).await?;
                        render(&answer)
                    } )*
                    _ => Err(AppError::Internal { message: format!("there is no command `{name}`") }),
                }
            }
        }

        /// Every type that crosses the wall.
        pub(crate) fn types() -> specta::Types {
            specta::Types::default()
                $( .register::<$takes>().register::<$gives>() )*
                .register::<AppError>()
                .register::<crate::Event>()
                .register::<Tag>()
        }
    };
    (@kind read provides) => { CommandKind::Read };
    (@kind write stales) => { CommandKind::Write };
}

fn parse<T: serde::de::DeserializeOwned>(input: serde_json::Value) -> Result<T, AppError> {
    // The error's text may repeat what was typed, so only the place is kept.
    serde_json::from_value(input).map_err(|_| AppError::BadInput {
        field: std::any::type_name::<T>()
            .rsplit("::")
            .next()
            .unwrap_or_default()
            .to_owned(),
    })
}

fn render<T: serde::Serialize>(answer: &T) -> Result<serde_json::Value, AppError> {
    serde_json::to_value(answer).map_err(|error| AppError::Internal {
        message: error.to_string(),
    })
}

commands! {
    /// Everything a window needs for its first frame.
    read app_state(Nothing) -> AppState, provides [App];
    /// Sets how the window looks.
    write set_preferences(Preferences) -> Nothing, stales [App];
    /// A small thing the window remembered.
    read layout(LayoutQuestion) -> Layout, provides [Layout];
    /// Remembers a small thing.
    write set_layout(Layout) -> Nothing, stales [];
    /// Has the system say that orders came in, unless the person wants no such thing, or sees them come in.
    write announce_orders(AnnounceOrders) -> Nothing, stales [];
    /// Opens a page in the person's browser.
    write open_page(OpenPage) -> Nothing, stales [];

    /// What a text says about which store is meant.
    read read_address(AddressQuestion) -> AddressAnswer, provides [];
    /// Whether there is a keychain, asked without a prompt.
    read keychain(Nothing) -> KeychainInfo, provides [Keychain];
    /// In which of the keychain's collections a store's token lies, or would; asked without a prompt.
    read keychain_collection(CollectionQuestion) -> KeychainCollection, provides [Keychain, App];
    /// What a store can be connected for, and the scopes that each takes.
    read presets(Nothing) -> Presets, provides [];
    /// Reads credentials, from wherever they come, and takes their token into memory.
    write connect_begin(ConnectBegin) -> HandedOver, stales [];
    /// Takes the environment's store and token into memory.
    write connect_environment(Nothing) -> Attempt, stales [];
    /// Checks an attempt; each line is told as an event as soon as it is known.
    write connect_check(AttemptRef) -> CheckReport, stales [];
    /// Asks what a check left open: whether the token may also change things. Only with the person's
    /// consent: each question is a write that names nothing to be made.
    write connect_check_writes(AttemptRef) -> CheckReport, stales [];
    /// Forgets an attempt and its token, and stops its check.
    write connect_cancel(AttemptRef) -> Nothing, stales [];
    /// Forgets all that was handed over and not saved.
    write connect_forget(Nothing) -> Nothing, stales [];
    /// Puts away what a saved token has left lying about.
    write connect_tidy(ConnectTidy) -> Tidied, stales [];
    // A new store may go by the key of one that was removed: whatever was answered by that key is the other's.
    /// Saves a checked attempt as a store, or replaces the token of one that is connected.
    write connect_save(ConnectSave) -> Store, stales [
        App, StoreState, Keychain, Orders, Products, Customers, Activity, Storefront
    ];
    /// Opens the built-in sample store, made on the first time.
    write open_sample(Nothing) -> Store, stales [
        App, StoreState, Orders, Products, Customers, Activity, Storefront
    ];
    /// Puts the sample store back to how it was.
    write reset_sample(Nothing) -> Store, stales [
        App, StoreState, Orders, Products, Customers, Activity, Storefront
    ];

    /// Makes a store the current one and starts its background work.
    write select_store(StoreRef) -> StoreState, stales [App];
    /// Changes a store's name, accent or safety mode.
    write edit_store(StoreEdit) -> Store, stales [App];
    /// Removes a store: its keychain entry, its copy and its journal. While the keychain asks for its
    /// password, `cancel_unlock` ends the waiting, and nothing is removed.
    write remove_store(RemoveStore) -> Nothing, stales [App, StoreState, Keychain];
    /// How a store is doing.
    read store_state(StoreRef) -> StoreState, provides [StoreState];
    /// Asks the store now for what changed.
    write refresh(StoreRef) -> Nothing, stales [StoreState];
    /// Asks the keychain for the token; a locked one may show its prompt.
    write unlock(StoreRef) -> StoreState, stales [StoreState, Keychain];
    /// Stops waiting for the keychain's prompt, whether a token is read, kept or taken out.
    write cancel_unlock(StoreRef) -> Nothing, stales [StoreState];
    /// Gives a store that has lost its token a new one.
    write give_token(GiveToken) -> StoreState, stales [App, StoreState, Keychain];
    /// Takes the older token into use again that is still in the keychain, where a newer one was kept until
    /// quitting; a locked keychain may show its prompt.
    write take_older_token(StoreRef) -> StoreState, stales [App, StoreState, Keychain];

    /// Looks at a store, its token and its keychain, without changing anything.
    write examine(StoreRef) -> Examination, stales [];
    /// What this computer holds of a store, with its sizes.
    read holdings(StoreRef) -> Holdings, provides [StoreState, Activity];

    /// What is known of the tokens for a storefront. Asks neither the store nor the keychain.
    read storefront_access(StoreRef) -> StorefrontAccess, provides [Storefront];
    /// Asks the store for its storefronts.
    read storefront_channels(StoreRef) -> StorefrontChannels, provides [];
    /// Makes a private token for the storefront, tries it, and revokes the one before. `cancel_unlock` stops it.
    write make_storefront_token(StorefrontWish) -> StorefrontTried, stales [Storefront, Keychain];
    /// Asks the storefront something small, to see whether the token is good.
    write try_storefront_token(StoreRef) -> StorefrontTried, stales [Storefront];
    /// Ends a token for the storefront before its time.
    write revoke_storefront_token(StorefrontRevoke) -> Nothing, stales [Storefront, Keychain];
    /// Asks the storefront. Nothing but queries is sent.
    write ask_storefront(StorefrontQuestion) -> StorefrontAnswer, stales [];
    /// Stops a question to the storefront.
    write stop_asking(StorefrontStop) -> Nothing, stales [];
    /// What can be asked of a storefront; the storefront is asked for it once.
    read storefront_schema(StorefrontSchemaQuestion) -> StorefrontSchema, provides [];
    /// Says what a token for a storefront is. It is kept nowhere and sent nowhere.
    write read_storefront_token(StorefrontTokenTyped) -> StorefrontTokenReading, stales [];

    /// Statuses with the store's own labels and counts.
    read statuses(StoreRef) -> Statuses, provides [Orders];
    /// Opens a list of orders.
    read open_orders(OrdersQuery) -> OrdersView, provides [Orders];
    /// Rows of an opened list.
    read order_rows(RowsQuestion) -> OrderRows, provides [Orders];
    /// Where an order stands in an opened list.
    read order_place(PlaceQuestion) -> Place, provides [Orders];
    /// One order with what belongs to it, as far as that is here.
    read order(OrderRef) -> OrderDetail, provides [Orders, Activity];
    /// Asks the store for one order and what belongs to it now.
    write refresh_order(OrderRef) -> Nothing, stales [Orders];
    /// Keeps a staff note as it is being typed.
    write draft_notes(NotesDraft) -> Nothing, stales [];

    /// Opens a list of products.
    read open_products(ProductsQuery) -> ListView, provides [Products];
    /// Rows of an opened list.
    read product_rows(RowsQuestion) -> ProductRows, provides [Products];
    /// Where a product stands in an opened list.
    read product_place(PlaceQuestion) -> Place, provides [Products];
    /// One product.
    read product(ProductRef) -> ProductDetail, provides [Products, Activity];
    /// Products that are yet to be made, which are in no list.
    read makings(StoreRef) -> Makings, provides [Activity];
    /// Asks the store for one product now.
    write refresh_product(ProductRef) -> Nothing, stales [Products];
    /// What was typed in a product's form and not applied.
    read product_draft(ProductDraftQuestion) -> ProductDraft, provides [];
    /// Keeps a product's form as it is being filled in.
    write draft_product(ProductDraft) -> Nothing, stales [];

    /// Opens a list of customers.
    read open_customers(CustomersQuery) -> ListView, provides [Customers];
    /// Rows of an opened list.
    read customer_rows(RowsQuestion) -> CustomerRows, provides [Customers];
    /// Where a customer stands in an opened list.
    read customer_place(PlaceQuestion) -> Place, provides [Customers];
    /// One customer with their newest orders.
    read customer(CustomerRef) -> CustomerDetail, provides [Customers, Orders];
    /// Asks the store for one customer now.
    write refresh_customer(CustomerRef) -> Nothing, stales [Customers];

    /// The best of what holds a text, in all lists at once, as far as it is here.
    read find(FindQuestion) -> Found, provides [Orders, Products, Customers];

    /// What a first look at a store shows.
    read home(StoreRef) -> HomeNumbers, provides [Orders, Products, Customers];
    /// Sales of days or months one after the other.
    read sales(SalesQuestion) -> SalesOverTime, provides [Orders];

    /// Plans a change. Nothing is sent.
    write plan_change(PlanQuestion) -> Plan, stales [];
    /// Plans to put changes back. Nothing is sent.
    write plan_undo(EntryRefs) -> Plan, stales [];
    /// Plans to try changes again. Nothing is sent.
    write plan_retry(EntryRefs) -> Plan, stales [];
    /// Plans to try again what a job did not get done. Nothing is sent.
    write plan_retry_job(JobRef) -> Plan, stales [];
    /// Plans to put back what a job did. Nothing is sent.
    write plan_undo_job(JobRef) -> Plan, stales [];
    /// Plans what was chosen where a change met somebody else's. Nothing is sent.
    write plan_resolve(ResolveQuestion) -> Plan, stales [];
    /// Rows of a plan, whose id is the view.
    read plan_rows(RowsQuestion) -> PlanRows, provides [];
    /// Writes a plan to the journal and starts sending it.
    write apply(ApplyPlan) -> Applied, stales [Orders, Products, Activity, StoreState];
    /// Forgets a plan.
    write discard_plan(PlanRef) -> Nothing, stales [];

    /// Opens the list of changes.
    read open_activity(ActivityQuery) -> ActivityView, provides [Activity];
    /// Rows of the list of changes.
    read activity_rows(RowsQuestion) -> ActivityRows, provides [Activity];
    /// One change with its whole way.
    read activity_entry(EntryRef) -> ActivityEntry, provides [Activity];
    /// Asks the store what became of a change that got no answer.
    write look_for(EntryRef) -> Nothing, stales [Activity, Orders, Products, StoreState];
    /// Takes a person's word for what became of a change.
    write decide(Decision) -> Nothing, stales [Activity, Orders, Products, StoreState];
    /// Jobs of which something is on its way.
    read jobs(StoreRef) -> Jobs, provides [Activity];
    /// How far a job has come.
    read job(JobRef) -> Job, provides [Activity];
    /// Holds a job: nothing more of it is sent until it goes on.
    write pause_job(JobRef) -> Nothing, stales [Activity, StoreState];
    /// Goes on with a job that was held.
    write resume_job(JobRef) -> Nothing, stales [Activity, StoreState];
    /// Gives up what was not sent of a job.
    write stop_job(JobRef) -> Nothing, stales [Activity, Orders, Products, StoreState];
    /// Writes changes to a file that the person chooses.
    write export_activity(ExportQuestion) -> Exported, stales [];
    /// How long personal data is kept in the journal.
    read activity_keeping(StoreRef) -> ActivityKeeping, provides [Activity];
    /// Chooses that. What is due is erased at once.
    write set_activity_keeping(ActivityKeeping) -> Nothing, stales [Activity];
    /// Gives a change up that has not been sent.
    write drop_change(EntryRef) -> Nothing, stales [Activity, Orders, Products, StoreState];
}
