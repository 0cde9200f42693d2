// The layer rules of docs/ARCHITECTURE.md: contract ← core ← platforms, dialects ← proxy, adapters, admin ← app ← shell.
const LAYERS = '^src-main/';
const may = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: LAYERS, pathNot: allowed },
});
const npmOnly = (name, from, allowedPackages) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: 'node_modules/', pathNot: allowedPackages, dependencyTypesNot: ['type-only'] },
});
const noNode = (name, from) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    may('contract-imports-nothing', '^src-main/contract/', '^src-main/contract/'),
    may('core-imports-contract', '^src-main/core/', '^src-main/(core|contract)/'),
    may('platforms-are-data', '^src-main/platforms/', '^src-main/(platforms|core|contract)/'),
    may('dialects-are-pure', '^src-main/dialects/', '^src-main/(dialects|core|contract)/'),
    may('proxy-knows-no-adapter', '^src-main/proxy/', '^src-main/(proxy|platforms|dialects|core|contract)/'),
    may(
      'adapters-know-no-proxy',
      '^src-main/adapters/',
      '^src-main/(adapters|platforms|dialects|core|contract)/',
    ),
    may(
      'admin-goes-through-ports',
      '^src-main/admin/',
      '^src-main/(admin|platforms|dialects|core|contract)/',
    ),
    may(
      'app-knows-no-shell',
      '^src-main/[^/]+\\.ts$',
      '^src-main/((proxy|adapters|admin|platforms|dialects|core|contract)/|[^/]+\\.ts$)',
    ),
    npmOnly('pure-layers-use-zod-only', '^src-main/(contract|core|platforms|dialects)/', 'node_modules/zod/'),
    noNode('pure-layers-use-no-node', '^src-main/(contract|core|platforms|dialects)/'),
    {
      name: 'only-the-electron-shell-imports-electron',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/shell/electron/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'renderer-imports-contract',
      comment: 'The renderer imports contract and, as types only, admin.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/', pathNot: '^src-main/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-screen-imports-another',
      severity: 'error',
      from: { path: '^src-renderer/features/([^/]+)/' },
      to: { path: '^src-renderer/features/', pathNot: '^src-renderer/features/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
