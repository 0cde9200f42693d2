import { fileURLToPath } from 'node:url';

/** What the API's page takes from the package `swagger-ui-dist`, and the type of each. */
const SWAGGER_FILES = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const;

/** What of that package is never served, and goes along because its licence asks for it. */
const SWAGGER_NOTICES = ['LICENSE', 'NOTICE', 'swagger-ui-bundle.js.LICENSE.txt'] as const;

/** What the page has of its own, in `page/`. */
const OWN_FILES = {
  'index.html': 'text/html; charset=utf-8',
  'docs.css': 'text/css; charset=utf-8',
  'docs.js': 'text/javascript; charset=utf-8',
  /** The console's page has it from here too. */
  'favicon.svg': 'image/svg+xml',
} as const;

/** The type of each file that is served. */
export const DOCS_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...SWAGGER_FILES, ...OWN_FILES }),
);

const isOwn = (name: string): boolean => Object.hasOwn(OWN_FILES, name);

/** Where a file of the page lies in a checkout; the build copies it from there. */
export function docsSource(name: string, moduleUrl = import.meta.url): string {
  const path = isOwn(name) ? `./page/${name}` : `../../../node_modules/swagger-ui-dist/${name}`;
  return fileURLToPath(new URL(path, moduleUrl));
}

/** Where a file of the page lies: in a folder beside the built program, or at its source. */
export function docsFile(name: string, moduleUrl = import.meta.url): string {
  return moduleUrl.endsWith('.ts')
    ? docsSource(name, moduleUrl)
    : fileURLToPath(new URL(`./docs/${name}`, moduleUrl));
}

/** Everything the build copies into `docs/` beside the program. */
export const DOCS_COPIED: readonly string[] = [...DOCS_TYPES.keys(), ...SWAGGER_NOTICES];
