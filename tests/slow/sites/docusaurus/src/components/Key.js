import React from 'react';

export default function Key({ name }) {
  return <kbd>{name.toUpperCase()}</kbd>;
}
