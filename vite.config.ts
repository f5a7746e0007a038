import { builtinModules } from 'node:module';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// What finds native code or WebAssembly beside itself stays a package. The rest is taken into the build: to find and
// read the files of all those packages would take every process of Relume's a third of a second.
const packages = ['sharp', 'onnxruntime-node', 'libheif-js', 'libraw-wasm'];

// One build, three targets: `vite build --app` writes dist/renderer (the window), dist/main (Node: every
// other process) and dist/preload (CommonJS, because a sandboxed preload cannot be a module).
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [svelte()],
  builder: {
    // By default Vite adds an environment of its own, for server-side rendering.
    buildApp: async ({ build, environments: { client, main, preload } }) => {
      for (const part of [client, main, preload]) if (part) await build(part);
    },
  },
  environments: {
    client: { build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome120' } },
    main: {
      consumer: 'server',
      resolve: {
        builtins: ['electron', /^node:/, ...builtinModules],
        noExternal: true,
        external: packages,
      },
      build: {
        ssr: true,
        outDir: '../dist/main',
        emptyOutDir: true,
        target: 'node20',
        rollupOptions: {
          input: {
            main: 'main/main.ts',
            cli: 'main/cli.ts',
            compute: 'main/compute/compute.ts',
            'batch-worker': 'main/train/batch-worker.ts',
            'device-probe': 'main/devices/probe-process.ts',
            'tensorflow-check': 'main/engine/tensorflow/check.ts',
            'map-worker': 'main/generate/map-worker.ts',
            'scan-worker': 'main/train/dataset/scan-worker.ts',
            'picture-worker': 'main/image/picture-worker.ts',
          },
          external: ['electron'],
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { builtins: ['electron', /^node:/], noExternal: true },
      build: {
        ssr: true,
        outDir: '../dist/preload',
        emptyOutDir: true,
        rollupOptions: {
          input: 'preload/preload.ts',
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: 'preload.cjs' },
        },
      },
    },
  },
});
