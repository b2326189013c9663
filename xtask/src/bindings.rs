//! The window's typed view of the surface, written by the surface itself.

use std::fs;
use std::process::ExitCode;

use anyhow::Result;

use crate::project::Project;
use crate::steps;

/// Writes `ui/src/ipc/bindings.ts`. A test in `surface` makes it, and fails elsewhere if it is stale.
pub(crate) fn bindings(project: &Project) -> Result<ExitCode> {
    let file = project.ui().join("src/ipc/bindings.ts");
    let before = fs::read(&file).ok();
    steps::step("Bindings", || {
        let mut command = project.cargo(&[
            "test", "--quiet", "-p", "surface", "--test", "it", "bindings",
        ]);
        steps::shown(command.env("UPDATE_BINDINGS", "1"))?;
        let after = fs::read(&file).ok();
        Ok(match (&before, &after) {
            (_, None) => anyhow::bail!("the test passed, yet wrote no ui/src/ipc/bindings.ts"),
            (Some(before), Some(after)) if before == after => "unchanged".to_owned(),
            _ => "written".to_owned(),
        })
    })?;
    Ok(ExitCode::SUCCESS)
}
