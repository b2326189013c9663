//! The sample store, in this process, over real HTTP on loopback.

use std::path::Path;

use bigcommerce::{ApiOrigin, BoxFuture};
use commerce::AccessToken;
use sandbox_store::{Config, DataFileError, Plan, Running, ServeError, Sizes};
use tokio::sync::Mutex;
use workbench::{SampleAddress, SampleError, SampleStore};

const DATA: &str = "sample-store.jsonl";

/// Started when it is first needed, with a token of its own for this run.
#[derive(Default)]
pub(crate) struct InProcess {
    running: Mutex<Option<Running>>,
}

impl SampleStore for InProcess {
    fn start<'a>(&'a self, folder: &'a Path) -> BoxFuture<'a, Result<SampleAddress, SampleError>> {
        Box::pin(async move {
            let mut running = self.running.lock().await;
            if running.is_none() {
                let config = Config {
                    store_hash: "sample".to_owned(),
                    plan: Plan::Pro,
                    sizes: Sizes {
                        products: 380,
                        orders: 4_200,
                        customers: 1_900,
                    },
                    as_of: yesterday(),
                    data_file: Some(folder.join(DATA)),
                    ..Config::default()
                };
                *running = Some(sandbox_store::serve(config).await.map_err(not_started)?);
            }
            running.as_ref().map_or_else(
                || Err(SampleError::Other("the sample store is closed".to_owned())),
                address,
            )
        })
    }

    fn stop(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if let Some(running) = self.running.lock().await.take() {
                running.stop().await;
            }
        })
    }

    fn reset<'a>(&'a self, folder: &'a Path) -> BoxFuture<'a, Result<(), SampleError>> {
        Box::pin(async move {
            // Held until its file is gone: nobody starts it with that in between.
            let mut running = self.running.lock().await;
            if let Some(running) = running.take() {
                running.stop().await;
            }
            sandbox_store::reset(&folder.join(DATA)).map_err(refused)
        })
    }
}

/// The last day with orders: a whole day, and past in every time zone, so that none is placed in
/// the future.
fn yesterday() -> jiff::civil::Date {
    let today = jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date();
    today.yesterday().unwrap_or(today)
}

fn address(running: &Running) -> Result<SampleAddress, SampleError> {
    Ok(SampleAddress {
        origin: ApiOrigin::loopback(&running.origin).map_err(refused)?,
        hash: running.store_hash.parse().map_err(refused)?,
        token: AccessToken::new(running.token.expose().to_owned()),
    })
}

/// A file of another version is a matter for the person, and is told apart from all that is not.
fn not_started(error: ServeError) -> SampleError {
    match error {
        ServeError::DataFile(DataFileError::Format { found, known }) if found < known => {
            SampleError::Older
        }
        ServeError::DataFile(DataFileError::Format { .. }) => SampleError::Newer,
        other => refused(other),
    }
}

fn refused(error: impl std::fmt::Display) -> SampleError {
    SampleError::Other(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_another_version_is_told_apart_from_all_else() {
        let told = |error| not_started(ServeError::DataFile(error));
        let of = |found| told(DataFileError::Format { found, known: 4 });
        assert_eq!(of(3), SampleError::Older);
        assert_eq!(of(5), SampleError::Newer);
        let in_use = told(DataFileError::InUse);
        assert!(matches!(in_use, SampleError::Other(_)), "{in_use:?}");
    }
}
