/** The page's own look: the window's light theme, on paper too. */
export const REPORT_STYLE = `
:root { color-scheme: light; font: 14px/1.5 "Inter Variable", Inter, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; color: #1c1d22; background: #fff; }
body { margin: 0; }
main { max-width: 920px; margin: 0 auto; padding: 32px 20px 48px; }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 32px 0 10px; font-size: 15px; }
p, footer, caption { margin: 0; color: #5c5e69; }
footer { margin-top: 40px; }
section { break-inside: auto; overflow-x: auto; }
svg { display: block; max-width: 100%; height: auto; margin-bottom: 12px; }
table { border-spacing: 0; border: 1px solid #e4e4e9; border-radius: 10px; }
caption { width: max-content; max-width: 90vw; padding-bottom: 6px; text-align: left; }
th, td { padding: 5px 12px; text-align: right; white-space: nowrap; }
tr + tr > *, thead + tbody > tr:first-child > * { border-top: 1px solid #e4e4e9; }
th { font-weight: 500; color: #5c5e69; }
tbody th, th.text, td.text { text-align: left; }
td.text { white-space: normal; overflow-wrap: anywhere; }
.path { font: 12px/1.5 ui-monospace, monospace; }
.equation { margin: 0 0 10px; overflow-x: auto; }
pre { margin: 0; padding: 12px; border: 1px solid #e4e4e9; border-radius: 10px; font: 12px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
`;
