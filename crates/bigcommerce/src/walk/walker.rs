//! Walking: one page read, the next one asked for meanwhile.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::{Stream, stream};
use tokio::{
    runtime::Handle,
    task::{AbortHandle, JoinError, JoinHandle},
};

use super::Walk;
use crate::{Answer, Client, Error, Lane, Page, Request, transport::Sent, wire};

/// Somebody on a [`Walk`].
///
/// In a tokio runtime, a walk by number or cursor asks for the next page while the one before is
/// read and given, so an answer may be as old as the time since the call before: see
/// [`Answer::asked_at`]. Ahead is never asked in front of people: until somebody waits for the page,
/// its request goes as a [refresh](Lane::Refresh) at most. Dropping the walker gives that request up.
pub struct Walker<T> {
    client: Client,
    walk: Walk<T>,
    lane: Lane,
    patience: Duration,
    ahead: Option<Ahead<T>>,
}

impl<T> fmt::Debug for Walker<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Walker").field(&self.walk).finish()
    }
}

impl<T> Walker<T> {
    pub(super) const fn new(client: Client, walk: Walk<T>, lane: Lane, patience: Duration) -> Self {
        Self {
            client,
            walk,
            lane,
            patience,
            ahead: None,
        }
    }
}

impl<T: Send + 'static> Walker<T> {
    /// The next page, without what was given before; `None` when all was given. May be empty.
    ///
    /// Giving up the future loses nothing: the next call gives the same page. The patience of the walk
    /// bounds each call, whatever was asked ahead.
    ///
    /// # Errors
    /// [`Error`]. The walk stays where it is: the next call asks for the same page again. What the
    /// store refused ahead, as for want of a scope, is the error of this call and isn't asked twice.
    pub async fn next(&mut self) -> Option<Result<Answer<Page<T>>, Error>> {
        let request = self.walk.next()?;
        let deadline = self.client.now() + self.patience;
        let ahead = self.ahead.take();
        // What still stands in line behind others goes to where this call may stand.
        let ahead = ahead.filter(|ahead| {
            ahead.request.is_the_same_as(&request)
                && (ahead.lane == self.lane || ahead.is_out.load(Ordering::Relaxed))
        });
        let ahead = match ahead {
            Some(ahead) => Some(ahead.sent().await),
            None => None,
        };
        let sent = match ahead {
            Some(Err(error)) if !error.may_pass() => Err(error),
            Some(Ok(sent)) => Ok(sent),
            // What kept a page from coming that nobody waited for may be over, and it had less time than
            // this call has.
            Some(Err(_)) | None => self.client.fetch(&request, self.lane, deadline).await,
        };
        let sent = match sent {
            Ok(sent) => Arc::new(sent),
            Err(error) => return Some(Err(error)),
        };
        // Kept only once the page is read: whoever gives up meanwhile stays where they are.
        let ahead = self.ask_ahead(&request, &sent);
        let mut answer = match read(&self.client, &request, sent).await {
            Ok(answer) => answer,
            Err(error) => return Some(Err(error)),
        };
        self.ahead = ahead;
        let most_seen = self.client.most_seen(&request, answer.value.received);
        self.walk.take(&mut answer, most_seen);
        Some(Ok(answer))
    }

    /// The pages one by one, to the end or to the first error.
    pub fn pages(self) -> impl Stream<Item = Result<Answer<Page<T>>, Error>> + Send {
        stream::unfold(Some(self), |walker| async move {
            let mut walker = walker?;
            let page = walker.next().await?;
            let goes_on = page.is_ok();
            Some((page, goes_on.then_some(walker)))
        })
    }

    /// Asks for the page after this one, where its numbers say which that is.
    fn ask_ahead(&self, asked: &Request<Page<T>>, sent: &Sent) -> Option<Ahead<T>> {
        let runtime = Handle::try_current().ok()?;
        let numbers = wire::numbers(sent.json.as_ref())?;
        let most_seen = self.client.most_seen(asked, numbers.received);
        let next = self.walk.after(numbers, most_seen)?;
        let is_out = Arc::new(AtomicBool::new(false));
        let notice = Arc::clone(&is_out);
        let client = self
            .client
            .noticing(move || notice.store(true, Ordering::Relaxed));
        let asked = next.clone();
        // No later than that of the call that will ask for it.
        let (lane, deadline) = (
            self.lane.max(Lane::Refresh),
            self.client.now() + self.patience,
        );
        // A task of its own: a future that nobody polls would keep its place in line, and others
        // waiting behind it.
        let task = runtime.spawn(async move { client.fetch(&asked, lane, deadline).await });
        Some(Ahead {
            request: next,
            lane,
            is_out,
            given_up: GivenUp(task.abort_handle()),
            task,
        })
    }
}

/// A page asked for before anybody wanted it. Dropped, it is given up.
struct Ahead<T> {
    request: Request<Page<T>>,
    lane: Lane,
    /// It stands in line no more.
    is_out: Arc<AtomicBool>,
    task: JoinHandle<Result<Sent, Error>>,
    given_up: GivenUp,
}

struct GivenUp(AbortHandle);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<T> Ahead<T> {
    async fn sent(self) -> Result<Sent, Error> {
        let _given_up = self.given_up;
        self.task.await.unwrap_or_else(|error| {
            panic_on(error);
            Err(Error::Withdrawn { lost: false })
        })
    }
}

/// Reads beside the runtime's threads, which meanwhile have the next page to get.
async fn read<T: Send + 'static>(
    client: &Client,
    request: &Request<Page<T>>,
    sent: Arc<Sent>,
) -> Result<Answer<Page<T>>, Error> {
    if let Ok(runtime) = Handle::try_current() {
        let (client, request, sent) = (client.clone(), request.clone(), Arc::clone(&sent));
        let task = runtime.spawn_blocking(move || client.read(&request, &sent));
        match task.await {
            Ok(answer) => return answer,
            // The runtime is about to end, and takes on nothing new.
            Err(error) => panic_on(error),
        }
    }
    client.read(request, &sent)
}

/// A panic elsewhere goes on here, as if nobody had been asked.
fn panic_on(error: JoinError) {
    if let Ok(panic) = error.try_into_panic() {
        std::panic::resume_unwind(panic);
    }
}
