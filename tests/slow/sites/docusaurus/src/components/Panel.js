import React from 'react';

export default function Panel({ title, children }) {
  return (
    <div className="callout">
      <p className="callout-title">{title}</p>
      <div className="callout-body">{children}</div>
    </div>
  );
}
