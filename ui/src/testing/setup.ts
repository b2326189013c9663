import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// happy-dom lays nothing out; lists need to believe that they have a height.
const room = { offsetHeight: 600, offsetWidth: 1000, clientHeight: 600, clientWidth: 1000 };
for (const [name, pixels] of Object.entries(room)) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => pixels });
}
