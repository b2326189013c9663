//! `/v2/time` and `/v2/store`.

use commerce::{StoreInfo, WeightUnit};
use jiff::Timestamp;
use serde_json::Value;

use super::{Decoded, Misfit, Node};
use crate::request::storefront::{GraphqlAnswer, GraphqlError};

pub(crate) fn time(answer: Option<&Value>) -> Result<Decoded<Timestamp>, Misfit> {
    let root = Node::root(answer);
    root.object()?;
    let time = root.field("time");
    let seconds = i64::try_from(time.whole()?).map_err(|_| time.misfit("not a time"))?;
    let time = Timestamp::from_second(seconds).map_err(|_| time.misfit("not a time"))?;
    Ok(time.into())
}

pub(crate) fn info(answer: Option<&Value>) -> Result<Decoded<StoreInfo>, Misfit> {
    let root = Node::root(answer);
    root.object()?;
    let words = |name| root.field(name).text().unwrap_or_default();
    let mut domain = host(&words("domain"));
    if domain.is_empty() {
        domain = host(&words("secure_url"));
    }
    let zone = root.field("timezone");
    Ok(StoreInfo {
        hash: words("id").parse().ok(),
        name: root.field("name").text()?,
        domain,
        control_panel_url: words("control_panel_base_url"),
        address: in_one_line(&words("address")),
        currency: words("currency").parse().ok(),
        time_zone: zone.field("name").text().unwrap_or_default(),
        plan: words("plan_name"),
        weight_unit: weight_unit(&words("weight_units")),
    }
    .into())
}

/// The lines of an address one behind the other, with commas between them.
fn in_one_line(address: &str) -> String {
    let lines = address.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ").trim_end_matches([',', ' ']).to_owned()
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(", ")
}

/// `None` for a unit that is none of BigCommerce's.
///
/// Source: the values of `weight_measurement` in the REST reference, "Get store units of measurement",
/// which is the same setting.
fn weight_unit(words: &str) -> Option<WeightUnit> {
    match words.to_ascii_lowercase().as_str() {
        "lbs" => Some(WeightUnit::Pounds),
        "ounces" => Some(WeightUnit::Ounces),
        "kgs" => Some(WeightUnit::Kilograms),
        "grams" => Some(WeightUnit::Grams),
        "tonnes" => Some(WeightUnit::Tonnes),
        _ => None,
    }
}

/// An answer of the storefront's GraphQL API.
pub(crate) fn graphql(answer: Option<&Value>) -> Result<Decoded<GraphqlAnswer>, Misfit> {
    let root = Node::root(answer);
    root.object()?;
    let mut errors = Vec::new();
    for error in root.field("errors").items()? {
        let words = |name| error.field(name).text().unwrap_or_default();
        let mut path = Vec::new();
        if let Ok(steps) = error.field("path").items() {
            path.extend(steps.filter_map(|step| step.text().ok()));
        }
        errors.push(GraphqlError {
            message: words("message"),
            path: path.join("."),
            at: place(&error),
            code: error
                .field("extensions")
                .field("code")
                .text()
                .unwrap_or_default(),
        });
    }
    let data = root.field("data");
    if data.is_absent() && errors.is_empty() {
        return Err(data.misfit("data was expected, nothing found"));
    }
    Ok(GraphqlAnswer {
        data: data.value().clone(),
        errors,
    }
    .into())
}

/// The first place in the question that an error names; `None` where it names none.
///
/// Source: GraphQL specification, "Errors", member `locations`.
fn place(error: &Node<'_>) -> Option<(u32, u32)> {
    let locations = error.value().get("locations")?;
    let number = |name| u32::try_from(locations.get(0)?.get(name)?.as_u64()?).ok();
    Some((number("line")?, number("column")?))
}

/// The host of an address, or the text itself where it already is one.
fn host(text: &str) -> String {
    let text = text.trim();
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    text.split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_time_is_read_as_a_number_or_a_text() {
        for time in [
            json!({"time": 1_529_512_970}),
            json!({"time": "1529512970"}),
        ] {
            let read = time_of(&time).unwrap();
            assert_eq!(read.as_second(), 1_529_512_970);
        }
        assert!(time_of(&json!({})).is_err());
        assert!(time_of(&json!([])).is_err());
        assert!(time_of(&json!({"time": 1e300})).is_err());
    }

    fn time_of(value: &Value) -> Result<Timestamp, Misfit> {
        time(Some(value)).map(|decoded| decoded.value)
    }

    #[test]
    fn a_store_that_says_little_is_still_a_store() {
        let store = info(Some(
            &json!({"name": "Tea & Tins", "id": null, "timezone": "x", "logo": []}),
        ))
        .unwrap()
        .value;
        assert_eq!(store.name, "Tea & Tins");
        assert_eq!(store.hash, None);
        assert_eq!(store.currency, None);
        assert_eq!(store.time_zone, "");
        assert_eq!(store.weight_unit, None);
    }

    #[test]
    fn an_address_is_one_line_with_a_comma_where_a_line_ended() {
        let one_line = |said: &str| {
            let said = json!({"name": "Tea & Tins", "address": said});
            info(Some(&said)).unwrap().value.address
        };
        assert_eq!(
            one_line("1 Kettle  Row\r\nLeith, \n\n EH6 7AA\n"),
            "1 Kettle Row, Leith, EH6 7AA"
        );
        assert_eq!(one_line("1 Kettle Row, Leith"), "1 Kettle Row, Leith");
        assert_eq!(one_line(" \n,\n"), "");
    }

    #[test]
    fn the_unit_of_weights_is_one_of_five_or_unknown() {
        let unit = |words: &str| {
            let said = json!({"name": "Tea & Tins", "weight_units": words});
            info(Some(&said)).unwrap().value.weight_unit
        };
        assert_eq!(unit("LBS"), Some(WeightUnit::Pounds));
        assert_eq!(unit("Ounces"), Some(WeightUnit::Ounces));
        assert_eq!(unit("KGS"), Some(WeightUnit::Kilograms));
        assert_eq!(unit("Grams"), Some(WeightUnit::Grams));
        assert_eq!(unit("Tonnes"), Some(WeightUnit::Tonnes));
        assert_eq!(unit("Stones"), None);
    }

    #[test]
    fn the_domain_is_the_host_only() {
        // Shape: BigCommerce REST reference, "Get store information"; invented values.
        let store = info(Some(&json!({
            "id": "tins42", "domain": "", "secure_url": "https://tea.example/",
            "control_panel_base_url": "https://store-tins42.mybigcommerce.com",
            "name": "Tea & Tins", "address": "1 Kettle Row\n Leith", "currency": "GBP",
            "timezone": {"name": "Europe/London", "raw_offset": 0}, "plan_name": "Plus"
        })))
        .unwrap()
        .value;
        assert_eq!(store.domain, "tea.example");
        assert_eq!(store.address, "1 Kettle Row, Leith");
        assert_eq!(store.hash.unwrap().as_str(), "tins42");
        assert_eq!(store.currency.unwrap().as_str(), "GBP");
        assert_eq!(store.time_zone, "Europe/London");
    }
}
