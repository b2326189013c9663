use commerce::ProductId;
use workbench::parts::{
    journal::{Entry, State},
    mirror::{ProductSort, ProductsQuery as Query, StockIs, VisibilityIs},
};

use super::{key, place, product_id};
use crate::{AppError, Surface, dto::*, into_dto as dto};

/// Most that may be kept of a form.
const DRAFT_MAX: usize = 1024 * 1024;

impl Surface {
    pub(crate) async fn open_products(&self, input: ProductsQuery) -> Result<ListView, AppError> {
        let query = Query {
            search: input.search.trim().to_owned(),
            visibility: match input.visibility {
                VisibilityFilter::All => VisibilityIs::Any,
                VisibilityFilter::Visible => VisibilityIs::Visible,
                VisibilityFilter::Hidden => VisibilityIs::Hidden,
            },
            stock: match input.stock {
                StockFilter::All => StockIs::Any,
                StockFilter::Low => StockIs::Low,
                StockFilter::Out => StockIs::Out,
            },
            modified_since: self
                .begin_of(&input.store, input.modified_from.as_deref(), "modifiedFrom")
                .await?,
            sort: match input.sort {
                ProductsSort::Name => ProductSort::Name,
                ProductsSort::Sku => ProductSort::Sku,
                ProductsSort::Price => ProductSort::Price,
                ProductsSort::Stock => ProductSort::Stock,
                ProductsSort::Modified => ProductSort::Modified,
                ProductsSort::Id => ProductSort::Id,
            },
            descending: input.descending,
        };
        let without_search = (!query.search.is_empty()).then(|| Query {
            search: String::new(),
            ..query.clone()
        });
        self.open_list(&input.store, query, without_search).await
    }

    pub(crate) async fn product_rows(&self, input: RowsQuestion) -> Result<ProductRows, AppError> {
        let page = self
            .workbench
            .product_rows(&input.view, place(input.from), place(input.to))
            .await?;
        Ok(ProductRows {
            from: dto::count(page.from),
            rows: page
                .rows
                .iter()
                .map(|row| {
                    Some(dto::product_row(
                        row.as_ref()?,
                        page.currency,
                        page.weight_unit,
                    ))
                })
                .collect(),
        })
    }

    pub(crate) async fn product_place(&self, input: PlaceQuestion) -> Result<Place, AppError> {
        let id = product_id(&input.id)?;
        let index = self.workbench.place_in_list::<Query>(&input.view, id)?;
        Ok(Place {
            index: index.map(dto::count),
        })
    }

    pub(crate) async fn product(&self, input: ProductRef) -> Result<ProductDetail, AppError> {
        let found = self
            .workbench
            .product(&key(&input.store)?, product_id(&input.product)?)
            .await?;
        Ok(dto::product_detail(&found))
    }

    pub(crate) async fn makings(&self, input: StoreRef) -> Result<Makings, AppError> {
        let makings = self.workbench.to_be_made(&key(&input.store)?).await?;
        let waits = |entry: &&Entry| entry.state == State::Waiting;
        let waiting = makings.iter().filter(waits).count();
        let first = makings.first();
        Ok(Makings {
            waiting: dto::count(waiting),
            under_way: dto::count(makings.len() - waiting),
            entry: first.map(|entry| entry.id.to_string()),
            name: first.map(|entry| entry.name.clone()).unwrap_or_default(),
        })
    }

    pub(crate) async fn refresh_product(&self, input: ProductRef) -> Result<Nothing, AppError> {
        self.workbench
            .refresh_product(&key(&input.store)?, product_id(&input.product)?)
            .await?;
        Ok(Nothing {})
    }

    pub(crate) async fn product_draft(
        &self,
        input: ProductDraftQuestion,
    ) -> Result<ProductDraft, AppError> {
        let id = maybe_product(input.product.as_deref())?;
        let draft = self
            .workbench
            .product_draft(&key(&input.store)?, id)
            .await?;
        Ok(ProductDraft {
            store: input.store,
            product: input.product,
            text: draft.map(|draft| draft.to_string()),
        })
    }

    pub(crate) async fn draft_product(&self, input: ProductDraft) -> Result<Nothing, AppError> {
        let bad = || AppError::BadInput {
            field: "text".to_owned(),
        };
        let draft = match input.text {
            Some(text) if text.len() > DRAFT_MAX => return Err(bad()),
            Some(text) => Some(serde_json::from_str(&text).map_err(|_| bad())?),
            None => None,
        };
        let id = maybe_product(input.product.as_deref())?;
        self.workbench
            .draft_product(&key(&input.store)?, id, draft)
            .await?;
        Ok(Nothing {})
    }
}

fn maybe_product(text: Option<&str>) -> Result<Option<ProductId>, AppError> {
    text.map(product_id).transpose()
}
