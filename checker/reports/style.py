"""The style sheet of the web page: light and dark, on paper, and on a phone."""

CSS = """
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1b1f24; --quiet: #57606a; --rule: #d5dae0; --raised: #f6f8fa; --link: #0550ae;
  --proved: #116329; --supported: #0a5f73; --refuted: #a40e26; --undecided: #7a4b00; --unreadable: #6639ba;
  --assumed: #57606a; --wrong: #fff1f1;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0f1318; --text: #e6edf3; --quiet: #a3adb8; --rule: #30363d; --raised: #181d24; --link: #79c0ff;
    --proved: #56d364; --supported: #56d4dd; --refuted: #ff8e86; --undecided: #e3b341; --unreadable: #d2a8ff;
    --assumed: #a3adb8; --wrong: #2d1518;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 64rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2rem 0 0; padding-top: 1rem; border-top: 2px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
h2, h3 { overflow-wrap: anywhere; }
h2 .title { font-weight: 400; }
h2 .verdict, h3 .verdict { font-size: .9rem; margin-left: .4rem; }
p { margin: .35rem 0; overflow-wrap: anywhere; }
a { color: var(--link); }
math { font-size: 1.08em; font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", "Libertinus Math",
  math; }
math [mathvariant^="bold"] { font-weight: bold; }
math .boxed { border: 1px solid currentcolor; padding: .15em .25em; }
math .struck { background: linear-gradient(to top right, transparent calc(50% - .5px), currentcolor 50%,
  transparent calc(50% + .5px)); }
code { font: .85em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); font-size: .9rem; }
.counts { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem 1.25rem; margin: .25rem 0 0; padding: 0; }
nav ul { margin: 1rem 0 0; padding-left: 1.2rem; }
.verdict { font-weight: 600; white-space: nowrap; }
.proved .verdict, .verdict.proved { color: var(--proved); }
.supported .verdict, .verdict.supported { color: var(--supported); }
.refuted .verdict, .verdict.refuted { color: var(--refuted); }
.undecided .verdict, .verdict.undecided { color: var(--undecided); }
.unreadable .verdict, .verdict.unreadable { color: var(--unreadable); }
.assumed .verdict, .verdict.assumed { color: var(--assumed); font-weight: 500; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: .4rem .5rem; text-align: left; vertical-align: top; }
thead th, thead th.verdict { font-size: .8rem; font-weight: 500; color: var(--quiet); }
thead th { border-bottom: 1px solid var(--rule); }
tbody tr.begins:not(:first-child) > * { border-top: 1px solid var(--rule); }
tr:target { outline: 2px solid var(--link); outline-offset: -2px; }
th.step { width: 3.2rem; } td.line, th.line { width: 3.8rem; } th.reason { width: 9.5rem; } th.verdict { width: 8rem; }
tbody th.step, td.line { color: var(--quiet); font-weight: 400; font-variant-numeric: tabular-nums; }
td.reason { font-size: .9rem; overflow-wrap: anywhere; }
tr.refuted > *, aside.wrong { background: var(--wrong); }
tr.refuted > :first-child { box-shadow: inset 4px 0 var(--refuted); }
aside.wrong { border: 1px solid var(--refuted); border-left-width: 4px; border-radius: 4px; padding: .6rem .9rem;
  margin: 1rem 0; }
.math { display: flex; gap: .5rem; align-items: center; overflow: auto hidden; padding: .2rem 0; }
.sign { flex: 0 0 1.4rem; text-align: center; }
.message, .witness, .hint { font-size: .93rem; }
.message { color: var(--quiet); }
.refuted .message, .undecided .message, .unreadable .message { color: inherit; }
.caution { color: var(--undecided); }
details { font-size: .9rem; color: var(--quiet); }
summary { cursor: pointer; width: fit-content; }
td.formula { position: relative; padding-right: 4rem; }
td.formula summary { position: absolute; right: .3rem; top: .45rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; margin: .4rem 0; }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; color: var(--text); }
.kept { font-size: .9rem; padding-left: .5rem; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--rule); padding-top: .75rem; }
@media (max-width: 640px) {
  .steps thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .steps, .steps tbody { display: block; }
  .steps tbody tr { display: grid; grid-template-columns: auto auto 1fr auto; column-gap: .6rem;
    padding: .35rem .4rem; }
  .steps tbody th, .steps tbody td { padding: .1rem 0; border: 0 !important; }
  .steps tbody tr.begins:not(:first-child) { border-top: 1px solid var(--rule); }
  .steps tr.refuted { background: var(--wrong); box-shadow: inset 4px 0 var(--refuted); padding-left: .8rem; }
  .steps tr.refuted > :first-child { box-shadow: none; }
  .steps tbody .step, .steps tbody .line { width: auto; }
  .steps tbody .step::before { content: "step "; } .steps tbody .line:not(:empty)::before { content: "line "; }
  .steps tbody .formula { grid-row: 2; grid-column: 1 / -1; min-width: 0; padding-right: 3.5rem; }
  .steps td.formula summary { right: 0; top: .1rem; }
  .steps tbody td.reason { grid-column: 3; grid-row: 1; } .steps tbody td.verdict { grid-column: 4; grid-row: 1; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --text: #000; --quiet: #444; --rule: #bbb; --wrong: #fff; }
  html { font-size: 10pt; } body { max-width: none; padding: 0; }
  tr, aside { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .math { overflow: visible; }
  details:not([open]), nav { display: none; }
  td.formula { padding-right: 0; } td.formula summary { position: static; }
}
"""
