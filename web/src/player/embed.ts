// The entry for other sites: <script type="module" src="https://…/embed/confetti-player.js"> defines <confetti-player>.
export { ConfettiPlayer } from './confetti-player';
