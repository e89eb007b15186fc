import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/**
 * Besides the usual: the dependency rules of docs/architecture.md. A path that leaves its root always spells the other root's
 * name, so the rules can be written over import paths.
 */
const restrict = (...patterns) => ({
  'no-restricted-imports': 'off',
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
});

const noElectron = {
  group: ['electron', 'electron/*'],
  message: 'Only src-main/shell-electron may import electron.',
};
const noComlink = { group: ['comlink'], message: 'Only the clients and entries of workers may import comlink.' };
const noNode = { group: ['node:*'], message: 'The training core knows nothing of Node.' };
const noMain = { group: ['**/src-main/**'], message: 'The training core imports nothing from src-main.' };
const noRenderer = { group: ['**/src-renderer/**'], message: 'Nothing imports from src-renderer.' };
const rendererFromWorker = {
  regex: 'src-worker/(?!api$|problem$|experiment/|insight/steps$|insight/trace-(json|npz)$)',
  message:
    'The window imports from src-worker only api, problem, experiment/ and the pure helpers insight/steps, trace-json and trace-npz.',
};
const rendererFromMain = {
  regex: 'src-main/(?!bridge$)',
  message: 'The window knows of src-main only the bridge (and bridge-client.ts the local shell’s client).',
};

export default ts.config(
  {
    ignores: [
      'out/',
      'build/',
      'node_modules/',
      'src-worker/kernels/simd/',
      'bench/peak/assembly/',
      'src-worker/kernels/build/',
      'test-results/',
      'playwright-report/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs['flat/recommended'],
  ...svelte.configs['flat/prettier'],
  {
    languageOptions: { globals: { ...globals.node }, parserOptions: { extraFileExtensions: ['.svelte'] } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-console': 'error',
      'no-undef': 'off', // the compiler knows better
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off', // noUncheckedIndexedAccess in numeric loops
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness comes from src-worker/random.ts, from a seed.' },
      ],
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...ts.configs.disableTypeChecked },
  {
    files: ['src-*/**/*.ts'],
    ignores: ['**/*.test.ts'],
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.worker.json',
          './tsconfig.main.json',
          './tsconfig.renderer.json',
          './tsconfig.tools.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { 'svelte/no-at-html-tags': 'error', 'prefer-const': 'off' },
  },
  { files: ['**/*.svelte'], rules: { 'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }] } },
  {
    files: ['src-worker/**/*.ts'],
    ignores: [
      '**/*.test.ts',
      '**/*.heavy.ts',
      'src-worker/testing/**',
      'src-worker/data/testing/**',
      'src-worker/worker.ts',
      'src-worker/sweep/worker.ts',
    ],
    rules: restrict(noElectron, noComlink, noNode, noMain, noRenderer),
  },
  {
    files: ['src-main/**/*.ts'],
    ignores: ['src-main/shell-electron/**', '**/*.test.ts'],
    rules: restrict(noElectron, noComlink, noRenderer),
  },
  { files: ['src-main/shell-electron/**/*.ts'], rules: restrict(noComlink, noRenderer) },
  {
    files: ['src-renderer/**/*.ts', 'src-renderer/**/*.svelte'],
    ignores: [
      'src-renderer/trainer-client.ts',
      'src-renderer/sweep/sweep-worker.ts',
      'src-renderer/bridge-client.ts',
      '**/*.test.ts',
      '**/*.heavy.ts',
      'src-renderer/testing/**',
    ],
    rules: restrict(noElectron, noComlink, noNode, rendererFromWorker, rendererFromMain),
  },
  {
    files: ['scripts/**', 'bench/**', 'src-main/cli/**', 'src-main/shell-local/main.ts'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.test.ts', 'e2e/**'], rules: { 'max-lines': 'off' } },
);
