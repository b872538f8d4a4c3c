import React from 'react';

const ropes = [
  { name: 'thin', price: '4 shillings' },
  { name: 'thick', price: '9 shillings' },
];

export default function Prices() {
  return (
    <table>
      <thead><tr><th>Rope</th><th>Price</th></tr></thead>
      <tbody>{ropes.map(({ name, price }) => <tr key={name}><td>{name}</td><td>{price}</td></tr>)}</tbody>
    </table>
  );
}
