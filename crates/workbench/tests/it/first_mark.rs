//! From which moment on changes are asked for, where nobody says what time it is.

use std::{sync::Arc, time::Duration};

use bigcommerce::{BoxFuture, HttpRequest, HttpResponse, HttpTransport, Transport, TransportError};
use commerce::OrderId;

use crate::world::{World, control, sandbox};

/// Something on the way takes the store's clock out of its answers.
struct NoDate(HttpTransport);

impl Transport for NoDate {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let answer = self.0.send(request).await?;
            let kept = [
                "Content-Type",
                "X-Rate-Limit-Requests-Quota",
                "X-Rate-Limit-Requests-Left",
                "X-Rate-Limit-Time-Window-Ms",
                "X-Rate-Limit-Time-Reset-Ms",
            ];
            let headers = kept
                .into_iter()
                .filter_map(|name| Some((name, answer.headers.get(name)?)))
                .collect();
            Ok(HttpResponse { headers, ..answer })
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_stores_clock_and_with_a_wrong_one_here_nothing_is_missed() {
    // Seconds by which the store is ahead of this computer.
    for ahead in [3600, -3600, 20 * 3600, -20 * 3600] {
        let running = sandbox(60).await;
        let origin = running.control_origin.clone().unwrap();
        let offset = format!(r#"{{"offsetSeconds":{ahead}}}"#);
        control(&origin, "POST", "/clock", &offset).await;
        let way = HttpTransport::new("Stockroom-tests/0").unwrap();
        let world = World::over(running, Arc::new(NoDate(way))).await;
        world.until(|state| state.refreshed_at.is_some()).await;
        let order = OrderId(world.orders().await[30]);

        let touched = format!("/orders/{order}");
        control(&origin, "POST", &touched, r#"{"staff_notes":"Later"}"#).await;
        world.bench.refresh_now(&world.store).await.unwrap();

        let mut notices = world.bench.notices();
        let seen = async {
            while world
                .bench
                .order(&world.store, order)
                .await
                .unwrap()
                .order
                .staff_notes
                != "Later"
            {
                let _ = tokio::time::timeout(Duration::from_millis(100), notices.recv()).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), seen)
            .await
            .unwrap_or_else(|_| {
                panic!("the change was missed, the store being ahead by {ahead} s")
            });
    }
}
