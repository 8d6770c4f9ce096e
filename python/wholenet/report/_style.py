"""How the report looks, on a screen and on paper."""

__all__ = ["STYLE"]

STYLE = """
:root { color-scheme: light; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --wash: #f6f8fa; --accent: #0b5394; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #fff;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.4rem; margin: 2.75rem 0 .75rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
p { max-width: 46rem; margin: .4rem 0 .8rem; }
.lead, .finding { font-size: 1.05rem; }
.notice { border-left: 4px solid #b35900; background: #fff4e5; padding: .6rem .9rem; max-width: 46rem; }
.question { color: var(--soft); font-style: italic; }
.chapter > .finding p { margin: .3rem 0; }
.chapter > .finding { border-left: 4px solid var(--accent); background: var(--wash); padding: .6rem .9rem;
  max-width: 48rem; }
.note { font-size: .9rem; color: var(--soft); }
.recipe { font-size: .92rem; }
.recipe td.text { max-width: 60rem; }
.impossible { border-left: 4px solid #b35900; padding: .2rem .9rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
dl.short dd { margin-bottom: .4rem; }
.scroll { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums; }
th { text-align: left; vertical-align: bottom; border-bottom: 1.5px solid var(--ink); font-weight: 600; }
th, td { padding: .28rem .7rem .28rem 0; }
td { border-bottom: 1px solid var(--line); vertical-align: top; }
th.number, td.number { text-align: right; }
td.text { max-width: 24rem; }
td.text:first-child, td.number { white-space: nowrap; }
tbody tr:hover { background: var(--wash); }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(34rem, 100%), 1fr)); gap: 1.25rem; }
figure { margin: 0; break-inside: avoid; }
figure svg { width: 100%; height: auto; display: block; }
figure.wide { max-width: 46rem; }
figcaption { font-size: .92rem; font-weight: 600; margin: .25rem 0; }
details { margin: .3rem 0; }
summary { cursor: pointer; color: var(--accent); }
dt { font-weight: 600; margin-top: .6rem; }
dd { margin: 0; max-width: 46rem; }
@media print {
  @page { size: A4; margin: 14mm; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  h3 { break-after: avoid; }
  tr { break-inside: avoid; }
  summary { break-after: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 7.6pt; }
  th, td { padding-right: .4rem; }
  .grid { grid-template-columns: 1fr 1fr; }
  .grid.large { grid-template-columns: 1fr; }
  .recipe table { font-size: 6.4pt; }
  .chapter { break-before: page; }
  .chapter > .finding p { margin: .3rem 0; }
.chapter > .finding { background: none; }
  dl.short dd { font-size: 9pt; margin-bottom: .2rem; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""
