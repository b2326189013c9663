//! The client's requests and the sandbox's answers, judged by Prism from BigCommerce's own OpenAPI files.
//!
//! `contract [--full]`: ends with `N requests, M answers judged, K violations`, and fails if there are any. In full it is
//! one, too, if an error that is listed for an operation never came.
//! Judges shapes. How the sandbox behaves is its own tests' work.
//!
//! The files are found in `BIGCOMMERCE_OPENAPI_DIR`: they carry no licence, and are no part of this project.

mod along;
mod answers;
mod bodies;
mod client;
mod defects;
mod errors;
mod judge;
mod provoked;
mod refusal;
mod shop;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::ExitCode,
};

use sandbox_store::{Plan, Sizes};
use serde_json::json;

use crate::{
    defects::OVERLAPS,
    errors::{IMPOSSIBLE, Met},
    judge::{Finding, Half, Judge, Judged},
    shop::Shop,
};

/// Why nothing can be judged.
#[derive(Debug)]
pub(crate) struct Problem(pub(crate) String);

impl<T: std::fmt::Display> From<T> for Problem {
    fn from(cause: T) -> Self {
        Self(cause.to_string())
    }
}

/// What was judged, and what was found.
#[derive(Default)]
pub(crate) struct Verdict {
    requests: usize,
    answers: usize,
    /// Refusals whose status the specification does not list: judged by what all refusals look like, alone.
    unlisted: usize,
    /// What no defect excuses, and how often it was met.
    violations: BTreeMap<String, usize>,
    /// How often each defect was met at each of its places.
    excused: Vec<Vec<usize>>,
    /// Each operation that was answered.
    met: BTreeMap<String, Met>,
    /// Errors that were listed and came with a body that was written here: of the sandbox they say nothing.
    played: BTreeSet<String>,
}

impl Verdict {
    fn new() -> Self {
        Self {
            excused: defects::all().map(|each| vec![0; each.at.len()]).collect(),
            ..Self::default()
        }
    }

    /// Counts a request, with what is wrong with it.
    pub(crate) fn request(&mut self, judged: &Judged) {
        self.requests += 1;
        for finding in judged
            .findings
            .iter()
            .filter(|finding| finding.half == Half::Request)
        {
            self.find(finding);
        }
    }

    /// Counts an answer, with what is wrong with it.
    pub(crate) fn answer(&mut self, judged: &Judged) {
        self.answers += 1;
        let met = self.met.entry(judged.operation.clone()).or_default();
        met.statuses.insert(judged.status);
        met.listed.extend(&judged.errors);
        if judged.status >= 400 && !judged.is_listed {
            self.unlisted += 1;
        }
        for finding in judged
            .findings
            .iter()
            .filter(|finding| finding.half == Half::Answer)
        {
            self.find(finding);
        }
    }

    fn find(&mut self, finding: &Finding) {
        let mut is_excused = false;
        for (defect, times) in defects::all().zip(&mut self.excused) {
            if let Some(at) = defect.excuses(finding) {
                times[at] += 1;
                is_excused = true;
            }
        }
        if !is_excused {
            *self.violations.entry(finding.to_string()).or_default() += 1;
        }
    }

    /// Counts what could not be judged.
    pub(crate) fn fault(&mut self, operation: &str, what: &str) {
        let finding = Finding {
            operation: operation.to_owned(),
            half: Half::Answer,
            status: 0,
            place: String::new(),
            message: what.to_owned(),
        };
        self.find(&finding);
    }

    /// Says what was found, and whether all is well.
    fn say(self, is_full: bool) -> bool {
        for overlap in OVERLAPS {
            println!("judged as any of several forms: {overlap}");
        }
        let mut violations = self.violations;
        for (defect, times) in defects::all().zip(&self.excused) {
            for (at, times) in times.iter().enumerate() {
                let told = defect.tell(at);
                if *times > 0 {
                    println!("excused {times} times: {told}");
                } else if is_full || !defect.only_in_full {
                    // Some are met only where everything is tried.
                    violations.insert(format!("nobody needed the excuse: {told}"), 1);
                }
            }
        }
        // Only there is all refused that can be.
        if is_full {
            let never = errors::judge(&self.met, IMPOSSIBLE);
            violations.extend(never.into_iter().map(|what| (what, 1)));
        }
        for (violation, times) in &violations {
            println!("violation, met {times} times: {violation}");
        }
        if is_full {
            for each in IMPOSSIBLE {
                println!("listed, and cannot come: {each}");
            }
            let listed: usize = self.met.values().map(|met| met.listed.len()).sum();
            println!(
                "{listed} errors are listed for the {} operations that were answered, and {} of them cannot come",
                self.met.len(),
                IMPOSSIBLE.len()
            );
            println!("{}", provoked::told(&self.played));
        }
        println!(
            "{} of the answers are refusals of a status that the specification does not list for the operation: \
             these are judged by the shapes that all refusals have on the wire, the others by both",
            self.unlisted
        );
        println!(
            "{} requests, {} answers judged, {} violations",
            self.requests,
            self.answers,
            violations.len()
        );
        violations.is_empty()
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let is_full = match std::env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [] => false,
        [option] if option == "--full" => true,
        _ => {
            eprintln!("contract [--full]");
            return ExitCode::from(2);
        }
    };
    let Some(specification) = std::env::var_os("BIGCOMMERCE_OPENAPI_DIR").map(PathBuf::from) else {
        println!(
            "skipped: BIGCOMMERCE_OPENAPI_DIR names no folder with BigCommerce's OpenAPI files, which are not \
             part of this project"
        );
        return ExitCode::SUCCESS;
    };
    match judge(&specification, is_full).await {
        Ok(verdict) => {
            if verdict.say(is_full) {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(Problem(cause)) => {
            eprintln!("the contract could not be judged: {cause}");
            ExitCode::FAILURE
        }
    }
}

async fn judge(specification: &Path, is_full: bool) -> Result<Verdict, Problem> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("contract");
    let specification = specification.canonicalize()?;
    let mut verdict = Verdict::new();

    let shop = Shop::open(answers::small()).await?;
    let prism = Judge::start(&folder, &specification, &shop.origin)?;
    for wire in client::requests().await? {
        match prism.mock(&wire).await? {
            Some(judged) => verdict.request(&judged),
            None => verdict.fault(
                &format!("{} {}", wire.method, wire.target),
                "is sent by the client and stands in no file of the specification",
            ),
        }
    }
    answers::every_operation(&prism, &shop, is_full, &mut verdict).await?;
    drop(prism);
    shop.store.stop().await;

    if is_full {
        for (sizes, is_empty) in [(empty(), true), (large(), false)] {
            let shop = Shop::open(sizes).await?;
            let prism = Judge::start(&folder, &specification, &shop.origin)?;
            answers::every_reading(&prism, &shop, &mut verdict).await?;
            if is_empty {
                answers::every_attempt(&prism, &shop, &mut verdict).await?;
            } else {
                answers::every_order(&prism, &mut verdict).await?;
            }
            drop(prism);
            shop.store.stop().await;
        }
        // A store of another name, and one whose quota others have used up.
        // Of a plan that lets all of it be gathered at once; the same seed gives the same numbers.
        let roomy = Shop::open_on(Plan::Enterprise, answers::small()).await?;
        let wires = answers::one_of_each(&roomy).await?;
        roomy.store.stop().await;
        let shop = Shop::open_on(Plan::Standard, answers::small()).await?;
        for (origin, fault, status) in [
            (format!("{}x", shop.origin), None, 403),
            (
                shop.origin.clone(),
                Some(json!({ "kind": "quotaGone" })),
                429,
            ),
        ] {
            let prism = Judge::start(&folder, &specification, &origin)?;
            let refused = (fault.as_ref(), status);
            answers::every_refusal(&prism, &shop, &wires, refused, &mut verdict).await?;
        }
        shop.store.stop().await;
    }
    Ok(verdict)
}

fn empty() -> Sizes {
    Sizes {
        orders: 0,
        products: 0,
        customers: 0,
    }
}

/// So many orders that some of them have more lines than come along: fewer make no large shop.
fn large() -> Sizes {
    Sizes {
        orders: 10_000,
        products: 2_000,
        customers: 2_000,
    }
}
