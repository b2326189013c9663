import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// `npm run dev` against a running bridge: STOCKROOM_BRIDGE=http://127.0.0.1:PORT npm run dev
const bridge = process.env["STOCKROOM_BRIDGE"];

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["es2022", "safari16.4"],
    // Fonts stay files of their own: a strict content policy allows no data: addresses for them.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
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
    testTimeout: 60_000,
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    env: { TZ: "UTC", DEBUG_PRINT_LIMIT: "0" },
  },
});
