use commerce::CustomerId;
use workbench::parts::mirror::{CustomerSort, CustomersQuery as Query};

use super::{customer_id, key, place};
use crate::{AppError, Surface, dto::*, into_dto as dto};

impl Surface {
    pub(crate) async fn open_customers(&self, input: CustomersQuery) -> Result<ListView, AppError> {
        let sort = match input.sort {
            CustomersSort::Name => CustomerSort::Name,
            CustomersSort::Email => CustomerSort::Email,
            CustomersSort::Registered => CustomerSort::Registered,
            CustomersSort::Orders => CustomerSort::Orders,
            CustomersSort::Spent => CustomerSort::Spent,
        };
        let currency = match sort {
            CustomerSort::Spent => Some(self.workbench.currency(&key(&input.store)?).await?),
            _ => None,
        };
        let query = Query {
            search: input.search.trim().to_owned(),
            registered_since: self
                .begin_of(
                    &input.store,
                    input.registered_from.as_deref(),
                    "registeredFrom",
                )
                .await?,
            sort,
            currency,
            descending: input.descending,
        };
        let without_search = (!query.search.is_empty()).then(|| Query {
            search: String::new(),
            ..query.clone()
        });
        self.open_list(&input.store, query, without_search).await
    }

    pub(crate) async fn customer_rows(
        &self,
        input: RowsQuestion,
    ) -> Result<CustomerRows, AppError> {
        let page = self
            .workbench
            .customer_rows(&input.view, place(input.from), place(input.to))
            .await?;
        Ok(CustomerRows {
            from: dto::count(page.from),
            rows: page
                .rows
                .iter()
                .map(|row| Some(dto::customer_row(row.as_ref()?)))
                .collect(),
        })
    }

    pub(crate) async fn customer_place(&self, input: PlaceQuestion) -> Result<Place, AppError> {
        let id: CustomerId = customer_id(&input.id)?;
        let index = self.workbench.place_in_list::<Query>(&input.view, id)?;
        Ok(Place {
            index: index.map(dto::count),
        })
    }

    pub(crate) async fn customer(&self, input: CustomerRef) -> Result<CustomerDetail, AppError> {
        let found = self
            .workbench
            .customer(&key(&input.store)?, customer_id(&input.customer)?)
            .await?;
        Ok(dto::customer_detail(&found))
    }

    pub(crate) async fn refresh_customer(&self, input: CustomerRef) -> Result<Nothing, AppError> {
        self.workbench
            .refresh_customer(&key(&input.store)?, customer_id(&input.customer)?)
            .await?;
        Ok(Nothing {})
    }
}
