//! Prints every order that waits to be packed, with its lines.
//!
//! ```sh
//! BIGCOMMERCE_STORE_HASH=… BIGCOMMERCE_ACCESS_TOKEN=… cargo run -p bigcommerce --example orders
//! ```

use std::io::{self, Write};

use bigcommerce::{
    Client, Lane, Walk,
    request::orders::{OrderInclude, OrdersQuery},
};
use commerce::StatusId;

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (client, _) = support::client()?;
    print_waiting(&client, &mut io::stdout()).await
}

pub(crate) async fn print_waiting(
    client: &Client,
    out: &mut dyn Write,
) -> Result<(), Box<dyn std::error::Error>> {
    let waiting = OrdersQuery::new()
        .status(StatusId::AWAITING_FULFILLMENT)
        .include([OrderInclude::Lines]);
    let mut walker = client.walk(Walk::orders_full(waiting), Lane::Refresh, support::PATIENCE);
    while let Some(page) = walker.next().await {
        let page = page?.value;
        for broken in &page.broken {
            eprintln!(
                "an order could not be read: {} {}",
                broken.path, broken.reason
            );
        }
        for order in &page.items {
            let order_of = &order.order;
            let (id, who, total) = (order_of.id, order_of.customer_name(), order_of.total);
            writeln!(out, "{id} {who} {total}")?;
            let (lines, broken) = client
                .lines_of(order, Lane::Refresh, support::PATIENCE)
                .await?;
            for line in lines {
                writeln!(out, "  {} × {} ({})", line.quantity, line.name, line.sku)?;
            }
            for line in broken {
                eprintln!("  a line could not be read: {} {}", line.path, line.reason);
            }
        }
    }
    Ok(())
}
