// `NODE_OPTIONS=--import=.../other-platform.mjs TEPAL_TEST_PLATFORM=darwin`: Node as if it ran on another system.
// Native packages are loaded before, because their binaries are this system's.
await import("lmdb").catch(() => {});
const value = process.env.TEPAL_TEST_PLATFORM;
if (value) Object.defineProperty(process, "platform", { value });
