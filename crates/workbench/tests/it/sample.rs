//! The sample store at a test's own host: starting it over, and one that another version kept.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use bigcommerce::{ApiOrigin, BoxFuture};
use commerce::AccessToken;
use desk::{Desk, ProfileKey};
use jiff::Timestamp;
use sandbox_store::{Running, Strict};
use serde_json::json;
use tempfile::TempDir;
use workbench::{
    Error, PictureSize, SampleAddress, SampleError, SampleStore, StoreState, Workbench,
};

use crate::{
    pictures::with_picture,
    world::{TOKEN, bench_showing, sandbox},
};

/// What there was of the sample store when its host was told something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    told: &'static str,
    drafts: usize,
    has_copy: bool,
}

struct Stand {
    address: SampleAddress,
    home: PathBuf,
    starts: AtomicU32,
    seen: Mutex<Vec<Seen>>,
    /// Why it does not start.
    trouble: Mutex<Option<SampleError>>,
    /// Why it is not put back, once.
    stumbles: Mutex<Option<SampleError>>,
}

impl Stand {
    fn at(running: &Running, home: &Path) -> Arc<Self> {
        Arc::new(Self {
            address: SampleAddress {
                origin: ApiOrigin::loopback(&running.origin).unwrap(),
                hash: "w0rld".parse().unwrap(),
                token: AccessToken::new(TOKEN.to_owned()),
            },
            home: home.to_owned(),
            starts: AtomicU32::new(0),
            seen: Mutex::default(),
            trouble: Mutex::default(),
            stumbles: Mutex::default(),
        })
    }

    fn look(&self, told: &'static str) {
        let desk = Desk::open(&self.home.join("desk.sqlite")).unwrap();
        let seen = Seen {
            told,
            drafts: desk.drafts(&key()).unwrap().len(),
            has_copy: self.home.join("stores/sample/mirror.sqlite").exists(),
        };
        self.seen.lock().unwrap().push(seen);
    }

    fn starts(&self) -> u32 {
        self.starts.load(Ordering::SeqCst)
    }
}

impl SampleStore for Stand {
    fn start<'a>(&'a self, _: &'a Path) -> BoxFuture<'a, Result<SampleAddress, SampleError>> {
        self.starts.fetch_add(1, Ordering::SeqCst);
        let trouble = self.trouble.lock().unwrap().clone();
        let started = trouble.map_or_else(|| Ok(self.address.clone()), Err);
        Box::pin(async move { started })
    }

    fn stop(&self) -> BoxFuture<'_, ()> {
        self.look("stop");
        Box::pin(async {})
    }

    fn reset<'a>(&'a self, _: &'a Path) -> BoxFuture<'a, Result<(), SampleError>> {
        self.look("reset");
        let stumbles = self.stumbles.lock().unwrap().take();
        Box::pin(async move { stumbles.map_or(Ok(()), Err) })
    }
}

/// An opened sample store, at a host that is looked at.
struct Shown {
    running: Strict,
    home: PathBuf,
    stand: Arc<Stand>,
    bench: Workbench,
    _folder: TempDir,
}

impl Shown {
    async fn of(orders: u32) -> Self {
        let running = sandbox(orders).await;
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let stand = Stand::at(&running, &home);
        let bench = bench_showing(&running, &home, Arc::clone(&stand) as _);
        bench.open_sample().await.unwrap();
        Self {
            running,
            home,
            stand,
            bench,
            _folder: folder,
        }
    }
}

fn key() -> ProfileKey {
    "sample".parse().unwrap()
}

fn type_something(bench: &Workbench) {
    let (typed, now) = (json!("Half a sent"), Timestamp::now());
    bench
        .desk()
        .set_draft(&key(), "order/1", &typed, now)
        .unwrap();
}

/// Waits until the sample store is as wanted.
async fn until(bench: &Workbench, wanted: impl Fn(&StoreState) -> bool) {
    let mut notices = bench.notices();
    let wait = async {
        while !wanted(&bench.state(&key()).await.unwrap()) {
            let _ = tokio::time::timeout(Duration::from_millis(100), notices.recv()).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_find_no_room_comes_before_the_shop_goes_and_its_copy_goes_along() {
    let shown = Shown::of(3).await;
    let Shown { stand, bench, .. } = &shown;
    type_something(bench);

    bench.reset_sample().await.unwrap();

    let seen = |told, has_copy| Seen {
        told,
        drafts: 0,
        has_copy,
    };
    assert_eq!(
        *stand.seen.lock().unwrap(),
        [seen("stop", true), seen("reset", false)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn starting_over_that_ends_early_leaves_nothing_of_the_old_shop_under_a_new_one() {
    let shown = Shown::of(3).await;
    let Shown {
        home, stand, bench, ..
    } = &shown;
    let done = home.join("stores/sample/sample-store.jsonl");
    fs::write(&done, "Tried out").unwrap();
    *stand.stumbles.lock().unwrap() = Some(SampleError::Other("it stumbles".into()));

    let refused = bench.reset_sample().await;

    assert_eq!(refused, Err(Error::Sample("it stumbles".into())));
    assert!(!done.exists());
    let copies: Vec<bool> = stand
        .seen
        .lock()
        .unwrap()
        .iter()
        .map(|s| s.has_copy)
        .collect();
    assert_eq!(copies, [true, false]);
    // It goes on by itself.
    assert!(bench.state_if_open(&key()).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_are_here_are_shown_while_another_version_s_can_not_be_started() {
    let Shown {
        running,
        home,
        stand,
        bench,
        _folder,
    } = Shown::of(5).await;
    until(&bench, |state| state.refreshed_at.is_some()).await;
    let product = with_picture(&bench, &key()).await.id;
    let first = bench
        .picture(&key(), product, PictureSize::Thumbnail)
        .await
        .unwrap();
    bench.close().await;
    drop(bench);

    for (trouble, said) in [
        (SampleError::Older, Error::SampleOutdated),
        (SampleError::Newer, Error::SampleNewer),
    ] {
        *stand.trouble.lock().unwrap() = Some(trouble);
        let bench = bench_showing(&running, &home, Arc::clone(&stand) as _);
        until(&bench, |state| state.trouble.as_ref() == Some(&said)).await;
        let starts = stand.starts();
        let store = key();
        let picture = |size| bench.picture(&store, product, size);
        let again = picture(PictureSize::Thumbnail).await;
        assert_eq!(again.unwrap(), first);
        // For one that isn't here nobody tries once more.
        let none = picture(PictureSize::Standard).await;
        assert_eq!(none, Err(Error::NotFound));
        assert_eq!(stand.starts(), starts);
        bench.close().await;
    }
}
