/** Names of one letter case, as people write them. */
const capitals = new Set(["gtin", "html", "id", "mpn", "sku", "upc", "url"]);

/**
 * A field's name in the API as words: `open_graph_title` is "Open graph title", `images.0.image_url` is
 * "Images 1, image URL". What is no such name stays as it is.
 */
export function fieldWords(path: string): string {
  const parts: string[] = [];
  for (const part of path.split(".")) {
    if (/^\d+$/.test(part)) {
      // Which of several, counted as people do. At the beginning it is a place in a batch, which nobody sees.
      const above = parts.pop();
      if (above !== undefined) parts.push(`${above} ${Number(part) + 1}`);
    } else {
      parts.push(plain(part));
    }
  }
  const words = parts.filter(Boolean).join(", ");
  return words === "" ? path : words.charAt(0).toUpperCase() + words.slice(1);
}

const plain = (name: string) =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .split(/[_\s]+/)
    .filter(Boolean)
    .map((word) => (capitals.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase()))
    .join(" ");
