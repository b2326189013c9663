//! The system's trash.

use std::path::Path;

/// Moves a file to the system's trash, from where the person can take it back.
///
/// # Errors
/// That it could not be moved, without its path.
pub async fn move_to_trash(file: &Path) -> Result<(), String> {
    let file = file.to_owned();
    let moved = tokio::task::spawn_blocking(move || ::trash::delete(file)).await;
    match moved {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err("the system did not take the file into its trash".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
