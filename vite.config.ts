import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const server = `http://127.0.0.1:${process.env.PORT ?? '8080'}`

/** Puts a compressed copy beside each text file, once, so that the server compresses nothing while it answers. */
const compressed: Plugin = {
  name: 'compressed-copies',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const [fileName, file] of Object.entries(bundle)) {
      if (!/\.(js|css|html|svg|json)$/.test(fileName)) continue
      const text = file.type === 'chunk' ? file.code : file.source
      const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
      this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(text, { level: 9 }) })
      this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(text, quality) })
    }
  },
}

/** Builds the portal into `dist/web`; in development it serves the sources and passes API calls to a running server. */
// Vite asks for a default export.
export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react(), compressed],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Nothing inline: the server's content security policy allows scripts, fonts and pictures from its own files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs stays in files that change only with a dependency, so a new release is a small download.
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'router', test: /node_modules\/@tanstack\/(react-router|router-core|history|store|react-store)\// },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(['/portal', '/v1', '/healthz', '/readyz'].map((path) => [path, { target: server }])),
  },
})
