//! What the store says of itself: its currency, its time zone, what it weighs things in.

use std::time::Duration;

use bigcommerce::{Lane, request};

use super::{Turn, is_forbidden, is_local};
use crate::Error;

/// How long the store may take to say it: everything else waits meanwhile.
const PATIENCE: Duration = Duration::from_secs(30);

/// Asks where it isn't known: it could not be read when the store was connected, or less was asked for
/// then. Whatever comes of it stops nothing else.
pub(super) async fn if_unknown(turn: &Turn<'_>) {
    let (store, client) = (turn.store, turn.client);
    if !store.is_to_tell_of_itself() {
        return;
    }
    let deadline = turn.bench.clock.now() + PATIENCE;
    let answer = client
        .send(&request::store(), Lane::Refresh, deadline)
        .await;
    let told = match answer {
        Ok(answer) => store.tells_of_itself(answer.value),
        Err(error) => {
            store.note_lack(client.token_number, &error);
            let error = Error::from(error);
            if is_forbidden(&error) || is_local(&error) {
                store.tells_nothing_of_itself();
            }
            Err(error)
        }
    };
    if let Err(error) = told {
        tracing::warn!(store = %store.key, %error, "what the store says of itself is not known");
    }
}
