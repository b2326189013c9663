// Runs before the first paint: puts on the theme and contrast that the person has chosen, or the system's.
(function () {
  var host = window.__TAURI_INTERNALS__;
  // Asked for while the rest of the page is still being loaded; `ipc/first.ts` takes the answer.
  if (host) window.stockroomFirst = host.invoke("first");
  // The app has put in what the person chose; in a browser it is kept for the next time.
  var told = window.stockroomWorn || {};
  function worn(name) {
    try {
      return told[name] || localStorage.getItem("stockroom." + name);
    } catch {
      // Storage may be closed to us; the system's will do.
      return null;
    }
  }
  function matches(query) {
    return matchMedia(query).matches;
  }
  var theme = worn("theme");
  var dark = theme === "dark" || (theme !== "light" && matches("(prefers-color-scheme: dark)"));
  var root = document.documentElement;
  root.dataset.theme = dark ? "dark" : "light";
  if (worn("contrast") === "high" || matches("(prefers-contrast: more)") || matches("(forced-colors: active)")) {
    root.dataset.contrast = "high";
  }
})();
