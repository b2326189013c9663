//! SIGKILL right before and right after each kind of request that must not be sent twice, while the store
//! misbehaves at that very request.
//!
//! What is not known to be done is offered again. Once the person has had it sent, the store has what was meant: once, with
//! as many e-mails as that sends, and with no more requests than the fault and the kill explain. A token for the storefront
//! goes its own way (`storefront.rs`); the questions of a check whether a token may write carry nothing that could be done.

use std::{os::unix::process::ExitStatusExt as _, thread};

use commerce::{Change, OrderFields};
use journal::{Journal, SendKind};
use serde_json::{Value, json};
use stockroom_tests::{
    bridge::Bridge,
    jobs::plan_making,
    wait,
    world::{Wish, World, only_entry, some_order, state},
};

/// What is sent at most once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Once {
    /// The shopper may get an e-mail each time.
    Status,
    /// A second time makes a second product.
    Making,
}

impl Once {
    const ALL: [Self; 2] = [Self::Status, Self::Making];

    /// What kind a change is, if it is one of these. Whoever adds a change, or a field to an order, says it here
    /// and walks it below, or this does not compile.
    fn of(change: &Change) -> Option<Self> {
        match change {
            Change::Order {
                after:
                    OrderFields {
                        status_id,
                        staff_notes: _,
                    },
                ..
            } => status_id.map(|_| Self::Status),
            Change::CreateProduct { .. } => Some(Self::Making),
            Change::Product { .. } | Change::DeleteProduct { .. } => None,
        }
    }

    const fn method(self) -> &'static str {
        match self {
            Self::Status => "PUT",
            Self::Making => "POST",
        }
    }
}

/// What the store does at the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection breaks before it is seen.
    ResetBefore,
    /// It is done, and the connection breaks.
    ResetAfter,
    /// 429, with the time to wait.
    TooMany,
    /// A gateway's page, and nothing is done.
    Page,
    /// A gateway's page, and it is done.
    PageAfter,
}

impl Fault {
    pub(crate) const ALL: [Self; 5] = [
        Self::ResetBefore,
        Self::ResetAfter,
        Self::TooMany,
        Self::Page,
        Self::PageAfter,
    ];

    /// The rule by which a sandbox does so, one time. Where it asks to wait, for so many seconds.
    pub(crate) fn rule(self, method: &str, seconds: u64) -> Value {
        let fault = match self {
            Self::ResetBefore => json!({ "kind": "resetBefore" }),
            Self::ResetAfter => json!({ "kind": "resetAfter" }),
            Self::TooMany => {
                json!({ "kind": "rateLimited", "resetMs": 1_000 * seconds, "retryAfter": seconds })
            }
            Self::Page => json!({ "kind": "html502", "applied": false }),
            Self::PageAfter => json!({ "kind": "html502", "applied": true }),
        };
        json!({ "match": { "method": method }, "times": 1, "fault": fault })
    }

    /// Whether the store does what it was asked for.
    pub(crate) const fn applies(self) -> bool {
        match self {
            Self::ResetAfter | Self::PageAfter => true,
            Self::ResetBefore | Self::TooMany | Self::Page => false,
        }
    }
}

macro_rules! walked {
    ($($name:ident: $kind:ident $fault:ident;)*) => {
        $(
            #[test]
            fn $name() {
                walk(Once::$kind, Fault::$fault);
            }
        )*

        #[test]
        fn every_kind_of_request_is_walked_with_every_fault() {
            let walked = [$((Once::$kind, Fault::$fault)),*];
            for kind in Once::ALL {
                for fault in Fault::ALL {
                    assert!(walked.contains(&(kind, fault)), "{kind:?} {fault:?}");
                }
            }
        }
    };
}

walked! {
    a_status_killed_at_a_request_that_is_reset_is_sent_once: Status ResetBefore;
    a_status_killed_at_a_request_that_is_done_and_reset_is_sent_once: Status ResetAfter;
    a_status_killed_at_a_request_too_many_is_sent_once: Status TooMany;
    a_status_killed_at_a_request_that_a_gateway_drops_is_sent_once: Status Page;
    a_status_killed_at_a_request_that_a_gateway_hides_is_sent_once: Status PageAfter;
    a_product_killed_at_a_request_that_is_reset_is_made_once: Making ResetBefore;
    a_product_killed_at_a_request_that_is_done_and_reset_is_made_once: Making ResetAfter;
    a_product_killed_at_a_request_too_many_is_made_once: Making TooMany;
    a_product_killed_at_a_request_that_a_gateway_drops_is_made_once: Making Page;
    a_product_killed_at_a_request_that_a_gateway_hides_is_made_once: Making PageAfter;
}

fn walk(kind: Once, fault: Fault) {
    // Most of both is waiting until nothing of it can show any more.
    thread::scope(|threads| {
        threads.spawn(|| killed_before(kind, fault));
        threads.spawn(|| killed_after(kind, fault));
    });
}

/// What a person wants, and how to see that it is so.
struct Meant {
    kind: Once,
    plan: Value,
    order: u64,
    status: Value,
}

const MADE: &str = "Enamel pot";

impl Meant {
    fn of(kind: Once, bridge: &Bridge, store: &str) -> Self {
        let order = some_order(bridge, store);
        let wished = Wish::Status.of(&bridge.order(store, order));
        Self {
            kind,
            plan: match kind {
                Once::Status => bridge.plan(store, order, &wished),
                Once::Making => plan_making(bridge, store, MADE),
            },
            order,
            status: wished["statusId"].clone(),
        }
    }

    /// The journal, too, says of it that it must not be sent twice.
    fn is_written_down(&self, world: &World, store: &str) {
        let stores = world.desktop.stockroom_home().join("stores");
        let file = stores.join(store).join("journal.sqlite");
        let journal = Journal::open(&file).expect("a journal");
        let all = journal.ids(&journal::Query::default()).expect("entries");
        let [id] = all.as_slice() else {
            panic!("{all:?}")
        };
        let entry = journal.entry(id).expect("an entry");
        assert_eq!(entry.kind, SendKind::Once, "{entry:#?}");
        assert_eq!(Once::of(&entry.change), Some(self.kind), "{entry:#?}");
    }

    /// So often it has been done.
    fn times(&self, world: &World) -> usize {
        let mut effects = world.sandbox.requests(self.kind.method());
        effects.retain(|request| request["changed"] == true);
        effects.len()
    }

    /// The store has it, once, after so many requests, and nothing is left to do.
    fn is_so(&self, world: &World, bridge: &Bridge, store: &str, requests: usize, place: &str) {
        assert_eq!(world.writes(), requests, "{place}");
        assert_eq!(self.times(world), 1, "{place}");
        let emails = world.sandbox.emails().len();
        match self.kind {
            Once::Status => {
                let there = world.sandbox.order(self.order);
                assert_eq!(there["statusId"], self.status, "{place}");
                assert_eq!(emails, 1, "{place}");
            }
            Once::Making => {
                let products = world.sandbox.products();
                let made = products.iter().filter(|product| product["name"] == MADE);
                assert_eq!(made.count(), 1, "{place}");
                assert_eq!(emails, 0, "{place}");
            }
        }
        let now = bridge.state(store);
        assert_eq!(now["changesWaiting"], 0, "{place}: {now:#}");
        assert_eq!(now["changesToLookAt"], 0, "{place}: {now:#}");
        bridge.wait_for_rest(store);
        world.agree(bridge, store, self.order);
    }
}

/// Waits until it is known what became of an entry.
fn fate(bridge: &Bridge, store: &str, entry: &str) -> String {
    let known = [
        "done",
        "doneFound",
        "notApplied",
        "unclear",
        "refused",
        "conflict",
    ];
    state(&bridge.wait_for_entry(store, entry, &known))
}

fn tried_again(bridge: &Bridge, store: &str, entry: &str) -> String {
    let plan = bridge.get("plan_retry", json!({ "store": store, "entries": [entry] }));
    let mut again = bridge.apply(&plan).expect("it is offered again");
    assert_eq!(again.len(), 1, "{plan:#}");
    again.remove(0)
}

fn dies(bridge: &mut Bridge) {
    let end = bridge.wait_for_end();
    assert_eq!(end.signal(), Some(9), "{end}");
}

/// The process dies with the request about to go out. Offered again, it meets the fault.
fn killed_before(kind: Once, fault: Fault) {
    let place = format!("{kind:?}, killed before {fault:?}");
    let world = World::new();
    let (mut bridge, store) = world.connected(&[("STOCKROOM_KILL_AT", "sending")]);
    let meant = Meant::of(kind, &bridge, &store);
    world.sandbox.misbehave(fault.rule(kind.method(), 1));
    let _ = bridge.ask_apply(&meant.plan);
    dies(&mut bridge);
    drop(bridge);
    assert_eq!(world.writes(), 0, "{place}");
    meant.is_written_down(&world, &store);

    let bridge = world.bridge(&[]);
    let entry = only_entry(&bridge, &store);
    assert_eq!(fate(&bridge, &store, &entry), "notApplied", "{place}");
    assert_eq!(world.writes(), 0, "{place}: it is not sent unseen");
    let again = tried_again(&bridge, &store, &entry);
    let (ends, requests) = match fault {
        Fault::ResetAfter | Fault::PageAfter => ("doneFound", 1),
        // The store did nothing and says so: it goes by itself when its time has come.
        Fault::TooMany => ("done", 2),
        Fault::ResetBefore | Fault::Page => ("notApplied", 1),
    };
    assert_eq!(fate(&bridge, &store, &again), ends, "{place}");
    assert_eq!(world.writes(), requests, "{place}");
    if ends == "notApplied" {
        let last = tried_again(&bridge, &store, &again);
        assert_eq!(fate(&bridge, &store, &last), "done", "{place}");
        meant.is_so(&world, &bridge, &store, requests + 1, &place);
    } else {
        meant.is_so(&world, &bridge, &store, requests, &place);
    }
}

/// The request was out, and the process dies before anything was written about what came of it.
fn killed_after(kind: Once, fault: Fault) {
    let place = format!("{kind:?}, killed after {fault:?}");
    let world = World::new();
    let kill: &[_] = match fault {
        // There is no answer yet, only a wait.
        Fault::TooMany => &[],
        Fault::ResetBefore | Fault::ResetAfter | Fault::Page | Fault::PageAfter => {
            &[("STOCKROOM_KILL_AT", "answered")]
        }
    };
    let (mut bridge, store) = world.connected(kill);
    let meant = Meant::of(kind, &bridge, &store);
    world.sandbox.misbehave(fault.rule(kind.method(), 30));
    let _ = bridge.ask_apply(&meant.plan);
    if fault == Fault::TooMany {
        wait::until("the request to be refused", || {
            (world.writes() == 1).then_some(())
        });
        bridge.wait_for(&store, "the wait that the store asks for", |state| {
            !state["waiting"].is_null()
        });
        bridge.kill();
    } else {
        dies(&mut bridge);
    }
    drop(bridge);
    assert_eq!(world.writes(), 1, "{place}");
    assert_eq!(meant.times(&world), usize::from(fault.applies()), "{place}");
    meant.is_written_down(&world, &store);

    let bridge = world.bridge(&[]);
    let entry = only_entry(&bridge, &store);
    let ends = if fault.applies() {
        "doneFound"
    } else {
        "notApplied"
    };
    assert_eq!(fate(&bridge, &store, &entry), ends, "{place}");
    assert_eq!(world.writes(), 1, "{place}: it is not sent again unseen");
    if fault.applies() {
        meant.is_so(&world, &bridge, &store, 1, &place);
    } else {
        let again = tried_again(&bridge, &store, &entry);
        assert_eq!(fate(&bridge, &store, &again), "done", "{place}");
        meant.is_so(&world, &bridge, &store, 2, &place);
    }
}
