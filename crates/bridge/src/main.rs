//! The surface over loopback HTTP, for development and tests only.
//!
//! It listens on 127.0.0.1, answers only to its own `Host` and `Origin`, and wants a secret in a
//! header with every command. The address that it prints carries the secret behind `#`, which a
//! browser never sends. What answers a command brings a cookie with a secret of its own, without which
//! there are no pictures.

mod guard;
mod hello;
mod kill;
mod pretend;
mod serve;

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context as _, bail};
use host::Environment;

fn main() -> anyhow::Result<()> {
    #[expect(
        unsafe_code,
        reason = "nothing else runs yet, which is what it asks for"
    )]
    // SAFETY: this is the only thread.
    let environment = unsafe { Environment::take() }?;
    let options = Options::read(std::env::args().skip(1))?;
    let home = environment.home_or("stockroom-bridge")?;
    let milestones = Arc::new(kill::KillAt::from_environment()?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let system = Arc::new(pretend::System::default());
        let surface = host::start(
            &home,
            environment,
            Arc::clone(&system) as Arc<dyn surface::Host>,
            milestones,
            options.sample,
        )?;
        serve::run(surface, system, options.port, &options.ui).await
    })
}

struct Options {
    port: u16,
    sample: bool,
    ui: PathBuf,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut options = Self {
            port: 0,
            sample: false,
            ui: PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/dist")),
        };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--port" => {
                    options.port = arguments
                        .next()
                        .context("--port wants a number")?
                        .parse()
                        .context("--port wants a number up to 65535")?;
                }
                "--ui" => options.ui = arguments.next().context("--ui wants a folder")?.into(),
                "--sample" => options.sample = true,
                other => {
                    bail!("unknown argument `{other}`; known: --port N, --ui FOLDER, --sample")
                }
            }
        }
        Ok(options)
    }
}
