import purifierFor, { type DOMPurify } from "dompurify";

/** A description made fit to be shown. */
export type CleanHtml = {
  /** Nothing in it runs, fetches anything or leads anywhere. */
  shown: DocumentFragment;
  /** Names of the elements that were left out, each once, in their order. */
  leftOut: string[];
};

/** What an element said of itself in attributes that it doesn't keep. */
type Said = { picture: string; link: string; style: string };

const tags =
  "a abbr address article aside b big blockquote br caption center cite code col colgroup dd del details dfn div dl dt " +
  "em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp " +
  "section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr";

/** No address is among them: with nothing to ask for, nothing is asked for. */
const attributes = "align alt border color colspan dir lang rowspan start title valign";

/** Their content is no text that a shopper reads. */
const withContent =
  "audio button canvas datalist embed frame frameset head iframe map math noembed noframes noscript object option " +
  "script select style svg template textarea title video xmp";

/** Looks that can't hide, cover or fetch anything. */
const properties: ReadonlySet<string> = new Set([
  "background-color",
  "color",
  "font-size",
  "font-style",
  "font-weight",
  "list-style-type",
  "text-align",
  "text-decoration-line",
  "text-transform",
]);
const plainValue = /^[\w\s#%.,()-]{1,64}$/;
const callsFor = /url|image|var|attr|env|src/i;

let purifier: DOMPurify | null = null;
let said = new WeakMap<Element, Said>();
let leftOut = new Set<string>();

function prepared(): DOMPurify {
  if (purifier) return purifier;
  const made = purifierFor(window);
  made.addHook("uponSanitizeElement", (node, { tagName, allowedTags }) => {
    if (node.nodeType === Node.ELEMENT_NODE && !allowedTags[tagName] && tagName !== "body") leftOut.add(tagName);
  });
  made.addHook("beforeSanitizeAttributes", (element) => {
    if (element.nodeType !== Node.ELEMENT_NODE) return;
    const of = (name: string) => element.getAttribute(name) ?? "";
    said.set(element, { picture: of("src"), link: of("href"), style: of("style") });
  });
  purifier = made;
  return made;
}

/** The last part of an address, as a person would call a file. */
function fileName(address: string): string {
  const [path = ""] = address.split(/[?#]/);
  const name = path.slice(path.lastIndexOf("/") + 1);
  return address.startsWith("data:") ? "" : name;
}

/** The looks of a `style` attribute that are harmless, read by a style sheet that belongs to no page. */
function wear(element: HTMLElement, style: string): void {
  for (const declaration of style.split(";")) {
    const at = declaration.indexOf(":");
    const property = declaration.slice(0, at).trim().toLowerCase();
    const value = declaration.slice(at + 1).replace(/!important\s*$/i, "").trim();
    if (properties.has(property) && plainValue.test(value) && !callsFor.test(value)) {
      element.style.setProperty(property, value);
    }
  }
}

/** A picture that is not fetched: a frame with its words or the name of its file. */
function frameFor(image: Element, { picture }: Said): HTMLElement {
  const frame = image.ownerDocument.createElement("span");
  frame.className = "picture";
  frame.textContent = image.getAttribute("alt")?.trim() || fileName(picture) || "";
  return frame;
}

/**
 * Makes a description fit to be shown in the window: a fixed list of elements and looks, no scripts, no forms, no
 * addresses. Pictures become frames and links words, for nothing outside the store's own hosts may be asked.
 */
export function cleanHtml(html: string): CleanHtml {
  said = new WeakMap();
  leftOut = new Set();
  const shown = prepared().sanitize(html, {
    ALLOWED_TAGS: tags.split(" "),
    ALLOWED_ATTR: attributes.split(" "),
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    FORBID_CONTENTS: withContent.split(" "),
    RETURN_DOM_FRAGMENT: true,
  });
  for (const element of shown.querySelectorAll("*")) {
    const words = said.get(element);
    if (!words) continue;
    if (element instanceof HTMLElement && words.style) wear(element, words.style);
    if (element.localName === "img") {
      element.replaceWith(frameFor(element, words));
    } else if (element.localName === "a" && /^(https?:|mailto:|tel:|[/#?])/i.test(words.link)) {
      element.setAttribute("title", words.link);
    }
  }
  return { shown, leftOut: [...leftOut] };
}
