//! How a store is set up: units, language, currencies, taxes, countries, channels, ways of paying.

use commerce::{
    Channel, ChannelId, Country, CountryId, Currency, OrderId, PaymentMethod, State, StoreLocale,
    StoreUnits, TaxClass,
};

use super::{
    ListQuery, Page, Request,
    filters::{ChannelFilter, CountryFilter, StateFilter, Unconditional},
    op,
};
use crate::wire;

/// Units the store measures in. Of one channel, where it has its own.
///
/// Source: BigCommerce REST reference, "Get units of measurement settings".
#[must_use]
pub fn units(channel: Option<ChannelId>) -> Request<StoreUnits> {
    let request = Request::to(&op::UNITS, &[], wire::data_one);
    match channel {
        Some(channel) => request.asking("channel_id", channel.to_string()),
        None => request,
    }
}

/// The store's language and country.
///
/// Source: BigCommerce REST reference, "Get locale settings".
#[must_use]
pub fn locale() -> Request<StoreLocale> {
    Request::to(&op::LOCALE, &[], wire::data_one)
}

/// One page of the store's currencies.
///
/// Source: BigCommerce REST reference, "Get all currencies".
#[must_use]
pub fn currencies(query: &ListQuery<Unconditional>) -> Request<Page<Currency>> {
    query.of(Request::to(&op::CURRENCIES, &[], wire::bare_list))
}

/// One page of the store's tax classes.
///
/// Source: BigCommerce REST reference, "Get all tax classes".
#[must_use]
pub fn tax_classes(query: &ListQuery<Unconditional>) -> Request<Page<TaxClass>> {
    query.of(Request::to(&op::TAX_CLASSES, &[], wire::bare_list))
}

/// One page of the countries that addresses may name: about 250.
///
/// Source: BigCommerce REST reference, "Get all countries".
#[must_use]
pub fn countries(query: &ListQuery<CountryFilter>) -> Request<Page<Country>> {
    query.of(Request::to(&op::COUNTRIES, &[], wire::bare_list))
}

/// One page of a country's states or provinces. Many countries have none.
///
/// Source: BigCommerce REST reference, "Get a country's states".
#[must_use]
pub fn states(country: CountryId, query: &ListQuery<StateFilter>) -> Request<Page<State>> {
    query.of(Request::to(&op::STATES, &[country.0], wire::bare_list))
}

/// One page of the places where the shop sells.
///
/// Source: BigCommerce REST reference, "Get all channels".
#[must_use]
pub fn channels(query: &ListQuery<ChannelFilter>) -> Request<Page<Channel>> {
    query.of(Request::to(&op::CHANNELS, &[], wire::data_list("id")))
}

/// One channel with its currencies.
///
/// Source: BigCommerce REST reference, "Get a channel".
#[must_use]
pub fn channel(id: ChannelId) -> Request<Channel> {
    Request::to(&op::CHANNEL, &[id.0], wire::data_one).asking("include", "currencies")
}

/// Ways of paying that an order may take. The store only tells them for an order.
///
/// Source: BigCommerce REST reference, "Get accepted payment methods".
#[must_use]
pub fn payment_methods(order: OrderId) -> Request<Page<PaymentMethod>> {
    Request::to(&op::PAYMENT_METHODS, &[], wire::data_list("id"))
        .asking("order_id", order.to_string())
}

/// The same for a checkout that is no order yet, by its id.
///
/// Source: BigCommerce REST reference, "Get accepted payment methods".
#[must_use]
pub fn payment_methods_of_checkout(checkout: &str) -> Request<Page<PaymentMethod>> {
    Request::to(&op::PAYMENT_METHODS, &[], wire::data_list("id"))
        .asking("checkout_id", checkout.to_owned())
}
