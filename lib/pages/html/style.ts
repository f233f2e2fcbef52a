/** How the pages look: readable on a telephone of 320 pixels, at 400 per cent, in the dark and without colours. No script, no fonts. */

export const STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1c1c1a;--soft:#595952;--line:#8a8a80;--tint:#f4f3ee;--act:#14532d;--on-act:#fff;--warn:#8a1c1c}
@media(prefers-color-scheme:dark){:root{--paper:#161614;--ink:#f0efe9;--soft:#b4b3a9;--line:#7d7c72;--tint:#22221f;--act:#86d6a4;--on-act:#0d1f14;--warn:#ff9c94}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:38rem;margin:0 auto;padding:1rem 1.25rem}
header{font-weight:600;padding-top:1.75rem}
main{padding-bottom:1rem}
footer{color:var(--soft);font-size:.9375rem;padding-bottom:3rem}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0 1rem}
h2{font-size:1.15rem;line-height:1.3;margin:2rem 0 .5rem}
p{margin:0 0 1rem}
ol,ul{padding-left:1.25rem}
li{margin-bottom:.5rem}
a{color:inherit;text-underline-offset:.2em}
.soft{color:var(--soft)}
.said{background:var(--tint);border-left:.3rem solid var(--act);padding:.75rem 1rem;margin:0 0 1.5rem}
.said.wrong{border-color:var(--warn)}
.said p:last-child{margin:0}
fieldset{border:1px solid var(--line);border-radius:.4rem;margin:0 0 1.25rem;padding:.75rem 1rem 1rem;min-width:0}
legend{font-weight:600;padding:0 .4rem}
label{display:flex;gap:.6rem;align-items:flex-start;padding:.35rem 0}
label.field{display:block;font-weight:600;padding:.25rem 0}
input[type=checkbox],input[type=radio]{width:1.25rem;height:1.25rem;margin:.18rem 0 0;flex:none;accent-color:var(--act)}
select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:.4rem;padding:.6rem .7rem;width:100%;max-width:24rem}
button{font:inherit;font-weight:600;color:var(--on-act);background:var(--act);border:1px solid var(--act);border-radius:.4rem;padding:.7rem 1.2rem;min-height:2.75rem;cursor:pointer}
button.second{background:transparent;color:inherit;border-color:var(--line)}
button.warn{background:transparent;color:var(--warn);border-color:var(--warn)}
form{margin:0 0 1.25rem}
:focus-visible{outline:.2rem solid var(--ink);outline-offset:.2rem}
h1:focus{outline:none}
@media(forced-colors:active){button{border:1px solid ButtonText}}
`.trim();
