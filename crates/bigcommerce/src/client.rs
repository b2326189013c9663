use std::{fmt, sync::Arc};

use commerce::{AccessToken, ChannelId, Clock, StoreHash, Tick};
use jiff::Timestamp;
use tokio::sync::watch;

use crate::{
    ApiOrigin, Error, Lane, Pacing, Page, Quota, Randomness, Request, TokenHeader, Transport,
    request::{
        Operation,
        storefront::{GraphqlAnswer, StorefrontToken},
    },
    transport::{Pacer, PageSizes, Sender, Sent, TRIES_MAX},
    wire::dates,
};

/// What a client is made of.
pub struct ClientParts {
    /// Where the API is.
    pub origin: ApiOrigin,
    /// Which store.
    pub hash: StoreHash,
    /// The key to it.
    pub token: AccessToken,
    /// The way to the network.
    pub transport: Arc<dyn Transport>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub randomness: Arc<dyn Randomness>,
}

impl fmt::Debug for ClientParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientParts")
            .field("origin", &self.origin)
            .field("hash", &self.hash)
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}

/// Says whether a request may still go out. It is asked right before each try, after all waiting.
pub type Permit = Arc<dyn Fn() -> bool + Send + Sync>;

/// The way to one store. Cheap to clone; all clones share one pacer, so keep one client per store, and
/// make one for another token of the same store by [`Client::with_token`].
#[derive(Clone)]
pub struct Client {
    origin: ApiOrigin,
    hash: StoreHash,
    sender: Arc<Sender>,
    permit: Option<Permit>,
}

/// Where those stand who want something of one store, whatever token they hold: see
/// [`Client::standing_in`]. Cheap to clone; holds no token.
#[derive(Clone)]
pub struct Line {
    pacer: Arc<Pacer>,
    sizes: Arc<PageSizes>,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").finish_non_exhaustive()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("origin", &self.origin)
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}

/// An answer of the store's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer<T> {
    /// What was asked for.
    pub value: T,
    /// When the try that was answered was sent: what the answer shows is not older than this.
    pub asked_at: Tick,
    /// The store's own clock (header `Date`), in whole seconds.
    pub server_time: Option<Timestamp>,
    /// BigCommerce's name for this exchange (header `X-Request-Id`), for reports.
    pub request_id: Option<String>,
    /// What the store saved and yet complains about (207), and what was left out of a short list.
    pub remarks: Vec<String>,
}

impl Client {
    /// A client with a fresh pacer.
    #[must_use]
    pub fn new(parts: ClientParts) -> Self {
        let sender = Sender {
            base: format!("{}/stores/{}", parts.origin, parts.hash),
            host: parts.origin.host().to_owned(),
            token: parts.token,
            token_in: TokenHeader::XAuthToken,
            transport: parts.transport,
            clock: Arc::clone(&parts.clock),
            pacer: Arc::new(Pacer::new(parts.clock, parts.randomness)),
            sizes: Arc::default(),
            room: None,
            connection_tries: TRIES_MAX,
            tries: TRIES_MAX,
        };
        Self {
            origin: parts.origin,
            hash: parts.hash,
            sender: Arc::new(sender),
            permit: None,
        }
    }

    pub(crate) fn now(&self) -> Tick {
        self.sender.clock.now()
    }

    /// With room for `most` requests at a time, where that is more than the usual three: for a few
    /// questions that are to take as long as the slowest answer. Only what is asked in [`Lane::Person`]
    /// by this client, its clones and what is made of them has it; whoever else stands in the same line
    /// keeps to the usual number beside it. Of writes, and of what is about customers, three at a time
    /// remain the most. A store that finds it too much says so, and it is three again from then on, or
    /// fewer while that is still too much.
    #[must_use]
    pub fn with_room_for(self, most: u32) -> Self {
        let room = self.sender.pacer.make_room(most);
        let sender = Sender {
            room: Some(Arc::new(room)),
            ..Sender::clone(&self.sender)
        };
        Self {
            sender: Arc::new(sender),
            ..self
        }
    }

    /// For somebody who waits and can ask again: that no connection comes about is said after one
    /// try, be it that the host's name can't be found, that nobody listens there, or that nobody
    /// answers. Whatever else may be over in a moment is tried again as always.
    #[must_use]
    pub fn connecting_once(self) -> Self {
        let sender = Sender {
            connection_tries: 1,
            ..Sender::clone(&self.sender)
        };
        Self {
            sender: Arc::new(sender),
            ..self
        }
    }

    /// For somebody who waits and can ask again: what may be over in a moment is tried a second time, about a
    /// second later, and then said. A pause that the store itself asks for is kept as always.
    #[must_use]
    pub fn trying_twice(self) -> Self {
        let sender = Sender {
            tries: 2,
            ..Sender::clone(&self.sender)
        };
        Self {
            sender: Arc::new(sender),
            ..self
        }
    }

    /// Where this client stands. To be kept for as long as others may want something of the store.
    #[must_use]
    pub fn line(&self) -> Line {
        Line {
            pacer: Arc::clone(&self.sender.pacer),
            sizes: Arc::clone(&self.sender.sizes),
        }
    }

    /// The same way, standing where others of the same store stand: all of them go by one quota,
    /// which the store counts for all of its apps together, whatever their tokens. The room that it
    /// has (see [`Client::with_room_for`]) it has there.
    #[must_use]
    pub fn standing_in(self, line: &Line) -> Self {
        self.sending(None, line)
    }

    /// The way to the same store with another token, standing in the same line.
    #[must_use]
    pub fn with_token(&self, token: AccessToken) -> Self {
        self.clone().sending(Some(token), &self.line())
    }

    fn sending(self, token: Option<AccessToken>, line: &Line) -> Self {
        let before = &self.sender;
        let room = before.room.as_ref().map(|room| {
            if room.is_of(&line.pacer) {
                Arc::clone(room)
            } else {
                Arc::new(line.pacer.make_room(room.most()))
            }
        });
        let sender = Sender {
            base: before.base.clone(),
            host: before.host.clone(),
            token: token.unwrap_or_else(|| before.token.clone()),
            token_in: before.token_in,
            transport: Arc::clone(&before.transport),
            clock: Arc::clone(&before.clock),
            pacer: Arc::clone(&line.pacer),
            sizes: Arc::clone(&line.sizes),
            room,
            connection_tries: before.connection_tries,
            tries: before.tries,
        };
        Self {
            origin: self.origin,
            hash: self.hash,
            sender: Arc::new(sender),
            permit: self.permit,
        }
    }

    /// The same way, on which nothing goes out once `permit` says no: what waits in line, or to be
    /// tried again, ends as [`Error::Withdrawn`].
    #[must_use]
    pub fn with_permit(&self, permit: Permit) -> Self {
        Self {
            permit: Some(permit),
            ..self.clone()
        }
    }

    /// The same way, and word of when something goes out on it.
    pub(crate) fn noticing(&self, notice: impl Fn() + Send + Sync + 'static) -> Self {
        let permit = self.permit.clone();
        self.with_permit(Arc::new(move || {
            let may = permit.as_ref().is_none_or(|permit| permit());
            if may {
                notice();
            }
            may
        }))
    }

    /// Where the API is.
    #[must_use]
    pub const fn origin(&self) -> &ApiOrigin {
        &self.origin
    }

    /// Which store.
    #[must_use]
    pub const fn hash(&self) -> &StoreHash {
        &self.hash
    }

    /// Sends a request when it is its turn, again where that is safe, and reads the answer.
    ///
    /// `deadline` bounds everything: waiting in line, the tries, the pauses between them. Dropping
    /// the future gives up at once; a write may then have gone out.
    ///
    /// After trouble on the store's side or on the way there are up to four tries, seconds apart. A
    /// store that goes on having trouble, or says that it is away for longer, is an error at once:
    /// whoever asks again should rest for what [`Error::StoreUnavailable`] says, else for a minute
    /// and longer each time. Source: BigCommerce documentation, "API status codes".
    ///
    /// # Errors
    /// [`Error`]. With [`Kind::Once`](crate::Kind::Once), everything that leaves open whether the
    /// store did it is [`Error::Unknown`].
    pub async fn send<T>(
        &self,
        request: &Request<T>,
        lane: Lane,
        deadline: Tick,
    ) -> Result<Answer<T>, Error> {
        send(&self.sender, request, lane, deadline, self.permit.as_ref()).await
    }

    /// The first half of [`Client::send`]: what came is not read yet.
    pub(crate) async fn fetch<T>(
        &self,
        request: &Request<T>,
        lane: Lane,
        deadline: Tick,
    ) -> Result<Sent, Error> {
        let permit = self.permit.as_ref();
        let sent = self.sender.send(request, lane, deadline, permit).await;
        sent.map_err(|error| error.of(request))
    }

    /// Whether nothing comes after this page, which answered `asked`.
    ///
    /// Version 3 says how many it puts on a page. Version 2 doesn't, and need not give as many as it
    /// is asked for: there a page is the last if it is empty, or shorter than the same list was seen
    /// to give by anybody who stands in the same [`Line`]. A first page that is neither has to be
    /// followed by the next one, which a store answers with 204 if there is none.
    #[must_use]
    pub fn is_last<T>(&self, asked: &Request<Page<T>>, page: &Page<T>) -> bool {
        let most_seen = self.most_seen(asked, page.received);
        // A total overrules a size that the store only pretends to have.
        let is_more_left = asked.is_for_the_beginning()
            && page.received > 0
            && page.total.is_some_and(|total| total > page.received as u64);
        page.is_last_of(asked.page_size(), most_seen) && !is_more_left
    }

    /// The most that the list of this request has ever given on a page, `received` included.
    pub(crate) fn most_seen<T>(&self, request: &Request<T>, received: usize) -> usize {
        match request.operation() {
            Some(operation) => self.sender.sizes.note(list_of(operation), received),
            None => received,
        }
    }

    /// The second half of [`Client::send`].
    pub(crate) fn read<T>(&self, request: &Request<T>, sent: &Sent) -> Result<Answer<T>, Error> {
        read(&self.sender, request, sent)
    }

    /// The way to the store's storefront on a channel, with a token made by
    /// [`create_token`](crate::request::storefront::create_token). It has a pacer of its own: what
    /// is asked there doesn't count against the store's quota. This client's [permit](Client::with_permit)
    /// holds there too, and so do [`Client::connecting_once`] and [`Client::trying_twice`].
    #[must_use]
    pub fn storefront(&self, channel: ChannelId, token: StorefrontToken) -> Storefront {
        let (base, host) = self.origin.storefront(&self.hash, channel);
        let sender = Sender {
            base,
            host,
            token: token.0,
            token_in: TokenHeader::Bearer,
            transport: Arc::clone(&self.sender.transport),
            clock: Arc::clone(&self.sender.clock),
            pacer: Arc::new(self.sender.pacer.another()),
            sizes: Arc::default(),
            room: None,
            connection_tries: self.sender.connection_tries,
            tries: self.sender.tries,
        };
        Storefront {
            sender: Arc::new(sender),
            permit: self.permit.clone(),
        }
    }

    /// What the newest answer said of the quota; `None` before any, or where there is no limit.
    #[must_use]
    pub fn quota(&self) -> Option<Quota> {
        self.sender.pacer.quota()
    }

    /// What the pacer is doing, now and from now on.
    #[must_use]
    pub fn pacing(&self) -> watch::Receiver<Pacing> {
        self.sender.pacer.pacing()
    }
}

/// The way to one storefront's GraphQL API. Cheap to clone; keep one per channel.
#[derive(Clone)]
pub struct Storefront {
    sender: Arc<Sender>,
    permit: Option<Permit>,
}

impl fmt::Debug for Storefront {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Storefront")
            .field("host", &self.sender.host)
            .finish_non_exhaustive()
    }
}

impl Storefront {
    /// The host that is asked.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.sender.host
    }

    /// Asks, when it is its turn, again where that helps. As [`Client::send`].
    ///
    /// # Errors
    /// [`Error`]. What the storefront holds against the question itself is in
    /// [`GraphqlAnswer::errors`].
    pub async fn ask(
        &self,
        question: &Request<GraphqlAnswer>,
        lane: Lane,
        deadline: Tick,
    ) -> Result<Answer<GraphqlAnswer>, Error> {
        let permit = self.permit.as_ref();
        let mut answer = send(&self.sender, question, lane, deadline, permit).await?;
        let cleaner = self.sender.cleaner(question);
        for error in &mut answer.value.errors {
            for words in [&mut error.message, &mut error.path, &mut error.code] {
                *words = cleaner.clean(words);
            }
        }
        Ok(answer)
    }
}

/// The list whose pages are of one size. What belongs to an order counts as one list: it is paged by
/// the same rule, and mostly so short that each by itself would never be seen to be short.
fn list_of(operation: &'static Operation) -> &'static str {
    const PARTS: &str = "/v2/orders/{}/";
    if operation.path.starts_with(PARTS) {
        PARTS
    } else {
        operation.name
    }
}

async fn send<T>(
    sender: &Sender,
    request: &Request<T>,
    lane: Lane,
    deadline: Tick,
    permit: Option<&Permit>,
) -> Result<Answer<T>, Error> {
    let sent = sender.send(request, lane, deadline, permit).await;
    let sent = sent.map_err(|error| error.of(request))?;
    read(sender, request, &sent)
}

fn read<T>(sender: &Sender, request: &Request<T>, sent: &Sent) -> Result<Answer<T>, Error> {
    let decoded = sender.decoded(request, sent);
    let decoded = decoded.map_err(|error| error.of(request))?;
    Ok(Answer {
        value: decoded.value,
        asked_at: sent.asked_at,
        server_time: sent.headers.get("Date").and_then(dates::parse),
        request_id: sender.request_id(request, &sent.headers),
        remarks: decoded.remarks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_under_way_can_move_between_threads() {
        fn movable<T: Send>(_: impl FnOnce(&'static Client, &'static Request<String>) -> T) {}
        movable(|client, request| client.send(request, Lane::Person, Tick::default()));
    }
}
