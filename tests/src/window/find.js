// Finds what a person means by "the button …", by role and accessible name, among what can be seen.
//
// arguments[0]: steps from the outside in, each { role, name, part }: `part` asks for a part of the name.
// arguments[1]: only what can be used now.
// Gives the elements that fit the last step, inside those that fit the steps before.

const implicit = [
  ["button", "button, summary"],
  ["link", "a[href]"],
  ["heading", "h1, h2, h3, h4, h5, h6"],
  ["checkbox", "input[type=checkbox]"],
  ["radio", "input[type=radio]"],
  // A password field has no role of its own; to a person it is a field.
  ["textbox", "input:not([type]), input[type=text], input[type=password], input[type=email], input[type=search], textarea"],
  ["navigation", "nav"],
  ["main", "main"],
  ["row", "tr"],
  ["complementary", "aside"],
  ["region", "section"],
];

const plain = (text) => text.replace(/\s+/g, " ").trim();

function isShown(element) {
  if (element.closest("[aria-hidden=true], [inert]")) return false;
  return element.checkVisibility({ visibilityProperty: true });
}

/** What is read out for a node and all in it. */
function spoken(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.getAttribute("aria-hidden") === "true") return "";
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden") return "";
  const label = node.getAttribute("aria-label");
  if (label) return label;
  const text = [...node.childNodes].map(spoken).join("");
  return style.display.startsWith("inline") ? text : ` ${text} `;
}

/** Roles whose name is not what stands in them. */
const namedByLabelOnly = new Set(["textbox", "dialog", "alertdialog", "navigation", "region", "grid", "complementary", "main", "toolbar", "status", "menu"]);

function nameOf(element, role) {
  const by = element.getAttribute("aria-labelledby");
  if (by) return plain(by.split(/\s+/).map((id) => document.getElementById(id)).map((one) => (one ? spoken(one) : "")).join(" "));
  const label = element.getAttribute("aria-label");
  if (label) return plain(label);
  if (element.labels?.length) return plain([...element.labels].map(spoken).join(" "));
  return namedByLabelOnly.has(role) ? "" : plain(spoken(element));
}

const quoted = (role) => {
  const own = implicit.find(([name]) => name === role);
  const explicit = role === "textbox" ? "[role=textbox], [role=searchbox]" : `[role="${role}"]`;
  return own ? `${explicit}, ${own[1]}` : explicit;
};

const roleFits = (element, role) => {
  const said = element.getAttribute("role");
  return !said || said === role || (role === "textbox" && said === "searchbox");
};

const canBeUsed = (element) =>
  !element.disabled && element.getAttribute("aria-disabled") !== "true" && !element.closest("fieldset:disabled");

let among = [document];
for (const { role, name, part } of arguments[0]) {
  const next = new Set();
  for (const around of among) {
    for (const element of around.querySelectorAll(quoted(role))) {
      if (!roleFits(element, role) || !isShown(element)) continue;
      if (name !== null) {
        const own = nameOf(element, role);
        if (part ? !own.includes(name) : own !== name) continue;
      }
      next.add(element);
    }
  }
  among = [...next];
}
// A box that is drawn by its label is pressed there.
const handle = (element) => (element.matches("input[type=checkbox], input[type=radio]") && element.closest("label")) || element;
return arguments[1] ? among.filter(canBeUsed).map(handle) : among;
