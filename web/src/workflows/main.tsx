import '../site/page.css';
import './workflows.css';
import { createRoot } from 'react-dom/client';
import { Page } from './page';

const place = document.getElementById('workflows');
if (place === null) throw new Error('The page has no place for workflows.');
createRoot(place).render(<Page />);
