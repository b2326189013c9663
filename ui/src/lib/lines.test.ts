import { describe, expect, it } from "vitest";
import { keepLineEnds, plainLines } from "./lines";

const texts = ["", "one", "a\r\nb\r\nc", "a\nb\r\nc\rd\n", "\r\n\r\n", "  a\u00a0 \r\n\t<p>b</p>\r\n"];

describe("a text that goes through a field", () => {
  it("is the same to the byte if nothing was typed", () => {
    for (const text of texts) expect(keepLineEnds(text, plainLines(text))).toBe(text);
  });

  it("keeps the line ends around what was typed, wherever that is", () => {
    for (const text of texts) {
      const plain = plainLines(text);
      for (let at = 0; at <= plain.length; at++) {
        const typed = `${plain.slice(0, at)}X${plain.slice(at)}`;
        const kept = keepLineEnds(text, typed);
        expect(plainLines(kept)).toBe(typed);
        expect(kept.replace("X", "")).toBe(text);
        // Taken out again, it is as it was.
        expect(keepLineEnds(kept, plain)).toBe(text);
      }
    }
  });

  it("ends new lines like most of the others", () => {
    expect(keepLineEnds("a\r\nb", "a\nnew\nb")).toBe("a\r\nnew\r\nb");
    expect(keepLineEnds("a\nb", "a\nnew\nb")).toBe("a\nnew\nb");
    expect(keepLineEnds("a", "a\nb")).toBe("a\nb");
  });

  it("can lose lines in its middle", () => {
    expect(keepLineEnds("a\r\nb\nc\rd", "a\nd")).toBe("a\r\nd");
    expect(keepLineEnds("a\r\nb\nc", "")).toBe("");
  });
});
