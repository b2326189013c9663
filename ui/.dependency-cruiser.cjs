// Which folder may import from which: app → features → components, ipc, lib, i18n.
// A new rule wants an import that it forbids, in xtask/src/directions/window.rs: a test holds that each finds its own.
/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one file, or three.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "only-known-folders",
      comment: "A new folder would know no direction: give it rules here, or put the file where it belongs.",
      severity: "error",
      from: {},
      to: { path: "^src/", pathNot: "^src/(app|features/[^/]+|components|lib|ipc|i18n|testing)/|^src/main\\.tsx$" },
    },
    {
      name: "nothing-imports-app",
      comment: "app/ puts the parts together; no part knows the whole.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(app/|testing/|main\\.tsx$)" },
      to: { path: "^src/app/" },
    },
    {
      name: "features-stand-alone",
      comment: "What two features share goes to components/ or lib/, or is offered by app/ through a context of lib/.",
      severity: "error",
      from: { path: "^src/features/([^/]+)/" },
      to: { path: "^src/features/([^/]+)/", pathNot: "^src/features/$1/" },
    },
    {
      name: "components-are-plain",
      comment: "The design system knows words, formats and the shapes of answers; it never asks the backend.",
      severity: "error",
      from: { path: "^src/components/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^src/", pathNot: "^src/(components|lib|i18n)/|^src/ipc/bindings\\.ts$" },
    },
    {
      name: "lib-is-below",
      comment: "lib/ is used by all, so it may use only words and the shapes of answers.",
      severity: "error",
      from: { path: "^src/lib/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^src/", pathNot: "^src/(lib|i18n)/|^src/ipc/bindings\\.ts$" },
    },
    {
      name: "ipc-and-words-are-leaves",
      severity: "error",
      from: { path: "^src/(ipc|i18n)/([^/]+)", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^src/", pathNot: "^src/$1/" },
    },
    {
      name: "only-ipc-knows-the-host",
      comment: "One place speaks to Tauri, so that everything else also runs in a plain browser.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ipc/" },
      to: { path: "@tauri-apps" },
    },
    {
      name: "tests-stay-out",
      comment: "Test help is for tests.",
      severity: "error",
      from: { path: "^src/", pathNot: "\\.test\\.tsx?$|^src/testing/" },
      to: { path: "^src/testing/" },
    },
    {
      name: "no-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\.(css|woff2?)$|^@fontsource" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
