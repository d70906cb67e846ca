export { Lazy, type Part, partOf } from '../../../components/controls/lazy.tsx';
