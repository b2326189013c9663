// All that the page holds: markup, what is in its fields, what it has stored, its address.
const stored = (where) => Object.keys(where).map((key) => `${key}=${where.getItem(key)}`);
return [
  document.documentElement.outerHTML,
  ...[...document.querySelectorAll("input, textarea, select")].map((field) => field.value),
  ...stored(localStorage),
  ...stored(sessionStorage),
  document.cookie,
  location.href,
  JSON.stringify(history.state),
].join("\n");
