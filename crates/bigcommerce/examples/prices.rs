//! Sets the price of variants, fifty at a time, by SKU: `prices KET-1=19.90 KET-2=24.90`.
//!
//! What went out and stayed without an answer is safe to send again: a price that is set twice is
//! set. That is what [`Kind::Idempotent`] says, and why the client has tried before it gives up.

use bigcommerce::{
    Client, Error, Kind, Lane,
    request::{Few, ListQuery, filters::VariantFilter, variants},
};
use commerce::{Clock, Setting, VariantEdit};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (client, clock) = support::client()?;
    set(&client, &*clock, std::env::args().skip(1)).await
}

pub(crate) async fn set(
    client: &Client,
    clock: &dyn Clock,
    prices: impl IntoIterator<Item = String>,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut changes = Vec::new();
    for argument in prices {
        let (sku, price) = argument.split_once('=').ok_or("write SKU=PRICE")?;
        let find = variants::across(&ListQuery::new().with(VariantFilter::Sku(sku.to_owned())));
        let deadline = clock.now() + support::PATIENCE;
        let found = client
            .send(&find, Lane::Person, deadline)
            .await?
            .value
            .items;
        let variant = found.first().ok_or_else(|| format!("there is no {sku}"))?;
        let edit = VariantEdit {
            price: Some(Setting::To(price.parse()?)),
            ..VariantEdit::default()
        };
        changes.push((variant.id, edit));
    }
    for part in Few::parts(changes) {
        let update = variants::update_batch(&part);
        assert_eq!(update.kind(), Kind::Idempotent);
        match client
            .send(&update, Lane::Edit, clock.now() + support::PATIENCE)
            .await
        {
            Ok(answer) => println!("{} set", answer.value.items.len()),
            Err(Error::Invalid { fields, .. }) => {
                for field in fields {
                    match field.item() {
                        Some((at, path)) => eprintln!("{}: {path} {}", part[at].0, field.message),
                        None => eprintln!("{}", field.message),
                    }
                }
            }
            Err(other) => return Err(other.into()),
        }
    }
    Ok(())
}
