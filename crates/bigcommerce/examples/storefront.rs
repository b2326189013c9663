//! Asks the storefront what a guest sees of the store, with a token that lives for an hour.

use std::io::{self, Write};

use bigcommerce::{Client, Lane, request::storefront};
use commerce::{ChannelId, Clock, StorefrontScope};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (client, clock) = support::client()?;
    ask(&client, &*clock, &mut io::stdout()).await
}

pub(crate) async fn ask(
    client: &Client,
    clock: &dyn Clock,
    out: &mut dyn Write,
) -> Result<(), Box<dyn std::error::Error>> {
    let channel = ChannelId(1);
    let expires_at = clock.wall() + jiff::SignedDuration::from_hours(1);
    let make = storefront::create_token(
        &channel.into(),
        &StorefrontScope::Unauthenticated.into(),
        expires_at,
    );
    let deadline = clock.now() + support::PATIENCE;
    let token = client.send(&make, Lane::Person, deadline).await?.value;

    let question = storefront::query(
        "query { site { settings { storeName } products(first: 3) { edges { node { name } } } } }",
        serde_json::Value::Null,
    )?;
    let shop = client.storefront(channel, token.clone());
    let answer = shop
        .ask(&question, Lane::Person, clock.now() + support::PATIENCE)
        .await?;
    writeln!(out, "{:#}", answer.value.data)?;
    for error in answer.value.errors {
        eprintln!("{error}");
    }

    let end = storefront::revoke_token(&token);
    client
        .send(&end, Lane::Person, clock.now() + support::PATIENCE)
        .await?;
    Ok(())
}
