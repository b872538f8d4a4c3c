/** The look of a post in LinkedIn's feed, whose column is 552 pixels wide on a desktop; as it was seen in November 2026. */
export const postStyle = `
:root {
  --page: light-dark(#f4f2ee, #000);
  --card: light-dark(#fff, #1b1f23);
  --text: light-dark(#191919, #f0f0f0);
  --quiet: light-dark(#5e5e5e, #b0b3b6);
  --line: light-dark(#dfdeda, #38434f);
  --soft: light-dark(#edf3f8, #293138);
  --link: light-dark(#0a66c2, #71b7fb);
}
body { background: var(--page); color: var(--text); font: 14px/20px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.post { max-width: 552px; margin: 0 auto 8px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; position: relative; }
.author { display: flex; gap: 8px; align-items: center; padding: 12px 16px 0; margin-bottom: 8px; line-height: 16px; }
.avatar { flex: none; width: 48px; height: 48px; border-radius: 50%; background: var(--link); color: var(--card); display: grid; place-items: center; font-size: 20px; font-weight: 600; }
.author strong { font-weight: 600; line-height: 20px; }
.quiet { color: var(--quiet); font-size: 12px; }
.notice { margin: 0 16px 8px; padding: 8px 12px; border-radius: 6px; background: light-dark(#fdecec, #3d1515); color: light-dark(#8a0d0d, #ffb8b8); }
.box { margin: 0 16px 10px; }
.measure { position: relative; white-space: pre-wrap; }
.fold { max-height: 60px; overflow: hidden; }
.more { position: absolute; right: 0; top: 40px; height: 20px; max-height: calc((100% - 60px) * 999); overflow: hidden; padding-left: 24px; background: linear-gradient(to right, transparent, var(--card) 20px); cursor: pointer; color: var(--quiet); }
.more::before { content: "…more"; }
.toggle { position: absolute; opacity: 0; width: 1px; height: 1px; margin: 0; }
.toggle:focus-visible ~ .box .more { outline: 2px solid var(--link); }
.toggle:checked ~ .box { max-height: none; }
.toggle:checked ~ .box .more { display: none; }
.hashtag, .mention, .link { color: var(--link); font-weight: 600; text-decoration: none; }
.link:hover { text-decoration: underline; }
.mark { position: relative; border-left: 2px dashed light-dark(#b24020, #ff9a7a); margin: 0 1px; padding: 2px 0; }
.mark::after { content: attr(data-at); position: absolute; left: -1px; top: -11px; padding: 0 3px; font-size: 10px; font-weight: 400; line-height: 12px; color: light-dark(#fff, #1b1f23); background: light-dark(#b24020, #ff9a7a); border-radius: 2px; }
.marked .measure { line-height: 28px; }
.card { display: block; color: inherit; text-decoration: none; background: var(--soft); }
.card img { display: block; width: 100%; aspect-ratio: 1.91 / 1; object-fit: cover; background: var(--line); }
.card-text { display: block; padding: 8px 16px 10px; }
.card-title { display: block; font-weight: 600; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
.card-host { display: block; margin-top: 2px; color: var(--quiet); font-size: 12px; line-height: 16px; }
.card-below { display: block; margin-top: 4px; color: var(--quiet); font-size: 12px; line-height: 16px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar { display: flex; justify-content: space-around; padding: 10px 8px; border-top: 1px solid var(--line); color: var(--quiet); font-weight: 600; }
@media (max-width: 551px) { .post { border-radius: 0; border-inline: 0; } }
`;
