module.exports = {
  title: 'Kites and Ropes',
  url: 'https://blog.example',
  baseUrl: '/',
  trailingSlash: false,
  onBrokenLinks: 'ignore',
  themes: ['@docusaurus/theme-classic'],
  plugins: [
    [
      '@docusaurus/plugin-content-blog',
      { showReadingTime: true, blogSidebarCount: 5, onUntruncatedBlogPosts: 'ignore', feedOptions: { type: null } },
    ],
  ],
  themeConfig: { navbar: { title: 'Kites', items: [{ to: '/blog', label: 'Blog' }] } },
};
