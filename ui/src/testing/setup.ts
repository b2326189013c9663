import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);
// What is waited for comes sooner or later; how busy the machine is says nothing about the window.
configure({ asyncUtilTimeout: 60_000 });

// happy-dom lays nothing out; lists need to believe that they have a height.
const room = { offsetHeight: 600, offsetWidth: 1000, clientHeight: 600, clientWidth: 1000 };
for (const [name, pixels] of Object.entries(room)) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => pixels });
}
