"""What the pages of a class have beyond the style sheet of all pages; the colours are the same."""

GRADING_CSS = """
body.index, body.student { max-width: 76rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible, .scrolled:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
body.student > nav { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; font-size: .9rem; padding-bottom: .75rem;
  margin-bottom: 1rem; border-bottom: 1px solid var(--rule); }
body.student > nav > * { overflow-wrap: anywhere; min-width: 0; max-width: 100%; }
body.student header h1 { margin: 0; }
.total { font-size: 1.1rem; }
h4 { font-size: .9rem; font-weight: 600; margin: 1rem 0 .3rem; }
caption { text-align: left; font-size: .85rem; color: var(--quiet); padding: .2rem .5rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.controls { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; margin: .75rem 0; }
.controls[hidden] { display: none; }
.controls p { margin: 0; }
input { font: inherit; color: inherit; accent-color: var(--link); }
input[type="search"] { background: var(--page); border: 1px solid var(--quiet); border-radius: 4px;
  padding: .25rem .5rem; width: 16rem; max-width: 100%; }
.scrolled { overflow: auto; border: 1px solid var(--rule); border-radius: 6px; }
@media (min-width: 641px) { .scrolled { max-height: 80vh; } }
#class { table-layout: auto; }
#class caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
#class thead th { position: sticky; top: 0; z-index: 2; background: var(--raised); white-space: nowrap; }
#class thead button { font: inherit; color: inherit; background: none; border: 0; padding: 0; margin: 0;
  cursor: pointer; text-align: inherit; }
#class thead button::after { content: " ↕"; opacity: .5; }
#class thead th[aria-sort="ascending"] button::after { content: " ↑"; opacity: 1; }
#class thead th[aria-sort="descending"] button::after { content: " ↓"; opacity: 1; }
#class tbody th { font-weight: 500; min-width: 9rem; max-width: 20rem; overflow-wrap: anywhere; }
#class tbody th a { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
#class tbody tr:nth-child(even) > * { background: var(--raised); }
#class tbody tr > * { border-top: 1px solid var(--rule); }
#class td.number { white-space: nowrap; }
#class td.full { color: var(--proved); }
#class td.none { color: var(--refuted); }
#class td.total { font-weight: 600; }
#class td.total .quiet { font-weight: 400; }
.flags { font-size: .85rem; }
.flag { display: inline-block; margin-right: .75rem; font-weight: 600; }
.flag a { font-weight: 400; }
.flag.undecided { color: var(--undecided); } .flag.unreadable { color: var(--unreadable); }
.flag.supported { color: var(--supported); }
figure { margin: .75rem 0; }
figcaption { font-size: .9rem; color: var(--quiet); }
svg { display: block; overflow: visible; }
svg text { fill: var(--text); font-size: 12px; text-anchor: middle; }
svg .count { font-weight: 600; }
svg .bar { fill: var(--link); } svg .bar.fine { fill: var(--proved); } svg .ground { fill: var(--rule); }
svg .axis { stroke: var(--quiet); }
.parts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1rem 2rem; }
.parts article { min-width: 0; }
.bars { list-style: none; margin: 0; padding: 0; }
.bars li { margin: .4rem 0 .6rem; }
.bars .label { font-size: .9rem; overflow-wrap: anywhere; }
.bars details p { font-size: .9rem; }
aside.person { border: 1px solid var(--undecided); border-left-width: 4px; border-radius: 4px; padding: .6rem .9rem;
  margin: 1rem 0; }
aside.person h2 { font-size: 1rem; margin: 0; padding: 0; border: 0; }
aside.person ul { margin: .25rem 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
h3 .earned { font-weight: 400; color: var(--quiet); margin-left: .5rem; white-space: nowrap; }
.override { border-left: 4px solid var(--supported); padding-left: .6rem; }
.override, .look { font-size: .95rem; }
table.marks, table.credits { table-layout: auto; margin: .75rem 0; }
table.marks tbody tr > *, table.credits tbody tr > * { border-top: 1px solid var(--rule); }
table.marks tfoot tr > * { border-top: 2px solid var(--rule); font-weight: 600; }
table.marks .number, table.credits .number { white-space: nowrap; }
table.marks th, table.credits th { overflow-wrap: anywhere; }
table.marks tbody th, table.credits tbody th { font-weight: 500; }
table.credits tr.milestone th { padding-left: 1.75rem; font-weight: 400; }
table.credits td { font-size: .93rem; }
table.credits td:last-child { min-width: 7rem; }
.outcome { font-weight: 600; }
.outcome.reached { color: var(--proved); } .outcome.wrong { color: var(--refuted); }
.outcome.not-stated { color: var(--assumed); } .outcome.for-a-person { color: var(--unreadable); }
.outcome.result-alone, .outcome.right-after-a-wrong-step, .outcome.follow-through, .outcome.in-part {
  color: var(--undecided); }
.status { display: block; font-size: .85rem; font-weight: 500; }
.status.valid { color: var(--quiet); } .status.wrong { color: var(--refuted); }
.status.follow-through { color: var(--undecided); } .status.open { color: var(--unreadable); }
table.steps tr.follow-through > :first-child { box-shadow: inset 4px 0 var(--undecided); }
table.steps tr.first > * { border-top: 2px solid var(--refuted); border-bottom: 2px solid var(--refuted); }
table.steps tr.first > :first-child { box-shadow: inset 8px 0 var(--refuted); }
details.givens ul { list-style: none; margin: .4rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 2rem; }
details.givens li { min-width: 0; max-width: 100%; overflow-x: auto; color: var(--text); }
.source { margin: .5rem 0; padding: .4rem 0 .4rem 3.2rem; background: var(--raised); border-radius: 6px;
  color: var(--quiet); font-size: .85rem; }
.source li { padding: 0 .5rem; overflow-wrap: anywhere; }
.source code { color: var(--text); white-space: pre-wrap; font-size: 1em; }
.source li.first { background: var(--wrong); box-shadow: inset 4px 0 var(--refuted); }
.source li:target { outline: 2px solid var(--link); }
.mark { margin-left: .5rem; white-space: nowrap; text-decoration: none; font-size: .9em; }
.mark:hover, .mark:focus { text-decoration: underline; }
.mark.proved { color: var(--proved); } .mark.supported { color: var(--supported); }
.mark.refuted { color: var(--refuted); } .mark.undecided { color: var(--undecided); }
.mark.unreadable { color: var(--unreadable); } .mark.assumed { color: var(--assumed); }
@media (max-width: 640px) {
  #class tbody th { position: sticky; left: 0; z-index: 1; background: var(--page); min-width: 7rem; max-width: 9rem; }
  #class th, #class td { padding: .35rem .4rem; }
  .flags { white-space: nowrap; }
  table.steps tr.first > * { border: 0; box-shadow: none !important; }
  table.steps tr.first { box-shadow: inset 8px 0 var(--refuted); outline: 2px solid var(--refuted);
    outline-offset: -2px; }
  table.steps tr.follow-through { box-shadow: inset 4px 0 var(--undecided); padding-left: .8rem; }
  table.steps tr.follow-through > :first-child { box-shadow: none; }
  table.credits, table.credits tbody, table.marks, table.marks tbody, table.marks tfoot { display: block; }
  table.credits caption, table.marks caption { display: block; }
  table.credits thead, table.marks thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  table.credits tr, table.marks tr { display: grid; grid-template-columns: 1fr auto; column-gap: .75rem;
    border-top: 1px solid var(--rule); padding: .35rem 0; }
  table.credits tr > *, table.marks tr > * { border: 0 !important; padding: .1rem .25rem; min-width: 0; }
  table.credits th { grid-column: 1 / -1; } table.marks td:last-child, table.credits td:last-child {
    grid-column: 1 / -1; }
  table.credits tr.milestone { padding-left: 1rem; } table.credits tr.milestone th { padding-left: .25rem; }
  .source { padding-left: 2.4rem; }
  .status { display: inline; }
}
@page { margin: 15mm; }
@media print {
  .controls, .scrolled { display: block; max-height: none; overflow: visible; border: 0; }
  .controls, body.student > nav, #class thead button::after { display: none; }
  #class thead th { position: static; }
  thead { display: table-header-group; }
  table.credits, table.marks { break-inside: avoid; }
  body.student details { display: block; }
  body.student summary { display: none; }
  body.student details.givens summary { display: block; list-style: none; }
  details.givens li { overflow: visible; }
  .steps dl { display: block; font-size: 8pt; margin: 0; line-height: 1.35; }
  .steps dt, .steps dd { display: inline; }
  .steps dt::after { content: " "; }
  h2 + p { break-after: avoid; }
  .steps dd::after { content: "; "; } .steps dd:last-child::after { content: ""; }
  .steps td.formula { padding-right: .5rem; position: static; }
  body.student details::details-content { content-visibility: visible; display: block; }
  .bars details { display: block; }
  .bars summary { list-style: none; }
  .parts { display: block; }
  .bars li, .source li, figure { break-inside: avoid; }
  svg, .source, .source li, tr > * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
}
"""
