//! How a store is set up.

use commerce::{
    Channel, ChannelCurrencies, Country, Currency, PaymentInstrument, PaymentMethod, State,
    StoreLocale, StoreUnits, TaxClass,
};

use super::{
    Misfit, Node, Read,
    read::{reads, reads_aside},
};

reads_aside! {
    Currency {
        id, currency_code, name, currency_exchange_rate, is_default, enabled, is_transactional,
        token, token_location, decimal_token, thousands_token, decimal_places,
    }
    TaxClass { id, name }
    Country { id, country, country_iso2, country_iso3 }
    State { id, country_id, state, state_abbreviation }
    Channel {
        id, name, kind: "type", platform, status, external_id, is_visible, is_listable_from_ui,
        date_created, date_modified, currencies,
    }
    StoreUnits {
        weight_measurement, length_measurement, decimal_token, thousands_token, decimal_places,
    }
    StoreLocale { default_shopper_language, shopper_language_selection_method, store_country }
    PaymentMethod { id, name, test_mode, kind: "type", supported_instruments }
}

reads! {
    ChannelCurrencies { enabled_currencies, default_currency }
    PaymentInstrument { instrument_type, verification_value_required }
}

impl Read for Option<ChannelCurrencies> {
    fn read(node: &Node<'_>) -> Result<Self, Misfit> {
        Ok(ChannelCurrencies::read(node).ok())
    }
}
