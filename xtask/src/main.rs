//! The project's own commands: `cargo xtask` lists them.
//!
//! One module per idea. What runs a command and tells about it is in `steps`; what a computer must
//! have is in `system`; what is asked of `cargo metadata` is in `project`.

mod bench;
mod bindings;
#[cfg(all(test, target_os = "linux"))]
mod build_server;
mod check;
mod clients;
mod clock_words;
mod contract;
mod count;
mod demands;
mod directions;
mod dist;
#[cfg(all(test, target_os = "linux"))]
mod fresh;
mod hash;
mod icons;
mod kept;
mod licences;
mod notices;
mod packed;
mod pressed;
mod project;
mod report;
mod run;
mod rust_tests;
mod screens;
mod soak;
mod steps;
mod system;
mod test;
mod ui;
mod windows;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::project::Project;

const HELP: &str = "\
The commands of this project:

  cargo xtask run [--sample] [--release]   set up what is missing, build, and open Stockroom
  cargo xtask bridge [--port N]            the same for an ordinary browser, without a window
  cargo xtask test [--minutes N] [--anew]  everything that must hold; the last line counts it
  cargo xtask check [--windows]            the fast part of it, before a commit; or the types for Windows
  cargo xtask bindings                     write ui/src/ipc/bindings.ts from the surface
  cargo xtask bench [name] [--json]        measure, and compare with the limits
  cargo xtask contract [--full]            client and sandbox, judged by BigCommerce's OpenAPI files; --full
                                           also leads clients of others to the sandbox
  cargo xtask soak --seconds S             kill jobs of changes at random places, and count what was lost
  cargo xtask dist [KIND...]               packages: deb, rpm, appimage; msi; dmg, each on its own system
  cargo xtask screens [NAME...]            take docs/pictures/* from the running app, in light and dark
  cargo xtask demands                      which demands of the users the last tests prove, and which are open
  cargo xtask directions                   who may depend on whom
  cargo xtask licences                     what everything we use is licensed under
  cargo xtask icons                        draw icons/* from icons/stockroom.svg
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            steps::complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let (command, rest) = match arguments.split_first() {
        None => ("help", arguments),
        Some((command, rest)) => (command.as_str(), rest),
    };
    if rest.iter().any(|argument| argument == "--help") && command != "bench" && command != "bridge"
    {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    match command {
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        "run" => run::run(&Project::find()?, &run::Options::parse(rest)?),
        "bridge" => run::bridge(&Project::find()?, rest),
        "test" => Ok(test::test(rest)),
        "check" => match rest {
            [option] if option == "--windows" => windows::check(&Project::find()?),
            _ => nothing_after(command, rest).and_then(|()| check::check(&Project::find()?)),
        },
        "bindings" => {
            nothing_after(command, rest).and_then(|()| bindings::bindings(&Project::find()?))
        }
        "bench" => bench::bench(&Project::find()?, rest),
        "contract" => contract::contract(&Project::find()?, rest),
        "soak" => soak::soak(&Project::find()?, rest),
        "screens" => screens::screens(&Project::find()?, rest),
        "dist" => dist::dist(&Project::find()?, rest),
        "demands" => {
            nothing_after(command, rest).and_then(|()| demands::demands(&Project::find()?))
        }
        "directions" => {
            nothing_after(command, rest).and_then(|()| directions::directions(&Project::find()?))
        }
        "licences" | "licenses" => {
            nothing_after(command, rest).and_then(|()| licences::licences(&Project::find()?))
        }
        "icons" => nothing_after(command, rest).and_then(|()| icons::icons(&Project::find()?)),
        unknown => bail!("there is no command `{unknown}`.\n\n{HELP}"),
    }
}

fn nothing_after(command: &str, rest: &[String]) -> Result<()> {
    match rest.first() {
        None => Ok(()),
        Some(extra) => bail!("`cargo xtask {command}` takes no `{extra}`"),
    }
}
