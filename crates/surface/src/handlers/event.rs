use workbench::{Notice, What};

use crate::{Event, Surface, Tag, into_dto as dto};

impl Surface {
    /// A notice as an event; `None` where its subject has gone meanwhile.
    pub(crate) async fn event(&self, notice: Notice) -> Option<Event> {
        match notice {
            Notice::Stale { store, what } => Some(Event::Stale {
                store: store.map(|key| key.to_string()),
                tags: what
                    .into_iter()
                    .map(|what| match what {
                        What::App => Tag::App,
                        What::Orders => Tag::Orders,
                        What::Products => Tag::Products,
                        What::Customers => Tag::Customers,
                        What::Activity => Tag::Activity,
                        What::Storefront => Tag::Storefront,
                    })
                    .collect(),
            }),
            Notice::State(key) => {
                // One that was closed meanwhile must not be opened again by asking.
                let state = self.workbench.state_if_open(&key).await?;
                Some(Event::State {
                    state: dto::store_state(key.as_str(), state),
                })
            }
            Notice::JobEnded {
                store,
                job,
                done,
                to_look_at,
            } => Some(Event::JobEnded {
                store: store.to_string(),
                job: job.to_string(),
                done,
                to_look_at,
            }),
            Notice::FileOver(over) => Some(Event::FileOver { over }),
            Notice::FileDropped(name) => Some(Event::FileDropped { name }),
            Notice::Check(attempt) => {
                let report = self.workbench.check_report(&attempt).ok()?;
                Some(Event::Check {
                    report: dto::check_report(&attempt, report),
                })
            }
            Notice::NewOrders { store, count } => Some(Event::NewOrders {
                store: store.to_string(),
                count,
            }),
        }
    }
}
