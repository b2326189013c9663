//! How the web view draws.

/// Lets WebKitGTK draw with the processor where there is no graphics card.
///
/// It would draw through OpenGL all the same, with a graphics card made up by the processor: that takes
/// several times as long and half as much memory again. Who has set the variable keeps what was set.
///
/// Source: WebKitGTK, `AcceleratedBackingStore::checkRequirements`.
///
/// # Safety
/// No other thread may be running: call it first thing in `main`.
#[cfg(target_os = "linux")]
#[expect(
    unsafe_code,
    reason = "setting a variable is unsafe while other threads run"
)]
pub(crate) unsafe fn choose() {
    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(VARIABLE).is_none() && !has_graphics_card(std::path::Path::new("/dev/dri"))
    {
        // SAFETY: the caller has promised that this is the only thread.
        unsafe { std::env::set_var(VARIABLE, "1") };
    }
}

/// The other systems' web views choose by themselves.
///
/// # Safety
/// None is needed here.
#[cfg(not(target_os = "linux"))]
#[expect(unsafe_code, reason = "it is called alike on every system")]
pub(crate) unsafe fn choose() {}

/// Whether the kernel offers something to draw with: a node `renderD…`.
#[cfg(target_os = "linux")]
fn has_graphics_card(devices: &std::path::Path) -> bool {
    let devices = std::fs::read_dir(devices).into_iter().flatten().flatten();
    devices
        .map(|device| device.file_name())
        .any(|name| name.to_string_lossy().starts_with("renderD"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_a_node_for_rendering_is_a_graphics_card() {
        let folder = std::env::temp_dir().join(format!("stockroom-dri-{}", std::process::id()));
        assert!(!has_graphics_card(&folder));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("card0"), "").unwrap();
        let without = has_graphics_card(&folder);
        std::fs::write(folder.join("renderD128"), "").unwrap();
        let with = has_graphics_card(&folder);
        std::fs::remove_dir_all(&folder).unwrap();

        assert!(!without);
        assert!(with);
    }
}
