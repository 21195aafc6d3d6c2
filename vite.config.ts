import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const server = `http://127.0.0.1:${process.env.PORT ?? '8080'}`

/** Packages that the first page needs, whichever it is. */
const basePackages =
  /node_modules\/(@griffel|rtl-css-js|stylis|@emotion|keyborg|i18next|react-i18next|use-sync-external-store|@tanstack\/(query-core|react-query)|@fluentui\/(tokens\/lib\/tokens|react-(provider|utilities|shared-contexts|jsx-runtime|link|button|skeleton|aria)\/|react-icons\/lib\/utils))/
/** Our parts that the first page needs. */
const baseKit =
  /src\/(kernel\/|web\/(api|i18n|links|query|session|theme)\.ts|web\/ui\/(actions|announce|AppLink|CopyButton|EmptyState|errors|ErrorState|formats|IdText|Notice|Page|problem-pages|screen|Skeletons|Toasts|Tooltip|useWrite|useUrlState|WhoCanHelp)\.tsx?)/

/** Builds the portal into `dist/web`; in development it serves the sources and passes API calls to a running server. */
// Vite asks for a default export.
export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react(), compressed()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Nothing inline: the server's content security policy allows scripts, fonts and pictures from its own files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files, and such that what every page needs changes only with a dependency or the kit. Left alone, the
          // bundler makes a file of its own for every part that two pages share.
          groups: [
            { name: 'react', priority: 9, test: /node_modules\/(react|react-dom|scheduler)\// },
            {
              name: 'router',
              priority: 8,
              test: /node_modules\/@tanstack\/(react-router|router-core|history|store|react-store)\//,
            },
            { name: 'zod', priority: 8, test: /node_modules\/zod\// },
            { name: 'base', priority: 7, test: basePackages },
            { name: 'kit', priority: 6, test: baseKit },
            { name: 'icons', priority: 5, test: /node_modules\/@fluentui\/react-icons\//, minShareCount: 2 },
            {
              name: 'fields',
              priority: 5,
              test: /node_modules\/@fluentui\/react-(field|input|label|textarea|select|checkbox|radio|spinner)\//,
            },
            { name: 'fluent', priority: 4, test: /node_modules\/(@fluentui|tabster|@floating-ui)\//, minShareCount: 8 },
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

/** Writes each text file a second and third time, packed, so that the server packs nothing while it serves. */
function compressed(): Plugin {
  return {
    name: 'kanal-compressed',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const file of Object.values(bundle)) {
        if (!/\.(?:js|css|html|svg)$/.test(file.fileName)) continue
        const content = Buffer.from(file.type === 'chunk' ? file.code : file.source)
        if (content.length < 1024) continue
        const path = join(dir, file.fileName)
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
        writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
      }
    },
  }
}
