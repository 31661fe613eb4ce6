import '../site/page.css';
import './schema-map.css';
import { createRoot } from 'react-dom/client';
import { Page } from './page';

const place = document.getElementById('schema-map');
if (place === null) throw new Error('The page has no place for the map.');
createRoot(place).render(<Page />);
