//! One thin function a command: check at the edge, call the use case, give the answer.

use commerce::{OrderFields, OrderId, StatusId};
use workbench::{
    Draft, Notice, OrderDraft, SaveAs, What,
    parts::{
        credentials::{AddressReading, FoundIn, KeychainState, read_address},
        desk::{Profile, ProfileKey, Scope},
        journal::{Entry, EntryId, Filter},
        mirror::{OrderSort, OrdersQuery as Query},
    },
};

use crate::{AppError, Event, Surface, Tag, dto::*, into_dto as dto};

/// Most a window may remember under one name.
const LAYOUT_MAX: usize = 64 * 1024;

fn key(text: &str) -> Result<ProfileKey, AppError> {
    text.parse().map_err(|_| AppError::StoreGone)
}

fn order_id(text: &str) -> Result<OrderId, AppError> {
    text.parse().map(OrderId).map_err(|_| AppError::BadInput {
        field: "order".to_owned(),
    })
}

fn place(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

impl Surface {
    pub(crate) async fn app_state(&self, _: Nothing) -> Result<AppState, AppError> {
        let profiles = self.workbench.profiles()?;
        let preferences = self
            .workbench
            .desk()
            .setting(&Scope::App, "preferences")
            .map_err(workbench::Error::from)?;
        let environment = self.workbench.environment().and_then(|(address, last4)| {
            match read_address(&address) {
                AddressReading::Hash { hash, .. } => Some(EnvironmentOffer {
                    hash: hash.to_string(),
                    last4,
                }),
                AddressReading::Empty
                | AddressReading::NoHash { .. }
                | AddressReading::Secret
                | AddressReading::Unclear => None,
            }
        });
        Ok(AppState {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            stores: profiles
                .iter()
                .map(|profile| self.store_dto(profile))
                .collect(),
            current: self.workbench.current()?.map(|key| key.to_string()),
            environment,
            preferences: preferences
                .and_then(|value| serde_json::from_value(value).ok())
                .unwrap_or_default(),
            open_sample: self.open_sample,
        })
    }

    fn store_dto(&self, profile: &Profile) -> Store {
        dto::store(profile, self.workbench.may_connect(profile))
    }

    pub(crate) async fn set_preferences(&self, input: Preferences) -> Result<Nothing, AppError> {
        let value = serde_json::to_value(input).map_err(|error| AppError::Internal {
            message: error.to_string(),
        })?;
        self.workbench
            .desk()
            .set_setting(&Scope::App, "preferences", &value)
            .map_err(workbench::Error::from)?;
        Ok(Nothing {})
    }

    pub(crate) async fn layout(&self, input: LayoutQuestion) -> Result<Layout, AppError> {
        let scope = layout_scope(input.store.as_deref())?;
        let value = self
            .workbench
            .desk()
            .setting(&scope, &layout_name(&input.name)?)
            .map_err(workbench::Error::from)?;
        Ok(Layout {
            store: input.store,
            name: input.name,
            value: value.map(|value| value.to_string()),
        })
    }

    pub(crate) async fn set_layout(&self, input: Layout) -> Result<Nothing, AppError> {
        let scope = layout_scope(input.store.as_deref())?;
        let name = layout_name(&input.name)?;
        let desk = self.workbench.desk();
        let bad = || AppError::BadInput {
            field: "value".to_owned(),
        };
        match input.value {
            Some(text) if text.len() > LAYOUT_MAX => return Err(bad()),
            Some(text) => {
                let value = serde_json::from_str(&text).map_err(|_| bad())?;
                desk.set_setting(&scope, &name, &value)
            }
            None => desk.remove_setting(&scope, &name),
        }
        .map_err(workbench::Error::from)?;
        Ok(Nothing {})
    }

    pub(crate) async fn open_page(&self, input: OpenPage) -> Result<Nothing, AppError> {
        let profile = match &input.store {
            Some(store) => {
                let key = key(store)?;
                let profiles = self.workbench.profiles()?;
                profiles.into_iter().find(|profile| profile.key == key)
            }
            None => None,
        };
        let url = page_url(profile.as_ref(), input.page, input.order.as_deref())?;
        self.host
            .open_in_browser(&url)
            .map_err(|message| AppError::Internal { message })?;
        Ok(Nothing {})
    }

    pub(crate) async fn read_address(
        &self,
        input: AddressQuestion,
    ) -> Result<AddressAnswer, AppError> {
        let blank = |kind| AddressAnswer {
            kind,
            hash: None,
            host: None,
            start: 0,
            end: 0,
        };
        Ok(match read_address(&input.text) {
            AddressReading::Empty => blank(AddressKind::Empty),
            AddressReading::Secret => blank(AddressKind::Secret),
            AddressReading::Unclear => blank(AddressKind::Unclear),
            AddressReading::NoHash { host } => AddressAnswer {
                host: Some(host),
                ..blank(AddressKind::NoHash)
            },
            AddressReading::Hash {
                hash,
                found_in,
                start,
                end,
            } => AddressAnswer {
                kind: match found_in {
                    FoundIn::Bare => AddressKind::Bare,
                    FoundIn::ApiPath => AddressKind::ApiPath,
                    FoundIn::ControlPanel => AddressKind::ControlPanel,
                    FoundIn::ChannelAddress => AddressKind::ChannelAddress,
                },
                hash: Some(hash.to_string()),
                host: None,
                start: dto::count(start),
                end: dto::count(end),
            },
        })
    }

    pub(crate) async fn keychain(&self, _: Nothing) -> Result<KeychainInfo, AppError> {
        Ok(match self.workbench.keychain_state().await {
            KeychainState::Absent => KeychainInfo {
                available: false,
                locked: false,
                name: String::new(),
            },
            KeychainState::NotSetUp { name } | KeychainState::Locked { name } => KeychainInfo {
                available: true,
                locked: true,
                name,
            },
            KeychainState::Ready { name } => KeychainInfo {
                available: true,
                locked: false,
                name,
            },
        })
    }

    pub(crate) async fn connect_begin(&self, input: ConnectBegin) -> Result<Attempt, AppError> {
        let attempt = self.workbench.connect(&input.address, input.token)?;
        Ok(attempt_dto(attempt))
    }

    pub(crate) async fn connect_environment(&self, _: Nothing) -> Result<Attempt, AppError> {
        Ok(attempt_dto(self.workbench.connect_environment()?))
    }

    pub(crate) async fn connect_check(&self, input: AttemptRef) -> Result<CheckReport, AppError> {
        let report = self.workbench.check(&input.attempt).await?;
        Ok(dto::check_report(&input.attempt, report))
    }

    pub(crate) async fn connect_cancel(&self, input: AttemptRef) -> Result<Nothing, AppError> {
        self.workbench.cancel_attempt(&input.attempt);
        Ok(Nothing {})
    }

    pub(crate) async fn connect_save(&self, input: ConnectSave) -> Result<Store, AppError> {
        let save_as = SaveAs {
            name: input.name,
            color: dto::store_color(input.color),
            safety: dto::safety_mode(input.safety),
            until_quit: input.until_quit,
        };
        let profile = self.workbench.save(&input.attempt, &save_as).await?;
        Ok(self.store_dto(&profile))
    }

    pub(crate) async fn open_sample(&self, _: Nothing) -> Result<Store, AppError> {
        let profile = self.workbench.open_sample().await?;
        Ok(self.store_dto(&profile))
    }

    pub(crate) async fn reset_sample(&self, _: Nothing) -> Result<Store, AppError> {
        let profile = self.workbench.reset_sample().await?;
        Ok(self.store_dto(&profile))
    }

    pub(crate) async fn select_store(&self, input: StoreRef) -> Result<StoreState, AppError> {
        let state = self.workbench.select(&key(&input.store)?).await?;
        Ok(dto::store_state(&input.store, state))
    }

    pub(crate) async fn edit_store(&self, input: StoreEdit) -> Result<Store, AppError> {
        let profile = self.workbench.edit(
            &key(&input.store)?,
            &input.name,
            dto::store_color(input.color),
            dto::safety_mode(input.safety),
        )?;
        Ok(self.store_dto(&profile))
    }

    pub(crate) async fn remove_store(&self, input: StoreRef) -> Result<Nothing, AppError> {
        self.workbench.remove(&key(&input.store)?).await?;
        Ok(Nothing {})
    }

    pub(crate) async fn store_state(&self, input: StoreRef) -> Result<StoreState, AppError> {
        let state = self.workbench.state(&key(&input.store)?).await?;
        Ok(dto::store_state(&input.store, state))
    }

    pub(crate) async fn refresh(&self, input: StoreRef) -> Result<Nothing, AppError> {
        self.workbench.refresh_now(&key(&input.store)?).await?;
        Ok(Nothing {})
    }

    pub(crate) async fn unlock(&self, input: StoreRef) -> Result<StoreState, AppError> {
        self.workbench.unlock(&key(&input.store)?).await?;
        self.store_state(input).await
    }

    pub(crate) async fn cancel_unlock(&self, input: StoreRef) -> Result<Nothing, AppError> {
        self.workbench.cancel_unlock(&key(&input.store)?);
        Ok(Nothing {})
    }

    pub(crate) async fn give_token(&self, input: GiveToken) -> Result<StoreState, AppError> {
        let store = key(&input.store)?;
        self.workbench
            .give_token(&store, input.token, input.until_quit)
            .await?;
        self.store_state(StoreRef { store: input.store }).await
    }

    pub(crate) async fn statuses(&self, input: StoreRef) -> Result<Statuses, AppError> {
        let statuses = self.workbench.statuses(&key(&input.store)?).await?;
        let finished = statuses
            .iter()
            .filter(|(status, _)| status.id != StatusId::INCOMPLETE);
        Ok(Statuses {
            total: finished.map(|(_, count)| count).sum(),
            statuses: statuses
                .into_iter()
                .map(|(status, count)| StatusTab {
                    status_id: status.id.0,
                    label: status.label,
                    system_label: status.system_label,
                    count,
                })
                .collect(),
        })
    }

    pub(crate) async fn open_orders(&self, input: OrdersQuery) -> Result<OrdersView, AppError> {
        let store = key(&input.store)?;
        let query = Query {
            status: input.status_id.map(StatusId),
            search: input.search.trim().to_owned(),
            show_incomplete: input.show_incomplete,
            sort: match input.sort {
                OrdersSort::Number => OrderSort::Number,
                OrdersSort::Placed => OrderSort::Placed,
                OrdersSort::Customer => OrderSort::Customer,
                OrdersSort::Items => OrderSort::Items,
                OrdersSort::Status => OrderSort::Status,
                OrdersSort::Total => OrderSort::Total,
            },
            descending: input.descending,
        };
        let without_search = if query.search.is_empty() {
            None
        } else {
            let all = Query {
                search: String::new(),
                ..query.clone()
            };
            Some(self.workbench.open_orders(&store, all).await?.1.ids.len())
        };
        let (view, opened) = self.workbench.open_orders(&store, query).await?;
        let count = dto::count(opened.ids.len());
        Ok(OrdersView {
            view,
            count,
            totals: opened
                .totals
                .iter()
                .map(|total| dto::money(*total))
                .collect(),
            count_without_search: without_search.map_or(count, dto::count),
        })
    }

    pub(crate) async fn order_rows(&self, input: RowsQuestion) -> Result<OrderRows, AppError> {
        let page = self
            .workbench
            .order_rows(&input.view, place(input.from), place(input.to))
            .await?;
        Ok(OrderRows {
            from: dto::count(page.from),
            rows: page
                .rows
                .iter()
                .map(|row| {
                    let (order, changes) = row.as_ref()?;
                    Some(dto::order_row(order, changes, &page.statuses))
                })
                .collect(),
        })
    }

    pub(crate) async fn order_place(&self, input: PlaceQuestion) -> Result<Place, AppError> {
        let index = self
            .workbench
            .order_place(&input.view, order_id(&input.id)?)
            .await?;
        Ok(Place {
            index: index.map(dto::count),
        })
    }

    pub(crate) async fn order(&self, input: OrderRef) -> Result<OrderDetail, AppError> {
        let found = self
            .workbench
            .order(&key(&input.store)?, order_id(&input.order)?)
            .await?;
        let (order, statuses) = (&found.order, &found.statuses);
        Ok(OrderDetail {
            id: order.id.to_string(),
            status_id: order.status_id.0,
            status_label: dto::label(statuses, order.status_id),
            placed_at: dto::instant(order.placed_at),
            modified_at: dto::instant(order.modified_at),
            shipped_at: order.shipped_at.map(dto::instant),
            customer: order.customer_name(),
            is_guest: order.customer_id.is_none(),
            customer_orders: found.customer_orders,
            billing: dto::address(&order.billing),
            item_count: order.item_count,
            subtotal: dto::money(order.subtotal),
            discount: dto::money(order.discount),
            shipping: dto::money(order.shipping),
            tax: dto::money(order.tax),
            other: dto::money(order.other()),
            total: dto::money(order.total),
            payment_method: order.payment_method.clone(),
            payment_status: order.payment_status.clone(),
            staff_notes: order.staff_notes.clone(),
            customer_message: order.customer_message.clone(),
            source: order.source.clone(),
            is_archived: order.is_archived,
            pending: dto::pending(&latest(&found.entries), statuses),
            draft_staff_notes: found.draft_notes,
            history: found
                .entries
                .iter()
                .map(|entry| dto::activity_row(entry, statuses))
                .collect(),
        })
    }

    pub(crate) async fn refresh_order(&self, input: OrderRef) -> Result<Nothing, AppError> {
        self.workbench
            .refresh_order(&key(&input.store)?, order_id(&input.order)?)
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn draft_notes(&self, input: NotesDraft) -> Result<Nothing, AppError> {
        self.workbench
            .draft_notes(&key(&input.store)?, order_id(&input.order)?, input.text)
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn plan_change(&self, input: PlanQuestion) -> Result<Plan, AppError> {
        let drafts = input
            .changes
            .into_iter()
            .map(|change| {
                Ok(OrderDraft {
                    order: order_id(&change.order)?,
                    wanted: OrderFields {
                        status_id: change.status_id.map(StatusId),
                        staff_notes: change.staff_notes,
                    },
                })
            })
            .collect::<Result<_, AppError>>()?;
        self.plan(&input.store, Draft::Set(drafts)).await
    }

    pub(crate) async fn plan_undo(&self, input: UndoQuestion) -> Result<Plan, AppError> {
        let entries = input.entries.into_iter().map(EntryId).collect();
        self.plan(&input.store, Draft::Undo(entries)).await
    }

    pub(crate) async fn plan_retry(&self, input: EntryRef) -> Result<Plan, AppError> {
        self.plan(&input.store, Draft::Retry(EntryId(input.entry)))
            .await
    }

    async fn plan(&self, store: &str, draft: Draft) -> Result<Plan, AppError> {
        let plan = self.workbench.plan(&key(store)?, draft).await?;
        Ok(dto::plan(&plan))
    }

    pub(crate) async fn apply(&self, input: ApplyPlan) -> Result<Applied, AppError> {
        let applied = self
            .workbench
            .apply(
                &input.plan,
                &input.digest,
                input.confirmed,
                input.confirmed_twice,
            )
            .await?;
        Ok(Applied {
            job: applied.job.to_string(),
            entries: applied.entries.iter().map(ToString::to_string).collect(),
        })
    }

    pub(crate) async fn discard_plan(&self, input: PlanRef) -> Result<Nothing, AppError> {
        self.workbench.discard(&input.plan);
        Ok(Nothing {})
    }

    pub(crate) async fn open_activity(
        &self,
        input: ActivityQuery,
    ) -> Result<ActivityView, AppError> {
        let filter = match input.filter {
            ActivityFilter::All => Filter::All,
            ActivityFilter::ToLookAt => Filter::ToLookAt,
            ActivityFilter::OnTheWay => Filter::OnTheWay,
            ActivityFilter::Undone => Filter::Undone,
        };
        let (view, count, counts) = self
            .workbench
            .open_activity(&key(&input.store)?, filter)
            .await?;
        Ok(ActivityView {
            view,
            count: dto::count(count),
            all: counts.all,
            to_look_at: counts.to_look_at,
            on_the_way: counts.on_the_way,
            undone: counts.undone,
        })
    }

    pub(crate) async fn activity_rows(
        &self,
        input: RowsQuestion,
    ) -> Result<ActivityRows, AppError> {
        let page = self
            .workbench
            .activity_rows(&input.view, place(input.from), place(input.to))
            .await?;
        Ok(ActivityRows {
            from: dto::count(page.from),
            rows: page
                .rows
                .iter()
                .map(|entry| dto::activity_row(entry, &page.statuses))
                .collect(),
        })
    }

    pub(crate) async fn activity_entry(&self, input: EntryRef) -> Result<ActivityEntry, AppError> {
        let (entry, steps, order, statuses) = self
            .workbench
            .activity_entry(&key(&input.store)?, &EntryId(input.entry))
            .await?;
        Ok(ActivityEntry {
            row: dto::activity_row(&entry, &statuses),
            steps: steps.iter().map(dto::step).collect(),
            customer: order.map(|order| order.customer_name()).unwrap_or_default(),
        })
    }

    pub(crate) async fn look_for(&self, input: EntryRef) -> Result<Nothing, AppError> {
        self.workbench
            .look_for(&key(&input.store)?, &EntryId(input.entry))
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn drop_change(&self, input: EntryRef) -> Result<Nothing, AppError> {
        self.workbench
            .drop_change(&key(&input.store)?, &EntryId(input.entry))
            .await?;
        Ok(Nothing {})
    }

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
                        What::Activity => Tag::Activity,
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
            Notice::Check(attempt) => {
                let report = self.workbench.check_report(&attempt).ok()?;
                Some(Event::Check {
                    report: dto::check_report(&attempt, report),
                })
            }
        }
    }
}

/// Of an order's entries, newest first: those on their way, and the newest whatever became of it.
/// What ended otherwise than wanted is history once something came after it.
fn latest(entries: &[Entry]) -> Vec<Entry> {
    entries
        .iter()
        .enumerate()
        .filter(|(place, entry)| *place == 0 || entry.state.is_on_the_way())
        .map(|(_, entry)| entry.clone())
        .collect()
}

fn attempt_dto(attempt: workbench::Attempt) -> Attempt {
    Attempt {
        attempt: attempt.id,
        hash: attempt.hash.to_string(),
        last4: attempt.last_4,
        unusual_length: attempt.unusual_length.map(dto::count),
        connected_as: attempt.connected_as.map(|key| key.to_string()),
    }
}

fn layout_scope(store: Option<&str>) -> Result<Scope, AppError> {
    Ok(match store {
        Some(store) => Scope::Store(key(store)?),
        None => Scope::App,
    })
}

/// Kept apart from the app's own settings by its prefix.
fn layout_name(name: &str) -> Result<String, AppError> {
    if name.is_empty() || name.len() > 64 {
        return Err(AppError::BadInput {
            field: "name".to_owned(),
        });
    }
    Ok(format!("layout.{name}"))
}

/// Source: BigCommerce documentation, "API accounts"; the deep link is the one BigCommerce's own
/// plugins use.
fn page_url(
    profile: Option<&Profile>,
    page: Page,
    order: Option<&str>,
) -> Result<String, AppError> {
    let panel =
        |profile: &Profile| format!("https://store-{}.mybigcommerce.com/manage", profile.hash);
    let real = profile.filter(|profile| !profile.is_sample);
    match (page, real) {
        (Page::ApiAccounts, Some(profile)) => {
            Ok(format!("{}/settings/auth/api-accounts", panel(profile)))
        }
        (Page::ApiAccounts, None) => {
            Ok("https://login.bigcommerce.com/deep-links/settings/auth/api-accounts".to_owned())
        }
        (Page::Order, Some(profile)) => {
            let order = order_id(order.unwrap_or_default())?;
            Ok(format!("{}/orders/{order}", panel(profile)))
        }
        (Page::Storefront, Some(profile)) => {
            Ok(format!("https://store-{}.mybigcommerce.com", profile.hash))
        }
        // The sample store has no control panel.
        (Page::Order | Page::Storefront, None) => Err(AppError::NotFound),
    }
}
