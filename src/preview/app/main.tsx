import { render } from 'preact';
import { App } from './app.tsx';
import { followKeys } from './keys.ts';
import { route } from './route.ts';
import { findLine, keepCurrent, readOverview } from './state.ts';
import { followTheme } from './theme.ts';

followTheme();
followKeys();
const place = document.querySelector('#app');
if (place !== null) render(<App />, place);
void readOverview();
keepCurrent(() => {
  const line = route.value.page === 'post' ? findLine(route.value.name) : undefined;
  return line === undefined ? [] : [line.id];
});
