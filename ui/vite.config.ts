import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// `npm run dev` against a running bridge: STOCKROOM_BRIDGE=http://127.0.0.1:PORT npm run dev
const bridge = process.env["STOCKROOM_BRIDGE"];

/** All that the entry imports, directly or by way of others; what is only loaded when it is gone to is not. */
const neededFirst = new Set<string>();

const findNeededFirst: Plugin = {
  name: "find-needed-first",
  buildEnd() {
    const next = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry);
    for (let id = next.pop(); id !== undefined; id = next.pop()) {
      if (neededFirst.has(id)) continue;
      neededFirst.add(id);
      next.push(...(this.getModuleInfo(id)?.importedIds ?? []));
    }
  },
};

export default defineConfig({
  plugins: [react(), findNeededFirst],
  clearScreen: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["es2022", "safari16.4"],
    // Fonts stay files of their own: a strict content policy allows no data: addresses for them.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        // One file, not thirty: each costs the start a way from the web view to the app and back.
        codeSplitting: { groups: [{ name: "first", test: (id) => neededFirst.has(id) }] },
      },
    },
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    strictPort: true,
    ...(bridge ? { proxy: { "/call": bridge, "/events": bridge } } : {}),
  },
  test: {
    environment: "happy-dom",
    // A machine that is busy with other things is slow, and no test is about time.
    testTimeout: 120_000,
    // Nothing else runs beside them, so no core is kept free.
    maxWorkers: "100%",
    setupFiles: ["src/testing/setup.ts"],
    projects: [
      // Files of tests share what they load: reading the window's code anew for each took longer than many tests.
      {
        extends: true,
        test: {
          name: "together",
          isolate: false,
          include: ["src/**/*.test.{ts,tsx}"],
          exclude: ["src/**/*.alone.test.{ts,tsx}"],
        },
      },
      // Those that put something else in a module's place.
      { extends: true, test: { name: "alone", include: ["src/**/*.alone.test.{ts,tsx}"] } },
    ],
    // One copy of the GraphQL library: Node would load two, one of each kind of module.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
    server: { deps: { inline: ["cm6-graphql"] } },
    css: { modules: { classNameStrategy: "non-scoped" } },
    env: { TZ: "UTC", DEBUG_PRINT_LIMIT: "0" },
  },
});
