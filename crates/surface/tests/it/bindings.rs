use std::path::Path;

/// The file the window is built with is the one this list of commands makes.
/// `UPDATE_BINDINGS=1` (what `cargo xtask bindings` sets) writes it instead.
#[test]
fn bindings_are_fresh() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/ipc/bindings.ts");
    let made = surface::bindings::typescript();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, made).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == made,
        "ui/src/ipc/bindings.ts is not what the commands make: run `cargo xtask bindings`"
    );
}
