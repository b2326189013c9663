//! Makes the window's permissions: it may send commands, take its first answers, hear events and
//! say when it is drawn, nothing else.

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(&["call", "first", "hear", "drawn"]);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes).expect("the app's configuration is in order");
}
