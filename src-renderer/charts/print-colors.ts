import type { ColorToken } from './theme-colors';

/** The light theme's colours, for what is saved to be printed or shown elsewhere; those of app.css, which a test holds against them. */
export const PRINT_COLORS: Readonly<Record<ColorToken, string>> = {
  '--surface': '#ffffff',
  '--hairline': '#e4e4e9',
  '--field-border': '#d3d3da',
  '--ink': '#1c1d22',
  '--ink-second': '#5c5e69',
  '--accent': '#5b5bd6',
  '--run-1': '#c25400',
  '--run-2': '#00795c',
  '--run-3': '#a8457f',
  '--run-4': '#806300',
  '--run-5': '#7a4b2a',
  '--run-6': '#0072b2',
  '--run-7': '#5a5f6b',
  '--run-8': '#2b7fc4',
  '--positive': '#0b6ebe',
  '--negative': '#d9620b',
  '--cell-positive': '#4f97d3',
  '--cell-negative': '#f29a5c',
};
