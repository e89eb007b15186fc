/** The page by itself looks like the app: its colours, light and dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --background: #f5f5f7; --surface: #fff; --line: #d3d3da; --ink: #1c1d22; --second: #5c5e69;
  --accent: #5b5bd6; --soft: #ededfb; --wrong: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #101114; --surface: #1d1e23; --line: #44464f; --ink: #ececf1; --second: #a9abb6;
    --accent: #a3a3f5; --soft: #2b2b4a; --wrong: #ff9b94;
  }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 32px 20px; background: var(--background); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 860px; margin: 0 auto; display: grid; gap: 20px; }
h1 { margin: 0; font-size: 26px; font-weight: 650; overflow-wrap: anywhere; }
p { margin: 0; color: var(--second); }
.columns { display: grid; gap: 20px; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); align-items: start; }
section { padding: 20px; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; display: grid; gap: 14px; }
label { display: grid; gap: 4px; font-size: 14px; color: var(--second); overflow-wrap: anywhere; }
input, select, button { font: inherit; color: var(--ink); background: var(--background); border: 1px solid var(--line); border-radius: 8px; padding: 8px 10px; width: 100%; }
button { width: auto; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
canvas { width: min(280px, 100%); border: 1px solid var(--line); border-radius: 8px; touch-action: none; cursor: crosshair; image-rendering: pixelated; }
output { font-size: 30px; font-weight: 650; overflow-wrap: anywhere; }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; max-height: 420px; overflow: auto; }
li { display: grid; grid-template-columns: 1fr auto; gap: 2px 12px; font-size: 14px; overflow-wrap: anywhere; }
meter { grid-column: 1 / -1; width: 100%; height: 10px; }
.wrong { color: var(--wrong); }
.row { display: flex; gap: 10px; flex-wrap: wrap; }
`;
