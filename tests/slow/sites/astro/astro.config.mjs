import mdx from '@astrojs/mdx';
import { defineConfig, passthroughImageService } from 'astro/config';

export default defineConfig({
  site: 'https://blog.example',
  integrations: [mdx()],
  image: { service: passthroughImageService() },
  trailingSlash: 'always',
});
