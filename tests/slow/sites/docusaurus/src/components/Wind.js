import React, { useEffect, useState } from 'react';

export default function Wind({ place }) {
  const [wind, setWind] = useState();
  useEffect(() => setWind('strong'), []);
  return <div id={`wind-${place}`}>{wind}</div>;
}
