// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { cleanHtml } from "./cleanHtml";

function shown(html: string): string {
  const box = document.createElement("div");
  box.append(cleanHtml(html).shown);
  return box.innerHTML;
}

describe("a description that is shown", () => {
  it("keeps its text, its order and its tables", () => {
    expect(shown("<h2>Fit</h2><p>Runs <b>small</b>.</p><ul><li>one</li></ul>")).toBe(
      "<h2>Fit</h2><p>Runs <b>small</b>.</p><ul><li>one</li></ul>",
    );
    expect(shown('<table><tbody><tr><td colspan="2">A</td></tr></tbody></table>')).toContain('<td colspan="2">A</td>');
  });

  it.each([
    "<script>steal()</script>",
    '<img src="https://elsewhere.example/pixel.gif" onerror="steal()" onload="steal()">',
    '<a href="javascript:steal()" target="_top" ping="https://elsewhere.example">x</a>',
    '<iframe src="https://elsewhere.example"></iframe>',
    '<form action="https://elsewhere.example"><input name="a"><button>Go</button></form>',
    '<style>body { background: url("https://elsewhere.example/a.png") }</style>',
    '<p style="background-image: url(https://elsewhere.example/a.png); position: fixed; inset: 0">x</p>',
    '<p style="background-color: url(https://elsewhere.example/a.png)">x</p>',
    '<svg onload="steal()"><use href="https://elsewhere.example/a.svg"/></svg>',
    '<object data="https://elsewhere.example/a"></object><embed src="https://elsewhere.example/a">',
    '<video src="https://elsewhere.example/a.mp4" poster="https://elsewhere.example/a.png" autoplay></video>',
    '<picture><source srcset="https://elsewhere.example/a.png"><img srcset="https://elsewhere.example/a.png 2x"></picture>',
    '<table background="https://elsewhere.example/a.png"><tbody><tr><td>x</td></tr></tbody></table>',
    '<link rel="stylesheet" href="https://elsewhere.example/a.css"><meta http-equiv="refresh" content="0;url=https://elsewhere.example">',
    '<base href="https://elsewhere.example/"><p data-x="https://elsewhere.example">x</p>',
  ])("has nothing in it that runs or asks: %s", (html) => {
    const box = document.createElement("div");
    const { shown } = cleanHtml(html);
    box.append(shown);
    expect(box.innerHTML).not.toMatch(/steal|script|onerror|onload|<img|<iframe|<form|<input|<style|position|url\(/i);
    for (const element of box.querySelectorAll("*")) {
      // A link's address can be read, but leads nowhere.
      element.removeAttribute("title");
      for (const { name, value } of element.attributes) {
        expect(`${name}=${value}`).not.toMatch(/elsewhere|javascript|^(on|src|href|action|data|poster|background|ping)/);
      }
    }
  });

  it("says what it leaves out", () => {
    expect(cleanHtml("<p>a</p><script>x</script><iframe></iframe><script>y</script>").leftOut).toEqual(["script", "iframe"]);
    expect(cleanHtml("<p>a</p>").leftOut).toEqual([]);
  });

  it("has a frame with words in a picture's place", () => {
    expect(shown('<img src="/content/fit.jpg?c=2" alt="How it fits">')).toBe('<span class="picture">How it fits</span>');
    expect(shown('<img src="/content/fit.jpg?c=2">')).toBe('<span class="picture">fit.jpg</span>');
  });

  it("keeps looks that can do no harm", () => {
    expect(shown('<p style="text-align: center; color: #333">x</p>')).toMatch(/text-align:\s*center/);
  });
});
