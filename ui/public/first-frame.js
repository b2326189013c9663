// Runs before the first paint: puts on the theme that was worn last, or the system's.
(function () {
  var worn = null;
  try {
    worn = localStorage.getItem("stockroom.theme");
  } catch {
    // Storage may be closed to us; the system's theme will do.
  }
  var dark = worn === "dark" || (worn !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
